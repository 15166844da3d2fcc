"""Reading the published tables: ``pasakumi.load`` beside DuckDB and pandas on the same Parquet files.

``python -m benchmarks.reading`` prints processor seconds (imports and all, a process each, best of five) of
reading all tables of 3 000 measures into data frames, and peak memory.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.archives import Size, write
from benchmarks.ratios import tell

ROOT = Path(__file__).parents[1]
_TRIES = 5
TABLES = ("measures", "funding", "milestones", "applicants", "links", "narrative", "provenance", "changes")
_EACH = f"for name in {TABLES!r}:"
TRIALS = {
    "pasakumi.load": f"from pasakumi import load\n{_EACH}\n load(name, 'output')",
    "DuckDB": f"import duckdb\n{_EACH}\n duckdb.sql(f\"from 'output/tables/{{name}}.parquet'\").df()",
    "pandas": f"import pandas\n{_EACH}\n pandas.read_parquet(f'output/tables/{{name}}.parquet')",
}


def cost(code: str, folder: Path) -> tuple[float, float]:
    """Processor seconds and megabytes."""
    environment = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": ""}
    process = subprocess.Popen([sys.executable, "-c", code], cwd=folder, env=environment)
    _, status, used = os.wait4(process.pid, 0)
    if os.waitstatus_to_exitcode(status) != 0:
        raise SystemExit("reading failed")
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write(folder, Size(200, 2, 2))
        command = [sys.executable, "-m", "pipeline", "rebuild", "--only", "tables", "-q"]
        subprocess.run(command, cwd=folder, check=True, env=os.environ | {"PYTHONPATH": str(ROOT)})
        found = {which: min(cost(code, folder) for _ in range(_TRIES)) for which, code in TRIALS.items()}
    for which, (seconds, megabytes) in found.items():
        print(f"{which:<15} {seconds:6.2f} s {megabytes:6.0f} MB")
    ours = found["pasakumi.load"][0]
    tell(
        load_to_DuckDB=ours / found["DuckDB"][0],
        load_to_pandas=ours / found["pandas"][0],
    )


if __name__ == "__main__":
    main()

"""All benchmarks, one after another, and their ratios in one table: ``make bench``; see the modules.

A name or more picks some of them: ``make bench ARGS="startup parse_speed"``. The ratios are left in
``benchmarks/results/``, a file a run. ``--check`` fails where one is a quarter worse than
``benchmarks/ratios.json`` says; ``--keep`` makes that file say what was found now.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

from benchmarks import ratios

FOLDER = Path(__file__).parent
RESULTS = FOLDER / "results"
# Takes half an hour and more, or is no benchmark of its own.
LEFT_OUT = {"__init__", "archives", "peers", "ratios", "run", "scale"}


def names() -> list[str]:
    return sorted(path.stem for path in FOLDER.glob("*.py") if path.stem not in LEFT_OUT)


def run(name: str) -> tuple[int, dict[str, float]]:
    """One benchmark, its words passed on; gives its exit code and its ratios."""
    found: dict[str, float] = {}
    environment = os.environ | {"PYTHONDONTWRITEBYTECODE": ""}
    command = [sys.executable, "-m", f"benchmarks.{name}"]
    with subprocess.Popen(
        command, cwd=FOLDER.parent, env=environment, stdout=subprocess.PIPE, text=True
    ) as process:
        for line in process.stdout or ():
            found |= ratios.found(line)
            print(line, end="", flush=True)
    return process.returncode, found


def main(words: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.run", description=__doc__)
    parser.add_argument("names", nargs="*")
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--keep", action="store_true")
    options = parser.parse_args(words)
    known = names()
    unknown = sorted(set(options.names) - set(known) - {"scale"})
    if unknown:
        print(f"no benchmark {', '.join(unknown)}; there are {', '.join(known)}, scale", file=sys.stderr)
        return 2
    found: dict[str, dict[str, float]] = {}
    failed = []
    for name in options.names or known:
        print(f"== {name}", flush=True)
        code, found[name] = run(name)
        # One that told its ratios only missed a limit of its own, as its figures say.
        failed += [f"{name} ended with {code}"] if code and not found[name] else []
    before = ratios.committed()
    print("", *ratios.table(found, before), sep="\n")
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}.json").write_text(_json(found), "utf-8")
    if options.keep:
        ratios.COMMITTED.write_text(
            _json(before | {name: rows for name, rows in found.items() if rows}), "utf-8"
        )
    worse = ratios.regressions(found, before) if options.check else []
    for line in (*failed, *worse):
        print(line, file=sys.stderr)
    return int(bool(failed or worse))


def _json(content: dict[str, dict[str, float]]) -> str:
    return json.dumps(content, indent=1, sort_keys=True) + "\n"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""What a start of the command costs, as multiples of ``python -c pass`` in the same run.

``python -m benchmarks.startup`` prints medians and ratios, and the same as one line of JSON.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.ratios import tell

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "tests" / "fixtures" / "izm-visparejai-izglitibai.html"
ROUNDS = 15
LIMITS = {"--version": 4.0}

BARE = [sys.executable, "-c", "pass"]
COMMAND = [sys.executable, "-m", "pipeline"]
WORDS = {
    "--version": ["--version"],
    "--help": ["--help"],
    "parse a page": ["parse", str(PAGE)],
    "run, nothing new": ["run", "--offline", "-q"],
}


def seconds(command: list[str], folder: Path) -> float:
    """Wall time of one process."""
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    start = time.perf_counter()
    subprocess.run(command, cwd=folder, env=environment, stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - start


def medians(folder: Path) -> dict[str, float]:
    """Of every start, all taken in turn so that each meets the same machine."""
    commands = {"python -c pass": BARE} | {name: [*COMMAND, *words] for name, words in WORDS.items()}
    for command in commands.values():
        seconds(command, folder)
    taken = [{name: seconds(command, folder) for name, command in commands.items()} for _ in range(ROUNDS)]
    return {name: statistics.median(one[name] for one in taken) for name in commands}


def main() -> int:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copy(ROOT / "sources.toml", folder)
        shutil.copytree(ROOT / "raw", folder / "raw")
        found = medians(folder)
    bare = found["python -c pass"]
    ratios = {name: took / bare for name, took in found.items()}
    for name, took in found.items():
        limit = f"  (limit {LIMITS[name]:g})" if name in LIMITS else ""
        print(f"{name:<18} {took * 1000:8.1f} ms {ratios[name]:7.2f} ×{limit}")
    tell(**{f"{name} to python -c pass": ratio for name, ratio in ratios.items() if ratio != 1})
    return int(any(ratios[name] > limit for name, limit in LIMITS.items()))


if __name__ == "__main__":
    sys.exit(main())

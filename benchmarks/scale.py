"""What a history and a dataset of a size cost: seconds, captures a second, memory, bytes.

``python -m benchmarks.scale`` measures archives of 100 to 10 000 captures (``--most 100000`` to 100 000,
which takes half an hour), and datasets of 15 to 1 500 measures (``--measures 100000`` for more). Each step is
a process of its own: ``rebuild`` all of output/ anew, by one process and by two; ``quiet`` a run with nothing
new; ``next`` one with one changed page; ``site`` and ``diff``. Processor seconds, but for ``speedup``: the
seconds of one process by those of two, on a machine that has two cores to itself.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

from benchmarks.archives import FIRST, Size, body, name, url, write
from pipeline.archive import Archive

ROOT = Path(__file__).parents[1]
MEASURES_A_PAGE = 15


class Cost(NamedTuple):
    """Of one process and its children. ``wall`` and ``cpu`` in seconds, ``peak`` (of the largest) in MB."""

    wall: float
    cpu: float
    peak: float


def command(folder: Path, *words: str) -> Cost:
    """What the command costs there."""
    environment = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": ""}
    begun = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "pipeline", *words],
        cwd=folder,
        env=environment,
        stdout=subprocess.DEVNULL,
    )
    _, status, used = os.wait4(process.pid, 0)
    if os.waitstatus_to_exitcode(status) != 0:
        raise SystemExit(f"{' '.join(words)} failed")
    return Cost(time.perf_counter() - begun, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def used(folder: Path) -> float:
    """Megabytes."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6


def add(folder: Path, day: int, number: int) -> None:
    """One capture more of the first source, on a day, with a body of its own."""
    with Archive(folder / "raw").writer() as writer:
        when = FIRST + timedelta(days=day)
        writer.resource(name(0), url(0), body(0, number), "text/html; charset=utf-8", when)


def fresh(folder: Path) -> None:
    for made in ("output", "state"):
        shutil.rmtree(folder / made, ignore_errors=True)


def measured(size: Size, *, workers: bool) -> dict[str, float]:
    """All steps on an archive of this size."""
    with tempfile.TemporaryDirectory() as folder_name:
        folder = Path(folder_name)
        write(folder, size)
        row: dict[str, float] = {
            "captures": size.sources * size.captures,
            "bodies": size.sources * size.bodies,
        }
        if workers:
            two = command(folder, "rebuild", "-q", "--workers", "2")
            fresh(folder)
        one = command(folder, "rebuild", "-q")
        row |= {"rebuild": one.cpu, "rebuild_mb": one.peak, "captures_a_second": row["captures"] / one.wall}
        if workers:
            row |= {"speedup": one.wall / two.wall, "workers_mb": two.peak}
        command(folder, "run", "--offline", "-q")
        quiet = command(folder, "run", "--offline", "-q")
        add(folder, size.captures + 1, size.bodies)
        following = command(folder, "run", "--offline", "-q")
        shutil.rmtree(folder / "output" / "site")
        site = command(folder, "site", "-q")
        diff = command(folder, "diff", "-7d", "--format", "json")
        row |= {"quiet": quiet.cpu, "quiet_mb": quiet.peak, "next": following.cpu, "next_mb": following.peak}
        row |= {"site": site.cpu, "diff": diff.cpu, "diff_mb": diff.peak}
        row |= {f"{part}_mb": used(folder / part) for part in ("raw", "output", "state")}
        return row


def show(rows: list[dict[str, float]]) -> None:
    for key in rows[-1]:
        print(f"{key:<18}" + "".join(f"{row.get(key, float('nan')):>12.4g}" for row in rows), flush=True)


def main(words: list[str]) -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--most", type=int, default=10_000)
    parser.add_argument("--measures", type=int, default=1_500)
    options = parser.parse_args(words)
    counts = [count for count in (100, 1_000, 10_000, 100_000) if count <= options.most]
    print("A history: 4 sources up to 1 000 captures, then 40; a body of 50 captures")
    histories = []
    for count in counts:
        sources = 4 if count <= 1_000 else 40
        captures = count // sources
        size = Size(sources, captures, max(1, captures // 50))
        histories.append(measured(size, workers=count >= 10_000))
    show(histories)
    print("A dataset: a source of 15 measures each, 3 captures of 2 bodies")
    datasets = [
        measured(Size(max(1, count // MEASURES_A_PAGE), 3, 2), workers=False)
        for count in (15, 150, 1_500, 15_000, 100_000)
        if count <= options.measures
    ]
    show(datasets)
    rounded = [
        [{key: float(f"{value:.4g}") for key, value in row.items()} for row in rows]
        for rows in (histories, datasets)
    ]
    print(json.dumps({"scale": dict(zip(("histories", "datasets"), rounded, strict=True))}))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""What stands at the end of a year: nothing lost, everything made again from raw/, and how large it is."""

from __future__ import annotations

import shutil
from pathlib import Path
from statistics import median
from typing import NamedTuple

from pipeline.archive import Archive
from tests.pipeline.command import Cost, Done, pasakumi
from tests.year import clock
from tests.year.simulator import Simulator


class Ending(NamedTuple):
    """``lost``: bodies that were answered and are not in raw/. ``foreign``: those in raw/ that nobody
    answered. ``verified``: what ``verify`` said. ``differing``: files that a rebuild elsewhere makes
    otherwise. ``sizes``: bytes by folder."""

    lost: int
    foreign: int
    captures: int
    verified: Done
    differing: list[str]
    sizes: dict[str, int]


def ending(simulator: Simulator, elsewhere: Path) -> Ending:
    """Look at it all; ``elsewhere`` is a folder for a rebuild."""
    folder = simulator.folder
    archive = Archive(folder / "raw")
    lost = foreign = captures = 0
    for name, ministry in simulator.ministries.items():
        kept = [one.sha256 for one in archive.captures(name)]
        captures += len(kept)
        lost += len(ministry.digests - set(kept))
        foreign += len(set(kept) - ministry.digests)
    sizes = {name: _size(folder / name) for name in ("raw", "output", "state")}
    verified = pasakumi(folder, "verify", **clock.at(simulator.now))
    return Ending(lost, foreign, captures, verified, _rebuilt(simulator, elsewhere), sizes)


def _rebuilt(simulator: Simulator, elsewhere: Path) -> list[str]:
    """Files that differ where raw/ and sources.toml alone are taken to another folder and rebuilt."""
    shutil.copytree(simulator.folder / "raw", elsewhere / "raw")
    shutil.copy(simulator.folder / "sources.toml", elsewhere)
    done = pasakumi(elsewhere, "rebuild", "-q", **clock.at(simulator.now))
    assert done.code == simulator.ledger.exit_code, done.err
    here, there = (_contents(one / "output") for one in (simulator.folder, elsewhere))
    return sorted(name for name in here.keys() | there.keys() if here.get(name) != there.get(name))


def _contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def _size(folder: Path) -> int:
    """Each file once, however many names it has."""
    found = {(it.st_dev, it.st_ino): it.st_size for path in folder.rglob("*") for it in [path.lstat()]}
    return sum(found.values())


def summary(simulator: Simulator, end: Ending) -> str:
    """The figures of a year, a line each."""
    tally, costs = simulator.tally, simulator.tally.costs
    seconds = [one.seconds for one in costs]
    quarter = max(1, len(costs) // 4)
    sent = ", ".join(f"{count} to {name}" for name, count in sorted(tally.messages.items()))
    lines = {
        "days, runs": f"{simulator.days}, {len(costs)} ({_counted(tally.codes)} by exit code)",
        "bad and odd answers": f"{sum(tally.faults.values())}, of {len(tally.faults)} kinds",
        "changes told": f"{len(simulator.ledger.rows)}, all of the script's and no other",
        "messages": sent,
        "captures": f"{end.captures}, lost {end.lost}, withheld {len(tally.withheld)}",
        "differences from the script": str(len(tally.wrong)),
        "files that a rebuild makes otherwise": str(len(end.differing)),
        "disk": ", ".join(f"{name}/ {size / 1e6:.1f} MB" for name, size in end.sizes.items()),
        "a run, wall": f"median {median(seconds):.2f} s, longest {max(seconds):.2f} s",
        "a run, CPU": f"median {_cpu(costs):.2f} s; in the first quarter {_cpu(costs[:quarter]):.2f} s, "
        f"in the last {_cpu(costs[-quarter:]):.2f} s",
        "peak memory": f"{max(one.peak for one in costs) / 1e6:.0f} MB",
    }
    return "\n".join(f"{name + ':':38}{value}" for name, value in lines.items())


def _cpu(costs: list[Cost]) -> float:
    return median(one.cpu_seconds for one in costs)


def _counted(codes: dict[int, int]) -> str:
    return ", ".join(f"{code}: {count}" for code, count in sorted(codes.items()))

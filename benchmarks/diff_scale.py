"""Diff of two states with 100 000 measures beside csv-diff, daff and git diff on the same two tables.

``python -m benchmarks.diff_scale`` prints seconds of processor time, peak memory and ratios for three pairs:
one measure in a hundred changed, every measure changed, every measure only set in another typography. Each
trial is a process of its own that reads the two CSV files. ``diff`` is the comparison alone, ``all`` the same
with reading; csv-diff compares only what it has read itself, so its whole is what our diff of two states
stands beside. daff aligns tables and git diff lines: neither knows what a measure is. ``lists``: our diff
alone with the funding, applicants, milestones, contacts, links that a table of measures does not hold, and by
how much it raised the memory of the states.
"""

from __future__ import annotations

import argparse
import csv
import gc
import json
import resource
import subprocess
import sys
import tempfile
import time
from decimal import Decimal
from pathlib import Path
from typing import Any

from benchmarks import peers
from benchmarks.ratios import tell
from parsers.records import Measure, Page
from pipeline.changes.compare import diff
from pipeline.collector import paused
from tests.factories_changes import a_measure, noisy, page_of, seeded, stated

CASES = ("hundredth", "all", "typography")
COLUMNS = Measure._fields[:15]
_NO_LISTS = ((), (), (), (), (), 0, 0)


def states(count: int, case: str) -> tuple[Page, Page]:
    """Two states; the newer one is shifted by a character, as when a line was added above."""
    rng = seeded(1)
    old = [
        a_measure(rng, f"{n // 10_000}.{n // 1000}.{n // 100}.{n}", None, f"Tēma {n % 9}")
        for n in range(count)
    ]
    new = [
        measure._replace(
            start=measure.start + 1,
            applicants=tuple(a._replace(start=1) for a in measure.applicants),
            contacts=tuple(c._replace(start=1) for c in measure.contacts),
            links=tuple(link._replace(start=1) for link in measure.links),
        )
        for measure in old
    ]
    if case == "typography":
        return page_of(old), noisy(rng, page_of(new))
    for place in range(0, count, 100 if case == "hundredth" else 1):
        amount = (new[place].eu_funding_eur or Decimal(0)) + 1000
        new[place] = stated(new[place], amount, None, "exact")
    return page_of(old), page_of(new)


def write(folder: Path, count: int, case: str) -> None:
    for name, page in zip(("old", "new"), states(count, case), strict=True):
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(COLUMNS)
            writer.writerows({measure.measure_id: measure[:15] for measure in page.measures}.values())


def state(path: Path) -> Page:
    """The measures of a table, as records."""
    with paused(), path.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        next(rows)
        return page_of(map(_measure, rows))


def _measure(row: list[str]) -> Measure:
    values: list[Any] = [value or None for value in row]
    values[6] = Decimal(row[6])
    values += _NO_LISTS
    return Measure._make(values)


def ours(folder: Path) -> tuple[float, float, int]:
    begun = time.process_time()
    old, new = state(folder / "old.csv"), state(folder / "new.csv")
    read = time.process_time()
    found = diff(old, new, "source")
    return read - begun, time.process_time() - read, len(found)


def peer(folder: Path) -> tuple[float, float, int]:
    peers.use()
    from csv_diff import compare, load_csv

    begun = time.process_time()
    with (folder / "old.csv").open(encoding="utf-8") as a, (folder / "new.csv").open(encoding="utf-8") as b:
        old, new = load_csv(a, key="measure_id"), load_csv(b, key="measure_id")
    read = time.process_time()
    found = compare(old, new)
    return read - begun, time.process_time() - read, sum(map(len, found.values()))


def daff(folder: Path) -> tuple[float, float, int]:
    peers.use()
    import daff as library

    begun = time.process_time()
    tables = []
    for name in ("old", "new"):
        with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            tables.append(library.PythonTableView(list(csv.reader(file))))
    read = time.process_time()
    flags = library.CompareFlags()
    flags.addPrimaryKey("measure_id")
    shown: list[list[str]] = []
    alignment = library.Coopy.compareTables(*tables, flags).align()
    library.TableDiff(alignment, flags).hilite(library.PythonTableView(shown))
    return read - begun, time.process_time() - read, len(shown)


def git(folder: Path) -> tuple[float, float, int]:
    words = ["git", "diff", "--no-index", "--numstat", "old.csv", "new.csv"]
    done = subprocess.run(words, cwd=folder, capture_output=True, text=True, check=False)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return 0.0, used.ru_utime + used.ru_stime, int((done.stdout or "0").split()[0])


TRIALS = {"ours": ours, "csv-diff": peer, "daff": daff, "git diff": git}


def peak(who: int = resource.RUSAGE_SELF) -> float:
    """The most memory this process, or one of its children, has held, in megabytes."""
    return resource.getrusage(who).ru_maxrss / 1024


def trial(which: str, folder: Path) -> dict[str, float]:
    read, spent, found = TRIALS[which](folder)
    return {
        "diff": round(spent, 3),
        "all": round(read + spent, 3),
        "megabytes": round(peak(resource.RUSAGE_CHILDREN if which == "git diff" else resource.RUSAGE_SELF)),
        "found": found,
    }


def lists(count: int, case: str) -> dict[str, float]:
    """Whole measures: their states are made here, so that only the diff is timed."""
    old, new = states(count, case)
    gc.collect()
    before, begun = peak(), time.process_time()
    found = diff(old, new, "source")
    spent = time.process_time() - begun
    return {
        "diff": round(spent, 3),
        "megabytes": round(before),
        "rise": round(peak() - before),
        "found": len(found),
    }


def apart(*arguments: str) -> dict[str, float]:
    """One trial in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.diff_scale", *arguments]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    row: dict[str, float] = json.loads(done.stdout or "{}")
    return row


def report(count: int, case: str) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        apart("--write", folder, case, str(count))
        rows = {which: apart("--trial", which, folder) for which in TRIALS}
    a = rows["ours"]
    ratios = {
        f"{key} to {which}": round(a[key] / row[key], 3)
        for which, row in rows.items()
        for key in ("all", "megabytes")
        if which != "ours"
    }
    ratios["diff alone to all of csv-diff"] = round(a["diff"] / rows["csv-diff"]["all"], 2)
    return {"case": case, **rows, "ratios": ratios, "lists": apart("--lists", case, str(count))}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=100_000)
    parser.add_argument("--case", choices=CASES)
    parser.add_argument("--write", nargs=3, help=argparse.SUPPRESS)
    parser.add_argument("--trial", nargs=2, help=argparse.SUPPRESS)
    parser.add_argument("--lists", nargs=2, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.write:
        folder, case, count = arguments.write
        write(Path(folder), int(count), case)
    elif arguments.trial:
        print(json.dumps(trial(arguments.trial[0], Path(arguments.trial[1]))))
    elif arguments.lists:
        print(json.dumps(lists(int(arguments.lists[1]), arguments.lists[0])))
    else:
        for case in (arguments.case,) if arguments.case else CASES:
            told = report(arguments.count, case)
            print(json.dumps(told), flush=True)
            tell(**{f"{case}: {name}": ratio for name, ratio in told["ratios"].items()})


if __name__ == "__main__":
    main()

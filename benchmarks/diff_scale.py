"""Diff of two states with 100 000 measures beside csv-diff on the table of the same measures, in one run.

``python -m benchmarks.diff_scale`` prints seconds, peak memory and ratios for three pairs of states: one measure in a
hundred changed, every measure changed, every measure only set in another typography. Each trial is a process of its
own. csv-diff reads two CSV files, for it has no other entry; our states are read from pickles, and both are timed
with and without reading. Our states also hold applicants, milestones, contacts and links, the CSV file does not.
"""

from __future__ import annotations

import argparse
import csv
import json
import pickle
import resource
import subprocess
import sys
import tempfile
import time
from decimal import Decimal
from pathlib import Path

from parsers.records import Measure, Page
from pipeline.changes import diff
from tests.factories_changes import a_measure, noisy, page_of, seeded, stated

CASES = ("hundredth", "all", "typography")


def states(count: int, case: str) -> tuple[Page, Page]:
    """Two states; the newer one is shifted by a character, as when a line was added above."""
    rng = seeded(1)
    old = [
        a_measure(rng, f"{n // 10_000}.{n // 1000}.{n // 100}.{n}", None, f"Tēma {n % 9}")
        for n in range(count)
    ]
    new = [measure._replace(start=measure.start + 1, end=measure.end + 1) for measure in old]
    if case == "typography":
        return page_of(old), noisy(rng, page_of(new))
    step = 100 if case == "hundredth" else 1
    for place in range(0, count, step):
        amount = (new[place].eu_funding_eur or Decimal(0)) + 1000
        new[place] = stated(new[place], amount, None, "exact")
    return page_of(old), page_of(new)


def write(folder: Path, count: int, case: str) -> None:
    columns = Measure._fields[:15]
    for name, page in zip(("old", "new"), states(count, case), strict=True):
        (folder / f"{name}.pickle").write_bytes(pickle.dumps(page))
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(columns)
            writer.writerows(measure[:15] for measure in page.measures)


def ours(folder: Path) -> tuple[float, float, int]:
    begun = time.perf_counter()
    old, new = (pickle.loads((folder / f"{name}.pickle").read_bytes()) for name in ("old", "new"))  # noqa: S301
    read = time.perf_counter()
    found = diff(old, new, "source")
    return read - begun, time.perf_counter() - read, len(found)


def peer(folder: Path) -> tuple[float, float, int]:
    from csv_diff import compare, load_csv

    begun = time.perf_counter()
    with (folder / "old.csv").open(encoding="utf-8") as a, (folder / "new.csv").open(encoding="utf-8") as b:
        old, new = load_csv(a, key="measure_id"), load_csv(b, key="measure_id")
    read = time.perf_counter()
    found = compare(old, new)
    return read - begun, time.perf_counter() - read, sum(map(len, found.values()))


def trial(which: str, folder: str) -> dict[str, float]:
    """One run in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.diff_scale", "--trial", which, folder]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def report(count: int, cases: tuple[str, ...]) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = []
    for case in cases:
        with tempfile.TemporaryDirectory() as folder:
            subprocess.run(
                [sys.executable, "-m", "benchmarks.diff_scale", "--write", folder, case, str(count)],
                check=True,
            )
            a, b = trial("ours", folder), trial("peer", folder)
        ratios = {key: round(a[key] / b[key], 2) for key in ("diff", "all", "megabytes")}
        rows.append({"case": case, "ours": a, "csv-diff": b, "ratios": ratios})
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=100_000)
    parser.add_argument("--case", choices=CASES)
    parser.add_argument("--write", nargs=3, metavar=("FOLDER", "CASE", "COUNT"), help=argparse.SUPPRESS)
    parser.add_argument("--trial", nargs=2, metavar=("WHICH", "FOLDER"), help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.write:
        folder, case, count = arguments.write
        write(Path(folder), int(count), case)
    elif arguments.trial:
        which, folder = arguments.trial
        read, spent, found = (ours if which == "ours" else peer)(Path(folder))
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        row = {
            "diff": round(spent, 3),
            "all": round(read + spent, 3),
            "megabytes": round(peak),
            "found": found,
        }
        print(json.dumps(row))
    else:
        for row in report(arguments.count, (arguments.case,) if arguments.case else CASES):
            print(json.dumps(row))


if __name__ == "__main__":
    main()

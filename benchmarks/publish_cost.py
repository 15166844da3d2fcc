"""What publishing costs beyond CSV and Parquet: database, workbook, catalogue, checksums.

``python -m benchmarks.publish_cost`` prints seconds of processor time after imports, bytes written and the
peak of memory, for a real page and for 2 000 measures with 20 000 changes, each in a process of its own:
first the tables as CSV and Parquet alone, then everything.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from unittest import mock

from parsers.page import parse_page
from pipeline import tables
from pipeline.schema import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parsers.records import Page
    from pipeline.rows import Row

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "tests" / "fixtures" / "izm-visparejai-izglitibai.html"
MEASURES, CHANGES, A_PAGE = 2000, 20_000, 100
FIRST = datetime(2024, 1, 1, tzinfo=UTC)


class Source(NamedTuple):
    id: str
    url: str = "https://ministry.example/"
    publisher: str = "Ministrija"
    topic: str = "tēma"
    language: str = "lv"
    licence: str = "CC-BY-4.0"
    every: timedelta = timedelta(days=1)
    publish_contacts: bool = True


class Capture(NamedTuple):
    id: str
    captured_at: datetime | None = FIRST


class State(NamedTuple):
    source: Source
    capture: Capture
    page: Page


def small() -> list[State]:
    return [State(Source("page"), Capture("capture"), parse_page(PAGE.read_bytes(), None))]


def large() -> list[State]:
    """The real page's measures under new codes, a hundred on a page."""
    page = parse_page(PAGE.read_bytes(), None)
    states = []
    for first in range(0, MEASURES, A_PAGE):
        measures, evidence = [], []
        for number in range(first, first + A_PAGE):
            old = page.measures[number % len(page.measures)]
            measures.append(old._replace(measure_id=f"9.9.{number}", code=f"9.9.{number}", round=None))
            evidence += [
                one._replace(measure_id=f"9.9.{number}")
                for one in page.evidence
                if one.measure_id == old.measure_id
            ]
        made = page._replace(measures=tuple(measures), evidence=tuple(evidence), narrative=(), findings=())
        states.append(State(Source(f"page-{first}"), Capture(f"capture-{first}"), made))
    return states


def changes(count: int) -> Iterator[Row]:
    for number in range(count):
        cells: dict[str, Any] = {
            "observed_at": FIRST + timedelta(hours=number),
            "source": f"page-{number % MEASURES // A_PAGE * A_PAGE}",
            "measure_id": f"9.9.{number % MEASURES}",
            "kind": "milestone_moved",
            "field": "selection_start",
            "old": "2025-Q1",
            "new": "2025-Q3",
            "delta_days": number % 300 - 100,
            "minor": False,
            "text_en": f"9.9.{number % MEASURES}: start of selection slipped from 2025-Q1 to 2025-Q3",
            "text_lv": f"9.9.{number % MEASURES}. pasākuma atlases uzsākšana pārcelta uz 3. ceturksni",
        }
        yield tuple(cells.get(name) for name in TABLES["changes"].header)


@contextmanager
def alone() -> Iterator[None]:
    """Write CSV and Parquet, and nothing else."""
    copies = mock.MagicMock()
    copies.return_value.__enter__.return_value.of.side_effect = lambda rows: rows
    copies.return_value.__enter__.return_value.finish.return_value = ()
    copies.return_value.__enter__.return_value.days = None
    with (
        mock.patch("pipeline.publish.copies.Copies", copies),
        mock.patch("pipeline.publish.described.files", return_value={}),
    ):
        yield


def measure(size: str, what: str) -> dict[str, float]:
    import xlsxwriter  # noqa: F401 - imported before the clock starts

    from pipeline.publish import copies, described, workbook_front  # noqa: F401

    with tempfile.TemporaryDirectory() as warm:
        tables.write(Path(warm), small(), inputs="warm")
    states, count = (small(), 0) if size == "small" else (large(), CHANGES)
    rows = list(changes(count))
    with tempfile.TemporaryDirectory() as name:
        begun = time.process_time()
        if what == "tables":
            with alone():
                tables.write(Path(name), states, inputs="one", changes=rows)
        else:
            tables.write(Path(name), states, inputs="one", changes=rows)
        seconds = time.process_time() - begun
        sizes = {path.name: path.stat().st_size for path in Path(name).iterdir() if path.is_file()}
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    kept = ("pasakumi.sqlite", "pasakumi.xlsx")
    return {"seconds": round(seconds, 2), "peak_mb": peak} | {one: sizes[one] for one in kept if one in sizes}


def apart(*words: str) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.publish_cost", *words]
    done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT)
    row: dict[str, float] = json.loads(done.stdout)
    return row


def main() -> None:
    if sys.argv[1:]:
        print(json.dumps(measure(*sys.argv[1:])))
        return
    for size in ("small", "large"):
        before, after = apart(size, "tables"), apart(size, "all")
        more = {
            "publish_seconds": round(after["seconds"] - before["seconds"], 2),
            "publish_peak_mb": after["peak_mb"] - before["peak_mb"],
        }
        print(json.dumps({"size": size, "tables": before, "all": after, **more}), flush=True)


if __name__ == "__main__":
    main()

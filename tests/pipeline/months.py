"""A made-up year of one page: twelve monthly captures, each with an edit or none, and what they tell."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime
from pathlib import Path

from tests.pipeline.site import measure, page

MONTHS = [datetime(2024, month, 5, 6, 30, tzinfo=UTC) for month in range(1, 13)]
_QUARTERS = ["I", "II", "III", "IV"]


def body(month: int) -> str:
    """The page of month 1 to 12: in every even month the first measure's amount grows, in every third the
    second's selection slips; in the fifth, seventh and eleventh nothing changes."""
    amount = f"{1 + month // 2} 000 000"
    when = f"{2025 + month // 3 // 4}. gada {_QUARTERS[month // 3 % 4]} cet."
    return page([measure(1, amount=amount), measure(2, when=when), *map(measure, range(3, 6))])


CHANGES = [
    (MONTHS[month - 1], kind)
    for month in range(2, 13)
    for kind, is_so in (("funding_changed", month % 2 == 0), ("milestone_moved", month % 3 == 0))
    if is_so
]


def told(folder: Path) -> list[tuple[datetime, str]]:
    """What the table of changes says: when, and what kind."""
    text = (folder / "output" / "tables" / "changes.csv").read_text("utf-8")
    rows = csv.DictReader(io.StringIO(text))
    return sorted((datetime.fromisoformat(row["observed_at"]), row["kind"]) for row in rows)

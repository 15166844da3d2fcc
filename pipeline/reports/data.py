"""A report for programs: CONTRACT's JSON object, and CSV with the columns of the table ``changes``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pipeline.changes import json_change
from pipeline.chronicle import change_row
from pipeline.formats import csv_lines
from pipeline.json_text import dumps
from pipeline.schema import TABLES

if TYPE_CHECKING:
    from pipeline.reports.record import Report, Side


def as_json(report: Report) -> str:
    """Beyond CONTRACT: ``sources``, what was compared of each page."""
    old, new = report.ends
    sources = [
        {"source": pair.source, "from": _side(pair.old), "to": _side(pair.new)} for pair in report.pairs
    ]
    changes = [json_change(change) for change in report.changes]
    return dumps({"from": _side(old), "to": _side(new), "changes": changes, "sources": sources})


def as_csv(report: Report) -> str:
    """A row for each change, in the order of the pages."""
    rows = (change_row(change, pair.new.captured_at) for pair in report.pairs for change in pair.changes)
    return "".join(csv_lines(TABLES["changes"].columns, rows))


def _side(side: Side | None) -> dict[str, Any]:
    if side is None:
        return {"captured_at": None, "capture": None}
    named = {} if side.name is None else {"file": side.name}
    return {"captured_at": side.captured_at, "capture": side.capture, **named}

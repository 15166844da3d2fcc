"""A report for programs: CONTRACT's JSON object, and rows of the table ``changes``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pipeline.changes.written import json_change
from pipeline.chronicle import change_row
from pipeline.json_text import dumps

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.reports.record import Report, Side
    from pipeline.rows import Row


def as_json(report: Report) -> str:
    """Beyond CONTRACT: ``sources``, what was compared of each page."""
    old, new = report.ends
    sources = [
        {"source": pair.source, "from": _side(pair.old), "to": _side(pair.new)} for pair in report.pairs
    ]
    changes = [json_change(change) for change in report.changes]
    return dumps({"from": _side(old), "to": _side(new), "changes": changes, "sources": sources})


def rows(report: Report) -> Iterator[Row]:
    """Rows of the table ``changes``, in the order of the pages."""
    for pair in report.pairs:
        yield from (change_row(change, pair.new.captured_at) for change in pair.changes)


def _side(side: Side | None) -> dict[str, Any]:
    if side is None:
        return {"captured_at": None, "capture": None}
    named = {} if side.name is None else {"file": side.name}
    return {"captured_at": side.captured_at, "capture": side.capture, **named}

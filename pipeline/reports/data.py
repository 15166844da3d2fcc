"""A report for programs: CONTRACT's JSON object, and rows of the table ``changes``."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from pipeline.changes.written import json_change, sentence
from pipeline.formats import plain
from pipeline.json_text import dumps
from pipeline.rows import cell
from pipeline.schema import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from pipeline.changes.record import Change, Value
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


def change_row(change: Change, observed_at: datetime | None) -> Row:
    """A row of ``changes``; ``observed_at``: when the capture was made that shows it."""
    facts = change._asdict() | {
        "observed_at": observed_at,
        "old": value_text(change.old),
        "new": value_text(change.new),
        "delta_eur": change.delta_eur,
        "delta_percent": change.delta_percent,
        "text_en": sentence(change, "en"),
        "text_lv": sentence(change, "lv"),
    }
    return tuple(cell(column, facts[column.name]) for column in TABLES["changes"].columns)


def value_text(value: Value) -> str | None:
    """A value as it is written in a cell of text: a contact as a JSON object."""
    match value:
        case None:
            return None
        case Decimal():
            return plain(value)
        case dict():
            return dumps(value, indent=None)
    return str(value)


def _side(side: Side | None) -> dict[str, Any]:
    if side is None:
        return {"captured_at": None, "capture": None}
    named = {} if side.name is None else {"file": side.name}
    return {"captured_at": side.captured_at, "capture": side.capture, **named}

"""A page as the object that ``parse --format json`` prints."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from pipeline.json_text import Exact, utc

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from parsers.records import Measure, Page, Span

Json = dict[str, Any]

_LISTS = ("funding", "applicants", "milestones", "contacts", "links")
# Where a value stands is told by the provenance of the page, once for all values.
_PLACES = frozenset({"start", "end", "name_span", "phone_span", "email_span"})


def page_json(
    page: Page,
    *,
    source: str | None = None,
    sha256: str | None = None,
    captured_at: datetime | None = None,
    text: bool = False,
) -> Json:
    """CONTRACT's object for a page, to be written by :func:`pipeline.json_text.dumps`.

    ``sha256``: of the page's bytes. ``text``: with the canonical text that all spans index, and with the
    provenance of every value in it. Beyond CONTRACT: ``title``, ``language``, ``media``, ``encoding``,
    ``message_lv`` and the place of each finding, and how many characters of menus and the like were left out.
    """
    told: Json = {
        "source": source,
        "url": page.url,
        "capture": {"sha256": sha256, "captured_at": utc(captured_at) if captured_at else None},
        "title": page.title,
        "language": page.language,
        "media": page.media,
        "encoding": page.encoding,
        "measures": [_measure(measure) for measure in page.measures],
        "headlines": _records(page.headlines),
        "narrative": _records(page.narrative, leave_out=frozenset()),
        "findings": _records(page.findings, leave_out=frozenset()),
        "coverage": {
            "characters": page.coverage.characters,
            "claimed": page.coverage.claimed,
            "left_out": page.coverage.left_out,
            "unclaimed": [_stretch(page.text, span) for span in page.coverage.unclaimed],
        },
    }
    if text:
        told["text"] = page.text
        told["provenance"] = [
            {**each._asdict(), "text": page.text[each.start : each.end]} for each in page.evidence
        ]
    return told


def _measure(measure: Measure) -> Json:
    told = _record(measure._asdict(), _PLACES)
    return told | {name: _records(getattr(measure, name)) for name in _LISTS}


def _records(records: Iterable[Any], leave_out: frozenset[str] = _PLACES) -> list[Json]:
    return [_record(record._asdict(), leave_out) for record in records]


def _record(fields: Json, leave_out: frozenset[str]) -> Json:
    return {name: _value(value) for name, value in fields.items() if name not in leave_out}


def _value(value: Any) -> Any:
    if isinstance(value, Decimal):
        return Exact(value)
    return value.isoformat() if hasattr(value, "isoformat") else value


def _stretch(text: str, span: Span) -> Json:
    return {"start": span.start, "end": span.end, "text": text[span.start : span.end]}

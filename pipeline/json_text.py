"""JSON for people's terminals and other programs: exact amounts, nothing in it that a terminal would obey."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from pipeline.printable import is_harmless


class Exact(Decimal):
    """A decimal that is always written out in full: ``1000000``, never ``1E+6``."""

    def __str__(self) -> str:
        text = format(Decimal(self), "f")
        return text.rstrip("0").rstrip(".") if "." in text else text


def dumps(value: object, indent: int | None = 2) -> str:
    """The value as JSON, without a line end.

    Decimals are exact number literals, dates and times ISO strings (times in UTC, with ``Z``). What is no
    visible character (terminal escapes, direction marks, half of a surrogate pair) stands as ``\\uXXXX``.
    """
    import simplejson

    text: str = simplejson.dumps(_plain(value), ensure_ascii=False, indent=indent, use_decimal=True)
    return "\n".join(line if line.isprintable() else _escaped(line) for line in text.split("\n"))


def _plain(value: Any) -> Any:
    """The value in types that JSON knows; a named tuple becomes an object."""
    match value:
        case Decimal():
            return Exact(value)
        case datetime():
            return utc(value)
        case date():
            return value.isoformat()
        case dict():
            return {key: _plain(item) for key, item in value.items()}
        case tuple() | list():
            return _plain(value._asdict()) if hasattr(value, "_asdict") else [_plain(item) for item in value]
    return value


def utc(moment: datetime) -> str:
    """``2025-03-01T06:30:00Z``."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _escaped(line: str) -> str:
    return "".join(one if is_harmless(one) else _escape(ord(one)) for one in line)


def _escape(point: int) -> str:
    if point < 0x10000:
        return f"\\u{point:04x}"
    point -= 0x10000
    return f"\\u{0xD800 + (point >> 10):04x}\\u{0xDC00 + (point & 0x3FF):04x}"

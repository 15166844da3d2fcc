"""``--from`` and ``--to``: moments that bound a stretch of captures."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from pipeline import moments
from pipeline.errors import UsageError

_PART = re.compile(r"(\d{4})(?:-?(\d\d))?")
_STAMP = re.compile(r"\d{8}(?:\d{6})?")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def beginning(option: str, text: str | None) -> datetime | None:
    """The first moment of what is written: ``2024``, ``2024-11``, ``2024-11-05`` or a moment.

    Raises UsageError.
    """
    if text is None:
        return None
    words = _spelled(text.strip())
    part = _PART.fullmatch(words)
    if part:
        words = f"{part[1]}-{part[2] or '01'}-01"
    return _read(option, text, f"{words}T00:00:00Z" if _DAY.fullmatch(words) else words)


def end(option: str, text: str | None) -> datetime | None:
    """The last moment of what is written. Raises UsageError."""
    if text is None:
        return None
    words = _spelled(text.strip())
    part = _PART.fullmatch(words)
    if not part:
        return _read(option, text, words)
    year, month = int(part[1]), int(part[2] or 12)
    following = f"{year + month // 12:04d}-{month % 12 + 1:02d}-01T00:00:00Z"
    moment = _read(option, text, following)
    return datetime.fromtimestamp(moment.timestamp() - 1, UTC)


def _spelled(text: str) -> str:
    """``20241105`` and the 14 digits of web archives with their dashes and colons."""
    if not _STAMP.fullmatch(text):
        return text
    day = f"{text[:4]}-{text[4:6]}-{text[6:8]}"
    return f"{day}T{text[8:10]}:{text[10:12]}:{text[12:14]}Z" if text[8:] else day


def _read(option: str, text: str, words: str) -> datetime:
    moment = moments.read(words, datetime.now(UTC))
    if moment is None:
        raise UsageError(
            f"{option} {text!r}: no moment; expected such as 2024, 2024-11-05, 2024-11-05T06:30, -30d"
        )
    return moment

"""Points in time as a person writes them on a command line. Days are UTC, as all times of captures."""

from __future__ import annotations

import re
from datetime import UTC, datetime, time, timedelta

_AGO = re.compile(r"-(\d{1,5})([hdwmy])")
_UNITS = {"h": timedelta(hours=1), "d": timedelta(days=1), "w": timedelta(weeks=1)}
_MONTHS = {"m": 1, "y": 12}
_WORDS = {"now": None, "today": 0, "yesterday": 1}
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_TIME = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d.*")
_LAST = time(23, 59, 59, 999_999, UTC)


def read(text: str, now: datetime) -> datetime | None:
    """The moment that the words mean; None where they mean none.

    ``2025-03-01``, ``today`` and ``yesterday`` are the end of that day; ``2025-03-01T12:00`` is that moment,
    in UTC where no offset is given; ``-12h``, ``-7d``, ``-2w``, ``-3m``, ``-1y`` is so long ago.
    """
    words = text.strip().lower()
    if words in _WORDS:
        days = _WORDS[words]
        return now if days is None else datetime.combine(_days_ago(now, days), _LAST)
    ago = _AGO.fullmatch(words)
    try:
        if ago:
            return _ago(now, int(ago[1]), ago[2])
        if _DATE.fullmatch(words):
            return datetime.combine(datetime.fromisoformat(words), _LAST)
        if not _TIME.fullmatch(text.strip()):
            return None
        moment = datetime.fromisoformat(text.strip())
    except (ValueError, OverflowError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _days_ago(now: datetime, days: int) -> datetime:
    return now.astimezone(UTC) - timedelta(days=days)


def _ago(now: datetime, count: int, unit: str) -> datetime:
    if unit in _UNITS:
        return now - count * _UNITS[unit]
    month = now.year * 12 + now.month - 1 - count * _MONTHS[unit]
    for day in range(now.day, 27, -1):  # 31 March less a month is the last of February
        try:
            return now.replace(year=month // 12, month=month % 12 + 1, day=day)
        except ValueError:
            continue
    return now.replace(year=month // 12, month=month % 12 + 1)

"""When a page was saved, from the name that somebody gave its file or folder.

Read are ``2024-11-05``, ``2024_11_05``, ``2024.11.05``, ``20241105``, with a time as in ``20241105T0630``,
``2024-11-05T06:30:00+02:00``, ``2024-11-05 06.30``, ``20241105063000`` (web archives), and ``05.11.2024``
(Latvia). Without an offset it is UTC, without a time the day's first second.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import PurePath

_TIME = (
    r"(?:[T _-]?(?P<hour>[01]\d|2[0-3])[:._-]?(?P<minute>[0-5]\d)(?:[:._-]?(?P<second>[0-5]\d))?(?!\d)"
    r"(?:\.\d{1,6})?(?P<zone>Z|[+-]\d\d:?\d\d)?)?"
)
_PATTERNS = (
    re.compile(r"(?<!\d)(?P<year>\d{4})(?P<gap>[-_./])(?P<month>\d\d)(?P=gap)(?P<day>\d\d)(?!\d)" + _TIME),
    re.compile(r"(?<!\d)(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)(?=\d{4}(?:\d\d)?(?!\d)|\D|$)" + _TIME),
    re.compile(
        r"(?<![\d.])(?P<day>\d\d?)(?P<gap>[-_.])(?P<month>\d\d?)(?P=gap)(?P<year>\d{4})(?![\d])" + _TIME
    ),
)
_FIRST_YEAR = 1991  # the first web page


def read(path: PurePath, now: datetime) -> datetime | None:
    """The one moment that the file's name tells, or else its folders' names (``2024/11/05/page.html``).

    None where there is none, where several differ, and where it is still to come.
    """
    for words in (path.name, path.parent.as_posix()):
        moments = {moment for moment in _moments(words) if moment.year >= _FIRST_YEAR and moment <= now}
        if moments:
            return moments.pop() if len(moments) == 1 else None
    return None


def _moments(words: str) -> Iterator[datetime]:
    for pattern in _PATTERNS:
        for found in pattern.finditer(words):
            moment = _moment(found)
            if moment is not None:
                yield moment


def _moment(found: re.Match[str]) -> datetime | None:
    numbers = {name: int(found[name] or 0) for name in ("year", "month", "day", "hour", "minute", "second")}
    try:
        return datetime(**numbers, tzinfo=_zone(found["zone"] or "Z")).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _zone(text: str) -> timezone:
    """Raises ValueError for an offset of a day or more."""
    if text == "Z":
        return UTC
    offset = timedelta(hours=int(text[1:3]), minutes=int(text[-2:]))
    return timezone(-offset if text[0] == "-" else offset)

"""When a page counts as not seen for too long."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime, timedelta

# A daily job does not run to the minute.
_GRACE = 1.5


def is_stale(seen: datetime | None, every: timedelta, now: datetime) -> bool:
    """Whether it was last seen longer ago than its rhythm allows; a page never seen is stale."""
    return seen is None or now - seen > every * _GRACE

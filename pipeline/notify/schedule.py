"""When a message that was not taken is tried again: after 5 minutes, 10, 20 … 12 hours, for as long as it
takes. Nothing is thrown away because of its age."""

from __future__ import annotations

from datetime import datetime, timedelta

from pipeline.notify.letter import Delivery

FIRST = timedelta(minutes=5)
# Less than a day, so that a daily run tries every time.
LONGEST = timedelta(hours=12)
_DOUBLINGS = 10
# A message that was tried so often without success may be the reason itself.
OFTEN = 3


def next_try(tries: int, now: datetime) -> datetime:
    """Not before this moment, after so many tries."""
    doublings = min(max(tries, 1) - 1, _DOUBLINGS)
    return now + min(FIRST * (1 << doublings), LONGEST)


def is_due(delivery: Delivery, now: datetime) -> bool:
    """Whether it is to be tried.

    Where a killed run left no word of what came of it, that is now, in its place before later messages. A
    clock that was put back must not make anybody wait: a moment further off than any that is ever chosen
    counts for nothing.
    """
    if delivery.sent_at is not None:
        return False
    if not delivery.why and delivery.tries < OFTEN:
        return True
    return delivery.next_at is None or not now < delivery.next_at <= now + LONGEST

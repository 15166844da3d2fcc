"""Which changes somebody wants to hear of: for ``diff --only`` and for subscribers."""

from __future__ import annotations

from decimal import Decimal
from fnmatch import fnmatchcase
from typing import NamedTuple, Protocol

from pipeline.changes.record import Change


class Filter(NamedTuple):
    """What passes. ``only``: kinds (empty: all). ``measures``: patterns as in a shell (empty, or ``*`` among
    them: all, and what changed on a page outside of its measures).

    ``min_eur`` and ``min_days`` hold back smaller sums and shorter slips; a change that has no sum or is no
    slip is not theirs to hold back.
    """

    only: frozenset[str] = frozenset()
    measures: tuple[str, ...] = ()
    min_eur: Decimal | None = None
    min_days: int | None = None


EVERYTHING = Filter()


class Wishes(Protocol):
    """What is asked of whoever wants to be told (:class:`pipeline.config.Subscriber`)."""

    @property
    def only(self) -> tuple[str, ...]: ...
    @property
    def measures(self) -> tuple[str, ...]: ...
    @property
    def min_eur(self) -> Decimal: ...
    @property
    def min_days(self) -> int: ...


def wanted_by(somebody: Wishes) -> Filter:
    """What a subscriber wants to hear of."""
    return Filter(frozenset(somebody.only), somebody.measures, somebody.min_eur, somebody.min_days)


def matches(change: Change, wanted: Filter) -> bool:
    """True where the change passes.

    A pattern is held against the measure_id, so that ``1.2.1.*`` has the round ``1.2.1.5/1`` too, and against
    the code without round: ``1.2.1.5`` means all of its rounds. A measure renumbered, split or merged passes
    by its old ids as by its new ones, a theme renamed by those of its measures.
    """
    if wanted.only and change.kind not in wanted.only:
        return False
    if not _is_of(wanted.measures, change):
        return False
    if wanted.min_eur is not None and change.delta_eur is not None and abs(change.delta_eur) < wanted.min_eur:
        return False
    slip = change.delta_days if change.kind == "milestone_moved" else None
    return wanted.min_days is None or slip is None or abs(slip) >= wanted.min_days


def _is_of(patterns: tuple[str, ...], change: Change) -> bool:
    return not patterns or "*" in patterns or any(_has(pattern, change) for pattern in patterns)


def _has(pattern: str, change: Change) -> bool:
    ids = {measure.measure_id for measure in (*change.before, *change.after)}
    if change.measure_id is not None:
        ids.add(change.measure_id)
    return any(fnmatchcase(name, pattern) or name.partition("/")[0] == pattern for name in ids)

"""The values of each measure over time."""

from __future__ import annotations

from typing import NamedTuple

from parsers.records import Measure, Page
from pipeline.changes.events import Pair, alike, measure_changes, theme_change
from pipeline.changes.match import pair_by_id


class Step(NamedTuple):
    """What one capture does to the versions that stand: the places of those that end, and the measures of
    those that begin."""

    ended: list[int]
    begun: list[Measure]


def step(standing: list[Measure], page: Page) -> Step:
    """The versions of a source's measures, taken up capture by capture, oldest first.

    A version ends where ``compare.diff`` tells a change of a value of the measure or of the name of its
    theme, and only there. A renumbered measure goes on as a new one, for its id is its name here; one that
    comes back begins anew.
    """
    pairs, gone, come = pair_by_id(standing, page.measures)
    changed = [pair for pair in pairs if not _alike(*pair)]
    ended = {id(measure) for measure in (*gone, *(old for old, _ in changed))}
    places = [place for place, measure in enumerate(standing) if id(measure) in ended]
    return Step(places, [*come, *(new for _, new in changed)])


def _alike(old: Measure, new: Measure) -> bool:
    if alike(old, new):
        return True
    pair = Pair(None, old, new)
    return theme_change(pair) is None and next(measure_changes(pair), None) is None

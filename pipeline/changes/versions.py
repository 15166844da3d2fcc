"""The values of each measure over time."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from parsers.records import Measure, Page
from pipeline.changes.events import Pair, measure_changes, theme_change
from pipeline.changes.match import natural_key, pair_by_id


class Version(NamedTuple):
    """A measure as it stood from ``valid_from`` until ``valid_to`` (exclusive; None: it still stands).

    ``capture`` is the one in which these values were first seen.
    """

    measure: Measure
    valid_from: datetime
    valid_to: datetime | None
    capture: str


def versions(history: Iterable[tuple[datetime, str, Page]]) -> list[Version]:
    """The versions of all measures of one source, by measure_id and time.

    ``history``: capture time, capture and page of each published capture, oldest first. A version ends where
    :func:`pipeline.changes.diff` tells a change of the measure or of the name of its theme, and only there. A
    renumbered measure goes on as a new one, for its id is its name here; one that comes back begins anew.
    """
    closed: list[Version] = []
    standing: list[Version] = []
    last: Page | None = None
    for captured_at, capture, page in history:
        if page is not last:
            ended, begun = _step([version.measure for version in standing], page)
            closed += [v._replace(valid_to=captured_at) for v in standing if id(v.measure) in ended]
            standing = [version for version in standing if id(version.measure) not in ended]
            standing += [Version(measure, captured_at, None, capture) for measure in begun]
        last = page
    return sorted(closed + standing, key=_order)


def _step(standing: list[Measure], page: Page) -> tuple[set[int], list[Measure]]:
    """Which of the standing measures (by identity) end with this page, and which begin."""
    pairs, gone, come = pair_by_id(standing, page.measures)
    changed = [pair for pair in pairs if not _alike(*pair)]
    ended = {id(measure) for measure in (*gone, *(old for old, _ in changed))}
    return ended, [*come, *(new for _, new in changed)]


def _order(version: Version) -> tuple[object, ...]:
    measure = version.measure
    return natural_key(measure.measure_id), version.valid_from, repr(measure[4:16])


def _alike(old: Measure, new: Measure) -> bool:
    pair = Pair(None, old, new)
    return theme_change(pair) is None and next(measure_changes(pair), None) is None

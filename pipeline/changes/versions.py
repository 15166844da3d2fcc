"""The values of each measure over time."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from parsers.records import Measure, Page
from pipeline.changes.events import Pair, alike, measure_changes, theme_change
from pipeline.changes.match import natural_key, pair_by_id


class Version(NamedTuple):
    """A measure as it stood from ``valid_from`` until ``valid_to`` (exclusive; None: it still stands).

    ``capture`` is the one in which these values were first seen.
    """

    measure: Measure
    valid_from: datetime
    valid_to: datetime | None
    capture: str


_SHARED = (
    "theme", "title", "objective", "selection_text", "other_info",
    "milestones", "applicants", "contacts", "links",
)  # fmt: skip


class Versions:
    """The versions of all measures of one source, taken up capture by capture, oldest first.

    A version ends where ``compare.diff`` tells a change of a value of the measure or of the name of its
    theme, and only there. A renumbered measure goes on as a new one, for its id is its name here; one that
    comes back begins anew.
    """

    def __init__(self) -> None:
        self._closed: list[Version] = []
        self._standing: list[Version] = []
        self._last: Page | None = None

    def take(self, captured_at: datetime, capture: str, page: Page) -> None:
        """The next published capture."""
        if page is not self._last:
            ended, begun = _step([version.measure for version in self._standing], page)
            gone = [one for one in self._standing if id(one.measure) in ended]
            self._closed += [one._replace(valid_to=captured_at) for one in gone]
            self._standing = [one for one in self._standing if id(one.measure) not in ended]
            self._standing += [Version(measure, captured_at, None, capture) for measure in begun]
        self._last = page

    def all(self) -> list[Version]:
        """By measure_id and time."""
        return sorted(self._closed + self._standing, key=_order)


def _step(standing: list[Measure], page: Page) -> tuple[set[int], list[Measure]]:
    """Which of the standing measures (by identity) end with this page, and which begin."""
    pairs, gone, come = pair_by_id(standing, page.measures)
    changed = [pair for pair in pairs if not _alike(*pair)]
    ended = {id(measure) for measure in (*gone, *(old for old, _ in changed))}
    return ended, [*come, *(_sharing(*pair) for pair in changed)]


def _sharing(old: Measure, new: Measure) -> Measure:
    """The new one, its texts and lists being the old one's where they are equal: of a measure with a thousand
    versions, memory holds what changed. Not amounts, of which 5.0 equals 5.00."""
    return new._replace(
        **{name: getattr(old, name) for name in _SHARED if getattr(old, name) == getattr(new, name)}
    )


def _order(version: Version) -> tuple[object, ...]:
    measure = version.measure
    return natural_key(measure.measure_id), version.valid_from, repr(measure[4:16])


def _alike(old: Measure, new: Measure) -> bool:
    if alike(old, new):
        return True
    pair = Pair(None, old, new)
    return theme_change(pair) is None and next(measure_changes(pair), None) is None

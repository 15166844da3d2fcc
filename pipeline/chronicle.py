"""A source's history: what to report of it, and the rows of ``changes`` and ``measure_versions``.

What is told lies on a shelf, on the disk where that has a file: memory holds what stands, and a few bytes of
each change.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

from pipeline.changes.match import natural_key
from pipeline.drift import Series
from pipeline.journal import Journal
from pipeline.schema import TABLES
from pipeline.shelf import Kept, Shelf
from pipeline.state import KeptState, State

if TYPE_CHECKING:
    from decimal import Decimal
    from pathlib import Path

    from parsers.records import Measure, Page
    from pipeline.captures import Capture
    from pipeline.changes.record import Change
    from pipeline.config import Source
    from pipeline.reports.record import Pair
    from pipeline.reports.told import Mention, Told
    from pipeline.rows import Row

# Captures of unknown time stand before all others.
UNKNOWN = datetime.min.replace(tzinfo=UTC)
_HEADER = TABLES["measure_versions"].header
_NUMBER, _FROM, _TO = map(_HEADER.index, ("version", "valid_from", "valid_to"))


class Version(NamedTuple):
    """A version of a measure, by what it is looked up by. It stood from ``valid_from`` until ``valid_to``
    (exclusive; None: it still stands). ``kept``: its row of ``measure_versions`` without number and times;
    ``place``: of all that its source ever had, in the order in which they began."""

    source: str
    measure_id: str
    valid_from: datetime
    valid_to: datetime | None
    eu_funding_eur: Decimal | None
    kept: Kept
    place: int

    def facts(self) -> dict[str, object]:
        """Its values by the columns of ``measure_versions``, without its number. Raises Failed where they
        cannot be read again."""
        return dict(zip(_HEADER, self.row(None), strict=True))

    def row(self, number: int | None) -> Row:
        """Its row of ``measure_versions``. Raises Failed where it cannot be read again."""
        cells = list(self.kept.load())
        cells[_NUMBER], cells[_FROM], cells[_TO] = number, *self.times
        return tuple(cells)

    @property
    def times(self) -> tuple[datetime | None, datetime | None]:
        """``valid_from`` and ``valid_to`` as in the row: None where it is not known."""
        return known(self.valid_from), known(self.valid_to)


class Now(NamedTuple):
    """What a history goes on from: the page that stands, and the measures as they were when the versions that
    stand (see ``Chronicle.stand``) began."""

    page: Page
    measures: list[Measure]


class Refusal(NamedTuple):
    """A capture that was withheld, and why, a sentence each."""

    source: Source
    capture: Capture
    withheld: tuple[str, ...]


class Chronicle:
    """One source's whole history: its changes, its rows, its last good state.

    ``shelf``: where what is told lies; ``told``: each capture that changed something, with the one
    before, oldest first; ``like``: the last text that is packed alone, against which others are;
    ``captures``: the first of each stretch; ``refused``: those among them that were withheld; ``fresh``: how
    many captures came last (see ``telling.go_on``), ``news_from``: the place in ``told`` from which on it is
    news, None where nothing is; ``shown``: the last good capture; ``ended``: the versions of measures that
    ended, in that order, ``stand``: those that stand; ``newest``: where the row of the last version of each
    measure lies, ``begun``: how many versions there are; ``withheld``: the newest, where it was withheld, so
    that the tables stand on an older one; ``series``: figures of the last published ones.
    All of it can be pickled, so that a later run goes on from it.
    """

    def __init__(self, path: Path | None = None) -> None:
        """``path``: the file for the shelf; None: in memory."""
        self.shelf = Shelf(path)
        self.told: Journal[Told] = Journal(self.shelf)
        self.like: Kept | None = None
        self.captures: Journal[str] = Journal(self.shelf)
        self.refused: Journal[str] = Journal(self.shelf)
        self.fresh = 0
        self.news_from: int | None = None
        self.shown: KeptState | None = None
        self.withheld: Refusal | None = None
        self.series = Series()
        self.ended: Journal[Version] = Journal(self.shelf)
        self.stand: list[Version] = []
        self.newest: dict[str, Kept] = {}
        self.begun = 0

    @property
    def state(self) -> State | None:
        """The last good capture, its page read again. Raises Failed where it cannot be."""
        return self.shown.whole() if self.shown else None

    @property
    def pairs(self) -> list[Pair]:
        """All that is told, read again. Raises Failed."""
        return [one.pair for one in self.told]

    def recent(self) -> Iterator[Mention]:
        """The changes that are news. Raises Failed."""
        if self.news_from is not None:
            for one in self.told.since(self.news_from):
                yield from one.mentions

    @property
    def news(self) -> list[Change]:
        """The changes that are news, read again. Raises Failed."""
        return [one.item.change for one in self.recent()]

    @property
    def changes(self) -> list[Row]:
        """Rows of ``changes``. Raises Failed."""
        return list(self.change_rows())

    @property
    def versions(self) -> list[Row]:
        """Rows of ``measure_versions``. Raises Failed."""
        return list(self.version_rows())

    def change_rows(self) -> Iterator[Row]:
        """Rows of ``changes``, one at a time. Raises Failed."""
        return (row for one in self.told for row in one.rows())

    def version_rows(self) -> Iterator[Row]:
        """Rows of ``measure_versions``, one at a time. Raises Failed."""
        number, measure_id = 0, None
        for version in self.sorted_versions():
            number = number + 1 if version.measure_id == measure_id else 1
            measure_id = version.measure_id
            yield version.row(number)

    def all_versions(self) -> Iterator[Version]:
        """In no order. Raises Failed."""
        yield from self.ended
        yield from self.stand

    def sorted_versions(self) -> list[Version]:
        """By measure_id and time. Raises Failed."""
        return sorted(
            self.all_versions(), key=lambda one: (natural_key(one.measure_id), one.valid_from, one.place)
        )

    def standing(self, first: Iterable[Capture], moment: datetime) -> Capture | None:
        """The capture that stood for the source at a moment, given the first of each stretch.

        Those of unknown time are before all others.
        """
        stood, refused = None, set(self.refused)
        for capture in first:
            if capture.captured_at is not None and capture.captured_at > moment:
                break
            if capture.id not in refused:
                stood = capture
        return stood


def known(moment: datetime | None) -> datetime | None:
    """None for what is of unknown time."""
    return None if moment == UNKNOWN else moment

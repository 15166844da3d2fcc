"""A source's history: what to report of it, and the rows of ``changes`` and ``measure_versions``.

Changes are told from pages as they are, and contacts that are not published are hidden afterwards: to hide
them first would make news of a name that stands in a text once it is a contact's no more.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from pipeline.changes.compare import diff
from pipeline.changes.record import Change, bare, without_contact
from pipeline.changes.versions import Version, Versions
from pipeline.drift import Series
from pipeline.packed import Packed, pack
from pipeline.privacy import Redactor, redactor
from pipeline.reports import Item, Pair, Report, Side, Told, feed, places
from pipeline.reports.data import rows
from pipeline.rows import cell
from pipeline.schema import TABLES
from pipeline.state import State, published

if TYPE_CHECKING:
    from parsers.records import Measure
    from pipeline.captures import Body, Capture
    from pipeline.changes.record import Value
    from pipeline.rows import Row
    from pipeline.state import Step

# Captures of unknown time stand before all others.
_UNKNOWN = datetime.min.replace(tzinfo=UTC)
_WORDS = ("old", "new", "old_text", "new_text", "subject")


def changes_between(old: State | None, new: State) -> list[Change]:
    """What changed from one state of a source to a later one, fit to publish. ``old`` None: its baseline."""
    if old is None:
        return []
    changes = diff(old.page, new.page, new.source.id)
    if new.source.publish_contacts or not changes:
        return changes
    hidden = redactor(old.page), redactor(new.page)
    return [_without_contacts(change, *hidden) for change in changes]


def told(old: State | None, new: State, changes: Iterable[Change]) -> Pair:
    """Two states of a source, fit to be shown (see ``state.published``), as a report has them."""
    return _pair(old, new, places.items(changes, old.page if old else None, new.page))


def _pair(old: State | None, new: State, items: list[Item]) -> Pair:
    return Pair(new.source.id, new.source.publisher, _side(old) if old else None, _side(new), items)


def _told(pair: Pair) -> Told:
    digest = hashlib.sha256(repr(pair).encode("utf-8", "replace")).hexdigest()
    return Told(pair, digest, list(rows(Report([pair]))), feed.ids(pair))


def _side(state: State) -> Side:
    return Side(state.page.url or state.source.url, state.capture.id, state.capture.captured_at)


class Chronicle:
    """One source's whole history, read once: its changes, its rows, its last good state, its last step.

    ``texts``: the canonical texts, by capture, of those that changed something and the ones before them;
    ``captures``: the first of each stretch; ``refused``: those among them that were withheld; ``news`` and
    ``fresh``: see :meth:`go_on`; ``series``: figures of the last published ones. All of it can be pickled, so
    that a later run goes on from it.
    """

    def __init__(self, steps: Iterable[Step] = (), since: str | None = None) -> None:
        self._pairs: list[Pair] = []
        self._told: list[Told] = []
        self.texts: dict[str, Packed] = {}
        self.captures: list[str] = []
        self.refused: set[str] = set()
        self.news: list[Change] = []
        self.fresh = 0
        self.state: State | None = None
        self.last: Step | None = None
        self.series = Series()
        self._hidden: dict[str, Redactor] = {}
        self._texts: dict[Body, Packed] = {}
        self._like: Packed | None = None
        self._compared: dict[tuple[Body, Body], list[Item]] = {}
        self._versions = Versions()
        self.go_on(steps, since)

    def go_on(self, steps: Iterable[Step], since: str | None = None) -> None:
        """Read the steps that come next; ``fresh``: how many there were. ``since``: a capture's id; ``news``
        are then the changes that came after it, None: those of all these steps."""
        self.news, self._since, self.fresh = [], since, 0
        for step in steps:
            self.fresh += 1
            self.last = step
            self.captures.append(step.capture.id)
            if step.withheld:
                self.refused.add(step.capture.id)
            else:
                self._take(step.state)
                self.series.take(step.page, accepted=step.accepted)
                self._versions.take(step.capture.captured_at or _UNKNOWN, step.capture.id, step.page)
        self._since = None

    @property
    def told(self) -> list[Told]:
        """Each capture that changed something, with the one before, oldest first."""
        self._told += map(_told, self._pairs)
        self._pairs.clear()
        return self._told

    @property
    def pairs(self) -> list[Pair]:
        """The same without what files are made of."""
        return [one.pair for one in self.told]

    @property
    def versions(self) -> list[Row]:
        """Rows of ``measure_versions``."""
        return [self._version_row(*numbered) for numbered in _numbered(self._versions.all())]

    @property
    def changes(self) -> list[Row]:
        """Rows of ``changes``."""
        return [row for one in self.told for row in one.rows]

    @property
    def withheld(self) -> Step | None:
        """The newest capture where it was withheld, so that the tables stand on an older one."""
        return self.last if self.last and self.last.withheld else None

    def standing(self, first: Iterable[Capture], moment: datetime) -> Capture | None:
        """The capture that stood for the source at a moment, given the first of each stretch.

        Those of unknown time are before all others.
        """
        stood = None
        for capture in first:
            if capture.captured_at is not None and capture.captured_at > moment:
                break
            if capture.id not in self.refused:
                stood = capture
        return stood

    def _take(self, state: State) -> None:
        items = self._items(self.state, state) if self.state else []
        if items and self.state:
            self._pairs.append(_pair(self.state, state, items))
            for one in (self.state, state):
                self.texts[one.capture.id] = self._packed(one)
        if self._since is None:
            self.news += [item.change for item in items]
        elif self._since == state.capture.id:
            self._since = None
        if not state.source.publish_contacts:
            self._hidden[state.capture.id] = redactor(state.page)
        self.state = state

    def _items(self, old: State, new: State) -> list[Item]:
        """What changed. A page that goes to and fro between two versions is compared once each way."""
        bodies = old.capture.body, new.capture.body
        if bodies not in self._compared:
            changes = changes_between(old, new)
            self._compared[bodies] = told(published(old), published(new), changes).items if changes else []
        return self._compared[bodies]

    def _packed(self, state: State) -> Packed:
        """The text of a state; captures of the same bytes share it."""
        body = state.capture.body
        if body not in self._texts:
            text = published(state).page.text.encode("utf-8", "replace")
            packed = self._texts[body] = pack(text, self._like)
            self._like = packed.like or packed
        return self._texts[body]

    def _version_row(self, number: int, version: Version) -> Row:
        hidden = self._hidden.get(version.capture)
        measure = hidden.record(version.measure) if hidden else version.measure
        source = self.state.source.id if self.state else None
        facts = measure._asdict() | {
            "source": source,
            "version": number,
            "valid_from": _known(version.valid_from),
            "valid_to": _known(version.valid_to),
            "capture": version.capture,
        }
        return tuple(cell(column, facts[column.name]) for column in TABLES["measure_versions"].columns)


def _without_contacts(change: Change, *hidden: Redactor) -> Change:
    """Its sentences are made of what is hidden here, the measures' titles among it."""
    change = without_contact(change)
    words = {name: _hide(getattr(change, name), hidden) for name in _WORDS}
    also = tuple(one._replace(old=_hide(one.old, hidden), new=_hide(one.new, hidden)) for one in change.also)
    before, after = (
        tuple(_hidden(measure, hidden) for measure in side) for side in (change.before, change.after)
    )
    hiding = {"also": also, "before": before, "after": after}
    return Change._make((change._asdict() | words | hiding).values())


def _hidden(measure: Measure, hidden: Iterable[Redactor]) -> Measure:
    for redactor_of_page in hidden:
        measure = redactor_of_page.record(measure)
    return bare(measure)


def _hide(value: Value, hidden: Iterable[Redactor]) -> Value:
    for redactor_of_page in hidden:
        value = redactor_of_page.text(value) if isinstance(value, str) else value
    return value


def _numbered(told: Iterable[Version]) -> Iterator[tuple[int, Version]]:
    """The versions with their numbers, from 1 for each measure."""
    number, measure_id = 0, None
    for version in told:
        number = number + 1 if version.measure.measure_id == measure_id else 1
        measure_id = version.measure.measure_id
        yield number, version


def _known(moment: datetime | None) -> datetime | None:
    return None if moment == _UNKNOWN else moment

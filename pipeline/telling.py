"""What a history tells of the captures that come next: compared, put on its shelf.

Changes are told from pages as they are, and contacts that are not published are hidden afterwards: to hide
them first would make news of a name that stands in a text once it is a contact's no more.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, NamedTuple

from pipeline.changes import wording
from pipeline.changes.compare import diff
from pipeline.changes.record import BACK, Change, bare, without_contact
from pipeline.changes.versions import step as versions_of
from pipeline.chronicle import UNKNOWN, Chronicle, Now, Refusal, Version
from pipeline.packed import Like, Packed, pack
from pipeline.privacy import redactor
from pipeline.recent import Recent
from pipeline.reports import Item, Pair, Side, places
from pipeline.reports.told import Text, keep
from pipeline.rows import cell, fills
from pipeline.schema import TABLES
from pipeline.state import KeptState, State, published

if TYPE_CHECKING:
    from pathlib import Path

    from parsers.records import Measure
    from pipeline.captures import Body
    from pipeline.changes.record import Value
    from pipeline.redactor import Redactor
    from pipeline.state import Step

_ADDRESS = re.compile(
    r"(?:[a-z][a-z0-9+.-]*://|(?:mailto|tel|sms|callto|whatsapp|skype):)\S+\Z", re.IGNORECASE
)
_WORDS = ("old", "new", "old_text", "new_text", "subject")
_COLUMNS = TABLES["measure_versions"].columns
_AMOUNT, _TITLE = map(TABLES["measure_versions"].header.index, ("eu_funding_eur", "title"))
# Comparisons and texts that are remembered, for a page that goes to and fro between some versions.
_REMEMBERED = 64


def changes_between(old: State | None, new: State) -> list[Change]:
    """What changed from one state of a source to a later one, fit to publish. ``old`` None: its baseline."""
    if old is None:
        return []
    changes = diff(old.page, new.page, new.source.id)
    if new.source.publish_contacts or not changes:
        return changes
    hidden = redactor(old.page, new.people), redactor(new.page, new.people)
    return [_without_contacts(change, *hidden) for change in changes]


def pair_of(old: State | None, new: State, changes: Iterable[Change]) -> Pair:
    """Two states of a source, fit to be shown (see ``state.published``), as a report has them."""
    items = places.items(changes, old.page if old else None, new.page)
    return Pair(new.source.id, new.source.publisher, side_of(old) if old else None, side_of(new), items)


def side_of(state: State) -> Side:
    """A state as one of two in a report."""
    return Side(state.page.url or state.source.url, state.capture.id, state.capture.captured_at)


def tell(steps: Iterable[Step], since: str | None = None, path: Path | None = None) -> Chronicle:
    """The history of these steps. ``since``: a capture's id; ``recent`` are then the changes that came after
    it, None: all of them. ``path``: a new file for what is told; None: memory. Raises Failed."""
    told = Chronicle(path)
    go_on(told, steps, since)
    return told


def go_on(told: Chronicle, steps: Iterable[Step], since: str | None = None, path: Path | None = None) -> None:
    """Read the steps that come next (``since``: see :func:`tell`). ``path``: a new file for what a history
    that has steps already tells, where there is more to tell; None: memory. Raises Failed."""
    told.news_from, told.fresh = None, 0
    teller = _Teller(told, since, path)
    for step in steps:
        if not told.fresh:
            # What is put on the shelf before it is a copy would stand behind the place where that ends.
            teller.begin()
        told.fresh += 1
        told.captures.append(step.capture.id)
        told.withheld = None
        if step.withheld:
            told.withheld = Refusal(step.source, step.capture, step.withheld)
            told.refused.append(step.capture.id)
        else:
            teller.take(step)
            told.series.take(step.page, accepted=step.accepted)
    teller.finish()


class _Last(NamedTuple):
    """The last published state, and what a report says of it."""

    state: State
    side: Side


class _Teller:
    """Takes a history's next captures. ``since``, ``path``: see :func:`go_on`."""

    def __init__(self, told: Chronicle, since: str | None, path: Path | None) -> None:
        self._told, self._since, self._path = told, since, path
        self._last: _Last | None = None
        self._standing: list[tuple[Measure, Version]] = []
        self._like: Like | None = None
        self._texts: Recent[Body, Text] = Recent(_REMEMBERED)
        self._compared: Recent[tuple[Body, Body], list[Item]] = Recent(_REMEMBERED)

    def begin(self) -> None:
        """Where a history goes on: what it went on from stands last on the shelf, and another comes there.

        To be called before anything else is put there, and only where a capture comes. Raises Failed.
        """
        shown = self._told.shown
        if shown is None:
            return
        now: Now = shown.kept.load()
        state = shown.whole()
        if self._told.like is not None:
            packed: Packed = self._told.like.load()
            self._like = Like(self._told.like.place, packed.bytes(), len(packed.content))
        told = self._told.told
        if told and told[-1].new.capture == state.capture.id:
            self._texts.put(state.capture.body, told[-1].texts[1])
        self._last = _Last(state, side_of(state))
        self._standing = list(zip(now.measures, self._told.stand, strict=True))
        self._told.shelf.go_on(self._path, shown.kept.place)

    def take(self, step: Step) -> None:
        """The next published capture. Raises Failed."""
        state = step.state
        now = _Last(state, side_of(state))
        if self._last is not None:
            self._compare(self._last, now)
        if self._since == state.capture.id:
            self._since = None
        if self._last is None or state.page is not self._last.state.page:
            self._stand(state)
        self._last = now

    def finish(self) -> None:
        """Put what the next one goes on from on the shelf. Raises Failed."""
        if self._last is not None:
            state = self._last.state
            self._told.stand = [version for _, version in self._standing]
            kept = self._told.shelf.put(Now(state.page, [measure for measure, _ in self._standing]))
            findings = dict(Counter(found.severity for found in state.page.findings))
            shown = KeptState(state.source, state.capture, kept, fills(state.page), findings)
            self._told.shown = shown._replace(people=state.people)
        self._told.shelf.close()

    def _compare(self, last: _Last, now: _Last) -> None:
        items = [self._returned(item) for item in self._items(last.state, now.state)]
        if not items:
            return
        source, told = now.state.source, self._told
        if self._since is None and told.news_from is None:
            told.news_from = len(told.told)
        pair = Pair(source.id, source.publisher, last.side, now.side, items)
        told.told.append(keep(told.shelf, pair, (self._text(last.state), self._text(now.state))))

    def _items(self, old: State, new: State) -> list[Item]:
        """What changed. A page that goes to and fro between two versions is compared once each way."""

        def compare() -> list[Item]:
            changes = changes_between(old, new)
            return pair_of(published(old), published(new), changes).items if changes else []

        bodies = old.capture.body, new.capture.body
        if bodies not in self._compared:
            self._compared.put(bodies, compare())
        return self._compared.get(bodies)

    def _returned(self, item: Item) -> Item:
        """A measure that came, as one that came back where it had stood before under its title and id."""
        change = item.change
        if change.kind != "measure_added" or change.subject is not None:
            return item
        last = self._told.newest.get(change.measure_id or "")
        if last is None or not wording.same(str(last.load()[_TITLE]), str(change.after[0].title)):
            return item
        return item._replace(change=change._replace(subject=BACK))

    def _text(self, state: State) -> Text:
        """The text of a state; captures of the same bytes share it."""
        body = state.capture.body
        if body not in self._texts:
            text = published(state).page.text.encode("utf-8", "replace")
            packed = pack(text, self._like)
            kept = self._told.shelf.put(packed)
            if packed.like is None:
                self._told.like, self._like = kept, Like(kept.place, text, len(packed.content))
            self._texts.put(body, Text(hashlib.sha256(text).hexdigest(), kept))
        return self._texts.get(body)

    def _stand(self, state: State) -> None:
        """The versions that end with this capture, and those that begin."""
        told, when = self._told, state.capture.captured_at or UNKNOWN
        done = versions_of([measure for measure, _ in self._standing], state.page)
        for ended in done.ended:
            told.ended.append(self._standing[ended][1]._replace(valid_to=when))
        gone = set(done.ended)
        self._standing = [one for place, one in enumerate(self._standing) if place not in gone]
        hides = bool(done.begun) and not state.source.publish_contacts
        hidden = redactor(state.page, state.people) if hides else None
        for measure in done.begun:
            row = _row(state, hidden.record(measure) if hidden else measure)
            name, kept = measure.measure_id, told.shelf.put(row)
            version = Version(state.source.id, name, when, None, row[_AMOUNT], kept, told.begun)
            self._standing.append((measure, version))
            told.newest[name] = kept
            told.begun += 1


def _row(state: State, measure: Measure) -> tuple[Any, ...]:
    times = {"version": None, "valid_from": None, "valid_to": None}
    facts = measure._asdict() | {"source": state.source.id, "capture": state.capture.id} | times
    return tuple(cell(column, facts[column.name]) for column in _COLUMNS)


def _without_contacts(change: Change, *hidden: Redactor) -> Change:
    """Its sentences are made of what is hidden here, the measures' titles among it."""
    change = without_contact(change)
    words = {name: _hide(getattr(change, name), hidden) for name in _WORDS}
    also = tuple(one._replace(old=_hide(one.old, hidden), new=_hide(one.new, hidden)) for one in change.also)
    before, after = (
        tuple(_hidden(measure, hidden) for measure in side) for side in (change.before, change.after)
    )
    totals = change.totals
    if totals and totals.theme:
        totals = totals._replace(theme=_hide_words(totals.theme, hidden))
    hiding = {"also": also, "before": before, "after": after, "totals": totals}
    return Change._make((change._asdict() | words | hiding).values())


def _hidden(measure: Measure, hidden: Iterable[Redactor]) -> Measure:
    for redactor_of_page in hidden:
        measure = redactor_of_page.record(measure)
    return bare(measure)


def _hide(value: Value, hidden: Iterable[Redactor]) -> Value:
    return _hide_words(value, hidden) if isinstance(value, str) else value


def _hide_words(words: str, hidden: Iterable[Redactor]) -> str:
    for one in hidden:
        words = one.url(words) if _ADDRESS.match(words) else one.text(words)
    return words

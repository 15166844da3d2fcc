"""What a history tells, as it is kept: each change lies on a shelf, memory holds what it is looked up by."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from pipeline.reports.data import change_row
from pipeline.reports.record import Item, Pair, Side

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import datetime

    from pipeline.changes.record import Change
    from pipeline.packed import Packed
    from pipeline.rows import Row
    from pipeline.shelf import Kept, Shelf

# A measure renumbered, split or merged belongs to its old ids too.
_OLD_IDS = frozenset({"measure_renumbered", "measure_split", "measure_merged"})


class Entry(NamedTuple):
    """A change with its row of the table ``changes``, which each run asks for and is made once."""

    item: Item
    row: Row


class Moved(NamedTuple):
    """A step that moved. ``old`` and ``new``: periods as in the table ``changes``."""

    kind: str
    old: str
    new: str


class Mention(NamedTuple):
    """A change by what it is looked up by. ``measure_id``: the measure it is of; ``about``: all that it
    concerns, sorted; ``moved``: the step, where one moved; ``kept``: its Entry."""

    measure_id: str | None
    about: tuple[str, ...]
    moved: Moved | None
    kept: Kept

    @property
    def item(self) -> Item:
        """Raises Failed where it cannot be read again."""
        entry: Entry = self.kept.load()
        return entry.item


class Text(NamedTuple):
    """The canonical text of a capture, as it may be shown. ``sha256``: of its bytes."""

    sha256: str
    kept: Kept

    def bytes(self) -> bytes:
        """In UTF-8. Raises Failed where it cannot be read again."""
        packed: Packed = self.kept.load()
        if packed.like is None:
            return packed.bytes()
        like: Packed = self.kept.shelf.load(packed.like)
        return packed.bytes(like.bytes())


class Told(NamedTuple):
    """A pair that is part of a history and has changes. ``digest``: of all that it says; ``texts``: of the
    two states."""

    source: str
    publisher: str
    old: Side
    new: Side
    digest: str
    mentions: tuple[Mention, ...]
    texts: tuple[Text, Text]

    @property
    def seen(self) -> datetime | None:
        """When the capture was made that shows it."""
        return self.new.captured_at

    @property
    def pair(self) -> Pair:
        """Raises Failed where it cannot be read again."""
        return Pair(self.source, self.publisher, self.old, self.new, [one.item for one in self.mentions])

    def rows(self) -> Iterator[Row]:
        """Of the table ``changes``, in the order of the pair. Raises Failed."""
        entries: Iterator[Entry] = (one.kept.load() for one in self.mentions)
        return (entry.row for entry in entries)


def keep(shelf: Shelf, pair: Pair, texts: tuple[Text, Text]) -> Told:
    """The pair of a source's two states, its changes put on the shelf; ``texts``: see Told. Raises Failed
    where the disk does not take them."""
    digest = hashlib.sha256(repr(pair).encode("utf-8", "replace")).hexdigest()[:32]
    mentions = tuple(_kept(shelf, pair, item) for item in pair.items)
    return Told(pair.source or "", pair.publisher, pair.old or pair.new, pair.new, digest, mentions, texts)


def sides(told: Iterable[Told]) -> Iterator[tuple[str, Told, Side, Text]]:
    """The captures that a history tells of, each once, oldest first: its id, with what it is told."""
    last = None
    for one in told:
        for side, text in zip((one.old, one.new), one.texts, strict=True):
            if side.capture and side.capture != last:
                last = side.capture
                yield last, one, side, text


def _kept(shelf: Shelf, pair: Pair, item: Item) -> Mention:
    change = item.change
    row = change_row(change, pair.new.captured_at)
    about = {change.measure_id} if change.measure_id else set()
    if change.kind in _OLD_IDS:
        about |= {measure.measure_id for measure in (*change.before, *change.after)}
    return Mention(change.measure_id, tuple(sorted(about)), _moved(change), shelf.put(Entry(item, row)))


def _moved(change: Change) -> Moved | None:
    if change.kind != "milestone_moved" or not isinstance(change.old, str) or not isinstance(change.new, str):
        return None
    return Moved(change.field or "other", change.old, change.new)


class Changes(Collection["Change"]):
    """Changes that are read again whenever they are gone through. ``parts``: what gives some of them."""

    def __init__(self, parts: Sequence[Callable[[], Iterable[Mention]]] = ()) -> None:
        self._parts = parts

    @cached_property
    def _length(self) -> int:
        return sum(1 for _ in self._mentions())

    def _mentions(self) -> Iterator[Mention]:
        return (mention for part in self._parts for mention in part())

    def __len__(self) -> int:
        return self._length

    def __iter__(self) -> Iterator[Change]:
        """Raises Failed."""
        return (one.item.change for one in self._mentions())

    def __contains__(self, change: object) -> bool:
        """Raises Failed."""
        return any(one == change for one in self)

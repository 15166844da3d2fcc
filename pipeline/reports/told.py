"""What a history tells, as it is kept: each change lies on a shelf, memory holds what it is looked up by."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from typing import TYPE_CHECKING, NamedTuple

from pipeline.reports.data import change_row
from pipeline.reports.record import Item, Pair, Side

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from pipeline.changes.record import Change
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


class Told(NamedTuple):
    """A pair that is part of a history and has changes. ``digest``: of all that it says."""

    source: str
    publisher: str
    old: Side
    new: Side
    digest: str
    mentions: tuple[Mention, ...]

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


def keep(shelf: Shelf, pair: Pair) -> Told:
    """The pair of a source's two states, its changes put on the shelf. Raises Failed where the disk does not
    take them."""
    digest = hashlib.sha256(repr(pair).encode("utf-8", "replace")).hexdigest()[:32]
    mentions = tuple(_kept(shelf, pair, item) for item in pair.items)
    return Told(pair.source or "", pair.publisher, pair.old or pair.new, pair.new, digest, mentions)


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
    """Changes that are read again whenever they are gone through."""

    def __init__(self, mentions: Sequence[Mention] = ()) -> None:
        self._mentions = mentions

    def __len__(self) -> int:
        return len(self._mentions)

    def __iter__(self) -> Iterator[Change]:
        """Raises Failed."""
        return (one.item.change for one in self._mentions)

    def __contains__(self, change: object) -> bool:
        """Raises Failed."""
        return any(one == change for one in self)

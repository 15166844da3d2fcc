"""A long row of records on a shelf: memory holds where each of its blocks lies, and the last few records."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, TypeVar, overload

if TYPE_CHECKING:
    from pipeline.shelf import Shelf

_BLOCK = 64
_PLACES = "Q"

Record = TypeVar("Record")


class Journal(Sequence[Record]):
    """Records in the order in which they were added, read again whenever they are gone through. What they
    keep may lie on the same shelf. Reading raises Failed where a record cannot be read again."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._places = array(_PLACES)
        self._last: list[Record] = []

    def append(self, record: Record) -> None:
        """Add one."""
        self._last.append(record)
        if len(self._last) == _BLOCK:
            self._places.append(self._shelf.put_linked(self._last))
            self._last = []

    def __len__(self) -> int:
        return len(self._places) * _BLOCK + len(self._last)

    def __iter__(self) -> Iterator[Record]:
        return self.since(0)

    def since(self, place: int) -> Iterator[Record]:
        """Those from this place on."""
        first, skipped = divmod(place, _BLOCK)
        for block in self._places[first:]:
            yield from self._shelf.load_linked(block)[skipped:]
            skipped = 0
        if first <= len(self._places):
            yield from self._last[skipped:]

    @overload
    def __getitem__(self, place: int) -> Record: ...
    @overload
    def __getitem__(self, place: slice) -> list[Record]: ...
    def __getitem__(self, place: int | slice) -> Record | list[Record]:
        if isinstance(place, slice):
            return [self[one] for one in range(*place.indices(len(self)))]
        if place < 0:
            place += len(self)
        if not 0 <= place < len(self):
            raise IndexError(place)
        block, within = divmod(place, _BLOCK)
        held = self._last if block == len(self._places) else self._shelf.load_linked(self._places[block])
        record: Record = held[within]
        return record

    def __getstate__(self) -> dict[str, Any]:
        return self.__dict__ | {"_places": self._places.tolist()}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__ = state | {"_places": array(_PLACES, state["_places"])}

"""Pickles that lead to shelves which lie elsewhere: a record says where on its shelf another one is."""

from __future__ import annotations

import io
import pickle
from typing import TYPE_CHECKING, Any

from pipeline import unpickling

if TYPE_CHECKING:
    from collections.abc import Callable


class _Writer(pickle.Pickler):
    def __init__(self, file: io.BytesIO, number_of: Callable[[object], int | None]) -> None:
        super().__init__(file, pickle.HIGHEST_PROTOCOL)
        self._number_of = number_of

    def persistent_id(self, obj: object, /) -> int | None:
        return self._number_of(obj)


class _Reader(unpickling.Reader):
    def __init__(self, file: io.BytesIO, shelf_of: Callable[[Any], object]) -> None:
        super().__init__(file)
        self._shelf_of = shelf_of

    def persistent_load(self, pid: Any, /) -> object:
        return self._shelf_of(pid)


def dumps(record: object, number_of: Callable[[object], int | None]) -> bytes:
    """The record; ``number_of``: what a shelf is called, None for all that is none."""
    file = io.BytesIO()
    _Writer(file, number_of).dump(record)
    return file.getvalue()


def loads(content: bytes, shelf_of: Callable[[Any], object]) -> Any:
    """The record; ``shelf_of``: the shelf of this name. Raises what ``unpickling.loads`` does."""
    return _Reader(io.BytesIO(content), shelf_of).load()

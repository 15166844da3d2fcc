"""Records on the disk, read again when they are asked for: memory holds where each begins.

A history is as long as somebody watched a page, so that what it tells cannot be held. A shelf is written by
one process; handles to its records go to others, which read them from the same file. Its first bytes are left
free for a digest of the rest.
"""

from __future__ import annotations

import pickle
import secrets
import struct
import zlib
from contextlib import suppress
from io import BytesIO, FileIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from pipeline import linked, unpickling
from pipeline.errors import Failed
from pipeline.recent import Recent

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import BinaryIO

START = 65
"""Bytes before the first record (see ``sealed``)."""

Key = tuple[str, int]
"""A record, by what its shelf is called and where it lies."""

# Length, CRC-32 of what follows, whether that is compressed.
_HEAD = struct.Struct("<QIB")
_LARGE = 8192  # bytes; a page, not a change
# Records that each process remembers: some hundred changes, a few pages.
_MOST_SMALL, _MOST_LARGE = 1024, 4


class Shelf:
    """Records in the file ``path``, which is made with the first one; in memory where that is None.

    Pickled, it is the path, or the records where they are in memory. ``keeper``: what must be there as long
    as this object reads that file.
    """

    def __init__(self, path: Path | None = None) -> None:
        self.path = path
        self.end = START
        self.keeper: object = None
        self.token = secrets.token_hex(8)
        self._bytes = bytearray(START) if path is None else bytearray()
        self._file: FileIO | None = None

    def put(self, record: object) -> Kept:
        """Add a record, of those that ``unpickling`` knows. Where the disk does not take it, memory holds all
        of them from then on."""
        return Kept(self, self._put(pickle.dumps(record, pickle.HIGHEST_PROTOCOL)))

    def put_linked(self, records: Sequence[object]) -> int:
        """The same with records that keep others of this shelf; gives the place."""
        return self._put(linked.dumps(list(records), Shelf, lambda _: 0))

    def load_linked(self, place: int) -> list[Any]:
        """Records of :meth:`put_linked`, which nobody remembers here. Raises Failed."""
        content, is_large = self._read(place)
        try:
            content = zlib.decompress(content) if is_large else content
            records: list[Any] = linked.loads(content, lambda _: self)
        except (zlib.error, *unpickling.UNREADABLE) as error:
            raise self._unlike(place) from error
        return records

    def _put(self, content: bytes) -> int:
        is_large = len(content) > _LARGE
        if is_large:
            content = zlib.compress(content, 1)
        place = self.end
        entry = _HEAD.pack(len(content), zlib.crc32(content), is_large) + content
        self._write(entry)
        self.end += len(entry)
        return place

    def load(self, place: int) -> Any:
        """The record at this place. Raises Failed where it is not what was put there."""
        key = self.token, place
        for known in (_small, _large):
            if key in known:
                return known.get(key)
        content, is_large = self._read(place)
        try:
            record = unpickling.loads(zlib.decompress(content) if is_large else content)
        except (zlib.error, *unpickling.UNREADABLE) as error:
            raise self._unlike(place) from error
        (_large if is_large else _small).put(key, record)
        return record

    def close(self) -> None:
        """Nothing more is put here for now."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def go_on(self, path: Path | None, end: int) -> None:
        """Be a copy, in ``path``, of the records before ``end``, so that others can be put behind them; in
        memory where that is None, or cannot be written. Raises Failed where they cannot be read."""
        self.close()
        try:
            if path is None:
                self._into_memory(end)
            else:
                with self._opened() as old, path.open("xb") as new:
                    _copy(old, new, end)
                self.path = path
        except OSError:
            self._into_memory(end)
        self.end, self.token = end, secrets.token_hex(8)

    def settle(self, path: Path) -> None:
        """Be in the file ``path`` from now on, where that can be written, and no longer in memory."""
        with suppress(OSError):
            path.write_bytes(self._bytes)
            self.path, self._bytes = path, bytearray()

    def link(self, path: Path) -> None:
        """Read from another name of the file from now on: whoever removes the first one does no harm."""
        if self.path is not None:
            with suppress(OSError):  # a file system without links, or a full one
                path.hardlink_to(self.path)
                self.path = path

    def copy_to(self, file: BinaryIO) -> None:
        """Write all records behind what is written there already, their places being the same: at START.
        Raises OSError."""
        self.close()
        with self._opened() as mine:
            mine.seek(START)
            _copy(mine, file, self.end - START)

    def found(self, path: Path, content: BinaryIO | None = None) -> None:
        """The records are in this file now; ``content``: all of it, to be held in memory."""
        self.token = secrets.token_hex(8)
        self.path = path
        if content is not None:
            content.seek(0)
            self.path, self._bytes = None, bytearray(content.read(self.end))

    def _write(self, entry: bytes) -> None:
        if self.path is not None:
            try:
                self._append(self.path, entry)
            except OSError:  # full: a run that may write its results must not fail for what it only puts by
                self.close()
                self._into_memory(self.end)
            else:
                return
        self._bytes += entry

    def _append(self, path: Path, entry: bytes) -> None:
        if self._file is None:
            is_new = self.end == START
            # Without a buffer: what did not come onto the disk is known at once.
            self._file = path.open("xb" if is_new else "r+b", buffering=0)
            if is_new:
                self._file.write(bytes(START))
            self._file.seek(self.end)
        rest = memoryview(entry)
        while rest:
            rest = rest[self._file.write(rest) :]

    def _into_memory(self, end: int) -> None:
        """Have the records before ``end`` in memory. Raises Failed."""
        try:
            with self._opened() as file:
                content = file.read(end)
        except FileNotFoundError:
            content = b""
        except OSError as error:
            raise self._unlike(START) from error
        self.path, self._bytes = None, bytearray(content if end > START else bytes(START))

    def _read(self, place: int) -> tuple[bytes, bool]:
        try:
            with self._opened() as file:
                file.seek(place)
                length, checksum, is_large = _HEAD.unpack(file.read(_HEAD.size))
                content = file.read(length)
        except (OSError, struct.error, MemoryError, OverflowError) as error:
            raise self._unlike(place) from error
        if len(content) != length or zlib.crc32(content) != checksum:
            raise self._unlike(place)
        return content, bool(is_large)

    def _opened(self) -> BinaryIO:
        return BytesIO(self._bytes) if self.path is None else self.path.open("rb")

    def _unlike(self, place: int) -> Failed:
        return Failed(f"{self.path}: what was written at byte {place} a moment ago is not there; run again")

    def __getstate__(self) -> dict[str, Any]:
        self.close()
        return self.__dict__ | {"path": self.path and str(self.path), "keeper": None}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__ = state | {"path": Path(state["path"]) if state["path"] else None}


class Kept(NamedTuple):
    """Where a record lies."""

    shelf: Shelf
    place: int

    @property
    def key(self) -> Key:
        """What the record can be remembered by, without holding the shelf."""
        return self.shelf.token, self.place

    def load(self) -> Any:
        """The record. Raises Failed."""
        return self.shelf.load(self.place)


_small: Recent[Key, Any] = Recent(_MOST_SMALL)
_large: Recent[Key, Any] = Recent(_MOST_LARGE)


def _copy(old: BinaryIO, new: BinaryIO, size: int) -> None:
    while size:
        piece = old.read(min(size, 1 << 20))
        if not piece:
            raise OSError(0, "it is shorter than it was")
        new.write(piece)
        size -= len(piece)

"""The WARC files inside a WACZ, read in place: nothing is unpacked to the disk, whatever its name."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO, Any, BinaryIO, NamedTuple

from pipeline.errors import Failed

_FREE = 64 * 1024 * 1024
_MOST_RATIO = 200
_ENCRYPTED = 1
_LOCAL_HEAD = 30
_BROKEN = (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, ValueError, RuntimeError)


class Member(NamedTuple):
    """``trouble``: why it is not read, None where it is."""

    name: str
    trouble: str | None


def members(path: Path) -> list[Member]:
    """The WARC files in it. Raises Failed where it is no ZIP file, OSError."""
    with _told(path), zipfile.ZipFile(path) as zipped:
        return [Member(one.filename, _trouble(one)) for one in zipped.infolist() if _is_warc(one.filename)]


@contextmanager
def opened(path: Path, name: str) -> Iterator[IO[bytes]]:
    """One of them, to be read. Raises Failed where reading meets damage, OSError.

    What is stored as it is, as the WACZ standard asks, is read past zipfile, which holds back the last piece
    of a member with a wrong checksum: gzip and the records have checksums of their own.
    """
    with _told(path), zipfile.ZipFile(path) as zipped:
        info = zipped.getinfo(name)
        if info.compress_type == zipfile.ZIP_STORED:
            with path.open("rb") as file:
                yield _stored(file, info)
        else:
            with zipped.open(info) as member:
                yield member


def _stored(file: BinaryIO, info: zipfile.ZipInfo) -> IO[bytes]:
    """The bytes of a stored member (APPNOTE 4.3.7: 30 bytes, a name, an extra field, the data)."""
    file.seek(info.header_offset)
    head = file.read(_LOCAL_HEAD)
    if len(head) < _LOCAL_HEAD or not head.startswith(b"PK\x03\x04"):
        raise zipfile.BadZipFile(f"no entry for {info.filename} where its directory says")
    start = info.header_offset + _LOCAL_HEAD + int.from_bytes(head[26:28], "little")
    return io.BufferedReader(_Window(file, start + int.from_bytes(head[28:30], "little"), info.file_size))


class _Window(io.RawIOBase):
    """A stretch of a file as a file."""

    def __init__(self, file: BinaryIO, start: int, size: int) -> None:
        self._file, self._start, self._size, self._at = file, start, size, 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        self._at = max(0, base + offset)
        return self._at

    def readinto(self, buffer: Any) -> int:
        self._file.seek(self._start + self._at)
        data = self._file.read(max(0, min(len(buffer), self._size - self._at)))
        buffer[: len(data)] = data
        self._at += len(data)
        return len(data)


@contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except _BROKEN as error:
        words = " ".join(str(error).split())[:200]
        raise Failed(f"{path}: cannot be read further as WACZ ({words or type(error).__name__})") from error


def _is_warc(name: str) -> bool:
    return name.lower().endswith((".warc", ".warc.gz"))


def _trouble(info: zipfile.ZipInfo) -> str | None:
    place = PurePosixPath(info.filename.replace("\\", "/"))
    if place.is_absolute() or ".." in place.parts or ":" in place.parts[0]:
        return "its name leads out of the archive; not read"
    if info.flag_bits & _ENCRYPTED:
        return "encrypted; not read"
    if info.file_size > _FREE + _MOST_RATIO * info.compress_size:
        return f"unpacks to more than {_MOST_RATIO} times its size; not read"
    return None

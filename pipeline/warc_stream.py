"""WARC files of any tool, read in one pass with bounded memory, whatever somebody put into them.

Compressed record by record, as one piece, or not at all. What is damaged, cut short, too big, or unpacks
beyond all measure is told and stepped over; the records before and after it are given. Our own files have
a stricter reader (:mod:`pipeline.warc`), which knows a write that was cut short from damage.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from typing import IO, NamedTuple

from pipeline import warc

_MAGIC = b"\x1f\x8b\x08"
_OPENING = b"WARC/"
_SAMPLE = 4096
_PIECE = 65536
_LONGEST_HEAD = 65536
_KEPT = 32 * 1024 * 1024  # bytes of a member that are searched again once it turns out to be damaged
_FREE = 64 * 1024 * 1024  # a member may unpack to so many bytes however few it has,
_MOST_RATIO = 200  # and to so many times its size; pages reach 5 to 20, gzip's limit is 1030
_MOST_DAMAGES = 200  # a file with more is not worth searching on


class Foreign(NamedTuple):
    """A record: names of ``headers`` in lower case; ``block`` empty where it was not wanted."""

    headers: dict[str, str]
    block: bytes

    @property
    def type(self) -> str:
        return self.headers.get("warc-type", "")


class LeftOut(NamedTuple):
    """Something that is no record, or one that cannot be taken; ``message`` says what and where."""

    message: str


class _Broken(Exception):
    """No whole record from here on to the next opening."""


class _BadMember(_Broken):
    """No gzip member that can be unpacked from here on to the next one."""


Wanted = Callable[[dict[str, str]], bool]


def records(file: IO[bytes], wanted: Wanted, limit: int) -> Iterator[Foreign | LeftOut]:
    """All records in their order, with the blocks of those that are ``wanted``; a wanted block longer than
    ``limit`` bytes is left out. Raises OSError."""
    stream = _Stream(file)
    for _ in range(_MOST_DAMAGES):
        try:
            while stream.begin():
                yield _record(stream, wanted, limit)
        except _Broken as error:
            yield LeftOut(f"at byte {stream.place}: {error}")
            stream.resume(error)
        else:
            return
    yield LeftOut(f"at byte {stream.place}: damaged in {_MOST_DAMAGES} places; the rest is not read")


def _record(stream: _Stream, wanted: Wanted, limit: int) -> Foreign | LeftOut:
    """Raises _Broken."""
    headers = _headers(stream.head())
    length = headers.get("content-length", "")
    if not (length.isascii() and length.isdigit() and len(length) < 16):
        raise _Broken("a record without a length")
    size, is_wanted, place = int(length), wanted(headers), stream.place
    block = stream.take(size, keep=is_wanted and size <= limit)
    if not stream.at_end_of_record():
        raise _Broken("a record's Content-Length is wrong")
    if is_wanted and size > limit:
        return LeftOut(f"at byte {place}: a record of {size} bytes, more than max_bytes = {limit}")
    said = headers.get("warc-block-digest", "")
    if is_wanted and said.lower().startswith(("sha1:", "sha256:")) and not warc.same_digest(said, block):
        return LeftOut(f"at byte {place}: a record whose bytes are not those of its digest")
    return Foreign(headers, block)


def _headers(head: bytes) -> dict[str, str]:
    """Named fields, folded lines joined."""
    found: dict[str, str] = {}
    name = ""
    for line in head.decode("utf-8", "replace").split("\n")[1:]:
        text = line.rstrip("\r")
        if text[:1] in (" ", "\t") and name:
            found[name] += f" {text.strip()}"
        elif ":" in text:
            name, _, value = text.partition(":")
            name = name.strip().lower()
            found[name] = value.strip()
    target = found.get("warc-target-uri", "")
    if target[:1] == "<" and target[-1:] == ">":  # as WARC 1.0's grammar has it, and old wget writes it
        found["warc-target-uri"] = target[1:-1]
    return found


class _Stream:
    """The unpacked bytes of a file, in stretches: one ends where a member begins with a record's opening.

    ``place``: where in the file the present member or record begins.
    """

    def __init__(self, file: IO[bytes]) -> None:
        self._file, self._read = file, 0
        self._packed = bytearray()
        self._out = bytearray()
        self._inflater: zlib._Decompress | None = None
        self._kept = bytearray()
        self._unpacked = self._member_in = self._member_at = 0
        self._held = bytearray()  # the first bytes of the next stretch
        self.place = 0
        self._pull()
        self._is_packed = self._packed.startswith((_MAGIC, b"PK"))  # PK: a WACZ without its directory

    def begin(self) -> bool:
        """Goes to the next record; False at the end of the file. Raises _Broken where there is none."""
        while True:
            self._drop(len(self._out) - len(self._out.lstrip(b"\r\n")))
            if len(self._out) >= len(_OPENING):
                break
            if not self._fill() and (self._out or not self._open_held()):
                break
        self.place = self._member_at if self._is_packed else self._read - len(self._packed) - len(self._out)
        if self._out and not self._out.startswith(_OPENING):
            raise _Broken("bytes that are no WARC record")
        return bool(self._out)

    def head(self) -> bytes:
        """A record's head, without the empty line that ends it."""
        while True:
            ends = [
                (at, size)
                for gap, size in ((b"\r\n\r\n", 4), (b"\n\n", 2))
                if (at := self._out.find(gap)) >= 0
            ]
            if ends:
                at, size = min(ends)
                head = bytes(self._out[:at])
                self._drop(at + size)
                return head
            if len(self._out) > _LONGEST_HEAD or not self._fill():
                raise _Broken("a record whose head has no end")

    def take(self, size: int, *, keep: bool) -> bytes:
        """The next ``size`` bytes, passed over where they are not to be kept."""
        pieces, left = [], size
        while left:
            if not self._out and not self._fill():
                raise _Broken("a record is cut short")
            piece = bytes(self._out[:left])
            self._drop(len(piece))
            left -= len(piece)
            if keep:
                pieces.append(piece)
        return b"".join(pieces)

    def at_end_of_record(self) -> bool:
        """Whether what ends a record stands here, or nothing more."""
        while len(self._out) < 4 and self._fill():
            pass
        return not self._out or self._out[0] in b"\r\n"

    def resume(self, damage: _Broken) -> None:
        """Goes on behind a damage, to the next record that can be found."""
        try:
            if isinstance(damage, _BadMember):
                self._to_member()
                return
            if not self._is_packed:  # a wrong length may have led past the records that follow
                self._read = self._file.seek(self.place)
                self._packed.clear()
                self._out.clear()
                self._fill()
            self._to_opening()
        except _BadMember:
            self._to_member()

    def _to_opening(self) -> None:
        """Behind the next line end that a record's opening follows, or to the next stretch."""
        self._drop(1)
        while (at := self._out.find(b"\n" + _OPENING)) < 0:
            self._drop(max(0, len(self._out) - len(_OPENING)))
            if not self._fill():
                self._out.clear()
                self._open_held()
                return
        self._drop(at + 1)

    def _to_member(self) -> None:
        """To the next gzip member that begins with a record's opening, searched from the damaged one on."""
        self._out.clear()
        if self._inflater is not None:
            self._packed = self._kept[1:] + self._packed
            self._inflater = None
        while True:
            at = self._packed.find(_MAGIC)
            del self._packed[: at if at >= 0 else -2]
            if (at < 0 or len(self._packed) < _SAMPLE) and self._pull():
                continue
            if at < 0:
                self._packed.clear()
                return
            if _opens(bytes(self._packed[:_SAMPLE])):
                return
            del self._packed[:1]

    def _fill(self) -> bool:
        """More bytes of this stretch; False at its end. Raises _BadMember."""
        before = len(self._out)
        while len(self._out) == before:
            if self._held:
                return False
            if not self._is_packed:
                if not self._packed and not self._pull():
                    return False
                self._out += self._packed
                self._packed.clear()
            elif self._inflater is not None:
                self._out += self._inflate()
            elif not self._next_member():
                return False
        return True

    def _next_member(self) -> bool:
        """Opens the next member; False at the end of the file, or where a stretch of its own begins."""
        while (len(self._packed) < len(_MAGIC) or not self._packed.strip(b"\0")) and self._pull():
            pass
        if not self._packed.strip(b"\0"):
            return False
        if not self._packed.startswith(_MAGIC):
            raise _BadMember("bytes that are no gzip member")
        self._member_at = self._read - len(self._packed)
        self._inflater, self._unpacked, self._member_in = zlib.decompressobj(31), 0, 0
        self._kept.clear()
        first = bytearray()
        while len(first) < len(_OPENING) and self._inflater is not None:
            first += self._inflate()
        if first.startswith(_OPENING):
            self._held = first
            return False
        self._out += first
        return True

    def _open_held(self) -> bool:
        """Begins the stretch that is waiting."""
        if not self._held:
            return False
        self._out += self._held
        self._held = bytearray()
        return True

    def _inflate(self) -> bytes:
        """The next bytes of the open member; at its end there is none open. Raises _BadMember."""
        inflater = self._inflater
        if inflater is None:
            return b""
        is_last = not self._packed and not self._pull()
        packed = bytes(self._packed[:_PIECE])
        self._kept += packed
        del self._packed[: len(packed)]
        try:
            out = inflater.decompress(packed, _PIECE * 4)
        except zlib.error as error:
            raise _BadMember(f"a damaged gzip member ({error})") from error
        if is_last and not out and not inflater.eof:
            raise _BadMember("a gzip member is cut short")
        rest = inflater.unused_data if inflater.eof else inflater.unconsumed_tail
        self._packed[:0] = rest
        del self._kept[len(self._kept) - len(rest) :]
        del self._kept[: max(0, len(self._kept) - _KEPT)]
        self._member_in += len(packed) - len(rest)
        self._unpacked += len(out)
        if self._unpacked > _FREE + _MOST_RATIO * self._member_in:
            raise _BadMember(f"a gzip member that unpacks to more than {_MOST_RATIO} times its size")
        if inflater.eof:
            self._inflater = None
        return out

    def _pull(self) -> bool:
        data = self._file.read(_PIECE)
        self._read += len(data)
        self._packed += data
        return bool(data)

    def _drop(self, count: int) -> None:
        del self._out[:count]


def _opens(packed: bytes) -> bool:
    """Whether a gzip member with a record begins here."""
    try:
        return zlib.decompressobj(31).decompress(packed, 64).startswith(_OPENING)
    except zlib.error:
        return False

"""WARC 1.1 records (ISO 28500:2017), one gzip member each: made, read, and found again after damage.

Written and read here rather than through a library for three reasons: heads go to disk byte for byte as
received, a record cut short is told from one that is damaged (others pass over both in silence), and
listing captures needs no import. The test suite holds what is written against warcio and pywb.
"""

from __future__ import annotations

import base64
import hashlib
import zlib
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import BinaryIO, NamedTuple

Named = Sequence[tuple[str, str]]

_MAGIC = b"\x1f\x8b\x08"
_CHUNK = 16384


class Record(NamedTuple):
    """A record and where its member lies. ``headers``: names in lower case. ``block``: all its bytes."""

    offset: int
    length: int
    headers: dict[str, str]
    block: bytes

    @property
    def type(self) -> str:
        return self.headers.get("warc-type", "")


class Damage(NamedTuple):
    """Bytes that are no record. ``tail``: nothing whole follows. ``torn``: a write that was cut short."""

    offset: int
    length: int
    message: str
    tail: bool
    torn: bool


class BadRecord(Exception):
    """No whole record here; ``torn`` where the bytes are the beginning of one."""

    def __init__(self, message: str, torn: bool = False) -> None:
        super().__init__(message)
        self.torn = torn


def digest(data: bytes) -> str:
    """``sha256:`` and hex, the form of WARC-Payload-Digest and WARC-Block-Digest here."""
    return f"sha256:{hashlib.sha256(data).hexdigest()}"


def same_digest(labelled: str, data: bytes) -> bool:
    """Whether a labelled digest (hex or base32, any algorithm hashlib knows) is that of ``data``."""
    algorithm, _, value = labelled.partition(":")
    name = algorithm.lower().replace("-", "")
    if name not in hashlib.algorithms_guaranteed or name.startswith("shake"):
        return False
    made = hashlib.new(name, data, usedforsecurity=False).digest()
    return value.lower() == made.hex() or value == base64.b32encode(made).decode("ascii")


def timestamp(moment: datetime) -> str:
    """A WARC-Date of whole seconds."""
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def moment(text: str) -> datetime:
    """The UTC time of a WARC-Date (W3C profile of ISO 8601, fractions allowed). Raises ValueError."""
    return datetime.fromisoformat(text).astimezone(UTC)


def member(kind: str, record_id: str, date: str, named: Named, block: bytes) -> bytes:
    """One record as a gzip member. Same arguments, same bytes: no time, no name in gzip's head."""
    fields = [("WARC-Type", kind), ("WARC-Record-ID", record_id), ("WARC-Date", date), *named]
    fields += [("WARC-Block-Digest", digest(block)), ("Content-Length", str(len(block)))]
    head = "".join(f"{name}: {_one_line(value)}\r\n" for name, value in fields)
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    parts = (b"WARC/1.1\r\n", head.encode("utf-8"), b"\r\n", block, b"\r\n\r\n")
    return b"".join([packer.compress(part) for part in parts] + [packer.flush()])


def _one_line(value: str) -> str:
    """A value that cannot break out of its line."""
    return " ".join(value.split()) if not value.isprintable() else value


def read(file: BinaryIO, offset: int) -> Record | None:
    """The record whose member begins at ``offset``; None at the end of the file. Raises BadRecord."""
    file.seek(offset)
    inflater, parts, taken = zlib.decompressobj(31), [], 0
    while not inflater.eof:
        data = file.read(_CHUNK)
        if not data:
            if not taken:
                return None
            raise BadRecord("a record is cut short", torn=True)
        if not taken and not _MAGIC.startswith(data[:3]) and not data.startswith(_MAGIC):
            raise BadRecord("no gzip member begins here", torn=not data.strip(b"\0"))
        taken += len(data)
        try:
            parts.append(inflater.decompress(data))
        except zlib.error as error:
            raise BadRecord(f"a record is damaged ({error})") from error
    headers, block = _parse(b"".join(parts))
    return Record(offset, taken - len(inflater.unused_data), headers, block)


def _parse(data: bytes) -> tuple[dict[str, str], bytes]:
    """Named fields and block of one record. Raises BadRecord."""
    head, gap, rest = data.partition(b"\r\n\r\n")
    lines = head.decode("utf-8", "replace").split("\r\n")
    if not gap or not lines[0].startswith("WARC/"):
        raise BadRecord("not a WARC record")
    pairs = (line.partition(":") for line in lines[1:])
    headers = {name.strip().lower(): value.strip() for name, colon, value in pairs if colon}
    length = headers.get("content-length", "")
    if not length.isdigit() or rest[int(length) :] != b"\r\n\r\n":
        raise BadRecord("a record's Content-Length is wrong")
    return headers, rest[: int(length)]


def scan(file: BinaryIO, start: int = 0) -> Iterator[Record | Damage]:
    """All records from ``start`` on. Damage is stepped over to the next whole record, never the end of it."""
    position = start
    while True:
        try:
            record = read(file, position)
        except BadRecord as error:
            after = _next_record(file, position + 1)
            end = file.seek(0, 2) if after is None else after
            yield Damage(position, end - position, str(error), after is None, error.torn and after is None)
            if after is None:
                return
            position = after
            continue
        if record is None:
            return
        yield record
        position += record.length


def _next_record(file: BinaryIO, start: int) -> int | None:
    """Where the next whole record begins at or after ``start``."""
    position, kept = start, b""
    file.seek(start)
    while data := file.read(_CHUNK):
        window = kept + data
        base = position - len(kept)
        found = window.find(_MAGIC)
        while found >= 0:
            if _whole(file, base + found):
                return base + found
            found = window.find(_MAGIC, found + 1)
        position += len(data)
        kept = window[-2:]
        file.seek(position)
    return None


def _whole(file: BinaryIO, offset: int) -> bool:
    try:
        return read(file, offset) is not None
    except BadRecord:
        return False

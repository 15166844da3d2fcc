"""Captures as a WACZ file (Web Archive Collection Zipped, 1.1.1), for replayweb.page, pywb and others.

The records are copied byte for byte into one WARC file; the index is the compressed CDXJ of the standard
("ZipNum"): blocks of lines, each a gzip member, and a list of where each begins.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO, NamedTuple

from pipeline import cdxj, durable, warc, warc_records
from pipeline.archive import Archive
from pipeline.captures import Capture
from pipeline.errors import Failed

_WARC = "captures.warc.gz"
_INDEX = "index.cdx.gz"
_BLOCK = 1024  # index lines, as py-wacz has it


class _Resource(NamedTuple):
    path: str
    sha256: str
    size: int


def write(
    file: Path,
    archive: Archive,
    captures: Sequence[Capture],
    *,
    title: str,
    software: str,
    clock: Callable[[], datetime],
) -> None:
    """Puts a WACZ of ``captures`` at ``file``, with all that their replay needs: redirects on the way and,
    for a page that was met again, the record with its bytes.

    Raises Failed where a record is damaged or the file cannot be written; then there is none, or the old one.
    """
    try:
        with durable.replacing(file) as target, zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as zipped:
            package = _Package(zipped, clock().astimezone(UTC))
            lines = _Copier(package, archive, software).copy(captures)
            places: list[str] = []
            package.add(f"indexes/{_INDEX}", _index(sorted(lines), places))
            package.add("indexes/index.idx", [place.encode() for place in places])
            package.add("pages/pages.jsonl", _pages(captures))
            package.describe(title, software)
    except OSError as error:
        raise Failed(
            f"{file}: cannot be written ({error.strerror or error}); nothing was exported"
        ) from error


class _Package:
    """The ZIP file, and what is in it so far."""

    def __init__(self, zipped: zipfile.ZipFile, now: datetime) -> None:
        self._zipped, self._resources = zipped, list[_Resource]()
        self.now = now

    def add(self, path: str, pieces: Iterable[bytes]) -> None:
        """One file, stored as it is: readers take single records out of it by their place."""
        digest, size = hashlib.sha256(), 0
        info = zipfile.ZipInfo(path, (self.now.year, self.now.month, self.now.day, 0, 0, 0))
        with self._zipped.open(info, "w", force_zip64=True) as entry:
            for piece in pieces:
                entry.write(piece)
                digest.update(piece)
                size += len(piece)
        self._resources.append(_Resource(path, digest.hexdigest(), size))

    def describe(self, title: str, software: str) -> None:
        """The data package that lists all files with their digests, and the digest of that."""
        described = {
            "profile": "data-package",
            "wacz_version": "1.1.1",
            "title": title,
            "created": f"{self.now:%Y-%m-%dT%H:%M:%SZ}",
            "software": software,
            "resources": [
                {"name": Path(path).name, "path": path, "hash": f"sha256:{sha256}", "bytes": size}
                for path, sha256, size in self._resources
            ],
        }
        package = json.dumps(described, ensure_ascii=False, indent=2).encode()
        self.add("datapackage.json", [package])
        digest = {"path": "datapackage.json", "hash": warc.digest(package)}
        self.add("datapackage-digest.json", [json.dumps(digest, indent=2).encode()])


class _Copier:
    """Copies records into the WARC file of the package, and makes their index lines."""

    def __init__(self, package: _Package, archive: Archive, software: str) -> None:
        self._package, self._archive, self._software = package, archive, software
        self._lines: list[str] = []
        self._offset = 0

    def copy(self, captures: Sequence[Capture]) -> list[str]:
        """Each record once, in the order of raw/. Raises Failed."""
        wanted = {one for capture in captures for one in (capture, self._archive.holder(capture))}
        self._package.add(f"archive/{_WARC}", self._members(sorted(wanted, key=_place)))
        return self._lines

    def _members(self, captures: Iterable[Capture]) -> Iterator[bytes]:
        opening = warc_records.warcinfo(_WARC, self._software, warc.timestamp(self._package.now))
        self._offset = len(opening)
        yield opening
        for capture in captures:
            with (self._archive.root / capture.file).open("rb") as file:
                for record in _with_companions(file, capture):
                    file.seek(record.offset)
                    member = file.read(record.length)
                    self._add_line(record, member)
                    yield member

    def _add_line(self, record: warc.Record, member: bytes) -> None:
        line = cdxj.of_record(record._replace(offset=self._offset), _WARC)
        self._offset += len(member)
        if line:
            self._lines.append(f'{line.rstrip()[:-1]}, "recordDigest": "{warc.digest(member)}"}}\n')


def _with_companions(file: BinaryIO, capture: Capture) -> Iterator[warc.Record]:
    """A capture's record and those written with it: the request, the redirects on the way. Raises Failed."""
    try:
        record = warc.read(file, capture.offset)
        own = record.headers.get("warc-record-id") if record else None
        while record:
            _check(record)
            yield record
            record = warc.read(file, record.offset + record.length)
            if record and record.headers.get("warc-concurrent-to") != own:
                return
    except warc.BadRecord as error:
        raise Failed(f"{capture.id}: raw/{capture.file}: {error}; run `pasakumi verify`") from error


def _check(record: warc.Record) -> None:
    said = record.headers.get("warc-block-digest")
    if said and not warc.same_digest(said, record.block):
        raise warc.BadRecord("block digest does not match")


def _place(capture: Capture) -> tuple[str, int]:
    return capture.file, capture.offset


def _index(lines: Sequence[str], places: list[str]) -> Iterator[bytes]:
    """The lines in compressed blocks; ``places`` takes a line for each block."""
    meta = json.dumps({"format": "cdxj-gzip-1.0", "filename": _INDEX})
    places.append(f"!meta 0 {meta}\n")
    offset = 0
    for start in range(0, len(lines), _BLOCK):
        block = lines[start : start + _BLOCK]
        packed = gzip.compress("".join(block).encode(), mtime=0)
        place = {"offset": offset, "length": len(packed), "digest": warc.digest(packed)}
        places.append(f"{block[0].partition('{')[0]}{json.dumps(place)}\n")
        offset += len(packed)
        yield packed


def _pages(captures: Iterable[Capture]) -> Iterator[bytes]:
    """The list of pages, by time."""
    yield b'{"format": "json-pages-1.0", "id": "pages", "title": "Captures"}\n'
    for capture in captures:
        when = capture.captured_at
        page = {
            "id": capture.id,
            "url": capture.url,
            "title": f"{capture.source}, {f'{when:%Y-%m-%d %H:%M} UTC' if when else 'at an unknown time'}",
        }
        if when:
            page["ts"] = f"{when:%Y-%m-%dT%H:%M:%SZ}"
        yield f"{json.dumps(page, ensure_ascii=False)}\n".encode()

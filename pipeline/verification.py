"""Is raw/ what it was when it was written: every record's digests, the index against the files, revisits."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from pipeline import cdxj, codings, http_head, redaction_files, warc
from pipeline.captures import Fault
from pipeline.errors import Failed
from pipeline.index import NOTHING, Index

_ATTEMPTS = 3


def verify(root: Path, writing: bool) -> list[Fault]:
    """All faults, in the order of files. ``writing``: a run is at work, so an unfinished end is its work.

    A run that finishes meanwhile changes the index under the check: then it is made once more. Memory holds
    60 bytes a distinct page and a year's index lines.
    """
    index = Index(root)
    for _ in range(_ATTEMPTS):
        before = index.head()
        faults = _Check(root, index, writing).faults()
        if index.head() == before:
            break
    return faults


class _Page(NamedTuple):
    """A revisit that was met before the record it repeats."""

    file: str
    offset: int
    sha256: str


class _Check:
    def __init__(self, root: Path, index: Index, writing: bool) -> None:
        self._root, self._index, self._writing = root, index, writing
        self._found: list[Fault] = []
        self._originals: set[int] = set()
        self._revisits: dict[int, _Page] = {}
        self._lines: Counter[str] = Counter()

    def faults(self) -> list[Fault]:
        if redaction_files.is_waiting(self._root):
            words = "a redaction was cut short; the next run, or --repair, completes it"
            self._found.append(Fault(redaction_files.MARKER, None, words, "note"))
        head = self._index.head()
        if head is NOTHING and self._index.path.exists():
            self._found.append(
                Fault("index.cdxj", None, "no usable index: damaged, or a closed year is gone")
            )
        elif head is NOTHING and self._index.warc_files():
            self._found.append(Fault("index.cdxj", None, "no index; the next run makes it", "note"))
        for name in self._index.warc_files():
            self._file(name, head.files.get(name, 0))
        if head is not NOTHING:
            self._against_index(head.files)
        for page in self._revisits.values():
            if _key(page.sha256) not in self._originals:
                self._found.append(Fault(page.file, page.offset, "revisit of a page that is not in raw/"))
        return self._found

    def _file(self, name: str, known: int) -> None:
        with (self._root / name).open("rb") as file:
            for item in warc.scan(file):
                if isinstance(item, warc.Damage):
                    self._damage(name, item, known)
                    continue
                self._found += [Fault(name, item.offset, message) for message in _wrong_digests(item)]
                self._follow(name, item)
                line = cdxj.of_record(item, name) if item.offset < known else None
                if line:
                    self._lines[name] += _fingerprint(line)

    def _damage(self, name: str, damage: warc.Damage, known: int) -> None:
        unfinished = damage.torn and damage.offset >= known
        if unfinished and self._writing:
            return
        message = f"{damage.length} bytes are no whole record: {damage.message}"
        if unfinished:
            message = f"{damage.length} bytes of a write that was cut short; the next run sets them aside"
        self._found.append(Fault(name, damage.offset, message, "note" if unfinished else "error"))

    def _follow(self, name: str, record: warc.Record) -> None:
        digest = record.headers.get(cdxj.CONTENT_DIGEST) or record.headers.get("warc-payload-digest", "")
        source = record.headers.get(cdxj.SOURCE)
        if source is None:
            return
        if not cdxj.is_name(source):
            words = "names a source that there cannot be; it is not taken for a capture"
            self._found.append(Fault(name, record.offset, words))
            return
        sha256 = f"{source} {digest.partition(':')[2]}"
        if record.type == "revisit":
            self._revisits.setdefault(_key(sha256), _Page(name, record.offset, sha256))
        else:
            self._originals.add(_key(sha256))

    def _against_index(self, known: dict[str, int]) -> None:
        """Sums of fingerprints for each file, from the file and from the index: equal sets, equal sums."""
        stored: Counter[str] = Counter()
        try:
            for line in self._index.stored_lines():
                stored[cdxj.place_of(line)[0]] += _fingerprint(line)
        except (Failed, ValueError, KeyError, IndexError) as error:
            self._found.append(Fault("index.cdxj", None, f"the index is broken ({error})"))
            return
        for name in sorted(set(stored) | set(self._lines) | set(known)):
            size = self._size(name)
            if size is None:
                self._found.append(Fault(name, None, "the index knows this file, but it is not there"))
            elif size < known.get(name, 0):
                self._found.append(
                    Fault(name, size, f"the index knows {known[name]} bytes, the file has {size}")
                )
            elif stored[name] != self._lines[name]:
                self._found += self._differences(name, known.get(name, 0))
        if not self._found and not self._index.facts_hold():
            words = "its head says of a source what its lines do not; `pasakumi verify --repair` mends it"
            self._found.append(Fault("index.cdxj", None, words))

    def _differences(self, name: str, known: int) -> Iterator[Fault]:
        in_index = {line for line in self._index.stored_lines() if cdxj.place_of(line)[0] == name}
        with (self._root / name).open("rb") as file:
            records = [
                item for item in warc.scan(file) if isinstance(item, warc.Record) and item.offset < known
            ]
        in_file = {line for record in records if (line := cdxj.of_record(record, name))}
        for line in sorted(in_file - in_index):
            yield Fault(name, cdxj.place_of(line)[1], "a record that the index does not have as it is")
        for line in sorted(in_index - in_file):
            yield Fault("index.cdxj", None, f"says of {name} what is not there: {line[:100].strip()}")
        if in_index == in_file:
            yield Fault("index.cdxj", None, f"says something of {name} twice")

    def _size(self, name: str) -> int | None:
        path = self._root / name
        return path.stat().st_size if path.exists() else None


def _wrong_digests(record: warc.Record) -> Iterator[str]:
    headers, block = record.headers, record.block
    if "warc-block-digest" in headers and not warc.same_digest(headers["warc-block-digest"], block):
        yield "block digest does not match"
    payload_digest = headers.get("warc-payload-digest")
    if record.type not in ("response", "resource") or payload_digest is None:
        return
    is_http = headers.get("content-type", "").startswith("application/http")
    head, body = http_head.split(block) if is_http else (b"", block)
    if not warc.same_digest(payload_digest, body):
        yield "payload digest does not match"
    if cdxj.CONTENT_DIGEST in headers:
        try:
            payload = codings.decode(body, http_head.codings(head))
        except codings.CodingError as error:
            yield str(error)
            return
        if not warc.same_digest(headers[cdxj.CONTENT_DIGEST], payload):
            yield "content digest does not match"


def _key(text: str) -> int:
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big")


def _fingerprint(line: str) -> int:
    return int.from_bytes(hashlib.sha256(line.encode("utf-8", "surrogatepass")).digest()[:16], "big")

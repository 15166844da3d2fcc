"""Captures for good: WARC 1.1 under raw/, a CDXJ index beside them.

::

    raw/shipped/NAME.warc.gz                  came with the project; no run ever writes to it
    raw/imported/20251105T063000Z-001.warc.gz one file for each import, closed when it is done
    raw/2025/pasakumi-2025-0001.warc.gz       what was fetched in a year, a next file when it is full
    raw/index.cdxj, raw/index-2024.cdxj.gz    the index, a cache of what those files say
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from pipeline import cdxj, codings, durable, http_head, lock, redaction_files, verification, warc
from pipeline.captures import Capture, Exchange, Fault, Hop, Validators, capture_id
from pipeline.errors import BrokenIndex, Failed
from pipeline.index import Index, to_capture
from pipeline.index_facts import Facts
from pipeline.stretches import GOOD
from pipeline.writer import Clock, Writer, now

__all__ = ["Archive", "Capture", "Exchange", "Fault", "Hop", "Validators", "Writer", "capture_id"]

_ROTATE_BYTES = 256 * 1024 * 1024


class Archive:
    """The captures under one folder. Reading never waits for a writer and never writes."""

    def __init__(
        self,
        root: Path,
        *,
        software: str = "pasakumi",
        rotate_bytes: int = _ROTATE_BYTES,
        clock: Clock = now,
        opened: Callable[[str], BinaryIO] | None = None,
    ) -> None:
        """``opened`` opens a WARC file by its name in raw/, where records do not lie under ``root``."""
        self.root = root
        self._open = opened or (lambda name: (root / name).open("rb"))
        self._index = Index(root)
        self._software, self._rotate_bytes, self._clock = software, rotate_bytes, clock
        self._originals: dict[tuple[str, str], Capture] = {}

    def captures(self, source: str | None = None) -> Iterator[Capture]:
        """All captures, or those of one source, in order: those of unknown time first (as they were given),
        then by time. At most a year of them is held in memory. Raises Failed on a broken index."""
        return self._index.captures(source)

    def changing(self) -> Iterator[Capture]:
        """Captures of all sources in order, without most that repeat the bytes of the one before under the
        same name: of these only the index line is looked at. Raises Failed on a broken index."""
        last: dict[str, str] = {}

        def others(lines: list[str]) -> list[str]:
            if len(lines) == 1:
                one = cdxj.bytes_of(lines[0])
                return lines if one is None or last.get(one[0]) != one[1] else []
            told = [one for one in map(cdxj.bytes_of, lines) if one]
            if len({source for source, _ in told}) < len(lines):
                return lines  # several of one name at one time: their order is that of their ids
            pairs = zip(lines, told, strict=True)
            return [line for line, (source, sha256) in pairs if last.get(source) != sha256]

        for capture in self._index.captures(wanted=others):
            if capture.status == GOOD:
                last[capture.source] = capture.sha256
            yield capture

    def sources(self) -> set[str]:
        """The ids of all sources that have a capture. Raises Failed on a broken index."""
        return set(self._index.facts())

    def newest(self) -> dict[str, Capture]:
        """The newest capture under each source's name. Raises Failed on a broken index."""
        return _newest(self._index.facts())

    def facts(self) -> dict[str, Facts]:
        """What is newest under each source's name, and what its history hangs on. Raises Failed."""
        return self._index.facts()

    def damaged(self) -> list[str]:
        """A line for each WARC file with bytes that are no record any more, where the index was made since:
        captures that stood there are in no history. Raises Failed."""
        return [
            f"raw/{name}: bytes at {', '.join(map(str, places))} are no record, what was captured there is "
            "missing; put a sound copy of the file in its place and run `pasakumi verify --repair`"
            for name, places in sorted(self._index.damaged().items())
        ]

    def find(self, capture_id: str) -> Capture | None:
        """The capture with this id, None where there is none."""
        return next((capture for capture in self.captures() if capture.id == capture_id), None)

    def payload(self, capture: Capture, holder: Capture | None = None) -> bytes:
        """The page's bytes as they were: revisit resolved, content coding undone. ``holder``: see
        :meth:`holder`, where that is known.

        Raises Failed where the record is gone, damaged, or not what the index says.
        """
        record = self._record(holder or self.holder(capture))
        is_http = record.headers.get("content-type", "").startswith("application/http")
        head, body = http_head.split(record.block) if is_http else (b"", record.block)
        try:
            payload = codings.decode(body, http_head.codings(head))
        except codings.CodingError as error:
            raise Failed(f"{capture.id}: {error}; run `pasakumi verify`") from error
        if hashlib.sha256(payload).hexdigest() != capture.sha256:
            message = f"{capture.id}: raw/{capture.file} holds other bytes than were captured"
            raise Failed(f"{message}; run `pasakumi verify`")
        return payload

    def validators(self) -> dict[str, Validators]:
        """What the next request of each source can build on: its newest capture, and the ETag and
        Last-Modified that came with it. A capture whose record cannot be read has none of these."""
        known = self._index.facts()
        originals = (to_capture(one.original) for one in known.values() if one.original)
        self.know(one for one in originals if one)
        return {source: self._validators(newest) for source, newest in _newest(known).items()}

    def _validators(self, newest: Capture) -> Validators:
        try:
            heads = [] if newest.kind == "resource" else [self._head(newest), self._head(self.holder(newest))]
        except Failed:
            heads = []
        etag, modified = (
            next((value for head in heads if (value := http_head.get(head, name))), None)
            for name in ("etag", "last-modified")
        )
        return Validators(newest.url, etag, modified, newest.sha256)

    @contextmanager
    def writer(self) -> Iterator[Writer]:
        """The one writer. Sets aside a torn tail first (see ``Writer.notes``) and leaves the index complete.

        Raises Degraded where another process writes, Failed where raw/ cannot be written.
        """
        with lock.exclusive(self.root / ".lock"):
            try:
                durable.sweep(self.root)
                redaction_files.finish(self.root)
                writer = self._writer()
            except OSError as error:
                raise Failed(
                    f"{self.root}: cannot be written ({error.strerror}); nothing was changed"
                ) from error
            try:
                yield writer
            finally:
                writer.close()

    def _writer(self) -> Writer:
        """A writer; a broken index, which is only a cache, is made anew before. Raises OSError, Failed."""
        try:
            return Writer(self.root, self._software, self._rotate_bytes, self._clock)
        except BrokenIndex:
            self._index.rebuild()
            writer = Writer(self.root, self._software, self._rotate_bytes, self._clock)
            writer.notes.append("the index of raw/ was broken and is made anew")
            return writer

    def verify(self) -> list[Fault]:
        """What is wrong in raw/: every record's digests, index against files, revisits. Writes nothing."""
        return verification.verify(self.root, lock.held(self.root / ".lock"))

    def rebuild_index(self) -> None:
        """Makes the index anew from the WARC files. Raises Degraded, Failed."""
        with lock.exclusive(self.root / ".lock"):
            try:
                if not redaction_files.finish(self.root):
                    self._index.rebuild()
            except OSError as error:
                raise Failed(f"index of raw/ not written ({error.strerror})") from error

    def know(self, holders: Iterable[Capture]) -> None:
        """Take these for the captures whose records hold their bytes, so that nobody has to look for them."""
        self._originals |= {(one.source, one.sha256): one for one in holders}

    def holder(self, capture: Capture) -> Capture:
        """The capture whose record has the bytes of this one. Raises Failed where it is gone."""
        if capture.kind != "revisit":
            return capture
        key = (capture.source, capture.sha256)
        if key not in self._originals:
            found = (one for one in self.captures() if one.kind != "revisit")
            self.know(found)
        if key not in self._originals:
            raise Failed(f"{capture.id}: the record it repeats is not in raw/; run `pasakumi verify`")
        return self._originals[key]

    def _record(self, capture: Capture) -> warc.Record:
        place = f"raw/{capture.file} at byte {capture.offset}"
        try:
            with self._open(capture.file) as file:
                record = warc.read(file, capture.offset)
        except (OSError, warc.BadRecord) as error:
            raise Failed(f"{capture.id}: {place}: {error}; run `pasakumi verify`") from error
        if record is None:
            raise Failed(f"{capture.id}: {place}: no record there; run `pasakumi verify`")
        return record

    def _head(self, capture: Capture) -> bytes:
        return http_head.split(self._record(capture).block)[0]


def _newest(facts: Mapping[str, Facts]) -> dict[str, Capture]:
    lines = {source: known.newest for source, known in facts.items()}
    return {source: capture for source, line in lines.items() if (capture := to_capture(line))}

"""The CDXJ index of raw/: a cache of what the WARC files say, rebuilt from them at any time.

``index.cdxj`` holds the newest year and the captures of unknown time; each closed year is
``index-YEAR.cdxj.gz``. The first line of ``index.cdxj`` (``!pasakumi {json}``; ``!`` sorts before every key)
says how many bytes of each WARC file are in the index. What a file has beyond that, readers find by reading
the file, so that they are right at every moment, whether a writer is at work or was killed.
"""

from __future__ import annotations

import gzip
import heapq
import io
import json
import os
import zlib
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import BinaryIO, NamedTuple, TextIO

from pipeline import cdxj, durable, warc
from pipeline.captures import Capture
from pipeline.errors import Failed

_HEAD = "!pasakumi "


class Head(NamedTuple):
    """``year``: the newest, None where no capture has a time. ``closed``: years in files of their own.
    ``files``: how many bytes of each WARC file are indexed. ``crc32``: of this head with zeros for it,
    and all lines; eight hex digits, empty where an older version wrote none. ``damaged``: by WARC file, where
    bytes are that are no record: captures that the index cannot know."""

    year: int | None
    closed: list[int]
    files: dict[str, int]
    crc32: str = ""
    damaged: dict[str, list[int]] = {}  # noqa: RUF012 - never written to


NOTHING = Head(None, [], {})
_NO_SUM = "00000000"
_PIECE = 1 << 20


class Index:
    """Reads and writes the index of one raw/ folder."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.path = root / "index.cdxj"
        self._sound: tuple[int, int, int] | None = None
        self._met: dict[str, list[int]] = {}

    def captures(self, source: str | None = None) -> Iterator[Capture]:
        """All captures in order: unknown time first, then by time. Holds one year in memory.

        Raises Failed where a line is broken.
        """
        head, lines = self._open()
        loose = list(_wanted(chain(lines, self._beyond(head)), source))
        years = sorted({year for line in loose if (year := cdxj.year_of(line))} | set(head.closed))
        for year in [None, *years]:
            stored = _wanted(self._year_lines(year), source) if year in head.closed else ()
            mine = (line for line in loose if cdxj.year_of(line) == year)
            yield from _in_time_order(chain(stored, mine))

    def lines(self) -> Iterator[str]:
        """All index lines, the newest year first, in no further order. Constant memory."""
        head, lines = self._open()
        yield from lines
        yield from self._beyond(head)
        for year in sorted(head.closed, reverse=True):
            yield from self._year_lines(year)

    def newest(self, *, fetched: bool = False) -> dict[str, Capture]:
        """The newest capture of each source, or the newest that was ``fetched``. Constant memory."""
        best: dict[str, str] = {}
        undated: dict[str, Capture] = {}
        for line in self.lines():
            source = cdxj.source_of(line)
            if source is None or (fetched and cdxj.is_imported(line)):
                continue
            if cdxj.year_of(line) is None:
                capture = to_capture(line)
                if capture and (source not in undated or undated[source].id < capture.id):
                    undated[source] = capture
            elif source not in best or _is_later(line, best[source]):
                best[source] = line
        dated = {source: capture for source, line in best.items() if (capture := to_capture(line))}
        return undated | dated

    def head(self) -> Head:
        """What the index says of itself; NOTHING where there is none that can be used."""
        head, lines = self._open()
        lines.close()
        return head

    def damaged(self) -> dict[str, list[int]]:
        """By WARC file, the places of bytes that are no record, as far as anybody read it."""
        return {**self.head().damaged, **self._met}

    def stored_lines(self) -> Iterator[str]:
        """The lines on disk of what the index says it knows, whether the files bear them out or not.

        A run that was killed may have written a closed year and not yet the head: lines of records
        beyond what the head knows do not count. Raises Failed, ValueError where a line is broken.
        """
        head, lines = self._open()
        lines.close()
        with self.path.open(encoding="utf-8", newline="\n") as file:
            stored = (line for line in file if not line.startswith("!"))
            for line in chain(stored, *(self._year_lines(year) for year in head.closed)):
                name, offset, _ = cdxj.place_of(line)
                if offset < head.files.get(name, 1 << 62):
                    yield line

    def warc_files(self) -> list[str]:
        """All WARC files, relative to raw/, with forward slashes."""
        return sorted(path.relative_to(self.root).as_posix() for path in self.root.rglob("*.warc.gz"))

    def refresh(self) -> None:
        """Takes in what the WARC files have beyond the index. Only under the lock. Raises OSError."""
        head = self.head()
        if self._cut_short(head):
            return self.rebuild()
        fresh: list[str] = []
        files = {name: self._index_from(name, head.files.get(name, 0), fresh) for name in self.warc_files()}
        if fresh or files != head.files or not self.path.exists():
            self._merge(head, sorted(fresh), files)
        return None

    def rebuild(self) -> None:
        """Writes the index anew from the WARC files. Only under the lock. Raises OSError."""
        fresh: list[str] = []
        self._met.clear()
        files = {name: self._index_from(name, 0, fresh) for name in self.warc_files()}
        stale = self._closed_files()
        head = self._merge(NOTHING, sorted(fresh), files, anew=True)
        for path in stale:
            if path not in [self._year_path(year) for year in head.closed]:
                path.unlink()

    def _open(self) -> tuple[Head, _Lines]:
        """The head and the lines of ``index.cdxj`` that the WARC files bear out. An index that cannot be
        used (no head, other bytes than were written, a closed year's file gone) counts as none: everything is
        read from the WARC files."""
        try:
            file = self.path.open("rb")
        except FileNotFoundError:
            return NOTHING, _Lines(None, {})
        head = _parse_head(file.readline())
        if head is None or not self._is_whole(file, head):
            file.close()
            return NOTHING, _Lines(None, {})
        text = io.TextIOWrapper(file, encoding="utf-8", newline="\n")
        return head, _Lines(text, self._cut_short(head))

    def _is_whole(self, file: BinaryIO, head: Head) -> bool:
        """Whether the lines are those that were written; ``file`` stands at the first of them, also after."""
        if not all(self._year_path(year).exists() for year in head.closed):
            return False
        found = os.fstat(file.fileno())
        seen = found.st_ino, found.st_size, found.st_mtime_ns
        if head.crc32 and seen != self._sound:
            start, total = file.tell(), zlib.crc32(_head_line(head._replace(crc32=_NO_SUM)))
            while piece := file.read(_PIECE):
                total = zlib.crc32(piece, total)
            file.seek(start)
            if f"{total:08x}" != head.crc32:
                return False
            self._sound = seen
        return True

    def _cut_short(self, head: Head) -> dict[str, int]:
        """WARC files shorter than the index says (a copy made while a run was writing) and their sizes."""
        sizes = {name: self._size(name) for name in head.files}
        return {name: sizes[name] for name, known in head.files.items() if sizes[name] < known}

    def _size(self, name: str) -> int:
        try:
            return (self.root / name).stat().st_size
        except FileNotFoundError:
            return 0

    def _beyond(self, head: Head) -> Iterator[str]:
        """Lines of records that the index does not know yet."""
        for name in self.warc_files():
            known = head.files.get(name, 0)
            if self._size(name) > known:
                yield from (line for line, _ in self._scan(name, known) if line)

    def _scan(self, name: str, start: int) -> Iterator[tuple[str | None, int]]:
        """Of every record from ``start``: its line, and where it ends."""
        with (self.root / name).open("rb") as file:
            for item in warc.scan(file, start):
                if isinstance(item, warc.Record):
                    yield cdxj.of_record(item, name), item.offset + item.length
                elif not item.torn:
                    self._met[name] = sorted({*self._met.get(name, ()), item.offset})

    def _index_from(self, name: str, start: int, fresh: list[str]) -> int:
        """Adds the lines of the records from ``start`` to ``fresh``; gives where the last one ends."""
        if self._size(name) <= start:
            return start
        scanned = list(self._scan(name, start))
        fresh.extend(line for line, _ in scanned if line)
        return scanned[-1][1] if scanned else start

    def _merge(self, head: Head, fresh: list[str], files: dict[str, int], anew: bool = False) -> Head:
        """Writes closed years first and ``index.cdxj`` last: a reader may meet a line twice, not miss it."""
        years = {year for line in fresh if (year := cdxj.year_of(line))}
        if head.year:
            years.add(head.year)
        newest = max(years, default=None)
        older = sorted(year for year in years if year != newest)
        for year in older:
            stored = [] if anew or year not in head.closed else [self._year_lines(year)]
            mine = [self._current(head, year), (line for line in fresh if cdxj.year_of(line) == year)]
            text = "".join(cdxj.unique(heapq.merge(*stored, *mine)))
            durable.replace(self._year_path(year), [gzip.compress(text.encode("utf-8"), mtime=0)])
        kept = [
            (line for line in fresh if cdxj.year_of(line) in (None, newest)),
            self._current(head, None, newest),
        ]
        damaged = {**head.damaged, **self._met}
        after = Head(newest, sorted({*older, *head.closed}), files, _NO_SUM, damaged)
        with durable.replacing(self.path) as file:
            file.write(first := _head_line(after))
            total = zlib.crc32(first)
            for line in cdxj.unique(heapq.merge(*kept)):
                encoded = line.encode("utf-8")
                total = zlib.crc32(encoded, total)
                file.write(encoded)
            after = after._replace(crc32=f"{total:08x}")
            file.seek(0)
            file.write(_head_line(after))
        return after

    def _current(self, head: Head, *years: int | None) -> Iterator[str]:
        """Lines of ``index.cdxj`` of the given years; none when the index is made anew."""
        if head is NOTHING:
            return
        _, lines = self._open()
        yield from (line for line in lines if cdxj.year_of(line) in years)

    def _year_path(self, year: int) -> Path:
        return self.root / f"index-{year}.cdxj.gz"

    def _year_lines(self, year: int | None) -> Iterator[str]:
        return _unpacked(self._year_path(year)) if year else iter(())

    def _closed_files(self) -> list[Path]:
        return sorted(self.root.glob("index-*.cdxj.gz"))


class _Lines:
    """The lines of an open index file, without those beyond the end of a WARC file that was cut short."""

    def __init__(self, file: TextIO | None, cut_short: dict[str, int]) -> None:
        self._file, self._cut_short = file, cut_short

    def __iter__(self) -> Iterator[str]:
        if self._file is None:
            return
        with self._file as file:
            for line in file:
                if not self._cut_short or self._stands(line):
                    yield line

    def _stands(self, line: str) -> bool:
        name, offset, length = cdxj.place_of(line)
        return offset + length <= self._cut_short.get(name, offset + length)

    def close(self) -> None:
        if self._file is not None:
            self._file.close()


def _head_line(head: Head) -> bytes:
    return f"{_HEAD}{json.dumps(head._asdict(), sort_keys=True)}\n".encode()


def _parse_head(line: bytes) -> Head | None:
    if not line.startswith(_HEAD.encode()):
        return None
    try:
        facts = json.loads(line[len(_HEAD) :])
        return Head(
            facts["year"],
            facts["closed"],
            facts["files"],
            facts.get("crc32", ""),
            dict(facts.get("damaged", {})),
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def _unpacked(path: Path) -> Iterator[str]:
    try:
        with gzip.open(path, "rt", encoding="utf-8", newline="\n") as file:
            yield from file
    except (EOFError, OSError, zlib.error) as error:
        raise Failed(f"{path}: broken ({error}); `pasakumi verify --repair` makes it anew") from error


def _wanted(lines: Iterable[str], source: str | None) -> Iterator[str]:
    if source is None:
        return (line for line in lines if '"source": "' in line)
    return (line for line in lines if cdxj.is_of(line, source))


def to_capture(line: str) -> Capture | None:
    """The capture of a line. Raises Failed where the line is broken."""
    try:
        return cdxj.to_capture(line)
    except (ValueError, KeyError) as error:
        message = f"index of raw/: broken line {line[:60]!r}; `pasakumi verify --repair` makes the index anew"
        raise Failed(message) from error


def _is_later(line: str, other: str) -> bool:
    """Whether a dated line stands after another in order; within one second the ids decide."""
    stamp, other_stamp = cdxj.stamp_of(line), cdxj.stamp_of(other)
    if stamp != other_stamp:
        return stamp > other_stamp
    one, two = to_capture(line), to_capture(other)
    return one is not None and two is not None and one.id > two.id


def _in_time_order(lines: Iterable[str]) -> Iterator[Capture]:
    """Each id once. Should a fetched page and an import be the same bytes of the same second, the record
    that holds the bytes speaks for both."""
    found: dict[str, Capture] = {}
    for line in lines:
        capture = to_capture(line)
        if capture and (capture.id not in found or capture.kind != "revisit"):
            found[capture.id] = capture
    yield from (found[capture_id] for capture_id in sorted(found))

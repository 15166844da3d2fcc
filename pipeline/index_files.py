"""The files of the index: each is whole at any moment, and its first line says what it knows.

::

    index.cdxj           !pasakumi {json}, then lines in the order of bytes
    index-recent.cdxj    the same for what came since; ``base`` of its head is ``files`` of the other's
    index-2024.cdxj.gz   lines of a closed year

``!`` sorts before every key. A head has a sum of itself and one of the lines below it, so that other bytes
than were written count as none: the first is looked at with each use, the second where lines are read.
``index-recent.cdxj`` counts only where it was made on top of the ``index.cdxj``
that stands there: so each of the two can be replaced by itself.
"""

from __future__ import annotations

import gzip
import io
import json
import os
import re
import zlib
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import BinaryIO, NamedTuple, TextIO

from pipeline import cdxj, durable, index_facts
from pipeline.errors import BrokenIndex
from pipeline.index_facts import Facts

_HEAD = b"!pasakumi "
_SUMMED = re.compile(rb'\{"head": "([0-9a-f]{8})", ')
_NO_SUM = 0
_PIECE = 1 << 20
# Bytes of lines. Smaller than that, all of index.cdxj is written with each run; above, what came since is
# written apart until it is a quarter as much.
_SMALL = 400_000
_SHARE = 4


class Head(NamedTuple):
    """``year``: the newest, None where no capture has a time. ``closed``: years in files of their own.
    ``files``: how many bytes of each WARC file are indexed. ``sources``: facts of each source; None in an
    index that does not have them. ``damaged``: by WARC file, where bytes are that are no record: captures
    that the index cannot know. ``lines``: the sum of the lines below, None where an older version wrote none.
    """

    year: int | None
    closed: list[int]
    files: dict[str, int]
    sources: dict[str, Facts] | None = None
    damaged: dict[str, list[int]] = {}  # noqa: RUF012 - never written to
    lines: int | None = None


NOTHING = Head(None, [], {})


class Lines:
    """The lines of open index files, without those beyond the end of a WARC file that was cut short."""

    def __init__(self, files: list[TextIO], cut_short: dict[str, int]) -> None:
        self._files, self._cut_short = files, cut_short

    def __iter__(self) -> Iterator[str]:
        return chain.from_iterable(self.parts())

    def parts(self) -> list[Iterator[str]]:
        """Of each file, in the order of bytes."""
        return [self._of(file) for file in self._files]

    def _of(self, file: TextIO) -> Iterator[str]:
        with file:
            for line in file:
                if not self._cut_short or self._stands(line):
                    yield line

    def _stands(self, line: str) -> bool:
        name, offset, length = cdxj.place_of(line)
        return offset + length <= self._cut_short.get(name, offset + length)

    def close(self) -> None:
        for file in self._files:
            file.close()


class IndexFiles:
    """Those of one raw/ folder."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.path = root / "index.cdxj"
        self._recent = root / "index-recent.cdxj"
        self._sound: set[tuple[int, int, int]] = set()

    def open(self) -> tuple[Head, Lines]:
        """The head and the lines that the WARC files bear out. An index that cannot be used (no head, other
        bytes than were written, a closed year's file gone) counts as none: everything is read from the WARC
        files."""
        head, files = self._opened(whole=True)
        return head, Lines(files, self.cut_short(head) if files else {})

    def is_whole(self) -> bool:
        """Whether all lines are those that were written; an index that is not there is."""
        head, lines = self.open()
        lines.close()
        return head is not NOTHING or not self.path.exists()

    def head(self) -> Head:
        """The head alone."""
        head, files = self._opened()
        for file in files:
            file.close()
        return head

    def stored(self, head: Head) -> Iterator[str]:
        """The lines on the disk, of closed years last. Raises Failed, OSError."""
        files = self._opened()[1] or [self.path.open(encoding="utf-8", newline="\n")]
        for file in files:
            with file:
                yield from (line for line in file if not line.startswith("!"))
        for year in head.closed:
            yield from self.year(year)

    def cut_short(self, head: Head) -> dict[str, int]:
        """WARC files shorter than the index says (a copy made while a run was writing) and their sizes."""
        sizes = {name: self.size(name) for name in head.files}
        return {name: sizes[name] for name, known in head.files.items() if sizes[name] < known}

    def size(self, name: str) -> int:
        """Bytes of a WARC file; 0 where it is gone."""
        try:
            return (self.root / name).stat().st_size
        except FileNotFoundError:
            return 0

    def year(self, year: int | None) -> Iterator[str]:
        """The lines of a closed year. Raises Failed where they cannot be read."""
        return _unpacked(self.year_path(year)) if year else iter(())

    def year_path(self, year: int) -> Path:
        """Where a closed year stands."""
        return self.root / f"index-{year}.cdxj.gz"

    def closed(self) -> list[Path]:
        """The files of all closed years."""
        return sorted(self.root.glob("index-*.cdxj.gz"))

    def write_year(self, year: int, lines: Iterable[str]) -> None:
        """A closed year anew. Raises OSError."""
        packed = gzip.compress("".join(lines).encode("utf-8"), mtime=0)
        durable.replace(self.year_path(year), [packed])

    def write(self, head: Head, lines: Iterable[str]) -> None:
        """``index.cdxj`` anew, with all that was apart from it. Raises OSError."""
        with durable.replacing(self.path) as file:
            first = _first(head._replace(lines=_NO_SUM))
            file.write(first)
            total = 0
            for line in lines:
                encoded = line.encode("utf-8")
                total = zlib.crc32(encoded, total)
                file.write(encoded)
            file.seek(0)
            file.write(_first(head._replace(lines=total)))
        self.forget_recent()

    def forget_recent(self) -> None:
        """Removes what stands apart from ``index.cdxj``. Raises OSError."""
        self._recent.unlink(missing_ok=True)

    def add(self, after: Head, fresh: list[str]) -> bool:
        """Writes sorted lines apart from a large ``index.cdxj``; False where they belong into it, and then
        nothing is done. ``after``: what the whole index says with them. Raises OSError."""
        if any(cdxj.year_of(line) not in (None, after.year) for line in fresh):
            return False
        with ExitStack() as stack:
            _, files = self._opened()
            for file in files:
                stack.enter_context(file)
            with self.path.open("rb") as stored:
                first = stored.readline()
                base, size = _parse(first)[0], stored.seek(0, 2) - len(first)
            if base is None or size < _SMALL:
                return False
            lines = "".join(cdxj.unique(sorted(chain(fresh, *files[1:])))).encode()
        if len(lines) > max(_SMALL, size // _SHARE):
            return False
        after = after._replace(lines=zlib.crc32(lines))
        durable.replace(self._recent, [_first(after, base.files), lines])
        return True

    def _opened(self, *, whole: bool = False) -> tuple[Head, list[TextIO]]:
        """The head of the whole index, and its files of loose lines, each open behind its own head.
        ``whole``: only where the lines of ``index.cdxj`` are those that were written."""
        try:
            file = self.path.open("rb")
        except FileNotFoundError:
            return NOTHING, []
        head, _ = _parse(file.readline())
        if (
            head is None
            or not all(self.year_path(year).exists() for year in head.closed)
            or (whole and not self._is_whole(file, head))
        ):
            file.close()
            return NOTHING, []
        try:
            more = self._recent.open("rb")
        except FileNotFoundError:
            return head, [_text(file)]
        recent, base = _parse(more.readline())
        if recent is None or base != head.files or not self._is_whole(more, recent):
            more.close()
            return head, [_text(file)]
        return recent, [_text(file), _text(more)]

    def _is_whole(self, file: BinaryIO, head: Head) -> bool:
        """Whether the lines are those that were written; ``file`` stands at the first of them, also after.
        Asked once of a file that stays as it is."""
        found = os.fstat(file.fileno())
        seen = found.st_ino, found.st_size, found.st_mtime_ns
        if head.lines is not None and seen not in self._sound:
            start, total = file.tell(), 0
            while piece := file.read(_PIECE):
                total = zlib.crc32(piece, total)
            file.seek(start)
            if total != head.lines:
                return False
            self._sound.add(seen)
        return True


def _first(head: Head, base: dict[str, int] | None = None) -> bytes:
    """A head: what it says, and its sum. Of one length whatever the sum of the lines."""
    facts: dict[str, object] = {"year": head.year, "closed": head.closed, "files": head.files}
    facts |= {"damaged": head.damaged, "lines": f"{head.lines or 0:08x}"}
    if base is not None:
        facts["base"] = base
    if head.sources is not None:
        facts["sources"] = index_facts.as_json(head.sources)
    text = json.dumps(facts, ensure_ascii=False, sort_keys=True).encode()
    return b'%s{"head": "%08x", %s\n' % (_HEAD, zlib.crc32(text), text[1:])


@lru_cache(maxsize=4)  # a run asks for the same several times
def _parse(line: bytes) -> tuple[Head | None, dict[str, int] | None]:
    """What a head says, and what it is made on top of; none where it is not what was written."""
    if not line.startswith(_HEAD):
        return None, None
    text = line[len(_HEAD) :].rstrip(b"\n")
    summed = _SUMMED.match(text)
    if summed and int(summed[1], 16) != zlib.crc32(b"{" + text[summed.end() :]):
        return None, None
    try:
        facts = json.loads(text)
        sources = facts.get("sources")
        known = None if sources is None else index_facts.from_json(sources)
        total = int(facts["lines"], 16) if "lines" in facts else None
        head = Head(facts["year"], facts["closed"], facts["files"], known, facts.get("damaged", {}), total)
    except (ValueError, KeyError, TypeError, AttributeError):
        return None, None
    return head, facts.get("base")


def _text(file: BinaryIO) -> TextIO:
    return io.TextIOWrapper(file, encoding="utf-8", newline="\n")


def _unpacked(path: Path) -> Iterator[str]:
    try:
        with gzip.open(path, "rt", encoding="utf-8", newline="\n") as file:
            yield from file
    except (EOFError, OSError, zlib.error) as error:
        raise BrokenIndex(f"{path}: broken ({error}); `pasakumi verify --repair` makes it anew") from error

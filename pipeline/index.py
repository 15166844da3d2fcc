"""The CDXJ index of raw/: a cache of what the WARC files say, rebuilt from them at any time.

``index.cdxj`` holds the newest year and the captures of unknown time; each closed year is
``index-YEAR.cdxj.gz``. Once it is large, what came last stands in ``index-recent.cdxj``, so that a run writes
few lines (see :mod:`pipeline.index_files`). The head of the index says how many bytes of each WARC file are
in it. What a file has beyond that, readers find by reading the file, so that they are right at every moment,
whether a writer is at work or was killed.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Iterator
from itertools import chain, groupby
from pathlib import Path

from pipeline import cdxj, warc
from pipeline.captures import Capture
from pipeline.errors import BrokenIndex
from pipeline.index_facts import Facts, Fold
from pipeline.index_files import NOTHING, Head, IndexFiles

__all__ = ["NOTHING", "Index", "to_capture"]

Choice = Callable[[list[str]], list[str]]


class Index:
    """Reads and writes the index of one raw/ folder."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._files = IndexFiles(root)
        self.path = self._files.path
        self._met: dict[str, list[int]] = {}

    def captures(self, source: str | None = None, wanted: Choice | None = None) -> Iterator[Capture]:
        """All captures in order: unknown time first, then by time. Holds one year's lines in memory.

        ``wanted``: given the lines of each moment in that order, which of them are to be read. Raises Failed
        where a line is broken.
        """
        if wanted is not None:
            yield from (capture for capture, _ in self._in_order(source, wanted))
            return
        head = self._files.head()
        known = (head.sources or {}).get(source) if source else None
        count = 0
        for capture, _ in self._in_order(source):
            count += 1
            yield capture
        if known and count < known.number and not self._files.cut_short(head):
            words = f"its head knows {known.number} captures of {source}, there are lines of {count}"
            raise BrokenIndex(f"index of raw/: {words}; `pasakumi verify --repair` makes the index anew")

    def _in_order(
        self, source: str | None = None, wanted: Choice | None = None
    ) -> Iterator[tuple[Capture, str]]:
        """Captures and their lines, in order."""
        head, lines = self._files.open()
        loose = _wanted(chain(lines, self._beyond(head)), source)
        return self._by_year(head, loose, lambda year: _wanted(self._files.year(year), source), wanted)

    def _by_year(
        self,
        head: Head,
        loose: Iterable[str],
        closed: Callable[[int], Iterable[str]],
        wanted: Choice | None = None,
    ) -> Iterator[tuple[Capture, str]]:
        """Those of loose lines and of closed years, in order."""
        held = list(loose)
        years = sorted({year for line in held if (year := cdxj.year_of(line))} | set(head.closed))
        for year in [None, *years]:
            stored = closed(year) if year in head.closed and year else ()
            lines = chain(stored, (line for line in held if cdxj.year_of(line) == year))
            yield from _in_time_order(lines, wanted)

    def lines(self) -> Iterator[str]:
        """All index lines, the newest year first, in no further order. Constant memory."""
        head, lines = self._files.open()
        yield from lines
        yield from self._beyond(head)
        for year in sorted(head.closed, reverse=True):
            yield from self._files.year(year)

    def facts(self) -> dict[str, Facts]:
        """What is newest of each source, and what its history hangs on. Reads the heads of the index and what
        the WARC files have beyond it; all captures only where that does not tell. Raises Failed."""
        head = self._files.head()
        known = None if self._files.cut_short(head) else self._with(head, self._beyond(head))
        return self._all_facts() if known is None else known

    def _with(self, head: Head, lines: Iterable[str]) -> dict[str, Facts] | None:
        """The facts that the head has, and those of lines that came since; None where they do not tell."""
        if head.sources is None:
            return None
        told = Fold(head.sources)
        for line in lines:
            if told.in_order and (capture := to_capture(line)):
                told.take(capture, line)
        return told.facts() if told.in_order else None

    def _all_facts(self) -> dict[str, Facts]:
        return _folded(self._in_order())

    def facts_hold(self) -> bool:
        """Whether the head says of the sources what the lines say that it knows. Reads all of them; what a
        writer adds meanwhile is not among them. Raises Failed."""
        head, lines = self._files.open()
        if head.sources is None:
            lines.close()
            return True

        def known(some: Iterable[str]) -> Iterator[str]:
            return (line for line in _wanted(some, None) if _is_known(line, head))

        return _folded(self._by_year(head, known(lines), lambda year: known(self._files.year(year)))) == (
            head.sources
        )

    def head(self) -> Head:
        """What the index says of itself; NOTHING where there is none that can be used."""
        return self._files.head()

    def damaged(self) -> dict[str, list[int]]:
        """By WARC file, the places of bytes that are no record, as far as anybody read it."""
        return {**self.head().damaged, **self._met}

    def stored_lines(self) -> Iterator[str]:
        """The lines on disk of what the index says it knows, whether the files bear them out or not.

        A run that was killed may have written a closed year and not yet the head: lines of records
        beyond what the head knows do not count. Raises Failed, ValueError where a line is broken.
        """
        head = self._files.head()
        return (line for line in self._files.stored(head) if _is_known(line, head))

    def warc_files(self) -> list[str]:
        """All WARC files, relative to raw/, with forward slashes."""
        return sorted(path.relative_to(self.root).as_posix() for path in self.root.rglob("*.warc.gz"))

    def refresh(self) -> None:
        """Takes in what the WARC files have beyond the index. Only under the lock. Raises OSError."""
        head = self._files.head()
        if self._files.cut_short(head):
            return self.rebuild()
        fresh: list[str] = []
        files = {name: self._index_from(name, head.files.get(name, 0), fresh) for name in self.warc_files()}
        is_known = head.sources is not None and self.path.exists()
        if fresh or files != head.files or not is_known:
            known = self._with(head, fresh)
            sources = self._all_facts() if known is None else known
            after = head._replace(files=files, sources=sources, damaged={**head.damaged, **self._met})
            if is_known and self._files.add(after, sorted(fresh)):
                return None
            if not self._files.is_whole():
                return self.rebuild()
            self._merge(after, sorted(fresh))
        return None

    def rebuild(self) -> None:
        """Writes the index anew from the WARC files. Only under the lock. Raises OSError."""
        fresh: list[str] = []
        self._met.clear()
        files = {name: self._index_from(name, 0, fresh) for name in self.warc_files()}
        stale = self._files.closed()
        self._files.forget_recent()
        known = _folded(_in_time_order(_wanted(fresh, None)))
        after = NOTHING._replace(files=files, sources=known, damaged=dict(self._met))
        head = self._merge(after, sorted(fresh), anew=True)
        for path in stale:
            if path not in [self._files.year_path(year) for year in head.closed]:
                path.unlink()

    def _beyond(self, head: Head) -> Iterator[str]:
        """Lines of records that the index does not know yet."""
        for name in self.warc_files():
            known = head.files.get(name, 0)
            if self._files.size(name) > known:
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
        if self._files.size(name) <= start:
            return start
        scanned = list(self._scan(name, start))
        fresh.extend(line for line, _ in scanned if line)
        return scanned[-1][1] if scanned else start

    def _merge(self, after: Head, fresh: list[str], anew: bool = False) -> Head:
        """Writes closed years first and ``index.cdxj`` last: a reader may meet a line twice, not miss it.
        ``after``: what the head is to say; its years are still those of the head before."""
        years = {year for line in fresh if (year := cdxj.year_of(line))}
        if after.year:
            years.add(after.year)
        newest = max(years, default=None)
        older = sorted(year for year in years if year != newest)
        for year in older:
            stored = [] if anew or year not in after.closed else [self._files.year(year)]
            mine = [self._current(year, anew=anew), (line for line in fresh if cdxj.year_of(line) == year)]
            self._files.write_year(year, cdxj.unique(heapq.merge(*stored, *mine)))
        kept = [
            (line for line in fresh if cdxj.year_of(line) in (None, newest)),
            self._current(None, newest, anew=anew),
        ]
        after = after._replace(year=newest, closed=sorted({*older, *after.closed}))
        self._files.write(after, cdxj.unique(heapq.merge(*kept)))
        return after

    def _current(self, *years: int | None, anew: bool) -> Iterator[str]:
        """Sorted lines of the given years that the index has loose; none when it is made anew."""
        if anew:
            return iter(())
        _, lines = self._files.open()
        return heapq.merge(
            *((line for line in part if cdxj.year_of(line) in years) for part in lines.parts())
        )


def to_capture(line: str) -> Capture | None:
    """The capture of a line. Raises Failed where the line is broken."""
    try:
        return cdxj.to_capture(line)
    except (ValueError, KeyError) as error:
        message = f"index of raw/: broken line {line[:60]!r}; `pasakumi verify --repair` makes the index anew"
        raise BrokenIndex(message) from error


def _is_known(line: str, head: Head) -> bool:
    """Whether a line is of a record that the head knows. Raises ValueError where it is broken."""
    name, offset, _ = cdxj.place_of(line)
    return offset < head.files.get(name, 1 << 62)


def _wanted(lines: Iterable[str], source: str | None) -> Iterator[str]:
    if source is None:
        return (line for line in lines if '"source": "' in line)
    return (line for line in lines if cdxj.is_of(line, source))


def _folded(captures: Iterable[tuple[Capture, str]]) -> dict[str, Facts]:
    told = Fold()
    for capture, line in captures:
        told.take(capture, line)
    return told.facts()


def _in_time_order(lines: Iterable[str], wanted: Choice | None = None) -> Iterator[tuple[Capture, str]]:
    """Each id once, in order. Should a fetched page and an import be the same bytes of the same second, the
    record that holds the bytes speaks for both. Lines are a third of what captures are in memory."""
    for _, together in groupby(sorted(map(_timed, lines)), lambda pair: pair[0]):
        found: dict[str, tuple[Capture, str]] = {}
        some = [line for _, line in together]
        for line in wanted(some) if wanted else some:
            capture = to_capture(line)
            if capture and (capture.id not in found or capture.kind != "revisit"):
                found[capture.id] = capture, line
        yield from (found[capture_id] for capture_id in sorted(found))


def _timed(line: str) -> tuple[str, str]:
    """A line with its time; all of unknown time stand together."""
    if '"order": "' in line:
        return "", line
    stamp = line.split(" ", 2)[1:2]
    return (stamp[0] if stamp and stamp[0][:4].isdigit() else ""), line  # broken: whoever reads it says so

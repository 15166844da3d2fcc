"""What several verbs need: the configuration, the dataset, printing."""

from __future__ import annotations

import os
import sys
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline import log
from pipeline.errors import UsageError
from pipeline.printable import printable
from pipeline.suggestion import did_you_mean

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable, Iterable, Sequence

    from pipeline.config import Config, Source
    from pipeline.fetch_types import Outcome
    from pipeline.run import Published
    from pipeline.state import Dataset

_BAR = 20
_DEGRADED = 3


def configuration(options: Namespace) -> Config:
    """The settings in force: options, then ``PASAKUMI_…``, then sources.toml. Raises UsageError."""
    from pipeline import config

    settings = config.load(options.config or Path(config.FILE_NAME), os.environ)
    partitioned = getattr(options, "partitioned", None)
    return settings._replace(
        partitioned=settings.partitioned if partitioned is None else partitioned,
        raw=options.raw or settings.raw,
        output=options.output or settings.output,
        state=options.state or settings.state,
    )


def dataset(config: Config) -> Dataset:
    """The history under raw/. Raises Failed."""
    from pipeline import decisions
    from pipeline.archive import Archive
    from pipeline.page_cache import PageCache
    from pipeline.state import Dataset

    cache = PageCache(config.state, writes=False)
    return Dataset(Archive(config.raw), config.sources, decisions.read(config.raw), cache)


def named_sources(config: Config, ids: Sequence[str]) -> list[Source]:
    """The sources with these ids; all where none is named. Raises UsageError for one that there is not."""
    known = {source.id: source for source in config.sources}
    for name in ids:
        if name not in known:
            raise UsageError(f"no source {name!r}; {did_you_mean(name, known)}")
    return [source for source in config.sources if source.id in ids or not ids]


def show(*lines: str) -> None:
    """Lines of a result on standard output, with nothing in them that a terminal would obey."""
    for line in lines:
        print(printable(line))


def say(*lines: str) -> None:
    """Lines about what was done: as :func:`show`, or as entries of a log."""
    if not log.is_json():
        return show(*lines)
    for line in filter(None, lines):
        log.line(line, "info")
    return None


def say_published(config: Config, published: Published, *, quiet: bool, news: bool = True) -> int:
    """What is in the dataset now, and a warning for each withheld capture; gives the exit code.

    ``news``: also what changed.
    """
    from pipeline import run_log, run_summary

    if log.is_json():
        tell(run_log.published_entries(published), quiet=quiet)
    else:
        if not quiet:
            show(*run_summary.published_lines(config, published, news=news))
        damage = run_summary.damage_lines(config, published)
        for line in (*damage, *run_summary.withheld_lines(published.overview)):
            warn(line)
    return _DEGRADED if published.overview.withheld else 0


def tell(entries: Iterable[log.Entry], *, quiet: bool) -> None:
    """Entries of a log; only those that are no mere information where it is to be quiet."""
    for entry in entries:
        if not quiet or entry.level != "info":
            log.write(entry)


def write_csv(lines: Iterable[str]) -> None:
    """CSV to standard output: byte for byte into a pipe or a file, harmless on a terminal."""
    if not sys.stdout.isatty():
        sys.stdout.writelines(lines)
        return
    for line in "".join(lines).splitlines():
        print(printable(line))


def progress(total: int) -> Callable[[Outcome], None] | None:
    """Shows on a terminal how many of so many pages are done; None elsewhere."""
    if log.is_json() or not sys.stderr.isatty():
        return None
    done = count(1)

    def show(outcome: Outcome) -> None:
        number = next(done)
        bar = "#" * (_BAR * number // total)
        line = "" if number == total else f"[{bar:<{_BAR}}] {number} of {total}  {printable(outcome.source)}"
        print(f"\r\x1b[K{line}", end="", file=sys.stderr, flush=True)

    return show


def warn(line: str) -> None:
    """A line on standard error."""
    if log.is_json():
        log.line(line, "warning")
    else:
        print(f"pasakumi: {printable(line)}", file=sys.stderr)


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """Rows as lines with aligned columns; a column of numbers or euro stands on the right."""
    cells = [[printable(cell) for cell in row] for row in (header, *rows)]
    columns = [_aligned(column) for column in zip(*cells, strict=True)]
    return ["  ".join(row).rstrip() for row in zip(*columns, strict=True)]


def _aligned(column: Sequence[str]) -> list[str]:
    width = max(map(len, column))
    is_number = all(cell.startswith("€") or cell.isdecimal() for cell in column[1:] if cell)
    return [cell.rjust(width) if is_number else cell.ljust(width) for cell in column]

"""``pasakumi import``: bring captures in that somebody else made."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline import log
from pipeline.cli_common import configuration, named_sources, say, warn
from pipeline.cli_spans import beginning, end
from pipeline.cli_words import counted
from pipeline.errors import Failed, UsageError
from pipeline.version import VERSION

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Sequence

    from pipeline.archive import Archive
    from pipeline.config import Config, Source
    from pipeline.importer import Importer, Tally

_DEGRADED = 3
_MOST_LINES = 50


def run(options: Namespace) -> int:
    """Import, and say what came of it; 3 where something was left out.

    Raises UsageError, Degraded, Failed.
    """
    from pipeline.archive import Archive
    from pipeline.importer import Importer

    config = configuration(options)
    captured_at = _check(options)
    sources = _sources(config, options)
    archive = Archive(config.raw, software=f"pasakumi/{VERSION}")
    with archive.writer() as writer:
        importer = Importer(writer, sources, limit=config.fetch.max_bytes, url=options.url)
        stopped = None
        if options.from_archive:
            stopped = _backfill(config, options, archive, importer)
        elif options.git:
            importer.git(Path(options.git))
        else:
            _files(options.files, importer, captured_at)
        importer.tally.notes[:0] = writer.notes
    return _verdict(importer.tally, stopped, quiet=options.quiet)


def _check(options: Namespace) -> datetime | None:
    """``--captured-at``, once the options go together. Raises UsageError."""
    ways = [bool(options.files), bool(options.git), bool(options.from_archive)]
    if sum(ways) != 1:
        raise UsageError(
            "import: name files or folders, or --git PATH, or --from-archive URL, one of the three"
        )
    if (options.since or options.until) and not options.from_archive:
        raise UsageError("import: --from and --to go with --from-archive")
    if options.url == "" or (options.url and options.from_archive):
        raise UsageError("import: --url says which address a page in a file or a WARC had")
    if options.captured_at is None:
        return None
    if len(options.files) != 1 or Path(options.files[0]).is_dir():
        raise UsageError(
            "import: --captured-at goes with one page in a file; a folder's files are dated by their names"
        )
    when = beginning("--captured-at", options.captured_at)
    if when and when > datetime.now(UTC):
        raise UsageError(f"--captured-at {options.captured_at}: still to come")
    return when


def _sources(config: Config, options: Namespace) -> list[Source]:
    """The source named; without one all, and then every record must say by itself whose it is."""
    if options.source:
        return named_sources(config, [options.source])
    archives = (".warc", ".warc.gz", ".wacz")
    if len(config.sources) == 1 or (
        options.files and all(f.lower().endswith(archives) for f in options.files)
    ):
        return list(config.sources)
    known = ", ".join(source.id for source in config.sources[:10])
    raise UsageError(f"import: say with --source whose pages these are; there are {known}")


def _files(names: Sequence[str], importer: Importer, captured_at: datetime | None) -> None:
    from pipeline.import_files import gather

    found = gather(map(Path, names), datetime.now(UTC))
    if found.passed_over:
        importer.tally.notes.append(
            f"passed over in folders: {counted(found.passed_over, 'file', 'files')} of other kinds"
        )
    for number, file in enumerate(found.files, 1):
        importer.file(file, captured_at)
        _show(f"{number} of {len(found.files)}")
    _show("")


def _backfill(config: Config, options: Namespace, archive: Archive, importer: Importer) -> str | None:
    """Why it was stopped; None where it was not."""
    from pipeline.backfill import Backfill, Span
    from pipeline.fetch import user_agent
    from pipeline.fetch_types import FetchSettings
    from pipeline.web_archive import WebArchive

    if not options.source and len(config.sources) != 1:
        raise UsageError("import: --from-archive needs --source: one page's history at a time")
    span = Span(beginning("--from", options.since), end("--to", options.until))
    settings = FetchSettings(
        user_agent(config.contact),
        delay_seconds=config.fetch.delay_seconds,
        deadline_seconds=config.fetch.deadline_seconds,
        max_bytes=config.fetch.max_bytes,
    )
    source = named_sources(config, [options.source] if options.source else [])[0]
    held = {int(one.captured_at.timestamp()) for one in archive.captures(source.id) if one.captured_at}
    web = WebArchive(_address(options.from_archive), settings)
    backfill = Backfill(web, importer, source, held)
    seen = 0

    def show() -> None:
        nonlocal seen
        seen += 1
        _show(f"{seen} captures looked at, {web.asked} requests")

    try:
        backfill.run(span, show)
    finally:
        web.close()
        _show("")
    importer.tally.notes.append(f"{counted(web.asked, 'request', 'requests')} made of the archive")
    return backfill.stopped


def _address(url: str) -> str:
    from urllib.parse import urlsplit

    try:
        parts = urlsplit(url)
        is_web = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        is_web = False
    if not is_web:
        raise UsageError(f"--from-archive {url!r}: no address; expected such as https://web.archive.org/")
    return url


def _verdict(tally: Tally, stopped: str | None, *, quiet: bool) -> int:
    """The exit code, with lines for what was brought in and what was not. Raises Failed where nothing was."""
    for line in tally.left_out[:_MOST_LINES]:
        warn(f"left out: {line}")
    if len(tally.left_out) > _MOST_LINES:
        warn(f"left out: {len(tally.left_out) - _MOST_LINES} more")
    if stopped:
        warn(f"stopped: {stopped}; the same command again goes on from here")
    added = sum(tally.added.values())
    if not added and not tally.known and tally.left_out:
        raise Failed("nothing was brought in")
    if not quiet:
        say(*_summary(tally, added), *(f"  {note}" for note in tally.notes))
        if added:
            say("`pasakumi rebuild` puts them into the dataset.")
    return _DEGRADED if tally.left_out or stopped else 0


def _summary(tally: Tally, added: int) -> list[str]:
    there = f"; {tally.known} there already" if tally.known else ""
    dated = f", {tally.first:%Y-%m-%d} to {tally.last:%Y-%m-%d}" if tally.first and tally.last else ""
    lines = [f"{counted(added, 'capture', 'captures').capitalize()} brought in{dated}{there}."]
    if len(tally.added) > 1:
        lines += [f"  {source}: {count}" for source, count in sorted(tally.added.items())]
    if tally.undated:
        one = tally.undated == 1
        lines.append(
            f"{tally.undated} of unknown time: {'it stands' if one else 'they stand'} before all others, "
            "in the order given; --captured-at or a date in the file's name tells the time."
        )
    return lines


def _show(words: str) -> None:
    """How far it is, on a terminal."""
    if sys.stderr.isatty() and not log.is_json():
        print(f"\r\x1b[K{words}", end="", file=sys.stderr, flush=True)

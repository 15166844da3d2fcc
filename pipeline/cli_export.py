"""``pasakumi export``: captures for others."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.archive import Archive
from pipeline.belonging import Belonging
from pipeline.cli_common import configuration, named_sources, say
from pipeline.cli_spans import beginning, end
from pipeline.cli_words import counted
from pipeline.errors import UsageError
from pipeline.version import VERSION

if TYPE_CHECKING:
    from argparse import Namespace

    from pipeline.captures import Capture
    from pipeline.config import Config


def run(options: Namespace) -> int:
    """Write the WACZ. Raises UsageError where contacts are not published, Failed."""
    from pipeline.wacz_export import write

    config = configuration(options)
    if not options.wacz:
        raise UsageError("export: name the file with --wacz FILE")
    archive = Archive(config.raw)
    belonging = Belonging(archive, config.sources)
    captures = _chosen(archive, belonging, config, options)
    sources = sorted({belonging.owner(capture) for capture in captures})
    if not options.with_contacts:
        _refuse_contacts(sources, config)
    title = ", ".join(sources[:3]) + (f" and {len(sources) - 3} more" if len(sources) > 3 else "")
    file = Path(options.wacz)
    write(
        file, archive, captures, title=title, software=f"pasakumi/{VERSION}", clock=lambda: datetime.now(UTC)
    )
    if not options.quiet:
        say(f"{file}: {counted(len(captures), 'capture', 'captures')} of {title}.")
    return 0


def _chosen(archive: Archive, belonging: Belonging, config: Config, options: Namespace) -> list[Capture]:
    """In order. A capture of unknown time is in no stretch of time. Raises UsageError where there is none."""
    wanted = {source.id for source in named_sources(config, options.source)} if options.source else None
    since, until = beginning("--from", options.since), end("--to", options.until)
    chosen = []
    for capture in archive.captures():
        when = capture.captured_at
        if wanted is not None and belonging.owner(capture) not in wanted:
            continue
        if (since or until) and when is None:
            continue
        if when and ((since and when < since) or (until and when > until)):
            continue
        chosen.append(capture)
    if not chosen:
        raise UsageError(f"export: no such capture in {config.raw}; `pasakumi sources` shows what there is")
    return chosen


def _refuse_contacts(exported: list[str], config: Config) -> None:
    """Captures hold the pages as they stood, with all names on them. Raises UsageError."""
    published = {source.id: source.publish_contacts for source in config.sources}
    hidden = [source for source in exported if not published.get(source, config.publish_contacts)]
    if hidden:
        raise UsageError(
            f"export: contacts of {', '.join(hidden)} are not published (publish_contacts = false), and "
            "captures hold the pages with them; --with-contacts exports them all the same"
        )

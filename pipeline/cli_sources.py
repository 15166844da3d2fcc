"""``pasakumi sources``: the configured sources and their captures."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from pipeline.archive import Archive
from pipeline.belonging import Belonging
from pipeline.cli_common import configuration, show, table
from pipeline.cli_words import moment

if TYPE_CHECKING:
    from argparse import Namespace

    from pipeline.captures import Capture


def run(options: Namespace) -> int:
    """Print a line for each source. Raises UsageError, Failed."""
    config = configuration(options)
    counts: Counter[str] = Counter()
    newest: dict[str, Capture] = {}
    archive = Archive(config.raw)
    owner = Belonging(archive, config.sources).owner
    for capture in archive.captures():
        source_id = owner(capture)
        counts[source_id] += 1
        newest[source_id] = capture
    if options.format == "json":
        from pipeline.json_text import dumps

        told = [
            {
                "id": source.id,
                "url": source.url,
                "publisher": source.publisher,
                "topic": source.topic,
                "captures": counts[source.id],
                "newest": newest[source.id].id if source.id in newest else None,
                "last_seen": newest[source.id].captured_at if source.id in newest else None,
            }
            for source in config.sources
        ]
        print(dumps(told))
        return 0
    rows = [
        (source.id, str(counts[source.id]), _seen(newest.get(source.id)), source.url)
        for source in config.sources
    ]
    show(*table(("source", "captures", "last seen", "url"), rows))
    return 0


def _seen(capture: Capture | None) -> str:
    return "never" if capture is None else moment(capture.captured_at)

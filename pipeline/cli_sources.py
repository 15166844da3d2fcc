"""``pasakumi sources``: the configured sources and their captures."""

from __future__ import annotations

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
    belonging = Belonging(Archive(config.raw), config.sources)
    told = [(source, belonging.number(source.id), belonging.newest(source.id)) for source in config.sources]
    if options.format == "json":
        from pipeline.json_text import dumps

        facts = [
            {
                "id": source.id,
                "url": source.url,
                "publisher": source.publisher,
                "topic": source.topic,
                "captures": number,
                "newest": newest.id if newest else None,
                "last_seen": newest.captured_at if newest else None,
            }
            for source, number, newest in told
        ]
        print(dumps(facts))
        return 0
    rows = [(source.id, str(number), _seen(newest), source.url) for source, number, newest in told]
    show(*table(("source", "captures", "last seen", "url"), rows))
    return 0


def _seen(capture: Capture | None) -> str:
    return "never" if capture is None else moment(capture.captured_at)

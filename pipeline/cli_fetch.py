"""``pasakumi fetch``: fetch and archive only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.cli_common import configuration, named_sources, say, warn
from pipeline.run import fetch
from pipeline.run_summary import missed_lines, not_refreshed

if TYPE_CHECKING:
    from argparse import Namespace

_DEGRADED = 3


def run(options: Namespace) -> int:
    """Fetch the sources named, or all. Raises UsageError, Degraded, Failed."""
    config = configuration(options)
    fetched = fetch(config, named_sources(config, options.sources))
    if not options.quiet:
        say(*(f"{outcome.source}: {outcome.kind}, {outcome.message}" for outcome in fetched.outcomes))
        say(*fetched.notes)
    missed = not_refreshed(fetched)
    for line in missed_lines(missed):
        warn(f"not fetched: {line}")
    return _DEGRADED if missed else 0

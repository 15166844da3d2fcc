"""``pasakumi fetch``: fetch and archive only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline import log, run_log
from pipeline.cli_common import configuration, named_sources, progress, say, tell, warn
from pipeline.run import fetch
from pipeline.run_summary import missed_lines, not_refreshed, outcome_line

if TYPE_CHECKING:
    from argparse import Namespace

_DEGRADED = 3


def run(options: Namespace) -> int:
    """Fetch the sources named, or all. Raises UsageError, Degraded, Failed."""
    config = configuration(options)
    sources = named_sources(config, options.sources)
    fetched = fetch(config, sources, progress(len(sources)))
    missed = not_refreshed(fetched)
    if log.is_json():
        tell(run_log.fetched_entries(fetched), quiet=options.quiet)
        return _DEGRADED if missed else 0
    if not options.quiet:
        say(*map(outcome_line, fetched.outcomes), *fetched.notes)
    for line in missed_lines(missed):
        warn(f"not fetched: {line}")
    return _DEGRADED if missed else 0

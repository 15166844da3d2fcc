"""``pasakumi run``: the scheduled job."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline import run_summary
from pipeline.cli_common import configuration, progress, say, warn
from pipeline.run import run as run_all

if TYPE_CHECKING:
    from argparse import Namespace

    from pipeline.run import Result

_DEGRADED = 3


def run(options: Namespace) -> int:
    """Fetch, archive, parse, export, and say what came of it. Raises UsageError, Degraded, Failed."""
    config = configuration(options)
    result = run_all(config, offline=options.offline, progress=progress(len(config.sources)))
    if options.verbose and result.fetched:
        say(*map(run_summary.outcome_line, result.fetched.outcomes))
    if not options.quiet:
        say(*run_summary.summary(config, result))
    return _verdict(result, strict=options.strict, quiet=options.quiet)


def _verdict(result: Result, *, strict: bool, quiet: bool) -> int:
    """The exit code, with a line on standard error for each thing that is not as it should be."""
    missed = run_summary.not_refreshed(result.fetched)
    if strict or quiet:
        for line in run_summary.missed_lines(missed):
            warn(f"not refreshed: {line}")
    for line in (*run_summary.withheld_lines(result.published.overview), *result.unsent):
        warn(line)
    return _DEGRADED if result.published.overview.withheld or (strict and missed) else 0

"""``pasakumi run``: the scheduled job."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline import log, run_log, run_summary
from pipeline.cli_common import configuration, progress, say, tell, warn
from pipeline.run import exit_code
from pipeline.run import run as run_all

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator

    from pipeline.config import Config
    from pipeline.run import Result


def run(options: Namespace) -> int:
    """Fetch, archive, parse, export, and say what came of it. Raises UsageError, Degraded, Failed."""
    config = configuration(options)
    if log.is_json():
        tell([log.Entry("run_started", "run started")], quiet=options.quiet)
    result = run_all(
        config,
        offline=options.offline,
        strict=options.strict,
        run_id=log.run_id(),
        progress=progress(len(config.sources)),
    )
    code = exit_code(result, strict=options.strict)
    if log.is_json():
        tell(_entries(result, code), quiet=options.quiet)
        return code
    if options.verbose and result.fetched:
        say(*map(run_summary.outcome_line, result.fetched.outcomes))
    if not options.quiet:
        say(*run_summary.summary(config, result))
    _warn(config, result, strict=options.strict, quiet=options.quiet)
    return code


def _warn(config: Config, result: Result, *, strict: bool, quiet: bool) -> None:
    """A line on standard error for each thing that is not as it should be."""
    if strict or quiet:
        for line in run_summary.missed_lines(run_summary.not_refreshed(result.fetched)):
            warn(f"not refreshed: {line}")
    damage = run_summary.damage_lines(config, result.published)
    withheld = run_summary.withheld_lines(result.published.overview)
    for line in (*damage, *withheld, *result.unsent):
        warn(line)
    if quiet:
        for source, alarm in result.published.alarms:
            warn(f"{source}: {alarm.message}; `pasakumi check` tells all")
    if result.unwritten:
        warn(_unwritten(result))


def _entries(result: Result, code: int) -> Iterator[log.Entry]:
    yield from run_log.fetched_entries(result.fetched)
    yield from run_log.published_entries(result.published)
    for line in result.unsent:
        yield log.Entry("notify", line, level="warning")
    if result.unwritten:
        yield log.Entry("status", _unwritten(result), level="warning")
    yield log.Entry("run_finished", f"run finished with exit code {code}", facts={"exit_code": code})


def _unwritten(result: Result) -> str:
    return f"state/: the status could not be written ({result.unwritten})"

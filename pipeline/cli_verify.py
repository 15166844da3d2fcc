"""``pasakumi verify``: captures, index and what is published against their digests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline import intact
from pipeline.archive import Archive
from pipeline.cli_common import configuration, say, warn
from pipeline.cli_words import counted
from pipeline.run import LOCK

if TYPE_CHECKING:
    from argparse import Namespace

    from pipeline.captures import Fault
    from pipeline.config import Config

_WRONG = 4


def run(options: Namespace) -> int:
    """Name what is wrong and where; 4 where a record or a published file is. Raises UsageError, Degraded,
    Failed."""
    config = configuration(options)
    archive = Archive(config.raw)
    if options.repair:
        archive.rebuild_index()
    of_raw, of_output = archive.verify(), intact.faults(config.output, config.state / LOCK)
    for folder, some in (("raw", of_raw), ("output", of_output or [])):
        for fault in some:
            warn(f"{fault.severity}: {folder}/{fault}")
    if _errors(of_output or []):
        warn("`pasakumi rebuild` makes output/ anew from raw/")
    if _errors([*of_raw, *(of_output or [])]):
        return _WRONG
    if not options.quiet:
        captures = sum(1 for _ in archive.captures())
        held = counted(captures, "capture", "captures")
        say(f"{config.raw}: {held}, every digest is right, the index says what the files hold.")
        say(*_of_output(config, of_output))
    return 0


def _errors(faults: list[Fault]) -> int:
    return sum(fault.severity == "error" for fault in faults)


def _of_output(config: Config, faults: list[Fault] | None) -> list[str]:
    if faults:
        return []
    if faults is not None:
        return [f"{config.output}: {counted(intact.count(config.output), 'file', 'files')}, each as written."]
    return [f"{config.output}: not looked at, as a run is at work."] if config.output.exists() else []

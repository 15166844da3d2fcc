"""``pasakumi verify``: captures and index against their digests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.archive import Archive
from pipeline.cli_common import configuration, say, warn
from pipeline.cli_words import counted

if TYPE_CHECKING:
    from argparse import Namespace

_WRONG = 4


def run(options: Namespace) -> int:
    """Name what is wrong and where; 4 where a record is broken. Raises UsageError, Degraded, Failed."""
    config = configuration(options)
    archive = Archive(config.raw)
    if options.repair:
        archive.rebuild_index()
    faults = archive.verify()
    for fault in faults:
        warn(f"{fault.severity}: raw/{fault}")
    errors = sum(fault.severity == "error" for fault in faults)
    if errors:
        return _WRONG
    if not options.quiet:
        captures = sum(1 for _ in archive.captures())
        held = counted(captures, "capture", "captures")
        say(f"{config.raw}: {held}, every digest is right, the index says what the files hold.")
    return 0

"""``pasakumi init``: a commented sources.toml for a new folder."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.cli_common import say
from pipeline.init import write

if TYPE_CHECKING:
    from argparse import Namespace


def run(options: Namespace) -> int:
    """Write the file. Raises UsageError where there is one already."""
    path = write(options.config.parent if options.config else Path())
    if not options.quiet:
        say(f"{path}: written. Put your pages into it, then `pasakumi run` fetches them and builds output/.")
    return 0

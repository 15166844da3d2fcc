"""``pasakumi rebuild``: everything in output/ anew from raw/."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.cli_common import configuration, say, warn
from pipeline.run import rebuild
from pipeline.run_summary import published_lines, withheld_lines

if TYPE_CHECKING:
    from argparse import Namespace

_DEGRADED = 3


def run(options: Namespace) -> int:
    """Rebuild. Raises UsageError, Degraded, Failed."""
    config = configuration(options)
    published = rebuild(config)
    if not options.quiet:
        say(*published_lines(config, published))
    for line in withheld_lines(published.overview):
        warn(line)
    return _DEGRADED if published.overview.withheld else 0

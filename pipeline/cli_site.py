"""``pasakumi site``: the static site only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.cli_common import configuration, say
from pipeline.run import publish_site

if TYPE_CHECKING:
    from argparse import Namespace


def run(options: Namespace) -> int:
    """Make output/site/ and say where it begins. Raises UsageError, Degraded, Failed."""
    config = configuration(options)
    written = publish_site(config)
    if not options.quiet:
        first = config.output / "site" / "index.html"
        say(f"Site: {first}; {written or 'no'} {'file' if written == 1 else 'files'} written.")
    return 0

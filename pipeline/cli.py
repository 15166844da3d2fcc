"""The command. ``--version`` is answered before anything else is imported."""

from __future__ import annotations

import sys

from pipeline.version import VERSION


def main(words: list[str] | None = None) -> int:
    """Run the command with these words (default: those of the process); gives its exit code."""
    words = sys.argv[1:] if words is None else words
    if words == ["--version"]:
        print(f"pasakumi {VERSION}")
        return 0
    from pipeline import collector

    collector.seldom()
    from pipeline.cli_main import command

    return command(words)

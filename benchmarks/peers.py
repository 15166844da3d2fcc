"""What benchmarks compare with, kept apart from all else (``benchmarks/peers.lock``, ``make bench``)."""

from __future__ import annotations

import sys
from pathlib import Path

FOLDER = Path(__file__).parents[1] / ".venv" / "peers"


def use() -> None:
    """Make the peers' packages importable, behind all others. Raises SystemExit where they are not there.

    To be called once everything else is imported: csv-diff brings a package ``tests``.
    """
    if not FOLDER.is_dir():
        raise SystemExit("the benchmarks' peers are not installed: `make bench` does that")
    sys.path.append(str(FOLDER))

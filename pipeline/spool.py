"""A folder for what one run puts by and nobody needs afterwards: histories while files are made of them."""

from __future__ import annotations

import os
import secrets
import shutil
import tempfile
from pathlib import Path
from weakref import finalize

FOLDER = "spool"


class Spool:
    """There as long as this object is. What a killed run left goes when the next one begins.

    In state/, for it holds pages as they are, but not in its cache, which anybody may delete at any time.
    Raises OSError where no folder can be made at all.
    """

    def __init__(self, state: Path) -> None:
        spools = state / FOLDER
        try:
            spools.mkdir(parents=True, exist_ok=True)
            _sweep(spools)
            self._folder = Path(tempfile.mkdtemp(prefix=f"{os.getpid()}-", dir=spools))
        except OSError:  # full, or not ours to write: the run may still do without what lies in state/
            self._folder = Path(tempfile.mkdtemp(prefix="pasakumi-"))
        finalize(self, shutil.rmtree, self._folder, ignore_errors=True)

    @property
    def folder(self) -> Path:
        """Where its files are."""
        return self._folder


def new_file(folder: Path, name: str) -> Path:
    """A name that nobody else takes: a task may be begun twice."""
    return folder / f"{name}.{secrets.token_hex(8)}"


def _sweep(spools: Path) -> None:
    for left in spools.iterdir():
        if not left.name.startswith(f"{os.getpid()}-"):
            shutil.rmtree(left, ignore_errors=True)

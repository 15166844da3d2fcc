"""A folder for what one run puts by and nobody needs afterwards: histories while files are made of them."""

from __future__ import annotations

import os
import secrets
import shutil
import tempfile
from pathlib import Path
from weakref import finalize

_PREFIX = "run-"


class Spool:
    """There as long as this object is. What a killed run left goes when the next one begins.

    In state/, for it holds pages as they are; raises OSError where no folder can be made.
    """

    def __init__(self, state: Path) -> None:
        try:
            cache = state / "cache"
            cache.mkdir(parents=True, exist_ok=True)
            _sweep(cache)
            self._folder = Path(tempfile.mkdtemp(prefix=f"{_PREFIX}{os.getpid()}-", dir=cache))
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


def _sweep(cache: Path) -> None:
    for left in cache.glob(f"{_PREFIX}*"):
        if not left.name.startswith(f"{_PREFIX}{os.getpid()}-"):
            shutil.rmtree(left, ignore_errors=True)

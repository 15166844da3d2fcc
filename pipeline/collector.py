"""Python's garbage collector held back: many records are made that stay."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


def seldom() -> None:
    """From here on a search for garbage every 20 000 objects, not every 700: what is imported stays, and 3 %
    of a quiet run would find nothing."""
    gc.set_threshold(20_000)


@contextmanager
def paused() -> Iterator[None]:
    """No search for garbage inside. Records refer to nothing that refers to them, so there is none to find,
    and each search would go through all that were made so far."""
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()

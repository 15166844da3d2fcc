"""How the time of a piece of work grows with its input: told by the work itself, not by a clock's limit."""

from __future__ import annotations

import gc
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

# Four times the input: 4 to 5 where the work is linear, 16 where it is quadratic.
_TIMES, _MOST = 4, 11
_TOO_SHORT_TO_TELL = 0.002
_ROUNDS = 8


def is_linear(work: Callable[[int], object], size: int) -> bool:
    """Whether ``work(size)`` costs no more than in proportion to a quarter of it.

    A busy machine makes single runs slow, so it is tried again until one round passes; work that is
    quadratic passes in none. Each round has sizes of its own, as much is remembered of what was read before.
    """
    small, large = [], []
    # What the process holds already is not gone through by each collection: the modules of a whole suite take
    # half a second, which is longer than most of this work.
    gc.freeze()
    try:
        for number in range(_ROUNDS):
            small.append(_seconds(work, size // _TIMES - number))
            large.append(_seconds(work, size - number))
            if min(large) < _MOST * max(min(small), _TOO_SHORT_TO_TELL):
                return True
        return False
    finally:
        gc.unfreeze()


def _seconds(work: Callable[[int], object], size: int) -> float:
    """Of this thread's own processor time. Collecting garbage costs by what the whole process holds."""
    gc.collect()
    gc.disable()
    began = time.thread_time()
    try:
        work(size)
        return time.thread_time() - began
    finally:
        gc.enable()

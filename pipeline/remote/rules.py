"""What is copied of raw/ and output/, in which order, and what may never be lost of it. Pure."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple


class Rules(NamedTuple):
    """``rank``: files of a lower one are sent first. ``keeps``: whether a file is a thing of its own: never
    removed for the other side's sake, nor replaced where both are others than they were. ``shown``: files
    whose names begin with a dot and that are copied all the same. ``half``: a folder that is there while
    files are put in place, on either side."""

    rank: Callable[[str], int]
    keeps: Callable[[str], bool]
    shown: frozenset[str] = frozenset()
    half: str | None = None

    def copies(self, name: str) -> bool:
        """Whether the file is copied at all: what begins with a dot belongs to one machine."""
        return name in self.shown or not any(part.startswith(".") for part in name.split("/"))


def _is_index(name: str) -> bool:
    return name == "index.cdxj" or (name.startswith("index-") and name.endswith((".cdxj", ".cdxj.gz")))


def _rank_of_raw(name: str) -> int:
    return 0 if not _is_index(name) else 1 if name.endswith(".gz") else 2


# Captures first: an index that knows less than the files is right, one that knows more is not. It is a cache.
RAW = Rules(_rank_of_raw, lambda name: not _is_index(name))
# All of output/ can be made anew: where the two sides differ, the other one is taken, and a run mends it.
OUTPUT = Rules(
    lambda name: int(name == ".inputs.json"), lambda _: False, frozenset({".inputs.json"}), ".staging"
)

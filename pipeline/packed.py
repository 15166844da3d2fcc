"""Texts of one page, each as what it has of its own: versions of a page are alike but for a few words."""

from __future__ import annotations

import zlib
from typing import NamedTuple

_WINDOW = 32_768  # of zlib: what it can refer back to


class Packed(NamedTuple):
    """A text, compressed.

    ``like``: the place of another one, packed alone, with which it shares the first ``head`` and the last
    ``tail`` bytes; None where it is packed alone.
    """

    content: bytes
    like: int | None = None
    head: int = 0
    tail: int = 0

    def bytes(self, known: bytes = b"") -> bytes:
        """The text; ``known``: that of ``like``. Raises zlib.error where this is not what was packed."""
        if self.like is None:
            return zlib.decompress(self.content)
        unpacking = zlib.decompressobj(zdict=_around(known, self.head))
        own = unpacking.decompress(self.content) + unpacking.flush()
        return known[: self.head] + own + known[len(known) - self.tail :]


class Like(NamedTuple):
    """A text that was packed alone: its ``place``, its bytes, and how many these are packed."""

    place: int
    text: bytes
    size: int


def pack(text: bytes, like: Like | None) -> Packed:
    """A text packed. ``like``: one that was packed before, of which only the differences are kept; where they
    are as much as half of it, the text is packed alone."""
    if like is not None:
        known = like.text
        head = _common(known, text)
        tail = _common(known[head:][::-1], text[head:][::-1])
        packing = zlib.compressobj(1, zdict=_around(known, head))
        content = packing.compress(text[head : len(text) - tail]) + packing.flush()
        if 2 * len(content) < like.size:
            return Packed(content, like.place, head, tail)
    return Packed(zlib.compress(text, 1))


def _around(known: bytes, head: int) -> bytes:
    """What most likely stands where the two begin to differ."""
    begin = max(0, head - _WINDOW // 4)
    return known[begin : begin + _WINDOW]


def _common(one: bytes, other: bytes) -> int:
    """How many bytes the two begin alike with."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low

"""A capture's canonical text as a page, each value that was read from it in a place that can be linked to."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from html import escape
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from pipeline.printable import printable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

Piece = tuple[int, int, tuple[int, int]]
"""What a line has of a span: ``(start, end, span)``."""


class Line(NamedTuple):
    """One line of the text: where it starts, and its markup."""

    start: int
    markup: str


def anchor(start: int, end: int) -> str:
    """The name of the place ``text[start:end]`` on the page."""
    return f"s{start}-{end}"


def lines(text: str, spans: Iterable[tuple[int, int]]) -> Iterator[Line]:
    """The lines of a text with ``spans`` of it marked.

    A span that reaches over several lines, or only partly into another, is marked piece by piece; its name
    stands on the first piece.
    """
    starts = [0]
    for words in text.split("\n"):
        starts.append(starts[-1] + len(words) + 1)
    pieces: defaultdict[int, list[Piece]] = defaultdict(list)
    for span in sorted({span for span in spans if 0 <= span[0] < span[1] <= len(text)}):
        for line in range(bisect_right(starts, span[0]) - 1, bisect_left(starts, span[1])):
            piece = max(span[0], starts[line]), min(span[1], starts[line + 1] - 1), span
            if piece[0] < piece[1]:
                pieces[line].append(piece)
    for line, (start, following) in enumerate(pairwise(starts)):
        marks = sorted(pieces[line], key=lambda piece: (piece[0], -piece[1]))
        yield Line(start, _marked(text, start, following - 1, marks))


def _marked(text: str, start: int, end: int, pieces: Sequence[Piece]) -> str:
    """The line's markup: marks nest; what would cross the end of the one around it is cut there."""
    out: list[str] = []
    open_ends: list[int] = []
    named: set[tuple[int, int]] = set()
    at = start

    def write(until: int) -> None:
        nonlocal at
        out.append(_safe(text[at:until]))
        at = until

    def close(until: int) -> None:
        while open_ends and open_ends[-1] <= until:
            write(open_ends.pop())
            out.append("</mark>")

    for piece_start, piece_end, span in pieces:
        close(piece_start)
        write(piece_start)
        inner = min([piece_end, *open_ends[-1:]])
        # The rest of a span that crosses its neighbour is not marked: its name and beginning are.
        is_first = span[0] == piece_start and span not in named
        named.add(span)
        name = f' id="{anchor(*span)}"' if is_first else ""
        out.append(f'<mark data-span="{anchor(*span)}"{name}>')
        open_ends.append(inner)
    close(end)
    write(end)
    return "".join(out)


def _safe(words: str) -> str:
    return escape(printable(words))

"""Lines that say what all amounts below them are in: ``Visas summas norādītas tūkst. euro``, a caption.

A label's own unit (``Finansējums, milj. EUR``) stands with the label and is no matter of this module.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from parsers import amounts, labels
from parsers.records import Block, Span

# How words for thousands and millions go on where a unit ends the line; in their plain form they count things
# (``vairāki miljoni eiro``). The roots are looked for first: a search for letters is quick.
_ROOTS = ("ūkst", "ukst", "ŪKST", "ilj", "ILJ", "ljrd", "lrd", "mrd")
_REST = re.compile(
    r"(?:\.|ošos|onos|ardos)? ?(?:eiro|euro|EUR|EIRO|EURO|€)[).:\]]{0,3}$",
    re.MULTILINE,
)
_LONGEST = 160
_MOST_NESTED = 50
_DEEPEST = 6
_ALL = re.compile(
    r"norād|uzrād|izteikt|dot[ias]\b|summas|skaitļi|apjomi|dati|mērvienīb|^\W*(?:tūkst|mil)",
    re.IGNORECASE,
)


class UnitAbove(NamedTuple):
    """``unit``: in euro. ``line``: who says so. ``end``: where what it is said of ends."""

    unit: Decimal
    line: Span
    end: int


def units_above(text: str, blocks: Sequence[Block]) -> list[UnitAbove]:
    """What the lines of a page say of all amounts below them, in its order."""
    places = sorted({place for root in _ROOTS for place in _places(text, root)})
    return list(_said(text, blocks, places)) if places else []


def _places(text: str, root: str) -> Iterator[Span]:
    """Where a unit that begins with ``root`` ends a line."""
    at = text.find(root)
    while at >= 0:
        rest = _REST.match(text, at + len(root))
        if rest is not None:
            yield Span(at, rest.end())
        at = text.find(root, at + len(root))


def unit_at(said: Sequence[UnitAbove], at: int) -> UnitAbove | None:
    """The unit that is said of amounts in a line that begins at ``at``: the nearest one's above it."""
    last = bisect_right(said, at, key=lambda each: each.line.end)
    nearest = reversed(said[max(0, last - _MOST_NESTED) : last])
    return next((each for each in nearest if at < each.end), None)


def _said(text: str, blocks: Sequence[Block], places: Sequence[Span]) -> Iterator[UnitAbove]:
    starts = [block.start for block in blocks]
    reach = _Reach(blocks)
    for place in places:
        index = bisect_right(starts, place.start) - 1
        block = blocks[index]
        words = text[block.start : block.end]
        if block.end < place.end or len(words) > _LONGEST or index + 1 == len(blocks):
            continue
        unit = amounts.unit_of(words)
        if unit is None or unit == 1:
            continue
        after = blocks[index + 1]
        if _is_over_table(blocks, index):
            yield UnitAbove(unit, Span(block.start, block.end), reach.table[index + 1])
        elif block.table < 0 and after.table < 0 and _is_of_all(words, block):
            yield UnitAbove(unit, Span(block.start, block.end), reach.part[index])


def _is_over_table(blocks: Sequence[Block], index: int) -> bool:
    """A line right above a table, or a row of it that holds nothing else."""
    block, after = blocks[index], blocks[index + 1]
    if block.table < 0:
        return after.table >= 0
    before = blocks[index - 1] if index else None
    in_row = before is not None and (before.table, before.row) == (block.table, block.row)
    return after.table == block.table and after.row != block.row and not in_row


def _is_of_all(words: str, block: Block) -> bool:
    """Not the label of one field, though it may be set as a heading."""
    return labels.match(words) is None if block.kind == "heading" else _ALL.search(words) is not None


class _Reach:
    """For each Block: where its ``table`` ends, and its ``part`` of the page: before the next heading that is
    not below the one over it."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self.table = [block.end for block in blocks]
        for index in range(len(blocks) - 2, -1, -1):
            if blocks[index].table == blocks[index + 1].table >= 0:
                self.table[index] = self.table[index + 1]
        level, levels = 0, []
        for block in blocks:
            level = block.level if block.kind == "heading" else level
            levels.append(level)
        following = [blocks[-1].end] * (_DEEPEST + 1)
        self.part = following[:1] * len(blocks)
        for index in range(len(blocks) - 1, -1, -1):
            self.part[index] = following[min(levels[index], _DEEPEST)]
            if blocks[index].kind == "heading":
                above = blocks[index].level
                following[above:] = [blocks[index].start] * (_DEEPEST + 1 - above)

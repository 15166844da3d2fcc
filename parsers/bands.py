"""Measures or rounds side by side in one table: a row of their titles, each over columns of its own.

A label may stand once over the values of all of them, in a row or in a first column of its own. What stands
once and no cell says over which of them is of none.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from parsers import codes, labels
from parsers.label_parts import names_step, parts
from parsers.layouts import Layout, Reach
from parsers.prose import holds_amount

Place = tuple[int, int]
Cells = dict[Place, list[int]]

_LEAST = 2
# Running text may name an amount that is none of the measure.
_LONGEST_SUM = 120
# How far a line of a pasted table that has no cells reaches.
_UNTOLD = 0


class Bands(NamedTuple):
    """``tables``: the cells of each measure, before them those above the titles; none for another table.
    ``astray``: Blocks of which nobody can say whose they are. ``rounds``: the titles are those of rounds of
    the measure that is open."""

    tables: list[Cells]
    astray: list[int]
    rounds: bool = False


_NONE = Bands([], [])


def side_by_side(
    layout: Layout, cells: Cells, rows: Sequence[int], columns: Sequence[int], reaching: Sequence[Reach]
) -> Bands:
    """The measures of such a table."""
    opening = [row for row in rows if _names_one_each(layout, cells, row, columns)]
    if not opening or _holds_another(cells):
        return _NONE
    reaches = {(each.row, each.column): each.columns for each in reaching}
    if layout.loose:
        cells, rows, opening = _with_rows_of_their_own(layout, cells, reaches, opening)
    filled: dict[int, list[int]] = {}
    for row, column in sorted(cells):
        filled.setdefault(row, []).append(column)
    titled = sum(any(_is_title(layout, cells[row, column]) for column in filled[row]) for row in opening)
    if 0 < titled < len(opening):
        return _NONE
    starts = [bisect_left(rows, row) for row in opening]
    groups = [
        _Group(layout, cells, filled, reaches, rows[start:end])
        for start, end in zip(starts, [*starts[1:], len(rows)], strict=True)
    ]
    if not all(group.share_out() for group in groups) or not any(map(_Group.is_described, groups)):
        return _NONE
    above = {place: blocks for place, blocks in cells.items() if place[0] < opening[0]}
    tables = [table for group in groups for table in group.tables]
    astray = [index for group in groups for index in group.astray]
    return Bands([above, *tables] if above else tables, astray, not titled)


def _with_rows_of_their_own(
    layout: Layout, cells: Cells, reaches: dict[Place, int], opening: Sequence[int]
) -> tuple[Cells, list[int], list[int]]:
    """The cells and rows where each line without cells is a row by itself, and the rows of titles."""
    loose = set(layout.loose)
    places = {index: place for place, blocks in cells.items() for index in blocks}
    parted: Cells = {}
    named: list[int] = []
    row, last = -1, None
    for index in sorted(places):
        if index in loose or places[index][0] != last:
            row += 1
            last = None if index in loose else places[index][0]
            named += [row] if last in opening else []
        if index in loose:
            reaches[row, places[index][1]] = _UNTOLD
        parted.setdefault((row, places[index][1]), []).append(index)
    return parted, list(range(row + 1)), named


class _Group:
    """A row of titles and the rows below it."""

    def __init__(
        self,
        layout: Layout,
        cells: Cells,
        filled: dict[int, list[int]],
        reaches: dict[Place, int],
        rows: Sequence[int],
    ) -> None:
        self.layout, self.cells, self.filled, self.reaches = layout, cells, filled, reaches
        self.rows = rows
        self.titles = rows[0]
        self.starts = [
            column
            for column in filled[self.titles]
            if _is_title(layout, cells[self.titles, column]) or _is_round(layout, cells[self.titles, column])
        ]
        self.tables: list[Cells] = [{} for _ in self.starts]
        self.astray: list[int] = []

    def share_out(self) -> bool:
        """Each cell to the measures that it is of; False where this is another kind of table."""
        beside = self.filled[self.titles][0] < self.starts[0] or any(
            self.filled[row][0] < self.starts[0] for row in self.rows
        )
        if beside and not self._labels_stand_alone():
            return False
        # A page that leaves empty cells out of its rows of labels leaves them out elsewhere, too.
        untold = any(self._reach(row) in (1, _UNTOLD) and self._is_lone_label(row) for row in self.rows)
        for row in self.rows:
            for column in self.filled[row]:
                self._put(row, column, untold=untold)
        return True

    def is_described(self) -> bool:
        """There are labels; rows of titles alone are a table of contents."""
        return all(_has_labels(self.layout, table) for table in self.tables)

    def _labels_stand_alone(self) -> bool:
        """What stands left of the measures are labels, none of which has its values beside it."""
        left = [row for row in self.rows if self.filled[row][0] < self.starts[0] and row != self.titles]
        return bool(left) and all(self._is_lone_label(row) for row in left)

    def _is_lone_label(self, row: int) -> bool:
        return len(self.filled[row]) == 1 and _is_label(self.layout, self.cells[row, self.filled[row][0]])

    def _reach(self, row: int) -> int:
        """How many columns the first cell of a row fills."""
        return self.reaches.get((row, self.filled[row][0]), 1)

    def _put(self, row: int, column: int, *, untold: bool) -> None:
        blocks = self.cells[row, column]
        if row == self.titles and column < self.starts[0]:
            # ``Pasākums`` leads to a title; ``Kārta`` would be a field of the round before it.
            leads = _is_title(self.layout, self.cells[row, self.starts[0]])
            return self._share(row, column, range(len(self.starts))) if leads else None
        first = max(bisect_right(self.starts, column) - 1, 0)
        reach = self.reaches.get((row, column), 1)
        over = range(first, max(bisect_left(self.starts, column + reach), first + 1))
        if len(self.filled[row]) == 1 and row != self.titles:
            label = self._is_lone_label(row)
            if label and (reach == _UNTOLD or len(over) == 1):
                over = range(len(self.starts))
            elif not label and (reach == _UNTOLD or (untold and reach == 1)):
                over = range(0)
        if len(over) > 1 and _holds_money(self.layout, blocks):
            # One sum over several measures: that of each, or of all together.
            over = range(0)
        return self._share(row, column, over)

    def _share(self, row: int, column: int, over: range) -> None:
        blocks = self.cells[row, column]
        for each in over:
            self.tables[each][row, column] = blocks
        if not over:
            self.astray += blocks


def _names_one_each(layout: Layout, cells: Cells, row: int, columns: Sequence[int]) -> bool:
    """A row of titles and nothing else, but a label in a first column of its own."""
    filled = [column for column in columns if (row, column) in cells]
    named = [column for column in filled if _is_title(layout, cells[row, column])]
    if not named:
        named = [column for column in filled if _is_round(layout, cells[row, column])]
        told = {_words_of_round(layout, cells[row, column]) for column in named}
        named = named if len(told) == len(named) else []
    others = [column for column in filled if column not in named]
    if len(named) < _LEAST or not others:
        return len(named) >= _LEAST
    hit = labels.match(_line(layout, cells[row, others[0]][0]), 1)
    return others == filled[:1] and hit is not None and hit.field in {"title", "code", "round"}


def _holds_another(cells: Cells) -> bool:
    """Lines of another table stand between those of this one."""
    indexes = [index for blocks in cells.values() for index in blocks]
    return max(indexes) - min(indexes) >= len(indexes)


def _has_labels(layout: Layout, cells: Cells) -> bool:
    lines = [_line(layout, index) for blocks in cells.values() for index in blocks]
    return any(labels.match(line) or parts(line, 0)[0].hit for line in lines)


def _is_title(layout: Layout, blocks: Sequence[int]) -> bool:
    return codes.read_title(_line(layout, blocks[0])) is not None


def _is_round(layout: Layout, blocks: Sequence[int]) -> bool:
    """``1. kārta`` and nothing else."""
    return len(blocks) == 1 and _words_of_round(layout, blocks) is not None


def _words_of_round(layout: Layout, blocks: Sequence[int]) -> int | None:
    found = codes.read_round(_line(layout, blocks[0]))
    return found[0] if found is not None else None


def _is_label(layout: Layout, blocks: Sequence[int]) -> bool:
    """One line that is a label and nothing else."""
    line = _line(layout, blocks[0])
    if len(blocks) != 1 or len(line) > labels.LONGEST_LABEL:
        return False
    return labels.match(line, 1) is not None or names_step(line)


def _holds_money(layout: Layout, blocks: Sequence[int]) -> bool:
    lines = [_line(layout, index) for index in blocks]
    return any(len(line) <= _LONGEST_SUM and holds_amount(line) for line in lines)


def _line(layout: Layout, index: int) -> str:
    block = layout.blocks[index]
    return layout.text[block.start : block.end]

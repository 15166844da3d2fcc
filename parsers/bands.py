"""Measures side by side in one table: a row of their titles, each over columns of its own."""

from __future__ import annotations

from parsers import codes, labels
from parsers.label_parts import parts
from parsers.layouts import Layout

_LEAST = 2


def side_by_side(
    layout: Layout, cells: dict[tuple[int, int], list[int]], rows: tuple[int, ...], columns: tuple[int, ...]
) -> list[dict[tuple[int, int], list[int]]]:
    """The cells of each measure of such a table, and before them those above the titles; [] for another."""
    opening = [row for row in rows if _names_one_each(layout, cells, row, columns)]
    if not opening or _holds_another(cells):
        return []
    found = []
    above = {place: blocks for place, blocks in cells.items() if place[0] < opening[0]}
    for first, last in zip(opening, [*opening[1:], rows[-1] + 1], strict=True):
        starts = [column for column in columns if (first, column) in cells]
        for start, end in zip(starts, [*starts[1:], columns[-1] + 1], strict=True):
            part = {
                (row, column): blocks
                for (row, column), blocks in cells.items()
                if first <= row < last and start <= column < end
            }
            if not _has_labels(layout, part):
                return []
            found.append(part)
    return [above, *found] if above else found


def _names_one_each(
    layout: Layout, cells: dict[tuple[int, int], list[int]], row: int, columns: tuple[int, ...]
) -> bool:
    """A row of titles and nothing else, from the first column on."""
    filled = [cells[row, column] for column in columns if (row, column) in cells]
    if len(filled) < _LEAST or (row, columns[0]) not in cells:
        return False
    return all(codes.read_title(_line(layout, blocks[0])) for blocks in filled)


def _holds_another(cells: dict[tuple[int, int], list[int]]) -> bool:
    """Lines of another table stand between those of this one."""
    indexes = [index for blocks in cells.values() for index in blocks]
    return max(indexes) - min(indexes) >= len(indexes)


def _has_labels(layout: Layout, cells: dict[tuple[int, int], list[int]]) -> bool:
    lines = [_line(layout, index) for blocks in cells.values() for index in blocks]
    return any(labels.match(line) or parts(line, 0)[0].hit for line in lines)


def _line(layout: Layout, index: int) -> str:
    block = layout.blocks[index]
    return layout.text[block.start : block.end]

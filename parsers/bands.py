"""Measures side by side in one table: a row of their titles, each over columns of its own."""

from __future__ import annotations

from bisect import bisect_right

from parsers import codes, labels
from parsers.label_parts import parts
from parsers.layouts import Layout

_LEAST = 2
# Stands for the rows above the first titles.
_ABOVE = -1


def side_by_side(
    layout: Layout, cells: dict[tuple[int, int], list[int]], rows: tuple[int, ...], columns: tuple[int, ...]
) -> list[dict[tuple[int, int], list[int]]]:
    """The cells of each measure of such a table, and before them those above the titles; [] for another."""
    opening = [row for row in rows if _names_one_each(layout, cells, row, columns)]
    if not opening or _holds_another(cells):
        return []
    starts = {row: [column for column in columns if (row, column) in cells] for row in opening}
    found: dict[tuple[int, int], dict[tuple[int, int], list[int]]] = {}
    for (row, column), blocks in sorted(cells.items()):
        group = bisect_right(opening, row) - 1
        first = opening[group] if group >= 0 else _ABOVE
        over = starts.get(first, [_ABOVE])
        title = over[bisect_right(over, column) - 1]
        found.setdefault((first, title), {})[row, column] = blocks
    tables = sorted(found.items())
    described = all(_has_labels(layout, part) for (first, _), part in tables if first != _ABOVE)
    return [part for _, part in tables] if described else []


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

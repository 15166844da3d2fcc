"""Tables as a reader sees them: label beside value, a row a measure, or a column a measure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from parsers import codes, labels
from parsers.labels import Hit
from parsers.layouts import Layout

Place = tuple[int, int]


class Grid(NamedTuple):
    """A table. ``cells``: (row, column) -> indexes of its Blocks; ``rows`` and ``columns`` in order.

    ``labelled``: its first column holds labels, the next their values. ``records``: each row is a measure
    (each column where ``turned``), and ``heads`` holds the index of the first one's Blocks: the labels.
    """

    number: int
    cells: dict[Place, list[int]]
    rows: tuple[int, ...]
    columns: tuple[int, ...]
    labelled: bool
    records: bool
    turned: bool
    head: int


class Cell(NamedTuple):
    """A cell of a record: the Blocks of its label (empty where it has none), what it opens, its Blocks."""

    head: tuple[int, ...]
    hit: Hit | None
    blocks: tuple[int, ...]


def grids(layout: Layout) -> dict[int, Grid]:
    """The tables of a page by their number."""
    gathered: dict[int, dict[Place, list[int]]] = {}
    for index, block in enumerate(layout.blocks):
        if block.table >= 0:
            gathered.setdefault(block.table, {}).setdefault((block.row, block.column), []).append(index)
    return {number: _grid(layout, number, cells) for number, cells in gathered.items()}


def _grid(layout: Layout, number: int, cells: dict[Place, list[int]]) -> Grid:
    rows = tuple(sorted({row for row, _ in cells}))
    columns = tuple(sorted({column for _, column in cells}))
    blank = Grid(number, cells, rows, columns, False, False, False, -1)
    if len(columns) < 2:
        return blank
    first = [_label(layout, cells[row, columns[0]]) for row in rows if (row, columns[0]) in cells]
    known = sum(1 for hit in first if hit)
    labelled = known >= 2 or (known == 1 and len(rows) == 1)
    if labelled and known * 2 >= len(first):
        turned = (
            len(columns) > 2
            and _opens(layout, [cells.get((rows[0], column), []) for column in columns[1:]]) >= 2
        )
        return blank._replace(labelled=not turned, records=turned, turned=turned, head=columns[0])
    for row in rows[:3]:
        hits = [hit for column in columns if (hit := _label(layout, cells.get((row, column), [])))]
        if len(hits) >= 2 and len({hit.field for hit in hits}) >= 2 and row != rows[-1]:
            return blank._replace(records=True, head=row)
    return blank._replace(labelled=labelled)


def _words(layout: Layout, indexes: list[int]) -> str:
    if not indexes:
        return ""
    return layout.text[layout.blocks[indexes[0]].start : layout.blocks[indexes[-1]].end].replace("\n", " ")


def _label(layout: Layout, indexes: list[int]) -> Hit | None:
    words = _words(layout, indexes)
    return labels.match(words, 1) if words else None


def _opens(layout: Layout, columns: list[list[int]]) -> int:
    return sum(1 for indexes in columns if indexes and codes.read_title(_words(layout, indexes)))


def records(layout: Layout, grid: Grid) -> Iterator[tuple[Cell, ...]]:
    """The cells of each measure of a table, its code first, then its round and title, then the rest.

    A row of one cell alone stands by itself: a tuple of one Cell without a label.
    """
    lines, across = (grid.columns, grid.rows) if grid.turned else (grid.rows, grid.columns)
    heads = {place: tuple(_at(grid, grid.head, place)) for place in across}
    for line in lines:
        if line == grid.head:
            continue
        if not grid.turned and line < grid.head:
            yield tuple(
                Cell((), None, tuple(_at(grid, line, place))) for place in across if _at(grid, line, place)
            )[:1]
            continue
        cells = [
            Cell(heads[place], _label(layout, list(heads[place])), tuple(blocks))
            for place in across
            if (blocks := _at(grid, line, place))
        ]
        if len(cells) == 1 and len(across) > 1 and not grid.turned:
            cells = [Cell((), None, cells[0].blocks)]
        yield tuple(sorted(cells, key=lambda cell: _rank(layout, cell)))


def _at(grid: Grid, line: int, place: int) -> list[int]:
    return grid.cells.get((place, line) if grid.turned else (line, place), [])


def _rank(layout: Layout, cell: Cell) -> int:
    """Code, round, title, then as printed: a title is told by its cell or, without labels, by its words."""
    field = cell.hit.field if cell.hit else ""
    if codes.read_title(_words(layout, list(cell.blocks))):
        return 0
    return {"code": 1, "round": 2, "title": 3}.get(field, 4)

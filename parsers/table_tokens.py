"""A table -> tokens: line by line where it has a column of labels, row by row where each row is a measure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from parsers import codes, labels
from parsers.charts import Chart
from parsers.grids import Cell, Grid, records
from parsers.label_parts import TIMELINE, names_step
from parsers.labels import Hit
from parsers.layouts import Layout
from parsers.line_tokens import line_tokens
from parsers.records import Block
from parsers.stars import is_footnote
from parsers.token import Token

_LEAST_LABELS = 2
_SUM = re.compile(r"(?:kopā|pavisam|kopsumma|summa|starpsumma|total)\b", re.IGNORECASE)
# A column of these may hold labels and values of its own.
_LOOSE = frozenset({None, "narrative", "other_info", "objective"})
# The number of a row says nothing of the measure.
ORDINAL = Hit("ordinal", None)
_ROUND = Hit("round", None)
_BREAK = Token("break", 0, 0, -1)


def table_line(layout: Layout, block: Block, index: int, table: Grid) -> list[Token]:
    """A line of a table with a column of labels: only that column holds labels, and all of it does."""
    words = layout.text[block.start : block.end]
    if table.chart is not None:
        return _chart_line(block, index, table.chart)
    if table.schedule:
        return [_schedule_line(words, block, index, table)]
    if block.column in table.parted and block.row != table.rows[0] and any(map(str.isdigit, words)):
        return []
    over_years = table.parted and block.row == table.rows[0] and block.column > table.labels
    if over_years or (block.column < table.labels and words.rstrip(".)").isdigit()):
        return [Token("label", block.start, block.end, index, hit=ORDINAL)]
    inside = table.labels < 0 or block.column <= table.labels
    if inside or _holds_labels(layout, table.cells.get((block.row, block.column), [index])):
        return line_tokens(layout.text, block, index, first_cell=block.column == table.labels)
    if codes.read_title(words) is not None:
        return line_tokens(layout.text, block, index, first_cell=False)
    if (block.column - table.labels) % 2 == 0 and (labels.match(words) or names_step(words)):
        # label | value | label | value
        return line_tokens(layout.text, block, index, first_cell=True)
    return [_value_line(layout.text, block, index)]


def _schedule_line(words: str, block: Block, index: int, table: Grid) -> Token:
    """A line of a table of steps: the words over a column, or part of what is said of a step."""
    if block.row in table.heads:
        return Token("label", block.start, block.end, index, hit=TIMELINE)
    if words.rstrip(".)").isdigit() and block.column == table.columns[0]:
        return Token("label", block.start, block.end, index, hit=ORDINAL)
    return Token("text", block.start, block.end, index, hit=TIMELINE)


def _chart_line(block: Block, index: int, drawn: Chart) -> list[Token]:
    """A line of a chart: a step with its periods; marks are no words, what stands over them is a label."""
    if index in drawn.steps:
        return [Token("text", block.start, block.end, index, hit=TIMELINE, told=drawn.steps[index])]
    if block.row in drawn.heads:
        return [Token("label", block.start, block.end, index, hit=ORDINAL)]
    return [] if block.column in drawn.times else [Token("text", block.start, block.end, index)]


def tables_tokens(layout: Layout, grid: Grid) -> Iterator[Token]:
    """Tables that stand side by side in one, as if one stood below the other."""
    if grid.rounds:
        yield Token("rounds", 0, 0, -1)
    for table in grid.parts:
        if table.records:
            yield from record_tokens(layout, table)
            continue
        for index in sorted(index for blocks in table.cells.values() for index in blocks):
            yield from table_line(layout, layout.blocks[index], index, table)
    yield from _astray(layout, grid)
    if grid.rounds:
        yield Token("common", 0, 0, -1)


def record_tokens(layout: Layout, grid: Grid) -> Iterator[Token]:
    """A table with a row a measure, as if each row were printed as labels and values."""
    above, blocks = _stacked_heads(layout, grid), layout.blocks
    if grid.rounds:
        yield Token("rounds", 0, 0, -1)
    for cells in records(layout, grid):
        alone = len(cells) == 1 and not cells[0].head
        of_line = [_as_round(layout, cell, grid) for cell in cells] if grid.rounds else cells
        tokens = [token for cell in of_line for token in _cell_tokens(layout, cell, alone=alone)]
        if tokens and tokens[0].kind == "footnote":
            yield _BREAK
        elif several := [cell for cell in of_line if _names_several(layout, cell)]:
            # One row of two measures: nobody can say which of them its values are of.
            yield _BREAK
            yield from (Token("astray", blocks[i].start, blocks[i].end, i) for i in several[0].blocks)
            tokens = [token for token in tokens if token.kind == "text"]
        elif _names_measure(layout, cells) and not any(token.kind in {"title", "round"} for token in tokens):
            # A row of sums, or one whose code is missing: no part of the measure above it.
            yield _BREAK
            tokens = [token for token in tokens if token.kind == "text"]
        yield from tokens
        if any(token.kind == "label" and token.hit is not ORDINAL for token in tokens):
            yield from _heads_of_titles(layout, cells)
            yield from above
            above = []
    yield from _astray(layout, grid)
    yield _BREAK if not grid.rounds else Token("common", 0, 0, -1)


def _astray(layout: Layout, grid: Grid) -> Iterator[Token]:
    """What is of one of the measures of a table, and nobody can say of which."""
    for index in grid.astray:
        block = layout.blocks[index]
        yield Token("astray", block.start, block.end, index)


def _names_several(layout: Layout, cell: Cell) -> bool:
    """``1.2.3.1. un 1.2.3.2. pasākums``, or a line for each of them in one cell of titles."""
    if cell.hit is not None and cell.hit.field not in {"title", "code"}:
        return False
    lines = [layout.text[layout.blocks[i].start : layout.blocks[i].end] for i in cell.blocks]
    if lines and codes.names_several(lines[0]):
        return True
    titles = [title for line in lines if (title := codes.read_title(line)) is not None and title.strict]
    return len({title.code for title in titles if title.code.count(".") == titles[0].code.count(".")}) > 1


def _as_round(layout: Layout, cell: Cell, grid: Grid) -> Cell:
    """A cell of the row that names the rounds says so, whatever stands beside it."""
    if not cell.blocks:
        return cell
    return cell._replace(hit=_ROUND) if layout.blocks[cell.blocks[0]].row == grid.rows[0] else cell


def _stacked_heads(layout: Layout, grid: Grid) -> list[Token]:
    """The labels that stand over other labels of a table, as ones that open no field of their own."""
    stacks: dict[int, list[tuple[int, list[int]]]] = {}
    for (row, column), indexes in grid.cells.items():
        line, place = (column, row) if grid.turned else (row, column)
        if line in grid.heads:
            stacks.setdefault(place, []).append((line, indexes))
    above = [i for stack in stacks.values() for _, indexes in sorted(stack)[:-1] for i in indexes]
    return [Token("label", layout.blocks[i].start, layout.blocks[i].end, i, hit=ORDINAL) for i in above]


def _heads_of_titles(layout: Layout, cells: Sequence[Cell]) -> Iterator[Token]:
    """The labels over codes and titles, which open no field but are words of the table all the same."""
    for cell in cells:
        if not cell.blocks:
            continue
        named = cell.hit is not None and cell.hit.field in {"title", "code", "round"}
        first = layout.blocks[cell.blocks[0]]
        if cell.head and (named or codes.read_title(layout.text[first.start : first.end])):
            start, end = layout.blocks[cell.head[0]].start, layout.blocks[cell.head[-1]].end
            yield Token("label", start, end, cell.head[0], hit=ORDINAL)


def _holds_labels(layout: Layout, indexes: Sequence[int]) -> bool:
    """A cell of several lines, two of them labels or more, or of one that holds as many: a layout within."""
    if len(indexes) < _LEAST_LABELS:
        block = layout.blocks[indexes[0]]
        if layout.text.count(":", block.start, block.end) < _LEAST_LABELS:
            return False
        tokens = line_tokens(layout.text, block, indexes[0], first_cell=False)
        return sum(token.kind == "label" for token in tokens) >= _LEAST_LABELS
    found = 0
    for index in indexes:
        block = layout.blocks[index]
        tokens = line_tokens(layout.text, block, index, first_cell=False)
        found += any(token.kind == "label" and token.start == block.start for token in tokens)
        if found >= _LEAST_LABELS:
            return True
    return False


def _names_measure(layout: Layout, cells: Sequence[Cell]) -> bool:
    """A row with something in its column of codes or titles, or that says it is a sum."""
    if any(cell.hit is not None and cell.hit.field in {"title", "code"} for cell in cells):
        return True
    first = layout.blocks[cells[0].blocks[0]] if cells and cells[0].blocks else None
    return first is not None and _SUM.match(layout.text, first.start, first.end) is not None


def _value_line(text: str, block: Block, index: int) -> Token:
    """A line of a cell of values: a footnote, or words."""
    kind = "footnote" if is_footnote(text[block.start : block.end]) else "text"
    return Token(kind, block.start, block.end, index)


def _title_line(text: str, block: Block, index: int) -> Token:
    """A further line of a cell that opens with a code: its round, or more of its title."""
    number = codes.read_round(text[block.start : block.end])
    if number:
        return Token("round", block.start, block.end, index, number=number[0])
    return Token("text", block.start, block.end, index)


def _cell_tokens(layout: Layout, cell: Cell, *, alone: bool) -> Iterator[Token]:
    blocks, text = layout.blocks, layout.text
    if not cell.blocks:
        yield from _labelled(layout, cell)
        return
    at = cell.blocks[0]
    first, last = blocks[at], blocks[cell.blocks[-1]]
    field = cell.hit.field if cell.hit else None
    title = codes.read_title(text[first.start : first.end])
    if cell.ordinal:
        yield from (Token("label", blocks[i].start, blocks[i].end, i, hit=ORDINAL) for i in (*cell.head, at))
    elif title and field in {None, "title", "code", "specific_objective"}:
        yield Token("title", first.start, first.end, at, title=title)
        yield from (_title_line(text, blocks[i], i) for i in cell.blocks[1:])
    elif alone:
        note = _value_line(text, first, at)
        yield note if note.kind == "footnote" else Token("heading", first.start, last.end, at)
    elif field in _LOOSE and _holds_labels(layout, cell.blocks):
        for i in cell.blocks:
            yield from line_tokens(text, blocks[i], i, first_cell=False)
    elif field == "round" and (number := _round_of(text[first.start : last.end])):
        yield Token("round", first.start, last.end, at, number=number)
    else:
        yield from _labelled(layout, cell)


def _round_of(words: str) -> int:
    """The number in a cell below ``Kārta``, 0 for none."""
    number = codes.read_round(words) or codes.read_round(f"{words.rstrip(' .')}. kārta")
    together = codes.rounds_together(words)
    return number[0] if number else together[0] if together else 0


def _labelled(layout: Layout, cell: Cell) -> Iterator[Token]:
    """The label over a cell and the cell's lines; a title needs none."""
    blocks, text = layout.blocks, layout.text
    is_title = cell.hit is not None and cell.hit.field == "title"
    if cell.head and not is_title:
        start, end = blocks[cell.head[0]].start, blocks[cell.head[-1]].end
        yield Token("label" if cell.hit else "unknown", start, end, cell.head[0], hit=cell.hit)
    line_of = _title_line if is_title else _value_line
    yield from (line_of(text, blocks[i], i) for i in cell.blocks)

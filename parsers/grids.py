"""Tables as a reader sees them: label beside value, a row a measure, or a column a measure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from parsers import amounts, codes, labels
from parsers.bands import side_by_side
from parsers.charts import Chart, chart_of, stretches
from parsers.labels import Hit, fold
from parsers.layouts import Layout, Reach
from parsers.prose import holds_amount
from parsers.steps import is_period, tells_state

Place = tuple[int, int]
_STEP = Hit("timeline", None)
_LEAST_LABELS = 2
_LEAST_RECORDS = 2
# So many labels of one field alone are values (``ERAF``, ``ESF+`` …), not a column of labels.
_MANY = 3
_SUMS = frozenset({"kopa", "pavisam", "kopsumma", "kopa eiro"})
_MOST_HEADS = 4
# Columns among which the one of codes stands.
_MOST_BEFORE_CODES = 3
_WHEN = ("kad", "ceturks", "gads", "menesis", "datums", "provizoriski")
# The number of a step, the step, its period, a remark.
_MOST_OF_STEPS = 4
# Over a column that numbers the rows: ``Nr.``, ``N. p. k.``, ``Nr.p.k.``, ``#``.
_ORDINAL = re.compile(r"n(?:r|o|umurs|)\.?\s?(?:p\.\s?k\.?)?|kārtas\s(?:nr\.?|numurs)|№|#", re.IGNORECASE)
_LONGEST_ORDINAL = 3
# Below any other label ``1.2.3.4. pasākuma nosacījumi …`` is its value.
_OPENING = frozenset({"", "title", "code", "specific_objective"})
_YEAR = re.compile(r"(?:19|20)\d\d\.?(?: ?g(?:ads|ada|adā|\.)?)?")


class Grid(NamedTuple):
    """A table. ``cells``: (row, column) -> indexes of its Blocks; ``rows`` and ``columns`` in order.

    ``labels``: the column that holds labels, the next one their values; -1 where there is none.
    ``records``: each row is a measure (each column where ``turned``); then ``heads`` are the rows (columns)
    at the top that hold the labels, the lowest last.
    ``schedule``: each row is a step and its period; then ``heads`` is the row above them, where there is one.
    ``chart``: steps down the side and periods across the top.
    ``rounds``: each column is a round of the measure that is open; then the table is ``turned``, or each of
    its ``parts`` is one.
    ``parted``: columns that hold what each year has of a sum.
    ``parts``: tables of one measure each that stand side by side in this one; ``astray``: Blocks of it of
    which nobody can say whose they are, ``unknown``: places in whose stead they stand.
    ``shared``: places that a cell of an earlier row reaches over.
    """

    number: int
    cells: dict[Place, list[int]]
    rows: tuple[int, ...]
    columns: tuple[int, ...]
    labels: int
    records: bool
    turned: bool
    heads: tuple[int, ...]
    schedule: bool = False
    chart: Chart | None = None
    rounds: bool = False
    parted: frozenset[int] = frozenset()
    parts: tuple[Grid, ...] = ()
    shared: frozenset[Place] = frozenset()
    astray: tuple[int, ...] = ()
    unknown: frozenset[Place] = frozenset()


class Cell(NamedTuple):
    """A cell of a record: the Blocks of its label (empty where it has none), what it opens, its Blocks.

    ``ordinal``: it numbers the row, and its label says so.
    """

    head: tuple[int, ...]
    hit: Hit | None
    blocks: tuple[int, ...]
    ordinal: bool = False


def grids(layout: Layout) -> dict[int, Grid]:
    """The tables of a page by their number."""
    gathered: dict[int, dict[Place, list[int]]] = {}
    for index, block in enumerate(layout.blocks):
        if block.table >= 0:
            gathered.setdefault(block.table, {}).setdefault((block.row, block.column), []).append(index)
    reaching: dict[int, list[Reach]] = {}
    for reach in layout.reaching:
        reaching.setdefault(reach.table, []).append(reach)
    found: dict[int, Grid] = {}
    for number, cells in gathered.items():
        reaches = reaching.get(number, [])
        found[number] = _spread(layout, _grid(layout, number, cells, reaches), reaches)
    return found


def _spread(layout: Layout, grid: Grid, reaching: list[Reach]) -> Grid:
    """A cell that reaches over several measures says the same of each; a row that heads others is none."""
    if not grid.records or not reaching:
        return grid
    cells = dict(grid.cells)
    heading = _heading_rows(layout, grid)
    astray: list[int] = []
    unknown: list[Place] = []
    naming = _naming_rows(layout, grid)
    for reach in reaching:
        blocks = grid.cells.get((reach.row, reach.column))
        if blocks is not None and _is_sum_of_several(layout, grid, reach, blocks, naming):
            del cells[reach.row, reach.column]
            astray += blocks
            unknown += [
                (row, column)
                for row in range(reach.row, reach.row + reach.rows)
                for column in range(reach.column, reach.column + reach.columns)
            ]
            continue
        if blocks is not None and reach.row not in grid.heads:
            for row in range(reach.row + 1, reach.row + reach.rows):
                if row in grid.rows and row not in heading:
                    cells.setdefault((row, reach.column), blocks)
        if blocks is not None and grid.turned and reach.column not in grid.heads:
            for column in range(reach.column + 1, reach.column + reach.columns):
                if column in grid.columns:
                    cells.setdefault((reach.row, column), blocks)
    shared = frozenset() if grid.turned else frozenset(cells.keys() - grid.cells.keys())
    return grid._replace(
        cells=cells, shared=shared, astray=(*grid.astray, *astray), unknown=frozenset(unknown)
    )


def _naming_rows(layout: Layout, grid: Grid) -> frozenset[int]:
    """The rows (columns, where the table is turned) that name a measure or a round of their own."""
    named: set[int] = set()
    for (row, column), blocks in grid.cells.items():
        line = column if grid.turned else row
        words = _words(layout, blocks) if line not in named else ""
        if words and (codes.read_title(words) is not None or codes.read_round(words) is not None):
            named.add(line)
    return frozenset(named)


def _is_sum_of_several(
    layout: Layout, grid: Grid, reach: Reach, blocks: list[int], naming: frozenset[int]
) -> bool:
    """One sum of money over several measures or rounds: that of each, or of all together."""
    if grid.turned:
        label = grid.cells.get((reach.row, grid.heads[-1]), [])
        lines = range(reach.column, reach.column + reach.columns)
    else:
        label = grid.cells.get((grid.heads[-1], reach.column), [])
        lines = range(reach.row, reach.row + reach.rows)
    if reach.row in grid.heads or sum(line in naming for line in lines) < _LEAST_RECORDS:
        return False
    return _is_money(layout, label, blocks)


def _is_money(layout: Layout, label: list[int], blocks: list[int]) -> bool:
    """An amount in a column or row of money."""
    words = _words(layout, blocks)
    hit = _label(layout, label)
    if hit is not None:
        return hit.field == "funding" and any(map(str.isdigit, words))
    return holds_amount(words)


def _heading_rows(layout: Layout, grid: Grid) -> set[int]:
    """The rows of one cell that opens no measure: ``2. prioritāte``."""
    if grid.turned:
        return set()
    filled = Counter(row for row, _ in grid.cells)
    first = grid.columns[0]
    return {
        row
        for row, count in filled.items()
        if count == 1 and (row, first) in grid.cells and not _opens(layout, [grid.cells[row, first]])
    }


def _grid(layout: Layout, number: int, cells: dict[Place, list[int]], reaching: list[Reach]) -> Grid:
    rows = tuple(sorted({row for row, _ in cells}))
    columns = tuple(sorted({column for _, column in cells}))
    blank = Grid(number, cells, rows, columns, -1, False, False, ())
    if len(columns) < 2:
        return blank
    tables, astray, rounds = side_by_side(layout, cells, rows, columns, reaching)
    if tables:
        parts = tuple(_grid(layout, number, table, reaching) for table in tables)
        return blank._replace(parts=parts, astray=tuple(astray), rounds=rounds)
    return _whole(layout, blank)


def _whole(layout: Layout, blank: Grid) -> Grid:
    """What a table of two columns and more is, of which no part is a table by itself."""
    cells, rows, columns = blank.cells, blank.rows, blank.columns
    if (drawn := stretches(layout, cells, rows, columns)) is not None:
        return blank._replace(chart=drawn)
    if (head := _schedule_head(layout, cells, rows, columns)) is not None:
        return blank._replace(schedule=True, heads=head)
    drawn = chart_of(layout, cells, rows, columns)
    if drawn is not None:
        return blank._replace(chart=drawn)
    if _names_measures(layout, cells, rows, columns):
        heads = _head_rows(layout, cells, rows, columns)
        if heads:
            return blank._replace(records=True, heads=heads)
    column = _label_column(layout, cells, rows, columns)
    if column >= 0:
        return _with_labels(layout, blank, column)
    heads = _head_rows(layout, cells, rows, columns)
    if heads:
        return blank._replace(records=True, heads=heads)
    known = [row for row in rows if _label(layout, cells.get((row, columns[0]), []))]
    return blank._replace(labels=columns[0] if len(known) >= _LEAST_LABELS else -1)


def _with_labels(layout: Layout, blank: Grid, column: int) -> Grid:
    """A table with a column of labels: of the measure that is open, of each of its rounds, or of several."""
    if column == blank.columns[0] and len(blank.columns) > 2:
        titles = [blank.cells.get((blank.rows[0], place), []) for place in blank.columns[1:]]
        rounds = _are_rounds(layout, titles)
        if rounds or _opens(layout, titles) >= _LEAST_RECORDS:
            return blank._replace(records=True, turned=True, heads=(column,), rounds=rounds)
        return blank._replace(labels=column, parted=_years_over(layout, titles, blank.columns[1:]))
    return blank._replace(labels=column)


def _years_over(layout: Layout, heads: list[list[int]], columns: tuple[int, ...]) -> frozenset[int]:
    """The columns over which a year stands, of two and more: what a year has of a sum is no sum."""
    years = {
        place for place, head in zip(columns, heads, strict=True) if _YEAR.fullmatch(_words(layout, head))
    }
    return frozenset(years) if len(years) >= _LEAST_RECORDS else frozenset()


def _names_measures(
    layout: Layout, cells: dict[Place, list[int]], rows: tuple[int, ...], columns: tuple[int, ...]
) -> bool:
    """A column holds a measure's code in most of its rows."""
    for column in columns[:_MOST_BEFORE_CODES]:
        coded = sum(1 for row in rows[1:] if codes.read_title(_words(layout, cells.get((row, column), []))))
        if coded >= _LEAST_RECORDS and coded * 2 >= len(rows) - 1:
            return True
    return False


def _schedule_head(
    layout: Layout, cells: dict[Place, list[int]], rows: tuple[int, ...], columns: tuple[int, ...]
) -> tuple[int, ...] | None:
    """Of a table of steps and their periods the row above them, () where it has none; None for another table.

    One column holds periods and nothing else, another names the steps.
    """
    if len(columns) > _MOST_OF_STEPS or len(rows) < _LEAST_LABELS:
        return None
    for column in columns:
        if not is_period(_words(layout, cells.get((rows[-1], column), []))):
            continue
        sure = [row for row in rows if is_period(_words(layout, cells.get((row, column), [])))]
        told = [row for row in rows if row in sure or _tells_state(layout, cells, row, column, columns)]
        if len(told) < len(rows) - 1 or len(sure) * 2 < len(told):
            continue
        head = rows[:1] if told[0] != rows[0] else ()
        if head and not _heads_periods(_words(layout, cells.get((rows[0], column), []))):
            continue
        beside = [[cells.get((row, other), []) for other in columns if other != column] for row in told]
        named = [any(_names_milestone(layout, indexes) for indexes in row) for row in beside]
        if head == rows[: len(rows) - len(told)] and sum(named) * 2 >= len(told):
            return None if any(_opens(layout, row) for row in beside) else head
    return None


def _tells_state(
    layout: Layout, cells: dict[Place, list[int]], row: int, column: int, columns: tuple[int, ...]
) -> bool:
    """A row whose step is named and whose period is told in more words or not known yet: ``2025. gada II cet.
    (apstiprināti 12.05.2025.)``, ``vēl nav zināms``."""
    words = _words(layout, cells.get((row, column), []))
    if _heads_periods(words) or not tells_state(words):
        return False
    return any(_names_milestone(layout, cells.get((row, other), [])) for other in columns if other != column)


def _heads_periods(words: str) -> bool:
    """The words over a column of periods: ``Laiks``, ``Termiņš``, ``Kad``."""
    hit = labels.match(words, 1)
    return hit.field == "timeline" if hit is not None else fold(words).startswith(_WHEN)


def _names_milestone(layout: Layout, indexes: list[int]) -> bool:
    words = _words(layout, indexes)
    return 0 < len(words) <= labels.LONGEST_LABEL and labels.milestone_kind(words) is not None


def _label_column(
    layout: Layout, cells: dict[Place, list[int]], rows: tuple[int, ...], columns: tuple[int, ...]
) -> int:
    """The first column but the last of which half and more are labels, of one line each; -1 for none."""
    for column in columns[:-1]:
        filled = [cells[row, column] for row in rows if len(cells.get((row, column), ())) == 1]
        hits = [
            hit for indexes in filled if (hit := _label(layout, indexes)) and not _is_rounds(layout, indexes)
        ]
        known = len(hits) if len(hits) < _MANY or len({hit.field for hit in hits}) > 1 else 0
        alone = len(rows) == 1 or (column == columns[0] and _heads_columns(layout, cells, rows, columns))
        if (known >= _LEAST_LABELS or (known == 1 and alone)) and known * 2 >= len(rows):
            return column
    return -1


def _heads_columns(
    layout: Layout, cells: dict[Place, list[int]], rows: tuple[int, ...], columns: tuple[int, ...]
) -> bool:
    """The first row names a measure, or a round, over each column but the first."""
    titles = [cells.get((rows[0], column), []) for column in columns[1:]]
    if len(titles) < _LEAST_RECORDS:
        return False
    return _opens(layout, titles) == len(titles) or _are_rounds(layout, titles)


def _is_rounds(layout: Layout, indexes: list[int]) -> bool:
    """``1. kārta``, ``2. un 3. kārta``: a round and no label, whatever label it could be."""
    words = _words(layout, indexes)
    return codes.read_round(words) is not None or bool(codes.rounds_together(words))


def _head_rows(
    layout: Layout, cells: dict[Place, list[int]], rows: tuple[int, ...], columns: tuple[int, ...]
) -> tuple[int, ...]:
    """The rows of labels above the measures: the first with two or more, and those that go on below it."""
    heads: list[int] = []
    for row in rows[:_MOST_HEADS]:
        indexes = [cells.get((row, column), []) for column in columns]
        if _opens(layout, indexes):
            break
        hits = [hit for each in indexes if (hit := _label(layout, each))]
        if (len(hits) >= 2 and (heads or len({hit.field for hit in hits}) >= 2)) or (
            heads and _goes_on_below(layout, cells, heads[-1], row, columns)
        ):
            heads.append(row)
        elif heads:
            break
    return tuple(heads) if heads and heads[-1] != rows[-1] else ()


def _goes_on_below(
    layout: Layout, cells: dict[Place, list[int]], above: int, row: int, columns: tuple[int, ...]
) -> bool:
    """A row of two and more cells, each with the label that reaches over it a label: ``Finansējums`` over
    ``ES fondi`` and ``Nacionālais``."""
    filled = [column for column in columns if (row, column) in cells]
    for column in filled:
        over = max((each for each in columns if each <= column and (above, each) in cells), default=None)
        own = _words(layout, cells[row, column])
        words = _words(layout, cells[above, over]) if over is not None else ""
        if not words or any(map(str.isdigit, own)) or labels.match(f"{own} {words}") is None:
            return False
    return len(filled) >= _LEAST_LABELS


def _words(layout: Layout, indexes: list[int]) -> str:
    if not indexes:
        return ""
    return layout.text[layout.blocks[indexes[0]].start : layout.blocks[indexes[-1]].end].replace("\n", " ")


def _label(layout: Layout, indexes: list[int]) -> Hit | None:
    words = _words(layout, indexes)
    if not words:
        return None
    hit = labels.match(words, 1)
    return _STEP if hit is None and len(words) <= labels.LONGEST_LABEL and _names_step(words) else hit


def _names_step(words: str) -> bool:
    """Words that name one step; what names a stretch (``Atklāta atlase``) may as well be a value."""
    if any(character.isdigit() for character in words):
        return False
    kind = labels.milestone_kind(words)
    return kind is not None and kind != "other" and not kind.endswith("_window")


def _opens(layout: Layout, columns: list[list[int]]) -> int:
    return sum(1 for indexes in columns if indexes and codes.read_title(_words(layout, indexes)))


def _are_rounds(layout: Layout, heads: list[list[int]]) -> bool:
    """Over every column but that of the labels stands a round of its own: ``1. kārta | 2. kārta``."""
    told = [codes.read_round(_words(layout, indexes)) for indexes in heads]
    return None not in told and len({found[0] for found in told if found}) == len(told) >= _LEAST_RECORDS


def records(layout: Layout, grid: Grid) -> Iterator[tuple[Cell, ...]]:
    """The cells of each measure of a table, its code first, then its round and title, then the rest.

    A row of one cell alone stands by itself: a tuple of one Cell without a label.
    """
    lines, across = (grid.columns, grid.rows) if grid.turned else (grid.rows, grid.columns)
    heads = {place: _head(grid, place) for place in across}
    hits = {place: _with_unit(layout, grid, place, _label(layout, list(heads[place]))) for place in across}
    _share_unit(layout, heads, hits)
    numbers = {place for place in across if _ORDINAL.fullmatch(_words(layout, list(heads[place])))}
    for line in lines:
        if line in grid.heads:
            continue
        if not grid.turned and line < grid.heads[0]:
            yield tuple(
                Cell((), None, tuple(_at(grid, line, place))) for place in across if _at(grid, line, place)
            )[:1]
            continue
        goes_on = _goes_on_with_measure(layout, grid, line, hits)
        cells = [
            Cell(heads[place], hits[place], tuple(blocks), place in numbers and _is_number(layout, blocks))
            for place in across
            if (blocks := _at(grid, line, place)) and not (goes_on and (line, place) in grid.shared)
        ]
        # A label without a value, so that the measure is one all the same.
        cells += [
            Cell(heads[place], hits[place], ())
            for place in across
            if heads[place] and ((place, line) if grid.turned else (line, place)) in grid.unknown
        ]
        if len(cells) == 1 and len(across) > 1 and not grid.turned and not goes_on:
            cells = [Cell((), None, cells[0].blocks)]
        yield tuple(sorted(cells, key=lambda cell: _rank(layout, cell)))


def _goes_on_with_measure(layout: Layout, grid: Grid, line: int, hits: dict[int, Hit | None]) -> bool:
    """A row over which the title of the measure above reaches, and which names no round of its own."""
    shared = [place for place in grid.columns if (line, place) in grid.shared]
    if not any(codes.read_title(_words(layout, grid.cells[line, place])) for place in shared):
        return False
    own = [place for place in grid.columns if (line, place) in grid.cells and place not in shared]
    named = [hits[place] for place in own]
    rounds = any(codes.read_round(_words(layout, grid.cells[line, place])) for place in own)
    return not rounds and not any(hit is not None and hit.field == "round" for hit in named)


def _share_unit(layout: Layout, heads: dict[int, tuple[int, ...]], hits: dict[int, Hit | None]) -> None:
    """``Finansējums, milj. EUR | t.sk. ERAF``: a part is given in the unit of the sum to its left."""
    unit: Decimal | None = None
    for place, hit in hits.items():
        if hit is None or hit.field != "funding":
            continue
        own = amounts.unit_of_label(_words(layout, list(heads[place]))) or hit.unit
        if own is None and unit is not None and hit.fund is not None:
            hits[place] = hit._replace(unit=unit)
        unit = own or unit


def _is_number(layout: Layout, indexes: list[int]) -> bool:
    """A number of one to three digits and nothing else."""
    words = _words(layout, indexes).rstrip(".) ")
    return words.isdecimal() and len(words) <= _LONGEST_ORDINAL


def _head(grid: Grid, place: int) -> tuple[int, ...]:
    """The label over a column: the lowest of those that stand there."""
    for line in reversed(grid.heads):
        if indexes := _at(grid, line, place):
            return tuple(indexes)
    return ()


def _with_unit(layout: Layout, grid: Grid, place: int, hit: Hit | None) -> Hit | None:
    """A label of money with the unit and the fund that a label stacked over it names."""
    if hit is None and fold(_words(layout, list(_head(grid, place)))).strip(" :") in _SUMS:
        hit = Hit("funding", "total") if len(grid.heads) > 1 else None
    if len(grid.heads) > 1 and (hit is None or hit == _STEP):
        hit = _stacked(layout, grid, place) or hit
    if hit is None or hit.field not in {"funding", "flexibility"}:
        return hit
    for line in grid.heads[:-1]:
        words = _reaching_over(layout, grid, line, place)
        above = labels.match(words, 1) if words else None
        if above is not None and above.field == "funding":
            hit = hit._replace(unit=amounts.unit_of_label(words) or hit.unit, fund=hit.fund or above.fund)
    return hit


def _reaching_over(layout: Layout, grid: Grid, line: int, place: int) -> str:
    """The words of a row of labels that stand over a column, or reach over it from the left."""
    places = grid.rows if grid.turned else grid.columns
    reaching = [at for at in places if at <= place and _at(grid, line, at)]
    return _words(layout, _at(grid, line, reaching[-1])) if reaching else ""


def _stacked(layout: Layout, grid: Grid, place: int) -> Hit | None:
    """What ``Veids`` or ``Sākums`` opens below ``Atlase``."""
    own = _words(layout, list(_head(grid, place)))
    above = _reaching_over(layout, grid, grid.heads[-2], place)
    if not own or not above or own == above:
        return None
    words = f"{above} {own[:1].lower()}{own[1:]}"
    if not labels.known(own.split()[0]):
        return None
    kind = labels.milestone_kind(words) if _names_step(words) else None
    return _STEP._replace(kind=kind) if kind else labels.match(words)


def _at(grid: Grid, line: int, place: int) -> list[int]:
    return grid.cells.get((place, line) if grid.turned else (line, place), [])


def _rank(layout: Layout, cell: Cell) -> int:
    """Code, round, title, then as printed: a title is told by its cell or, without labels, by its words."""
    field = cell.hit.field if cell.hit and not cell.ordinal else ""
    if field in _OPENING and codes.read_title(_words(layout, list(cell.blocks))):
        return 0
    return {"code": 1, "round": 2, "title": 3}.get(field, 4)

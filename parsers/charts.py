"""A schedule drawn as a chart: steps down the side, years or quarters across the top, marks between them.

Quarters alone are of the year that stands once for all of them: in the corner, or in the line above the
table.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from parsers import labels, periods
from parsers.layouts import Layout
from parsers.memos import memo
from parsers.records import Period, Span
from parsers.token import Told

_Place = tuple[int, int]
_Cells = dict[_Place, list[int]]

_YEAR = re.compile(r"((?:19|20)\d\d)\.?(?:\s?g(?:ad[sa]|\.)?)?")
_MARK = re.compile(r"[xX\u0445\u0425+*✓✔✗●•■▪◆★]{1,3}")
_NONE = re.compile(r"[–—-]{1,3}|n/a", re.IGNORECASE)
_BARE_QUARTER = re.compile(r"(?:[1-4]|I{1,3}|IV)\.?")
_BEGINS = re.compile(r"(?:sāk\w+|uzsāk\w+|no)(?: (?:datums|laiks|termiņš))?:?", re.IGNORECASE)
_ENDS = re.compile(r"(?:beig\w+|noslēg\w+|pabeig\w+|līdz)(?: (?:datums|laiks|termiņš))?:?", re.IGNORECASE)
_STRETCHES = ("selection_window", "implementation_window")
_LONGEST_CELL = 40
_LEAST_TIMES = 2
_MOST_QUARTERS, _MOST_MONTHS = 4, 12
_DIGITS = 2
# The number of a step, the step, its period, a remark.
_MOST_OF_STEPS = 4


class Chart(NamedTuple):
    """``heads``: the rows of years and quarters at the top; ``times``: their columns.

    ``steps``: the Block of each step -> its periods. ``year``: the Block above the table that says of which
    year its quarters are; -1 where there is none.
    """

    heads: tuple[int, ...]
    steps: dict[int, tuple[Told, ...]]
    times: frozenset[int]
    year: int = -1


class _Head(NamedTuple):
    """What stands over a column: the words of its period, its year alone, and where both stand."""

    words: str
    year: str
    spans: tuple[Span, ...]


class _Mark(NamedTuple):
    """A cell of a step: its column among those of time, its period, and whether it only marks it."""

    order: int
    period: Period
    spans: tuple[Span, ...]
    alone: bool


def chart_of(layout: Layout, cells: _Cells, rows: Sequence[int], columns: Sequence[int]) -> Chart | None:
    """The chart that a table is, or its steps with a year over their periods; None for any other table."""
    return chart(layout, cells, rows, columns) or steps_of_year(layout, cells, rows, columns)


def chart(layout: Layout, cells: _Cells, rows: Sequence[int], columns: Sequence[int]) -> Chart | None:
    """The chart that a table is; None for any other table."""
    if len(columns) <= _LEAST_TIMES or len(rows) < _LEAST_TIMES:
        return None
    heads, size = _heads(layout, cells, rows, columns)
    if len(heads) < _LEAST_TIMES or size == len(rows):
        return None
    steps: dict[int, tuple[Told, ...]] = {}
    for row in rows[size:]:
        marks = _marks(layout, cells, row, heads)
        if marks is None:
            return None
        beside = [cells.get((row, column), []) for column in columns if column not in heads]
        step = next((indexes for indexes in beside if _is_step(layout, indexes)), None)
        if step is not None:
            steps[step[0]] = tuple(_joined(marks))
    named = [index for index in steps if labels.milestone_kind(_words(layout, [index])) is not None]
    if not any(steps.values()) or len(named) * 2 < len(steps):
        return None
    over = year_over(layout, cells, rows, columns)
    above = over.block if over is not None and layout.blocks[over.block].table < 0 else -1
    return Chart(tuple(rows[:size]), steps, frozenset(heads), above)


def _words(layout: Layout, indexes: Sequence[int] | None) -> str:
    return layout.text[layout.blocks[indexes[0]].start : layout.blocks[indexes[-1]].end] if indexes else ""


def _span(layout: Layout, indexes: Sequence[int]) -> Span:
    return Span(layout.blocks[indexes[0]].start, layout.blocks[indexes[-1]].end)


def _is_step(layout: Layout, indexes: Sequence[int] | None) -> bool:
    """Words, not the number of a row."""
    return any(map(str.isalpha, _words(layout, indexes)))


def _heads(
    layout: Layout, cells: _Cells, rows: Sequence[int], columns: Sequence[int]
) -> tuple[dict[int, _Head], int]:
    """What stands over the columns of time, and how many rows it fills: years, quarters below them."""
    years: dict[int, _Head] = {}
    of_all = year_over(layout, cells, rows, columns)
    part_of = _month if _are_months(layout, cells, rows[0], columns) else _part
    for column in columns[1:]:
        words = _words(layout, cells.get((rows[0], column)))
        year = _YEAR.fullmatch(words)
        if of_all is not None and (part := part_of(of_all.year, words)):
            span = _span(layout, cells[rows[0], column])
            years[column] = _Head(part, "", (_span(layout, [of_all.block]), span))
            continue
        if year is not None:
            years[column] = _Head(f"{year[1]}. gads", year[1], (_span(layout, cells[rows[0], column]),))
        elif _whole(words) is not None:
            years[column] = _Head(words, "", (_span(layout, cells[rows[0], column]),))
    parts: dict[int, _Head] = {}
    above: _Head | None = None
    part_of = _month if _are_months(layout, cells, rows[1], columns) else _part
    for column in columns[1:]:
        above = years.get(column, above)
        below = cells.get((rows[1], column))
        words = _words(layout, below)
        if above is not None and above.year and below and (part := part_of(above.year, words)):
            parts[column] = _Head(part, "", (*above.spans, _span(layout, below)))
    if len(parts) >= max(_LEAST_TIMES, len(years)) and len(rows) > _LEAST_TIMES:
        return parts, 2
    return years, 1


def _month(year: str, words: str) -> str:
    """A month of a year by its number; empty where the words are none."""
    told = words.rstrip(". ")
    is_number = told.isdecimal() and len(told) <= _DIGITS
    return f"{int(told):02d}.{year}." if is_number and 0 < int(told) <= _MOST_MONTHS else ""


def _are_months(layout: Layout, cells: _Cells, row: int, columns: Sequence[int]) -> bool:
    """``1 | 2 | … | 12``: numbers of months, the first four of which are no quarters."""
    numbers = (_words(layout, cells.get((row, column))).rstrip(". ") for column in columns[1:])
    return any(
        words.isdecimal() and int(words) > _MOST_QUARTERS for words in numbers if len(words) <= _DIGITS
    )


class YearOver(NamedTuple):
    """A year that stands once for a table, and the Block that says so."""

    year: str
    block: int


def year_over(layout: Layout, cells: _Cells, rows: Sequence[int], columns: Sequence[int]) -> YearOver | None:
    """The year in the first cell of a table, or in a line of its own right above it."""
    corner = cells.get((rows[0], columns[0]))
    first = min(index for indexes in cells.values() for index in indexes)
    for index in (corner[0] if corner else -1, first - 1):
        if index < 0 or (index < first and layout.blocks[index].table >= 0):
            continue
        year = _YEAR.fullmatch(layout.text, layout.blocks[index].start, layout.blocks[index].end)
        if year is not None:
            return YearOver(year[1], index)
    return None


def steps_of_year(layout: Layout, cells: _Cells, rows: Sequence[int], columns: Sequence[int]) -> Chart | None:
    """A table of steps and of quarters, months or days that name no year, which stands once over their column
    or right above the table; None for any other table."""
    if len(columns) > _MOST_OF_STEPS or len(rows) < _LEAST_TIMES:
        return None
    for column in columns:
        over = year_over(layout, cells, rows, (column,))
        if over is None:
            continue
        within = layout.blocks[over.block].table >= 0
        steps: dict[int, tuple[Told, ...]] = {}
        told = rows[1:] if within else rows
        for row in told:
            when = cells.get((row, column), [])
            words = _words(layout, when)
            # ``1.`` numbers the row.
            period = None if _BARE_QUARTER.fullmatch(words) else _whole(_part(over.year, words))
            step = next(
                (cell for other in columns if (cell := _names_step(layout, cells, row, other, column))), []
            )
            if period is not None and step:
                span = _span(layout, when)
                places = (span, _span(layout, [over.block]))
                steps[step[0]] = (Told(period._replace(start=span.start, end=span.end), places),)
        if len(steps) == len(told) >= _LEAST_TIMES:
            year = -1 if within else over.block
            return Chart(tuple(rows[:1]) if within else (), steps, frozenset({column}), year)
    return None


def stretches(layout: Layout, cells: _Cells, rows: Sequence[int], columns: Sequence[int]) -> Chart | None:
    """A table of steps that says of each when it begins and when it ends; None for any other table."""
    if not _LEAST_TIMES < len(columns) <= _MOST_OF_STEPS or len(rows) < _LEAST_TIMES:
        return None
    heads = {column: _words(layout, cells.get((rows[0], column))) for column in columns}
    begins = [column for column in columns if _BEGINS.fullmatch(heads[column])]
    ends = [column for column in columns if _ENDS.fullmatch(heads[column])]
    if len(begins) != 1 or len(ends) != 1:
        return None
    times = (begins[0], ends[0])
    steps: dict[int, tuple[Told, ...]] = {}
    for row in rows[1:]:
        named = (_names_step(layout, cells, row, column, -1) for column in columns if column not in times)
        step = next((cell for cell in named if cell), [])
        told = [_told_at(layout, cells.get((row, column), []), end) for end, column in enumerate(times)]
        filled = [one for one in told if one is not None]
        if (
            not step
            or not filled
            or any((row, column) in cells and one is None for column, one in zip(times, told, strict=True))
        ):
            return None
        is_stretch = labels.milestone_kind(_words(layout, step)) in _STRETCHES
        steps[step[0]] = tuple(filled) if is_stretch else tuple(_as_range(filled))
    return Chart(tuple(rows[:1]), steps, frozenset(times))


def _told_at(layout: Layout, cell: Sequence[int], end: int) -> Told | None:
    period = _whole(_words(layout, cell))
    if period is None:
        return None
    span = _span(layout, cell)
    return Told(period._replace(start=span.start, end=span.end), (span,), end)


def _as_range(told: Sequence[Told]) -> list[Told]:
    """From the one period to the other, where both are of one kind."""
    first, last = told[0], told[-1]
    if len(told) < _LEAST_TIMES or first.period.precision != last.period.precision:
        return [one._replace(end=None) for one in told]
    name = f"{first.period.period}/{last.period.period}"
    period = first.period._replace(period=name, end_date=last.period.end_date, end=last.period.end)
    return [Told(period, (*first.places, *last.places))]


def _names_step(layout: Layout, cells: _Cells, row: int, column: int, periods_in: int) -> list[int]:
    """The cell, where it is not in the column of periods and names a step."""
    cell = cells.get((row, column), [])
    words = _words(layout, cell)
    short = column != periods_in and 0 < len(words) <= labels.LONGEST_LABEL
    return cell if short and labels.milestone_kind(words) is not None else []


def _marks(layout: Layout, cells: _Cells, row: int, heads: dict[int, _Head]) -> list[_Mark] | None:
    """The marked cells of a row; None where one holds something that is neither a mark nor a period."""
    marks: list[_Mark] = []
    for order, (column, head) in enumerate(sorted(heads.items())):
        indexes = cells.get((row, column))
        words = _words(layout, indexes)
        if not indexes or _NONE.fullmatch(words):
            continue
        span = _span(layout, indexes)
        alone = _MARK.fullmatch(words) is not None
        own = None if alone else _whole(words)
        told = head.words if alone else words if own else head.year and _part(head.year, words)
        period = _whole(told) if told else None
        if period is None:
            return None
        places = (span,) if own else (span, *head.spans)
        marks.append(_Mark(order, period._replace(start=span.start, end=span.end), places, alone))
    return marks


def _joined(marks: Sequence[_Mark]) -> list[Told]:
    """A step's periods; marks side by side are one stretch."""
    told: list[Told] = []
    for number, mark in enumerate(marks):
        before = marks[number - 1] if number else None
        beside = before is not None and before.alone and mark.alone and before.order + 1 == mark.order
        if beside and told[-1].period.precision == mark.period.precision:
            told[-1] = _stretched(told[-1], mark)
        else:
            told.append(Told(mark.period, mark.spans))
    return told


def _stretched(told: Told, mark: _Mark) -> Told:
    """A period that reaches to the next mark."""
    first, last = told.period, mark.period
    name = f"{first.period.partition('/')[0]}/{last.period}"
    period = first._replace(period=name, end_date=last.end_date, end=last.end)
    return Told(period, (*told.places, *mark.spans))


def _part(year: str, words: str) -> str:
    """A quarter, half or day of a year, with its year; empty where the words are none."""
    if not words or len(words) > _LONGEST_CELL:
        return ""
    bare = words.rstrip(" .")
    quarter = " cet." if _BARE_QUARTER.fullmatch(words) else ""
    for told in (
        f"{year}. gada {bare}{'.' if bare.isdecimal() and quarter else ''}{quarter}",
        f"{bare}.{year}.",
    ):
        if _whole(told) is not None:
            return told
    return ""


@memo(2048)
def _whole(words: str) -> Period | None:
    """The period that the words are, None where they are more or less than one."""
    if len(words) > _LONGEST_CELL or not any(map(str.isdecimal, words)):
        return None
    found = periods.read(words)
    whole = len(found) == 1 and not (words[: found[0].start] + words[found[0].end :]).strip(" .,")
    return found[0] if whole else None

"""A schedule drawn as a chart: steps down the side, years or quarters across the top, marks between them."""

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
_LONGEST_CELL = 40
_LEAST_TIMES = 2


class Chart(NamedTuple):
    """``heads``: the rows of years and quarters at the top; ``times``: their columns.

    ``steps``: the Block of each step -> its periods.
    """

    heads: tuple[int, ...]
    steps: dict[int, tuple[Told, ...]]
    times: frozenset[int]


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
    return Chart(tuple(rows[:size]), steps, frozenset(heads))


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
    for column in columns[1:]:
        words = _words(layout, cells.get((rows[0], column)))
        year = _YEAR.fullmatch(words)
        if year is not None:
            years[column] = _Head(f"{year[1]}. gads", year[1], (_span(layout, cells[rows[0], column]),))
        elif _whole(words) is not None:
            years[column] = _Head(words, "", (_span(layout, cells[rows[0], column]),))
    parts: dict[int, _Head] = {}
    above: _Head | None = None
    for column in columns[1:]:
        above = years.get(column, above)
        below = cells.get((rows[1], column))
        words = _words(layout, below)
        if above is not None and above.year and below and (part := _part(above.year, words)):
            parts[column] = _Head(part, "", (*above.spans, _span(layout, below)))
    if len(parts) >= max(_LEAST_TIMES, len(years)) and len(rows) > _LEAST_TIMES:
        return parts, 2
    return years, 1


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

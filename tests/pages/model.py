"""What is drawn (values with how they are printed) and what the layouts are given (lines)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

Truth = dict[str, Any]


class Run(NamedTuple):
    """A stretch of words; ``href`` where it is a link."""

    text: str
    href: str | None = None


class Line(NamedTuple):
    """One line of a value; ``depth`` 0 for a paragraph, from 1 for an item of a list."""

    runs: tuple[Run, ...]
    depth: int = 0

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)


class Field(NamedTuple):
    """A label with its value; ``name`` tells which fields of two measures share a table's column."""

    name: str
    label: str
    lines: tuple[Line, ...]


class Printed(NamedTuple):
    """A measure as lines: ``heads`` (title, round), fields in order, ``tail`` (footnotes after them)."""

    heads: tuple[str, ...]
    fields: tuple[Field, ...]
    tail: tuple[Line, ...]


class Section(NamedTuple):
    theme: str | None
    paragraphs: tuple[str, ...]
    measures: tuple[Printed, ...]


class Figures(NamedTuple):
    """The amounts a page states outside of its measures: sentences, and tiles of amount and label."""

    heading: str | None
    sentences: tuple[str, ...]
    tiles: tuple[tuple[str, str], ...]
    form: str


class Sheet(NamedTuple):
    """A whole page before any layout. ``contents``: titles listed above all, as links to the measures."""

    title: str
    intro: tuple[str, ...]
    figures: Figures | None
    sections: tuple[Section, ...]
    columns: tuple[tuple[str, str], ...]
    legend: str | None
    contents: tuple[str, ...] = ()


class ShownAmount(NamedTuple):
    text: str
    eur: Decimal
    maximum: Decimal | None = None
    qualifier: str = "exact"


class ShownPeriod(NamedTuple):
    """A period as printed; both dates inclusive."""

    text: str
    period: str
    precision: str
    start: date
    end: date


def paragraph(text: str) -> Line:
    return Line((Run(text),))


def item(text: str, depth: int = 1) -> Line:
    return Line((Run(text),), depth)


def number(value: Decimal | None) -> int | float | None:
    """A decimal as JSON takes it: whole euro as an integer, cents as a number of two places."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)

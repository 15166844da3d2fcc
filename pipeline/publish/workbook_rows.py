"""The rows of a sheet as XML, written past XlsxWriter's own cells, which take four times as long.

XlsxWriter keeps the rows of a sheet with ``constant_memory`` as XML in a file of their own;
what is written here is to the byte what it would write there (``tests/pipeline/test_workbook.py``
compares), so that pyproject.toml names the releases that it is known of. :class:`Rows` goes the day that
XlsxWriter takes a whole row at once.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

HEIGHT = 16
"""Of a row, in points."""

_LETTERS = 26
_POINTS = int(HEIGHT * 4 / 3 + 0.5) * 3 / 4  # of whole pixels
_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - a workbook knows no zones
_FIRST = _EPOCH.toordinal()
_DAY = 24 * 60 * 60
_LIKE_ESCAPE = re.compile("(_x[0-9a-fA-F]{4}_)")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]")


def column(place: int) -> str:
    """The letters of the column at a place, from 0: ``A``, ``AB``."""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, _LETTERS)
        letters = chr(ord("A") + rest) + letters
    return letters


def style(form: Any) -> str:
    """A format of the workbook as the attributes of a cell."""
    return f' s="{form._get_xf_index()}"'  # noqa: SLF001 - see above


def text(words: str) -> str:
    """The inside of a cell of words, and the attribute that says so."""
    if _is_odd(words):
        words = _CONTROL.sub(lambda found: f"_x{ord(found[0]):04X}_", _LIKE_ESCAPE.sub(r"_x005F\1", words))
        words = words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    space = ' xml:space="preserve"' if words[:1].isspace() or words[-1:].isspace() else ""
    return f' t="inlineStr"><is><t{space}>{words}</t></is></c>'


def _is_odd(words: str) -> bool:
    """Whether words may not stand in XML as they are: markup, what it can't hold, what Excel reads as an
    escape. Searches for a letter each take less than one for a class of letters."""
    return "&" in words or "<" in words or ">" in words or "_x" in words or not words.isprintable()


def whole(value: int) -> str:
    """The inside of a cell that holds a whole number of at most 15 digits."""
    return f"><v>{value}</v></c>"


def number(value: float) -> str:
    """The inside of a cell that holds a number."""
    return f"><v>{value:.16G}</v></c>"


def day(value: date) -> str:
    """That of a date, which Excel counts in days."""
    return f"><v>{value.toordinal() - _FIRST}</v></c>"


def moment(value: datetime) -> str:
    """That of a time without a zone."""
    passed = value - _EPOCH
    return number(passed.days + (passed.seconds + passed.microseconds / 1e6) / _DAY)


def truth(value: bool) -> str:
    """That of yes or no."""
    return f' t="b"><v>{int(value)}</v></c>'


class Rows:
    """The rows of an ``xlsxwriter`` sheet from the one with the number ``first`` on, from 0: those before it
    have been written cell by cell. Cells may be written so again after the last row. ``count``: how many
    there are."""

    def __init__(self, sheet: Any, first: int) -> None:
        sheet.set_default_row(HEIGHT)
        sheet._write_single_row(first)  # noqa: SLF001 - puts what waits in its memory into its file
        self._sheet, self._write, self._first, self.count = sheet, sheet.row_data_fh.write, first, 0

    def add(self, cells: Iterable[str]) -> None:
        """The next row: its cells, whole elements, without those that are empty. Raises OSError."""
        self.count += 1
        row = "".join(cells)
        self._write(f'<row r="{self._first + self.count}" ht="{_POINTS:g}" customHeight="1">{row}</row>')

    def finish(self, width: int) -> None:
        """After the last row; ``width``: how many columns the sheet has."""
        self._sheet._check_dimensions(self._first + self.count - 1, width - 1)  # noqa: SLF001 - for its <dimension>

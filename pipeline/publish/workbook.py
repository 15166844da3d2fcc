"""``pasakumi.xlsx``: one sheet a table, for people, with a first sheet that explains the rest.

The first row of a sheet says what its columns hold, the second how the same columns are called in every other
file; filters hang on the second. Words of a page are always text: none becomes a formula, a link or a number.
What a cell or a sheet can't hold is cut, says so, and names the CSV file that has it whole. Rows are
streamed, so that memory does not grow with them.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from pipeline import schema
from pipeline.formats import plain
from pipeline.headings import TABLE_NAMES, heading
from pipeline.publish import workbook_rows as rows
from pipeline.publish.about import TITLE, About
from pipeline.publish.workbook_looks import Formats, formats
from pipeline.schema import TABLES

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pipeline.rows import Row
    from pipeline.schema import Column, Table

FILE_NAME = "pasakumi.xlsx"
MOST_ROWS = 1_048_576
MOST_CHARACTERS = 32_767  # of UTF-16, as Excel counts
HEADER_ROWS = 2
# For a property that a workbook must have, where no capture's time is known.
_NO_TIME = datetime(1970, 1, 1, tzinfo=UTC)
# What XML 1.0 can't hold, and the carriage return, which its readers turn into a line feed.
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f]")
_DELETE = 0x7F
_PICTURES = 0x2400
_EXACT_DIGITS = 15
_A4 = 9
_WIDEST = 60
_NARROWEST = 9
_FIRST_DAY = date(1900, 3, 1)  # Excel has a 29 February 1900


class Workbook:
    """Takes the rows of all tables, in any order, and is a whole file once :meth:`finish` returned.

    ``most_rows``: rows that a sheet may have, headings included. Its own helping files lie beside ``path``.
    Raises OSError.
    """

    def __init__(self, path: Path, about: About, most_rows: int = MOST_ROWS) -> None:
        import xlsxwriter

        options = {
            "constant_memory": True,
            "tmpdir": str(path.parent),
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        }
        self._about = about
        self._book = xlsxwriter.Workbook(str(path), options)
        self._book.use_zip64()
        self._book.set_properties(_properties(about))
        self._formats = formats(self._book)
        self._front = self._book.add_worksheet("Par datiem")
        self._sheets = {
            name: _Sheet(self._book, table, self._formats, most_rows) for name, table in TABLES.items()
        }

    def add(self, table: str, row: Row) -> None:
        """A row in the order of the schema's columns."""
        self._sheets[table].add(row)

    def finish(self) -> None:
        """Write what needs all rows, and the file itself."""
        from xlsxwriter.exceptions import XlsxWriterException

        from pipeline.publish import workbook_front

        for sheet in self._sheets.values():
            sheet.finish()
        counts = {name: (sheet.rows, sheet.shown) for name, sheet in self._sheets.items()}
        workbook_front.write(self._front, self._formats, self._about, counts)
        try:
            self._book.close()
        except XlsxWriterException as error:
            cause = error.args[0] if error.args and isinstance(error.args[0], OSError) else None
            raise OSError(0, f"{FILE_NAME}: {cause.strerror if cause else error}") from error


def _properties(about: About) -> dict[str, object]:
    return {
        "title": f"{TITLE['lv']} / {TITLE['en']}",
        "author": ", ".join(about.publishers),
        "company": about.contact,
        "comments": about.version,
        "created": (about.as_of or _NO_TIME).replace(tzinfo=None),
    }


class _Sheet:
    """One table. A row is held back until the next comes: the last one may have to make place for a note."""

    def __init__(self, book: Any, table: Table, formats: Formats, most_rows: int) -> None:
        self._table, self._formats = table, formats
        self._file = f"tables/{table.name}.csv"
        self._styles = Formats(*map(rows.style, formats))
        self._room = most_rows - HEADER_ROWS
        self._sheet = book.add_worksheet(TABLE_NAMES[table.name].lv)
        self._held: Row | None = None
        self._widths = [_NARROWEST] * len(table.columns)
        self.rows = 0
        self._headings()
        self._cells = [
            (place, f'<c r="{rows.column(place)}', self._cell(column))
            for place, column in enumerate(table.columns)
        ]
        self._rows = rows.Rows(self._sheet, HEADER_ROWS)

    @property
    def shown(self) -> int:
        """How many of the rows stand in the sheet."""
        return self.rows if self.rows <= self._room else self._room - 1

    def add(self, row: Row) -> None:
        if self._held is not None and self.rows < self._room:
            self._write(self._held)
        self.rows += 1
        self._held = row if self.rows <= self._room else self._held

    def finish(self) -> None:
        last = HEADER_ROWS + min(self.rows, self._room) - 1
        if self.rows <= self._room and self._held is not None:
            self._write(self._held)
        self._rows.finish(len(self._widths))
        if self.rows > self._room:
            self._sheet.write_string(last, 0, self._rest(), self._formats.note)
        for place, width in enumerate(self._widths):
            self._sheet.set_column(place, place, min(width, _WIDEST) + 2)
        self._sheet.autofilter(HEADER_ROWS - 1, 0, max(last, HEADER_ROWS - 1), len(self._widths) - 1)

    def _headings(self) -> None:
        sheet = self._sheet
        keys = 0
        while self._table.header[keys] in {"source", "measure_id"}:
            keys += 1
        sheet.freeze_panes(HEADER_ROWS, keys)
        sheet.set_default_row(rows.HEIGHT)
        sheet.set_row(0, 32)
        sheet.hide_gridlines(0)
        sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.repeat_rows(0, HEADER_ROWS - 1)
        for place, column in enumerate(self._table.columns):
            words = heading(self._table.name, column.name).lv
            sheet.write_string(0, place, words, self._formats.heading)
            self._widths[place] = max(_NARROWEST, len(column.name) + 2, *map(len, words.split()))
        for place, column in enumerate(self._table.columns):
            sheet.write_string(1, place, column.name, self._formats.name)

    def _write(self, row: Row) -> None:
        """The row after those that are written."""
        written, widths = [], self._widths
        number = HEADER_ROWS + self._rows.count + 1
        for (place, opening, cell), value in zip(self._cells, row, strict=True):
            if value is not None:
                inside, width = cell(value)
                written.append(f'{opening}{number}"{inside}')
                widths[place] = max(widths[place], width)
        self._rows.add(written)

    def _cell(self, column: Column) -> Callable[[Any], tuple[str, int]]:
        """From a value of the column to the rest of its cell, and about how many characters wide that is."""
        cells: dict[str, Callable[[Any], tuple[str, int]]] = {
            schema.STRING: self._text,
            schema.INTEGER: self._integer,
            schema.DECIMAL: self._decimal,
            schema.DATE: self._date,
            schema.DATETIME: self._moment,
            schema.BOOLEAN: self._truth,
        }
        return cells[column.type]

    def _text(self, value: str) -> tuple[str, int]:
        if len(value) <= _WIDEST:
            return _short(self._styles.text, value)
        return f"{self._styles.text}{rows.text(cell_text(value, self._file))}", _WIDEST

    def _integer(self, value: int) -> tuple[str, int]:
        if abs(value) >= 10**_EXACT_DIGITS:
            return self._text(str(value))
        return f"{self._styles.integer}{rows.whole(value)}", _NARROWEST

    def _decimal(self, value: Decimal) -> tuple[str, int]:
        """A number of more digits than a cell holds exactly stays text."""
        exact = value.normalize()
        if len(exact.as_tuple().digits) > _EXACT_DIGITS:
            return self._text(plain(value))
        form = self._styles.whole if exact == exact.to_integral_value() else self._styles.broken
        return f"{form}{rows.number(float(value))}", 16

    def _date(self, value: date) -> tuple[str, int]:
        if value < _FIRST_DAY:
            return self._text(value.isoformat())
        return f"{self._styles.date}{rows.day(value)}", 10

    def _moment(self, value: datetime) -> tuple[str, int]:
        moment = value.astimezone(UTC).replace(tzinfo=None)
        if moment.date() < _FIRST_DAY:
            return self._text(moment.isoformat())
        return f"{self._styles.moment}{rows.moment(moment)}", 19

    def _truth(self, value: bool) -> tuple[str, int]:
        return f"{self._styles.text}{rows.truth(value)}", _NARROWEST

    def _rest(self) -> str:
        file = self._file
        rest = self.rows - self.shown
        return (
            f"Darblapā vairs nav vietas: vēl {rest} rindas ir failā {file} / "
            f"The sheet is full: {rest} more rows are in {file}"
        )


@lru_cache(maxsize=8192)
def _short(style: str, words: str) -> tuple[str, int]:
    """Ids, fields, dates: most of them are said again soon."""
    return f"{style}{rows.text(cell_text(words, ''))}", len(words)


def cell_text(words: str, file: str) -> str:
    """Words as a cell can hold them: control characters as their pictures (␀, ␛), a long text cut.

    ``file`` is the one that has all of it; a note in the cell says so.
    """
    if not words.isprintable():
        words = _CONTROL.sub(_picture, words)
    if len(words) * 2 <= MOST_CHARACTERS or _units(words) <= MOST_CHARACTERS:
        return words
    note = f" … [{len(words)} rakstzīmes; viss teksts failā / whole text in {file}]"
    kept = words[: MOST_CHARACTERS - len(note)]
    while _units(kept) + len(note) > MOST_CHARACTERS:
        kept = kept[: len(kept) - max(1, (_units(kept) + len(note) - MOST_CHARACTERS + 1) // 2)]
    return kept + note


def _picture(found: re.Match[str]) -> str:
    point = ord(found[0])
    return "\u2421" if point == _DELETE else chr(_PICTURES + point)


def _units(words: str) -> int:
    return len(words) + sum(one > "\uffff" for one in words)

"""Where each cell of an HTML table or definition list stands."""

from __future__ import annotations

from typing import Any, NamedTuple

from parsers.layouts import Reach

_MOST_SPANNED = 99


class Kind(NamedTuple):
    """What lines inside an element are: the fields of a Block; ``strong``: all of them are emphasised."""

    kind: str
    level: int
    table: int = -1
    row: int = -1
    column: int = -1
    strong: bool = False


class Table:
    """A table, or a definition list, which is one of two columns.

    ``reaching``: its cells of several rows or columns.
    """

    def __init__(self, number: int) -> None:
        self.number = number
        self.row = -1
        self.column = -1
        self.reaching: list[Reach] = []
        self._filled: dict[int, int] = {}

    def enter(self, tag: str, element: Any, around: Kind) -> Kind:
        """What lines are in a ``tr``, ``td``, ``th``, ``dt`` or ``dd``."""
        if tag == "tr":
            self._next_row()
            return around
        if tag in {"td", "th"}:
            column = self._next_cell(_whole(element.get("colspan")), _whole(element.get("rowspan")))
            return Kind("cell", 0, self.number, self.row, column, tag == "th")
        if tag == "dt":
            if self.column != 0:
                self._next_row()
            self.column = 0
            return Kind("term", 0, self.number, self.row, 0)
        self.column = 1
        return Kind("definition", 0, self.number, max(self.row, 0), 1)

    def _next_row(self) -> None:
        self.row += 1
        self.column = -1

    def _next_cell(self, columns: int, rows: int) -> int:
        """The column of the next cell: past those that a cell of an earlier row still fills."""
        self.row = max(self.row, 0)
        column = self.column + 1
        while self._filled.get(column, 0) > self.row:
            column += 1
        if rows > 1 or columns > 1:
            self.reaching.append(Reach(self.number, self.row, column, rows, columns))
        if rows > 1:
            for each in range(column, column + columns):
                self._filled[each] = self.row + rows
        self.column = column + columns - 1
        return column


def _whole(value: str | None) -> int:
    """A colspan or rowspan: 1 to 99, whatever the page writes there."""
    if not value or len(value) > 3 or not (value.isascii() and value.isdigit()):
        return 1
    return min(max(int(value), 1), _MOST_SPANNED)

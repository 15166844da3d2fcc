"""Rows of a table whose cells are parted by semicolons, as spreadsheets save them -> rows parted by tabs."""

from __future__ import annotations

import re
from collections.abc import Sequence

# A cell in quotation marks, in which a semicolon is one of its own and two marks are one; or a plain one.
_CELL = re.compile(r'\s*"((?:[^"]|"")*)"\s*(?:;|$)|([^;]*)(?:;|$)')
_LEAST_CELLS = 3
_LEAST_ROWS = 2


def parted_by_semicolons(lines: list[str]) -> list[str]:
    """The lines, those of such a table parted by tabs: as many cells in each of several lines on end, none of
    them parted as running text parts its words."""
    if not any(line.count(";") >= _LEAST_CELLS - 1 for line in lines):
        return lines
    parted: list[str] = []
    at = 0
    while at < len(lines):
        rows = _rows(lines, at)
        if len(rows) < _LEAST_ROWS:
            parted.append(lines[at])
            at += 1
            continue
        parted += ["\t".join(row) for row in rows]
        at += len(rows)
    return parted


def _rows(lines: Sequence[str], at: int) -> list[list[str]]:
    """The rows of the table that begins here, none where none does."""
    rows: list[list[str]] = []
    for line in lines[at:]:
        cells = _cells(line)
        if len(cells) < _LEAST_CELLS or (rows and len(cells) != len(rows[0])):
            break
        rows.append(cells)
    return rows


def _cells(line: str) -> list[str]:
    """The cells of a row; none where the line is text: a tab in it, or white space behind each semicolon."""
    count = line.count(";")
    if count < _LEAST_CELLS - 1 or "\t" in line or line.count("; ") * 2 > count:
        return []
    cells: list[str] = []
    end = 0
    for match in _CELL.finditer(line):
        if match.start() != end:
            return []
        end = match.end()
        quoted = match[1]
        if quoted is None and match[2].lstrip().startswith('"'):
            # A cell that goes on in the next line.
            return []
        cells.append(match[2].strip() if quoted is None else quoted.replace('""', '"').strip())
        if not match[0].endswith(";"):
            break
    return cells if end == len(line) else []

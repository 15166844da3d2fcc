"""Tables that only style makes: rows and cells of ``div`` and ``span`` become those of a table.

Roles say so (``role="row"``), or the words do: a row of labels over rows whose cells open measures, a row
of titles over labels and rows of values, or rows of two cells of which the first are labels. How they are
called, and what draws them, is not asked.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from lxml import etree

from parsers import codes, labels
from parsers.elements import text_of
from parsers.memos import memo

# By way of the attributes, of which there are few: many times faster than to ask each element.
_ROLED: Any = etree.XPath(".//@role[.='row' or .='table' or .='grid' or .='treegrid']/..")
_CELL_ROLES = {"cell": "td", "gridcell": "td", "columnheader": "th", "rowheader": "th"}
_TABLE_ROLES = frozenset({"table", "grid", "treegrid"})
_AROUND = frozenset({"div", "section", "ul", "article", "main", "body"})
# Elements of which rows and cells may be made; a link as a cell would lose where it leads.
_ROWS = frozenset({"div", "section", "article", "ul", "li", "header"})
_EITHER = sorted(_AROUND | _ROWS)
_CELLS = _ROWS | {"span", "strong", "b", "small", "em"}
# What may hold a label over all columns.
_LONE = _ROWS | {"p", "h2", "h3", "h4", "h5", "h6"}
_OF_GRID = frozenset({"div", "span"})
_LEAST = 2
# Columns among which the one of codes stands.
_MOST_BEFORE_CODES = 3
_MOST_CELLS = 16


def mark(main: Any) -> None:
    """Name such elements inside ``main`` as those of a table are named."""
    _mark_roles(main)
    for around in _may_hold(main):
        _mark_inside(around)


def _may_hold(main: Any) -> list[Any]:
    """The elements that hold what may be rows, or cells of a grid: few of a page do."""
    rows: Counter[Any] = Counter()
    may_hold: list[Any] = []
    for element in main.iter(*_EITHER):
        size, tag = len(element), element.tag
        if size and tag in _ROWS:
            rows[element.getparent()] += 1
        if size >= _LEAST and tag in _AROUND:
            may_hold.append(element)
    return [
        around
        for around in may_hold
        if rows[around] >= _LEAST or (len(around) >= 3 * _LEAST and around[0].tag in _OF_GRID)
    ]


def _mark_roles(main: Any) -> None:
    for element in _ROLED(main):
        if element.tag == "table":
            continue
        if element.get("role") in _TABLE_ROLES:
            element.tag = "table"
        elif any(above.tag == "table" for above in element.iterancestors()):
            element.tag = "tr"
            for cell in element.iter(etree.Element):
                told = _CELL_ROLES.get(cell.get("role", ""))
                if told is not None:  # a name that a broken page gave cannot be set again
                    cell.tag = told


def _mark_inside(around: Any) -> None:
    """The tables among the children of an element."""
    if len(around) >= 3 * _LEAST and (size := _columns_of_grid(around)) > 0:
        cells = list(around)
        rows = [_wrapped("tr", cells[at : at + size]) for at in range(0, len(cells), size)]
        _make_table(rows, [*rows])
        return
    children = list(around)
    may_be_rows = [child.tag in _ROWS and len(child) > 0 for child in children]
    # The row of labels and one below it, or two pairs.
    if sum(may_be_rows) < _LEAST:
        return
    may_be_rows.append(False)
    at = 0
    while at < len(children):
        taken, rows = _records_from(children, at) if may_be_rows[at] and may_be_rows[at + 1] else (0, [])
        if not rows and may_be_rows[at] and (taken := _side_by_side_from(children, at)):
            rows = [_as_row(child, len(children[at])) for child in children[at : at + taken]]
            _make_table(rows, rows)
        elif rows:
            _make_table(children[at : at + taken], rows)
        at += taken or 1
    for pairs in _runs_of_pairs(around):
        _make_table(pairs, pairs)


def _make_table(elements: list[Any], rows: list[Any]) -> None:
    """A table around neighbouring elements, which are rows or hold them."""
    _wrapped("table", elements)
    for row in rows:
        row.tag = "tr"
        for cell in row:
            cell.tag = "td"


def _wrapped(tag: str, elements: list[Any]) -> Any:
    wrapper = etree.Element(tag)
    elements[0].addprevious(wrapper)
    wrapper.extend(elements)
    return wrapper


def _cells(row: Any) -> list[Any]:
    """The cells of what may be a row: elements with no words beside them; none of anything else."""
    if row.tag not in _ROWS or not _LEAST <= len(row) <= _MOST_CELLS or _says(row.text):
        return []
    cells = list(row)
    fit = all(cell.tag in _CELLS and not _says(cell.tail) for cell in cells)
    return cells if fit else []


def _says(text: str | None) -> bool:
    return text is not None and not text.isspace() and text != ""


# Captures of a page repeat its words.
@memo(4096)
def _opens_measure(words: str) -> bool:
    return codes.read_title(words) is not None


def _words(cell: Any) -> str:
    return " ".join(text_of(cell).split())


def _records_from(children: list[Any], at: int) -> tuple[int, list[Any]]:
    """Of a row of labels with measures below it: how many of the children it takes, and the rows.

    The row of labels, and those below, may stand in a group each.
    """
    first = children[at]
    if not _may_be_alike(first, children[at + 1]):
        return 0, []
    head = next((row for row in (first, *first[:1]) if _is_head(_cells(row))), None)
    if head is None or (head is not first and len(first) > 1 and not _is_group(first, len(head))):
        return 0, []
    rows = [head] if head is first else list(first)
    taken = 1
    for child in children[at + 1 :]:
        cells = _cells(child)
        if len(cells) == len(head):
            if _is_head(cells):
                break
            rows.append(child)
        elif _is_group(child, len(head)):
            rows += list(child)
        else:
            break
        taken += 1
    return (taken, rows) if _open_measures([_cells(row) for row in rows[1:]]) else (0, [])


def _side_by_side_from(children: list[Any], at: int) -> int:
    """How many children make a table of measures side by side: a row of their titles, then labels, each alone
    or one over each value, and rows of values; 0 where they make none."""
    titles = _cells(children[at])
    # The items of a list stand below one another.
    if not titles or children[at].tag == "ul" or not all(map(_is_title, titles)):
        return 0
    size, labelled, taken, last = len(titles), False, 1, 0
    for child in children[at + 1 :]:
        cells = _cells(child)
        if cells and all(map(_is_title, cells)):
            break
        is_labels = _is_lone_label(child) or (
            len(cells) == size and all(_field(_words(cell)) is not None for cell in cells)
        )
        if not is_labels and len(cells) != size:
            break
        taken += 1
        labelled |= is_labels
        last = last if is_labels else taken
    return last if labelled else 0


def _is_title(cell: Any) -> bool:
    """One line that opens a measure, and nothing else."""
    if len(cell) > 1 or (len(cell) and len(cell[0])):
        return False
    title = codes.read_title(_words(cell))
    return title is not None and title.strict


def _is_lone_label(element: Any) -> bool:
    """A label by itself, in an element of one line."""
    inside = element[0] if len(element) == 1 and not _says(element.text) else element
    return element.tag in _LONE and len(inside) <= 1 and _field(_words(element)) is not None


def _as_row(child: Any, size: int) -> Any:
    """A child of such a table as a row; a lone label reaches over all of it."""
    if len(child) == size and child.tag in _ROWS:
        return child
    if len(child) != 1 or _says(child.text) or _says(child[0].tail):
        _wrapped("tr", [child])
        inner = child
        child = child.getparent()
        _wrapped("td", [inner])
    child[0].set("colspan", str(size))
    return child


def _may_be_alike(one: Any, other: Any) -> bool:
    """Both have as many cells, be they rows or groups of rows."""
    size = len(one)
    if size >= _LEAST and (size == len(other) or (len(other) and size == len(other[0]))):
        return True
    size = len(one[0]) if size else 0
    return size >= _LEAST and bool(size == len(other) or (len(other) and size == len(other[0])))


def _is_group(element: Any, size: int) -> bool:
    return element.tag in _ROWS and len(element) > 0 and all(len(_cells(row)) == size for row in element)


def _is_head(cells: list[Any]) -> bool:
    """Labels, of two fields at least."""
    if len(cells) < _LEAST or not all(map(_may_be_label, cells)):
        return False
    fields = {field for cell in cells if (field := _field(_words(cell))) is not None}
    return len(fields) >= _LEAST


def _field(words: str) -> str | None:
    """What a label opens; a step of a schedule is one too."""
    if not words or len(words) > labels.LONGEST_LABEL or any(map(str.isdecimal, words)):
        return None
    hit = labels.match(words, 1)
    return hit.field if hit is not None else labels.milestone_kind(words)


def _open_measures(rows: list[list[Any]]) -> bool:
    """Half of the rows and more have a code in the same column."""
    for column in range(min(_MOST_BEFORE_CODES, len(rows[0]) if rows else 0)):
        opening = sum(_opens_measure(_words(row[column])) for row in rows)
        if opening and opening * 2 >= len(rows):
            return True
    return False


def _runs_of_pairs(around: Any) -> Iterator[list[Any]]:
    """Rows on end of a label and its value each, half of the labels known."""
    for are_pairs, run in groupby(list(around), key=_is_pair):
        rows = list(run)
        if are_pairs and len(rows) >= _LEAST:
            known = sum(labels.match(_words(row[0]), 1) is not None for row in rows)
            if known >= _LEAST and known * 2 >= len(rows):
                yield rows


def _is_pair(row: Any) -> bool:
    """Two elements in one, each of which is a line of its own, the first short."""
    if len(row) != _LEAST or not row.tag == row[0].tag == row[1].tag == "div":
        return False
    cells = _cells(row)
    if not cells:
        return False
    words = _words(cells[0])
    return 0 < len(words) <= labels.LONGEST_LABEL and len(cells[0]) <= 1 and not _opens_measure(words)


def _columns_of_grid(around: Any) -> int:
    """The columns of a table whose cells are all children of one element, 0 where they are not.

    Codes stand as far from one another as a row is long.
    """
    cells = _cells_of_grid(around)
    opening = [at for at, cell in enumerate(cells) if _opens_measure(_words(cell))]
    if len(opening) < _LEAST:
        return 0
    size = opening[1] - opening[0]
    column = opening[0] - size
    if not (size >= _LEAST and 0 <= column < _MOST_BEFORE_CODES and len(cells) % size == 0):
        return 0
    regular = all(at % size == column for at in opening) and len(opening) == len(cells) // size - 1
    return size if regular and _is_head(cells[:size]) else 0


def _cells_of_grid(around: Any) -> list[Any]:
    if around[0].tag not in _OF_GRID or _says(around.text):
        return []
    cells = list(around)
    fit = all(cell.tag in _OF_GRID and not _says(cell.tail) for cell in cells)
    # Most elements are no table: the words of all their cells are not looked at.
    return cells if fit and all(map(_may_be_label, cells[:_LEAST])) else []


def _may_be_label(cell: Any) -> bool:
    """A quick look: one line at most, whose words begin it."""
    return len(cell) <= 1 and len(cell.text or "") <= labels.LONGEST_LABEL

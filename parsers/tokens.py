"""Blocks -> tokens: what each line of a page is, told by its words and its place, before any measure is known.

A token is a title (a line that opens with a measure's code), a round, a label, a text (the words of a
value or of the page), a footnote, a heading, or a break (a table ends, and with it the field at hand).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from parsers import codes, labels
from parsers.codes import TitleCode
from parsers.grids import Cell, Grid, grids, records
from parsers.labels import Hit
from parsers.layouts import Layout
from parsers.records import Block
from parsers.styles import Styles
from parsers.token import Token

FOOTNOTE = re.compile(r"(?P<mark>\*{1,3}|[¹²³†‡])\s*(?P<text>\S.*)", re.DOTALL)
_FLEXIBLE = re.compile(r"elast", re.IGNORECASE)
_DASH = re.compile(r"\s[–—-]\s|[–—]\s")
_AT_END = re.compile(
    r"\s*\((?:pasākums\s|nr\.?\s)?([1-9]\d?(?:\.\d{1,2}){3}(?:\.[a-z])?)\.?\)\.?$", re.IGNORECASE
)
_ANY_CODE = "1.1.1.1. "
_OBJECTIVE_POINTS = 2
_SUM = re.compile(r"(?:kopā|pavisam|kopsumma|summa|starpsumma|total)\b", re.IGNORECASE)
_PARTED = re.compile(r":\s|\s[–—-]\s|[–—]\s")
_DIGIT = re.compile(r"\d")
_LONGEST_INLINE = 100
# Fields whose label may stand before its value with nothing between them.
_BARE = frozenset({"funding", "applicants", "selection", "contacts", "timeline", "objective", "documents"})
# A column of these may hold labels and values of its own.
_LOOSE = frozenset({None, "narrative", "other_info", "objective"})
# What ends a value before the next label in the same line.
_ENDS = (". ", "; ", "| ", " • ")
# A label of a part of a sum may begin small: ``t.sk. ERAF finansējums``.
_PARTS_OF = ("t.sk", "t. sk", "tai skaitā", "tostarp", "no tā", "no tiem")
_LEAST_LABELS = 2
_TIMELINE = Hit("timeline", None)
# The number of a row says nothing of the measure.
_ORDINAL = Hit("ordinal", None)


def tokenize(layout: Layout) -> list[Token]:
    """The tokens of a page, in reading order; a table with a row a measure is read row by row."""
    blocks = layout.blocks
    tables = grids(layout)
    tokens: list[Token] = []
    done: set[int] = set()
    for index, block in enumerate(blocks):
        table = tables.get(block.table) if block.table >= 0 else None
        if table is None:
            tokens.extend(_line_tokens(layout.text, block, index, _heads_list(blocks, index)))
        elif not table.records:
            tokens.extend(_table_line(layout, block, index, table))
        elif table.number not in done:
            done.add(table.number)
            tokens.extend(table_tokens(layout, table))
    return Styles(layout, tables, tokens).marked()


def _table_line(layout: Layout, block: Block, index: int, table: Grid) -> Iterator[Token]:
    """A line of a table with a column of labels: only that column holds labels, and all of it does."""
    if block.column < table.labels and layout.text[block.start : block.end].rstrip(".)").isdigit():
        yield Token("label", block.start, block.end, index, hit=_ORDINAL)
        return
    inside = table.labels < 0 or block.column <= table.labels
    if inside or _holds_labels(layout, table.cells[block.row, block.column]):
        yield from _line_tokens(layout.text, block, index, block.column == table.labels)
    elif codes.read_title(layout.text[block.start : block.end]) is not None:
        yield from _line_tokens(layout.text, block, index, False)
    elif (block.column - table.labels) % 2 == 0 and labels.match(layout.text[block.start : block.end]):
        # label | value | label | value
        yield from _line_tokens(layout.text, block, index, True)
    else:
        yield _value_line(layout.text, block, index)


def _holds_labels(layout: Layout, indexes: Sequence[int]) -> bool:
    """A cell of several lines, two of them labels or more: a layout within a cell."""
    if len(indexes) < _LEAST_LABELS:
        return False
    found = 0
    for index in indexes:
        block = layout.blocks[index]
        tokens = _line_tokens(layout.text, block, index, False)
        found += any(token.kind == "label" and token.start == block.start for token in tokens)
        if found >= _LEAST_LABELS:
            return True
    return False


def _heads_list(blocks: Sequence[Block], index: int) -> bool:
    """An item with a list of its own below it."""
    block = blocks[index]
    if block.kind != "item" or index + 1 == len(blocks):
        return False
    following = blocks[index + 1]
    return following.kind == "item" and following.level > block.level


def _line_tokens(text: str, block: Block, index: int, first_cell: bool) -> Iterator[Token]:
    """What a line is. Pages say the same lines again and again, and so does one page in all its captures."""
    start = block.start
    line = text[start : block.end]
    for kind, first, last, _, hit, title, number, inline in _classified(
        line, block.kind, block.level, block.bold - start, first_cell
    ):
        yield Token(kind, start + first, start + last, index, hit, title, number, inline)


@lru_cache(maxsize=16384)
def _classified(line: str, kind: str, level: int, bold: int, first_cell: bool) -> tuple[Token, ...]:
    """The tokens of a line that stands alone; their places count in it."""
    return tuple(_tokens_of(line, Block(kind, 0, len(line), level, bold=bold), 0, first_cell))


def _tokens_of(text: str, block: Block, index: int, first_cell: bool) -> Iterator[Token]:
    start, end = block.start, block.end
    line = text[start:end]
    first = line[:1]
    if first in "*¹²³†‡" and (note := FOOTNOTE.match(line)) and _is_note(note):
        yield Token("footnote", start, end, index)
        return
    title = _title_of(line, block)
    if title is not None:
        yield from _title_tokens(text, block, index, line, title)
        return
    if len(line) < _LONGEST_INLINE and "rt" in line and (number := codes.read_round(line)):
        yield Token("round", start, end, index, number=number[0])
        return
    yield from _label_tokens(line, block, index, first_cell)


def _title_of(line: str, block: Block) -> TitleCode | None:
    """The code that a line opens with; the measure's where its objective's goes before; or one in brackets at its end."""
    title = codes.read_title(line)
    if title is None:
        return _code_at_end(line) if line.endswith((")", ").")) and _may_name(line, block) else None
    if title.code.count(".") == _OBJECTIVE_POINTS and title.title:
        for mention in codes.find(line)[1:]:
            inner = (
                codes.read_title(line[mention.start :]) if mention.code.startswith(f"{title.code}.") else None
            )
            if inner is not None and inner.strict:
                return _shifted(inner, mention.start)
    return title


def _may_name(line: str, block: Block) -> bool:
    return (
        block.kind in {"heading", "term"}
        or line[:7].lower() == "pasākum"
        or block.bold >= block.end > block.start
    )


def _code_at_end(line: str) -> TitleCode | None:
    """``Pasākums „…” (1.2.2.1.)``"""
    at_end = _AT_END.search(line)
    if at_end is None:
        return None
    opening = codes.read_title(f"{_ANY_CODE}{line[: at_end.start()]}")
    if opening is None or opening.title is None:
        return None
    named = _shifted(opening, -len(_ANY_CODE))
    return named._replace(code=at_end[1], code_start=at_end.start(1), code_end=at_end.end(1), strict=True)


def _shifted(title: TitleCode, by: int) -> TitleCode:
    """The same title in a line that it stands ``by`` characters further in."""
    places = {name: getattr(title, name) + by for name in title._fields if name.endswith(("_start", "_end"))}
    return title._replace(**places)


def _title_tokens(text: str, block: Block, index: int, line: str, title: TitleCode) -> Iterator[Token]:
    """A line that opens a measure; where labels follow in the same line, it ends before the first of them."""
    bold = block.bold - block.start
    further = _further_label(line, title.title_start) if ":" in line[title.title_start :] else None
    cut = (
        bold
        if title.title_start < bold < len(line) and ":" in line[bold:]
        else further.start
        if further
        else 0
    )
    opening = codes.read_title(line[:cut].rstrip(" .")) if cut else None
    if opening is None:
        yield Token("title", block.start, block.end, index, title=title)
        return
    yield Token("title", block.start, block.start + cut, index, title=opening)
    rest = cut + len(line[cut:]) - len(line[cut:].lstrip(" .–—-"))
    yield from _label_tokens(
        line[rest:], block._replace(start=block.start + rest, bold=block.start + rest), index, False
    )


def _is_note(note: re.Match[str]) -> bool:
    """A star with a space after it is a bullet unless the words are those of a footnote."""
    return bool(note["text"]) and (
        note.start("text") == note.end("mark") or bool(_FLEXIBLE.search(note["text"]))
    )


def _label_tokens(line: str, block: Block, index: int, first_cell: bool) -> Iterator[Token]:
    start = block.start
    bold = block.bold - start
    placed = first_cell or block.kind in {"heading", "term"} or bold >= len(line.rstrip(" :"))
    if len(line) <= labels.LONGEST_LABEL:
        closed = line.endswith((":", "?"))
        hit = labels.match(line, 1 if closed or placed or _may_hold_more(line, block) else 0)
        if hit and hit.field == "narrative" and not placed:
            hit = labels.match(line)
        if hit and _stands_alone(line, hit, block, placed or closed):
            yield Token("label", start, block.end, index, hit=hit)
            return
    if _is_step(line, first_cell):
        yield Token("text", start, block.end, index, hit=_TIMELINE)
        return
    if block.kind == "heading" and ":" not in line:
        yield Token("text", start, block.end, index)
        return
    for part in _parts(line, bold):
        label_end, value_start, end, hit, _ = part
        if hit is _TIMELINE:
            yield Token("text", start + part.start, start + end, index, hit=hit)
            continue
        if hit:
            yield Token("label", start + part.start, start + label_end, index, hit=hit)
        if value_start < end:
            note = FOOTNOTE.match(line[value_start:end]) if hit else None
            kind = "footnote" if note and _is_note(note) else "text"
            yield Token(kind, start + value_start, start + end, index, inline=hit is not None)


def _may_hold_more(line: str, block: Block) -> bool:
    """A bare line of three words or more may have one inserted that the vocabulary does not know."""
    return (
        block.kind != "item"
        and line.count(" ") >= 2
        and line[:1].isupper()
        and not labels.names_institution(line)
    )


def _stands_alone(line: str, hit: Hit, block: Block, placed: bool) -> bool:
    """A whole line is a label; the few that are also words of a value need a place that says so."""
    if hit.field in {"title", "code", "round", "part"}:
        return placed
    capital = line.lstrip("0123456789.) ")[:1].isupper()
    return (
        placed
        or line.startswith(_PARTS_OF)
        or (capital and not line.endswith((".", ",", ";")) and block.kind != "item")
        or (block.kind == "item" and capital and labels.match(line) is not None)
    )


class _Part(NamedTuple):
    label_end: int
    value_start: int
    end: int
    hit: Hit | None
    start: int = 0


def _parts(line: str, bold: int) -> list[_Part]:
    """A line that opens with a label and goes on with its value, several of them in one line included."""
    opened = _opening_label(line, bold)
    if opened is None:
        return [_Part(0, 0, len(line), None)]
    parts = [opened]
    while (further := _further_label(line, parts[-1].value_start)) is not None:
        parts[-1] = parts[-1]._replace(end=further.start)
        parts.append(further)
    return parts


def _opening_label(line: str, bold: int) -> _Part | None:
    if 0 < bold < len(line):
        label = line[:bold].rstrip(" :–—-")
        if label and (hit := labels.match(label, 1)):
            return _value_after(line, bold, hit)
    colon = line.find(":", 0, labels.LONGEST_LABEL)
    dash = _DASH.search(line, 0, colon if colon > 0 else labels.LONGEST_LABEL)
    if dash and (hit := _before_dash(line[: dash.start()])) and hit.field != "narrative":
        return _value_after(line, dash.end(), hit)
    if colon > 0 and (hit := labels.match(line[:colon], 1)) and hit.field != "part":
        if hit.field != "narrative" or labels.match(line[:colon]):
            return _value_after(line, colon, hit)
    return _bare_label(line)


def _before_dash(words: str) -> Hit | None:
    """A label before a dash; a word that the vocabulary does not know may stand in one that names nobody."""
    hit = labels.match(words)
    if hit is None and words[:1].isupper() and not labels.names_institution(words):
        return labels.match(words, 1)
    return hit


def _value_after(line: str, at: int, hit: Hit, start: int = 0) -> _Part:
    value = at
    while value < len(line) and line[value] in " :–—-":
        value += 1
    return _Part(at, value, len(line), hit, start)


def _bare_label(line: str) -> _Part | None:
    """``Projektu iesniedzēji Pašvaldības``: label and value with nothing between them.

    Only a label that is known word by word, followed by a capital or a digit, and not a sentence.
    """
    if not line[:1].isupper() or len(line) > 4 * _LONGEST_INLINE:
        return None
    best: _Part | None = None
    begin = 0
    for _ in range(labels.MOST_WORDS):
        at = line.find(" ", begin)
        if at < 0 or at > labels.LONGEST_LABEL or not labels.known(line[begin:at]):
            break
        begin = at + 1
        following = line[begin : begin + 1]
        if (following.isupper() or following.isdigit() or following in '~€(„“«"') and (
            hit := labels.match(line[:at])
        ):
            number = _DIGIT.search(line, begin) is not None
            if hit.field in _BARE and number is (
                hit.field == "funding" or (number and hit.field != "selection")
            ):
                best = _Part(at, begin, len(line), hit)
    return best


def _further_label(line: str, after: int) -> _Part | None:
    """The next label within a line: after the end of a sentence or a bar, closed by a colon."""
    at = after
    while (colon := line.find(":", at)) > 0:
        begin = max(line.rfind(mark, max(after, colon - labels.LONGEST_LABEL), colon) for mark in _ENDS) + 1
        if begin > after:
            begin += len(line[begin:colon]) - len(line[begin:colon].lstrip(" •|"))
            words = line[begin:colon]
            hit = labels.match(words) if words[:1].isupper() else None
            if hit and hit.field != "part":
                return _value_after(line, colon, hit, begin)
            if words[:1].isupper() and len(words) <= labels.LONGEST_LABEL and _names_step(words):
                return _Part(begin, begin, len(line), _TIMELINE, begin)
        at = colon + 1
    return None


def _is_step(line: str, first_cell: bool) -> bool:
    """A line of a schedule that needs no label: a milestone's phrase parted from its period."""
    if len(line) > 2 * _LONGEST_INLINE or "://" in line or " Nr" in line:
        return False
    if first_cell:
        return _names_step(line)
    if not _DIGIT.search(line):
        return False
    parted = _PARTED.search(line)
    if parted is None:
        return False
    before = line[: parted.start()]
    if line[:1].isupper() and not _DIGIT.search(before) and _DIGIT.search(line, parted.end()):
        return len(before) <= labels.LONGEST_LABEL and _names_step(before)
    if not (line[:1].isdigit() or line.startswith(("no ", "līdz ", "No ", "Līdz "))):
        return False
    *_, last = _PARTED.finditer(line)
    return labels.milestone_kind(line[last.end() :]) is not None


def _names_step(words: str) -> bool:
    """Words that name a milestone and no field, but for selection, which is both (``Projektu atlase: 2025. gads``)."""
    hit = labels.match(words)
    return (hit is None or hit.field == "selection") and labels.milestone_kind(words) is not None


def table_tokens(layout: Layout, grid: Grid) -> Iterator[Token]:
    """A table with a row a measure, as if each row were printed as labels and values."""
    for cells in records(layout, grid):
        alone = len(cells) == 1 and not cells[0].head
        tokens = [token for cell in cells for token in _cell_tokens(layout, cell, alone=alone)]
        names = _names_measure(layout, cells)
        if tokens and tokens[0].kind == "footnote":
            yield Token("break", 0, 0, -1)
        elif names and not any(token.kind in {"title", "round"} for token in tokens):
            # A row of sums, or one whose code is missing: no part of the measure above it.
            yield Token("break", 0, 0, -1)
            tokens = [token for token in tokens if token.kind == "text"]
        yield from tokens
    yield Token("break", 0, 0, -1)


def _names_measure(layout: Layout, cells: Sequence[Cell]) -> bool:
    """A row with something in its column of codes or titles, or that says it is a sum."""
    if any(cell.hit is not None and cell.hit.field in {"title", "code"} for cell in cells):
        return True
    first = layout.blocks[cells[0].blocks[0]] if cells else None
    return first is not None and _SUM.match(layout.text, first.start, first.end) is not None


def _value_line(text: str, block: Block, index: int) -> Token:
    """A line of a cell of values: a footnote, or words."""
    note = FOOTNOTE.match(text[block.start : block.end])
    kind = "footnote" if note and _is_note(note) else "text"
    return Token(kind, block.start, block.end, index)


def _title_line(text: str, block: Block, index: int) -> Token:
    """A further line of a cell that opens with a code: its round, or more of its title."""
    number = codes.read_round(text[block.start : block.end])
    if number:
        return Token("round", block.start, block.end, index, number=number[0])
    return Token("text", block.start, block.end, index)


def _cell_tokens(layout: Layout, cell: Cell, alone: bool) -> Iterator[Token]:
    blocks, text = layout.blocks, layout.text
    first = blocks[cell.blocks[0]]
    field = cell.hit.field if cell.hit else None
    last = blocks[cell.blocks[-1]]
    title = codes.read_title(text[first.start : first.end])
    if title and field in {None, "title", "code", "specific_objective"}:
        yield Token("title", first.start, first.end, cell.blocks[0], title=title)
        yield from (_title_line(text, blocks[i], i) for i in cell.blocks[1:])
        return
    if alone:
        note = _value_line(text, first, cell.blocks[0])
        yield note if note.kind == "footnote" else Token("heading", first.start, last.end, cell.blocks[0])
        return
    if field in _LOOSE and _holds_labels(layout, cell.blocks):
        for i in cell.blocks:
            yield from _line_tokens(text, blocks[i], i, False)
        return
    if field == "round":
        words = text[first.start : last.end]
        number = codes.read_round(words) or codes.read_round(f"{words.rstrip(' .')}. kārta")
        if number:
            yield Token("round", first.start, last.end, cell.blocks[0], number=number[0])
            return
    if cell.head:
        start, end = blocks[cell.head[0]].start, blocks[cell.head[-1]].end
        if field != "title":
            yield Token("label" if cell.hit else "unknown", start, end, cell.head[0], hit=cell.hit)
    line_of = _title_line if field == "title" else _value_line
    yield from (line_of(text, blocks[i], i) for i in cell.blocks)

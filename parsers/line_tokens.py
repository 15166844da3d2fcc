"""One line -> tokens, told by its words and by how it is set."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

from parsers import codes, labels
from parsers.behind_title import Told, told_behind, told_by_bars
from parsers.codes import TitleCode
from parsers.label_parts import TIMELINE, further_label, is_step, parts
from parsers.labels import Hit
from parsers.memos import memo
from parsers.records import Block, Span
from parsers.stars import is_footnote
from parsers.titles import is_objective, title_of
from parsers.token import Token

_LONGEST_ROUND = 100
# A label of a part of a sum may begin small: ``t.sk. ERAF finansējums``.
_PARTS_OF = ("t.sk", "t. sk", "tai skaitā", "tostarp", "no tā", "no tiem")
# How a line begins whose code may be misprinted; most lines are looked at no further.
_OPENS_MISPRINT = frozenset("0123456789AaPp")
# Words in quotation marks name something, however much they look like a label: ``„Elastība uzņēmumiem”``.
_OPENING_MARKS, _CLOSING_MARKS = frozenset('„“”«"'), frozenset('”“"»')
# Labels that are also words of a value.
_ALSO_VALUES = frozenset({"title", "code", "round", "part"})


class _Line(NamedTuple):
    """A line by itself. ``bold``: end of the emphasised words that open it; ``first_cell``: its place says
    that it may be a label."""

    text: str
    kind: str
    bold: int
    first_cell: bool

    @property
    def named(self) -> bool:
        """Set as a heading."""
        return self.kind in {"heading", "term"} or self.bold >= len(self.text) > 0


# As ``Token(…)`` and ``_Line(…)``, at a third of their cost: there is one for each line.
_token_of = partial(tuple.__new__, Token)
_line_of = partial(tuple.__new__, _Line)


def line_tokens(text: str, block: Block, index: int, *, first_cell: bool) -> list[Token]:
    """What a line is. ``first_cell``: it stands where labels stand, in a table or over a list of its own."""
    kind, start, end, _, _, _, _, bold = block
    found = _classified(text[start:end], kind, bold - start, first_cell)
    if len(found) == 1:
        # Most lines are one token from end to end: it shares its numbers with the Block.
        kind, first, last, _, hit, title, number, inline, told = found[0]
        if first == 0 and last == end - start:
            return [_token_of((kind, start, end, index, hit, title, number, inline, told))]
    return [
        _token_of((kind, start + first, start + last, index, hit, title, number, inline, ()))
        for kind, first, last, _, hit, title, number, inline, _ in found
    ]


# Pages say the same lines again and again, and so does one page in all its captures.
@memo(16384)
def _classified(text: str, kind: str, bold: int, first_cell: bool) -> Sequence[Token]:
    """The tokens of a line; their places count in it."""
    if is_footnote(text):
        return [_token("footnote", 0, len(text))]
    line = _line_of((text, kind, bold, first_cell))
    title = title_of(text, named=line.named)
    if title is not None:
        return _title_tokens(line, title)
    if text[0] in _OPENS_MISPRINT and codes.is_misprinted(text):
        return [_token("misprint", 0, len(text))]
    if text[0] in _OPENS_MISPRINT and codes.names_several(text):
        return [_token("misprint", 0, len(text), number=1)]
    heading = kind == "heading"
    if len(text) < _LONGEST_ROUND and "rt" in text and (number := codes.read_round(text, named=heading)):
        return [_token("round", 0, len(text), number=number[0])]
    if len(text) < _LONGEST_ROUND and "kārt" in text and (together := codes.rounds_together(text)):
        return [_token("round", 0, len(text), number=together[0])]
    return _label_tokens(line, 0)


def _token(
    kind: str,
    start: int,
    end: int,
    *,
    hit: Hit | None = None,
    title: TitleCode | None = None,
    number: int = 0,
    inline: bool = False,
) -> Token:
    return _token_of((kind, start, end, 0, hit, title, number, inline, ()))


def _title_tokens(line: _Line, title: TitleCode) -> list[Token]:
    """A line that opens a measure; where labels follow in the same line, it ends before the first of them."""
    text = line.text
    barred = " | " in text
    told = (
        told_by_bars(text, title)
        if barred
        else told_behind(text, title)
        if "," in text or ";" in text
        else None
    )
    opening = codes.read_title(text[: told[0]].rstrip(" .–—-")) if told is not None else None
    if told is not None and opening is not None and opening.strict:
        return _told_tokens(told[0], opening, told[1], number=2 if barred else 1)
    behind = _labelled_behind(text, title)
    cut = behind.start if behind else _first_label(line, title)
    opening = codes.read_title(text[:cut].rstrip(" .")) if cut else None
    if opening is None:
        return [_token("title", 0, len(text), title=title)]
    rest = text[behind.start + 1 : behind.end] if behind else text[cut:].lstrip(" .–—-")
    start = behind.start + 1 if behind else len(text) - len(rest)
    labelled = _label_tokens(_Line(rest, line.kind, 0, False), start)
    return [_token("title", 0, cut, title=opening), *labelled]


def _told_tokens(end: int, title: TitleCode, told: Sequence[Told], *, number: int) -> list[Token]:
    """A title and the fields told behind it: each as if a label of no words stood before it.

    ``number`` of the title: 1 where its line is all that tells of it, 2 where a heading above may name it.
    """
    tokens = [_token("title", 0, end, title=title, number=number)]
    for field, first, last in told:
        if field == "timeline":
            tokens.append(_token("text", first, last, hit=TIMELINE, inline=True))
        else:
            tokens.append(_token("label", first, first, hit=Hit(field, None)))
            tokens.append(_token("text", first, last, inline=True))
    return tokens


def _labelled_behind(text: str, title: TitleCode) -> Span | None:
    """The brackets behind a title that hold fields: ``(Finansējums: 1 milj. euro; Iesniedzēji: …)``."""
    if text[-1] not in ").":
        return None
    start, end = text.find(" (", title.title_start), len(text.rstrip(".")) - 1
    if not 0 < start < end or text[end] != ")" or "(" in text[start + 2 : end] or ":" not in text[start:end]:
        return None
    opened = parts(text[start + 2 : end], 0)[0].hit
    return Span(start + 1, end) if opened is not None and opened is not TIMELINE else None


def _first_label(line: _Line, title: TitleCode) -> int:
    """Where labels begin in a line that opens a measure, 0 where none do."""
    text = line.text
    if title.title_start < line.bold < len(text) and ":" in text[line.bold :]:
        return line.bold
    further = further_label(text, title.title_start)
    return further.start if further else 0


def _label_tokens(line: _Line, offset: int) -> list[Token]:
    """A line that is all a label, or opens with one, or with none; ``offset`` is added to all places."""
    text = line.text
    end = offset + len(text)
    hit = _whole_label(line) if len(text) <= labels.LONGEST_LABEL else None
    if hit is not None:
        return [_token("label", offset, end, hit=hit)]
    if is_step(text, first_cell=line.first_cell):
        return [_token("text", offset, end, hit=TIMELINE)]
    if line.kind == "heading" and ":" not in text:
        return [_token("text", offset, end)]
    return _part_tokens(line, offset)


def _part_tokens(line: _Line, offset: int) -> list[Token]:
    tokens: list[Token] = []
    for label_end, value, last, hit, start in parts(line.text, line.bold):
        end = start + len(line.text[start:last].rstrip(" |"))
        if hit is TIMELINE:
            tokens.append(_token("text", offset + start, offset + end, hit=hit))
            continue
        if hit:
            tokens.append(_token("label", offset + start, offset + label_end, hit=hit))
        if hit and hit.field == "code" and (title := _code_alone(line.text[value:end])) is not None:
            tokens.append(_token("title", offset + value, offset + end, title=title, inline=True))
        elif value < end:
            note = hit is not None and is_footnote(line.text[value:end])
            kind = "footnote" if note else "text"
            tokens.append(_token(kind, offset + value, offset + end, inline=hit is not None))
    return tokens


def _code_alone(words: str) -> TitleCode | None:
    """``Pasākuma numurs: 1.2.3.4.`` names the measure whose title stands above."""
    title = codes.read_title(words) if words[:1].isdecimal() else None
    alone = title is not None and title.title is None and not is_objective(title)
    return title if alone else None


def _whole_label(line: _Line) -> Hit | None:
    """What a line opens that is a label and nothing else; None for any other."""
    text = line.text
    if text[:1] in _OPENING_MARKS and text[-1:] in _CLOSING_MARKS:
        return None
    placed = line.first_cell or line.kind in {"heading", "term"} or line.bold >= len(text.rstrip(" :"))
    closed = text.endswith((":", "?"))
    hit = labels.match(text, 1)
    if hit and not (closed or placed or labels.match(text) or _may_hold_more(line)):
        return None
    if hit and hit.unknown and hit.field == "title":
        return None
    if hit and hit.field == "narrative" and not placed:
        hit = labels.match(text)
    return hit if hit and _stands_alone(line, hit, placed=placed or closed) else None


def _may_hold_more(line: _Line) -> bool:
    """A bare line of three words or more may have one inserted that the vocabulary does not know."""
    text = line.text
    return (
        line.kind != "item"
        and text.count(" ") >= 2
        and text[:1].isupper()
        and not labels.names_institution(text)
    )


def _stands_alone(line: _Line, hit: Hit, *, placed: bool) -> bool:
    """A whole line is a label; the few that are also words of a value need a place that says so."""
    text = line.text
    if placed or hit.field in _ALSO_VALUES:
        return placed
    if text.startswith(_PARTS_OF):
        return True
    if not text.lstrip("0123456789.) ")[:1].isupper():
        return False
    return labels.match(text) is not None if line.kind == "item" else not text.endswith((".", ",", ";"))

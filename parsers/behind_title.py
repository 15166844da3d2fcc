"""Fields that a line tells behind the code or title it opens with, parted by commas and under no label.

``1.2.3.4. pasākums – 12 milj. EUR, atklāta atlase, 2025. gada III cet.``
``1.2.3.4. pasākums „Nosaukums” (5 milj. EUR, atklāta atlase)``
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from parsers.badges import is_fund, is_status
from parsers.codes import TitleCode
from parsers.label_parts import is_step
from parsers.memos import memo
from parsers.money import money_alone
from parsers.records import Span
from parsers.selection import kind_of
from parsers.steps import is_period

_BRACKETS = re.compile(r"\s\((?P<round>[^()\n]{8,200})\)\.?\Z|\s\[(?P<square>[^\[\]\n]{8,200})\]\.?\Z")
_PIECE = re.compile(r"[^\s|](?:[^|]*[^\s|])?")
_DASH = re.compile(r"\s[–—-]\s(?=.{0,40}\d)|:\s(?=.{0,40}\d)")
_PARTED = re.compile(r"[,;]\s+")
_ABBREVIATED = re.compile(r"\b(?:cet|milj|tūkst|g|pusg)\.\Z")
_MOST_WORDS = 6


class Told(NamedTuple):
    """``field``: funding, selection, timeline, fund or narrative; where its words stand in the line."""

    field: str
    start: int
    end: int


@memo(1024)
def told_behind(line: str, title: TitleCode) -> tuple[int, tuple[Told, ...]] | None:
    """Where the title ends and what the words behind it tell, where every one of them tells something.

    None where there is no money among them, or nothing but money: that has a reader of its own.
    """
    for region, end in _regions(line, title):
        told = _told(line, region)
        if told is not None:
            return end, told
    return None


def _regions(line: str, title: TitleCode) -> Iterator[tuple[Span, int]]:
    """The words in brackets at the end of the line, or behind a dash; with where the title ends then."""
    if line[-1] in ").]" and (found := _BRACKETS.search(line, title.code_end)):
        yield Span(*found.span(found.lastgroup or 0)), found.start()
    for dash in _DASH.finditer(line, title.code_end):
        stop = line.endswith(".") and _ABBREVIATED.search(line) is None
        yield Span(dash.end(), len(line) - stop), dash.start()


def told_by_bars(line: str, title: TitleCode) -> tuple[int, tuple[Told, ...]] | None:
    """The same of words parted by bars: ``Pasākums 1.2.3.4. | ERAF | Atklāta atlase``; its fund, or how far
    its call is, may be all."""
    bar = line.find(" | ", title.code_end)
    told: list[Told] = []
    for piece in _PIECE.finditer(line, bar) if bar >= 0 else ():
        words = piece[0]
        field = "fund" if is_fund(words) else "narrative" if is_status(words) else _field_of(words)
        if field is None:
            return None
        told.append(Told("timeline" if field == "period" else field, *piece.span()))
    return (bar, tuple(told)) if told else None


def _told(line: str, region: Span) -> tuple[Told, ...] | None:
    told: list[Told] = []
    for start, end in _pieces(line, region):
        field = _field_of(line[start:end])
        if field is None:
            return None
        if field == "period":
            # It is that of the selection named right before it.
            if not told or told[-1].field != "selection":
                return None
            told.append(Told("timeline", told[-1].start, end))
        else:
            told.append(Told(field, start, end))
    fields = {each.field for each in told}
    return tuple(told) if "funding" in fields and len(fields) > 1 else None


def _pieces(line: str, region: Span) -> Iterator[Span]:
    start = region.start
    for mark in _PARTED.finditer(line, *region):
        yield Span(start, mark.start())
        start = mark.end()
    yield Span(start, region.end)


def _field_of(words: str) -> str | None:
    if money_alone(words):
        return "funding"
    if kind_of(words) is not None and words.count(" ") < _MOST_WORDS and not any(map(str.isdecimal, words)):
        return "selection"
    if is_period(words):
        return "period"
    return "timeline" if is_step(words[:1].upper() + words[1:], first_cell=False) else None

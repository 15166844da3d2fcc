"""Rounds of a measure that are told within its fields (``1. kārta – 14 210 600 euro``)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from parsers import codes
from parsers.drafts import Draft
from parsers.records import Span
from parsers.token import Token

_PARTED = re.compile(r"\s?[–—:]\s|\s-\s")
_LONGEST_ROUND = 60


class _Told(NamedTuple):
    """The round that a line begins with and where it says so; ``value``: where the line goes on."""

    number: int
    span: Span
    value: int


def by_round(text: str, draft: Draft) -> list[Draft]:
    """The draft, or one for each round where its money is told round by round."""
    money = [line for section in draft.sections if section.field == "funding" for line in section.lines]
    told = [each for line in money if (each := _told(text, line)) is not None]
    if draft.round is not None or len(told) < 2 or len({each.number for each in told}) < len(told):
        return [draft]
    rounds = [_round(text, draft, each, money[0].block) for each in told]
    rounds[0].loose, rounds[0].unknown = draft.loose, draft.unknown
    return rounds


def _told(text: str, line: Token) -> _Told | None:
    """The round that a line begins with, before a dash or colon."""
    parted = _PARTED.search(text, line.start, min(line.end, line.start + _LONGEST_ROUND))
    found = codes.read_round(text[line.start : parted.start()]) if parted else None
    if parted is None or found is None:
        return None
    number, start, end = found
    return _Told(number, Span(line.start + start, line.start + end), parted.end())


def _round(text: str, draft: Draft, told: _Told, block: int) -> Draft:
    """The draft of one round: what is told of it under each label that tells anything round by round."""
    part = Draft(draft.code, Token("round", *told.span, block))
    part.code_spans, part.title_lines, part.title_words = (
        draft.code_spans, draft.title_lines, draft.title_words,
    )  # fmt: skip
    part.theme, part.parent, part.footnotes = draft.theme, draft, draft.footnotes
    part.round, part.round_spans = told.number, [told.span]
    part.start, part.end = draft.start, draft.end
    for section in draft.sections:
        lines = _of_round(text, section.lines, told.number)
        if lines is not None:
            part.sections.append(section._replace(lines=lines))
    return part


def _of_round(text: str, lines: Sequence[Token], number: int) -> list[Token] | None:
    """Of lines told round by round, those of one without the words that name it; None where none are."""
    mine: list[Token] = []
    current: int | None = None
    for line in lines:
        told = _told(text, line)
        if told is not None:
            current = told.number
        if current in {None, number}:
            mine.append(line if told is None else line._replace(start=told.value))
    return mine if current is not None else None

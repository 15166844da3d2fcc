"""Footnotes: which measure a star's explanation belongs to.

A footnote stands below its amount, below all fields of its measure, or once for all at the end of a table
or page. One that its own measure has no star for explains the stars above it that have none of their own.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from parsers.measures import Draft
from parsers.money import flexibility_of
from parsers.records import Span
from parsers.token import Token
from parsers.tokens import FOOTNOTE


class Footnote(NamedTuple):
    """``mark``: its star. ``meaning``: included or excluded, of flexibility funding; None for anything else."""

    mark: str
    span: Span
    meaning: str | None


def footnote_of(text: str, token: Token) -> Footnote | None:
    """The mark and meaning of a footnote's line."""
    match = FOOTNOTE.match(text[token.start : token.end])
    if match is None:
        return None
    return Footnote(match["mark"], Span(token.start, token.end), flexibility_of(match["text"]))


def assign(text: str, drafts: Sequence[Draft], outside: Sequence[Token]) -> list[Footnote]:
    """Give each draft its ``notes``; the footnotes that hold for all, in the order of the page."""
    shared = [note for token in outside if token.kind == "footnote" and (note := footnote_of(text, token))]
    for draft in drafts:
        marks = _marks(text, draft)
        draft.notes = []
        for token in draft.footnotes:
            note = footnote_of(text, token)
            if note is None:
                continue
            waiting = any(
                note.mark in _marks(text, other) and not _has(text, other, note.mark) for other in drafts
            )
            if note.mark not in marks and waiting:
                shared.append(note)
            else:
                draft.notes.append(note)
    return shared


def _has(text: str, draft: Draft, mark: str) -> bool:
    return any(
        (note := footnote_of(text, token)) is not None and note.mark == mark for token in draft.footnotes
    )


def _marks(text: str, draft: Draft) -> set[str]:
    """The stars that stand in a draft's fields of money."""
    return {
        mark
        for section in draft.sections
        if section.field in {"funding", "flexibility"}
        for line in section.lines
        for mark in _MARKS
        if _ends_with(text[line.start : line.end], mark)
    }


_MARKS = ("***", "**", "*", "¹", "²", "³", "†", "‡")


def _ends_with(line: str, mark: str) -> bool:
    """The mark stands in the line, and is not a part of a longer one."""
    at = line.find(mark)
    return at > 0 and line[at - 1] != mark[0] and line[at + len(mark) : at + len(mark) + 1] != mark[0]

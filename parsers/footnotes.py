"""Footnotes: which measure a star's explanation belongs to.

A footnote stands below its amount, below all fields of its measure, or once for all at the end of a table
or page. One that its own measure has no star for explains the stars above it that have none of their own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from parsers.drafts import Draft, Footnote
from parsers.flexibility import flexibility_of
from parsers.records import Span
from parsers.stars import FOOTNOTE, MARK
from parsers.token import Token

_MARK = re.compile(MARK)


def footnote_of(text: str, token: Token) -> Footnote | None:
    """The mark and meaning of a footnote's line."""
    match = FOOTNOTE.match(text[token.start : token.end])
    if match is None:
        return None
    return Footnote(match["mark"], Span(token.start, token.end), flexibility_of(match["text"]))


def assign(text: str, drafts: Sequence[Draft], outside: Sequence[Token]) -> list[Footnote]:
    """Give each draft its ``notes``; the footnotes that hold for all, in the order of the page."""
    shared = [note for token in outside if token.kind == "footnote" and (note := footnote_of(text, token))]
    waiting: set[str] = set()
    marked: list[tuple[Draft, set[str]]] = []
    for draft in drafts:
        draft.notes = [note for token in draft.footnotes if (note := footnote_of(text, token))]
        marks = _marks(text, draft)
        waiting |= marks - {note.mark for note in draft.notes}
        if draft.notes:
            marked.append((draft, marks))
    for draft, marks in marked if waiting else ():
        shared.extend(note for note in draft.notes if note.mark in waiting and note.mark not in marks)
        draft.notes = [note for note in draft.notes if note.mark in marks or note.mark not in waiting]
    return shared


def _marks(text: str, draft: Draft) -> set[str]:
    """The stars that stand in a draft's fields of money."""
    return {
        mark
        for section in draft.sections
        if section.field in {"funding", "flexibility"}
        for line in section.lines
        for mark in _MARK.findall(text, line.start + 1, line.end)
    }

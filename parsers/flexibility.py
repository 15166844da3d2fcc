"""Whether a measure's amount includes flexibility funding: by the footnote of its star, or said beside it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from parsers.drafts import Footnote, Section
from parsers.labels import fold
from parsers.ledger import Ledger
from parsers.memos import memo
from parsers.records import Span

_EXCLUDED = re.compile(r"\bneieskait|\bbez\b|\bneieklau|\bizņemot|\biznemot|\bnav\b")
_INCLUDED = re.compile(
    r"\bieskait|\bieklau|\bietver|\btai skaita|\bt\.? ?sk|\btostarp|\btaja skaita|\bar elast|\bno ta"
    r"|\bno tiem"
)
_WORDS = re.compile(
    r"\b(?:(?:ne)?(?:ieskait|iekļau|ietver)\w*|elast\w*|finansējum\w*|rezerv\w*|apjom\w*|apmēr\w*"
    r"|no t\w{1,3}|t\. ?sk|ta(?:i|jā) skaitā|tostarp|bez|ar|un|es|fond\w*|plānot\w*|kopēj\w*|summ\w*|daļ\w*"
    r"|izņemot|nav|eiro|euro)\b",
    re.IGNORECASE,
)
_FIELD = "flexibility_funding"


class Said(NamedTuple):
    """``value``: included, excluded or None. ``others``: footnotes that speak of something else."""

    value: str | None
    others: list[Span]


def flexibility_of(words: str) -> str | None:
    """What words say of the flexibility funding (``*ieskaitot elastības finansējumu``): included, excluded
    or None."""
    folded = fold(words)
    if "elast" not in folded:
        return None
    if _EXCLUDED.search(folded):
        return "excluded"
    return "included" if _INCLUDED.search(folded) else None


def read_flexibility(
    ledger: Ledger,
    sections: Sequence[Section],
    stars: Sequence[tuple[str, Span]],
    notes: Sequence[Footnote],
    shared: Sequence[Footnote],
    measure_id: str,
) -> Said:
    """``stars``: the marks at a measure's amounts; ``notes``: its own footnotes; ``shared``: those of all."""
    meant: Footnote | None = None
    for mark, span in stars:
        ledger.claim(*span)
        note = next((note for note in [*notes, *shared] if note.mark == mark), None)
        if note is None:
            ledger.find("star_without_footnote", *span, measure_id=measure_id, field=_FIELD)
        elif meant is None and note.meaning:
            meant = note
    marks = {mark for mark, _ in stars}
    for note in notes:
        claim_words(ledger, note.span)
        if note.mark not in marks:
            ledger.find("footnote_without_star", *note.span, measure_id=measure_id, field=_FIELD)
            if meant is None and note.meaning and not marks:
                meant = note
    others = [note.span for note in notes if note.meaning is None]
    value, place = (meant.meaning, meant.span) if meant else _beside(ledger.text, sections)
    if place is not None:
        ledger.cell("measures", measure_id, None, _FIELD, *place, claim=False)
        claim_words(ledger, place)
    return Said(value, others)


def claim_words(ledger: Ledger, span: Span) -> None:
    """Only the words that say it: another one between them is reported, not claimed with them."""
    for start, end in _places(ledger.text[span.start : span.end]):
        ledger.claim(span.start + start, span.start + end)


# A page says the same below all its measures.
@memo(1024)
def _places(words: str) -> tuple[tuple[int, int], ...]:
    return tuple(match.span() for match in _WORDS.finditer(words))


def _beside(text: str, sections: Sequence[Section]) -> tuple[str | None, Span | None]:
    """``3 697 500 eiro (ieskaitot elastības finansējumu)``: said in the field itself, or in its label."""
    for section in sections:
        if section.field == "funding":
            lines = [Span(section.lines[0].start, section.lines[-1].end)] if section.lines else []
            for span in [*([section.label] if section.label else []), *lines]:
                meaning = flexibility_of(text[span.start : span.end])
                if meaning:
                    return meaning, span
    return None, None

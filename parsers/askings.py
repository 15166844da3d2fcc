"""``Kas: …`` and ``Kam: …``: questions that ask for applicants or for anything else, as their answers tell.

The words alone say nothing (``Kas: jauna mācību vide``, ``Kam: 5 milj. EUR``); where every entry of the
answer is by its head an institution, a company or the like, they are who may apply.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from parsers import applicants
from parsers.applicant_types import head
from parsers.drafts import Section
from parsers.ledger import Ledger
from parsers.records import Span
from parsers.token import Token

_ASKS = re.compile(r"\s*(?:(?P<who>kas|kuri|kurš)|(?P<whom>kam))\s?[?:]?\s*", re.IGNORECASE)
_ASKS_IN_LINE = re.compile(r"\s*(?:kas|kam|kurš|kuri)\b[^:?\n.]{0,40}[?:]", re.IGNORECASE)
# Fields over those who benefit, or who take part: often the same who apply, and not said to be.
_AUDIENCE = re.compile(r"auditorij|grup|guvēj|partner", re.IGNORECASE)
_NOMINATIVE = re.compile(r"(?:[^u]s|[aei]|š|[A-Z])\Z")
_DATIVE = re.compile(r"(?:am|ai|ām|iem)\Z")
_OF_SOMETHING = re.compile(r"\b(?:atbalst|finansējum|līdzekļ|projekt|milj|eur)", re.IGNORECASE)
_NOT_TELLING = frozenset({"person", "other"})
_LONGEST = 400


def asks_for_applicants(question: str, answer: str) -> bool:
    """Whether an answer to ``Kas:`` or ``Kam:`` names those who may apply, and nobody else."""
    asked = _ASKS.fullmatch(question)
    return asked is not None and _names_all(answer, dative=asked["whom"] is not None)


def _names_all(words: str, *, dative: bool) -> bool:
    """Every entry is one that applies by its head; people may be those who benefit."""
    if len(words) > _LONGEST or _OF_SOMETHING.search(words):
        return False
    entries = applicants.read(words)
    for entry in entries:
        found = head(entry.name)
        if found is None or found.type in _NOT_TELLING:
            return False
        if not (_NOMINATIVE.search(found.word) or (dative and _DATIVE.search(found.word))):
            return False
    return bool(entries)


def tell_unread_applicants(
    ledger: Ledger, sections: Sequence[Section], loose: Sequence[Token], measure_id: str
) -> None:
    """For a measure without applicants: where its words may name them, under a label that does not say so."""
    for start, end in _places(ledger.text, sections, loose):
        ledger.find("applicants_unsure", start, end, measure_id=measure_id, field="applicants")


def _places(text: str, sections: Sequence[Section], loose: Sequence[Token]) -> Iterator[Span]:
    for section in sections:
        if not section.lines:
            continue
        place = Span(section.lines[0].start, section.lines[-1].end)
        label = text[section.label.start : section.label.end] if section.label else ""
        asked = section.field == "unknown" and _ASKS.fullmatch(label) is not None
        audience = section.field == "narrative" and _AUDIENCE.search(label) is not None
        if asked or (audience and _names_all(text[place.start : place.end], dative=False)):
            yield place
    for line in loose:
        words = text[line.start : line.end]
        if len(words) <= _LONGEST and (_ASKS_IN_LINE.match(words) or _names_all(words, dative=False)):
            yield Span(line.start, line.end)

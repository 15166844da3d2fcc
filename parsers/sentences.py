"""Running text that says what a label would: ``Pasākuma mērķis ir …``, ``Projektu iesniedzēji ir …``.

Only asked about the words of a measure that stand below no label of a field.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from parsers import amounts, applicants, labels, periods
from parsers.applicant_types import head
from parsers.memos import memo
from parsers.records import Amount, Span

_END = re.compile(r"(?<=[^\d\s.]{3}[.!?])\s+(?=[A-ZĀČĒĢĪĶĻŅŠŪŽ„“\"])")
_ABBREVIATED = re.compile(r"(?:milj|tūkst|mljrd|mlrd|cet|piem|plkst|prof|skat)\.$", re.IGNORECASE)
_OBJECTIVE = re.compile(r"(?P<label>[^,;:]{0,120}?\bmērķis)\s(?:ir|būs|–|—|-)\s(?=\w)", re.IGNORECASE)
# What is to be done: ``nodrošināt``, ``attīstīties``, ``pilnveidošana``.
_PURPOSE = re.compile(r"\w{3}(?:t|ties|šana|šanās)\b")
# A code or a title before the word that it is the objective of.
_SIGNS = re.compile(r"[\d.]+\s?|„[^”“]*[”“]")
_WHO = re.compile(
    r"(?:[^,;:.]{0,60}?\b(?:iesniedzēj\w{1,4}|saņēmēj\w{1,4}|pretendent\w{1,3}|īstenotāj\w{1,3})(?:\s\w+)?"
    r"\s(?:ir|būs|var būt|varēs būt)"
    r"|(?:projekt\w*\s)?(?:iesniegum\w*\s)?(?:pieteikties|iesniegt|pretendēt)\b[^,;:.]{0,60}?\s(?:var|varēs)"
    r"|(?:atbalst|finansējum|projekt)\w*\s(?:iesniegum\w*\s)?(?:var|varēs)\s(?:saņemt|iesniegt|pieteikties)"
    r"|pasākumu\s(?:īsteno|īstenos))\s",
    re.IGNORECASE,
)
_SELECTION = re.compile(
    r"\b(?:atklāt|ierobežot)\w+\s(?:\w+\s){0,3}?atlas|\batlas\w*\s(?:\w+\s){0,3}?(?:atklāt|ierobežot)",
    re.IGNORECASE,
)
# ``Vienam projektam pieejamais ERAF finansējums …`` is not that of the measure.
_OF_ONE_PROJECT = re.compile(
    r"\b(?:vien(?:am|a|ā) (?:\w+ )?projekt|katr(?:am|a|ā) projekt|projekta (?:minimāl|maksimāl)"
    r"|(?:minimāl|maksimāl)\w+ (?:\w+ ){0,2}(?:projekta|apmēr|apjom|summa|finansējum|atbalst))",
    re.IGNORECASE,
)
_DOCUMENT = re.compile(r"\bNr\b|noteikum\w* „|://")
# The years of a programme are no step: ``2014.–2020. gada plānošanas periodā īstenotie projekti``.
_PROGRAMME = re.compile(r"\d{4}\.?\s?[–—-]\s?\d{4}\.?\s(?:gada\s)?plānošanas\speriod\w*", re.IGNORECASE)
_LONGEST = 3000


class Said(NamedTuple):
    """``field``: what a sentence says. ``label``: the words that lead to it, empty where all of it does."""

    field: str
    label: Span
    value: Span


@memo(4096)
def read(text: str) -> tuple[Said, ...]:
    """What the sentences of a paragraph say; one of selection may say when too. Places count in ``text``."""
    return tuple(_read(text)) if len(text) <= _LONGEST else ()


def says_field(paragraph: str) -> bool:
    """True where a paragraph says a field, or what money there is for the measure."""
    if not paragraph.endswith((".", ";", ":")):
        return False
    if read(paragraph):
        return True
    return "finansējum" in paragraph and any(
        amounts_of_measure(paragraph[start:end]) for start, end in cut(paragraph)
    )


def amounts_of_measure(sentence: str) -> list[Amount]:
    """The amounts of a sentence, none where it speaks of what one project may get."""
    return [] if _OF_ONE_PROJECT.search(sentence) else amounts.read(sentence)


def _read(text: str) -> Iterator[Said]:
    for start, end in cut(text):
        words = text[start:end]
        led = _objective(words) or _applicants(words)
        if led is not None:
            field, at = led
            label = Span(start, start + len(words[:at].rstrip(" –—-")))
            yield Said(field, label, Span(start + at, start + len(words.rstrip(" "))))
            continue
        if _SELECTION.search(words) and not _DOCUMENT.search(words):
            yield Said("selection", Span(start, start), Span(start, end))
        if _is_step(words):
            yield Said("timeline", Span(start, start), Span(start, end))


def cut(text: str) -> Iterator[Span]:
    """The sentences of a paragraph, in order."""
    start = 0
    for match in _END.finditer(text):
        if not _ABBREVIATED.search(text, start, match.start()):
            yield Span(start, match.start())
            start = match.end()
    if start < len(text):
        yield Span(start, len(text))


def _objective(words: str) -> tuple[str, int] | None:
    found = _OBJECTIVE.match(words)
    if found is None or _PURPOSE.search(words, found.end()) is None:
        return None
    hit = labels.match(_SIGNS.sub("", found["label"]))
    return ("objective", found.end()) if hit is not None and hit.field == "objective" else None


def _applicants(words: str) -> tuple[str, int] | None:
    """Where those who may apply are named, and every one of them by what it is."""
    found = _WHO.match(words)
    if found is None:
        return None
    named = applicants.read(words[found.end() :])
    return ("applicants", found.end()) if named and all(head(each.name) for each in named) else None


def _is_step(words: str) -> bool:
    """A milestone and its period; not a regulation with its number and date."""
    if not any(map(str.isdecimal, words)) or _DOCUMENT.search(words):
        return False
    words = _PROGRAMME.sub(" ", words)
    return labels.milestone_kind(words) is not None and bool(periods.read(words))

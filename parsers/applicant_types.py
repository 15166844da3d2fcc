"""What kind of applicant a name is, by the table of :mod:`parsers.applicant_stems`."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from parsers import applicant_stems, quotes
from parsers.memos import memo
from parsers.records import Span
from parsers.vocabulary import fold_word

OTHER = "other"


class Head(NamedTuple):
    """The word of a name that says what it is, and where it stands in the text that was asked about."""

    type: str
    word: str
    start: int
    end: int


class _Word(NamedTuple):
    """The alternatives for one word of an entry: how it may begin, be whole, what may stand in it."""

    beginnings: tuple[str, ...]
    whole: tuple[str, ...]
    inside: tuple[str, ...]


class _Entry(NamedTuple):
    """An entry of the table: the alternatives for each word, and which words may stand apart."""

    row: int
    type: str
    words: tuple[_Word, ...]
    apart: tuple[bool, ...]


class _Table(NamedTuple):
    """``inside``: what the last words of ``compounds`` hold."""

    by_beginning: dict[str, list[_Entry]]
    compounds: list[_Entry]
    inside: set[str]
    abbreviations: dict[str, str]


_BEGINNING = 3
# Words between two of an entry that may stand apart: enough for a long attribute.
_FARTHEST = 12
_WORD = re.compile(r"[^\W_]+(?:/[A-Z])?")
_BRACKETED = re.compile(r"\([^()]*\)?")
_CLAUSE = re.compile(
    r"[\s,(](?:kas|kur(?:š|a|i|as|u|ā|ās|os|am|ai|iem|ām)?|izņemot|sadarbībā|saskaņā|t\.\s?sk|tai skaitā"
    r"|tajā skaitā|tostarp|piemēram|of|for)\b.*|\s[–—-]\s.*",
    re.IGNORECASE | re.DOTALL,
)
_PARTS = re.compile(r"\s(?:un|vai|un/vai|kā arī|and|or)\s|[,;/](?!S\b)")


def has_legal_form(name: str) -> bool:
    """Whether a legal form stands in the name outside quotation marks: ``SIA "Ogres rajona slimnīca"``."""
    return _legal_form(_outside_quotes(name)) is not None


@memo(4096)
def applicant_type(name: str) -> str:
    """What kind of applicant a name is: a word of CONTRACT's vocabulary, ``other`` where no word tells.

    A legal form decides (``SIA "Ogres rajona slimnīca"`` is a company), else the head of the name: the
    last word that the table knows, of the first of several joined with ``un``, ``vai`` or a comma.
    """
    outside = _outside_quotes(name)
    form = _legal_form(outside)
    if form is not None:
        return form
    bare = _BRACKETED.sub(" ", outside)
    for words in (_CLAUSE.sub("", bare), bare, name):
        found = head(words)
        if found is not None:
            return found.type
    return OTHER


# A phrase is asked for its head as a part of its line, for what follows a comma, and for its type.
@memo(4096)
def head(text: str) -> Head | None:
    """The word that says what the first applicant of a phrase is; None where the table knows none of them."""
    words = list(_WORD.finditer(text))
    folded = [_fold(word[0]) for word in words]
    hits = [
        Head(kind, word[0], *word.span())
        for at, word in enumerate(words)
        if (kind := _type_of(word[0], folded, at)) is not None
    ]
    if len(hits) < 2:
        return hits[0] if hits else None
    parts = [part.start() for part in _PARTS.finditer(text)]
    for hit, following in pairwise(hits):
        ends_part = bisect(parts, hit.start) < bisect(parts, following.start)
        if ends_part and not _is_genitive_plural(hit.word):
            return hit
    return hits[-1]


def _is_genitive_plural(word: str) -> bool:
    """An attribute of a later word (``augstskolu``), whichever gender."""
    return word.endswith("u")


def _type_of(word: str, folded: list[str], at: int) -> str | None:
    if word.isupper() and (kind := _table().abbreviations.get(word)) is not None:
        return kind
    for entry in _ending_with(folded[at]):
        if len(entry.words) == 1 or _fits(entry, folded, at):
            return entry.type
    return None


@memo(16384)
def _ending_with(word: str) -> tuple[_Entry, ...]:
    """The entries of which this can be the last word, upper rows first."""
    table = _table()
    candidates = table.by_beginning.get(word[:_BEGINNING], ())
    if any(part in word for part in table.inside):
        candidates = [*candidates, *table.compounds]
    return tuple(sorted({entry for entry in candidates if _is_one_of(entry.words[-1], word)}))


def _fits(entry: _Entry, folded: list[str], at: int) -> bool:
    """Whether the entry's other words stand before the one at this place."""
    for stems, apart in zip(entry.words[-2::-1], entry.apart[::-1], strict=True):
        places = range(at - 1, max(-1, at - 2 - apart * _FARTHEST), -1)
        place = next((place for place in places if _is_one_of(stems, folded[place])), None)
        if place is None:
            return False
        at = place
    return True


def _is_one_of(stems: _Word, word: str) -> bool:
    if word.startswith(stems.beginnings) or word in stems.whole:
        return True
    return any(part in word for part in stems.inside)


@cache
def _table() -> _Table:
    table = _Table(defaultdict(list), [], set(), {})
    for row, (kind, printed) in enumerate(applicant_stems.STEMS):
        for entry in printed.split(","):
            if entry.strip().isupper():
                table.abbreviations.setdefault(entry.strip(), kind)
                continue
            _add(table, _entry(row, kind, entry))
    return table


def _add(table: _Table, entry: _Entry) -> None:
    last = entry.words[-1]
    if last.inside:
        table.compounds.append(entry)
        table.inside.update(last.inside)
    for stem in (*last.beginnings, *last.whole):
        table.by_beginning[stem[:_BEGINNING]].append(entry)


def _entry(row: int, kind: str, printed: str) -> _Entry:
    words: list[_Word] = []
    apart: list[bool] = []
    gap = False
    for part in printed.split():
        if part == "…":
            gap = True
            continue
        if words:
            apart.append(gap)
        words.append(_word([_fold(stem) for stem in part.split("/")]))
        gap = False
    return _Entry(row, kind, tuple(words), tuple(apart))


def _word(stems: list[str]) -> _Word:
    return _Word(
        tuple(stem for stem in stems if stem[-1] != "." and stem[0] != "*"),
        tuple(stem[:-1] for stem in stems if stem[-1] == "."),
        tuple(stem[1:] for stem in stems if stem[0] == "*"),
    )


@cache
def _forms() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Each type with the pattern of its legal forms, at the start of what stands outside quotation marks."""
    patterns = []
    for kind, printed in applicant_stems.LEGAL_FORMS:
        forms = [form.strip() for form in printed.split(",")]
        short = "|".join(re.escape(form) for form in forms if form.isupper())
        long = "|".join(re.escape(form) for form in forms if not form.isupper())
        alternatives = [rf"(?<!\w)(?:{short})(?!\w)"] if short else []
        alternatives.append(rf"(?i:^[\s,]*(?:valsts\s|pašvaldības\s)?(?:{long})(?!\w))")
        patterns.append((kind, re.compile("|".join(alternatives))))
    return tuple(patterns)


def _legal_form(outside: str) -> str | None:
    return next((kind for kind, pattern in _forms() if pattern.search(outside)), None)


def _outside_quotes(name: str) -> str:
    if quotes.MARKS.isdisjoint(name):
        return name
    return "".join(name[start:end] for start, end in _unquoted(name))


def _unquoted(name: str) -> Iterator[Span]:
    partner = quotes.partners(name, 0, len(name))
    at = 0
    while at < len(name):
        opening = next((mark for mark in range(at, len(name)) if partner.get(mark, -1) > mark), len(name))
        yield Span(at, opening)
        at = partner.get(opening, len(name)) + 1


def _fold(word: str) -> str:
    """Small letters without diacritics."""
    folded = fold_word(word)
    if folded.isascii():  # as it is of every Latvian word
        return folded
    return "".join(c for c in unicodedata.normalize("NFD", word.lower()) if not unicodedata.combining(c))

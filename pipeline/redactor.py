"""Finds people in any words, however these write of them, and blocks them out.

A name is found again in any grammatical case, with or without diacritics, in either order and by surname
alone; a number however its digits are grouped; an e-mail address at all, also one hidden from machines.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple, TypeVar
from urllib.parse import unquote

from parsers import means, names
from parsers.memos import memo
from parsers.records import Applicant, Contact, Funding, Headline, Link, Measure, Milestone, Narrative, Span
from pipeline.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

BLOCK = "█"
# The fields that hold words of the page. The others hold codes, dates and words of a vocabulary.
FREE_TEXT = frozenset(
    {
        "title", "theme", "objective", "selection_text", "other_info", "text", "name", "label", "message",
        "message_lv", "url",
    }
)  # fmt: skip

_WORD = re.compile(r"[^\W\d_]+")
_BETWEEN_NAMES = re.compile(r"\s+|(?<=\.)(?=\w)")
_LETTER = re.compile(r"[^\n]")
_EMAIL = re.compile(r"[^\s@<>()\[\],;:\"]{1,64}@[^\s@<>()\[\],;:\"]{1,255}")
_DIGITS = re.compile(r"\d(?:[ \u00a0\u2007\u2009\u202f().\-\u2010-\u2014/]{0,3}\d)*")
# What makes digits in threes an amount, whoever's number has the same.
_THREES = re.compile(r"\d{1,3}(?:[ \u00a0\u2009\u202f.]\d{3})+")
_EURO = re.compile(r"(?:,\d\d)?\s?(?:€|EUR\b|eir?o\b)", re.IGNORECASE)
FEWEST_DIGITS = 5
_LONGEST_PHRASE = 12
_LONGEST_PERSON = 4
_SHORTEST_STEM = 3
_SHORTEST_SLUG = 5
_LATVIA = "371"
_PERSONAL_SCHEMES = frozenset({"mailto", "tel", "sms", "callto", "whatsapp", "skype"})
_PARTICLES = frozenset({"van", "von", "der", "den", "de", "di", "da", "la", "le"})
# Case endings of Latvian nouns, longest first, and the consonants that change before some of them.
_ENDINGS = (
    "ajiem", "ajam", "ajai", "ajām", "ajos", "ajās", "ajā", "ais", "iem", "ām", "ēm", "īm", "ai", "ei", "ij",
    "am", "em", "im", "um", "as", "es", "is", "us", "os", "ās", "ēs", "īs", "s", "š", "a", "e", "i", "u", "o",
    "ā", "ē", "ī", "ū",
)  # fmt: skip
_GENITIVE = ("as", "es", "u")
_AJ = re.compile(r"aj(?:a|s)$", re.IGNORECASE)  # Straja: its endings are those of an adjective
_HARD = str.maketrans("čžšļņķģŗ", "czslnkgr")
_LAST = str.maketrans("td", "sz")
_ASCII = str.maketrans("āčēģīķļņšūžŗō", "acegiklnsuzro")

Record = TypeVar("Record", Headline, Milestone, Applicant, Link, Funding, Narrative, Measure)


class Redactor:
    """Knows the contacts of a text and hides them in any other: a sentence, a title, an address.

    Linear in what it reads, however many contacts there are: words are looked up by stem, numbers by
    their digits.
    """

    def __init__(self, text: str, contacts: Iterable[Contact]) -> None:
        self._phrases = _Sequences()
        self._slugs = _Sequences()
        self._surnames: set[str] = set()
        self._numbers: set[str] = set()
        for contact in contacts:
            printed = [text[slice(*span)] for span in (contact.name_span, contact.email_span) if span]
            for words in filter(None, (contact.name, *printed)):
                self._learn_words(visible(words)[0])
            number = text[slice(*contact.phone_span)] if contact.phone_span else ""
            self._learn_number(contact.phone or "")
            self._learn_number(number)

    def text(self, words: str) -> str:
        """The words, as long as before, with everything of a contact blocked out."""
        return blank(words, self.spans(words))

    def record(self, record: Record) -> Record:
        """A record whose free text is hidden likewise."""
        return type(record)._make(
            self.text(value) if name in FREE_TEXT and isinstance(value, str) else value
            for name, value in zip(record._fields, record, strict=True)
        )

    def spans(self, text: str) -> Iterator[Span]:
        """Where something of a contact stands in the text."""
        seen, places = visible(text)
        for start, end in self._spans(seen):
            yield Span(places[start], places[end])

    def url(self, url: str) -> str:
        """An address; one that would give a contact away is cut down to what stands before its path."""
        scheme, _, rest = url.partition(":")
        if reaches_person(url):
            return f"{scheme}:{BLOCK}"
        words = unquote(url)
        if self.text(words) == words and not any(self._slugs.find(slugs(url))):
            return url
        host = rest.removeprefix("//").partition("/")[0]
        return f"{scheme}://{self.text(host)}/{BLOCK}"

    def _spans(self, text: str) -> Iterator[tuple[int, int]]:
        for address in addresses(text):
            yield address.start, address.end
        yield from self._numbers_in(text)
        words = list(_WORD.finditer(text))
        known = [_stem(word[0]) for word in words]
        for first, last in self._phrases.find(known):
            yield words[first].start(), words[last].end()
        for word, stem in zip(words, known, strict=True):
            if stem in self._surnames and word[0][0].isupper():
                yield word.span()

    def _learn_words(self, words: str) -> None:
        parts = _WORD.findall(words)
        if is_person(words):
            self._learn_person(words)
        elif len(parts) == 1:  # an ordinary word else, wherever it stands
            self._surnames.add(_stem(parts[0]))
        else:
            self._phrases.add([_stem(part) for part in parts])
            self._slugs.add([_slug(part) for part in parts])

    def _learn_person(self, name: str) -> None:
        """In either order, by surname alone, by each half of a double one, and as a login is made of it."""
        for words in (*in_full(name), *([login] for login in logins(name))):
            self._phrases.add([_stem(part) for part in words])
            self._slugs.add([_slug(part) for part in words])
        for half in _WORD.findall(_names_of(name)[-1]):
            if half[0].isupper():
                self._surnames |= {_stem(half), _stem(half).removesuffix("a" if _AJ.search(half) else "")}
                if len(half) >= _SHORTEST_SLUG:
                    self._slugs.add([_slug(half)])

    def _learn_number(self, number: str) -> None:
        self._numbers |= digits_of(number)

    def _numbers_in(self, text: str) -> Iterator[tuple[int, int]]:
        lengths = sorted({len(number) for number in self._numbers})
        for run in _DIGITS.finditer(text) if lengths else ():
            if _THREES.fullmatch(run[0]) and _EURO.match(text, run.end()):
                continue
            places = [place for place in range(*run.span()) if text[place].isdecimal()]
            digits = "".join(text[place] for place in places)
            for length in lengths:
                for first in range(len(digits) - length + 1):
                    if digits[first : first + length] in self._numbers:
                        yield places[first], places[first + length - 1] + 1


class _Sequences:
    """Sequences of words, found in a longer one."""

    def __init__(self) -> None:
        self._known: set[tuple[str, ...]] = set()
        self._lengths: dict[str, set[int]] = {}

    def add(self, words: list[str]) -> None:
        if words:
            sequence = tuple(words[:_LONGEST_PHRASE])
            self._known.add(sequence)
            self._lengths.setdefault(sequence[0], set()).add(len(sequence))

    def find(self, words: list[str]) -> Iterator[tuple[int, int]]:
        """First and last place of each known sequence in ``words``."""
        for first, word in enumerate(words):
            for length in self._lengths.get(word, ()):
                stop = first + length
                if stop <= len(words) and tuple(words[first:stop]) in self._known:
                    yield first, stop - 1


class Address(NamedTuple):
    """An e-mail address and where it stands; ``value`` is the address itself, however it is printed."""

    value: str
    start: int
    end: int


def addresses(text: str) -> Iterator[Address]:
    """The e-mail addresses in a text, those hidden from machines (``anna [at] izm.example``) too."""
    for match in _EMAIL.finditer(text):
        yield Address(match[0], *match.span())
    for value, start, end in means.emails(text):
        yield Address(value, start, end)


def reaches_person(url: str) -> bool:
    """Whether an address is somebody's: ``mailto:``, ``tel:`` and the like."""
    return url.partition(":")[0].strip().casefold() in _PERSONAL_SCHEMES


def blank(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """The text with these stretches blocked out, its lines and length as before."""
    pieces = []
    at = 0
    for start, end in sorted(spans):
        if end > at:
            pieces += [text[at : max(at, start)], _LETTER.sub(BLOCK, text[max(at, start) : end])]
            at = end
    return "".join((*pieces, text[at:]))


def is_person(name: str) -> bool:
    """Whether a contact's name is a person's: up to four capitalised words, none of them a body's."""
    words = _names_of(name)
    capitals = all(_WORD.search(word)[0][0].isupper() or word in _PARTICLES for word in words)  # type: ignore[index]
    return 1 < len(words) <= _LONGEST_PERSON and capitals and not is_body(name)


def is_body(name: str) -> bool:
    """Whether a contact's name is that of a body or of what somebody does: nobody's own. ``Anna Centriņa`` is
    somebody's, ``Rīgas Centrs`` is not."""
    words = _WORD.findall(name)
    if len(words) == 1:
        return words[0].isupper() or _is_of_body(words[0])
    if len(words) == 2 and words[1][0].isupper() and not words[0].casefold().endswith(_GENITIVE):
        return _is_of_body(words[0])
    return any(map(_is_of_body, words))


def in_full(name: str) -> Iterator[list[str]]:
    """The words that name a person: given names and surname, or half of a double one, in either order."""
    *given, family = map(_WORD.findall, _names_of(name))
    first = [part for word in given for part in word]
    halves = [[half] for half in family] if len(family) > 1 else []
    for surname in (family, *halves):
        yield [*first, *surname]
        yield [*surname, *first]


def logins(name: str) -> Iterator[str]:
    """``annaparaudzina``, ``aparaudzina``: what addresses and accounts make of a person's name."""
    first, *_, last = (_WORD.findall(word) for word in _names_of(name))
    for surname in (last, *([half] for half in last if len(last) > 1)):
        joined = "".join(surname)
        if len(joined) >= _SHORTEST_SLUG:
            yield first[0] + joined
            yield first[0][0] + joined


def digits_of(number: str) -> set[str]:
    """The digits of a telephone number, with the country's and without."""
    digits = "".join(filter(str.isdecimal, number))
    national = digits.removeprefix(_LATVIA) if number.lstrip().startswith("+") else digits
    return {one for one in (digits, national) if len(one) >= FEWEST_DIGITS}


def stems(text: str) -> list[str]:
    """What the words of a text have in common with other cases of theirs, in order."""
    return [_stem(word) for word in _WORD.findall(text)]


def slugs(url: str) -> list[str]:
    """The words of an address, without diacritics."""
    return re.findall("[a-z]+", unquote(url).casefold().translate(_ASCII))


def digit_runs(text: str) -> Iterator[str]:
    """Digits that stand together, however they are grouped."""
    for run in _DIGITS.finditer(text):
        yield "".join(filter(str.isdecimal, run[0]))


def _names_of(name: str) -> list[str]:
    """``I.Ozola``: ``I.``, ``Ozola``; a double surname is one."""
    return [word for word in _BETWEEN_NAMES.split(name) if _WORD.search(word)]


@memo(1024)
def _is_of_body(word: str) -> bool:
    whole, beginnings = _body_words()
    folded = names.fold(word)
    return folded in whole or folded.startswith(beginnings)


@cache
def _body_words() -> tuple[frozenset[str], tuple[str, ...]]:
    """Whole words, and beginnings of words."""
    known = (*names.BODIES, *names.FUNCTIONS)
    return (
        frozenset(word.removesuffix(".") for word in known if word.endswith(".")),
        tuple(word for word in known if not word.endswith(".")),
    )


def _slug(word: str) -> str:
    return word.casefold().translate(_ASCII)


@memo(8192)
def _stem(word: str) -> str:
    """What the grammatical cases of a name have in common, written with diacritics or without: ``Bērziņš``,
    ``Bērziņa``, ``BERZINA`` -> ``berzin``."""
    word = word.casefold()
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            word = word.removesuffix(ending)
            break
    return names.fold(word.translate(_HARD).rstrip("j").translate(_LAST))

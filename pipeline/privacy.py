"""Pages without their contacts: what is published where ``publish_contacts`` is false.

Names, telephone numbers and e-mail addresses become blocks (█) of the same length, so that every span
of the canonical text stands. A name is found again wherever it is written, in any grammatical case, in
either order and by surname alone; a number however its digits are grouped; an e-mail address at all.
Too much hidden is a nuisance, too little is a breach: where in doubt, it is hidden.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import unquote

from parsers.findings import quote
from parsers.records import (
    Applicant,
    Contact,
    Finding,
    Funding,
    Headline,
    Link,
    Measure,
    Milestone,
    Narrative,
    Page,
    Span,
)

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
_PROSE = frozenset({"objective", "selection_text", "other_info"})

_WORD = re.compile(r"[^\W\d_]+")
_LETTER = re.compile(r"[^\n]")
_EMAIL = re.compile(r"[^\s@<>()\[\],;:\"]{1,64}@[^\s@<>()\[\],;:\"]{1,255}")
_DIGITS = re.compile(r"\d(?:[ \u00a0\u2009\u202f().\-\u2011\u2013/]{0,3}\d)*")
_FEWEST_DIGITS = 5
_LONGEST_PHRASE = 12
_LONGEST_PERSON = 3
_SHORTEST_STEM = 3
_LATVIA = "371"
_PERSONAL_SCHEMES = frozenset({"mailto", "tel", "sms", "callto", "whatsapp", "skype"})
# Case endings of Latvian nouns, longest first, and the consonants that change before some of them.
_ENDINGS = (
    "iem", "ām", "ēm", "īm", "ai", "ei", "ij", "am", "im", "um", "as", "es", "is", "us", "os", "ās", "ēs",
    "īs", "s", "š", "a", "e", "i", "u", "o", "ā", "ē", "ī", "ū",
)  # fmt: skip
_HARD = str.maketrans("čžšļņķģŗ", "czslnkgr")
_LAST = str.maketrans("td", "sz")
_ASCII = str.maketrans("āčēģīķļņšūžŗō", "acegiklnsuzro")

Record = TypeVar("Record", Headline, Milestone, Applicant, Link, Funding, Narrative, Measure)


def redact(page: Page) -> Page:
    """The page with nothing in it of a contact; spans and all other values stand. Doing it twice is once."""
    contacts = _contacts(page)
    hidden = Redactor(page.text, contacts)
    concerned = [Span(found.start, found.end) for found in page.findings if _is_of_contacts(found)]
    evidence = [Span(one.start, one.end) for one in page.evidence if one.table == "contacts"]
    text = blank(page.text, [*_spans(contacts), *concerned, *evidence, *hidden.spans(page.text)])
    return page._replace(
        title=hidden.text(page.title) if page.title else page.title,
        text=text,
        measures=tuple(_measure(one, hidden) for one in page.measures),
        headlines=tuple(hidden.record(one) for one in page.headlines),
        narrative=tuple(_narrative(one, page.text, text, hidden) for one in page.narrative),
        findings=tuple(_finding(one, page.text, text, hidden) for one in page.findings),
        evidence=tuple(one for one in page.evidence if one.table != "contacts"),
    )


def redactor(page: Page) -> Redactor:
    """What hides the page's contacts in words that were made from it: a change, a value of long ago."""
    return Redactor(page.text, _contacts(page))


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
                self._learn_words(words)
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
        for match in _EMAIL.finditer(text):
            yield Span(*match.span())
        yield from self._numbers_in(text)
        words = list(_WORD.finditer(text))
        stems = [_stem(word[0]) for word in words]
        for first, last in self._phrases.find(stems):
            yield Span(words[first].start(), words[last].end())
        for word, stem in zip(words, stems, strict=True):
            if stem in self._surnames and word[0][0].isupper():
                yield Span(*word.span())

    def url(self, url: str) -> str:
        """An address; one that would give a contact away is cut down to what stands before its path."""
        scheme, _, rest = url.partition(":")
        if scheme.casefold() in _PERSONAL_SCHEMES:
            return f"{scheme}:{BLOCK}"
        words = unquote(url)
        slugs = re.findall("[a-z]+", words.casefold().translate(_ASCII))
        if self.text(words) == words and not any(self._slugs.find(slugs)):
            return url
        host = rest.removeprefix("//").partition("/")[0]
        return f"{scheme}://{self.text(host)}/{BLOCK}"

    def _learn_words(self, words: str) -> None:
        parts = _WORD.findall(words)
        stems = [_stem(part) for part in parts]
        self._phrases.add(stems)
        self._slugs.add([part.casefold().translate(_ASCII) for part in parts])
        if len(parts) <= _LONGEST_PERSON and all(part[0].isupper() for part in parts):
            self._phrases.add(stems[::-1])
            self._surnames.update(stems[-1:])

    def _learn_number(self, number: str) -> None:
        digits = "".join(filter(str.isdecimal, number))
        national = digits.removeprefix(_LATVIA) if number.lstrip().startswith("+") else digits
        self._numbers.update(one for one in (digits, national) if len(one) >= _FEWEST_DIGITS)

    def _numbers_in(self, text: str) -> Iterator[Span]:
        lengths = sorted({len(number) for number in self._numbers})
        for run in _DIGITS.finditer(text) if lengths else ():
            places = [place for place in range(*run.span()) if text[place].isdecimal()]
            digits = "".join(text[place] for place in places)
            for length in lengths:
                for first in range(len(digits) - length + 1):
                    if digits[first : first + length] in self._numbers:
                        yield Span(places[first], places[first + length - 1] + 1)


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


def blank(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """The text with these stretches blocked out, its lines and length as before."""
    pieces = []
    at = 0
    for start, end in sorted(spans):
        if end > at:
            pieces += [text[at : max(at, start)], _LETTER.sub(BLOCK, text[max(at, start) : end])]
            at = end
    return "".join((*pieces, text[at:]))


def _contacts(page: Page) -> list[Contact]:
    return [*_read_contacts(page), *_stray_contacts(page)]


def _spans(contacts: Iterable[Contact]) -> Iterator[Span]:
    for contact in contacts:
        yield from filter(None, (contact.name_span, contact.phone_span, contact.email_span))


def _read_contacts(page: Page) -> Iterator[Contact]:
    """The contacts of the measures, and what is printed of them where the evidence says."""
    for measure in page.measures:
        for contact in measure.contacts:
            yield contact._replace(name_span=None, phone_span=None, email_span=None)
    nobody = Contact(None, None, None)
    for one in page.evidence:
        field = f"{one.field}_span"
        if one.table == "contacts" and field in nobody._fields:
            yield nobody._replace(**{field: Span(one.start, one.end)})  # type: ignore[arg-type]


def _stray_contacts(page: Page) -> Iterator[Contact]:
    """Contacts that stand in running text or in words that nobody claims, with spans in the page."""
    from parsers import contacts

    places = [
        *page.coverage.unclaimed,
        *(Span(one.start, one.end) for one in page.narrative),
        *(Span(one.start, one.end) for one in page.evidence if one.field in _PROSE),
    ]
    for start, end in places:
        for contact in contacts.read(page.text[start:end]):
            if contact.phone or contact.email:
                yield _moved(contact, start)


def _moved(contact: Contact, by: int) -> Contact:
    name, phone, email = (
        Span(span.start + by, span.end + by) if span else None
        for span in (contact.name_span, contact.phone_span, contact.email_span)
    )
    return contact._replace(name_span=name, phone_span=phone, email_span=email)


def _measure(measure: Measure, hidden: Redactor) -> Measure:
    return hidden.record(measure)._replace(
        funding=tuple(hidden.record(one) for one in measure.funding),
        applicants=tuple(hidden.record(one) for one in measure.applicants),
        milestones=tuple(hidden.record(one) for one in measure.milestones),
        contacts=(),
        links=tuple(hidden.record(one)._replace(url=hidden.url(one.url)) for one in measure.links),
    )


def _narrative(one: Narrative, before: str, after: str, hidden: Redactor) -> Narrative:
    return hidden.record(one)._replace(text=_words(one, before, after, hidden))


def _finding(found: Finding, before: str, after: str, hidden: Redactor) -> Finding:
    """A finding whose message quotes no contact, also where the quotation is cut within a name."""
    text = BLOCK * len(found.text) if _is_of_contacts(found) else _words(found, before, after, hidden)
    message, message_lv = (
        hidden.text(words.replace(quote(found.text), quote(text)) if found.text else words)
        for words in (found.message, found.message_lv)
    )
    return found._replace(text=text, message=message, message_lv=message_lv)


def _words(one: Narrative | Finding, before: str, after: str, hidden: Redactor) -> str:
    """The words of a place in the text, as they stand there now."""
    place = slice(one.start, one.end)
    return after[place] if one.text == before[place] else hidden.text(one.text)


def _is_of_contacts(found: Finding) -> bool:
    return "contact" in found.code or "contact" in (found.field or "")


def _stem(word: str) -> str:
    """What the grammatical cases of a name have in common: ``Bērziņš``, ``Bērziņa`` -> ``bērzin``."""
    word = word.casefold()
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            word = word.removesuffix(ending)
            break
    return word.translate(_HARD).rstrip("j").translate(_LAST)

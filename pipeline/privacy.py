"""Pages without their contacts: what is published where ``publish_contacts`` is false.

Names, telephone numbers and e-mail addresses become blocks (█) of the same length, so that every span
of the canonical text stands. A name is found again wherever it is written, in any grammatical case, in
either order and by surname alone; a number however its digits are grouped; an e-mail address at all.
Too much hidden is a nuisance, too little is a breach: where in doubt, it is hidden.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from parsers import contacts, means, names
from parsers.findings import quote
from parsers.records import Contact, Finding, Measure, Narrative, Page, Span
from pipeline.redactor import BLOCK, Redactor, blank, is_body, is_person

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

# Characters of a line that is a person's name with what they do, and lines between it and their number.
_LONGEST_LINE = 80
_NEAR = 3
_THREES = re.compile(r"\d{2}(?:[ \u00a0\u2009\u202f.]\d{3}){2}")
_SAYS_WHO = re.compile("@|☎|t[āa]l|tel|mob|phone|kontakt|contact|zvan", re.IGNORECASE)
_PROSE = frozenset({"objective", "selection_text", "other_info"})

People = tuple[Contact, ...]
"""Who is hidden in all that is made of a source, whichever of its pages names them: sorted, without spans."""


def redact(page: Page, people: People = ()) -> Page:
    """The page with nothing in it of a contact, its own or one of ``people``; spans and all other values
    stand. Doing it twice is once."""
    own = _contacts(page)
    hidden = Redactor(page.text, [*own, *people])
    concerned = [Span(found.start, found.end) for found in page.findings if _is_of_contacts(found)]
    evidence = [Span(one.start, one.end) for one in page.evidence if one.table == "contacts"]
    text = blank(page.text, [*_spans(own), *concerned, *evidence, *hidden.spans(page.text)])
    return page._replace(
        title=hidden.text(page.title) if page.title else page.title,
        text=text,
        measures=tuple(_measure(one, hidden) for one in page.measures),
        headlines=tuple(hidden.record(one) for one in page.headlines),
        narrative=tuple(_narrative(one, page.text, text, hidden) for one in page.narrative),
        findings=tuple(_finding(one, page.text, text, hidden) for one in page.findings),
        evidence=tuple(one for one in page.evidence if one.table != "contacts"),
    )


def redactor(page: Page, people: People = ()) -> Redactor:
    """What hides the page's contacts, and ``people``, in words that were made from it: a change, a value of
    long ago."""
    return Redactor(page.text, [*_contacts(page), *people])


def people_of(page: Page) -> Iterator[Contact]:
    """Everybody who is a contact on the page, a name or a number each.

    Bodies are left out: another page that tells of the ministry or agency tells of nobody.
    """
    for contact in _contacts(page):
        printed = [
            page.text[slice(*span)] if span else None
            for span in (contact.name_span, contact.phone_span, contact.email_span)
        ]
        for name in {contact.name, printed[0], printed[2]} - {None}:
            if not is_body(name):  # type: ignore[arg-type]
                yield Contact(name, None, None)
        for number in {contact.phone, printed[1]} - {None}:
            yield Contact(None, number, None)


def in_order(people: Iterable[Contact]) -> People:
    """Each once, in an order that does not hang on that of pages."""
    return tuple(sorted(set(people), key=lambda one: (one.name or "", one.phone or "")))


def _contacts(page: Page) -> list[Contact]:
    found = [*_read_contacts(page), *_stray_contacts(page)]
    return [*found, *(Contact(name, None, None) for one in found for name in _also_called(one))]


def _also_called(contact: Contact) -> Iterator[str]:
    """Names that the e-mail address gives: whose surname stands first, and who is named by it alone."""
    local = (contact.email or "").partition("@")[0]
    parts = names.fold(contact.name or "").split()
    if len(parts) == 2 and names.fold(local).endswith(parts[0]) and not names.fold(local).endswith(parts[1]):
        yield " ".join(reversed((contact.name or "").split()))
    made_of = re.split("[._-]", local)
    if not contact.name and len(made_of) == 2 and all(len(one) > 2 and one.isalpha() for one in made_of):
        name = " ".join(made_of).title()
        if any(one.person for one in names.find(name, 0, len(name), leads=True)) and is_person(name):
            yield from (" ".join(made_of), " ".join(reversed(made_of)))


def _spans(some: Iterable[Contact]) -> Iterator[Span]:
    for contact in some:
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
    """Contacts that stand outside of the fields for them, with spans in the page: in running text, in words
    that nobody claims, in a title."""
    lines = list(_lines(page.text))
    reaching = [bool(means.phones(line) or means.emails(line)) for _, line in lines]
    places = [
        *page.coverage.unclaimed,
        *(Span(one.start, one.end) for one in page.narrative),
        *(Span(one.start, one.end) for one in page.evidence if one.field in _PROSE),
        *(span for (span, _), reaches in zip(lines, reaching, strict=True) if reaches),
    ]
    applicants = {one.start for one in page.evidence if one.table == "applicants"}
    yield from (one for one in _listed(lines, reaching) if one.start not in applicants)
    for start, end in places:
        for found in contacts.read(page.text[start:end]):
            contact = _moved(found if _names_person(found) else _nameless(found), start)
            if contact.email or (contact.phone_span and not _is_amount(page.text, contact.phone_span)):
                yield contact


def _lines(text: str) -> Iterator[tuple[Span, str]]:
    start = 0
    for line in text.split("\n"):
        yield Span(start, start + len(line)), line
        start += len(line) + 1


def _listed(lines: Sequence[tuple[Span, str]], reaching: Sequence[bool]) -> Iterator[Contact]:
    """People who have a line to themselves near one that says how they are reached, as cells of a table have
    them, or under a heading for contacts. ``reaching``: of each line, whether it says so."""
    for at, (span, line) in enumerate(lines):
        if len(line) > _LONGEST_LINE or reaching[at]:
            continue
        near = slice(max(at - _NEAR, 0), at + _NEAR + 1)
        is_headed = any("kontakt" in before.casefold() for _, before in lines[near.start : at])
        if not is_headed and not any(reaching[near]):
            continue
        for name in names.find(line, 0, len(line), leads=True):
            if name.person and line[: name.start].strip(" –-•") == "":
                here = Span(span.start + name.start, span.start + name.end)
                yield Contact(name.text, None, None, *here, name_span=here)


def _is_amount(text: str, number: Span) -> bool:
    """Whether digits in threes (``69 559 160`` in a cell) are money: nothing near says whom they reach."""
    if _THREES.fullmatch(text, *number) is None:
        return False
    start, end = number
    for _ in range(_NEAR + 1):
        start = max(text.rfind("\n", 0, max(start - 1, 0)), 0)
        end = text.find("\n", end + 1) if text.find("\n", end + 1) >= 0 else len(text)
    near = text[start:end].split("\n")
    return not any(
        _SAYS_WHO.search(line) or any(one.person for one in names.find(line, 0, len(line), leads=True))
        for line in near
    )


def _names_person(contact: Contact) -> bool:
    """Whether it is a person's. A word beside a number elsewhere than in a contact field is often none."""
    name = contact.name or ""
    found = names.find(name, 0, len(name), leads=True)
    return any(one.person for one in found) or (name.isupper() and is_person(name))


def _nameless(contact: Contact) -> Contact:
    return contact._replace(name=None, name_span=None)


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

"""Pages without their contacts: what is published where ``publish_contacts`` is false.

Names, telephone numbers and e-mail addresses become blocks (█) of the same length, so that every span
of the canonical text stands. A name is found again wherever it is written, in any grammatical case, in
either order and by surname alone; a number however its digits are grouped; an e-mail address at all.
Too much hidden is a nuisance, too little is a breach: where in doubt, it is hidden.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from parsers import contacts, means, names
from parsers.findings import quote
from parsers.records import Contact, Finding, Measure, Narrative, Page, Span
from pipeline.redactor import BLOCK, Redactor, blank, is_body, is_person

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

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


def people_on(pages: Iterable[Page]) -> People:
    """Everybody who is a contact on one of the pages, in an order that does not hang on theirs.

    Bodies are left out: another page that tells of the ministry or agency tells of nobody.
    """
    people: set[Contact] = set()
    last = None
    for page in pages:
        if page is not last:
            people.update(_people(page))
        last = page
    return tuple(sorted(people, key=lambda one: (one.name or "", one.phone or "")))


def _people(page: Page) -> Iterator[Contact]:
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


def _contacts(page: Page) -> list[Contact]:
    return [*_read_contacts(page), *_stray_contacts(page)]


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
    places = [
        *page.coverage.unclaimed,
        *(Span(one.start, one.end) for one in page.narrative),
        *(Span(one.start, one.end) for one in page.evidence if one.field in _PROSE),
        *_reaching_lines(page.text),
    ]
    for start, end in places:
        for contact in contacts.read(page.text[start:end]):
            if contact.phone or contact.email:
                yield _moved(contact if _names_person(contact) else _nameless(contact), start)


def _reaching_lines(text: str) -> Iterator[Span]:
    """The lines that hold a telephone number or an e-mail address."""
    start = 0
    for line in text.split("\n"):
        if means.phones(line) or means.emails(line):
            yield Span(start, start + len(line))
        start += len(line) + 1


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

"""Whose names stand on the pages of a source, told from marks of its words, without the pages.

Who is a contact of one page that hides them may be named in the running text of another. To look for
everybody on every page would take two readings of everything; so each history leaves behind what its pages
say, as checksums of words that stand together, and whoever may be among them is hidden there as well. That
is somebody named in full, or whose number stands there: a surname alone may be anybody's.
"""

from __future__ import annotations

from array import array
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple
from zlib import crc32

from parsers.memos import memo
from pipeline.privacy import in_order, people_of
from pipeline.redactor import FEWEST_DIGITS, digit_runs, digits_of, in_full, is_person, logins, slugs, stems
from pipeline.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from parsers.records import Contact, Page
    from pipeline.privacy import People


class Mentions:
    """Marks of the words on some pages, of four bytes each; one that is there by chance only hides more."""

    def __init__(self, marks: Iterable[int] = ()) -> None:
        self._marks = array("I", sorted(set(marks)))

    def named(self, people: Iterable[Contact]) -> Iterator[Contact]:
        """Those of the people who may be named on the pages."""
        here = frozenset(self._marks)
        return (person for person in people if any(map(here.issuperset, _ways(person))))


class Sighting(NamedTuple):
    """What is known of a source once all of its good pages were read: who is a contact on one of them, and
    what their words are."""

    people: People
    mentions: Mentions

    def with_those_of(self, others: Iterable[Sighting]) -> People:
        """Who is to be hidden on these pages: their own contacts, and those of others whom they may name."""
        own = set(self.people)
        foreign = {person for other in others for person in other.people} - own
        return in_order(own.union(self.mentions.named(foreign)))


def sighted(pages: Iterable[Page]) -> Sighting:
    """The same of these pages, each looked at once as long as it stands."""
    people: set[Contact] = set()
    marks: set[int] = set()
    last = None
    for page in pages:
        if page is not last:
            people.update(people_of(page))
            marks.update(_marks_of(page))
        last = page
    return Sighting(in_order(people), Mentions(marks))


def _marks_of(page: Page) -> Iterator[int]:
    words = "\n".join(filter(None, (page.title, page.text)))
    text = visible(words)[0]
    yield from _chain(stems(text))
    for run in digit_runs(text):
        yield from _of_digits(run)
    addresses = {link.url for measure in page.measures for link in measure.links} | {page.url or ""}
    for address in sorted(addresses):
        yield from _chain(slugs(address))
        yield from (mark for run in digit_runs(address) for mark in _of_digits(run))


def _chain(words: Sequence[str]) -> Iterator[int]:
    """Marks of each word and of each two that follow each other."""
    yield from map(_mark, words)
    yield from (_mark(f"{one} {two}") for one, two in pairwise(words))


def _of_digits(run: str) -> Iterator[int]:
    return (_mark(run[at : at + FEWEST_DIGITS]) for at in range(len(run) - FEWEST_DIGITS + 1))


def _mark(words: str) -> int:
    return crc32(words.encode("utf-8", "replace"))


@memo(8192)  # asked of each person for every source that hides its contacts
def _ways(person: Contact) -> tuple[tuple[int, ...], ...]:
    """Marks that are all there where the person is named, for each way of naming them."""
    return tuple(map(tuple, _named_by(person)))


def _named_by(person: Contact) -> Iterator[list[int]]:
    for digits in digits_of(person.phone or ""):
        yield list(_of_digits(digits))
    name = visible(person.name or "")[0]
    if is_person(name):
        for words in in_full(name):
            yield from _together(words)
        first, last = stems(name)[0], stems(name)[-1]
        yield from ([_mark(f"{a} {b}")] for a, b in ((first[0], last), (last, first[0])))
        yield from (
            [_mark(one) for one in some] for login in logins(name) for some in (stems(login), slugs(login))
        )
    elif len(stems(name)) > 1:
        yield from _together(name.split())


def _together(words: Sequence[str]) -> Iterator[list[int]]:
    """As words of a text, and as words of an address."""
    joined = " ".join(words)
    for some in (stems(joined), slugs(joined)):
        pairs = [_mark(f"{one} {two}") for one, two in pairwise(some)]
        if pairs:
            yield pairs

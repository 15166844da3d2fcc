"""A person's words in the bytes of a page, found however the markup writes them, and blocked out.

A name is looked for as a reader sees it (tags left out, entities read) and as the source has it (attributes,
scripts, comments; percent and ``\\u`` escapes read), so that ``<b>An</b>na B&#x113;rzi&#326;a`` and
``mailto:anna.b%C4%93rzi%C5%86a@…`` are both found. Nothing else of the page is touched.
"""

from __future__ import annotations

import codecs
import html
import re
import unicodedata
from array import array
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from parsers import decoding
from parsers.page import parse_page
from parsers.records import Contact, Page
from pipeline.errors import Failed
from pipeline.privacy import redactor
from pipeline.redactor import BLOCK, Redactor, addresses

_TAG = r"<(?P<tag>/?[A-Za-z]|[!?])[^<>]*>"
_ESCAPE = (
    r"&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});?|(?:%[0-9A-Fa-f]{2})+|\\u[0-9A-Fa-f]{4}"
)
_SEEN = re.compile(f"{_TAG}|{_ESCAPE}")
_WRITTEN = re.compile(f"(?P<tag>(?!))|{_ESCAPE}")
_INLINE = re.compile(r"</?(?:a|abbr|b|bdi|em|font|i|mark|small|span|strong|sub|sup|u|wbr)\b", re.IGNORECASE)
_ADDRESS = re.compile(r"(?:https?:/|(?<=[=\"' ]))/[^\s\"'<>]{1,2000}", re.IGNORECASE)
_EMAIL = re.compile(r"[^\s@<>()\[\],;:\"]{1,64}@[^\s@<>()\[\],;:\"]{1,255}")
_UNUSUAL = re.compile("[\u00ad\u0300-\u036f\u200b-\u200d\u2060\ufeff]")
_INVISIBLE = frozenset("\u00ad\u200b\u200c\u200d\u2060\ufeff")
_SYNTAX = frozenset("\n\r'\"<>=\\&")  # of markup and scripts: it stays whatever it stands in
_BOMS = {
    codecs.BOM_UTF32_LE: "utf-32-le",
    codecs.BOM_UTF32_BE: "utf-32-be",
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
}
_DOMAIN = re.compile(r"[\w.-]*")
_AROUND = "'=?&/"  # of an address in a link
_PLAIN = "#"  # where the page's encoding has no block
_FEWEST_DIGITS = 5
_SHORTEST_SLUG = 3
_LATIN = str.maketrans("āčēģīķļņšūžŗō", "acegiklnsuzro")


class Redacted(NamedTuple):
    """``stretches``: how many were blocked out."""

    content: bytes
    stretches: int


class Person:
    """Whose words are to go: those that were given, with the telephone and e-mail that a page prints beside a
    name among them; or, where none were given, all contacts of ``page``."""

    def __init__(self, page: Page, words: Sequence[str]) -> None:
        self._given = [_contact(one) for one in words]
        self._all = None if words else redactor(page)

    def hidden(self, page: Page) -> Hidden:
        """What hides the person on a page, which may be another than the one that named them."""
        if self._all:
            return Hidden(self._all, None)
        mine = Redactor("", self._given)
        beside = [
            one
            for measure in page.measures
            for one in measure.contacts
            if one.name and _is_all(mine, one.name)
        ]
        return Hidden(Redactor("", [*self._given, *beside]), [*self._given, *beside])


class Hidden:
    """Finds a person in any text. ``people`` None: every e-mail address is hidden, whosever it is."""

    def __init__(self, finder: Redactor, people: Sequence[Contact] | None) -> None:
        self._finder, self._hides_all = finder, people is None
        self._emails = {one.email.casefold() for one in people or () if one.email}
        self._slugs = {slug for one in people or () if one.name for slug in _slugs(one.name)[-1:]}

    def spans(self, text: str) -> Iterator[tuple[int, int]]:
        """Where something of the person stands; an e-mail address of somebody else stays."""
        foreign = (
            []
            if self._hides_all
            else sorted((one.start, one.end) for one in addresses(text) if self._is_foreign(one.value))
        )
        starts = [start for start, _ in foreign]
        for span in self._finder.spans(text):
            place = bisect_right(starts, span[0]) - 1
            if place < 0 or span[1] > foreign[place][1]:
                yield span

    def is_in_address(self, url: str) -> bool:
        """Whether an address gives the person away (``/darbinieki/anna-berzina``)."""
        return self._finder.url(url) != url and not (_EMAIL.search(url) and not any(self.spans(url)))

    def text(self, words: str) -> str:
        """Words of a person who writes about it, without the person."""
        marks = bytearray(len(words))
        for start, end in self.spans(words):
            marks[start:end] = b"\1" * (end - start)
        return "".join(BLOCK if mark else one for mark, one in zip(marks, words, strict=True))

    def _is_foreign(self, email: str) -> bool:
        local, _, domain = email.casefold().partition("@")
        is_named = any(len(slug) >= _SHORTEST_SLUG and slug in _slugs(local) for slug in self._slugs)
        plain = f"{local.strip(_AROUND)}@{_DOMAIN.match(domain)[0].rstrip('.')}"  # type: ignore[index]
        return not is_named and plain not in self._emails


def redact(content: bytes, url: str | None, charset: str | None, person: Person) -> Redacted:
    """The page without the person. Raises Failed where the words would still be on it."""
    page = parse_page(content, url, charset)
    hidden = person.hidden(page)
    text, encoding = _text(content, charset)
    marks = bytearray(len(text))
    for view in (_View(text, _SEEN), _View(text, _WRITTEN)):
        for start, end in hidden.spans(view.text):
            view.mark(start, end, marks)
    for address in _ADDRESS.finditer(text):
        if hidden.is_in_address(html.unescape(address[0])):
            host = address[0].find("/", address[0].find("//") + 2 if "//" in address[0] else 0)
            first = address.start() + max(host, 0) + 1
            marks[first : address.end()] = b"\1" * (address.end() - first)
    stretches = sum(1 for _ in re.finditer(b"\1+", marks))
    if not stretches:
        if any(hidden.spans(page.text)):
            raise Failed("the words stand on the page in a form that cannot be taken out of its source")
        return Redacted(content, 0)
    block = _block(text, encoding)
    blocked = "".join(block if mark else one for mark, one in zip(marks, text, strict=True))
    new = blocked.encode(encoding, "surrogateescape")
    if any(hidden.spans(parse_page(new, url, charset).text)):
        raise Failed("the words would still be read on the page after they were taken out of its source")
    return Redacted(new, stretches)


class _View:
    """A text as it is read, and where each of its characters stands in the source."""

    def __init__(self, source: str, units: re.Pattern[str]) -> None:
        self._characters: list[str] = []
        self._starts, self._ends = array("L"), array("L")
        at = 0
        for unit in units.finditer(source):
            self._plain(source, at, unit.start())
            at = unit.end()
            if not unit["tag"]:
                self._escape(unit[0], unit.start())
            elif not _INLINE.match(unit[0]):
                self._add("\n", at, at)
        self._plain(source, at, len(source))
        self.text = "".join(self._characters)

    def mark(self, start: int, end: int, marks: bytearray) -> None:
        """Marks in the source what stands at these characters; what is syntax stays."""
        for place in range(start, end):
            if self._characters[place] not in _SYNTAX:
                first, last = self._starts[place], self._ends[place]
                marks[first:last] = b"\1" * (last - first)

    def _plain(self, source: str, start: int, end: int) -> None:
        if _UNUSUAL.search(source, start, end):
            for place in range(start, end):
                self._add(source[place], place, place + 1)
            return
        self._characters.extend(source[start:end])
        self._starts.extend(range(start, end))
        self._ends.extend(range(start + 1, end + 1))

    def _escape(self, written: str, start: int) -> None:
        if written[0] == "\\":
            self._add(chr(int(written.removeprefix("\\u"), base=16)), start, start + len(written))
        elif written[0] == "%":
            for one in bytes.fromhex(written.replace("%", "")).decode("utf-8", "replace"):
                width = 3 * len(one.encode()) if one != "\N{REPLACEMENT CHARACTER}" else 3
                self._add(one, start, start + width)
                start += width
        else:
            read = html.unescape(written)
            alike = _same_end(read, written)  # of &ampAnna, which reads as &Anna
            for one in read[: len(read) - alike]:
                self._add(one, start, start + len(written) - alike)
            for place in range(len(written) - alike, len(written)):
                self._add(written[place], start + place, start + place + 1)

    def _add(self, character: str, start: int, end: int) -> None:
        if character in _INVISIBLE:
            return
        if self._characters and unicodedata.combining(character):
            whole = unicodedata.normalize("NFC", self._characters[-1] + character)
            if len(whole) == 1:
                self._characters[-1] = whole
                self._ends[-1] = end
                return
        self._characters.append(character)
        self._starts.append(start)
        self._ends.append(end)


def _contact(word: str) -> Contact:
    """What somebody gave as words: an e-mail address, a telephone number or a name."""
    if "@" in word:
        return Contact(None, None, word.strip())
    digits = sum(map(str.isdecimal, word))
    is_number = digits >= _FEWEST_DIGITS and not any(map(str.isalpha, word))
    return Contact(None, word, None) if is_number else Contact(word, None, None)


def _is_all(finder: Redactor, name: str) -> bool:
    """Whether a name is hidden wholly, and so is the person's and not a namesake's."""
    return not any(map(str.isalpha, finder.text(name)))


def _same_end(one: str, other: str) -> int:
    """How many last characters two texts have in common."""
    return next(
        (n for n, (a, b) in enumerate(zip(one[::-1], other[::-1], strict=False)) if a != b),
        min(len(one), len(other)),
    )


def _slugs(words: str) -> list[str]:
    return re.findall("[a-z]+", words.casefold().translate(_LATIN))


def _text(content: bytes, charset: str | None) -> tuple[str, str]:
    """The source as text, and the encoding that gives exactly these bytes again."""
    marked = [name for bom, name in _BOMS.items() if content.startswith(bom)][:1]
    for encoding in [*marked, decoding.decode(content, charset).encoding, "utf-8", "latin-1"]:
        try:
            text = content.decode(encoding, "surrogateescape")
            if text.encode(encoding, "surrogateescape") == content:
                return text, encoding
        except (UnicodeError, LookupError):
            continue
    return content.decode("latin-1"), "latin-1"


def _block(text: str, encoding: str) -> str:
    """What stands for a hidden character. What is all ASCII stays so: nothing says how to read more."""
    try:
        BLOCK.encode(encoding)
    except UnicodeError:
        return _PLAIN
    return _PLAIN if text.isascii() else BLOCK

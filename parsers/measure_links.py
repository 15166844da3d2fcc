"""The links in a measure's fields: those behind words and the addresses that are printed."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from operator import attrgetter
from typing import NamedTuple

from parsers import links
from parsers.drafts import Section
from parsers.layouts import Layout
from parsers.ledger import Ledger
from parsers.records import Anchor, Link, Span

# Words of a link no longer than this say only that it is one: ``šeit``, ``saite``, ``pieejami``.
_SAYS_NOTHING = 12
_SIGNS = " (-–—:"
# What a round shares with others may stand as far before its own fields as the page is long.
_FAR = 20_000


class _Found(NamedTuple):
    """``span``: where the link stands; ``words``: what it is called; ``label``: of the field it stands in."""

    url: str
    span: Span
    words: Span
    label: str


_place = attrgetter("span")


def read_links(ledger: Ledger, layout: Layout, sections: Sequence[Section], measure_id: str) -> list[Link]:
    """Links in the order of the page, each address once."""
    found: dict[str, Link] = {}
    for url, span, words, label in sorted(_addresses(layout, sections), key=_place):
        if url in found:
            continue
        seq = len(found) + 1
        printed = layout.text[words.start : words.end]
        role = links.role(url, printed, _context(layout.text, span, printed, label))
        ledger.cell("links", measure_id, seq, "url", *span)
        ledger.cell("links", measure_id, seq, "text", *words)
        ledger.cell("links", measure_id, seq, "role", *words)
        found[url] = Link(url, role, printed, *span)
    return list(found.values())


def anchors_in(layout: Layout, start: int, end: int) -> Sequence[Anchor]:
    """The page's links that begin within these characters."""
    found = layout.anchors
    return found[bisect_left(found, (start,)) : bisect_left(found, (end,))] if found else ()


def _addresses(layout: Layout, sections: Sequence[Section]) -> Iterator[_Found]:
    text = layout.text
    filled = [section for section in sections if section.lines]
    if not filled:
        return
    # Most measures have few links, or none: their fields are asked only where there are any.
    begin = min([section.lines[0].start for section in filled])
    close = max([section.lines[-1].end for section in filled])
    linked = anchors_in(layout, begin, close)
    printed_any = close - begin > _FAR or links.may_hold(text[begin:close])
    if not linked and not printed_any:
        return
    for section in filled:
        start, end = section.lines[0].start, section.lines[-1].end
        label = text[section.label.start : section.label.end] if section.label else ""
        for anchor in anchors_in(layout, start, end) if linked else ():
            if url := links.absolute("", anchor.href):
                span = Span(anchor.start, anchor.end)
                yield _Found(url, span, span, label)
        for place in links.find(text[start:end]) if printed_any else ():
            span = Span(start + place.start, start + place.end)
            printed = text[span.start : span.end]
            if url := links.absolute("", printed if "://" in printed else f"https://{printed}"):
                yield _Found(url, span, _words_for(text, section, span), label)


def _context(text: str, span: Span, printed: str, label: str) -> str:
    """Words that a link's role may hang on besides its own: its line's; the label's for ``šeit``."""
    if len(printed) <= _SAYS_NOTHING or links.find(printed):
        return label
    start = text.rfind("\n", 0, span.start) + 1
    end = text.find("\n", span.end)
    return text[start : end if end >= 0 else None]


def _words_for(text: str, section: Section, span: Span) -> Span:
    """The words that lead to a printed address: those before it in its line, the line above, or itself."""
    first = section.lines[0].start
    at = text.rfind("\n", first, span.start) + 1 or first
    if text[at : span.start].strip(_SIGNS):
        return _trimmed(text, at, span.start)
    above = max((line for line in section.lines if line.end < span.start), default=None)
    if above is None or section.field != "documents" or "://" in text[above.start : above.end]:
        return span
    return _trimmed(text, above.start, above.end)


def _trimmed(text: str, start: int, end: int) -> Span:
    while start < end and text[start] in _SIGNS:
        start += 1
    while end > start and text[end - 1] in _SIGNS:
        end -= 1
    return Span(start, end)

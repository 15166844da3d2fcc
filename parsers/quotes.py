"""Quotation marks as Latvian pages print them: „ “, „ ”, “ ”, « », plain ones, nested, one left out."""

from __future__ import annotations

import re

from parsers.records import Span

MARKS = frozenset('"„“”‟«»')
_MARK = re.compile("[" + "".join(sorted(MARKS)) + "]")
_ALWAYS_OPEN = frozenset("„«")
_BEFORE_OPENING = frozenset("([{–—-/")


def outer_stripped(text: str, start: int, end: int) -> Span:
    """``text[start:end]`` without the pair of marks around all of it, or a half of a pair at its rim.

    Marks of an inner quotation stay: of ``Integrēta "skola"`` nothing is taken away.
    """
    partner = partners(text, start, end)
    while end > start:
        first, last = text[start], text[end - 1]
        if first in MARKS and partner.get(start) in {None, end - 1}:
            end -= partner.get(start) == end - 1
            start += 1
        elif last in MARKS and end - 1 not in partner:
            end -= 1
        else:
            break
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
    return Span(start, max(start, end))


def first_quotation(text: str, start: int, end: int) -> Span | None:
    """What stands between the mark at ``start`` and its partner; None where either is missing."""
    if start >= end or text[start] not in MARKS:
        return None
    close = partners(text, start, end).get(start)
    return None if close is None else Span(start + 1, close)


def partners(text: str, start: int, end: int) -> dict[int, int]:
    """Each mark of a pair in ``text[start:end]`` to its other half."""
    partner: dict[int, int] = {}
    waiting: list[int] = []
    opens = False
    for mark in _MARK.finditer(text, start, end):
        at = mark.start()
        opens = _opens(text, at, start, end, opens, bool(waiting))
        if opens:
            waiting.append(at)
        elif waiting:
            mate = waiting.pop()
            partner[mate], partner[at] = at, mate
    return partner


def _opens(text: str, at: int, start: int, end: int, last_opened: bool, within: bool) -> bool:
    """Told by the characters beside it: the shape of a mark says little, pages mix them."""
    if text[at] in _ALWAYS_OPEN or text[at] == "»":
        return text[at] != "»"
    before = text[at - 1] if at > start else " "
    after = text[at + 1] if at + 1 < end else " "
    if before in MARKS:
        return last_opened
    if before.isspace() and after.isspace():
        return not within
    return before.isspace() or before in _BEFORE_OPENING


def is_open(text: str) -> bool:
    """True where a quotation opens in ``text`` and does not close."""
    partner = partners(text, 0, len(text))
    return any(text[mark.start()] in "„«“" and mark.start() not in partner for mark in _MARK.finditer(text))

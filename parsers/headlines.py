"""Amounts that a page states outside of any measure, with the words that they are for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from parsers import amounts, labels
from parsers.labels import fold
from parsers.ledger import Ledger
from parsers.memos import memo
from parsers.records import Amount, Headline, Span

_PERCENT = re.compile(r"(\d{1,3}(?:[.,]\d{1,2})?)\s?(?:%|procent)")
_SIGNS = " \t\n•–—-:,;.()*"
_PARTED = re.compile(r"\s?[–—:]\s?|\s-\s")
_LONGEST_LABEL = 200
_VERB = re.compile(
    r"\b(?:ir|tiek|tiks|būs|bus|plānot\w*|paredz\w*|veido|sasniedz|pieejam(?:s|i|a|as|ais)|piešķir\w*|atvēl\w*|kopā|kopumā|apmērā|nepārsniedz|var)\b",
    re.IGNORECASE,
)


_scan = memo(4096)(amounts.scan)


class Line(NamedTuple):
    """A line outside of measures. ``depth``: of a list's item, 0 otherwise. ``row``: of a table it is in."""

    span: Span
    depth: int
    row: tuple[int, int] | None = None


class _Found(NamedTuple):
    line: int
    amount: Amount
    alone: bool


def read_headlines(ledger: Ledger, lines: Sequence[Line]) -> list[Headline]:
    """The headlines of a page in order; a sentence printed twice counts once and has both places."""
    found = list(_amounts(ledger, lines))
    below = _labels_stand_below(found, lines)
    taken = {one.line for one in found}
    folded = {number: fold(ledger.text[slice(*lines[number].span)]) for number in taken}
    headlines: list[Headline] = []
    seen: dict[tuple[object, ...], int] = {}
    for number, each in enumerate(found):
        label = _label(ledger.text, lines, each, below, taken)
        headline, places = _headline(ledger.text, lines, found, number, label)
        key = (folded[each.line], headline.amount_eur, label and fold(ledger.text[label.start : label.end]))
        seq = seen.get(key)
        if seq is None:
            headlines.append(headline)
            seq = seen[key] = len(headlines)
        for field, span in places:
            ledger.cell("headlines", None, seq, field, *span)
    return headlines


def _amounts(ledger: Ledger, lines: Sequence[Line]) -> Iterator[_Found]:
    for number, line in enumerate(lines):
        start, end = line.span
        words = ledger.text[start:end]
        told, problems = _scan(words)
        for code, first, last in problems:
            ledger.find(code, start + first, start + last, field="headlines")
        for amount in told:
            rest = words[: amount.start] + words[amount.end :]
            if amount.qualifier_span:
                rest = (
                    words[: amount.qualifier_span.start] + words[amount.end :]
                    if amount.qualifier_span.start < amount.start
                    else rest
                )
            alone = not rest.strip(_SIGNS)
            ledger.assume(amount.assumption, start + amount.start, start + amount.end, None, "headlines")
            yield _Found(number, amount, alone)


def _labels_stand_below(found: list[_Found], lines: Sequence[Line]) -> bool:
    """Where amounts stand in lines of their own: whether their words follow them or go before."""
    alone = [each.line for each in found if each.alone]
    if not alone:
        return True
    deeper = sum(1 for at in alone if at + 1 < len(lines) and lines[at + 1].depth > lines[at].depth)
    if deeper:
        return True
    taken = {each.line for each in found}
    above = sum(
        1
        for at in alone
        if at and at - 1 not in taken and lines[at - 1].span.end - lines[at - 1].span.start <= _LONGEST_LABEL
    )
    below = sum(
        1
        for at in alone
        if at + 1 < len(lines)
        and at + 1 not in taken
        and lines[at + 1].span.end - lines[at + 1].span.start <= _LONGEST_LABEL
    )
    return below >= above


def _label(text: str, lines: Sequence[Line], each: _Found, below: bool, taken: set[int]) -> Span | None:
    """Words of the page that the amount is for; a field's label says nothing of it."""
    words = _words_for(text, lines, each, below, taken)
    return None if words is None or labels.match(text[words.start : words.end]) else words


def _words_for(text: str, lines: Sequence[Line], each: _Found, below: bool, taken: set[int]) -> Span | None:
    """A line of their own, or what a dash parts from the amount."""
    start, end = lines[each.line].span
    if each.alone:
        beside = _in_row(lines, each.line) or (each.line + 1 if below else each.line - 1)
        if not 0 <= beside < len(lines) or beside in taken:
            return None
        words = _trimmed(text, *lines[beside].span)
        return (
            words
            if 0 < words.end - words.start <= _LONGEST_LABEL
            and "\n" not in text[end : words.start].strip("\n")
            else None
        )
    first, last = start + each.amount.start, start + each.amount.end
    if each.amount.qualifier_span:
        first = min(first, start + each.amount.qualifier_span.start)
    before, after = _trimmed(text, start, first), _trimmed(text, last, end)
    for words, between in ((before, text[before.end : first]), (after, text[last : after.start])):
        other = after if words is before else before
        if words.end > words.start and other.end <= other.start and _PARTED.search(between):
            return None if _VERB.search(text, *words) else words
    return None


def _in_row(lines: Sequence[Line], number: int) -> int | None:
    """The other cell of the row that an amount stands alone in."""
    row = lines[number].row
    if row is None:
        return None
    for beside in (number - 1, number + 1):
        if 0 <= beside < len(lines) and lines[beside].row == row:
            return beside
    return None


def _trimmed(text: str, start: int, end: int) -> Span:
    while start < end and text[start] in _SIGNS:
        start += 1
    while end > start and text[end - 1] in " \n–—-:,;.*":
        end -= 1
    return Span(start, end)


def _headline(
    text: str, lines: Sequence[Line], found: list[_Found], number: int, label: Span | None
) -> tuple[Headline, list[tuple[str, Span]]]:
    each = found[number]
    start, end = lines[each.line].span
    amount = each.amount
    place = Span(start + amount.start, start + amount.end)
    following = found[number + 1] if number + 1 < len(found) and found[number + 1].line == each.line else None
    preceding = found[number - 1] if number and found[number - 1].line == each.line else None
    until = start + following.amount.start if following else end
    since = start + preceding.amount.end if preceding else start
    share = _PERCENT.search(text, place.end, until) or (
        None if preceding else _PERCENT.search(text, since, place.start)
    )
    clause = fold(text[since : place.end])
    national = "nacional" in clause and ("lidzfinans" in clause or "finansejum" in clause)
    headline = Headline(
        text[label.start : label.end] if label else None,
        amount.amount_eur,
        amount.amount_max_eur,
        amount.qualifier,
        Decimal(share[1].replace(",", ".")) if share else None,
        national,
        text[start:end],
    )
    qualifier = amount.qualifier_span
    places = [("amount_eur", place), ("text", Span(start, end))]
    places.append(("qualifier", Span(start + qualifier.start, start + qualifier.end) if qualifier else place))
    if amount.amount_max_eur is not None:
        places.append(("amount_max_eur", place))
    if label:
        places.append(("label", label))
    if share:
        places.append(("share_percent", Span(*share.span())))
    if national:
        places.append(("includes_national", Span(since, place.end)))
    return headline, places

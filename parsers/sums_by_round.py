"""Amounts that are told of rounds of a measure: ``1 milj. EUR 1. kārtai un 2 milj. EUR 2. kārtai``.

None of them is what there is for the measure, not even one that stands alone: there may be another round.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from parsers import codes
from parsers.records import Amount, Span

# Between an amount and the words that say of which round it is. A line that opens with a round tells nothing
# of the line above.
_NEAREST = 30
_AFTER_AMOUNT = re.compile(r"[^\d;\n]{0,60}")
_BEFORE_AMOUNT = re.compile(r"[^\d;]{0,60}")
_PARTING = re.compile(
    r"[,;/\n]|\s(?:un|bet|savukārt)\s|\bt\. ?sk\b"
    r"|\b(?:tai skaitā|tajā skaitā|tostarp|no (?:tā|tiem|kuriem))\b",
    re.IGNORECASE,
)
_ALL_TOGETHER = re.compile(r"[;\n]|\b(?:kopā|kopēj|pavisam|vis[as]\b)", re.IGNORECASE)
# ``atlikums no 1. kārtas`` says where money comes from, ``pēc 1. kārtas`` when.
_NOT_FOR = re.compile(r"\b(?:no|pēc|papildus|kopš|līdz|kā|pirms|turpin\w+)\s?\Z", re.IGNORECASE)
# ``1. un 2. kārtai``, ``1., 2. un 3. kārtai``; not ``1 000 000, 2. kārtai``
_ANOTHER = re.compile(r"(?:\A|[^\d.,\s]\s?|[.,]\s)(?P<first>(?:[1-9]|[IVX]{1,3})\.?\s?(?:un|,|&|/|–|-)\s?)\Z")
# ``1. un 2. kārtām``
_OF_SEVERAL = re.compile(
    r"(?<![\d.])[1-9]\.?(?:\s?(?:,|un|&|/|–|-)\s?[1-9]\.?){1,5}\s?(?:\w+\s){0,3}?kārtām\b", re.IGNORECASE
)


class OfRound(NamedTuple):
    """``round``: the number of the round, None for several. ``words``: the amount and what says so."""

    round: int | None
    words: Span


class _Named(NamedTuple):
    """Where words name a round, or several (None)."""

    round: int | None
    start: int
    end: int


def rounds_of_sums(words: str, found: Sequence[Amount], label: str = "") -> dict[int, OfRound]:
    """Which of the ``found`` amounts of a field's ``words`` are of a round, by their index.

    ``label``: what stands over all of them (``1. kārtas finansējums``).
    """
    over = _named(label) if "rt" in label else []
    if over:
        number = over[0].round if len(over) == 1 else None
        return {index: OfRound(number, _place(each)) for index, each in enumerate(found)}
    if not found or "rt" not in words:
        return {}
    told: dict[int, OfRound] = {}
    rounds = _named(words)
    leads = bool(rounds) and rounds[0].start < found[0].start
    ends = [amount.end for amount in found]
    for named in rounds:
        # Of the amounts, the first that ends behind the round's words.
        index = bisect_left(ends, named.end)
        if index < len(found) and found[index].start < named.start:
            continue
        owner = _owner(words, found, index, named, leads=leads)
        if owner is None:
            continue
        amount, before = found[owner], told.get(owner)
        places = [Span(named.start, named.end), _place(amount), *([before.words] if before else [])]
        span = Span(min(place.start for place in places), max(place.end for place in places))
        told[owner] = OfRound(named.round if before is None else None, span)
    if leads:
        _add_further_funds(words, found, told)
    return told


def _add_further_funds(words: str, found: Sequence[Amount], told: dict[int, OfRound]) -> None:
    """``1. kārtai ERAF 1 milj. EUR, valsts budžets 200 000 EUR``: both are of the round."""
    for index, amount in enumerate(found[1:], 1):
        previous = told.get(index - 1)
        if index in told or previous is None or amount.fund in (None, "total", "eu_total"):
            continue
        if not _ALL_TOGETHER.search(words, found[index - 1].end, amount.start):
            told[index] = OfRound(previous.round, _place(amount))


def _place(amount: Amount) -> Span:
    """Where an amount and the words that name its fund stand, where these are beside it."""
    fund = amount.fund_span
    if fund is None or not -_NEAREST <= fund.end - amount.start <= amount.end - amount.start + _NEAREST:
        return Span(amount.start, amount.end)
    return Span(min(amount.start, fund.start), max(amount.end, fund.end))


def _named(words: str) -> list[_Named]:
    found = [_Named(None, *match.span()) for match in _OF_SEVERAL.finditer(words)]
    for number, start, end in codes.rounds_within(words):
        several = _ANOTHER.search(words, max(0, start - 10), start)
        found.append(_Named(None, several.start("first"), end) if several else _Named(number, start, end))
    return sorted(found, key=lambda named: named.start)


def _owner(words: str, found: Sequence[Amount], index: int, named: _Named, *, leads: bool) -> int | None:
    """The amount that a round's words are of: that before them, at ``index`` - 1, or that behind them."""
    before = after = None
    if index and _AFTER_AMOUNT.fullmatch(words, found[index - 1].end, named.start):
        gap = words[found[index - 1].end : named.start]
        before = None if _NOT_FOR.search(gap) else gap
    if index < len(found) and _BEFORE_AMOUNT.fullmatch(words, named.end, found[index].start):
        lead = words[max(0, named.start - 12) : named.start]
        after = None if _NOT_FOR.search(lead) else words[named.end : found[index].start]
    if before is None or after is None:
        return index if after is not None else index - 1 if before is not None else None
    own = words[named.start : named.end]
    bracketed = own[:1] == "(" or before.rstrip()[-1:] == "("
    if bracketed:
        return index - 1 if own[-1:] == ")" or ")" in after else index
    parted = bool(_PARTING.search(before)), bool(_PARTING.search(after))
    if parted[0] != parted[1]:
        return index if parted[0] else index - 1
    return index if leads else index - 1

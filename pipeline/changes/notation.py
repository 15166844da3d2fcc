"""Sums and dates in running text: another notation of the same figure is no other text."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from pipeline.changes import wording


def same_but_notation(old: str | None, new: str | None) -> bool:
    """True where both say the same (``wording.same``) once sums and periods are put in one notation.

    ``231,3 milj. eiro`` is ``231 300 000 EUR``, ``2025. gada I cet.`` is ``2025. gada 1. ceturksnī``.
    """
    if wording.same(old, new):
        return True
    if not (old and new) or not any(map(str.isdecimal, old)) or not any(map(str.isdecimal, new)):
        return False
    return wording.same(_in_one_notation(old), _in_one_notation(new))


@lru_cache(64)
def _in_one_notation(text: str) -> str:
    at, kept = 0, []
    for start, end, value in sorted(_values(text)):
        if start >= at:
            kept += [text[at:start], f" {value} "]
            at = end
    return "".join((*kept, text[at:]))


def _values(text: str) -> Iterator[tuple[int, int, str]]:
    from parsers import amounts, periods

    for amount in amounts.read(text):
        yield amount.start, amount.end, f"{amount.amount_eur.normalize():f} {amount.amount_max_eur} eiro"
    for period in periods.read(text):
        yield period.start, period.end, period.period

"""Sums and dates in running text: another notation of the same figure is no other text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from parsers.memos import memo
from pipeline.changes import wording

# What a sum or a period is written with, beside digits.
_OF_FIGURES = re.compile(
    r"\d\w*|[ivx]+|mil[jī]\w*|mlj\w*|mlrd|tūkst\w*|thousand|million|ei?ro|euro|eur|q[1-4]|g|"
    r"(?:gad|cet|ceturk|pusg|janv|febr|mart|apr|maij|jūn|jūl|aug|sept|okt|nov|dec|kvart)\w*",
    re.IGNORECASE,
)


def same_but_notation(old: str | None, new: str | None) -> bool:
    """True where both say the same (``wording.same``) once sums and periods are put in one notation.

    ``231,3 milj. eiro`` is ``231 300 000 EUR``, ``2025. gada I cet.`` is ``2025. gada 1. ceturksnī``.
    """
    if wording.same(old, new):
        return True
    if not (old and new) or _without_figures(old) != _without_figures(new):
        return False  # most other texts, told without looking for sums and dates
    return wording.same(_in_one_notation(old), _in_one_notation(new))


def _without_figures(text: str) -> list[str]:
    return [word for word in (wording.key(text) or "").split(" ") if not _OF_FIGURES.fullmatch(word)]


@memo(64)
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

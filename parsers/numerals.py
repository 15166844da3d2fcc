"""Numbers in digits as Latvian pages print them: ``3 697 500,00``, ``1.234.567``, ``292`035.60``.

All of it works on folded text (:func:`parsers.phrases.fold`), which has one kind of space and prime.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

_RUN = re.compile(r"[0-9]+(?:(?: {1,2}|[.,']|' (?=[0-9]{3}(?![0-9])))[0-9]+)*")
_SECTION = re.compile(r"[^ ]+")
_GROUPED = re.compile(r"([0-9]{1,3}(?:([.,'])[0-9]{3})(?:\2[0-9]{3})*)(?:(?!\2)[.,]([0-9]{1,2}))?")
_SIMPLE = re.compile(r"([0-9]+)(?:[.,]([0-9]+))?")
_LAST_GROUP = re.compile(r"[0-9]{3}(?:[.,]([0-9]{1,2}|[0-9]{4,}))?")
_GLUED = re.compile(r"[a-z]-?\Z")
_FUND_BEFORE = re.compile(r"(?:eraf|esf|tpf|kf|af|€|eur)-?\Z")

MAX_DIGITS = 15  # of the euro part: a thousand times the budget of the European Union
_MAX_SECTIONS = 300  # of a run of digits and spaces: more is no row of a table


class Numeral(NamedTuple):
    """A number's digits. ``shape``: ``plain`` (5024), ``grouped`` (5 024 000,50), ``decimal`` (231,3),
    ``either`` (1.234: thousands or decimals), ``words``, ``code`` (1.2.3.4, 31.12.2026: no number) or
    ``broken`` (1.234 567: its separators contradict each other)."""

    start: int
    end: int
    whole: str
    fraction: str
    shape: str


def exact(whole: str, fraction: str, power: int) -> Decimal:
    """``whole.fraction`` times ten to ``power``, never with a positive exponent."""
    if not power:
        return Decimal(f"{whole}.{fraction}" if fraction else whole)
    padded = fraction.ljust(power, "0")
    rest = padded[power:].rstrip("0")
    whole += padded[:power]
    return Decimal(f"{whole}.{rest}" if rest else whole)


def numerals(folded: str, start: int) -> list[Numeral]:
    """The numbers of the run of digits at ``start``, found from its right end: ``2021 5 000 000`` is two."""
    run = _RUN.match(folded, start)
    end = run.end() if run else start
    sections = [match.span() for match in _SECTION.finditer(folded, start, end)]
    if len(sections) > _MAX_SECTIONS:
        return [Numeral(start, end, "", "", "code")]
    found: list[Numeral] = []
    last = len(sections) - 1
    while last >= 0:
        first = last
        while first > 0 and _joins(folded, sections, first, last):
            first -= 1
        if first > 0 and _contradicts(folded, sections[first - 1], sections[first]):
            found.append(Numeral(sections[first - 1][0], sections[last][1], "", "", "broken"))
            first -= 1
        else:
            found.append(_numeral(folded, sections[first][0], sections[last][1], last - first))
        last = first - 1
    return found[::-1]


def _joins(folded: str, sections: list[tuple[int, int]], first: int, last: int) -> bool:
    """Whether the section before ``first`` is the next group of thousands to the left."""
    start, end = sections[first]
    left, left_end = sections[first - 1]
    left_end -= folded[left_end - 1] == "'"  # 100' 756.94
    if left_end - left > 3 or not folded[left:left_end].isdigit():
        return False
    if first == 1 and _is_glued(folded, left):
        return False
    return end - start == 3 if first < last else bool(_LAST_GROUP.fullmatch(folded, start, end))


def _is_glued(folded: str, start: int) -> bool:
    """``COVID-19 500 000``: the 19 is part of a name; not so ``ERAF-19 500 000``."""
    if not _GLUED.search(folded, max(0, start - 2), start):
        return False
    return not _FUND_BEFORE.search(folded, max(0, start - 6), start)


def _contradicts(folded: str, left: tuple[int, int], first: tuple[int, int]) -> bool:
    """``1.234 567`` or ``1234 567``: the groups on both sides of the space do not go together."""
    if not _LAST_GROUP.fullmatch(folded, *first) or _is_glued(folded, left[0]):
        return False
    before = folded[left[0] : left[1]]
    if before.isdigit():
        return len(before) > 4 or (len(before) == 4 and before[:2] not in ("19", "20"))
    return bool(_GROUPED.fullmatch(before))


def _numeral(folded: str, start: int, end: int, joints: int) -> Numeral:
    """Digits and shape of one number with ``joints`` spaces between its groups."""
    printed = folded[start:end]
    if joints:
        whole, _, fraction = printed.replace(",", ".").partition(".")
        return Numeral(start, end, whole.replace(" ", "").replace("'", ""), fraction, "grouped")
    if simple := _SIMPLE.fullmatch(printed):
        whole, fraction = simple[1], simple[2] or ""
        if len(fraction) == 3 and len(whole) <= 3 and whole[0] != "0":
            return Numeral(start, end, whole, fraction, "either")
        return Numeral(start, end, whole, fraction, "decimal" if fraction else "plain")
    if grouped := _GROUPED.fullmatch(printed):
        return Numeral(start, end, grouped[1].replace(grouped[2], ""), grouped[3] or "", "grouped")
    return Numeral(start, end, "", "", "code" if "," not in printed and "'" not in printed else "broken")

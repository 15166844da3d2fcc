"""Figures that go on in digits or letters that do not fit their grouping: ``7 250 00``, ``7 25O 000``.

Nobody can say which number was meant, and the part of it that could be read would be a wrong amount; so all
that is printed in one go is one number that cannot be read. Works on folded text
(:func:`parsers.phrases.fold`) and looks at the edges of a run of digits, no further.
"""

from __future__ import annotations

import re

from parsers.numerals import Numeral

_SHORT = 3  # digits of a group of thousands
# What is typed or scanned in place of a digit: O for 0, l and I for 1, S, B and Z for 5, 8 and 2.
_ALIKE = frozenset("oilsbz\u043e\u041e\u0456\u0406")
_C = f"[0-9{''.join(sorted(_ALIKE))}]"
_ZEROS = "[o\u043e\u041e]"
_GROUP = rf"(?=[^0-9]{{0,2}}[0-9]|{_ZEROS}{{3}}){_C}{{3}}"
_MIXED = re.compile(
    rf"(?<![a-z0-9])[0-9oil\u043e\u041e\u0456\u0406]{{1,3}}(?:(?: {{1,2}}|[.,']){_GROUP}){{1,5}}"
    rf"(?:[.,](?:[0-9]|{_ZEROS}){{1,2}})?(?![a-z0-9])"
)
_NAMED = re.compile(r"(?:[a-z]-?|(?<![a-z])nr\.? ?|[#§] ?|[a-z0-9][/:-])\Z")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
# What stands behind a small number of its own: ``5 000 000 2. kārta``, ``5 000 000 85 %``, ``9:00``.
_OF_ITS_OWN = re.compile(r" {0,2}(?:[%:/)(-]|[a-z]|\.(?: ?[^ ]))")
_UNIT = re.compile(r" {0,2}(?:eur|eiro|mil|tukst|mlj|mrd|ml?jrd|[mkt]?€)")
# ``2 000, 000``: nobody opens a number of its own with a zero.
_AFTER_SIGN = re.compile(r"(?: ?[,.] | [,.])0[0-9]{2}(?: [0-9]{3})*(?![0-9.,:/-])")


def joined(folded: str, found: list[Numeral]) -> list[Numeral]:
    """The ``found`` numbers of one run of digits, those that are one misprinted number as one of them."""
    found = _with_letters(folded, found)
    last = found[-1]
    if last.shape in ("plain", "grouped") and folded[last.end : last.end + 1] in (" ", ",", "."):
        cut = _AFTER_SIGN.match(folded, last.end)
        if cut is not None and not _is_year(last):
            found[-1] = _broken(last.start, cut.end())
    if len(found) == 1:
        return found
    kept = found[:1]
    for number in found[1:]:
        if _goes_on(folded, kept[-1], number):
            kept[-1] = _broken(kept[-1].start, number.end)
        else:
            kept.append(number)
    return kept


def _broken(start: int, end: int) -> Numeral:
    return Numeral(start, end, "", "", "broken")


def _with_letters(folded: str, found: list[Numeral]) -> list[Numeral]:
    """With the number as one that letters stand in: ``7 25O 000``, ``l2 000 000``, ``12 000 OOO``."""
    start, end = found[0].start, found[-1].end
    behind = folded[end : end + 1] in _ALIKE or (
        folded[end : end + 1] in (" ", ".", ",") and folded[end + 1 : end + 2] in _ALIKE
    )
    if behind:
        for index, number in enumerate(found):
            mixed = _MIXED.match(folded, number.start)
            if mixed is not None and mixed.end() > end:
                return [*found[:index], _broken(number.start, mixed.end())]
    if start and folded[start - 1] in _ALIKE:
        lead = start - 1
    elif folded.endswith("l ", 0, start):
        lead = start - 2
    else:
        return found
    mixed = _MIXED.match(folded, lead)
    if mixed is None:
        return found
    within = [number for number in found if number.start < mixed.end()]
    return [_broken(lead, max(within[-1].end, mixed.end())), *found[len(within) :]]


def _goes_on(folded: str, left: Numeral, right: Numeral) -> bool:
    """Whether ``right`` is no number of its own behind ``left``: ``7 25 000``, ``1,5 00 000``."""
    if "code" in (left.shape, right.shape) or _NAMED.search(folded, max(0, left.start - 5), left.start):
        return False
    if _is_of_its_own(folded, right):
        return False
    if len(right.whole) > 1 and right.whole[0] == "0":
        return True
    if left.shape == "grouped" and not left.fraction and _is_long(right) and right.start - left.end == 1:
        return not _is_year(right)  # 42 248 8951: the mark of a footnote stands among the digits
    if left.fraction or _is_year(left) or _is_year(right):
        return left.shape == "either" and _is_short(right)
    if left.shape == right.shape == "grouped":  # columns have more than a space between them
        return right.start - left.end == 1
    return _is_short(right) or left.shape == "broken" or (left.shape == "plain" and len(left.whole) <= _SHORT)


def _is_short(number: Numeral) -> bool:
    return number.shape in ("plain", "decimal") and len(number.whole) <= _SHORT


def _is_long(number: Numeral) -> bool:
    return number.shape in ("plain", "decimal") and len(number.whole) == _SHORT + 1


def _is_year(number: Numeral) -> bool:
    return number.shape == "plain" and _YEAR.fullmatch(number.whole) is not None


def _is_of_its_own(folded: str, number: Numeral) -> bool:
    """A small number before a word, a share, an ordinal, an hour."""
    return (
        _is_short(number)
        and _OF_ITS_OWN.match(folded, number.end) is not None
        and _UNIT.match(folded, number.end) is None
    )

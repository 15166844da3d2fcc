"""Which numbers without a unit of their own are amounts, and in what unit.

A number takes its unit from the label (``Finansējums (eiro)``), from the next number
(``5 un 10 milj. eiro``) or from its sentence (``10,5 miljoni, no tiem 8 miljoni eiro``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from parsers import amount_words as words
from parsers.phrases import pattern
from parsers.quantities import Quantity

_SHARE = re.compile(r" {0,2}(?:(?:un|vai|jeb|uz|and|or) {1,2}|/ ?)")
_SHARE_QUALIFIED = re.compile(
    r",? (?:un|bet|vai) (?:(?:ne )?[a-z]{4,14} (?:ka|neka|par)|lidz|vismaz|virs|maksimali|neparsnie[a-z]+) "
)
_APART = re.compile(r" ?(?:[,;)\]]|- |\.(?:[^0-9a-z]|$)|$| (?:un|vai|and|or|no t)(?![a-z]))")
_RANGE = re.compile(" {0,2}(?:-|lidz|un|to|and) {0,2}")
_PERCENT = re.compile(r" {0,2}(?:%|proc|‰)")
_YEAR = re.compile(r"\.? {0,2}(?:gad|g\.)|\.? {0,2}-? {0,2}[0-9]{4}\. {0,2}g")
_LIKE_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_TO_YEAR = re.compile(r" ?- ?(?:19|20)[0-9]{2}(?![0-9])(?! [0-9]{3})")
_YEAR_TO = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}\.? ?- ?\Z")
_POINT = re.compile(r"\. {0,2}(?=[^ ])")
_ENUMERATED = re.compile(r"\)(?! ?[.,;]|$)")
_COUNTED = re.compile(" {0,2}(?:" + "|".join(map(pattern, words.COUNTED)) + ")")
_COUNTS = re.compile("|".join(map(pattern, words.COUNTS)))
_ONE_PROJECT = re.compile(r" {1,2}(?:projekt|iesniegum|pieteikum|pretendent|uznemum)")
_NUMBERED = re.compile(r"(?:[a-z]|[a-z]-|(?<![a-z])nr\.? ?|#|[0-9]/|\+|talr[a-z]*[.:]{0,2} ?)\Z")
_PLURAL = re.compile(r"(?:tukstos|miljon|miljard)[a-z]* ")  # "tūkstošiem eiro 3 projektiem"
_CLOSED = re.compile(r"(?:,?(?: un)? [0-9]{1,2} (?:eiro)?cent[a-z]*)?\)")


def without_repeats(folded: str, found: Iterable[Quantity]) -> list[Quantity]:
    """One quantity for ``10 000 000,50 EUR (desmit miljoni eiro, 50 centi)``, which says it twice."""
    parts: list[Quantity] = []
    for part in found:
        closed = _CLOSED.match(folded, part.end) if parts and _is_same(parts[-1], part) else None
        if closed and folded[parts[-1].end : part.start] == " (":
            parts[-1] = parts[-1]._replace(end=closed.end(), currency="eur", sign="after")
        else:
            parts.append(part)
    return parts


def _is_same(part: Quantity, again: Quantity) -> bool:
    if again.numeral.shape != "words" or again.currency != "eur" or part.currency == "other":
        return False
    value = part.value(part.power or 0)
    return value is not None and int(value) == again.value(again.power or 0)


def give_units(text: str, folded: str, parts: list[Quantity], unit: int | None) -> None:
    """Set currency and power of those ``parts`` that are amounts without a unit beside them.

    ``unit``: power of ten of the euro that the label names, None without one.
    """
    for index, part in enumerate(parts):
        if part.sign in ("before", "apart") and not _owns_sign(text, folded, part):
            parts[index] = part._replace(currency="", sign="")
    euro_only = {part.currency for part in parts} & {"eur", "other"} == {"eur"}
    for index in range(len(parts) - 1, -1, -1):
        part = parts[index]
        following = parts[index + 1] if index + 1 < len(parts) else None
        if part.currency:
            continue
        if unit is not None and not is_no_amount(text, folded, part, strict=True):
            power = _power_in_range(folded, part, following) if part.power is None else part.power
            parts[index] = part._replace(currency="eur", power=unit if power is None else power)
        elif following and _shares(text, folded, part, following):
            power = following.power if part.power is None else part.power
            if part.numeral.shape == "grouped" and folded[part.end : following.start] == " lidz ":
                power = part.power  # no 50 000 līdz 2 milj. eiro
            parts[index] = part._replace(currency="eur", power=power)
        elif euro_only and part.power is not None and _is_of_sentence(folded, part):
            parts[index] = part._replace(currency="eur", assumption="unit_of_sentence")


def _power_in_range(folded: str, part: Quantity, following: Quantity | None) -> int | None:
    """``20–25 milj.``: the lower end of a range has the magnitude of its upper one, whatever the label."""
    if following is None or part.numeral.shape == "grouped":
        return None
    return following.power if _RANGE.fullmatch(folded, part.end, following.start) else None


def _is_of_sentence(folded: str, part: Quantity) -> bool:
    """``Budžets 10,5 miljoni, no tiem 8 miljoni eiro``: the first are euro too, unless it counts people."""
    return bool(_APART.match(folded, part.end)) and not _COUNTS.search(
        folded, max(0, part.start - 30), part.start
    )


def _owns_sign(text: str, folded: str, part: Quantity) -> bool:
    """Whether the sign before the number is its own; the word ``eiro`` may belong to the words before."""
    weak = part.sign == "apart" or folded.startswith(("eiro", "euro"), part.start)
    plural = bool(_PLURAL.match(folded, part.start))
    return not is_no_amount(text, folded, part._replace(power=None), strict=weak or plural)


def joins_by_word(folded: str, part: Quantity, following: Quantity) -> bool:
    """Whether ``un``, ``vai``, ``jeb``, ``uz`` or a slash alone stands between the two."""
    return bool(_SHARE.fullmatch(folded, part.end, following.start))


def _shares(text: str, folded: str, part: Quantity, following: Quantity) -> bool:
    """``5, 10 un 15 milj. eiro``: the first numbers have the unit of the last."""
    if following.currency != "eur" or is_no_amount(text, folded, part, strict=False):
        return False
    shape, between = part.numeral.shape, folded[part.end : following.start]
    if between == ", ":
        return shape == following.numeral.shape and (shape == "grouped" or not following.sign)
    if between == " lidz ":
        return folded.endswith("no ", 0, part.start)
    means_money = part.power is not None or shape == "grouped" or following.power is not None
    joined = joins_by_word(folded, part, following)
    return means_money and (joined or bool(_SHARE_QUALIFIED.fullmatch(folded, part.end, following.start)))


def is_no_amount(text: str, folded: str, part: Quantity, *, strict: bool) -> bool:
    """Whether a number without a sign of euro after it is a share, an ordinal, a year or a code.

    ``strict``: also where it counts something, is the number of something or a small one before a word.
    """
    numeral = part.numeral
    if numeral.shape == "code" or _PERCENT.match(folded, part.end) or is_ordinal(text, folded, part):
        return True
    if not strict or part.power is not None:
        return False
    if numeral.shape == "words" or _COUNTED.match(folded, part.end) or is_numbered(folded, part):
        return True
    if folded[part.end : part.end + 1].isalpha() or _is_of_period(folded, part):
        return True
    if numeral.shape != "plain" or len(numeral.whole) > 3:
        return False
    listed = _ENUMERATED.match(folded, part.end) and "(" not in folded[max(0, part.start - 40) : part.start]
    return bool(listed) or folded[part.end : part.end + 2].strip(" ").isalpha()


def is_ordinal(text: str, folded: str, part: Quantity) -> bool:
    """``2. kārtā``, ``2024. gada``, ``9.3. mērķis``: a small number, a point and no new sentence."""
    numeral = part.numeral
    if numeral.shape not in ("plain", "decimal") or len(numeral.whole) > 4:
        return False
    if len(numeral.whole) == 4 and _YEAR.match(folded, part.end):
        return True
    if point := _POINT.match(folded, numeral.end):
        following = text[point.end()]
        return following.islower() or following.isdigit() or following == "("
    return False


def _is_of_period(folded: str, part: Quantity) -> bool:
    """``2021–2027``: both look like years."""
    if not _LIKE_YEAR.fullmatch(part.numeral.whole):
        return False
    return bool(
        _TO_YEAR.match(folded, part.end) or _YEAR_TO.search(folded, max(0, part.start - 8), part.start)
    )


def is_numbered(folded: str, part: Quantity) -> bool:
    """Whether it is the number of something: ``Nr. 593``, ``tālr. 67047871``, ``LV-1050``."""
    return bool(_NUMBERED.search(folded, max(0, part.start - 10), part.start))


def is_passed_over(text: str, folded: str, part: Quantity) -> bool:
    """Whether a qualifying word reaches over the number: ``maksimālais atbalsts 2. kārtā – 5 000``."""
    if part.currency or part.power is not None:
        return False
    if part.numeral.shape in ("words", "code") or is_ordinal(text, folded, part):
        return True
    return bool(_ONE_PROJECT.match(folded, part.end))

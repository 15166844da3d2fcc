"""Numbers with their units: ``3 697 500,00 EUR``, ``231,3 milj. eiro``, ``divi miljoni eiro``.

This is the notation only; what a number means as an amount is told in :mod:`parsers.amounts`.
All of it works on folded text (:func:`parsers.phrases.fold`) and from left to right, once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from parsers import amount_words as words
from parsers import misprints
from parsers.number_words import AND_A_HALF, MAGNITUDE, magnitude, read_words
from parsers.numerals import MAX_DIGITS, Numeral, exact, numerals
from parsers.phrases import pattern, word_pattern

_NO_WORD = r"(?![a-z0-9])"
_EUR = rf"(?:€|(?:{'|'.join(map(word_pattern, words.EURO))}){_NO_WORD}(?! zon))"
_OTHER = f"(?:{'|'.join(map(pattern, words.OTHER_CURRENCIES))})"
_BRACKET = r"(?:[(\[](?=[a-z. €]{1,20}[)\]]))?"
# ``500 t. EUR`` is thousands; ``500 m. EUR`` may be anything.
_LETTER = r"(?P<letter>[mkt])(?:(?<=t)\.)?(?= ?(?:€|eur|eiro))"
_MARK = r"\+?(?: ?(?:\*{1,3}|[¹²³⁴⁵⁶⁷⁸⁹]{1,2}|[†‡])|[.,]-{1,2}(?![0-9]))?"
_IN_WORDS = r"(?: ?\((?=(?:vien|div|tri|cetr|piec|ses|septin|aston|devin|desmit|simt))[a-z ,]{3,160}\))?"
# Text that was wrapped by hand parts number and unit; a sign before another number is that one's.
_GAP = r" {0,3}(?:\n {0,3}(?!(?:eur|euro|eiro|€) ?[0-9]))?"
_POINT = r"(?:(?<![a-z]{7})\.)?"  # of an abbreviation; behind a whole word it ends the sentence
_UNIT = re.compile(
    rf"{_MARK}{_IN_WORDS}(?:(?:{_GAP}{_BRACKET}|-)(?:(?:{MAGNITUDE}){_POINT}|{_LETTER}))?"
    rf"(?P<currency>{_GAP}{_BRACKET}(?:(?P<eur>{_EUR})|{_OTHER}))?"
)
_PREFIX = re.compile(
    rf"(?<![a-z0-9])(?:(?:{MAGNITUDE})\.? ?|(?P<letter>[mkt]))?(?:€|(?:eur|euro|eiro)(?![a-z]))"
    r"(?P<apart>[)\]]?:? ?-? ?\n?)\Z"
)
# ``€42,3M``, ``EUR 5k``: the sign of euro stands before the number.
_LETTER_BEHIND = re.compile(r" ?(?P<letter>[mk]|(?<! )t)(?![a-z0-9])")
_FOREIGN_PREFIX = re.compile(r"(?:\$|£|(?<![a-z])(?:lvl|ls|usd|gbp|sek|nok|chf|pln)) ?$")
_MORE = re.compile(rf" {{1,2}}([0-9]{{1,3}}) {{0,2}}(?:{MAGNITUDE})\.?")
_REST = re.compile(rf" {{1,2}}([0-9]{{1,3}})(?= {{0,2}}{_EUR})")
_CENTS = re.compile(r"(?: un)? ([0-9]{1,2}) (?:eiro)?cent[a-z]*")
_AFTER_COMMA = re.compile(rf" ?, ([0-9]{{1,2}})(?= {{0,2}}(?:{MAGNITUDE}))")
_STRAY_CENTS = re.compile(rf"(?: , ?|, )([0-9]{{2}}(?= {{0,2}}{_EUR})|00(?![0-9]| [0-9]{{3}}))")
_LISTED = re.compile(r"[0-9] ?, ?$")
_POWERS = tuple((power, f"p{power}") for power, _ in words.MAGNITUDES)
_START = re.compile(
    r"[0-9]|(?<![a-z0-9])(?:vien|div|tri|cetr|piec|ses|septin|aston|devin|desmit|simt|pus|mil[j]|tukst)"
)
_LABEL = re.compile(rf"(?<![a-z0-9])(?:(?:{MAGNITUDE})\.? ?|(?P<letter>[mkt])(?:(?<=t)\.)? ?)?{_EUR}")
# ``EUR, milj.``, ``euro (tūkst.)``
_MAGNITUDE_BEHIND = re.compile(rf"(?:, ?| ?[(\[]| )(?:{MAGNITUDE})")


_NOTHING = Decimal(0)


class Quantity(NamedTuple):
    """A numeral and what stands beside it.

    ``start``/``end``: number and unit. ``power``: of ten, by the magnitude word, None without one.
    ``currency``: ``eur``, ``other`` or empty. ``sign``: where its sign stands: ``after`` the number,
    ``before`` it, or ``apart`` before it, as a label does (``(EUR): 5 000``). ``added``: a second part, as in
    ``1 miljons 342 tūkstoši``. ``assumption``: what had to be assumed to read it.
    """

    start: int
    end: int
    numeral: Numeral
    power: int | None
    currency: str
    sign: str = ""
    added: Decimal = _NOTHING
    assumption: str | None = None

    def value(self, power: int) -> Decimal | None:
        """Exactly, with at least the magnitude ``power`` of ten; None where it can't be a number."""
        whole, fraction, shape = self.numeral[2:]
        if shape in ("code", "broken"):
            return None
        if whole[0] == "0" and len(whole) > 1:  # 000 000, 00: what stood before it could not be read
            return None
        if shape == "either" and not power:
            whole, fraction = whole + fraction, ""
        if len(whole.lstrip("0")) + power > MAX_DIGITS or len(fraction) > MAX_DIGITS:
            return None
        if power and len(whole) > 6:
            return None
        value = exact(whole, fraction, power)
        return value + self.added if self.added else value


def unit_power(folded: str) -> int | None:
    """The power of ten of the euro that a label names, None where it names no euro or states an amount."""
    unit = _LABEL.search(folded)
    if unit is None or any(
        part.end >= unit.end() > part.numeral.end for part in quantities(folded[: unit.end()])
    ):
        return None
    power = _power(unit)
    if power is None and (behind := _MAGNITUDE_BEHIND.match(folded, unit.end())):
        power = magnitude(behind)
    return power or 0


def quantities(folded: str) -> Iterator[Quantity]:
    """Every number in the text, from left to right, none overlapping, those without a unit too."""
    position = low = 0
    while found := _START.search(folded, position):
        at, position = found.start(), found.end()
        for quantity in _of_run(folded, low, at) if folded[at].isdigit() else _of_words(folded, low, at):
            position = low = quantity.end
            yield quantity


def _of_run(folded: str, low: int, at: int) -> Iterator[Quantity]:
    for numeral in misprints.joined(folded, numerals(folded, at)):
        quantity = _with_unit(folded, low, numeral)
        low = quantity.end
        yield quantity


def _with_unit(folded: str, low: int, numeral: Numeral) -> Quantity:
    start, end = numeral.start, numeral.end
    assumption = None
    if rest := _after_stray_space(folded, numeral):
        numeral = Numeral(start, rest.end(), numeral.whole, rest[1], "decimal")
        end, assumption = rest.end(), "split_decimal"
    if numeral.shape == "plain" and folded.startswith(AND_A_HALF, end):
        end += len(AND_A_HALF)
        numeral = numeral._replace(end=end, fraction="5")
    unit = _UNIT.match(folded, end)
    power, currency, added = _power(unit), _currency(unit), _NOTHING
    if unit and (power is not None or currency):
        end = unit.end()
    if power is not None and not currency:
        added, end, currency = _compound(folded, end, power)
    start, power, currency, sign = _prefixed(folded, low, start, power, currency)
    if power is None and sign == "before" and (letter := _LETTER_BEHIND.match(folded, end)):
        power, end = words.LETTER_MAGNITUDES[letter["letter"]], letter.end()
    quantity = Quantity(start, _closed(folded, end, unit), numeral, power, currency, sign, added, assumption)
    return _with_cents(folded, quantity)


def _after_stray_space(folded: str, numeral: Numeral) -> re.Match[str] | None:
    """The decimals of ``1, 4 miljoni`` or ``3 697 500 ,00 EUR``; not the next of ``2, 3, 4 miljoni``."""
    start, end, shape = numeral.start, numeral.end, numeral.shape
    if shape == "grouped" and not numeral.fraction:
        return _STRAY_CENTS.match(folded, end)
    if shape != "plain" or end - start > 3 or _LISTED.search(folded, max(0, start - 3), start):
        return None
    return _AFTER_COMMA.match(folded, end)


def _power(unit: re.Match[str] | None) -> int | None:
    if unit is None or unit.start() == unit.end():
        return None
    if unit["letter"]:
        return words.LETTER_MAGNITUDES[unit["letter"]]
    return next((power for power, group in _POWERS if unit[group]), None)


def _currency(unit: re.Match[str] | None) -> str:
    if unit is None or not unit["currency"]:
        return ""
    return "eur" if unit["eur"] else "other"


def _closed(folded: str, end: int, unit: re.Match[str] | None) -> int:
    """The end with the bracket that the unit opened: ``5 000 (eiro)``."""
    opened = unit is not None and unit.end() == end and re.search(r"[(\[]", unit[0])
    return end + 1 if opened and folded[end : end + 1] in (")", "]") else end


def _compound(folded: str, end: int, power: int) -> tuple[Decimal, int, str]:
    """The lesser parts of ``1 miljona 342 tūkstošu eiro``: their sum, their end, their currency."""
    added = _NOTHING
    while more := _MORE.match(folded, end):
        lesser = magnitude(more)
        if lesser >= power:
            break
        added += exact(more[1], "", lesser)
        end, power = more.end(), lesser
    if rest := _REST.match(folded, end):
        added, end = added + Decimal(rest[1]), rest.end()
    unit = _UNIT.match(folded, end)
    if unit and unit["currency"] and _power(unit) is None:
        return added, unit.end(), _currency(unit)
    return added, end, ""


def _prefixed(
    folded: str, low: int, start: int, power: int | None, currency: str
) -> tuple[int, int | None, str, str]:
    """Start, power, currency and place of its sign, with the unit before the number taken in."""
    sign = "after" if currency else ""
    prefix = _PREFIX.search(folded, max(low, start - 24), start)
    if prefix is None:
        foreign = not currency and _FOREIGN_PREFIX.search(folded, max(low, start - 5), start)
        return start, power, "other" if foreign else currency, sign
    apart = bool(prefix["apart"].strip())
    if currency == "other" or (apart and currency):
        return start, power, currency, sign
    power = _power(prefix) if power is None else power
    return (start if apart else prefix.start()), power, "eur", sign or ("apart" if apart else "before")


def _with_cents(folded: str, quantity: Quantity) -> Quantity:
    numeral = quantity.numeral
    if quantity.currency != "eur" or quantity.power is not None or numeral.fraction:
        return quantity
    cents = _CENTS.match(folded, quantity.end)
    if cents is None:
        return quantity
    return quantity._replace(end=cents.end(), numeral=numeral._replace(fraction=cents[1].zfill(2)))


def _of_words(folded: str, low: int, at: int) -> Iterator[Quantity]:
    read = read_words(folded, at)
    if read is None:
        return
    whole, tenth = divmod(read.tenths, 10)
    numeral = Numeral(at, read.end, str(whole), str(tenth) if tenth else "", "words")
    unit = _UNIT.match(folded, read.end)
    currency, end = "", read.end
    if unit and unit["currency"] and _power(unit) is None:
        currency, end = _currency(unit), _closed(folded, unit.end(), unit)
    start, power, currency, sign = _prefixed(folded, low, at, read.power, currency)
    yield Quantity(start, end, numeral, power, currency, sign, Decimal(0), read.assumption)

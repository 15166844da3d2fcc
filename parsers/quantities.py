"""Numbers with their units as Latvian pages print them: ``3 697 500,00 EUR``, ``divi miljoni eiro``.

This is the notation only; what a number means as an amount is told in :mod:`parsers.amounts`.
All of it works on folded text (:func:`parsers.phrases.fold`) and from left to right, once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from parsers import amount_words as words
from parsers.phrases import fold, pattern, word_pattern

MAX_DIGITS = 15  # of the euro part: a thousand times the budget of the European Union


class Numeral(NamedTuple):
    """A number's digits. ``shape``: ``plain`` (5024), ``grouped`` (5 024 000,50), ``decimal`` (231,3),
    ``either`` (1.234: thousands or decimals), ``words``, ``code`` (4.2.1.5, 31.12.2026: no number) or
    ``broken`` (1.234 567: its separators contradict each other)."""

    start: int
    end: int
    whole: str
    fraction: str
    shape: str


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
    added: Decimal = Decimal(0)
    assumption: str | None = None

    def value(self, power: int) -> Decimal | None:
        """Exactly, with at least the magnitude ``power`` of ten; None where it can't be a number."""
        whole, fraction, shape = self.numeral[2:]
        if shape in ("code", "broken"):
            return None
        if shape == "either" and not power:
            whole, fraction = whole + fraction, ""
        if len(whole.lstrip("0")) + power > MAX_DIGITS or len(fraction) > MAX_DIGITS:
            return None
        if power and len(whole) > 6:
            return None
        value = exact(whole, fraction, power)
        return value + self.added if self.added else value


def exact(whole: str, fraction: str, power: int) -> Decimal:
    """``whole.fraction`` times ten to ``power``, never with a positive exponent."""
    if not power:
        return Decimal(f"{whole}.{fraction}" if fraction else whole)
    padded = fraction.ljust(power, "0")
    rest = padded[power:].rstrip("0")
    whole += padded[:power]
    return Decimal(f"{whole}.{rest}" if rest else whole)


_FORMS = {power: "|".join(map(word_pattern, forms)) for power, forms in words.MAGNITUDES}
_MAGNITUDE = "|".join(f"(?P<p{power}>{forms})(?![a-z])" for power, forms in _FORMS.items())
_NO_WORD = r"(?![a-z0-9])"
_EUR = rf"(?:€|(?:{'|'.join(map(word_pattern, words.EURO))}){_NO_WORD}(?! zon))"
_OTHER = f"(?:{'|'.join(map(pattern, words.OTHER_CURRENCIES))})"
_BRACKET = r"(?:[(\[](?=[a-z. €]{1,20}[)\]]))?"
_LETTER = r"(?P<letter>[mkt])(?= ?(?:€|eur))"
_MARK = r"\+?(?: ?(?:\*{1,3}|[¹²³⁴⁵⁶⁷⁸⁹]{1,2}|[†‡])|[.,]-{1,2}(?![0-9]))?"
_IN_WORDS = r"(?: ?\((?=(?:vien|div|tri|cetr|piec|ses|septin|aston|devin|desmit|simt))[a-z ,]{3,160}\))?"
_UNIT = re.compile(
    rf"{_MARK}{_IN_WORDS}(?:(?: {{0,3}}{_BRACKET}|-)(?:(?:{_MAGNITUDE})\.?|{_LETTER}))?"
    rf"(?P<currency> {{0,3}}{_BRACKET}(?:(?P<eur>{_EUR})|{_OTHER}))?"
)
_PREFIX = re.compile(
    rf"(?<![a-z0-9])(?:(?:{_MAGNITUDE})\.? ?|(?P<letter>[mkt]))?(?:€|(?:eur|euro|eiro)(?![a-z]))"
    r"(?P<apart>[)\]]?:? ?-? ?)$"
)
_FOREIGN_PREFIX = re.compile(r"(?:\$|£|(?<![a-z])(?:lvl|ls|usd|gbp|sek|nok|chf|pln)) ?$")
_MORE = re.compile(rf" {{1,2}}([0-9]{{1,3}}) {{0,2}}(?:{_MAGNITUDE})\.?")
_CENTS = re.compile(r"(?: un)? ([0-9]{1,2}) (?:eiro)?cent[a-z]*")
_AFTER_COMMA = re.compile(rf" ?, ([0-9]{{1,2}})(?= {{0,2}}(?:{_MAGNITUDE}))")
_STRAY_CENTS = re.compile(rf"(?: , ?|, (?=00))([0-9]{{2}})(?= {{0,2}}{_EUR})")
_LISTED = re.compile(r"[0-9] ?, ?$")
_RUN = re.compile(r"[0-9]+(?:(?: {1,2}|[.,'])[0-9]+)*")
_SECTION = re.compile(r"[^ ]+")
_GROUPED = re.compile(r"([0-9]{1,3}(?:([.,'])[0-9]{3})(?:\2[0-9]{3})*)(?:(?!\2)[.,]([0-9]{1,2}))?")
_SIMPLE = re.compile(r"([0-9]+)(?:[.,]([0-9]+))?")
_LAST_GROUP = re.compile(r"[0-9]{3}(?:[.,]([0-9]{1,2}|[0-9]{4,}))?")
_AND_A_HALF = " ar pusi"
_WORD = re.compile(r"[a-z]+")
_GLUED = re.compile(r"[a-z]-?$")


_HALF = 5  # tenths; "puse" alone is no number
_HUNDRED = 0  # the word itself: its value depends on the word before it


def _number_words() -> dict[str, int]:
    """Tenths of each number word in each of its forms."""
    table = {fold(stem + end): n * 10 for stem, n in words.UNIT_STEMS for end in words.UNIT_ENDINGS}
    table |= dict.fromkeys(map(fold, words.THREE), 30)
    table |= {"desmit": 100, "desmitu": 100}
    for stem, n in words.TEN_STEMS:
        table[fold(stem) + "padsmit"] = (10 + n) * 10
        table[fold(stem) + "desmit"] = n * 100
        table |= {fold(stem + form): n * 1000 for form in words.HUNDREDS}
    table |= {fold(stem + end): tenths for stem, tenths in words.HALVES for end in words.HALF_ENDINGS}
    return table | dict.fromkeys(map(fold, words.HUNDREDS), _HUNDRED)


_NUMBER_WORDS = _number_words()
_MAGNITUDE_WORD = re.compile(rf"(?:{_MAGNITUDE})\.?")
_HALF_MAGNITUDE = re.compile(r"pus(miljon|miljard|tukstos|tukstot)[a-z]*")
_ONE = re.compile(r"(?:miljon|miljard)(?:s|a|u|am)(?![a-z])|tukstot(?:is|i|im)(?![a-z])")
_INDEFINITE = re.compile(rf"(?<![a-z])(?:{'|'.join(map(fold, words.INDEFINITE))}) {{1,2}}$")
_VAGUE = re.compile(rf"(?:{'|'.join(map(fold, words.INDEFINITE))})(?![a-z])")
_START = re.compile(
    r"[0-9]|(?<![a-z0-9])(?:vien|div|tri|cetr|piec|ses|septin|aston|devin|desmit|simt|pus|mil[j]|tukst)"
)


_LABEL = re.compile(rf"(?<![a-z0-9])(?:(?:{_MAGNITUDE})\.? ?|(?P<letter>[mkt]))?{_EUR}")


def unit_power(folded: str) -> int | None:
    """The power of ten of the euro that a label names, None where it names no euro or states an amount."""
    unit = _LABEL.search(folded)
    if unit is None or any(
        part.end >= unit.end() > part.numeral.end for part in quantities(folded[: unit.end()])
    ):
        return None
    return _power(unit) or 0


def quantities(folded: str) -> Iterator[Quantity]:
    """Every number in the text, from left to right, none overlapping, those without a unit too."""
    position = low = 0
    while found := _START.search(folded, position):
        at, position = found.start(), found.end()
        for quantity in _of_run(folded, low, at) if folded[at].isdigit() else _of_words(folded, low, at):
            position = low = quantity.end
            yield quantity


def _of_run(folded: str, low: int, at: int) -> Iterator[Quantity]:
    run = _RUN.match(folded, at)
    end = run.end() if run else at + 1
    for numeral in _numerals(folded, at, end):
        quantity = _with_unit(folded, low, numeral)
        low = quantity.end
        yield quantity


def _numerals(folded: str, start: int, end: int) -> list[Numeral]:
    """The numbers of a run of digits, found from its right end: ``2021 5 000 000`` is two."""
    sections = [match.span() for match in _SECTION.finditer(folded, start, end)]
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
    if left_end - left > 3 or not folded[left:left_end].isdigit():
        return False
    if first == 1 and _is_glued(folded, left):
        return False
    return end - start == 3 if first < last else bool(_LAST_GROUP.fullmatch(folded, start, end))


def _is_glued(folded: str, start: int) -> bool:
    """``COVID-19 500 000``: the 19 is part of a name."""
    return bool(_GLUED.search(folded, max(0, start - 2), start)) and not _FUND_BEFORE.search(
        folded, max(0, start - 6), start
    )


_FUND_BEFORE = re.compile(r"(?:eraf|esf|tpf|kf|af|€|eur)-?$")


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
        return Numeral(start, end, whole.replace(" ", ""), fraction, "grouped")
    if simple := _SIMPLE.fullmatch(printed):
        whole, fraction = simple[1], simple[2] or ""
        if len(fraction) == 3 and len(whole) <= 3 and whole[0] != "0":
            return Numeral(start, end, whole, fraction, "either")
        return Numeral(start, end, whole, fraction, "decimal" if fraction else "plain")
    if grouped := _GROUPED.fullmatch(printed):
        return Numeral(start, end, grouped[1].replace(grouped[2], ""), grouped[3] or "", "grouped")
    return Numeral(start, end, "", "", "code" if "," not in printed and "'" not in printed else "broken")


def _with_unit(folded: str, low: int, numeral: Numeral) -> Quantity:
    start, end = numeral.start, numeral.end
    assumption = None
    if rest := _after_stray_space(folded, numeral):
        numeral = Numeral(start, rest.end(), numeral.whole, rest[1], "decimal")
        end, assumption = rest.end(), "split_decimal"
    unit = _UNIT.match(folded, end)
    power, currency, added = _power(unit), _currency(unit), Decimal(0)
    if unit and (power is not None or currency):
        end = unit.end()
    if power is not None and not currency:
        added, end, currency = _compound(folded, end, power)
    start, power, currency, sign = _prefixed(folded, low, start, power, currency)
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
    if unit is None:
        return None
    if unit["letter"]:
        return words.LETTER_MAGNITUDES[unit["letter"]]
    return next((power for power, _ in words.MAGNITUDES if unit[f"p{power}"]), None)


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
    added = Decimal(0)
    while more := _MORE.match(folded, end):
        lesser = _magnitude(more)
        if lesser >= power:
            break
        added += exact(more[1], "", lesser)
        end, power = more.end(), lesser
    unit = _UNIT.match(folded, end)
    if unit and unit["currency"] and _power(unit) is None:
        return added, unit.end(), _currency(unit)
    return added, end, ""


def _magnitude(match: re.Match[str]) -> int:
    return next(power for power, _ in words.MAGNITUDES if match[f"p{power}"])


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
    """A number in words: ``desmit miljoni eiro``, ``pusotra miljona``, ``miljons eiro``."""
    read = _one_word(folded, at) or _word_by_word(folded, at)
    if read is None or _INDEFINITE.search(folded, max(0, at - 16), at):
        return
    whole, tenth = divmod(read.tenths, 10)
    numeral = Numeral(at, read.end, str(whole), str(tenth) if tenth else "", "words")
    unit = _UNIT.match(folded, read.end)
    currency, end = "", read.end
    if unit and unit["currency"] and _power(unit) is None:
        currency, end = _currency(unit), _closed(folded, unit.end(), unit)
    start, power, currency, sign = _prefixed(folded, low, at, read.power, currency)
    yield Quantity(start, end, numeral, power, currency, sign, Decimal(0), read.assumption)


class _Worded(NamedTuple):
    tenths: int
    power: int | None
    end: int
    assumption: str | None = None


def _one_word(folded: str, at: int) -> _Worded | None:
    """``pusmiljons``, and ``miljons`` alone, which says one."""
    if half := _HALF_MAGNITUDE.match(folded, at):
        return _Worded(5, {"miljon": 6, "miljard": 9}.get(half[1], 3), half.end())
    if one := _ONE.match(folded, at):
        return _Worded(
            10,
            3 if one[0][0] == "t" else 9 if one[0].startswith("miljard") else 6,
            one.end(),
            "one_understood",
        )
    return None


def _word_by_word(folded: str, at: int) -> _Worded | None:
    """``divi miljoni trīs simti tūkstoši``: each magnitude once, the greater first."""
    if _VAGUE.match(folded, at):
        return None
    total, end = 0, at
    powers: list[int] = []
    while True:
        current, after = _below_thousand(folded, end, first=end == at)
        magnitude = _MAGNITUDE_WORD.match(folded, _past_space(folded, after)) if current else None
        if magnitude is None:
            break
        if powers and _magnitude(magnitude) >= powers[-1]:
            current, after = 0, end
            break
        powers.append(_magnitude(magnitude))
        total, end = total + current * 10 ** powers[-1], magnitude.end()
    if not powers and current == _HALF:
        return None
    if len(powers) == 1 and not current:
        return _Worded(total // 10 ** powers[0], powers[0], end)
    return _Worded(total + current, None, after) if after > at else None


def _below_thousand(folded: str, at: int, *, first: bool) -> tuple[int, int]:
    """Tenths and end of the number words at ``at``: ``divi simti trīsdesmit``; 0 where there are none."""
    current, end, room = 0, at, 10_000
    while word := _WORD.match(folded, end if first and end == at else _past_space(folded, end)):
        tenths = _NUMBER_WORDS.get(word[0], 10_000)
        if tenths == _HUNDRED and current < 100:
            current, room = (current or 10) * 100, 1_000
        elif tenths < room:
            current += tenths
            room = 1_000 if tenths >= 1_000 else 100 if tenths >= 200 else 0
        else:
            break
        end = word.end()
    if current and folded.startswith(_AND_A_HALF, end):
        return current + 5, end + len(_AND_A_HALF)
    return current, end


def _past_space(folded: str, end: int) -> int:
    return end + (folded[end : end + 1] == " ")

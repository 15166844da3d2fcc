"""Amounts in euro: ``parsers.amounts.read("vairāk nekā 231,3 milj. eiro")``.

The notations are those of public pages of cfla.gov.lv, esfondi.lv, likumi.lv, altum.lv, liaa.gov.lv and the
ministries; the vocabulary is :mod:`parsers.amount_words`. A number is an amount only where a sign of euro
stands beside it, where a number or sentence beside it shares its sign, or where the label gave the unit.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from parsers import amount_context as context
from parsers.amount_units import (
    give_units,
    is_no_amount,
    is_numbered,
    is_passed_over,
    joins_by_word,
    without_repeats,
)
from parsers.phrases import fold
from parsers.quantities import Quantity, quantities, unit_power
from parsers.records import Amount, Problem, Span

_HINT = re.compile(r"€|[eE](?:[uU][rR](?![oO][pP])|[iI][rR](?![oO][pP]))")
_RANGE = re.compile(
    r"(?:/[a-z]{1,6}\.?| (?:menesi|gada|diena|stunda))? {0,2}"
    r"(?:(?P<word>lidz|to)(?: pat| maksimali| maks\.| aptuveni| apmeram| ne vairak ka)?"
    r"|-{1,2}|\.{2,3}|…) {0,2}"
)
_BETWEEN = re.compile(r"(?<![a-z])(?:starp|between) {1,2}$")
_RESTATED = re.compile(r" ?%? ?(?:(?P<jeb>jeb)|un|vai|and|or|/) ?")
_DATE = re.compile(r"[0-9]{1,2}\.[0-9]{1,2}\.(?:19|20)[0-9]{2}")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_MAGNITUDE_LAST = re.compile(
    r"(?<=[^0-9a-z])(?<![0-9] )(tukst|milj|mljrd|mlrd)(?:\.|(?<=tukst)osos|(?<=milj)onos)?[)\]]?:?$"
)
_POWERS = {"tuk": 3, "mil": 6, "mlj": 9, "mlr": 9}
_LONGEST_LABEL = 90


# What most fields below ``Finansējums (eiro)`` hold: groups of thousands, perhaps a star, and nothing else.
_ALONE = re.compile(r"([1-9][0-9]{0,2}(?: [0-9]{3}){1,3})(?: ?\*{1,3})?")


class Scan(NamedTuple):
    """All that a text says in amounts, and what in it looked like one and could not be read."""

    amounts: list[Amount]
    problems: list[Problem]


def read(text: str, *, unit: Decimal | None = None) -> list[Amount]:
    """The amounts in ``text``, in order, none overlapping.

    ``unit``: what a number without a unit is in, where the label or the heading says so (:func:`unit_of`):
    ``Decimal(1)`` for euro, ``Decimal(1000000)`` for millions. A unit beside the number wins over it.
    """
    return scan(text, unit=unit).amounts


def problems(text: str, *, unit: Decimal | None = None) -> list[Problem]:
    """What :func:`read` would not turn into an amount: ``range_reversed``, ``unreadable_amount``."""
    return scan(text, unit=unit).problems


def unit_of(label: str) -> Decimal | None:
    """The unit that a label or heading names: ``(eiro)``, ``, EUR``, ``(milj. euro)``; else None."""
    power = unit_power(fold(label)) if _HINT.search(label) else None
    return None if power is None else Decimal(10**power)


def unit_of_label(label: str) -> Decimal | None:
    """As :func:`unit_of`; in a label of money ``, tūkst.`` and ``(milj.)`` go without ``euro``."""
    if _HINT.search(label):
        return unit_of(label)
    if len(label) > _LONGEST_LABEL or not (named := _MAGNITUDE_LAST.search(fold(label))):
        return None
    return Decimal(10 ** _POWERS[named[1][:3]])


def scan(text: str, *, unit: Decimal | None = None) -> Scan:
    """Amounts and problems in one pass; see :func:`read`."""
    if unit is None and not _HINT.search(text):
        return Scan([], [])
    if unit == 1 and (alone := _ALONE.fullmatch(text)):
        value = Decimal(alone[1].replace(" ", ""))
        return Scan([Amount(value, None, "exact", None, *alone.span(1))], [])
    scanner = _Scanner(text, fold(text), None if unit is None else unit.adjusted())
    return Scan(scanner.amounts() if scanner.parts else [], scanner.problems)


class _Reading(NamedTuple):
    """An amount or range, its words not looked at yet. ``first``, ``last``: the parts it is made of."""

    first: int
    last: int
    start: int
    end: int
    amount: Decimal
    upper: Decimal | None
    assumption: str | None


class _Scanner:
    """One text on its way from numbers (``parts``) to amounts."""

    def __init__(self, text: str, folded: str, unit: int | None) -> None:
        self.text = text
        self.folded = folded
        self.parts = without_repeats(folded, quantities(folded))
        self.problems: list[Problem] = []
        give_units(text, folded, self.parts, unit)

    def amounts(self) -> list[Amount]:
        readings = self._readings()
        funds = context.bind_funds(self.folded, [(reading.start, reading.end) for reading in readings])
        starts = [reading.start for reading in readings[1:]]
        return [
            self._amount(reading, following, funds.get(number))
            for number, (reading, following) in enumerate(zip(readings, [*starts, None], strict=False))
        ]

    def _readings(self) -> list[_Reading]:
        readings: list[_Reading] = []
        index = 0
        while index < len(self.parts):
            reading, used = self._range(index)
            if not used:
                reading, used = self._single(index), 1
            if reading:
                readings.append(reading)
            index += used
        return readings

    def _single(self, index: int) -> _Reading | None:
        part = self.parts[index]
        if part.currency != "eur":
            return None
        power = part.power or 0
        value = part.value(power)
        if value is not None:
            return _Reading(index, index, part.start, part.end, value, None, _assumption(part, power))
        if not _DATE.fullmatch(self.folded, part.numeral.start, part.numeral.end):
            self.problems.append(Problem("unreadable_amount", part.start, part.end))
        return None

    # Ranges

    def _range(self, index: int) -> tuple[_Reading | None, int]:
        """The range that begins with part ``index`` and how many parts it takes: 0 where there is none."""
        lower, upper = self.parts[index], self.parts[index + 1] if index + 1 < len(self.parts) else None
        if upper is None or {lower.currency, upper.currency} not in ({"eur"}, {"eur", ""}):
            return None, 0
        start, explicit = self._joined(lower, upper)
        if start is None or (not upper.currency and is_no_amount(self.text, self.folded, upper, strict=True)):
            return None, 0
        powers = _lower_power(lower, upper), _upper_power(lower, upper)
        low, high = lower.value(powers[0]), upper.value(powers[1])
        if low is None or high is None or not (explicit or self._is_one(lower, upper, low, high)):
            return None, 0
        if low > high:
            self.problems.append(Problem("range_reversed", start, upper.end))
            return None, 2
        assumption = _assumption(lower, powers[0]) or _assumption(upper, powers[1])
        if assumption == "unit_of_sentence":
            assumption = None
        return _Reading(index, index + 1, start, upper.end, low, high, assumption), 2

    def _joined(self, lower: Quantity, upper: Quantity) -> tuple[int | None, bool]:
        """Where the range begins (None: no range), and whether its words leave no doubt."""
        folded = self.folded
        if joins_by_word(folded, lower, upper):
            lead = _BETWEEN.search(folded, max(0, lower.start - 10), lower.start)
            return (lead.start(), True) if lead else (None, False)
        between = _RANGE.fullmatch(folded, lower.end, upper.start)
        if between is None:
            return None, False
        clause = context.clause_start(self.text, folded, 0, lower.start)
        if between["word"] and context.tells_change(folded, clause, lower.start):
            return None, False
        source = context.preposition_from(folded, max(0, lower.start - 7), lower.start)
        return (source.start if source else lower.start), bool(source or between["word"])

    def _is_one(self, lower: Quantity, upper: Quantity, low: Decimal, high: Decimal) -> bool:
        """Whether a dash makes a range of the two; not in ``Ielas 10 - 217 466 euro``, ``2024 – 5 000``."""
        if lower.currency:
            return True
        plain = lower.numeral.shape == "plain"
        if plain and _YEAR.fullmatch(lower.numeral.whole) and upper.numeral.shape != "plain":
            return False
        spaced = self.folded[lower.end : lower.end + 1] == " "
        apart = low * 1000 <= high or (plain and spaced and low > high)
        return not apart and not is_numbered(self.folded, lower)

    # Words

    def _amount(self, reading: _Reading, following: int | None, fund: tuple[str, Span] | None) -> Amount:
        qualifier: tuple[str, Span | None] = ("range", None)
        if reading.upper is None:
            qualifier = self._qualifier(reading, following) or ("exact", None)
        name, fund_span = fund or (None, None)
        return Amount(
            reading.amount,
            reading.upper,
            qualifier[0],
            name,
            reading.start,
            reading.end,
            reading.assumption,
            qualifier[1],
            fund_span,
        )

    def _qualifier(self, reading: _Reading, following: int | None) -> tuple[str, Span] | None:
        folded, start = self.folded, reading.start
        if self._ends_change(reading):
            return None
        plus = self.parts[reading.first].numeral.end
        if folded.startswith("+", plus):
            return "at_least", Span(plus, plus + 1)
        low = context.clause_start(self.text, folded, self._words_start(reading.first), start)
        source = context.preposition_from(folded, low, start)
        before = context.qualifier_before(folded, low, start)
        if source and not (before and before[1].end == source.end):
            return None if self._is_source(source, reading, following) else ("at_least", source)
        return before or context.qualifier_after(folded, reading.end) or self._inherited(reading)

    def _words_start(self, first: int) -> int:
        """Where the words before part ``first`` begin: after the last number that is more than an ordinal."""
        for index in range(first - 1, -1, -1):
            part = self.parts[index]
            if part.end < self.parts[first].start - context.WINDOW:
                break
            if not is_passed_over(self.text, self.folded, part):
                return part.end
        return 0

    def _ends_change(self, reading: _Reading) -> bool:
        """``pieauga no 2 līdz 5 miljoniem eiro``: the second is where it ended, not a limit."""
        if not reading.first:
            return False
        previous = self.parts[reading.first - 1]
        joined = _RANGE.fullmatch(self.folded, previous.end, reading.start)
        return bool(joined and joined["word"] and previous.currency == "eur")

    def _is_source(self, source: Span, reading: _Reading, following: int | None) -> bool:
        """``no 5 miljoniem eiro izlietoti 3``: out of them, not from them upwards."""
        clause = context.clause_start(self.text, self.folded, 0, source.start)
        before = self.folded[clause : source.start]
        if context.tells_change(self.folded, clause, source.start) or context.ends_in_part(before):
            return True
        if reading.first and self._is_of_previous(reading.first - 1, source):
            return True
        rest = self.folded[reading.end : reading.end + 60 if following is None else following]
        if following is None:
            return not any(map(str.isalpha, before)) and bool(re.match(" [a-z]", rest))
        return len(rest) < 60 and not re.search(r"[,;.:)]", rest)

    def _is_of_previous(self, index: int, source: Span) -> bool:
        """``1 000 000 EUR no 5 000 000 EUR``: the first is a part of the second."""
        part = self.parts[index]
        return part.currency == "eur" and not self.folded[part.end : source.start].strip()

    def _inherited(self, reading: _Reading) -> tuple[str, Span] | None:
        """``līdz 30% jeb 5 000 eiro``, ``līdz 5 un 10 milj. eiro``: said of one, it holds for both."""
        if not reading.first:
            return None
        first = self.parts[reading.first - 1]
        joined = _RESTATED.fullmatch(self.folded, first.end, reading.start)
        if joined is None or (not joined["jeb"] and (first.sign or first.currency != "eur")):
            return None
        low = context.clause_start(self.text, self.folded, self._words_start(reading.first - 1), first.start)
        return context.qualifier_before(self.folded, low, first.start)


def _lower_power(lower: Quantity, upper: Quantity) -> int:
    """``no 5 līdz 10 milj. eiro``: the lower end shares the unit of the upper; not ``5 000 līdz 10 milj.``"""
    if lower.power is not None:
        return lower.power
    shares = not lower.currency or lower.sign in ("before", "apart")
    return (upper.power or 0) if shares and len(lower.numeral.whole) <= 3 else 0


def _upper_power(lower: Quantity, upper: Quantity) -> int:
    if upper.power is not None or upper.currency:
        return upper.power or 0
    return lower.power or 0


def _assumption(part: Quantity, power: int) -> str | None:
    if part.numeral.shape == "either" and power in (0, 3):  # 5.000 tūkst. eiro
        return "ambiguous_separator"
    return part.assumption

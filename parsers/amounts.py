"""Amounts in euro: ``parsers.amounts.read("vairāk nekā 231,3 milj. eiro")``.

The notations are those of shared pages of cfla.gov.lv, esfondi.lv, likumi.lv, altum.lv, liaa.gov.lv and the
ministries; the vocabulary is :mod:`parsers.amount_words`. A number is an amount only where a sign of euro
stands beside it, or where the field's label gave the unit.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from parsers import amount_context as context
from parsers import amount_words as words
from parsers.phrases import fold
from parsers.quantities import Quantity, quantities, unit_power
from parsers.records import Amount, Problem, Span

_HINT = re.compile(r"€|[eE](?:[uU][rR](?![oO][pP])|[iI][rR](?![oO][pP]))")
_RANGE = re.compile(
    r" {0,2}(?:(?P<word>lidz)(?: pat| maksimali| maks\.| aptuveni| apmeram| ne vairak ka)?|(?P<dash>-{1,2}|\.{2,3}|…)) {0,2}"
)
_BETWEEN = re.compile(r"(?<![a-z])starp {1,2}$")
_SHARE = re.compile(r" {0,2}(?:(?:un|vai|jeb|uz|resp\.|respektivi) {1,2}|/ ?)")
_ORDINAL = re.compile(
    r"\.? {0,2}(?:gad|g\.)|\. {0,2}[a-z(]|\.[0-9]| {0,2}(?:%|proc|‰)| {0,2}-? ?[0-9]{4}\. ?g"
)
_COUNTED = re.compile(rf" {{0,2}}{words.COUNTED}")
_NUMBERED = re.compile(r"(?:[a-z]|[a-z]-|(?<![a-z])nr\.? ?|#|[0-9]/|\+|talr[a-z]*[.:]{0,2} ?)$")
_PASSED = re.compile(r"\. {0,2}[a-z]| (?:projekt|iesniegum|pieteikum|pretendent|uznemum)")
_RESTATED = re.compile(r" ?%? ?(?:(?P<jeb>jeb)|un|vai|/) ?")
_APART = re.compile(r" ?(?:[,;)\]–]|- |\.(?:[^0-9a-z]|$)|$| (?:un|vai|no t)(?![a-z]))")
_DATE = re.compile(r"[0-9]{1,2}\.[0-9]{1,2}\.(?:19|20)[0-9]{2}")


class Scan(NamedTuple):
    """All that a text says in amounts, and what in it looked like one and could not be read."""

    amounts: list[Amount]
    problems: list[Problem]


class _Reading(NamedTuple):
    """One amount or range before its words are looked at. ``first``, ``last``: which quantities it is made of."""

    first: int
    last: int
    start: int
    end: int
    amount: Decimal
    upper: Decimal | None
    assumption: str | None


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


def scan(text: str, *, unit: Decimal | None = None) -> Scan:
    """Amounts and problems in one pass; see :func:`read`."""
    if unit is None and not _HINT.search(text):
        return Scan([], [])
    return _Scanner(text, unit).scan()


class _Scanner:
    """One text on its way to amounts."""

    def __init__(self, text: str, unit: Decimal | None) -> None:
        self.text = text
        self.folded = fold(text)
        self.unit = None if unit is None else unit.adjusted()
        self.parts = list(quantities(self.folded))
        self.found: list[Amount] = []
        self.problems: list[Problem] = []

    def scan(self) -> Scan:
        self._give_units()
        readings = self._without_repeats(self._readings())
        funds = context.bind_funds(self.folded, [(reading.start, reading.end) for reading in readings])
        for number, reading in enumerate(readings):
            following = readings[number + 1].start if number + 1 < len(readings) else None
            self.found.append(self._amount(reading, following, funds.get(number)))
        return Scan(self.found, self.problems)

    # Units

    def _give_units(self) -> None:
        """Give a unit to the numbers that take theirs from the label, the next number or the sentence."""
        for index, part in enumerate(self.parts):
            if part.sign in ("before", "apart") and self._is_no_amount(part, strict=self._is_weak_sign(part)):
                self.parts[index] = part._replace(currency="", sign="")
        stated = {part.currency for part in self.parts}
        for index in range(len(self.parts) - 1, -1, -1):
            part = self.parts[index]
            if part.currency:
                continue
            if self.unit is not None and not self._is_no_amount(part, strict=True):
                self.parts[index] = part._replace(
                    currency="eur", power=self.unit if part.power is None else part.power
                )
            elif index + 1 < len(self.parts) and self._shares(part, self.parts[index + 1]):
                power = part.power if part.power is not None else self.parts[index + 1].power
                self.parts[index] = part._replace(currency="eur", power=power)
            elif part.power is not None and stated >= {"eur"} and "other" not in stated:
                if _APART.match(self.folded, part.end):
                    self.parts[index] = part._replace(currency="eur", assumption="unit_of_sentence")

    def _is_weak_sign(self, part: Quantity) -> bool:
        """The word ``eiro`` before a number may belong to the words before it; ``EUR`` and ``€`` may not."""
        return part.sign == "apart" or self.folded.startswith(("eiro", "euro"), part.start)

    def _shares(self, part: Quantity, following: Quantity) -> bool:
        """``5 un 10 milj. eiro``: the first number has the unit of the second."""
        if following.currency != "eur":
            return False
        if (
            part.numeral.shape == following.numeral.shape == "grouped"
            and self.folded[part.end : following.start] == ", "
        ):
            return True
        if not _SHARE.fullmatch(self.folded, part.end, following.start):
            return False
        if self._is_no_amount(part, strict=False) or part.numeral.shape == "code":
            return False
        return part.power is not None or part.numeral.shape == "grouped" or following.power is not None

    def _is_no_amount(self, part: Quantity, *, strict: bool) -> bool:
        """Whether a number without a unit beside it is an ordinal, a share, a date, a code or a count."""
        folded, numeral = self.folded, part.numeral
        if numeral.shape == "code" or _ORDINAL.match(folded, numeral.end):
            return True
        if not strict:
            return False
        if numeral.shape == "words" and part.power is None:
            return True
        if (
            _NUMBERED.search(folded, max(0, part.start - 10), part.start)
            or folded[part.end : part.end + 1].isalnum()
        ):
            return True
        if _COUNTED.match(folded, part.end):
            return True
        small = numeral.shape == "plain" and len(numeral.whole) <= 3
        return small and part.power is None and folded[part.end : part.end + 2].strip(" ").isalpha()

    # Ranges

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
        value = self._value(part, part.power or 0)
        if value is None:
            if not _DATE.fullmatch(self.folded, part.numeral.start, part.numeral.end):
                self.problems.append(Problem("unreadable_amount", part.start, part.end))
            return None
        return _Reading(index, index, part.start, part.end, value, None, _assumption(part, part.power or 0))

    def _value(self, part: Quantity, power: int) -> Decimal | None:
        """The part's value; None where it can't be read, or where label and number contradict each other."""
        grown = power and len(part.numeral.whole) > 6
        return None if grown else part.value(power)

    def _range(self, index: int) -> tuple[_Reading | None, int]:
        """The range that begins with part ``index`` and how many parts it takes: 0 where there is none."""
        lower, upper = self.parts[index], (self.parts[index + 1] if index + 1 < len(self.parts) else None)
        if (
            upper is None
            or "eur" not in (lower.currency, upper.currency)
            or "other" in (lower.currency, upper.currency)
        ):
            return None, 0
        lead, explicit = self._joined(lower, upper)
        if lead is None:
            return None, 0
        power = self._lower_power(lower, upper)
        low, high = self._value(lower, power), self._value(upper, self._upper_power(lower, upper))
        if low is None or high is None:
            return None, 0
        if not explicit and self._is_two(lower, upper, low, high):
            return None, 0
        if low > high:
            self.problems.append(Problem("range_reversed", lead, upper.end))
            return None, 2
        assumption = _assumption(lower, power) or _assumption(upper, upper.power or 0)
        if assumption == "unit_of_sentence":
            assumption = None
        return _Reading(index, index + 1, lead, upper.end, low, high, assumption), 2

    def _joined(self, lower: Quantity, upper: Quantity) -> tuple[int | None, bool]:
        """Where the range begins (None: no range), and whether its words leave no doubt."""
        folded = self.folded
        if _SHARE.fullmatch(folded, lower.end, upper.start):
            lead = _BETWEEN.search(folded, max(0, lower.start - 8), lower.start)
            return (lead.start(), True) if lead else (None, False)
        between = _RANGE.fullmatch(folded, lower.end, upper.start)
        if between is None:
            return None, False
        lead_from = context.preposition_from(folded, max(0, lower.start - 5), lower.start)
        clause = context.clause_start(self.text, folded, 0, lower.start)
        if between["word"] and context.tells_change(folded, clause, lower.start):
            return None, False
        return (lead_from.start if lead_from else lower.start), bool(lead_from or between["word"])

    @staticmethod
    def _lower_power(lower: Quantity, upper: Quantity) -> int:
        if lower.power is not None:
            return lower.power
        shares = not lower.currency or lower.sign in ("before", "apart")
        return (upper.power or 0) if shares and len(lower.numeral.whole) <= 3 else 0

    @staticmethod
    def _upper_power(lower: Quantity, upper: Quantity) -> int:
        if upper.power is not None or upper.currency:
            return upper.power or 0
        return lower.power or 0

    def _is_two(self, lower: Quantity, upper: Quantity, low: Decimal, high: Decimal) -> bool:
        """A dash between two numbers that are no range: ``Ielas 10 - 217 466 euro``, ``2024 – 75 000 euro``."""
        if upper.currency != "eur" and self._is_no_amount(upper, strict=True):
            return True
        if lower.currency:
            return False
        year = (
            lower.numeral.shape == "plain"
            and lower.numeral.whole[:2] in ("19", "20")
            and len(lower.numeral.whole) == 4
        )
        if year and upper.numeral.shape != "plain":
            return True
        spaced = self.folded[lower.end : lower.end + 1] == " "
        return (
            self._is_numbered(lower)
            or low * 1000 <= high
            or (spaced and low > high and lower.numeral.shape == "plain")
        )

    def _is_numbered(self, part: Quantity) -> bool:
        return bool(_NUMBERED.search(self.folded, max(0, part.start - 10), part.start))

    # Words

    def _without_repeats(self, readings: list[_Reading]) -> list[_Reading]:
        """``10 000 000 EUR (desmit miljoni eiro)`` is one amount, said twice."""
        kept: list[_Reading] = []
        for reading in readings:
            again = (
                kept
                and self.parts[reading.first].numeral.shape == "words"
                and kept[-1].amount == reading.amount
            )
            if again and self.folded[kept[-1].end : reading.start].strip() == "(":
                closed = self.folded[reading.end : reading.end + 1] == ")"
                kept[-1] = kept[-1]._replace(last=reading.last, end=reading.end + closed)
            else:
                kept.append(reading)
        return kept

    def _amount(self, reading: _Reading, following: int | None, fund: tuple[str, Span] | None) -> Amount:
        qualifier: tuple[str, Span | None] = ("range", None)
        if reading.upper is None:
            qualifier = self._qualifier(reading, following) or ("exact", None)
        name, fund_span = fund if fund else (None, None)
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
        low = context.clause_start(self.text, folded, self._words_start(reading.first), start)
        if self._ends_change(reading):
            return None
        source = context.preposition_from(folded, low, start)
        before = context.qualifier_before(folded, low, start)
        if source and not (before and before[1].end == source.end):
            return None if self._is_source(source, reading, following) else ("at_least", source)
        return before or context.qualifier_after(folded, reading.end) or self._inherited(reading)

    def _words_start(self, first: int) -> int:
        """Where the words before part ``first`` begin: after the last number that is more than an ordinal."""
        for index in range(first - 1, -1, -1):
            part = self.parts[index]
            bare = not part.currency and part.power is None
            if not (bare and (part.numeral.shape in ("words", "code") or self._is_ordinal(part))):
                return part.end
            if part.end < self.parts[first].start - context.WINDOW:
                break
        return 0

    def _is_ordinal(self, part: Quantity) -> bool:
        """``2. kārtā``, ``1 projektam``: does not part a word from the amount that it qualifies."""
        return bool(_PASSED.match(self.folded, part.end))

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
        if context.tells_change(self.folded, clause, source.start):
            return True
        rest = self.folded[reading.end : following if following is not None else reading.end + 40]
        opens = not any(map(str.isalpha, self.folded[clause : source.start]))
        if following is None:
            return opens and bool(re.match(r" [a-z]", rest))
        return not re.search(r"[,;.:)]", rest) and len(rest) < 60

    def _inherited(self, reading: _Reading) -> tuple[str, Span] | None:
        """``līdz 30% jeb 5 000 eiro``, ``līdz 5 un 10 milj. eiro``: what is said of the first holds for both."""
        if not reading.first:
            return None
        first = self.parts[reading.first - 1]
        joined = _RESTATED.fullmatch(self.folded, first.end, reading.start)
        if joined is None or (not joined["jeb"] and (first.sign or first.currency != "eur")):
            return None
        low = context.clause_start(self.text, self.folded, self._words_start(reading.first - 1), first.start)
        return context.qualifier_before(self.folded, low, first.start)


def _assumption(part: Quantity, power: int) -> str | None:
    if part.numeral.shape == "either" and not power:
        return "thousands_or_decimal"
    return part.assumption

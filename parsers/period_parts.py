"""The grammar of one moment: a day, month, quarter, half-year or year, perhaps with a part left out.

Works on the tokens of :mod:`parsers.period_words`; :mod:`parsers.periods` joins parts to ranges.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from parsers.period_words import END, GENITIVE, PLURAL, Token

_CENTURY_PIVOT = 70  # 98 is 1998, 25 is 2025
# Before a number that is of a document, not of a year: Nr. 2021/2022, (ES) 2021/2115
_DOCUMENT = re.compile(
    r"(?:\b(?:nr|no|nor|regul\w{1,6}|direkt\w{1,6}|id)\.?|[№#§]|\((?:es|eu|ek|ec)\))\s{0,4}$", re.IGNORECASE
)
_SLICE = 24  # characters before a number that may tell what it counts


class Part(NamedTuple):
    """One moment of a chain, perhaps without its year, its month or the word for its unit.

    ``unit``: day, month, quarter, half_year, year or, for a number alone, empty. ``number``: of the
    day, quarter or half-year. ``after``: index of the next token. ``leads``: the year stands first.
    ``sure``: words or a whole numeric date leave no doubt that ``year`` is a year. ``dotted``: a dot
    follows the year. ``roman``: the number alone is a Roman numeral. ``figures``: printed in figures alone.
    """

    unit: str
    year: int | None
    month: int
    number: int
    start: int
    end: int
    after: int
    leads: bool = False
    sure: bool = False
    dotted: bool = False
    plural: bool = False
    roman: bool = False
    figures: bool = False
    assumption: str | None = None


class Unit(NamedTuple):
    """What stands beside a year: the same as in :class:`Part`."""

    name: str
    month: int
    number: int
    end: int
    after: int
    roman: bool = False
    assumption: str | None = None


def plausible(year: int) -> bool:
    """Four digits that may be a year without a word that says so."""
    return 1900 <= year < 2100


def _is_name(word: str) -> bool:
    """``Marta`` or ``Jūlija`` is a person; Latvian months have small letters."""
    return word[:1].isupper() and not word.isupper() and word[-1:] in "aā"


def _is_date(year: int, month: int, day: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= 31 and year >= 1000


class Parts:
    """Reads parts from one run of tokens."""

    def __init__(self, text: str, tokens: list[Token]) -> None:
        self.text = text
        self.tokens = tokens + [END] * 8

    # -- signs ---------------------------------------------------------------------------------

    def kind(self, i: int) -> str:
        return self.tokens[i].kind

    def is_number(self, i: int, least: int, most: int) -> bool:
        token = self.tokens[i]
        return token.kind == "number" and least <= token.end - token.start <= most

    def tight(self, i: int, kind: str) -> bool:
        """Token ``i`` is of ``kind`` and nothing stands before it but the token before."""
        token = self.tokens[i]
        return token.kind == kind and not token.gap

    def before(self, i: int) -> str:
        start = self.tokens[i].start
        return self.text[max(0, start - _SLICE) : start]

    def of_document(self, i: int) -> bool:
        """The number at ``i`` stands after ``Nr.`` or the like."""
        return _DOCUMENT.search(self.before(i)) is not None

    # -- parts ---------------------------------------------------------------------------------

    def part(self, i: int, linked: bool = False) -> Part | None:
        """The part that begins at token ``i``; ``linked`` where a dash or word joins it to another."""
        kind = self.kind(i)
        if kind == "number":
            if not linked and self.inside_code(i):
                return self.year_first(i)
            return self.figures(i) or self.year_first(i) or self.unit_first(i)
        if kind in ("roman", "roman_like", "ordinal", "month", "month_short", "letter"):
            return self.unit_first(i)
        return None

    def inside_code(self, i: int) -> bool:
        """The number at ``i`` continues one before it: 4.2.1.5, 1/2021/5, K-05-2021."""
        if not i or self.tokens[i].gap or self.tokens[i - 1].gap:
            return False
        if self.kind(i - 1) in ("/", "dash"):
            return True
        # after a whole year another date may be glued: 01.02.2016.01.07.2018.
        return self.kind(i - 1) == "." and self.is_number(i - 2, 1, 3)

    def figures(self, i: int) -> Part | None:
        """A date in figures alone: 31.12.2026., 31.12. 2026., 2026-12-31, 31/12/26, 12.2026, 31.12."""
        sign = self.kind(i + 1)
        if sign not in (".", "/", "dash") or not self.is_number(i + 2, 1, 4):
            return None
        if self.kind(i + 3) == sign and self.is_number(i + 4, 2, 4):
            found = self.day_month_year(i, sign) or self.year_month_day(i, sign)
            if found is not None:
                return found
        return self.month_year(i, sign) or self.day_month(i, sign)

    def day_month_year(self, i: int, sign: str) -> Part | None:
        day, month, year = (self.tokens[j] for j in (i, i + 2, i + 4))
        if not self.is_number(i, 1, 2) or not self.is_number(i + 2, 1, 2) or self.is_number(i + 4, 3, 3):
            return None
        two_digits = self.is_number(i, 2, 2) and self.is_number(i + 2, 2, 2)
        value, assumption = year.value, None
        if self.is_number(i + 4, 2, 2):
            if not two_digits or not self.is_short_date(i, sign):
                return None
            value += 1900 if value >= _CENTURY_PIVOT else 2000
            assumption = "two_digit_year"
        elif sign == "dash" and not two_digits or not self.is_long_date(i, sign):
            return None
        if not (plausible(value) or value == 0 or _is_date(value, month.value, day.value)):
            return None
        end, after = self.closing_dot(i + 5, sign, year.end)
        return Part("day", value, month.value, day.value, day.start, end, after,
                    sure=True, figures=True, assumption=assumption)  # fmt: skip

    def is_long_date(self, i: int, sign: str) -> bool:
        """White space in 31.12. 2026. is a slip; in ``4.2. 2024. gada`` it parts a heading from a year."""
        gaps = [self.tokens[j].gap for j in range(i + 1, i + 5)]
        if any(gaps):
            marked = self.year_word(i + 5) or (self.kind(i + 5) == "." and self.year_word(i + 6))
            return sign == "." and self.is_number(i + 2, 2, 2) and not (gaps[3] and marked)
        month, day = self.tokens[i + 2].value, self.tokens[i].value
        if sign == ".":
            return True
        return not self.of_document(i) and _is_date(self.tokens[i + 4].value, month, day)

    def is_short_date(self, i: int, sign: str) -> bool:
        """31.12.26 or 31/12/26, not part of a longer number."""
        if any(self.tokens[j].gap for j in range(i + 1, i + 5)) or sign == "dash" or self.of_document(i):
            return False
        if self.kind(i + 5) in (".", "/", "dash") and self.tight(i + 6, "number") and self.tight(i + 5, sign):
            return False
        return _is_date(2000, self.tokens[i + 2].value, self.tokens[i].value)

    def year_month_day(self, i: int, sign: str) -> Part | None:
        if not self.is_number(i, 4, 4) or not self.is_number(i + 2, 2, 2) or not self.is_number(i + 4, 2, 2):
            return None
        year, month, day = (self.tokens[j] for j in (i, i + 2, i + 4))
        if any(self.tokens[j].gap for j in range(i + 1, i + 5)):
            return None
        if not (plausible(year.value) or year.value == 0):
            return None
        end, after = self.closing_dot(i + 5, sign, day.end)
        return Part(
            "day", year.value, month.value, day.value, year.start, end, after, sure=True, figures=True
        )

    def month_year(self, i: int, sign: str) -> Part | None:
        """12.2026, 12/2026 or 2026-12, where nothing says that it numbers a document."""
        first, second = self.tokens[i], self.tokens[i + 2]
        if self.tokens[i + 1].gap or second.gap or self.of_document(i):
            return None
        if sign == "dash":
            year, month = first, second
            fits = (
                self.is_number(i, 4, 4)
                and self.is_number(i + 2, 2, 2)
                and self.kind(i + 3) not in ("/", "dash")
            )
        else:
            year, month = second, first
            fits = self.is_number(i, 2, 2) and self.is_number(i + 2, 4, 4) and not self.year_word(i + 3)
            fits = (
                fits and not (self.kind(i + 3) == "." and self.year_word(i + 4)) and self.kind(i + 3) != "/"
            )
        if not fits or not 1 <= month.value <= 12 or not plausible(year.value):
            return None
        end, after = self.closing_dot(i + 3, sign, second.end)
        return Part("month", year.value, month.value, 0, first.start, end, after, sure=True, figures=True)

    def day_month(self, i: int, sign: str) -> Part | None:
        """31.12. without a year, which the other end of a range lends."""
        day, month = self.tokens[i], self.tokens[i + 2]
        if sign != "." or self.tokens[i + 1].gap or month.gap:
            return None
        if not self.is_number(i, 1, 2) or not self.is_number(i + 2, 2, 2) or not 1 <= month.value <= 12:
            return None
        if self.tight(i + 3, ".") and self.tight(i + 4, "number"):
            return None
        end, after = self.closing_dot(i + 3, sign, month.end)
        return Part(
            "day", None, month.value, day.value, day.start, end, after, dotted=end > month.end, figures=True
        )

    def closing_dot(self, i: int, sign: str, end: int) -> tuple[int, int]:
        """End and next token of a date with dots, whose last dot belongs to it."""
        if sign == "." and self.tight(i, "."):
            return self.tokens[i].end, i + 1
        return end, i

    def year_first(self, i: int) -> Part | None:
        """2025. gada 15. maijs, 2024. gada IV cet., 2014 Q2, 2014 VIII, or the year alone."""
        if not self.is_number(i, 4, 4):
            return None
        head = self.year_head(i)
        year = self.tokens[i].value
        if not (head.sure or plausible(year)):
            return None
        at = head.after
        comma = self.kind(at) == ","
        unit = self.unit(at + comma)
        if unit is None or (comma and not unit.name) or not self.belongs(head, unit, at + comma):
            return head
        return head._replace(
            unit=unit.name, month=unit.month, number=unit.number, end=unit.end, after=unit.after,
            sure=head.sure or bool(unit.name), plural=False, roman=unit.roman, assumption=unit.assumption,
        )  # fmt: skip

    def belongs(self, head: Part, unit: Unit, at: int) -> bool:
        """The words after a year are its own: not a next point (2024. 15. …), not a name (2014 Marta)."""
        token = self.tokens[at]
        if head.sure:
            return True
        if token.kind == "month" and not head.dotted:
            return not _is_name(self.text[token.start : token.end])
        return bool(unit.name) or unit.roman

    def year_only(self, i: int) -> Part | None:
        head = self.year_head(i)
        return head if head.sure and not head.plural else None

    def year_head(self, i: int) -> Part:
        number = self.tokens[i]
        dotted = self.kind(i + 1) == "."
        at = i + 1 + dotted
        word = self.year_word(at)
        end = number.end
        if word is None:
            end = self.tokens[i + 1].end if dotted and not self.tokens[i + 1].gap else end
            return Part("year", number.value, 0, 0, number.start, end, at, True, False, dotted)
        word_kind, end, after = word
        head = Part(
            "year", number.value, 0, 0, number.start, end, after, True, True, dotted, word_kind == PLURAL
        )
        if word_kind == PLURAL and dotted and self.text[end - 1] in "uU":
            head = head._replace(plural=False)
        return self.part_of(head, word_kind)

    def part_of(self, head: Part, word_kind: int) -> Part:
        """``2025. gada beigās`` says no more than the year for sure."""
        part = self.tokens[head.after]
        if word_kind != GENITIVE or part.kind != "part":
            return head
        return head._replace(end=part.end, after=head.after + 1, assumption="part_of_year")

    def year_word(self, i: int) -> tuple[int, int, int] | None:
        """Kind, end and next token of the words for *year* at ``i``: gada, g., mācību gada."""
        if self.kind(i) == "school":
            i += 2 if self.tight(i + 1, ".") else 1
        token = self.tokens[i]
        if token.kind != "year_word":
            return None
        if token.end - token.start <= 2 and self.tight(i + 1, "."):
            return token.value, self.tokens[i + 1].end, i + 2
        return token.value, token.end, i + 1

    def unit_first(self, i: int) -> Part | None:
        """31. decembris, 2026 or IV cet. 2024; without a year that follows, a part without one."""
        unit = self.unit(i)
        if unit is None:
            return None
        start = self.tokens[i].start
        part = Part(unit.name, None, unit.month, unit.number, start, unit.end, unit.after,
                    roman=unit.roman, assumption=unit.assumption)  # fmt: skip
        year = self.trailing_year(i, unit) if unit.name else None
        if year is None:
            return part
        return part._replace(year=year.year, end=year.end, after=year.after, sure=True)

    def trailing_year(self, i: int, unit: Unit) -> Part | None:
        at = unit.after
        comma = self.kind(at) == ","
        if comma or self.kind(at) == "of" or (self.kind(at) == "." and self.tight(at + 1, "number")):
            at += 1
        if not self.is_number(at, 4, 4) or not plausible(self.tokens[at].value):
            return None
        head = self.year_head(at)
        if self.kind(head.after) in ("dash", "/") and self.is_number(head.after + 1, 4, 4):
            return None
        if self.kind(at + 1 + head.dotted) == "year_word" and (comma or self.unit(head.after) is not None):
            if self.tokens[at + 1 + head.dotted].value == GENITIVE:
                return None
        token = self.tokens[i]
        if (
            token.kind == "month_short"
            and unit.name == "month"
            and (comma or self.after_word(i) or head.sure)
        ):
            return None  # nov. is also short for novads: Saldus nov. 2023. gada budžets
        if token.kind == "month" and _is_name(self.text[token.start : token.end]):
            return None
        if not head.sure:
            return head._replace(end=self.tokens[at].end, after=at + 1)
        return head

    def after_word(self, i: int) -> bool:
        """A word that no date is made of stands right before token ``i``."""
        return (i == 0 or self.kind(i - 1) == "other") and self.before(i).rstrip()[-1:].isalpha()

    # -- units ---------------------------------------------------------------------------------

    def unit(self, i: int) -> Unit | None:
        token = self.tokens[i]
        if token.kind == "month" or token.kind == "month_short":
            return self.month(i)
        if token.kind == "letter":
            return self.lettered(i)
        if token.kind == "number":
            return self.numbered(i) if token.end - token.start <= 2 else None
        if token.kind in ("roman", "roman_like", "ordinal"):
            return self.numbered(i)
        return None

    def month(self, i: int) -> Unit:
        token = self.tokens[i]
        if self.is_number(i + 1, 1, 2):  # December 31, 2026
            year = i + 2 + (self.kind(i + 2) == ",")
            if self.is_number(year, 4, 4) and not self.kind(i + 2) == ".":
                day = self.tokens[i + 1]
                return Unit("day", token.value, day.value, day.end, i + 2)
        end, after = self.month_end(i)
        if self.kind(after) == "part":
            return Unit(
                "month", token.value, 0, self.tokens[after].end, after + 1, assumption="part_of_period"
            )
        return Unit("month", token.value, 0, end, after)

    def month_end(self, i: int) -> tuple[int, int]:
        if self.kind(i) == "month_short" and self.tight(i + 1, "."):
            return self.tokens[i + 1].end, i + 2
        return self.tokens[i].end, i + 1

    def lettered(self, i: int) -> Unit | None:
        """Q4 or H1."""
        letter, number = self.tokens[i], self.tokens[i + 1]
        if not self.is_number(i + 1, 1, 1) or number.gap:
            return None
        return Unit("quarter" if letter.value == 4 else "half_year", 0, number.value, number.end, i + 2)

    def numbered(self, i: int) -> Unit | None:
        """15. maijs, IV cet., pirmajā pusgadā, 9 mēnešos, or the number alone."""
        token = self.tokens[i]
        at = i + 1 + (self.tight(i + 1, "suffix"))
        dotted = self.kind(at) == "." and not self.tokens[at].gap
        at += dotted
        named = self.tokens[at]
        if named.kind in ("month", "month_short") and token.kind == "number":
            end, after = self.month_end(at)
            return Unit("day", named.value, token.value, end, after)
        if named.kind == "quarter":
            return self.with_word(at, "quarter", token.value % 5 if token.value < 0 else token.value)
        if named.kind == "half":
            return self.with_word(at, "half_year", 2 if token.value < 0 else token.value)
        if token.kind == "ordinal" or named.kind == "months":
            return self.first_months(i)
        if token.kind == "roman_like" or (token.kind == "number" and not dotted):
            return None
        return Unit("", 0, token.value, self.tokens[at - 1].end, at, roman=token.kind == "roman")

    def with_word(self, at: int, name: str, number: int) -> Unit:
        word = self.tokens[at]
        end, after = word.end, at + 1
        if word.value == 1 and self.tight(after, "."):
            end, after = self.tokens[after].end, after + 1
        if self.kind(after) == "part":
            return Unit(name, 0, number, self.tokens[after].end, after + 1, assumption="part_of_period")
        return Unit(name, 0, number, end, after)

    def first_months(self, i: int) -> Unit | None:
        """``pirmajos trīs mēnešos`` and ``9 mēnešos``: the months from January on."""
        at = i + (self.kind(i) == "ordinal" and self.tokens[i].value == 1)
        count = self.tokens[at]
        if (
            self.kind(at + 1) != "months"
            or count.kind not in ("count", "number")
            or not 2 <= count.value <= 11
        ):
            return None
        return Unit("first_months", 0, count.value, self.tokens[at + 1].end, at + 2)

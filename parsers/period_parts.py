"""The grammar of one moment: a day, month, quarter, half-year or year, perhaps with a part left out.

Works on the tokens of :mod:`parsers.period_tokens`; :mod:`parsers.periods` joins parts to ranges.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from parsers.period_tokens import Run
from parsers.period_words import GENITIVE, PLURAL

_CENTURY_PIVOT = 70  # 98 is 1998, 25 is 2025
_DIGITS = re.compile(r"[0-9]+")
# What the numbers of a date in figures are, by the kind of token
_FIGURES = {
    "date": ("day", "month", "year"),
    "signed": ("day", "month", "year"),
    "short": ("day", "month", "year"),
    "iso": ("year", "month", "day"),
    "month_year": ("month", "year"),
    "month_slash": ("month", "year"),
    "year_month": ("year", "month"),
    "day_month": ("day", "month"),
}
_NAMED = ("month", "month_short", "quarter", "half")
FIRST_FEW = ("first_months", "first_quarters")
_DOUBTFUL = ("signed", "short", "month_year", "month_slash", "year_month")
_UNIT_STARTS = ("number", "roman", "roman_like", "ordinal", "month", "month_short", "letter")
# Before a number that is of a document and not of a year: Nr. 2021/2022, (ES) 2021/2115
_DOCUMENT = re.compile(
    r"(?:\b(?:nr|regul\w{1,6}|direkt\w{1,6}|id)\.?|[№#§]|\((?:es|eu|ek|ec)\))\s{0,4}$", re.IGNORECASE
)
# Before 12/2026 or 12-2026 that is a month; after any other word it numbers a document
_OPEN = re.compile(r"(?:^|[:;(|\u2013\u2014-]|\b(?:no|l[iī]dz|from|until))\s{0,8}$", re.IGNORECASE)


class Part(NamedTuple):
    """One moment, perhaps without its year, its month or the word for its unit.

    ``unit``: day, month, quarter, half_year, year, empty for a number alone, first_months and
    first_quarters for so many of a year.
    ``number``: of the day, quarter or half-year. ``after``: index of the next token.
    ``year_first``: the year stands before the rest. ``sure``: words or a whole date leave no doubt that
    ``year`` is one. ``dotted``: a dot follows the figures. ``plural``: several years are spoken of.
    ``roman``: the number alone is a Roman numeral. ``figures``: there are no words in it.
    """

    unit: str
    year: int | None
    month: int
    number: int
    start: int
    end: int
    after: int
    year_first: bool = False
    sure: bool = False
    dotted: bool = False
    plural: bool = False
    roman: bool = False
    figures: bool = False
    assumption: str | None = None


def plausible(year: int) -> bool:
    """Four digits that may be a year without a word that says so."""
    return 1900 <= year < 2100


def is_name(word: str) -> bool:
    """``Marta`` or ``Jūlija`` is a person: Latvian months have small letters."""
    return word[:1].isupper() and not word.isupper() and word[-1:] in "aā"


class Parts(Run):
    """Reads parts from one run of tokens."""

    def part(self, i: int, *, linked: bool = False) -> Part | None:
        """The part that begins at token ``i``; ``linked`` where a dash or word joins it to one before."""
        kind = self.kind(i)
        if kind in _FIGURES:
            return self.figures(i, linked)
        if self.digits(i) == 4:
            return self.year_first(i)
        return self.unit_first(i) if kind in _UNIT_STARTS else None

    def goes_on(self, i: int) -> bool:
        """A word follows, which what stands before token ``i`` numbers: 2025. gada I kārta."""
        return self.words(i)[:1].isalnum() and self.kind(i) not in ("to", "and", "or")

    # -- figures -------------------------------------------------------------------------------

    def figures(self, i: int, linked: bool) -> Part | None:
        token = self.tokens[i]
        if token.kind in _DOUBTFUL and (self.of_document(i) or (not linked and self.glued(i))):
            return None
        if token.kind == "month_slash" and not linked and _OPEN.search(self.before(i)) is None:
            return None
        numbers = dict(zip(_FIGURES[token.kind], map(int, _DIGITS.findall(self.words(i))), strict=True))
        year, month, day = numbers.get("year"), numbers["month"], numbers.get("day", 0)
        assumption = None
        if token.kind == "short" and year is not None:
            year += 1900 if year >= _CENTURY_PIVOT else 2000
            assumption = "two_digit_year"
        valid = 1 <= month <= 12 and 1 <= day <= 31
        if day and year and not (plausible(year) or valid):
            return None  # 45.67.8901 is not a date that went wrong
        unit = "day" if "day" in numbers else "month"
        dotted = self.text[token.end - 1] == "."
        return Part(
            unit, year, month, day, token.start, token.end, i + 1,
            sure=year is not None, dotted=dotted, figures=True, assumption=assumption,
        )  # fmt: skip

    def of_document(self, i: int) -> bool:
        """The number at ``i`` stands after ``Nr.`` or the like."""
        return _DOCUMENT.search(self.before(i)) is not None

    def glued(self, i: int) -> bool:
        """The number at ``i`` continues a longer one: K-05-2021, 1/2021."""
        before = self.before(i)[-1:]
        return before.isalnum() or (before != "" and before in "-/\u2013")

    # -- the year first ------------------------------------------------------------------------

    def year_first(self, i: int) -> Part | None:
        """2025. gada 15. maijs, 2024. gada IV cet., 2014 Q2, 2014 VIII, or the year alone."""
        year = self.year(i)
        if not (year.sure or plausible(year.year or 0)):
            return None
        if not year.sure and self.ends_paragraph(year):
            return year
        comma = self.kind(year.after) == ","
        signed = self.kind(year.after) in ("/", "dash") and self.numbers_part_of_year(year.after + 1)
        unit = self.unit(year.after + (comma or signed)) or self.figures_after(year)
        if unit is None or not self.belongs(year, unit) or (comma and not unit.unit):
            return year
        return unit._replace(
            year=year.year, start=year.start, year_first=True, sure=year.sure or unit.unit != "",
        )  # fmt: skip

    def numbers_part_of_year(self, i: int) -> bool:
        """The rest of ``2023-Q1`` or ``2015/1.ceturksnis``."""
        unit = None if self.tokens[i].gap else self.unit(i)
        return unit is not None and unit.unit in ("quarter", "half_year")

    def figures_after(self, year: Part) -> Part | None:
        """The day of ``2004.g.16.03.``"""
        if not year.sure or self.kind(year.after) != "day_month":
            return None
        day = self.figures(year.after, linked=True)
        return day if day is not None and day.dotted else None

    def day_of(self, month: int, number: Part) -> Part:
        """The second day of ``January 25 – 31, 2011``, with its year."""
        at = number.after + (self.kind(number.after) == ",")
        if self.digits(at) != 4 or not plausible(self.tokens[at].value):
            return number
        year = self.tokens[at]
        return number._replace(
            unit="day", month=month, year=year.value, end=year.end, after=at + 1, sure=True
        )

    def ends_paragraph(self, part: Part) -> bool:
        """A blank line follows: what stands behind it is not of this part."""
        return "\n\n" in self.text[part.end : self.tokens[part.after].start]

    def belongs(self, year: Part, unit: Part) -> bool:
        """What follows a bare year is its own: not a number that counts, not a name (2014 Marta)."""
        if unit.unit == "month" and not year.sure and not year.dotted:
            return not is_name(self.text[unit.start : unit.end])
        return year.sure or unit.unit != "" or unit.roman

    def year(self, i: int) -> Part:
        """The year at token ``i`` with the words that tell so."""
        number = self.tokens[i]
        dotted = self.kind(i + 1) == "."
        word, end, after = self.year_word(i + 1 + dotted)
        grams = word >= 0 and not dotted and self.text[end - 1] in "gG"  # 2000 g
        if word < 0 or grams:
            after = i + 1 + dotted
            end = self.tokens[i + 1].end if self.tight(i + 1, ".") else number.end
            return Part("year", number.value, 0, 0, number.start, end, after, True, dotted=dotted)
        plural = word == PLURAL and not (dotted and self.text[end - 1] in "uU")  # par 2025. gadu
        part = self.tokens[after]
        if word == GENITIVE and part.kind == "part":
            return Part(
                "year", number.value, 0, 0, number.start, part.end, after + 1, True, True, dotted,
                assumption="part_of_year",
            )  # fmt: skip
        return Part("year", number.value, 0, 0, number.start, end, after, True, True, dotted, plural)

    def year_word(self, i: int) -> tuple[int, int, int]:
        """Kind (-1: none), end and next token of the word for *year*: gada, g., mācību gadā, m. g."""
        at = i
        if self.kind(at) == "school":
            at += 2 if self.tight(at + 1, ".") else 1
        token = self.tokens[at]
        if token.kind != "year_word":
            return -1, 0, i
        if token.end - token.start <= 2 and self.tight(at + 1, "."):
            return token.value, self.tokens[at + 1].end, at + 2
        return token.value, token.end, at + 1

    # -- the year last -------------------------------------------------------------------------

    def unit_first(self, i: int) -> Part | None:
        """31. decembris, 2026 or IV cet. 2024; without a year behind it, a part without one."""
        unit = self.unit(i)
        if unit is None or not unit.unit or unit.unit in FIRST_FEW:
            return unit
        at = unit.after
        sign = self.kind(at)
        comma = sign == ","
        part_of_year = unit.unit in ("quarter", "half_year")
        glue = (".", "/", "dash") if self.kind(i) == "letter" else (".", "/") if part_of_year else (".",)
        # 10.augusts.2023, Q1/2023, 3. cet./2025
        joined = sign in glue and (self.tight(at + 1, "number") or self.ends_line(at + 1))
        if comma or sign == "of" or joined:
            at += 1
        if self.digits(at) != 4 or not plausible(self.tokens[at].value):
            return unit
        year = self.year(at)
        if self.begins_another(year, comma) or (unit.unit == "month" and self.is_no_month(i, year, comma)):
            return unit
        if not year.sure:
            year = year._replace(end=self.tokens[at].end, after=at + 1)
        return unit._replace(year=year.year, end=year.end, after=year.after, sure=True)

    def ends_line(self, i: int) -> bool:
        """Nothing stands behind the number at ``i`` on its line: 23. jūlijs. 2018"""
        return self.digits(i) == 4 and self.text[self.tokens[i].end : self.tokens[i].end + 1] in ("", "\n")

    def begins_another(self, year: Part, comma: bool) -> bool:
        """The year leads on: to a range of years, or by ``gada`` to another day, month or quarter."""
        if self.kind(year.after) in ("dash", "/") and self.digits(year.after + 1) == 4:
            unit = self.unit(self.year(year.after + 1).after)
            return unit is None or not unit.unit  # but maijs 2025 – 2026. gada jūnijs
        word = self.tokens[year.after - 1 - (self.kind(year.after - 1) == ".")]
        if word.kind != "year_word" or word.value != GENITIVE:
            return False
        if comma and self.text[year.end - 1] == "ā":  # 7. martā, 2019. gadā
            following = self.unit(year.after)
            return following is not None and following.unit != ""
        return comma or self.goes_on(year.after)

    def is_no_month(self, i: int, year: Part, comma: bool) -> bool:
        """A name, or ``nov.`` for *novads*: Saldus nov. 2023. gada budžets."""
        if self.kind(i) == "month":
            return is_name(self.words(i))
        after_word = (i == 0 or self.kind(i - 1) == "other") and self.before(i).rstrip()[-1:].isalpha()
        return self.kind(i) == "month_short" and (comma or year.sure or after_word)

    # -- what stands beside a year -------------------------------------------------------------

    def unit(self, i: int) -> Part | None:
        """A day, month, quarter or half-year without its year, or a number alone."""
        kind = self.kind(i)
        if kind in ("month", "month_short"):
            return self.month(i)
        if kind == "letter":
            return self.lettered(i)
        if kind in ("roman", "roman_like", "ordinal", "count") or self.digits(i) in (1, 2):
            return self.numbered(i)
        return None

    def month(self, i: int) -> Part:
        token, day = self.tokens[i], self.tokens[i + 1]
        last = i + 3 if self.kind(i + 2) == "dash" and self.digits(i + 3) in (1, 2) else i + 1
        if self.digits(i + 1) in (1, 2) and self.digits(last + 1 + (self.kind(last + 1) == ",")) == 4:
            return Part("day", None, token.value, day.value, token.start, day.end, i + 2)  # December 31, 2026
        end, after = self.word_end(i, short=token.kind == "month_short")
        return self.within(Part("month", None, token.value, 0, token.start, end, after))

    def lettered(self, i: int) -> Part | None:
        """Q4 or H1."""
        letter, number = self.tokens[i], self.tokens[i + 1]
        if self.digits(i + 1) != 1 or number.gap:
            return None
        unit = "quarter" if letter.value == 4 else "half_year"
        return Part(unit, None, 0, number.value, letter.start, number.end, i + 2)

    def numbered(self, i: int) -> Part | None:
        """15. maijs, IV cet., pirmajā pusgadā, pirmajos trīs mēnešos, 9 mēnešos, or the number alone."""
        token = self.tokens[i]
        at = i + 1 + self.tight(i + 1, "suffix")
        dotted = self.kind(at) == "." and (not self.tokens[at].gap or self.kind(at + 1) in _NAMED)
        at += dotted
        named = self.tokens[at]
        few = self.first_few(i)
        if few is not None or named.kind == "months" or token.kind == "count":
            return few
        if named.kind in ("month", "month_short") and token.kind == "number":
            end, after = self.word_end(at, short=named.kind == "month_short")
            return Part("day", None, named.value, token.value, token.start, end, after)
        if token.kind == "number" and self.tight(at, "roman") and self.digits(at + 2) == 4:  # 17.III.1998
            return Part("day", None, named.value, token.value, token.start, named.end, at + 1)
        if self.tight(i + 1, "letter") and self.words(i + 1).isupper() and self.digits(i + 2) != 1:  # 3Q
            unit = "quarter" if self.tokens[i + 1].value == 4 else "half_year"
            return Part(unit, None, 0, token.value, token.start, self.tokens[i + 1].end, i + 2)
        if named.kind not in ("quarter", "half"):
            end, roman = self.tokens[at - 1].end, token.kind == "roman"
            number = Part("", None, 0, token.value, token.start, end, at, roman=roman, dotted=dotted)
            return number._replace(assumption=self.look_alike(i)) if token.value > 0 else None
        unit, last = ("quarter", 4) if named.kind == "quarter" else ("half_year", 2)
        end, after = self.word_end(at, short=named.value == 1)
        count = token.value if token.value >= 0 else last
        part = Part(unit, None, 0, count, token.start, end, after, assumption=self.look_alike(i))
        return self.within(part)

    def look_alike(self, i: int) -> str | None:
        """The assumption that letters of another alphabet, or l for I, are a Roman numeral."""
        foreign = self.kind(i) == "roman_like" and self.words(i).upper().strip("IVX") != ""
        return "look_alike_letters" if foreign else None

    def first_few(self, i: int) -> Part | None:
        """``pirmajos trīs mēnešos``, ``9 mēnešos``, ``pirmajos divos ceturkšņos``: from January on."""
        at = i + (self.kind(i) == "ordinal" and self.tokens[i].value == 1)
        count, named = self.tokens[at], self.tokens[at + 1]
        if count.kind not in ("count", "number") or named.kind not in ("months", "quarter"):
            return None
        if named.kind == "quarter" and at == i and count.kind == "number":
            return None  # 3 cet. is the third
        unit, most = ("first_months", 11) if named.kind == "months" else ("first_quarters", 3)
        if not 2 <= count.value <= most:
            return None
        return Part(unit, None, 0, count.value, self.tokens[i].start, named.end, at + 2)

    def within(self, part: Part) -> Part:
        """``maija beigās`` says no more than the month for sure."""
        word = self.tokens[part.after]
        if word.kind != "part":
            return part
        return part._replace(end=word.end, after=part.after + 1, assumption="part_of_period")

    def word_end(self, i: int, *, short: bool) -> tuple[int, int]:
        """End of the word at ``i`` and the next token; the dot of an abbreviation belongs to it."""
        if short and self.tight(i + 1, "."):
            return self.tokens[i + 1].end, i + 2
        return self.tokens[i].end, i + 1

"""Calendar periods as Latvian public pages print them.

``read`` gives the periods of a text, ``scan`` also what is clearly meant as one and cannot be read.
A page is read only around its four-digit numbers and short dates: from there to both sides as far as
words and signs go that a date is made of (:mod:`parsers.period_words`). Over those tokens stands a
small grammar: a *part* is one day, month, quarter, half-year or year of which something may be left
out (``30. jūnijam``, ``IV``; :mod:`parsers.period_parts`), a *chain* is parts joined by a dash,
``līdz``, a slash, ``un`` or a comma that lend each other what they lack (``2025. gada 15.–30. jūnijs``).
Nothing is guessed beyond that: a number of four digits is a year only beside ``gads``, a month or a
quarter, or another year.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from parsers.period_parts import Part, Parts, plausible
from parsers.period_words import Token, tokens_from
from parsers.records import Period, Problem, Span

Found = Period | Problem

_ANCHOR = re.compile(r"(?<![0-9])(?:[0-9]{4}(?![0-9])|[0-9]{2}[./][0-9]{2}[./][0-9]{2}(?![0-9]))")
_REACH = 56  # characters before a year in which its date may begin
_RANGES = ("to", "dash")
_FALLBACK_SIZE = 40  # characters of a field that may be a date and nothing else

_BY = re.compile(
    r"(?:\b(?:l[iī]dz|until|till|by)|v[eē]l[aā]k k[aā]|later than)(?:\s{1,8}pat)?\s{0,8}$", re.IGNORECASE
)
_MONEY = re.compile(
    r"\s{0,4}(?:eiro|euro?s?\b|€|ls\b|lat[ui]|tūkst|milj|mljrd|[$%°]|kg\b|m2?\b|km\b|person|cilv|vien[iī]b)",
    re.IGNORECASE,
)
_CURRENCY = re.compile(r"(?:[€$]|\beur)\s{0,4}$", re.IGNORECASE)


def read(text: str) -> list[Period]:
    """The periods of ``text`` in order, never overlapping; offsets count in ``text``."""
    return scan(text)[0]


def scan(text: str) -> tuple[list[Period], list[Problem]]:
    """The periods of ``text`` and what is meant as one but is none.

    Problems: ``range_reversed`` (ends before it starts), ``impossible_date`` (31.02.2025, year 0),
    ``unreadable_period`` (a seventh quarter).
    """
    found: list[Found] = []
    done = 0
    for anchor in _ANCHOR.finditer(text):
        if anchor.start() >= done:
            tokens, done = _segment(text, anchor.start(), done)
            found += _Chains(text, tokens).read()
    if not found and 0 < len(text) <= _FALLBACK_SIZE:
        found += _fallback(text)
    return [f for f in found if isinstance(f, Period)], [f for f in found if isinstance(f, Problem)]


def _fallback(text: str) -> list[Period]:
    from parsers import dates

    period = dates.fallback(text)
    return [] if period is None else [period]


def _segment(text: str, anchor: int, done: int) -> tuple[list[Token], int]:
    """Tokens around ``anchor`` between the nearest words that no date is made of, and where they end."""
    start = max(done, anchor - _REACH)
    while done < start < anchor and text[start - 1].isalnum() and text[start].isalnum():
        start += 1
    tokens, stop = tokens_from(text, start)
    while stop <= anchor:
        tokens, stop = tokens_from(text, stop)
    return tokens, stop


def days(unit: str, year: int, month: int, number: int) -> tuple[str, date, date]:
    """CONTRACT's name of a period, its first and its last day. ValueError where there is no such day."""
    if year < 1000:
        raise ValueError(f"no year {year}")
    if unit == "day":
        day = date(year, month, number)
        return day.isoformat(), day, day
    if unit == "month":
        return f"{year}-{month:02}", *_months(year, month, month)
    if unit == "quarter":
        return f"{year}-Q{number}", *_months(year, number * 3 - 2, number * 3)
    if unit == "half_year":
        return f"{year}-H{number}", *_months(year, number * 6 - 5, number * 6)
    if unit == "first_months":
        return f"{year}-01/{year}-{number:02}", *_months(year, 1, number)
    return str(year), *_months(year, 1, 12)


def _months(year: int, first: int, last: int) -> tuple[date, date]:
    end = date(year, 12, 31) if last == 12 else date(year, last + 1, 1) - timedelta(days=1)
    return date(year, first, 1), end


class _Chains(Parts):
    """Joins the parts of one run of tokens to periods."""

    def read(self) -> list[Found]:
        found: list[Found] = []
        i = 0
        while self.kind(i) != "end":
            part = self.part(i)
            if part is None:
                i += 1
                continue
            more, i = self.chain(i, part)
            found += more
        return found

    def chain(self, i: int, first: Part) -> tuple[list[Found], int]:
        """What ``first`` and the parts joined to it say, and the next token to read from."""
        link, at = self.link(first.after)
        short = self.short_year(first, link, at)
        if short is not None:
            return self.years(i, first, link, short)
        second = self.joining(at) if link else None
        if second is None:
            return self.alone(i, first)
        if link == "list":
            return self.listed(i, first, at, second)
        while link == "or" and not second.unit and self.link(second.after)[0] == "or":  # II/III/IV cet.
            at = self.link(second.after)[1]
            third = self.joining(at)
            if third is None:
                break
            second = third
        if first.unit == second.unit == "year":
            return self.years(i, first, link, second)
        return self.pair(i, first, link, at, second)

    def link(self, i: int) -> tuple[str, int]:
        """How the part before token ``i`` is joined to the next (to, dash, or, list, not), and where that is."""
        while self.kind(i) == "clock":
            i += 1
        kind = self.kind(i)
        if kind == "dash" and self.kind(i + 1) == "to":
            return "to", i + 2
        if kind == "dash" or kind == "to":
            return kind, i + 1
        if kind == "/" or kind == "or":
            return "or", i + 1
        if kind == "," or kind == "and":
            return "list", i + 1
        return "", i

    def joining(self, i: int) -> Part | None:
        """The part at ``i`` that something stands before: a number after its year may count what follows."""
        part = self.part(i, linked=True)
        if part is None or part.unit or part.year is None or (part.roman and not self.goes_on(part.after)):
            return part
        return self.year_head(i)

    # -- one part ------------------------------------------------------------------------------

    def alone(self, i: int, part: Part) -> tuple[list[Found], int]:
        if part.year is None:
            return [], part.after
        if part.unit == "year":
            return ([self.single(i, part)] if part.sure and not part.plural else []), part.after
        if part.unit:
            return [self.single(i, part)], part.after
        named = self.without_word(part)
        if named.unit:
            return [self.single(i, named)], part.after
        year = self.year_head(i)
        return ([self.single(i, year)] if year.sure and not year.plural else []), year.after

    def without_word(self, part: Part) -> Part:
        """``2025. gada I –`` is a quarter whose word was forgotten, ``2014 VIII`` a month."""
        if part.unit or not part.roman or self.goes_on(part.after):
            return part
        if part.number > 4:
            return part._replace(unit="month", month=part.number)
        return part._replace(unit="quarter", assumption="quarter_word_missing")

    def goes_on(self, i: int) -> bool:
        """A word follows that the number before token ``i`` counts: 2025. gada I kārta."""
        token = self.tokens[i]
        return self.text[token.start : token.start + 1].isalnum() and token.kind not in (
            "to",
            "and",
            "or",
            "end",
        )

    def single(self, i: int, part: Part) -> Found:
        by = _BY.search(self.before(i)) is not None
        assumption = part.assumption
        if by and assumption == "part_of_year" and self.text[: part.end].endswith("beigām"):
            assumption = None  # by the end of a year is by the end of the year
        try:
            label, first, last = self.days_of(part)
        except ValueError:
            return Problem(_problem(part), part.start, part.end)
        precision = "month" if part.unit == "first_months" else part.unit
        return Period(label, precision, first, last, part.start, part.end, by, assumption=assumption)

    def days_of(self, part: Part) -> tuple[str, date, date]:
        return days(part.unit, part.year or 0, part.month, part.number)

    # -- two parts -----------------------------------------------------------------------------

    def pair(self, i: int, first: Part, link: str, at: int, second: Part) -> tuple[list[Found], int]:
        """A range or a choice of two of one kind; where they are of two kinds each stands for itself."""
        if not self.may_join(i, first, at, second):
            return self.alone(i, first)[0], at if first.year is None or first.unit else self.alone(i, first)[
                1
            ]
        one, two = _lend_unit(self.without_word(first) if not second.unit else first, second)
        if one.unit != two.unit or one.unit in ("", "first_months"):
            return self.alone(i, first)[0], at if first.unit else self.alone(i, first)[1]
        return [self.joined(i, link, *_lend_year(one, two))], second.after

    def may_join(self, i: int, first: Part, at: int, second: Part) -> bool:
        if (
            first.year is None
            and second.year is None
            or not second.unit
            and (not second.roman or self.goes_on(second.after))
        ):
            return False
        if first.year is None and not first.unit:
            # 15.–30.06.2025. but not "5. – 2024. gada IV cet.", which is the fifth item of a list
            close = (
                first.roman
                or self.has_from(i)
                or not self.tokens[first.after].gap
                and not self.tokens[at].gap
            )
            return close and not second.leads
        if second.year is None and second.figures:
            return second.dotted and self.kind(first.after) != "clock"
        return True

    def has_from(self, i: int) -> bool:
        return i > 0 and self.kind(i - 1) == "from"

    def joined(self, i: int, link: str, one: Part, two: Part) -> Found:
        start = self.tokens[i - 1].start if link in _RANGES and self.has_from(i) else one.start
        try:
            label, first, _ = self.days_of(one)
            other, begin, last = self.days_of(two)
        except ValueError:
            problem = _problem(one) if _problem(one) != "impossible_date" else _problem(two)
            return Problem(problem, start, two.end)
        if link == "or" and label == other:  # maijs/maijā
            return self.single(i, one._replace(end=two.end))
        if begin < first:
            return Problem("range_reversed", start, two.end)
        window = link == "to" or link == "dash" and (one.unit == "day" or self.has_from(i))
        by = link == "or" and _BY.search(self.before(i)) is not None
        return Period(
            f"{label}/{other}", one.unit, first, last, start, two.end, by, window,
            Span(one.start, one.end), Span(two.start, two.end), one.assumption or two.assumption,
        )  # fmt: skip

    # -- years ---------------------------------------------------------------------------------

    def short_year(self, first: Part, link: str, at: int) -> Part | None:
        """The 24 of 2023/24, 2023./24. gads and the 27 of 2023-27."""
        number = self.tokens[at]
        if first.unit != "year" or link not in ("dash", "or") or number.gap or not self.is_number(at, 2, 2):
            return None
        if self.kind(at + 1) in ("dash", "/") or self.tight(at + 1, ".") and self.tight(at + 2, "number"):
            return None
        century, year = divmod(first.year or 0, 100)
        head = self.year_head(at)._replace(year=century * 100 + number.value, assumption="two_digit_year")
        after = number.value - year
        fits = (
            after == 1 and (head.sure or first.dotted)
            if link == "or"
            else after > 0 and (number.value > 12 or head.sure)
        )
        return head if fits else None

    def years(self, i: int, first: Part, link: str, second: Part) -> tuple[list[Found], int]:
        """2014.–2020. gadam, 2022 -2026, no 2014. līdz 2020. gadam, 2023./2024."""
        told = first.sure or second.sure
        bare = not told and not (first.dotted and second.dotted)
        if not told and not (plausible(first.year or 0) and plausible(second.year or 0)):
            return [], second.after
        if (
            bare
            and self.counts_other(i, second)
            or bare
            and link == "or"
            and second.year != (first.year or 0) + 1
        ):
            return [], second.after
        if not told and not first.dotted and second.dotted:
            second = second._replace(end=second.end - 1)
        return [self.joined(i, link, first, second)], second.after

    def counts_other(self, i: int, second: Part) -> bool:
        """Two bare numbers are of money, of people or of a document."""
        after = self.text[second.end : second.end + 1]
        return (
            self.of_document(i)
            or self.inside_code(i)
            or self.kind(second.after) in ("dash", "/")
            and not self.tokens[second.after].gap
            or after.isalpha()
            or _MONEY.match(self.text, second.end) is not None
            or _CURRENCY.search(self.before(i)) is not None
        )

    # -- lists ---------------------------------------------------------------------------------

    def listed(self, i: int, first: Part, at: int, second: Part) -> tuple[list[Found], int]:
        """2018., 2019. un 2020. gadam; 2025. gada I un II ceturksnī; 2024. gada maijā un jūnijā."""
        if first.unit == second.unit == "year":
            return self.year_list(i, first)
        if first.year is None or second.year is not None:
            return self.alone(i, first)[0], at
        if not first.unit and not first.plural:
            return self.unit_list(i, first)
        if first.unit in ("", "year", "first_months") or not second.unit or second.figures:
            return self.alone(i, first)
        if second.unit == "first_months":
            return self.alone(i, first)
        follower = second._replace(year=first.year, sure=True, leads=True)
        one, two = self.single(i, first), self.single(at, follower)
        if isinstance(one, Period) and isinstance(two, Period) and two.start_date > one.start_date:
            more, after = self.chain(at, follower)
            return [one, *more], after
        return [one], first.after

    def year_list(self, i: int, first: Part) -> tuple[list[Found], int]:
        items = [(i, first)]
        last = first
        while not last.sure:
            link, at = self.link(last.after)
            following = self.joining(at) if link == "list" else None
            if following is None or following.unit != "year":
                break
            last = following
            items.append((at, last))
        if last.sure:
            return [self.single(at, item) for at, item in items], last.after
        return [], items[-1][0] if len(items) > 1 else last.after

    def unit_list(self, i: int, first: Part) -> tuple[list[Found], int]:
        items = [(i, first)]
        last = first
        while not last.unit:
            link, at = self.link(last.after)
            following = self.joining(at) if link == "list" else None
            if following is None or following.year is not None or following.figures:
                return self.alone(i, first)
            last = following
            items.append((at, last))
        if last.unit not in ("day", "quarter", "half_year"):
            return self.alone(i, first)
        filled = [
            (at, item._replace(unit=last.unit, month=last.month, year=first.year)) for at, item in items
        ]
        return [self.single(at, item) for at, item in filled], last.after


def _problem(part: Part) -> str:
    limit = {"quarter": 4, "half_year": 2}.get(part.unit)
    return "unreadable_period" if limit and not 1 <= part.number <= limit else "impossible_date"


def _lend_unit(one: Part, two: Part) -> tuple[Part, Part]:
    """The word for the unit, printed once, is of both: II–III cet., 15.–30. jūnijs."""
    if not one.unit and two.unit in ("day", "quarter", "half_year"):
        one = one._replace(
            unit=two.unit, month=two.month if two.unit == "day" else 0, assumption=two.assumption
        )
    elif not one.unit and two.unit == "month" and one.roman and two.roman:
        one = one._replace(unit="month", month=one.number)
    elif not two.unit and one.unit == "month" and one.roman:
        two = two._replace(unit="month", month=two.number)
    elif not two.unit and one.unit in ("quarter", "half_year"):
        two = two._replace(unit=one.unit)
    return one, two


def _lend_year(one: Part, two: Part) -> tuple[Part, Part]:
    """The year, printed once, is of both, or New Year lies between them."""
    rolls = (one.month, one.number) > (two.month, two.number) and (
        one.month != two.month or one.unit != "day"
    )
    if one.year is None:
        return one._replace(
            year=(two.year or 0) - rolls, assumption="year_rolled_over" if rolls else one.assumption
        ), two
    if two.year is None:
        return one, two._replace(
            year=one.year + rolls, assumption="year_rolled_over" if rolls else two.assumption
        )
    return one, two

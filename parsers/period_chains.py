"""Parts joined by a dash, ``līdz``, a slash, ``un`` or a comma, which lend each other what they lack.

Turns the parts of :mod:`parsers.period_parts` into periods with their days, or into problems.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from parsers.period_parts import FIRST_FEW, Part, Parts, plausible
from parsers.records import Period, Problem, Span

Found = Period | Problem

_RANGES = ("dash", "to")
# Nobody means a year before or after: a digit is wrong or missing.
_MIN_YEAR, _MAX_YEAR = 1900, 2100
_WORST_FIRST = ("unreadable_period", "implausible_year")
_BY = re.compile(
    r"(?:\b(?:l[iī]dz|until|till|by)|v[eē]l[aā]k k[aā]|later than)(?:\s{1,8}pat)?\s{0,8}$", re.IGNORECASE
)
# A quarter or half-year whose number is missing or no number: 2024. gada cet., 2024. gada IVV ceturksnis
_GARBLED = re.compile(
    r"\s{0,4}(?:\w{4,9}(?:ais|ajā|ajam) ceturksn"
    r"|cet\b|pusg\b|[IVXLl1-9?_|]{1,6}\.?\s{0,4}(?:cet\b|ceturk|pusg))\w{0,12}\.?",
    re.IGNORECASE,
)
_UNITS_AFTER = re.compile(
    r"\s{0,4}(?:eiro|euro?s?\b|€|ls\b|lat[ui]|tūkst|milj|mljrd|[$%°]|kg\b|m2?\b|km\b|person|cilv|vien[iī]b)",
    re.IGNORECASE,
)
_CURRENCY_BEFORE = re.compile(r"(?:[€$]|\beur)\s{0,4}$", re.IGNORECASE)


def _days(part: Part) -> tuple[str, date, date]:
    """CONTRACT's name of a part, its first and its last day. ValueError where there is no such day."""
    year, month, number = part.year or 0, part.month, part.number
    if not _MIN_YEAR <= year <= _MAX_YEAR:
        raise ValueError(f"no year {year}")
    match part.unit:
        case "day":
            day = date(year, month, number)
            return day.isoformat(), day, day
        case "month":
            return f"{year}-{month:02}", *_months(year, month, month)
        case "quarter":
            return f"{year}-Q{number}", *_months(year, number * 3 - 2, number * 3)
        case "half_year":
            return f"{year}-H{number}", *_months(year, number * 6 - 5, number * 6)
        case "first_months":
            return f"{year}-01/{year}-{number:02}", *_months(year, 1, number)
        case "first_quarters":
            return f"{year}-Q1/{year}-Q{number}", *_months(year, 1, number * 3)
        case _:
            return str(year), *_months(year, 1, 12)


def _months(year: int, first: int, last: int) -> tuple[date, date]:
    end = date(year, 12, 31) if last == 12 else date(year, last + 1, 1) - timedelta(days=1)
    return date(year, first, 1), end


def _problem(part: Part) -> str:
    if part.year and not _MIN_YEAR <= part.year <= _MAX_YEAR:
        return "implausible_year"
    last = {"quarter": 4, "half_year": 2}.get(part.unit)
    return "unreadable_period" if last and not 1 <= part.number <= last else "impossible_date"


class Chains(Parts):
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
        """What ``first``, at token ``i``, and the parts joined to it say, and the next token to read from."""
        link, at = self.link(first.after)
        second = (self.short_year(first, link, at) or self.joining(at)) if link else None
        if second is None:
            return self.alone(i, first)
        if first.unit == "day" and self.kind(i) in ("month", "month_short") and not second.unit:
            second = self.day_of(first.month, second)
        if link == "list":
            return self.listed(i, first, at, second)
        if link == "or":
            second = self.last_choice(second)
        if first.unit == second.unit == "year":
            return self.years(i, first, link, second)
        return self.pair(i, first, link, at, second)

    def link(self, i: int) -> tuple[str, int]:
        """How the part before token ``i`` is joined to the next (dash, to, or, list, not) and where."""
        while self.kind(i) == "clock":
            i += 1
        kind = self.kind(i)
        if kind == "dash" and self.kind(i + 1) == "to":
            return "to", i + 2
        link = {"dash": "dash", "to": "to", "/": "or", "or": "or", ",": "list", "and": "list"}.get(kind, "")
        return link, i + 1

    def joining(self, i: int) -> Part | None:
        """The part at ``i`` that is joined to one before: a number after its year may count what follows."""
        part = self.part(i, linked=True)
        if part is None or part.unit or part.year is None or (part.roman and not self.goes_on(part.after)):
            return part
        return self.year(i)

    def last_choice(self, second: Part) -> Part:
        """The last of ``II/III/IV cet.``"""
        for _ in range(2):  # there are no more than four quarters
            link, at = self.link(second.after)
            following = self.joining(at) if link == "or" and not second.unit else None
            if following is None:
                break
            second = following
        return second

    # -- one part ------------------------------------------------------------------------------

    def alone(self, i: int, part: Part) -> tuple[list[Found], int]:
        named = self.with_unit(part)
        if named.year is None:
            return [], named.after
        if not named.unit:
            named = self.year(i)
        if named.unit != "year":
            return [self.single(i, named)], named.after
        garbled = _GARBLED.match(self.text, named.end) if named.sure else None
        if garbled is not None:
            return [Problem("unreadable_period", named.start, garbled.end())], named.after
        return ([self.single(i, named)] if named.sure and not named.plural else []), named.after

    def with_unit(self, part: Part) -> Part:
        """``2025. gada I –`` is a quarter whose word was forgotten, ``2014 VIII`` a month."""
        if part.unit or not part.roman or self.goes_on(part.after):
            return part
        if part.number > 4:
            return part._replace(unit="month", month=part.number)
        return part._replace(unit="quarter", assumption="quarter_word_missing")

    def single(self, i: int, part: Part) -> Found:
        by = _BY.search(self.before(i)) is not None
        assumption = part.assumption
        if (
            by
            and assumption in ("part_of_year", "part_of_period")
            and self.text[: part.end].endswith(("beigām", "beigam"))
        ):
            assumption = None  # by the end of a year is by its last day
        try:
            label, first, last = _days(part)
        except ValueError:
            return Problem(_problem(part), part.start, part.end)
        precision = {"first_months": "month", "first_quarters": "quarter"}.get(part.unit, part.unit)
        return Period(label, precision, first, last, part.start, part.end, by, assumption=assumption)

    # -- two parts -----------------------------------------------------------------------------

    def pair(self, i: int, first: Part, link: str, at: int, second: Part) -> tuple[list[Found], int]:
        """A range or a choice of two of one kind; where they are of two kinds each stands for itself."""
        if not second.unit:
            first = self.with_unit(first)
        if not self.may_join(i, first, at, second):
            return self.alone(i, first)
        one, two = _lend_unit(first, second)
        if one.unit != two.unit or one.unit in ("", *FIRST_FEW):
            return self.alone(i, first)
        return [self.joined(i, link, *_lend_year(one, two))], second.after

    def may_join(self, i: int, first: Part, at: int, second: Part) -> bool:
        if first.year is None and second.year is None:
            return False
        if not second.unit and (not second.roman or self.goes_on(second.after)):
            return False
        if first.year is None and not first.unit:
            # 15.–30.06.2025., but "5. – 2024. gada IV cet." is the fifth item of a list
            tight = not self.tokens[first.after].gap and not self.tokens[at].gap
            return not second.year_first and (first.roman or tight or self.has_from(i))
        if second.year is None and second.figures:
            return second.dotted and self.kind(first.after) != "clock"
        return True

    def has_from(self, i: int) -> bool:
        return i > 0 and self.kind(i - 1) == "from"

    def joined(self, i: int, link: str, one: Part, two: Part) -> Found:
        ranges = link in _RANGES
        start = self.tokens[i - 1].start if ranges and self.has_from(i) else one.start
        try:
            (label, first, _), (other, begin, last) = _days(one), _days(two)
        except ValueError:
            problems = {_problem(one), _problem(two)}
            worst = next((code for code in _WORST_FIRST if code in problems), "impossible_date")
            return Problem(worst, start, two.end)
        if link == "or" and label == other:  # maijs/maijā
            return self.single(i, one._replace(end=two.end))
        if begin < first:
            return Problem("range_reversed", start, two.end)
        return Period(
            f"{label}/{other}", one.unit, first, last, start, two.end,
            by=not ranges and _BY.search(self.before(i)) is not None,
            window=link == "to" or (ranges and (one.unit == "day" or self.has_from(i))),
            first=Span(one.start, one.end), second=Span(two.start, two.end),
            assumption=one.assumption or two.assumption,
        )  # fmt: skip

    # -- years ---------------------------------------------------------------------------------

    def short_year(self, first: Part, link: str, at: int) -> Part | None:
        """The 24 of 2023/24, 2023./24. gads and the 27 of 2023-27."""
        number = self.tokens[at]
        if first.unit != "year" or link not in ("dash", "or") or self.digits(at) != 2 or number.gap:
            return None
        if self.kind(at + 1) in ("dash", "/"):
            return None
        century, year = divmod(first.year or 0, 100)
        short = self.year(at)._replace(year=century * 100 + number.value, assumption="two_digit_year")
        if link == "or":
            fits = number.value == year + 1 and (short.sure or first.dotted)
        else:
            fits = number.value > year and (short.sure or number.value > 12)
        return short if fits else None

    def years(self, i: int, first: Part, link: str, second: Part) -> tuple[list[Found], int]:
        """2014.–2020. gadam, 2022 -2026, no 2014. līdz 2020. gadam, 2023./2024."""
        if not (first.sure or second.sure):
            bare = not (first.dotted and second.dotted)
            if not plausible(second.year or 0) or (bare and self.counts_other(i, link, first, second)):
                return [], second.after
            if second.dotted and bare:
                second = second._replace(end=second.end - 1)
        return [self.joined(i, link, first, second)], second.after

    def counts_other(self, i: int, link: str, first: Part, second: Part) -> bool:
        """Two bare numbers are of a document, of money, of people."""
        following = self.text[second.end : second.end + 1]
        return (
            self.of_document(i)
            or self.glued(i)
            or following.isalpha()
            or (following != "" and following in "-/")
            or (link == "or" and second.year != (first.year or 0) + 1)
            or _UNITS_AFTER.match(self.text, second.end) is not None
            or _CURRENCY_BEFORE.search(self.before(i)) is not None
        )

    # -- lists ---------------------------------------------------------------------------------

    def listed(self, i: int, first: Part, at: int, second: Part) -> tuple[list[Found], int]:
        """2018., 2019. un 2020. gadam; 2025. gada I un II ceturksnī; 2024. gada maijā un jūnijā."""
        if first.unit == second.unit == "year" and not first.sure:
            return self.year_list(i, first)
        if first.year is None and self.may_lend_back(first, second):
            filled = _lend_year(*_lend_unit(first, second))
            return [self.single(i, filled[0]), self.single(at, filled[1])], second.after
        if first.year is None or second.year is not None:
            return self.alone(i, first)
        if not first.unit:
            return self.unit_list(i, first)
        found: list[Found] = []
        at, part = i, first
        while (follower := self.follower(part)) is not None:
            found.append(self.single(at, part))
            at, part = follower
        ranges = at != i and self.link(part.after)[0] in _RANGES
        more, after = self.chain(at, part) if ranges else self.alone(at, part)
        return found + more, after

    def follower(self, part: Part) -> tuple[int, Part] | None:
        """The next of a list, which has its year from ``part``, and where it is: maijā un jūnijā.

        Only a later one: an earlier may be of the next year or of no year that is printed.
        """
        link, at = self.link(part.after)
        following = self.joining(at) if link == "list" else None
        if following is None or following.year is not None or following.figures:
            return None
        if part.unit in ("year", *FIRST_FEW) or following.unit in ("", *FIRST_FEW):
            return None
        following = following._replace(year=part.year, sure=True, year_first=True)
        try:
            later = _days(following)[1] > _days(part)[2]
        except ValueError:
            return None
        return (at, following) if later else None

    def may_lend_back(self, first: Part, second: Part) -> bool:
        """18.05., 19.05.2018. and 18. un 19. maijā, 2018."""
        if second.year is None or second.year_first or second.unit != "day" or not first.dotted:
            return False
        return first.figures or (not first.unit and self.kind(first.after) == "and")

    def year_list(self, i: int, first: Part) -> tuple[list[Found], int]:
        """Bare years are years if the last of them is called one."""
        items = [(i, first)]
        while not items[-1][1].sure:
            last_at, last = items[-1]
            link, at = self.link(last.after)
            item = self.joining(at) if link else None
            if item is None or item.unit != "year":
                return [], max(last_at, first.after)
            if link != "list":  # 2018. un 2019.–2021. gadā
                found, after = self.years(last_at, last, link, item)
                singles = [self.single(*single) for single in items[:-1]] if item.sure else []
                return singles + found, after
            items.append((at, item))
        return [self.single(*item) for item in items], items[-1][1].after

    def unit_list(self, i: int, first: Part) -> tuple[list[Found], int]:
        items = [(i, first)]
        while not items[-1][1].unit:
            link, at = self.link(items[-1][1].after)
            item = self.joining(at) if link == "list" else None
            if item is None or item.year is not None or item.figures:
                return self.alone(i, first)
            items.append((at, item))
        last = items[-1][1]
        if last.unit not in ("day", "quarter", "half_year"):
            return self.alone(i, first)
        filled = [
            (at, item._replace(unit=last.unit, month=last.month, year=first.year)) for at, item in items
        ]
        return [self.single(at, item) for at, item in filled], last.after


def _lend_unit(one: Part, two: Part) -> tuple[Part, Part]:
    """The word for the unit, printed once, is of both: II–III cet., 15.–30. jūnijs, 2014 VIII–XII."""
    if not one.unit and two.unit in ("day", "quarter", "half_year"):
        one = one._replace(unit=two.unit, month=two.month)
    elif not two.unit and one.unit == "month":
        two = two._replace(unit="month", month=two.number)
    elif not two.unit and one.unit in ("quarter", "half_year"):
        if two.number > 4 and one.assumption == "quarter_word_missing":
            one, two = (p._replace(unit="month", month=p.number, assumption=None) for p in (one, two))
        else:
            two = two._replace(unit=one.unit)
    return one, two


def _lend_year(one: Part, two: Part) -> tuple[Part, Part]:
    """The year, printed once, is of both, or New Year lies between them.

    It does where a later month, quarter or half comes first; an earlier day of the same month is a slip.
    """
    if one.year is not None and two.year is not None:
        return one, two
    same_month = one.unit == "day" and one.month == two.month
    rolls = not same_month and (one.month, one.number) > (two.month, two.number)
    rolled = "rolled_over" if rolls else None
    if one.year is None:
        return one._replace(year=(two.year or 0) - rolls, assumption=rolled or one.assumption), two
    return one, two._replace(year=one.year + rolls, assumption=rolled or two.assumption)

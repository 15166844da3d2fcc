"""Months, quarters and days without a year: ``no marta līdz maijam``, ``jūnijs–jūlijs``, ``II cet.``.

A period is of a year. One that names none has the year that is printed once for several steps, beside it or
above it, as long as the steps go forward; where they do not, or no year is printed, nobody can say which.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from parsers import periods
from parsers.period_parts import is_name
from parsers.period_words import MONTH_STEMS, NOUN_ENDINGS
from parsers.phrases import fold
from parsers.records import Period, Problem, Span

_MONTH = rf"(?:{'|'.join(MONTH_STEMS)})(?:{'|'.join(sorted(NOUN_ENDINGS, key=len, reverse=True))})(?![a-z])"
_DAY = r"(?:3[01]|[12][0-9]|0?[1-9])\."
_DAYS = rf"(?:{_DAY} ?(?:- ?{_DAY} ?)?)?"
_COUNT = r"(?:[1-4]|iv|i{1,3})\.?|(?:pirm|otr|tres|ceturt)[a-z]{1,5}"
_QUARTER = rf"(?:{_COUNT})(?: ?[-/] ?(?:{_COUNT}))? ?(?:cet\.|cet(?![a-z])|ceturks[a-z]{{1,4}})"
_HALF = r"(?:[12]\.?|ii?\.?|(?:pirm|otr)[a-z]{1,5}) ?pusgad[a-z]{1,3}"
_UNIT = rf"(?:{_DAYS}{_MONTH}|{_QUARTER}|{_HALF})"
_SEGMENT = re.compile(
    rf"(?<![a-z0-9.,/-])(?P<lead>(?:no|lidz|ne velak ka lidz) )?"
    rf"(?P<when>{_UNIT}(?:(?: ?[-/] ?| lidz (?:pat )?){_UNIT})?)(?![a-z0-9])"
)
# A quick look first: most lines have none of these beside the periods that are read already.
_HINT = re.compile(
    "[JjFfMmAaSsOoNnDdCcPp](?i:(?<=j)(?:anv|[uū][nl])|(?<=f)ebr|(?<=m)(?:art|aij)|(?<=a)(?:pr[iī]|ugu)"
    "|(?<=s)ept|(?<=o)kto|(?<=n)ove|(?<=d)ece|(?<=c)et|(?<=p)usg)"
)
_WORD = re.compile(r"[^\W\d_]{2,}")
_YEAR_BESIDE = re.compile(r"[0-9]{4}\.? ?(?:gad[a-z]{0,2}|g\.)? ?\Z")
_YEAR_BEHIND = re.compile(r"(?: ?\.)?,? {0,2}(?:19|20)[0-9]{2}(?![0-9])(?!\.? ?gada )")
_YEAR_ALONE = re.compile(r"\A\W{0,3}(20[0-4][0-9])\.?\s?[:–—-]\s|\((20[0-4][0-9])\.?\)\W{0,3}\Z")
_PARTS = re.compile(r"[,;–—]")
_DAY_IN_FIGURES = r"[0-3]?\d\.[01]\d\."
_DAYS_IN_FIGURES = re.compile(
    rf"(?<![\d.,/])(?P<first>{_DAY_IN_FIGURES})"
    rf"(?:(?: ?[-–—] ?| līdz )(?P<second>{_DAY_IN_FIGURES}))?(?![\d,/])"
)
_LONGEST_SEGMENT = 80
_LONGEST_YEAR = 12


def begins_with(words: str) -> bool:
    """``no marta līdz maijam``: the words begin with such a period."""
    words = words[:_LONGEST_SEGMENT].lstrip(" –—-:")
    folded = fold(words)
    match = _SEGMENT.match(folded)
    return match is not None and _stands(words, folded, match)


def read(words: str, year: int) -> list[Period]:
    """The periods of words that print no year, in the year that stands above them."""
    named = [found for match in _matches(words) if (found := _in_year(words, match, year)) is not None]
    return named or list(_figures(words, year))


def _figures(words: str, year: int) -> Iterator[Period]:
    """``15.04.–30.05.`` and ``15.04.``: days and months in figures, each closed by its dot."""
    for match in _DAYS_IN_FIGURES.finditer(words):
        days = [Span(*match.span(group)) for group in ("first", "second") if match[group]]
        dated = "–".join(f"{words[start:end].rstrip('.')}.{year}." for start, end in days)
        found, problems = periods.scan(dated)
        if len(found) != 1 or problems:
            continue
        first, second = days if len(days) > 1 else (None, None)
        yield found[0]._replace(start=match.start(), end=match.end(), first=first, second=second)


class Completed(NamedTuple):
    """``heading``: the year that stands once for all ``periods`` of a line, none of which it is itself."""

    periods: Sequence[Period]
    problems: Sequence[Problem]
    heading: Span | None = None


def completed(
    words: str, found: Sequence[Period], problems: Sequence[Problem], after: date | None
) -> Completed:
    """The ``found`` periods of a line together with those of it that name no year.

    ``after``: when the step before it began that was printed with its year, None where there was none.
    """
    if not _may_hold_more(words, found):
        return Completed(found, problems)
    taken = [(each.start, each.end) for each in found] + [(each.start, each.end) for each in problems]
    bare = [
        match
        for match in _matches(words)
        if not any(start < match.end() and match.start() < end for start, end in taken)
    ]
    if not bare:
        return Completed(found, problems)
    heading = _year_of_all(words, found, bare) or _bare_year_of_all(words, found)
    said = [] if heading else list(found)
    wrong = list(problems)
    for match in bare:
        period = _in_year(words, match, heading[0]) if heading else _carried(words, match, said, after)
        if period is None:
            wrong.append(Problem("unreadable_period", *match.span()))
        else:
            said.append(period)
    return Completed(sorted(said, key=lambda each: each.start), wrong, heading[1] if heading else None)


def _may_hold_more(words: str, found: Sequence[Period]) -> bool:
    """A word of a month, quarter or half-year stands outside of the periods that are read."""
    at = 0
    for period in found:
        if _HINT.search(words, at, max(period.start, at)):
            return True
        at = period.end
    return _HINT.search(words, at) is not None


def _matches(words: str) -> Iterator[re.Match[str]]:
    if _HINT.search(words) is None:
        return
    folded = fold(words)
    for match in _SEGMENT.finditer(folded):
        if _stands(words, folded, match):
            yield match


def _stands(words: str, folded: str, match: re.Match[str]) -> bool:
    """No year is beside it, and it is nobody's name."""
    start, end = match.span("when")
    if _YEAR_BESIDE.search(folded, max(0, match.start() - _LONGEST_YEAR), match.start()):
        return False
    if _YEAR_BEHIND.match(folded, match.end()):
        return False
    # ``Marta Ozola`` is a person, but a line may begin with ``Marta beigās``.
    named = words[start].isalpha() and is_name(words[start:end])
    return not (named and words[end : end + 2].strip()[:1].isupper())


def _in_year(words: str, match: re.Match[str], year: int) -> Period | None:
    """The period at ``match`` of that year, None where the words are none all the same."""
    start, when = match.start(), match.start("when")
    before = f"{words[start:when]}{year}. gada "
    found, problems = periods.scan(before + words[when : match.end()])
    if problems or len(found) != 1:
        return None
    period = found[0]
    moved = when - len(before)

    def place(at: int) -> int:
        return at + moved if at >= len(before) else min(start + at, when)

    def span(part: Span | None) -> Span | None:
        return None if part is None else Span(place(part.start), place(part.end))

    return period._replace(
        start=place(period.start), end=place(period.end), first=span(period.first), second=span(period.second)
    )


def _year_of_all(
    words: str, found: Sequence[Period], bare: Sequence[re.Match[str]]
) -> tuple[int, Span] | None:
    """The year of ``2025. gadā: martā – …, jūnijā – …`` and ``marts – …, maijs – … (2025. gads)``."""
    if len(found) != 1 or found[0].precision != "year" or found[0].by or found[0].assumption:
        return None
    year = found[0]
    if "/" in year.period:
        return None
    before, after = words[: year.start], words[year.end :]
    leads = _WORD.search(before) is None
    between = words[bare[-1].end() : year.start]
    ends = _WORD.search(after) is None
    bracketed = ends and between.endswith("(") and _PARTS.search(between) is None
    if leads or bracketed or (ends and between.strip() == ","):
        return int(year.period), Span(year.start, year.end)
    return None


def _bare_year_of_all(words: str, found: Sequence[Period]) -> tuple[int, Span] | None:
    """The year of ``2025: II ceturksnis – …`` and ``… (2025)``, which no word says to be one."""
    alone = None if found else _YEAR_ALONE.search(words)
    if alone is None:
        return None
    group = alone.lastindex or 1
    return int(alone[group]), Span(*alone.span(group))


def _carried(words: str, match: re.Match[str], said: Sequence[Period], after: date | None) -> Period | None:
    """With the year of the step before it, or of the one behind it, where they go forward so."""
    earlier = [each for each in said if each.end <= match.start()]
    if earlier or after is not None:
        first = max(earlier, key=lambda each: each.end).start_date if earlier else after
        period = _in_year(words, match, first.year) if first else None
        forward = period is not None and first is not None and period.start_date >= first
        return period._replace(assumption="year_carried") if period and forward else None
    later = min(
        (each for each in said if each.start >= match.end()), key=lambda each: each.start, default=None
    )
    if later is None or later.precision == "year":
        return None
    period = _in_year(words, match, later.start_date.year)
    if period is None or period.end_date > later.end_date:
        return None
    return period._replace(assumption="year_carried")

"""Periods in the notations that Latvian pages print: each function prints the period a day lies in."""

from __future__ import annotations

import calendar
from collections.abc import Callable
from datetime import date, timedelta
from random import Random

from tests.pages.model import ShownPeriod

ROMAN = ("", "I", "II", "III", "IV")
ORDINAL = ("", "pirmais", "otrais", "trešais", "ceturtais")
ORDINAL_IN = ("", "pirmajā", "otrajā", "trešajā", "ceturtajā")
MONTHS = (
    "", "janvār", "februār", "mart", "aprīl", "maij", "jūnij", "jūlij", "august", "septembr", "oktobr",
    "novembr", "decembr",
)  # fmt: skip
# Masculine nouns of the second declension end in -is, those of the first in -s.
SECOND_DECLENSION = frozenset({1, 2, 4, 9, 10, 11, 12})


def month(index: int, case: str) -> str:
    """The name of a month in ``nom``, ``gen``, ``dat`` or ``loc``."""
    second = index in SECOND_DECLENSION
    endings = {
        "nom": "is" if second else "s",
        "gen": "a",
        "dat": "im" if second else "am",
        "loc": "ī" if second else "ā",
    }
    return MONTHS[index] + endings[case]


def quarter_of(day: date) -> int:
    return (day.month - 1) // 3 + 1


def _last(year: int, month_: int) -> date:
    return date(year, month_, calendar.monthrange(year, month_)[1])


def _quarter(text: str, day: date) -> ShownPeriod:
    quarter = quarter_of(day)
    start = date(day.year, 3 * quarter - 2, 1)
    return ShownPeriod(text, f"{day.year}-Q{quarter}", "quarter", start, _last(day.year, 3 * quarter))


def _half(text: str, day: date) -> ShownPeriod:
    half = 1 if day.month <= 6 else 2
    return ShownPeriod(
        text, f"{day.year}-H{half}", "half_year", date(day.year, 6 * half - 5, 1), _last(day.year, 6 * half)
    )


def _month(text: str, day: date) -> ShownPeriod:
    return ShownPeriod(text, f"{day:%Y-%m}", "month", day.replace(day=1), _last(day.year, day.month))


def _day(text: str, day: date) -> ShownPeriod:
    return ShownPeriod(text, day.isoformat(), "day", day, day)


def _span(text: str, first: ShownPeriod, second: ShownPeriod) -> ShownPeriod:
    return ShownPeriod(text, f"{first.period}/{second.period}", first.precision, first.start, second.end)


def quarter_roman(rng: Random, day: date) -> ShownPeriod:
    return _quarter(f"{day.year}. gada {ROMAN[quarter_of(day)]} cet.", day)


def quarter_bare(rng: Random, day: date) -> ShownPeriod:
    return _quarter(f"{day.year}. gada {ROMAN[quarter_of(day)]}", day)


def quarter_tight(rng: Random, day: date) -> ShownPeriod:
    numeral = rng.choice((str(quarter_of(day)), ROMAN[quarter_of(day)]))
    dot = "." if numeral.isdigit() else ""
    return _quarter(
        rng.choice((f"{day.year}.gada {numeral}{dot}cet.", f"{day.year}.g.{numeral}{dot} cet.")), day
    )


def quarter_digit(rng: Random, day: date) -> ShownPeriod:
    ending = rng.choice(("is", "ī", "a"))
    stem = "ceturkšņ" if ending == "a" else "ceturksn"
    return _quarter(f"{day.year}. gada {quarter_of(day)}. {stem}{ending}", day)


def quarter_long_roman(rng: Random, day: date) -> ShownPeriod:
    return _quarter(
        f"{day.year}. gada {ROMAN[quarter_of(day)]} {rng.choice(('ceturksnis', 'ceturksnī'))}", day
    )


def quarter_word(rng: Random, day: date) -> ShownPeriod:
    index = quarter_of(day)
    forms = (
        f"{day.year}.g. {ORDINAL[index]} ceturksnis",
        f"{day.year}. gada {ORDINAL_IN[index]} ceturksnī",
        f"{day.year}.gada {ORDINAL_IN[index]} ceturksnī",
    )
    return _quarter(rng.choice(forms), day)


def quarter_first(rng: Random, day: date) -> ShownPeriod:
    roman = ROMAN[quarter_of(day)]
    forms = (f"{roman} cet. {day.year}", f"{roman} ceturksnis {day.year}", f"{roman} cet. {day.year}. gadā")
    return _quarter(rng.choice(forms), day)


def quarter_letter(rng: Random, day: date) -> ShownPeriod:
    return _quarter(rng.choice((f"{day.year}. Q{quarter_of(day)}", f"{day.year} Q{quarter_of(day)}")), day)


def _next_quarter(day: date) -> date:
    return date(day.year + (day.month > 9), (day.month + 2) % 12 + 1, 1)


def quarter_range(rng: Random, day: date) -> ShownPeriod:
    after = _next_quarter(day)
    first, second = _quarter("", day), _quarter("", after)
    left, right = ROMAN[quarter_of(day)], ROMAN[quarter_of(after)]
    if day.year == after.year:
        forms = (f"{day.year}. gada {left} cet./{right} cet.", f"{day.year}. gada {left}–{right} cet.")
    else:
        forms = (
            f"{day.year}. gada {left} – {after.year}. gada {right} cet.",
            f"{day.year}. gada {left} cet. – {after.year}. gada {right} cet.",
        )
    return _span(rng.choice(forms), first, second)


def quarter_slash(rng: Random, day: date) -> ShownPeriod:
    """The real page's ``2023. gada IV cet./2024.gada I cet.``."""
    after = _next_quarter(day)
    text = f"{day.year}. gada {ROMAN[quarter_of(day)]} cet./{after.year}.gada {ROMAN[quarter_of(after)]} cet."
    return _span(text, _quarter("", day), _quarter("", after))


def half(rng: Random, day: date) -> ShownPeriod:
    index = 1 if day.month <= 6 else 2
    forms = (
        f"{day.year}. gada {ROMAN[index]} pusgads",
        f"{day.year}. gada {ORDINAL_IN[index]} pusgadā",
        f"{day.year}. gada {index}. pusgads",
        f"{day.year}.gada {ROMAN[index]} pusgadā",
    )
    return _half(rng.choice(forms), day)


def month_word(rng: Random, day: date) -> ShownPeriod:
    forms = (
        f"{day.year}. gada {month(day.month, 'nom')}",
        f"{day.year}. gada {month(day.month, 'loc')}",
        f"{day.year}.gada {month(day.month, 'loc')}",
        f"{day.year}. g. {month(day.month, 'nom')}",
    )
    return _month(rng.choice(forms), day)


def day_real(rng: Random, day: date) -> ShownPeriod:
    return _day(rng.choice((f"{day:%d.%m.}%s%d." % (" ", day.year), f"{day:%d.%m.%Y.}")), day)


def day_numeric(rng: Random, day: date) -> ShownPeriod:
    forms = (
        f"{day:%d.%m.%Y.}",
        f"{day:%d.%m.%Y}",
        f"{day:%d/%m/%Y}",
        f"{day:%Y-%m-%d}",
        f"{day.day}.{day.month}.{day.year}.",
    )
    return _day(rng.choice(forms), day)


def day_word(rng: Random, day: date) -> ShownPeriod:
    forms = (
        f"{day.year}. gada {day.day}. {month(day.month, 'nom')}",
        f"{day.year}. gada {day.day}. {month(day.month, 'loc')}",
        f"{day.year}.gada {day.day}.{month(day.month, 'nom')}",
    )
    return _day(rng.choice(forms), day)


def day_by(rng: Random, day: date) -> ShownPeriod:
    forms = (f"līdz {day:%d.%m.%Y.}", f"līdz {day.year}. gada {day.day}. {month(day.month, 'dat')}")
    return _day(rng.choice(forms), day)


def year(rng: Random, day: date) -> ShownPeriod:
    text = rng.choice((f"{day.year}. gads", f"{day.year}. gadā", f"{day.year}.gads"))
    return ShownPeriod(text, str(day.year), "year", date(day.year, 1, 1), date(day.year, 12, 31))


def window(rng: Random, day: date, words: bool) -> tuple[str, ShownPeriod, ShownPeriod]:
    """An application window that opens on ``day``: its words, opening and closing day."""
    close = day + timedelta(days=rng.randint(30, 75))
    opening = f"{day.year}. gada {day.day}. {month(day.month, 'gen')}"
    closing = f"{close.day}. {month(close.month, 'dat')}"
    if close.year != day.year:
        closing = f"{close.year}. gada {closing}"
    forms: tuple[str, ...] = (
        f"no {day:%d.%m.%Y.} līdz {close:%d.%m.%Y.}",
        f"{day:%d.%m.%Y.} – {close:%d.%m.%Y.}",
    )
    if words:
        forms = (f"no {opening} līdz {closing}",)
    return rng.choice(forms), _day("", day), _day("", close)


Style = Callable[[Random, date], ShownPeriod]
STYLES: dict[str, Style] = {
    style.__name__: style
    for style in (
        quarter_roman, quarter_bare, quarter_tight, quarter_digit, quarter_long_roman, quarter_word,
        quarter_first, quarter_letter, quarter_range, quarter_slash, half, month_word, day_real, day_numeric,
        day_word, day_by, year,
    )
}  # fmt: skip

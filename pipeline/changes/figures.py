"""Numbers, money and dates in running text, English and Latvian.

Babel writes the same (a test compares them); its import alone costs more than a page. What Babel does not
do is Latvian's cases: a preposition governs one case with a singular noun and the dative with a plural one.
"""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

NBSP = "\u00a0"
_MILLION = 1_000_000
_HUNDRED_THOUSAND = 100_000


class Noun(NamedTuple):
    """A Latvian noun of the first or second declension in the cases that dates and sums need."""

    nominative: str
    genitive: str
    dative: str
    accusative: str
    locative: str


def _noun(stem: str, ending: str, soft: str | None = None) -> Noun:
    """``gad-s``, ``pusgad-s``, ``decembr-is``; ``soft`` is the stem of the genitive where it changes."""
    if ending == "is":
        return Noun(f"{stem}is", f"{soft or stem}a", f"{stem}im", f"{stem}i", f"{stem}ī")
    return Noun(f"{stem}{ending}", f"{stem}a", f"{stem}am", f"{stem}u", f"{stem}ā")


YEAR = _noun("gad", "s")
HALF_YEAR = _noun("pusgad", "s")
QUARTER = _noun("ceturksn", "is", "ceturkšņ")
MONTHS = (
    _noun("janvār", "is"),
    _noun("februār", "is"),
    _noun("mart", "s"),
    _noun("aprīl", "is", "aprīļ"),
    _noun("maij", "s"),
    _noun("jūnij", "s"),
    _noun("jūlij", "s"),
    _noun("august", "s"),
    _noun("septembr", "is"),
    _noun("oktobr", "is"),
    _noun("novembr", "is"),
    _noun("decembr", "is"),
)
_ENGLISH_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
)  # fmt: skip


def is_one(count: Decimal | int) -> bool:
    """True where Latvian has the singular: 1, 21, 2,1; not 11, 10, 1,2 (Unicode's plural rules for lv)."""
    if count % 10 == 1 and count % 100 != 11:
        return True
    fraction = str(count).partition(".")[2]
    return fraction.endswith("1") and fraction != "11"


def number(value: Decimal | int, language: str) -> str:
    """``3,697,500.5`` or ``3 697 500,5`` with no-break spaces; no zeros at the end of a fraction."""
    text = f"{value:,f}" if isinstance(value, Decimal) else f"{value:,}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    if language == "en":
        return text
    return text.replace(",", NBSP).replace(".", ",")


def percent(value: Decimal, language: str) -> str:
    """``1.78%``, ``1,78%``; the sign is left to the words around it."""
    return f"{number(abs(value), language)}%"


def euro(amount: Decimal, language: str) -> str:
    """``€3,697,500`` or ``3 697 500 eiro``; cents only where there are any, and then both digits."""
    cents = amount != amount.to_integral_value()
    text = number(amount, language)
    if cents:
        whole, mark, fraction = text.rpartition("." if language == "en" else ",")
        text = f"{whole}{mark}{fraction.ljust(2, '0')}"
    return f"€{text}" if language == "en" else f"{text}{NBSP}eiro"


def round_euro(amount: Decimal, language: str, case: str = "nominative") -> str:
    """``€83.6 million``, ``83,6 miljoni eiro`` where that is exact, else all digits as :func:`euro`.

    ``case`` (Latvian): of the noun in the singular; after a preposition the plural is dative.
    """
    if amount < _MILLION or amount % _HUNDRED_THOUSAND:
        return euro(amount, language)
    millions = (amount / _MILLION).quantize(Decimal("0.1"))
    if millions == millions.to_integral_value():
        millions = millions.quantize(Decimal(1))
    if language == "en":
        return f"€{number(millions, 'en')} million"
    if is_one(millions):
        noun = getattr(_noun("miljon", "s"), case)
    else:
        noun = "miljoni" if case == "nominative" else "miljoniem"
    return f"{number(millions, 'lv')}{NBSP}{noun} eiro"


def days(count: int, language: str) -> str:
    """How long, after *by* or ``par``: ``1 day``, ``92 days``; ``1 dienu``, ``92 dienām``."""
    if language == "en":
        return f"{number(count, 'en')} {'day' if count == 1 else 'days'}"
    return f"{number(count, 'lv')} {'dienu' if is_one(count) else 'dienām'}"


def _moment(period: str, language: str, case: str) -> str:
    """One year, half-year, quarter, month or day. English keeps the short names of parts of a year."""
    year, _, rest = period.partition("-")
    if not rest:
        return year if language == "en" else f"{year}. {getattr(YEAR, case)}"
    if rest[0] in "QH":
        noun = QUARTER if rest[0] == "Q" else HALF_YEAR
        return period if language == "en" else f"{year}. gada {rest[1:]}. {getattr(noun, case)}"
    month, _, day = rest.partition("-")
    if language == "en":
        return (
            f"{int(day)} {_ENGLISH_MONTHS[int(month) - 1]} {year}"
            if day
            else (f"{_ENGLISH_MONTHS[int(month) - 1]} {year}")
        )
    name = getattr(MONTHS[int(month) - 1], case)
    return f"{year}. gada {int(day)}. {name}" if day else f"{year}. gada {name}"


def moment(period: str, language: str, case: str = "nominative") -> str:
    """A period of CONTRACT's vocabulary in words; Latvian in the case that its preposition governs.

    >>> moment("2024-Q4", "lv", "genitive")
    '2024. gada 4. ceturkšņa'
    """
    first, _, last = period.partition("/")
    if not last:
        return _moment(first, language, case)
    if language == "en":
        return f"{_moment(first, 'en', case)} – {_moment(last, 'en', case)}"
    stretch = getattr(_noun("laikposm", "s"), case)
    return f"{stretch} no {_moment(first, 'lv', 'genitive')} līdz {_moment(last, 'lv', 'dative')}"


def when(period: str) -> str:
    """English: *in 2024-Q4*, *on 31 December 2026*, *between May 2025 and June 2025*."""
    first, _, last = period.partition("/")
    if last:
        return f"between {_moment(first, 'en', '')} and {_moment(last, 'en', '')}"
    return f"{'on' if first.count('-') == 2 else 'in'} {_moment(first, 'en', '')}"

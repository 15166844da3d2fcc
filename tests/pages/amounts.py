"""Amounts as Latvian pages print them: each function draws a value that its notation can show."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from random import Random

from tests.pages.model import ShownAmount

NBSP, THIN = "\u00a0", "\u2009"
UNITS = ("euro", "eiro", "EUR", "€")
QUALIFIERS: tuple[tuple[str, str], ...] = (
    ("vairāk nekā", "more_than"), ("virs", "more_than"), ("ne mazāk kā", "at_least"), ("vismaz", "at_least"),
    ("līdz", "up_to"), ("ne vairāk kā", "up_to"), ("nepārsniedzot", "up_to"), ("aptuveni", "approximate"),
    ("apmēram", "approximate"), ("ap", "approximate"), ("gandrīz", "approximate"), ("~", "approximate"),
)  # fmt: skip


def grouped(value: int, separator: str = " ") -> str:
    return f"{value:,}".replace(",", separator)


def whole(rng: Random) -> int:
    """Whole euro between 150 thousand and 60 million, rounder or less round."""
    step = rng.choice((1, 1, 5, 500, 50_000))
    return rng.randint(150_000 // step, 60_000_000 // step) * step


def tenths(rng: Random, low: int = 11, high: int = 899) -> Decimal:
    return Decimal(rng.randint(low, high)) / 10


def comma(value: Decimal) -> str:
    return f"{value.normalize():f}".replace(".", ",")


def plain(rng: Random) -> ShownAmount:
    value = whole(rng)
    return ShownAmount(grouped(value), Decimal(value))


def euro(rng: Random) -> ShownAmount:
    value = whole(rng)
    return ShownAmount(f"{grouped(value)} {rng.choice(UNITS)}", Decimal(value))


def cents(rng: Random) -> ShownAmount:
    value, part = whole(rng), rng.choice((0, 0, 46, 7))
    return ShownAmount(f"{grouped(value)},{part:02d} {rng.choice(UNITS)}", Decimal(f"{value}.{part:02d}"))


def dots(rng: Random) -> ShownAmount:
    value = max(whole(rng), 1_000_000)
    return ShownAmount(f"{grouped(value, '.')} {rng.choice(('€', 'EUR'))}", Decimal(value))


def front(rng: Random) -> ShownAmount:
    value = whole(rng)
    return ShownAmount(f"{rng.choice(('€', 'EUR'))} {grouped(value)}", Decimal(value))


def both_sides(rng: Random) -> ShownAmount:
    value = whole(rng)
    return ShownAmount(f"EUR {grouped(value)},46 EUR", Decimal(f"{value}.46"))


def prime(rng: Random) -> ShownAmount:
    value = whole(rng)
    return ShownAmount(f"{grouped(value, rng.choice(('`', chr(39), '’')))} EUR", Decimal(value))


def unbreakable(rng: Random) -> ShownAmount:
    value = whole(rng)
    space = rng.choice((NBSP, THIN, "\u202f"))
    return ShownAmount(f"{grouped(value, space)}{space}{rng.choice(UNITS)}", Decimal(value))


def solid(rng: Random) -> ShownAmount:
    value = whole(rng)
    return ShownAmount(f"{value} {rng.choice(('EUR', 'euro'))}", Decimal(value))


def million(rng: Random) -> ShownAmount:
    value = tenths(rng)
    word = rng.choice(("milj.", "miljoni", "miljonu", "miljonus"))
    return ShownAmount(f"{comma(value)} {word} {rng.choice(('eiro', 'euro', 'EUR'))}", value * 1_000_000)


def million_spaced(rng: Random) -> ShownAmount:
    value = Decimal(f"{rng.randint(1, 60)}.{rng.randint(1, 9)}")
    return ShownAmount(f"{str(value).replace('.', ', ')} miljoni eiro", value * 1_000_000)


def thousand(rng: Random) -> ShownAmount:
    value = rng.randint(150, 999)
    return ShownAmount(
        f"{value} {rng.choice(('tūkst.', 'tūkstoši', 'tūkstošu'))} euro", Decimal(value * 1000)
    )


def compound(rng: Random) -> ShownAmount:
    millions, thousands = rng.randint(1, 40), rng.randint(101, 989)
    many = "miljona" if millions % 10 == 1 and millions != 11 else "miljonu"
    one = "miljons" if many == "miljona" else "miljoni"
    text = rng.choice(
        (f"{millions} {many} {thousands} tūkstošu eiro", f"{millions} {one} {thousands} tūkstoši eiro")
    )
    return ShownAmount(text, Decimal(millions * 1_000_000 + thousands * 1000))


def billion(rng: Random) -> ShownAmount:
    value = Decimal(rng.randint(11, 25)) / 10
    return ShownAmount(f"{comma(value)} {rng.choice(('miljardi', 'miljardu'))} eiro", value * 1_000_000_000)


def qualified(rng: Random) -> ShownAmount:
    shown = rng.choice((euro, million))(rng)
    words, qualifier = rng.choice(QUALIFIERS)
    return ShownAmount(f"{words} {shown.text}", shown.eur, None, qualifier)


def spread(rng: Random) -> ShownAmount:
    low = rng.randint(2, 30)
    high = low + rng.randint(1, 20)
    forms = (
        f"no {low} līdz {high} milj. eiro",
        f"{low}–{high} milj. euro",
        f"no {grouped(low * 1_000_000)} līdz {grouped(high * 1_000_000)} eiro",
    )
    return ShownAmount(rng.choice(forms), Decimal(low * 1_000_000), Decimal(high * 1_000_000), "range")


def label_million(rng: Random) -> ShownAmount:
    """A bare number under a label that says ``(milj. euro)``."""
    value = Decimal(rng.randint(110, 59_900)) / 1000
    return ShownAmount(comma(value), value * 1_000_000)


def label_thousand(rng: Random) -> ShownAmount:
    value = rng.randint(150, 59_999)
    return ShownAmount(grouped(value), Decimal(value * 1000))


Style = Callable[[Random], ShownAmount]
STYLES: dict[str, Style] = {
    style.__name__: style
    for style in (
        plain, euro, cents, dots, front, both_sides, prime, unbreakable, solid, million, million_spaced,
        thousand, compound, billion, qualified, spread, label_million, label_thousand,
    )
}  # fmt: skip

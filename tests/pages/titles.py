"""Codes, rounds and titles as pages print them."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import NamedTuple

ROUND_WORDS = ("", "pirmā", "otrā", "trešā", "ceturtā")
QUOTES = (("“", "”"), ("„", "”"), ("«", "»"), ('"', '"'), ("„", "“"))


class Name(NamedTuple):
    code: str
    round: int | None
    title: str


def quoted(rng: Random, title: str) -> str:
    """The title in quotation marks; plain ones only where none stand within."""
    choices = [pair for pair in QUOTES if pair[0] != '"' or '"' not in title]
    opening, closing = rng.choice(choices)
    return f"{opening}{title}{closing}"


def real(rng: Random, name: Name) -> tuple[str, ...]:
    """The real page's titles: bare, or with the word and quotes; the round on a line of its own."""
    forms = (
        f"{name.code}. {name.title}",
        f"{name.code}. {name.title}",
        f"{name.code}.pasākums  {quoted(rng, name.title)}",
        f"{name.code}. pasākums {quoted(rng, name.title)}",
    )
    if name.round is None:
        return (rng.choice(forms),)
    return (forms[0], f"{name.round}.kārta")


def measure(rng: Random, name: Name) -> tuple[str, ...]:
    if name.round is None:
        return (f"{name.code}. pasākums {quoted(rng, name.title)}",)
    forms = (
        f"{name.code}. pasākuma {quoted(rng, name.title)} {name.round}. kārta",
        f"{name.code}. pasākuma {name.round}. kārta {quoted(rng, name.title)}",
        f"{name.code}. pasākuma {quoted(rng, name.title)} {ROUND_WORDS[name.round]} kārta",
    )
    return (rng.choice(forms),)


def word_first(rng: Random, name: Name) -> tuple[str, ...]:
    round_ = "" if name.round is None else f", {name.round}. kārta"
    return (f"Pasākums {name.code}. {quoted(rng, name.title)}{round_}",)


def dashed(rng: Random, name: Name) -> tuple[str, ...]:
    mark = rng.choice(("–", "-", "—"))
    if name.round is None:
        return (f"{name.code}. {mark} {name.title}",)
    return (f"{name.code}. pasākuma {name.round}. kārta {mark} {name.title}",)


def bare(rng: Random, name: Name) -> tuple[str, ...]:
    round_ = "" if name.round is None else f" ({name.round}. kārta)"
    return (f"{name.code}{rng.choice(('. ', '.', ' '))}{name.title}{round_}",)


def objective(rng: Random, name: Name) -> tuple[str, ...]:
    """``SAM`` (specific objective) before the code."""
    round_ = "" if name.round is None else f" {name.round}. kārta"
    return (f"{rng.choice(('SAM', 'SAMP'))} {name.code}. {quoted(rng, name.title)}{round_}",)


def two_lines(rng: Random, name: Name) -> tuple[str, ...]:
    round_ = () if name.round is None else (f"{name.round}. kārta",)
    return (f"{name.code}. pasākums", quoted(rng, name.title), *round_)


def next_round(name: Name) -> tuple[str, ...]:
    """A later round below the first one's title."""
    return (f"{name.round}. kārta",)


Style = Callable[[Random, Name], tuple[str, ...]]
STYLES: dict[str, Style] = {
    style.__name__: style for style in (real, measure, word_first, dashed, bare, objective, two_lines)
}

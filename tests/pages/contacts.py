"""People and how pages print the ways to reach them."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from random import Random
from typing import NamedTuple

from tests.pages import words
from tests.pages.model import Line, Run, Truth, paragraph


class Person(NamedTuple):
    """``phones`` are national numbers of eight digits; either of phones and e-mail may be missing."""

    name: str
    position: str
    phones: tuple[str, ...]
    email: str | None

    def truth(self) -> list[Truth]:
        """One contact; a second phone is a second contact without e-mail (CONTRACT's rule)."""
        first = {"name": self.name, "phone": None, "email": self.email}
        if self.phones:
            first["phone"] = f"+371{self.phones[0]}"
        return [
            first,
            *({"name": self.name, "phone": f"+371{phone}", "email": None} for phone in self.phones[1:]),
        ]


def fold(text: str) -> str:
    """Letters without their marks, as an e-mail address has them."""
    return "".join(c for c in unicodedata.normalize("NFD", text.lower()) if not unicodedata.combining(c))


def draw(rng: Random, domain: str, *, phones: int = 1, email: bool = True) -> Person:
    given = rng.choice(words.GIVEN_NAMES)
    family = rng.choice(words.FAMILY_NAMES)[given in words.MEN]
    numbers = tuple(
        f"{'67' if index == 0 else '29'}{rng.randint(100_000, 999_999)}" for index in range(phones)
    )
    address = f"{fold(given)}.{fold(family)}@{domain}.gov.lv" if email else None
    return Person(f"{given} {family}", rng.choice(words.POSITIONS), numbers, address)


def phone(rng: Random, digits: str) -> str:
    forms = (
        digits, f"+371 {digits}", f"+371{digits}", f"{digits[:4]} {digits[4:]}", f"(+371) {digits}",
        f"{digits[:2]} {digits[2:5]} {digits[5:]}", f"+371 {digits[:2]} {digits[2:5]} {digits[5:]}",
    )  # fmt: skip
    return rng.choice(forms)


def _parts(rng: Random, person: Person, phone_word: str, email_word: str) -> list[str]:
    parts = []
    if person.phones:
        parts.append(
            phone_word + rng.choice((", ", "; ", " vai ")).join(phone(rng, p) for p in person.phones)
        )
    if person.email:
        parts.append(email_word + person.email)
    return parts


def real(rng: Random, person: Person) -> tuple[Line, ...]:
    """The real page's line, with the spaces and separators that it varies."""
    parts = [f"tālr.: {rng.choice(('+371 ', ''))}{p}" for p in person.phones[:1]]
    separator, gap = rng.choice(((", ", " "), ("; ", "  ")))
    if person.email:
        parts.append(f"e-pasts:{gap}{person.email}")
    return (paragraph(f"{person.name}, {separator.join(parts)}"),)


def brackets(rng: Random, person: Person) -> tuple[Line, ...]:
    return (paragraph(f"{person.name} ({', '.join(_parts(rng, person, 'tālr. ', ''))})"),)


def dash(rng: Random, person: Person) -> tuple[Line, ...]:
    return (paragraph(f"{person.name} – {', '.join(_parts(rng, person, '', ''))}"),)


def name_last(rng: Random, person: Person) -> tuple[Line, ...]:
    return (paragraph(f"{', '.join(_parts(rng, person, 'tālr.: ', 'e-pasts: '))} ({person.name})"),)


def worded(rng: Random, person: Person) -> tuple[Line, ...]:
    parts = _parts(rng, person, "tālrunis: ", "E-pasts: ")[::-1]
    return (paragraph("; ".join([*parts, f"kontaktpersona: {person.name}"])),)


def position(rng: Random, person: Person) -> tuple[Line, ...]:
    parts = _parts(rng, person, "tālr. ", "e-pasta adrese ")
    return (paragraph(f"{person.name}, {person.position}, {', '.join(parts)}"),)


def several_lines(rng: Random, person: Person) -> tuple[Line, ...]:
    parts = _parts(rng, person, "Tālrunis: ", "E-pasts: ")
    return tuple(paragraph(text) for text in (person.name, *parts))


def linked(rng: Random, person: Person) -> tuple[Line, ...]:
    runs = [Run(f"{person.name}")]
    for digits in person.phones:
        runs += [Run(", tālr. "), Run(phone(rng, digits), f"tel:+371{digits}")]
    if person.email:
        runs += [Run(", "), Run(person.email, f"mailto:{person.email}")]
    return (Line(tuple(runs)),)


def named_link(rng: Random, person: Person) -> tuple[Line, ...]:
    """The name is the link; its address stands in the markup alone, so pasted text can't have it."""
    if person.email is None:
        return linked(rng, person)
    runs = [Run(person.name, f"mailto:{person.email}")]
    runs += [Run(f", tālr.: {phone(rng, digits)}") for digits in person.phones]
    return (Line(tuple(runs)),)


def hidden(rng: Random, person: Person) -> tuple[Line, ...]:
    """An address that harvesters shall not read."""
    at = rng.choice(("[at]", "(at)", " [at] "))
    email = (person.email or "").replace("@", at)
    parts = _parts(rng, person._replace(email=None), "tālr.: ", "") + ([f"e-pasts: {email}"] if email else [])
    return (paragraph(f"{person.name}, {', '.join(parts)}"),)


Style = Callable[[Random, Person], tuple[Line, ...]]
STYLES: dict[str, Style] = {
    style.__name__: style
    for style in (
        real,
        brackets,
        dash,
        name_last,
        worded,
        position,
        several_lines,
        linked,
        named_link,
        hidden,
    )
}

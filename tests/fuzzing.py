# ruff: noqa: RUF001  (letters that look alike are the point)
"""Pages as accidents leave them: flipped bits, cuts, splices, look-alike letters, absurd numbers."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

CONFUSABLES = (
    ("a", "а"),
    ("e", "е"),
    ("o", "о"),
    ("-", "‐"),
    (" ", "\u2003"),
    ("1", "１"),
    (".", "․"),
    ("I", "Ⅰ"),
)
NUMBERS = ("9" * 400, "0" * 60, "-1", "1e309", "٣", "0000", "99999999999999999999,99", "½", "²")
DATES = (
    "0000. gada I cet.",
    "31.02.0000.",
    "99.99.9999.",
    "2024. gada V cet.",
    "0. gads",
    "9999. gada 31. decembris",
)
TAGS = (
    "<table>",
    "</p>",
    "<!--",
    "<script>",
    "]]>",
    "</body>",
    "<li>",
    "<td rowspan=99999 colspan=99999>",
    "&#0;",
    "&#x110000;",
)


def flip(rng: Random, page: bytes, other: bytes) -> bytes:
    changed = bytearray(page)
    for _ in range(rng.randint(1, 60)):
        changed[rng.randrange(len(changed))] ^= 1 << rng.randrange(8)
    return bytes(changed)


def cut(rng: Random, page: bytes, other: bytes) -> bytes:
    start, end = sorted(rng.randrange(len(page) + 1) for _ in range(2))
    return rng.choice((page[:start], page[start:], page[:start] + page[end:]))


def splice(rng: Random, page: bytes, other: bytes) -> bytes:
    at, start = rng.randrange(len(page)), rng.randrange(len(other))
    return page[:at] + other[start : start + rng.randint(1, 4000)] + page[at:]


def repeat(rng: Random, page: bytes, other: bytes) -> bytes:
    start = rng.randrange(len(page))
    piece = page[start : start + rng.randint(1, 300)]
    return page[:start] + piece * rng.randint(2, 60) + page[start:]


def confuse(rng: Random, page: bytes, other: bytes) -> bytes:
    text = page.decode("utf-8", "replace")
    for plain, alike in rng.sample(CONFUSABLES, rng.randint(1, 3)):
        text = "".join(alike if c == plain and rng.random() < 0.2 else c for c in text)
    return text.encode()


def absurd(rng: Random, page: bytes, other: bytes) -> bytes:
    text = page.decode("utf-8", "replace")
    for _ in range(rng.randint(1, 12)):
        at = rng.randrange(len(text) + 1)
        text = text[:at] + rng.choice(rng.choice((NUMBERS, DATES, TAGS))) + text[at:]
    return text.encode()


def recode(rng: Random, page: bytes, other: bytes) -> bytes:
    text = page.decode("utf-8", "replace")
    return text.encode(rng.choice(("utf-16", "utf-16-le", "cp1257", "cp1251", "iso-8859-13")), "replace")


MUTATIONS: tuple[Callable[[Random, bytes, bytes], bytes], ...] = (
    flip,
    cut,
    splice,
    repeat,
    confuse,
    absurd,
    recode,
)


def mutate(rng: Random, page: bytes, other: bytes) -> bytes:
    """One to three accidents in a row."""
    for _ in range(rng.randint(1, 3)):
        if page:
            page = rng.choice(MUTATIONS)(rng, page, other)
    return page

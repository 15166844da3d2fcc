"""Phrases of Latvian as a person writes them down, compiled to regular expressions.

A vocabulary table holds phrases, not regular expressions, so that anyone can add one:

``vairāk nekā``       these words, in any capitals, with or without their diacritics
``vairāk kā/nekā``    either word in this place
``lielāk*``           the word with any ending (``lielāks``, ``lielākam`` …)
``nedrīkst ... būt``  up to two other words between
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TypeVar

Meaning = TypeVar("Meaning")

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZĀČĒĢĪĶĻŅŌŖŠŪŽ"
_PLAIN = "abcdefghijklmnopqrstuvwxyzacegiklnorsuz"
_SPACES = "\t\u00a0\u200b\u202f\u205f\u2060\u3000\ufeff" + "".join(map(chr, range(0x2000, 0x200B)))
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"
_PRIMES = "`\u00b4\u02b9\u02bc\u02c8\u2018\u2019\u201b\u2032"

_FOLD = str.maketrans(
    _LETTERS + _LETTERS.lower() + _SPACES + _DASHES + _PRIMES,
    _PLAIN * 2 + " " * len(_SPACES) + "-" * len(_DASHES) + "'" * len(_PRIMES),
)


def fold(text: str) -> str:
    """The text in small letters without diacritics, with one kind of space, dash and prime.

    It is as long as ``text``, so that places in it are places in ``text``.
    """
    return text.translate(_FOLD)


def pattern(phrase: str) -> str:
    """The regular expression (over folded text) for a phrase of a vocabulary table."""
    return _bounded(
        r" {1,2}".join(map(_word, phrase.split())).replace(r" {1,2}\.\.\. {1,2}", r"(?: [^ ]{1,30}){0,2} ")
    )


def alternation(phrases: Iterable[tuple[str, Meaning]]) -> tuple[re.Pattern[str], tuple[Meaning, ...]]:
    """All phrases in one expression, the longest first, and what each of its groups means.

    A match ``m`` means ``meanings[m.lastindex - 1]``.
    """
    ordered = sorted(phrases, key=lambda pair: (-len(pair[0].split()), -len(pair[0])))
    joined = "|".join(f"({pattern(phrase)})" for phrase, _ in ordered)
    return re.compile(joined), tuple(meaning for _, meaning in ordered)


def _word(word: str) -> str:
    choices = [
        re.escape(fold(choice.removesuffix("*"))) + ("[a-z]*" if choice.endswith("*") else "")
        for choice in word.split("/")
    ]
    return choices[0] if len(choices) == 1 else f"(?:{'|'.join(choices)})"


def _bounded(expression: str) -> str:
    before = "(?<![a-z0-9])" if expression[0].isalnum() or expression[0] == "(" else ""
    after = "(?![a-z0-9])" if expression[-1].isalnum() or expression[-1] in ")*" else ""
    return before + expression + after

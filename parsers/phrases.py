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

_WORD_CHARACTERS = "abcdefghijklmnopqrstuvwxyz0123456789"
_SOME_WORDS = r" {1,2}\.\.\. {1,2}"

_FOLD = str.maketrans(
    _LETTERS + _LETTERS.lower() + _SPACES + _DASHES + _PRIMES,
    _PLAIN * 2 + " " * len(_SPACES) + "-" * len(_DASHES) + "'" * len(_PRIMES),
)


def fold(text: str) -> str:
    """The text in small letters without diacritics, with one kind of space, dash and prime.

    It is as long as ``text``, so that places in it are places in ``text``.
    """
    return text.translate(_FOLD)


def word_pattern(word: str) -> str:
    """The regular expression for one word of a phrase, without its boundaries."""
    choices = [
        re.escape(fold(choice.removesuffix("*"))) + ("[a-z]*" if choice.endswith("*") else "")
        for choice in word.split("/")
    ]
    return choices[0] if len(choices) == 1 else f"(?:{'|'.join(choices)})"


def pattern(phrase: str) -> str:
    """The regular expression (over folded text) for a phrase of a vocabulary table."""
    joined = r" {1,2}".join(map(word_pattern, phrase.split())).replace(_SOME_WORDS, r"(?: [^ ]{1,30}){0,2} ")
    before = "" if fold(phrase)[0] not in _WORD_CHARACTERS else "(?<![a-z0-9])"
    after = "" if fold(phrase)[-1] not in _WORD_CHARACTERS + "*" else "(?![a-z0-9])"
    return before + joined + after


def alternation(phrases: Iterable[tuple[str, Meaning]]) -> tuple[re.Pattern[str], tuple[Meaning, ...]]:
    """All phrases in one expression and what each of its groups means; the longest phrase wins.

    A match ``m`` means ``meanings[m.lastindex - 1]``. Phrases are gathered by their first letter, with
    the boundary checked after it, so that a search skips from one possible beginning to the next.
    """
    by_letter: dict[str, list[tuple[str, Meaning]]] = {}
    for phrase, meaning in sorted(phrases, key=_precedence):
        first, _, rest = phrase.partition(" ")
        for choice in first.split("/"):
            by_letter.setdefault(fold(choice[0]), []).append((f"{choice} {rest}".strip(), meaning))
    branches = [_branch(letter, [phrase for phrase, _ in pairs]) for letter, pairs in by_letter.items()]
    meanings = tuple(meaning for pairs in by_letter.values() for _, meaning in pairs)
    return re.compile("|".join(branches)), meanings


def _precedence(pair: tuple[str, Meaning]) -> tuple[int, bool, int]:
    """More words first, then words with a fixed ending, then longer ones."""
    phrase = pair[0]
    return -len(phrase.split()), "*" in phrase, -len(phrase)


def _branch(letter: str, phrases: list[str]) -> str:
    boundary = rf"(?<![a-z0-9]{letter})" if letter in _WORD_CHARACTERS else ""
    tails = (
        pattern(phrase).removeprefix("(?<![a-z0-9])").removeprefix(re.escape(letter)) for phrase in phrases
    )
    return re.escape(letter) + boundary + "(?:" + "|".join(f"({tail})" for tail in tails) + ")"

"""A step of a schedule in a line of its own, with its period in the next: both are of the schedule."""

from __future__ import annotations

import re
from functools import lru_cache

from parsers import labels, periods
from parsers.label_parts import TIMELINE, names_step
from parsers.token import Token

_LONGEST_PERIOD = 60
_DIGIT = re.compile(r"\d")
_BESIDE = re.compile(r"(?:[\s.,:;()–—-]|\b(?:no|līdz|sākot|ar|plānots|plānota|indikatīvi)\b)*", re.IGNORECASE)


def mark_steps(text: str, tokens: list[Token]) -> list[Token]:
    """The tokens; ``Atlases uzsākšana`` above ``2025. gada maijs`` speaks for itself as a step does."""
    for index in range(len(tokens) - 1):
        token, after = tokens[index], tokens[index + 1]
        if token.kind != "text" or token.hit is not None or token.inline or after.kind != "text":
            continue
        if token.end - token.start > labels.LONGEST_LABEL:
            continue
        words, below = text[token.start : token.end], text[after.start : after.end]
        told = is_period(below) or (
            words[-1] == ":" and len(below) <= _LONGEST_PERIOD and ends_in_period(below)
        )
        if told and _is_step(words):
            tokens[index] = token._replace(hit=TIMELINE)
    return tokens


@lru_cache(maxsize=4096)
def is_period(line: str) -> bool:
    """A period and nothing else but the words that lead to one."""
    if len(line) > _LONGEST_PERIOD or _DIGIT.search(line) is None:
        return False
    found = periods.read(line)
    return len(found) == 1 and all(
        _BESIDE.fullmatch(rest) for rest in (line[: found[0].start], line[found[0].end :])
    )


def ends_in_period(words: str) -> bool:
    """The words hold one period at least."""
    return _DIGIT.search(words) is not None and bool(periods.read(words))


def _is_step(line: str) -> bool:
    return line[:1].isupper() and not any(map(str.isdecimal, line)) and names_step(line.rstrip(" :"))

"""A step of a schedule in a line of its own, with its period in the next: both are of the schedule."""

from __future__ import annotations

import re
from collections.abc import Sequence

from parsers import labels, periods
from parsers.former_periods import without_former
from parsers.label_parts import TIMELINE, names_step
from parsers.memos import memo
from parsers.records import Block
from parsers.token import Token

_LONGEST_PERIOD = 60
_DIGIT = re.compile(r"\d")
# Words that lead to a period, and those that say it has come: ``apstiprināti 12.05.2025.``.
_BESIDE = re.compile(
    r"(?:[\s.,:;()–—-]|\b(?:no|līdz|sākot|ar|plānots|plānota|indikatīvi|ir|tika|jau|spēkā"
    r"|(?:apstiprinā|pieņem|izsludinā|izziņo|uzsāk|sāk|noslēg|pabeig|izpild|īsteno|veik|publicē)t(?:s|a|i|as|ais|ā)|stājās)\b)*",
    re.IGNORECASE,
)
# What stands in place of a period that is not known, or no longer of interest.
_STATE = re.compile(
    r"[–—-]|(?:vēl )?(?:nav|tiks|būs) (?:zinām|noteikt|precizēt|paziņot|plānot)\w*"
    r"|(?:ir )?(?:apstiprinā|pieņem|noslēg)t\w{1,2}",
    re.IGNORECASE,
)
_LONGEST_STATE = 80


def mark_steps(text: str, tokens: list[Token], blocks: Sequence[Block]) -> list[Token]:
    """The tokens; ``Atlases uzsākšana`` above ``2025. gada maijs`` speaks for itself as a step does, and one
    set as a label does above other words with a period among them."""
    _mark_below(text, tokens)
    for index in range(len(tokens) - 1):
        token, after = tokens[index], tokens[index + 1]
        if token.kind != "text" or token.hit is not None or token.inline or after.kind != "text":
            continue
        if token.end - token.start > labels.LONGEST_LABEL:
            continue
        words, below = text[token.start : token.end], text[after.start : after.end]
        set_apart = words[-1] == ":" or blocks[token.block].bold >= token.end
        told = is_period(below) or (set_apart and len(below) <= _LONGEST_PERIOD and ends_in_period(below))
        if told and says_step(words):
            tokens[index] = token._replace(hit=TIMELINE)
    return tokens


def _mark_below(text: str, tokens: list[Token]) -> None:
    """Mark ``2024. gada aprīlis`` above ``Atlase izsludināta``: periods above what happens then."""
    done = 0
    for index, token in enumerate(tokens):
        # Most lines are looked at no further.
        if token.kind != "text" or not text[token.start].isdigit() or index < done:
            continue
        if index and _names_step(text, tokens[index - 1]):
            continue
        end = index
        while _is_above(text, tokens, end):
            end += 2
        if end > index + 2 and not (end < len(tokens) and _tells_period(text, tokens[end])):
            tokens[index:end] = [token._replace(hit=TIMELINE) for token in tokens[index:end]]
        done = end


def _is_above(text: str, tokens: list[Token], index: int) -> bool:
    """Of two lines the first is a period and the second a step."""
    if index + 1 >= len(tokens) or not _is_bare(tokens[index + 1]):
        return False
    beside = tokens[index + 1].block - tokens[index].block == 1
    return beside and _tells_period(text, tokens[index]) and _names_step(text, tokens[index + 1])


def _names_step(text: str, token: Token) -> bool:
    return _is_bare(token) and says_step(_words(text, token))


def _is_bare(token: Token) -> bool:
    short = token.end - token.start <= labels.LONGEST_LABEL
    return short and token.kind == "text" and token.hit is None and not token.inline


def _tells_period(text: str, token: Token) -> bool:
    return _is_bare(token) and is_period(_words(text, token))


def _words(text: str, token: Token) -> str:
    return text[token.start : token.end]


@memo(4096)
def is_period(line: str) -> bool:
    """A period and nothing else but the words that lead to one."""
    if len(line) > _LONGEST_PERIOD or _DIGIT.search(line) is None:
        return False
    line = without_former(line)
    found = periods.read(line)
    return len(found) == 1 and all(
        _BESIDE.fullmatch(rest) for rest in (line[: found[0].start], line[found[0].end :])
    )


def ends_in_period(words: str) -> bool:
    """The words hold one period at least."""
    return _DIGIT.search(words) is not None and bool(periods.read(words))


def tells_state(words: str) -> bool:
    """How far a step is, with a period or without: ``II cet. (apstiprināti 12.05.2025.)``, ``nav zināms``."""
    return len(words) <= _LONGEST_STATE and (ends_in_period(words) or _STATE.fullmatch(words) is not None)


def says_step(line: str) -> bool:
    """A line that names a step of a schedule and no period of it."""
    return line[:1].isupper() and not any(map(str.isdecimal, line)) and names_step(line.rstrip(" :"))

"""Values that stand above what they are: cards with a large figure and its caption below it.

A measure whose first label stands below a value of its kind, and above one that is not, is printed so.
"""

from __future__ import annotations

import re
from decimal import Decimal

from parsers import amounts, labels
from parsers.applicant_types import head
from parsers.label_parts import names_step
from parsers.means import emails, phones
from parsers.selection import kind_of
from parsers.steps import is_period, says_step
from parsers.token import Token

_LONGEST_VALUE = 80
# No year, and no number of anything else.
_GROUPED = re.compile(r"[1-9]\d{0,2}(?:[ .]\d{3})+ ?\*{0,3}")


def before_values(text: str, tokens: list[Token]) -> list[Token]:
    """The tokens; a caption stands before its value, as a label does."""
    is_first = False
    for index, token in enumerate(tokens):
        if token.kind == "title":
            is_first = True
        elif token.kind == "label" and is_first:
            is_first = False
            for value in _pairs(text, tokens, index):
                tokens[value], tokens[value + 1] = tokens[value + 1], tokens[value]
    return tokens


def _pairs(text: str, tokens: list[Token], label: int) -> range:
    """Where the values stand whose captions follow them, given the first label of a measure."""
    if not _is_of(text, tokens, label - 1, label):
        return range(0)
    start, end = label - 1, label + 1
    while _is_of(text, tokens, start - 2, start - 1):
        start -= 2
    while _is_of(text, tokens, end, end + 1):
        end += 2
    values = range(start, end, 2)
    follows = tokens[end].kind if end < len(tokens) else "title"
    if len(values) == 1 and follows == "text":
        return range(0)
    as_labels = sum(_is_of(text, tokens, value + 2, value + 1) for value in values)
    return values if as_labels < len(values) else range(0)


def _is_of(text: str, tokens: list[Token], value: int, caption: int) -> bool:
    """Whether the one can be the value of the other, each a line by itself."""
    if not (0 <= value < len(tokens) and 0 <= caption < len(tokens)):
        return False
    printed, named = tokens[value], tokens[caption]
    if (
        printed.kind != "text"
        or printed.hit
        or printed.inline
        or printed.end - printed.start > _LONGEST_VALUE
    ):
        return False
    words, over = text[printed.start : printed.end], text[named.start : named.end]
    if named.kind == "text":
        is_caption = named.hit is None and not named.inline and len(over) <= labels.LONGEST_LABEL
        return is_caption and is_period(words) and says_step(over)
    if named.kind != "label" or named.hit is None:
        return False
    return _fits(words, named.hit, over)


def _fits(words: str, hit: labels.Hit, caption: str) -> bool:
    match hit.field:
        case "funding":
            unit = amounts.unit_of(caption) or hit.unit or (Decimal(1) if _GROUPED.fullmatch(words) else None)
            return bool(amounts.read(words, unit=unit))
        case "timeline":
            return is_period(words)
        case "selection":
            return kind_of(words) is not None or (is_period(words) and names_step(caption))
        case "applicants":
            return head(words) is not None
        case "contacts":
            return bool(emails(words) or phones(words))
    return False

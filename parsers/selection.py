"""Kinds of selection: open or restricted, in a field of its own or beside a period."""

from __future__ import annotations

import re
from typing import NamedTuple

from parsers import labels, periods
from parsers.labels import fold
from parsers.memos import memo

_OPEN = re.compile(r"\batklat|\bapia\b|\bopen(?: (?:call|selection|competition)|$)")
_RESTRICTED = re.compile(r"\bierobezot|\bipia\b|\brestricted(?: (?:call|selection)|$)")
_BESIDE_PERIOD = re.compile(
    r"\batlas\w*:?(?: [–—-])? (atklat|ierobezot)\w*"
    r"|\batlas\w*:[^;()]{0,60}\((atklat|ierobezot)"
    r"|\b(?=(?:atklat|ierobezot)\w* (?:\w+ ){0,2}atlas)(atklat|ierobezot)"
    r"|\b(apia|ipia)\b"
)
_LONGEST = 90
_MOST_WORDS = 5


class Kind(NamedTuple):
    """A kind of selection and where a text says it."""

    name: str
    start: int
    end: int


@memo(1024)
def kind_of(text: str) -> str | None:
    """``open`` or ``restricted``; None where a text says neither, or both."""
    folded = fold(text)
    is_open, restricted = _OPEN.search(folded) is not None, _RESTRICTED.search(folded) is not None
    if is_open == restricted:
        return None
    return "open" if is_open else "restricted"


def kind_within(line: str) -> Kind | None:
    """The kind that a line of a schedule says of its selection: ``Atlase: ierobežota, 2025. gada maijs``."""
    found = _BESIDE_PERIOD.search(fold(line))
    if found is None:
        return None
    group = found.lastindex or 1
    return Kind("open" if found[group][0] == "a" else "restricted", *found.span(group))


def names_period(line: str) -> bool:
    """A kind of selection with its period and few other words: ``Atklāta, 2024. gada novembris``."""
    if len(line) > _LONGEST or not any(map(str.isdecimal, line)) or kind_of(line) is None:
        return False
    if not (labels.milestone_kind(line) or "selection").startswith("selection"):
        return False
    found = periods.read(line)
    return len(found) == 1 and len((line[: found[0].start] + line[found[0].end :]).split()) <= _MOST_WORDS

"""Lines that name a measure: the code that a line opens with, or the one in brackets at its end."""

from __future__ import annotations

import re

from parsers import codes
from parsers.codes import TitleCode

# What a line reads as once it is known that it is a title, whose own code stands elsewhere.
ANY_CODE = "1.1.1.1. "
_OBJECTIVE_POINTS = 2
_AT_END = re.compile(
    r"\s*\((?:pasākums\s|nr\.?\s)?([1-9]\d?(?:\.\d{1,2}){3}(?:\.[a-z])?)\.?\)\.?$", re.IGNORECASE
)


def is_objective(title: TitleCode) -> bool:
    """A specific objective's code has two points, a measure's three, or two before a letter."""
    return title.code.count(".") == _OBJECTIVE_POINTS and title.code[-1].isdecimal()


def is_of_two(title: TitleCode) -> bool:
    """A code of two numbers, as some programmes have: ``4.1. pasākums``."""
    return title.code.count(".") == 1


def title_of(line: str, *, named: bool) -> TitleCode | None:
    """The code that a line opens with; the measure's where its objective's goes before.

    ``named``: the line is set as a heading, so that the code may as well stand in brackets at its end.
    """
    title = codes.read_title(line)
    if title is None:
        may_end = line.endswith((")", ").")) and (named or line[:7].lower() == "pasākum")
        return _code_at_end(line) if may_end else None
    return (_within_objective(line, title) if title.title and is_objective(title) else None) or title


def title_alone(line: str) -> TitleCode | None:
    """A title in a line without its code, as if that stood before it; its offsets count in ``line``."""
    title = codes.read_title(ANY_CODE + line)
    return None if title is None else _shifted(title, -len(ANY_CODE))


def _within_objective(line: str, objective: TitleCode) -> TitleCode | None:
    """``1.2.3. SAM „…” 1.2.3.4. pasākums „…”``"""
    for mention in codes.find(line)[1:]:
        if mention.code.startswith(f"{objective.code}."):
            inner = codes.read_title(line[mention.start :])
            if inner is not None and inner.strict:
                return _shifted(inner, mention.start)
    return None


def _code_at_end(line: str) -> TitleCode | None:
    """``Pasākums „…” (1.2.2.1.)``"""
    at_end = _AT_END.search(line)
    title = title_alone(line[: at_end.start()]) if at_end else None
    if at_end is None or title is None or title.title is None:
        return None
    return title._replace(code=at_end[1], code_start=at_end.start(1), code_end=at_end.end(1), strict=True)


def _shifted(title: TitleCode, by: int) -> TitleCode:
    """The same title in a line that it stands ``by`` characters further in."""
    places = {name: getattr(title, name) + by for name in title._fields if name.endswith(("_start", "_end"))}
    return title._replace(**places)

"""Words beside a title that are none of it: a card's badge (``Jauns``, ``Slēgta``), set apart by style."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from parsers import codes

# What a card says of its call, in small letters. A word that touches the title needs not stand here.
_STATUS_WORDS = (
    r"(?:jaun(?:s|a|ums|i|as)|atvērt\w*|aktīv\w{1,3}|aktuāl\w{1,3}|slēgt\w{1,3}|noslēgt\w{1,3}|noslēgus\w{1,4}"
    r"|plānot\w{1,3}|drīzumā|tuvojas|gaidām\w{1,2}|izsludināt\w{1,3}|pagarināt\w{0,2}|apturēt\w{1,3}"
    r"|beigus\w{1,4}|pabeigt\w{1,3}|notiek|norit|īstenošanā|izstrādē|sagatavošanā)"
    r"(?: (?:atlase|pieteikšanās|konkurss|programma|pasākums))?"
)
_STATUS = re.compile(rf"{_STATUS_WORDS}[!.]?", re.IGNORECASE)
_STATUS_BEFORE_CODE = re.compile(rf"\s*{_STATUS_WORDS}[!.:]?\s+(?:[–—-]\s+)?(?=\d{{1,2}}\.\d)", re.IGNORECASE)
# How it begins.
_INITIALS = frozenset("JASNPDTGIB")
_FUND = re.compile(r"(?:(?:ERAF|ESF\+?|ESF Plus|KF|TPF|AF|ANM)(?: ?[,/+] ?| un |$))+")
# What stands in small letters behind a title: ``ERAF · līdz 15.05.2025.``
_PARTED = re.compile(r"\s?[·|•]\s?")
_DAY = r"\d{1,2}\.\d{1,2}\.\d{4}\.?"
_DAYS = re.compile(rf"(?:līdz |no )?{_DAY}(?:(?: ?[–-] ?| līdz ){_DAY})?", re.IGNORECASE)
LONGEST_BADGE = 30
_LONGEST_ASIDE = 60
# How a title may end before what touches it.
_CLOSES = frozenset('”“"»)')
_SHORTEST_WORD = 3


class Cut(NamedTuple):
    """Where a line is parted, and whether what stands before or behind is the badge."""

    at: int
    before: bool


def is_status(words: str) -> bool:
    """Words that say how far a call is, and nothing else."""
    return len(words) <= LONGEST_BADGE and _STATUS.fullmatch(words) is not None


def is_fund(words: str) -> bool:
    """The short name of a fund, or of several, and nothing else."""
    return len(words) <= LONGEST_BADGE and words[:1] in "EKTA" and _FUND.fullmatch(words) is not None


def status_before(line: str) -> int:
    """How many characters of a line of one element say how far the call is, before the title of a measure
    (``Jauns! 1.2.3.4. Nosaukums``); 0 for any other line."""
    if line.lstrip()[:1] not in _INITIALS:
        return 0
    found = _STATUS_BEFORE_CODE.match(line)
    title = codes.read_title(" ".join(line[found.end() :].split())) if found else None
    return found.end() if found and title is not None and title.title is not None and title.strict else 0


def badge_in(parts: Sequence[str]) -> Cut | None:
    """The badge in a line, given as the words of its elements; None for a line of any other kind.

    ``<span>Jauns</span><span>1.2.3.4. Nosaukums</span>``: a word in an element of its own that touches the
    code, or the end of the title; with white space between, only one that says how far the call is.
    """
    # The first part may be white space; a code opens it or another one.
    first = parts[0].lstrip()[:1]
    if first.isdigit():
        return _behind(parts)
    return _before(parts) if first.isupper() else None


def _before(parts: Sequence[str]) -> Cut | None:
    at = len(parts[0])
    for index in range(1, len(parts)):
        part = parts[index]
        if at > LONGEST_BADGE:
            break
        if part.lstrip()[:1].isdigit():
            words, rest = "".join(parts[:index]), "".join(parts[index:])
            touches = part[0].isdigit() and (words[-1].isalpha() or words[-1] == "!")
            if not touches and not is_status(words.strip()):
                break
            title = codes.read_title(" ".join(rest.split()))
            if title is None or title.title is None or codes.read_title(" ".join((words + rest).split())):
                break
            return Cut(at, before=True)
        at += len(part)
    return None


def _behind(parts: Sequence[str]) -> Cut | None:
    line = "".join(parts)
    at = len(line)
    for index in range(len(parts) - 1, 0, -1):
        at -= len(parts[index])
        words = line[at:].strip()
        if len(words) > _LONGEST_ASIDE:
            break
        if not (_is_aside(words) or (_is_badge(words) and (_touch(line, at) or is_status(words)))):
            continue
        title = codes.read_title(" ".join(line[:at].split()))
        if title is None or title.title is None or not title.strict:
            break
        return Cut(at, before=False)
    return None


def _is_badge(words: str) -> bool:
    """A few words without a number, the first with a capital."""
    return (
        len(words) <= LONGEST_BADGE
        and words[:1].isupper()
        and all(word.isalpha() for word in words.rstrip("!.").split())
    )


def _is_aside(words: str) -> bool:
    """The fund, how far the call is and its days, and nothing else."""
    return bool(words) and all(
        is_fund(piece) or is_status(piece) or _DAYS.fullmatch(piece) is not None
        for piece in _PARTED.split(words)
    )


def _touch(line: str, at: int) -> bool:
    """The title ends with a small letter or a closing sign, and a capital touches it: not a word in two
    elements, as editors leave them, nor a word of the title behind such a one."""
    if line[at].isspace():
        return False
    if line[at - 1] in _CLOSES:
        return True
    last = line[max(line.rfind(" ", 0, at) + 1, 0) : at]
    return line[at - 1].islower() and len(last) >= _SHORTEST_WORD

"""Amounts that stand where the money of a measure does and are not what there is for it.

What one project may get, what there was before it changed or by how much it did, and what there is in each of
several years.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from parsers.records import Amount

_ONE = (
    r"(?:vien|katr)(?:am|ai|u|a)\s"
    r"(?:projekt|pieteikum|iesniegum|pretendent|iesniedzēj|uzņēmum|saimniecīb)\w*"
)
_OF_ONE = re.compile(rf"[ ]?(?:eiro|euro|EUR|€)?(?: apmērā)?[ (–-]{{1,3}}(?:par\s)?{_ONE}", re.IGNORECASE)
# ``minimālais projekta ERAF finansējums``, ``projekta maksimālā summa``
_LIMIT_OF_ONE = (
    r"(?:minimāl|maksimāl)\w*\s(?:\w+\s){0,2}?(?:projekta|pieteikuma|iesnieguma|granta|aizdevuma)\b"
    r"|\b(?:projekta|pieteikuma|granta|aizdevuma)\s(?:\w+\s){0,2}?(?:minimāl|maksimāl)\w*"
)
_OF_ONE_BEFORE = re.compile(rf"(?:{_ONE}|{_LIMIT_OF_ONE})(?:[^\d;.\n]|\d%)*\Z", re.IGNORECASE)
_IN_BRACKETS = re.compile(
    r" ?(?:milj\.)? ?(?:eiro|euro|EUR|€)? ?\((?:[1-9]\.? ?|\w{4,9} )kārt(?:a|ā|ai)\)", re.IGNORECASE
)
_LONGEST_BEFORE = 80
# What was before it changed, by how much it changed, and what there is in each year.
_WAS = re.compile(r"(?:palielin|paaugstin|samazin|pieau)\w* no [^\d.;\n]{0,20}\Z", re.IGNORECASE)
_CHANGED_BY = re.compile(r"(?:palielin|paaugstin|samazin|pieau)\w* par [^\d.;\n]{0,20}\Z", re.IGNORECASE)
_BECAME = re.compile(r"[^\d;\n]{0,20}\s(?:līdz|uz)\s[^\d;\n]{0,20}")
_EACH_YEAR = re.compile(r"(?: apmērā)? (?:gadā|ik gadu|katru gadu|mēnesī)\b", re.IGNORECASE)
_OF_YEAR = re.compile(r"(?:19|20)\d\d\.?\s?(?:gad\w{0,2}|g\.)?\s?[:–—-]?\s?\Z")


def _is_of_one(words: str, amount: Amount) -> bool:
    """``vienam projektam līdz 500 000 eiro``: what one project may get is not what there is."""
    before = words[max(0, amount.start - _LONGEST_BEFORE) : amount.start]
    return _OF_ONE_BEFORE.search(before) is not None or _OF_ONE.match(words, amount.end) is not None


def not_the_whole(words: str, found: Sequence[Amount]) -> set[int]:
    """Indexes of the ``found`` amounts of a field's ``words`` that are not what there is for the measure."""
    left_out: set[int] = set()
    of_years: list[int] = []
    # ``16,1 (1. kārta) / 8,0 (2. kārta)``: neither is what there is of both.
    by_round = len(_IN_BRACKETS.findall(words)) > 1
    for number, amount in enumerate(found):
        before = words[max(0, amount.start - _LONGEST_BEFORE) : amount.start]
        following = found[number + 1] if number + 1 < len(found) else None
        became = following is not None and _BECAME.fullmatch(words, amount.end, following.start)
        changed = (became and _WAS.search(before)) or _CHANGED_BY.search(before)
        of_round = by_round and _IN_BRACKETS.match(words, amount.end)
        if changed or of_round or _EACH_YEAR.match(words, amount.end) or _is_of_one(words, amount):
            left_out.add(number)
        if _OF_YEAR.search(before):
            of_years.append(number)
    return left_out.union(of_years) if len(of_years) > 1 else left_out

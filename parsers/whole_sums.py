"""Money that is more than the EU gives: public, eligible and total sums, costs; and reserves.

Public money is that of the EU and of the state together, eligible costs hold what the applicant adds; what
the EU gives of them is not known where the page does not say it.
"""

from __future__ import annotations

import re

from parsers.records import Span

# Beside an amount. In the nominative, as ``5 000 eiro attiecināmo izmaksu segšanai`` says what they are for.
_PUBLIC = (
    r"(?<!nacionālais )(?<!ES )(?<!fondu )(?:publisk(?:ais|ā|o)|attiecināmais|(?<!ne)attiecināmās)"
    r"\s(?:attiecināmās\s)?(?:finansējum[sau]|izmaksas|daļa)\b"
)
_BEFORE = re.compile(
    rf"{_PUBLIC}(?:\s(?:ir|apmērs|apjoms|kopā|plānots|līdz|EUR))*[\s:(–—-]*\Z", re.IGNORECASE
)
_AFTER = re.compile(rf"[\s(–—,-]*{_PUBLIC}", re.IGNORECASE)
_LONGEST = 70
# A label over costs of the measure; what one project may cost says nothing of it.
_COSTS = re.compile(
    r"(?<!ne)(?:attiecinām|publisk|kopēj)\w{1,4}(?: \w+){0,2} izmaks|(?<!ne)attiecināmās izmaks",
    re.IGNORECASE,
)
_OF_PROJECT = re.compile(r"projekt|maksimāl|minimāl|vien(?:as|am|a)\b|katr", re.IGNORECASE)
# ``kopā`` alone may be all that the EU gives.
_MORE_THAN_EU = re.compile(
    r"publisk|attiecin|izmaks|kopēj|valsts budžet|nacionāl|pašvald|privāt|\bVB\b", re.IGNORECASE
)
# ``1 500 000 EUR (AF 100 %)``
_ALL_OF_EU = re.compile(r"[^\n;]{0,30}\b100\s?%")
# ``13 430 158 eiro, no tiem 85 % ERAF`` and ``85 % no 13 430 158 eiro``: the EU's share of it.
_SHARE_BEHIND = re.compile(
    r"\s?(?:eiro|euro|EUR|€)?\s?[,(]?\s?"
    r"(?:no t(?:ā|iem)|no kuriem|t\.\s?sk\.?|tai skaitā|tajā skaitā|tostarp)\s?"
    r"(?:[,:–-]\s?)?(?!100)\d{1,2}(?:[.,]\d{1,4})?\s?%\s(?:ir\s|no\s)?(?:ERAF|ESF|KF|TPF|AF|ANM|ES\b|Eiropas)",
    re.IGNORECASE,
)
_SHARE_ALONE = re.compile(r"[\s,(\[–-]{1,4}(?!100)\d{1,2}(?:[.,]\d{1,4})?\s?%\s(?:no\s|ir\s|[–-]\s)?")
_SHARE_BEFORE = re.compile(r"(?<!100)\s?%\s(?:apmērā\s)?no\s(?:\w+\s){0,4}\Z")
_PART_OF_IT = re.compile(
    r"(?:t\.\s?sk\.?|tai skaitā|tajā skaitā|tostarp|no t(?:ā|iem)|no kuriem|ieskaitot|ietverot)"
    r"\W[^;\n]{0,60}\Z",
    re.IGNORECASE,
)
_RESERVE = re.compile(r"rezerv|vidusposm", re.IGNORECASE)


def public_beside(text: str, start: int, end: int) -> Span | None:
    """The words beside the amount at ``start`` to ``end`` that say that it is public or eligible money."""
    first = max(start - _LONGEST, 0)
    line = text.rfind("\n", first, start) + 1 or first
    found = _BEFORE.search(text, line, start) or _AFTER.match(text, end)
    return Span(*found.span()) if found is not None else None


def labels_costs(text: str, label: Span) -> bool:
    """``Kopējās attiecināmās izmaksas``, not those of one project."""
    return _COSTS.search(text, *label) is not None and _OF_PROJECT.search(text, *label) is None


def is_more_than_eu(text: str, words: Span | None, end: int) -> bool:
    """Whether ``words`` name a sum that others give a part of; ``end``: of its amount."""
    if words is None or _ALL_OF_EU.match(text, end):
        return False
    return _MORE_THAN_EU.search(text, *words) is not None


def share_beside(text: str, start: int, end: int) -> Span | None:
    """The words that give the EU a share of the amount at ``start`` to ``end``: it is more than that."""
    found = _SHARE_BEHIND.match(text, end) or _SHARE_BEFORE.search(text, max(start - _LONGEST, 0), start)
    return Span(*found.span()) if found is not None else None


def share_of_fund(text: str, end: int, fund: int) -> Span | None:
    """``41,2 milj. euro (85 % ERAF)``: between the amount and its ``fund`` stands only a share of it."""
    return Span(end, fund) if _SHARE_ALONE.fullmatch(text, end, fund) else None


def leads_to_part(text: str, end: int, part: int) -> bool:
    """``t.sk. privātais līdzfinansējums``: between an amount that ends here and a part of it that begins."""
    return _PART_OF_IT.search(text, end, part) is not None


def speaks_of_reserve(words: str) -> bool:
    """``Snieguma rezerve`` may come later: it is of no fund, and not what the measure has."""
    return _RESERVE.search(words) is not None

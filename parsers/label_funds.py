"""Whose money a label of funding names: ``Finansējums (ERAF)``, ``ERAF un nacionālais finansējums``.

The vocabulary knows a label by its words one by one; this tells what they say together: what several funds of
the EU give is EU money, what the EU and the state give is a total.
"""

from __future__ import annotations

import re

from parsers.vocabulary import fold

EU_FUNDS = frozenset({"erdf", "esf_plus", "cf", "jtf", "rrf"})
_FUND_STEM = {
    "eraf": "erdf", "regional": "erdf", "esf": "esf_plus", "social": "esf_plus", "kf": "cf", "kohezij": "cf",
    "tpf": "jtf", "parkartosan": "jtf", "af": "rrf", "anm": "rrf", "atveselosan": "rrf",
}  # fmt: skip
_OF_FUND = re.compile(
    r"(?<![a-z])(?:(?:eraf|esf|kf|tpf|af|anm)(?![a-z])|regional|social|kohezij|parkartosan|atveselosan)"
)
_OTHERS = {
    "valst": "state_budget", "vb": "state_budget", "nacional": "national", "pasvald": "municipal",
    "privat": "private",
}  # fmt: skip
_OF_OTHERS = re.compile(r"(?<![a-z])(?:valst(?=\w* (?:budzet|un ))|vb(?![a-z])|nacional|pasvald|privat)")
_EU = re.compile(r"(?<![a-z])(?:es(?![a-z])|eiropas savienib)")
_BRACKETS = re.compile(r"[(\[]([^()\[\]]{2,60})[)\]]")
# What stands between the EU's money and the state's where both are meant, and before the latter alone.
_TOGETHER = re.compile(r" un |,|\+| kopa ar ")
_INCLUDED = re.compile(
    r"(?:t\. ?sk\.|tai skaita|taja skaita|ieskaitot|kopa ar|(?<![a-z])ar) (?:[a-z]+ ){0,2}\Z"
)


def fund_of(text: str, fund: str | None) -> str | None:
    """The fund of a label of funding for which its words alone say ``fund``."""
    folded = fold(text)
    inside = " ".join(_BRACKETS.findall(folded))
    others = list(_OF_OTHERS.finditer(folded))
    funds = {_FUND_STEM[stem] for stem in _OF_FUND.findall(folded)}
    if others and _holds_others(folded, others[0]):
        return "total"
    if not funds and len({_OTHERS[match[0]] for match in others}) > 1:
        return "national"
    if len(funds) > 1 and fund in EU_FUNDS:
        return "eu_total"
    # ``(ERAF / VB)`` stands over amounts parted in the same way.
    if fund in (None, "eu_total") and inside and "/" not in inside:
        within = {_FUND_STEM[stem] for stem in _OF_FUND.findall(inside)}
        if within:
            return within.pop() if len(within) == 1 else "eu_total"
        national = _OF_OTHERS.search(inside) if fund is None else None
        return _OTHERS[national[0]] if national else fund
    return fund


def _holds_others(folded: str, other: re.Match[str]) -> bool:
    """Whether the label is of what the EU and others give together, not of the others' part."""
    before = folded[: other.start()]
    if "finansejum" in before and _INCLUDED.search(before):
        return True
    # ``ERAF un nacionālais finansējums``, not ``Nacionālais līdzfinansējums ERAF projektiem``.
    named = [match.end() for words in (_OF_FUND, _EU) for match in words.finditer(before)]
    return bool(named) and _TOGETHER.search(before, max(named)) is not None

"""Labels of English pages, known as they stand; the stems of :mod:`parsers.labels` are Latvian."""

from __future__ import annotations

import re

from parsers.memos import memo
from parsers.vocabulary import LONGEST_LABEL, Hit

_FUNDING = r"(?:co-?)?(?:funding|financing|budget|contribution|allocation|support amount)"
_KINDS = (
    r"(?:(?:the|planned|available|indicative|estimated|maximum|public|amount of"
    r"|eu funds?|eu|european union) )*"
)
_BESIDE = r"(?: (?:amount|available|of the (?:measure|investment|call)))?"
_UNIT = r"(?: ?[,(][^()\d]{1,30}\)?)?"
# The first that fits counts: a fund's name before funding of any.
_LABELS: tuple[tuple[str, str | None, str], ...] = (
    ("funding", "erdf", rf"{_KINDS}(?:erdf|european regional development fund) {_FUNDING}{_BESIDE}"),
    ("funding", "esf_plus", rf"{_KINDS}(?:esf\+?|european social fund(?: plus)?) {_FUNDING}{_BESIDE}"),
    ("funding", "cf", rf"{_KINDS}(?:cf|cohesion fund) {_FUNDING}{_BESIDE}"),
    ("funding", "jtf", rf"{_KINDS}(?:jtf|just transition fund) {_FUNDING}{_BESIDE}"),
    ("funding", "rrf", rf"{_KINDS}(?:rrf|recovery and resilience facility) {_FUNDING}{_BESIDE}"),
    ("funding", "national", rf"{_KINDS}national (?:public )?{_FUNDING}{_BESIDE}"),
    ("funding", "state_budget", rf"{_KINDS}state budget(?: {_FUNDING})?{_BESIDE}"),
    ("funding", "eu_total", rf"{_KINDS}(?:total )?(?:eu|eu funds?|european union) {_FUNDING}{_BESIDE}"),
    ("funding", "total", rf"{_KINDS}total {_KINDS}{_FUNDING}{_BESIDE}"),
    ("funding", None, rf"{_KINDS}{_FUNDING}{_BESIDE}"),
    (
        "applicants",
        None,
        r"(?:(?:eligible|potential|possible|project|target|planned) )*(?:applicants?|beneficiar(?:y|ies))"
        r"|who (?:can|may) apply\??",
    ),
    ("contacts", None, r"contacts?|contact (?:persons?|details|information)"),
    (
        "timeline",
        None,
        r"(?:(?:indicative|planned|implementation|time|call) )*(?:timeline|schedule|timetable|key dates)"
        r"|(?:(?:key|submission|application) )*deadlines?",
    ),
    (
        "selection",
        None,
        r"(?:type|form|method) of (?:the )?(?:project )?(?:selection|call)"
        r"|(?:project )?(?:selection|call) (?:type|procedure|method)",
    ),
    (
        "objective",
        None,
        r"(?:(?:main|overall) )?(?:objective|aim|goal|purpose)s?(?: of the (?:measure|investment))?",
    ),
    (
        "documents",
        None,
        r"(?:binding|related|regulatory) documents|legal (?:acts|framework|basis)|regulatory framework",
    ),
    ("other_info", None, r"(?:other|additional|further) information"),
)
_READERS = tuple(
    (field, fund, re.compile(f"(?:{words}){_UNIT}", re.IGNORECASE)) for field, fund, words in _LABELS
)
# How these labels begin.
_OPENINGS = frozenset("abcdefijklmnoprstw")


@memo(4096)
def label(text: str) -> Hit | None:
    """The field that an English label opens, None for any other line."""
    if len(text) > LONGEST_LABEL or not text.isascii() or text[:1].lower() not in _OPENINGS:
        return None
    bare = text.rstrip(" :")
    return next((Hit(field, fund) for field, fund, words in _READERS if words.fullmatch(bare)), None)

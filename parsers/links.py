"""Links: web addresses printed in text, absolute addresses, and what a link of a measure leads to."""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

from parsers.memos import memo
from parsers.records import Span

# The words of a link decide, where they say nothing its address, where that says nothing the words around it.
# A row: role, stems that say so in words (small letters), hosts and parts of addresses that say so.
# Extend it by adding a stem or a host. Of words that fit two rows the first in the sentence counts.
OTHER = "other"
ROLES: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...] = (
    (
        "annotation",
        ("anotācij", "anotacij", "ex-ante", "ex ante", "sākotnējās ietekmes"),
        ("/annotation", "anotacij"),
    ),
    (
        "call",
        (
            "nolikum", "projektu atlas", "iesniegumu atlas", "atlases ", "atklāta atlas",
            "ierobežota atlas", "uzsaukum", "uzaicinājum", "projektu konkurs",
            "kohēzij", "kohezij", "kp vis", "kpvis", "call for",
        ),
        (
            "cfla.gov.lv", "esfondi.lv", "e-kohezija", "kohezija", "projektu-atlas", "atlase", "uzsaukum",
            "nolikum",
        ),
    ),
    (
        "regulation",
        (
            "noteikum", "likum", "regul", "rīkojum", "lēmum", "grozījum", "tiesību akt", "normatīv", "mk not",
            "decision", "law", "legal act",
        ),
        (
            "likumi.lv", "vestnesis.lv", "tapportals.mk.gov.lv", "vktap.mk.gov.lv", "tap.mk.gov.lv",
            "eur-lex.europa.eu", "legal_acts", "noteikum", "likum",
        ),
    ),
    # What explains a measure and rules nothing, whatever the label above it says.
    (
        OTHER,
        (
            "vadlīnij", "vadlinij", "rokasgrāmat", "metodisk", "prezentācij", "infografik", "skaidrojum",
            "buklet", "guideline", "handbook",
        ),
        ("vadlinij", "rokasgramat", "prezentacij"),
    ),
)  # fmt: skip

# The letter comes first and what may not stand before it second: a search for letters is quick.
_ADDRESS = re.compile(
    r"[HhWw](?<![\w@./].)(?i:(?<=h)ttps?://|(?<=w)ww\.)(?i:(?![;,]https?://)[^\s<>\"„“”«»|\\^`{}])+"
)
_TRAILING = ".,:;!?'’)]…*–—"
_PAIRS = {")": "(", "]": "["}
_WEB = frozenset({"http", "https"})


def role(url: str, words: str, context: str = "") -> str:
    """What a link leads to: ``regulation``, ``call``, ``annotation`` or ``other``.

    ``words``: those of the link itself; ``context``: the line or label that it stands in, which
    counts only where neither the words nor the address say anything.
    """
    said = words if _ADDRESS.match(words.strip()) is None else ""
    return _by_words(said) or _by_address(url) or _by_words(context) or OTHER


def find(text: str) -> list[Span]:
    """Web addresses printed in a text, with or without scheme, without the punctuation that closes
    the sentence or bracket around them."""
    if not may_hold(text):
        return []
    return [_trimmed(text, match.start(), match.end()) for match in _ADDRESS.finditer(text)]


def may_hold(text: str) -> bool:
    """A quick look: small letters of a whole text cost more than to look for four pairs."""
    return "://" in text or "ww" in text or "WW" in text or "Ww" in text or "wW" in text


# The words of a link are often its address: both are asked about.
@memo(4096)
def absolute(base: str | None, href: str) -> str | None:
    """Where a link leads, as an http or https address; None where it leads to no page.

    ``base``: the page's own address, None where it is not known: then only whole addresses stand.
    """
    href = href.strip()
    if href.lower().startswith("www."):
        href = "http://" + href
    try:
        whole = urljoin(base or "", href)
        parts = urlsplit(whole)
    except ValueError:
        return None
    return whole if parts.scheme in _WEB and parts.netloc else None


def _by_words(words: str) -> str | None:
    """The role whose stem stands first; of stems at one place the upper row's."""
    small = words.casefold()
    found = [
        (small.find(stem), order, name)
        for order, (name, stems, _) in enumerate(ROLES)
        for stem in stems
        if stem in small
    ]
    return min(found)[2] if found else None


class _Addresses(NamedTuple):
    """What says a role in an address: hosts, how the names of hosts below them end, parts of the rest."""

    role: str
    hosts: frozenset[str]
    below: tuple[str, ...]
    parts: tuple[str, ...]


def _addresses(name: str, printed: tuple[str, ...]) -> _Addresses:
    hosts = [each for each in printed if "." in each]
    parts = tuple(each for each in printed if "." not in each)
    return _Addresses(name, frozenset(hosts), tuple(f".{host}" for host in hosts), parts)


_ADDRESSES = tuple(_addresses(name, printed) for name, _, printed in ROLES)


@memo(4096)
def _by_address(url: str) -> str | None:
    try:
        host = (urlsplit(url).hostname or "").casefold()
    except ValueError:
        return None
    for known in _ADDRESSES:
        if host in known.hosts or host.endswith(known.below):
            return known.role
    small = url.casefold()
    for known in _ADDRESSES:
        if any(part in small for part in known.parts):
            return known.role
    return None


def _trimmed(text: str, start: int, end: int) -> Span:
    """Without closing punctuation; a bracket stays where the address itself opens it."""
    unopened = {mark: text.count(mark, start, end) - text.count(_PAIRS[mark], start, end) for mark in _PAIRS}
    while end > start and text[end - 1] in _TRAILING:
        if text[end - 1] in unopened:
            if unopened[text[end - 1]] <= 0:
                break
            unopened[text[end - 1]] -= 1
        end -= 1
    return Span(start, end)

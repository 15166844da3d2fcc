"""Periods that no longer hold: ``2025. gada III cet. (iepriekš – 2025. gada II cet.)``.

The period that stands counts; what was before is words of its line and no step.
"""

from __future__ import annotations

import re

_FORMER = (
    r"(?:iepriekš|sākotnēji|agrāk|pirms tam|nevis|(?:tika|bija) plānot\w{1,2}|plānot\w{1,2} bija|"
    r"(?:vecais|iepriekšējais|sākotnējais) termiņš|previously|originally|formerly|instead of)\b"
)
# A word that says so comes first: most lines hold none of them.
_MAY_SAY = re.compile(
    r"→|->|precizē|iepriekš|sākotnēj|agrāk|pirms tam|vecais|nevis|bija|tika |pārcel|atlik|pagarin"
    r"|previous|origin|former|instead",
    re.IGNORECASE,
)
_BRACKETED = re.compile(rf"\((?:t\.i\.,? )?{_FORMER}[^()\n]{{0,80}}\)", re.IGNORECASE)
# Behind a comma or dash, up to the next, or to a dash before words.
_PARTED = re.compile(rf"(?:^|[,/–—-] ?){_FORMER}(?:(?! [–—-] [^\W\d])[^,()\n]){{0,80}}", re.IGNORECASE)
# ``pārcelta no … uz …``, and ``… pārcelta uz …``: where it was, and where it is.
_MOVED_FROM = re.compile(r"(?:pārcel|atlik)\w+ (no [^()\n]{4,50}?)(?= uz )", re.IGNORECASE)
_MOVED_TO = re.compile(r"\(?(?:pārcel|atlik)\w+ (?:no [^()\n]{4,50}? )?uz (?=[^()\n]{0,12}\d)", re.IGNORECASE)
# ``līdz 01.07.2025. (pagarināts līdz 01.09.2025.)``: the end that was, not the beginning before it.
_EXTENDED = re.compile(
    r"(?P<was>\d(?:(?!līdz)[^()\n–—])*?)(?=\s?[,(–—-]{1,2}\s?(?:termiņš\s)?pagarin\w+ "
    r"(?:no [^()\n]{4,50}? )?(?:līdz|uz) [^()\n]{0,12}\d)",
    re.IGNORECASE,
)
_EXTENDED_FROM = re.compile(r"pagarin\w+ (no [^()\n]{4,50}?)(?= (?:līdz|uz) )", re.IGNORECASE)
# ``(pārcelts no …)`` behind when it is now; ``… (precizēts: …)`` and ``… → …`` behind when it was to be.
_MOVED_HERE = re.compile(r"\((?:pārcel|atlik)\w+ no [^()\n]{4,50}\)", re.IGNORECASE)
_NOW = re.compile(
    r"\s?(?:→|[–-]>|\(?(?:precizēt|pārcelt|atlikt)\w{1,2}:? (?!no ))(?=[^()\n]{0,12}\d)",
    re.IGNORECASE,
)
_STRETCH = re.compile(r"\d[^:;()\n]{0,40}(?:līdz|[–—-])[^:;()\n]{0,12}\d")
_WHEN = re.compile(r"(?:[IV]{1,3}\b|\d)[^:()\n–—]*")


def without_former(words: str) -> str:
    """The words of a line with blanks for what was before, as long as they were."""
    if not _MAY_SAY.search(words):
        return words
    bare = _BRACKETED.sub(_blank, words)
    bare = _PARTED.sub(_blank, _MOVED_HERE.sub(_blank, bare))
    if "agarin" in bare:
        bare = _EXTENDED.sub(_blank, bare)
        bare = _EXTENDED_FROM.sub(lambda found: found[0][: -len(found[1])] + " " * len(found[1]), bare)
    moved = _MOVED_TO.search(bare) or _now(bare)
    if moved is None:
        return bare
    bare = _MOVED_FROM.sub(lambda found: found[0][: -len(found[1])] + " " * len(found[1]), bare)
    # Before it stands when it was to be; nothing where the words before name no time.
    return _WHEN.sub(_blank, bare[: moved.start()]) + bare[moved.start() :]


def _now(words: str) -> re.Match[str] | None:
    """Where the moment begins that replaces the one before it; None where that is a stretch of two."""
    now = _NOW.search(words)
    return now if now is not None and _STRETCH.search(words, 0, now.start()) is None else None


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])

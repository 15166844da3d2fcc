"""Lines that a page prints about itself: when it was updated, how often it was seen, where to share it.

They change by themselves, or with the site and not with what it says, so that a change in them is no news. A
line is one of these only where every word of it belongs to such lines: *Publicēts 03.04.2023. 09:15*, but not
*Publicēts atlases nolikums*. So is a line of digits alone, a counter or a clock.
"""

from __future__ import annotations

import re

from parsers.labels import fold
from pipeline.changes import wording

# Stems of folded words, Latvian and English, that tell what such a line is about.
_TELLING = (
    "publicet", "publicesan", "atjaunot", "atjauninat", "atjauninasan", "aktualizet", "izmainit", "izmain",
    "redigets", "updated", "published", "modified", "posted",
    "skatij", "skatit", "apmekl", "lasij", "lasit", "lejupielad", "views", "viewed", "visits", "visitor",
    "drukat", "izdruk", "dalit", "dalies", "kopigo", "facebook", "twitter", "linkedin", "whatsapp",
    "draugiem", "instagram", "youtube", "telegram", "share", "print",
    "pirmdien", "otrdien", "tresdien", "ceturtdien", "piektdien", "sestdien", "svetdien",
    "atpakal", "augsu", "augsup",
)  # fmt: skip
# What may stand beside them.
_BESIDE = (
    "lapa", "lapas", "lapu", "lapai", "raksts", "raksta", "rakstu", "satur", "informacij", "pedej", "reiz",
    "datum", "laik", "plkst", "gad", "skait", "sodien", "vakar", "kopa", "kops", "sis", "si", "so", "sa",
    "un", "no", "ir", "uz", "ar", "pirms", "dien", "nedel", "menes", "stund", "minut", "vairak", "versij",
    "socialaj", "tiklos", "e", "past", "epast", "x", "on", "in", "at", "last", "this", "page", "by", "date",
    "time", "times", "was", "number", "of",
    "janvar", "februar", "mart", "april", "maij", "junij", "julij", "august", "septembr", "oktobr", "novembr",
    "decembr",
)  # fmt: skip
_WHOLE = frozenset(stem for stem in _BESIDE if len(stem) < 3) | {"lapa", "lapas", "lapu", "lapai"}
_STEMS = tuple(stem for stem in _BESIDE if stem not in _WHOLE)
_TO_SHARE = re.compile(
    r"^\s*javascript:|^\s*mailto:\?|"
    r"//(?:[\w-]+\.)*(?:facebook|twitter|x|linkedin|whatsapp|draugiem|telegram|t|pinterest|reddit)\.\w+/[^#]*"
    r"(?:shar|intent|say/ext|submit|send|create|\?.*(?:url|text)=)",
    re.IGNORECASE,
)
# Whoever speaks of these asks for consent.
_CONSENT = ("sikdat", "sikfail", "cookie")


def is_furniture(words: str) -> bool:
    """``words``: a line without punctuation (see ``wording.key``)."""
    folded = fold(words).split()
    if any(word.startswith(_CONSENT) for word in folded):
        return True
    if all(map(str.isdecimal, folded)):
        return True
    rest = [word for word in folded if not is_beside(word)]
    return bool(rest) and all(word.startswith(_TELLING) for word in rest)


def is_to_share(url: str) -> bool:
    """Whether a link prints the page or shares it on a site of others: a button, whatever it says."""
    return _TO_SHARE.search(url) is not None


def is_beside(word: str) -> bool:
    """A folded word that says nothing by itself: a number, part of a date, *lapa*."""
    return word.isdecimal() or word in _WHOLE or word.startswith(_STEMS)


def without_furniture(text: str | None) -> str | None:
    """The text without such lines."""
    if text is None:
        return None
    kept = [line for line in text.split("\n") if not is_furniture(wording.key(line) or "")]
    return "\n".join(kept) or None

"""The words and signs that dates are printed with, and the tokens made of them.

The tables come first and can be extended by anyone who knows Latvian; keys are lower case and
without diacritics, because pages print both ``jūnijs`` and ``junijs``. Everything else on a page is
an ``other`` token, which parts one notation from the next.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

MONTH_STEMS = {
    "janvar": 1, "februar": 2, "mart": 3, "april": 4, "maij": 5, "junij": 6,
    "julij": 7, "august": 8, "septembr": 9, "oktobr": 10, "novembr": 11, "decembr": 12,
}  # fmt: skip
MONTH_SHORT = {
    "jan": 1, "janv": 1, "feb": 2, "febr": 2, "mar": 3, "apr": 4, "jun": 6, "jul": 7, "aug": 8,
    "sep": 9, "sept": 9, "okt": 10, "oct": 10, "nov": 11, "dec": 12,
}  # fmt: skip
MONTH_ENGLISH = {
    "january": 1, "february": 2, "march": 3, "may": 5, "june": 6, "july": 7,
    "september": 9, "october": 10, "november": 11, "december": 12,
}  # fmt: skip
NOUN_ENDINGS = ("", "s", "is", "a", "am", "im", "i", "u", "os", "us", "iem")
# "augsts" (high) is one letter from "augusts"
NOT_MISSPELT = ("augst",)

QUARTER_STEMS = ("ceturks", "ceturkn", "cetursk", "kvartal", "quarter")
QUARTER_SHORT = ("cet", "cetur", "cetrk", "ceturk", "ceturksn", "kv", "c", "qtr")
HALF_STEMS = ("pusgad", "pusgd", "half")
HALF_SHORT = ("pusg", "pg")
HALF_WORDS = ("puse", "puses", "pusi", "pusei")

ORDINAL_STEMS = {"pirm": 1, "otr": 2, "tres": 3, "ceturt": 4, "pedej": -1}
ORDINAL_ENDINGS = (
    "ais",
    "aja",
    "ajam",
    "ajai",
    "ajos",
    "ajas",
    "o",
    "a",
    "ie",
    "as",
    "am",
    "ai",
    "s",
    "ajiem",
)
ORDINAL_ENGLISH = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": -1}
COUNTS = {
    "divi": 2, "divos": 2, "tris": 3, "trijos": 3, "cetri": 4, "cetros": 4, "pieci": 5, "piecos": 5,
    "sesi": 6, "sesos": 6, "septini": 7, "septinos": 7, "astoni": 8, "astonos": 8,
    "devini": 9, "devinos": 9, "desmit": 10, "vienpadsmit": 11,
}  # fmt: skip

# What stands beside a year: GENITIVE leads on to a closer date, PLURAL never names one year.
YEAR, GENITIVE, PLURAL = 0, 1, 2
YEAR_WORDS = {
    "gads": YEAR, "gada": GENITIVE, "gadam": YEAR, "gadu": PLURAL, "gad": YEAR, "gda": GENITIVE,
    "gadi": PLURAL, "gados": PLURAL, "gadiem": PLURAL, "gadus": PLURAL,
    "g": GENITIVE, "gg": PLURAL,
}  # fmt: skip
SCHOOL_STEMS = ("macib", "akademisk", "budzet", "finans", "saimniecisk", "studij")

PARTS_OF_YEAR = {
    "beigas", "beigam", "beigu", "sakums", "sakuma", "sakumam", "sakumu", "vidus", "vidu", "vidum", "vida",
    "nogale", "nogales", "nogali", "nogalei", "mija", "pavasaris", "pavasari", "pavasarim", "pavasara",
    "vasara", "vasaru", "vasarai", "vasaras", "rudens", "rudeni", "rudenim",
    "ziema", "ziemu", "ziemai", "ziemas",
}  # fmt: skip

LINK_WORDS = {
    "no": "from", "from": "from", "between": "from", "starp": "from",
    "lidz": "to", "until": "to", "till": "to", "to": "to", "through": "to",
    "un": "and", "and": "and", "vai": "or", "or": "or", "of": "of",
}  # fmt: skip

ROMAN = {
    "I": 1, "II": 2, "III": 3, "IV": 4, "IIII": 4, "V": 5, "VI": 6, "VII": 7, "VIII": 8,
    "IX": 9, "X": 10, "XI": 11, "XII": 12,
}  # fmt: skip
ROMAN_SIGNS = {chr(0x2160 + n): n + 1 for n in range(12)} | {chr(0x2170 + n): n + 1 for n in range(12)}
# Cyrillic and Greek capitals that look like Roman numerals are as good as them; small letters
# (also l for I) count only with the word that they number.
_CAPITALS = str.maketrans("ІӀΙХΧѴ", "IIIXXV")
_SMALL = str.maketrans("ivxlіхΙ", "IVXIIXI")

_FOLD = str.maketrans("āčēģīķļņōŗšūžăąīìíèéàáùúċśşț", "acegiklnorsuzaaiiieeaauucsst")
_COMBINING = re.compile("[\u0300-\u036f]+")


class Token(NamedTuple):
    """One word, number or sign. ``gap``: white space stands before it. ``value``: what it counts."""

    kind: str
    value: int
    start: int
    end: int
    gap: bool


END = Token("end", 0, 0, 0, True)

_TOKEN = re.compile(
    r"""(?P<gap>[\s\u200b\u00ad\ufeff]*+)(?:
      (?P<clock> [(,]?\s?plkst\.?\s?[0-9]{1,2}[.:][0-9]{2}\s?\)? | [0-9]{1,2}:[0-9]{2}(?::[0-9]{2})? )
    | (?P<number> [0-9]+ )
    | (?P<word> (?:[^\W\d_]+[\u0300-\u036f]*+)++ )
    | (?P<dash> [-\u2010-\u2015\u2212\u00ad~]{1,3} )
    | (?P<sign> [.,/] )
    | (?P<other> . )
    )""",
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)


def fold(word: str) -> str:
    """``word`` in lower case and without diacritics."""
    return _COMBINING.sub("", word.lower()).translate(_FOLD)


def tokens_from(text: str, start: int) -> tuple[list[Token], int]:
    """Tokens of ``text`` from ``start`` up to and with the first word that no date is made of.

    Also gives the offset where reading stopped.
    """
    tokens: list[Token] = []
    position, size = start, len(text)
    while position < size:
        match = _TOKEN.match(text, position)
        if match is None:
            return tokens, size
        token = _token(text, match)
        tokens.append(token)
        position = token.end
        if token.kind == "other":
            break
    return tokens, position


def _token(text: str, match: re.Match[str]) -> Token:
    group = match.lastgroup or "other"
    start, end = match.span(group)
    gap = match.end("gap") > match.start("gap")
    if group == "number":
        return Token("number", int(text[start:end]) if end - start <= 4 else -1, start, end, gap)
    if group == "word":
        kind, value, length = meaning(text[start:end])
        return Token(kind, value, start, start + length, gap)
    if group == "sign":
        return Token(text[start], 0, start, end, gap)
    return Token(group, 0, start, end, gap)


@lru_cache(maxsize=8192)
def meaning(word: str) -> tuple[str, int, int]:
    """Kind, value and number of characters used of ``word``.

    Fewer characters than it has are used where the next word is glued to it (``novembrīNr``, ``IVcet``).
    """
    kind, value = _whole(word)
    if kind != "other":
        return kind, value, len(word)
    for cut in range(1, min(len(word), 16)):
        before, after = word[cut - 1], word[cut]
        if before.islower() and after.isupper() or before.isupper() and after.islower():
            kind, value = _whole(word[:cut])
            if kind in ("month", "quarter", "half", "year_word") and after.isupper():
                return kind, value, cut
            if kind in ("roman", "year_word") and _whole(word[cut:])[0] in ("quarter", "half"):
                return kind, value, cut
    return "other", 0, len(word)


def _whole(word: str) -> tuple[str, int]:
    if word in ROMAN_SIGNS:
        return "roman", ROMAN_SIGNS[word]
    capitals = word.translate(_CAPITALS)
    if capitals in ROMAN:
        return "roman", ROMAN[capitals]
    folded = fold(word)
    if folded in LINK_WORDS:
        return LINK_WORDS[folded], 0
    for table, kind in _TABLES:
        if folded in table:
            return kind, table[folded]
    found = _stem(folded)
    if found is not None:
        return found
    small = capitals.translate(_SMALL)
    if small in ROMAN and len(word) <= 4:
        return "roman_like", ROMAN[small]
    return "other", 0


def _stem(folded: str) -> tuple[str, int] | None:
    if folded.startswith(QUARTER_STEMS):
        return "quarter", 0
    if folded.startswith(HALF_STEMS):
        return "half", 0
    if folded.startswith("menes"):
        return "months", 0
    if folded.startswith(SCHOOL_STEMS):
        return "school", 0
    month = _misspelt_month(folded)
    return None if month is None else ("month", month)


def _forms(stems: dict[str, int], endings: tuple[str, ...]) -> dict[str, int]:
    return {stem + ending: value for stem, value in stems.items() for ending in endings}


_MONTH_FORMS = _forms(MONTH_STEMS, NOUN_ENDINGS)
# value 1: an abbreviation, whose dot belongs to it
_TABLES: tuple[tuple[dict[str, int], str], ...] = (
    (_MONTH_FORMS, "month"),
    (MONTH_ENGLISH, "month"),
    (MONTH_SHORT, "month_short"),
    (YEAR_WORDS, "year_word"),
    (dict.fromkeys(QUARTER_SHORT, 1), "quarter"),
    (dict.fromkeys(HALF_SHORT, 1), "half"),
    (dict.fromkeys(HALF_WORDS, 0), "half"),
    (_forms(ORDINAL_STEMS, ORDINAL_ENDINGS) | ORDINAL_ENGLISH, "ordinal"),
    (COUNTS, "count"),
    (dict.fromkeys(PARTS_OF_YEAR, 0), "part"),
    ({"q": 4, "h": 2}, "letter"),
    ({"m": 0}, "school"),
    ({"th": 0, "st": 0, "nd": 0, "rd": 0}, "suffix"),
)


def _misspelt_month(folded: str) -> int | None:
    """The month that ``folded`` is one typing error from: a letter too many, too few, other or swapped."""
    if not 5 <= len(folded) <= 12 or folded.startswith(NOT_MISSPELT):
        return None
    for form, month in _MONTH_FORMS.items():
        if form[:2] == folded[:2] and abs(len(form) - len(folded)) <= 1 and len(form) > 5:
            if _one_edit(form, folded):
                return month
    return None


def _one_edit(one: str, other: str) -> bool:
    """True where one insertion, deletion, substitution or swap of neighbours makes ``one`` ``other``."""
    head = 0
    while head < min(len(one), len(other)) and one[head] == other[head]:
        head += 1
    rest, target = one[head:], other[head:]
    return (
        rest[1:] == target[1:]
        or rest[1:] == target
        or rest == target[1:]
        or (rest[:2] == target[1::-1] and rest[2:] == target[2:])
    )

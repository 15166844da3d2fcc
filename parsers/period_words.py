"""The words that periods are printed with.

The tables can be extended by anyone who knows Latvian; their keys are lower case and without
diacritics, because pages print both ``jūnijs`` and ``junijs``.
"""

from __future__ import annotations

import re

from parsers.memos import memo

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

QUARTER_STEMS = ("ceturk", "ceturs", "ceturn", "cetrk", "cetuk", "kvartal", "quarter")
QUARTER_SHORT = ("cet", "cetur", "ceturk", "ceturks", "ceturksn", "kv", "c", "qtr")
HALF_STEMS = ("pusgad", "pusgd", "half")
HALF_SHORT = ("pusg", "pg")
LETTERS = {"q": 4, "h": 2}  # Q4, H1, by how many a year has
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
ORDINAL_SUFFIXES = ("st", "nd", "rd", "th")
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
# A year of its own kind: 2024./2025. mācību gads, m. g.
SCHOOL_STEMS = ("macib", "akademisk", "budzet", "finans", "saimniecisk", "studij", "parskat")
SCHOOL_SHORT = ("m",)

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
} | {chr(sign + n): n + 1 for sign in (0x2160, 0x2170) for n in range(12)}  # fmt: skip
# Cyrillic and Greek letters that look like Roman numerals, and small ones (also l for I), count only
# with the word that they number.
_LOOK_ALIKE = str.maketrans("\u0406\u04c0\u0399\u0425\u03a7\u0474ivxl\u0456\u0445", "IIIXXVIVXIIX")

_FOLD = str.maketrans("āčēģīķļņōŗšūžăąīìíèéàáùúċśşț", "acegiklnorsuzaaiiieeaauucsst")
_COMBINING = re.compile("[\u0300-\u036f]+")


def fold(word: str) -> str:
    """``word`` in lower case and without diacritics."""
    return _COMBINING.sub("", word.lower()).translate(_FOLD)


@memo(8192)
def meaning(word: str) -> tuple[str, int, int]:
    """Kind, value and number of characters used of ``word``.

    Fewer characters than it has are used where the next word is glued to it (``novembrīNr``, ``IVcet``).
    """
    kind, value = _whole(word)
    if kind != "other":
        return kind, value, len(word)
    for cut in range(1, min(len(word), 16)):
        before, after = word[cut - 1], word[cut]
        if before.isupper() != after.isupper():
            kind, value = _whole(word[:cut])
            if kind in ("month", "quarter", "half", "year_word") and after.isupper():
                return kind, value, cut
            if kind in ("roman", "roman_like") and _whole(word[cut:])[0] in ("quarter", "half"):
                return kind, value, cut
    return "other", 0, len(word)


def _whole(word: str) -> tuple[str, int]:
    if word in ROMAN:
        return "roman", ROMAN[word]
    folded = fold(word)
    known = _KNOWN.get(folded) or _by_stem(folded)
    if known is not None:
        return known
    roman = ROMAN.get(word.translate(_LOOK_ALIKE))
    return ("other", 0) if roman is None else ("roman_like", roman)


def _by_stem(folded: str) -> tuple[str, int] | None:
    for stem, kind in _STEMS.items():
        if folded.startswith(stem):
            return kind, 0
    month = _misspelt_month(folded)
    return None if month is None else ("month", month)


def _misspelt_month(folded: str) -> int | None:
    """The one month one typing error away: a letter too many, too few, other or swapped."""
    if folded[:2] not in _MONTH_HEADS or folded.startswith(NOT_MISSPELT):
        return None
    months = {
        month
        for form, month in _MONTH_FORMS.items()
        if len(form) > 5 and form[:2] == folded[:2] and _one_error(form, folded)
    }
    return months.pop() if len(months) == 1 else None


def _one_error(one: str, other: str) -> bool:
    if abs(len(one) - len(other)) > 1:
        return False
    same = 0
    while same < min(len(one), len(other)) and one[same] == other[same]:
        same += 1
    one, other = one[same:], other[same:]
    swapped = one[:2] == other[1::-1] and one[2:] == other[2:]
    return swapped or one[1:] == other[1:] or one[1:] == other or one == other[1:]


def _forms(stems: dict[str, int], endings: tuple[str, ...]) -> dict[str, int]:
    return {stem + ending: value for stem, value in stems.items() for ending in endings}


_MONTH_FORMS = _forms(MONTH_STEMS, NOUN_ENDINGS)
_MONTH_HEADS = {form[:2] for form in _MONTH_FORMS}
_STEMS = (
    dict.fromkeys(QUARTER_STEMS, "quarter")
    | dict.fromkeys(HALF_STEMS, "half")
    | dict.fromkeys(SCHOOL_STEMS, "school")
    | {"menes": "months"}
)


def _known() -> dict[str, tuple[str, int]]:
    """Kind and value of every word that is known letter by letter; value 1: its dot belongs to it."""
    tables = (
        ("month", _MONTH_FORMS | MONTH_ENGLISH),
        ("month_short", MONTH_SHORT),
        ("year_word", YEAR_WORDS),
        ("quarter", dict.fromkeys(QUARTER_SHORT, 1)),
        ("half", dict.fromkeys(HALF_SHORT, 1) | dict.fromkeys(HALF_WORDS, 0)),
        ("ordinal", _forms(ORDINAL_STEMS, ORDINAL_ENDINGS) | ORDINAL_ENGLISH),
        ("count", COUNTS),
        ("part", dict.fromkeys(PARTS_OF_YEAR, 0)),
        ("letter", LETTERS),
        ("school", dict.fromkeys(SCHOOL_SHORT, 0)),
        ("suffix", dict.fromkeys(ORDINAL_SUFFIXES, 0)),
    )
    known = {word: (kind, value) for kind, table in tables for word, value in table.items()}
    return known | {word: (kind, 0) for word, kind in LINK_WORDS.items()}


_KNOWN = _known()

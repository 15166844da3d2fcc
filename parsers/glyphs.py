"""Signs as a reader takes them, whatever characters stand for them.

What nobody sees is left out (soft hyphens, marks of direction), letters set apart for emphasis are a word
(``P A S Ā K U M S``), and a letter or point of another script among those of ours is what it looks like: a
label or code with one would be known by nobody, and no reader could say why.
"""

from __future__ import annotations

import re
import unicodedata

# Soft hyphen, zero-width space and joiners, word joiner, byte order mark, marks of direction. Not the
# overrides, which turn words round: whoever reads the text must see that there is one.
_INVISIBLES = "\u00ad\u200b\u200c\u200d\u2060\ufeff\u200e\u200f\u202a\u202b\u2066\u2067\u2068\u2069"
_INVISIBLE = re.compile(f"[{_INVISIBLES}]")
_CAPITAL = "A-ZĀČĒĢĪĶĻŅŠŪŽ"
# Fewer letters may be initials.
_APART = re.compile(rf"(?<!\w)[{_CAPITAL}](?:[ \xa0][{_CAPITAL}]){{4,}}(?!\w)")
# Points and digits of other widths, as pages from other systems have them.
_WIDE = "\u2024\uff0e\uff10\uff11\uff12\uff13\uff14\uff15\uff16\uff17\uff18\uff19"
_WIDTHS = str.maketrans(_WIDE, "..0123456789")
_CYRILLIC = "\u0400-\u04ff"
_FOREIGN = re.compile(rf"[{_CYRILLIC}\u0300-\u036f]")
_WORD = re.compile(r"[\w\u0300-\u036f]+")
_LATIN = re.compile(r"[A-Za-zĀ-ž]")
_ALIKE = str.maketrans(
    "\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0456\u0458\u0455\u043a"
    "\u0410\u0412\u0415\u041a\u041c\u041d\u041e\u0420\u0421\u0422\u0425\u0406\u0408\u0405",
    "aeopcyxijskABEKMHOPCTXIJS",
)
# The last of a code of the Recovery Plan: ``3.1.1.5.i.``
_CODE_LETTER = re.compile("(?<=\\d\\.)[\u0456\u0406\u0455\u0405](?!\\w)")

# The same in UTF-8, for a quick look at a page: a search that begins with one byte is many times faster.
# Capitals as one byte, hard spaces as spaces, and no bytes that only follow another.
_AS_CAPITAL = bytes.maketrans(b"BCDEFGHIJKLMNOPQRSTUVWXYZ\xc4\xc5\xc2", b"A" * 27 + b" ")
_FOLLOWING = bytes(range(0x80, 0xC0))
# Three letters of a word set apart; white space may be written as an entity.
_SET_APART = tuple(gap + (b"A" + gap) * 3 for gap in (b" ", b"&nbsp;"))
# Each with a byte without which there is none of it: to look for one is quicker than any pattern.
_ODD_BYTES = (
    # Zero width, direction, other points; byte order mark and wide digits; the soft hyphen.
    (b"\xe2", re.compile(rb"\xe2(?:\x80[\x8b-\x8f\xa4\xaa-\xae]|\x81[\xa0\xa6-\xa9])")),
    (b"\xef", re.compile(rb"\xef(?:\xbb\xbf|\xbc)")),
    (b"\xad", re.compile(rb"\xc2\xad")),
    # Any of these as an entity; more than that is no harm, each line is looked at itself then.
    (
        b"&",
        re.compile(
            rb"&(?:shy|zw|Zero|NoBreak|[lr]rm;"
            rb"|#(?:173|7[6-9]\d|8[0-7]\d|82\d\d|65\d{3}|1[01]\d\d|[xX][0aA2fF4]|X))"
        ),
    ),
)
# Cyrillic and combining diacritics.
_ODD_LEADS = (b"\xd0", b"\xd1", b"\xcc", b"\xcd")


def may_be_odd(source: bytes) -> bool:
    """A quick look at a whole page in UTF-8: whether any line of it may read otherwise than it is written."""
    if any(each in source for each in _ODD_LEADS):
        return True
    if any(sign in source and odd.search(source) for sign, odd in _ODD_BYTES):
        return True
    capitals = source.translate(_AS_CAPITAL, _FOLLOWING)
    return any(each in capitals for each in _SET_APART)


def as_read(words: str) -> str:
    """The words with the signs that a reader takes them for."""
    words = _INVISIBLE.sub("", words).translate(_WIDTHS)
    words = _APART.sub(_joined, words)
    return (
        _WORD.sub(_in_one_script, _CODE_LETTER.sub(_look_alike, words)) if _FOREIGN.search(words) else words
    )


def _joined(match: re.Match[str]) -> str:
    """A word set apart; letters in the order of the alphabet are a list (``A B C D E kategorija``)."""
    word = match[0].replace(" ", "").replace("\xa0", "")
    return match[0] if sorted(word) == list(word) else word


def _look_alike(match: re.Match[str]) -> str:
    return match[0].translate(_ALIKE)


def _in_one_script(match: re.Match[str]) -> str:
    """A word with Latin letters in which all others look like some; a word of another script stays."""
    word = match[0]
    if not _FOREIGN.search(word):
        return word
    read = unicodedata.normalize("NFC", word.translate(_ALIKE))
    return read if _LATIN.search(word) and not _FOREIGN.search(read) else word

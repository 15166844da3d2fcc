"""Numbers in Latvian words: ``desmit miljoni``, ``pusotra``, ``divi simti trīsdesmit pieci tūkstoši``.

Works on folded text (:func:`parsers.phrases.fold`). Values are counted in tenths, because of the halves.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from parsers import amount_words as words
from parsers.phrases import fold, word_pattern

AND_A_HALF = " ar pusi"
_FORMS = {power: "|".join(map(word_pattern, forms)) for power, forms in words.MAGNITUDES}
MAGNITUDE = "|".join(f"(?P<p{power}>{forms})(?![a-z])" for power, forms in _FORMS.items())
_HALF = 5  # "puse" alone is no number
_HUNDRED = 0  # its value depends on the word before it


def _number_words() -> dict[str, int]:
    """Tenths of each number word in each of its forms."""
    table = {fold(stem + end): n * 10 for stem, n in words.UNIT_STEMS for end in words.UNIT_ENDINGS}
    table |= dict.fromkeys(map(fold, words.THREE), 30)
    table |= {"desmit": 100, "desmitu": 100}
    for stem, n in words.TEN_STEMS:
        table[fold(stem) + "padsmit"] = (10 + n) * 10
        table[fold(stem) + "desmit"] = n * 100
        table |= {fold(stem + form): n * 1000 for form in words.HUNDREDS}
    table |= {fold(stem + end): tenths for stem, tenths in words.HALVES for end in words.HALF_ENDINGS}
    return table | dict.fromkeys(map(fold, words.HUNDREDS), _HUNDRED)


_NUMBER_WORDS = _number_words()
_MAGNITUDE_WORD = re.compile(rf"(?:{MAGNITUDE})\.?")
_HALF_MAGNITUDE = re.compile(r"pus(miljon|miljar|tuksto)[a-z]*")
_POWERS = {"miljon": 6, "miljar": 9, "tuksto": 3}
_ONE = re.compile(r"(?:miljon|miljard)(?:s|a|u|am)(?![a-z])|tukstot(?:is|i|im)(?![a-z])|tukstos(?![a-z])")
_INDEFINITE = re.compile(rf"(?<![a-z])(?:{'|'.join(map(fold, words.INDEFINITE))}) {{1,2}}$")
_VAGUE = re.compile(rf"(?:{'|'.join(map(fold, words.INDEFINITE))})(?![a-z])")
_WORD = re.compile(r"[a-z]+")


class Worded(NamedTuple):
    """``tenths`` of ten to ``power`` (None: no magnitude word), and what was assumed to read it so."""

    tenths: int
    power: int | None
    end: int
    assumption: str | None = None


def read_words(folded: str, at: int) -> Worded | None:
    """The number in words that begins at ``at``; None for vague ones: ``simtiem tūkstošu``."""
    if _INDEFINITE.search(folded, max(0, at - 16), at):
        return None
    return _one_word(folded, at) or _word_by_word(folded, at)


def magnitude(match: re.Match[str]) -> int:
    """The power of ten of the magnitude word in a match of :data:`MAGNITUDE`."""
    return next(power for power, _ in words.MAGNITUDES if match[f"p{power}"])


def _one_word(folded: str, at: int) -> Worded | None:
    """``pusmiljons``, and ``miljons`` alone, which says one."""
    if half := _HALF_MAGNITUDE.match(folded, at):
        return Worded(_HALF, _POWERS[half[1]], half.end())
    if one := _ONE.match(folded, at):
        return Worded(10, _POWERS[one[0][:6]], one.end(), "one_understood")
    return None


def _word_by_word(folded: str, at: int) -> Worded | None:
    """``divi miljoni trīs simti tūkstoši``: each magnitude once, the greater first."""
    if _VAGUE.match(folded, at):
        return None
    total, end = 0, at
    powers: list[int] = []
    while True:
        current, after = _below_thousand(folded, end, first=end == at)
        word = _MAGNITUDE_WORD.match(folded, _past_space(folded, after)) if current else None
        if word is None:
            break
        if powers and magnitude(word) >= powers[-1]:
            current, after = 0, end
            break
        powers.append(magnitude(word))
        total, end = total + current * 10 ** powers[-1], word.end()
    if not powers and current == _HALF:
        return None
    if len(powers) == 1 and not current:
        return Worded(total // 10 ** powers[0], powers[0], end)
    return Worded(total + current, None, after) if after > at else None


def _below_thousand(folded: str, at: int, *, first: bool) -> tuple[int, int]:
    """Tenths and end of the number words at ``at``: ``divi simti trīsdesmit``; 0 where there are none."""
    current, end, room = 0, at, 10_000
    while word := _WORD.match(folded, end if first and end == at else _past_space(folded, end)):
        tenths = _NUMBER_WORDS.get(word[0], 10_000)
        if tenths == _HUNDRED and current < 100:
            current, room = (current or 10) * 100, 1_000
        elif tenths < room:
            current += tenths
            room = 1_000 if tenths >= 1_000 else 100 if tenths >= 200 else 0
        else:
            break
        end = word.end()
    if current and folded.startswith(AND_A_HALF, end):
        return current + 5, end + len(AND_A_HALF)
    return current, end


def _past_space(folded: str, end: int) -> int:
    return end + (folded[end : end + 1] == " ")

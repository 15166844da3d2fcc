"""When two stretches of words say the same, and how far apart they are when they don't.

White space, quotation marks, the style of dashes, bullets and numbers of list items, footnote marks, the
punctuation that ends a line and the order of whole lines are typography: who changes only them changes
nothing; addresses are compared as links. Other punctuation and the case of letters are corrections: a change,
but a minor one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator

from parsers.memos import memo

UNCHANGED = "="
REMOVED = "-"
ADDED = "+"

MOST_LETTERS = 2
"""A correction of so many letters is a typing error put right (issue: a title changed by two letters)."""

_DROPPED = re.compile(
    "[\u00ad\u200b-\u200f\u2060\ufeff"  # invisible characters
    "\u00b9\u00b2\u00b3\u2070\u2074-\u2079*\u2020\u2021]"  # marks of footnotes
)
_NOTE = re.compile(r"\[\d{1,2}\]")
_ADDRESS = re.compile(r"https?://\S+")
_DIGIT = re.compile(r"\d")
_DIGIT_GROUP = re.compile(r"(?<=\d)[^\S\n](?=\d{3}(?!\d))")
_ORDINAL = re.compile(r"\s*(\d{1,2})[.)](?!\d)")
_LETTERED = re.compile(r"\s*[a-zā-ž]\)\s")
_WORD = re.compile(r"\w+")
# A figure is one word, however its thousands are parted.
_WORD_AS_PRINTED = re.compile(r"[^\s\d]*\d{1,3}(?:\s\d{3})+(?!\d)\S*|\S+")
_WORDS_AND_GAPS = re.compile(r"(\w+)")
_SIGNS = (
    "-\u2010-\u2015\u2212"  # dashes
    ";"  # ends an item of a list
    "\"'`\u00b4\u00ab\u00bb\u2018-\u201f\u2039\u203a"  # quotation marks
    "\u2022\u2023\u2219\u00b7\u25aa\u25cf\u25cb\u25e6"  # bullets
    "\u2588"  # what is hidden of a person, of any length
)
_SIGN = re.compile(f"[{_SIGNS}]")
_TYPOGRAPHY = re.compile(f"[{_SIGNS}\\s]")
_DIGITS = re.compile(r"\d+")

_SHORT = 500

# Beyond these sizes a difference is told in coarser steps: SequenceMatcher may need the cube of its input.
_MOST_WORDS = 300
_MOST_LINES = 400


def _unnumbered(text: str) -> Iterator[str]:
    """The lines of a list without numbers (only those that count on from 1) and lettering."""
    expected = 1
    for line in text.split("\n"):
        numbered = _ORDINAL.match(line)
        if numbered and int(numbered[1]) == expected:
            expected += 1
            yield line[numbered.end() :]
        else:
            yield _LETTERED.sub("", line, count=1)


def _plain(text: str) -> str:
    text = _DROPPED.sub("", unicodedata.normalize("NFC", text))
    if "://" in text:
        text = _ADDRESS.sub("", text)  # where links lead is compared as links
    counted = _DIGIT.search(text) is not None
    if counted:
        text = _DIGIT_GROUP.sub("", _NOTE.sub("", text))
    return "\n".join(_unnumbered(text)) if "\n" in text and (counted or ")" in text) else text


def key(text: str | None) -> str | None:
    """The words of ``text`` and nothing else: equal where only typography or punctuation differs."""
    if text is None:
        return None
    return _short_key(text) if len(text) <= _SHORT else _key(text)


def _key(text: str) -> str:
    return " ".join(_WORD.findall(_plain(text)))


_short_key = memo(1024)(_key)
"""Names and headings are asked for several times in a row; long texts are not worth their memory."""


def lines(text: str) -> dict[str, str]:
    """The lines of ``text`` that have words, by their keys: no order or repetition counts."""
    keys = _keys_of_lines(_plain(text))
    return {words: line for words, line in zip(keys, text.split("\n"), strict=True) if words}


def _keys_of_lines(plain: str) -> list[str]:
    return [" ".join(_WORD.findall(line)) for line in plain.split("\n")]


@memo(1024)
def _mark(gap: str) -> str | None:
    """The punctuation between two words; None where a line ends, for there it says nothing."""
    return None if "\n" in gap else _TYPOGRAPHY.sub("", gap)


def _same_punctuation(old: list[str], new: list[str]) -> bool:
    """For what stands between the same words."""
    if old == new:
        return True
    marks = [(_mark(a), _mark(b)) for a, b in zip(old, new, strict=True) if a != b]
    return all(a == b or a is None or b is None for a, b in marks)


def same(old: str | None, new: str | None) -> bool:
    """True where both say the same in the same words, whatever the typography."""
    if old == new:
        return True
    if not old or not new:
        return not key(old) and not key(new)
    if _bare(_DROPPED.sub("", old)) == _bare(_DROPPED.sub("", new)):
        return True  # most of typography, told without the rest of _plain
    old, new = _plain(old), _plain(new)
    if _bare(old) == _bare(new):
        return True
    a, b = _WORDS_AND_GAPS.split(old), _WORDS_AND_GAPS.split(new)
    if a[1::2] == b[1::2]:
        return _same_punctuation(a[2:-1:2], b[2:-1:2])
    return {*_keys_of_lines(old)} - {""} == {*_keys_of_lines(new)} - {""}


def _bare(plain: str) -> list[str]:
    """What is left without most of typography: quickly told, and equal only where both say the same."""
    return _SIGN.sub(" ", plain).strip(" .,:").split()


def _without_common_ends(old: str, new: str) -> tuple[str, str]:
    """The middles in which two texts differ."""
    start = 0
    shorter = min(len(old), len(new))
    while start < shorter and old[start] == new[start]:
        start += 1
    end = 0
    while end < shorter - start and old[-1 - end] == new[-1 - end]:
        end += 1
    return old[start : len(old) - end], new[start : len(new) - end]


def letters_apart(old: str, new: str, most: int = MOST_LETTERS) -> int:
    """Letters to be changed, put in or left out to turn one into the other; ``most + 1`` where it takes more.

    Linear in the length for a given ``most``.
    """
    old, new = _without_common_ends(old, new)
    if abs(len(old) - len(new)) > most:
        return most + 1
    width = 2 * most + 1
    # row[k] is the distance of old[:i] from new[:i + k - most]
    row = [abs(k - most) if k >= most else most + 1 for k in range(width)]
    for i, letter in enumerate(old, start=1):
        before = row
        row = [most + 1] * width
        for k in range(width):
            j = i + k - most
            if not 0 <= j <= len(new):
                continue
            best = before[k + 1] + 1 if k + 1 < width else most + 1
            if j:
                best = min(best, before[k] + (letter != new[j - 1]), row[k - 1] + 1 if k else most + 1)
            row[k] = best
        if min(row) > most:
            return most + 1
    return min(row[len(new) - len(old) + most], most + 1)


def _negated(old: str, new: str) -> bool:
    """True where a word lost or got ``ne``, Latvian's *not*: two letters, but the opposite meaning."""
    pairs = zip(old.split(" "), new.split(" "), strict=False)
    return any("ne" + a == b or a == "ne" + b for a, b in pairs)


def is_correction(old: str | None, new: str | None) -> bool:
    """True where only typing was corrected: at most two letters, case or punctuation.

    A figure is never a correction, nor is ``ne`` put before a word.
    """
    a, b = (key(text) or "" for text in (old, new))
    if not a or not b or _DIGITS.findall(a) != _DIGITS.findall(b):
        return False
    a, b = a.casefold(), b.casefold()
    return letters_apart(a, b) <= MOST_LETTERS and not _negated(a, b)


def is_respelling(old: str, new: str) -> bool:
    """:func:`is_correction` for names, where two letters may also be another body (``VID``, ``LAD``).

    A word that differs must have five letters or more, and begin with the same one.
    """
    if not is_correction(old, new):
        return False
    a, b = ((key(text) or "").casefold().split(" ") for text in (old, new))
    if len(a) != len(b):
        return "".join(a) == "".join(b)
    return all(x == y or (min(len(x), len(y)) >= 5 and x[0] == y[0]) for x, y in zip(a, b, strict=True))


def word_diff(old: str | None, new: str | None) -> list[tuple[str, str]]:
    """What was struck out and what was written in, in reading order: ``("=" | "-" | "+", words)``.

    The pieces of ``=`` and ``+`` put together are the words of ``new``; those of ``=`` and ``-`` the words of
    ``old``, where typography alone differs as ``new`` prints it. Long texts are compared line by line first:
    only lines that differ cost more than their length.
    """
    by_words = _steps(old or "", new or "", lambda token: " ".join(_WORD.findall(token)))
    if any(operation != UNCHANGED for operation, _ in by_words):
        return by_words
    return _steps(old or "", new or "", str)


def _steps(old: str, new: str, by: Callable[[str], str]) -> list[tuple[str, str]]:
    """The steps where lines and words are compared by what ``by`` makes of them; empty ones are left out."""
    lines = [line for line in old.split("\n") if by(line)], [line for line in new.split("\n") if by(line)]
    steps: list[tuple[str, str]] = []
    for before, after in _stretches(*lines, by, _MOST_LINES):
        if before is None:
            steps.append((UNCHANGED, " ".join(after)))
            continue
        words = [
            [word for line in side for word in _WORD_AS_PRINTED.findall(line) if by(word)]
            for side in (before, after)
        ]
        for struck, written in _stretches(words[0], words[1], by, _MOST_WORDS):
            if struck is None:
                steps.append((UNCHANGED, " ".join(written)))
            else:
                steps += [(REMOVED, " ".join(struck)), (ADDED, " ".join(written))]
    return _joined(steps)


def _stretches(
    old: list[str], new: list[str], by: Callable[[str], str], most: int
) -> Iterator[tuple[list[str] | None, list[str]]]:
    """Stretches of ``new`` in order: with None where ``old`` has the same, else with what they replace."""
    a, b = [by(item) for item in old], [by(item) for item in new]
    start, end = 0, 0
    shorter = min(len(a), len(b))
    while start < shorter and a[start] == b[start]:
        start += 1
    while end < shorter - start and a[-1 - end] == b[-1 - end]:
        end += 1
    yield None, new[:start]
    middle_old, middle_new = old[start : len(a) - end], new[start : len(b) - end]
    if not middle_old or not middle_new or max(len(middle_old), len(middle_new)) > most:
        yield middle_old, middle_new
    else:
        from difflib import SequenceMatcher

        matcher = SequenceMatcher(None, a[start : len(a) - end], b[start : len(b) - end], autojunk=False)
        for operation, i1, i2, j1, j2 in matcher.get_opcodes():
            yield None if operation == "equal" else middle_old[i1:i2], middle_new[j1:j2]
    yield None, new[len(b) - end :]


def _joined(steps: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Neighbours of one kind made one, with struck before written in; empty ones left out."""
    joined: list[tuple[str, str]] = []
    removed: list[str] = []
    added: list[str] = []

    def flush() -> None:
        joined.extend((op, " ".join(words)) for op, words in ((REMOVED, removed), (ADDED, added)) if words)
        removed.clear()
        added.clear()

    for op, words in steps:
        if not words:
            continue
        if op != UNCHANGED:
            (removed if op == REMOVED else added).append(words)
            continue
        flush()
        if joined and joined[-1][0] == UNCHANGED:
            joined[-1] = (UNCHANGED, f"{joined[-1][1]} {words}")
        else:
            joined.append((UNCHANGED, words))
    flush()
    return joined

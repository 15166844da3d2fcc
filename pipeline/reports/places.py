"""From a change to the words on the page: what a report's links jump to."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote

from pipeline.changes import wording
from pipeline.changes.record import WORDED, lean
from pipeline.fragments import link
from pipeline.reports.record import Item
from pipeline.vocabulary import CONTACT_KINDS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from parsers.records import Measure, Page
    from pipeline.changes.record import Change, Value

# Letters before a place in which the words beside it are looked for, and what is taken of long ones.
_FAR = 200
_FEW = 4
_LONGEST = 80
# The last few words of a line before a place, which may begin another line.
_WORDS_BEFORE = re.compile(r"((?:\S+[^\S\n]+){0,3}\S+)\s*\Z")
# A letter or digit before words, or a group of digits.
_RUNS_ON = re.compile(r"\w\Z|\d[^\S\n]\Z")
_THREE_DIGITS = re.compile(r"\d{3}(?!\d)")


def items(changes: Iterable[Change], old: Page | None, new: Page) -> list[Item]:
    """The changes from ``old`` to ``new`` with their places, freed of what only a comparison needs."""
    return [
        Item(
            lean(change),
            _place(old, _words(change.old, change.old_text, change, old=True), change.before) if old else "",
            _place(new, _words(change.new, change.new_text, change, old=False), change.after),
        )
        for change in changes
    ]


def _words(value: Value, printed: str | None, change: Change, *, old: bool) -> str | None:
    """The words of one side that show the change best."""
    if change.kind in WORDED and isinstance(value, str):
        return _differing_line(change, value, old=old)
    if printed:
        return printed
    if change.kind in CONTACT_KINDS and isinstance(value, dict):
        return value["name"] or value["email"]
    return value if isinstance(value, str) and change.field != "measure_id" else None


def _differing_line(change: Change, text: str, *, old: bool) -> str:
    """Of a text with many lines the first that the other side does not have."""
    other = change.new if old else change.old
    known = wording.lines(other) if isinstance(other, str) else {}
    return next((line for words, line in wording.lines(text).items() if words not in known), text)


def _place(page: Page, words: str | None, measures: tuple[Measure, ...]) -> str:
    """The fragment that jumps to the words, best those of the measure; without words to its head."""
    measure = measures[0] if measures else None
    if words is None:
        return _head(page, measure) if measure else ""
    start = _find(page.text, words, measure.start, measure.end) if measure else -1
    first = _find(page.text, words, 0, len(page.text))
    if start < 0 or start == first:
        return link("", page.text, first, first + len(words)) if first >= 0 else ""
    return _among_equals(page.text, words, start, measure) if measure and words.strip() else ""


def _find(text: str, words: str, start: int, end: int) -> int:
    """Where the words stand as words: ``3 100 000`` not in ``13 100 000``, nor ``100 000`` in it."""
    found = text.find(words, start, end)
    while found > 0 and words[:1].isalnum() and _RUNS_ON.search(text, max(0, found - 2), found):
        if text[found - 1].isspace() and not _THREE_DIGITS.match(words):
            break
        found = text.find(words, found + 1, end)
    return found


def _among_equals(text: str, words: str, start: int, measure: Measure) -> str:
    """The fragment of words that stand on the page before too: behind words that stand before these alone,
    else from the head of the measure up to them."""
    end = start + len(words)
    before = _WORDS_BEFORE.search(text, max(measure.start, start - _FAR), start)
    if before and text.count(text[before.start() : end]) == 1:
        return f"#:~:text={_quoted(before[1])}-,{_shortened(words)}"
    head = text[measure.start : start].strip().partition("\n")[0]
    if head and text.count(head) == 1:
        return f"#:~:text={_quoted(_cut(head, 0))},{_quoted(_cut(words, -1))}"
    return link("", text, start, end)


def _shortened(words: str) -> str:
    first, last = _cut(words, 0), _cut(words, -1)
    return _quoted(first) if first == last else f"{_quoted(first)},{_quoted(last)}"


def _cut(words: str, line: int) -> str:
    """The words if they are one short line, else the first or the last few of them."""
    lines = words.strip().split("\n")
    parts = lines[line].split()
    if len(lines) == 1 and len(words) <= _LONGEST:
        return " ".join(parts)
    return " ".join(parts[:_FEW] if line == 0 else parts[-_FEW:])


def _quoted(words: str) -> str:
    return quote(words, safe="", errors="replace").replace("-", "%2D")


def _head(page: Page, measure: Measure) -> str:
    line = page.text[measure.start : measure.end].partition("\n")[0]
    return link("", page.text, measure.start, measure.start + len(line)) if line.strip() else ""

"""From a change to the words on the page: what a report's links jump to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.changes import wording
from pipeline.changes.record import WORDED, lean
from pipeline.fragments import link
from pipeline.reports.record import Item
from pipeline.vocabulary import CONTACT_KINDS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from parsers.records import Measure, Page
    from pipeline.changes.record import Change, Value


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
    start = page.text.find(words, measure.start, measure.end) if measure else -1
    start = start if start >= 0 else page.text.find(words)
    return link("", page.text, start, start + len(words)) if start >= 0 else ""


def _head(page: Page, measure: Measure) -> str:
    line = page.text[measure.start : measure.end].partition("\n")[0]
    return link("", page.text, measure.start, measure.start + len(line)) if line.strip() else ""

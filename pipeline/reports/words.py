"""The fixed words of reports in both languages, and the facts that go with a change."""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING, NamedTuple

from pipeline.changes import written
from pipeline.changes.figures import euro, number
from pipeline.fragments import link
from pipeline.sums import eu_funding

if TYPE_CHECKING:
    from pipeline.changes.record import Change
    from pipeline.reports.record import Pair, Side

WORDS = {
    "en": {
        "title": "What changed",
        "nothing": "Nothing changed",
        "only": "one state",
        "unknown": "a capture of unknown time",
        "on_page": "on the page",
        "total": "EU funding of all measures",
        "minor": "Corrections of spelling",
        "none": "no capture",
    },
    "lv": {
        "title": "Kas mainījies",
        "nothing": "Nekas nav mainījies",
        "only": "viens stāvoklis",
        "unknown": "versija, kuras laiks nav zināms",
        "on_page": "lapā",
        "total": "Visu pasākumu ES finansējums",
        "minor": "Pareizrakstības labojumi",
        "none": "nav saglabātas versijas",
    },
}


class Quote(NamedTuple):
    """The words on the page before and now; ``url`` jumps to those of now, None where there are none."""

    old: str | None
    new: str | None
    url: str | None


def counted(count: int, language: str) -> str:
    """``1 change``, ``3 changes``; ``1 izmaiņa``, ``3 izmaiņas``."""
    if language == "en":
        return f"{number(count, 'en')} {'change' if count == 1 else 'changes'}"
    one = count % 10 == 1 and count % 100 != 11
    return f"{number(count, 'lv')} {'izmaiņa' if one else 'izmaiņas'}"


def sentence(change: Change, language: str) -> str:
    """The change in words, without a full stop."""
    return written.sentence(change, language)


def when(side: Side | None, language: str) -> str:
    """A state by its time, its file, or the word that nobody knows when it was."""
    if side is None:
        return WORDS[language]["none"]
    if side.name is not None:
        return side.name
    if side.captured_at is None:
        return WORDS[language]["unknown"]
    return f"{side.captured_at.astimezone(UTC):%Y-%m-%d %H:%M} UTC"


def between(old: Side | None, new: Side | None, language: str) -> str:
    """``2025-03-01 06:30 UTC → 2025-04-01 06:30 UTC``."""
    if new is None:
        return WORDS[language]["none"]
    if old is None or (old.capture is not None and old.capture == new.capture):
        return f"{WORDS[language]['only']}: {when(new, language)}"
    return f"{when(old, language)} → {when(new, language)}"


def quote(pair: Pair, change: Change) -> Quote:
    """The quoted words of a change, where it has any that its sentence does not hold already."""
    url = jump(pair, change)
    return Quote(change.old_text, change.new_text, url)


def jump(pair: Pair, change: Change) -> str | None:
    """The address that opens the page at the new words; None where they don't stand there."""
    page = pair.new.page
    words = change.new_text or (change.new if isinstance(change.new, str) else None)
    if not page.url or not words:
        return None
    measure = change.after[0] if len(change.after) == 1 else None
    start = page.text.find(words, *((measure.start, measure.end) if measure else ()))
    start = start if start >= 0 else page.text.find(words)
    return link(page.url, page.text, start, start + len(words)) if start >= 0 else None


def totals(pair: Pair, language: str) -> str | None:
    """The sum of EU funding before and after, where a change that is told made it another."""
    if pair.old is None or not any(change.totals for change in pair.changes):
        return None
    old, new = eu_funding(pair.old.page), eu_funding(pair.new.page)
    if old == new:
        return None
    sign = "+" if new > old else "−"
    return (
        f"{WORDS[language]['total']}: {euro(old, language)} → {euro(new, language)}"
        f" ({sign}{euro(abs(new - old), language)})"
    )

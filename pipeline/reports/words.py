"""The fixed words of reports in both languages, and the facts that go with a change."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from pipeline.changes import wording
from pipeline.changes.figures import euro, moment, number
from pipeline.changes.record import WORDED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from pipeline.changes.record import Change
    from pipeline.reports.record import Item, Pair, Side

WORDS = {
    "en": {
        "title": "What changed",
        "nothing": "Nothing changed",
        "only": "one state",
        "unknown": "a capture of unknown time",
        "on_page": "on the page",
        "before": "before (archived copy)",
        "now": "now (archived copy)",
        "total": "EU funding of all measures",
        "theme": "Theme",
        "none": "no capture",
        "slips": "Later or earlier",
        "money": "Money",
        "measures": "Measures",
        "schedule": "Schedule",
        "terms": "Who may apply, and how projects are selected",
        "other": "Texts, contacts and links",
        "minor": "Corrections of spelling",
    },
    "lv": {
        "title": "Kas mainījies",
        "nothing": "Nekas nav mainījies",
        "only": "viens stāvoklis",
        "unknown": "versija, kuras laiks nav zināms",
        "on_page": "lapā",
        "before": "iepriekš (arhīva kopija)",
        "now": "tagad (arhīva kopija)",
        "total": "Visu pasākumu ES finansējums",
        "theme": "Tēma",
        "none": "nav saglabātas versijas",
        "slips": "Vēlāk vai agrāk",
        "money": "Finansējums",
        "measures": "Pasākumi",
        "schedule": "Laika grafiks",
        "terms": "Projektu iesniedzēji un atlase",
        "other": "Teksti, kontaktpersonas un saites",
        "minor": "Pareizrakstības labojumi",
    },
}
Copies = Callable[[str], str | None]
"""From a capture to the address of its canonical text; None where there is none."""

_MARKS = {"en": ("“", "”"), "lv": ("„", "”")}
# Words on either side of a changed place that are shown with it.
_BESIDE = 6
# Letters of both sides beyond which only what differs is shown.
_LONG = 160
_QUOTED = frozenset({"link_added", "link_removed"})


def beside(capture: str) -> str | None:
    """Where the text of a capture is, seen from a report in output/reports/."""
    return f"../text/{capture}.txt"


class Links(NamedTuple):
    """Where a change can be seen: on the page as it is, in the archived copies of then and of now."""

    page: str | None
    before: str | None
    now: str | None


def counted(count: int, language: str) -> str:
    """``1 change``, ``3 changes``; ``1 izmaiņa``, ``3 izmaiņas``."""
    if language == "en":
        return f"{number(count, 'en')} {'change' if count == 1 else 'changes'}"
    one = count % 10 == 1 and count % 100 != 11
    return f"{number(count, 'lv')} {'izmaiņa' if one else 'izmaiņas'}"


def between(old: Side | None, new: Side | None, language: str) -> str:
    """``from 1 March 2025, 06:30, to 1 April 2025, 06:30 (UTC)``; files by their names."""
    if new is None:
        return WORDS[language]["none"]
    if old is None or (old.capture is not None and old.capture == new.capture):
        return f"{WORDS[language]['only']}: {_when(new, language)}"
    if old.captured_at and new.captured_at and not (old.name or new.name):
        return _span(old.captured_at, new.captured_at, language)
    return f"{_when(old, language)} → {_when(new, language)}"


def _span(old: datetime, new: datetime, language: str) -> str:
    if language == "en":
        return f"from {at(old, 'en')}, to {at(new, 'en')} (UTC)"
    return f"no {at(old, 'lv', 'genitive')} līdz {at(new, 'lv', 'dative')} (UTC)"


def at(when: datetime, language: str, case: str = "nominative") -> str:
    """``1 March 2025, 06:30``; ``2025. gada 1. marts plkst. 06.30``. UTC."""
    when = when.astimezone(UTC)
    day = moment(f"{when:%Y-%m-%d}", language, case)
    return f"{day}, {when:%H:%M}" if language == "en" else f"{day} plkst. {when:%H.%M}"


def _when(side: Side, language: str) -> str:
    """A state by its file, its time, or the word that nobody knows when it was."""
    if side.name is not None:
        return side.name
    if side.captured_at is None:
        return WORDS[language]["unknown"]
    return f"{at(side.captured_at, language)} (UTC)"


def quote(change: Change, language: str) -> str | None:
    """The printed words before and now, in quotation marks; None where the sentence holds them already."""
    if change.kind in _QUOTED or str(change.field).endswith("qualifier") or change.field == "milestones":
        return None
    opening, closing = _MARKS[language]
    words = dict.fromkeys((change.old_text, change.new_text))  # once where only what stands above changed
    return " → ".join(f"{opening}{' '.join(one.split())}{closing}" for one in words if one) or None


def edits(change: Change) -> list[tuple[str, str]]:
    """The places where words changed, with a few words beside each (see ``wording.word_diff``).

    Empty where they are new or gone as a whole, where the sentence has both sides of them, and where they
    are short enough to be quoted before and now.
    """
    steps = _steps(change)
    last = len(steps) - 1
    return [
        (operation, _shortened(words, place == 0, place == last) if operation == wording.UNCHANGED else words)
        for place, (operation, words) in enumerate(steps)
    ]


def _steps(change: Change) -> list[tuple[str, str]]:
    if change.kind in WORDED:
        whole = change.field in ("title", "theme") and not change.minor
        return [] if whole or None in (change.old, change.new) else change.word_diff
    if change.old_text and change.new_text and len(change.old_text + change.new_text) > _LONG:
        return wording.word_diff(change.old_text, change.new_text)
    return []


def _shortened(words: str, first: bool, last: bool) -> str:
    parts = words.split(" ")
    head, tail = (0 if first else _BESIDE), (0 if last else _BESIDE)
    if len(parts) <= head + tail + 1:
        return words
    return " ".join([*parts[:head], "…", *parts[len(parts) - tail :]])


def links(pair: Pair, item: Item, copies: Copies) -> Links:
    """Where a change can be seen; ``copies`` gives the address of a capture's text."""
    old, new = pair.old, pair.new
    page = new.url + item.new_place if new.url and item.new_place else None
    before = _copy(old, item.old_place, copies) if old and item.old_place else None
    return Links(page, before, _copy(new, item.new_place, copies) if item.new_place else None)


def _copy(side: Side, place: str, copies: Copies) -> str | None:
    address = copies(side.capture) if side.capture else None
    return address + place if address else None


def totals(changes: Iterable[Change], language: str) -> Iterator[str]:
    """Sums of EU funding before and after, of the page and then of each theme, where they are others now."""
    told = [change.totals for change in changes if change.totals]
    if told and told[0].page_old != told[0].page_new:
        yield _sum(WORDS[language]["total"], told[0].page_old, told[0].page_new, language)
    opening, closing = _MARKS[language]
    themes = {total.theme: total for total in told if total.theme}
    for name, total in themes.items():
        if total.theme_old is not None and total.theme_new is not None and total.theme_old != total.theme_new:
            theme = f"{WORDS[language]['theme']} {opening}{name}{closing}"
            yield _sum(theme, total.theme_old, total.theme_new, language)


def _sum(name: str, old: Decimal, new: Decimal, language: str) -> str:
    sign = "+" if new > old else "−"
    difference = euro(abs(new - old), language)
    return f"{name}: {euro(old, language)} → {euro(new, language)} ({sign}{difference})"

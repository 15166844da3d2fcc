"""A change in words and as CONTRACT's object."""

from __future__ import annotations

from typing import Any

from pipeline.changes import english, latvian
from pipeline.changes.record import WORDED, Change

_SENTENCE = {"en": english.sentence, "lv": latvian.sentence}


def sentence(change: Change, language: str) -> str:
    """The change in a sentence without a full stop, ``en`` or ``lv``; its measure_id stands in it."""
    return _SENTENCE[language](change)


def json_change(change: Change) -> dict[str, Any]:
    """CONTRACT's object for one change, amounts as exact decimals.

    Beyond CONTRACT: ``old_text``, ``new_text``, ``subject``, and where there is something to tell ``also``,
    ``totals`` and ``word_diff`` (pairs of ``=``, ``-`` or ``+`` and words).
    """
    row: dict[str, Any] = {
        "kind": change.kind,
        "source": change.source,
        "measure_id": change.measure_id,
        "field": change.field,
        "old": change.old,
        "new": change.new,
        "delta_eur": change.delta_eur,
        "delta_percent": change.delta_percent,
        "delta_days": change.delta_days,
        "minor": change.minor,
        "text_en": sentence(change, "en"),
        "text_lv": sentence(change, "lv"),
        "old_text": change.old_text,
        "new_text": change.new_text,
        "subject": change.subject,
    }
    if change.also:
        row["also"] = [also._asdict() for also in change.also]
    if change.totals:
        row["totals"] = change.totals._asdict()
    if change.kind in WORDED:
        row["word_diff"] = [list(step) for step in change.word_diff]
    return row

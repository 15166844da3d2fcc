"""The record of one change, and its form in JSON."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, NamedTuple

from parsers.records import Measure
from pipeline.changes import wording

Value = str | int | Decimal | dict[str, str | None] | None
"""A value as in the tables: a contact is an object, a date an ISO string, everything else itself."""


class Also(NamedTuple):
    """A second cell that the same printed words changed: no change of its own."""

    field: str
    old: Value
    new: Value


class Totals(NamedTuple):
    """Sums of ``eu_funding_eur`` before and after, euro, over all changes between the two states.

    ``theme`` is the theme of the change; None and sums of None for a measure that stands in no theme.
    """

    page_old: Decimal
    page_new: Decimal
    theme: str | None = None
    theme_old: Decimal | None = None
    theme_new: Decimal | None = None


class Change(NamedTuple):
    """One change of a page. The first twelve fields are CONTRACT's.

    ``old_text``/``new_text``: the words as printed, where the values are not words themselves.
    ``subject``: what a change without measure is about: a headline's label, a theme.
    ``before``/``after``: the measures concerned in the older and the newer state; several for a measure
    split or merged and for a theme renamed. They are there for reports and filters, not for files.
    ``also``: other cells that the same words changed.
    """

    kind: str
    source: str | None
    measure_id: str | None
    field: str | None
    old: Value
    new: Value
    delta_eur: Decimal | None = None
    delta_percent: Decimal | None = None
    delta_days: int | None = None
    minor: bool = False
    text_en: str = ""
    text_lv: str = ""
    old_text: str | None = None
    new_text: str | None = None
    subject: str | None = None
    before: tuple[Measure, ...] = ()
    after: tuple[Measure, ...] = ()
    also: tuple[Also, ...] = ()
    totals: Totals | None = None

    @property
    def word_diff(self) -> list[tuple[str, str]]:
        """The word diff of changed words (:func:`pipeline.changes.wording.word_diff`), else empty."""
        if self.kind not in WORDED:
            return []
        return wording.word_diff(_words(self.old), _words(self.new))


WORDED = frozenset({"text_changed", "title_changed", "theme_changed"})
CONTACT_KINDS = frozenset({"contact_added", "contact_removed", "contact_changed"})

_CONTRACT_FIELDS = Change._fields[:12]


def _words(value: Value) -> str | None:
    return value if isinstance(value, str) else None


def without_contact(change: Change) -> Change:
    """The change without names, phones and addresses of people; its sentences never hold any."""
    return change._replace(old=None, new=None) if change.kind in CONTACT_KINDS else change


def json_change(change: Change) -> dict[str, Any]:
    """CONTRACT's object for one change, amounts as exact decimals (write it with ``use_decimal``).

    Beyond CONTRACT: ``old_text``, ``new_text``, ``subject``, and where there is something to tell ``also``,
    ``totals`` and ``word_diff`` (pairs of ``=``, ``-`` or ``+`` and words).
    """
    row: dict[str, Any] = dict(zip(_CONTRACT_FIELDS, change, strict=False))
    row |= {"old_text": change.old_text, "new_text": change.new_text, "subject": change.subject}
    if change.also:
        row["also"] = [also._asdict() for also in change.also]
    if change.totals:
        row["totals"] = change.totals._asdict()
    if change.kind in WORDED:
        row["word_diff"] = [list(step) for step in change.word_diff]
    return row

"""The record of one change."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Context, Decimal
from typing import NamedTuple

from parsers.records import Measure
from pipeline.changes import wording
from pipeline.vocabulary import CONTACT_KINDS

_EXACT = Context(prec=60)
_HUNDREDTH = Decimal("0.01")

Value = str | int | Decimal | dict[str, str | None] | None
"""A value as in the tables: a contact is an object, a date an ISO string, everything else itself."""

Stated = tuple[Decimal | None, Decimal | None, str | None]
"""An amount as printed: its lower or only figure, its upper one, its qualifier."""


AGAIN = "again"
"""Said of a measure that came, or went, and stands on the page besides, with other values."""
BACK = "back"
"""Said of a measure that came and had stood on the page before."""


NAMED = "named"
"""Said of a measure that came, or went, where the page without it names it all the same."""


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
    """One change of a page. What CONTRACT says of it besides (differences in euro and percent, sentences) is
    made from this when it is asked for: a large page may have a hundred thousand of them.

    ``old_text``/``new_text``: the words as printed, where the values are not words themselves.
    ``subject``: what a change without measure is about: a headline's label, a theme; of a step of the
    schedule its words, where the measure has several of the kind; of a link whose words now lead elsewhere
    its address; of text of a measure the label above it that is not known; of a measure that
    came or went: ``AGAIN``, ``BACK`` or ``NAMED``.
    ``before``/``after``: the measures concerned in the older and the newer state; several for a measure
    split or merged and for a theme renamed. They are there for reports and filters, not for files.
    ``also``: other cells that the same words changed. ``stated``: of an amount or a headline that is
    another figure now, all that was and is said of it.
    """

    kind: str
    source: str | None
    measure_id: str | None
    field: str | None
    old: Value
    new: Value
    delta_days: int | None = None
    minor: bool = False
    old_text: str | None = None
    new_text: str | None = None
    subject: str | None = None
    before: tuple[Measure, ...] = ()
    after: tuple[Measure, ...] = ()
    also: tuple[Also, ...] = ()
    totals: Totals | None = None
    stated: tuple[Stated, Stated] | None = None

    @property
    def delta_eur(self) -> Decimal | None:
        """Euro between two amounts; of a measure split or merged, of all its parts that state one."""
        old, new = self._amounts
        return None if old is None or new is None else _EXACT.subtract(new, old)

    @property
    def delta_percent(self) -> Decimal | None:
        """``delta_eur`` in percent of what was (two decimals, half to even); None where that was nothing."""
        old, delta = self._amounts[0], self.delta_eur
        if not old or delta is None:
            return None
        share = _EXACT.divide(_EXACT.multiply(delta, Decimal(100)), old)
        return share.quantize(_HUNDREDTH, ROUND_HALF_EVEN, context=_EXACT)

    @property
    def _amounts(self) -> tuple[Decimal | None, Decimal | None]:
        if self.kind in _OF_PARTS:
            return _sum(self.before), _sum(self.after)
        if self.field == "share_percent":
            return None, None
        old, new = self.old, self.new
        return old if isinstance(old, Decimal) else None, new if isinstance(new, Decimal) else None

    @property
    def word_diff(self) -> list[tuple[str, str]]:
        """The word diff of changed words (:func:`pipeline.changes.wording.word_diff`), else empty."""
        if self.kind not in WORDED:
            return []
        return wording.word_diff(_words(self.old), _words(self.new))


WORDED = frozenset({"text_changed", "title_changed", "theme_changed"})
_OF_PARTS = frozenset({"measure_split", "measure_merged"})


def _sum(measures: tuple[Measure, ...]) -> Decimal | None:
    """Their EU funding together; None where one of them states none, or there is none of them."""
    amounts = [measure.eu_funding_eur for measure in measures if measure.eu_funding_eur is not None]
    return sum(amounts, Decimal(0)) if amounts and len(amounts) == len(measures) else None


def _words(value: Value) -> str | None:
    return value if isinstance(value, str) else None


def bare(measure: Measure) -> Measure:
    """What sentences, filters and links ask of a measure, without its texts and lists."""
    return measure._replace(
        objective=None, selection_text=None, other_info=None,
        funding=(), applicants=(), milestones=(), contacts=(), links=(),
    )  # fmt: skip


def lean(change: Change) -> Change:
    """The change with its measures bare, so that keeping it does not keep two pages."""
    before, after = (tuple(map(bare, side)) for side in (change.before, change.after))
    return change._replace(before=before, after=after)


def without_contact(change: Change) -> Change:
    """The change without names, phones and addresses of people; its sentences never hold any."""
    return change._replace(old=None, new=None) if change.kind in CONTACT_KINDS else change

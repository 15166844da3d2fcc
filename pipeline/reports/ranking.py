"""The biggest news first: slips, money, what came and went; small things last."""

from __future__ import annotations

from decimal import Decimal
from heapq import nsmallest
from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipeline.changes.record import Change
    from pipeline.reports.record import Item

# Sections of a report in their order, and what stands in each in its order.
SECTIONS = {
    "slips": ("milestone_moved",),
    "money": ("funding_changed", "headline_changed"),
    "measures": (
        "measure_added", "measure_removed", "measure_renumbered", "measure_split", "measure_merged",
    ),
    "schedule": ("milestone_made_precise", "milestone_made_vague", "milestone_added", "milestone_removed"),
    "terms": ("selection_type_changed", "applicant_added", "applicant_removed"),
    "other": (),
    "minor": (),
}  # fmt: skip
# So many are read in one go.
_FEW = 5
_SECTION = {kind: name for name, kinds in SECTIONS.items() for kind in kinds}
_SECTION_OF_FIELD = {"milestones": "schedule", "applicants": "terms"}
_RANK = {kind: rank for kinds in SECTIONS.values() for rank, kind in enumerate(kinds)}
_PLACE = {name: place for place, name in enumerate(SECTIONS)}


def biggest(changes: Iterable[Change], most: int) -> list[Change]:
    """The first of the changes in the order in which somebody wants to hear of them; of equals, in the order
    given."""
    return nsmallest(most, changes, key=weight)


def in_order(items: Iterable[Item]) -> list[Item]:
    """The same for the items of a report."""
    return sorted(items, key=lambda item: weight(item.change))


def sections(items: list[Item]) -> list[tuple[str, list[Item]]]:
    """Keys of SECTIONS with what stands in each, the biggest first; a few changes are one section, ``""``."""
    ordered = in_order(items)
    if len(items) <= _FEW:
        return [("", ordered)]
    return [(name, list(some)) for name, some in groupby(ordered, key=lambda item: section_of(item.change))]


def section_of(change: Change) -> str:
    """The key of SECTIONS that a change stands under."""
    if change.minor:
        return "minor"
    if change.kind == "field_changed":
        return _SECTION_OF_FIELD.get(str(change.field), "other")
    return _SECTION.get(change.kind, "other")


def weight(change: Change) -> tuple[int, int, int, Decimal]:
    """What to sort by: the biggest news has the least."""
    rank = _RANK.get(change.kind, 0)
    return _PLACE[section_of(change)], rank, -abs(change.delta_days or 0), -_money(change)


def _money(change: Change) -> Decimal:
    """Euro at stake: of a measure that came or went all of its EU funding."""
    if change.kind in {"measure_added", "measure_removed"}:
        measure = (change.after or change.before)[0]
        return abs(measure.eu_funding_eur or Decimal(0))
    return abs(change.delta_eur or Decimal(0))

"""The biggest news first: slips, money, what came and went; small things last."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.changes.record import Change

_RANKS = (
    ("milestone_moved",),
    ("funding_changed",),
    ("measure_added", "measure_removed", "measure_renumbered", "measure_split", "measure_merged"),
    ("milestone_made_precise", "milestone_made_vague", "milestone_added", "milestone_removed"),
    ("selection_type_changed", "headline_changed", "applicant_added", "applicant_removed"),
)
_RANK = {kind: rank for rank, kinds in enumerate(_RANKS) for kind in kinds}


def biggest_first(changes: Iterable[Change]) -> list[Change]:
    """The changes in the order in which somebody wants to hear of them; of equals, in the order given."""
    return sorted(changes, key=_weight)


def _weight(change: Change) -> tuple[bool, int, int, Decimal]:
    rank = _RANK.get(change.kind, len(_RANKS))
    return change.minor, rank, -abs(change.delta_days or 0), -abs(change.delta_eur or Decimal(0))

"""What changed inside of a measure that was split, or of measures that were merged.

The whole is held against all of its parts together: what one of them keeps as it stood is not gone from the
others, and what none of them keeps is told once. A step that another part keeps, or keeps nearer to where it
stood, has not slipped where it stands later: that part has a step of its own. Title and texts of a part are
its own as well, and no news.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator
from typing import NamedTuple, TypeVar

from parsers.records import Applicant, Measure, Milestone
from pipeline.changes.events import Pair, measure_changes
from pipeline.changes.record import Change
from pipeline.changes.values import contact_value, description, link_value
from pipeline.changes.wording import key

T = TypeVar("T")

_TOLD = frozenset(
    {
        "milestone_moved", "milestone_made_precise", "milestone_made_vague", "milestone_added",
        "milestone_removed", "applicant_added", "applicant_removed", "contact_added", "contact_removed",
        "contact_changed", "selection_type_changed", "link_added", "link_removed",
    }
)  # fmt: skip
_SLIPS = frozenset({"milestone_moved", "milestone_made_precise", "milestone_made_vague"})


class Parted(NamedTuple):
    """A measure and its parts, whichever of them are the newer ones."""

    source: str | None
    whole: Measure
    parts: tuple[Measure, ...]
    is_split: bool


def changes_inside(parted: Parted) -> Iterator[Change]:
    """The changes of steps, applicants, contacts, links and of the type of selection, each once."""
    found = [_seen_from(parted, part) for part in parted.parts]
    ends = _ends(parted)
    common = set.intersection(*({_same(one) for one in some if ends(one)} for some in found))
    nearest = _nearest(parted, found)
    told: set[Hashable] = set()
    for part, some in zip(parted.parts, found, strict=True):
        for change in some:
            one = _fit(parted, part, change, common, nearest)
            if one and (one.measure_id, *_same(one)) not in told:
                told.add((one.measure_id, *_same(one)))
                yield one


def _seen_from(parted: Parted, part: Measure) -> list[Change]:
    """The changes between the whole, freed of what only other parts have, and one part."""
    whole = _without_what_others_keep(parted.whole, part, parted.parts)
    sides = (whole, part) if parted.is_split else (part, whole)
    changes = (one for one in measure_changes(Pair(parted.source, *sides)) if _is_told(one))
    return [
        one._replace(before=(parted.whole,)) if parted.is_split else one._replace(after=(parted.whole,))
        for one in changes
    ]


def _is_told(change: Change) -> bool:
    return change.kind in _TOLD or (change.kind == "field_changed" and change.field == "applicants")


def _without_what_others_keep(whole: Measure, part: Measure, parts: Iterable[Measure]) -> Measure:
    others = [one for one in parts if one is not part]
    kept_by_others = {one.selection_type for one in others}
    selection = whole.selection_type
    if part.selection_type is None and selection in kept_by_others:
        selection = None

    def own(
        items: Iterable[T], of: Callable[[Measure], Iterable[T]], by: Callable[[T], Hashable]
    ) -> tuple[T, ...]:
        """The items of the whole that the part has as well, and those that nobody has."""
        here, there = ({by(item) for one in some for item in of(one)} for some in ([part], others))
        return tuple(item for item in items if by(item) in here or by(item) not in there)

    return whole._replace(
        selection_type=selection,
        milestones=own(whole.milestones, lambda one: one.milestones, _step),
        applicants=own(whole.applicants, lambda one: one.applicants, _name),
        contacts=own(whole.contacts, lambda one: one.contacts, contact_value),
        links=own(whole.links, lambda one: one.links, link_value),
    )


def _step(step: Milestone) -> Hashable:
    said = description(step) if step.kind == "other" else ""
    return step.kind, step.start_date, step.end_date, said


def _name(applicant: Applicant) -> Hashable:
    return key(applicant.name)


def _ends(parted: Parted) -> Callable[[Change], bool]:
    """What tells a change in which something of the whole has no counterpart in a part."""
    return (lambda one: one.new is None) if parted.is_split else (lambda one: one.old is None)


def _same(change: Change) -> tuple[Hashable, ...]:
    return change.kind, change.field, str(change.old), str(change.new), change.subject


def _of_whole(parted: Parted, change: Change) -> Hashable:
    """The step of the whole that a slip is about."""
    value, text = (change.old, change.old_text) if parted.is_split else (change.new, change.new_text)
    return change.field, str(value), text


def _days(change: Change) -> int:
    """How far a step is from where it stood; a time told more or less closely is no distance."""
    return abs(change.delta_days or 0) if change.kind == "milestone_moved" else 0


def _nearest(parted: Parted, found: Iterable[Iterable[Change]]) -> dict[Hashable, int]:
    """Of each step of the whole that no part keeps: the days to the nearest one in a part."""
    days: dict[Hashable, list[int]] = defaultdict(list)
    for some in found:
        for change in some:
            if change.kind in _SLIPS:
                days[_of_whole(parted, change)].append(_days(change))
    return {step: min(some) for step, some in days.items()}


def _fit(
    parted: Parted,
    part: Measure,
    change: Change,
    common: set[tuple[Hashable, ...]],
    nearest: dict[Hashable, int],
) -> Change | None:
    """The change as it is to be told; None where it is none of the whole."""
    if _ends(parted)(change):
        if _same(change) not in common:
            return None
        change = change._replace(measure_id=parted.whole.measure_id)
        return change._replace(after=()) if parted.is_split else change._replace(before=())
    if change.kind in _SLIPS and _days(change) > nearest[_of_whole(parted, change)]:
        change = _own_step(parted, change)
    if parted.is_split:
        return change
    if change.new is None:  # it went with its part
        return change._replace(measure_id=part.measure_id, after=())
    is_kept = any(one.selection_type == parted.whole.selection_type for one in parted.parts)
    if change.kind == "selection_type_changed" and is_kept:
        return change._replace(measure_id=part.measure_id)  # the whole has that of another part
    return change


def _own_step(parted: Parted, change: Change) -> Change:
    """A step of a part alone: one that came with it, or went."""
    if parted.is_split:
        return change._replace(kind="milestone_added", old=None, old_text=None, delta_days=None)
    return change._replace(kind="milestone_removed", new=None, new_text=None, delta_days=None)

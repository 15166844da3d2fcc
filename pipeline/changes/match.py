"""Which measure of the older state is which of the newer: by its id, else by what it says.

Every rule is the same seen from either side, so that a diff backwards mirrors the diff forwards.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import NamedTuple, TypeVar

from parsers.records import Measure
from pipeline.changes import wording
from pipeline.changes.values import measure_values

T = TypeVar("T")
Pairs = list[tuple[T, T]]
Found = tuple[Pairs[T], list[T], list[T]]
"""Pairs, and what found no partner in the older and in the newer state."""

# Where every item would be compared with every other; beyond it the order of the page decides.
_MOST_COMPARISONS = 2_500
# Measures with one and the same amount among which a title with a typing error is looked for.
_MOST_ALIKE = 20
# Spaces between words of a title or an objective that tells one measure from another.
_FEWEST_GAPS = 2
# Letters that the forms of a word have in common; of so many words one in common is chance.
_STEM = 5
_FEWEST_ALIKE = 5
# Digits of a part of a measure_id that is sorted as a number.
_LONGEST_NUMBER = 12


class Matched(NamedTuple):
    """How two states belong together. ``kept`` have one id in both; the sides of the others differ."""

    kept: Pairs[Measure]
    renumbered: Pairs[Measure]
    split: list[tuple[Measure, tuple[Measure, ...]]]
    merged: list[tuple[tuple[Measure, ...], Measure]]
    added: list[Measure]
    removed: list[Measure]


def pair_by(old: Iterable[T], new: Iterable[T], by: Callable[[T], Hashable | None]) -> Found[T]:
    """Pairs with one ``by``, in the order given. ``None`` pairs with nothing."""
    waiting: dict[Hashable, list[T]] = defaultdict(list)
    old = list(old)
    for item in reversed(old):
        waiting[by(item)].append(item)
    waiting.pop(None, None)
    pairs: Pairs[T] = []
    left_new: list[T] = []
    for item in new:
        same = waiting.get(by(item))
        if same:
            pairs.append((same.pop(), item))
        else:
            left_new.append(item)
    taken = {id(before) for before, _ in pairs}
    return pairs, [item for item in old if id(item) not in taken], left_new


def pair_best(old: Sequence[T], new: Sequence[T], distance: Callable[[T, T], float | None]) -> Found[T]:
    """Pairs with the least ``distance`` first (``None``: no pair), and what is left on each side."""
    if len(old) * len(new) > _MOST_COMPARISONS:
        return [], list(old), list(new)
    measured = (
        (distance(before, after), i + j, max(i, j), i, j)
        for i, before in enumerate(old)
        for j, after in enumerate(new)
    )
    pairs: Pairs[T] = []
    left_old, left_new = dict(enumerate(old)), dict(enumerate(new))
    for *_, i, j in sorted(row for row in measured if row[0] is not None):
        if i in left_old and j in left_new:
            pairs.append((left_old.pop(i), left_new.pop(j)))
    return pairs, list(left_old.values()), list(left_new.values())


def staged(old: list[T], new: list[T], *rules: Callable[[list[T], list[T]], Found[T]]) -> Found[T]:
    """The pairs of all rules, each asked for what those before it left."""
    pairs: Pairs[T] = []
    for rule in rules:
        if not old or not new:
            break
        found, old, new = rule(old, new)
        pairs += found
    return pairs, old, new


def match(old: Sequence[Measure], new: Sequence[Measure]) -> Matched:
    """Match the measures of two states. Linear in their number."""
    kept, removed, added = pair_by_id(old, new)
    kept, gone, come = _parted(kept, removed, added)
    removed, added = removed + gone, added + come
    replaced = [pair for pair in kept if _is_replaced(*pair)]
    if replaced:
        taken = {id(old) for old, _ in replaced}
        kept = [pair for pair in kept if id(pair[0]) not in taken]
    split, removed, added = _splits(removed, added)
    merged, added, removed = _splits(added, removed)
    renumbered, removed, added = _renumbered(removed, added)
    removed, added = removed + [old for old, _ in replaced], added + [new for _, new in replaced]
    return Matched(kept, renumbered, split, [(parts, whole) for whole, parts in merged], added, removed)


def pair_by_id(old: Iterable[Measure], new: Iterable[Measure]) -> Found[Measure]:
    """Pairs with one measure_id. An id printed several times on a page is paired by content."""
    old, new = list(old), list(new)
    waiting = {measure.measure_id: measure for measure in old}
    if len(waiting) < len(old):
        return _pair_repeated(old, new)
    kept: Pairs[Measure] = []
    come: list[Measure] = []
    for measure in new:
        before = waiting.pop(measure.measure_id, None)
        if before is None:
            come.append(measure)
        else:
            kept.append((before, measure))
    if come and not _are_new(come, old):
        return _pair_repeated(old, new)
    return kept, list(waiting.values()), come


def _parted(
    kept: Pairs[Measure], removed: list[Measure], added: list[Measure]
) -> tuple[Pairs[Measure], list[Measure], list[Measure]]:
    """What stays of ``kept``, and the sides of the pairs in which an id went to another measure.

    Such a pair has two titles that are no spellings of one, and one of the two measures goes on, with its
    title and its amount or its objective, under another id: measures numbered anew, with one put in before
    them or one taken out.
    """
    retitled = [pair for pair in kept if not _has_one_title(*pair)]
    if not retitled:
        return kept, [], []
    before = [*removed, *(old for old, _ in retitled)]
    after = [*added, *(new for _, new in retitled)]
    moved = {id(measure) for pair in _grouped_one_to_one(before, after) for measure in pair}
    parted = {id(old) for old, new in retitled if id(old) in moved or id(new) in moved}
    return (
        [pair for pair in kept if id(pair[0]) not in parted],
        [old for old, _ in retitled if id(old) in parted],
        [new for old, new in retitled if id(old) in parted],
    )


def _is_replaced(old: Measure, new: Measure) -> bool:
    """True where another measure took the id: title, objective, amount and applicants all are others."""
    if _has_one_title(old, new) or old.eu_funding_eur == new.eu_funding_eur:
        return False
    if {wording.key(a.name) for a in old.applicants} & {wording.key(a.name) for a in new.applicants}:
        return False
    both = (old.title, new.title), (old.objective, new.objective)
    return bool(old.applicants and new.applicants) and all(_share_no_word(*texts) for texts in both)


def _share_no_word(old: str | None, new: str | None) -> bool:
    """Whether two texts have hardly a word in common, in any form."""
    a, b = (
        {word[:_STEM] for word in (wording.key(text) or "").casefold().split() if len(word) >= _STEM}
        for text in (old, new)
    )
    return bool(a and b) and len(a & b) * _FEWEST_ALIKE < min(len(a), len(b))


def _has_one_title(old: Measure, new: Measure) -> bool:
    return (
        old.title == new.title
        or wording.same(old.title, new.title)
        or (wording.is_correction(old.title, new.title))
    )


def _grouped_one_to_one(removed: list[Measure], added: list[Measure]) -> Iterable[tuple[Measure, Measure]]:
    """Measures of two states that are alone in having one title, with one amount or one objective."""
    for by in (_title_and_stated_amounts, _title_and_text):
        for gone, come in _grouped(removed, added, by):
            if len(gone) == len(come) == 1:
                yield gone[0], come[0]


def _are_new(come: list[Measure], old: list[Measure]) -> bool:
    """True where none of the ids is in the older state or stands twice."""
    names = {measure.measure_id for measure in come}
    return len(names) == len(come) and names.isdisjoint(measure.measure_id for measure in old)


def _pair_repeated(old: list[Measure], new: list[Measure]) -> Found[Measure]:
    groups_old, groups_new = _by_id(old), _by_id(new)
    kept: Pairs[Measure] = []
    removed: list[Measure] = []
    added = [m for name, group in groups_new.items() if name not in groups_old for m in _unlike(group)]
    for name, before in groups_old.items():
        after = groups_new.get(name, [])
        if len(before) == len(after) == 1:
            kept.append((before[0], after[0]))
            continue
        pairs, gone, come = _pair_group(_unlike(before), _unlike(after))
        kept += pairs
        removed += gone
        added += come
    return kept, removed, added


def _by_id(measures: Iterable[Measure]) -> dict[str, list[Measure]]:
    groups: dict[str, list[Measure]] = defaultdict(list)
    for measure in measures:
        groups[measure.measure_id].append(measure)
    return groups


def _unlike(group: list[Measure]) -> list[Measure]:
    """The measures of a group, those printed twice with the same values once, in an order of their own.

    A row of a summary, which says of a measure nothing but what is said of it elsewhere, is none.
    """
    if len(group) == 1:
        return group
    by_values = {measure_values(measure): measure for measure in reversed(group)}
    unlike = sorted(by_values.values(), key=_order)
    if len(unlike) > _MOST_ALIKE:
        return unlike
    whole = [one for one in unlike if not any(_sums_up(one, other) for other in unlike)]
    return whole or unlike


def _sums_up(row: Measure, measure: Measure) -> bool:
    """Whether the one says less than the other, and nothing else: an amount at most, a kind of selection."""
    if row is measure or row.milestones or row.applicants or row.contacts or row.links:
        return False
    told = (row.objective, row.selection_text, row.other_info)
    if any(told) or not measure.objective:
        return False
    stated = row.eu_funding_eur is None or _amount(row) == _amount(measure)
    return stated and row.selection_type in (None, measure.selection_type)


def _amount(measure: Measure) -> tuple[object, ...]:
    return measure.eu_funding_eur, measure.eu_funding_max_eur, measure.funding_qualifier


def _order(measure: Measure) -> tuple[str, ...]:
    """An order that does not depend on the place on the page."""
    return (measure.measure_id, *map(str, measure[4:10]), *map(str, measure[10:16]))


def _pair_group(old: list[Measure], new: list[Measure]) -> Found[Measure]:
    alike, old, new = pair_by(old, new, measure_values)
    near, old, new = pair_best(old, new, _unlikeness)
    by_order = list(zip(old, new, strict=False))
    return alike + near + by_order, old[len(by_order) :], new[len(by_order) :]


def _unlikeness(old: Measure, new: Measure) -> float:
    """Values that differ."""
    return sum(a != b for a, b in zip(measure_values(old), measure_values(new), strict=True))


def _splits(
    gone: list[Measure], come: list[Measure]
) -> tuple[list[tuple[Measure, tuple[Measure, ...]]], list[Measure], list[Measure]]:
    """Measures in whose place stand two or more rounds of theirs, or measures numbered below them.

    Where one of these has the whole amount, the measure was renumbered to it and the others are new.
    """
    parts: dict[str, list[Measure]] = defaultdict(list)
    for measure in come:
        parent = measure.code.rpartition(".")[0] if measure.round is None else measure.code
        parts[parent].append(measure)
    split: list[tuple[Measure, tuple[Measure, ...]]] = []
    used: set[int] = set()
    for whole in gone:
        pieces = parts.get(whole.measure_id, [])
        if len(pieces) < 2 or any(
            piece.eu_funding_eur == whole.eu_funding_eur is not None for piece in pieces
        ):
            continue
        split.append((whole, tuple(sorted(parts.pop(whole.measure_id), key=natural_order))))
        used |= {id(whole), *(id(piece) for piece in pieces)}
    return split, [m for m in gone if id(m) not in used], [m for m in come if id(m) not in used]


def natural_order(measure: Measure) -> str:
    """``1.2.3.10`` after ``1.2.3.9``, rounds after their measure."""
    return natural_key(measure.measure_id)


def natural_key(measure_id: str) -> str:
    """A key that sorts ids by their numbers."""
    return ".".join(part.rjust(_LONGEST_NUMBER) for part in measure_id.replace("/", ".").split("."))


def _renumbered(removed: list[Measure], added: list[Measure]) -> Found[Measure]:
    """Measures that go on under another id: same title and amounts, or failing that same title and objective,
    same amounts and a title with a typing error put right, same objective and amounts, or alone in having a
    title of several words."""
    return staged(
        removed,
        added,
        _title_and_amounts,
        _alone(_title_and_text),
        _amounts_and_title_nearly,
        _alone(_text_and_amounts),
        _alone(_long_title),
    )


def _amounts(measure: Measure) -> tuple[Hashable, Hashable]:
    return measure.eu_funding_eur, measure.eu_funding_max_eur


def _grouped(
    removed: list[Measure], added: list[Measure], by: Callable[[Measure], Hashable | None]
) -> Iterable[tuple[list[Measure], list[Measure]]]:
    """Groups with one ``by`` that have members on both sides."""
    sides: dict[Hashable, tuple[list[Measure], list[Measure]]] = defaultdict(lambda: ([], []))
    for side, measures in enumerate((removed, added)):
        for measure in measures:
            sides[by(measure)][side].append(measure)
    sides.pop(None, None)
    return [group for group in sides.values() if group[0] and group[1]]


def _title_and_amounts(removed: list[Measure], added: list[Measure]) -> Found[Measure]:
    def by(measure: Measure) -> Hashable | None:
        name = wording.key(measure.title) or wording.key(measure.objective)
        return (name, *_amounts(measure)) if name else None

    pairs: Pairs[Measure] = []
    for gone, come in _grouped(removed, added, by):
        pairs += _pair_group(sorted(gone, key=natural_order), sorted(come, key=natural_order))[0]
    return pairs, *_left(pairs, removed, added)


def _alone(by: Callable[[Measure], Hashable | None]) -> Callable[..., Found[Measure]]:
    """Pairs that have one ``by`` and are alone in having it."""

    def rule(removed: list[Measure], added: list[Measure]) -> Found[Measure]:
        groups = _grouped(removed, added, by)
        pairs = [(gone[0], come[0]) for gone, come in groups if len(gone) == len(come) == 1]
        return pairs, *_left(pairs, removed, added)

    return rule


def _title_and_stated_amounts(measure: Measure) -> Hashable | None:
    title = wording.key(measure.title)
    return (title, *_amounts(measure)) if title and measure.eu_funding_eur is not None else None


def _title_and_text(measure: Measure) -> Hashable | None:
    title, objective = wording.key(measure.title), wording.key(measure.objective)
    return (title, objective) if title and objective else None


def _text_and_amounts(measure: Measure) -> Hashable | None:
    objective = wording.key(measure.objective) or ""
    is_telling = objective.count(" ") >= _FEWEST_GAPS and measure.eu_funding_eur is not None
    return (objective, *_amounts(measure)) if is_telling else None


def _long_title(measure: Measure) -> Hashable | None:
    """With the round, as a second and a third round of one title are two; the first may not be counted."""
    title = wording.key(measure.title) or ""
    return (title.casefold(), measure.round or 1) if title.count(" ") >= _FEWEST_GAPS else None


def _amounts_and_title_nearly(removed: list[Measure], added: list[Measure]) -> Found[Measure]:
    def by(measure: Measure) -> Hashable | None:
        return _amounts(measure) if measure.eu_funding_eur is not None else None

    def distance(old: Measure, new: Measure) -> float | None:
        return 0 if wording.is_correction(old.title, new.title) else None

    pairs: Pairs[Measure] = []
    for gone, come in _grouped(removed, added, by):
        if max(len(gone), len(come)) <= _MOST_ALIKE:
            found = pair_best(sorted(gone, key=natural_order), sorted(come, key=natural_order), distance)
            pairs += found[0]
    return pairs, *_left(pairs, removed, added)


def _left(
    pairs: Pairs[Measure], removed: list[Measure], added: list[Measure]
) -> tuple[list[Measure], list[Measure]]:
    taken = {id(measure) for pair in pairs for measure in pair}
    return [m for m in removed if id(m) not in taken], [m for m in added if id(m) not in taken]

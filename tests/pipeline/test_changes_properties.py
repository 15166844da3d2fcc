"""What must hold for any two states: silence, completeness, symmetry, and each edit told once."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from parsers.records import Page
from pipeline.changes.compare import diff
from pipeline.changes.record import Change
from tests.factories_changes import EDITS, Editor, Expected, a_page, noisy, seeded, seen
from tests.replay_changes import apply, page_values

seeds = st.integers(0, 2**32)
counts = st.integers(0, 25)

MIRRORED = {
    "measure_added": "measure_removed",
    "measure_split": "measure_merged",
    "milestone_made_precise": "milestone_made_vague",
    "milestone_added": "milestone_removed",
    "applicant_added": "applicant_removed",
    "contact_added": "contact_removed",
    "link_added": "link_removed",
}
MIRRORED |= {back: forth for forth, back in MIRRORED.items()}


def edited(seed: int, count: int, *, noise: bool = False) -> tuple[Page, Page, Counter[Expected], int]:
    rng = seeded(seed)
    page = a_page(rng, rng.randint(1, 14))
    editor = Editor(rng, page)
    editor.edit(count)
    after = editor.page()
    return page, noisy(rng, after) if noise else after, editor.expected, editor.edits


def mirrored(change: Change) -> Expected:
    measure_id = change.measure_id
    is_of_part = change.kind == "selection_type_changed" and "/" in str(measure_id)
    if measure_id is not None and len(change.before) == 1 == len(change.after) and not is_of_part:
        measure_id = change.before[0].measure_id
    forth = seen([change])
    row = next(iter(forth))
    return Expected(
        MIRRORED.get(change.kind, change.kind),
        measure_id,
        row.field,
        row.new,
        row.old,
        None if row.delta_eur is None else -row.delta_eur,
        None if row.delta_days is None else -row.delta_days,
        row.minor,
    )


@given(seeds)
@settings(deadline=None, max_examples=30)
def test_a_state_and_itself(seed: int) -> None:
    page = a_page(seeded(seed))
    assert diff(page, page) == []
    assert diff(page, a_page(seeded(seed))) == []
    assert diff(None, page) == []


@given(seeds)
@settings(deadline=None, max_examples=60)
def test_layout_is_no_change(seed: int) -> None:
    rng = seeded(seed)
    page = a_page(rng)
    assert diff(page, noisy(rng, page)) == []
    assert diff(noisy(rng, page), noisy(rng, page)) == []


@given(seeds, counts)
@settings(deadline=None, max_examples=120)
def test_applying_the_changes_gives_the_newer_state(seed: int, count: int) -> None:
    old, new, _, _ = edited(seed, count)
    assert apply(page_values(old), diff(old, new)) == page_values(new)


@given(seeds, counts)
@settings(deadline=None, max_examples=120)
def test_backwards_mirrors_forwards(seed: int, count: int) -> None:
    old, new, _, _ = edited(seed, count)
    assert seen(diff(new, old)) == Counter(map(mirrored, diff(old, new)))


@given(seeds, seeds)
@settings(deadline=None, max_examples=60)
def test_unrelated_states_mirror_and_apply_too(one: int, other: int) -> None:
    old, new = a_page(seeded(one)), a_page(seeded(other))
    # The parts of a measure share what they have in common; seen backwards that is told in other numbers.
    assume(not {"measure_split", "measure_merged"} & {change.kind for change in diff(old, new)})
    assert apply(page_values(old), diff(old, new)) == page_values(new)
    assert seen(diff(new, old)) == Counter(map(mirrored, diff(old, new)))


def trial(rounds: int, first_seed: int) -> tuple[int, Counter[str], Counter[str], Counter[str]]:
    """Edits made, and per kind the changes that were told rightly, wrongly and not at all."""
    edits, right, wrong, missed = 0, Counter[str](), Counter[str](), Counter[str]()
    for seed in range(first_seed, first_seed + rounds):
        old, new, expected, made = edited(seed, 1 + seed % 25, noise=True)
        told = seen(diff(old, new))
        edits += made
        right.update(row.kind for row in (told & expected).elements())
        wrong.update(row.kind for row in (told - expected).elements())
        missed.update(row.kind for row in (expected - told).elements())
    return edits, right, wrong, missed


def test_each_edit_is_told_once() -> None:
    edits, right, wrong, missed = trial(250, 0)
    assert edits >= 2000
    assert not wrong
    assert not missed
    assert len(right) >= 24


@pytest.mark.soak
def test_each_edit_is_told_once_for_long() -> None:
    edits, _, wrong, missed = trial(12_000, 10_000)
    assert edits >= 100_000
    assert not wrong
    assert not missed


def test_the_generator_makes_every_edit() -> None:
    rng = seeded(1)
    for make in EDITS:
        assert any(make(Editor(rng, a_page(rng, 14))) for _ in range(50)), make

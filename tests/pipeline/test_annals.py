"""What histories tell comes by moment, measure and capture as if all of it stood in one list."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import groupby
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.annals import Annals
from pipeline.chronicle import UNKNOWN, Chronicle, Version
from pipeline.reports.record import Side
from pipeline.reports.told import Mention, Moved, Text, Told

if TYPE_CHECKING:
    from pathlib import Path

DAY = datetime(2025, 3, 31, 22, tzinfo=UTC)
MEASURES = ["4.2.1.1", "4.2.1.2", "4.2.10.1", "5.1"]
MOVED = Moved("selection_start", "2025-Q1", "2025-Q2")
# Of each source: minutes after DAY at which something was seen, None where nobody knows, and of what.
STEPS = st.tuples(
    st.none() | st.integers(0, 600),
    st.lists(st.tuples(st.sampled_from(MEASURES), st.booleans()), min_size=1, max_size=3),
)
SOURCES = st.lists(st.lists(STEPS, max_size=8), min_size=1, max_size=3)


def chronicle(name: str, steps, path: Path | None = None) -> Chronicle:
    """A history that tells this, oldest first; each step begins a version of what it is about."""
    made = Chronicle(path)
    steps = sorted(steps, key=lambda step: (step[0] is not None, step[0] or 0))
    last = Side("https://ministry.example", f"0000-000000-{name}")
    for number, (minutes, about) in enumerate(steps, 1):
        when = None if minutes is None else DAY + timedelta(minutes=minutes)
        stamp = f"0000-{number:06d}" if when is None else f"{when:%Y%m%dT%H%M%S}Z-{number}"
        side = Side("https://ministry.example", f"{stamp}-{name}", when)
        mentions = tuple(
            Mention(measure, (measure,), MOVED if moves else None, made.shelf.put((name, number, place)))
            for place, (measure, moves) in enumerate(about)
        )
        texts = tuple(Text(one.capture or "", made.shelf.put(one.capture)) for one in (last, side))
        made.told.append(Told(name, "", last, side, f"{name} {number}", mentions, texts))
        for measure, _ in about:
            made.newest[measure] = made.shelf.put(None)
            row = made.shelf.put((name, number))
            made.ended.append(Version(name, measure, when or UNKNOWN, when, Decimal(number), row, made.begun))
            made.begun += 1
        last = side
    made.shelf.close()
    return made


def moments(told: list[Told]) -> list[tuple[str, list[Told]]]:
    """What is seen within an hour of the first is one; what is of unknown time goes by its number."""
    undated = sorted((one for one in told if one.seen is None), key=lambda one: one.new.capture.split("-")[1])
    found = [
        (f"undated-{name}", list(some))
        for name, some in groupby(undated, key=lambda one: one.new.capture.split("-")[1])
    ]
    group: list[Told] = []
    for one in sorted((one for one in told if one.seen), key=lambda one: one.seen):
        if group and one.seen - group[0].seen > timedelta(hours=1):
            found.append((f"{group[0].seen:%Y-%m-%dT%H%M}", sorted(group, key=told.index)))
            group = []
        group.append(one)
    if group:
        found.append((f"{group[0].seen:%Y-%m-%dT%H%M}", sorted(group, key=told.index)))
    return found


@given(SOURCES)
def test_all_of_it_comes_in_every_order(histories):
    some = {f"page-{number}": chronicle(f"page-{number}", steps) for number, steps in enumerate(histories)}
    told = [one for each in some.values() for one in each.told]
    by_time = sorted(told, key=lambda one: one.seen or UNKNOWN, reverse=True)
    with Annals(some) as annals:
        expected = moments(told)
        assert [(one.name, one.told) for one in annals.moments()] == expected
        assert [(one.name, one.told) for one in annals.newest_moments()] == expected[::-1]
        assert [(one.name, one.digests, one.changes) for one in annals.outlines()] == [
            (name, [one.digest for one in some], sum(len(one.mentions) for one in some))
            for name, some in expected[::-1]
        ]
        for one in annals.moments():
            seen = one.told[0].seen
            assert one.month == (seen and f"{seen:%Y-%m}")
        assert list(annals.newest_told()) == by_time
        versions = [one for each in some.values() for one in each.sorted_versions()]
        for measure in [*MEASURES, "9.9"]:
            mentions = [(one, mention) for one in by_time for mention in one.mentions]
            about = [(one, mention) for one, mention in mentions if measure in mention.about]
            assert [(noted.digest, noted.mention) for noted in annals.changes(measure)] == [
                (one.digest, mention) for one, mention in about
            ]
            assert list(annals.moves(measure)) == [
                (one.source, mention.moved) for one, mention in about if mention.moved
            ]
            assert list(annals.versions(measure)) == [one for one in versions if one.measure_id == measure]
        assert [version for _, version in annals.all_versions()] == versions
        known = {measure for each in some.values() for measure in each.newest}
        assert annals.measures == [measure for measure in MEASURES if measure in known]
        captures = {side.capture for one in told for side in (one.old, one.new)}
        assert set(annals.captures()) == captures
        assert len(annals.captures()) == len(captures)
        assert all(capture in annals.captures() for capture in captures)
        assert "another" not in annals.captures()


def test_what_is_kept_is_read_from_the_shelf_of_its_source(tmp_path):
    some = {
        name: chronicle(name, [(number, [("5.1", False)]) for number in range(3)], tmp_path / name)
        for name in ("one", "two")
    }
    with Annals.of(some, tmp_path / "annals") as annals:
        assert [noted.mention.kept.load() for noted in annals.changes("5.1")] == [
            (name, number, 0) for number in (3, 2, 1) for name in ("one", "two")
        ]
        for noted in annals.changes("5.1"):
            assert noted.mention.kept.shelf is some[noted.pair.source].shelf
        assert annals.teller("20250331T220200Z-3-two") == 1
        assert annals.teller("20250331T220200Z-3-one") == 0
        assert annals.teller("another") is None
    assert (tmp_path / "annals").exists()


def test_a_disk_that_takes_nothing_leaves_it_in_memory(tmp_path):
    some = {"one": chronicle("one", [(1, [("5.1", False)])])}
    with pytest.raises(OSError, match="unable to open"):
        Annals(some, tmp_path / "no folder" / "annals")
    with Annals.of(some, tmp_path / "no folder" / "annals") as annals:
        assert len(annals.changes("5.1")) == 1

"""A journal is a list that lies on the disk; a history in memory does not grow with what it tells."""

from __future__ import annotations

import pickle
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.page import parse_page
from pipeline.captures import Capture
from pipeline.config import load
from pipeline.errors import Failed
from pipeline.journal import Journal
from pipeline.shelf import Kept, Shelf
from pipeline.state import Step
from pipeline.telling import go_on, tell
from tests.pipeline.site import measure, page, sources

DAY = datetime(2025, 3, 1, 6, tzinfo=UTC)


@given(st.integers(0, 300), st.integers(0, 300))
def test_it_is_a_list(length, place):
    journal: Journal[int] = Journal(Shelf())
    for number in range(length):
        journal.append(number)
    some = list(range(length))
    for one in (journal, pickle.loads(pickle.dumps(journal))):  # noqa: S301 - ours
        assert list(one) == some
        assert len(one) == length
        assert list(one.since(place)) == some[place:]
        assert one[place : place + 70] == some[place : place + 70]
        assert one[::-7] == some[::-7]
        if length:
            assert (one[-1], one[0], one[length - 1], one[-length]) == (some[-1], 0, some[-1], 0)
        for beyond in (length, -length - 1):
            with pytest.raises(IndexError):
                one[beyond]


@pytest.mark.parametrize("path", ["shelf", None])
def test_what_records_keep_is_on_the_same_shelf(tmp_path, path):
    shelf = Shelf(tmp_path / path if path else None)
    journal: Journal[tuple[int, Kept]] = Journal(shelf)
    for number in range(200):
        journal.append((number, shelf.put(f"record {number}")))
    shelf.close()
    again = pickle.loads(pickle.dumps(journal))  # noqa: S301 - ours
    for one in (journal, again):
        assert [(number, kept.load()) for number, kept in one] == [(n, f"record {n}") for n in range(200)]
    assert all(kept.shelf is shelf for _, kept in journal)
    assert len({id(kept.shelf) for _, kept in again}) == 1


def test_a_block_that_is_not_as_it_was_is_said(tmp_path):
    shelf = Shelf(tmp_path / "shelf")
    journal: Journal[int] = Journal(shelf)
    for number in range(100):
        journal.append(number)
    shelf.close()
    content = bytearray((tmp_path / "shelf").read_bytes())
    content[-3] ^= 1
    (tmp_path / "shelf").write_bytes(content)
    with pytest.raises(Failed, match="is not there; run again"):
        list(journal)
    assert journal[99] == 99  # not written yet


def test_no_memory_holds_what_a_history_tells(tmp_path):
    """Its pickle is all that it holds: after many changes as large as after some."""

    (mine,) = load(sources(tmp_path)).sources

    def size(days: int) -> int:
        told = tell(_steps(mine, days), path=tmp_path / f"{days}")
        assert len(told.told) == days - 1
        assert sum(1 for _ in told.version_rows()) == days
        return len(pickle.dumps(told))

    few, many = size(65), size(577)
    assert few < 20_000
    assert many < few + 1000  # 8 bytes for each block of changes, of versions, of captures


@pytest.mark.parametrize("withheld", [(), (63,), (62, 63, 64), range(20, 140), range(63, 64 + 63 + 5)])
def test_a_history_goes_on_day_by_day_over_the_ends_of_blocks(tmp_path, withheld):
    """A block of captures may become full with any of them, also with one that is withheld."""
    (mine,) = load(sources(tmp_path)).sources
    steps = [
        step._replace(withheld=("not whole",) if day in withheld else ())
        for day, step in enumerate(_steps(mine, 150))
    ]
    at_once = tell(steps)
    told = tell(steps[:1], path=tmp_path / "0")
    for day, step in enumerate(steps[1:], start=1):
        told = pickle.loads(pickle.dumps(told))  # noqa: S301 - ours
        before = told.shelf.path.read_bytes()
        go_on(told, [step], path=tmp_path / f"{day}")
        # The file may be the one that others read.
        assert (tmp_path / f"{day - 1}").read_bytes() == before
        assert told.shelf.path == tmp_path / f"{day}"
    for one in (told, pickle.loads(pickle.dumps(told))):  # noqa: S301 - ours
        assert list(one.captures) == list(at_once.captures) == [step.capture.id for step in steps]
        assert list(one.refused) == list(at_once.refused) == [steps[day].capture.id for day in withheld]
        assert (one.changes, one.versions) == (at_once.changes, at_once.versions)


def _steps(mine, days: int):
    for day in range(days):
        when = DAY + timedelta(days=day)
        content = page([measure(1, amount=f"1 {day:03} 000")])
        taken = Capture(
            f"{when:%Y%m%dT%H%M%SZ}-{day:012x}-{mine.id}", mine.id, mine.url, when, f"{day:064x}", 200,
            "text/html", "response", "x.warc.gz", day, 1,
        )  # fmt: skip
        yield Step(mine, taken, parse_page(content.encode(), mine.url), ())


@pytest.mark.parametrize("called", ["posix.system", "builtins.eval", "pipeline.linked.loads"])
def test_a_block_that_somebody_else_wrote_runs_nothing(called):
    shelf = Shelf()
    module, _, name = called.rpartition(".")
    place = shelf._put(f"c{module}\n{name}\n(S'1'\ntR.".encode())
    with pytest.raises(Failed, match="is not there; run again"):
        shelf.load_linked(place)

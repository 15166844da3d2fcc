"""What is to be read comes source by source, in its order, without anybody holding all of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import partial

import pytest

from pipeline.captures import Capture
from pipeline.heads import Held, Shelved

DAY = datetime(2025, 3, 1, 6, tzinfo=UTC)


def capture(source: str, number: int, sha256: str = "", kind: str = "response") -> Capture:
    when = DAY + timedelta(days=number) if number else None
    url = "https://ministry.example/\udc80"  # an address may hold whatever bytes a server sent
    return Capture(f"{number}-{source}", source, url, when, sha256, 200, None, kind, "x.warc.gz", number, 1)


@pytest.fixture(params=[Held, Shelved])
def make(request, tmp_path):
    return request.param if request.param is Held else partial(Shelved, path=tmp_path / "heads")


def test_they_are_lists_by_source(make):
    some = [("ab"[number % 2], capture("old", number)) for number in range(1203)]
    heads = make(iter(some))
    for owner in "abc":
        mine = [one for name, one in some if name == owner]
        told = heads.of(owner)
        assert list(told) == list(told) == mine
        assert len(told) == len(mine)
        assert told[3:40] == mine[3:40]
        assert told[-40:] == mine[-40:]
        assert told[::-100] == mine[::-100]
        if mine:
            assert (told[0], told[-1]) == (mine[0], mine[-1])
        with pytest.raises(IndexError):
            told[len(mine)]


def test_bytes_that_came_back_lie_where_they_came_first(make):
    first, other, again = capture("a", 1, "x"), capture("a", 2, "y"), capture("a", 3, "x", "revisit")
    elsewhere = capture("b", 1, "z")
    heads = make([("a", first), ("b", elsewhere), ("a", other), ("a", again)])
    assert heads.holder(again) == first
    assert heads.holder(capture("a", 4, "z", "revisit")) is None  # it is another page's
    heads.close()


def test_a_broken_index_is_said_and_leaves_nothing_open(make):
    def some():
        yield "a", capture("a", 1)
        raise ValueError("broken line")

    with pytest.raises(ValueError, match="broken line"):
        make(some())

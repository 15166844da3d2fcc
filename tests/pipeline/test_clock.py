"""Clocks that jump, the leap day, nights in which clocks are changed: captures keep their order, in UTC."""

from __future__ import annotations

import csv
import json
from datetime import UTC, datetime
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest

from pipeline.archive import Archive
from tests.pipeline.clocks import clock
from tests.pipeline.command import pasakumi
from tests.pipeline.local_server import LocalServer
from tests.pipeline.local_server import page as answer
from tests.pipeline.site import measure, page, sources

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

HTML = "Content-Type: text/html; charset=utf-8"


@pytest.fixture
def site(tmp_path):
    """A folder whose page is another one at each run; gives what runs it at a moment (UTC) in a zone."""
    server, count = LocalServer(), 0
    server.answers["/robots.txt"] = answer(b"", status="404 Not Found")
    sources(tmp_path, url=server.url("/fondi"))

    def run(moment: str, zone: str) -> str:
        nonlocal count
        count += 1
        content = page([measure(1, amount=f"{count} 000 000"), *map(measure, range(2, 6))])
        server.answers["/fondi"] = answer(content.encode(), HTML)
        done = pasakumi(tmp_path, "run", **clock(datetime.fromisoformat(moment).replace(tzinfo=UTC), zone))
        assert (done.code, done.err) == (0, "")
        assert "1 fetched" in done.out
        return done.out

    yield run
    server.close()


def kept(folder: Path) -> list[str]:
    """The ids of all captures, each its own, in the order in which they were made."""
    ids = [capture.id for capture in Archive(folder / "raw").captures("fondi")]
    assert all(one < other for one, other in pairwise(ids))
    return ids


def told(folder: Path) -> list[tuple[str, str]]:
    """What changed, old and new."""
    with (folder / "output" / "tables" / "changes.csv").open(encoding="utf-8", newline="") as file:
        return [(row["old"], row["new"]) for row in csv.DictReader(file)]


def grown(runs: int) -> list[tuple[str, str]]:
    return [(f"{one}000000", f"{one + 1}000000") for one in range(1, runs)]


def status(folder: Path) -> dict[str, Any]:
    document: dict[str, Any] = json.loads((folder / "state" / "status.json").read_bytes())
    return document


SOAK = pytest.mark.soak


@pytest.mark.parametrize(
    "moments",
    [
        # From the first second that there is; in Riga 03:30 twice; the leap day, after a clock ran ahead.
        ["1970-01-01 00:00:30", "2025-10-26 00:30:00", "2025-10-26 01:30:00", "2024-02-29 12:00:00"],
        pytest.param(["2025-03-30 00:58:00", "2025-03-30 01:00:01"], marks=SOAK),  # 03:30 is left out
        pytest.param(["2024-02-28 23:59:58", "2024-02-29 00:00:01", "2024-03-01 06:00:00"], marks=SOAK),
        pytest.param(["2038-01-19 03:14:06", "2038-01-19 03:14:09", "2106-02-07 06:28:20"], marks=SOAK),
        pytest.param(["2025-03-10 06:00:00", "2025-03-07 06:00:00", "2025-03-08 06:00:00"], marks=SOAK),
    ],
)
def test_jumps(tmp_path, site, moments: Sequence[str]):
    """Every capture is kept, after the one before it; each change is told once, in its order."""
    said = [site(moment, "Europe/Riga") for moment in moments]
    assert len(kept(tmp_path)) == len(moments)
    assert told(tmp_path) == grown(len(moments))
    for number, words in enumerate(said):
        is_behind = moments[number] < max(moments[: number + 1])
        assert ("filed one second after that" in words) == is_behind
        if not is_behind:
            assert kept(tmp_path)[number][:13] == f"{datetime.fromisoformat(moments[number]):%Y%m%dT%H%M}"
    # The page was seen at this run's own time, whatever clocks said before.
    (source,) = status(tmp_path)["sources"]
    assert source["last_success"] is not None
    assert source["last_success"][:10] == moments[-1][:10]
    assert (source["stale"], source["consecutive_failures"]) == (False, 0)
    assert status(tmp_path)["last_run"]["duration_seconds"] >= 0

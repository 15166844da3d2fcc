"""A page of which nearly nothing is understood: thousands of findings, and what a person sees stays short."""

from __future__ import annotations

import csv
import json
import resource
from datetime import UTC, datetime, timedelta

import pytest

from pipeline import memory
from tests.pipeline.command import pasakumi
from tests.pipeline.receivers import subscribed
from tests.pipeline.site import capture, page
from tests.pipeline.surroundings import bare

DAY = datetime(2025, 3, 1, 6, tzinfo=UTC)
NOBODY = "json://127.0.0.1:9/hook"
MOST_SECONDS = 60  # of processor time, for ten thousand


def strange(lines: int, day: int) -> str:
    """A page with two findings for each of these lines."""
    more = (f"<p>Nezināms lauks {one}:</p><p>vērtība {one * 7 + day}</p>" for one in range(lines))
    return page(5, more="".join(more))


@pytest.mark.parametrize("lines", [20, pytest.param(5200, marks=pytest.mark.soak)])
def test_many_findings(tmp_path, lines, record_property):
    subscribed(tmp_path, NOBODY)
    for day in range(2):
        capture(tmp_path / "raw", strange(lines, day), DAY + timedelta(days=day))
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        # Of memory not much more than for a page that is understood.
        done = bare(tmp_path, "run", "--offline", before=f"ulimit -v {2 * memory.LEAST // 1024}")
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        assert done.code == 0, done.err
        assert done.out.count("\n") < 10
        assert max(map(len, done.out.splitlines())) < 700
        assert after.ru_utime - before.ru_utime < MOST_SECONDS
        record_property(f"run {day + 1}", f"{after.ru_utime - before.ru_utime:.1f} s")
    record_property("most memory of any process, MB", after.ru_maxrss // 1024)
    with (tmp_path / "output" / "tables" / "findings.csv").open(encoding="utf-8", newline="") as file:
        assert sum(1 for _ in csv.reader(file)) > 2 * lines
    assert (tmp_path / "state" / "status.json").stat().st_size < 4_000
    assert pasakumi(tmp_path, "status").out.count("\n") < 20
    (letter,) = (tmp_path / "state" / "outbox" / "waiting").iterdir()
    assert len(json.loads(letter.read_bytes())["message"]["body"]) < 4_000
    for name in ("index.html", "findings.html", "changes.html", "timeline.html"):
        assert (tmp_path / "output" / "site" / name).stat().st_size < 300_000, name
    for path in (tmp_path / "output" / "reports").glob("*.md"):
        assert path.stat().st_size < 300_000, path.name

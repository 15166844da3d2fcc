"""A folder that the first release left, under today's command.

tests/fixtures/first-release was written by the code of commit 5130d51: a capture of unknown time, four
fetched ones over a turn of the year (a revisit among them), what it published of them, and its cache. Of
output/ only what a later version reads is kept.
"""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pytest

from pipeline.archive import Archive
from tests.pipeline.command import ROOT, pasakumi

TIMES = ["0000-000001", "20241201T06", "20241220T06", "20250107T06", "20250201T06"]


@pytest.fixture
def folder(tmp_path):
    return Path(shutil.copytree(ROOT / "tests" / "fixtures" / "first-release", tmp_path / "kept"))


def told(folder: Path) -> list[tuple[str, ...]]:
    """Every change that the table has, without its sentences: how they are worded may become better."""
    names = "observed_at", "source", "measure_id", "kind", "field", "old", "new", "delta_eur", "delta_days"
    with (folder / "output" / "tables" / "changes.csv").open(encoding="utf-8", newline="") as file:
        return [tuple(row[name] for name in names) for row in csv.DictReader(file)]


def test_an_upgrade_keeps_all_and_invents_nothing(folder):
    before = told(folder)
    records = {path: path.read_bytes() for path in (folder / "raw").rglob("*.warc.gz")}
    assert len(before) == 3
    done = pasakumi(folder, "run", "--offline")
    assert (done.code, done.err) == (0, "")
    assert "Nothing changed." in done.out
    assert "2 measures, EU funding €2,500,000" in done.out
    assert told(folder) == before
    assert not (folder / "raw" / "corrections.jsonl").exists()
    assert {path: path.read_bytes() for path in records} == records
    assert "every file is as it was" in pasakumi(folder, "run", "--offline").out
    checked = pasakumi(folder, "verify")
    assert (checked.code, checked.err) == (0, "")
    assert "5 captures" in checked.out


def test_its_captures_have_the_same_names(folder):
    archive = Archive(folder / "raw")
    captures = list(archive.captures())
    assert [one.id[:11] for one in captures] == TIMES
    assert [one.kind for one in captures] == ["resource", "response", "revisit", "response", "response"]
    assert all(archive.payload(one).startswith(b"<!doctype html>") for one in captures)

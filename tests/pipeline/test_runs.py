"""The record of runs: what it says after an end, a failure, a kill, damage."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest

from pipeline import disk, runs
from pipeline.fetch_types import Outcome

NOW = datetime(2025, 3, 1, 6, tzinfo=UTC)
RUN = runs.Run("20250301T060000Z-abcdef", "run", NOW, None, None, None, "0.1.0")
DONE = RUN._replace(finished_at=NOW + timedelta(seconds=3), exit_code=0)


def outcome(kind, message="HTTP 404"):
    return Outcome("fondi", "https://ministry.example/", kind, None, message)


def test_nothing_is_known_to_begin_with(tmp_path):
    assert runs.load(tmp_path) == runs.Record()
    assert runs.seen(tmp_path) == ({}, True)


def test_a_run_that_began_and_one_that_ended(tmp_path):
    runs.begin(tmp_path, RUN)
    assert runs.load(tmp_path).begun == RUN
    sizes = runs.Sizes(NOW, 1, 2, 3)
    record, content = runs.ended(runs.load(tmp_path), DONE, sizes)
    (tmp_path / runs.RUNS).write_bytes(content)
    # Killed between the record and the removal of the note that it began: it ended all the same.
    assert runs.load(tmp_path) == record == runs.Record(DONE, None, (sizes,))
    runs.forget_begun(tmp_path)
    assert runs.load(tmp_path) == record
    later = RUN._replace(id="later")
    runs.begin(tmp_path, later)
    assert runs.load(tmp_path)[:2] == (DONE, later)


def test_sizes_are_kept_one_a_day_and_so_many(tmp_path):
    record = runs.Record()
    for hour in range(0, 24 * 50, 8):
        record, _ = runs.ended(record, DONE, runs.Sizes(NOW + timedelta(hours=hour), hour, 0, 0))
    assert len(record.sizes) == 30
    assert record.sizes[-1].raw == 24 * 50 - 8


def test_a_clock_that_ran_ahead_leaves_no_size(tmp_path):
    ahead, _ = runs.ended(runs.Record(), DONE, runs.Sizes(NOW + timedelta(days=400), 1, 1, 1))
    record, _ = runs.ended(ahead, DONE, runs.Sizes(NOW, 2, 2, 2))
    assert record.sizes == (runs.Sizes(NOW, 2, 2, 2),)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"{}",
        b"\xff",
        b'{"ended": 1, "sizes": 2}',
        b'{"ended": {}, "sizes": [["x"]]}',
        b"null",
    ],
)
@pytest.mark.parametrize("name", [runs.RUNS, runs.BEGUN])
def test_a_damaged_record_says_so(tmp_path, name, content):
    (tmp_path / name).write_bytes(content)
    assert runs.load(tmp_path).damaged == (name,)


def test_failures_are_counted_until_the_page_answers(tmp_path):
    def after(*kinds):
        for day, kind in enumerate(kinds):
            counted = runs.record_outcomes(tmp_path, [outcome(kind)], NOW + timedelta(days=day))
        assert runs.seen(tmp_path) == (counted, True)
        return counted["fondi"]

    assert after("fetched") == runs.Seen(NOW)
    failed = after("unchanged", "failed", "skipped")
    assert failed == runs.Seen(NOW, 2, NOW + timedelta(days=1), "HTTP 404")
    assert after("fetched") == runs.Seen(NOW)


def test_a_damaged_count_begins_anew(tmp_path):
    (tmp_path / runs.SEEN).write_bytes(b'{"fondi": {"failures": "many"}}')
    assert runs.seen(tmp_path) == ({}, False)
    assert runs.record_outcomes(tmp_path, [outcome("failed")], NOW)["fondi"].failures == 1


def test_a_reason_has_no_secret_and_no_person(tmp_path):
    message = "proxy https://me:topsecret@p.example\nsays \x1b[31mask anna@ministry.example, +371 67000123"
    runs.record_outcomes(tmp_path, [outcome("failed", message)], NOW)
    reason = json.loads((tmp_path / runs.SEEN).read_bytes())["fondi"]["reason"]
    assert reason == r"proxy https://…@p.example says \x1b[31mask …@…, …"


def grown(days, size=lambda day: 1_000_000 * day):
    return [(NOW + timedelta(days=day), size(day)) for day in days]


def test_a_forecast_is_not_made_of_too_little():
    for points in (grown(range(4)), grown(range(6)), grown([0, 10]), []):
        assert disk.forecast(points, 10**9) == (None, None)


def test_when_the_disk_is_full():
    pace, full = disk.forecast(grown(range(11)), 20_000_000)
    assert pace == 1_000_000
    assert full == NOW + timedelta(days=30)
    assert disk.forecast(grown(range(11)), 10**13) == (1_000_000, None)
    assert disk.forecast(grown(range(11), lambda _: 5), 10**9) == (0, None)
    assert disk.forecast(grown(range(11)), None) == (1_000_000, None)


def test_one_large_import_is_not_the_pace():
    pace, _ = disk.forecast(grown(range(30), lambda day: 1000 * day + (day > 20) * 10**9), 10**12)
    assert pace < 3000 * 30


def test_what_a_folder_takes(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "b").write_bytes(b"x" * 100)
    (tmp_path / "c").write_bytes(b"x" * 11)
    (tmp_path / "loop").symlink_to(tmp_path)
    assert 111 <= disk.used(tmp_path) < 111 + 1000
    assert disk.used(tmp_path / "nothing") == 0
    assert disk.free(tmp_path / "not" / "there")
    assert disk.device(tmp_path / "not" / "there") == disk.device(tmp_path)

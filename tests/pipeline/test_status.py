"""Whether all is well, as real processes tell it: in files, in lines, in an exit code."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree as ET

import pytest
from werkzeug import Response

from pipeline import lock, runs
from pipeline.version import VERSION
from tests.pipeline.command import ROOT, pasakumi
from tests.pipeline.site import EMAIL, PERSON, PHONE, capture, measure, page, sources

NOW = datetime.now(UTC).replace(microsecond=0)
DAY = timedelta(days=1)


@pytest.fixture
def folder(tmp_path):
    sources(tmp_path)
    capture(tmp_path / "raw", page(5), NOW - DAY)
    return tmp_path


def status(folder, *words):
    done = pasakumi(folder, "status", "--format", "json", *words)
    assert (done.code, done.err) == (0, "")
    return json.loads(done.out)


def kept(folder):
    return json.loads((folder / "state" / "status.json").read_bytes())


# --- the text exposition format of Prometheus, strictly -------------------------------------

NAME = r"[a-zA-Z_:][a-zA-Z0-9_:]*"
LABEL = r'[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\\n]|\\["\\n])*"'
SAMPLE = re.compile(rf"({NAME})(?:\{{({LABEL}(?:,{LABEL})*)\}})? (-?\d+(?:\.\d+)?(?:e[+-]?\d+)?)")


def metrics(text: str) -> dict[str, float]:
    """Name and labels of each sample with its value. Fails on all that the format does not allow."""
    assert text.endswith("\n")
    found: dict[str, float] = {}
    helped, typed, open_family, closed = set(), set(), "", set()
    for line in text.splitlines():
        if line.startswith("# HELP "):
            name, words = line.removeprefix("# HELP ").split(" ", 1)
            assert words
            assert name not in helped
            helped.add(name)
        elif line.startswith("# TYPE "):
            name, kind = line.removeprefix("# TYPE ").split(" ")
            assert kind == "gauge"
            assert name in helped
            assert name not in typed
            typed.add(name)
            closed.add(open_family)
            open_family = name
        else:
            match = SAMPLE.fullmatch(line)
            assert match, line
            assert match[1] == open_family
            assert match[1] not in closed
            key = f"{match[1]}{{{match[2] or ''}}}"
            assert key not in found
            found[key] = float(match[3])
    assert helped == typed
    return found


def test_a_folder_without_a_run(folder):
    told = status(folder)
    assert told["last_run"] is None
    assert told["problems"] == ["no run is recorded"]
    (source,) = told["sources"]
    assert source["measures"] == 5
    assert "read anew from raw/" in told["notes"][0]
    assert not (folder / "state").exists()


def test_what_a_run_leaves(folder):
    assert pasakumi(folder, "run", "--offline").code == 0
    told = kept(folder)
    assert told["ok"] is True
    assert (told["state"], told["problems"], told["notes"]) == ("ok", [], [])
    run = told["last_run"]
    assert re.fullmatch(r"\d{8}T\d{6}Z-[0-9a-f]{6}", run["id"])
    assert (run["exit_code"], run["reason"], run["version"]) == (0, None, VERSION)
    assert run["started_at"] <= run["finished_at"]
    (source,) = told["sources"]
    assert source["last_success"] == (NOW - DAY).isoformat().replace("+00:00", "Z")
    assert (source["stale"], source["consecutive_failures"]) == (False, 0)
    assert (source["measures"], source["fill"]["milestones"]) == (5, 1.0)
    assert source["last_change"] is None
    assert told["disk"]["bytes"]["output"] > 1000
    assert "not known yet" in told["disk"]["forecast"]
    assert not list((folder / "state").glob(".*.tmp"))
    assert not (folder / "state" / "begun.json").exists()
    assert {path.name for path in (folder / "output").iterdir()}.isdisjoint({"status.json", "metrics.prom"})
    now = status(folder)
    assert now["sources"] == told["sources"]
    assert now["last_run"] == run


def test_metrics(folder):
    pasakumi(folder, "run", "--offline")
    found = metrics((folder / "state" / "metrics.prom").read_text("utf-8"))
    assert found["pasakumi_ok{}"] == 1
    assert found["pasakumi_last_run_exit_code{}"] == 0
    assert found['pasakumi_source_last_success_timestamp_seconds{source="fondi"}'] == (NOW - DAY).timestamp()
    assert found['pasakumi_source_stale{source="fondi"}'] == 0
    assert found['pasakumi_findings{severity="error"}'] == 0
    assert found['pasakumi_source_fill_ratio{source="fondi",field="title"}'] == 1
    assert found['pasakumi_disk_used_bytes{folder="raw"}'] > 0
    assert 'pasakumi_source_last_change_timestamp_seconds{source="fondi"}' not in found


def test_a_strict_reader_is_strict():
    for bad in ("a 1\n", "# HELP a b\na 1\n", '# HELP a b\n# TYPE a gauge\na{x="\\q"} 1\n', "# HELP a b"):
        with pytest.raises((AssertionError, ValueError)):
            metrics(bad)


def test_the_badge_is_a_picture_with_a_name(folder):
    pasakumi(folder, "run", "--offline")
    root = ET.fromstring((folder / "state" / "badge.svg").read_bytes())  # noqa: S314 - our own
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert root.get("aria-label") == f"pasakumi: ok, {datetime.now(UTC):%Y-%m-%d}"
    before = (folder / "state" / "badge.svg").stat().st_mtime_ns
    pasakumi(folder, "run", "--offline")
    assert (folder / "state" / "badge.svg").stat().st_mtime_ns == before


@pytest.mark.parametrize(
    ("age", "code", "said"),
    [("3d", 0, "ok: all 1 sources seen within 3d"), ("12h", 3, "stale: fondi last seen"), ("2w", 0, "ok: ")],
)
def test_a_monitor_asks(folder, age, code, said):
    done = pasakumi(folder, "status", "--max-age", age)
    assert (done.code, done.err) == (code, "")
    assert done.out.startswith(said)
    assert done.out.count("\n") == 1
    assert pasakumi(folder, "status", PASAKUMI_MAX_AGE=age).code == code
    assert pasakumi(folder, "status", "--max-age", age, "--format", "json").code == code


def test_never_seen_is_stale(tmp_path):
    sources(tmp_path)
    done = pasakumi(tmp_path, "status", "--max-age", "100w")
    assert (done.code, done.out) == (3, "stale: fondi never seen (max age 700d)\n")
    assert "expected an age" in pasakumi(tmp_path, "status", "--max-age", "soon").complaint


def test_a_capture_from_the_future_is_no_sight_of_the_page(tmp_path):
    sources(tmp_path)
    capture(tmp_path / "raw", page(2), NOW + 400 * DAY)
    assert pasakumi(tmp_path, "status", "--max-age", "3d").code == 3


def test_a_run_that_fails_says_why(tmp_path):
    sources(tmp_path)
    failed = pasakumi(tmp_path, "run", "--offline")
    assert failed.code == 4
    run = kept(tmp_path)["last_run"]
    assert (run["exit_code"], run["reason"]) == (4, failed.complaint)
    assert kept(tmp_path)["state"] == "failed"
    assert metrics((tmp_path / "state" / "metrics.prom").read_text())["pasakumi_last_run_exit_code{}"] == 4
    assert "failed with exit code 4: raw: no capture" in pasakumi(tmp_path, "status").out


def test_a_withheld_capture_is_told_until_it_is_accepted(folder):
    pasakumi(folder, "run", "--offline")
    made = capture(folder / "raw", page(1), NOW - DAY / 2)
    assert pasakumi(folder, "run", "--offline", "-q").code == 3
    told = kept(folder)
    assert (told["state"], told["last_run"]["exit_code"]) == ("withheld", 3)
    withheld = [{"capture": made.id, "reasons": ["4 of 5 measures are gone"]}]
    assert told["sources"][0]["withheld"] == withheld
    assert f"capture {made.id} is withheld: 4 of 5 measures are gone" in pasakumi(folder, "status").out
    assert pasakumi(folder, "accept", made.id, "--reason", "tā ir").code == 0
    told = kept(folder)
    assert told["sources"][0]["withheld"] == []
    assert told["last_run"]["exit_code"] == 3
    assert told["sources"][0]["last_change"] == (NOW - DAY / 2).isoformat().replace("+00:00", "Z")


def test_failures_of_a_source_are_counted(tmp_path, httpserver):
    answers = {"status": 200}
    httpserver.expect_request("/robots.txt").respond_with_data("", status=404)
    httpserver.expect_request("/fondi").respond_with_handler(
        lambda _: Response(page(5), answers["status"], content_type="text/html; charset=utf-8")
    )
    sources(tmp_path, url=httpserver.url_for("/fondi"))
    assert pasakumi(tmp_path, "run").code == 0
    answers["status"] = 404
    for _ in range(2):
        assert pasakumi(tmp_path, "run", "--strict").code == 3
    (source,) = kept(tmp_path)["sources"]
    assert (source["consecutive_failures"], source["stale"]) == (2, False)
    assert "404" in source["failure"]
    assert kept(tmp_path)["last_run"]["exit_code"] == 3
    assert runs.seen(tmp_path / "state")[0]["fondi"].failures == 2
    answers["status"] = 200
    assert pasakumi(tmp_path, "fetch").code == 0
    assert status(tmp_path)["sources"][0]["consecutive_failures"] == 0


# --- killed, at work, damaged ---------------------------------------------------------------


def started(folder, httpserver):
    """A run that waits for a page that does not come."""
    httpserver.expect_request("/robots.txt").respond_with_data("", status=404)
    httpserver.expect_request("/fondi").respond_with_handler(lambda _: time.sleep(8) or Response("late"))
    path = sources(folder, url=httpserver.url_for("/fondi"))
    command = [sys.executable, "-m", "pipeline", "run", "--config", str(path)]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(command, cwd=folder, env=environment, stderr=subprocess.PIPE)
    end = time.monotonic() + 30
    while not (folder / "state" / "begun.json").exists() and time.monotonic() < end:
        time.sleep(0.02)
    time.sleep(0.3)
    return process


def test_while_a_run_is_at_work_and_after_it_was_killed(folder, httpserver):
    assert pasakumi(folder, "run", "--offline").code == 0
    before = kept(folder)["last_run"]
    with started(folder, httpserver) as process:
        during = status(folder)
        assert during["at_work"] is True
        assert (during["last_run"]["finished_at"], during["ok"]) == (None, True)
        assert during["last_ended_run"] == before
        assert "is at work" in pasakumi(folder, "status").out
        process.send_signal(signal.SIGKILL)
        process.wait()
    told = status(folder)
    assert (told["at_work"], told["ok"], told["state"]) == (False, False, "failed")
    assert told["last_run"]["id"] == during["last_run"]["id"]
    assert "and did not finish" in told["problems"][0]
    assert "did not finish" in pasakumi(folder, "status").out
    left = kept(folder)
    assert (left["last_run"]["id"], left["last_run"]["finished_at"]) == (told["last_run"]["id"], None)
    assert left["state"] == "running"
    found = metrics((folder / "state" / "metrics.prom").read_text())
    ended, began = (found[f"pasakumi_last_run_{name}_timestamp_seconds{{}}"] for name in ("end", "start"))
    assert began >= int(ended)
    sources(folder)
    assert pasakumi(folder, "run", "--offline").code == 0
    assert kept(folder)["ok"] is True


@pytest.mark.parametrize("kills", [3, pytest.param(60, marks=pytest.mark.soak)])
def test_killed_at_any_moment_the_files_are_whole_and_true(folder, kills):
    command = [sys.executable, "-m", "pipeline", "run", "--offline"]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    for kill in range(kills):
        capture(folder / "raw", page(5, more=f"<p>{kill}</p>"), NOW - DAY / 2 + timedelta(minutes=kill))
        with subprocess.Popen(command, cwd=folder, env=environment, stdout=subprocess.DEVNULL) as process:
            while not (folder / "state" / "begun.json").exists() and process.poll() is None:
                time.sleep(0.005)
            time.sleep(1.2 * kill / kills)
            process.kill()
        told = status(folder)
        for name, read in (("status.json", json.loads), ("metrics.prom", metrics)):
            if (folder / "state" / name).exists():
                read((folder / "state" / name).read_text("utf-8"))
        assert (told["at_work"], told["notes"]) == (False, told["notes"][:1])
        run = told["last_run"]
        if run and run["finished_at"] is None:
            assert "did not finish" in told["problems"][0]
        else:
            assert run is None or run["exit_code"] == 0
    assert pasakumi(folder, "run", "--offline").code == 0
    assert kept(folder)["ok"] is True


def test_an_interrupted_run(folder, httpserver):
    with started(folder, httpserver) as process:
        process.send_signal(signal.SIGINT)
        assert process.wait() == 130
    assert (kept(folder)["last_run"]["exit_code"], kept(folder)["last_run"]["reason"]) == (130, "interrupted")
    assert kept(folder)["state"] == "failed"


def test_a_second_run_leaves_the_status_to_the_first(folder):
    pasakumi(folder, "run", "--offline")
    before = kept(folder)
    with lock.exclusive(folder / "state" / "run.lock"):
        assert pasakumi(folder, "run").code == 3
        assert kept(folder) == before


@pytest.mark.parametrize("damage", [b"", b"{", b"\xff\xfe", b"[1]", b'{"a": 1}'])
def test_damaged_state_is_said_and_made_anew(folder, damage):
    pasakumi(folder, "run", "--offline")
    for name in (runs.RUNS, runs.SEEN, "status.json", "metrics.prom", "badge.svg", "cache/overview.json"):
        (folder / "state" / name).write_bytes(damage)
    told = status(folder)
    assert any("runs.json is damaged" in note for note in told["notes"])
    assert told["sources"][0]["measures"] == 5
    assert told["sources"][0]["last_success"] is not None
    assert pasakumi(folder, "status", "--max-age", "3d").code == 0
    assert pasakumi(folder, "run", "--offline").code == 0
    assert kept(folder)["ok"] is True
    assert [note.split()[0] for note in status(folder)["notes"]] == ["state/seen.json"]


def test_state_that_is_gone(folder):
    pasakumi(folder, "run", "--offline")
    shutil.rmtree(folder / "state")
    assert pasakumi(folder, "status", "--max-age", "3d").code == 0
    told = status(folder)
    assert told["sources"][0]["findings"] == {"error": 0, "warning": 0, "info": 0}
    assert told["last_run"] is None


def test_broken_raw_is_a_note(folder):
    pasakumi(folder, "run", "--offline")
    shutil.rmtree(folder / "state")
    for path in (folder / "raw" / "imported").iterdir():
        path.write_bytes(b"\x1f\x8bbroken")
    done = pasakumi(folder, "status")
    assert (done.code, done.err) == (0, "")
    assert pasakumi(folder, "status", "--max-age", "3d").code in (0, 3)


def test_a_status_that_cannot_be_written_does_not_stop_a_run(folder):
    (folder / "state").mkdir()
    (folder / "state" / "status.json").mkdir()
    done = pasakumi(folder, "run", "--offline")
    assert done.code == 0
    assert "the status could not be written" in done.err
    assert (folder / "output" / "tables" / "measures.csv").exists()


def test_drift_is_told_by_run_check_status_and_metrics(tmp_path):
    sources(tmp_path)
    for day in range(8):
        capture(tmp_path / "raw", page(12, more=f"<p>Atjaunots {day}. reizi.</p>"), NOW - (12 - day) * DAY)
    pasakumi(tmp_path, "run", "--offline")
    for day, lost in ((8, 2), (9, 4)):
        worse = [
            measure(number, when="kādreiz" if number <= lost else "2025. gada I cet.")
            for number in range(1, 13)
        ]
        capture(tmp_path / "raw", page(worse), NOW - (12 - day) * DAY)
    done = pasakumi(tmp_path, "run", "--offline", "-q")
    assert done.code == 0
    assert "4 of 12 measures that had a schedule have none any more, lost in 2 steps" in done.err
    assert pasakumi(tmp_path, "run", "--offline", "-q").err == ""
    assert "Drift (warning): fondi: 4 of 12" in pasakumi(tmp_path, "run", "--offline").out
    assert "drift: 4 of 12" in pasakumi(tmp_path, "check").out
    (checked,) = json.loads(pasakumi(tmp_path, "check", "--format", "json").out)["sources"]
    told = kept(tmp_path)
    assert told["sources"][0]["drift"] == checked["drift"]
    assert checked["drift"][0]["kind"] == "field_lost"
    assert any("4 of 12" in problem for problem in told["problems"])
    found = metrics((tmp_path / "state" / "metrics.prom").read_text())
    assert found['pasakumi_source_drift_alarms{source="fondi",severity="warning"}'] >= 1


# --- logs -------------------------------------------------------------------------------------


def lines(text):
    told = [json.loads(line) for line in text.splitlines()]
    for one in told:
        assert {"time", "level", "run", "event", "message"} <= one.keys()
        assert datetime.fromisoformat(one["time"]).utcoffset() == timedelta(0)
        assert one["message"].isprintable()
    return told


def test_every_line_of_a_log_is_an_object(folder):
    done = pasakumi(folder, "run", "--offline", "--log-format", "json")
    told = lines(done.out)
    assert done.err == ""
    assert [one["event"] for one in told] == ["run_started", "dataset", "run_finished"]
    assert {one["run"] for one in told} == {kept(folder)["last_run"]["id"]}
    assert pasakumi(folder, "run", "--offline", "--log-format=json", "-q") == (0, "", "")
    assert lines(pasakumi(folder, "run", "--offline", PASAKUMI_LOG_FORMAT="json").out)


def test_a_log_of_what_goes_wrong(folder):
    pasakumi(folder, "run", "--offline")
    capture(folder / "raw", page(1), NOW)
    done = pasakumi(folder, "run", "--offline", "--log-format", "json")
    (withheld,) = lines(done.err)
    assert (withheld["event"], withheld["source"], withheld["level"]) == ("withheld", "fondi", "warning")
    for words in (["run", "--nope"], ["rnu"], ["check", "--config", "x\x1b[31m.toml"], []):
        failed = pasakumi(folder, *words, "--log-format", "json")
        (error,) = lines(failed.err)
        assert (failed.code, error["exit_code"], error["level"]) == (2, 2, "error")
    wrong = pasakumi(folder, "fetch", "--log-format", "json", "-vv")
    assert {one["source"] for one in lines(wrong.err)} == {"fondi"}


def test_no_person_stands_in_a_log(folder):
    pasakumi(folder, "run", "--offline")
    other = page([measure(1, title=f"Raksta {PERSON}"), *map(measure, range(2, 6))])
    other = other.replace(EMAIL, "ilze.cita@ministry.example", 1).replace(PHONE, "67000999", 2)
    capture(folder / "raw", other, NOW)
    done = pasakumi(folder, "run", "--offline", "--log-format", "json")
    changes = [one for one in lines(done.out) if one["event"] == "change"]
    assert {one["kind"] for one in changes} >= {"contact_changed", "title_changed"}
    for secret in (PERSON, PHONE, EMAIL, "ilze.cita", "67000999"):
        assert secret not in done.out + done.err
        assert secret not in (folder / "state" / "status.json").read_text("utf-8")


def test_other_verbs_log_and_their_results_stay_as_they_are(folder):
    (folder / "page.html").write_text(page(4), "utf-8")
    done = pasakumi(folder, "import", "page.html", "--source", "fondi", "--captured-at", "2025-01-01",
                    "--log-format", "json")  # fmt: skip
    assert {one["event"] for one in lines(done.out)} == {"import"}
    for words in (["rebuild"], ["verify"], ["accept", "--list"]):
        done = pasakumi(folder, *words, "--log-format", "json")
        assert lines(done.out + done.err) or words == ["accept", "--list"]
    for words in (["sources"], ["check"], ["history", "4.9.9.1"], ["parse", "page.html", "--format", "csv"]):
        assert pasakumi(folder, *words, "--log-format", "json") == pasakumi(folder, *words)

"""The scheduled job against a real server, and what people ask of its result."""

import csv
import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from werkzeug import Response

from pipeline import lock
from tests.pipeline.command import ROOT, pasakumi
from tests.pipeline.site import EMAIL, PERSON, PHONE, capture, measure, page, sources

DAY = datetime(2025, 3, 1, 6, tzinfo=UTC)
CHANGED = [measure(1, amount="1 500 000"), measure(2, when="2025. gada III cet."), *map(measure, range(3, 6))]


class Site:
    """A server with one page that a test edits."""

    def __init__(self, server) -> None:
        self.body: str | bytes = page(5)
        self.status, self.asked = 200, 0
        server.expect_request("/robots.txt").respond_with_data("", status=404)
        server.expect_request("/fondi").respond_with_handler(self.answer)
        self.url = server.url_for("/fondi")

    def answer(self, _request) -> Response:
        self.asked += 1
        return Response(self.body, self.status, content_type="text/html; charset=utf-8")


@pytest.fixture
def site(httpserver):
    return Site(httpserver)


@pytest.fixture
def folder(tmp_path, site):
    sources(tmp_path, url=site.url)
    return tmp_path


def stamps(folder: Path) -> dict[str, int]:
    return {path.as_posix(): path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file()}


def table(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / "output" / "tables" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_a_run_says_what_came_of_it(folder):
    done = pasakumi(folder, "run")
    assert (done.code, done.err) == (0, "")
    assert "1 page: 1 fetched." in done.out
    assert "1 of 1 pages in the dataset: 5 measures, EU funding €5,000,000." in done.out
    assert "Nothing changed since the first captures." in done.out
    assert f"Dataset: {Path('output/tables')}" in done.out
    assert len(table(folder, "measures")) == 5
    assert (folder / "output" / "datapackage.json").is_file()


def test_a_run_with_nothing_new_touches_nothing_of_output(folder):
    pasakumi(folder, "run")
    before = stamps(folder / "output")
    done = pasakumi(folder, "run")
    assert "1 page: 1 unchanged." in done.out
    assert "every file is as it was" in done.out
    assert stamps(folder / "output") == before


def test_what_changed_is_told_biggest_first_and_once(folder, site):
    pasakumi(folder, "run")
    site.body = page(CHANGED)
    done = pasakumi(folder, "run")
    slip, money = (line for line in done.out.splitlines() if line.startswith("  4.9.9"))
    assert "slipped from 2025-Q1 to 2025-Q3" in slip
    assert "EU funding grew from €1,000,000 to €1,500,000" in money
    assert [row["kind"] for row in table(folder, "changes")] == ["funding_changed", "milestone_moved"]
    assert "Nothing changed." in pasakumi(folder, "run").out
    assert "slipped" in pasakumi(folder, "diff").out
    assert pasakumi(folder, "diff", "--exit-code").code == 1


def test_only_so_many_changes_are_told(folder, site):
    site.body = page(30)
    pasakumi(folder, "run")
    site.body = page([measure(number, amount="2 000 000") for number in range(1, 31)])
    done = pasakumi(folder, "run")
    assert "What changed (30):" in done.out
    assert "and 10 more; `pasakumi diff` tells all" in done.out


def test_quiet_says_nothing_where_all_is_well(folder):
    assert pasakumi(folder, "run", "-q") == (0, "", "")


def test_a_page_that_cannot_be_reached(folder, site):
    pasakumi(folder, "run")
    site.status = 404
    done = pasakumi(folder, "run")
    assert (done.code, done.err) == (0, "")
    assert "The sources can't be reached; everything is built from the captures in raw/." in done.out
    assert "404" in done.out
    strict = pasakumi(folder, "run", "--strict", "-q")
    assert (strict.code, strict.out) == (3, "")
    assert "fondi" in strict.complaint
    assert pasakumi(folder, "run", "-q").code == 0


def test_nothing_to_publish_is_a_failure(folder, site):
    site.status = 404
    done = pasakumi(folder, "run")
    assert done.code == 4
    assert "no capture" in done.complaint
    assert not (folder / "output").exists()


def test_offline_asks_nobody(folder, site):
    pasakumi(folder, "run")
    asked = site.asked
    assert pasakumi(folder, "run", "--offline").code == 0
    assert site.asked == asked


def test_a_second_run_says_so_and_leaves(folder):
    with lock.exclusive(folder / "state" / "run.lock"):
        done = pasakumi(folder, "run")
    assert done.code == 3
    assert "another run is at work" in done.complaint


def test_a_wreck_is_kept_and_not_published(folder, site):
    pasakumi(folder, "run")
    before = stamps(folder / "output" / "tables")
    site.body = page(1)
    for _ in range(2):
        done = pasakumi(folder, "run", "-q")
        assert (done.code, done.out) == (3, "")
        assert "is withheld: 4 of 5 measures are gone" in done.complaint
        assert "pasakumi accept" in done.complaint
    assert stamps(folder / "output" / "tables") == before
    assert len(table(folder, "measures")) == 5


def test_accept_lets_it_through_for_good(folder, site):
    pasakumi(folder, "run")
    site.body = page(1)
    pasakumi(folder, "run")
    (line,) = pasakumi(folder, "accept", "--list").out.splitlines()
    withheld, reason = line.split(maxsplit=1)
    assert reason == "4 of 5 measures are gone"
    assert "--reason" in pasakumi(folder, "accept", withheld).complaint
    done = pasakumi(folder, "accept", withheld[:16], "--reason", "pasākumi slēgti")
    assert (done.code, done.err) == (0, "")
    assert len(table(folder, "measures")) == 1
    assert {row["kind"] for row in table(folder, "changes")} == {"measure_removed"}
    (decision,) = (folder / "raw" / "decisions.jsonl").read_text("utf-8").splitlines()
    assert json.loads(decision)["reason"] == "pasākumi slēgti"
    assert pasakumi(folder, "accept", "--list").out == ""
    assert "is not withheld" in pasakumi(folder, "accept", withheld, "--reason", "x").complaint
    assert pasakumi(folder, "rebuild").code == 0
    assert len(table(folder, "measures")) == 1


def test_a_capture_that_breaks_what_sources_expects(tmp_path, site):
    sources(tmp_path, "min_measures = 6", url=site.url)
    done = pasakumi(tmp_path, "run", "-q")
    assert done.code == 3
    assert "it has 5 measures, sources.toml expects at least 6" in done.complaint
    sources(tmp_path, url=site.url)
    assert pasakumi(tmp_path, "run", "-q").code == 0


def test_output_is_a_function_of_raw(folder, site):
    pasakumi(folder, "run")
    site.body = page(CHANGED)
    pasakumi(folder, "run")
    before = {path: path.read_bytes() for path in (folder / "output").rglob("*") if path.is_file()}
    for path in before:
        path.unlink()
    assert pasakumi(folder, "rebuild").code == 0
    assert {path: path.read_bytes() for path in (folder / "output").rglob("*") if path.is_file()} == before
    damaged = folder / "output" / "tables" / "measures.csv"
    damaged.write_bytes(before[damaged].replace(b"1500000", b"9500000"))
    pasakumi(folder, "rebuild")
    assert damaged.read_bytes() == before[damaged]


def test_rebuild_writes_only_the_tables_where_that_is_asked_for(folder, site):
    pasakumi(folder, "run")
    output = folder / "output"
    before = {path: path.read_bytes() for path in output.rglob("*") if path.is_file()}
    (output / "tables" / "measures.csv").write_text("wreck")
    (output / "feed.xml").write_text("wreck")
    done = pasakumi(folder, "rebuild", "--only", "tables")
    assert (done.code, done.err) == (0, "")
    assert "1 file written" in done.out
    assert "changed" not in done.out
    assert (output / "tables" / "measures.csv").read_bytes() == before[output / "tables" / "measures.csv"]
    assert (output / "feed.xml").read_text() == "wreck"
    assert "apart" in pasakumi(folder, "rebuild", "--only", "tables", "--compare").complaint


def test_what_changed_is_still_told_after_the_tables_were_rebuilt_alone(folder, site):
    pasakumi(folder, "run")
    site.body = page(CHANGED)
    pasakumi(folder, "fetch")
    assert pasakumi(folder, "rebuild", "--only", "tables").code == 0
    assert len(table(folder, "changes")) > 0
    assert not list((folder / "output" / "reports").glob("*"))
    done = pasakumi(folder, "run", "--offline")
    assert "EU funding" in done.out.partition("What changed")[2]
    assert list((folder / "output" / "reports").glob("*.html"))


def test_fetch_archives_and_publishes_nothing(folder, site):
    done = pasakumi(folder, "fetch", "fondi")
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("fondi: fetched")
    assert not (folder / "output").exists()
    assert "did you mean fondi?" in pasakumi(folder, "fetch", "fondy").complaint
    site.status = 500
    assert pasakumi(folder, "fetch").code == 3


@pytest.fixture
def past(tmp_path):
    """A history of three captures, on three days, none of them from a server."""
    sources(tmp_path)
    for day, content in enumerate((page(5), page(CHANGED), page(0))):
        capture(tmp_path / "raw", content, DAY + timedelta(days=day))
    return tmp_path


@pytest.mark.parametrize(
    ("points", "changed"),
    [
        ([], 2),
        (["2025-03-01"], 2),
        (["2025-03-01", "2025-03-02"], 2),
        (["2025-03-02", "2025-03-01"], 2),
        (["2025-03-02", "-7d"], 0),
        (["2024-12-31", "yesterday"], 2),  # what changed since the archive began
        (["2024-12-31", "2025-03-01"], 0),
        (["20250301T", "20250302T"], 2),
        (["20250302T"], 0),
    ],
)
def test_diff_of_points_in_time(past, points, changed):
    done = pasakumi(past, "diff", *points, "--format", "json")
    assert (done.code, done.err) == (0, "")
    told = json.loads(done.out)
    assert len(told["changes"]) == changed
    assert {"captured_at", "capture"} <= told["from"].keys() & told["to"].keys()


def test_diff_against_a_file_finds_its_page(past):
    (past / "now.html").write_text(page([measure(1), *CHANGED[1:]]), "utf-8")
    told = json.loads(pasakumi(past, "diff", "2025-03-02", "now.html", "--format", "json").out)
    assert [(change["source"], change["new"]) for change in told["changes"]] == [("fondi", 1_000_000)]
    assert told["to"] == {"captured_at": None, "capture": None, "file": "now.html"}


def test_diff_of_warc_files(past):
    (warc,) = sorted((past / "raw" / "imported").glob("*-001.warc.gz"))[:1]
    done = pasakumi(past, "diff", warc, warc)
    assert (done.code, done.out.count("\n")) == (0, 1)
    (past / "broken.warc.gz").write_bytes(b"\x1f\x8bno archive")
    assert pasakumi(past, "diff", "broken.warc.gz", warc).code == 4


@pytest.mark.parametrize(
    ("word", "said"),
    [("20259", "no file, no date"), ("2025", "3 captures begin so"), ("2025-02-30", "no date")],
)
def test_a_point_that_there_is_not(past, word, said):
    done = pasakumi(past, "diff", word)
    assert done.code == 2
    assert said in done.complaint


def test_explain_shows_the_very_characters(past):
    done = pasakumi(past, "explain", "4.9.9.1", "eu_funding_eur")
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("4.9.9.1 eu_funding_eur: 1500000\n")
    assert "⟦1 500 000⟧" in done.out
    assert "#:~:text=1%20500%20000" in done.out
    assert "captured 2025-03-02 06:00 UTC" in done.out


@pytest.mark.parametrize(
    ("field", "shown"),
    [
        ("selection_start", "⟦2025. gada I cet.⟧"),
        ("milestones", "period 2025-Q1"),
        ("milestones.1.period", "milestones.1.period: 2025-Q1"),
        ("applicants", "⟦Pašvaldības⟧"),
        ("contacts.1.email", EMAIL),
        ("predecessor_code", "nothing on the page"),
        ("selection_end", "none on the page"),
    ],
)
def test_explain_fields_of_every_kind(past, field, shown):
    assert shown in pasakumi(past, "explain", "4.9.9.1", field).out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["4.9.9.11", "title"], "did you mean 4.9.9.1?"),
        (["4.9.9.1", "titel"], "did you mean title?"),
        (["4.9.9.1", "milestones.2"], "has 1 milestones"),
        (["4.9.9.1", "milestones.1.perio"], "did you mean period?"),
    ],
)
def test_explain_what_there_is_not(past, words, said):
    done = pasakumi(past, "explain", *words)
    assert done.code == 2
    assert said in done.complaint


def test_history_of_a_measure(past):
    done = pasakumi(past, "history", "4.9.9.1")
    assert "2025-03-01 06:00 UTC  first seen, EU funding €1,000,000" in done.out
    assert "2025-03-02 06:00 UTC  EU funding grew from €1,000,000 to €1,500,000" in done.out
    told = json.loads(pasakumi(past, "history", "4.9.9.1", "--format", "json").out)
    assert [one["eu_funding_eur"] for one in told["versions"]] == [1_000_000, 1_500_000]
    assert len(told["changes"]) == 1
    assert len(pasakumi(past, "history", "4.9.9.1", "--format", "csv").out.splitlines()) == 3
    assert "did you mean" in pasakumi(past, "history", "4.9.9.12").complaint


def test_check_says_what_to_look_at(past):
    done = pasakumi(past, "check")
    assert done.code == 3
    assert "5 measures, EU funding €5,500,000" in done.out
    assert "it has no measure, before there were 5" in done.out
    assert "longer ago than its rhythm of 1d allows" in done.out
    (told,) = json.loads(pasakumi(past, "check", "--format", "json").out)["sources"]
    assert told["withheld"]["reasons"] == ["it has no measure, before there were 5"]
    assert told["stale"] is True


def test_verify(past):
    assert pasakumi(past, "verify").code == 0
    (warc, *_) = sorted((past / "raw" / "imported").glob("*.warc.gz"))
    content = bytearray(warc.read_bytes())
    content[len(content) // 2] ^= 0xFF
    warc.write_bytes(content)
    done = pasakumi(past, "verify")
    assert done.code == 4
    assert warc.name in done.err


def test_contacts_that_are_not_published_are_printed_by_no_verb(past):
    secrets = (PERSON, PHONE, EMAIL)
    assert any(secret in pasakumi(past, "explain", "4.9.9.1", "contacts").out for secret in secrets)
    sources(past, publish_contacts=False)
    pasakumi(past, "run", "--offline")
    spoken = [
        pasakumi(past, *words)
        for words in (
            ["run", "--offline"],
            ["check"],
            ["explain", "4.9.9.1", "contacts"],
            ["explain", "4.9.9.1", "milestones"],
            ["explain", "4.9.9.1", "applicants"],
            ["history", "4.9.9.1", "--format", "json"],
            ["diff", "2025-03-01", "2025-03-02", "--format", "json"],
            ["diff", "2025-03-01", "2025-03-02"],
            ["accept", "--list"],
        )
    ]
    written = [path for name in ("output", "state") for path in (past / name).rglob("*") if path.is_file()]
    for secret in secrets:
        assert not any(secret in done.out + done.err for done in spoken)
        assert [path for path in written if secret.encode() in path.read_bytes()] == []


def test_a_clone_without_network_builds_the_dataset_from_what_ships(tmp_path):
    listed = subprocess.run(
        ["git", "ls-files", "raw", "sources.toml"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if listed.returncode or not listed.stdout:
        pytest.skip("not in a git checkout")
    for name in listed.stdout.split():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes((ROOT / name).read_bytes())
    unreachable = {
        "HTTPS_PROXY": "http://127.0.0.1:9",
        "https_proxy": "http://127.0.0.1:9",
        "NO_PROXY": "",
        "no_proxy": "",
    }
    done = pasakumi(tmp_path, "run", **unreachable)
    assert (done.code, done.err) == (0, "")
    assert "The sources can't be reached; everything is built from the captures in raw/." in done.out
    assert "15 measures, EU funding €250,147,232" in done.out
    code = 'from pipeline import load; print(load("measures").eu_funding_eur.sum())'
    loaded = subprocess.run(
        [sys.executable, "-c", code],
        check=False,
        cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
    )
    assert loaded.stdout.startswith("250147232")

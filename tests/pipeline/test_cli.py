"""The command as people meet it: words, exit codes, streams, and all that can be wrong with an input."""

import csv
import io
import json
import os
import signal
import subprocess
import sys
import time
from decimal import Decimal

import pytest

from pipeline.cli_options import VERBS
from pipeline.version import VERSION
from tests.pipeline.command import ROOT, pasakumi
from tests.pipeline.site import measure, page, sources

NEEDS_ARGUMENTS = {
    "parse": ["x.html"],
    "explain": ["4.9.9.1", "title"],
    "history": ["4.9.9.1"],
    "redact": ["20250301"],
}


def parsed(folder, content: bytes, *words: str):
    done = pasakumi(folder, "parse", "-", *words, stdin=content)
    assert (done.code, done.err) == (0, "")
    return json.loads(done.out, parse_float=Decimal)


def codes(told):
    return {finding["code"] for finding in told["findings"]}


def test_version(tmp_path):
    for words in (["--version"], ["-v", "--version"]):
        assert pasakumi(tmp_path, *words) == (0, f"pasakumi {VERSION}\n", "")


def test_help_names_every_verb_and_every_verb_has_an_example(tmp_path):
    whole = pasakumi(tmp_path, "--help")
    assert whole.code == 0
    for verb in VERBS:
        assert f"\n  {verb} " in whole.out
        done = pasakumi(tmp_path, verb, "--help")
        assert (done.code, done.err) == (0, "")
        assert f"example: pasakumi {verb}" in done.out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "no verb given"),
        (["rnu"], "did you mean run?"),
        (["xyzzy\x1b[31m"], "there are run, fetch"),
        (["parse"], "required: FILE|-"),
        (["parse", "a", "b"], "one word too many: b"),
        (["parse", "a", "--formt", "csv"], "did you mean --format?"),
        (["parse", "a", "--format", "yaml"], "'yaml'"),
        (["parse", "nothing.html"], "no such file"),
        (["parse", "."], "cannot be read"),
        (["diff", "a.html", "b.html"], "a.html: no such file"),
        (["diff", "--only", "funding_chnged"], "did you mean funding_changed?"),
        (["accept", "--reason"], "expected one argument"),
    ],
)
def test_a_slip_is_one_line_and_exit_2(tmp_path, words, said):
    done = pasakumi(tmp_path, *words)
    assert done.code == 2
    assert said in done.complaint
    assert "\x1b" not in done.err
    assert list(tmp_path.iterdir()) == []


def test_a_file_with_a_like_name_is_suggested(tmp_path):
    (tmp_path / "page.html").write_text(page(1), "utf-8")
    assert "did you mean page.html?" in pasakumi(tmp_path, "parse", "pgae.html").complaint


@pytest.mark.parametrize("verb", [verb for verb in VERBS if verb not in {"parse", "init"}])
def test_a_verb_that_needs_sources_says_so(tmp_path, verb):
    words = NEEDS_ARGUMENTS.get(verb, [])
    done = pasakumi(tmp_path, verb, *words)
    assert done.code == 2
    assert "sources.toml: no such file" in done.complaint


def test_options_stand_before_and_after_the_verb(tmp_path):
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    config = sources(folder)
    before = pasakumi(tmp_path, "--config", config, "--format", "json", "sources")
    after = pasakumi(tmp_path, "sources", "--format=json", "--config", config)
    assert before == after
    assert json.loads(before.out)[0]["id"] == "fondi"
    assert pasakumi(tmp_path, "sources", "--format", "json", PASAKUMI_CONFIG=str(config)) == before


def test_parse_gives_exact_amounts_and_the_place_of_every_value(tmp_path):
    told = parsed(
        tmp_path, page([measure(1, amount="32 198,19")]).encode(), "--text", "--url", "https://x.example/a"
    )
    assert told["measures"][0]["eu_funding_eur"] == Decimal("32198.19")
    assert told["url"] == "https://x.example/a"
    assert {told["text"][one["start"] : one["end"]] == one["text"] for one in told["provenance"]} == {True}


def test_parse_as_table_and_csv(tmp_path):
    (tmp_path / "page.html").write_text(page(2), "utf-8")
    table = pasakumi(tmp_path, "parse", "page.html", "--format", "table")
    assert table.out.splitlines()[0].split() == ["measure", "EU", "funding", "selection", "title"]
    assert "4.9.9.2" in table.out
    written = pasakumi(tmp_path, "parse", "page.html", "--format", "csv").out
    rows = list(csv.DictReader(io.StringIO(written)))
    assert [row["eu_funding_eur"] for row in rows] == ["1000000", "1000000"]


@pytest.mark.parametrize(
    "content",
    [b"", b" \n\t ", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 16, bytes(range(256)) * 9],
    ids=["nothing", "white", "picture", "bytes"],
)
def test_what_is_no_text_is_an_error_line(tmp_path, content):
    done = pasakumi(tmp_path, "parse", "-", stdin=content)
    assert done.code == 4
    assert "expected" in done.complaint


@pytest.mark.parametrize(
    ("content", "finding"),
    [
        (b"Nothing of ours stands here.", "no_measure"),
        (b"<html><title>404 Not Found</title><h1>Not Found</h1></html>", "error_page"),
        (page(3).encode()[:-40], "truncated_page"),
        (page(1, more="<p>A\x1b[31mB\x07</p>").encode(), "control_characters"),
        (page(1, more="<p>\xff\xfe nav</p>").encode("latin-1", "replace"), None),
        (page(2).encode("utf-16"), None),
        (page(2).encode("utf-16-le"), None),
        (b"<div>" * 60_000 + page(1).encode(), None),
        ("\ufeff".encode() + page(2).encode(), None),
    ],
)
def test_any_bytes_that_can_be_read_give_a_page_and_findings(tmp_path, content, finding):
    told = parsed(tmp_path, content)
    assert finding is None or finding in codes(told)


def test_latvian_is_whole_whatever_the_locale(tmp_path):
    (tmp_path / "page.html").write_text(page(1), "utf-8")
    done = pasakumi(tmp_path, "parse", "page.html", "--format", "table", LC_ALL="C", PYTHONIOENCODING="ascii")
    assert "Mācību vides uzlabošana" in done.out


@pytest.mark.parametrize("form", ["json", "table"])
def test_nothing_that_a_terminal_would_obey_is_printed(tmp_path, form):
    evil = "\x1b]0;owned\x07\x9b31m\u202e\u2066\u200f\udcff"
    body = page([measure(1, title=f"Vide {evil}")], more=f"<p>{evil}</p>").encode("utf-8", "surrogatepass")
    done = pasakumi(tmp_path, "parse", "-", "--format", form, stdin=body)
    assert done.code == 0
    assert [one for one in done.out if not one.isprintable() and one not in "\n\u00a0"] == []


def test_a_reader_that_has_enough_is_no_error(tmp_path):
    (tmp_path / "page.html").write_text(page(300), "utf-8")
    command = [sys.executable, "-m", "pipeline", "parse", "page.html"]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(command, cwd=tmp_path, env=environment, **pipes) as process:
        process.stdout.read(10)
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(60) == 0


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGINT for another process")
def test_an_interrupted_run_says_so_in_one_line(tmp_path):
    command = [sys.executable, "-m", "pipeline", "parse", "-"]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    pipes = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.PIPE)
    with subprocess.Popen(command, cwd=tmp_path, env=environment, **pipes) as process:
        time.sleep(1.5)
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=60)
    assert process.returncode == 130
    assert said.decode().startswith("pasakumi: interrupted")
    assert said.count(b"\n") == 1


def test_diff_of_files(tmp_path):
    (tmp_path / "old.html").write_text(page(2), "utf-8")
    (tmp_path / "new.html").write_text(page([measure(1), measure(2, amount="1 500 000")]), "utf-8")
    done = pasakumi(tmp_path, "diff", "old.html", "new.html")
    assert (done.code, done.err) == (0, "")
    assert "EU funding grew from €1,000,000 to €1,500,000" in done.out
    assert pasakumi(tmp_path, "diff", "old.html", "new.html", "--exit-code").code == 1
    same = pasakumi(tmp_path, "diff", "old.html", "old.html", "--exit-code")
    assert (same.code, same.out.count("\n")) == (0, 1)


@pytest.mark.parametrize(
    ("words", "left"),
    [
        (["--only", "funding_changed"], 2),
        (["--only", "funding_changed, milestone_moved"], 3),
        (["--only", "funding_changed", "--min-eur", "100_000"], 1),
        (["--only", "milestone_moved", "--min-days", "200"], 0),
        (["--measure", "4.9.9.1", "--measure", "4.9.8.*"], 1),
    ],
)
def test_diff_filters(tmp_path, words, left):
    new = [
        measure(1, amount="1 000 001"),
        measure(2, amount="1 500 000"),
        measure(3, when="2025. gada II cet."),
    ]
    (tmp_path / "old.html").write_text(page(3), "utf-8")
    (tmp_path / "new.html").write_text(page(new), "utf-8")
    done = pasakumi(tmp_path, "diff", "old.html", "new.html", "--format", "json", *words)
    assert len(json.loads(done.out)["changes"]) == left


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--only", "funding_chnged"], "did you mean funding_changed?"),
        (["--min-eur", "many"], "expected a number"),
        (["--min-days", "-3"], "expected a number"),
    ],
)
def test_a_filter_that_cannot_be(tmp_path, words, said):
    (tmp_path / "old.html").write_text(page(1), "utf-8")
    done = pasakumi(tmp_path, "diff", "old.html", "old.html", *words)
    assert done.code == 2
    assert said in done.complaint


def test_a_traceback_only_where_it_is_asked_for(tmp_path):
    done = pasakumi(tmp_path, "parse", "nothing.html", "-vv")
    assert done.code == 2
    assert "Traceback" in done.err
    assert done.err.splitlines()[-1].startswith("pasakumi: nothing.html: no such file")

"""History out of web archives: a real pywb, and servers that speak as the Internet Archive's do."""

from __future__ import annotations

import gzip
import json
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from pipeline import cdx_api
from pipeline.archive import Archive
from tests.pipeline.command import ROOT, pasakumi
from tests.pipeline.exchanges import exchange
from tests.pipeline.months import CHANGES, MONTHS, body, told
from tests.pipeline.site import URL, sources
from tests.pipeline.tools import pywb
from tests.pipeline.wayback import Wayback, stamp

FORMER = "https://old.example/fondi.html"


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "site").mkdir()
    sources(tmp_path / "site", f'former_urls = ["{FORMER}"]')
    return tmp_path / "site"


@pytest.fixture
def year():
    """Twelve months, each page twice, a redirect and an error between, half of it at the former address."""
    held = []
    for number, when in enumerate(MONTHS, 1):
        url = FORMER if number < 6 else URL
        content = body(number).encode()
        held += [(stamp(when), url, 200, content), (stamp(when + timedelta(days=1)), url, 200, content)]
        if number == 3:
            held.append((stamp(when + timedelta(days=2)), url, 301, b"moved"))
            held.append((stamp(when + timedelta(days=3)), url, 503, b"busy"))
            held.append((stamp(when + timedelta(days=4)), url, 200, content))
    archive = Wayback(held)
    yield archive
    archive.close()


def bring(folder, url, *words, code=0):
    done = pasakumi(folder, "import", "--from-archive", url, "--source", "fondi", *words)
    assert done.code == code, done
    return done.out + done.err


def captures(folder):
    return list(Archive(folder / "raw").captures())


def times(folder):
    return [capture.captured_at for capture in captures(folder)]


# One for each stretch of equal bytes.
EDITS = [when for number, when in enumerate(MONTHS, 1) if number == 1 or body(number) != body(number - 1)]


def test_a_real_pywb_with_a_year_of_captures(folder, tmp_path):
    other = Archive(tmp_path / "other")
    with other.writer() as writer:
        for number, when in enumerate(MONTHS, 1):
            writer.response("x", exchange(body(number).encode(), when, url=URL, coding="gzip"))
    with pywb(tmp_path, other.root) as base:
        said = bring(folder, base)
        assert "9 captures brought in, 2024-01-05 to 2024-12-05." in said
        assert "12 requests made of the archive" in said  # 9 captures, 2 lists of one address, 1 of the other
        assert times(folder) == EDITS
        mine, theirs = Archive(folder / "raw"), {one.captured_at: one for one in other.captures()}
        for capture in mine.captures():
            assert mine.payload(capture) == other.payload(theirs[capture.captured_at])
            assert capture.content_type == "text/html; charset=utf-8"
        again = bring(folder, base + "cdx", "--from", "2024-03")
        assert "No captures brought in; 7 there already." in again
    pasakumi(folder, "rebuild")
    assert told(folder) == CHANGES
    assert pasakumi(folder, "verify").code == 0


@pytest.mark.parametrize("suffix", ["", "/", "/web", "/web/", "/cdx/search/cdx"])
def test_the_layout_of_the_internet_archive(folder, year, suffix):
    said = bring(folder, year.url + suffix)
    assert times(folder) == EDITS
    assert {capture.url for capture in captures(folder)} == {URL, FORMER}
    assert "9 captures brought in" in said
    assert len(year.paths("/cdx/search/cdx")) == 4
    pasakumi(folder, "rebuild")
    assert told(folder) == CHANGES
    assert len(year.paths("id_/")) == len(EDITS)


def test_what_the_page_said_is_kept_and_what_the_archive_added_is_not(folder, year):
    bring(folder, year.url)
    data = b"".join(gzip.decompress(path.read_bytes()) for path in (folder / "raw").rglob("*.warc.gz"))
    assert b"Last-Modified: Mon, 01 Jan 2024" in data
    assert b"Server-Timing" not in data
    assert b"Memento" not in data
    assert b"GET /web/20240105063000id_/https://old.example/fondi.html HTTP/1.1" in data  # how it was come by


def test_lists_in_pages(folder, year):
    year.most = 3
    bring(folder, year.url)
    assert times(folder) == EDITS


def test_a_stretch_of_time(folder, year):
    bring(folder, year.url, "--from", "2024-02", "--to", "2024-03-31")
    assert times(folder) == MONTHS[1:3]
    assert all("from=20240201000000&to=20240331235959" in path for path in year.paths("/cdx/")[:2])


def test_delay_and_agent(folder, year):
    text = (folder / "sources.toml").read_text().replace("delay_seconds = 0", "delay_seconds = 0.2")
    (folder / "sources.toml").write_text(text)
    bring(folder, year.url)
    moments = [when for when, _ in year.asked]
    assert min(later - earlier for earlier, later in pairwise(moments)) >= 0.19


def test_busy_servers_are_given_time(folder, year):
    seen: dict[str, int] = {}

    def busy(path):
        seen[path] = seen.get(path, 0) + 1
        return (429, {"Retry-After": "1"}, b"") if seen[path] == 1 and "20240105" in path else None

    year.before = busy
    bring(folder, year.url)
    assert times(folder) == EDITS
    first, second = (when for when, path in year.asked if "20240105063000id_" in path)
    assert second - first >= 1


def test_an_archive_that_fails_midway_and_comes_back(folder, year):
    """What came is kept; the next time only the rest is asked for."""
    year.before = lambda path: (404, {}, b"") if path.startswith("/web/") and path[5:11] > "202404" else None
    said = bring(folder, year.url, code=3)
    assert times(folder) == EDITS[:4]
    assert said.count("left out: ") == len(EDITS) - 4
    year.before, year.asked = lambda _: None, []
    bring(folder, year.url)
    assert times(folder) == EDITS
    assert len(year.paths("/web/")) == len(EDITS) - 4


def test_an_archive_that_goes_away_midway(folder, year):
    count = 0

    def go_away(path):
        nonlocal count
        count += path.startswith("/web/")
        if count == 4:
            year.close()
        if count >= 4:
            raise ConnectionAbortedError

    year.before = go_away
    started = time.monotonic()
    done = pasakumi(folder, "import", "--from-archive", year.url, "--source", "fondi")
    assert done.code == 3
    assert "the same command again goes on from here" in done.err
    assert len(times(folder)) == 3
    assert time.monotonic() - started < 60
    assert pasakumi(folder, "verify").code == 0


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ((404, {}, b""), "no CDX API that answers"),
        ((200, {}, b"<html>Welcome"), "no CDX API that answers"),
        ((200, {}, b'[["timestamp"],["2024"]]'), "no CDX API that answers"),
        ((200, {}, b'{"timestamp": "20241399000000", "url": "x"}'), "no CDX API that answers"),
        ((403, {}, b""), "403"),
        ((302, {"Location": "http://elsewhere.example/"}, b""), "elsewhere.example"),
    ],
)
def test_what_is_no_archive(folder, year, answer, said):
    year.before = lambda _: answer
    done = pasakumi(folder, "import", "--from-archive", year.url, "--source", "fondi")
    assert done.code == 4
    assert said in done.complaint


def test_nobody_there(folder):
    done = pasakumi(folder, "import", "--from-archive", "http://127.0.0.1:9", "--source", "fondi")
    assert done.code == 4
    assert "cannot be asked" in done.complaint


def test_a_page_that_the_archive_does_not_have(folder, year):
    year.held = []
    assert "No captures brought in." in bring(folder, year.url)


def test_a_capture_that_is_only_near_is_filed_at_its_own_time(folder, year):
    """The list names a capture that cannot be shown; the archive redirects to the nearest."""
    missing = year.held[0]
    year.held = year.held[1:]
    listed = year.answer

    def also_listed(path):
        if path.startswith("/cdx/") and "old.example" in path and "from=" not in path:
            rows = json.loads(listed(path)[2])
            rows.insert(1, ["key", missing[0], missing[1], "text/html", "200", "AAAA", "1"])
            return 200, {}, json.dumps(rows).encode()
        return None

    year.before = also_listed
    bring(folder, year.url)
    assert times(folder) == [MONTHS[0] + timedelta(days=1), *EDITS[1:]]


def test_other_bytes_than_the_index_says(folder, year):
    """A notice of the archive itself, with 200 and no Memento-Datetime, is no capture."""
    year.before = lambda path: (200, {}, b"<p>Sorry, try later") if "20240205" in path else None
    said = bring(folder, year.url, code=3)
    assert "2024-02-05 06:30:00: the archive gave other bytes than its index says" in said
    assert MONTHS[1] not in times(folder)


def test_a_body_that_is_too_big(folder, year):
    text = (folder / "sources.toml").read_text().replace("[fetch]", "[fetch]\nmax_bytes = 20000")
    (folder / "sources.toml").write_text(text)
    year.before = lambda path: (200, {}, b"a" * 30_000) if "20240205" in path else None
    said = bring(folder, year.url, code=3)
    assert "more than 20000 bytes" in said
    assert len(times(folder)) == len(EDITS) - 1


def test_a_kill_loses_nothing_and_the_rest_comes_later(folder, year):
    year.before = lambda _: time.sleep(0.1)
    words = [sys.executable, "-m", "pipeline", "import", "--from-archive", year.url, "--source", "fondi"]
    process = subprocess.Popen(words, cwd=folder, env={"PYTHONPATH": str(ROOT)})
    while len(year.paths("/web/")) < 5:
        time.sleep(0.02)
    process.send_signal(signal.SIGKILL)
    process.wait()
    kept = times(folder)
    assert len(kept) >= 4
    year.asked = []
    bring(folder, year.url)
    assert times(folder) == EDITS
    assert len(year.paths("/web/")) == len(EDITS) - len(kept)
    assert pasakumi(folder, "verify").code == 0


@pytest.mark.parametrize(
    ("url", "first"),
    [
        (
            "https://web.archive.org",
            ("https://web.archive.org/cdx/search/cdx", "https://web.archive.org/web/"),
        ),
        (
            "https://web.archive.org/web/",
            ("https://web.archive.org/cdx/search/cdx", "https://web.archive.org/web/"),
        ),
        ("https://arquivo.pt/wayback", ("https://arquivo.pt/wayback/cdx", "https://arquivo.pt/wayback/")),
        ("https://arquivo.pt/wayback/cdx", ("https://arquivo.pt/wayback/cdx", "https://arquivo.pt/wayback/")),
        ("http://a.lv/coll-cdx", ("http://a.lv/coll-cdx", "http://a.lv/coll/")),
        ("http://a.lv/all/timemap/cdx", ("http://a.lv/all/timemap/cdx", "http://a.lv/all/")),
        ("http://a.lv/x/cdx/search/cdx?url=1", ("http://a.lv/x/cdx/search/cdx", "http://a.lv/x/web/")),
    ],
)
def test_what_an_address_can_mean(url, first):
    assert cdx_api.endpoints(url)[0] == first


@pytest.mark.parametrize(
    "answer",
    [
        '[["timestamp","original","statuscode","digest"],["20240105063000","https://a.lv/","200","D"]]',
        '{"timestamp": "20240105063000", "url": "https://a.lv/", "status": "200", "digest": "D"}\n',
        'lv,a)/ 20240105063000 {"url": "https://a.lv/", "status": "200", "digest": "D"}\n',
        "lv,a)/ 20240105063000 https://a.lv/ text/html 200 D - - 1 2 a.warc.gz\n",
    ],
)
def test_dialects(answer):
    (row,) = cdx_api.rows(answer.encode())
    assert row == cdx_api.Row("20240105063000", "https://a.lv/", "200", "D")
    assert row.captured_at == datetime(2024, 1, 5, 6, 30, tzinfo=UTC)


@pytest.mark.parametrize("answer", ["", "[]", "[[]]", "\n"])
def test_nothing_listed(answer):
    assert list(cdx_api.rows(answer.encode())) == []

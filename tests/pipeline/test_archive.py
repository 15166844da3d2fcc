"""Captures: written, read back, in order, once; the index as a cache of the WARC files."""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from pipeline import cdxj, warc, warc_records
from pipeline.archive import Archive, Hop
from pipeline.errors import Failed
from tests.pipeline.exchanges import DAY, URL, exchange

ROOT = Path(__file__).parents[2]


@pytest.fixture
def archive(tmp_path):
    return Archive(tmp_path / "raw", clock=lambda: DAY)


def records(path: Path) -> list[tuple[str, dict[str, str], bytes]]:
    """Read by another library than the one that wrote them."""
    found = []
    with path.open("rb") as file:
        for record in ArchiveIterator(file, check_digests="raise"):
            body = record.content_stream().read()
            found.append((record.rec_type, dict(record.rec_headers.headers), body))
    return found


def index_files(root: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in root.glob("index*")}


def test_a_capture_is_read_back_as_it_was(archive):
    with archive.writer() as writer:
        capture = writer.response("a", exchange("<p>š".encode(), coding="gzip"))
    assert list(archive.captures()) == [capture]
    assert archive.payload(capture) == "<p>š".encode()
    assert capture.id == f"20241105T063000Z-{capture.sha256[:12]}-a"
    assert (capture.url, capture.captured_at, capture.status, capture.kind) == (URL, DAY, 200, "response")
    assert capture.content_type == "text/html; charset=utf-8"
    assert archive.find(capture.id) == capture
    assert archive.find("other") is None
    assert archive.verify() == []


def test_the_record_has_what_the_standard_asks_for(archive):
    hop = Hop(
        "http://example.lv/", 301, b"HTTP/1.1 301 Moved\r\nLocation: /\r\nContent-Length: 9\r\n\r\n", URL
    )
    with archive.writer() as writer:
        capture = writer.response("a", exchange(b"one", coding="gzip", redirects=(hop,)))
    info, response, request, redirect = records(archive.root / capture.file)
    assert [kind for kind, _, _ in (info, response, request, redirect)] == [
        "warcinfo", "response", "request", "response",
    ]  # fmt: skip
    assert response[2] == b"one"
    assert response[1]["WARC-Payload-Digest"] == warc.digest(exchange(b"one", coding="gzip").body)
    assert response[1]["Pasakumi-Source"] == "a"
    assert response[1]["Pasakumi-Content-Digest"] == warc.digest(b"one")
    assert response[1]["WARC-IP-Address"] == "127.0.0.1"
    assert request[1]["WARC-Concurrent-To"] == response[1]["WARC-Record-ID"]
    assert redirect[1]["WARC-Target-URI"] == "http://example.lv/"
    assert len(list(archive.captures())) == 1


def test_an_unchanged_body_is_a_revisit(archive):
    with archive.writer() as writer:
        first = writer.response("a", exchange(b"one"))
    with archive.writer() as writer:
        second = writer.response("a", exchange(b"one", DAY + timedelta(days=1)))
        third = writer.response("a", exchange(b"one", DAY + timedelta(days=2)))
    assert (second.kind, second.sha256, third.kind) == ("revisit", first.sha256, "revisit")
    assert [archive.payload(capture) for capture in archive.captures()] == [b"one"] * 3
    revisit = records(archive.root / second.file)[3][1]
    original = records(archive.root / first.file)[1][1]
    assert revisit["WARC-Profile"].endswith("identical-payload-digest")
    assert revisit["WARC-Refers-To"] == original["WARC-Record-ID"]
    assert revisit["WARC-Refers-To-Date"] == original["WARC-Date"]
    assert revisit["WARC-Payload-Digest"] == original["WARC-Payload-Digest"]
    assert archive.verify() == []


def test_304_is_a_revisit(archive):
    with archive.writer() as writer:
        writer.response("a", exchange(b"one", headers=('ETag: "1"',)))
        second = writer.response("a", exchange(b"", DAY + timedelta(days=1), status=304))
        third = writer.response("a", exchange(b"", DAY + timedelta(days=2), status=304))
    assert (second.kind, second.status, archive.payload(third)) == ("revisit", 200, b"one")
    assert third.content_type == "text/html; charset=utf-8"
    validators = archive.validators()["a"]
    assert (validators.url, validators.etag, validators.last_modified) == (URL, '"1"', None)
    assert validators.sha256 == second.sha256


def test_304_without_a_capture_is_an_error(archive):
    with pytest.raises(Failed, match="no capture"), archive.writer() as writer:
        writer.response("a", exchange(b"", status=304))
    assert list(archive.captures()) == []


def test_a_page_that_comes_back_is_a_capture_of_its_own(archive):
    with archive.writer() as writer:
        for day, body in enumerate([b"one", b"two", b"one"]):
            writer.response("a", exchange(body, DAY + timedelta(days=day)))
    assert [capture.kind for capture in archive.captures()] == ["response"] * 3


@pytest.mark.parametrize(
    ("changed", "kind"),
    [
        ({"coding": "gzip", "mtime": 9}, "revisit"),  # the same page, packed at another time
        ({"coding": None}, "response"),  # replayed with the earlier bytes it would be broken
    ],
)
def test_the_same_page_in_other_bytes(archive, changed, kind):
    with archive.writer() as writer:
        writer.response("a", exchange(b"one", coding="gzip"))
        second = writer.response("a", exchange(b"one", DAY + timedelta(days=1), **changed))
    assert second.kind == kind
    assert archive.payload(second) == b"one"
    assert archive.verify() == []


def test_an_import_is_idempotent_and_in_order(archive):
    things = [(b"x", None), (b"y", None), (b"x", None), (b"old", DAY - timedelta(days=900)), (b"old", DAY)]
    for _ in range(2):
        with archive.writer() as writer:
            for body, when in things:
                writer.resource("a", URL, body, "text/plain", when)
    captures = list(archive.captures())
    assert [archive.payload(capture) for capture in captures] == [b"x", b"y", b"old", b"old"]
    assert [capture.captured_at for capture in captures] == [None, None, DAY - timedelta(days=900), DAY]
    assert [capture.id[:11] for capture in captures[:2]] == ["0000-000001", "0000-000002"]
    assert captures == sorted(captures, key=lambda capture: capture.id)
    assert len(list((archive.root / "imported").iterdir())) == 1


def test_an_imported_answer_keeps_its_time(archive):
    when = datetime(2021, 3, 4, 5, 6, 7, 890, tzinfo=UTC)
    with archive.writer() as writer:
        capture = writer.imported("a", exchange(b"one", when, coding="gzip"))
        assert writer.imported("a", exchange(b"one", when, coding="gzip")) is None
    assert capture.captured_at == when.replace(microsecond=0)
    assert capture.file.startswith("imported/")
    assert archive.payload(capture) == b"one"


def test_a_clock_set_back_does_not_turn_history_round(archive):
    with archive.writer() as writer:
        writer.response("a", exchange(b"one"))
        second = writer.response("a", exchange(b"two", DAY - timedelta(hours=1)))
        third = writer.response("a", exchange(b"three", DAY - timedelta(hours=1)))
        assert len(writer.notes) == 2
        assert "the clock (2024-11-05 05:30:00 UTC) is behind" in writer.notes[0]
    assert [archive.payload(capture) for capture in archive.captures()] == [b"one", b"two", b"three"]
    assert second.captured_at == DAY + timedelta(seconds=1)
    assert third.captured_at == DAY + timedelta(seconds=2)
    assert records(archive.root / second.file)[3][1]["Pasakumi-Clock"] == "2024-11-05T05:30:00Z"
    assert archive.verify() == []


def test_sources_are_told_apart(archive):
    with archive.writer() as writer:
        writer.response("a", exchange(b"one"))
        writer.response("b", exchange(b"one"))
    assert [capture.source for capture in archive.captures()] == ["a", "b"]
    assert [capture.kind for capture in archive.captures("b")] == ["response"]
    assert list(archive.captures("c")) == []


def test_years_and_sizes_part_the_files(tmp_path):
    archive = Archive(tmp_path / "raw", rotate_bytes=3000)
    with archive.writer() as writer:
        for day in range(0, 800, 40):
            writer.response("a", exchange(b"page %d" % day, DAY + timedelta(days=day)))
    files = archive._index.warc_files()
    assert {name[:4] for name in files} == {"2024", "2025", "2026", "2027"} - {"2027"}
    assert "2025/pasakumi-2025-0002.warc.gz" in files
    assert sorted(index_files(archive.root)) == ["index-2024.cdxj.gz", "index-2025.cdxj.gz", "index.cdxj"]
    captures = list(archive.captures())
    assert [archive.payload(capture) for capture in captures] == [
        b"page %d" % day for day in range(0, 800, 40)
    ]
    before = index_files(archive.root)
    archive.rebuild_index()
    assert index_files(archive.root) == before
    assert archive.verify() == []


def test_the_index_is_cdxj_in_byte_order(archive):
    with archive.writer() as writer:
        for day in range(3):
            for source, url in {
                "b": "https://example.lv/b",
                "a": "http://www.example.lv:80/a",
                "c": "https://example.lv/ā",
            }.items():
                writer.response(source, exchange(b"1", DAY + timedelta(days=day), url=url))
    lines = (archive.root / "index.cdxj").read_bytes().splitlines()
    assert lines == sorted(lines)
    assert lines[1].startswith(b"lv,example)/a 20241105063000 {")


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("https://www.izm.gov.lv/lv/Jaunums?b=2&a=1#x", "lv,gov,izm)/lv/jaunums?a=1&b=2"),
        ("http://example.lv", "lv,example)/"),
        ("http://www2.example.lv:8080/a/", "lv,example:8080)/a"),
        ("https://example.lv:443/", "lv,example)/"),
        ("http://127.0.0.1:8000/a", "127.0.0.1:8000)/a"),
        ("http://user@Example.LV/%C5%A1", "lv,example)/%c5%a1"),
        ("http://[::1", "http://[::1"),
    ],
)
def test_sort_keys(url, key):
    assert cdxj.surt(url) == key


def test_without_an_index_everything_is_still_there(archive):
    with archive.writer() as writer:
        for day in range(3):
            writer.response("a", exchange(b"1", DAY + timedelta(days=day * 200)))
    before, captures = index_files(archive.root), list(archive.captures())
    for name in before:
        (archive.root / name).unlink()
    assert list(archive.captures()) == captures
    with archive.writer():
        pass
    assert index_files(archive.root) == before


def test_a_closed_year_that_is_gone_is_read_from_the_files(archive):
    with archive.writer() as writer:
        for year in range(3):
            writer.response("a", exchange(b"%d" % year, DAY + timedelta(days=year * 366)))
    captures = list(archive.captures())
    (archive.root / "index-2024.cdxj.gz").unlink()
    assert list(archive.captures()) == captures


def test_an_index_behind_the_files(archive):
    with archive.writer() as writer:
        writer.response("a", exchange(b"1"))
    old = index_files(archive.root)
    with archive.writer() as writer:
        writer.response("a", exchange(b"2", DAY + timedelta(days=400)))
    captures = list(archive.captures())
    for name, data in old.items():
        (archive.root / name).write_bytes(data)
    assert list(archive.captures()) == captures
    assert archive.verify() == []


def test_readers_see_what_a_writer_has_done_so_far(archive):
    with archive.writer() as writer:
        for day in range(3):
            capture = writer.response("a", exchange(b"1", DAY + timedelta(days=day)))
            assert list(Archive(archive.root).captures())[-1] == capture
            assert Archive(archive.root).verify() == []


def test_a_copy_made_while_writing_is_whole_as_far_as_it_goes(archive, tmp_path):
    with archive.writer() as writer:
        first = writer.response("a", exchange(b"1"))
        shutil.copytree(archive.root, tmp_path / "copy")
        writer.response("a", exchange(b"2", DAY + timedelta(days=1)))
    shutil.copy(archive.root / "index.cdxj", tmp_path / "copy")  # the index was copied later than the file
    copy = Archive(tmp_path / "copy")
    assert list(copy.captures()) == [first]
    assert "the index knows" in str(copy.verify()[0])
    with copy.writer() as writer:
        assert "shorter than the index knew" in writer.notes[0]
        writer.response("a", exchange(b"3", DAY + timedelta(days=2)))
    assert [copy.payload(capture) for capture in copy.captures()] == [b"1", b"3"]
    assert copy.verify() == []


def test_other_tools_accept_the_files(archive):
    with archive.writer() as writer:
        writer.resource("a", URL, b"text", "text/plain", None)
        for day in range(3):
            body = b"one" if day < 2 else b"two"
            writer.response("a", exchange(body, DAY + timedelta(days=day), coding="gzip"))
    for path in archive.root.rglob("*.warc.gz"):
        command = "from warcio.cli import main; main()"
        check = subprocess.run(
            [sys.executable, "-c", command, "check", "-v", path], capture_output=True, text=True, check=False
        )
        assert (check.returncode, check.stderr) == (0, ""), check.stdout
        index = subprocess.run(
            [sys.executable, "-c", command, "index", path], capture_output=True, text=True, check=True
        )
        assert index.stdout.count("\n") == len(records(path))


def test_the_shipped_capture():
    """Made by the archive's own code, and never again: a change of that code must not change it."""
    name = "izm-visparejai-izglitibai"
    archive = Archive(ROOT / "raw")
    shipped = [capture for capture in archive.captures(name) if capture.file.startswith("shipped/")]
    assert [(capture.captured_at, capture.kind) for capture in shipped] == [(None, "resource")]
    body = archive.payload(shipped[0])
    assert body.decode().startswith("Eiropas Savienības fondu atbalsts vispārējās izglītības")
    day = datetime(2026, 11, 24, tzinfo=UTC)
    made = warc_records.resource(
        name, shipped[0].url, body, "text/plain; charset=utf-8", archived_at=day, order=1
    )
    record = warc.read(io.BytesIO(made), 0)
    with (ROOT / "raw" / shipped[0].file).open("rb") as file:
        stored = warc.read(file, shipped[0].offset)
    assert (record.headers, record.block) == (stored.headers, stored.block)

"""A WACZ that other people's tools accept and replay, and that brings the same captures in again."""

from __future__ import annotations

import gzip
import hashlib
import json
import subprocess
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
import requests

from pipeline.archive import Archive, Hop
from tests.pipeline.command import pasakumi
from tests.pipeline.exchanges import exchange
from tests.pipeline.months import MONTHS
from tests.pipeline.site import URL, page, sources
from tests.pipeline.tools import pywb, tools_python

FROM = "https://ministry.example/"


@pytest.fixture
def folder(tmp_path):
    """A page over two years, met again, redirected to, after a 304, once of unknown time."""
    site = tmp_path / "site"
    site.mkdir()
    sources(site)
    hop = Hop(
        FROM, 301, b"HTTP/1.1 301 Moved\r\nLocation: %b\r\nContent-Length: 9\r\n\r\n" % URL.encode(), URL
    )
    with Archive(site / "raw").writer() as writer:
        writer.resource("fondi", URL, page(1).encode(), "text/html", None)
        for number, when in enumerate([*MONTHS, *(when + timedelta(days=366) for when in MONTHS)]):
            content = page(2 + number // 3).encode()
            answer = exchange(content, when, url=FROM, status=304 if number % 6 == 1 else 200, coding="gzip")
            writer.response("fondi", answer._replace(final_url=URL, redirects=(hop,)))
    return site


def export(folder: Path, *words: str) -> Path:
    done = pasakumi(folder, "export", "--wacz", "out.wacz", *words)
    assert (done.code, done.err) == (0, ""), done
    return folder / "out.wacz"


def lines(file: Path) -> list[tuple[str, dict[str, str]]]:
    with zipfile.ZipFile(file) as zipped:
        text = gzip.decompress(zipped.read("indexes/index.cdx.gz")).decode()
    return [(line.split(" ")[1], json.loads(line.split(" ", 2)[2])) for line in text.splitlines()]


def test_py_wacz_finds_it_valid(folder):
    file = export(folder)
    done = subprocess.run(
        [tools_python(), "-c", "from wacz.main import main; exit(main())", "validate", "-f", file],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done
    assert "the passed WACZ is valid" in done.stdout


def test_pywb_takes_it_and_replays_every_capture(folder, tmp_path):
    """wb-manager takes WARC files and index out of it; nothing is indexed anew."""
    file = export(folder)
    command = [tools_python(), "-c", "from pywb.manager.manager import main; import sys; main(sys.argv[1:])"]
    subprocess.run([*command, "init", "x"], cwd=tmp_path, check=True, capture_output=True)
    subprocess.run(
        [*command, "add", "--unpack-wacz", "x", file], cwd=tmp_path, check=True, capture_output=True
    )
    collection = tmp_path / "collections" / "x"
    archive = Archive(folder / "raw")
    (tmp_path / "replay").mkdir()
    with pywb(tmp_path / "replay", collection / "archive", collection / "indexes") as base:
        for capture in archive.captures():
            if capture.captured_at:
                address = f"{base}{capture.captured_at:%Y%m%d%H%M%S}id_/{capture.url}"
                answer = requests.get(address, timeout=20, allow_redirects=False)
                assert (answer.status_code, answer.content) == (200, archive.payload(capture)), capture
        answer = requests.get(f"{base}20240105063000id_/{FROM}", timeout=20, allow_redirects=False)
        assert answer.status_code == 301


def test_every_record_is_where_the_index_says(folder):
    file = export(folder)
    with zipfile.ZipFile(file) as zipped:
        assert {info.compress_type for info in zipped.infolist()} == {zipfile.ZIP_STORED}
        data = zipped.read("archive/captures.warc.gz")
        packed, places = (
            zipped.read("indexes/index.cdx.gz"),
            zipped.read("indexes/index.idx").decode().splitlines(),
        )
        pages = [json.loads(line) for line in zipped.read("pages/pages.jsonl").splitlines()]
    found = lines(file)
    assert len(found) == 25 + sum(1 for _, facts in found if facts["status"] == "301")
    for stamp, facts in found:
        member = data[int(facts["offset"]) :][: int(facts["length"])]
        record = gzip.decompress(member)
        assert f"WARC-Target-URI: {facts['url']}\r\n".encode() in record
        assert f"WARC-Date: {stamp[:4]}-{stamp[4:6]}" in record.decode("utf-8", "replace")
        assert facts["recordDigest"] == f"sha256:{hashlib.sha256(member).hexdigest()}"
    for place in places[1:]:
        facts = json.loads(place[place.index("{") :])
        block = gzip.decompress(packed[facts["offset"] :][: facts["length"]]).decode()
        assert block.startswith(place[: place.index("{")])
    assert len(pages) == 26
    assert pages[1]["title"] == "fondi, at an unknown time"
    assert pages[2]["ts"] == "2024-01-05T06:30:00Z"


def test_it_brings_the_same_captures_in_again(folder, tmp_path):
    other = tmp_path / "other"
    other.mkdir()
    sources(other)
    done = pasakumi(other, "import", export(folder))
    assert (done.code, done.err) == (0, ""), done
    one, two = ({(c.id, c.url) for c in Archive(place / "raw").captures()} for place in (folder, other))
    assert one == two
    assert pasakumi(other, "verify").code == 0
    assert "25 there already" in pasakumi(other, "import", folder / "out.wacz").out


def test_a_stretch_of_time_has_what_it_repeats(folder):
    """The second February repeats the second January, which is outside: its record is in, its page is not."""
    file = export(folder, "--from", "2025-02", "--to", "2025-02-28", "--source", "fondi")
    stamps = [stamp for stamp, facts in lines(file) if facts["status"] != "301"]
    assert stamps == ["20250105063000", "20250205063000"]
    with zipfile.ZipFile(file) as zipped:
        assert len(zipped.read("pages/pages.jsonl").splitlines()) == 2


def test_refused_while_contacts_are_not_published(folder):
    sources(folder, publish_contacts=False)
    done = pasakumi(folder, "export", "--wacz", "out.wacz")
    assert done.code == 2
    assert "contacts of fondi are not published" in done.complaint
    assert not (folder / "out.wacz").exists()
    export(folder, "--with-contacts")


def test_refused_for_one_source_of_several(folder):
    with (folder / "sources.toml").open("a") as file:
        file.write('[[source]]\nid = "citi"\nurl = "https://other.example/"\npublish_contacts = false\n')
    with Archive(folder / "raw").writer() as writer:
        writer.resource("citi", "https://other.example/", b"<p>a", "text/html", MONTHS[0])
    assert "contacts of citi are not" in pasakumi(folder, "export", "--wacz", "out.wacz").complaint
    export(folder, "--source", "fondi")


def test_a_source_that_is_configured_no_more_follows_the_whole(folder):
    text = (folder / "sources.toml").read_text().replace('id = "fondi"', 'id = "citi"').replace(URL, FROM)
    (folder / "sources.toml").write_text(text.replace("publish_contacts = true", "publish_contacts = false"))
    assert "contacts of fondi are not" in pasakumi(folder, "export", "--wacz", "out.wacz").complaint


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "--wacz FILE"),
        (["--wacz", "x.wacz", "--source", "fond"], "did you mean fondi"),
        (["--wacz", "x.wacz", "--from", "2030"], "no such capture"),
        (["--wacz", "x.wacz", "--from", "long ago"], "no moment"),
    ],
)
def test_what_cannot_be_meant(folder, words, said):
    done = pasakumi(folder, "export", *words)
    assert (done.code, said in done.complaint) == (2, True)


def test_a_damaged_record_is_not_passed_on(folder):
    file = export(folder)
    before = file.read_bytes()
    damaged = next((folder / "raw" / "2024").glob("*.warc.gz"))
    data = bytearray(damaged.read_bytes())
    data[len(data) // 2] ^= 0xFF
    damaged.write_bytes(data)
    done = pasakumi(folder, "export", "--wacz", "out.wacz")
    assert (done.code, "pasakumi verify" in done.complaint) == (4, True)
    assert file.read_bytes() == before
    assert [path.name for path in folder.glob(".*.tmp")] == []


def test_a_folder_that_cannot_be_written(folder):
    done = pasakumi(folder, "export", "--wacz", "none/out.wacz")
    assert (done.code, "cannot be written" in done.complaint) == (4, True)

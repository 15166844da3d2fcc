"""History brought in from files: nothing twice, times kept, what is broken said and the rest taken."""

from __future__ import annotations

import gzip
import io
import os
import random
import shutil
import subprocess
import zipfile
import zlib
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from pipeline.archive import Archive
from tests.pipeline.command import pasakumi
from tests.pipeline.months import CHANGES, MONTHS, body, told
from tests.pipeline.site import URL, page, sources

FORMER = "https://old.example/fondi.html"


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "site").mkdir()
    sources(tmp_path / "site", f'former_urls = ["{FORMER}"]')
    return tmp_path / "site"


def put(folder: Path, *words: str | Path, code: int = 0) -> str:
    """Imports for the one source; gives what was said."""
    done = pasakumi(folder, "import", *words, "--source", "fondi")
    assert done.code == code, done
    return done.out + done.err


def captures(folder: Path):
    return list(Archive(folder / "raw").captures())


def times(folder: Path) -> list[datetime | None]:
    return [capture.captured_at for capture in captures(folder)]


def is_sound(folder: Path) -> bool:
    return pasakumi(folder, "verify").code == 0


def warc(items, *, packed: bool = True, version: str = "1.0") -> bytes:
    """A WARC file as warcio writes it; items are (url, when, body, status), the last may be "revisit"."""
    target = io.BytesIO()
    writer = WARCWriter(target, gzip=packed, warc_version=version)
    for url, when, content, status in items:
        date = f"{when:%Y-%m-%dT%H:%M:%SZ}"
        code = "200" if status == "revisit" else status
        headers = [("Content-Type", "text/html; charset=utf-8")]
        head = StatusAndHeaders(f"{code} Words", headers, protocol="HTTP/1.1")
        if status == "revisit":
            digest = writer.create_warc_record(url, "response", io.BytesIO(content), http_headers=head)
            writer.ensure_digest(digest)
            record = writer.create_revisit_record(
                url, digest.rec_headers["WARC-Payload-Digest"], url, date, http_headers=head
            )
            record.rec_headers.replace_header("WARC-Date", date)
        else:
            named = {"WARC-Date": date}
            record = writer.create_warc_record(
                url, "response", io.BytesIO(content), http_headers=head, warc_headers_dict=named
            )
        writer.write_record(record)
    return target.getvalue()


def monthly(urls=(URL,)) -> list:
    return [(urls[n % len(urls)], when, body(n + 1).encode(), "200") for n, when in enumerate(MONTHS)]


def shuffled(items: list, seed: int = 3) -> list:
    return random.Random(seed).sample(items, len(items))  # noqa: S311 - any order will do


# --- the whole history ---


@pytest.mark.parametrize("way", ["files", "folder", "warc", "wacz", "git"])
def test_twelve_months_in_any_order_tell_the_whole_history(folder, tmp_path, way):
    pages = tmp_path / "pages"
    pages.mkdir()
    if way == "files":
        for number, when in shuffled(list(enumerate(MONTHS, 1))):
            (pages / f"{number}.html").write_text(body(number), "utf-8")
            put(folder, pages / f"{number}.html", "--captured-at", f"{when:%Y-%m-%dT%H:%M:%SZ}")
    elif way == "folder":
        for number, when in enumerate(MONTHS, 1):
            (pages / f"fondi {when:%Y%m%dT%H%M%S}.html").write_text(body(number), "utf-8")
        put(folder, pages)
    elif way == "git":
        repository(pages, [(body(number), when) for number, when in enumerate(MONTHS, 1)])
        put(folder, "--git", pages / "fondi.html")
    else:
        (pages / "year.warc.gz").write_bytes(warc(shuffled(monthly())))
        if way == "wacz":
            with zipfile.ZipFile(pages / "year.wacz", "w") as zipped:
                zipped.write(pages / "year.warc.gz", "archive/year.warc.gz")
        put(folder, pages / f"year.{'wacz' if way == 'wacz' else 'warc.gz'}")
    edits = [when for number, when in enumerate(MONTHS, 1) if number == 1 or body(number) != body(number - 1)]
    assert times(folder) == (edits if way == "git" else MONTHS)
    assert pasakumi(folder, "rebuild").code == 0
    assert told(folder) == CHANGES
    assert is_sound(folder)


def test_doing_it_again_takes_nothing_twice(folder, tmp_path):
    (tmp_path / "year.warc.gz").write_bytes(warc(monthly()))
    (tmp_path / "undated.html").write_text(page(2), "utf-8")
    (tmp_path / "2023-01-01.html").write_text(page(3), "utf-8")
    words = [tmp_path / "undated.html", tmp_path / "2023-01-01.html", tmp_path / "year.warc.gz"]
    put(folder, *words)
    before, files = captures(folder), sorted((folder / "raw").rglob("*.warc.gz"))
    assert len(before) == 14
    said = put(folder, *words, *reversed(words))
    assert "No captures brought in; 28 there already." in said
    assert captures(folder) == before
    assert sorted((folder / "raw").rglob("*.warc.gz")) == files


# --- times ---


def test_an_unknown_time_is_said_and_the_order_given_counts(folder, tmp_path):
    for number in (3, 1, 2):
        (tmp_path / f"page{number}.html").write_text(page(number), "utf-8")
    said = put(folder, *(tmp_path / f"page{number}.html" for number in (3, 1, 2)))
    assert "3 of unknown time: they stand before all others, in the order given" in said
    found = captures(folder)
    archive = Archive(folder / "raw")
    assert [capture.captured_at for capture in found] == [None] * 3
    assert [archive.payload(capture).count(b"<h3>") for capture in found] == [3, 1, 2]


def test_the_time_of_a_file_is_no_evidence(folder, tmp_path):
    (tmp_path / "page.html").write_text(page(2), "utf-8")
    os.utime(tmp_path / "page.html", (0, 0))
    put(folder, tmp_path / "page.html")
    assert times(folder) == [None]


def test_undated_files_of_a_folder_go_by_number(folder, tmp_path):
    pages = tmp_path / "pages"
    pages.mkdir()
    for number in (10, 9, 1):
        (pages / f"page{number}.html").write_text(page(number), "utf-8")
    put(folder, pages)
    archive = Archive(folder / "raw")
    assert [archive.payload(capture).count(b"<h3>") for capture in archive.captures()] == [1, 9, 10]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2024-11-05T06:30:00Z", datetime(2024, 11, 5, 6, 30, tzinfo=UTC)),
        ("2024-11-05T08:30+02:00", datetime(2024, 11, 5, 6, 30, tzinfo=UTC)),
        ("2024-11-05", datetime(2024, 11, 5, tzinfo=UTC)),
        ("20241105063000", datetime(2024, 11, 5, 6, 30, tzinfo=UTC)),
    ],
)
def test_captured_at(folder, tmp_path, written, meant):
    (tmp_path / "2020-01-01.html").write_text(page(2), "utf-8")
    put(folder, tmp_path / "2020-01-01.html", "--captured-at", written)
    assert times(folder) == [meant]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "name files"),
        (["a.html", "--git", "a.html"], "one of the three"),
        (["a.html", "b.html", "--captured-at", "2024-11-05"], "one page"),
        (["a.html", "--captured-at", "soon"], "no moment"),
        (["a.html", "--captured-at", "2999-01-01"], "still to come"),
        (["a.html", "--from", "2024"], "--from-archive"),
        (["none.html"], "no such file"),
        (["--from-archive", "archive.org"], "no address"),
        (["--git", "."], "a folder"),
    ],
)
def test_what_cannot_be_meant(folder, words, said):
    for name in ("a.html", "b.html"):
        (folder / name).write_text(page(2), "utf-8")
    done = pasakumi(folder, "import", *words, "--source", "fondi")
    assert done.code == 2
    assert said in done.complaint
    assert not captures(folder)


def test_a_source_that_there_is_not(folder):
    (folder / "a.html").write_text(page(2), "utf-8")
    done = pasakumi(folder, "import", "a.html", "--source", "fond")
    assert (done.code, "did you mean fondi" in done.complaint) == (2, True)


# --- what is taken ---


def test_text_html_and_packed_html(folder, tmp_path):
    (tmp_path / "2024-01-01.txt").write_text("4.9.9.1. pasākums “Mācību vide”\nMērķis: uzlabot.\n", "utf-8")
    (tmp_path / "2024-01-02.html").write_bytes(page(2).encode("windows-1257", "xmlcharrefreplace"))
    (tmp_path / "2024-01-03.html.gz").write_bytes(gzip.compress(page(3).encode()))
    put(folder, *sorted(tmp_path.glob("2024*")))
    assert [capture.content_type for capture in captures(folder)] == ["text/plain", "text/html", "text/html"]


def test_a_folder_as_browsers_and_people_leave_it(folder, tmp_path):
    pages = tmp_path / "pages"
    for name in (
        "2024/11/05/fondi.html",
        "2024/11/06/fondi.html",
        "fondi_files/frame.html",
        ".git/x.html",
        "notes.css",
    ):
        (pages / name).parent.mkdir(parents=True, exist_ok=True)
        (pages / name).write_text(page(2 + len(name)), "utf-8")
    (pages / "2024-11-07.warc.gz").write_bytes(warc([(URL, MONTHS[0], page(4).encode(), "200")]))
    said = put(folder, pages)
    assert times(folder) == [MONTHS[0], datetime(2024, 11, 5, tzinfo=UTC), datetime(2024, 11, 6, tzinfo=UTC)]
    assert "1 file of other kinds" in said


def test_a_page_that_moved_has_one_history(folder, tmp_path):
    (tmp_path / "year.warc").write_bytes(warc(monthly([FORMER, URL]), packed=False, version="1.1"))
    put(folder, tmp_path / "year.warc")
    assert {capture.url for capture in captures(folder)} == {FORMER, URL}
    pasakumi(folder, "rebuild")
    assert told(folder) == CHANGES


def test_records_say_themselves_whose_they_are(folder, tmp_path):
    with (folder / "sources.toml").open("a") as file:
        file.write('[[source]]\nid = "citi"\nurl = "https://other.example/"\n')
    items = [
        (URL, MONTHS[0], page(2).encode(), "200"),
        ("http://other.example", MONTHS[1], page(3).encode(), "200"),
    ]
    (tmp_path / "both.warc.gz").write_bytes(warc(items))
    done = pasakumi(folder, "import", tmp_path / "both.warc.gz")
    assert done.code == 0, done
    assert [capture.source for capture in captures(folder)] == ["fondi", "citi"]
    (tmp_path / "page.html").write_text(page(2), "utf-8")
    assert "say with --source" in pasakumi(folder, "import", tmp_path / "page.html").complaint


def test_only_pages_are_taken_and_the_rest_is_said(folder, tmp_path):
    items = [
        (URL, MONTHS[0], page(2).encode(), "200"),
        (URL, MONTHS[1], b"<h1>Gone", "404"),
        (URL, MONTHS[2], b"<h1>Moved", "301"),
        ("https://ministry.example/style", MONTHS[0], b"<p>else", "200"),
    ]
    (tmp_path / "crawl.warc.gz").write_bytes(warc(items))
    said = put(folder, tmp_path / "crawl.warc.gz")
    assert times(folder) == MONTHS[:1]
    assert "no page, not taken: 1 × 301, 1 × 404" in said


def test_an_archive_of_one_other_page_is_taken_and_said(folder, tmp_path):
    (tmp_path / "a.warc.gz").write_bytes(
        warc([("https://moved.example/x", MONTHS[0], page(2).encode(), "200")])
    )
    said = put(folder, tmp_path / "a.warc.gz")
    assert "https://moved.example/x; former_urls may name it" in said
    assert times(folder) == MONTHS[:1]


def test_an_archive_of_several_other_pages_needs_a_word(folder, tmp_path):
    items = [(f"https://moved.example/{n}", MONTHS[n], page(2 + n).encode(), "200") for n in range(2)]
    (tmp_path / "a.warc.gz").write_bytes(warc(items))
    said = put(folder, tmp_path / "a.warc.gz", code=4)
    assert "it has https://moved.example/0, https://moved.example/1; --url takes one" in said
    put(folder, tmp_path / "a.warc.gz", "--url", "https://moved.example/1")
    assert times(folder) == [MONTHS[1]]


def test_revisits_are_captures_wherever_they_stand(folder, tmp_path):
    content = page(2).encode()
    items = [
        (URL, MONTHS[2], content, "revisit"),
        (URL, MONTHS[0], content, "200"),
        (URL, MONTHS[1], content, "revisit"),
    ]
    items.append((URL, MONTHS[3], b"<p>never captured", "revisit"))
    (tmp_path / "a.warc.gz").write_bytes(warc(items))
    said = put(folder, tmp_path / "a.warc.gz", code=3)
    archive = Archive(folder / "raw")
    assert times(folder) == MONTHS[:3]
    assert {archive.payload(capture) for capture in archive.captures()} == {content}
    assert "2024-04-05 06:30:00 repeats a record that is not there" in said
    assert is_sound(folder)
    again = put(folder, tmp_path / "a.warc.gz", code=3)
    assert "No captures brought in; 3 there already." in again


def test_a_year_without_news_costs_little(folder, tmp_path):
    days = [MONTHS[0] + timedelta(days=day) for day in range(365)]
    content = os.urandom(20_000).hex().encode()
    (tmp_path / "year.warc.gz").write_bytes(warc([(URL, day, b"<p>" + content, "200") for day in days]))
    put(folder, tmp_path / "year.warc.gz")
    assert times(folder) == days
    assert sum(path.stat().st_size for path in (folder / "raw").rglob("*.warc.gz")) < 365 * 700 + 30_000
    assert is_sound(folder)


def test_bodies_in_chunks_and_codings(folder, tmp_path):
    content = page(2).encode()
    chunked = (
        b"".join(b"%x\r\n%b\r\n" % (len(part), part) for part in (content[:500], content[500:]))
        + b"0\r\n\r\n"
    )
    bodies = {
        "Transfer-Encoding: chunked": chunked,
        "Content-Encoding: gzip": gzip.compress(content),
        "Content-Encoding: deflate": zlib.compress(content),
        "Transfer-Encoding: chunked ": content,  # taken off before it was kept
    }
    data = b""
    for number, (header, sent) in enumerate(bodies.items()):
        block = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n{header.strip()}\r\n\r\n".encode() + sent
        named = ["WARC/1.0", "WARC-Type: response", f"WARC-Target-URI: <{URL}>"]
        named += [f"WARC-Date: {MONTHS[number]:%Y-%m-%dT%H:%M:%SZ}", "Content-Type: application/http"]
        head = "\r\n".join([*named, f"Content-Length: {len(block)}", "", ""]).encode()
        data += head + block + b"\r\n\r\n"
    (tmp_path / "a.warc").write_bytes(data)
    put(folder, tmp_path / "a.warc")
    archive = Archive(folder / "raw")
    assert [archive.payload(capture) for capture in archive.captures()] == [content] * 4
    assert is_sound(folder)


def test_what_another_pasakumi_holds(folder, tmp_path):
    """Its WARC files, with captures of unknown time and with revisits: the same captures come out."""
    other = tmp_path / "other"
    other.mkdir()
    sources(other)
    (tmp_path / "first.html").write_text(page(1), "utf-8")
    put(other, tmp_path / "first.html")
    (tmp_path / "a.warc.gz").write_bytes(warc([(URL, when, page(3).encode(), "200") for when in MONTHS[:3]]))
    put(other, tmp_path / "a.warc.gz")
    put(folder, *sorted((other / "raw").rglob("*.warc.gz")))
    facts = [(one.id, one.kind, one.content_type) for one in captures(other)]
    assert [(one.id, one.kind, one.content_type) for one in captures(folder)] == facts
    assert "revisit" in {kind for _, kind, _ in facts}


# --- git ---


def git(folder: Path, *words: str, when: datetime | None = None) -> None:
    dates = {
        f"GIT_{who}_{what}": f"{who.lower()}" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")
    }
    if when:
        stamp = f"{when:%Y-%m-%dT%H:%M:%S+0000}"
        dates |= {"GIT_COMMITTER_DATE": stamp, "GIT_AUTHOR_DATE": "2001-01-01T00:00:00+0000"}
    subprocess.run(["git", *words], cwd=folder, env=os.environ | dates, check=True, capture_output=True)


def repository(folder: Path, versions: list[tuple[str, datetime]]) -> None:
    git(folder, "init", "-q")
    for content, when in versions:
        (folder / "fondi.html").write_text(content, "utf-8")
        git(folder, "add", "fondi.html")
        git(folder, "commit", "-q", "--allow-empty", "-m", "scrape", when=when)


def test_git_through_renames_removal_and_commits_of_one_second(folder, tmp_path):
    work = tmp_path / "work"
    work.mkdir()
    git(work, "init", "-q")
    steps = [("lapa ā.html", 2), ("lapa ā.html", 3), (None, 0), ("lapa ā.html", 4)]
    for step, (name, measures) in enumerate(steps):
        if name:
            (work / name).write_text(page(measures), "utf-8")
        else:
            (work / "lapa ā.html").unlink()
        git(work, "add", "-A")
        git(work, "commit", "-q", "-m", "x", when=MONTHS[0] + timedelta(seconds=step // 2))
    git(work, "mv", "lapa ā.html", "fondi.html")
    git(work, "commit", "-q", "-m", "x", when=MONTHS[1])
    (work / "fondi.html").write_text(page(5), "utf-8")
    git(work, "commit", "-qam", "x", when=MONTHS[2])
    said = put(folder, "--git", work / "fondi.html")
    assert times(folder) == [*(MONTHS[0] + timedelta(seconds=number) for number in range(3)), *MONTHS[1:3]]
    assert "filed one second after" in said
    archive = Archive(folder / "raw")
    assert [archive.payload(one).count(b"<h3>") for one in archive.captures()] == [2, 3, 4, 4, 5]
    put(folder, "--git", work / "fondi.html")
    assert len(captures(folder)) == 5


def test_git_remembers_a_file_that_is_gone(folder, tmp_path):
    repository(tmp_path, [(page(2), MONTHS[0])])
    git(tmp_path, "rm", "-q", "fondi.html")
    git(tmp_path, "commit", "-qm", "x", when=MONTHS[1])
    put(folder, "--git", tmp_path / "fondi.html")
    assert times(folder) == MONTHS[:1]


@pytest.mark.parametrize("protocol", ["file", "ext"])
def test_a_git_repository_that_means_harm_runs_nothing(folder, tmp_path, protocol):
    """What its settings name as a program is not started, not even to fetch an object that is missing."""
    work, trace = tmp_path / "work", tmp_path / "trace"
    work.mkdir()
    repository(work, [(page(number), MONTHS[number]) for number in range(1, 4)])
    program = tmp_path / "program"
    program.write_text(f"#!/bin/sh\necho ran > {trace}\nexit 1\n", "utf-8")
    program.chmod(0o755)
    for key, value in {
        "core.repositoryFormatVersion": "1",
        "extensions.partialClone": "origin",
        "remote.origin.promisor": "true",
        "remote.origin.url": f"file://{work}" if protocol == "file" else f"ext::{program}",
        "remote.origin.uploadpack": f"{program}",
        "protocol.allow": "always",
        "protocol.file.allow": "always",
        "protocol.ext.allow": "always",
        **dict.fromkeys(("core.fsmonitor", "core.pager", "core.sshCommand", "diff.external"), f"{program}"),
        **dict.fromkeys(("diff.x.textconv", "diff.x.command", "gpg.program"), f"{program}"),
        "log.showSignature": "true",
    }.items():
        git(work, "config", key, value)
    (work / ".gitattributes").write_text("*.html diff=x\n", "utf-8")
    blob = subprocess.run(
        ["git", "rev-parse", "HEAD~1:fondi.html"], cwd=work, check=True, capture_output=True, text=True
    ).stdout.strip()
    (work / ".git" / "objects" / blob[:2] / blob[2:]).unlink()
    pasakumi(folder, "import", "--git", work / "fondi.html", "--source", "fondi")
    assert not trace.exists()


def test_git_without_a_repository_or_such_a_file(folder, tmp_path):
    done = pasakumi(folder, "import", "--git", tmp_path / "fondi.html", "--source", "fondi")
    assert (done.code, "not a git repository" in done.complaint) == (2, True)
    repository(tmp_path, [(page(2), MONTHS[0])])
    done = pasakumi(folder, "import", "--git", tmp_path / "other.html", "--source", "fondi")
    assert (done.code, "no commit of" in done.complaint) == (2, True)


# --- what is broken or means harm ---


def test_what_is_no_page(folder, tmp_path):
    files = {
        "empty.html": b"",
        "blank.html": b" \n",
        "picture.png": b"\x89PNG\r\n\x1a\n" + bytes(99),
        "a.pdf": b"%PDF-1.4",
    }
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    said = put(folder, *(tmp_path / name for name in files), code=4)
    assert said.count("left out: ") == 4
    (tmp_path / "page.html").write_text(page(2), "utf-8")
    put(folder, tmp_path / "empty.html", tmp_path / "page.html", code=3)
    assert len(captures(folder)) == 1


def test_a_damaged_archive_gives_all_that_is_sound(folder, tmp_path):
    records = [warc([item]) for item in monthly()]
    middle = bytearray(records[4])
    middle[len(middle) // 2] ^= 0xFF
    (tmp_path / "a.warc.gz").write_bytes(
        b"".join([*records[:4], bytes(middle), *records[5:11], records[11][:-30]])
    )
    said = put(folder, tmp_path / "a.warc.gz", code=3)
    assert times(folder) == [*MONTHS[:4], *MONTHS[5:11]]
    assert said.count("left out: ") == 2
    assert "at byte" in said
    (tmp_path / "a.warc.gz").write_bytes(b"".join(records))
    put(folder, tmp_path / "a.warc.gz")
    assert times(folder) == MONTHS


def test_a_wacz_that_means_harm(folder, tmp_path):
    sound = warc(monthly()[:2])
    bomb = gzip.compress(b"\0" * 100_000_000)
    path = tmp_path / "evil.wacz"
    with zipfile.ZipFile(path, "w") as zipped:
        zipped.writestr("../../../evil.warc.gz", sound)
        zipped.writestr("/archive/evil.warc.gz", sound)
        zipped.writestr("archive\\..\\..\\evil.warc.gz", sound)
        zipped.writestr("archive/bomb.warc", b"\0" * 100_000_000, zipfile.ZIP_DEFLATED)
        zipped.writestr("archive/bomb.warc.gz", bomb)
        zipped.writestr("archive/sound.warc.gz", sound)
    said = put(folder, path, code=3)
    assert times(folder) == MONTHS[:2]
    assert said.count("leads out of the archive") == 3
    assert "bomb.warc: unpacks to more than 200 times its size" in said
    assert "bomb.warc.gz: at byte" in said
    assert not list(tmp_path.rglob("evil.warc.gz"))


@pytest.mark.parametrize(("cut", "left"), [(10, 0), (60, 0), (5000, 6), (-60, 12), (-5, 12)])
def test_a_wacz_that_is_cut_short(folder, tmp_path, cut, left):
    with zipfile.ZipFile(tmp_path / "whole.wacz", "w") as zipped:
        zipped.writestr("archive/a.warc.gz", warc(monthly()))
    (tmp_path / "a.wacz").write_bytes((tmp_path / "whole.wacz").read_bytes()[:cut])
    said = put(folder, tmp_path / "a.wacz", code=3 if left else 4)
    assert "cannot be read further as WACZ" in said
    assert times(folder) == MONTHS[:left]


def test_a_wacz_with_a_flipped_byte_gives_what_is_sound(folder, tmp_path):
    with zipfile.ZipFile(tmp_path / "a.wacz", "w") as zipped:
        zipped.writestr("archive/a.warc.gz", warc(monthly()))
    data = bytearray((tmp_path / "a.wacz").read_bytes())
    data[len(data) // 2] ^= 0xFF
    (tmp_path / "a.wacz").write_bytes(data)
    put(folder, tmp_path / "a.wacz", code=3)
    assert len(captures(folder)) == 11


def test_other_zip_files(folder, tmp_path):
    with zipfile.ZipFile(tmp_path / "letter.docx", "w") as zipped:
        zipped.writestr("word/document.xml", "<w/>")
    assert "expected a WACZ" in put(folder, tmp_path / "letter.docx", code=4)


def test_a_page_that_is_too_big(folder, tmp_path):
    text = (folder / "sources.toml").read_text().replace("[fetch]", "[fetch]\nmax_bytes = 20000")
    (folder / "sources.toml").write_text(text)
    big = b"<p>" + b"a" * 30_000
    (tmp_path / "big.html").write_bytes(big)
    (tmp_path / "big.html.gz").write_bytes(gzip.compress(big))
    (tmp_path / "big.warc.gz").write_bytes(warc([(URL, MONTHS[0], big, "200")]))
    said = put(folder, *sorted(tmp_path.glob("big*")), code=4)
    assert said.count("left out: ") >= 3


def test_a_second_import_at_once_is_told(folder, tmp_path):
    (tmp_path / "a.html").write_text(page(2), "utf-8")
    with Archive(folder / "raw").writer():
        done = pasakumi(folder, "import", tmp_path / "a.html", "--source", "fondi")
    assert (done.code, "another run is at work" in done.complaint) == (3, True)


# --- rebuilt elsewhere ---


def test_raw_copied_elsewhere_gives_the_same_bytes(folder, tmp_path):
    (tmp_path / "year.warc.gz").write_bytes(warc(shuffled(monthly())))
    (tmp_path / "undated.html").write_text(page(2), "utf-8")
    put(folder, tmp_path / "year.warc.gz", tmp_path / "undated.html")
    there = tmp_path / "another place" / "ā"
    there.mkdir(parents=True)
    shutil.copytree(folder / "raw", there / "raw", ignore=shutil.ignore_patterns("index*", ".lock"))
    shutil.copy(folder / "sources.toml", there)
    for place in (folder, there, there):
        assert pasakumi(place, "rebuild", TZ="Asia/Tokyo" if place is there else "UTC").code == 0
    contents = [
        {
            path.relative_to(place): path.read_bytes()
            for path in (place / "output").rglob("*")
            if path.is_file()
        }
        for place in (folder, there)
    ]
    assert contents[0].keys() == contents[1].keys()
    assert contents[0] == contents[1]


def test_a_web_archive_tells_its_own_times(folder, tmp_path):
    (tmp_path / "a.warc.gz").write_bytes(warc(monthly()))
    done = pasakumi(
        folder, "import", tmp_path / "a.warc.gz", "--source", "fondi", "--captured-at", "2024-11-05"
    )
    assert (done.code, "tells its own times" in done.complaint) == (2, True)
    assert not captures(folder)

"""Bytes that were cut, flipped, added or taken away: nothing sound is lost, everything wrong is named."""

from __future__ import annotations

import os
from datetime import timedelta
from random import Random

import pytest

from pipeline import lock
from pipeline.archive import Archive
from pipeline.config import load
from pipeline.errors import BrokenIndex, Degraded, Failed
from pipeline.run import publish
from tests.pipeline.damage import damaged, unsummed
from tests.pipeline.exchanges import DAY, exchange

FILE = "2024/pasakumi-2024-0001.warc.gz"


def filled(root, days: int = 6) -> Archive:
    """Two pages in turn, then the same again: responses and revisits, the index complete."""
    archive = Archive(root, clock=lambda: DAY)
    with archive.writer() as writer:
        for day in range(days):
            body = os.urandom(400).hex().encode() if day % 3 == 0 else None
            known = list(archive.captures())
            writer.response("a", exchange(body or archive.payload(known[-1]), DAY + timedelta(days=day)))
    return archive


@pytest.fixture
def archive(tmp_path):
    return filled(tmp_path / "raw")


@pytest.mark.parametrize("indexed", [True, False])
def test_a_torn_tail_is_set_aside_wherever_it_was_torn(tmp_path, indexed):
    """A write that was cut at any byte: what stood before stands, the rest is kept beside it."""
    archive = filled(tmp_path / "raw")
    before, path = list(archive.captures()), archive.root / FILE
    whole = path.read_bytes()
    with archive.writer() as writer:
        writer.response("a", exchange(b"last", DAY + timedelta(days=30)))
    grown = path.read_bytes()
    index = (archive.root / "index.cdxj").read_bytes()
    for cut in range(len(whole) + 1, len(grown), len(grown) % 7 + 23):
        path.write_bytes(grown[:cut])
        if not indexed:
            (archive.root / "index.cdxj").unlink(missing_ok=True)
        readable = list(archive.captures())
        assert readable[: len(before)] == before
        assert [fault for fault in archive.verify() if fault.severity == "error"] == [] or indexed
        with archive.writer() as writer:
            notes = writer.notes
            writer.response("a", exchange(b"next", DAY + timedelta(days=60)))
        assert any("cut short" in note for note in notes) or len(readable) > len(before)
        assert list(archive.captures())[: len(before)] == before
        assert archive.payload(list(archive.captures())[-1]) == b"next"
        assert archive.verify() == []
        for torn in path.parent.glob("*.torn"):
            offset = int(torn.name.split(".")[-2].split("-")[0])
            assert grown[offset:cut] == torn.read_bytes()
            torn.unlink()
        (archive.root / "index.cdxj").write_bytes(index)


def test_verify_names_every_flipped_byte(archive):
    path = archive.root / FILE
    whole = path.read_bytes()
    for place in range(0, len(whole), 61):
        damaged = bytearray(whole)
        damaged[place] ^= 1 << place % 8
        path.write_bytes(damaged)
        faults = archive.verify()
        # A gzip head has bits that mean nothing (time, system): there the record is as it was.
        if not faults:
            assert [archive.payload(capture) for capture in archive.captures()]
            continue
        assert {fault.severity for fault in faults} == {"error"}
        assert all(fault.file in (FILE, "index.cdxj") for fault in faults)


def test_damage_in_the_middle_is_stepped_over(archive):
    path, captures = archive.root / FILE, list(archive.captures())
    whole = bytearray(path.read_bytes())
    hit = captures[2]
    whole[hit.offset + 40 : hit.offset + 60] = bytes(20)
    path.write_bytes(whole)
    (archive.root / "index.cdxj").unlink()
    assert list(archive.captures()) == [capture for capture in captures if capture != hit]
    with archive.writer() as writer:
        assert f"{FILE} at byte {hit.offset}" in writer.notes[0]
        writer.response("a", exchange(b"more", DAY + timedelta(days=90)))
    assert path.read_bytes()[: len(whole)] == whole
    (said,) = Archive(archive.root).damaged()  # for good, not only by who met it first
    assert said.startswith(f"raw/{FILE}: bytes at {hit.offset} are no record")
    assert any(fault.offset == hit.offset for fault in archive.verify())


def test_a_damaged_capture_is_not_handed_out(archive):
    path, capture = archive.root / FILE, next(archive.captures())
    whole = bytearray(path.read_bytes())
    whole[capture.offset + capture.length // 2] ^= 0x55
    path.write_bytes(whole)
    with pytest.raises(Failed, match="pasakumi verify"):
        archive.payload(capture)


def test_what_was_cut_off_after_it_was_indexed_is_an_error(archive):
    path = archive.root / FILE
    path.write_bytes(path.read_bytes()[:-50])
    assert {fault.severity for fault in archive.verify()} == {"error"}


def test_a_file_that_is_gone_is_an_error(archive):
    (archive.root / FILE).unlink()
    assert "not there" in str(archive.verify()[0])
    with pytest.raises(Failed, match="pasakumi verify"):
        archive.payload(next(filled(archive.root.parent / "other").captures())._replace(file="gone.warc.gz"))


def test_bytes_that_somebody_added_are_an_error(archive):
    with (archive.root / FILE).open("ab") as file:
        file.write(b"not a record")
    assert [(fault.severity, fault.file) for fault in archive.verify()] == [("error", FILE)]


@pytest.mark.parametrize(
    ("edit", "words"),
    [
        (lambda text: text.replace('"offset": "', '"offset": "1', 1), "not there"),
        (lambda text: "\n".join([*text.splitlines()[:2], *text.splitlines()[3:], ""]), "does not have"),
        (lambda text: text + text.splitlines()[-1] + "\n", "twice"),
        (lambda text: text[:-30], "broken"),
        (lambda text: text.split("\n", 1)[1], "no usable index"),
        (lambda _: "", "no usable index"),
    ],
)
def test_an_index_that_differs_from_the_files(archive, edit, words):
    path = archive.root / "index.cdxj"
    sound = path.read_bytes()
    path.write_text(edit(unsummed(path.read_text("utf-8"))), "utf-8")
    faults = archive.verify()
    assert faults
    assert any(words in str(fault) for fault in faults), faults
    archive.rebuild_index()
    assert path.read_bytes() == sound
    assert archive.verify() == []


@pytest.mark.parametrize("kind", ["flipped", "cut", "zeroed"])
def test_a_damaged_index_is_not_believed(archive, kind):
    """Its own sum gives it away: readers read the files instead, and the next writer makes it anew."""
    path, captures = archive.root / "index.cdxj", list(archive.captures())
    sound, random = path.read_bytes(), Random(kind)  # noqa: S311 - trials
    for _ in range(40):
        path.write_bytes(damaged(sound, kind, random))
        again = Archive(archive.root)
        assert list(again.captures()) == captures
        assert again.verify() or b'"crc32"' not in path.read_bytes()
    path.write_bytes(damaged(sound, kind, random))
    with archive.writer() as writer:
        writer.response("a", exchange(b"more", DAY + timedelta(days=90)))
    assert len(list(archive.captures())) == len(captures) + 1
    assert archive.verify() == []


def test_a_revisit_without_its_page(archive):
    path, captures = archive.root / FILE, list(archive.captures())
    whole = path.read_bytes()
    first = captures[0]
    path.write_bytes(whole[: first.offset] + whole[first.offset + first.length :])
    archive.rebuild_index()
    faults = archive.verify()
    assert [fault.message for fault in faults] == ["revisit of a page that is not in raw/"]
    with pytest.raises(Failed, match="not in raw/"):
        Archive(archive.root).payload(next(archive.captures()))


def test_a_broken_closed_year_is_said_in_one_line_and_made_anew_by_a_run(archive):
    with archive.writer() as writer:
        writer.response("a", exchange(b"later", DAY + timedelta(days=400)))
    (archive.root / "index-2024.cdxj.gz").write_bytes(b"\x1f\x8b broken")
    with pytest.raises(BrokenIndex, match=r"verify --repair"):
        list(archive.captures())
    folder = archive.root.parent
    settings = '[[source]]\nid = "a"\nurl = "https://www.example.lv/lv/Atbalsts?b=2&a=1"\n'
    (folder / "sources.toml").write_text(settings, "utf-8")
    publish(load(folder / "sources.toml"))
    assert len(list(archive.captures())) == 7
    assert archive.verify() == []


def test_an_error_while_writing_keeps_what_was_written(tmp_path):
    archive = Archive(tmp_path / "raw")

    def stopped() -> None:
        with archive.writer() as writer:
            writer.response("a", exchange(b"1"))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        stopped()
    assert [archive.payload(capture) for capture in archive.captures()] == [b"1"]
    assert archive.verify() == []


def test_one_writer_at_a_time(tmp_path):
    archive = Archive(tmp_path / "raw")
    with archive.writer():
        assert lock.held(archive.root / ".lock")
        with pytest.raises(Degraded, match=rf"another run is at work .*process {os.getpid()}"):
            archive.rebuild_index()
    assert not lock.held(archive.root / ".lock")
    archive.rebuild_index()

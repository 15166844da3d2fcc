"""WARC files of other tools, whole and broken in every way: what is sound is read, what is not is told."""

from __future__ import annotations

import gzip
import io
import random
import tracemalloc
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from pipeline import warc_stream
from pipeline.warc_stream import Foreign, LeftOut

LIMIT = 1_000_000


def record(number: int, body: bytes = b"", length: int | None = None) -> bytes:
    block = body or b"page %d " % number * 200
    size = len(block) if length is None else length
    named = [
        "WARC/1.1",
        "WARC-Type: resource",
        f"WARC-Target-URI: https://a.lv/{number}",
        f"Content-Length: {size}",
    ]
    return "\r\n".join([*named, "", ""]).encode() + block + b"\r\n\r\n"


def noise(seed: int, size: int) -> bytes:
    """Bytes that do not pack."""
    return random.Random(seed).randbytes(size)  # noqa: S311 - the same in every run


def whole(form: str, records: list[bytes]) -> bytes:
    """The records as tools write them: each a gzip member, all one member, in blocks of bgzip, not packed."""
    if form == "records":
        return b"".join(map(gzip.compress, records))
    if form == "one":
        return gzip.compress(b"".join(records))
    if form == "blocks":
        data = b"".join(records)
        return b"".join(gzip.compress(data[at : at + 1000], mtime=0) for at in range(0, len(data), 1000))
    return b"".join(records)


FORMS = ("records", "one", "blocks", "plain")


def read(data: bytes, limit: int = LIMIT) -> tuple[list[str], list[str]]:
    """Last parts of the addresses that were found, and what was left out."""
    items = list(warc_stream.records(io.BytesIO(data), lambda _: True, limit))
    found = [
        item.headers.get("warc-target-uri", "").rpartition("/")[2]
        for item in items
        if isinstance(item, Foreign)
    ]
    return found, [item.message for item in items if isinstance(item, LeftOut)]


@pytest.mark.parametrize("size", [*range(3, 12), 64, 1000])
@pytest.mark.parametrize("form", FORMS)
def test_it_does_not_matter_where_a_piece_ends(form, size, monkeypatch):
    monkeypatch.setattr(warc_stream, "_PIECE", size)
    data = whole(form, [record(number, noise(number, 100)) for number in range(8)])
    assert read(data) == ([f"{number}" for number in range(8)], [])


@pytest.mark.parametrize("form", FORMS)
def test_every_form_is_read_whole(form):
    records = [record(number) for number in range(20)]
    items = list(warc_stream.records(io.BytesIO(whole(form, records)), lambda _: True, LIMIT))
    assert [item.block for item in items] == [b"page %d " % number * 200 for number in range(20)]


@pytest.mark.parametrize("packed", [True, False])
def test_what_warcio_writes_is_read(packed):
    target = io.BytesIO()
    writer = WARCWriter(target, gzip=packed)
    for number in range(3):
        head = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
        body = io.BytesIO(b"<p>%d" % number)
        writer.write_record(
            writer.create_warc_record(f"https://a.lv/{number}", "response", body, http_headers=head)
        )
    assert read(target.getvalue()) == (["0", "1", "2"], [])


def test_only_what_is_wanted_is_held():
    items = list(
        warc_stream.records(
            io.BytesIO(whole("records", [record(1), record(2)])),
            lambda head: head["warc-target-uri"][-1] == "2",
            LIMIT,
        )
    )
    assert [bool(item.block) for item in items] == [False, True]


def test_addresses_in_angle_brackets():
    data = record(1).replace(b"https://a.lv/1", b"<https://a.lv/1>")
    assert read(data)[0] == ["1"]


@pytest.mark.parametrize("form", ["records", "plain"])
@pytest.mark.parametrize("length", [0, 3, 5000, 10**12])
def test_a_wrong_length_costs_one_record(form, length):
    records = [record(number, length=length if number == 3 else None) for number in range(6)]
    found, left_out = read(whole(form, records))
    assert [one for one in found if one != "3"] == ["0", "1", "2", "4", "5"]
    assert len(left_out) == 1
    assert "at byte" in left_out[0]


@pytest.mark.parametrize("form", FORMS)
def test_a_record_without_a_length_costs_one_record(form):
    records = [record(number) for number in range(6)]
    records[3] = records[3].replace(b"Content-Length", b"Content-Extent")
    found, left_out = read(whole(form, records))
    assert found == ["0", "1", "2", "4", "5"]
    assert len(left_out) == 1


@pytest.mark.parametrize("form", FORMS)
def test_a_record_that_is_too_big_is_passed_over(form):
    big = noise(1, 50_000)
    found, left_out = read(whole(form, [record(1), record(2, big), record(3)]), limit=20_000)
    assert found == ["1", "3"]
    assert len(left_out) == 1
    assert "50000 bytes, more than max_bytes = 20000" in left_out[0]


def test_bytes_that_are_not_those_of_the_digest():
    data = record(1).replace(
        b"WARC-Type", b"WARC-Block-Digest: sha1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\r\nWARC-Type"
    )
    found, left_out = read(data + record(2))
    assert found == ["2"]
    assert "not those of its digest" in left_out[0]


def test_a_damaged_member_costs_one_record():
    members = [gzip.compress(record(number, noise(number, 3000))) for number in range(6)]
    for at in range(0, len(members[3]), 97):
        broken = bytearray(members[3])
        broken[at] ^= 0x55
        data = b"".join([*members[:3], bytes(broken), *members[4:]])
        found, left_out = read(data)
        assert [one for one in found if one != "3"] == ["0", "1", "2", "4", "5"], at
        assert left_out or found == ["0", "1", "2", "3", "4", "5"]


@pytest.mark.parametrize("form", FORMS)
def test_a_file_that_is_cut_short_gives_what_was_before(form):
    records = [record(number, noise(number, 900)) for number in range(5)]
    data = whole(form, records)
    for cut in range(1, len(data), 61):
        found, left_out = read(data[:cut])
        assert found == [str(number) for number in range(len(found))]
        assert left_out or cut == len(data) or form in ("plain", "records")


def test_members_that_were_cut_and_went_on():
    """A tool was killed, started again and appended: everything whole is found."""
    members = [gzip.compress(record(number, noise(number, 3000))) for number in range(6)]
    found, left_out = read(b"".join([*members[:2], members[2][:1500], *members[3:]]))
    assert found == ["0", "1", "3", "4", "5"]
    assert len(left_out) == 1


def test_rubbish_between_members():
    members = [gzip.compress(record(number)) for number in range(4)]
    found, left_out = read(
        members[0] + b"\0" * 300 + members[1] + b"rubbish \x1f\x8b\x08 rubbish" + b"".join(members[2:])
    )
    assert found == ["0", "1", "2", "3"]
    assert left_out


@pytest.mark.parametrize("data", [b"", b"\n\n", b"\0" * 100])
def test_nothing(data):
    assert read(data)[0] == []


@pytest.mark.parametrize(
    "data", [b"<html>", b"\x1f\x8b\x08", gzip.compress(b"<html>", mtime=0), b"PK\x03\x04rest", b"WARC/1.1"]
)
def test_what_is_no_archive_is_told(data):
    found, left_out = read(data)
    assert found == []
    assert left_out


def bomb(size: int) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    head = record(7, b"x", length=size).split(b"\r\n\r\n")[0] + b"\r\n\r\n"
    pieces = [packer.compress(head)]
    pieces += [packer.compress(b"\0" * 1_000_000) for _ in range(size // 1_000_000)]
    return b"".join([*pieces, packer.compress(b"\r\n\r\n"), packer.flush()])


def test_a_bomb_is_passed_over_in_little_memory():
    data = gzip.compress(record(1)) + bomb(200_000_000) + gzip.compress(record(2))
    tracemalloc.start()
    found, left_out = read(data)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert found == ["1", "2"]
    assert "unpacks to more than 200 times its size" in left_out[0]
    assert peak < 20_000_000


def test_a_head_without_end_is_passed_over():
    endless = gzip.compress(b"WARC/1.1\r\n" + b"X-Long: 1\r\n" * 1_000_000, mtime=0)
    found, left_out = read(gzip.compress(record(1)) + endless + gzip.compress(record(2)))
    assert found == ["1", "2"]
    assert "no end" in left_out[0]


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from(FORMS),
    st.lists(
        st.tuples(st.floats(0, 1), st.sampled_from(["flip", "cut", "insert"]), st.binary(max_size=40)),
        max_size=4,
    ),
)
def test_no_damage_makes_it_fail_or_loop(form, damages):
    data = bytearray(whole(form, [record(number, b"<p>%d</p>" % number * 30) for number in range(8)]))
    for place, kind, rubbish in damages:
        at = int(place * max(0, len(data) - 1))
        if kind == "flip" and data:
            data[at] ^= 0x41
        elif kind == "cut":
            del data[at : at + len(rubbish) * 20]
        else:
            data[at:at] = rubbish
    found, left_out = read(bytes(data))
    assert len(left_out) <= 201
    assert len(found) <= 8 + len(damages)

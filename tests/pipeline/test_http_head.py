"""Heads as servers write them, wrong ones too."""

from __future__ import annotations

import pytest

from pipeline import http_head

HEAD = b"HTTP/1.1 200 OK\r\nX-a:  1\r\nLong: a\r\n  b\r\nx-A: 2\r\nno colon\r\nEmpty:\r\n\r\n"


def test_fields_in_order_folded_lines_joined():
    assert http_head.fields(HEAD) == [("X-a", "1"), ("Long", "a b"), ("x-A", "2"), ("Empty", "")]
    assert http_head.get(HEAD, "X-A") == "1, 2"
    assert http_head.get(HEAD, "other") is None


@pytest.mark.parametrize("letter", "ŅĀāšēņž\u2028")
def test_a_letter_of_utf_8_ends_no_line(letter):
    head = f"HTTP/1.1 302 Found\r\nLocation: /lv/{letter}x\r\nEnd: 1\r\n\r\n".encode()
    assert http_head.get(head, "location").encode("latin-1").decode() == f"/lv/{letter}x"
    assert http_head.get(head, "end") == "1"


@pytest.mark.parametrize(
    ("head", "status"),
    [(b"HTTP/1.1 200 OK\r\n\r\n", 200), (b"HTTP/1.0 404\r\n", 404), (b"HTTP/1.1 abc\r\n", 0), (b"", 0)],
)
def test_status(head, status):
    assert http_head.status(head) == status


@pytest.mark.parametrize(
    ("block", "parts"),
    [
        (b"A\r\nB: c\r\n\r\nbody\n\n", (b"A\r\nB: c\r\n\r\n", b"body\n\n")),
        (b"A\nB: c\n\nbody\r\n\r\n", (b"A\nB: c\n\n", b"body\r\n\r\n")),
        (b"A\r\n", (b"A\r\n", b"")),
    ],
)
def test_split(block, parts):
    assert http_head.split(block) == parts


def test_a_head_for_joined_chunks_keeps_every_other_byte():
    head = b"HTTP/1.1 200 OK\r\ntransfer-ENCODING: chunked\r\nX:  y\r\n\r\n"
    assert http_head.without_transfer_coding(head) == head.replace(b"transfer", b"X-Orig-transfer")
    assert http_head.codings(b"A\r\nContent-Encoding: GZip,  br\r\ncontent-encoding: identity\r\n") == [
        "gzip",
        "br",
    ]

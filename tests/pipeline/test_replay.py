"""pywb, which archives and journalists trust, serves the captures from raw/ and its index as they are."""

from __future__ import annotations

from datetime import timedelta

import pytest
import requests

from pipeline.archive import Archive, Hop
from tests.pipeline.exchanges import DAY, URL, exchange
from tests.pipeline.tools import pywb

FROM = "http://example.lv/"


@pytest.fixture
def archive(tmp_path):
    archive = Archive(tmp_path / "raw")
    hop = Hop(
        FROM, 301, b"HTTP/1.1 301 Moved\r\nLocation: %b\r\nContent-Length: 9\r\n\r\n" % URL.encode(), URL
    )
    with archive.writer() as writer:
        writer.resource(
            "a",
            "https://www.example.lv/text",
            "vārdi".encode(),
            "text/plain; charset=utf-8",
            DAY - timedelta(days=1),
        )
        for day, body in enumerate([b"<p>one", b"<p>one", b"<p>two", None, b"<p>three"]):
            when = DAY + timedelta(days=day * 20)  # a year turns on the way
            answer = exchange(body or b"", when, status=200 if body else 304, coding="gzip" if body else None)
            writer.response("a", answer._replace(url=FROM, redirects=(hop,)))
    assert len(list(archive.root.glob("index*"))) == 2
    return archive


@pytest.fixture
def replay(archive, tmp_path):
    with pywb(tmp_path, archive.root) as base:
        yield base


def test_every_capture_is_served_by_url_and_date_byte_for_byte(archive, replay):
    captures = list(archive.captures())
    assert [capture.kind for capture in captures] == [
        "resource", "response", "revisit", "response", "revisit", "response",
    ]  # fmt: skip
    for capture in captures:
        stamp = f"{capture.captured_at:%Y%m%d%H%M%S}"
        answer = requests.get(f"{replay}{stamp}id_/{capture.url}", timeout=20, allow_redirects=False)
        assert (answer.status_code, answer.content) == (200, archive.payload(capture)), capture
        assert answer.headers["Content-Type"] == capture.content_type
        assert answer.headers["Memento-Datetime"] == f"{capture.captured_at:%a, %d %b %Y %H:%M:%S GMT}"


def test_redirects_are_replayed(replay):
    answer = requests.get(f"{replay}20241105063000id_/{FROM}", timeout=20, allow_redirects=False)
    assert answer.status_code == 301
    assert answer.headers["Location"].endswith(URL)

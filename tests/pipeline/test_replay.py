"""pywb, which archives and journalists trust, serves the captures from raw/ and its index as they are.

It needs another brotli than fetching does, so it has an environment of its own: PYWB_PYTHON names its
Python.
"""

from __future__ import annotations

import gzip
import os
import socket
import subprocess
import sys
import time
from datetime import timedelta

import pytest
import requests

from pipeline.archive import Archive, Hop
from tests.pipeline.exchanges import DAY, URL, exchange

PYWB_PYTHON = os.environ.get("PYWB_PYTHON", sys.executable)

pytestmark = pytest.mark.skipif(
    subprocess.run([PYWB_PYTHON, "-c", "import pywb"], capture_output=True, check=False).returncode != 0,
    reason="pywb is not installed; PYWB_PYTHON may name the Python of an environment that has it",
)

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
    """A pywb on this machine, given raw/ and the index (closed years unpacked)."""
    index = tmp_path / "index"
    index.mkdir()
    (index / "newest.cdxj").write_bytes((archive.root / "index.cdxj").read_bytes())
    for path in archive.root.glob("index-*.cdxj.gz"):
        (index / path.stem).write_bytes(gzip.decompress(path.read_bytes()))
    (tmp_path / "config.yaml").write_text(
        f"collections:\n  all:\n    index: {index}/\n    archive_paths: {archive.root}/\n"
    )
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [PYWB_PYTHON, "-c", "from pywb.apps.cli import wayback; wayback()", "-p", str(port)]
    with (tmp_path / "pywb.log").open("wb") as log:
        process = subprocess.Popen([*command, "-b", "127.0.0.1"], cwd=tmp_path, stdout=log, stderr=log)
    base = f"http://127.0.0.1:{port}/all/"
    for _ in range(100):
        try:
            requests.get(base, timeout=5)
            break
        except requests.ConnectionError:
            time.sleep(0.2)
    yield base
    process.terminate()
    process.wait()


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

"""Two runs over a real server: the second asks only whether anything changed."""

from __future__ import annotations

from pipeline.archive import Archive
from pipeline.fetch import fetch_all
from tests.pipeline.local_server import LocalServer, page
from tests.pipeline.test_fetch import BODY, SETTINGS, Page


def run(archive: Archive, *pages: Page) -> list[str]:
    with archive.writer() as writer:
        outcomes = fetch_all(pages, SETTINGS, newest=archive.validators().get)
        return [
            writer.response(outcome.source, outcome.exchange).kind if outcome.exchange else outcome.kind
            for outcome in outcomes
        ]


def test_what_was_fetched_is_asked_for_again_only_if_it_changed(tmp_path):
    server = LocalServer()
    archive, source = Archive(tmp_path / "raw"), Page("a", server.url("/old"))
    server.answers |= {
        "/old": page(b"", "Location: /a", status="301 Moved"),
        "/a": page(BODY, 'ETag: "1"', "Last-Modified: Tue, 05 Nov 2024 06:30:00 GMT"),
    }
    assert run(archive, source) == ["response"]
    server.answers["/a"] = b"HTTP/1.1 304 Not Modified\r\n\r\n"
    assert run(archive, source) == ["revisit"]
    asked = {path: head for _, path, head in server.requests[-2:]}
    assert b"If-None-Match" not in asked["/old"]
    assert b'If-None-Match: "1"' in asked["/a"]
    server.answers["/a"] = page(BODY)
    assert run(archive, source) == ["revisit"]
    server.answers["/a"] = page(b"<p>new")
    assert run(archive, source) == ["response"]
    server.answers["/a"] = page(b"sorry", status="404 Gone")
    assert run(archive, source) == ["failed"]
    assert [archive.payload(capture) for capture in archive.captures()] == [BODY, BODY, BODY, b"<p>new"]
    assert archive.verify() == []
    server.close()

"""Whatever is archived in whatever order: the index made bit by bit is the one made anew."""

from __future__ import annotations

import tempfile
from datetime import timedelta
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.archive import Archive, Capture
from pipeline.writer import Writer
from tests.pipeline.exchanges import DAY, URL, exchange

BODIES = [b"", b"<p>one", b"<p>two" * 500, bytes(range(256))]

step = st.tuples(
    st.sampled_from(["response", "304", "resource", "undated", "imported"]),
    st.sampled_from(["a", "b-2"]),
    st.integers(0, len(BODIES) - 1),
    st.integers(-800, 800),
    st.sampled_from([None, "gzip"]),
)


def take(writer: Writer, kind: str, source: str, body: bytes, day: int, coding: str | None) -> Capture | None:
    when = DAY + timedelta(days=day)
    if kind == "response":
        return writer.response(source, exchange(body, when, coding=coding))
    if kind == "304":
        return writer.response(source, exchange(b"", when, status=304))
    if kind == "imported":
        return writer.imported(source, exchange(body, when, coding=coding))
    return writer.resource(source, URL, body, "text/html", None if kind == "undated" else when)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(step, max_size=6), min_size=1, max_size=4))
def test_the_index_is_a_function_of_the_files(sessions):
    with tempfile.TemporaryDirectory() as folder:
        archive = Archive(Path(folder) / "raw", rotate_bytes=2000)
        expected: dict[str, bytes] = {}
        for session in sessions:
            with archive.writer() as writer:
                for kind, source, number, day, coding in session:
                    earlier = list(archive.captures(source))
                    if kind == "304" and not earlier:
                        continue
                    body = archive.payload(earlier[-1]) if kind == "304" else BODIES[number]
                    capture = take(writer, kind, source, body, day, coding)
                    if capture:
                        # One source, one second, the same bytes: that is one capture.
                        assert expected.setdefault(capture.id, body) == body
                    assert sorted(expected) == [one.id for one in archive.captures()]
        captures = list(archive.captures())
        assert {one.id: archive.payload(one) for one in captures} == expected
        assert archive.verify() == []
        before = {path.name: path.read_bytes() for path in archive.root.glob("index*")}
        archive.rebuild_index()
        assert {path.name: path.read_bytes() for path in archive.root.glob("index*")} == before
        assert list(archive.captures()) == captures
        newest = {one.source: one for one in captures}
        assert {source: known.sha256 for source, known in archive.validators().items()} == {
            source: one.sha256 for source, one in newest.items()
        }

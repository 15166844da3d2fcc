"""What is remembered of what was read stays small, whatever is read."""

from __future__ import annotations

import gc
import tracemalloc

from parsers import memos
from parsers.page import parse_page


def held(pages) -> int:
    """Bytes that stay after these pages were read."""
    gc.collect()
    tracemalloc.start()
    for content in pages:
        parse_page(content.encode(), None)
    gc.collect()
    size = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    return size


def long_lines(number, size):
    """Pages of one line each, every one another."""
    words = " ".join(f"Atbalsts skolai {place} ir piešķirts." for place in range(size // 30))
    return (f"<main><h3>4.2.1.1. pasākums</h3><p>{words} {day}. diena.</p></main>" for day in range(number))


def test_pages_in_long_lines_fill_no_memory(monkeypatch):
    parse_page(b"<p>4.2.1.1. pas\xc4\x81kums</p>", None)
    assert held(long_lines(12, 40_000)) > 4_000_000
    monkeypatch.setattr(memos, "_ROOM", 100_000)
    assert held(long_lines(12, 40_000)) < 2_000_000


def test_short_lines_are_remembered(monkeypatch):
    made = []
    monkeypatch.setattr(memos, "_memos", [lambda: made.append(1)])
    for _ in range(40):
        parse_page("".join(f"<p>Teksts {place}</p>" for place in range(200)).encode(), None)
    assert made == []
    for content in long_lines(101, 40_000):
        memos.make_room(content)
    assert made == [1]

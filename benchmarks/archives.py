"""Archives of any size, for benchmarks: pages like the real one, captured day after day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple
from unittest.mock import patch

from pipeline.archive import Archive, Exchange

PAGE = Path(__file__).parents[1] / "tests" / "fixtures" / "izm-visparejai-izglitibai.html"
FIRST = datetime(2016, 1, 1, 6, tzinfo=UTC)
_FIRSTS, _SECONDS = 15, 98
_HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: %d\r\n\r\n"
_ASKED = b"GET / HTTP/1.1\r\nHost: ministry.example\r\n\r\n"


class Size(NamedTuple):
    """So many sources, captures of each and different bodies among these."""

    sources: int
    captures: int
    bodies: int


def name(source: int) -> str:
    return f"page-{source:04d}"


def url(source: int) -> str:
    return f"https://ministry.example/{name(source)}"


def body(source: int, number: int) -> bytes:
    """One page: codes of its own up to 1 470 pages, and an amount that differs with each body.

    A code begins with 4 to 19 and goes on with 1 to 99: a page of others would have no measure.
    """
    code = f"{source % _FIRSTS + 5}.{source // _FIRSTS % _SECONDS + 2}."
    text = PAGE.read_text("utf-8").replace("4.2.", code)
    return text.replace("3 697 500", f"{3 + number // 900} {100 + number % 900} 500").encode()


def settings(folder: Path, size: Size, *more: str) -> Path:
    """Write sources.toml; ``more`` are lines of its top level."""
    lines = [*more, "[fetch]", "delay_seconds = 0", "allow_private = true"]
    for source in range(size.sources):
        lines += ["[[source]]", f'id = "{name(source)}"', f'url = "{url(source)}"']
    path = folder / "sources.toml"
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


def days(size: Size, begin: int = 0) -> Iterator[tuple[int, int, datetime]]:
    """Source, number of the body and time of each capture from the day ``begin`` on; a capture a day."""
    for day in range(begin, size.captures):
        for source in range(size.sources):
            yield source, day * size.bodies // size.captures, FIRST + timedelta(days=day, seconds=source)


def write(folder: Path, size: Size) -> None:
    """An archive of this size with its sources.toml. Nothing waits for the disk."""
    settings(folder, size)
    with patch("os.fsync", lambda _: None), Archive(folder / "raw").writer() as writer:
        made: dict[int, tuple[int, bytes]] = {}
        for source, number, when in days(size):
            if made.get(source, (-1, b""))[0] != number:
                made[source] = number, body(source, number)
            content = made[source][1]
            head = _HEAD % len(content)
            writer.response(
                name(source),
                Exchange(url(source), url(source), 200, _ASKED, head, content, content, (), when),
            )

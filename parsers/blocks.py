"""HTML or plain text -> one canonical text and Blocks over it.

The canonical text holds one line a Block: white space folded to single spaces, invisible
characters taken out. What reads it afterwards never sees a tag, so a page may change from an
accordion to a table to plain paragraphs and still say the same.
"""

from __future__ import annotations

import re

from parsers.decoding import Decoded
from parsers.layouts import BULLET, INVISIBLE, Layout
from parsers.records import Block

_NUMBERED = re.compile(r"\s*(?:\d{1,2}|[a-zāčēģīķļņšūž])\)[ \t\xa0]*(?=\S)")


def layout(decoded: Decoded, url: str | None) -> Layout:
    """Blocks of a decoded page. Never raises."""
    if decoded.media == "html":
        from parsers.markup import read_html

        return read_html(decoded.text, url)
    return _read_text(decoded.text)


def _read_text(source: str) -> Layout:
    """A pasted text: each line a Block; tabs part the cells of a pasted table; bullets make items."""
    lines: list[str] = []
    blocks: list[Block] = []
    offset, table, row = 0, -1, -1
    for raw in INVISIBLE.sub("", source).splitlines():
        cells = [cell for cell in (" ".join(part.split()) for part in raw.split("\t")) if cell]
        if not cells:
            row = -1
        elif len(cells) > 1:
            table, row = (table + 1, 0) if row < 0 else (table, row + 1)
        for column, line in enumerate(cells):
            # A line without tabs below a row goes on with the row's last cell.
            place = (table, row, column + (len(cells) == 1)) if row >= 0 else (-1, -1, -1)
            blocks.append(_text_block(raw, line, offset, place))
            lines.append(line)
            offset += len(line) + 1
    return Layout("\n".join(lines), tuple(blocks), (), 0, None, None, False)


def _text_block(raw: str, line: str, offset: int, place: tuple[int, int, int]) -> Block:
    bullet = BULLET.match(line)
    end = offset + len(line)
    if bullet:
        depth = 1 + (len(raw) - len(raw.lstrip())) // 2
        start = offset + bullet.end()
        return Block("item", start, end, min(depth, 6), *place, bold=start)
    if _NUMBERED.match(line):
        return Block("item", offset, end, 1, *place, bold=offset)
    return Block("cell" if place[0] >= 0 else "paragraph", offset, end, 0, *place, bold=offset)

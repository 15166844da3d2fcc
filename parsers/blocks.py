"""HTML or plain text -> one canonical text and Blocks over it.

The canonical text holds one line a Block: white space folded to single spaces, invisible
characters taken out. What reads it afterwards never sees a tag, so a page may change from an
accordion to a table to plain paragraphs and still say the same.
"""

from __future__ import annotations

import re

from parsers.badges import status_before
from parsers.decoding import Decoded
from parsers.glyphs import as_read, may_be_odd
from parsers.layouts import BULLET, Layout, Tree
from parsers.records import Anchor, Block
from parsers.separated import parted_by_semicolons

_NUMBERED = re.compile(r"\s*(?:\d{1,2}|[a-zāčēģīķļņšūž])\)[ \t\xa0]*(?=\S)")
_HEADING = re.compile(r"(#{1,6})\s+(?=\S)")
_BOLD = re.compile(r"(\*\*|__)(?=\S)([^*_]{1,300}?)(?<=\S)\1")
# Tables drawn with bars: ``|---|:--:|``, ``+-----+---+``, a bar that parts cells.
_RULED = re.compile(r"\s*\|?(?:\s*:?-{2,}:?\s*\|)+(?:\s*:?-{2,}:?\s*)?")
_BORDER = re.compile(r"\s*\+(?:[-=]{2,}\+)+\s*")
_BAR = re.compile(r"(?<!\\)\|")
# A sign that Markdown would take for its own, written as one of the text.
_ESCAPED = re.compile(r"\\([*_#+\-.|()\[\]~>!`])")
_LINK = re.compile(r"\[([^\[\]]{1,300})\]\(((?:https?://|mailto:|tel:)[^\s()<>]{1,2000})\)")
_BREAK = re.compile(r"<br\s?/?>", re.IGNORECASE)
_RULE = re.compile(r"[-=_*#–—]{3,}")


def layout(decoded: Decoded, url: str | None) -> Layout:
    """Blocks of a decoded page. Never raises."""
    return laid_out(opened(decoded), url)


def opened(decoded: Decoded) -> Tree | str:
    """The tree of HTML, or the text that is none. With a tree the page's source is needed no more."""
    if decoded.media != "html":
        return decoded.text
    from parsers.markup import tree_of

    return tree_of(decoded.text)


def laid_out(source: Tree | str, url: str | None) -> Layout:
    """Blocks of what ``opened`` gave."""
    if isinstance(source, str):
        return _read_text(source)
    from parsers.markup import read_tree

    return read_tree(source, url)


def _read_text(source: str) -> Layout:
    """A pasted text: each line a Block; tabs part the cells of a pasted table; bullets make items."""
    lines: list[str] = []
    blocks: list[Block] = []
    anchors: list[Anchor] = []
    loose: list[int] = []
    offset, table, row = 0, -1, -1
    odd = may_be_odd(source.encode("utf-8", "replace"))
    words = as_read(source) if odd else source
    for raw in _unwrapped(_with_tabs(parted_by_semicolons(words.splitlines()))):
        parts = [" ".join(part.split()) for part in raw.split("\t")]
        cells = [(column, cell) for column, cell in enumerate(parts) if cell]
        if not cells:
            row = -1
        elif len(parts) > 1 and (row >= 0 or len(cells) > 1 or cells[0][0] == 0):
            table, row = (table + 1, 0) if row < 0 else (table, row + 1)
        for column, cell in cells:
            # A line without tabs below a row goes on with the row's last cell.
            place = (table, row, column + (len(parts) == 1)) if row >= 0 else (-1, -1, -1)
            for piece in _items(cell):
                line, block = _text_block(raw, piece, offset, place)
                if "](" in line:
                    line, block = _without_links(line, block, offset, anchors)
                if line:
                    if row >= 0 and len(parts) == 1:
                        loose.append(len(blocks))
                    blocks.append(block)
                    lines.append(line)
                    offset += len(line) + 1
    return Layout("\n".join(lines), tuple(blocks), tuple(anchors), 0, None, None, False, (), tuple(loose))


def _with_tabs(lines: list[str]) -> list[str]:
    """Rows of a table drawn with bars as rows of a pasted one; the lines that only rule it are left out."""
    if not any("|" in line for line in lines):
        return lines
    tabbed: list[str] = []
    ruled = False
    for number, line in enumerate(lines):
        bars = line.count("|")
        if bars and _RULED.fullmatch(line):
            ruled = True
        elif bars and (
            _is_barred(line) or ruled or _RULED.fullmatch("".join(lines[number + 1 : number + 2]))
        ):
            tabbed.append("\t".join(_bar_cells(line)))
        else:
            ruled = False
            if not (bars == 0 and "+" in line and _BORDER.fullmatch(line)):
                tabbed.append(line)
    return tabbed


def _is_barred(line: str) -> bool:
    """A line between bars that holds one more at least."""
    bare = line.strip()
    return len(bare) > 2 and bare[0] == bare[-1] == "|" and "|" in bare[1:-1]


def _bar_cells(line: str) -> list[str]:
    bare = line.strip()
    cells = _BAR.split(bare.removeprefix("|").removesuffix("|"))
    return [cell.replace("\\|", "|").replace("\t", " ") for cell in cells]


def _items(line: str) -> list[str]:
    """A line parted at the bullets within it: ``Iesniedzēji: • pašvaldības • biedrības``; at its breaks, too,
    which stand in cells of Markdown; before the title behind a word that says how far its call is."""
    if "<" in line and _BREAK.search(line):
        return [item for piece in _BREAK.split(line) if piece.strip() for item in _items(piece.strip())]
    if " • " not in line:
        at = status_before(line)
        return [line[:at].rstrip(), line[at:]] if at else [line]
    first, *others = line.split(" • ")
    return [first, *(f"• {other}" for other in others)]


def _text_block(raw: str, line: str, offset: int, place: tuple[int, int, int]) -> tuple[str, Block]:
    """A line without the marks of Markdown, and its Block."""
    level, bold = 0, 0
    if "#" in line or "*" in line or "_" in line or "\\" in line or line[0] in "-=":
        line, level, bold = _without_marks(line)
    start, end = offset, offset + len(line)
    if level:
        return line, Block("heading", start, end, level, *place, bold=start)
    bullet = BULLET.match(line)
    if bullet:
        depth = 1 + (len(raw) - len(raw.lstrip())) // 2
        start += bullet.end()
        return line, Block("item", start, end, min(depth, 6), *place, bold=max(start, offset + bold))
    if _NUMBERED.match(line):
        return line, Block("item", start, end, 1, *place, bold=start)
    return line, Block("cell" if place[0] >= 0 else "paragraph", start, end, 0, *place, bold=start + bold)


def _without_links(line: str, block: Block, offset: int, anchors: list[Anchor]) -> tuple[str, Block]:
    """Markdown: ``[words](address)`` is its words, the address of which is added to ``anchors``."""
    words: list[str] = []
    at = length = 0
    bold = block.bold - offset
    for link in _LINK.finditer(line):
        words += (line[at : link.start()], link[1])
        length += link.start() - at
        anchors.append(Anchor(offset + length, offset + length + len(link[1]), link[2]))
        length += len(link[1])
        if link.end() <= block.bold - offset:
            bold -= link.end() - link.start() - len(link[1])
        at = link.end()
    line = "".join([*words, line[at:]])
    end = offset + len(line)
    return line, block._replace(end=end, bold=min(offset + bold, end))


def _without_marks(line: str) -> tuple[str, int, int]:
    """Markdown: ``### Heading``, ``**bold**``, a line that only parts. Gives line, level, end of bold."""
    if _RULE.fullmatch(line):
        return "", 0, 0
    heading = _HEADING.match(line)
    if heading:
        line = line[heading.end() :].rstrip("# ")
    opening = _BOLD.match(line)
    bold = len(opening[2]) if opening else 0
    line = _ESCAPED.sub(r"\1", _BOLD.sub(r"\2", line))
    return line, len(heading[1]) if heading else 0, bold


def _unwrapped(lines: list[str]) -> list[str]:
    """Lines broken at a fixed width joined again: a text typed for a terminal or copied from a letter."""
    lengths = [len(line) for line in lines if line.strip()]
    widest = max(lengths, default=0)
    full = sum(1 for length in lengths if length > widest * 0.85)
    if not 50 <= widest <= 100 or full * 6 < len(lengths) or "\t" in "".join(lines[:200]):
        return lines
    joined: list[str] = []
    before = 0
    for line in lines:
        words = line.strip()
        goes_on = before > widest * 0.7 and words and not BULLET.match(line) and _goes_on(joined[-1], words)
        if goes_on:
            joined[-1] = f"{joined[-1]} {words}"
        else:
            joined.append(line)
        before = len(line) if words else 0
    return joined


def _goes_on(line: str, following: str) -> bool:
    """The next line is the rest of this one: it begins small or with a number, or a quotation is open."""
    if line.rstrip().endswith((".", ":", ";", "!", "?")):
        return False
    return (
        following[0].islower()
        or following[0].isdigit()
        or line.count("„") + line.count('"') % 2 > line.count("“") + line.count("”")
    )

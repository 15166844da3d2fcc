"""What a page is once its markup is read: canonical text, Blocks, links."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from parsers.records import Anchor, Block


class Reach(NamedTuple):
    """A cell of a table that reaches over several ``rows`` or ``columns``."""

    table: int
    row: int
    column: int
    rows: int
    columns: int = 1


class Layout(NamedTuple):
    """The canonical ``text``, its ``blocks`` in order, and ``anchors`` (links) in order.

    ``left_out``: characters of menus, footers and the like. ``repaired``: the markup was broken
    beyond what lxml reads. ``reaching``: cells of several rows or columns. ``loose``: Blocks
    within a pasted table whose line has no cells. ``title`` and ``language`` are what the document says of
    itself.
    """

    text: str
    blocks: tuple[Block, ...]
    anchors: tuple[Anchor, ...]
    left_out: int
    title: str | None
    language: str | None
    repaired: bool
    reaching: tuple[Reach, ...] = ()
    loose: tuple[int, ...] = ()


class Tree(NamedTuple):
    """lxml's tree of a page, its ``root`` None where there is none. ``odd``: its source may hold signs
    that are read otherwise than they are written (see ``glyphs``)."""

    root: Any
    repaired: bool
    odd: bool


# A mark that opens an item of a list where no markup does; small pictures stand for one.
PICTURES = "\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff\u231a-\u23ff"
BULLET = re.compile(
    rf"\s*(?:[•●○▪▫◦‣∙·■□►▶➢➤✓✔\uf0b7\uf0a7o§{PICTURES}]\ufe0f?|[-–—](?![-–—]))[ \t\xa0]+(?=\S)"
)

"""HTML -> Layout: the tree is built, its main element found and walked."""

from __future__ import annotations

from typing import Any
from urllib.parse import urljoin

from lxml import etree

from parsers import div_tables
from parsers.elements import CODE, holds_code, opening_of, text_of
from parsers.glyphs import may_be_odd
from parsers.layouts import Layout, Tree
from parsers.lines import Lines
from parsers.menus import length_outside
from parsers.unseen import take_out
from parsers.walk import Walk

_MAINS: Any = etree.XPath("//*[@role='main']")
# The least text that a <main> must hold to be taken for the page's content.
_LEAST_MAIN = 200


def tree_of(source: str) -> Tree:
    """The tree of an HTML page. Never raises: what lxml gives up on goes through BeautifulSoup."""
    written = source.encode("utf-8", "replace")
    root, complete = _tree(written)
    repaired = root is None or not complete
    if repaired:
        root, _ = _tree(_flattened(source).encode("utf-8", "replace"))
    return Tree(root, repaired, may_be_odd(written))


def read_tree(tree: Tree, url: str | None) -> Layout:
    """The Layout of an HTML page. Never raises."""
    root = tree.root
    if root is None:
        return Layout("", (), (), 0, None, None, True)
    title = root.findtext(".//title")
    main = _main(root)
    unseen = take_out(main)
    div_tables.mark(main)
    lines = Lines(_base(root, url), odd=tree.odd)
    walk = Walk(main, lines)
    walk.run()
    text = lines.text()
    return Layout(
        text,
        tuple(lines.blocks),
        tuple(lines.anchors),
        walk.menus.left_out + unseen + length_outside(main),
        (" ".join(title.split()) or None) if title else None,
        root.get("lang"),
        tree.repaired,
        tuple(walk.reaching),
    )


def _tree(source: bytes) -> tuple[Any, bool]:
    """lxml's tree and whether it is of the whole page (libxml2 stops at 2048 nested elements)."""
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(source, parser)
    except etree.LxmlError:
        return None, False
    return root, not any(entry.level == etree.ErrorLevels.FATAL for entry in parser.error_log)


def _flattened(source: str) -> str:
    """The page's words, an element each, for markup nested deeper than lxml reads."""
    from html import escape

    from bs4 import BeautifulSoup

    soup = BeautifulSoup(source, "html.parser")
    for element in soup(["script", "style", "template", "noscript"]):
        element.clear()
    return "<body>" + "".join(f"<p>{escape(words)}</p>" for words in soup.stripped_strings) + "</body>"


def _base(root: Any, url: str | None) -> str:
    base = root.find(".//base")
    href = base.get("href") if base is not None else None
    try:
        return urljoin(url or "", href) if href else url or ""
    except ValueError:
        return url or ""


def _main(root: Any) -> Any:
    """The element that holds the content: all of the page unless one says that it is the main one.

    A <main> (or role=main) where it holds enough, else a lone <article>; neither counts where measure
    codes stand outside of it and none inside.
    """
    candidates = [*root.iter("main")] or _MAINS(root) or [*root.iter("article")]
    if not candidates or (candidates[0].tag == "article" and len(candidates) > 1):
        return root
    longest = candidates[0]
    if len(candidates) > 1:
        longest = max(candidates, key=lambda candidate: len(text_of(candidate)))
    opening = opening_of(longest)
    if len(opening) < _LEAST_MAIN and len(opening) < len(text_of(root)) // 2:
        return root
    return longest if CODE.search(opening) or holds_code(longest) or not holds_code(root) else root

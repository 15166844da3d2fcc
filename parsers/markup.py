"""HTML -> Layout, in one pass over lxml's tree.

What a menu or a footer is, the page's own elements and roles say (``nav``, ``role=banner`` …);
names of classes are asked only for what no reader would call content (cookie bars, breadcrumbs),
never for where a measure stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple
from urllib.parse import urljoin

from parsers.blocks import INVISIBLE, Layout
from parsers.records import Anchor, Block

_DROP = frozenset(
    "script style noscript template svg iframe object select option textarea input canvas audio video "
    "head title map datalist math".split()
)
_LEFT_OUT = frozenset({"nav", "footer", "aside", "header"})
_LEFT_OUT_ROLES = frozenset({"navigation", "banner", "contentinfo", "search", "dialog", "alertdialog", "complementary"})
_SECTIONS = frozenset({"article", "main", "section", "details", "li", "td", "dd"})
_NOISE = re.compile(
    r"(?:^|[\s_-])(?:breadcrumbs?|cookies?|cookiebar|consent|footer|sidebar|share|sharing|social|navbar|navigation"
    r"|pager|pagination|skip|skip-?link|menu|search|toolbar|visually-hidden|sr-only|print-?hidden)(?=$|[\s_-])",
    re.IGNORECASE,
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BLOCKS = frozenset(
    "address article aside blockquote body button caption center dd details dialog dir div dl dt fieldset figcaption "
    "figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr legend li main menu nav ol p pre section summary table "
    "tbody td tfoot th thead tr ul".split()
)
_BOLD = frozenset({"strong", "b"})
_CODE = re.compile(r"\d\.\d{1,2}\.\d")
# The least text that a <main> must hold to be taken for the page's content.
_LEAST_MAIN = 200
# An element that holds more of the page than this is content, whatever its class is called.
_NOISE_SHARE = 0.3


class _Kind(NamedTuple):
    """What lines are while the walk is inside an element."""

    kind: str = "paragraph"
    level: int = 0
    table: int = -1
    row: int = -1
    column: int = -1
    group: int = 0
    strong: bool = False


class _Table:
    """Where the next cell of a table stands, with cells that reach over rows and columns."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.row = -1
        self.column = -1
        self.reaching: dict[int, int] = {}

    def next_row(self) -> None:
        self.row += 1
        self.column = -1

    def next_cell(self, columns: int, rows: int) -> int:
        """The column of the next cell: past those that a cell of an earlier row still fills."""
        column = self.column + 1
        while self.reaching.get(column, 0) > self.row:
            column += 1
        if rows > 1:
            for each in range(column, column + columns):
                self.reaching[each] = self.row + rows
        self.column = column + columns - 1
        return column


def read_html(source: str, url: str | None) -> Layout:
    """The Layout of an HTML page. Never raises: what lxml gives up on goes through BeautifulSoup."""
    root, complete = _tree(source)
    repaired = root is None or not complete
    if repaired:
        root, _ = _tree(_flattened(source))
    if root is None:
        return Layout("", (), (), 0, None, None, True)
    title = root.findtext(".//title")
    walk = _Walk(_base(root, url), _main(root))
    walk.run(root)
    walk.end_line()
    return Layout(
        "\n".join(walk.lines),
        tuple(walk.blocks),
        tuple(walk.anchors),
        walk.left_out,
        (" ".join(title.split()) or None) if title else None,
        root.get("lang"),
        repaired,
    )


def _tree(source: str) -> tuple[Any, bool]:
    """lxml's tree and whether it is of the whole page (libxml2 stops at 2048 nested elements)."""
    from lxml import etree

    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(source.encode("utf-8", "replace"), parser)
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
    """The element that holds the content, or None: all of the page.

    A <main> (or role=main) where it holds enough, else a lone <article>; neither counts where measure
    codes stand outside of it and none inside.
    """
    candidates = [*root.iter("main"), *root.iterfind(".//*[@role='main']")] or list(root.iter("article"))
    if not candidates or (candidates[0].tag == "article" and len(candidates) > 1):
        return None
    texts = ["".join(candidate.itertext()) for candidate in candidates]
    longest = max(range(len(texts)), key=lambda index: len(texts[index]))
    text = texts[longest]
    if len(text) < _LEAST_MAIN and len(text) < len("".join(root.itertext())) // 2:
        return None
    if not _CODE.search(text) and _CODE.search("".join(root.itertext())):
        return None
    return candidates[longest]


def _length(element: Any) -> int:
    return len(" ".join("".join(element.itertext()).split()))


def _whole(value: str | None) -> int:
    """A colspan or rowspan: 1 to 99, whatever the page writes there."""
    return min(max(int(value), 1), 99) if value and value.isascii() and value.isdigit() and len(value) < 4 else 1


class _Walk:
    """One pass in document order; ``parts`` gathers the words of the line at hand."""

    def __init__(self, base: str, main: Any) -> None:
        self.base = base
        self.main = main
        self.inside = main is None
        self.lines: list[str] = []
        self.blocks: list[Block] = []
        self.anchors: list[Anchor] = []
        self.left_out = 0
        self.offset = 0
        self.parts: list[str] = []
        self.bold: list[tuple[int, int]] = []
        self.links: list[tuple[int, int, str]] = []
        self.open_bold = -1
        self.open_link: tuple[int, str] | None = None
        self.now = _Kind()
        self.groups = 0
        self.tables: list[_Table] = []
        self.table_count = 0
        self.depth = 0
        self.noise: dict[str, bool] = {}
        self.body_length = 0

    def run(self, root: Any) -> None:
        """Walk ``root``; a stack of iterators, not recursion, so that no nesting is too deep."""
        stack: list[tuple[Any, Iterator[Any], _Kind]] = [(root, iter(root), self.now)]
        self.words(root.text)
        while stack:
            element, children, before = stack[-1]
            for child in children:
                if self.skipped(child):
                    self.words(child.tail)
                    continue
                stack.append((child, iter(child), self.now))
                self.enter(child)
                self.words(child.text)
                break
            else:
                stack.pop()
                self.leave(element, before)
                self.words(element.tail)

    def words(self, text: str | None) -> None:
        if text:
            if self.inside:
                self.parts.append(text)
            else:
                self.left_out += len(" ".join(text.split()))

    def skipped(self, element: Any) -> bool:
        """True for what is no content; menus and footers are counted, scripts are not text at all."""
        tag = element.tag
        if tag in _DROP or not isinstance(tag, str):
            return True
        if not self.inside:
            return False
        if tag in _LEFT_OUT:
            out = tag == "nav" or not self.within_section(element)
        elif tag not in _BLOCKS:
            return False
        else:
            out = element.get("role") in _LEFT_OUT_ROLES or self.is_noise(element)
            out = out or (tag == "button" and _length(element) < 12 and not _CODE.search(element.text or ""))
        if out:
            self.end_line()
            self.left_out += _length(element)
        return out

    def within_section(self, element: Any) -> bool:
        return any(ancestor.tag in _SECTIONS for ancestor in element.iterancestors())

    def is_noise(self, element: Any) -> bool:
        names = f"{element.get('class', '')} {element.get('id', '')}"
        if len(names) < 5:
            return False
        noisy = self.noise.get(names)
        if noisy is None:
            noisy = self.noise[names] = _NOISE.search(names) is not None
        return noisy and self.is_small(element)

    def is_small(self, element: Any) -> bool:
        if not self.body_length:
            root = self.main if self.main is not None else element.getroottree().getroot()
            self.body_length = max(_length(root), 1)
        text = "".join(element.itertext())
        return len(text) < _NOISE_SHARE * self.body_length and not _CODE.search(text)

    def enter(self, element: Any) -> None:
        tag = element.tag
        if element is self.main:
            self.inside = True
        if tag in _BLOCKS:
            self.end_line()
            self.groups += 1
            self.now = self.kind_of(tag, element)._replace(group=self.groups)
        elif tag in _BOLD or (tag == "span" and "bold" in element.get("style", "")):
            if self.open_bold < 0:
                self.open_bold = len(self.parts)
        elif tag == "a":
            self.open_link = (len(self.parts), element.get("href", ""))
        elif tag == "br":
            self.end_line()

    def leave(self, element: Any, before: _Kind) -> None:
        tag = element.tag
        if tag in _BLOCKS:
            self.end_line()
            self.now = before
            if tag in {"table", "dl"} and self.tables:
                self.tables.pop()
            elif tag in {"ul", "ol"}:
                self.depth -= 1
        elif tag in _BOLD or tag == "span":
            self.close_bold(element)
        elif tag == "a" and self.open_link is not None:
            self.links.append((self.open_link[0], len(self.parts), self.open_link[1]))
            self.open_link = None
        if element is self.main:
            self.inside = False

    def close_bold(self, element: Any) -> None:
        if self.open_bold >= 0 and (element.tag in _BOLD or "bold" in element.get("style", "")):
            start, self.open_bold = self.open_bold, -1
            if self.bold and not "".join(self.parts[self.bold[-1][1] : start]).strip():
                start = self.bold.pop()[0]
            self.bold.append((start, len(self.parts)))

    def kind_of(self, tag: str, element: Any) -> _Kind:
        """What lines inside this element are, given where it stands."""
        now = self.now
        if tag in _HEADINGS:
            return now._replace(kind="heading", level=_HEADINGS[tag])
        if tag in {"ul", "ol"}:
            self.depth += 1
        elif tag == "li":
            return now._replace(kind="item", level=max(self.depth, 1))
        elif tag in {"table", "dl"}:
            self.tables.append(_Table(self.table_count))
            self.table_count += 1
        elif tag in {"tr", "td", "th", "dt", "dd"} and self.tables:
            return self.cell_of(tag, element, self.tables[-1])
        elif tag in {"summary", "button"} and now.kind == "paragraph":
            return now._replace(kind="term")
        return now

    def cell_of(self, tag: str, element: Any, table: _Table) -> _Kind:
        now = self.now
        if tag == "tr":
            table.next_row()
            return now
        if tag in {"td", "th"}:
            column = table.next_cell(_whole(element.get("colspan")), _whole(element.get("rowspan")))
            return _Kind("cell", 0, table.number, table.row, column, strong=tag == "th")
        if tag == "dt":
            if table.column != 0:
                table.next_row()
            table.column = 0
            return _Kind("term", 0, table.number, table.row, 0)
        table.column = 1
        return _Kind("definition", 0, table.number, max(table.row, 0), 1)

    def end_line(self) -> None:
        """Close the line at hand: a Block where it has words."""
        parts = self.parts
        if not parts:
            return
        raw = "".join(parts)
        if not raw.isspace():
            if INVISIBLE.search(raw):
                parts[:] = [INVISIBLE.sub("", part) for part in parts]
                raw = "".join(parts)
            self.put_lines(raw, parts)
        parts.clear()
        self.bold.clear()
        self.links.clear()
        if self.open_bold >= 0:
            self.open_bold = 0
        if self.open_link is not None:
            self.open_link = (0, self.open_link[1])

    def put_lines(self, raw: str, parts: list[str]) -> None:
        if self.open_bold >= 0:
            self.bold.append((self.open_bold, len(parts)))
        if self.open_link is not None:
            self.links.append((self.open_link[0], len(parts), self.open_link[1]))
        if not self.bold and not self.links:
            self.put(" ".join(raw.split()), 0)
            return
        places = [0]
        for part in parts:
            places.append(places[-1] + len(part))
        bold = [(places[start], places[end]) for start, end in self.bold]
        cuts = [0, *_label_starts(raw, bold), len(raw)]
        for start, end in zip(cuts, cuts[1:], strict=False):
            self.put_part(raw, start, end, bold, places)

    def put_part(self, raw: str, start: int, end: int, bold: list[tuple[int, int]], places: list[int]) -> None:
        """A line, or the part of it from one label to the next, with its links."""
        piece = raw[start:end]
        line = " ".join(piece.split())
        if not line:
            return
        offset = self.offset
        opening = 0
        for first, last in bold:
            if start <= first < end and not raw[start:first].strip():
                opening = len(" ".join(raw[start : min(last, end)].split()))
        for first_part, last_part, href in self.links:
            first, last = max(places[first_part], start), min(places[last_part], end)
            if first < last and raw[first:last].strip():
                self.anchor(href, offset + _place(piece, first - start), offset + _length_of(piece, last - start))
        self.put(line, opening)

    def anchor(self, href: str, start: int, end: int) -> None:
        href = href.strip()
        if not href or href.startswith("#"):
            return
        try:
            self.anchors.append(Anchor(start, end, urljoin(self.base, href)))
        except ValueError:
            self.anchors.append(Anchor(start, end, href))

    def put(self, line: str, bold: int) -> None:
        if not line:
            return
        start = self.offset
        kind, level, table, row, column, group, strong = self.now
        end = start + len(line)
        self.blocks.append(Block(kind, start, end, level, table, row, column, end if strong else start + bold, group))
        self.lines.append(line)
        self.offset = end + 1


def _label_starts(raw: str, bold: list[tuple[int, int]]) -> list[int]:
    """Where emphasised words that end in a colon open a new line in the middle of a paragraph."""
    return [
        start
        for start, end in bold
        if raw[:start].strip() and (raw[start:end].rstrip().endswith(":") or raw[end : end + 2].lstrip().startswith(":"))
    ]


def _length_of(piece: str, place: int) -> int:
    return len(" ".join(piece[:place].split()))


def _place(piece: str, place: int) -> int:
    """Where the character at ``place`` stands once white space is folded."""
    before = piece[:place]
    folded = len(" ".join(before.split()))
    return folded + 1 if folded and (before[-1].isspace() or piece[place].isspace()) else folded

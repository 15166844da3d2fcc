"""HTML -> Layout, in one pass over lxml's tree.

What a menu or a footer is, the page's own elements and roles say (``nav``, ``role=banner`` …);
names of classes are asked only for what no reader would call content (cookie bars, breadcrumbs),
never for where a measure stands.
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urljoin

from lxml import etree

from parsers import labels
from parsers.layouts import BULLET, INVISIBLE, Layout, Reach
from parsers.records import Anchor, Block

_STRING: Any = etree.XPath("string()")
_MAINS: Any = etree.XPath("//*[@role='main']")
_NAMED: Any = etree.XPath(".//*[@id]")
_CONTROLS: Any = etree.XPath(
    ".//a[starts-with(@href,'#') or @aria-controls or @data-bs-target or @data-target]"
    "|.//button[@aria-controls or @data-bs-target or @data-target]"
)
# What an element does to the walk.
_DROP, _BLOCK, _MAY_BE_OUT, _BOLD, _LINK, _BREAK, _SUPER, _LINES = 1, 2, 4, 8, 16, 32, 64, 128


def _tags(words: str, effect: int) -> dict[str, int]:
    return dict.fromkeys(words.split(), effect)


_EFFECTS: dict[str, int] = {
    **_tags(
        "script style noscript template svg iframe object select option textarea input canvas audio video head title "
        "map datalist math",
        _DROP,
    ),
    **_tags("caption dd details dt h1 h2 h3 h4 h5 h6 li summary table td th tr", _BLOCK),
    # These part lines and say nothing of what the lines are.
    **_tags(
        "address article blockquote body center dialog dir fieldset figure hgroup hr legend main p pre tbody tfoot thead",
        _BLOCK | _LINES,
    ),
    **_tags("dl ol ul button", _BLOCK | _MAY_BE_OUT),
    **_tags("div form menu section nav footer aside header figcaption", _BLOCK | _MAY_BE_OUT | _LINES),
    **_tags("strong b", _BOLD),
    **_tags("s del strike", _MAY_BE_OUT),
    "a": _LINK | _MAY_BE_OUT,
    "br": _BREAK,
    "sup": _SUPER,
}
_UNSEEN = frozenset({"head", "script", "style", "noscript", "template"})
_LEVELS = frozenset("123456")
_CELLS = frozenset({"tr", "td", "th", "dt", "dd"})
_LEFT_OUT = frozenset({"nav", "footer", "aside", "header", "figcaption"})
_LEFT_OUT_ROLES = frozenset(
    {"navigation", "banner", "contentinfo", "search", "dialog", "alertdialog", "complementary"}
)
_SECTIONS = frozenset({"article", "main", "section", "details", "li", "td", "dd"})
_NOISE = re.compile(
    r"(?:^|[\s_-])(?:breadcrumbs?|cookies?|cookiebar|consent|footer|sidebar|share|sharing|social|navbar|navigation"
    r"|pager|pagination|skip|skip-?link|menu|search|toolbar|visually-hidden|sr-only|print-?hidden)(?=$|[\s_-])",
    re.IGNORECASE,
)
# Words struck out are said no more.
_OPENING = 200
_LEAST_TABS = 2
_STRUCK = frozenset({"s", "del", "strike"})
_NO_WORDS = re.compile(
    r"\s*(?:[#¶§↑⇧^🔗]*|uz (?:lapas )?augšu\W*|(?:back )?to top\W*|uz sākumu\W*)\s*", re.IGNORECASE
)
_CODE = re.compile(r"\d\.\d{1,2}\.\d")
# How invisible characters are written, searched for one by one: many times faster than as a class.
_INVISIBLES = (
    *(character.encode() for character in "\u00ad\u200b\u200c\u200d\u2060\ufeff"),
    *(b"&shy", b"&zw", b"&Zero", b"&NoBreak", b"&#173", b"&#820", b"&#8288", b"&#65279"),
    *(b"&#xa", b"&#xA", b"&#x2", b"&#xf", b"&#xF", b"&#X"),
)
_MARKS = frozenset("•●○▪▫◦‣∙·■□►▶➢➤✓✔\uf0b7\uf0a7§-–—")
_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
# The least text that a <main> must hold to be taken for the page's content.
_LEAST_MAIN = 200
# An element that holds more of the page than this is content, whatever its class is called.
_NOISE_SHARE = 0.3
# A button with less to say than this opens no panel of a measure.
_SHORTEST_BUTTON = 12
_PANEL_MARKS = (
    "aria-controls",
    "aria-expanded",
    "data-toggle",
    "data-bs-toggle",
    "data-target",
    "data-bs-target",
)


# What lines are inside an element: kind, level, table, row, column, and whether all of it is emphasised.
_Kind = tuple[str, int, int, int, int, bool]
_PLAIN: _Kind = ("paragraph", 0, -1, -1, -1, False)


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
        self.row = max(self.row, 0)
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
    content = source.encode("utf-8", "replace")
    root, complete = _tree(content)
    repaired = root is None or not complete
    if repaired:
        root, _ = _tree(_flattened(source).encode("utf-8", "replace"))
    if root is None:
        return Layout("", (), (), 0, None, None, True)
    title = root.findtext(".//title")
    main = _main(root)
    walk = _Walk(_base(root, url), main, any(each in content for each in _INVISIBLES))
    walk.run()
    return Layout(
        "\n".join(walk.lines),
        tuple(walk.blocks),
        tuple(walk.anchors),
        walk.left_out + _outside(main),
        (" ".join(title.split()) or None) if title else None,
        root.get("lang"),
        repaired,
        tuple(walk.reaching),
    )


def _tree(content: bytes) -> tuple[Any, bool]:
    """lxml's tree and whether it is of the whole page (libxml2 stops at 2048 nested elements)."""
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(content, parser)
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
    texts = [_text(candidate) for candidate in candidates]
    longest = max(range(len(texts)), key=lambda index: len(texts[index]))
    text = texts[longest]
    if len(text) < _LEAST_MAIN and len(text) < len(_text(root)) // 2:
        return root
    if not _CODE.search(text) and _CODE.search(_text(root)):
        return root
    return candidates[longest]


def _length(element: Any) -> int:
    """Characters of an element's words, scripts and styles aside."""
    length = len(" ".join(_text(element).split()))
    for code in element.iter("script", "style", "noscript", "template"):
        length -= len(" ".join(_text(code).split()))
    return max(length, 0)


def _outside(main: Any) -> int:
    """Characters of the page's words outside of an element."""
    length = 0
    inner, around = main, main.getparent()
    while around is not None:
        length += sum(
            _length(beside) for beside in around if beside is not inner and beside.tag not in _UNSEEN
        )
        inner, around = around, around.getparent()
    return length


def _text(element: Any) -> str:
    """All text inside an element; by XPath, which gathers it many times faster than ``itertext``."""
    return str(_STRING(element))


def _whole(value: str | None) -> int:
    """A colspan or rowspan: 1 to 99, whatever the page writes there."""
    return (
        min(max(int(value), 1), 99) if value and value.isascii() and value.isdigit() and len(value) < 4 else 1
    )


def _panels(main: Any) -> dict[str, str]:
    """Panels by their id, with the words of the tab that shows each (only those with a code).

    A tab stands in a strip of tabs, apart from the panels; the button of an accordion stands over its own.
    """
    controls = [(control, target) for control in _CONTROLS(main) if (target := _target(control))]
    if len(controls) < _LEAST_TABS:
        return {}
    around: dict[Any, int] = {}
    for control, _ in controls:
        for ancestor in control.iterancestors():
            around[ancestor] = around.get(ancestor, 0) + 1
    panels = {element.get("id"): element for element in _NAMED(main)}
    shown: dict[str, str] = {}
    for control, target in controls:
        panel = panels.get(target)
        strip = next((each for each in control.iterancestors() if around[each] >= _LEAST_TABS), None)
        if panel is not None and strip is not None and strip not in panel.iterancestors():
            shown.setdefault(target, " ".join(_text(control).split()))
    return shown


def _target(control: Any) -> str:
    """The id of the panel that a tab or button with a code shows, empty where it shows none."""
    target = control.get("aria-controls") or control.get("data-bs-target") or control.get("data-target") or ""
    if not target and control.tag == "a" and (control.get("href") or "").startswith("#"):
        target = control.get("href")
    return target.lstrip("#") if target and _CODE.search(_text(control)) else ""


def _leads_on(link: Any) -> bool:
    """False for a link within the page that says nothing: the sign beside a heading, the way back to its top."""
    return not link.get("href", "").startswith("#") or _NO_WORDS.fullmatch(_text(link)) is None


def _opens_panel(button: Any) -> bool:
    """A button that shows and hides a part of the page, told from one that prints or shares it."""
    if any(name in button.attrib for name in _PANEL_MARKS):
        return True
    words = " ".join(_text(button).split())
    return (
        len(words) >= _SHORTEST_BUTTON or _CODE.search(words) is not None or labels.match(words) is not None
    )


class _Walk:
    """One pass in document order; ``parts`` gathers the words of the line at hand."""

    def __init__(self, base: str, main: Any, invisible: bool) -> None:
        self.base = base
        self.main = main
        self.invisible = invisible
        self.lines: list[str] = []
        self.blocks: list[Block] = []
        self.anchors: list[Anchor] = []
        self.reaching: list[Reach] = []
        self.panels = _panels(main)
        self.left_out = 0
        self.offset = 0
        self.parts: list[str] = []
        self.bold: list[tuple[int, int]] = []
        self.links: list[tuple[int, int, str]] = []
        self.open_bold = -1
        self.open_link: tuple[int, str] | None = None
        self.now = _PLAIN
        self.around: list[_Kind] = []
        self.tables: list[_Table] = []
        self.table_count = 0
        self.depth = 0
        self.noise: dict[str, bool] = {}
        self.body_length = 0

    def run(self) -> None:
        """Walk the main element."""
        walker = etree.iterwalk(self.main, events=("start", "end"))
        parts = self.parts
        append, effect_of, main = parts.append, _EFFECTS.get, self.main
        skipped: Any = None
        for event, element in walker:
            effect = effect_of(element.tag)
            if effect is None:
                # An element of a site's own makes a line; a tag of Word's (o:p) does not.
                effect = _BLOCK | _LINES if "-" in element.tag else 0
            if event == "start":
                if effect:
                    if effect & _DROP or (effect & _MAY_BE_OUT and self.is_out(element)):
                        skipped = element
                        walker.skip_subtree()
                        continue
                    if effect & _LINES and not self.panels:
                        if parts:
                            self.end_line()
                    else:
                        self.enter(element, effect)
                text = element.text
                if text and effect & _SUPER:
                    text = text.translate(_SUPERSCRIPT)
            else:
                if element is skipped:
                    skipped = None
                elif effect & _LINES and not self.panels:
                    if parts:
                        self.end_line()
                elif effect:
                    self.leave(element, effect)
                if element is main:
                    break
                text = element.tail
            if text and (parts or not text.isspace()):
                append(text)
        self.end_line()

    def is_out(self, element: Any) -> bool:
        """True for a menu, a footer and the like; what they say is counted."""
        tag = element.tag
        if element is self.main:
            return False
        if tag in _STRUCK or (tag == "a" and not _leads_on(element)):
            self.left_out += _length(element)
            return True
        if tag in _LEFT_OUT:
            out = tag in {"nav", "figcaption"} or not any(
                above.tag in _SECTIONS for above in element.iterancestors()
            )
        elif tag == "button":
            out = not _opens_panel(element)
        else:
            out = element.get("role") in _LEFT_OUT_ROLES or self.is_noise(element)
        if out:
            self.end_line()
            self.left_out += _length(element)
        return out

    def is_noise(self, element: Any) -> bool:
        for name in ("class", "id"):
            words = element.get(name)
            if words:
                noisy = self.noise.get(words)
                if noisy is None:
                    noisy = self.noise[words] = _NOISE.search(words) is not None
                if noisy and self.is_small(element):
                    return True
        return False

    def is_small(self, element: Any) -> bool:
        if not self.body_length:
            self.body_length = max(_length(self.main), 1)
        text = _text(element)
        return len(text) < _NOISE_SHARE * self.body_length and not _CODE.search(text)

    def enter(self, element: Any, effect: int) -> None:
        if effect & _BLOCK:
            if self.parts:
                self.end_line()
            self.around.append(self.now)
            self.now = self.kind_of(element.tag, element)
            if self.panels and (heading := self.panels.get(element.get("id") or "")):
                self.head_panel(element, heading)
        elif effect & _BOLD:
            if self.open_bold < 0:
                self.open_bold = len(self.parts)
        elif effect & _LINK:
            self.open_link = (len(self.parts), element.get("href", ""))
        elif effect & _BREAK:
            self.end_line()

    def head_panel(self, element: Any, heading: str) -> None:
        """The words of a tab stand over the panel that it shows, unless the panel begins with them itself."""
        code = _CODE.search(heading)
        if code is not None and code.group() not in _text(element)[:_OPENING]:
            now, self.now = self.now, ("term", *self.now[1:])
            self.put(heading, 0)
            self.now = now

    def leave(self, element: Any, effect: int) -> None:
        if effect & _BLOCK:
            if self.parts:
                self.end_line()
            self.now = self.around.pop()
            tag = element.tag
            if tag in {"table", "dl"}:
                self.tables.pop()
            elif tag in {"ul", "ol"}:
                self.depth -= 1
        elif effect & _BOLD:
            self.close_bold()
        elif effect & _LINK and self.open_link is not None:
            self.links.append((self.open_link[0], len(self.parts), self.open_link[1]))
            self.open_link = None

    def close_bold(self) -> None:
        if self.open_bold >= 0:
            start, self.open_bold = self.open_bold, -1
            if self.bold and not "".join(self.parts[self.bold[-1][1] : start]).strip():
                start = self.bold.pop()[0]
            self.bold.append((start, len(self.parts)))

    def kind_of(self, tag: str, element: Any) -> _Kind:
        """What lines inside this element are, given where it stands."""
        now = self.now
        if tag[0] == "h" and tag[1:] in _LEVELS:
            return ("heading", int(tag[1]), *now[2:])
        if tag == "li":
            return ("item", max(self.depth, 1), *now[2:])
        if tag in {"ul", "ol"}:
            self.depth += 1
        elif tag in {"table", "dl"}:
            self.tables.append(_Table(self.table_count))
            self.table_count += 1
        elif tag in _CELLS and self.tables:
            return self.cell_of(tag, element, self.tables[-1])
        elif tag in {"summary", "button"} and now[0] == "paragraph":
            return ("term", *now[1:])
        return now

    def cell_of(self, tag: str, element: Any, table: _Table) -> _Kind:
        if tag == "tr":
            table.next_row()
            return self.now
        if tag in {"td", "th"}:
            rows = _whole(element.get("rowspan"))
            column = table.next_cell(_whole(element.get("colspan")), rows)
            if rows > 1:
                self.reaching.append(Reach(table.number, table.row, column, rows))
            return ("cell", 0, table.number, table.row, column, tag == "th")
        if tag == "dt":
            if table.column != 0:
                table.next_row()
            table.column = 0
            return ("term", 0, table.number, table.row, 0, False)
        table.column = 1
        return ("definition", 0, table.number, max(table.row, 0), 1, False)

    def end_line(self) -> None:
        """Close the line at hand: a Block where it has words."""
        parts = self.parts
        raw = "".join(parts) if len(parts) != 1 else parts[0]
        if self.invisible and INVISIBLE.search(raw):
            parts[:] = [INVISIBLE.sub("", part) for part in parts]
            raw = "".join(parts)
        if self.bold or self.links or self.open_bold >= 0 or self.open_link is not None:
            self.put_lines(raw, parts)
            self.bold.clear()
            self.links.clear()
            if self.open_bold >= 0:
                self.open_bold = 0
            if self.open_link is not None:
                self.open_link = (0, self.open_link[1])
        else:
            line = " ".join(raw.split())
            if " • " in line:
                for item in line.split(" • "):
                    self.put(item, 0)
            else:
                self.put(line, 0)
        parts.clear()

    def put_lines(self, raw: str, parts: list[str]) -> None:
        if self.open_bold >= 0:
            self.bold.append((self.open_bold, len(parts)))
        if self.open_link is not None:
            self.links.append((self.open_link[0], len(parts), self.open_link[1]))
        places = [0]
        for part in parts:
            places.append(places[-1] + len(part))
        bold = [(places[start], places[end]) for start, end in self.bold]
        cuts = [0, *_label_starts(raw, bold), len(raw)]
        for start, end in zip(cuts, cuts[1:], strict=False):
            self.put_part(raw, start, end, bold, places)

    def put_part(
        self, raw: str, start: int, end: int, bold: list[tuple[int, int]], places: list[int]
    ) -> None:
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
                self.anchor(
                    href, offset + _place(piece, first - start), offset + _length_of(piece, last - start)
                )
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
        kind, level, table, row, column, strong = self.now
        end = start + len(line)
        mark = BULLET.match(line) if line[0] in _MARKS else None
        if mark:
            start += mark.end()
            kind, level, bold = "item", max(level, 1), max(bold - mark.end(), 0)
        self.blocks.append(
            Block(kind, start, end, level, table, row, column, end if strong else start + bold)
        )
        self.lines.append(line)
        self.offset = end + 1


def _label_starts(raw: str, bold: list[tuple[int, int]]) -> list[int]:
    """Where emphasised words that end in a colon open a new line in the middle of a paragraph."""
    return [
        start
        for start, end in bold
        if raw[:start].strip()
        and raw[start:end].lstrip()[:1].isupper()
        and (raw[start:end].rstrip().endswith(":") or raw[end : end + 2].lstrip().startswith(":"))
    ]


def _length_of(piece: str, place: int) -> int:
    return len(" ".join(piece[:place].split()))


def _place(piece: str, place: int) -> int:
    """Where the character at ``place`` stands once white space is folded."""
    before = piece[:place]
    folded = len(" ".join(before.split()))
    return folded + 1 if folded and (before[-1].isspace() or piece[place].isspace()) else folded

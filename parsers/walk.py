"""One pass over the tree of a page: which elements are content, and what the lines inside each are."""

from __future__ import annotations

from functools import partial
from typing import Any

from parsers.cells import Kind, Table
from parsers.elements import BLOCK, BOLD, BREAK, DROP, EFFECTS, LINES, LINK, MAY_BE_OUT, SUPER
from parsers.layouts import Reach
from parsers.lines import Lines
from parsers.menus import Menus, says_nothing
from parsers.panels import needs_heading, panels

_LEVELS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
_CELLS = frozenset({"tr", "td", "th", "dt", "dd"})
# As ``Kind(…)``, at half of its cost: there is one for each heading and item.
_kind_of = partial(tuple.__new__, Kind)
_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


class Walk:
    """Gathers ``lines``, what is left out (``menus``) and cells that reach over rows (``reaching``)."""

    def __init__(self, main: Any, lines: Lines) -> None:
        self.main = main
        self.lines = lines
        self.menus = Menus(main)
        self.reaching: list[Reach] = []
        self._panels = panels(main)
        # What most elements do is done where they are walked: a call for each would cost as much again.
        # Where there are tabs, any may be a panel that has a line of its own before its words.
        self._of_most = () if self._panels else (LINES, BLOCK)
        self._around: list[tuple[Any, int]] = []
        self._kinds: list[Kind] = []
        self._tables: list[Table] = []
        self._table_count = 0
        self._depth = 0

    def run(self) -> None:
        """Walk the main element in document order."""
        parts, end_line, enter_kind = self.lines.parts, self.lines.end, self._enter_kind
        of_most, around, following = self._of_most, self._around, self._following
        element = self.main
        while element is not None:
            tag = element.tag
            effect = EFFECTS[tag]
            if effect in of_most:
                if parts:
                    end_line()
                if effect == BLOCK:
                    enter_kind(tag, element)
            elif effect and not self._enter(element, effect):
                element = following(element, 0)
                continue
            text = element.text
            if text and (parts or not text.isspace()):
                parts.append(text.translate(_SUPERSCRIPT) if effect & SUPER else text)
            if len(element):
                around.append((element, effect))
                element = element[0]
            else:
                element = following(element, effect)
        end_line()

    def _following(self, element: Any, effect: int) -> Any:
        """Leave an element, and those around it that end with it; the one that comes then, None for none."""
        parts, of_most = self.lines.parts, self._of_most
        while True:
            if effect in of_most:
                if parts:
                    self.lines.end()
                if effect == BLOCK:
                    self._leave_kind(element.tag)
            elif effect:
                self._leave(element, effect)
            if element is self.main:
                return None
            text = element.tail
            if text and (parts or not text.isspace()):
                parts.append(text)
            following = element.getnext()
            if following is not None:
                return following
            element, effect = self._around.pop()

    def _enter(self, element: Any, effect: int) -> bool:
        """False where the element and all inside is left out."""
        if effect == BOLD:
            self.lines.open_bold()
            return True
        if effect & DROP or (effect & MAY_BE_OUT and self._is_out(element)):
            return False
        if effect & (LINES | BLOCK):
            if self.lines.parts:
                self.lines.end()
            if effect & BLOCK:
                self._enter_kind(element.tag, element)
            if self._panels and (heading := self._panels.get(element.get("id") or "")):
                self._head_panel(element, heading)
        elif effect & LINK:
            self.lines.open_link(element.get("href", ""))
        elif effect & BREAK:
            self.lines.end()
        return True

    def _is_out(self, element: Any) -> bool:
        out = self.menus.leave_out(element)
        if out and not says_nothing(element):
            self.lines.end()
        return out

    def _leave(self, element: Any, effect: int) -> None:
        if effect == BOLD:
            self.lines.close_bold()
        elif effect & (LINES | BLOCK):
            if self.lines.parts:
                self.lines.end()
            if effect & BLOCK:
                self._leave_kind(element.tag)
        elif effect & LINK:
            self.lines.close_link()

    def _enter_kind(self, tag: str, element: Any) -> None:
        kind = self.lines.kind
        self._kinds.append(kind)
        self.lines.kind = self._kind_of(tag, element, kind)

    def _leave_kind(self, tag: str) -> None:
        self.lines.kind = self._kinds.pop()
        if tag in {"table", "dl"}:
            self.reaching.extend(self._tables.pop().reaching)
        elif tag in {"ul", "ol"}:
            self._depth -= 1

    def _head_panel(self, element: Any, heading: str) -> None:
        """The words of a tab stand over the panel that it shows, unless the panel begins with them itself."""
        if needs_heading(element, heading):
            inside = self.lines.kind
            self.lines.kind = inside._replace(kind="term")
            self.lines.put(heading)
            self.lines.kind = inside

    def _kind_of(self, tag: str, element: Any, around: Kind) -> Kind:
        """What lines inside this element are, given what those around it are."""
        if tag in _CELLS:
            return self._tables[-1].enter(tag, element, around) if self._tables else around
        if tag == "li":
            return _kind_of(("item", max(self._depth, 1), *around[2:]))
        if tag in _LEVELS:
            return _kind_of(("heading", _LEVELS[tag], *around[2:]))
        if tag in {"ul", "ol"}:
            self._depth += 1
        elif tag in {"table", "dl"}:
            self._tables.append(Table(self._table_count))
            self._table_count += 1
        elif tag in {"summary", "button"} and around.kind == "paragraph":
            return Kind("term", *around[1:])
        return around

"""What of a page is no content: menus, footers, cookie bars, buttons that print it, words struck out.

The page's own elements and roles say so (``nav``, ``role=banner`` …); names of classes are asked only for
what no reader would call content, never for where a measure stands.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import Any

from parsers import labels
from parsers.elements import CODE, UNSEEN, characters_of, length_of, text_of
from parsers.memos import memo

_STRUCK = frozenset({"s", "del", "strike"})
_MAY_SAY_NOTHING = _STRUCK | {"a"}
_LEFT_OUT = frozenset({"nav", "footer", "aside", "header", "figcaption"})
_TOLD_BY_TAG = _MAY_SAY_NOTHING | _LEFT_OUT | {"object", "button"}
_ALWAYS_OUT = frozenset({"nav", "figcaption"})
_LEFT_OUT_ROLES = frozenset(
    {"navigation", "banner", "contentinfo", "search", "dialog", "alertdialog", "complementary"}
)
# A header or footer within these is that of a part of the content.
_SECTIONS = frozenset({"article", "main", "section", "details", "li", "td", "dd"})
_NOISE = re.compile(
    r"(?:^|[\s_-])(?:breadcrumbs?|cookies?|cookiebar|consent|feedback|footer|sidebar|share|sharing|social|navbar"
    r"|navigation|pager|pagination|skip|skip-?link|menu|search|toolbar|visually-hidden|sr-only|print-?hidden)"
    r"(?=$|[\s_-])",
    re.IGNORECASE,
)
# An element that holds more of the page than this is content, whatever its class is called.
_NOISE_SHARE = 0.3
_NO_WORDS = re.compile(
    r"\s*(?:[#¶§↑⇧^🔗]*|uz (?:lapas )?augšu\W*|(?:back )?to top\W*|uz sākumu\W*)\s*", re.IGNORECASE
)
# A button with less to say than this opens no panel of a measure.
_SHORTEST_BUTTON = 12
# A box that asks about the page has few answers, not far inside of it.
_MOST_ANSWERS = 6
_DEEPEST_ANSWER = 4
_PANEL_MARKS = frozenset(
    {"aria-controls", "aria-expanded", "data-toggle", "data-bs-toggle", "data-target", "data-bs-target"}
)


class Menus:
    """Tells what is left out of the content that ``main`` holds, and counts it in ``left_out`` characters."""

    def __init__(self, main: Any) -> None:
        self.main = main
        self.left_out = 0
        self._length = 0
        self._asking = {
            above for button in main.iter("button") if (above := _question_around(button)) is not None
        } - {main}

    def leave_out(self, element: Any) -> bool:
        """True for an element that is no content; what it says is counted."""
        if not self._is_out(element) or element is self.main:
            return False
        self.left_out += length_of(element)
        return True

    def _is_out(self, element: Any) -> bool:
        tag = element.tag
        if tag in _TOLD_BY_TAG:
            if tag not in _MAY_SAY_NOTHING:
                return _is_out_by_tag(element)
            if says_nothing(element):
                return True
        if element in self._asking:
            return True
        said = element.get
        if said("role") in _LEFT_OUT_ROLES:
            return True
        kind, name = said("class"), said("id")
        noisy = (kind and _says_noise(kind)) or (name and _says_noise(name))
        return bool(noisy) and self._is_small(element)

    def _is_small(self, element: Any) -> bool:
        if not self._length:
            self._length = max(characters_of(self.main), 1)
        text = text_of(element)
        return len(text) < _NOISE_SHARE * self._length and not CODE.search(text)


def _is_out_by_tag(element: Any) -> bool:
    tag = element.tag
    if tag == "object":
        # What stands in one with data is for browsers that do not know them; some builders wrap links.
        return element.get("data") is not None
    if tag == "button":
        return not _opens_panel(element)
    return tag in _ALWAYS_OUT or not any(above.tag in _SECTIONS for above in element.iterancestors())


@memo(4096)
def _says_noise(words: str) -> bool:
    return _NOISE.search(words) is not None


def says_nothing(element: Any) -> bool:
    """Words struck out, or a link within the page: the sign beside a heading, the way back to the top.

    Nothing else that is left out stands in the middle of a line.
    """
    if element.tag == "a":
        within = element.get("href", "").startswith("#")
        return within and _NO_WORDS.fullmatch(text_of(element)) is not None
    return element.tag in _STRUCK


def _question_around(button: Any) -> Any | None:
    """The box that asks the reader about the page itself: a question, and buttons that answer it."""
    box = button.getparent()
    for _ in range(_DEEPEST_ANSWER):
        if box is None or box.tag in _SECTIONS:
            return None
        buttons = list(islice(box.iter("button"), _MOST_ANSWERS + 1))
        if len(buttons) > _MOST_ANSWERS or any(map(_opens_panel, buttons)):
            return None
        words = text_of(box).strip()
        for answer in buttons:
            words = words.replace(text_of(answer).strip(), "", 1).strip()
        if words:
            asks = len(buttons) > 1 and words.endswith("?") and words.count("?") == 1
            return box if asks and CODE.search(words) is None else None
        box = box.getparent()
    return None


def _opens_panel(button: Any) -> bool:
    """A button that shows and hides a part of the page, told from one that prints or shares it."""
    if not _PANEL_MARKS.isdisjoint(button.keys()):
        return True
    words = " ".join(text_of(button).split())
    return len(words) >= _SHORTEST_BUTTON or CODE.search(words) is not None or labels.match(words) is not None


def length_outside(main: Any) -> int:
    """Characters of the page's words outside of its main element."""
    length = 0
    inner, around = main, main.getparent()
    while around is not None:
        length += sum(
            length_of(beside) for beside in around if beside is not inner and beside.tag not in UNSEEN
        )
        inner, around = around, around.getparent()
    return length

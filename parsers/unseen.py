"""What a page holds and does not show: hidden elements, words struck out by style, copies for the printer.

Panels of accordions and tabs are hidden too until someone opens them, and so is what stands behind ``Lasīt
vairāk``; those, and measures and fields that stand nowhere else, are content. ``display: none`` on a line of
one field is a value that no longer holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from lxml import etree

from parsers import labels
from parsers.elements import length_of, text_of

# By way of the attributes, of which there are few: many times faster than to ask all elements.
_MAY_BE: Any = etree.XPath(
    ".//@hidden/.. | .//@class[contains(., 'print')]/.. "
    "| .//@style[contains(., 'none') or contains(., 'NONE') or contains(., 'visibility')"
    " or contains(., 'line-through')]/.."
)
_NOT_SHOWN = re.compile(r"(?:^|[;\s])(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_STRUCK = re.compile(r"text-decoration(?:-line)?\s*:[^;]*line-through", re.IGNORECASE)
# ``until-found`` is found by whoever searches the page.
_HIDDEN = frozenset({"", "hidden", "true"})
# Whoever reads the page on a screen has the same words elsewhere.
_PRINTED = frozenset(
    "print-only only-print printonly visible-print visible-print-block visible-print-inline show-for-print "
    "print:block".split()
)
_PRINTED_WITH = re.compile(r"d-print-(?!none)\w+")
# Elements that may be a panel; what stands in a line is none.
_PANELS = frozenset("div section article ul ol dl dd table tbody li".split())
_OPENERS = frozenset("h1 h2 h3 h4 h5 h6 button a summary dt legend label".split())
_CODE = re.compile(r"(?<![\d.])\d{1,2}(?:\.\d{1,2}){2,4}")
# An opener says what it opens in its first words.
_OPENING = 200
_LEAST_PANELS = 2
# Labels that make hidden words the fields of a measure, where none of them is seen beside.
_LEAST_LABELS = 2
_HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
_LABELS: Any = etree.XPath(".//strong | .//b | .//dt | .//th | .//h4 | .//h5 | .//h6 | .//label")
# A link that leads nowhere does something on the page.
_DOES = re.compile(r"#|javascript:", re.IGNORECASE)
_NEAREST = 40
# Hidden elements within one another that are looked at.
_DEEPEST = 8
_NOT_REFERRING = frozenset({"id", "class", "style", "name"})


def take_out(main: Any) -> int:
    """Empty the elements inside ``main`` that a reader does not see; how many characters they held."""
    found = _MAY_BE(main)
    if not found:
        return 0
    hidden = [element for element in found if _is_hidden(element) or _is_copy(element)]
    out = set(_Shown(main, hidden).never(hidden))
    out.update(element for element in found if _STRUCK.search(element.get("style") or "") is not None)
    taken = 0
    for element in found:
        if element in out and main in element.iterancestors():
            taken += length_of(element)
            # A cell stays where it is, so that those beside it do.
            element.clear(keep_tail=True)
    return taken


def _is_hidden(element: Any) -> bool:
    said = element.get("hidden")
    if said is not None and said.lower() in _HIDDEN:
        return True
    return _NOT_SHOWN.search(element.get("style") or "") is not None


def _is_copy(element: Any) -> bool:
    """It is for the printer alone."""
    classes = (element.get("class") or "").split()
    return any(
        each in _PRINTED or ("d-none" in classes and _PRINTED_WITH.fullmatch(each)) for each in classes
    )


class _Shown:
    """Tells which hidden elements of a page a reader can open, or are the only ones to tell of a measure."""

    def __init__(self, main: Any, hidden: list[Any]) -> None:
        self._main = main
        self._hidden = set(hidden)
        self._named: set[str] | None = None
        self._seen: set[str] | None = None
        # Children of an element by what they are: the first of each kind, and how many there are.
        self._alike: dict[Any, dict[tuple[str, str | None], tuple[Any, int]]] = {}

    def never(self, hidden: list[Any]) -> Iterator[Any]:
        """The outermost of the hidden elements, in their order, that nobody gets to see."""
        depths: dict[Any, int] = {}
        for element in hidden:
            around = next((each for each in element.iterancestors() if each in self._hidden), None)
            depth = depths[element] = depths.get(around, 0) + 1
            if depth < _DEEPEST and not self._some_time(element):
                depths[element] = _DEEPEST
                yield element

    def _some_time(self, element: Any) -> bool:
        # What most panels are is asked first: the codes of a page cost as much as all else.
        may_be_panel = element.tag in _PANELS and not _is_copy(element)
        if may_be_panel and (
            self._is_below_opener(element)
            or self._is_beside_button(element)
            or self._is_named(element)
            or self._is_one_of_tabs(element)
            or self._alone_has_fields(element)
        ):
            return True
        codes = set(_CODE.findall(text_of(element)))
        return bool(codes) and not codes <= self._codes_seen()

    def _codes_seen(self) -> set[str]:
        """The codes outside of all hidden elements."""
        if self._seen is None:
            words: list[str] = []
            skipped: Any = None
            walker = etree.iterwalk(self._main, events=("start", "end"))
            for event, element in walker:
                if event == "start" and element in self._hidden:
                    skipped = element
                    walker.skip_subtree()
                    continue
                text = element.text if event == "start" and element is not skipped else element.tail
                if text:
                    words.append(text)
            self._seen = set(_CODE.findall(" ".join(words)))
        return self._seen

    def _is_named(self, element: Any) -> bool:
        """Something on the page names it, or it says what names it."""
        if element.get("role") == "tabpanel" or element.get("aria-labelledby"):
            return True
        own = element.get("id")
        if not own:
            return False
        if self._named is None:
            self._named = {
                value.lstrip("#")
                for each in self._main.iter(etree.Element)
                for name, value in each.attrib.items()
                if name not in _NOT_REFERRING
            }
        return own in self._named

    def _is_below_opener(self, element: Any) -> bool:
        """It stands below a heading, a button, a code or a label that has nothing else below it."""
        before, after = element.getprevious(), element.getnext()
        if before is None or before in self._hidden or not _is_opener(before):
            return False
        return after is None or after in self._hidden or _is_opener(after)

    def _is_beside_button(self, element: Any) -> bool:
        """``Lasīt vairāk`` stands right above or below it."""
        beside = (next(self._seen_beside(element, preceding=way), None) for way in (True, False))
        return any(each is not None and _is_button(each) for each in beside)

    def _alone_has_fields(self, element: Any) -> bool:
        """It has labels as a measure has, none of which is seen beside it, up to the next headings."""
        own = _fields(element)
        if len(own) < _LEAST_LABELS:
            return False
        for way in (True, False):
            for each in self._seen_beside(element, preceding=way):
                if each.tag in _HEADINGS:
                    break
                if own & _fields(each):
                    return False
        return True

    def _seen_beside(self, element: Any, *, preceding: bool) -> Iterator[Any]:
        """The elements above or below it in its parent, from itself on, that are not hidden; a few dozen."""
        beside = islice(element.itersiblings(etree.Element, preceding=preceding), _NEAREST)
        return (each for each in beside if each not in self._hidden)

    def _is_one_of_tabs(self, element: Any) -> bool:
        """Of as many elements alike as there are words in a strip above them."""
        around = element.getparent()
        if around not in self._alike:
            alike = self._alike[around] = {}
            for each in around:
                first, count = alike.get((each.tag, each.get("class")), (each, 0))
                alike[each.tag, each.get("class")] = (first, count + 1)
        first, count = self._alike[around][element.tag, element.get("class")]
        strip = first.getprevious()
        return count >= _LEAST_PANELS and strip is not None and len(strip) == count


def _is_button(element: Any) -> bool:
    """It is one, or has nothing else in it."""
    while element.tag not in {"a", "button"}:
        if len(element) != 1 or (element.text or "").strip() or (element[0].tail or "").strip():
            return False
        element = element[0]
    return element.tag == "button" or _DOES.match(element.get("href") or "#") is not None


def _fields(element: Any) -> set[str]:
    """What the labels within an element open."""
    hits = (labels.match(" ".join(text_of(each)[:_OPENING].split())) for each in _LABELS(element))
    return {hit.field for hit in hits if hit is not None}


def _is_opener(element: Any) -> bool:
    if element.tag in _OPENERS:
        return True
    words = " ".join(text_of(element)[:_OPENING].split())
    return _CODE.search(words) is not None or labels.match(words) is not None

"""Tabs: which panel of a page each shows, so that its words can stand over what it shows."""

from __future__ import annotations

from itertools import islice
from typing import Any

from lxml import etree

from parsers import labels
from parsers.elements import CODE, text_of

_NAMED: Any = etree.XPath(".//*[@id]")
_LEAST_TABS = 2
# A panel that says the code of its tab so early says the tab's words itself.
_OPENING = 200


def panels(main: Any) -> dict[str, str]:
    """Panels by their id, with the words of the tab that shows each (only those with a code or a label).

    A tab stands in a strip of tabs, apart from the panels; the button of an accordion stands over its own.
    """
    controls = [
        (control, target)
        for control in main.iter("a", "button")
        if (target := _target(control)) and not _stands_over(control, target) and _tells(control)
    ]
    if len(controls) < _LEAST_TABS:
        return {}
    around: dict[Any, int] = {}
    for control, _ in controls:
        for ancestor in control.iterancestors():
            around[ancestor] = around.get(ancestor, 0) + 1
    named = {element.get("id"): element for element in _NAMED(main)}
    shown: dict[str, str] = {}
    for control, target in controls:
        panel = named.get(target)
        strip = next((each for each in control.iterancestors() if around[each] >= _LEAST_TABS), None)
        if panel is not None and strip is not None and strip not in panel.iterancestors():
            shown.setdefault(target, " ".join(text_of(control).split()))
    return shown


def needs_heading(panel: Any, words: str) -> bool:
    """Whether the words of a tab name a measure or a field that its panel does not begin with itself."""
    code = CODE.search(words)
    if code is not None:
        return code.group() not in text_of(panel)[:_OPENING]
    return not " ".join(text_of(panel)[:_OPENING].split()).startswith(words)


def _stands_over(control: Any, target: str) -> bool:
    """The panel comes right after its button, or after the heading that the button stands in alone."""
    around = control.getparent()
    alone = around is not None and len(list(islice(around.iter("a", "button"), 2))) == 1
    for element in (control, around) if alone else (control,):
        following = element.getnext()
        if following is not None and following.get("id") == target:
            return True
    return False


def _target(control: Any) -> str:
    """The id of the panel that a tab or button shows, empty where it shows none."""
    get = control.get
    target = get("aria-controls") or get("data-bs-target") or get("data-target") or ""
    if not target and control.tag == "a":
        href = get("href")
        target = href if href and href[0] == "#" else ""
    return target.lstrip("#")


def _tells(control: Any) -> bool:
    """It says a code or a label."""
    words = " ".join(text_of(control).split())
    return CODE.search(words) is not None or labels.match(words) is not None

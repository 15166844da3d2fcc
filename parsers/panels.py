"""Tabs: which panel of a page each shows, so that its words can stand over what it shows."""

from __future__ import annotations

from typing import Any

from lxml import etree

from parsers.elements import CODE, text_of

_NAMED: Any = etree.XPath(".//*[@id]")
_CONTROLS: Any = etree.XPath(
    ".//a[starts-with(@href,'#') or @aria-controls or @data-bs-target or @data-target]"
    "|.//button[@aria-controls or @data-bs-target or @data-target]"
)
_LEAST_TABS = 2
# A panel that says the code of its tab so early says the tab's words itself.
_OPENING = 200


def panels(main: Any) -> dict[str, str]:
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
    named = {element.get("id"): element for element in _NAMED(main)}
    shown: dict[str, str] = {}
    for control, target in controls:
        panel = named.get(target)
        strip = next((each for each in control.iterancestors() if around[each] >= _LEAST_TABS), None)
        if panel is not None and strip is not None and strip not in panel.iterancestors():
            shown.setdefault(target, " ".join(text_of(control).split()))
    return shown


def needs_heading(panel: Any, words: str) -> bool:
    """Whether the words of a panel's tab name a measure that the panel does not begin with itself."""
    code = CODE.search(words)
    return code is not None and code.group() not in text_of(panel)[:_OPENING]


def _target(control: Any) -> str:
    """The id of the panel that a tab or button with a code shows, empty where it shows none."""
    target = control.get("aria-controls") or control.get("data-bs-target") or control.get("data-target") or ""
    if not target and control.tag == "a" and (control.get("href") or "").startswith("#"):
        target = control.get("href")
    return target.lstrip("#") if target and CODE.search(text_of(control)) else ""

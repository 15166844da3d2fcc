"""Pasted text: the page without any markup, in blocks as the real page was copied, or in lines."""

from __future__ import annotations

from collections.abc import Iterable
from random import Random

from tests.pages.ink import plain
from tests.pages.model import Field, Line, Printed, Sheet

BULLET = " • "


def _lines(content: Iterable[Line]) -> list[str]:
    return [(BULLET if line.depth else "") + plain(line) for line in content]


def _figures(sheet: Sheet) -> list[str]:
    shown = sheet.figures
    if shown is None:
        return []
    out = [shown.heading, ""] if shown.heading else []
    out += shown.sentences
    for amount, label in shown.tiles:
        out += (
            [f"{BULLET}{amount}", f"  • {label}"]
            if shown.form == "nested"
            else [f"{BULLET}{amount} – {label}"]
        )
    return [*out, ""]


def _blocks(field: Field) -> list[str]:
    """Label, value and blank lines as a browser copies paragraphs."""
    content = _lines(field.lines)
    return [field.label, "", *_spaced(field.lines, content), ""]


def _spaced(given: tuple[Line, ...], texts: list[str]) -> list[str]:
    out: list[str] = []
    for line, text in zip(given, texts, strict=True):
        out += [text] if line.depth else [text, ""]
    return out or ["\u00a0"]


def _one_line(field: Field) -> list[str]:
    label = field.label if field.label.endswith((":", "?")) else f"{field.label}:"
    content = _lines(field.lines)
    if content and not field.lines[0].depth:
        return [f"{label} {content[0]}", *content[1:]]
    return [label, *content]


def _tabbed(field: Field) -> list[str]:
    """A two-column table as a spreadsheet or browser copies it."""
    content = _lines(field.lines)
    return [f"{field.label}\t{content[0] if content else ''}", *content[1:]]


STYLES = {"blocks": _blocks, "oneline": _one_line, "tabbed": _tabbed}


def page(sheet: Sheet, rng: Random, style: str) -> str:
    """The whole page as text; ``style`` is a key of STYLES."""
    printer = STYLES[style]

    def measure(printed: Printed) -> list[str]:
        out = [part for head in printed.heads for part in (head, "")]
        for field in printed.fields:
            out += printer(field)
        return [*out, *_lines(printed.tail), ""]

    out = [part for text in sheet.intro for part in (text, "")] + _figures(sheet)
    out += [f"{BULLET}{title}" for title in sheet.contents] + [""] * bool(sheet.contents)
    for section in sheet.sections:
        if section.theme:
            out += [section.theme, ""]
        out += [part for text in section.paragraphs for part in (text, "")]
        for printed in section.measures:
            out += measure(printed)
    return "\n".join(out) + "\n"

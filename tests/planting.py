"""A made-up word put somewhere into the main content of a page, as an editor's slip would be."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import Any

import lxml.html

from parsers.records import Page

SYLLABLES = ("zum", "bra", "kel", "tir", "vos", "dru", "pim", "lag", "ņef", "žor", "mik", "tul")
MAIN = ("//main", "//*[@id='content']", "//body")
SILENT = frozenset({"script", "style", "noscript", "title"})


def word(rng: Random) -> str:
    return "".join(rng.sample(SYLLABLES, 4))


def in_text(content: bytes, rng: Random, planted: str) -> bytes:
    """Between two words of pasted text, or on a line of its own."""
    text = content.decode()
    gaps = [index for index, char in enumerate(text) if char.isspace()]
    at = rng.choice(gaps)
    mark = "\n\n" if rng.random() < 0.2 else " "
    return f"{text[:at]}{mark}{planted}{mark}{text[at:].lstrip(' ')}".encode()


def in_html(content: bytes, rng: Random, planted: str) -> bytes:
    """Among the words of an element in the main content, or as a paragraph between two of them."""
    encoding = "windows-1257" if b"charset=windows-1257" in content else "utf-8"
    root: Any = lxml.html.document_fromstring(content, parser=lxml.html.HTMLParser(encoding=encoding))
    main = next(found[0] for path in MAIN if (found := root.xpath(path)))
    shown = [element for element in main.iter() if element.tag not in SILENT and not _aside(element)]
    if rng.random() < 0.2:
        target = rng.choice([element for element in shown if element.tag in ("p", "ul", "table", "h3")])
        paragraph = lxml.html.Element("p")
        paragraph.text = planted
        target.addnext(paragraph)
        paragraph.tail, target.tail = target.tail, None
    else:
        texts = [(element, kind) for element in shown for kind in ("text", "tail") if _says(element, kind)]
        element, kind = rng.choice([pair for pair in texts if pair[0] is not main or pair[1] == "text"])
        setattr(element, kind, _between(rng, getattr(element, kind), planted))
    changed: bytes = lxml.html.tostring(root, encoding=encoding, doctype="<!DOCTYPE html>")
    return changed


def _aside(element: Any) -> bool:
    """Share buttons stand within the main content and are nobody's value."""
    lineage = [element, *element.iterancestors()]
    return any("share-buttons" in (node.get("class") or "") for node in lineage)


def _says(element: Any, kind: str) -> bool:
    if not isinstance(element.tag, str) and kind == "text":
        return False
    return bool((getattr(element, kind) or "").strip())


def _between(rng: Random, text: str, planted: str) -> str:
    words = text.split(" ")
    words.insert(rng.randint(0, len(words)), planted)
    return " ".join(words)


def strings(value: object) -> Iterator[str]:
    """All strings within a record."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from strings(part)


def accounted(page: Page, planted: str) -> str | None:
    """Where the word went: ``value``, ``narrative`` or ``finding`` (unclaimed, in a label); None: lost."""
    if any(planted in text for text in strings((page.measures, page.headlines, page.title))):
        return "value"
    if any(planted in told.text for told in page.narrative):
        return "narrative"
    return "finding" if any(planted in finding.text for finding in page.findings) else None

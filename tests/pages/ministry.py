# ruff: noqa: E501  (markup stands whole)
"""The real page as the ministry's site would print it: an accordion from the copied text, word for word.

The copied text (tests/fixtures/izm-visparejai-izglitibai.txt) has lost its markup; this gives it back what such
sites have around it. Headings are named here, because nothing else in the text tells them from paragraphs.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from random import Random

from tests.pages import chrome

FIXTURES = Path(__file__).parent.parent / "fixtures"
TEXT = FIXTURES / "izm-visparejai-izglitibai.txt"
HTML = FIXTURES / "izm-visparejai-izglitibai.html"

THEMES = (
    "Mūsdienīgas mācību vides un efektīvas speciālās izglītības nodrošināšanai",
    "Mūsdienīgas un kvalitatīvas izglītības nodrošināšanai",
    "Izglītības kvalitātes monitoringa sistēmas attīstībai",
    "Iekļaujošas izglītības attīstībai",
    "ES FONDU INVESTĪCIJAS UN NACIONĀLAIS LĪDZFINANSĒJUMS VISPĀRĒJĀS IZGLĪTĪBAS ATTĪSTĪBAI",
)
LABELS = (
    "Plānotais ES fondu finansējums", "(eiro)", "Atbalsta mērķis", "Projektu iesniedzēj", "Pasākuma laika grafiks",
    "Projektu atlases veids", "Saistošie dokumenti", "Kontaktinformācija", "Cita informācija",
)  # fmt: skip
IMAGES = ("Sešas sievietes sež aplī, kopā salikušas rokas", "Bērni skolā ar skolotāju")
CODE = re.compile(r"\d\.\d\.\d\.\d\. ?\S")
URL = re.compile(r"https://[^\s)]+")


def kind(line: str) -> str:
    """What a line of the copied text is: blank, theme, title, round, label, item, image or text."""
    words = line.strip()
    if not words:
        return "blank"
    if words in THEMES:
        return "theme"
    if words in IMAGES:
        return "image"
    if CODE.match(words):
        return "title"
    if re.fullmatch(r"\d\.kārta", words):
        return "round"
    if words == "(eiro)" or (words.startswith(LABELS) and not words.endswith(".")):
        return "label"
    if words.startswith("•"):
        return "sub" if line.startswith("  ") else "item"
    return "text"


def markup(words: str) -> str:
    """Escaped words with addresses as links and hard spaces as entities."""
    escaped = html.escape(words.strip(" \t"), quote=False).replace("\u00a0", "&nbsp;")
    return URL.sub(lambda match: f'<a href="{match[0]}" target="_blank">{match[0]}</a>', escaped)


def bullets(lines: list[tuple[str, str]]) -> str:
    """A list; a deeper mark opens a list within the item before it."""
    out = ""
    for index, (sort, line) in enumerate(lines):
        words = markup(line.replace("•", "", 1))
        if sort == "sub":
            out += f"<ul><li>{words}</li></ul>"
        else:
            out += ("</li>\n" if index else "") + f"<li>{words}"
    return f"<ul>{out}</li></ul>"


def body(lines: list[tuple[str, str]]) -> Iterator[str]:
    """Labels, paragraphs and lists of one panel or of running text; a blank hard space stays a paragraph."""
    for sort, group in groupby(lines, key=lambda pair: pair[0].replace("sub", "item")):
        if sort == "item":
            yield bullets(list(group))
        elif sort == "label":
            yield f"<h4>{' '.join(markup(line) for _, line in group)}</h4>"
        elif sort == "blank":
            yield from ("<p>&nbsp;</p>" for _, line in group if "\u00a0" in line)
        elif sort == "theme":
            yield from (f"<h2>{markup(line)}</h2>" for _, line in group)
        elif sort == "image":
            yield from (f'<img src="/lv/media/{len(line)}" alt="{line.strip()}" />' for _, line in group)
        else:
            yield from (f"<p>{markup(line)}</p>" for _, line in group)


def panel(index: int, lines: list[tuple[str, str]]) -> str:
    """One measure: title and round on the button, the rest below it."""
    head = [markup(line.strip("\u00a0 ")) for sort, line in lines if sort in ("title", "round")]
    rest = [pair for pair in lines if pair[0] not in ("title", "round")]
    inner = "\n".join(body(rest))
    return (
        f'<div class="accordion-item card" data-index="{index}"><h3 class="accordion-header">'
        f'<button type="button" class="accordion-button collapsed" aria-expanded="false" aria-controls="m{index}">'
        f"{'<br />'.join(head)}</button></h3>\n"
        f'<div id="m{index}" class="accordion-collapse collapse" aria-hidden="true"><div class="accordion-body '
        f'text-long field__item">\n{inner}\n</div></div></div>'
    )


def parts(lines: list[tuple[str, str]]) -> Iterator[list[tuple[str, str]]]:
    """The page cut before each measure's title, theme and image."""
    part: list[tuple[str, str]] = []
    for pair in lines:
        if pair[0] in ("title", "theme", "image"):
            yield part
            part = []
        part.append(pair)
    yield part


def page() -> bytes:
    """The whole HTML page."""
    lines = [(kind(line), line) for line in TEXT.read_text(encoding="utf-8").split("\n")]
    out = []
    for index, part in enumerate(parts(lines)):
        if part and part[0][0] == "title":
            out.append(panel(index, part))
        else:
            out += body(part)
    title = "ES fondi vispārējai izglītībai 2021-2027"
    content = "\n".join(out)
    publisher = "Izglītības un zinātnes ministrija"
    return chrome.modern(Random(1), title, publisher, "izm", content).encode()  # noqa: S311  (menu order)

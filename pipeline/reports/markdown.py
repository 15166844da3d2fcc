"""A report as Markdown that also reads well as it is, in a terminal or a mail."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from pipeline.changes import wording
from pipeline.changes.written import sentence
from pipeline.printable import printable
from pipeline.reports import words
from pipeline.reports.ranking import sections
from pipeline.reports.words import WORDS, Copies, beside

if TYPE_CHECKING:
    from pipeline.changes.record import Change
    from pipeline.reports.record import Item, Pair, Report

_SPECIAL = re.compile(r"[\\`*_<\[\]]")
_EDITS = {wording.REMOVED: "~~{}~~", wording.ADDED: "**{}**", wording.UNCHANGED: "{}"}


def as_markdown(report: Report, language: str, copies: Copies = beside) -> str:
    """The whole report; one line where nothing changed. ``copies``: see ``words.Copies``."""
    told = report.without_empty()
    if not told.pairs:
        return f"{WORDS[language]['nothing']} ({_plain(words.between(*report.ends, language))})."
    title = f"# {WORDS[language]['title']}: {words.counted(len(report.changes), language)}"
    numbers: dict[str, int] = {}
    lines = [title, *(line for pair in told.pairs for line in _page(pair, language, copies, numbers))]
    references = [f"[{number}]: {address}" for address, number in numbers.items()]
    return "\n".join([*lines, *([""] if references else []), *references])


def _page(pair: Pair, language: str, copies: Copies, numbers: dict[str, int]) -> Iterator[str]:
    heading = pair.publisher or pair.source
    yield ""
    if heading:
        yield from [f"## {_plain(heading)}", ""]
    if pair.new.url:
        yield f"<{printable(pair.new.url)}>  "
    when = _plain(words.between(pair.old, pair.new, language))
    yield when[:1].upper() + when[1:] if pair.new.name is None else when
    for name, some in sections(pair.items):
        yield ""
        if name:
            yield from [f"### {WORDS[language][name]}", ""]
        for item in some:
            yield from _item(pair, item, language, copies, numbers)
    sums = [f"{_plain(total)}." for total in words.totals(pair.changes, language)]
    if sums:
        yield from ["", "\n\n".join(sums)]


def _item(pair: Pair, item: Item, language: str, copies: Copies, numbers: dict[str, int]) -> Iterator[str]:
    """``numbers``: of the addresses so far; these stand at the end, longer as they are than the news."""
    yield f"- {_plain(sentence(item.change, language))}"
    shown = _shown(item.change, language)
    named = zip(("on_page", "before", "now"), words.links(pair, item, copies), strict=True)
    linked = [
        f"[{WORDS[language][name]}][{numbers.setdefault(_address(url), len(numbers) + 1)}]"
        for name, url in named
        if url
    ]
    if shown or linked:
        yield "  " + " ".join(filter(None, (shown, " · ".join(linked))))


def _shown(change: Change, language: str) -> str:
    edits = words.edits(change)
    if edits:
        return " ".join(_EDITS[operation].format(_plain(piece)) for operation, piece in edits)
    return _plain(words.quote(change, language) or "")


def _address(url: str) -> str:
    """An address that no bracket in it can end."""
    return printable(url).replace("(", "%28").replace(")", "%29").replace(" ", "%20")


def _plain(text: str) -> str:
    """Words of a page in which nothing is markup and nothing breaks the line."""
    return _SPECIAL.sub(r"\\\g<0>", printable(" ".join(text.split("\n"))))

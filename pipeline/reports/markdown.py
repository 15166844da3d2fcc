"""A report as Markdown that also reads well as it is, in a terminal or a mail."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from pipeline.printable import printable
from pipeline.reports.ranking import biggest_first
from pipeline.reports.words import WORDS, between, counted, quote, sentence, totals

if TYPE_CHECKING:
    from pipeline.changes.record import Change
    from pipeline.reports.record import Pair, Report

_SPECIAL = re.compile(r"[\\`*_<\[\]]")


def as_markdown(report: Report, language: str) -> str:
    """The whole report; one line where nothing changed."""
    words = WORDS[language]
    told = report.without_empty()
    if not told.pairs:
        return f"{words['nothing']} ({_plain(between(*report.ends, language))})."
    title = f"# {words['title']}: {counted(len(report.changes), language)}"
    return "\n".join([title, *(line for pair in told.pairs for line in _page(pair, language))])


def _page(pair: Pair, language: str) -> Iterator[str]:
    words = WORDS[language]
    heading = pair.publisher or pair.source
    yield ""
    if heading:
        yield f"## {_plain(heading)}"
        yield ""
    if pair.new.page.url:
        yield f"<{printable(pair.new.page.url)}>  "
    yield _plain(between(pair.old, pair.new, language))
    yield ""
    ordered = biggest_first(pair.changes)
    for change in ordered:
        if not change.minor:
            yield from _change(pair, change, language)
    minor = [change for change in ordered if change.minor]
    if minor:
        yield from ["", f"{words['minor']}:", ""] if len(minor) < len(ordered) else []
        for change in minor:
            yield from _change(pair, change, language)
    total = totals(pair, language)
    if total:
        yield from ["", f"{total}."]


def _change(pair: Pair, change: Change, language: str) -> Iterator[str]:
    yield f"- {_plain(sentence(change, language))}"
    old, new, url = quote(pair, change)
    quoted = " → ".join(f"“{_plain(words)}”" for words in (old, new) if words)
    place = f"[{WORDS[language]['on_page']}]({_address(url)})" if url else ""
    if quoted or place:
        yield f"  {quoted}{' ' if quoted and place else ''}{place}"


def _address(url: str) -> str:
    """An address that no bracket in it can end."""
    return printable(url).replace("(", "%28").replace(")", "%29").replace(" ", "%20")


def _plain(words: str) -> str:
    """Words of a page in which nothing is markup and nothing breaks the line."""
    return _SPECIAL.sub(r"\\\g<0>", printable(" ".join(words.split("\n"))))

"""A report as one HTML file that needs nothing else, prints well and holds no script."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import TYPE_CHECKING

from pipeline.printable import printable
from pipeline.reports.ranking import biggest_first
from pipeline.reports.words import WORDS, between, counted, quote, sentence, totals

if TYPE_CHECKING:
    from pipeline.changes.record import Change
    from pipeline.reports.record import Pair, Report

_STYLE = """
:root { color-scheme: light dark; --quiet: #5a5a5a; --line: #d0d0d0; }
@media (prefers-color-scheme: dark) { :root { --quiet: #b0b0b0; --line: #444; } }
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.15rem; margin: 2rem 0 .25rem; }
p.when, small { color: var(--quiet); } ul { padding-left: 1.25rem; } li { margin: .6rem 0; }
q { overflow-wrap: anywhere; } .total { border-top: 1px solid var(--line); padding-top: .5rem; }
del { color: var(--quiet); } ins { text-decoration: none; border-bottom: 2px solid; }
@media print { body { max-width: none; margin: 0; } a { color: inherit; } li { break-inside: avoid; } }
"""


def as_html(report: Report, language: str) -> str:
    """The whole page, valid HTML 5."""
    told = report.without_empty()
    words = WORDS[language]
    title = f"{words['title']}: {counted(len(report.changes), language)}"
    if not told.pairs:
        title = f"{words['nothing']} ({between(*report.ends, language)})"
    body = "\n".join(line for pair in told.pairs for line in _page(pair, language))
    return (
        f'<!doctype html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{_safe(title)}</title>\n<style>{_STYLE}</style>\n</head>\n"
        f"<body>\n<main>\n<h1>{_safe(title)}</h1>\n{body}\n</main>\n</body>\n</html>"
    )


def _page(pair: Pair, language: str) -> Iterator[str]:
    yield f"<section>\n<h2>{_linked(pair.publisher or pair.source or '', pair.new.page.url)}</h2>"
    yield f'<p class="when">{_safe(between(pair.old, pair.new, language))}</p>\n<ul>'
    for change in biggest_first(pair.changes):
        yield f"<li>{_safe(sentence(change, language))}{_quote(pair, change, language)}</li>"
    yield "</ul>"
    total = totals(pair, language)
    if total:
        yield f'<p class="total">{_safe(total)}.</p>'
    yield "</section>"


def _quote(pair: Pair, change: Change, language: str) -> str:
    old, new, url = quote(pair, change)
    quoted = " → ".join(f'<q lang="lv">{_safe(words)}</q>' for words in (old, new) if words)
    place = _linked(WORDS[language]["on_page"], url) if url else ""
    return f"<br><small>{quoted} {place}</small>" if quoted or place else ""


def _linked(words: str, url: str | None) -> str:
    """Only web addresses become links."""
    if not url or not url.startswith(("https://", "http://")):
        return _safe(words)
    return f'<a href="{_safe(url)}" rel="noreferrer">{_safe(words or url)}</a>'


def _safe(words: str) -> str:
    return escape(printable(" ".join(words.split("\n"))))

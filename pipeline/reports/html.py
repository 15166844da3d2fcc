"""A report as one HTML file that needs nothing else, prints well and holds no script."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
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

_STYLE = """
:root { color-scheme: light dark; --quiet: #595959; --line: #d5d5d5; --accent: #9d2235; }
@media (prefers-color-scheme: dark) { :root { --quiet: #b4b4b4; --line: #444; --accent: #ff9aa8; } }
* { box-sizing: border-box; }
body { font: 1.0625rem/1.55 Georgia, "Noto Serif", serif; margin: 0; }
main { max-width: 44rem; margin: 0 auto; padding: 2rem 1.25rem 4rem; overflow-wrap: break-word; }
h1, h2, h3, .when, .where { font-family: system-ui, "Segoe UI", "Noto Sans", sans-serif; line-height: 1.25; }
h1 { font-size: 1.75rem; margin: 0 0 1.5rem; padding-bottom: .75rem; border-bottom: 3px solid var(--accent); }
h2 { font-size: 1.25rem; margin: 2.5rem 0 .25rem; }
h3 { font-size: .875rem; letter-spacing: .02em; color: var(--accent); margin: 1.75rem 0 .5rem; }
ul { list-style: none; margin: 0; padding: 0; }
li { margin: 0 0 1.1rem; } li p { margin: 0; }
.when, .where { font-size: .8125rem; color: var(--quiet); }
.when { margin: 0 0 1rem; } .where { margin-top: .2rem; }
.said { font-size: .9375rem; color: var(--quiet); margin-top: .15rem; }
del { text-decoration-thickness: 1px; } ins { text-decoration: none; font-weight: 600; }
.totals { font-size: .9375rem; border-top: 1px solid var(--line); margin-top: 1.5rem; padding-top: .75rem; }
.totals p { margin: .25rem 0; font-variant-numeric: tabular-nums; } .by { white-space: nowrap; }
a { color: inherit; text-underline-offset: .15em; } a:focus-visible { outline: 2px solid var(--accent); }
@page { margin: 18mm 16mm; }
@media print {
  html { font-size: 10pt; } main { max-width: none; padding: 0; }
  li, .totals { break-inside: avoid; } h2, h3 { break-after: avoid; }
  .where { display: none; }
  h2 a::after { content: attr(href); display: block; font-size: 8pt; font-weight: 400; color: var(--quiet); }
}
"""
_EDITS = {wording.REMOVED: "del", wording.ADDED: "ins"}


def as_html(report: Report, language: str, copies: Copies = beside) -> str:
    """The whole page, valid HTML 5. ``copies``: see ``words.Copies``."""
    told = report.without_empty()
    title = f"{WORDS[language]['title']}: {words.counted(len(report.changes), language)}"
    if not told.pairs:
        title = f"{WORDS[language]['nothing']} ({words.between(*report.ends, language)})"
    body = "\n".join(line for pair in told.pairs for line in _page(pair, language, copies))
    return (
        f'<!doctype html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{_safe(title)}</title>\n<style>{_STYLE}</style>\n</head>\n"
        f"<body>\n<main>\n<h1>{_safe(title)}</h1>\n{body}\n</main>\n</body>\n</html>"
    )


def _page(pair: Pair, language: str, copies: Copies) -> Iterator[str]:
    heading = pair.publisher or pair.source or ""
    yield f"<section>\n<h2>{_linked(heading, pair.new.url)}</h2>" if heading or pair.new.url else "<section>"
    when = words.between(pair.old, pair.new, language)
    yield f'<p class="when">{_safe(when[:1].upper() + when[1:] if pair.new.name is None else when)}</p>'
    for name, some in sections(pair.items):
        if name:
            yield f"<h3>{WORDS[language][name]}</h3>"
        yield "<ul>"
        yield from (_item(pair, item, language, copies) for item in some)
        yield "</ul>"
    sums = [f"<p>{_whole_difference(_safe(total))}</p>" for total in words.totals(pair.changes, language)]
    if sums:
        yield f'<div class="totals">{"".join(sums)}</div>'
    yield "</section>"


def _whole_difference(total: str) -> str:
    """No line ends between a sum's sign and its figures."""
    before, bracket, difference = total.rpartition("(")
    return f'{before}<span class="by">{bracket}{difference}</span>'


def _item(pair: Pair, item: Item, language: str, copies: Copies) -> str:
    shown = _shown(item.change, language)
    where = words.links(pair, item, copies)
    named = zip(("on_page", "before", "now"), where, strict=True)
    linked = " · ".join(_linked(WORDS[language][name], url) for name, url in named if url)
    return "".join(
        (
            f"<li><p>{_safe(sentence(item.change, language))}</p>",
            f'<p class="said" lang="lv">{shown}</p>' if shown else "",
            f'<p class="where">{linked}</p>' if linked else "",
            "</li>",
        )
    )


def _shown(change: Change, language: str) -> str:
    """The printed words: before and now, or a text with what was struck out and written in."""
    edits = words.edits(change)
    if not edits:
        return _safe(words.quote(change, language) or "")
    return " ".join(
        f"<{_EDITS[operation]}>{_safe(piece)}</{_EDITS[operation]}>" if operation in _EDITS else _safe(piece)
        for operation, piece in edits
    )


def _linked(label: str, url: str | None) -> str:
    """Only web addresses and the copies beside the report become links."""
    if not url or (":" in url.partition("#")[0] and not url.startswith(("https://", "http://"))):
        return _safe(label or url or "")
    return f'<a href="{_safe(url)}" rel="noreferrer">{_safe(label or url)}</a>'


def _safe(text: str) -> str:
    return escape(printable(" ".join(text.split("\n"))))

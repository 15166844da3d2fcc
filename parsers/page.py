"""``parse_page``: bytes or text of a page -> all that it says, with findings. Never raises on content."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from parsers.blocks import laid_out, opened
from parsers.checks import check_headlines, check_measures
from parsers.decoding import Decoded, decode
from parsers.drafts import Outline
from parsers.fields import read_measure
from parsers.flexibility import claim_words
from parsers.footnotes import assign
from parsers.freed import give_back
from parsers.headlines import Line, read_headlines
from parsers.labels import fold
from parsers.layouts import Layout
from parsers.ledger import Ledger
from parsers.looks import looks
from parsers.measures import outline
from parsers.memos import make_room, memo
from parsers.prose import is_of_page, is_sentence
from parsers.records import (
    Block,
    Coverage,
    Evidence,
    Finding,
    Headline,
    Look,
    Measure,
    Narrative,
    Page,
    Span,
)  # fmt: skip
from parsers.token import Token
from parsers.tokens import tokenize
from parsers.units_above import units_above

_ERROR_PAGE = re.compile(
    r"\b(?:40[134]|50[0234])\b.{0,40}(?:error|kluda|not found|forbidden|unavailable)"
    r"|(?:lapa|page).{0,20}(?:nav atrasta|not found)|nav atrasta|page not found|access denied"
    r"|piekluve liegta|autoriz(?:acija|ejies|eties)|pieslegties|log ?in\b|sign in"
    r"|service unavailable|bad gateway|kluda|uzturesanas darbi|maintenance",
)
_LONGEST_ERROR_PAGE = 3000
_LOW_COVERAGE = 90
_SHORTEST_NARRATIVE = 60
# Measures of a large page after which what was taken to read them is given back.
_GIVEN_BACK = 1024


def parse_page(content: bytes | str, url: str | None = None, charset: str | None = None) -> Page:
    """Read a page.

    ``content``: its bytes, or its text. ``url``: where it is from, so that links become absolute.
    ``charset``: the one that the server named, asked where the bytes themselves do not say.
    Gives a Page whatever comes: what cannot be read has ``media`` ``binary`` or ``empty`` and a finding.
    """
    decoded = decode(content, charset)
    size, ending = len(decoded.text), _broken_ending(decoded)
    source = opened(decoded)
    # The source of a large page goes once its tree is built, the tree once it is walked.
    decoded = decoded._replace(text="")
    laid = laid_out(source, url)
    del source
    give_back(size)
    ledger = Ledger(laid.text)
    _say_how_read(ledger, decoded, laid, ending)
    said = _read(laid)
    ordered = sorted([*ledger.findings, *said.findings], key=lambda each: (each.start, each.end))
    return Page(
        url, decoded.media, decoded.encoding, laid.language, laid.title, laid.text,
        said.measures, said.headlines, said.narrative, tuple(ordered), said.evidence, said.coverage,
        said.looks,
    )  # fmt: skip


class _Said(NamedTuple):
    """What the words of a page say, whatever bytes they came in."""

    measures: tuple[Measure, ...]
    headlines: tuple[Headline, ...]
    narrative: tuple[Narrative, ...]
    findings: tuple[Finding, ...]
    evidence: tuple[Evidence, ...]
    coverage: Coverage
    looks: tuple[Look, ...]


@memo(32)
def _read(laid: Layout) -> _Said:
    """Most captures of a page differ in bytes alone (a counter, the order of attributes): the same words in
    the same layout are read once."""
    make_room(laid.text)
    ledger = Ledger(laid.text)
    if not laid.text:
        return _Said((), (), (), (), (), Coverage(0, 0, (), laid.left_out), ())
    tokens = tokenize(laid)
    set_so = looks(laid, tokens)
    cut = outline(laid, tokens)
    # From here on a measure's tokens are its draft's alone, and go with it.
    del tokens
    give_back(len(laid.text))
    ledger.units = units_above(laid.text, laid.blocks)
    themes = {draft.theme for draft in cut.drafts}
    measures, narrative = _measures(ledger, laid, cut)
    known = {measure.code for measure in measures}
    headlines, outside = _outside(ledger, laid, cut, themes, known)
    narrative = sorted([*narrative, *outside], key=lambda each: each.start)
    _number(ledger, narrative)
    check_measures(ledger, measures)
    check_headlines(ledger, headlines, measures)
    coverage = _coverage(ledger, laid)
    if not measures:
        _say_no_measure(ledger, laid)
    return _Said(
        tuple(measures),
        tuple(headlines),
        tuple(narrative),
        tuple(ledger.findings),
        tuple(ledger.evidence),
        coverage,
        set_so,
    )


def _say_how_read(ledger: Ledger, decoded: Decoded, laid: Layout, ending: str) -> None:
    if decoded.media == "binary":
        ledger.find("not_text")
    elif not laid.text:
        ledger.find("empty_page")
    if decoded.repaired:
        ledger.find("encoding_repaired", encoding=decoded.encoding)
    if decoded.controls and decoded.media != "binary":
        ledger.find("control_characters")
    if laid.repaired:
        ledger.find("markup_repaired")
    if ending:
        ledger.find("truncated_page", what=" ".join(ending.split()))


def _broken_ending(decoded: Decoded) -> str:
    """The last of HTML that opens a document and does not close it, or ends within a tag; else empty."""
    source = decoded.text
    tail = source[-2000:].lower()
    within = "<" in tail and tail.rfind("<") > tail.rfind(">")
    unclosed = "<html" in source[:2000].lower() and "</html" not in tail and "</body" not in tail
    return source[-40:] if decoded.media == "html" and (within or unclosed) else ""


def _measures(ledger: Ledger, laid: Layout, cut: Outline) -> tuple[list[Measure], list[Narrative]]:
    shared = assign(laid.text, cut.drafts, [token for token, _ in cut.outside])
    measures: list[Measure] = []
    narrative: list[Narrative] = []
    # Each draft goes once it is read: all of a large page's would take as much as what is read from them.
    cut.drafts.reverse()
    while cut.drafts:
        draft = cut.drafts.pop()
        measure, kept = read_measure(ledger, laid, draft, shared)
        measures.append(measure)
        if len(measures) % _GIVEN_BACK == 0:
            give_back(len(laid.text))
        narrative.extend(
            Narrative(measure.theme, measure.measure_id, start, end, laid.text[start:end])
            for start, end in kept
        )
    for note in shared:
        claim_words(ledger, note.span)
        if note.meaning is None:
            narrative.append(Narrative(None, None, *note.span, laid.text[note.span.start : note.span.end]))
    return measures, narrative


def _outside(
    ledger: Ledger, laid: Layout, cut: Outline, themes: set[Span | None], known: set[str]
) -> tuple[list[Headline], list[Narrative]]:
    """Headlines and narrative in the words around the measures. ``themes``: of the measures; ``known``: their
    codes."""
    text, blocks = laid.text, laid.blocks
    lines = [
        _line(token, blocks[token.block])
        for token, theme in cut.outside
        if token.kind in {"text", "label"}
        # What news tell is no figure of the page.
        and not (theme is not None and is_of_page(text[theme.start : theme.end]))
    ]
    headlines = read_headlines(ledger, lines)
    narrative: list[Narrative] = []
    for token, theme in cut.outside:
        span = Span(token.start, token.end)
        if token.kind == "label":
            ledger.find("fields_outside_measure", *span)
        if span in themes:
            continue
        if _is_narrative(text[token.start : token.end], blocks[token.block], token):
            ledger.claim(*span)
            narrative.append(
                Narrative(
                    text[theme.start : theme.end] if theme else None,
                    None,
                    *span,
                    text[token.start : token.end],
                )
            )
    for token in cut.mentions:
        narrative.extend(_mention(ledger, text, token, known))
    return headlines, narrative


def _line(token: Token, block: Block) -> Line:
    depth = block.level if block.kind == "item" else 0
    return Line(Span(token.start, token.end), depth, (block.table, block.row) if block.table >= 0 else None)


def _mention(ledger: Ledger, text: str, token: Token, known: set[str]) -> list[Narrative]:
    """A line that only names a measure: of a table of contents, described nowhere, or misprinted; or one of
    which nobody can say whose it is."""
    if token.kind == "astray":
        ledger.find("measure_not_told", token.start, token.end)
    if token.kind == "misprint":
        code = "measure_not_told" if token.number else "code_unreadable"
        ledger.find(code, token.start, token.end)
    if token.title is not None and token.title.code not in known:
        ledger.find("code_without_fields", token.start, token.end)
    ledger.claim(token.start, token.end)
    return [Narrative(None, None, token.start, token.end, text[token.start : token.end])]


def _is_narrative(line: str, block: Block, token: Token) -> bool:
    if token.kind in {"heading", "label"} or block.kind in {"heading", "item", "term"}:
        return True
    return is_sentence(line) or len(line) >= _SHORTEST_NARRATIVE or line.isupper()


def _number(ledger: Ledger, narrative: Sequence[Narrative]) -> None:
    """A narrative's own words are its evidence."""
    for seq, each in enumerate(narrative, 1):
        ledger.cell("narrative", each.measure_id, seq, "text", each.start, each.end)


def _coverage(ledger: Ledger, laid: Layout) -> Coverage:
    coverage = ledger.coverage(laid.left_out)
    told = {(each.start, each.end) for each in ledger.findings if each.code == "unknown_label"}
    for start, end in coverage.unclaimed:
        if not any(first <= start and end <= last for first, last in told):
            ledger.find("unclaimed_text", start, end)
    if coverage.characters and coverage.claimed * 100 < coverage.characters * _LOW_COVERAGE:
        ledger.find("coverage_low", percent=coverage.claimed * 100 // coverage.characters)
    return coverage


def _say_no_measure(ledger: Ledger, laid: Layout) -> None:
    ledger.find("no_measure")
    if len(laid.text) > _LONGEST_ERROR_PAGE:
        return
    opening = fold(f"{laid.title or ''}\n{laid.text[:300]}")
    match = _ERROR_PAGE.search(opening)
    if match:
        ledger.find("error_page", what=" ".join(match.group().split()))

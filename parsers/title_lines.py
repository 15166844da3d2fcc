"""The lines of a measure's title: the one that opens it, one of its own, and those that go on with it."""

from __future__ import annotations

from parsers import quotes
from parsers.codes import TitleCode, is_state
from parsers.drafts import Draft
from parsers.outlook import Outlook
from parsers.prose import holds_digit
from parsers.records import Span
from parsers.titles import title_alone
from parsers.token import Token

# A quotation that ends with its line.
_CLOSED = ('"\n', "”\n", "“\n", "»\n")


def begun(page: Outlook, token: Token, title: TitleCode) -> Draft:
    """The measure that a line opens, with what the line says of it."""
    draft = Draft(title.code, token)
    draft.level = page.level(token)
    draft.listed = page.block(token).kind == "item"
    draft.round = title.round
    start = token.start
    draft.code_spans.append(Span(start + title.code_start, start + title.code_end))
    if title.round is not None:
        draft.round_spans.append(Span(start + title.round_start, start + title.round_end))
        behind = Span(start + max(title.title_end, title.round_end), token.end)
        if is_state(page.text[behind.start : behind.end]):
            draft.loose.append(token._replace(kind="text", start=behind.start, title=None))
    if title.title:
        draft.title_lines.append(Span(start + title.title_start, start + title.title_end))
    elif token.number:
        draft.title_words.append(Span(start + title.code_end, token.end))
    return draft


def read_title(page: Outlook, draft: Draft, token: Token) -> None:
    """A title in a line of its own, read as if its code stood before it; it may be just ``pasākums``."""
    title = title_alone(page.line(token))
    draft.title_words.append(Span(token.start, token.end))
    if title is None:
        draft.title_lines.append(Span(token.start, token.end))
        return
    start = token.start
    if title.title:
        draft.title_lines.append(Span(start + title.title_start, start + title.title_end))
    if title.round is not None and draft.round is None:
        draft.round = title.round
        draft.round_spans.append(Span(start + title.round_start, start + title.round_end))


def continues_title(page: Outlook, draft: Draft, token: Token) -> bool:
    """A title with a quotation still open, or that goes on with a small letter in an element alike."""
    line = page.line(token)
    last = draft.title_lines[-1]
    if quotes.is_open(page.text[draft.start : page.block_at(last).end]):
        return True
    if draft.loose or page.text[last.end - 1 : last.end + 1].endswith(_CLOSED):
        return False
    if holds_digit(line) or page.block(token).kind != page.block_at(last).kind:
        return False
    return line[:1].islower() or page.text[last.end - 1] in ",-–"

"""Where a field or a measure ends: lines below its last value that are no part of it any more."""

from __future__ import annotations

from parsers.drafts import Draft, Section
from parsers.openers import OF_ITEMS
from parsers.outlook import Outlook
from parsers.prose import (
    SHORTEST_SENTENCE,
    holds_amount,
    holds_digit,
    is_of_page,
    is_sentence,
    is_theme_like,
    names_purpose,
)
from parsers.records import Span
from parsers.styles import may_be_of
from parsers.token import Token


def ends_measure(page: Outlook, draft: Draft, section: Section, token: Token, index: int) -> bool:
    """True where a line belongs to no field of the open measure any more."""
    level, set_as_heading = page.level(token), page.is_heading(token)
    label_ahead = page.label_ahead(index)
    # A step of the schedule goes on however it is set.
    if not level and (token.hit is not None or (label_ahead and not set_as_heading)):
        return False
    line = page.line(token)
    if set_as_heading and is_of_page(line):
        return True
    if level and not is_sentence(line):
        return draft.level == 0 or level <= draft.level
    # A value ends with the table that its label stands in.
    table = -1 if section.label is None else page.block_at(section.label).table
    if table >= 0:
        return page.block(token).table != table and not label_ahead
    if not label_ahead and line.endswith("?"):
        return True
    if set_as_heading and not is_sentence(line):
        person = section.field == "contacts" and page.block(token).kind == "paragraph"
        if not person and not _is_value(page, section, token):
            return draft.level == 0 or level <= draft.level
    if label_ahead:
        return False
    below_note = draft.footnotes and _opening(section, draft) < draft.footnotes[-1].start < token.start
    return bool(below_note) or _heads_part(page, token, index)


def ends_field(page: Outlook, section: Section, token: Token) -> bool:
    """Of a list whose items are label and value: one without a label that can't be of the field above.

    The same of a number alone at the end of a page.
    """
    if token.inline or token.hit or section.field not in OF_ITEMS:
        return False
    if section.label is None and section.lines and section.lines[-1].inline:
        # Fields told behind a title end with its line.
        return True
    line, block = page.line(token), page.block(token)
    if block.kind != "item":
        return section.field == "selection" and block.table < 0 and line.isdecimal()
    if section.label is None or not section.lines:
        return False
    above = page.block_at(section.label)
    beside = above.kind == "item" and (above.level, above.table) == (block.level, block.table)
    if not beside or not section.lines[0].inline or not line[:1].isupper():
        return False
    return not may_be_of(section.field, line) and not holds_amount(line)


def _opening(section: Section, draft: Draft) -> int:
    """Where a section begins: with its label, or else with its words."""
    if section.label is not None:
        return section.label.start
    return section.lines[0].start if section.lines else draft.start


def _is_value(page: Outlook, section: Section, token: Token) -> bool:
    """The first line below a label or step that is set plainer than it: emphasised as a value."""
    if page.level(token):
        return False
    above: Span | Token | None = section.lines[-1] if section.lines else section.label
    if above is None or (isinstance(above, Token) and above.hit is None):
        return False
    block = page.block_at(Span(above.start, above.end))
    return block.kind == "paragraph" and block.bold <= block.start


def _heads_part(page: Outlook, token: Token, index: int) -> bool:
    """In flat text: a line after a measure's last field that heads what comes next."""
    line = page.line(token)
    if token.inline or token.hit or page.block(token).kind == "item":
        return False
    if not is_theme_like(line) or holds_digit(line):
        return False
    following = page.following(index)
    if following is None:
        return False
    if following.kind == "text":
        after = page.line(following)
        return is_sentence(after) and len(after) >= SHORTEST_SENTENCE
    if following.kind != "title" or index + 1 not in page.described:
        return False
    return names_purpose(line)

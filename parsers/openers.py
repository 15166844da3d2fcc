"""What a line within a measure opens: which field a label means here, which lines open one without a label.

``Atlase`` is a kind of selection over words and a step over a period; what reads as a label may be text of
the field that is open. ``section`` is that field everywhere.
"""

from __future__ import annotations

import re

from parsers import labels
from parsers.drafts import Section
from parsers.label_parts import TIMELINE, Part, narrative_before_dash
from parsers.labels import Hit
from parsers.outlook import Outlook
from parsers.prose import holds_amount, holds_word_of_time
from parsers.records import Span
from parsers.selection import kind_of
from parsers.steps import ends_in_period, is_period, says_step
from parsers.token import Token

# Fields whose words tell whether an item may be of them.
OF_ITEMS = frozenset({"funding", "applicants", "selection", "timeline"})
# Words that name a step at the beginning of its line.
_OPENING_WORDS = 2
_END = re.compile(r"(?:plānot\w+ )?(?:sākum|sāk|uzsāk|beig|noslēg|termiņ)\w*\s?[:–—-]\s", re.IGNORECASE)


def is_text_of(page: Outlook, section: Section, token: Token, hit: Hit, index: int) -> bool:
    """What reads as a label is text of the field that is open."""
    if (
        section.takes(hit)
        or page.is_in_list(section, token)
        or (hit.unknown and _is_value_below(page, section, token))
    ):
        return True
    return section.field == "timeline" and _is_of_schedule(page, section, hit, index)


def _is_value_below(page: Outlook, section: Section, token: Token) -> bool:
    """``Iesniedzējs`` in plain letters over ``Labklājības ministrija`` in heavy ones: known in part alone,
    and set as the value that it is."""
    if section.label is None or section.lines or page.level(token):
        return False
    label, block = page.block_at(section.label), page.block(token)
    plain = label.kind == "paragraph" and label.bold <= label.start
    return plain and token.end >= block.end and block.bold >= block.end


def _is_of_schedule(page: Outlook, section: Section, hit: Hit, index: int) -> bool:
    """Within a schedule ``Noteikumi – 2025. gada maijs`` says when, and so does ``Atlase: pēc noteikumu
    apstiprināšanas``."""
    value = page.following(index)
    if value is None or not value.inline:
        return False
    line = page.line(value)
    if hit.field == "documents":
        return is_period(line)
    if hit.field != "selection" or kind_of(line) is not None:
        return False
    return is_period(line.rstrip("*")) or (bool(section.lines) and holds_word_of_time(line))


def meant(page: Outlook, token: Token, hit: Hit, index: int) -> Hit:
    """What a label opens here."""
    if hit.field in {"round", "selection", "documents"} and _tells_when(page, token, hit, index):
        return hit._replace(field="timeline")
    return hit


def _tells_when(page: Outlook, token: Token, hit: Hit, index: int) -> bool:
    """``Atlases kārtas:`` over lines that say when each is; ``Atlase``, ``MK noteikumi`` over a period and
    nothing else."""
    value = page.following(index)
    if value is None or value.kind != "text":
        return False
    line = page.line(value)
    if hit.field == "round":
        return ends_in_period(line)
    beside = value.inline and hit.field == "selection"
    return not beside and is_period(line) and labels.milestone_kind(page.line(token)) is not None


def stands_over(page: Outlook, token: Token, index: int) -> bool:
    """A label over a column: other rows, or other labels of its row, stand between it and its value."""
    value = page.following(index)
    return value is not None and value.block - token.block > 1


def opened_by(page: Outlook, section: Section | None, token: Token) -> tuple[Section | None, Token]:
    """The field that a line without a label opens itself, None for none; and the words of its value."""
    if token.hit is None:
        # Most lines are looked at no further.
        waiting = section is not None and section.field == "selection" and not section.lines
        if section is not None and waiting and section.label and _is_end_below(page.line(token)):
            return Section("timeline", TIMELINE, section.label, []), token
        if section is None or token.inline or not section.lines or section.field not in OF_ITEMS:
            return None, token
        if (label := _narrative_label(page, section, token)) is not None:
            opened = Section("narrative", label.hit, Span(token.start, token.start + label.label_end), [])
            return opened, token._replace(start=token.start + label.value_start, inline=True)
        if not (_is_step_below(page, section, token) or _is_step_listed(page, section, token)):
            return None, token
        token = token._replace(hit=TIMELINE)
    if section is None or section.field != "timeline":
        return Section("timeline", token.hit, None, []), token
    return None, token


def _is_end_below(line: str) -> bool:
    """Below ``Projektu atlase``: ``Sākums: 01.03.2025.``"""
    return _END.match(line) is not None and len(line) <= labels.LONGEST_LABEL and ends_in_period(line)


def _narrative_label(page: Outlook, section: Section, token: Token) -> Part | None:
    """Among fields set as label, dash and value: such a line whose words are kept as they are."""
    if not section.lines[0].inline or page.block(token).table >= 0:
        return None
    return narrative_before_dash(page.line(token))


def _is_step_below(page: Outlook, section: Section, token: Token) -> bool:
    """Below a kind of selection: ``Atlases sākums`` over words that are no period."""
    if section.field != "selection" or token.end - token.start > labels.LONGEST_LABEL:
        return False
    line = page.line(token)
    return kind_of(line) is None and says_step(line)


def _is_step_listed(page: Outlook, section: Section, token: Token) -> bool:
    """In a list of fields an item of its own: ``atlase sāksies 2025. gada aprīlī``."""
    if section.field == "timeline" or not section.lines[0].inline:
        return False
    line = page.line(token)
    if page.block(token).kind != "item" or len(line) > labels.LONGEST_LABEL or holds_amount(line):
        return False
    opening = " ".join(line.split(maxsplit=_OPENING_WORDS)[:_OPENING_WORDS])
    return labels.milestone_kind(opening) is not None and ends_in_period(line)

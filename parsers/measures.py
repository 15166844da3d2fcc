"""Tokens -> drafts: where one measure begins and ends, which theme it is in, which words its labels open.

A line with a code opens a measure only where a label follows before the next code, so that a table of
contents or a sentence that names a measure opens none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial

from parsers import labels, quotes
from parsers.codes import TitleCode, is_state, read_round
from parsers.drafts import Draft, Outline, Section
from parsers.label_parts import TIMELINE, Part, narrative_before_dash
from parsers.labels import Hit
from parsers.layouts import Layout
from parsers.outlook import Outlook
from parsers.prose import (
    SHORTEST_SENTENCE,
    holds_amount,
    holds_digit,
    holds_word_of_time,
    is_of_money,
    is_sentence,
    is_theme_like,
    names_purpose,
)
from parsers.records import Span, span_of
from parsers.rounds import by_round
from parsers.selection import kind_of
from parsers.steps import ends_in_period, is_period, says_step
from parsers.styles import may_be_of
from parsers.titles import is_objective, title_alone
from parsers.token import Token

_GENITIVE = re.compile(r"[.\s]*(?:pasākuma|investīcijas|SAM)\b", re.IGNORECASE)
# Fields whose words tell whether an item may be of them.
_OF_ITEMS = frozenset({"funding", "applicants", "selection", "timeline"})
# Words that name a step at the beginning of its line.
_OPENING_WORDS = 2
# A quotation that ends with its line.
_CLOSED = ('"\n', "”\n", "“\n", "»\n")
_DOCUMENT = re.compile(r"noteikum|nolikum|kritērij|metodik|anotācij|vadlīnij", re.IGNORECASE)


# As ``Section(…)``, at a third of its cost: there is one for each label.
_section_of = partial(tuple.__new__, Section)


def outline(layout: Layout, tokens: Sequence[Token]) -> Outline:
    """Cut the tokens of a page into measures."""
    return _Cutter(layout, tokens).cut()


def _opening(section: Section, draft: Draft) -> int:
    """Where a section begins: with its label, or else with its words."""
    if section.label is not None:
        return section.label.start
    return section.lines[0].start if section.lines else draft.start


class _Cutter:
    """One pass over the tokens; the state is the measure and the field that are open."""

    def __init__(self, layout: Layout, tokens: Sequence[Token]) -> None:
        self.page = Outlook(layout, tokens)
        titles = [token.title for token in tokens if token.title is not None and token.title.strict]
        self.four_levels = any(not is_objective(title) for title in titles)
        self.drafts: list[Draft] = []
        self.outside: list[tuple[Token, Span | None]] = []
        self.mentions: list[Token] = []
        self.theme: Span | None = None
        # The theme that an objective's title is, and how the codes of its measures begin.
        self.objective: tuple[Span, str] | None = None
        self.heading: Span | None = None
        # The label of the title to come, and the badges beside it.
        self.leading: Span | None = None
        self.badges: list[Token] = []
        self.draft: Draft | None = None
        self.section: Section | None = None
        # The line whose words behind its title are no fields.
        self.passed_over: int | None = None
        # The measure whose rounds a table holds.
        self.parted: Draft | None = None

    def cut(self) -> Outline:
        steps = {
            "title": self.on_title,
            "round": self.on_round,
            "label": self.on_label,
            "unknown": self.on_unknown,
            "heading": self.on_heading,
            "break": self.on_break,
            "rounds": self.on_rounds,
            "common": self.on_common,
            "footnote": self.on_footnote,
            "text": self.on_text,
        }
        for index, token in enumerate(self.page.tokens):
            if token.block == self.passed_over:
                continue
            step = self.on_badge if index in self.page.badges else steps[token.kind]
            step(token, index)
        self.close()
        return Outline(self.drafts, self.outside, self.mentions)

    # --- one method a kind of token -------------------------------------------------

    def on_title(self, token: Token, index: int) -> None:
        title = token.title
        if title is None:
            return
        listed = self.draft is not None and self.names_document(token, title)
        if token.inline and self.draft is not None and self.draft.code == title.code:
            self.on_text(token, index)
        elif index in self.page.described and not listed and (title.strict or self.opens(token, index)):
            self.close()
            self.begin(token, title)
            if self.draft is not None:
                self.draft.told = index in self.page.told
        elif self.draft is not None and not (title.strict and self.leads_away(token, title, index)):
            self.on_text(self.whole_line(token), index)
        else:
            self.close()
            self.mentions.append(self.whole_line(token))
            if title.title and is_objective(title):
                self.theme = Span(token.start + title.title_start, token.start + title.title_end)
                self.objective = (self.theme, f"{title.code}.")

    def whole_line(self, token: Token) -> Token:
        """Of a title that opens no measure what stands behind it in its line is no field."""
        if not token.number:
            return token
        self.passed_over = token.block
        return token._replace(end=self.page.block(token).end)

    def names_document(self, token: Token, title: TitleCode) -> bool:
        """Within a measure: an item of a list, or ``1.2.3.1. pasākuma „…” īstenošanas noteikumi``."""
        if self.draft is None or self.page.level(token):
            return False
        if self.page.block(token).kind == "item" and not self.draft.listed:
            return True
        after = self.page.line(token)[title.code_end :]
        return _GENITIVE.match(after) is not None and _DOCUMENT.search(after) is not None

    def leads_away(self, token: Token, title: TitleCode, index: int) -> bool:
        """A line that names something else after the last field of a measure: a heading, or an objective."""
        objective = is_objective(title) and not self.page.label_ahead(index)
        return objective or self.page.is_heading(token)

    def opens(self, token: Token, index: int) -> bool:
        """A title that could as well be running text opens a measure where a label comes right after it."""
        line = self.page.line(token)
        if line.endswith((".", ";", ":")) and (len(line) > SHORTEST_SENTENCE or line.endswith(";")):
            return False
        if self.four_levels and token.title is not None and is_objective(token.title):
            return False
        for following in self.page.tokens[index + 1 : index + 4]:
            if following.kind not in {"text", "unknown"}:
                return following.kind in {"label", "round"}
        return False

    def begin(self, token: Token, title: TitleCode) -> None:
        draft = self.draft = Draft(title.code, token)
        draft.heading, self.heading = None if token.number == 1 else self.heading, None
        draft.level = self.page.level(token)
        draft.listed = self.page.block(token).kind == "item"
        if self.objective is not None and self.theme == self.objective[0]:
            # The next objective's measures need not stand below its title.
            self.theme = self.theme if title.code.startswith(self.objective[1]) else None
        draft.theme = self.theme if not self.is_of_figures() else None
        draft.round = title.round
        if self.leading is not None:
            draft.title_words.append(self.leading)
            self.leading = None
        draft.badges, self.badges = self.badges, []
        start = token.start
        draft.code_spans.append(Span(start + title.code_start, start + title.code_end))
        if title.round is not None:
            draft.round_spans.append(Span(start + title.round_start, start + title.round_end))
            behind = Span(start + max(title.title_end, title.round_end), token.end)
            if is_state(self.page.text[behind.start : behind.end]):
                draft.loose.append(token._replace(kind="text", start=behind.start, title=None))
        if title.title:
            draft.title_lines.append(Span(start + title.title_start, start + title.title_end))
        elif token.number:
            draft.title_words.append(Span(start + title.code_end, token.end))

    def on_round(self, token: Token, index: int) -> None:
        draft = self.draft
        if draft is None:
            self.outside.append((token, self.theme))
            return
        span = Span(token.start, token.end)
        if draft.round is None and not draft.described and draft is not self.parted:
            draft.round = token.number
            draft.round_spans.append(span)
            draft.end = token.end
            return
        if not self.page.label_ahead(index):
            self.on_text(token, index)
            return
        self.next_round(draft, token, span)

    def names_round(self, draft: Draft, token: Token, index: int) -> bool:
        """A line right below the title that names its round and how far it is: ``2. kārta (noslēgusies)``."""
        if draft.round is not None or not draft.title_lines or draft.described or draft is self.parted:
            return False
        block = self.page.block(token)
        below = read_round(self.page.text[block.start : block.end], named=True)
        if below is not None:
            self.on_round(token._replace(kind="round", number=below[0], hit=None), index)
        return below is not None

    def on_rounds(self, _token: Token, _index: int) -> None:
        self.parted = self.draft if self.draft is not None and self.draft.round is None else None

    def on_common(self, _token: Token, _index: int) -> None:
        """What stands below a table of rounds is of each of them, as what stands above it."""
        parted, self.parted = self.parted, None
        if self.draft is not None and parted is not None and self.draft.parent is parted:
            self.close()
            self.draft = parted

    def next_round(self, draft: Draft, token: Token, span: Span) -> None:
        """A further round of the measure that is open; what stands before the first one is common to all."""
        parent = draft if draft.round is None else draft.parent
        if parent is draft:
            draft.parted = True
        self.close()
        self.draft = further = Draft(draft.code, token)
        self.section = None
        further.code_spans, further.title_lines = draft.code_spans, draft.title_lines
        further.theme, further.level, further.listed = draft.theme, draft.level, draft.listed
        further.round = token.number
        further.round_spans = [span]
        further.parent = parent

    def on_label(self, token: Token, index: int) -> None:
        level = self.page.level(token)
        draft = self.draft
        if token.hit is not None and self.page.leads_to_title(token.hit, index):
            self.leading = Span(token.start, token.end)
            return
        if draft is not None and not draft.title_lines and 0 < level == draft.level and not draft.described:
            self.read_title(draft, token)
            return
        if draft is not None and 0 < level < draft.level:
            self.close()
        elif draft is not None and not draft.sections and self.names_round(draft, token, index):
            return
        if self.draft is None or token.hit is None:
            if level:
                self.on_text(token._replace(kind="text", hit=None), index)
            else:
                self.outside.append((token, self.theme))
            return
        if self.section is not None and self.is_text_of(self.section, token, token.hit, index):
            self.on_text(token._replace(kind="text", hit=None), index)
            return
        self.open_field(token, token.hit, index)
        self.draft.end = max(self.draft.end, token.end)

    def open_field(self, token: Token, hit: Hit, index: int) -> None:
        if hit.field in {"round", "selection"} and self.tells_when(token, hit, index):
            hit = hit._replace(field="timeline")
        if token.start == token.end:
            # The words speak for themselves, behind a title in its line.
            self.start(Section(hit.field, hit, None, []))
        elif hit.field != "part":
            self.start(_section_of((hit.field, hit, span_of((token.start, token.end)), [])))
        elif self.stands_over(token, index):
            # Over a column of telephone numbers or addresses; the row's persons stand before them.
            over = Section("contacts", hit, Span(token.start, token.end), [])
            if self.section is None or self.section.field != "contacts":
                self.start(over)
            elif self.draft is not None:
                self.draft.sections.append(over)
        elif self.section is not None and self.section.field == "contacts":
            self.section.lines.append(token)
        else:
            self.start(Section("contacts", hit, None, [token]))

    def stands_over(self, token: Token, index: int) -> bool:
        """A label over a column: other rows, or other labels of its row, stand between it and its value."""
        value = self.page.following(index)
        return value is not None and value.block - token.block > 1

    def is_text_of(self, section: Section, token: Token, hit: Hit, index: int) -> bool:
        """What reads as a label is text of the field that is open."""
        if section.takes(hit) or self.page.is_in_list(section, token):
            return True
        return section.field == "timeline" and self.is_of_schedule(section, hit, index)

    def is_of_schedule(self, section: Section, hit: Hit, index: int) -> bool:
        """Within a schedule ``Noteikumi – 2025. gada maijs`` says when, and so does ``Atlase: pēc noteikumu
        apstiprināšanas``."""
        value = self.page.following(index)
        if value is None or not value.inline:
            return False
        line = self.page.line(value)
        if hit.field == "documents":
            return is_period(line)
        if hit.field != "selection" or kind_of(line) is not None:
            return False
        return is_period(line.rstrip("*")) or (bool(section.lines) and holds_word_of_time(line))

    def tells_when(self, token: Token, hit: Hit, index: int) -> bool:
        """``Atlases kārtas:`` over lines that say when each is, ``Atlase`` over a period and nothing else."""
        value = self.page.following(index)
        if value is None or value.kind != "text":
            return False
        line = self.page.line(value)
        if hit.field == "round":
            return ends_in_period(line)
        return (
            not value.inline and is_period(line) and labels.milestone_kind(self.page.line(token)) is not None
        )

    def start(self, section: Section) -> None:
        if self.draft is not None:
            self.section = section
            self.draft.sections.append(section)

    def on_unknown(self, token: Token, index: int) -> None:
        if self.draft is None:
            self.on_text(token, index)
            return
        if self.heads_theme(token, index):
            self.leave(token)
            return
        if self.page.is_in_list(self.section, token):
            self.on_text(token._replace(kind="text"), index)
            return
        self.draft.unknown.append(token)
        self.section = Section("unknown", None, Span(token.start, token.end), [])
        self.draft.sections.append(self.section)

    def heads_theme(self, token: Token, index: int) -> bool:
        """A line set like a label that is followed by a measure, not by another label, heads a theme."""
        if self.page.line(token).endswith(":") or self.page.block(token).table >= 0:
            return False
        if self.page.is_heading(token) and self.draft and 0 < self.page.level(token) < self.draft.level:
            return True
        return self.page.title_ahead(index) and is_theme_like(self.page.line(token))

    def on_heading(self, token: Token, _index: int) -> None:
        self.leave(token)

    def on_break(self, _token: Token, _index: int) -> None:
        self.close()

    def on_footnote(self, token: Token, _index: int) -> None:
        if self.draft is None:
            self.outside.append((token, self.theme))
            return
        self.draft.footnotes.append(token)
        self.draft.end = max(self.draft.end, token.end)

    def on_text(self, token: Token, index: int) -> None:
        draft = self.draft
        if self.page.names_title(token, index):
            self.leading = Span(token.start, token.end)
            return
        if draft is None:
            self.on_text_outside(token, index)
            return
        if self.ends_measure(token, index):
            self.close()
            self.on_text(token, index)
            return
        if not draft.sections and self.names_round(draft, token, index):
            return
        token = self.opened_by(token)
        if self.section is not None and self.is_another_item(self.section, token):
            self.section = None
            draft.loose.append(token)
        elif self.section is not None:
            self.section.add(token)
        elif not draft.title_lines:
            self.read_title(draft, token)
        elif self.continues_title(draft, token):
            draft.title_lines.append(Span(token.start, token.end))
        else:
            draft.loose.append(token)
        draft.end = max(draft.end, token.end)

    def opened_by(self, token: Token) -> Token:
        """The words of a value; a line that opens a field of its own, label or none, opens it."""
        section = self.section
        if token.hit is None:
            # Most lines are looked at no further.
            if section is None or token.inline or not section.lines or section.field not in _OF_ITEMS:
                return token
            if (label := self.narrative_label(section, token)) is not None:
                self.start(
                    Section("narrative", label.hit, Span(token.start, token.start + label.label_end), [])
                )
                return token._replace(start=token.start + label.value_start, inline=True)
            if not (self.is_step_below(section, token) or self.is_step_listed(section, token)):
                return token
            token = token._replace(hit=TIMELINE)
        if section is None or section.field != "timeline":
            self.start(Section("timeline", token.hit, None, []))
        return token

    def on_badge(self, token: Token, index: int) -> None:
        """It is of the measure whose title it stands beside, before or behind."""
        if index + 1 in self.page.described or index + 1 in self.page.badges:
            self.badges.append(token)
        elif self.draft is not None and not self.draft.described:
            self.draft.badges.append(token)
        else:
            self.outside.append((token, self.theme))

    def on_text_outside(self, token: Token, index: int) -> None:
        self.outside.append((token, self.theme))
        if self.page.block(token).kind == "heading":
            self.heading = Span(token.start, token.end)
        if self.heads(token, index):
            self.theme = Span(token.start, token.end)

    # --- what a line is by its place ---------------------------------------------------

    def is_step_below(self, section: Section, token: Token) -> bool:
        """Below a kind of selection: ``Atlases sākums`` over words that are no period."""
        if section.field != "selection" or token.end - token.start > labels.LONGEST_LABEL:
            return False
        line = self.page.line(token)
        return kind_of(line) is None and says_step(line)

    def is_step_listed(self, section: Section, token: Token) -> bool:
        """In a list of fields an item of its own: ``atlase sāksies 2025. gada aprīlī``."""
        if section.field == "timeline" or not section.lines[0].inline:
            return False
        line = self.page.line(token)
        if self.page.block(token).kind != "item" or len(line) > labels.LONGEST_LABEL or holds_amount(line):
            return False
        opening = " ".join(line.split(maxsplit=_OPENING_WORDS)[:_OPENING_WORDS])
        return labels.milestone_kind(opening) is not None and ends_in_period(line)

    def narrative_label(self, section: Section, token: Token) -> Part | None:
        """Among fields set as label, dash and value: such a line whose words are kept as they are."""
        if not section.lines[0].inline or self.page.block(token).table >= 0:
            return None
        return narrative_before_dash(self.page.line(token))

    def is_another_item(self, section: Section, token: Token) -> bool:
        """Of a list whose items are label and value: one without a label that can't be of the field above.

        The same of a number alone at the end of a page.
        """
        if token.inline or token.hit or section.field not in _OF_ITEMS:
            return False
        if section.label is None and section.lines and section.lines[-1].inline:
            # Fields told behind a title end with its line.
            return True
        line, block = self.page.line(token), self.page.block(token)
        if block.kind != "item":
            return section.field == "selection" and block.table < 0 and line.isdecimal()
        if section.label is None or not section.lines:
            return False
        above = self.page.block_at(section.label)
        beside = above.kind == "item" and (above.level, above.table) == (block.level, block.table)
        if not beside or not section.lines[0].inline or not line[:1].isupper():
            return False
        return not may_be_of(section.field, line) and not holds_amount(line)

    def continues_title(self, draft: Draft, token: Token) -> bool:
        """A title with a quotation still open, or that goes on with a small letter in an element alike."""
        line = self.page.line(token)
        last = draft.title_lines[-1]
        if quotes.is_open(self.page.text[draft.start : self.page.block_at(last).end]):
            return True
        if draft.loose or self.page.text[last.end - 1 : last.end + 1].endswith(_CLOSED):
            return False
        if holds_digit(line) or self.page.block(token).kind != self.page.block_at(last).kind:
            return False
        return line[:1].islower() or self.page.text[last.end - 1] in ",-–"

    def read_title(self, draft: Draft, token: Token) -> None:
        """A title in a line of its own, read as if its code stood before it; it may be just ``pasākums``."""
        title = title_alone(self.page.line(token))
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

    def ends_measure(self, token: Token, index: int) -> bool:
        """True where a line belongs to no field of the open measure any more."""
        draft, section = self.draft, self.section
        if draft is None or section is None:
            return False
        level, set_as_heading = self.page.level(token), self.page.is_heading(token)
        label_ahead = self.page.label_ahead(index)
        # A step of the schedule goes on however it is set.
        if not level and (token.hit is not None or (label_ahead and not set_as_heading)):
            return False
        line = self.page.line(token)
        if level and not is_sentence(line):
            return draft.level == 0 or level <= draft.level
        # A value ends with the table that its label stands in.
        table = -1 if section.label is None else self.page.block_at(section.label).table
        if table >= 0:
            return self.page.block(token).table != table and not label_ahead
        if not label_ahead and line.endswith("?"):
            return True
        if set_as_heading and not is_sentence(line):
            person = section.field == "contacts" and self.page.block(token).kind == "paragraph"
            if not person and not self.is_value(token):
                return draft.level == 0 or level <= draft.level
        if label_ahead:
            return False
        below_note = draft.footnotes and _opening(section, draft) < draft.footnotes[-1].start < token.start
        return bool(below_note) or self.heads_part(token, index)

    def is_value(self, token: Token) -> bool:
        """The first line below a label or step that is set plainer than it: emphasised as a value."""
        section = self.section
        if section is None or self.page.level(token):
            return False
        above: Span | Token | None = section.lines[-1] if section.lines else section.label
        if above is None or (isinstance(above, Token) and above.hit is None):
            return False
        block = self.page.block_at(Span(above.start, above.end))
        return block.kind == "paragraph" and block.bold <= block.start

    def heads_part(self, token: Token, index: int) -> bool:
        """In flat text: a line after a measure's last field that heads what comes next."""
        line = self.page.line(token)
        if token.inline or token.hit or self.page.block(token).kind == "item":
            return False
        if not is_theme_like(line) or holds_digit(line):
            return False
        following = self.page.following(index)
        if following is None:
            return False
        if following.kind == "text":
            after = self.page.line(following)
            return is_sentence(after) and len(after) >= SHORTEST_SENTENCE
        if following.kind != "title" or index + 1 not in self.page.described:
            return False
        return names_purpose(line)

    def heads(self, token: Token, index: int) -> bool:
        """Outside of measures: a line that heads the part of the page that follows."""
        line = self.page.line(token)
        block = self.page.block(token)
        if block.kind == "heading":
            return block.level > 1
        if block.kind == "item" or block.table >= 0 or token.inline or token.hit is not None:
            return False
        if not is_theme_like(line):
            return False
        if self.page.is_below_amount(index):
            return False
        if self.page.is_heading(token):
            return True
        following = self.page.following(index)
        if following is None:
            return False
        if following.kind == "title":
            return index + 1 in self.page.described
        return following.kind == "text" and (
            is_sentence(self.page.line(following)) or self.page.block(following).kind == "item"
        )

    def is_of_figures(self) -> bool:
        """The last heading is that of the page's figures, which stand below it."""
        if self.theme is None or not is_of_money(self.page.text[self.theme.start : self.theme.end]):
            return False
        below = (token for token, theme in self.outside if theme == self.theme and token.kind == "text")
        return any(holds_amount(self.page.line(token)) for token in below)

    # --- opening and closing --------------------------------------------------------------

    def leave(self, token: Token) -> None:
        """Close the measure at a line that heads another part of the page."""
        self.close()
        self.outside.append((token, self.theme))
        block = self.page.block(token)
        if block.kind != "heading" or block.level > 1:
            self.theme = Span(token.start, token.end)

    def close(self) -> None:
        draft, self.draft, self.section = self.draft, None, None
        if draft is None:
            return
        if not draft.title_lines and draft.heading is not None:
            draft.title_lines.append(draft.heading)
            if draft.theme == draft.heading:
                draft.theme = None
        if draft.parted:
            return
        if draft.parent is not None or draft.described or draft.told:
            self.drafts.extend(by_round(self.page.text, draft))

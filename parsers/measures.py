"""Tokens -> drafts: where one measure begins and ends, which theme it is in, which words its labels open.

A line with a code opens a measure only where a label follows before the next code, so that a table of
contents or a sentence that names a measure opens none. What a line is to the measure that is open, other
modules tell (``openings``, ``openers``, ``endings``, ``title_lines``, ``surroundings``); here is what follows
from it.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from parsers.codes import read_round, rounds_together
from parsers.dealings import Dealing, hand_out
from parsers.drafts import Draft, Outline, Section
from parsers.endings import ends_field, ends_measure
from parsers.labels import Hit
from parsers.layouts import Layout
from parsers.openers import is_text_of, meant, opened_by, stands_over
from parsers.openings import OPENS_ANEW, Openings
from parsers.outlook import Outlook
from parsers.records import Span, span_of
from parsers.rounds import by_round, money_of_rounds
from parsers.surroundings import Surroundings, heads_page, heads_theme
from parsers.title_lines import begun, continues_title, read_title
from parsers.token import Token

# As ``Section(…)``, at a third of its cost: there is one for each label.
_section_of = partial(tuple.__new__, Section)


def outline(layout: Layout, tokens: Sequence[Token]) -> Outline:
    """Cut the tokens of a page into measures."""
    return _Cutter(layout, tokens).cut()


class _Cutter:
    """One pass over the tokens; the state is the measure and the field that are open."""

    def __init__(self, layout: Layout, tokens: Sequence[Token]) -> None:
        self.page = Outlook(layout, tokens)
        self.openings = Openings(self.page, tokens)
        self.around = Surroundings(self.page)
        self.drafts: list[Draft] = []
        self.mentions: list[Token] = []
        # The label of the title to come, and the badges beside it.
        self.leading: Span | None = None
        self.badges: list[Token] = []
        self.draft: Draft | None = None
        self.section: Section | None = None
        # The line whose words behind its title are no fields.
        self.passed_over: int | None = None
        # What lists below one label tell of measures by their codes.
        self.dealings: list[Dealing] = []
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
            "misprint": self.on_misprint,
            "rounds": self.on_rounds,
            "common": self.on_common,
            "astray": self.on_astray,
            "dealing": self.on_dealing,
            "dealt": self.on_dealt,
            "footnote": self.on_footnote,
            "text": self.on_text,
        }
        for index, token in enumerate(self.page.tokens):
            if token.block == self.passed_over:
                continue
            step = self.on_badge if index in self.page.badges else steps[token.kind]
            step(token, index)
        self.close()
        self.mentions += hand_out(self.drafts, self.dealings)
        self.mentions += [line._replace(kind="astray") for line in money_of_rounds(self.drafts)]
        self.drafts = [each for each in self.drafts if each.parent is not None or each.described or each.told]
        return Outline(self.drafts, self.around.outside, self.mentions)

    # --- titles and badges ------------------------------------------------------------

    def on_title(self, token: Token, index: int) -> None:
        title = token.title
        if title is None:
            return
        if token.inline and self.draft is not None and self.draft.code == title.code:
            self.on_text(token, index)
        elif self.page.stands_beside_another(token, title, index):
            self.close()
            self.on_astray(token._replace(kind="astray"), index)
        elif self.openings.opens(token, title, index, self.draft):
            self.close()
            self.begin(token, index)
        elif self.draft is not None and not self.openings.leads_away(token, title, index, self.section):
            self.on_text(self.whole_line(token), index)
        else:
            self.close()
            self.mentions.append(self.whole_line(token))
            self.around.stand_under(token, title)

    def whole_line(self, token: Token) -> Token:
        """Of a title that opens no measure what stands behind it in its line is no field."""
        if not token.number:
            return token
        self.passed_over = token.block
        return token._replace(end=self.page.block(token).end)

    def begin(self, token: Token, index: int) -> None:
        if token.title is None:
            return
        draft = self.draft = begun(self.page, token, token.title)
        heading = self.around.take_heading()
        draft.heading = None if token.number == 1 else heading
        draft.theme = self.around.theme_of(draft.code)
        draft.told = index in self.page.told
        if self.leading is not None:
            draft.title_words.insert(0, self.leading)
            self.leading = None
        draft.badges, self.badges = self.badges, []

    def on_badge(self, token: Token, index: int) -> None:
        """It is of the measure whose title it stands beside, before or behind."""
        if index + 1 in self.page.described or index + 1 in self.page.badges:
            self.badges.append(token)
        elif self.draft is not None and not self.draft.described:
            self.draft.badges.append(token)
        else:
            self.around.add(token)

    # --- rounds -----------------------------------------------------------------------

    def on_round(self, token: Token, index: int) -> None:
        draft = self.draft
        if draft is None:
            self.around.add(token)
        elif draft.round is None and not draft.described and draft is not self.parted:
            draft.round = token.number
            draft.together = rounds_together(self.page.line(token))[1:]
            draft.round_spans.append(Span(token.start, token.end))
            draft.end = token.end
        elif not self.page.label_ahead(index):
            self.on_text(token, index)
        else:
            # What is known to have rounds is no measure by itself, once it is closed.
            further = draft.further_round(token)
            further.together = rounds_together(self.page.line(token))[1:]
            self.close()
            self.draft = further

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

    # --- labels -----------------------------------------------------------------------

    def on_label(self, token: Token, index: int) -> None:
        level = self.page.level(token)
        draft = self.draft
        if token.hit is not None and self.page.leads_to_title(token.hit, index):
            self.leading = Span(token.start, token.end)
            return
        if draft is not None and not draft.title_lines and 0 < level == draft.level and not draft.described:
            read_title(self.page, draft, token)
            return
        if draft is not None and (0 < level < draft.level or (level and heads_page(draft, token, level))):
            self.close()
        elif draft is not None and not draft.sections and self.names_round(draft, token, index):
            return
        if self.draft is None or token.hit is None:
            if level:
                self.on_text(token._replace(kind="text", hit=None), index)
            else:
                self.around.add(token)
            return
        if self.section is not None and is_text_of(self.page, self.section, token, token.hit, index):
            self.on_text(token._replace(kind="text", hit=None), index)
            return
        self.open_field(token, meant(self.page, token, token.hit, index), index)
        self.draft.end = max(self.draft.end, token.end)

    def open_field(self, token: Token, hit: Hit, index: int) -> None:
        if token.start == token.end:
            # The words speak for themselves, behind a title in its line.
            self.start(Section(hit.field, hit, None, []))
        elif hit.field != "part":
            self.start(_section_of((hit.field, hit, span_of((token.start, token.end)), [])))
        elif stands_over(self.page, token, index):
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

    def start(self, section: Section) -> None:
        if self.draft is not None:
            self.section = section
            self.draft.sections.append(section)

    def on_unknown(self, token: Token, index: int) -> None:
        if self.draft is None:
            self.on_text(token, index)
            return
        if heads_theme(self.page, token, index, self.draft.level):
            self.on_heading(token, index)
            return
        if self.page.is_in_list(self.section, token):
            self.on_text(token._replace(kind="text"), index)
            return
        self.draft.unknown.append(token)
        self.start(Section("unknown", None, Span(token.start, token.end), []))

    # --- words ------------------------------------------------------------------------

    def on_text(self, token: Token, index: int) -> None:
        draft = self.draft
        if self.page.names_title(token, index):
            self.leading = Span(token.start, token.end)
            return
        if draft is None:
            self.around.add_text(token, index)
            return
        if self.section is not None and ends_measure(self.page, draft, self.section, token, index):
            self.close()
            self.on_text(token, index)
            return
        if not draft.sections and self.names_round(draft, token, index):
            return
        # Most lines begin with another letter, and are looked at no further.
        if self.page.text[token.start] in OPENS_ANEW and self.openings.begins_anew(token, index, draft):
            self.on_misprint(token._replace(kind="misprint"), index)
            return
        opened, token = opened_by(self.page, self.section, token)
        if opened is not None:
            self.start(opened)
        self.take(draft, token)
        draft.end = max(draft.end, token.end)

    def take(self, draft: Draft, token: Token) -> None:
        """Words of the open measure: of its open field, of its title, or of neither."""
        if self.section is not None and ends_field(self.page, self.section, token):
            self.section = None
            draft.loose.append(token)
        elif self.section is not None:
            self.section.add(token)
        elif not draft.title_lines:
            read_title(self.page, draft, token)
        elif continues_title(self.page, draft, token):
            draft.title_lines.append(Span(token.start, token.end))
        else:
            draft.loose.append(token)

    def on_footnote(self, token: Token, _index: int) -> None:
        if self.draft is None:
            self.around.add(token)
            return
        self.draft.footnotes.append(token)
        self.draft.end = max(self.draft.end, token.end)

    # --- closing ----------------------------------------------------------------------

    def on_heading(self, token: Token, _index: int) -> None:
        """Close the measure at a line that heads another part of the page."""
        self.close()
        self.around.add_heading(token)

    def on_misprint(self, token: Token, index: int) -> None:
        """A measure begins whose code cannot be read, or several in one: no fields of the last one follow."""
        following = self.page.following(index)
        below_label = self.section is not None and self.section.label is not None and not self.section.lines
        if token.number and (below_label or following is None or following.kind != "label"):
            self.on_text(token._replace(kind="text", number=0), index)
            return
        self.close()
        self.mentions.append(token)

    def on_astray(self, token: Token, _index: int) -> None:
        """Words of one of several measures of which nobody can say whose they are."""
        self.mentions.append(token)

    def on_dealing(self, token: Token, _index: int) -> None:
        """A label below which each line is of the measure that it names."""
        self.section = None
        self.dealings.append(Dealing(token, []))

    def on_dealt(self, token: Token, _index: int) -> None:
        self.dealings[-1].lines.append(token)

    def on_break(self, _token: Token, _index: int) -> None:
        self.close()

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
        if draft.parent is not None or draft.described or draft.told or draft.code in self.page.dealt:
            if draft.together:
                self.mentions += [line._replace(kind="astray") for line in draft.shared_money()]
            self.drafts.extend(by_round(self.page.text, draft))
            self.drafts.extend(draft.again(number) for number in draft.together)

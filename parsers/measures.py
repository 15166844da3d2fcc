"""Tokens -> drafts: where one measure begins and ends, which theme it is in, which words its labels open.

A line with a code opens a measure only where a label follows before the next code, so that a table of
contents or a sentence that names a measure opens none.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from parsers import codes, quotes
from parsers.codes import TitleCode
from parsers.labels import Hit, fold
from parsers.layouts import Layout
from parsers.records import Block, Span
from parsers.token import Token

if TYPE_CHECKING:
    from parsers.footnotes import Footnote


class Section(NamedTuple):
    """The words that one label opens. ``label`` is None where the words speak for themselves."""

    field: str
    hit: Hit | None
    label: Span | None
    lines: list[Token]


class Draft:
    """A measure as it is printed, its values not yet read. All spans are of the canonical text."""

    def __init__(self, code: str, opened_by: Token) -> None:
        self.code = code
        self.round: int | None = None
        self.title_lines: list[Span] = []
        self.title_words: list[Span] = []
        self.code_spans: list[Span] = []
        self.round_spans: list[Span] = []
        self.theme: Span | None = None
        self.sections: list[Section] = []
        self.footnotes: list[Token] = []
        self.notes: list[Footnote] = []
        self.loose: list[Token] = []
        self.unknown: list[Token] = []
        self.level = 0
        self.listed = False
        self.start = opened_by.start
        self.end = opened_by.end
        self.parent: Draft | None = None
        self.heading: Span | None = None

    @property
    def described(self) -> bool:
        return bool(self.sections or self.unknown)


class Outline(NamedTuple):
    """A page cut into measures and the words around them.

    ``outside``: the tokens of no measure, each with the theme that it stands in. ``mentions``: lines that
    name a measure and do not describe it.
    """

    drafts: list[Draft]
    outside: list[tuple[Token, Span | None]]
    mentions: list[Token]


# A heading is not longer than this; running text seldom is as short as half of it.
_LONGEST_HEADING = 200
_SHORTEST_SENTENCE = 60
_ANY_CODE = "1.1.1.1. "
# A specific objective's code has two points, a measure's three.
_OBJECTIVE_POINTS = 2
_LEADS_IN = frozenset({"objective", "documents", "other_info", "contacts", "narrative"})
_FIGURE = re.compile(
    r"[^\d]{0,25}\d[\d .,]{0,20}"
    r"(?:(?:milj|mljrd|tūkst|miljon|miljard|tūksto)\w*\.? ?(?:eiro|euro|EUR|€)?|eiro|euro|EUR|€)\W{0,3}",
    re.IGNORECASE,
)
_GENITIVE = re.compile(r"[.\s]*(?:pasākuma|investīcijas|SAM)\b", re.IGNORECASE)
_DOCUMENT = re.compile(r"noteikum|nolikum|kritērij|metodik|anotācij|vadlīnij", re.IGNORECASE)
_PARTED = re.compile(r"\s?[–—:]\s|\s-\s")
_LONGEST_ROUND = 60
_MONEY = re.compile(r"\d (?:milj|mljrd|tūkst|eiro|euro|EUR)|€|\d (?:miljon|miljard)", re.IGNORECASE)
_TYPED = frozenset({"contacts", "selection", "timeline", "documents", "funding", "applicants"})


def outline(layout: Layout, tokens: Sequence[Token]) -> Outline:
    """Cut the tokens of a page into measures."""
    return _Cutter(layout, tokens).cut()


def is_sentence(line: str) -> bool:
    """Running text rather than a heading: it ends as a sentence does, or is long."""
    return line.endswith((".", "!", "?", ";", ":", ",", "…")) or len(line) > _LONGEST_HEADING


def is_theme_like(line: str) -> bool:
    """A line that could head a part of the page: short, begun with a capital, not ended as a sentence."""
    opening = line.lstrip('"„“”‟«»( ')[:1]
    return (
        opening.isupper()
        and not is_sentence(line)
        and "@" not in line
        and "://" not in line
        and len(line) > 2
    )


def _names_purpose(line: str) -> bool:
    """``Iekļaujošas izglītības attīstībai``, or all in capitals: how headings of themes are worded."""
    last = line.rsplit(" ", 1)[-1].rstrip('”“"»')
    return fold(last).endswith(("ai", "ei", "iem", "am")) or line.isupper()


def _is_of_money(line: str) -> bool:
    """A heading of the page's figures, not of a theme: ``ES fondu investīcijas nozares attīstībai``."""
    folded = fold(line)
    return any(word in folded for word in ("investicij", "finansejum", "es fond", "savienibas fond"))


def by_round(text: str, draft: Draft) -> list[Draft]:
    """The draft, or one for each round where its money is told round by round (``1. kārta – 14 210 600 euro``)."""
    money = [line for section in draft.sections if section.field == "funding" for line in section.lines]
    numbers = [number for line in money if (number := _round_before(text, line)) is not None]
    if draft.round is not None or len(numbers) < 2 or len({number for number, _ in numbers}) != len(numbers):
        return [draft]
    rounds: list[Draft] = []
    for number, span in numbers:
        part = Draft(draft.code, Token("round", *span, money[0].block))
        part.code_spans, part.title_lines, part.theme, part.parent = (
            draft.code_spans, draft.title_lines, draft.theme, draft,
        )  # fmt: skip
        part.round, part.round_spans, part.title_words = number, [span], draft.title_words
        part.footnotes = draft.footnotes
        part.start, part.end = draft.start, draft.end
        for section in draft.sections:
            lines = _of_round(text, section.lines, number)
            if lines is not None:
                part.sections.append(section._replace(lines=lines))
        rounds.append(part)
    rounds[0].loose, rounds[0].unknown = draft.loose, draft.unknown
    return rounds


def _round_before(text: str, line: Token) -> tuple[int, Span] | None:
    """The round that a line begins with, before a dash or colon."""
    parted = _PARTED.search(text, line.start, min(line.end, line.start + _LONGEST_ROUND))
    found = codes.read_round(text[line.start : parted.start()]) if parted else None
    return (found[0], Span(line.start + found[1], line.start + found[2])) if found else None


def _of_round(text: str, lines: list[Token], number: int) -> list[Token] | None:
    """Of lines told round by round, those of one without the words that name it; None where none is so told."""
    told = [(_round_before(text, line), line) for line in lines]
    if not any(found for found, _ in told):
        return None
    mine: list[Token] = []
    current: int | None = None
    for found, line in told:
        if found is not None:
            current = found[0]
            parted = _PARTED.search(text, line.start, line.end)
            line = line._replace(start=parted.end() if parted else line.start)
        if current in {None, number}:
            mine.append(line)
    return mine


class _Cutter:
    """One pass over the tokens; the state is the measure and the field that are open."""

    def __init__(self, layout: Layout, tokens: Sequence[Token]) -> None:
        self.text = layout.text
        self.blocks = layout.blocks
        self.starts = [block.start for block in layout.blocks]
        self.tokens = tokens
        self.followed = self.described_titles()
        self.ahead = self.what_comes()
        titles = [token.title for token in tokens if token.title is not None and token.title.strict]
        self.four_levels = any(title.code.count(".") > _OBJECTIVE_POINTS for title in titles)
        self.drafts: list[Draft] = []
        self.outside: list[tuple[Token, Span | None]] = []
        self.mentions: list[Token] = []
        self.theme: Span | None = None
        self.heading: Span | None = None
        self.draft: Draft | None = None
        self.section: Section | None = None

    def described_titles(self) -> set[int]:
        """Indexes of the titles that a label follows before another title comes."""
        found: set[int] = set()
        last = -1
        for index, token in enumerate(self.tokens):
            if token.kind == "title":
                last = index
            elif last >= 0 and (token.kind in {"label", "unknown"} or (token.hit and token.kind == "text")):
                found.add(last)
                last = -1
        return found

    def what_comes(self) -> list[str]:
        """For each token, the next one that opens or closes something: label, title, break or nothing."""
        ahead = [""] * len(self.tokens)
        coming = ""
        for index in range(len(self.tokens) - 1, -1, -1):
            ahead[index] = coming
            token = self.tokens[index]
            if token.kind in {"label", "unknown"} or (token.kind == "text" and token.hit is not None):
                coming = "label"
            elif token.kind == "break" or index in self.followed:
                coming = "title"
        return ahead

    def cut(self) -> Outline:
        steps = {
            "title": self.on_title,
            "round": self.on_round,
            "label": self.on_label,
            "unknown": self.on_unknown,
            "heading": self.on_heading,
            "break": self.on_break,
            "footnote": self.on_footnote,
            "text": self.on_text,
        }
        for index, token in enumerate(self.tokens):
            steps[token.kind](token, index)
        self.close()
        return Outline(self.drafts, self.outside, self.mentions)

    # --- one method a kind of token -------------------------------------------------

    def on_title(self, token: Token, index: int) -> None:
        title = token.title
        if title is None:
            return
        listed = self.draft is not None and self.names_document(token, title)
        if index in self.followed and not listed and (title.strict or self.opens(token, index)):
            self.close()
            self.begin(token, title)
        elif self.draft is not None and not (title.strict and self.leads_away(token, title, index)):
            self.on_text(token, index)
        else:
            self.close()
            self.mentions.append(token)
            if title.title and title.code.count(".") == _OBJECTIVE_POINTS:
                self.theme = Span(token.start + title.title_start, token.start + title.title_end)

    def names_document(self, token: Token, title: TitleCode) -> bool:
        """Within a measure: an item of a list, or ``4.2.1.1. pasākuma „…” īstenošanas noteikumi``."""
        if self.draft is None or self.level(token):
            return False
        if self.block(token).kind == "item" and not self.draft.listed:
            return True
        after = self.line(token)[title.code_end :]
        return _GENITIVE.match(after) is not None and _DOCUMENT.search(after) is not None

    def leads_away(self, token: Token, title: TitleCode, index: int) -> bool:
        """A line that names something else after the last field of a measure: a heading, or an objective."""
        objective = title.code.count(".") == _OBJECTIVE_POINTS and not self.label_ahead(index)
        return objective or self.is_heading(token)

    def opens(self, token: Token, index: int) -> bool:
        """A title that could as well be running text opens a measure where a label comes right after it."""
        line = self.line(token)
        if line.endswith((".", ";", ":")) and (len(line) > _SHORTEST_SENTENCE or line.endswith(";")):
            return False
        if token.title is not None and token.title.code.count(".") == _OBJECTIVE_POINTS and self.four_levels:
            return False
        for following in self.tokens[index + 1 : index + 4]:
            if following.kind != "text":
                return following.kind in {"label", "round"}
        return False

    def begin(self, token: Token, title: TitleCode) -> None:
        draft = self.draft = Draft(title.code, token)
        draft.heading, self.heading = self.heading, None
        draft.level = self.level(token)
        draft.listed = self.block(token).kind == "item"
        draft.theme = self.theme if not self.is_of_figures() else None
        draft.round = title.round
        start = token.start
        draft.code_spans.append(Span(start + title.code_start, start + title.code_end))
        if title.round is not None:
            draft.round_spans.append(Span(start + title.round_start, start + title.round_end))
        if title.title:
            draft.title_lines.append(Span(start + title.title_start, start + title.title_end))

    def on_round(self, token: Token, index: int) -> None:
        draft = self.draft
        if draft is None:
            self.outside.append((token, self.theme))
            return
        span = Span(token.start, token.end)
        if draft.round is None and not draft.described:
            draft.round = token.number
            draft.round_spans.append(span)
            draft.end = token.end
            return
        if self.ahead[index] != "label":
            self.on_text(token, index)
            return
        self.next_round(draft, token, span)

    def next_round(self, draft: Draft, token: Token, span: Span) -> None:
        """A further round of the measure that is open; what stands before the first one is common to all."""
        parent = draft if draft.round is None else draft.parent
        self.close()
        self.draft = further = Draft(draft.code, token)
        self.section = None
        further.code_spans = draft.code_spans
        further.title_lines = draft.title_lines
        further.theme = draft.theme
        further.level = draft.level
        further.round = token.number
        further.round_spans = [span]
        further.parent = parent
        if parent is draft and draft in self.drafts:
            self.drafts.remove(draft)

    def on_label(self, token: Token, index: int) -> None:
        level = self.level(token)
        draft = self.draft
        if draft is not None and not draft.title_lines and 0 < level == draft.level and not draft.described:
            self.read_title(draft, token)
            return
        if draft is not None and 0 < level < draft.level:
            self.close()
        if self.draft is None or token.hit is None:
            if level:
                self.on_text(token._replace(kind="text", hit=None), index)
            else:
                self.outside.append((token, self.theme))
            return
        hit = token.hit
        if self.leads_in(hit):
            self.on_text(token._replace(kind="text", hit=None), index)
            return
        if hit.field == "part":
            if self.section is not None and self.section.field == "contacts":
                self.section.lines.append(token)
            else:
                self.start(Section("contacts", hit, None, [token]))
        else:
            self.start(Section(hit.field, hit, Span(token.start, token.end), []))
        self.draft.end = max(self.draft.end, token.end)

    def leads_in(self, hit: Hit) -> bool:
        """A line like ``Mērķis ir:`` right below the label of its own field is the beginning of its text."""
        section = self.section
        return (
            section is not None
            and section.field == hit.field
            and not section.lines
            and hit.field in _LEADS_IN
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
        self.draft.unknown.append(token)
        self.section = Section("unknown", None, Span(token.start, token.end), [])
        self.draft.sections.append(self.section)

    def heads_theme(self, token: Token, index: int) -> bool:
        """A line set like a label that is followed by a measure, not by another label, heads a theme."""
        if self.line(token).endswith(":") or self.blocks[token.block].table >= 0:
            return False
        if self.is_heading(token) and self.draft and 0 < self.level(token) < self.draft.level:
            return True
        return self.ahead[index] == "title" and is_theme_like(self.line(token))

    def on_heading(self, token: Token, index: int) -> None:
        self.leave(token)

    def on_break(self, token: Token, index: int) -> None:
        self.close()

    def on_footnote(self, token: Token, index: int) -> None:
        if self.draft is None:
            self.outside.append((token, self.theme))
            return
        self.draft.footnotes.append(token)
        self.draft.end = max(self.draft.end, token.end)

    def on_text(self, token: Token, index: int) -> None:
        draft = self.draft
        if draft is None:
            self.outside.append((token, self.theme))
            if self.block(token).kind == "heading":
                self.heading = Span(token.start, token.end)
            if self.heads(token, index):
                self.theme = Span(token.start, token.end)
            return
        if self.ends_measure(token, index):
            self.close()
            self.on_text(token, index)
            return
        if token.hit is not None and (self.section is None or self.section.field != "timeline"):
            self.start(Section("timeline", token.hit, None, []))
        if self.section is not None:
            self.section.lines.append(token)
        elif not draft.title_lines:
            self.read_title(draft, token)
        elif self.continues_title(draft, token):
            draft.title_lines.append(Span(token.start, token.end))
        else:
            draft.loose.append(token)
        draft.end = max(draft.end, token.end)

    # --- what a line is by its place ---------------------------------------------------

    def line(self, token: Token) -> str:
        return self.text[token.start : token.end]

    def block(self, token: Token) -> Block:
        return self.blocks[token.block]

    def level(self, token: Token) -> int:
        block = self.blocks[token.block] if token.block >= 0 else None
        return block.level if block is not None and block.kind == "heading" else 0

    def is_heading(self, token: Token) -> bool:
        """Set as a heading: by its element, or all of it emphasised."""
        if token.block < 0 or token.kind not in {"text", "title", "unknown"}:
            return False
        block = self.blocks[token.block]
        if block.table >= 0 or token.start != block.start:
            return False
        return block.kind in {"heading", "term"} or (
            block.kind == "paragraph" and block.bold >= block.end > block.start
        )

    def continues_title(self, draft: Draft, token: Token) -> bool:
        """A title whose quotation mark is still open, or that goes on with a small letter in the same element."""
        line = self.line(token)
        last = draft.title_lines[-1]
        if quotes.is_open(self.text[draft.start : last.end]):
            return True
        if (
            any(character.isdigit() for character in line)
            or self.block(token).kind != self.block_at(last).kind
        ):
            return False
        return line[:1].islower() or self.text[last.end - 1] in ",-–"

    def block_at(self, span: Span) -> Block:
        return self.blocks[bisect_right(self.starts, span.start) - 1]

    def read_title(self, draft: Draft, token: Token) -> None:
        """A title in a line of its own, read as if its code stood before it; it may be a word such as ``pasākums``."""
        title = codes.read_title(_ANY_CODE + self.line(token))
        draft.title_words.append(Span(token.start, token.end))
        if title is None:
            draft.title_lines.append(Span(token.start, token.end))
            return
        start = token.start - len(_ANY_CODE)
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
        line = self.line(token)
        if self.level(token) and not is_sentence(line):
            return draft.level == 0 or self.level(token) <= draft.level
        label_table = self.label_table(section)
        if label_table >= 0:
            return self.block(token).table != label_table and not self.label_ahead(index)
        if line.endswith("?") and not self.label_ahead(index):
            return True
        person = section.field == "contacts" and self.block(token).kind == "paragraph"
        if self.is_heading(token) and not is_sentence(line) and not person:
            level = self.level(token)
            return draft.level == 0 or level == 0 or level <= draft.level
        if self.label_ahead(index):
            return False
        opened = (
            section.label.start if section.label else section.lines[0].start if section.lines else draft.start
        )
        if draft.footnotes and opened < draft.footnotes[-1].start < token.start:
            return True
        return self.heads_part(section, token, index)

    def label_table(self, section: Section) -> int:
        """The table that the section's label stands in, -1 for none: its value ends with that table."""
        if section.label is None:
            return -1
        return self.block_at(section.label).table

    def label_ahead(self, index: int) -> bool:
        """A label of this measure comes before the next one opens: the line at hand is still inside of it."""
        return self.ahead[index] == "label"

    def heads_part(self, section: Section, token: Token, index: int) -> bool:
        """In flat text: a line after a measure's last field that heads what comes next."""
        line = self.line(token)
        if not is_theme_like(line) or token.inline or token.hit or self.block(token).kind == "item":
            return False
        if any(character.isdigit() for character in line):
            return False
        following = self.tokens[index + 1] if index + 1 < len(self.tokens) else None
        if following is None:
            return False
        if following.kind == "text":
            after = self.line(following)
            return is_sentence(after) and len(after) >= _SHORTEST_SENTENCE
        if following.kind != "title" or index + 1 not in self.followed:
            return False
        return _names_purpose(line)

    def heads(self, token: Token, index: int) -> bool:
        """Outside of measures: a line that heads the part of the page that follows."""
        line = self.line(token)
        block = self.blocks[token.block]
        if block.kind == "heading":
            return block.level > 1
        if not is_theme_like(line) or block.kind == "item" or block.table >= 0 or self.is_of_figure(index):
            return False
        if self.is_heading(token):
            return True
        following = self.tokens[index + 1] if index + 1 < len(self.tokens) else None
        if following is None:
            return False
        if following.kind == "title":
            return index + 1 in self.followed
        return following.kind == "text" and (
            is_sentence(self.line(following)) or self.block(following).kind == "item"
        )

    def is_of_figures(self) -> bool:
        """The last heading is that of the page's figures, which stand below it."""
        if self.theme is None or not _is_of_money(self.text[self.theme.start : self.theme.end]):
            return False
        below = (token for token, theme in self.outside if theme == self.theme and token.kind == "text")
        return any(_MONEY.search(self.line(token)) for token in below)

    def is_of_figure(self, index: int) -> bool:
        """A line below one that holds an amount alone says what the amount is for."""
        before = self.tokens[index - 1] if index else None
        if before is None or before.kind != "text":
            return False
        beside = self.block(before).table == self.block(self.tokens[index]).table
        return beside and _FIGURE.fullmatch(self.line(before)) is not None

    # --- opening and closing --------------------------------------------------------------

    def leave(self, token: Token) -> None:
        """Close the measure at a line that heads another part of the page."""
        self.close()
        self.outside.append((token, self.theme))
        block = self.blocks[token.block]
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
        if draft.parent is not None or draft.described:
            self.drafts.extend(by_round(self.text, draft))

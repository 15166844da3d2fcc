"""A measure as it is printed: which words belong to it and under which label, its values not yet read."""

from __future__ import annotations

from copy import copy
from typing import NamedTuple

from parsers.labels import Hit
from parsers.records import Span
from parsers.token import Token

# Fields whose text is kept as it is, lists and all.
OF_TEXT = frozenset({"objective", "other_info", "narrative"})


_LEADS_IN = frozenset({"objective", "documents", "other_info", "contacts", "narrative"})


class Footnote(NamedTuple):
    """``mark``: its star. ``meaning``: included or excluded, of flexibility funding; else None."""

    mark: str
    span: Span
    meaning: str | None


class Section(NamedTuple):
    """The words that one label opens. ``label`` is None where the words speak for themselves."""

    field: str
    hit: Hit | None
    label: Span | None
    lines: list[Token]

    def takes(self, hit: Hit) -> bool:
        """What reads as a label right below this one is its text: ``Mērķis ir:``; ``ERAF`` of ``Fonds``."""
        if self.lines:
            return False
        own = self.field == hit.field and self.field in _LEADS_IN
        return own or (self.field == "fund" and hit.fund is not None)

    def add(self, token: Token) -> None:
        """A further line; what goes on in the line of an item that begins like a label stays one with it."""
        last = self.lines[-1] if self.lines else None
        beside = last is not None and token.inline and not last.inline and last.block == token.block
        if last is not None and beside and (self.field in OF_TEXT or self.field == "timeline"):
            self.lines[-1] = last._replace(end=token.end)
        else:
            self.lines.append(token)


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
        self.badges: list[Token] = []
        self.unknown: list[Token] = []
        self.level = 0
        self.listed = False
        # Its fields are told by running text alone.
        self.told = False
        self.start = opened_by.start
        self.end = opened_by.end
        self.parent: Draft | None = None
        # Further rounds of which the same is told.
        self.together: list[int] = []
        # It is read as its rounds, whose parent it is.
        self.parted = False
        self.heading: Span | None = None

    @property
    def described(self) -> bool:
        return bool(self.sections or self.unknown)

    def again(self, number: int) -> Draft:
        """Another round of which the same is told."""
        other = copy(self)
        other.round, other.together = number, []
        return other

    def shared_money(self) -> list[Token]:
        """The lines of money, which are taken out: one sum of several rounds is that of none."""
        money = [section.lines for section in self.sections if section.field in {"funding", "flexibility"}]
        shared = [line for lines in money for line in lines]
        for lines in money:
            lines.clear()
        return shared

    def further_round(self, opened_by: Token) -> Draft:
        """Another round of this measure, or of this round's: what stands before the first is of all."""
        parent = self if self.round is None else self.parent
        if parent is self:
            self.parted = True
        further = Draft(self.code, opened_by)
        further.code_spans, further.title_lines = self.code_spans, self.title_lines
        further.theme, further.level, further.listed = self.theme, self.level, self.listed
        further.round = opened_by.number
        further.round_spans = [Span(opened_by.start, opened_by.end)]
        further.parent = parent
        return further


class Outline(NamedTuple):
    """A page cut into measures and the words around them.

    ``outside``: the tokens of no measure, each with the theme that it stands in. ``mentions``: lines that
    name a measure and do not describe it.
    """

    drafts: list[Draft]
    outside: list[tuple[Token, Span | None]]
    mentions: list[Token]

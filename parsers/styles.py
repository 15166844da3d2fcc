"""How a page sets its labels, so that an unknown one set alike is known for a label and not for a value."""

from __future__ import annotations

import re
from collections import Counter
from functools import partial
from itertools import pairwise
from typing import NamedTuple

from parsers import labels
from parsers.applicant_types import head
from parsers.grids import Grid
from parsers.labels import fold
from parsers.layouts import Layout
from parsers.memos import memo
from parsers.token import Token

_SELECTION = re.compile(r"\b(?:atklat|ierobezot|[ai]pia\b)")
# This many labels set alike make a style of the page.
_LEAST = 2
_LONGEST = 60
_MOST_INLINE_WORDS = 4
# Words that lead from a sentence into its list: ``Pasākuma ietvaros paredzēts:``, ``… šādiem virzieniem:``.
_LEADING = frozenset(
    "paredzets paredzeta paredzeti planots planota planoti ir tiks var sekojosi sadi nodrosinat "
    "veicinat".split()
)
_SUCH = frozenset("sads sadi sada sadas sadiem sadam sadus sekojosi sekojosas sekojosiem sekojosam".split())


class Style(NamedTuple):
    """How a line is set; ``colon``: it ends with one."""

    kind: str
    level: int
    bold: bool
    colon: bool
    first_cell: bool

    @property
    def tells(self) -> bool:
        """True where plain text is not set like this."""
        return self.kind in {"heading", "term"} or self.bold or self.first_cell


# As ``Style(…)``, at a third of its cost: there is one for each label.
_style_of = partial(tuple.__new__, Style)


class Styles:
    """The styles of the labels of one page."""

    def __init__(self, layout: Layout, tables: dict[int, Grid], tokens: list[Token]) -> None:
        self.text = layout.text
        self.blocks = layout.blocks
        self.tables = tables
        self.tokens = tokens
        known = [token for token in tokens if token.kind == "label"]
        self.whole = Counter([self.style(token) for token in known if self.is_whole(token)])
        self.half = sum(self.whole.values()) / 2
        self.bold_inline = sum(1 for token in known if self.opens_bold(token))
        pairs = pairwise(tokens)
        self.inline = sum(1 for before, token in pairs if token.inline and before.kind == "label")

    def marked(self) -> list[Token]:
        """The tokens; lines set as this page sets its labels that open no known field are ``unknown``."""
        marked: list[Token] = []
        field, filled = "", False
        for index, token in enumerate(self.tokens):
            before, filled = filled, token.kind == "text"
            if not filled and token.kind == "label" and token.hit is not None:
                field = token.hit.field
            if not (filled and self.may_open(token)) or (field == "contacts" and self.is_name(token)):
                marked.append(token)
            elif self.is_label(token, index) or (before and self.breaks_off(token, index, field)):
                marked.append(token._replace(kind="unknown"))
            else:
                marked.extend(self.opening(token, index))
        return marked

    def is_name(self, token: Token) -> bool:
        """Two or three words with capitals, none of the vocabulary: a person among contacts."""
        words = self.text[token.start : token.end].split()
        return 2 <= len(words) <= 3 and all(word[0].isupper() and not labels.known(word) for word in words)

    def may_open(self, token: Token) -> bool:
        """Of a text: a line by itself that begins with a capital."""
        if token.inline or token.hit:
            return False
        return self.text[token.start].isupper() and self.is_whole(token)

    def is_label(self, token: Token, index: int) -> bool:
        """All of the line is set as a label; one that leads in a list is running text."""
        if token.end - token.start > _LONGEST or not may_be_label(self.text[token.start : token.end]):
            return False
        style = self.style(token)
        count = self.whole[style]
        if count < _LEAST:
            return False
        if style.tells:
            return True
        common = count >= self.half
        return style.colon and common and style.kind == "paragraph" and not self.leads_in(index)

    def breaks_off(self, token: Token, index: int, field: str) -> bool:
        """On a page whose labels are plain lines: one below a value that the field at hand can't take, above
        a sentence that goes on with it."""
        if index + 1 == len(self.tokens) or token.end - token.start > _LONGEST:
            return False
        line, after = self.text[token.start : token.end], self.tokens[index + 1]
        words = self.text[after.start : after.end]
        if " " not in line or after.kind != "text" or not words.endswith(".") or words.count(" ") < _LEAST:
            return False
        style = self.style(token)
        common = self.whole[style] >= max(_LEAST, self.half)
        if style.tells or style.kind != "paragraph" or not common or not words[:1].isupper():
            return False
        return _few_words(line) and not may_be_of(field, line)

    def leads_in(self, index: int) -> bool:
        following = self.tokens[index + 1] if index + 1 < len(self.tokens) else None
        if following is None or following.kind != "text":
            return False
        return self.blocks[following.block].kind == "item" or self.text[following.start].islower()

    def opening(self, token: Token, index: int) -> list[Token]:
        """The token, parted where it opens with words set as this page sets labels before a value."""
        line = self.text[token.start : token.end]
        colon = line.find(":", 0, _LONGEST)
        if colon <= 0 or (colon == len(line) - 1 and self.leads_in(index)):
            return [token]
        if not self.is_opening_label(line[:colon], token):
            return [token]
        label = token._replace(kind="unknown", end=token.start + colon + 1)
        value = len(line) - len(line[colon + 1 :].lstrip())
        if value == len(line):
            return [label]
        return [label, token._replace(start=token.start + value, inline=True)]

    def is_opening_label(self, words: str, token: Token) -> bool:
        if not may_be_label(words) or labels.match(words, 1) is not None:
            return False
        block = self.blocks[token.block]
        bold = block.bold - block.start
        if bold > 0 and abs(bold - len(words)) <= 1 and self.bold_inline >= _LEAST:
            return True
        plain = self.inline > _LEAST and self.bold_inline * 2 < self.inline
        return plain and block.kind == "paragraph" and words.count(" ") < _MOST_INLINE_WORDS

    def is_whole(self, token: Token) -> bool:
        if token.block < 0:
            return False
        block = self.blocks[token.block]
        return token.start == block.start and token.end == block.end

    def opens_bold(self, token: Token) -> bool:
        """Emphasised words at the beginning of a line that goes on."""
        if token.block < 0:
            return False
        block = self.blocks[token.block]
        return block.start < block.bold < token.end + 3 and token.end < block.end

    def style(self, token: Token) -> Style:
        kind, start, end, level, table, _, column, bold_end = self.blocks[token.block]
        grid = self.tables.get(table) if table >= 0 else None
        first_cell = grid is not None and column == grid.labels >= 0
        bold = bold_end > start and (bold_end >= end or not self.text[bold_end:end].strip(" :"))
        return _style_of((kind, level, bold, self.text[end - 1] == ":", first_cell))


def may_be_of(field: str, line: str) -> bool:
    """Whether a few words without a digit may be part of a field's value."""
    if field == "applicants":
        return head(line) is not None or labels.names_institution(line)
    if field == "selection":
        return _SELECTION.search(fold(line)) is not None
    if field == "timeline":
        return labels.milestone_kind(line) is not None
    return field not in {"funding", "flexibility"}


@memo(8192)
def may_be_label(line: str) -> bool:
    """A few words that begin with a capital and hold neither a number nor a sentence, nor name a step."""
    return _few_words(line) and labels.milestone_kind(line) is None


def _few_words(line: str) -> bool:
    words = line.rstrip(" :?").split()
    return (
        0 < len(words) <= labels.MOST_WORDS
        and line[:1].isupper()
        and "," not in line
        and "@" not in line
        and not any(map(str.isdigit, line))
        and not line.endswith((".", ";"))
        and fold(words[-1]) not in _LEADING
        and _SUCH.isdisjoint(map(fold, words))
    )

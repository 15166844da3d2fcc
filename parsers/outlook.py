"""What a token is by its place: how its line is set, and what comes before and after it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from parsers import labels
from parsers.badges import is_fund, is_status
from parsers.codes import TitleCode
from parsers.drafts import OF_TEXT, Section
from parsers.labels import Hit
from parsers.layouts import Layout
from parsers.prose import is_amount
from parsers.records import Block, Span
from parsers.sentences import says_field
from parsers.steps import ends_in_period
from parsers.token import Token

_NUMBERED = re.compile(r"\d{1,2}[.)]\s")
# Items of one list that are looked back over for the words that lead into it.
_MOST_ITEMS = 100
# Paragraphs below a title in which running text would say a field.
_MOST_BELOW = 5
# Badges above a title: how far a call is, its fund, of whom it is.
_MOST_BADGES = 3
# Fields of which such a line may be the value.
_OF_BADGES = frozenset({"timeline", "fund", "funding", "narrative", "other_info"})
# ``Pasākuma numurs un nosaukums``
_LONGEST_KIND = 40
# Lines of a title in a cell, and one more.
_MOST_OF_TITLE = 4


class Outlook:
    """The tokens of a page in their order and on their blocks.

    ``described``: indexes of the titles that a label follows before another title comes, or that stand over
    running text that says what a label would; the latter are ``told``. ``dealt``: the codes of measures of
    which a list below one label tells. ``badges``: see ``_badges``.
    """

    def __init__(self, layout: Layout, tokens: Sequence[Token]) -> None:
        self.text = layout.text
        self.tokens = tokens
        self._blocks = layout.blocks
        self._starts = [block.start for block in layout.blocks]
        self.described = self._described()
        self.told = self._told()
        self.described |= self.told
        self.dealt = {
            token.title.code for token in tokens if token.kind == "dealt" and token.title is not None
        }
        if self.dealt:
            self.described |= self._dealt_to()
        self.badges = self._badges()
        self._ahead = self._what_comes()

    def _described(self) -> set[int]:
        found: set[int] = set()
        last = -1
        for index, token in enumerate(self.tokens):
            if token.kind == "title":
                last = index
            elif token.kind == "misprint":
                last = -1
            elif last >= 0 and _opens_field(token):
                found.add(last)
                last = -1
        return found

    def _dealt_to(self) -> set[int]:
        """The first title of each measure that has no fields but those that a list of several tells."""
        own = {
            token.title.code for index in self.described if (token := self.tokens[index]).title is not None
        }
        first: dict[str, int] = {}
        for index, token in enumerate(self.tokens):
            if token.kind == "title" and token.title is not None and token.title.strict:
                first.setdefault(token.title.code, index)
        return {index for code, index in first.items() if code in self.dealt and code not in own}

    def _told(self) -> set[int]:
        """The titles, set as headings and followed by no label, whose first paragraphs say a field."""
        found: set[int] = set()
        for index, token in enumerate(self.tokens):
            title = token.title
            if title is None or not title.strict or index in self.described or not self.is_heading(token):
                continue
            for below in self.tokens[index + 1 : index + 1 + _MOST_BELOW]:
                own = below.title is not None and not below.title.strict and below.title.code == title.code
                if below.kind != "text" and not own:
                    break
                if says_field(self.line(below)):
                    found.add(index)
                    break
        return found

    def _what_comes(self) -> list[str]:
        """For each token, the next one that opens or closes something: label, title, break or nothing."""
        ahead = [""] * len(self.tokens)
        coming = ""
        for index in range(len(self.tokens) - 1, -1, -1):
            ahead[index] = coming
            token = self.tokens[index]
            if index in self.badges:
                continue
            if _opens_field(token):
                coming = "label"
            elif token.kind in {"break", "misprint"} or index in self.described:
                coming = "title"
        return ahead

    def label_ahead(self, index: int) -> bool:
        """A label of this measure comes before the next one opens: the line at hand is still inside of it."""
        return self._ahead[index] == "label"

    def title_ahead(self, index: int) -> bool:
        """The next thing that opens is a measure, or a table ends before one."""
        return self._ahead[index] == "title"

    def stands_beside_another(self, token: Token, title: TitleCode, index: int) -> bool:
        """The title of another measure stands to the left in a row of a table, or above in a list of titles
        alone: what follows is of either."""
        place = self.block(token)
        if index not in self.described or (place.table < 0 and not self._ends_list(token, index)):
            return False
        for before in reversed(self.tokens[max(index - _MOST_OF_TITLE, 0) : index]):
            beside = self.block(before)
            if before.block < 0 or beside[3:6] != place[3:6] or before.kind not in {"text", "title"}:
                return False
            if before.title is not None and before.title.strict:
                other = before.title.code
                return other != title.code and other.count(".") == title.code.count(".")
        return False

    def _ends_list(self, token: Token, index: int) -> bool:
        """An item that the label that follows is no part of, and all of the item is the title."""
        block, after = self.block(token), self.following(index)
        if block.kind != "item" or token.end < block.end or after is None or after.block < 0:
            return False
        return self.block(after).kind != "item"

    def following(self, index: int) -> Token | None:
        return self.tokens[index + 1] if index + 1 < len(self.tokens) else None

    def line(self, token: Token) -> str:
        return self.text[token.start : token.end]

    def block(self, token: Token) -> Block:
        return self._blocks[token.block]

    def block_at(self, span: Span) -> Block:
        return self._blocks[bisect_right(self._starts, span.start) - 1]

    def level(self, token: Token) -> int:
        """1 to 6 for a heading, 0 for anything else, also for a field that stands behind a title in it."""
        if token.block < 0:
            return 0
        block = self._blocks[token.block]
        return block.level if block.kind == "heading" and token.start == block.start else 0

    def is_heading(self, token: Token) -> bool:
        """Set as a heading: by its element, or all of it emphasised."""
        if token.block < 0 or token.kind not in {"text", "title", "unknown"}:
            return False
        block = self._blocks[token.block]
        if block.table >= 0 or token.start != block.start:
            return False
        return block.kind in {"heading", "term"} or (
            block.kind == "paragraph" and block.bold >= block.end > block.start
        )

    def is_in_list(self, section: Section | None, token: Token) -> bool:
        """A label within a list of running text: ``• Konsultācijas: klātienē`` in an objective.

        The text leads into the list, or the list is all of it; the page's own labels are no items.
        """
        if section is None or section.label is None:
            return False
        if section.field == "timeline" and token.hit is not None:
            return self._is_step_of(section, token)
        if section.field not in OF_TEXT or not section.lines:
            return False
        if token.hit is not None and token.hit.field not in OF_TEXT:
            return False
        block = self._blocks[token.block]
        if block.kind != "item" or self.block_at(section.label).kind == "item":
            return False
        for line in reversed(section.lines[-_MOST_ITEMS:]):
            before = self._blocks[line.block]
            if before.table != block.table:
                return False
            if before.kind != "item":
                return self.line(line).endswith(":")
        return len(section.lines) <= _MOST_ITEMS

    def _is_step_of(self, section: Section, token: Token) -> bool:
        """``2) atlase – 2024. gada maijs`` in a list below the label of a schedule."""
        block = self._blocks[token.block]
        listed = block.kind == "item" or _NUMBERED.match(self.text, block.start, block.end) is not None
        if not listed or token.hit is None or token.hit.field not in {"selection", "documents"}:
            return False
        if section.label is None or self.block_at(section.label).kind == "item":
            return False
        step = self.line(token).lstrip("0123456789.) ").rstrip(" :–—-")
        return labels.milestone_kind(step) is not None and ends_in_period(self.text[token.end : block.end])

    def leads_to_title(self, hit: Hit, index: int) -> bool:
        """``Pasākums`` or ``Nr.`` right before the line that opens a measure."""
        following = self.following(index)
        return (
            hit.field in {"title", "code", "specific_objective"}
            and following is not None
            and following.kind == "title"
            and index + 1 in self.described
        )

    def names_title(self, token: Token, index: int) -> bool:
        """A line of its own, ``Pasākums``, right before the one that opens a measure."""
        if index + 1 == len(self.tokens) or self.tokens[index + 1].kind != "title":
            return False
        if token.end - token.start > _LONGEST_KIND or token.inline or self.block(token).start != token.start:
            return False
        hit = labels.match(self.line(token))
        return hit is not None and self.leads_to_title(hit, index)

    def _badges(self) -> set[int]:
        """Lines that only style makes a title's: set beside it, or right above it as on a card.

        Those above say how far the call is, or name its fund; a fund alone does where one stands over the
        first title too, so that it is not the last line of the measure before.
        """
        beside = {number for number, block in enumerate(self._blocks) if block.kind == "badge"}
        found = (
            {index for index, token in enumerate(self.tokens) if token.block in beside} if beside else set()
        )
        cards = False
        for number, title in enumerate(sorted(self.described)):
            run = self._run_above(title)
            if number == 0:
                cards = bool(run)
            if cards or any(is_status(self.line(self.tokens[index])) for index in run):
                found.update(run)
        return found

    def _run_above(self, title: int) -> list[int]:
        """The lines right above a title that may be badges; not the value of a label above them."""
        run: list[int] = []
        for index in range(title - 1, max(title - 1 - _MOST_BADGES, -1), -1):
            token = self.tokens[index]
            block = self.block(token)
            # A heading is over all that follows it.
            if token.inline or block.table >= 0 or block.kind == "heading":
                break
            if not (is_status(self.line(token)) or is_fund(self.line(token))):
                break
            run.append(index)
        above = self.tokens[run[-1] - 1] if run and run[-1] else None
        if above is not None and (above.kind == "unknown" or (above.hit and above.hit.field in _OF_BADGES)):
            run.pop()
        return run

    def is_below_amount(self, index: int) -> bool:
        """A line below one that holds an amount alone says what the amount is for."""
        before = self.tokens[index - 1] if index else None
        if before is None or before.kind != "text":
            return False
        beside = self.block(before).table == self.block(self.tokens[index]).table
        return beside and is_amount(self.line(before))


def _opens_field(token: Token) -> bool:
    kind = token.kind
    return token.hit is not None if kind == "text" else kind in {"label", "unknown"}

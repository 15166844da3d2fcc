"""What stands around the measures of a page: the words of none of them, and the theme that each is in."""

from __future__ import annotations

from parsers.codes import TitleCode
from parsers.drafts import Draft
from parsers.outlook import Outlook
from parsers.prose import holds_amount, is_of_money, is_of_page, is_sentence, is_theme_like
from parsers.records import Span
from parsers.titles import is_objective
from parsers.token import Token


class Surroundings:
    """``outside``: the tokens of no measure, each with the theme that it stands in.

    ``theme``: that of the line at hand. ``heading``: the last one, which names a measure that has no title.
    """

    def __init__(self, page: Outlook) -> None:
        self.page = page
        self.outside: list[tuple[Token, Span | None]] = []
        self.theme: Span | None = None
        self.heading: Span | None = None
        # The theme that an objective's title is, and how the codes of its measures begin.
        self._objective: tuple[Span, str] | None = None

    def add(self, token: Token) -> None:
        self.outside.append((token, self.theme))

    def add_text(self, token: Token, index: int) -> None:
        """A line outside of measures, which may head what follows."""
        self.add(token)
        if self.page.block(token).kind == "heading":
            self.heading = Span(token.start, token.end)
        if heads(self.page, token, index):
            self.theme = Span(token.start, token.end)

    def add_heading(self, token: Token) -> None:
        """A line that heads another part of the page, and with it ended a measure."""
        self.add(token)
        block = self.page.block(token)
        if block.kind != "heading" or block.level > 1:
            self.theme = Span(token.start, token.end)

    def stand_under(self, token: Token, title: TitleCode) -> None:
        """The title of an objective is the theme of its measures."""
        if title.title and is_objective(title):
            self.theme = Span(token.start + title.title_start, token.start + title.title_end)
            self._objective = (self.theme, f"{title.code}.")

    def theme_of(self, code: str) -> Span | None:
        """The theme of a measure that opens at the line at hand."""
        if self._objective is not None and self.theme == self._objective[0]:
            # The next objective's measures need not stand below its title.
            self.theme = self.theme if code.startswith(self._objective[1]) else None
        return None if self._is_of_figures() or self._is_of_page() else self.theme

    def take_heading(self) -> Span | None:
        """The last heading, which is of one measure only."""
        heading, self.heading = self.heading, None
        return heading

    def _is_of_page(self) -> bool:
        """The last heading is that of the page's news, below which a measure may stand."""
        return self.theme is not None and is_of_page(self.page.text[self.theme.start : self.theme.end])

    def _is_of_figures(self) -> bool:
        """The last heading is that of the page's figures, which stand below it."""
        if self.theme is None or not is_of_money(self.page.text[self.theme.start : self.theme.end]):
            return False
        below = (token for token, theme in self.outside if theme == self.theme and token.kind == "text")
        return any(holds_amount(self.page.line(token)) for token in below)


def heads(page: Outlook, token: Token, index: int) -> bool:
    """Outside of measures: a line that heads the part of the page that follows."""
    line = page.line(token)
    block = page.block(token)
    if block.kind == "heading":
        return block.level > 1
    if block.kind == "item" or block.table >= 0 or token.inline or token.hit is not None:
        return False
    if not is_theme_like(line):
        return False
    if page.is_below_amount(index):
        return False
    if page.is_heading(token):
        return True
    following = page.following(index)
    if following is None:
        return False
    if following.kind == "title":
        return index + 1 in page.described
    return following.kind == "text" and (
        is_sentence(page.line(following)) or page.block(following).kind == "item"
    )


def heads_page(draft: Draft, token: Token, level: int) -> bool:
    """A heading beside those of the measures, of which only a part is words of a label: ``2. Vispārīga
    informācija``."""
    loosely = token.hit is not None and token.hit.unknown > 0
    return loosely and 0 < level == draft.level and draft.described


def heads_theme(page: Outlook, token: Token, index: int, level: int) -> bool:
    """A line set like a label that is followed by a measure, not by another label, heads a theme.

    ``level``: of the heading that opened the measure at hand.
    """
    if page.line(token).endswith(":") or page.block(token).table >= 0:
        return False
    if page.is_heading(token) and is_of_page(page.line(token)):
        return True
    if page.is_heading(token) and 0 < page.level(token) < level:
        return True
    return page.title_ahead(index) and is_theme_like(page.line(token))

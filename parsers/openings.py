"""Which line with a code opens a measure, and which only names one or names its document."""

from __future__ import annotations

import re
from collections.abc import Sequence

from parsers.codes import TitleCode
from parsers.drafts import Draft, Section
from parsers.openers import OF_ITEMS
from parsers.outlook import Outlook
from parsers.prose import SHORTEST_SENTENCE
from parsers.titles import is_objective, is_of_two
from parsers.token import Token

_GENITIVE = re.compile(r"[.\s]*(?:pasākuma|investīcijas|SAM)\b", re.IGNORECASE)
_NAMED = re.compile(r"(?:apakš)?(?:pasākums|investīcija)\s[„“”\"«].{4,200}", re.IGNORECASE)
# How such a line begins.
OPENS_ANEW = frozenset("AaIiPp")
_DOCUMENT = re.compile(r"noteikum|nolikum|kritērij|metodik|anotācij|vadlīnij", re.IGNORECASE)


class Openings:
    """Tells of the titles of one page what each of them opens."""

    def __init__(self, page: Outlook, tokens: Sequence[Token]) -> None:
        self.page = page
        titles = [token.title for token in tokens if token.title is not None and token.title.strict]
        # Where a page has measures' codes, an objective's may as well stand in running text.
        self._four_levels = any(not is_objective(title) for title in titles)
        # Where codes have three numbers and more, one of two is that of a heading.
        self._two_levels = all(is_of_two(title) for title in titles)

    def opens(self, token: Token, title: TitleCode, index: int, draft: Draft | None) -> bool:
        """A measure opens here, whatever is open (``draft``)."""
        if index not in self.page.described or (
            draft is not None and self._names_document(token, title, draft)
        ):
            return False
        if is_of_two(title) and not self._two_levels:
            return False
        return title.strict or self._opens_loosely(token, title, index)

    def begins_anew(self, token: Token, index: int, draft: Draft) -> bool:
        """``Pasākums „…”`` without a code, above a label that the measure at hand has had."""
        if token.inline or not draft.title_lines or _NAMED.fullmatch(self.page.line(token)) is None:
            return False
        following = self.page.following(index)
        if following is None or following.kind != "label" or following.hit is None:
            return False
        return any(section.field == following.hit.field for section in draft.sections)

    def leads_away(self, token: Token, title: TitleCode, index: int, section: Section | None) -> bool:
        """A line that names something else after the last field of a measure: a heading, an objective, or
        another measure where it would be a value of the open field (``section``)."""
        if not title.strict:
            return False
        if section is not None and section.field in OF_ITEMS and title.title and not token.inline:
            return True
        objective = is_objective(title) and not self.page.label_ahead(index)
        return objective or self.page.is_heading(token)

    def _names_document(self, token: Token, title: TitleCode, draft: Draft) -> bool:
        """Within a measure: an item of a list, or ``1.2.3.1. pasākuma „…” īstenošanas noteikumi``."""
        if self.page.level(token):
            return False
        if self.page.block(token).kind == "item" and not draft.listed:
            return True
        after = self.page.line(token)[title.code_end :]
        return _GENITIVE.match(after) is not None and _DOCUMENT.search(after) is not None

    def _opens_loosely(self, token: Token, title: TitleCode, index: int) -> bool:
        """A title that could as well be running text opens a measure where a label comes right after it."""
        line = self.page.line(token)
        if line.endswith((".", ";", ":")) and (len(line) > SHORTEST_SENTENCE or line.endswith(";")):
            return False
        if self._four_levels and is_objective(title):
            return False
        for following in self.page.tokens[index + 1 : index + 4]:
            if following.kind not in {"text", "unknown"}:
                return following.kind in {"label", "round"}
        return False

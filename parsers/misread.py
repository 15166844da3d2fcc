"""Figures of money in a measure's running text that cannot be read: ``ieguldot 7 25O 000 EUR visā valstī``.

No cell comes from them, so that nobody would miss them; the page is wrong there all the same, and a person
should know before the text is quoted.
"""

from __future__ import annotations

from collections.abc import Sequence

from parsers import amounts
from parsers.drafts import Section
from parsers.ledger import Ledger

# The text of other fields is read to values, which say themselves what they could not read.
_OF_TEXT = frozenset({"objective", "other_info", "selection", "narrative", "unknown"})
# Most text names no money; to look for whole words is quicker than any pattern.
_EURO = ("€", "eur", "eiro", "EUR", "EIRO", "Eur", "Eiro")


def tell_misread(ledger: Ledger, sections: Sequence[Section], measure_id: str) -> None:
    """A finding for each such figure, at its place."""
    for section in sections:
        if section.field not in _OF_TEXT or not section.lines:
            continue
        start = section.lines[0].start
        words = ledger.text[start : section.lines[-1].end]
        if not any(sign in words for sign in _EURO):
            continue
        for code, first, last in amounts.problems(words):
            ledger.find(code, start + first, start + last, measure_id=measure_id)

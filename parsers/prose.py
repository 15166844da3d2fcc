"""What a line is by its words alone: running text, a heading, the name of a theme, an amount."""

from __future__ import annotations

import re

from parsers.labels import fold

# A heading is not longer than this; running text seldom is as short as SHORTEST_SENTENCE.
_LONGEST_HEADING = 200
SHORTEST_SENTENCE = 60
_ENDS_OF_SENTENCES = (".", "!", "?", ";", ":", ",", "…")
# How the name of a theme ends that says what money is for: ``… attīstībai``, ``… skolām``.
_DATIVE = ("ai", "ei", "iem", "am")
_OF_MONEY = ("investicij", "finansejum", "es fond", "savienibas fond")
_AMOUNT_ALONE = re.compile(
    r"[^\d]{0,25}\d[\d .,]{0,20}"
    r"(?:(?:milj|mljrd|tūkst|miljon|miljard|tūksto)\w*\.? ?(?:eiro|euro|EUR|€)?|eiro|euro|EUR|€)\W{0,3}",
    re.IGNORECASE,
)
_OF_PAGE = re.compile(
    r"(?:saistīt(?:ās|ie)|līdzīg(?:ās|i|ie)|citas|pēdējās|jaunākās|populārākās)"
    r" (?:ziņas|lapas|raksti|jaunumi|aktualitātes|publikācijas|notikumi|tēmas)"
    r"|(?:ziņas|jaunumi|aktualitātes|notikumi|lasi(?:et)? (?:arī|vēl)|skat(?:i|ies|ieties|īt) arī|dalies"
    r"|dalīties|kopīgot)[.:!]?",
    re.IGNORECASE,
)
# The number of a card or list, a telephone number: no words that head a theme.
_OF_SOMETHING_ELSE = re.compile(r"\b[Nn]r\.? ?\d{1,3}\.?$|\d{3} ?\d{2} ?\d{3}")
_WHEN = re.compile(r"(?:pēc|pirms|līdz|kopš|nekavējoties|drīzumā|plānot[as]s?|tiks|vēl nav)\b", re.IGNORECASE)
_MONEY = re.compile(r"\d (?:milj|mljrd|tūkst|eiro|euro|EUR)|€|\d (?:miljon|miljard)", re.IGNORECASE)


def is_sentence(line: str) -> bool:
    """Running text rather than a heading: it ends as a sentence does, or is long."""
    return line.endswith(_ENDS_OF_SENTENCES) or len(line) > _LONGEST_HEADING


def is_theme_like(line: str) -> bool:
    """A line that could head a part of the page: short, begun with a capital, not ended as a sentence."""
    opening = line.lstrip('"„“”‟«»( ')[:1]
    return (
        opening.isupper()
        and not is_sentence(line)
        and "@" not in line
        and "://" not in line
        and not _OF_SOMETHING_ELSE.search(line)
        and len(line) > 2
    )


def holds_word_of_time(line: str) -> bool:
    """``pēc MK noteikumu apstiprināšanas``, ``līdz gada beigām``: when, though no date is named."""
    return _WHEN.match(line) is not None


def names_purpose(line: str) -> bool:
    """``Iekļaujošas izglītības attīstībai``, or all in capitals: how headings of themes are worded."""
    last = line.rsplit(" ", 1)[-1].rstrip('”“"»')
    return fold(last).endswith(_DATIVE) or line.isupper()


def is_of_money(line: str) -> bool:
    """A heading of the page's figures, not of a theme: ``ES fondu investīcijas nozares attīstībai``."""
    folded = fold(line)
    return any(word in folded for word in _OF_MONEY)


def is_of_page(line: str) -> bool:
    """The heading of what stands beside the content on any page: ``Saistītās ziņas``, ``Jaunumi``."""
    return _OF_PAGE.fullmatch(line) is not None


def is_amount(line: str) -> bool:
    """An amount with a few words before it at most."""
    return _AMOUNT_ALONE.fullmatch(line) is not None


def holds_amount(line: str) -> bool:
    """A number with a unit of money stands in the line."""
    return _MONEY.search(line) is not None


def holds_digit(line: str) -> bool:
    """A digit stands in the line, as it does in few headings."""
    return any(character.isdigit() for character in line)

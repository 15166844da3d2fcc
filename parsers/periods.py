"""Calendar periods as Latvian public pages print them.

``read`` gives the periods of a text, ``scan`` also what is clearly meant as one and cannot be read.
A text is read only around its four-digit numbers and short dates: from there to both sides as far as
words and signs go that a period is made of (:mod:`parsers.period_tokens`). Over those tokens stands a
small grammar: a *part* is one day, month, quarter, half-year or year of which something may be left
out (``30. jūnijam``, ``IV``; :mod:`parsers.period_parts`), a *chain* is parts joined by a dash,
``līdz``, a slash, ``un`` or a comma that lend each other what they lack (``2025. gada 15.–30. jūnijs``).
Nothing is guessed beyond that: a number of four digits is a year only beside ``gads``, a month or a
quarter, or another year.
"""

from __future__ import annotations

import re

from parsers import dates
from parsers.period_chains import Chains, Found
from parsers.period_tokens import Token, tokens_from
from parsers.period_words import meaning
from parsers.records import Period, Problem

# A year with the day and month in figures before it, or a short date. It begins with one class of
# characters and not with a look behind, which lets the search skip everything else five times faster.
_ANCHOR = re.compile(
    r"[0-9](?<![0-9]{2})"
    r"(?:[0-9]{3}|[0-9]?\.\s?[0-9]{1,2}\.\s?[0-9]{4}|[0-9][./][0-9]{2}[./][0-9]{2}"
    r"|[0-9]?\.[0-9]{1,2}\.[23][0-9])(?![0-9])"
)
_REACH = 56  # characters before a year in which its period may begin
_BETWEEN = " \t\r\n\xa0.,/-\u2010\u2011\u2012\u2013\u2014\u2015\u2212"  # may part it from the year
_LETTERS = re.compile(r"[^\W\d_]+")
_FALLBACK_SIZE = 40  # characters of a field that may be a date and nothing else


def read(text: str) -> list[Period]:
    """The periods of ``text`` in order, never overlapping; offsets count in ``text``."""
    return scan(text)[0]


def scan(text: str) -> tuple[list[Period], list[Problem]]:
    """The periods of ``text`` and what is meant as one but is none.

    Problems: ``range_reversed`` (ends before it starts), ``impossible_date`` (31.02.2025),
    ``implausible_year`` (0204, 2204), ``unreadable_period`` (a seventh quarter).
    """
    found: list[Found] = []
    done = 0
    for anchor in _ANCHOR.finditer(text):
        if anchor.start() >= done:
            tokens, done = _run(text, anchor.start(), anchor.end() - 4, done)
            found += Chains(text, tokens).read()
    if not found and len(text) <= _FALLBACK_SIZE and (whole := dates.fallback(text)) is not None:
        found.append(whole)
    return [f for f in found if isinstance(f, Period)], [f for f in found if isinstance(f, Problem)]


def _run(text: str, anchor: int, year: int, done: int) -> tuple[list[Token], int]:
    """The tokens around the date at ``anchor``, between the nearest words that no period is made of.

    ``year``: where its year stands. ``done``: where the last run ended. Also gives where this one ends.
    """
    start = max(done, anchor - _REACH)
    chunk = text[start:anchor].rstrip(_BETWEEN).rpartition(" ")[2]
    words = _LETTERS.findall(chunk)
    if not chunk[-1:].isdigit() and not (words and meaning(words[-1])[0] != "other"):
        start = anchor  # most often the word before is not of the period
    while done < start < anchor and text[start - 1].isalnum() and text[start].isalnum():
        start += 1
    tokens, stop = tokens_from(text, start)
    while stop <= year:
        tokens, stop = tokens_from(text, stop)
    return tokens, stop

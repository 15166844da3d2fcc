"""The signs, numbers, dates in figures and words of a text, as far as periods are made of them.

A date in figures is one token, and so is a number that is none (``1.2.3.4``, ``5.4.2.1/16/I/001``), which
is how measure codes, sections and projects are kept apart from dates. Any word or sign that no period
is made of is an ``other`` token and ends a run.
"""

from __future__ import annotations

import re
from functools import partial
from typing import NamedTuple

from parsers.period_words import meaning

DAY = r"(?:0?[1-9]|[12][0-9]|3[01])"
MONTH = r"(?:0?[1-9]|1[0-2])"
MONTH_2 = r"(?:0[1-9]|1[0-2])"
YEAR = r"(?:19|20)[0-9]{2}"

# Alternatives are tried in this order. Counted repetitions and possessive ones keep time linear.
# Alternatives are tried in this order. Counted repetitions and possessive ones keep time linear.
_TOKEN = re.compile(
    rf"""
    (?P<gap> [\s\u200b\u00ad\ufeff]*+ )
    (?:
        (?P<hour> [(,]?\s? [Pp]lkst[.]?\s{{0,2}} [0-9]{{1,2}} (?:[.:][0-9]{{2}})? \s?[)]? )
      | (?P<word> (?: [^\W\d_]++ [\u0300-\u036f]*+ )++ )
      | (?P<dash> [-\u2010-\u2015\u2212~]{{1,3}} )
      | (?P<sign> [.,/] )
      | (?P<iso> [0-9]{{4}} (?P<s>[-./]) [0-9]{{2}} (?P=s) [0-9]{{2}} (?![0-9]) (?:(?<=[.][0-9]{{2}})[.])? )
      # 31.12.2026. and with stray spaces 31.12. 2026., but not the heading of "4.12. 2024. gada IV cet."
      | (?P<date> [0-9]{{1,2}}[.][0-9]{{1,2}}[.][0-9]{{4}} (?![0-9]) [.]?
                | [0-9]{{1,2}}\s{{0,2}}[.]\s{{0,2}}[0-9]{{2}}\s{{0,2}}[.]\s{{0,2}}[0-9]{{4}} (?![0-9])
                  (?! [.]?\s{{0,2}}(?:gad|g\b) ) [.]? )
      | (?P<signed> {DAY}/{MONTH}/{YEAR} (?![0-9]|/[0-9]) | {DAY}-{MONTH_2}-{YEAR} (?![0-9-]) )
      | (?P<short> (?=[0-9]{{2}}[./]) {DAY}(?P<t>[./]){MONTH_2}(?P=t)[0-9]{{2}} (?![0-9]|[./-][0-9])
                   (?:(?<=[.][0-9]{{2}})[.])? )
      # 15.5.25.: a year of this programme; no point of a regulation, no number of a heading
      | (?P<brief> {DAY}[.]{MONTH}[.][23][0-9] (?! [0-9] | [./-][0-9] )
                   (?! [.]?\s{{0,2}}(?:apakš|p(?:unk|an|iel|asāk)|nod|sad|daļ|[A-ZĀ-Ž]) ) [.]? )
      | (?P<month_year> {MONTH_2}[.]{YEAR} (?! [0-9] | [.]?\s{{0,2}}(?:gad|g\b) | [.][0-9] ) [.]? )
      | (?P<month_slash> {MONTH_2}/{YEAR} (?![0-9/]) | {MONTH_2}-{YEAR} (?![0-9/-]) )
      | (?P<year_month> {YEAR}-{MONTH_2} (?! [0-9/-] | [.][0-9] ) )
      | (?P<clock> [0-9]{{1,2}} (?: (?::[0-9]{{2}}){{1,2}} | [.](?:00|1[3-9]|[2-5][0-9]) )
                   (?! [0-9]|[.,][0-9] ) )
      | (?P<day_month> {DAY}[.]{MONTH_2} (?! [0-9]|[.][0-9] ) [.]? )
      | (?P<code> (?! {YEAR}[.][1-4](?![0-9]) ) [0-9]++ (?:[.][0-9]++)++ (?:/\w++)*+
                | [0-9]++ (?:/[0-9]++){{2,}} )
      | (?P<number> [0-9]++ )
      | (?P<other> . )
    )""",
    re.VERBOSE | re.DOTALL,
)
# Kinds of tokens that are not called as their group is
_KINDS = {"hour": "clock", "code": "other", "brief": "short"}


class Token(NamedTuple):
    """One word, number, date in figures or sign. ``gap``: white space stands before it.

    ``kind``: of a word that of :func:`parsers.period_words.meaning`, of a sign the sign itself, else
    the group of the pattern. ``value``: of a word what it counts, of a number of up to four digits itself.
    """

    kind: str
    value: int
    start: int
    end: int
    gap: bool


# As ``Token(…)``, at a third of its cost.
_token_of = partial(tuple.__new__, Token)
_END = Token("end", 0, 0, 0, True)
_SLICE = 24  # characters before a token that may tell what it counts


def tokens_from(text: str, start: int) -> tuple[list[Token], int]:
    """The tokens of ``text`` from ``start`` up to and with the first that no period is made of.

    Also gives the offset where reading stopped.
    """
    tokens: list[Token] = []
    position, size = start, len(text)
    while position < size:
        match = _TOKEN.match(text, position)
        if match is None:  # white space up to the end
            return tokens, size
        token = _token(text, match)
        tokens.append(token)
        position = token.end
        if token.kind == "other":
            break
    return tokens, position


def _token(text: str, match: re.Match[str]) -> Token:
    group = match.lastgroup or "other"
    start, end = match.span(group)
    gap = match.start() < start
    if group == "word":
        kind, value, length = meaning(text[start:end])
        return _token_of((kind, value, start, start + length, gap))
    if group == "number":
        return _token_of((group, int(text[start:end]) if end - start <= 4 else -1, start, end, gap))
    if group == "sign":
        return _token_of((text[start], 0, start, end, gap))
    return _token_of((_KINDS.get(group, group), 0, start, end, gap))


class Run:
    """Some tokens in a row, and the text that they stand in."""

    def __init__(self, text: str, tokens: list[Token]) -> None:
        self.text = text
        self.tokens = tokens + [_END] * 8  # no rule looks further ahead

    def kind(self, i: int) -> str:
        return self.tokens[i].kind

    def tight(self, i: int, kind: str) -> bool:
        """Token ``i`` is of ``kind`` and no white space parts it from the one before."""
        token = self.tokens[i]
        return token.kind == kind and not token.gap

    def digits(self, i: int) -> int:
        """How many digits the number ``i`` has; 0 where it is no number."""
        token = self.tokens[i]
        return token.end - token.start if token.kind == "number" else 0

    def words(self, i: int) -> str:
        token = self.tokens[i]
        return self.text[token.start : token.end]

    def before(self, i: int) -> str:
        """The characters that stand before token ``i``."""
        start = self.tokens[i].start
        return self.text[max(0, start - _SLICE) : start]

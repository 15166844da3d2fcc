"""The words around an amount: how exact it is, and which fund it is of.

Works on the folded text (:func:`parsers.phrases.fold`); the vocabulary is :mod:`parsers.amount_words`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from parsers import amount_words as words
from parsers.phrases import alternation, fold, pattern
from parsers.records import Span

WINDOW = 140  # characters before an amount in which a word of its label may stand

_QUALIFIER, _QUALIFIERS = alternation(
    (phrase, (qualifier, reach)) for qualifier, reach, phrases in words.QUALIFIERS for phrase in phrases
)
_AFTER = re.compile(
    "[ ,(]{0,3}(?:"
    + "|".join(f"({pattern(phrase)})" for _, phrase in words.AFTER)
    + r")(?! {0,2}(?:ka|neka|par|no|eur|€|~|[0-9]))"
)
_REMARK = re.compile(
    r"(?: ?\*{1,3})?(?: ?[(\[,-] ?| )(?:"
    + "|".join(f"({pattern(phrase)})" for _, phrase in words.REMARKS)
    + r")(?: (?:summ|apjom|apmer|finansejum|aprekin|amount)[a-z]*)?(?= ?(?:[)\].;,\n*]|$))"
)
_IN_LABEL = re.compile("|".join(f"({pattern(phrase)})" for _, phrase in words.REMARKS))
# A sign that is in the class of signs and a word too would be tried as both: twice the time for each sign.
_SIGNS = ' ("“”„«»:=-'
_FILLERS = re.compile(
    f"(?:[{_SIGNS}]|" + "|".join(pattern(word) for word in words.FILLERS if word not in _SIGNS) + ")*"
)
_STOPS = frozenset(map(fold, words.STOPS))
_CHANGE, _ = alternation((phrase, None) for phrase in words.CHANGES)
_PART = re.compile(r"(?:%|[0-9]|(?:puse|pusi|[a-z]{0,8}dala|[a-z]{0,8}dalu|procent[a-z]{0,5})) {1,2}$")
_GREW_TO = re.compile("(?:" + "|".join(pattern(phrase) for phrase in words.CHANGES) + r")(?<!t) {1,2}$")
_FROM = re.compile(r"(?<![a-z])(no|from) {1,2}$")
_SENTENCE = re.compile(r";|\n|[.!?]['\"”»)]? +(?=[A-ZĀČĒĢĪĶĻŅŠŪŽ„“\"«])(?!EUR)")
_ABBREVIATIONS = (
    "maks",
    "max",
    "min",
    "apt",
    "aptuv",
    "apm",
    "ca",
    "sk",
    "milj",
    "tukst",
    "mljrd",
    "mlrd",
    "nr",
)
_FUND, _FUNDS = alternation(
    [(phrase, (fund, False)) for fund, phrases in words.FUNDS for phrase in phrases]
    + [(phrase, (fund, True)) for fund, phrases in words.FUNDS_BESIDE for phrase in phrases]
)
_FUND_FOLLOWS = re.compile(
    r" {0,2}(?P<bracket>[(\[]?)(?:[0-9]{1,3}(?:[.,][0-9]{1,6})? ?% ){0,1}(?:"
    + "|".join(f"{fold(word)} {{1,2}}" for word in words.FUND_AFTER)
    + r"| ?- ?){0,2}"
)
_TIGHT = re.compile(r"[a-z]{0,14}(?: (?:lidz)?(?:finansejum|atbalst|dal)[a-z]{0,4})? ?[-:(=]? ?")
# ``5 000 eiro (85 % ERAF, 15 % valsts budžets)``: shares of the amount, which is all of it.
_SHARE = re.compile(r"[0-9] ?% ")
_OTHER_SHARE = re.compile(r"[^()\[\]0-9;]{0,40}[0-9]{1,2}(?:[.,][0-9]{1,6})? ?% (?:- )?[a-z]")
# ``ERAF 85 % no 5 000 000 eiro``: the amount is what the share is of.
_SHARE_OF = re.compile(r"% (?:apmera )?(?:no|of) (?:[a-z]{1,16} ){0,4}\Z")
_JOINED = re.compile(r"(?: [a-z]{1,16}){0,2}(?: (?:un|un/vai|\+) |, | ?/ ?)")
_BESIDE = re.compile(r" ?[-:(=]? ?")
_BRACKETED = re.compile(r"\([^()]{0,80}\)")
# "nacionālais finansējums, kas iekļauj valsts budžeta finansējumu, ir 5 000 eiro"
_CLAUSE = re.compile(r", (?:kas|kur[sai]|kuru|ko) [^,.;()0-9]{1,110},")
# Characters between the words of a fund and their amount, clauses and brackets aside and included.
_NEAR, _FARTHEST = 90, 200
_BARRIER = re.compile(r";|\n|[,)]| un (?!nacion)|[.!?] (?![a-z])")


def clause_start(text: str, folded: str, low: int, start: int) -> int:
    """Where the sentence, or part after a semicolon, begins in which ``start`` stands; at least ``low``."""
    low = max(low, start - WINDOW)
    for mark in _SENTENCE.finditer(text, low, start):
        if not folded.endswith(_ABBREVIATIONS, low, mark.start()) or text[mark.start()] in ";\n":
            low = mark.end()
    return low


def qualifier_before(folded: str, low: int, start: int) -> tuple[str, Span] | None:
    """The qualifier that the words in ``folded[low:start]`` give the number at ``start``.

    ``pieauga līdz`` tells where a number has come to; ``var palielināt līdz`` is a limit.
    """
    for match in reversed(list(_QUALIFIER.finditer(folded, low, start))):
        qualifier, reach = _QUALIFIERS[(match.lastindex or 1) - 1]
        if _reaches(folded, match.end(), start, reach):
            if match[0] == "lidz" and _GREW_TO.search(folded, max(0, match.start() - 24), match.start()):
                return None
            return None if qualifier == "exact" else (qualifier, Span(match.start(), match.end()))
    return None


def _reaches(folded: str, end: int, start: int, reach: int) -> bool:
    if _FILLERS.fullmatch(folded, end, start):
        return True
    if reach <= words.NEAR and "," in folded[end:start]:
        return False
    between = folded[end:start].split()
    return len(between) <= reach and not any(word.strip("(,") in _STOPS for word in between)


def qualifier_after(folded: str, end: int) -> tuple[str, Span] | None:
    """The qualifier that stands after an amount: ``vai vairāk``, ``maksimums``."""
    for reader, phrases in ((_AFTER, words.AFTER), (_REMARK, words.REMARKS)):
        match = reader.match(folded, end)
        if match is not None and match.lastindex is not None:
            return phrases[match.lastindex - 1][0], Span(*match.span(match.lastindex))
    return None


def qualifier_of_label(label: str) -> tuple[str, Span] | None:
    """What a label says of the amounts below it: ``Indikatīvais finansējums``."""
    match = _IN_LABEL.search(fold(label))
    if match is None or match.lastindex is None:
        return None
    return words.REMARKS[match.lastindex - 1][0], Span(*match.span())


def preposition_from(folded: str, low: int, start: int) -> Span | None:
    """The ``no`` right before ``start``."""
    match = _FROM.search(folded, low, start)
    return Span(*match.span(1)) if match else None


def tells_change(folded: str, low: int, start: int) -> bool:
    """Whether the clause tells that something grew or shrank."""
    return bool(_CHANGE.search(folded, low, start))


def ends_in_part(before: str) -> bool:
    """Whether the words before ``no`` name a part of what follows: ``30 % no``, ``daļa no``."""
    return bool(_PART.search(before))


def bind_funds(folded: str, spans: Sequence[tuple[int, int]]) -> dict[int, tuple[str, Span]]:
    """Which of the amounts at ``spans`` is of which fund, by the place of the fund's words.

    A word binds to the amount it follows directly (``5 000 eiro no ERAF``, ``… eiro (ERAF)``), or else to
    the next one in its clause. Words of one fund bind to one amount; ``kopā`` gives way to a fund's name.
    """
    bound: dict[int, tuple[str, Span]] = {}
    if not spans:
        return bound
    edges = [0, *(end for _, end in spans)]
    for index, low in enumerate(edges):
        last = index == len(spans)
        high = min(len(folded), low + 60) if last else spans[index][0]
        _bind_between(folded, (low, high), index, bound, last=last)
    return bound


def _bind_between(
    folded: str, between: tuple[int, int], index: int, bound: dict[int, tuple[str, Span]], *, last: bool
) -> None:
    """Bind the fund words between amount ``index - 1`` and amount ``index`` (or after the last)."""
    low, high = between
    joined_at = -1
    for match in _FUND.finditer(folded, max(low, high - 200), high):
        if folded.endswith("kopa ar ", 0, match.start()):
            continue
        fund, beside = _FUNDS[(match.lastindex or 1) - 1]
        found = fund, Span(match.start(), match.end())
        follows = _FUND_FOLLOWS.fullmatch(folded, low, match.start()) if index else None
        leads = not last and not _parted(folded, match.end(), high)
        close = leads and bool((_BESIDE if beside else _TIGHT).fullmatch(folded, match.end(), high))
        if follows and _SHARE.search(follows[0]) and _OTHER_SHARE.match(folded, match.end(), high):
            bound[index - 1] = "total", found[1]
            break
        if follows and not (close and (follows["bracket"] or index - 1 in bound)):
            if not beside and _gives_way(bound.get(index - 1), fund):
                bound[index - 1] = found
        elif joined_at >= 0 and _JOINED.fullmatch(folded, joined_at, match.start()):
            if index in bound and bound[index][1].end == joined_at:
                del bound[index]
            joined_at = match.end()
        else:
            joined_at = match.end() if fund != "total" else -1
            if (close if beside else leads) and (fund != "total" or index not in bound):
                bound[index] = found


def _gives_way(bound: tuple[str, Span] | None, fund: str) -> bool:
    """Whether the fund that an amount has so far is less exact than ``fund``."""
    order = ("total", "eu_total")
    return bound is None or (
        bound[0] in order and (fund not in order or order.index(bound[0]) < order.index(fund))
    )


def _parted(folded: str, end: int, start: int) -> bool:
    if start - end > _FARTHEST or _SHARE_OF.search(folded, end, start):
        return True
    between = _BRACKETED.sub("", _CLAUSE.sub(" ", folded[end:start]))
    return len(between) > _NEAR or _BARRIER.search(between) is not None

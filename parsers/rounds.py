"""Rounds of a measure that are told within its fields (``1. kārta – 14 210 600 euro``)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from parsers import codes
from parsers.drafts import Draft
from parsers.records import Span
from parsers.token import Token

_PARTED = re.compile(r"\s?[–—:]\s|\s-\s")
# ``1.kārta 6 000 000 euro``
_BEFORE_SUM = re.compile(r"\d\.? ?kārt(?:ai|a|ā)(?= \d)", re.IGNORECASE)
_LONGEST_ROUND = 60
_WITHIN = re.compile(
    r"(?<![\w.])(?:\d\.?(?:, ?| ?(?:un|&|–|-) ?)){0,4}\d\.? ?kārt(?:ai|ām|as|ās|a|ā|u)(?: ?[–—:-]\s| (?=\d))",
    re.IGNORECASE,
)
_PARTING = (", ", "; ")
_TOLD_BY_ROUND = frozenset({"funding", "applicants", "timeline", "selection"})
# ``2. un 3. kārta: pašvaldības``
_SEVERAL = re.compile(
    r"((?:\d\.?(?:, ?| ?(?:un|&|–|-) ?))+\d)\.? ?kārt(?:a|ai|ā|as|ās|u|ām)\b", re.IGNORECASE
)
# ``… „Skolas” (2. un 3. kārta)``
_BEHIND_TITLE = re.compile(
    r"(?P<led>[\s,(–—-]+)(?P<words>[1-9]\.?(?:\s?(?:,|un|&|/|–|-)\s?[1-9]\.?){1,5}\s?(?:projektu\s)?(?:iesniegumu\s)?"
    r"(?:atlases\s)?kārt(?:a|as|ām))[).\s]*\Z"
)
_TO = re.compile(r"(\d)\.? ?[–-] ?(\d)")


_NAMING = frozenset({"round", "selection"})
_NUMBER = re.compile(r"([1-9]\d?)\.?")
_NUMBER_LEFT = re.compile(r"\d")
_LONGEST_KIND = 120
# Words of a kind of selection, and nothing else.
_KIND = re.compile(
    r"[\s.,;:()/–—-]*(?:(?:atklāt|ierobežot|projekt|iesniegum|atlas|konkurs|veid)\w*[\s.,;:()/–—-]*)+",
    re.IGNORECASE,
)


class _Told(NamedTuple):
    """The round that a line begins with and where it says so; ``value``: where the line goes on."""

    number: int
    span: Span
    value: int


def by_round(text: str, draft: Draft) -> list[Draft]:
    """The draft, or one for each round where its money is told round by round."""
    _part_lines(text, draft)
    money = [line for section in draft.sections if section.field == "funding" for line in section.lines]
    told = [each for line in money if (each := _told(text, line)) is not None]
    told += _told_together(text, money) if draft.round is None else []
    if draft.round is not None or len(told) < 2 or len({each.number for each in told}) < len(told):
        if draft.round is None and draft.parent is None and not told:
            _take_round(text, draft)
        return [draft]
    rounds = [_round(text, draft, each, money[0].block) for each in told]
    rounds[0].loose, rounds[0].unknown = draft.loose, draft.unknown
    return rounds


def together_behind(text: str, title: Span) -> tuple[Span, Span] | None:
    """A title without the several rounds that its line ends with, and their words."""
    stop = text.find("\n", title.end)
    end = stop if stop >= 0 else len(text)
    found = _BEHIND_TITLE.search(text, max(title.start, end - _LONGEST_ROUND), end)
    if found is None or found.start() <= title.start:
        return None
    return Span(title.start, min(title.end, found.start())), Span(*found.span("words"))


def _told_together(text: str, money: Sequence[Token]) -> Iterator[_Told]:
    """The rounds that share a sum: ``2. un 3. kārta: 3 000 000 euro`` beside that of the first."""
    for line in money:
        several = _several(text, line)
        if several is not None:
            yield from (
                _Told(number, Span(line.start, several[1]), several[1]) for number in sorted(several[0])
            )


def money_of_rounds(drafts: Sequence[Draft]) -> list[Token]:
    """The money told of a measure above its rounds, which is taken out where they do not tell theirs: it is
    that of all of them together, or of each."""
    rounds: dict[int, list[Draft]] = {}
    for draft in drafts:
        if draft.parent is not None:
            rounds.setdefault(id(draft.parent), []).append(draft)
    taken: list[Token] = []
    for told in rounds.values():
        alone = [draft for draft in told if not any(each.field == "funding" for each in draft.sections)]
        if len(told) > 1 and alone and told[0].parent is not None:
            taken += told[0].parent.shared_money()
    return taken


def _take_round(text: str, draft: Draft) -> None:
    """The round that a field of the measure names: one of its own (``Kārta: 2.``), or its kind of selection
    (``Atklāta, 2. kārta``), where all that name one name the same."""
    found: list[tuple[int, Span]] = []
    for section in draft.sections:
        if section.field in _NAMING and len(section.lines) == 1:
            line = section.lines[0]
            words = text[line.start : line.end]
            round_ = _alone(words) if section.field == "round" else _beside_kind(words)
            if round_ is not None:
                found.append((round_.number, Span(line.start + round_.start, line.start + round_.end)))
    if len({number for number, _ in found}) == 1:
        draft.round = found[0][0]
        draft.round_spans += [span for _, span in found]


def _alone(words: str) -> codes.Round | None:
    """``2.``, ``2. kārta``"""
    number = _NUMBER.fullmatch(words)
    return codes.Round(int(number[1]), *number.span(1)) if number else codes.round_alone(words)


def _beside_kind(words: str) -> codes.Round | None:
    """The one round in words that say else nothing but whether a selection is open."""
    if "rt" not in words.lower() or len(words) > _LONGEST_KIND:
        return None
    told = codes.rounds_within(words)
    if len(told) != 1 or _NUMBER_LEFT.search(words[: told[0].start] + words[told[0].end :]):
        return None
    rest = f"{words[: told[0].start]} {words[told[0].end :]}"
    return told[0] if _KIND.fullmatch(rest) else None


def _part_lines(text: str, draft: Draft) -> None:
    """Part lines that tell of round after round: ``1. kārtā – 3 milj. eiro, 2. kārtā – 2 milj. eiro``."""
    if draft.round is not None or text.find("kārt", draft.start, draft.end) < 0:
        return
    for section in draft.sections:
        if section.field in _TOLD_BY_ROUND and any(
            text.count("kārt", line.start, line.end) > 1 for line in section.lines
        ):
            section.lines[:] = [part for line in section.lines for part in _parts(text, line)]


def _parts(text: str, line: Token) -> list[Token]:
    """The line, or a part for each round that it tells of, the first of them at its beginning."""
    found = [each.start() for each in _WITHIN.finditer(text, line.start, line.end)]
    places = [at for at in found if at == line.start or text[at - 2 : at] in _PARTING]
    if len(places) < 2 or places[0] != line.start:
        return [line]
    ends = [line.start + len(text[line.start : place].rstrip(" ,;")) for place in places[1:]]
    return [line._replace(start=start, end=end) for start, end in zip(places, [*ends, line.end], strict=True)]


def _told(text: str, line: Token) -> _Told | None:
    """The round that a line begins with, before a dash or colon."""
    parted = _BEFORE_SUM.match(text, line.start, line.end) or _PARTED.search(
        text, line.start, min(line.end, line.start + _LONGEST_ROUND)
    )
    if parted is not None and parted.re is _BEFORE_SUM:
        read = codes.read_round(parted[0])
        return (
            _Told(read[0], Span(line.start + read[1], line.start + read[2]), parted.end()) if read else None
        )
    found = codes.read_round(text[line.start : parted.start()]) if parted else None
    if parted is None or found is None:
        return None
    number, start, end = found
    return _Told(number, Span(line.start + start, line.start + end), parted.end())


def _round(text: str, draft: Draft, told: _Told, block: int) -> Draft:
    """The draft of one round: what is told of it under each label that tells anything round by round."""
    part = Draft(draft.code, Token("round", *told.span, block))
    part.code_spans, part.title_lines, part.title_words = (
        draft.code_spans, draft.title_lines, draft.title_words,
    )  # fmt: skip
    part.theme, part.parent, part.footnotes = draft.theme, draft, draft.footnotes
    part.round, part.round_spans = told.number, [told.span, *_named(text, draft, told)]
    part.start, part.end = draft.start, draft.end
    for section in draft.sections:
        # A sum that several rounds share is that of none.
        shared = section.field == "funding"
        alone = [line for line in section.lines if not (shared and _several(text, line) is not None)]
        lines = _of_round(text, alone, told.number)
        if lines is not None:
            part.sections.append(section._replace(lines=lines))
    return part


def _named(text: str, draft: Draft, told: _Told) -> list[Span]:
    """Where else the fields of a measure name the round."""
    lines = [line for section in draft.sections for line in section.lines]
    again = [each.span for line in lines if (each := _told(text, line)) and each.number == told.number]
    for line in lines:
        several = _several(text, line)
        if several is not None and told.number in several[0]:
            again.append(Span(line.start, several[1]))
    return [span for span in again if span != told.span]


def _of_round(text: str, lines: Sequence[Token], number: int) -> list[Token] | None:
    """Of lines told round by round, those of one without the words that name it; None where none are."""
    mine: list[Token] = []
    current: frozenset[int] = frozenset()
    for line in lines:
        told = _told(text, line)
        several = _several(text, line) if told is None else None
        value = line.start
        if told is not None:
            current, value = frozenset({told.number}), told.value
        elif several is not None:
            current, value = several
        if not current or number in current:
            mine.append(line._replace(start=value))
    return mine if current else None


def _several(text: str, line: Token) -> tuple[frozenset[int], int] | None:
    """The several rounds that a line begins with, before a dash or colon, and where it goes on."""
    found = _SEVERAL.match(text, line.start, line.end)
    parted = _PARTED.match(text, found.end(), line.end) if found else None
    if found is None or parted is None:
        return None
    through = _TO.fullmatch(found[1])
    if through:
        return frozenset(range(int(through[1]), int(through[2]) + 1)), parted.end()
    return frozenset(map(int, re.findall(r"\d", found[1]))), parted.end()

"""Fields told measure by measure below one label: ``Iesniedzēji: 1.2.3.1. – skolas; 1.2.3.2. – biedrības``.

Each value is of the measure whose code stands beside it, wherever on the page that one is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from parsers import codes
from parsers.layouts import Layout
from parsers.prose import holds_amount
from parsers.records import Span
from parsers.selection import kind_of
from parsers.token import Token

_FIELDS = frozenset({"funding", "applicants", "selection", "timeline", "contacts", "objective"})
_LEAST = 2
# Of figures and moments a line that names several measures is of several, also where it cannot be parted.
_COUNTED = frozenset({"funding", "timeline"})
# Behind a code: ``pasākumā “Nosaukums” –``
_BEHIND = re.compile(
    r"\.?\s?(?:\(?(?:apakš)?(?:pasākum|investīcij|reform)\w*\)?)?\s?"
    r"(?:[„“\"«][^„“”\"«»\n]{2,200}[“”\"»]\s?)?(?:[–—-]\s|:(?:\s|$))\s?",
    re.IGNORECASE,
)
# ``pašvaldības (1.2.3.1. pasākumā)``
_IN_BRACKETS = re.compile(
    r"\s?\((?P<code>[1-9]\d?(?:\.\d{1,2}){3}(?:\.[a-z])?)\.?(?:\s(?:apakš)?pasākum\w*)?\)[,;.]?(?:\s|$)",
    re.IGNORECASE,
)
_ENDING = " \t,;"
_JOINED = re.compile(r"\.?\s?(?:,|/|&|un)\s?")
_CONJUNCTION = re.compile(r"\s(?:un|bet|savukārt)$")

# The Blocks that open with each code.
Titled = dict[str, set[int]]


class _Value(NamedTuple):
    """What a line says of one measure: where its code and its words stand, and where both end."""

    code: str
    place: Span
    words: Span
    end: int


def deal(layout: Layout, tokens: list[Token]) -> list[Token]:
    """The tokens of a page, those of such lists as ``dealing`` (the label) and ``dealt`` (a value, whose
    ``title`` has the code); what names several measures and cannot be parted is ``astray``."""
    titled: Titled = {}
    for token in tokens:
        if token.title is not None:
            titled.setdefault(token.title.code, set()).add(token.block)
    found: list[Token] = []
    at = 0
    while at < len(tokens):
        dealt, after = _dealt_from(layout, tokens, at, titled)
        found += dealt or tokens[at:after]
        at = after
    return found


def _dealt_from(layout: Layout, tokens: list[Token], at: int, titled: Titled) -> tuple[list[Token], int]:
    """What a label and the lines below it are dealt to, and where the tokens go on; [] where they are not."""
    token = tokens[at]
    field = token.hit.field if token.hit is not None else ""
    if field not in _FIELDS:
        return [], at + 1
    if token.kind == "text":
        return _step(layout, tokens, at), at + 1
    if token.kind != "label" or at + 1 >= len(tokens):
        return [], at + 1
    following = tokens[at + 1]
    if following.kind not in {"text", "title"} or following.hit is not None:
        return [], at + 1
    first = layout.text[following.start : following.end]
    if not codes.may_hold(first):
        return [], at + 1
    run, after = _run(layout, tokens, at + 1)
    named = {value.code for values, _ in run for value in values}
    if len(named) < _LEAST or not _is_list_of_values(layout, titled, field, run, named):
        astray = following.inline and field in _COUNTED and _is_of_several(first)
        return ([token, following._replace(kind="astray")], at + 2) if astray else ([], at + 1)
    dealt = [token._replace(kind="dealing")]
    for values, lines in run:
        dealt += _dealt_values(lines[0], values, of_money=field == "funding")
        # The items below ``1.2.3.1. pasākumā:`` are of it.
        dealt += [line._replace(kind="dealt") for line in lines[1:]]
    return dealt, after


def _dealt_values(line: Token, values: Sequence[_Value], *, of_money: bool) -> Iterator[Token]:
    """Each value as the words of a field; one sum of several measures is that of none."""
    before: Span | None = None
    for number, value in enumerate(values):
        shared = number + 1 < len(values) and values[number + 1].words == value.words
        if not (of_money and (shared or value.words == before)):
            yield _token(line, value)
        elif value.words != before:
            yield Token("astray", value.place.start, value.words.end, line.block)
        before = value.words


def _token(line: Token, value: _Value) -> Token:
    """A value as the words of a field; the place of the code counts in the page."""
    end = value.end
    code = codes.TitleCode(value.code, None, None, *value.place, end, end, end, end, strict=True)
    inline = value.words.start > value.place.start and line.inline
    return Token("dealt", *value.words, line.block, title=code, inline=inline)


def _step(layout: Layout, tokens: list[Token], at: int) -> list[Token]:
    """``Atlases sākums: 1.2.3.1. – 2025. gada I cet., 1.2.3.2. – 2025. gada II cet.``"""
    token, text = tokens[at], layout.text
    if not codes.may_hold(text, token.start, token.end):
        return []
    colon = text.find(": ", token.start, token.end)
    values = _values(text, Span(colon + 2, token.end)) if colon > 0 else []
    if len({value.code for value in values}) < _LEAST:
        return [token._replace(kind="astray")] if _is_of_several(text[token.start : token.end]) else []
    label = Token("dealing", token.start, colon, token.block, hit=token.hit)
    return [label, *(_token(token._replace(inline=True), value) for value in values)]


def _run(
    layout: Layout, tokens: Sequence[Token], at: int
) -> tuple[list[tuple[list[_Value], list[Token]]], int]:
    """The lines below a label that tell of measures by their codes: of each its values and its token, and
    those below it that go on with the last. Where the tokens go on."""
    text, blocks = layout.text, layout.blocks
    run: list[tuple[list[_Value], list[Token]]] = []
    while at < len(tokens):
        token = tokens[at]
        if token.kind not in {"text", "title"} or token.hit is not None:
            break
        block = blocks[token.block]
        start = token.start if token.inline else block.start
        values = _values(text, Span(start, block.end))
        if values:
            run.append((values, [token]))
            at += 1
            while at < len(tokens) and tokens[at].block == token.block:
                at += 1
            continue
        if not run or token.kind == "title" or not _goes_on(layout, run[-1], token):
            break
        run[-1][1].append(token)
        at += 1
    return run, at


def _goes_on(layout: Layout, last: tuple[list[_Value], list[Token]], token: Token) -> bool:
    """A line that is of the measure named above: below a code with nothing beside it, or an item within."""
    values, lines = last
    block, above = layout.blocks[token.block], layout.blocks[lines[0].block]
    within = block.kind == "item" and (above.kind != "item" or block.level > above.level)
    return values[-1].words.end <= values[-1].words.start or within


def _values(text: str, line: Span) -> list[_Value]:
    """What a line says of each measure, [] where it tells of none or has words of no measure."""
    if not codes.may_hold(text, *line):
        return []
    return _behind_codes(text, line) or _before_codes(text, line)


def _behind_codes(text: str, line: Span) -> list[_Value]:
    """``1.2.3.1. – pašvaldības; 1.2.3.2. – biedrības``"""
    words = text[line.start : line.end]
    places: list[tuple[list[codes.CodeMention], int]] = []
    together: list[codes.CodeMention] = []
    mentions = codes.find(words)
    for number, mention in enumerate(mentions):
        following = mentions[number + 1].start if number + 1 < len(mentions) else mention.end
        behind = _BEHIND.match(words, mention.end)
        before = words[: mention.start].rstrip()
        opens = not before or before.endswith((";", ",", ".")) or _CONJUNCTION.search(before)
        if not opens:
            together = []
        elif behind is not None:
            places.append(([*together, mention], behind.end()))
            together = []
        elif _JOINED.fullmatch(words, mention.end, following):
            # ``1.2.3.1. un 1.2.3.2. – pašvaldības`` is of both.
            together.append(mention)
    if not places or words[: places[0][0][0].start].strip(_ENDING):
        return []
    ends = [of[0].start for of, _ in places[1:]] + [len(words)]
    values: list[_Value] = []
    for (of, start), end in zip(places, ends, strict=True):
        told = words[start:end].rstrip(_ENDING)
        told = _CONJUNCTION.sub("", told).rstrip(_ENDING)
        said = Span(line.start + start, line.start + start + len(told))
        last = line.start + len(words[:end].rstrip(_ENDING))
        for mention in of:
            place = Span(line.start + mention.start, line.start + mention.end)
            values.append(_Value(mention.code, place, said, last))
    return values


def _before_codes(text: str, line: Span) -> list[_Value]:
    """``pašvaldības (1.2.3.1. pasākumā), biedrības (1.2.3.2. pasākumā)``"""
    values: list[_Value] = []
    at = line.start
    for match in _IN_BRACKETS.finditer(text, *line):
        words = text[at : match.start()]
        start = at + len(words) - len(words.lstrip())
        if start < match.start():
            said = Span(start, match.start())
            values.append(
                _Value(
                    match["code"],
                    Span(*match.span("code")),
                    said,
                    line.start + len(text[line.start : match.end()].rstrip(_ENDING)),
                )
            )
        at = match.end()
    return values if values and not text[at : line.end].strip(" .") else []


def _is_list_of_values(
    layout: Layout,
    titled: Titled,
    field: str,
    run: Sequence[tuple[list[_Value], list[Token]]],
    named: set[str],
) -> bool:
    """Not the titles of the next measures: what stands beside the codes can be of the field, or the page
    names the measures in a line of their own elsewhere."""
    text = layout.text
    told = [text[value.words.start : value.words.end] for values, _ in run for value in values]
    if field == "funding":
        return all(map(holds_amount, told))
    if field == "selection":
        return all(kind_of(words) is not None for words in told)
    if any(len(values) > 1 or lines[0].inline for values, lines in run):
        return True
    within = {lines[0].block for _, lines in run}
    return all(titled.get(code, within) - within for code in named)


def _is_of_several(words: str) -> bool:
    """A line of figures that names several measures."""
    return len({mention.code for mention in codes.find(words) if mention.code.count(".") > _LEAST}) >= _LEAST

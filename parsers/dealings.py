"""What a list below one label tells of several measures, handed out to them.

The list is found in :mod:`parsers.dealt`; here the measures are known.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from parsers.drafts import Draft, Section
from parsers.records import Span
from parsers.token import Token


class Dealing(NamedTuple):
    """A label and the lines below it; the first of each measure has its code in ``title``."""

    label: Token
    lines: list[Token]


def hand_out(drafts: Sequence[Draft], dealings: Sequence[Dealing]) -> list[Token]:
    """Give each measure its lines; those of none, which are left, are ``astray``.

    A measure that tells the field itself keeps what it tells: the list repeats it, and is only read by.
    """
    by_code: dict[str, list[Draft]] = {}
    for draft in drafts:
        by_code.setdefault(draft.code, []).append(draft)
    own_fields = {id(draft): {each.field for each in _sections(draft) if each.lines} for draft in drafts}
    left: list[Token] = []
    for label, lines in dealings:
        field = label.hit.field if label.hit is not None else ""
        taken = False
        for code, own in _by_measure(lines):
            whole = Span(label.start, label.end)
            told = by_code.get(code, [])
            for draft in told:
                if field not in own_fields[id(draft)]:
                    taken = True
                    draft.sections.append(Section(field, label.hit, whole, _filled(own)))
                    _name(draft, own[0])
            if not told:
                left += [_astray(line) for line in own]
        if not taken:
            left.append(label._replace(kind="text"))
    return left


def _by_measure(lines: Sequence[Token]) -> Iterator[tuple[str, list[Token]]]:
    own: list[Token] = []
    for line in lines:
        if line.title is not None and own and own[0].title is not None:
            yield own[0].title.code, own
            own = []
        own.append(line)
    if own and own[0].title is not None:
        yield own[0].title.code, own


def _sections(draft: Draft) -> Iterator[Section]:
    if draft.parent is not None:
        yield from draft.parent.sections
    yield from draft.sections


def _filled(lines: Sequence[Token]) -> list[Token]:
    return [line for line in lines if line.end > line.start]


def _astray(line: Token) -> Token:
    """The words with the code that stands beside them."""
    if line.title is None:
        return line._replace(kind="astray")
    start, end = min(line.title.code_start, line.start), max(line.title.title_end, line.end)
    return line._replace(kind="astray", start=start, end=end, title=None)


def _name(draft: Draft, line: Token) -> None:
    """The code beside the words, and what stands between, is read."""
    if line.title is None:
        return
    code = Span(line.title.code_start, line.title.code_end)
    draft.code_spans.append(code)
    if line.start >= code.end:
        draft.title_words.append(Span(code.end, line.start))
    draft.title_words.append(Span(line.end, line.title.title_end))

"""Changes in words that no field claims: what a page says of a measure, or beside them, in other words.

Not all of these words are told. Headings of columns, buttons and names of sections come and go with the
layout and look like any other short words, so a short line that begins with a capital letter and holds no
figure is left out, and so is a figure that stands alone; unless a finding says that it was meant for a field
of its measure. Words with a telephone or an address in them are a contact's that was not read, and no
sentence may hold one.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from parsers.contacts import read as read_contacts
from parsers.labels import fold, milestone_kind
from parsers.memos import memo
from parsers.records import Measure, Page, Span
from pipeline.changes import wording
from pipeline.changes.furniture import is_beside, is_furniture
from pipeline.changes.match import Pairs
from pipeline.changes.notation import same_but_notation
from pipeline.changes.record import Change
from pipeline.changes.values import is_of_standing, said_besides_dates

FIELD = "unclaimed"
_LONGEST_HEADING = 3
_LONGEST_NUMBER = 3
_LONGEST_LINE = 2_000
_LINE_END = re.compile("\n")

Pieces = dict[str, "Piece"]
"""By the keys of their words, so that no order or repetition counts."""


class Piece(NamedTuple):
    """Words of a line, the key of the whole line, and whether they are a label that is not known."""

    words: str
    line: str
    is_label: bool


def with_unclaimed(
    source: str | None, old: Page, new: Page, measures: Pairs[Measure], changes: list[Change]
) -> list[Change]:
    """The ``changes`` and those of words that no field claims: one for the page, one for each measure that
    stands in both states.

    Words that still stand on the page under a field are not gone, and one printed line is one change: where
    a value gave way to words (*tiks precizēts*) or came for them, its own change has these as its printed
    words.
    """
    words = [[page.text[start:end] for start, end in page.coverage.unclaimed] for page in (old, new)]
    if words[0] == words[1]:
        return changes
    pieces = _by_measure(old), _by_measure(new)
    texts = texts_of(old), texts_of(new)
    places: dict[str | None, list[int]] = defaultdict(list)
    for place, change in enumerate(changes):
        places[change.measure_id].append(place)
    found = list(changes)
    here: list[tuple[Measure | None, Measure | None]] = [(None, None), *measures]
    for was, now in here:
        before = pieces[0].get(was and was.measure_id, {})
        after = pieces[1].get(now and now.measure_id, {})
        if before.keys() == after.keys():
            continue
        sides = _Side(old, was, before, texts[0]), _Side(new, now, after, texts[1])
        for place in places[now and now.measure_id]:
            found[place] = _with_words(found[place], *sides)
        left = _left_over(*sides, [found[place] for place in places[now and now.measure_id]])
        if left:
            found.append(left._replace(source=source))
    return found


class _Side(NamedTuple):
    """A measure of a page (None: what is outside of all of them), and its unclaimed words."""

    page: Page
    measure: Measure | None
    pieces: Pieces
    texts: Texts


def _left_over(old: _Side, new: _Side, others: list[Change]) -> Change | None:
    """The change of the words of which no other change tells."""
    known = said(old.page, old.measure, old.texts), said(new.page, new.measure, new.texts)
    moved = any(_only_moved(change, *known) for change in others)
    gone = _left(old.pieces, new.pieces, known[1], _printed(others, old=True), labels=not moved)
    come = _left(new.pieces, old.pieces, known[0], _printed(others, old=False), labels=not moved)
    if same_but_notation(gone, come):
        return None
    name = new.measure.measure_id if new.measure else None
    minor = wording.is_correction(gone, come)
    before, after = ((side.measure,) if side.measure else () for side in (old, new))
    return Change("text_changed", None, name, FIELD, gone, come, minor=minor, before=before, after=after)


def _only_moved(change: Change, said_before: set[str], said_after: set[str]) -> bool:
    """True for a text that came under a label of a field, or lost it, and stands there as it stood."""
    if change.kind != "text_changed" or (change.old is None) == (change.new is None):
        return False
    there = said_after if change.new is None else said_before
    return wording.lines(str(change.old or change.new)).keys() <= there


def _with_words(change: Change, old: _Side, new: _Side) -> Change:
    """A value that gave way to words, or came for them, with these as its printed words."""
    if change.new is None and change.new_text is None:
        words = _in_place_of(change, change.old_text, new)
        return change._replace(new_text=words) if words else change
    if change.old is None and change.old_text is None:
        words = _in_place_of(change, change.new_text, old)
        return change._replace(old_text=words) if words else change
    return change


def _in_place_of(change: Change, printed: str | None, side: _Side) -> str | None:
    if change.kind == "funding_changed" and change.field == "eu_funding_eur" and side.measure:
        return next(
            (
                found.text
                for found in side.page.findings
                if found.field == change.field and found.measure_id == side.measure.measure_id and found.text
            ),
            None,
        )
    step = said_besides_dates(printed or "")
    if change.kind in {"milestone_added", "milestone_removed"} and change.field != "other" and step:
        named = [piece for piece in side.pieces.values() if f" {step} " in f" {piece.line.casefold()} "]
        of_kind = [piece for piece in side.pieces.values() if milestone_kind(piece.words) == change.field]
        return next((piece.words for piece in (*named, *of_kind)), None)
    return None


Texts = Mapping[str | None, list[str]]
"""Running text by measure_id."""


def texts_of(page: Page) -> Texts:
    """The running text of a page, looked through once for all of its measures."""
    texts: dict[str | None, list[str]] = defaultdict(list)
    for piece in page.narrative:
        texts[piece.measure_id].append(piece.text)
    return texts


def said(page: Page, measure: Measure | None, texts: Texts) -> set[str]:
    """Keys of the lines of a measure or of the whole page, and of the values that are parts of lines.
    ``texts``: of the page."""
    text = page.text[measure.start : measure.end] if measure else page.text
    measures = (measure,) if measure else page.measures
    values = [value for one in measures for value in (*_texts(one), *_items(one)) if value]
    some = [texts.get(measure.measure_id, [])] if measure else texts.values()
    values += [text for group in some for text in group]
    return {words for value in (text, *values) for words in wording.lines(value)}


def _texts(measure: Measure) -> tuple[str | None, ...]:
    return measure.title, measure.theme, measure.objective, measure.selection_text, measure.other_info


def _items(measure: Measure) -> Iterator[str | None]:
    yield from (row.text for row in measure.funding)
    yield from (step.text for step in measure.milestones)
    yield from (link.text for link in measure.links)
    yield from (applicant.name for applicant in measure.applicants)
    yield from (contact.name for contact in measure.contacts)


def _by_measure(page: Page) -> dict[str | None, Pieces]:
    measures = sorted(page.measures, key=lambda measure: measure.start)
    starts = [measure.start for measure in measures]
    lines = _Lines(page.text)
    codes: dict[Span, set[str]] = defaultdict(set)
    for found in page.findings:
        codes[lines.at(found.start)].add(found.code)
    pieces: dict[str | None, Pieces] = defaultdict(dict)
    for start, end in page.coverage.unclaimed:
        place = bisect_right(starts, start) - 1
        measure = measures[place] if place >= 0 and start < measures[place].end else None
        line = lines.at(start)
        said_of_line = codes[line] - {"unclaimed_text"} if measure else set()
        percent = page.text[end : end + 2].lstrip()[:1] == "%"
        words = page.text[start:end] + ("%" if percent else "")
        key = wording.key(words) or ""
        meant = bool(said_of_line) or _is_done(key) or _goes_on(page.text[line.start : start], words)
        is_news = percent or _is_news(key, meant=meant) if measure else _is_news_outside(key)
        if is_news and not _is_of_people(words):
            piece = Piece(words, lines.key(line) or key, "unknown_label" in said_of_line)
            pieces[measure.measure_id if measure else None].setdefault(key, piece)
    return pieces


class _Lines:
    """The lines of a text by the places in them."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._starts = [0, *(match.end() for match in _LINE_END.finditer(text)), len(text) + 1]

    def at(self, place: int) -> Span:
        number = bisect_right(self._starts, place, hi=len(self._starts) - 1)
        return Span(self._starts[number - 1], self._starts[number] - 1)

    def key(self, line: Span) -> str | None:
        """None where it is too long to be looked through for each of its words."""
        short = line.end - line.start <= _LONGEST_LINE
        return wording.key(self._text[line.start : line.end]) if short else None


def _is_news(key: str, *, meant: bool = False) -> bool:
    """Whether the words are the page's news (see the module). ``meant``: for a field, as a finding says."""
    if not any(map(str.isalpha, key)):
        return meant and len(key) > _LONGEST_NUMBER
    if is_furniture(key):
        return False
    has_figure = any(character.isdecimal() for character in key)
    return meant or has_figure or key.count(" ") >= _LONGEST_HEADING or key[0].islower()


def _goes_on(before: str, words: str) -> bool:
    """Whether a figure goes on what a line says in figures: ``7 250 000 → 8 000 000``."""
    return any(map(str.isdecimal, before)) and sum(map(str.isdecimal, words)) > _LONGEST_NUMBER


def _is_done(key: str) -> bool:
    """Whether the words say how a measure or a step of its schedule stands: ``Atlase izsludināta``,
    ``ATCELTS``."""
    words = key.casefold().split()
    standing = [word for word in words if is_of_standing(word)]
    return bool(standing) and (len(standing) == len(words) or milestone_kind(key) is not None)


def _is_news_outside(key: str) -> bool:
    """The same of words outside of measures, where a figure or a date alone may be anything."""
    return _is_news(key) and not all(map(is_beside, fold(key).split()))


@memo(4096)  # most lines stand unchanged in the next capture
def _is_of_people(words: str) -> bool:
    return any(contact.phone or contact.email for contact in read_contacts(words))


def _left(
    pieces: Pieces, others: Pieces, said_there: set[str], printed: set[str], *, labels: bool
) -> str | None:
    """The words that the other side does not have, on lines of which nothing else tells; with ``labels``."""
    left = [
        piece.words
        for key, piece in pieces.items()
        if key not in others
        and key not in said_there
        and (labels or not piece.is_label)
        and not any(words in piece.line or piece.line in words for words in printed)
    ]
    return "\n".join(left) or None


def _printed(changes: Iterable[Change], *, old: bool) -> set[str]:
    """Keys of the words of one side of changes, as far as they are printed."""
    words: set[str | None] = set()
    for change in changes:
        value = change.old if old else change.new
        words.add(wording.key(change.old_text if old else change.new_text))
        for one in value.values() if isinstance(value, dict) else (value,):
            words |= set(wording.lines(one)) if isinstance(one, str) else set()
    return {one for one in words if one}

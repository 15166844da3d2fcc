"""How a printed label or phrase is looked up in a vocabulary of stems.

Case, number, order, missing diacritics, endings and one typing error in a long word do not matter. The
vocabulary itself, which a person extends, is the table in ``labels.py``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from itertools import chain
from typing import NamedTuple

from parsers.memos import memo


class Label(NamedTuple):
    """``field`` is opened by a label that has a word of each group of ``needs`` and none of ``never``.

    A group is stems parted by spaces, one of which must stand in the label. ``allows`` may stand beside
    them, and so may COMMON. ``fund`` is the fund that the label itself names.
    """

    field: str
    needs: tuple[str, ...]
    allows: str = ""
    never: str = ""
    fund: str | None = None


class Phrase(NamedTuple):
    """Words with a stem of each group of ``needs`` and none of ``never`` name a milestone of ``kind``."""

    kind: str
    needs: tuple[str, ...]
    never: str = ""


class Hit(NamedTuple):
    """A label that is known: the field it opens, the fund it names, how many of its words are unknown.

    ``unit``: the unit of money that a heading above the label names (``Finansējums (milj. euro)``).
    ``kind``: the milestone that the label names together with one above it (``Atlase`` over ``Sākums``).
    """

    field: str
    fund: str | None
    unknown: int = 0
    unit: Decimal | None = None
    kind: str | None = None


LONGEST_LABEL = 90
MOST_WORDS = 9

_FOLD = str.maketrans("āčēģīķļņōŗšūžĀČĒĢĪĶĻŅŌŖŠŪŽ", "acegiklnorsuzACEGIKLNORSUZ")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*\+?", re.UNICODE)
# What may stand in a label beside its words: brackets, the number of a list, what makes it a part of
# another, the years of a programme.
_IN_LIST = r"^\s*(?:\d{1,2}\.)?\d{1,2}[.)]\s"
_YEARS = r"(?:19|20)\d\d\.?\s?[–—-]\s?(?:19|20)\d\d\.?(?:\s?gad\w*)?"
_BESIDE = re.compile(
    rf"\([^()\d]{{0,60}}\)|\[[^\[\]\d]{{0,60}}\]|{_IN_LIST}"
    rf"|^(?:t\.\s?sk\.|tai skaitā|tostarp|no tā|no tiem)\s|{_YEARS}"
)
# The only digits that may stand in a label.
_NUMBER_IN_LIST, _YEARS_BESIDE = re.compile(_IN_LIST), re.compile(_YEARS)
_BRACKET = re.compile(r"[(\[]([^()\[\]\d]{1,60})[)\]]")
_IN_BRACKETS = frozenset(
    "eiro euro eur milj mljrd mlrd tukst tukstosi tukstosos miljoni miljonos miljonu t sk kopa apmers".split()
)
_DIGIT = re.compile(r"\d")
# A colon or a dash within parts a label from its value: all of it is no label.
_PARTED = re.compile(r":|\s[–—-]\s")
# Letters that a Latvian ending adds to a stem: -ajiem, -iem, -šanas …
_LONGEST_ENDING = 6
_SHORT_ENDING = 3
_FUZZY_LEAST = 5
_FUZZY_WORD = 7


def fold(text: str) -> str:
    """Lower case without diacritics; as long as ``text``, so that offsets stand."""
    if text.isascii():
        return text.lower()
    lowered = text.translate(_FOLD).lower()
    return lowered if len(lowered) == len(text) else text.translate(_FOLD)


# The words of a page are few, its lines are many.
fold_word = memo(16384)(fold)


class _Rule(NamedTuple):
    """A label's stems; ``fine``: all that may stand in it."""

    label: Label
    needs: tuple[tuple[str, ...], ...]
    fine: frozenset[str]
    never: tuple[str, ...]


class _Named(NamedTuple):
    """A milestone phrase's stems."""

    kind: str
    needs: tuple[tuple[str, ...], ...]
    never: tuple[str, ...]


class Vocabulary:
    """Labels, milestone phrases and kinds of institution, ready to be looked up by the stems of words.

    ``common``: stems that may stand in any label. ``institutions``: stems that name one. All of them are
    given as words parted by spaces.
    """

    def __init__(
        self, labels: Iterable[Label], common: str, phrases: Iterable[Phrase], institutions: str
    ) -> None:
        self._rules = tuple(_rule(label, _stems(common)) for label in labels)
        # The rules that a stem of their first group calls for, by their order.
        self._called: dict[str, list[int]] = {}
        for order, rule in enumerate(self._rules):
            for stem in rule.needs[0]:
                self._called.setdefault(stem, []).append(order)
        every = {stem for rule in self._rules for group in (rule.fine, rule.never) for stem in group}
        self._stems = frozenset(every)
        # By their first letter and length: a misspelt word is not much longer than its stem.
        self._long_stems: dict[tuple[str, int], list[_LongStem]] = {}
        for stem in sorted(every):
            if len(stem) >= _FUZZY_LEAST:
                self._long_stems.setdefault((stem[0], len(stem)), []).append(_long_stem(stem))
        self._phrases = tuple(
            _Named(phrase.kind, tuple(map(_stems, phrase.needs)), _stems(phrase.never)) for phrase in phrases
        )
        self._phrase_stems = frozenset(
            stem for named in self._phrases for group in (*named.needs, named.never) for stem in group
        )
        self._institutions = frozenset(_stems(institutions))
        self._all = self._stems | self._phrase_stems | self._institutions
        # Lines are new, their words seldom are.
        self.stems_of = memo(8192)(self._stems_of)
        self._any_stems_of = memo(8192)(self._stems_in_all)

    def _stems_in_all(self, word: str) -> list[str]:
        return _exact(word, self._all)

    def _stems_of(self, word: str) -> tuple[str, ...]:
        """The stems that a folded word may stand for; with one typing error where none fits exactly."""
        exact = tuple(stem for stem in self._any_stems_of(word) if stem in self._stems)
        if len(word) < _FUZZY_WORD or any(len(word) - len(stem) <= _SHORT_ENDING for stem in exact):
            return exact
        sizes = range(max(len(word) - _LONGEST_ENDING - 1, _FUZZY_LEAST), len(word) + 2)
        near = [
            stem
            for size in sizes
            for stem, head, tail in self._long_stems.get((word[0], size), ())
            if (tail in word or word.startswith(head)) and _nearly(word, stem)
        ]
        return (*exact, *near)

    def names_institution(self, line: str) -> bool:
        """True where a word of the line is a kind of institution."""
        return not all(map(self._institutions.isdisjoint, map(self._any_stems_of, _words(line))))

    def match(self, text: str, tolerance: int) -> Hit | None:
        """The field that a label opens with at most ``tolerance`` words unknown.

        Of several labels the one that knows most of the words, then the upper one of the table.
        """
        if len(text) > LONGEST_LABEL:
            return None
        bare = _without_beside(text)
        stems = self._known_words(bare, tolerance) if bare else []
        if not stems or _is_parted(text.rstrip(" :")):
            return None
        present = frozenset(chain.from_iterable(stems))
        best: tuple[int, int] | None = None
        for order in {order for stem in present for order in self._called.get(stem, ())}:
            unknown = _unknown(self._rules[order], stems, present)
            if unknown is not None and unknown <= tolerance and (best is None or (unknown, order) < best):
                best = (unknown, order)
        if best is None:
            return None
        label = self._rules[best[1]].label
        return Hit(label.field, label.fund, best[0] + self._unknown_beside(text))

    def _known_words(self, text: str, tolerance: int) -> list[tuple[str, ...]]:
        """The stems of each word; nothing where there are too many words, or too many unknown ones."""
        words = _words(text)
        if len(words) > MOST_WORDS:
            return []
        stems: list[tuple[str, ...]] = []
        stems_of = self.stems_of
        for word in words:
            known = stems_of(word)
            if not known:
                tolerance -= 1
                if tolerance < 0:
                    return []
            stems.append(known)
        return stems

    def _unknown_beside(self, text: str) -> int:
        """Words in the brackets of a label that are neither its own kind of word nor a unit."""
        return sum(
            1
            for bracket in _BRACKET.findall(text)
            for word in _words(bracket)
            if not self.stems_of(word) and word not in _IN_BRACKETS
        )

    def known_in_step(self, word: str) -> bool:
        """True where a folded word may stand for a stem that names milestones."""
        return not self._phrase_stems.isdisjoint(self._any_stems_of(word))

    def milestone_kind(self, phrase: str) -> str | None:
        """The kind of the first milestone phrase whose stems stand in ``phrase``."""
        stems = chain.from_iterable(map(self._any_stems_of, _words(phrase)))
        present = self._phrase_stems.intersection(stems)
        if not present:
            return None
        for kind, needs, never in self._phrases:
            if present.isdisjoint(never) and not any(present.isdisjoint(group) for group in needs):
                return kind
        return None


def _without_beside(text: str) -> str:
    """The words of a label, without what may stand beside them; nothing where other digits do."""
    if _DIGIT.search(text):
        if not (
            _NUMBER_IN_LIST.match(text) or (("19" in text or "20" in text) and _YEARS_BESIDE.search(text))
        ):
            return ""
        bare = _BESIDE.sub(" ", text)
        return "" if _DIGIT.search(bare) else bare
    return _BESIDE.sub(" ", text) if text.startswith(("t", "n")) or "(" in text or "[" in text else text


def _is_parted(text: str) -> bool:
    """The signs are looked for one by one first: in most texts there is none of them."""
    signs = ":" in text or "-" in text or "–" in text or "—" in text
    return signs and _PARTED.search(text) is not None


def _stems(words: str) -> tuple[str, ...]:
    return tuple(fold(words).split())


# A line is asked whether it is a label, names a milestone and names an institution: its words are found once.
@memo(8192)
def _words(text: str) -> tuple[str, ...]:
    """The words of a text, folded."""
    return tuple(map(fold_word, _WORD.findall(text)))


def _rule(label: Label, common: tuple[str, ...]) -> _Rule:
    needs = tuple(map(_stems, label.needs))
    fine = frozenset(stem for group in needs for stem in group).union(_stems(label.allows), common)
    return _Rule(label, needs, fine, _stems(label.never))


def _exact(word: str, among: frozenset[str]) -> list[str]:
    """The stems that ``word`` is with an ending."""
    sizes = range(max(len(word) - _LONGEST_ENDING, 1), len(word) + 1)
    return [stem for size in sizes if (stem := word[:size]) in among and _is_of(word, stem)]


def _is_of(word: str, stem: str) -> bool:
    """Whether ``word``, which begins with ``stem``, is that stem with an ending; short stems stand for
    themselves alone."""
    if len(stem) > 3:
        return len(word) - len(stem) <= _LONGEST_ENDING
    return word == stem or (len(stem) == 3 and len(word) <= 5)


class _LongStem(NamedTuple):
    """A stem that may be misspelt: with one error a word still begins with ``head`` or holds ``tail``."""

    stem: str
    head: str
    tail: str


def _long_stem(stem: str) -> _LongStem:
    half = len(stem) // 2
    return _LongStem(stem, stem[:half], stem[half + 1 :])


def _nearly(word: str, stem: str) -> bool:
    """One letter wrong, missing, doubled or swapped within the stem."""
    size = len(stem)
    rest = len(word) - size
    if not -1 <= rest <= _LONGEST_ENDING + 1:
        return False
    place = next((at for at in range(min(size, len(word))) if word[at] != stem[at]), -1)
    if place < 0 or (place == size - 1 and rest > _SHORT_ENDING):
        # Nothing of the stem stands behind its last letter: with a long ending it is another word.
        return False
    after, following = word[place + 1 :], stem[place + 1 :]
    swapped = stem[place : place + 2][::-1] + stem[place + 2 :]
    return after.startswith((following, stem[place:])) or word[place:].startswith((following, swapped))


def _unknown(rule: _Rule, stems: list[tuple[str, ...]], present: frozenset[str]) -> int | None:
    """How many words of a label this rule does not know; None where it does not open its field."""
    if any(present.isdisjoint(group) for group in rule.needs) or not present.isdisjoint(rule.never):
        return None
    return sum(1 for known in stems if rule.fine.isdisjoint(known))

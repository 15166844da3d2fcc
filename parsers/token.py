"""What a line of a page is, once its words and its place are looked at."""

from __future__ import annotations

from typing import NamedTuple

from parsers.codes import TitleCode
from parsers.labels import Hit
from parsers.records import Period, Span


class Told(NamedTuple):
    """A period of a step that marks tell; ``places``: where they stand, and what stands over them.

    ``end``: 0 where the stretch that the step names begins then, 1 where it ends.
    """

    period: Period
    places: tuple[Span, ...]
    end: int | None = None


class Token(NamedTuple):
    """``start``/``end``: its words. ``kind``: title, round, label, text, footnote, heading, unknown,
    misprint, break, rounds, common, astray, dealing or dealt.

    ``block``: index of its Block. ``hit``: what a label opens. ``title``: a title's code (offsets count
    in the line). ``number``: of a round; 1 of a misprint that names several measures. ``inline``: a text
    that follows its label in the same line.
    ``told``: the periods of a step in a chart.
    """

    kind: str
    start: int
    end: int
    block: int
    hit: Hit | None = None
    title: TitleCode | None = None
    number: int = 0
    inline: bool = False
    told: tuple[Told, ...] = ()

"""The notations of the labelled pages: which way of printing each kind of value may take."""

from __future__ import annotations

from typing import NamedTuple


class Notation(NamedTuple):
    """Names of styles a page may draw from; ``slips`` is the share of labels with a typing error.

    ``order``: place of the words beside a milestone's period. ``footnote``: how flexibility is said.
    ``splits``: share of measures whose funding is split by fund. ``case``: whether labels change case.
    ``extras``: contents lists, objectives as themes and rounds that share a title may occur.
    """

    name: str
    titles: tuple[str, ...]
    amounts: tuple[str, ...]
    early: tuple[str, ...]
    late: tuple[str, ...]
    order: tuple[str, ...]
    contacts: tuple[str, ...]
    footnotes: tuple[str, ...]
    applicants: tuple[str, ...] = ("list", "single")
    splits: float = 0.0
    windows: float = 0.0
    slips: float = 0.0
    case: bool = False
    colon: bool = False
    shuffle: bool = False
    extras: bool = False
    ink: str = "light"


REAL = Notation(
    "real",
    titles=("real",),
    amounts=("plain",),
    early=("quarter_roman", "quarter_roman", "quarter_roman", "quarter_bare", "quarter_slash"),
    late=("day_real",),
    order=("before",),
    contacts=("real",),
    footnotes=("other",),
)

_ALL_QUARTERS = (
    "quarter_tight", "quarter_digit", "quarter_long_roman", "quarter_word", "quarter_first", "quarter_letter",
    "quarter_range",
)  # fmt: skip

NOTATIONS: dict[str, Notation] = {
    notation.name: notation
    for notation in (
        REAL,
        Notation(
            "worded",
            titles=("measure", "two_lines"),
            amounts=("euro", "million", "thousand", "compound"),
            early=("quarter_digit", "quarter_word", "half", "month_word"),
            late=("day_word", "day_by", "year"),
            order=("after_dash", "after_colon", "brackets"),
            contacts=("position", "worded", "dash"),
            footnotes=("inline", "below"),
            applicants=("list", "semicolons", "single"),
            extras=True,
        ),
        Notation(
            "numeric",
            titles=("bare", "dashed"),
            amounts=("cents", "dots", "front", "prime", "solid", "unbreakable"),
            early=("quarter_first", "quarter_tight", "quarter_letter", "day_numeric"),
            late=("day_numeric", "day_by"),
            order=("after_dash", "before", "after_colon"),
            contacts=("brackets", "dash", "several_lines"),
            footnotes=("below", "tail"),
            colon=True,
        ),
        Notation(
            "splits",
            titles=("measure", "objective"),
            amounts=("euro", "cents"),
            early=("quarter_long_roman", "month_word", "quarter_range"),
            late=("day_by", "day_word"),
            order=("after_colon", "before"),
            contacts=("linked", "named_link", "real"),
            footnotes=("inline",),
            applicants=("commas", "list", "semicolons"),
            splits=0.8,
            windows=0.5,
        ),
        Notation(
            "bounds",
            titles=("word_first", "measure"),
            amounts=("qualified", "spread", "both_sides", "million_spaced", "billion"),
            early=("quarter_range", "half", "month_word"),
            late=("year", "day_by"),
            order=("before", "sentence", "after_dash"),
            contacts=("name_last", "hidden", "worded"),
            footnotes=("other", "below"),
            applicants=("single", "commas"),
            windows=0.6,
            shuffle=True,
        ),
        Notation(
            "units",
            titles=("bare", "real"),
            amounts=("label_million", "label_thousand"),
            early=("quarter_tight", "quarter_word", "quarter_letter"),
            late=("day_real", "year"),
            order=("before", "brackets"),
            contacts=("real", "several_lines", "linked"),
            footnotes=("other",),
        ),
        Notation(
            "editors",
            titles=("real", "bare", "measure", "dashed"),
            amounts=("plain", "euro", "million", "unbreakable"),
            early=(*_ALL_QUARTERS, "half", "month_word", "quarter_roman"),
            late=("day_real", "day_numeric", "day_word", "day_by", "year"),
            order=("before", "after_dash", "after_colon", "brackets", "sentence"),
            contacts=("real", "brackets", "dash", "name_last", "position", "linked", "named_link", "hidden"),
            footnotes=("other", "inline", "below"),
            applicants=("list", "semicolons", "commas", "single"),
            splits=0.2,
            windows=0.3,
            slips=0.25,
            case=True,
            colon=True,
            shuffle=True,
            extras=True,
            ink="heavy",
        ),
    )
}

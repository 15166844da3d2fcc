"""Whether a source is read worse and worse: its newest capture against its own last ones.

The gate (:mod:`pipeline.gate`) holds two captures against each other and stops a wreck. A page that loses a
little at a time never trips it; that is seen here, before the gate has to act. The rule, with its figures, is
told in docs/operations.md. Pure: small figures of each capture go in, alarms come out.

What an editor does is no drift: a measure that is new or gone is left out of account, and a field counts as
lost only where its measure is still there. A measure counts as lost only where its code or its title still
stands on the page.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple, TypeVar

if TYPE_CHECKING:
    from parsers.records import Look, Measure, Page

T = TypeVar("T")

KEPT = 30
FEWEST = 6
_FEWEST_OF_MEASURE = 4
_FEW_LOST = 3
_SHARE_LOST = 0.1
_TEXT_LEFT = 0.75
_COVERAGE_LOST = 0.05
_MORE_FINDINGS = 5
_DEVIATIONS = 3 * 1.4826  # of the median absolute deviation: three standard deviations where noise is normal
_LOOKS_CHANGED = 0.5
_FEWEST_LOOKS = 3
_SHORTEST_TITLE = 12

FIELDS: dict[str, Callable[[Measure], object]] = {
    "title": lambda measure: measure.title,
    "theme": lambda measure: measure.theme,
    "eu_funding_eur": lambda measure: measure.eu_funding_eur is not None,
    "objective": lambda measure: measure.objective,
    "selection_type": lambda measure: measure.selection_type,
    "applicants": lambda measure: measure.applicants,
    "milestones": lambda measure: measure.milestones,
    "contacts": lambda measure: measure.contacts,
}
"""The fields of a measure that are watched, and whether one has it."""


_WORDS = {
    "title": "a title",
    "theme": "a theme",
    "eu_funding_eur": "an amount",
    "objective": "an objective",
    "selection_type": "a selection type",
    "milestones": "a schedule",
}


class Figures(NamedTuple):
    """What is kept of one capture.

    ``filled``: of each measure which of FIELDS it has, a bit each in their order. ``unread``: measures of the
    captures before that are not read here, although their code or title stands on the page. ``coverage``:
    share of the text that is understood; ``characters``: its length. ``warnings``: findings that are no
    mere information.
    """

    filled: dict[str, int]
    unread: frozenset[str]
    coverage: float
    characters: int
    warnings: int
    looks: tuple[Look, ...]

    @property
    def measures(self) -> int:
        """How many there are, each id once."""
        return len(self.filled)

    @property
    def fill(self) -> dict[str, float]:
        """Of each field the share of measures that have it; empty where there is no measure."""
        masks = self.filled.values()
        return {
            name: sum(mask >> bit & 1 for mask in masks) / len(masks)
            for bit, name in enumerate(FIELDS)
            if masks
        }


class Alarm(NamedTuple):
    """``kind``: field_lost, measures_lost, measures_fell, coverage_fell, findings_rose, layout_changed.
    ``severity``: warning or info. ``field``: of field_lost. ``message``: a sentence without full stop."""

    kind: str
    severity: str
    field: str | None
    message: str


def figures(page: Page, known: Mapping[str, str | None]) -> Figures:
    """The figures of a page. ``known``: the measures of the captures before, with their titles."""
    filled: dict[str, int] = {}
    for measure in page.measures:
        mask = sum(1 << bit for bit, has in enumerate(FIELDS.values()) if has(measure))
        filled.setdefault(measure.measure_id, mask)
    coverage = page.coverage.claimed / page.coverage.characters if page.coverage.characters else 1.0
    warnings = sum(found.severity != "info" for found in page.findings)
    return Figures(
        filled, frozenset(_unread(page, filled, known)), coverage, len(page.text), warnings, page.looks
    )


def _unread(page: Page, filled: Mapping[str, int], known: Mapping[str, str | None]) -> Iterable[str]:
    codes = {measure.code for measure in page.measures}
    titles = {measure.title for measure in page.measures}
    for measure_id, title in known.items():
        code = measure_id.partition("/")[0]
        is_named = code not in codes and re.search(rf"(?<![\d.]){re.escape(code)}(?!\d|\.\d)", page.text)
        is_titled = title and len(title) >= _SHORTEST_TITLE and title not in titles and title in page.text
        if measure_id not in filled and (is_named or is_titled):
            yield measure_id


class Series:
    """The figures of a source's last published captures. Can be pickled."""

    def __init__(self) -> None:
        self.figures: list[Figures] = []
        self._titles: dict[str, str | None] = {}

    def take(self, page: Page, *, accepted: bool = False) -> None:
        """The next capture. ``accepted``: a person said that it is right as it is, so that everything before
        it is nothing to measure it by."""
        if accepted:
            self.figures, self._titles = [], {}
        self.figures.append(figures(page, self._titles))
        del self.figures[: -KEPT - 1]
        self._titles |= {measure.measure_id: measure.title for measure in page.measures}
        if len(self._titles) > len(self.figures[-1].filled):
            seen = {measure_id for one in self.figures for measure_id in one.filled}
            self._titles = {name: title for name, title in self._titles.items() if name in seen}

    def alarms(self) -> list[Alarm]:
        """See :func:`alarms`."""
        return alarms(self.figures)

    @property
    def newest(self) -> Figures | None:
        """The newest capture's figures; None where there is none."""
        return self.figures[-1] if self.figures else None


def alarms(series: Sequence[Figures]) -> list[Alarm]:
    """What the last of these captures gives rise to, the worst first; nothing where there are few of them."""
    if len(series) <= FEWEST:
        return []
    *past, newest = series[-KEPT - 1 :]
    worse = [
        *_fields_lost(past, newest),
        *_measures_lost(past, newest),
        *_coverage(past, newest),
        *_findings(past, newest),
    ]
    return worse or list(_layout(past[-1], newest))


def _fields_lost(past: Sequence[Figures], newest: Figures) -> Iterable[Alarm]:
    """Fields that measures have no more, although the measures are there."""
    had: dict[str, int] = defaultdict(int)
    lost: dict[str, list[int]] = defaultdict(list)
    for measure_id, mask in newest.filled.items():
        masks = [
            (place, one.filled[measure_id]) for place, one in enumerate(past) if measure_id in one.filled
        ]
        if len(masks) < _FEWEST_OF_MEASURE:
            continue
        for bit, name in enumerate(FIELDS):
            if _mostly(before >> bit & 1 for _, before in _early(masks)):
                had[name] += 1
                if not mask >> bit & 1:
                    lost[name].append(max(place for place, before in masks if before >> bit & 1))
    for name, places in lost.items():
        if _is_much(len(places), had[name]):
            times = len(set(places))
            yield Alarm(
                "field_lost",
                "warning",
                name,
                f"{len(places)} of {had[name]} measures that had {_named(name)} have none any more"
                f"{_in(times)}",
            )


def _measures_lost(past: Sequence[Figures], newest: Figures) -> Iterable[Alarm]:
    early = _early(past)
    usual = [name for name in _ids(early) if _mostly(name in one.filled for one in early)]
    lost = [name for name in usual if name in newest.unread]
    if _is_much(len(lost), len(usual)):
        yield Alarm(
            "measures_lost",
            "warning",
            None,
            f"{len(lost)} of {len(usual)} measures are not read any more, although the page still names "
            f"them: {', '.join(lost[:3])}{' …' if len(lost) > 3 else ''}",
        )
        return
    before = median(one.measures for one in early)
    text = median(one.characters for one in early)
    # An editor who takes measures off takes their text off too.
    is_still_there = newest.characters > text * _TEXT_LEFT
    if newest.measures * 2 < before and before - newest.measures >= _FEW_LOST and is_still_there:
        yield Alarm(
            "measures_fell",
            "warning",
            None,
            f"it has {newest.measures} measures in as much text as held {before:g} before",
        )


def _coverage(past: Sequence[Figures], newest: Figures) -> Iterable[Alarm]:
    usual, spread = _usual(one.coverage for one in _early(past))
    if usual - newest.coverage > max(_COVERAGE_LOST, _DEVIATIONS * spread):
        yield Alarm(
            "coverage_fell",
            "warning",
            None,
            f"{newest.coverage:.0%} of its text is understood, before it was {usual:.0%}",
        )


def _findings(past: Sequence[Figures], newest: Figures) -> Iterable[Alarm]:
    """A page that grew may have as many more of them as it has more measures."""
    early = _early(past)
    usual, spread = _usual(one.warnings for one in early)
    measures = median(one.measures for one in early)
    expected = usual * max(1.0, newest.measures / measures) if measures else usual
    if newest.warnings - expected > max(_MORE_FINDINGS, usual / 2, _DEVIATIONS * spread):
        yield Alarm(
            "findings_rose",
            "warning",
            None,
            f"{newest.warnings} warnings are found on it, before there were {usual:g}",
        )


def _layout(before: Figures, newest: Figures) -> Iterable[Alarm]:
    """Lines set otherwise than in the capture before, while all else is read as well as ever."""
    roles = [role for role in ("title", "label", "text") if _distance(before, newest, role) >= _LOOKS_CHANGED]
    if roles:
        words = {"title": "titles", "label": "labels", "text": "values"}
        named = " and ".join(words[role] for role in roles)
        yield Alarm(
            "layout_changed", "info", None, f"its {named} are set otherwise; everything is still read"
        )


def _distance(before: Figures, newest: Figures, role: str) -> float:
    """Total variation between the ways in which lines of a role are set: 0 the same, 1 nothing in common."""
    sides = [{look.way: look.lines for look in one.looks if look.role == role} for one in (before, newest)]
    totals = [sum(side.values()) for side in sides]
    if min(totals) < _FEWEST_LOOKS:
        return 0.0
    shares = [
        {way: count / total for way, count in side.items()} for side, total in zip(sides, totals, strict=True)
    ]
    return sum(abs(shares[0].get(way, 0) - shares[1].get(way, 0)) for way in sides[0].keys() | sides[1]) / 2


def _early(some: Sequence[T]) -> Sequence[T]:
    """The older half: what was usual before a slow loss began."""
    return some[: (len(some) + 1) // 2]


def median(values: Iterable[float]) -> float:
    """The middle one, or the mean of the two in the middle; ``statistics`` is slow to import."""
    seen = sorted(values)
    return (seen[(len(seen) - 1) // 2] + seen[len(seen) // 2]) / 2


def _usual(values: Iterable[float]) -> tuple[float, float]:
    """The median, and the median distance from it."""
    seen = list(values)
    middle = median(seen)
    return middle, median(abs(value - middle) for value in seen)


def _mostly(some: Iterable[object]) -> bool:
    answers = [bool(one) for one in some]
    return sum(answers) * 2 > len(answers)


def _is_much(lost: int, had: int) -> bool:
    """More than a tenth, and three at least; two where that is more than half."""
    return lost > had * _SHARE_LOST and (lost >= _FEW_LOST or (lost > 1 and lost * 2 > had))


def _ids(some: Iterable[Figures]) -> list[str]:
    return list(dict.fromkeys(name for one in some for name in one.filled))


def _named(field: str) -> str:
    return _WORDS.get(field, field)


def _in(times: int) -> str:
    return "" if times == 1 else f", lost in {times} steps"

"""All schedules by quarter, drawn: where each step stands now, and where it stood before it slipped."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, NamedTuple

from pipeline.printable import printable
from pipeline.site.calendar import Scale, days_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from parsers.records import Measure, Milestone
    from pipeline.annals import Annals
    from pipeline.site.facts import Facts

QUARTER = 22
_HEIGHT, _MIDDLE, _AXIS = 30, 15, 34
# Room beside the first and the last quarter for a shape that stands on their edge.
_EDGE = 8
_BEYOND = 200
# Years around the newest capture that are drawn at most; what lies beyond stands at the edge.
_BEFORE, _AFTER = 5, 9
# Each kind has a shape of its own, so that nothing hangs on colour.
SHAPES = {
    "regulation_approval": "M0 -6 6 0 0 6 -6 0Z",
    "selection_start": "M-5 -6 6 0 -5 6Z",
    "selection_end": "M5 -6 -6 0 5 6Z",
    "project_approval": "M-5 0a5 5 0 1 0 10 0a5 5 0 1 0 -10 0Z",
    "eligibility_start": "M-6 5 0 -6 6 5Z",
    "implementation_start": "M-6 -5 0 6 6 -5Z",
    "completion": "M-5 -5H5V5H-5Z",
    "other": "M-6 -1.5H-1.5V-6H1.5V-1.5H6V1.5H1.5V6H-1.5V1.5H-6Z",
}


class Slip(NamedTuple):
    """A step that stood elsewhere before. ``period``: then; ``now``: the first day of where it went."""

    kind: str
    period: str
    now: date


class Row(NamedTuple):
    """A measure's schedule. ``slips``: the newest first."""

    measure: Measure
    slips: tuple[Slip, ...]


def rows(facts: Facts) -> list[tuple[str | None, list[Row]]]:
    """The measures that have a schedule, under their themes, in the order of the pages."""
    groups: dict[str | None, list[Row]] = {}
    for one in facts.in_order:
        measure = one.measure
        if measure.milestones:
            found = tuple(slips(facts.annals, measure.measure_id, one.origin.source))
            groups.setdefault(measure.theme, []).append(Row(measure, found))
    return list(groups.items())


def slips(annals: Annals, measure_id: str, source: str) -> Iterator[Slip]:
    """Where the steps of a measure stood before they moved, as the source told it that has it now."""
    for teller, moved in annals.moves(measure_id):
        now = days_of(moved.new)
        if teller == source and now:
            yield Slip(moved.kind, moved.old, now[0])


def scale(measures: Iterable[Row], today: date | None) -> Scale | None:
    """A scale that holds the schedules; None where there is nothing to hold."""
    days = [day for row in measures for day in _days(row)]
    if not days:
        return None
    first, last = min(days).year, max(days).year
    if today:
        first, last = max(first, today.year - _BEFORE), min(last, today.year + _AFTER)
    return Scale(first, max(last, first), QUARTER)


def _days(row: Row) -> Iterator[date]:
    for milestone in row.measure.milestones:
        yield milestone.start_date
        yield milestone.end_date
    for slip in row.slips:
        yield from days_of(slip.period) or ()


def axis(on: Scale, quarters: tuple[str, ...]) -> str:
    """An ``<svg>`` with the years, and the ``quarters`` of each by their names."""
    drawn = []
    for year in on.years:
        left = (year - on.first) * 4 * on.quarter
        drawn.append(f'<text class="year" x="{left + 4}" y="13">{year}</text>')
        for place, name in enumerate(quarters):
            middle = left + place * on.quarter + on.quarter / 2
            drawn.append(f'<text class="quarter" x="{middle:g}" y="29" text-anchor="middle">{name}</text>')
    return _svg(on, _AXIS, "".join(drawn), "")


def schedule(row: Row, on: Scale, today: date | None, words: dict[str, str], title: str) -> str:
    """An ``<svg>`` of one measure. ``words``: the steps by their kinds; ``title``: what reads aloud."""
    drawn = [*_grid(on, today)]
    window = _window(row.measure)
    if window:
        start, end = on.at(window[0]), on.at(window[1], end=True)
        drawn.append(_band("window", start, end, 8))
    for slip in reversed(row.slips):
        drawn += _ghost(slip, on, words)
    for milestone in row.measure.milestones:
        drawn += _step(milestone, on, words)
    return _svg(on, _HEIGHT, "".join(drawn), title)


def _svg(on: Scale, height: int, content: str, title: str) -> str:
    said = f'role="img" aria-label="{_safe(title)}"' if title else 'aria-hidden="true"'
    box = f"{-_EDGE} 0 {on.width + 2 * _EDGE} {height}"
    return (
        f'<svg class="strip" {said} width="{on.width + 2 * _EDGE}" height="{height}" viewBox="{box}">'
        f"{content}</svg>"
    )


def _grid(on: Scale, today: date | None) -> Iterator[str]:
    """Lines that go on above and below, as far as the row is high."""
    through = f"-{_BEYOND}V{_HEIGHT + _BEYOND}"
    lines = "".join(f"M{place * 4 * on.quarter} {through}" for place in range(len(on.years) + 1))
    yield f'<path class="grid" d="{lines}"/>'
    if today and on.holds(today):
        yield f'<path class="today" d="M{on.at(today):g} {through}"/>'


def _window(measure: Measure) -> tuple[date, date] | None:
    """From the beginning of the selection to its end, where both are known and in this order."""
    starts = [one.start_date for one in measure.milestones if one.kind == "selection_start"]
    ends = [one.end_date for one in measure.milestones if one.kind == "selection_end"]
    return (min(starts), max(ends)) if starts and ends and min(starts) <= max(ends) else None


def _step(milestone: Milestone, on: Scale, words: dict[str, str]) -> Iterator[str]:
    """The period as a band, as wide as what is not known, and the shape in the middle of it."""
    start, end = on.at(milestone.start_date), on.at(milestone.end_date, end=True)
    said = f"<title>{_safe(words.get(milestone.kind, milestone.kind))}: {_safe(milestone.period)}</title>"
    yield f'<g class="step">{said}'
    if milestone.precision != "day":
        yield _band("span", start, end, 18)
    yield f"{_shape(milestone.kind, (start + end) / 2)}</g>"


def _band(name: str, start: float, end: float, height: int) -> str:
    width = max(end - start, 2)
    top = _MIDDLE - height // 2
    return f'<rect class="{name}" x="{start:g}" y="{top}" width="{width:g}" height="{height}"/>'


def _ghost(slip: Slip, on: Scale, words: dict[str, str]) -> Iterator[str]:
    was = days_of(slip.period)
    if was is None:
        return
    middle = (on.at(was[0]) + on.at(was[1], end=True)) / 2
    said = f"<title>{_safe(words.get(slip.kind, slip.kind))}: {_safe(slip.period)} ✗</title>"
    yield f'<g class="ghost">{said}<path class="way" d="M{middle:g} {_MIDDLE}H{on.at(slip.now):g}"/>'
    yield f"{_shape(slip.kind, middle)}</g>"


def _shape(kind: str, x: float) -> str:
    path = SHAPES.get(kind, SHAPES["other"])
    return f'<path class="{_safe(kind)}" transform="translate({x:g} {_MIDDLE})" d="{path}"/>'


def key(kind: str, *, ghost: bool = False) -> str:
    """An ``<svg>`` of one shape, for the legend."""
    shape = _shape(kind, 10)
    return (
        f'<svg class="strip key" aria-hidden="true" width="20" height="{_HEIGHT}">'
        f'<g class="{"ghost" if ghost else "step"}">{shape}</g></svg>'
    )


WINDOW_KEY = (
    f'<svg class="strip key" aria-hidden="true" width="20" height="{_HEIGHT}">'
    f'<rect class="window" x="0" y="{_MIDDLE - 4}" width="20" height="8"/></svg>'
)
TODAY_KEY = (
    f'<svg class="strip key" aria-hidden="true" width="20" height="{_HEIGHT}">'
    f'<path class="today" d="M10 0V{_HEIGHT}"/></svg>'
)


def _safe(words: str) -> str:
    return escape(printable(words))

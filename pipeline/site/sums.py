"""What the overview adds up, and what it looks ahead to. Every measure counts once over all pages."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

    from parsers.records import Measure, Milestone
    from pipeline.site.facts import Standing

EU_FUNDS = ("erdf", "esf_plus", "cf", "jtf", "rrf")
_NOTHING = Decimal(0)


class Share(NamedTuple):
    """A part of the money. ``key`` is None for what the pages do not say; ``amount`` in euro."""

    key: str | None
    amount: Decimal
    measures: int


class Step(NamedTuple):
    """A milestone with the measure that it belongs to. ``end``: the last day of its window, where known."""

    measure: Measure
    milestone: Milestone
    end: Milestone | None = None


def by_theme(standing: Iterable[Standing]) -> list[Share]:
    """EU funding by the heading that a measure stands under, in the order of the pages."""
    return _shares(standing, lambda measure: [(measure.theme, measure.eu_funding_eur)], in_order=True)


def by_fund(standing: Iterable[Standing]) -> list[Share]:
    """EU funding by fund, the biggest first; None: what no fund is named for."""
    return _shares(standing, _funds)


def by_applicant_type(standing: Iterable[Standing]) -> list[Share]:
    """EU funding that each type of applicant may apply for. Measures open to several count for each."""
    return _shares(standing, _types)


def _shares(
    standing: Iterable[Standing],
    parts: Callable[[Measure], list[tuple[str | None, Decimal | None]]],
    *,
    in_order: bool = False,
) -> list[Share]:
    amounts: defaultdict[str | None, Decimal] = defaultdict(Decimal)
    counts: defaultdict[str | None, int] = defaultdict(int)
    for one in standing:
        for key, amount in parts(one.measure):
            amounts[key] += amount or _NOTHING
            counts[key] += 1
    shares = [Share(key, amount, counts[key]) for key, amount in amounts.items()]
    shares.sort(key=lambda share: (share.key is None, 0 if in_order else -share.amount))
    return shares


def _funds(measure: Measure) -> list[tuple[str | None, Decimal | None]]:
    parts: dict[str | None, Decimal | None] = {
        one.fund: one.amount_eur for one in measure.funding if one.fund in EU_FUNDS
    }
    if measure.eu_funding_eur is None:
        return list(parts.items())
    rest = measure.eu_funding_eur - sum((amount or _NOTHING for amount in parts.values()), _NOTHING)
    return [*parts.items(), (None, rest)] if rest > 0 else list(parts.items())


def _types(measure: Measure) -> list[tuple[str | None, Decimal | None]]:
    types: dict[str | None, None] = dict.fromkeys(one.applicant_type for one in measure.applicants)
    return [(kind, measure.eu_funding_eur) for kind in types or (None,)]


def open_now(standing: Iterable[Standing], today: date) -> list[Step]:
    """Selections of which both ends are known, and which stand open on that day."""
    found = []
    for one in standing:
        for start in _of(one.measure, "selection_start"):
            ends = [end for end in _of(one.measure, "selection_end") if end.end_date >= start.start_date]
            last = min(ends, key=lambda end: end.end_date, default=None)
            if last and start.end_date <= today <= last.end_date:
                found.append(Step(one.measure, start, last))
    return sorted(found, key=lambda step: step.end.end_date if step.end else step.milestone.end_date)


def starting(standing: Iterable[Standing], today: date) -> list[Step]:
    """Selections that begin on that day or later, or may still, the first to come first."""
    steps = [
        Step(one.measure, start)
        for one in standing
        for start in _of(one.measure, "selection_start")
        if start.end_date >= today
    ]
    return sorted(steps, key=lambda step: (step.milestone.start_date, step.milestone.end_date))


def _of(measure: Measure, kind: str) -> list[Milestone]:
    return [milestone for milestone in measure.milestones if milestone.kind == kind]

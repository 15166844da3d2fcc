"""What the values of a page say against each other: order, sums, plausibility."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from parsers import codes
from parsers.label_funds import EU_FUNDS
from parsers.ledger import Ledger
from parsers.records import Headline, Measure, Milestone

# Steps that follow one another; a later one is not over before an earlier one begins.
_ORDER = ("regulation_approval", "selection_start", "selection_end", "project_approval", "completion")
_STARTS = ("selection_start", "implementation_start")
_NAMES = {
    "regulation_approval": ("approval of the regulation", "noteikumu apstiprināšana"),
    "selection_start": ("start of selection", "atlases uzsākšana"),
    "selection_end": ("end of selection", "atlases noslēgums"),
    "project_approval": ("approval of projects", "projektu apstiprināšana"),
    "implementation_start": ("start of implementation", "īstenošanas uzsākšana"),
    "completion": ("completion", "īstenošanas noslēgums"),
}
# A printed number stands for what rounds to it: half of its last digit.
_HALF = Decimal("0.5")
# No measure has less: its unit (``tūkst.``, ``milj.``) is printed where nobody reads it, or is missing.
_LEAST_FUNDING = 100


def check_measures(ledger: Ledger, measures: Sequence[Measure]) -> None:
    """Findings about codes, amounts and schedules."""
    counts = Counter(measure.measure_id for measure in measures)
    seen: set[str] = set()
    before: Measure | None = None
    key_before: tuple[tuple[int, ...], int] = ((), 0)
    for measure in measures:
        span = (measure.start, measure.start)
        if counts[measure.measure_id] > 1 and measure.measure_id in seen:
            ledger.find(
                "duplicate_code",
                *span,
                measure_id=measure.measure_id,
                field="code",
                count=counts[measure.measure_id],
            )
        seen.add(measure.measure_id)
        key = _key(measure)
        if before is not None and key < key_before:
            ledger.find(
                "code_out_of_order",
                *span,
                measure_id=measure.measure_id,
                field="code",
                before=before.measure_id,
            )
        before, key_before = measure, key
        _check_funding(ledger, measure)
        _check_order(ledger, measure)


def _key(measure: Measure) -> tuple[tuple[int, ...], int]:
    return codes.sort_key(measure.code), measure.round or 0


def _check_funding(ledger: Ledger, measure: Measure) -> None:
    span = (measure.start, measure.start)
    if measure.eu_funding_eur is None:
        ledger.find("measure_without_amount", *span, measure_id=measure.measure_id, field="eu_funding_eur")
        return
    if measure.eu_funding_eur < _LEAST_FUNDING:
        ledger.find(
            "amount_implausible",
            *_place_of(ledger, measure, measure.eu_funding_eur),
            measure_id=measure.measure_id,
            field="eu_funding_eur",
        )
    totals = [row for row in measure.funding if row.fund == "total" and row.qualifier == "exact"]
    of_eu = any(row.fund in EU_FUNDS for row in measure.funding)
    # What the EU gives in all is a part of the total where its funds are not told apart.
    left_out = {"total", "flexibility", "eu_total"} if of_eu else {"total", "flexibility"}
    parts = [row for row in measure.funding if row.fund not in left_out]
    for total in totals[:1]:
        if measure.eu_funding_eur > total.amount_eur:
            ledger.find(
                "share_implausible",
                *_place_of(ledger, measure, total.amount_eur),
                measure_id=measure.measure_id,
                field="eu_funding_eur",
            )
        stated = sum((row.amount_eur for row in parts), Decimal(0))
        complete = any(row.fund in {"national", "state_budget", "municipal", "private"} for row in parts)
        if (
            complete
            and all(row.qualifier == "exact" for row in parts)
            and abs(stated - total.amount_eur) > len(parts)
        ):
            ledger.find(
                "sum_mismatch",
                *span,
                measure_id=measure.measure_id,
                field="funding",
                parts=money(stated),
                total=money(total.amount_eur),
            )


def _place_of(ledger: Ledger, measure: Measure, amount: Decimal) -> tuple[int, int]:
    """Where that amount of a measure is printed; where the measure begins if it is a sum of others."""
    row = next((row for row in measure.funding if row.amount_eur == amount), None)
    place = ledger.text.find(row.text, measure.start) if row is not None else -1
    return (
        (place, place + len(row.text)) if row is not None and place >= 0 else (measure.start, measure.start)
    )


def _check_order(ledger: Ledger, measure: Measure) -> None:
    first = {milestone.kind: milestone for milestone in reversed(measure.milestones)}
    steps = [first[kind] for kind in _ORDER if kind in first]
    for earlier, later in pairwise(steps):
        _compare(ledger, measure, earlier, later)
    for kind in _STARTS:
        if kind in first and "completion" in first and first[kind] not in steps:
            _compare(ledger, measure, first[kind], first["completion"])


def _compare(ledger: Ledger, measure: Measure, earlier: Milestone, later: Milestone) -> None:
    if later.end_date >= earlier.start_date:
        return
    ledger.find(
        "milestone_order",
        measure.start,
        measure.start,
        measure_id=measure.measure_id,
        field="milestones",
        later=_NAMES[later.kind][0],
        later_lv=_NAMES[later.kind][1],
        later_period=later.period,
        earlier=_NAMES[earlier.kind][0],
        earlier_lv=_NAMES[earlier.kind][1],
        earlier_period=earlier.period,
    )


def check_headlines(ledger: Ledger, headlines: Sequence[Headline], measures: Sequence[Measure]) -> None:
    """The page's own parts and measures against the totals that it states, rounding considered.

    Totals are amounts in running text; parts are amounts with a label. A share beyond 100 % cannot be.
    """
    for headline in headlines:
        if headline.share_percent is not None and headline.share_percent > 100:
            place = ledger.text.find(headline.text)
            ledger.find("share_implausible", place, place + len(headline.text), field="share_percent")
    totals = [headline for headline in headlines if headline.label is None]
    parts = [
        headline for headline in headlines if headline.label is not None and headline.qualifier != "range"
    ]
    if not totals:
        return
    if len(parts) > 1:
        stated = sum((part.amount_eur for part in parts), Decimal(0))
        slack = sum((_rounding(part) for part in parts), Decimal(0))
        if not any(_agrees(stated, slack, total) for total in totals):
            _say(ledger, "sum_mismatch", stated, totals)
    amounts = [measure.eu_funding_eur for measure in measures if measure.eu_funding_eur is not None]
    if len(amounts) > 1:
        stated = sum(amounts, Decimal(0))
        if not any(_agrees(stated, Decimal(0), total) for total in totals):
            _say(ledger, "measures_sum_mismatch", stated, totals)


def _rounding(headline: Headline) -> Decimal:
    """Half of the last printed digit: of 83,6 milj. half of 100 000."""
    amount = headline.amount_eur
    step = Decimal(1)
    while amount and amount % (step * 10) == 0:
        step *= 10
    return step * _HALF


def _agrees(stated: Decimal, slack: Decimal, total: Headline) -> bool:
    slack += _rounding(total)
    if total.qualifier in {"more_than", "at_least"}:
        return total.amount_eur - slack <= stated <= total.amount_eur + 2 * slack
    if total.qualifier == "up_to":
        return stated <= total.amount_eur + slack
    return abs(stated - total.amount_eur) <= slack


def _say(ledger: Ledger, code: str, stated: Decimal, totals: Sequence[Headline]) -> None:
    place = max(ledger.text.find(totals[0].text), 0)
    ledger.find(
        code,
        place,
        place + len(totals[0].text),
        field="headlines",
        parts=money(stated),
        total=" / ".join(dict.fromkeys(money(total.amount_eur) for total in totals)),
    )


def money(amount: Decimal) -> str:
    """``250 147 232``: grouped as Latvian prints it."""
    return f"{amount:,f}".replace(",", " ").replace(".", ",")

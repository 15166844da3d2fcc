"""Whether a capture may stand for its page: a wreck is kept in raw/ and never published.

Pure: the page before, the new one and what is expected of the source go in, reasons come out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Protocol

from parsers.records import Measure, Page
from pipeline.changes.figures import euro
from pipeline.changes.match import match
from pipeline.printable import printable
from pipeline.sums import eu_funding

_MOST_LOST = 0.2
_COVERAGE_POINTS = 10
_FEWEST_TO_COMPARE = 3

# Of these a page loses some in an ordinary edit, all at once only where it is read no more.
_FIELDS: dict[str, Callable[[Measure], object]] = {
    "schedule": lambda measure: measure.milestones,
    "objective": lambda measure: measure.objective,
    "applicants": lambda measure: measure.applicants,
}
_NO_PAGE = {
    "empty_page": "the capture holds no text at all",
    "not_text": "the capture is no text (an image, an archive or the like)",
}


class Expectations(Protocol):
    """What sources.toml expects of a source (:class:`pipeline.config.Source`)."""

    @property
    def min_measures(self) -> int: ...
    @property
    def every_measure_has_amount(self) -> bool: ...
    @property
    def eu_funding_between(self) -> tuple[Decimal, Decimal] | None: ...


def judge(previous: Page | None, new: Page, source: Expectations) -> list[str]:
    """Why ``new`` must not replace ``previous``, the last good page (None: none yet); empty where it may.

    Each reason is a sentence with figures, without a full stop. One measure gone, or a fifth of them, is an
    edit as long as the rest is well read; so is one amount.
    """
    codes = {found.code for found in new.findings}
    for code, reason in _NO_PAGE.items():
        if code in codes:
            return [reason]
    worse = [] if previous is None or new is previous else list(_worse(previous, new))
    return [*_error_page(new), *worse, *_broken(new, source)]


def _error_page(new: Page) -> Iterator[str]:
    for found in new.findings:
        if found.code == "error_page":
            yield printable(found.message)


def _worse(previous: Page, new: Page) -> Iterator[str]:
    """What the new page lost."""
    if previous.language and new.language and _main(previous.language) != _main(new.language):
        yield f"its language is {printable(new.language)}, before it was {printable(previous.language)}"
    if _has(new, "truncated_page") and not _has(previous, "truncated_page"):
        yield f"it ends in the middle, after {len(new.text)} characters (before: {len(previous.text)})"
    yield from _measures_gone(previous, new)
    before, after = _coverage(previous), _coverage(new)
    if before - after > _COVERAGE_POINTS:
        yield f"only {after:.0f} % of its text is understood, before it was {before:.0f} %"


def _measures_gone(previous: Page, new: Page) -> Iterator[str]:
    matched = match(previous.measures, new.measures)
    before, gone = len(previous.measures), len(matched.removed)
    if before and not new.measures:
        yield f"it has no measure, before there were {before}"
        return
    if gone > max(1, before * _MOST_LOST):
        yield f"{gone} of {before} measures are gone"
    stay = matched.kept + matched.renumbered
    with_amount = [pair for pair in stay if pair[0].eu_funding_eur is not None]
    lost = sum(after.eu_funding_eur is None for _, after in with_amount)
    if lost > max(1, len(with_amount) * _MOST_LOST):
        yield f"{lost} of {len(with_amount)} measures that had an amount have none"
    for name, value in _FIELDS.items():
        if any(value(before) and value(after) for before, after in stay):
            continue
        filled = sum(bool(value(before)) for before, _ in stay)
        if filled >= _FEWEST_TO_COMPARE:
            yield f"none of {filled} measures has its {name} any more"


def _broken(new: Page, source: Expectations) -> Iterator[str]:
    """Expectations of sources.toml that do not hold."""
    count = len({measure.measure_id for measure in new.measures})
    if count < source.min_measures:
        yield f"it has {_measures(count)}, sources.toml expects at least {source.min_measures}"
    if source.every_measure_has_amount:
        without = [measure.measure_id for measure in new.measures if measure.eu_funding_eur is None]
        if without:
            verb = "has" if len(without) == 1 else "have"
            yield f"{_some(without)} {verb} no amount, sources.toml expects one of every measure"
    if source.eu_funding_between is not None:
        least, most = source.eu_funding_between
        total = eu_funding(new)
        if not least <= total <= most:
            bounds = f"between {euro(least, 'en')} and {euro(most, 'en')}"
            yield f"its EU funding adds up to {euro(total, 'en')}, sources.toml expects {bounds}"


def _measures(count: int) -> str:
    return {0: "no measure", 1: "1 measure"}.get(count, f"{count} measures")


def _some(names: list[str], most: int = 3) -> str:
    rest = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(names[:most]) + rest


def _coverage(page: Page) -> float:
    whole = page.coverage.characters
    return 100 * page.coverage.claimed / whole if whole else 100.0


def _has(page: Page, code: str) -> bool:
    return any(found.code == code for found in page.findings)


def _main(language: str) -> str:
    return language.partition("-")[0].lower()

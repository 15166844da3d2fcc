"""Sentences and lines that several verbs print."""

from __future__ import annotations

from collections import Counter
from datetime import UTC
from typing import TYPE_CHECKING

from pipeline.changes.figures import euro

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import datetime, timedelta
    from decimal import Decimal

    from parsers.records import Finding, Measure, Page

_NAMES = {"error": ("error", "errors"), "warning": ("warning", "warnings"), "info": ("note", "notes")}


def counted(count: int, one: str, several: str) -> str:
    """``1 measure``, ``15 measures``, ``no measures``."""
    return f"{count or 'no'} {one if count == 1 else several}"


def found(findings: Iterable[Finding]) -> str:
    """``2 warnings and 14 notes``."""
    return severities(Counter(each.severity for each in findings))


def severities(counts: Mapping[str, int]) -> str:
    """The same from counts by severity."""
    parts = [counted(counts[key], *names) for key, names in _NAMES.items() if counts.get(key)]
    if not parts:
        return "no findings"
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def moment(when: datetime | None) -> str:
    """``2025-03-01 06:30 UTC``."""
    return f"{when.astimezone(UTC):%Y-%m-%d %H:%M} UTC" if when else "at an unknown time"


def rhythm(every: timedelta) -> str:
    """As sources.toml has it: ``1d``, ``12h``, ``30m``."""
    minutes = int(every.total_seconds()) // 60
    for unit, length in (("d", 24 * 60), ("h", 60)):
        if minutes % length == 0:
            return f"{minutes // length}{unit}"
    return f"{minutes}m"


def measure_lines(page: Page) -> Iterator[tuple[str, str, str, str]]:
    """Id, EU funding, kind of selection and title of each measure."""
    for measure in page.measures:
        yield measure.measure_id, funding(measure), measure.selection_type or "", measure.title or ""


def funding(measure: Measure) -> str:
    """A measure's EU funding; nothing where there is no amount."""
    if measure.eu_funding_eur is None:
        return ""
    return amount(measure.eu_funding_eur, measure.eu_funding_max_eur, measure.funding_qualifier)


def amount(least: Decimal, most: Decimal | None, qualifier: str | None) -> str:
    """``€3,697,500``, ``more than €5,000,000``, ``€1,000,000 to €2,000,000``."""
    if most is not None:
        return f"{euro(least, 'en')} to {euro(most, 'en')}"
    words = {"exact": "", "approximate": "about "}.get(
        qualifier or "exact", f"{qualifier} ".replace("_", " ")
    )
    return words + euro(least, "en")

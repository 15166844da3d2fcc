"""What a run says of the dataset, kept in state/cache/ so that a quiet run need not parse a page."""

from __future__ import annotations

import json
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from pipeline import durable, sealed
from pipeline.drift import Alarm

if TYPE_CHECKING:
    from pathlib import Path

FILE_NAME = "overview.json"


class Withheld(NamedTuple):
    """A source's newest capture, kept and not published. ``reasons``: a sentence each."""

    source: str
    capture: str
    reasons: tuple[str, ...]


class Standing(NamedTuple):
    """How a source's published page is read. ``changed_at``: when it last changed, None where it never did or
    nobody knows. ``coverage``: share of the text understood; ``fill``: of measures that have a field;
    ``findings``: how many of each severity."""

    changed_at: datetime | None
    measures: int
    coverage: float
    fill: dict[str, float]
    findings: dict[str, int]
    drift: tuple[Alarm, ...]


class Overview(NamedTuple):
    """``inputs``: the digest that it belongs to. ``published``: each source's capture that the tables hold.

    ``eu_funding``: euro, each measure once over all pages. ``findings``: how many of each severity.
    ``sources``: those that have a published capture.
    """

    inputs: str
    published: dict[str, str]
    measures: int
    eu_funding: Decimal
    findings: dict[str, int]
    withheld: tuple[Withheld, ...]
    sources: dict[str, Standing]


def new_alarms(before: Overview | None, after: Overview) -> list[tuple[str, Alarm]]:
    """Sources and their drift warnings that were not there before."""
    known = {
        (source, alarm.kind, alarm.field)
        for source, one in (before.sources if before else {}).items()
        for alarm in one.drift
    }
    return [
        (source, alarm)
        for source, one in after.sources.items()
        for alarm in one.drift
        if alarm.severity != "info" and (source, alarm.kind, alarm.field) not in known
    ]


def load(state: Path) -> Overview | None:
    """That of the last run; None where there is none that can be read."""
    try:
        fields = json.loads(sealed.json_opened((state / "cache" / FILE_NAME).read_bytes()))
        fields["eu_funding"] = Decimal(fields["eu_funding"])
        fields["withheld"] = tuple(
            Withheld(source, capture, tuple(reasons)) for source, capture, reasons in fields["withheld"]
        )
        # The first release had no standing of sources: what it published is known all the same.
        fields["sources"] = {source: _standing(one) for source, one in fields.get("sources", {}).items()}
        return Overview(**fields)
    except (OSError, ValueError, ArithmeticError, LookupError, TypeError, AttributeError):
        return None  # a cache: what it would say is made anew


def save(state: Path, overview: Overview) -> None:
    """Keep it for the next run. Raises OSError."""
    sources = {source: one._asdict() for source, one in overview.sources.items()}
    fields = overview._asdict() | {"eu_funding": str(overview.eu_funding), "sources": sources}
    folder = state / "cache"
    folder.mkdir(parents=True, exist_ok=True)
    content = json.dumps(fields, ensure_ascii=False, default=str).encode()
    durable.replace(folder / FILE_NAME, [sealed.json_sealed(content)])


def _standing(fields: dict[str, Any]) -> Standing:
    changed = fields["changed_at"]
    return Standing(
        datetime.fromisoformat(changed) if changed else None,
        int(fields["measures"]),
        float(fields["coverage"]),
        dict(fields["fill"]),
        dict(fields["findings"]),
        tuple(Alarm(*alarm) for alarm in fields["drift"]),
    )

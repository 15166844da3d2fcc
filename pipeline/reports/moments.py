"""The reports of a history: one for each moment at which something was seen to have changed.

Files are named by that moment and not by a run, so that they are the same whenever and however often they are
made: ``2025-04-01T0630.lv.html``.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import groupby
from typing import TYPE_CHECKING

from pipeline.formats import csv_lines
from pipeline.reports.data import as_json, rows
from pipeline.reports.html import as_html
from pipeline.reports.markdown import as_markdown
from pipeline.reports.record import Pair, Report
from pipeline.schema import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

FOLDER = "reports"
LANGUAGES = ("lv", "en")
# A run captures several pages within minutes: what is seen within an hour is one report.
_ONE_MOMENT = timedelta(hours=1)


def by_moment(told: Iterable[Pair]) -> Iterator[tuple[str, Report]]:
    """The reports with their names, oldest first. Captures of unknown time come first, each on its own."""
    told = list(told)
    undated = sorted((pair for pair in told if pair.new.captured_at is None), key=_order)
    for name, some in groupby(undated, key=_order):
        yield f"undated-{name}", Report(list(some))
    dated = [(when, place, pair) for place, pair in enumerate(told) if (when := pair.new.captured_at)]
    group: list[tuple[datetime, int, Pair]] = []
    for one in sorted(dated, key=lambda each: each[:2]):
        if group and one[0] - group[0][0] > _ONE_MOMENT:
            yield _report(group)
            group = []
        group.append(one)
    if group:
        yield _report(group)


def files(told: Iterable[Pair]) -> Iterator[tuple[str, bytes]]:
    """Names and contents of all reports."""
    for name, report in by_moment(told):
        for language in LANGUAGES:
            yield f"{FOLDER}/{name}.{language}.md", f"{as_markdown(report, language)}\n".encode()
            yield f"{FOLDER}/{name}.{language}.html", f"{as_html(report, language)}\n".encode()
        yield f"{FOLDER}/{name}.json", f"{as_json(report)}\n".encode()
        lines = csv_lines(TABLES["changes"].columns, rows(report))
        yield f"{FOLDER}/{name}.csv", "".join(lines).encode()


def _order(pair: Pair) -> str:
    """Of a capture of unknown time its number among those of its source (see captures.capture_id)."""
    return (pair.new.capture or "").split("-")[1]


def _report(group: list[tuple[datetime, int, Pair]]) -> tuple[str, Report]:
    """The pages stand in the order of sources.toml."""
    name = f"{group[0][0].astimezone(UTC):%Y-%m-%dT%H%M}"
    return name, Report([pair for _, _, pair in sorted(group, key=lambda one: one[1])])

"""``pasakumi check``: findings, coverage, staleness, the pages' own totals."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from pipeline.archive import Archive
from pipeline.belonging import Belonging
from pipeline.changes.figures import euro, number, percent
from pipeline.cli_common import configuration, show
from pipeline.cli_words import amount, counted, moment, rhythm, severities
from pipeline.run_build import history_reader
from pipeline.schema import SEVERITIES
from pipeline.staleness import is_stale
from pipeline.state import published
from pipeline.sums import eu_funding

if TYPE_CHECKING:
    from argparse import Namespace

    from parsers.records import Finding, Headline
    from pipeline.captures import Capture
    from pipeline.chronicle import Chronicle, Refusal
    from pipeline.config import Source
    from pipeline.drift import Alarm
    from pipeline.state import State

_DEGRADED = 3
_LONGEST = 100


class Checked(NamedTuple):
    """A source with its good state, its newest capture, the newest step where that is withheld, and how it is
    read against its own past."""

    source: Source
    state: State | None
    newest: Capture | None
    withheld: Refusal | None
    drift: list[Alarm]

    @property
    def stale(self) -> bool:
        """Whether it was last seen longer ago than its rhythm allows; no time says no."""
        seen = self.newest.captured_at if self.newest else None
        return seen is not None and is_stale(seen, self.source.every, datetime.now(UTC))

    def findings(self, least: str) -> list[Finding]:
        """Those of this severity and worse, the worst first."""
        wanted = SEVERITIES[SEVERITIES.index(least) :]
        found = [one for one in self.state.page.findings if one.severity in wanted] if self.state else []
        return sorted(found, key=lambda one: -SEVERITIES.index(one.severity))


def run(options: Namespace) -> int:
    """Print what there is to show of every source; 3 where one is withheld. Raises UsageError, Failed."""
    config = configuration(options)
    archive = Archive(config.raw)
    newest = Belonging(archive, config.sources).newest
    history = history_reader(config, archive)
    checked = [_check(source, history(source), newest(source.id)) for source in config.sources]
    if options.format == "json":
        from pipeline.json_text import dumps

        print(dumps({"sources": [_json(one, options.severity) for one in checked]}))
    else:
        for place, one in enumerate(checked):
            show(*([""] if place else []), *_lines(one, options.severity))
    return _DEGRADED if any(one.withheld for one in checked) else 0


def _check(source: Source, history: Chronicle, newest: Capture | None) -> Checked:
    state = history.state
    shown = published(state) if state else None
    return Checked(source, shown, newest, history.withheld, history.series.alarms())


def _lines(one: Checked, least: str) -> Iterator[str]:
    yield f"{one.source.id}  {one.source.url}"
    yield f"  {_seen(one)}"
    if one.withheld:
        yield f"  withheld: capture {one.withheld.capture.id}: {'; '.join(one.withheld.withheld)}"
    if one.state is None:
        return
    page = one.state.page
    ids = {measure.measure_id for measure in page.measures}
    yield f"  {counted(len(ids), 'measure', 'measures')}, EU funding {euro(eu_funding(page), 'en')}"
    yield from (f"  the page states {_headline(headline)}" for headline in page.headlines)
    share = page.coverage.claimed / page.coverage.characters if page.coverage.characters else 1
    characters = number(page.coverage.characters, "en")
    yield f"  {share:.1%} of {characters} characters understood"
    counts = {severity: sum(each.severity == severity for each in page.findings) for severity in SEVERITIES}
    yield f"  {severities(counts)}"
    yield from (f"    {alarm.severity:<7}  drift: {alarm.message}" for alarm in one.drift)
    for found in one.findings(least):
        about = " ".join(filter(None, (found.measure_id, found.field)))
        about += ": " if about else ""
        yield f"    {found.severity:<7}  {about}{_one_line(found.message)}  [{found.code}]"


def _seen(one: Checked) -> str:
    if one.newest is None:
        return "never captured; `pasakumi fetch` captures it"
    late = f", which is longer ago than its rhythm of {rhythm(one.source.every)} allows" if one.stale else ""
    return f"last seen {moment(one.newest.captured_at)}{late}"


def _headline(headline: Headline) -> str:
    """``more than €231,300,000 (33%): Vispārējās izglītības jomā kopumā …``."""
    share = "" if headline.share_percent is None else f" ({percent(headline.share_percent, 'en')})"
    words = _one_line(headline.label or headline.text)
    words = words if len(words) <= _LONGEST else f"{words[:_LONGEST]}…"
    return f"{amount(headline.amount_eur, headline.amount_max_eur, headline.qualifier)}{share}: {words}"


def _one_line(words: str) -> str:
    return " ".join(words.split())


def _json(one: Checked, least: str) -> dict[str, Any]:
    told: dict[str, Any] = {
        "source": one.source.id,
        "url": one.source.url,
        "last_seen": one.newest.captured_at if one.newest else None,
        "stale": one.stale,
        "withheld": None,
        "capture": None,
    }
    if one.withheld:
        told["withheld"] = {"capture": one.withheld.capture.id, "reasons": list(one.withheld.withheld)}
    if one.state is None:
        return told
    page = one.state.page
    return told | {
        "capture": one.state.capture.id,
        "captured_at": one.state.capture.captured_at,
        "measures": len({measure.measure_id for measure in page.measures}),
        "eu_funding_eur": eu_funding(page),
        "headlines": list(page.headlines),
        "coverage": {"characters": page.coverage.characters, "claimed": page.coverage.claimed},
        "findings": one.findings(least),
        "drift": [alarm._asdict() for alarm in one.drift],
    }

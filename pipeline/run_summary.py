"""What a run did, in lines that a person wants to read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from pipeline.changes.figures import euro, number
from pipeline.run import NOT_REFRESHED

if TYPE_CHECKING:
    from pipeline.config import Config
    from pipeline.fetch_types import Outcome
    from pipeline.overview import Overview
    from pipeline.run import Fetched, Published, Result

_MOST_CHANGES = 20
_MOST_NAMES = 3
_SEVERITIES = {"error": ("error", "errors"), "warning": ("warning", "warnings"), "info": ("note", "notes")}


def summary(config: Config, result: Result) -> Iterator[str]:
    """All of it, a line each."""
    if result.fetched:
        yield from fetched_lines(result.fetched)
    yield from published_lines(config, result.published)


def outcome_line(outcome: Outcome) -> str:
    """What came of one page."""
    return f"{outcome.source}: {outcome.kind}, {outcome.message}"


def fetched_lines(fetched: Fetched) -> Iterator[str]:
    """How the pages answered, and why those did not that did not."""
    outcomes = fetched.outcomes
    missed = not_refreshed(fetched)
    if outcomes and len(missed) == len(outcomes):
        yield "The sources can't be reached; everything is built from the captures in raw/."
    else:
        kinds = [
            (kind, sum(outcome.kind == kind for outcome in outcomes)) for kind in ("fetched", "unchanged")
        ]
        told = ", ".join(f"{count} {kind}" for kind, count in kinds if count)
        rest = f"{', ' if told else ''}{len(missed)} not refreshed" if missed else ""
        yield f"{_counted(len(outcomes), 'page', 'pages')}: {told}{rest}."
    yield from (f"  {line}" for line in missed_lines(missed))
    yield from (f"  {note}" for note in fetched.notes)


def missed_lines(missed: Sequence[Outcome]) -> Iterator[str]:
    """A line for each reason, naming all pages that it kept away."""
    reasons: dict[str, list[str]] = {}
    for outcome in missed:
        reasons.setdefault(outcome.message, []).append(outcome.source)
    for reason, sources in reasons.items():
        yield f"{', '.join(sources)}: {reason}"


def not_refreshed(fetched: Fetched | None) -> list[Outcome]:
    """The pages that were to be fetched and could not be."""
    outcomes = fetched.outcomes if fetched else []
    return [outcome for outcome in outcomes if outcome.kind in NOT_REFRESHED]


def published_lines(config: Config, published: Published, *, news: bool = True) -> Iterator[str]:
    """What the tables hold, what is new in them (where ``news`` are asked for), what to look at."""
    seen = published.overview
    if seen.published:
        pages = f"{len(seen.published)} of {len(config.sources)} pages"
        measures = _counted(seen.measures, "measure", "measures")
        yield f"{pages} in the dataset: {measures}, EU funding {euro(seen.eu_funding, 'en')}."
    if news:
        yield from _news(published)
    if published.corrected:
        count = _counted(len(published.corrected), "change is", "changes are")
        yield f"{count} told otherwise by this version of the code; the feeds have the corrections."
    if any(seen.findings.values()):
        yield f"Findings: {findings(seen.findings)}; `pasakumi check` lists them."
    yield from drift_line(seen)
    yield from withheld_lines(seen)
    if seen.published:
        state = (
            f"{_counted(published.written, 'file', 'files')} written"
            if published.written
            else "every file is as it was"
        )
        yield f"Dataset: {config.output / 'tables'} (CSV and Parquet); {state}."


def _news(published: Published) -> Iterator[str]:
    since = " since the first captures" if published.since_start else ""
    if not published.news:
        yield f"Nothing changed{since}."
        return
    from pipeline.changes.written import sentence
    from pipeline.reports.ranking import biggest

    count = len(published.news)
    yield f"What changed{since} ({number(count, 'en')}):"
    yield from (f"  {sentence(change, 'en')}" for change in biggest(published.news, _MOST_CHANGES))
    if count > _MOST_CHANGES:
        yield f"  and {number(count - _MOST_CHANGES, 'en')} more; `pasakumi diff` tells all"


def corrected_lines(published: Published) -> Iterator[str]:
    """Changes that this version of the code tells otherwise than the one before, or not at all."""
    if published.corrected:
        from pipeline.reports import corrected

        yield from (corrected.title(one, "en") for one in published.corrected)


def drift_line(seen: Overview) -> Iterator[str]:
    """Pages that are read worse than they used to be, or laid out anew; nothing where there is none."""
    alarms = [(source, alarm) for source, one in seen.sources.items() for alarm in one.drift]
    if alarms:
        (source, first), rest = alarms[0], len(alarms) - 1
        more = f"; and {number(rest, 'en')} more" if rest else ""
        yield f"Drift ({first.severity}): {source}: {first.message}{more}; `pasakumi check` tells all."


def damage_lines(config: Config, published: Published) -> Iterator[str]:
    """What is missing of raw/, and which files of output/ were not as they had been written."""
    yield from published.missing
    if published.mended:
        names = ", ".join(published.mended[:_MOST_NAMES])
        more = f" and {number(rest, 'en')} more" if (rest := len(published.mended) - _MOST_NAMES) > 0 else ""
        was = "it was" if len(published.mended) == 1 else "they were"
        yield f"{config.output}: other bytes than were written in {names}{more}; {was} made anew"


def withheld_lines(seen: Overview) -> Iterator[str]:
    """Why a capture was withheld, and how to let it through."""
    for one in seen.withheld:
        yield (
            f"{one.source}: capture {one.capture} is withheld: {'; '.join(one.reasons)}. "
            "The tables stand on the one before; "
            f'`pasakumi accept {one.capture} --reason "…"` lets it through.'
        )


def findings(counts: dict[str, int]) -> str:
    """``2 warnings, 14 notes``."""
    return ", ".join(_counted(counts[key], *names) for key, names in _SEVERITIES.items() if counts.get(key))


def _counted(count: int, one: str, several: str) -> str:
    return f"{number(count, 'en')} {one if count == 1 else several}"

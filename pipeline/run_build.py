"""From captures to published files: the part of a run that is only needed when something is new."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from decimal import Decimal
from typing import TYPE_CHECKING

from pipeline import decisions, overview, publication, readings, remembered, tables
from pipeline.chronicle import Chronicle
from pipeline.errors import Failed
from pipeline.inputs import inputs_digest
from pipeline.overview import Overview, Withheld
from pipeline.rows import canonical_measures
from pipeline.schema import SEVERITIES
from pipeline.state import Dataset

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pipeline.archive import Archive
    from pipeline.changes.record import Change
    from pipeline.config import Config, Source
    from pipeline.corrections import Correction
    from pipeline.state import State

Built = tuple[Overview, "list[Change]", int, "list[Correction]"]
"""The overview, the changes since the run before, how many files were written, what was corrected."""


def build(
    config: Config, archive: Archive, inputs: str, last: Overview | None, *, anew: bool
) -> tuple[Built, dict[str, Chronicle]]:
    """Read all histories and write the files; ``last`` is the overview of the run before. Gives what came of
    it, and the histories by source.

    ``anew``: look at every file of output/ even where it seems current. Raises Failed, and then nothing
    published has changed.
    """
    decided = decisions.read(config.raw)
    dataset = Dataset(archive, config.sources, decided)
    known = last.published if last else {}
    chronicles = _histories(config, dataset, known, anew=anew)
    states = [told.state for told in chronicles.values() if told.state]
    if not states and not any(told.withheld for told in chronicles.values()):
        raise Failed(f"{config.raw}: no capture of any source, so there is nothing to publish")
    made_by = readings.made_by(chronicles, config.sources, decided)
    corrected = readings.correct(config, chronicles, decided)
    inputs = inputs_digest(config, archive) if corrected else inputs
    seen = _overview(inputs, states, chronicles)
    written = 0
    if states:
        if anew:
            (config.output / tables.INPUTS).unlink(missing_ok=True)
        done = tables.write(
            config.output,
            states,
            inputs=inputs,
            changes=(row for told in chronicles.values() for row in told.changes),
            measure_versions=(row for told in chronicles.values() for row in told.versions),
            more=publication.files(config, chronicles, states),
            made_by=made_by,
        )
        written = len(done.changed)
    with suppress(OSError):  # caches; the next run does without
        overview.save(config.state, seen)
        remembered.keep(config.state, dataset, chronicles)
    news = [change for told in chronicles.values() for change in told.news]
    return (seen, news, written, corrected), chronicles


def histories(config: Config, archive: Archive) -> dict[str, Chronicle]:
    """The history of each source; what is remembered of it is not read again. Raises Failed."""
    last = overview.load(config.state)
    dataset = Dataset(archive, config.sources, decisions.read(config.raw))
    return _histories(config, dataset, last.published if last else {}, anew=False)


def _histories(
    config: Config, dataset: Dataset, published: dict[str, str], *, anew: bool
) -> dict[str, Chronicle]:
    return {
        source.id: _read(config, dataset, source, published.get(source.id), anew=anew)
        for source in config.sources
    }


def _read(
    config: Config, dataset: Dataset, source: Source, published: str | None, *, anew: bool
) -> Chronicle:
    """The source's history, of which only what is new is read where the rest is remembered."""
    told = None if anew else remembered.recall(config.state, dataset, source, published)
    if told is None or told.state is None:
        return Chronicle(dataset.history(source), published)
    told.go_on(dataset.history(source, len(told.captures), told.state.page))
    return told


def _overview(inputs: str, states: Sequence[State], chronicles: dict[str, Chronicle]) -> Overview:
    withheld = [told.withheld for told in chronicles.values() if told.withheld]
    findings = Counter(found.severity for state in states for found in state.page.findings)
    amounts = list(_amounts(states))
    return Overview(
        inputs,
        {state.source.id: state.capture.id for state in states},
        len(amounts),
        sum((amount for amount in amounts if amount is not None), Decimal(0)),
        {severity: findings[severity] for severity in reversed(SEVERITIES)},
        tuple(Withheld(step.source.id, step.capture.id, step.withheld) for step in withheld),
    )


def _amounts(states: Sequence[State]) -> Iterable[Decimal | None]:
    """The EU funding of every measure, each once over all pages."""
    canonical = canonical_measures((state.source.id, state.page) for state in states)
    for state in states:
        wanted = set(canonical[state.source.id])
        for measure in state.page.measures:
            if measure.measure_id in wanted:
                wanted.discard(measure.measure_id)
                yield measure.eu_funding_eur

"""From captures to published files: the part of a run that is only needed when something is new."""

from __future__ import annotations

import os
from collections import Counter
from contextlib import contextmanager, suppress
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

from pipeline import decisions, memory, overview, publication, readings, recorded, remembered, tables
from pipeline.annals import Annals
from pipeline.errors import Failed
from pipeline.histories import read as workers_read
from pipeline.inputs import inputs_digest
from pipeline.overview import Overview, Standing, Withheld
from pipeline.page_cache import PageCache
from pipeline.reports.told import Changes
from pipeline.rows import canonical_measures
from pipeline.schema import SEVERITIES
from pipeline.spool import Spool, new_file
from pipeline.state import Dataset
from pipeline.telling import go_on, tell

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from pipeline.archive import Archive
    from pipeline.chronicle import Chronicle
    from pipeline.config import Config, Source
    from pipeline.corrections import Correction
    from pipeline.privacy import People
    from pipeline.state import KeptState
    from pipeline.workers import Workers

_MOST_WRITERS = 4  # processes beside a cluster's workers

Built = tuple[Overview, Changes, int, "list[Correction]"]
"""The overview, the changes since the run before, how many files were written, what was corrected."""


def build(
    config: Config,
    archive: Archive,
    inputs: str,
    last: Overview | None,
    *,
    anew: bool,
    workers: Workers | None = None,
) -> tuple[Built, dict[str, Chronicle]]:
    """Read all histories and write the files; ``last`` is the overview of the run before. Gives what came of
    it, and the histories by source.

    ``anew``: look at every file of output/ even where it seems current; ``workers`` read all histories then.
    Raises Failed, and then nothing published has changed.
    """
    memory.check()
    decided = decisions.read(config.raw)
    cache = PageCache(config.state, writes=True)
    spool = Spool(config.state)
    dataset = Dataset(archive, config.sources, decided, cache, spool.folder)
    for source in config.sources:
        if not source.publish_contacts:
            cache.drop(capture.body for capture in dataset.first(source))
    chronicles = _chronicles(config, dataset, last, spool, anew=anew, workers=workers)
    dataset.forget()
    states = _states(config, chronicles)
    hide_in_outbox(config, (state.people for state in states))
    made_by = readings.made_by(chronicles, config.sources, decided)
    corrected = readings.correct(config, chronicles, decided)
    inputs = inputs_digest(config, archive) if corrected else inputs
    seen = _overview(inputs, states, chronicles)
    written = 0
    if states:
        if anew:
            _forget_files(config.output)
        with _writers(workers) as here, _annals(config, chronicles, spool) as annals:
            done = tables.write(
                config.output,
                states,
                inputs=inputs,
                changes=(row for told in chronicles.values() for row in told.change_rows()),
                measure_versions=(version.row(number) for number, version in annals.all_versions()),
                more=publication.files(config, chronicles, annals, states),
                site=publication.site(config, chronicles, annals, states),
                made_by=made_by,
                contact=config.contact,
                partitioned=config.partitioned,
                workers=here,
            )
        written = done.changed
    with suppress(OSError):  # caches; the next run does without
        overview.save(config.state, seen)
        remembered.keep(config.state, dataset, chronicles)
    if anew:
        cache.prune()
    news = Changes([told.recent for told in chronicles.values()])
    return (seen, news, written, corrected), chronicles


def hide_in_outbox(config: Config, people: Iterable[People]) -> None:
    """Take these people out of the messages that wait or were sent: they may have been written before their
    names were hidden. Raises Failed."""
    from pipeline.notify import outbox

    hide = _hiding(people)
    if hide is not None:
        outbox.hide(config.state, hide)


def hidden_words(config: Config, archive: Archive) -> Callable[[str], str] | None:
    """What hides, in any words, whoever is hidden on some page; None where nobody is. Raises Failed."""
    dataset = Dataset(archive, config.sources, decisions.read(config.raw))
    return _hiding(dataset.people(source) for source in config.sources)


def _hiding(people: Iterable[People]) -> Callable[[str], str] | None:
    from pipeline.redactor import Redactor

    everybody = {one for some in people for one in some}
    return Redactor("", everybody).text if everybody else None


def histories(config: Config, archive: Archive) -> dict[str, Chronicle]:
    """The history of each source; what is remembered of it is not read again. Raises Failed."""
    one = history_reader(config, archive)
    return {source.id: one(source) for source in config.sources}


def history_reader(config: Config, archive: Archive) -> Callable[[Source], Chronicle]:
    """What gives the history of a source (see :func:`histories`); only the last one is held here, so that who
    goes through all of them needs memory for one. It raises Failed."""
    last = overview.load(config.state)
    pages = PageCache(config.state, writes=False)
    dataset = Dataset(archive, config.sources, decisions.read(config.raw), pages)
    return lru_cache(maxsize=1)(_reader(config, dataset, last, None, anew=False))


def survey(config: Config, archive: Archive) -> Overview:
    """The overview anew, from raw/ alone; writes nothing. Raises Failed."""
    dataset = Dataset(archive, config.sources, decisions.read(config.raw))
    chronicles = {source.id: tell(dataset.history(source)) for source in config.sources}
    return _overview("", [told.shown for told in chronicles.values() if told.shown], chronicles)


def build_tables(
    config: Config, archive: Archive, inputs: str, workers: Workers | None = None
) -> tuple[Overview, int]:
    """Write the tables alone; gives the overview of what they hold, and how many files were written.

    The overview is not kept: what there is to tell of the changes is left to the next run. Raises Failed.
    """
    memory.check()
    decided = decisions.read(config.raw)
    spool = Spool(config.state)
    dataset = Dataset(archive, config.sources, decided, PageCache(config.state, writes=True), spool.folder)
    chronicles = _chronicles(config, dataset, None, spool, anew=True, workers=workers)
    dataset.forget()
    states = _states(config, chronicles)
    if not states:
        return _overview(inputs, states, chronicles), 0
    with _writers(workers) as here, _annals(config, chronicles, spool) as annals:
        done = tables.write_tables(
            config.output,
            states,
            inputs=inputs,
            changes=(row for told in chronicles.values() for row in told.change_rows()),
            measure_versions=(version.row(number) for number, version in annals.all_versions()),
            contact=config.contact,
            partitioned=config.partitioned,
            workers=here,
        )
    return _overview(inputs, states, chronicles), done.changed


def build_site(config: Config, archive: Archive) -> int:
    """Write the files of the site that are not as they should be, all others being so; gives how many.

    Raises Failed.
    """
    decided = decisions.read(config.raw)
    spool = Spool(config.state)
    dataset = Dataset(archive, config.sources, decided, spool=spool.folder)
    chronicles = _chronicles(config, dataset, overview.load(config.state), spool, anew=False)
    states = [told.shown for told in chronicles.values() if told.shown]
    with _annals(config, chronicles, spool) as annals:
        return tables.write_site(config.output, publication.site(config, chronicles, annals, states))


def _annals(config: Config, chronicles: Mapping[str, Chronicle], spool: Spool) -> Annals:
    """Raises Failed."""
    try:
        return Annals.of(chronicles, new_file(spool.folder, "annals"))
    except OSError as error:
        raise Failed(f"{config.state}: {error.strerror}; nothing was published") from error


@contextmanager
def _writers(workers: Workers | None) -> Iterator[Workers | None]:
    """Workers that write this machine's files: these, or processes here where they only read."""
    if workers is None or workers.here:
        yield workers
    else:
        from pipeline.worker_processes import WorkerProcesses

        with WorkerProcesses(min(workers.count, os.cpu_count() or 1, _MOST_WRITERS)) as here:
            yield here


def _forget_files(output: Path) -> None:
    """Have every file of output/ looked at. Raises Failed."""
    try:
        (output / recorded.INPUTS).unlink(missing_ok=True)
    except OSError as error:
        raise tables.unwritable(output, error) from error


def _states(config: Config, chronicles: Mapping[str, Chronicle]) -> list[KeptState]:
    """What stands. Raises Failed where there is nothing at all."""
    states = [told.shown for told in chronicles.values() if told.shown]
    if not states and not any(told.withheld for told in chronicles.values()):
        raise Failed(f"{config.raw}: no capture of any source, so there is nothing to publish")
    return states


def _chronicles(
    config: Config,
    dataset: Dataset,
    last: Overview | None,
    spool: Spool,
    *,
    anew: bool,
    workers: Workers | None = None,
) -> dict[str, Chronicle]:
    """All histories, with what they tell on the disk."""
    known = last.published if last else {}
    if workers is not None:
        chronicles = workers_read(dataset, known, workers, config.state, spool.folder)
    else:
        one = _reader(config, dataset, last, spool.folder, anew=anew, hiding=_own)
        chronicles = {source.id: one(source) for source in config.sources}
        again = _reader(config, dataset, last, spool.folder, anew=anew)
        for source in config.sources:  # others' contacts are known only now
            shown = chronicles[source.id].shown
            if shown and shown.people != dataset.people(source):
                chronicles[source.id] = again(source)
    for told in chronicles.values():
        told.shelf.keeper = spool
    return chronicles


def _own(dataset: Dataset, source: Source) -> People:
    """The contacts that a source itself hides."""
    return () if source.publish_contacts else dataset.sighted(source).people


def _reader(
    config: Config,
    dataset: Dataset,
    last: Overview | None,
    spool: Path | None,
    *,
    anew: bool,
    hiding: Callable[[Dataset, Source], People] = Dataset.people,
) -> Callable[[Source], Chronicle]:
    """What gives the history of a source, ``anew`` or from where it is remembered. ``spool``: a folder for
    what it tells, None: memory; ``hiding``: who is hidden in it."""
    known = last.published if last else {}

    def one(source: Source) -> Chronicle:
        published = known.get(source.id)
        path, link = (new_file(spool, source.id), new_file(spool, source.id)) if spool else (None, None)
        recalled = None if anew else remembered.recall(config.state, dataset, source, published, link)
        if recalled is None:
            return tell(dataset.history(source, hiding(dataset, source)), published, path)
        told, fresh = recalled
        good = told.state.page if fresh and told.state else None
        go_on(told, dataset.steps(source, fresh, good), path=path)
        return told

    return one


def _overview(inputs: str, states: Sequence[KeptState], chronicles: dict[str, Chronicle]) -> Overview:
    withheld = [told.withheld for told in chronicles.values() if told.withheld]
    findings: Counter[str] = Counter()
    for state in states:
        findings.update(state.findings)
    amounts = list(_amounts(states))
    return Overview(
        inputs,
        {state.source.id: state.capture.id for state in states},
        len(amounts),
        sum((amount for amount in amounts if amount is not None), Decimal(0)),
        {severity: findings[severity] for severity in reversed(SEVERITIES)},
        tuple(Withheld(step.source.id, step.capture.id, step.withheld) for step in withheld),
        {state.source.id: _standing(state, chronicles[state.source.id]) for state in states},
    )


def _standing(state: KeptState, told: Chronicle) -> Standing:
    counts = Counter(state.findings)
    newest = told.series.newest
    return Standing(
        told.told[-1].seen if told.told else None,
        newest.measures if newest else 0,
        newest.coverage if newest else 1.0,
        newest.fill if newest else {},
        {severity: counts[severity] for severity in reversed(SEVERITIES)},
        tuple(told.series.alarms()),
    )


def _amounts(states: Sequence[KeptState]) -> Iterable[Decimal | None]:
    """The EU funding of every measure, each once over all pages."""
    canonical = _canonical(states)
    for state in states:
        wanted = canonical[state.source.id]
        yield from (one.eu_funding_eur for one in state.fills if one.measure_id in wanted)


def _canonical(states: Sequence[KeptState]) -> dict[str, set[str]]:
    """Of each page the measures whose rows on it are canonical."""
    return canonical_measures((state.source.id, state.fills) for state in states)

"""The order of things, and nothing else: fetch, archive, parse, tables."""

from __future__ import annotations

from contextlib import ExitStack, suppress
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from pipeline import durable, intact, lock, overview, run_status, runs
from pipeline.archive import Archive
from pipeline.errors import BrokenIndex, Failed
from pipeline.fetch_types import FetchSettings, Outcome
from pipeline.inputs import inputs_digest
from pipeline.recorded import is_current, is_partitioned
from pipeline.version import VERSION

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from pipeline.changes.record import Change
    from pipeline.config import Config, Source
    from pipeline.corrections import Correction
    from pipeline.drift import Alarm
    from pipeline.notify.letter import Message
    from pipeline.overview import Overview
    from pipeline.reports.told import Told
    from pipeline.workers import Workers

LOCK = "run.lock"
NOT_REFRESHED = frozenset({"failed", "skipped"})
_DEGRADED = 3


class Fetched(NamedTuple):
    """What came of each source, in the order of sources.toml; ``notes``: what the archive has to say."""

    outcomes: list[Outcome]
    notes: list[str]


class Published(NamedTuple):
    """``news``: the changes since the run before, or since the first captures where that is not known
    (``since_start``). ``written``: how many files of output/ are others now. ``corrected``: changes told
    before that this version of the code tells otherwise. ``told``: every change of each source since its
    baseline; None where nothing had to be read. ``alarms``: drift warnings, by source, that are new in
    this run. ``mended``: files of output/ that held other bytes than were written, made anew. ``missing``:
    what of raw/ cannot be read and is therefore in no history, a line each."""

    overview: Overview
    news: Collection[Change]
    written: int
    corrected: list[Correction]
    since_start: bool = False
    told: dict[str, Sequence[Told]] | None = None
    alarms: Sequence[tuple[str, Alarm]] = ()
    mended: Sequence[str] = ()
    missing: Sequence[str] = ()


class Result(NamedTuple):
    """What a run did. ``fetched`` is None where nothing was to be fetched. ``unsent``: what went wrong with
    messages, a line each. ``unwritten``: why the status files could not be written, None where they were."""

    fetched: Fetched | None
    published: Published
    unsent: Sequence[str] = ()
    unwritten: str | None = None


def run(
    config: Config,
    *,
    offline: bool = False,
    strict: bool = False,
    run_id: str | None = None,
    progress: Callable[[Outcome], None] | None = None,
) -> Result:
    """The scheduled job. Raises Degraded where another run is at work, Failed where nothing is published.

    ``strict`` and ``run_id`` are for the record: which exit code it ends with, and its name in logs.
    """
    name = run_id or runs.run_id(datetime.now(UTC))
    with lock.exclusive(config.state / LOCK):
        with suppress(OSError):  # a run does not fail for what another left lying about
            durable.sweep(config.state)
        with run_status.recorded(config, Archive(config.raw), "run", name) as ending:
            result = _run(config, offline=offline, progress=progress)
            published = result.published
            ending.overview, ending.same_output = published.overview, not published.written
            ending.exit_code = exit_code(result, strict=strict)
        return result._replace(unwritten=ending.unwritten)


def _run(config: Config, *, offline: bool, progress: Callable[[Outcome], None] | None) -> Result:
    """Fetch, publish, and tell subscribers; of a run that fails too."""
    from pipeline.notify.messages import Messages

    messages = Messages(config)
    messages.begin(partial(_newest, config))
    fetched = None
    try:
        fetched = None if offline else fetch(config, config.sources, progress)
        published = publish(config)
    except Failed:
        messages.tell(fetched.outcomes if fetched else (), None, dict)
        messages.send()
        raise
    outcomes = fetched.outcomes if fetched else ()
    messages.tell(outcomes, published.overview, partial(told, config, published))
    messages.send()
    return Result(fetched, published, messages.notes)


def exit_code(result: Result, *, strict: bool) -> int:
    """0, or 3 where a capture is withheld or, under ``strict``, a source could not be refreshed."""
    outcomes = result.fetched.outcomes if result.fetched else []
    missed = strict and any(outcome.kind in NOT_REFRESHED for outcome in outcomes)
    return _DEGRADED if missed or result.published.overview.withheld else 0


def notify(config: Config) -> tuple[int, list[str]]:
    """Send all messages that wait now, those about what is published and was not told yet among them.

    Gives how many were taken, and what went wrong. Raises Degraded where another run is at work, Failed.
    """
    from pipeline.notify.messages import Messages

    with lock.exclusive(config.state / LOCK):
        messages = Messages(config)
        messages.begin(partial(_newest, config))
        hide = _hidden_since(config)
        if hide is not None:
            messages.hide(hide)
        messages.tell((), overview.load(config.state), partial(told, config))
        return messages.send(at_once=True), messages.notes


def preview(config: Config) -> list[Message]:
    """The messages that :func:`notify` would send, those that wait among them. Nothing is written. Raises
    Failed."""
    from pipeline.notify.letter import worded
    from pipeline.notify.messages import Messages
    from pipeline.notify.outbox import Outbox

    waiting = Outbox(config.state, dry=True).waiting()
    hide = _hidden_since(config)
    shown = [worded(one, hide) if hide else one for one in waiting]
    messages = Messages(config, dry=True)
    messages.begin(partial(_newest, config))
    made = messages.tell((), overview.load(config.state), partial(told, config))
    return [*(one.message for one in shown), *made]


def _hidden_since(config: Config) -> Callable[[str], str] | None:
    """What hides the people whom messages may still name, as nothing was published since they were to be
    hidden; None where there is none. Raises Failed."""
    from pipeline.notify.outbox import Outbox

    if all(source.publish_contacts for source in config.sources):
        return None
    archive, last = Archive(config.raw), overview.load(config.state)
    if last is not None and last.inputs == inputs_digest(config, archive):
        return None
    if not Outbox(config.state, dry=True).waiting():
        return None
    from pipeline.run_build import hidden_words

    return hidden_words(config, archive)


def told(config: Config, published: Published | None = None) -> dict[str, Sequence[Told]]:
    """Every change of each source, read again where ``published`` has them not. Raises Failed."""
    if published and published.told is not None:
        return published.told
    from pipeline.run_build import histories

    found = histories(config, Archive(config.raw))
    return {source: chronicle.told for source, chronicle in found.items()}


def _newest(config: Config) -> dict[str, str]:
    """The id of each source's newest capture. Raises Failed."""
    from pipeline.belonging import Belonging

    belonging = Belonging(Archive(config.raw), config.sources)
    captures = {source.id: belonging.newest(source.id) for source in config.sources}
    return {source: newest.id for source, newest in captures.items() if newest}


def rebuild(config: Config, workers: Workers | None = None) -> Published:
    """Everything in output/ anew from raw/. ``workers`` read the histories. Raises Degraded, Failed."""
    with lock.exclusive(config.state / LOCK):
        published = publish(config, anew=True, workers=workers)
        run_status.refresh(config, Archive(config.raw), published.overview)
        return published


def rebuild_tables(config: Config, workers: Workers | None = None) -> Published:
    """Texts, tables, database and workbook anew from raw/, and nothing else. ``workers`` read the histories.
    Raises Degraded, Failed."""
    from pipeline.run_build import build_tables

    with lock.exclusive(config.state / LOCK):
        archive = Archive(config.raw)
        inputs = inputs_digest(config, archive)
        seen, written = build_tables(config, archive, inputs, workers)
        return Published(seen, [], written, [])


def publish_site(config: Config) -> int:
    """Make output/site/ what raw/ says, and all of output/ where that is not; gives how many files are others
    now. Raises Degraded, Failed."""
    from pipeline.run_build import build_site

    with lock.exclusive(config.state / LOCK):
        published = publish(config)
        run_status.refresh(config, Archive(config.raw), published.overview)
        if published.told is not None:  # all of it was looked at just now, the site among it
            return published.written
        return build_site(config, Archive(config.raw))


def fetch(
    config: Config, sources: Sequence[Source], progress: Callable[[Outcome], None] | None = None
) -> Fetched:
    """Fetch these sources and archive what comes. Raises Degraded where another writer is at work, Failed."""
    from pipeline.fetch import fetch_all, user_agent

    archive = Archive(config.raw, software=f"pasakumi/{VERSION}")
    settings = FetchSettings(
        user_agent(config.contact),
        delay_seconds=config.fetch.delay_seconds,
        deadline_seconds=config.fetch.deadline_seconds,
        max_bytes=config.fetch.max_bytes,
        allow_private=config.fetch.allow_private,
    )
    outcomes: dict[str, Outcome] = {}
    with ExitStack() as stack:
        writer = stack.enter_context(archive.writer())
        for outcome in fetch_all(sources, settings, newest=archive.validators().get):
            if outcome.exchange is not None:
                writer.response(outcome.source, outcome.exchange)
            outcomes[outcome.source] = outcome._replace(exchange=None)
            if progress:
                progress(outcome)
        with suppress(OSError):  # a count of failures is not worth failing for
            runs.record_outcomes(config.state, outcomes.values(), datetime.now(UTC))
    return Fetched([outcomes[source.id] for source in sources], writer.notes)


def publish(config: Config, *, anew: bool = False, workers: Workers | None = None) -> Published:
    """Make output/ what raw/ says; where it is that already, nothing is parsed and no file touched. An index
    that turns out to be broken is made anew."""
    archive = Archive(config.raw)
    try:
        return _publish(config, archive, anew=anew, workers=workers)
    except BrokenIndex:
        archive.rebuild_index()
        return _publish(config, archive, anew=anew, workers=workers)


def _publish(config: Config, archive: Archive, *, anew: bool, workers: Workers | None) -> Published:
    inputs = inputs_digest(config, archive)
    last = overview.load(config.state)
    is_same = last is not None and last.inputs == inputs
    if (
        last
        and is_same
        and not anew
        and intact.is_untouched(config.output, config.state, inputs, partitioned=config.partitioned)
    ):
        return Published(last, [], 0, [], missing=archive.damaged())
    is_same = is_same and is_partitioned(config.output) == config.partitioned
    spoilt = [] if anew else intact.spoilt(config.output, config.state)
    is_whole = is_current(config.output, inputs, partitioned=config.partitioned)
    if last and is_same and not anew and not spoilt and is_whole:
        return Published(last, [], 0, [], missing=archive.damaged())
    from pipeline.run_build import build

    built, chronicles = build(config, archive, inputs, last, anew=anew or bool(spoilt), workers=workers)
    intact.remember(config.output, config.state)
    return Published(
        *built,
        since_start=last is None,
        told={source: chronicle.told for source, chronicle in chronicles.items()},
        alarms=overview.new_alarms(last, built[0]),
        mended=spoilt,
        missing=archive.damaged(),
    )

"""``pasakumi status``: is all well."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from pipeline import lock, overview, run_status, runs, status
from pipeline.archive import Archive
from pipeline.cli_common import configuration, show, table
from pipeline.cli_words import moment, rhythm, severities
from pipeline.errors import PasakumiError
from pipeline.printable import harmless
from pipeline.run import LOCK

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator

    from pipeline.config import Config
    from pipeline.overview import Overview
    from pipeline.runs import Record
    from pipeline.status import Document

_DEGRADED = 3
_UNITS = ("bytes", "kB", "MB", "GB", "TB", "PB")
_HEADER = ("source", "last seen", "last change", "rhythm", "failures", "measures", "understood", "findings")


def run(options: Namespace) -> int:
    """Print how things stand; 3 where a source is older than --max-age. Raises UsageError."""
    config = configuration(options)
    now = datetime.now(UTC)
    told = _document(config, now, only_seen=options.max_age is not None and options.format != "json")
    late = _late(told, options.max_age, now) if options.max_age else []
    if options.format == "json":
        from pipeline.json_text import dumps

        print(dumps(told | ({"older_than_max_age": late} if options.max_age else {})))
    elif options.max_age:
        if late or not options.quiet:
            show(_one_line(told, late, options.max_age))
    else:
        show(*_lines(told))
    return _DEGRADED if late else 0


def _document(config: Config, now: datetime, *, only_seen: bool) -> Document:
    """The status at this moment. ``only_seen``: no need to know what is published."""
    archive = Archive(config.raw)
    record, at_work = _record(config)
    notes: list[str] = []
    seen = overview.load(config.state)
    if seen is None and not only_seen:
        seen = _survey(config, archive, notes)
    known = run_status.gather(config, archive, record, seen, run_status.sizes(config))
    told = status.document(config, known._replace(notes=[*notes, *known.notes]), now, at_work=at_work)
    return told | {"at_work": at_work}


def _record(config: Config) -> tuple[Record, bool]:
    """The record, and whether a run is at work; a run may begin or end between the two looks."""
    record, at_work = runs.load(config.state), lock.held(config.state / LOCK)
    if record.begun is None or at_work:
        return record, at_work
    again = runs.load(config.state)
    return again, again.begun is not None and again.begun.id != record.begun.id


def _survey(config: Config, archive: Archive, notes: list[str]) -> Overview | None:
    """Read anew from raw/ what a run would have left in state/cache/."""
    from pipeline.run_build import survey

    notes.append("state/cache/ has no overview: it was read anew from raw/")
    try:
        return survey(config, archive)
    except PasakumiError as error:
        notes.append(f"raw/ cannot be read: {harmless(str(error))}")
        return None


def _late(told: Document, most: timedelta, now: datetime) -> list[str]:
    """The sources that were not seen within that time; one never seen was not."""
    return [one["id"] for one in told["sources"] if (age := _age(one, now)) is None or age > most]


def _age(source: Document, now: datetime) -> timedelta | None:
    seen = _moment(source["last_success"])
    return None if seen is None else now - seen


def _moment(written: str | None) -> datetime | None:
    return datetime.fromisoformat(written) if written else None


def _one_line(told: Document, late: list[str], most: timedelta) -> str:
    if late:
        each = ", ".join(f"{one['id']} {_last_seen(one)}" for one in told["sources"] if one["id"] in late)
        return f"stale: {each} (max age {rhythm(most)})"
    oldest = min(when for one in told["sources"] if (when := _moment(one["last_success"])))
    count = len(told["sources"])
    return f"ok: all {count} sources seen within {rhythm(most)}, the longest ago {moment(oldest)}"


def _last_seen(source: Document) -> str:
    if source["last_success"]:
        return f"last seen {moment(_moment(source['last_success']))}"
    return "seen at an unknown time only" if source["capture"] else "never seen"


def _lines(told: Document) -> Iterator[str]:
    yield "All is well." if told["ok"] else f"To look at ({told['state']}):"
    yield from (f"  {problem}" for problem in told["problems"])
    yield from (f"  note: {note}" for note in told["notes"])
    yield ""
    yield from _run_lines(told)
    yield ""
    yield from table(_HEADER, (_row(one) for one in told["sources"]))
    for one in told["sources"]:
        yield from _more(one)
    yield ""
    yield _disk(told["disk"])


def _run_lines(told: Document) -> Iterator[str]:
    last, ended = told["last_run"], told["last_ended_run"]
    if last is None:
        yield "A run is at work." if told["at_work"] else "No run is recorded."
        return
    began = f"Run {last['id']} (version {last['version']}) began {moment(_moment(last['started_at']))}"
    if last["finished_at"] is not None:
        yield f"{began}, took {last['duration_seconds']:.1f} s, {_result(last)}."
        return
    yield f"{began} and {'is at work' if told['at_work'] else 'did not finish'}."
    if ended:
        ended_at = moment(_moment(ended["finished_at"]))
        yield f"The last that ended: {ended['id']}, {ended_at}, {_result(ended)}."


def _result(run: Document) -> str:
    return f"exit code {run['exit_code']}" + (f": {run['reason']}" if run["reason"] else "")


def _row(one: Document) -> tuple[str, ...]:
    seen, changed = _moment(one["last_success"]), _moment(one["last_change"])
    return (
        one["id"],
        moment(seen) if seen else "at an unknown time" if one["capture"] else "never",
        moment(changed) if changed else "",
        rhythm(timedelta(seconds=one["every_seconds"])),
        str(one["consecutive_failures"]),
        "" if one["measures"] is None else str(one["measures"]),
        "" if one["coverage"] is None else f"{one['coverage']:.1%}",
        severities(one["findings"]) if one["findings"] else "",
    )


def _more(one: Document) -> Iterator[str]:
    if one["consecutive_failures"]:
        yield f"  {one['id']}: not reached since {moment(_moment(one['failing_since']))}: {one['failure']}"
    for each in one["withheld"]:
        yield f"  {one['id']}: capture {each['capture']} is withheld: {'; '.join(each['reasons'])}"
    yield from (f"  {one['id']}: drift ({alarm['severity']}): {alarm['message']}" for alarm in one["drift"])


def _disk(told: Document) -> str:
    sizes = ", ".join(f"{name}/ {_size(size)}" for name, size in told["bytes"].items())
    free = min((size for size in told["free_bytes"].values() if size is not None), default=None)
    pace = told["growth_bytes_a_day"]
    growth = "" if pace is None else f" ({_size(abs(pace))} {'more' if pace >= 0 else 'less'} a day)"
    return f"Disk: {sizes}; {_size(free)} free; {told['forecast']}{growth}."


def _size(count: int | None) -> str:
    if count is None:
        return "unknown"
    size, unit = float(count), 0
    while size >= 1000 and unit < len(_UNITS) - 1:
        size, unit = size / 1000, unit + 1
    return f"{count} bytes" if unit == 0 else f"{size:.1f} {_UNITS[unit]}"

"""Whether all is well, from what is recorded: one document, which is state/status.json.

Pure: what is known goes in (see :class:`Known`), a document of plain values comes out. It holds no personal
data: no page's words, no contact, of failures one line each.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from pipeline import disk
from pipeline.printable import harmless
from pipeline.runs import Record, Run, Seen, Sizes
from pipeline.staleness import is_stale
from pipeline.version import VERSION

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pipeline.config import Config, Source
    from pipeline.overview import Overview, Standing

Document = dict[str, Any]
"""Times are ``2025-03-01T06:15:00Z``, sizes bytes, shares 0 to 1; None where nobody knows."""

SEVERITIES = ("error", "warning", "info")
_SOON = timedelta(days=30)
# With a run a day the next one says so, also where it is some minutes faster.
_LATE = timedelta(hours=20)
# A capture from later than this was made by a wrong clock: it does not say when a page was seen.
_AHEAD = timedelta(hours=1)
_FAILED = 4


class Known(NamedTuple):
    """``captured``: each source's newest capture by its time. ``overview``: of the last run that published,
    None where it is not known. ``sizes``: of the folders now; ``disks``: which disk each folder is on, and
    what is free there. ``notes``: what could not be read, a sentence each. ``waiting``: when each message
    that was not taken by everybody yet was built, oldest first."""

    record: Record
    seen: Mapping[str, Seen]
    captured: Mapping[str, datetime]
    overview: Overview | None
    sizes: Sizes | None
    disks: Mapping[str, tuple[int, int | None]]
    notes: Sequence[str] = ()
    waiting: Sequence[datetime] = ()


def document(config: Config, known: Known, now: datetime, *, at_work: bool = False) -> Document:
    """All there is to say. ``at_work``: a run holds the lock at this moment."""
    sources = [_source(source, known, now) for source in config.sources]
    last = known.record.begun or known.record.ended
    told: Document = {
        "generated_at": written(now),
        "version": VERSION,
        "last_run": _run(last),
        "last_ended_run": _run(known.record.ended),
        "sources": sources,
        "findings": _findings(known.overview),
        "messages": {
            "waiting": len(known.waiting),
            "oldest": written(min(known.waiting, default=None)),
        },
        "disk": _disk(known, now),
        "notes": list(known.notes),
    }
    problems = [
        *_of_run(last, at_work=at_work),
        *_of_sources(sources),
        *_of_messages(known.waiting, now),
        *_of_disk(told["disk"], now),
    ]
    return {
        "ok": not problems,
        "state": _state(told, problems, at_work=at_work),
        "problems": problems,
        **told,
    }


def written(moment: datetime | None) -> str | None:
    """A time as the document has it."""
    if moment is None:
        return None
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def last_success(seen: Seen | None, captured: datetime | None, now: datetime) -> datetime | None:
    """When a page was last seen: it answered, or a capture of it was made."""
    times = [seen.succeeded_at if seen else None, captured]
    return max((one for one in times if one is not None and one <= now + _AHEAD), default=None)


def _run(run: Run | None) -> Document | None:
    if run is None:
        return None
    took = (run.finished_at - run.started_at).total_seconds() if run.finished_at else None
    return {
        "id": run.id,
        "verb": run.verb,
        "started_at": written(run.started_at),
        "finished_at": written(run.finished_at),
        "duration_seconds": None if took is None else max(0.0, round(took, 3)),  # a clock may be set back
        "exit_code": run.exit_code,
        "reason": run.reason,
        "version": run.version,
    }


def _source(source: Source, known: Known, now: datetime) -> Document:
    seen = known.seen.get(source.id, Seen())
    success = last_success(seen, known.captured.get(source.id), now)
    standing = known.overview.sources.get(source.id) if known.overview else None
    withheld = [one for one in known.overview.withheld if one.source == source.id] if known.overview else []
    return {
        "id": source.id,
        "last_success": written(success),
        "every_seconds": int(source.every.total_seconds()),
        "stale": is_stale(success, source.every, now),
        "consecutive_failures": seen.failures,
        "failing_since": written(seen.failing_since),
        "failure": seen.reason,
        "capture": known.overview.published.get(source.id) if known.overview else None,
        "withheld": [
            {"capture": one.capture, "reasons": [harmless(reason) for reason in one.reasons]}
            for one in withheld
        ],
        **_standing(standing),
    }


def _standing(standing: Standing | None) -> Document:
    if standing is None:
        return dict.fromkeys(("last_change", "measures", "coverage")) | {
            "fill": {},
            "findings": {},
            "drift": [],
        }
    return {
        "last_change": written(standing.changed_at),
        "measures": standing.measures,
        "coverage": round(standing.coverage, 4),
        "fill": {field: round(share, 4) for field, share in standing.fill.items()},
        "findings": standing.findings,
        "drift": [alarm._asdict() for alarm in standing.drift],
    }


def _findings(overview: Overview | None) -> Document | None:
    return None if overview is None else {name: overview.findings.get(name, 0) for name in SEVERITIES}


def _disk(known: Known, now: datetime) -> Document:
    """Folders on one disk fill it together; what counts is the disk that is full first."""
    sizes = known.sizes
    history = [*known.record.sizes]
    if sizes and (not history or sizes.at > history[-1].at):
        history.append(sizes)
    forecasts = {}
    for number, free in set(known.disks.values()):
        names = [name for name, on in known.disks.items() if on[0] == number]
        points = [(one.at, sum(getattr(one, name) for name in names)) for one in history]
        forecasts[number] = disk.forecast(points, free)
    growths = [one.growth for one in forecasts.values() if one.growth is not None]
    full = min((one.full_at for one in forecasts.values() if one.full_at), default=None)
    return {
        "bytes": {name: getattr(sizes, name) if sizes else None for name in ("raw", "output", "state")},
        "free_bytes": {name: free for name, (_, free) in known.disks.items()},
        "growth_bytes_a_day": round(sum(growths)) if growths else None,
        "full_at": written(full),
        "forecast": _forecast(bool(growths), sum(growths), full, now),
    }


def _forecast(is_known: bool, growth: float, full: datetime | None, now: datetime) -> str:
    if not is_known:
        return "not known yet: it takes sizes of five days, a week apart"
    if growth <= 0:
        return "not growing"
    if full is None:
        return "not full within a hundred years at this pace"
    return "full now" if full <= now else f"full on {full:%Y-%m-%d} at this pace"


def _of_run(last: Run | None, *, at_work: bool) -> list[str]:
    if last is None:
        return [] if at_work else ["no run is recorded"]
    began = f"the last {last.verb} began {written(last.started_at)}"
    if last.finished_at is None:
        return [] if at_work else [f"{began} and did not finish"]
    if last.exit_code is not None and last.exit_code not in (0, 3):
        return [f"{began} and failed with exit code {last.exit_code}: {last.reason or 'no reason given'}"]
    return []


def _of_sources(sources: Sequence[Document]) -> list[str]:
    problems = []
    for one in sources:
        if one["stale"]:
            problems.append(f"{one['id']}: {_not_seen(one)}")
        problems += [f"{one['id']}: capture {each['capture']} is withheld" for each in one["withheld"]]
        problems += [
            f"{one['id']}: {alarm['message']}" for alarm in one["drift"] if alarm["severity"] != "info"
        ]
    return problems


def _not_seen(source: Document) -> str:
    if source["last_success"]:
        return f"not seen since {source['last_success']}"
    return "seen at an unknown time only" if source["capture"] else "never seen"


def _of_messages(waiting: Sequence[datetime], now: datetime) -> list[str]:
    """A receiver that takes nothing for an hour is tried again; until the next day, somebody has to look."""
    late = [one for one in waiting if now - one > _LATE]
    if not late:
        return []
    count = f"{len(late)} messages are" if len(late) > 1 else "a message is"
    return [f"{count} not taken since {written(min(late))}; `pasakumi notify --list` says by whom"]


def _of_disk(told: Document, now: datetime) -> list[str]:
    full = told["full_at"]
    is_soon = full is not None and datetime.fromisoformat(full) - now < _SOON
    return [f"disk: {told['forecast']}"] if is_soon else []


def _state(told: Document, problems: Sequence[str], *, at_work: bool) -> str:
    """One word: ok, running, failed, stale, withheld, attention."""
    last, sources = told["last_run"], told["sources"]
    if not problems:
        return "running" if at_work else "ok"
    if last and not at_work and (last["exit_code"] is None or last["exit_code"] >= _FAILED):
        return "failed"
    if any(one["stale"] for one in sources):
        return "stale"
    return "withheld" if any(one["withheld"] for one in sources) else "attention"

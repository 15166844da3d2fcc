"""What runs did: a durable record under state/.

``runs.json``: the last run that ended, and sizes of the folders over the last weeks. ``begun.json``: the run
that began after it and has not ended (at work, or killed). ``seen.json``: of each source when it last
answered and how often it has not since. Each is written by one process at a time: the first two by who holds
``state/run.lock``, the third by who holds ``raw/.lock``. What is damaged counts as unknown, and says so.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from pipeline import durable, sealed
from pipeline.printable import harmless

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from pipeline.fetch_types import Outcome

RUNS, BEGUN, SEEN = "runs.json", "begun.json", "seen.json"
_ANSWERED = frozenset({"fetched", "unchanged"})
_BROKEN = (OSError, ValueError, LookupError, TypeError, AttributeError)
_DAYS_KEPT = 30


class Run(NamedTuple):
    """One run. Times are UTC; ``finished_at`` and ``exit_code`` are None as long as it has not ended.
    ``reason``: one line where it failed, without personal data."""

    id: str
    verb: str
    started_at: datetime
    finished_at: datetime | None
    exit_code: int | None
    reason: str | None
    version: str


class Seen(NamedTuple):
    """A source as the last attempts to fetch it went. ``failures``: how many in a row came to nothing, 0
    after one that did not; ``failing_since`` and ``reason``: of the first and the last of these."""

    succeeded_at: datetime | None = None
    failures: int = 0
    failing_since: datetime | None = None
    reason: str | None = None


class Sizes(NamedTuple):
    """Bytes of the three folders at a moment."""

    at: datetime
    raw: int
    output: int
    state: int


class Record(NamedTuple):
    """``ended``: the last run that came to its end, however. ``begun``: a later one that has not. ``sizes``:
    oldest first, one a day. ``damaged``: names of files under state/ that could not be read."""

    ended: Run | None = None
    begun: Run | None = None
    sizes: tuple[Sizes, ...] = ()
    damaged: tuple[str, ...] = ()


def run_id(now: datetime) -> str:
    """A name for a run: ``20250301T061500Z-1f3a9c``."""
    return f"{now.astimezone(UTC):%Y%m%dT%H%M%SZ}-{os.urandom(3).hex()}"


def load(state: Path) -> Record:
    """The record of the runs; never raises."""
    damaged = []
    ended, begun = None, None
    sizes: tuple[Sizes, ...] = ()
    try:
        fields = _json(state / RUNS)
        if fields is not None:
            sizes = tuple(Sizes(_moment(at), *map(int, rest)) for at, *rest in fields["sizes"])
            ended = _run(fields["ended"])
    except _BROKEN:
        damaged.append(RUNS)
    try:
        fields = _json(state / BEGUN)
        begun = None if fields is None else _run(fields)
    except _BROKEN:
        damaged.append(BEGUN)
    if begun and ended and begun.id == ended.id:
        begun = None
    return Record(ended, begun, sizes, tuple(damaged))


def begin(state: Path, run: Run) -> None:
    """Say that a run begins. Not forced onto the disk: it has to outlast the process. Raises OSError."""
    durable.place(state / BEGUN, [_bytes(run._asdict())])


def ended(record: Record, run: Run, sizes: Sizes | None) -> tuple[Record, bytes]:
    """The record after ``run`` ended, and the content of ``runs.json`` that says so."""
    known = (*record.sizes, *([sizes] if sizes else []))
    # Of a clock that ran ahead nothing is kept: it would count as the newest for good.
    kept = {one.at.date(): one for one in known if sizes is None or one.at <= sizes.at}
    last = tuple(kept[day] for day in sorted(kept))[-_DAYS_KEPT:]
    return Record(run, None, last), _bytes({"ended": run._asdict(), "sizes": last})


def forget_begun(state: Path) -> None:
    """After the record says how the run ended."""
    with suppress(OSError):
        (state / BEGUN).unlink()


def seen(state: Path) -> tuple[dict[str, Seen], bool]:
    """Of each source that was ever asked how that went, and whether the file could be read; never raises."""
    try:
        fields = _json(state / SEEN) or {}
        return {source: _seen(one) for source, one in fields.items()}, True
    except _BROKEN:
        return {}, False


def record_outcomes(state: Path, outcomes: Iterable[Outcome], at: datetime) -> dict[str, Seen]:
    """Take down how an attempt went, durably; gives the counts with it. Raises OSError."""
    known, _ = seen(state)
    for one in outcomes:
        known[one.source] = after(known.get(one.source, Seen()), one, at)
    state.mkdir(parents=True, exist_ok=True)
    durable.replace(state / SEEN, [_bytes({source: kept._asdict() for source, kept in known.items()})])
    return known


def after(before: Seen, outcome: Outcome, at: datetime) -> Seen:
    """How a source stands once it was asked again."""
    if outcome.kind in _ANSWERED:
        return Seen(at)
    reason = harmless(outcome.message)
    return Seen(before.succeeded_at, before.failures + 1, before.failing_since or at, reason)


def _json(path: Path) -> dict[str, Any] | None:
    """What a file says; None where there is none."""
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return None
    fields = json.loads(sealed.json_opened(content))
    if not isinstance(fields, dict):
        raise TypeError
    return fields


def _run(fields: Mapping[str, Any]) -> Run:
    finished = fields["finished_at"]
    code = fields["exit_code"]
    return Run(
        str(fields["id"]),
        str(fields["verb"]),
        _moment(fields["started_at"]),
        None if finished is None else _moment(finished),
        None if code is None else int(code),
        None if fields["reason"] is None else str(fields["reason"]),
        str(fields["version"]),
    )


def _seen(fields: Mapping[str, Any]) -> Seen:
    times = [fields["succeeded_at"], fields["failing_since"]]
    succeeded, failing = (None if one is None else _moment(one) for one in times)
    reason = fields["reason"]
    return Seen(succeeded, int(fields["failures"]), failing, None if reason is None else str(reason))


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


def _bytes(fields: Mapping[str, Any]) -> bytes:
    text = json.dumps(fields, ensure_ascii=False, indent=1, default=_written) + "\n"
    return sealed.json_sealed(text.encode())


def _written(value: object) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    raise TypeError(type(value).__name__)

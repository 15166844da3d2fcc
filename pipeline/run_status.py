"""A run on record: that it began, how it ended, and the files of state/ that say whether all is well."""

from __future__ import annotations

import json
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from pipeline import badge, disk, durable, memory, metrics, overview, runs, status
from pipeline.belonging import Belonging
from pipeline.errors import Failed, PasakumiError
from pipeline.notify.outbox import Outbox
from pipeline.printable import harmless
from pipeline.version import VERSION

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pipeline.archive import Archive
    from pipeline.config import Config
    from pipeline.overview import Overview
    from pipeline.runs import Record, Run, Sizes

STATUS, METRICS, BADGE = "status.json", "metrics.prom", "badge.svg"
FOLDERS = ("raw", "output", "state")
_INTERRUPTED, _INTERNAL = 130, 4


class Ending:
    """How a run ends, as it says itself. ``overview``: what it published, None where that is as it was;
    ``same_output``: no file of output/ is another now; ``unwritten``: why the status could not be kept."""

    def __init__(self) -> None:
        self.exit_code = 0
        self.overview: Overview | None = None
        self.same_output = False
        self.unwritten: str | None = None


@contextmanager
def recorded(config: Config, archive: Archive, verb: str, name: str) -> Iterator[Ending]:
    """Keeps on record that the body runs and how it ended, whatever it raises. Only under the runs' lock."""
    run = runs.Run(name, verb, _now(), None, None, None, VERSION)
    ending = Ending()
    before = runs.load(config.state)
    with suppress(OSError):  # the run itself matters more; what the end cannot write is said
        runs.begin(config.state, run)
        known = before._replace(begun=run)
        _write(config, archive, known, overview.load(config.state), sizes=None, lasting=False)
    reason = None
    try:
        yield ending
    except BaseException as error:
        ending.exit_code, reason = _failure(error)
        raise
    finally:
        run = run._replace(finished_at=_now(), exit_code=ending.exit_code, reason=reason)
        _end(config, archive, before, run, ending)


def refresh(config: Config, archive: Archive, seen: Overview | None) -> None:
    """Write the status anew after something else than a run changed what there is to say. Only under the lock
    of runs."""
    with suppress(OSError):
        known = runs.load(config.state)
        _write(config, archive, known, seen or overview.load(config.state), sizes=sizes(config))


def _now() -> datetime:
    """To the millisecond, as the record has it."""
    now = datetime.now(UTC)
    return now.replace(microsecond=now.microsecond // 1000 * 1000)


def _failure(error: BaseException) -> tuple[int, str]:
    """Exit code and reason. What an unexpected error says may hold words of a page: its kind must do."""
    if isinstance(error, PasakumiError):
        return error.exit_code, harmless(str(error))
    if isinstance(error, KeyboardInterrupt):
        return _INTERRUPTED, "interrupted"
    if memory.is_short(error):
        return _INTERNAL, "out of memory"
    return _INTERNAL, f"internal error ({type(error).__name__})"


def _end(config: Config, archive: Archive, before: Record, run: Run, ending: Ending) -> None:
    output = before.sizes[-1].output if before.sizes and ending.same_output else None
    taken = sizes(config, output)
    record, content = runs.ended(before, run, taken)
    try:
        seen = ending.overview or overview.load(config.state)
        _write(config, archive, record, seen, sizes=taken, more={runs.RUNS: content})
        runs.forget_begun(config.state)
    except OSError as error:
        ending.unwritten = error.strerror or type(error).__name__


def _write(
    config: Config,
    archive: Archive,
    record: Record,
    seen: Overview | None,
    *,
    sizes: Sizes | None,
    more: dict[str, bytes] | None = None,
    lasting: bool = True,
) -> None:
    """The status files, with ``more`` beside them. ``lasting``: through a power cut. Raises OSError."""
    known = gather(config, archive, record, seen, sizes or (record.sizes[-1] if record.sizes else None))
    told = status.document(config, known, _now(), at_work=not lasting)
    contents = {
        STATUS: _lines(told),
        METRICS: metrics.text(told).encode(),
    }
    if lasting:
        picture = badge.svg(told).encode()
        if _content(config.state / BADGE) != picture:
            contents[BADGE] = picture
        durable.replace_all(config.state, {**(more or {}), **contents})
    else:
        for name, content in contents.items():
            durable.place(config.state / name, [content])


def gather(
    config: Config, archive: Archive, record: Record, seen: Overview | None, sizes: Sizes | None
) -> status.Known:
    """What a status is made of, from files; what cannot be read is a note."""
    notes = [f"state/{name} is damaged: what it said is not known" for name in record.damaged]
    asked, is_whole = runs.seen(config.state)
    if not is_whole:
        notes.append(f"state/{runs.SEEN} is damaged: failures are counted from the next run on")
    captured: dict[str, datetime] = {}
    try:
        owner = Belonging(archive, config.sources).owner
        for capture in archive.newest().values():
            name, when = owner(capture), capture.captured_at
            if when and (name not in captured or captured[name] < when):
                captured[name] = when
        notes += archive.damaged()
    except (Failed, OSError) as error:
        notes.append(f"raw/ cannot be read, so that captures are not known: {harmless(str(error))}")
    if seen is None:
        notes.append("no overview of what is published: findings, drift and withheld captures are not known")
    disks = {name: _disk(getattr(config, name)) for name in FOLDERS}
    waiting = []
    with suppress(OSError):  # whoever sends says what is wrong with the folder
        waiting = [one.message.built_at for one in Outbox(config.state, dry=True).waiting()]
    return status.Known(record, asked, captured, seen, sizes, disks, notes, waiting)


def _lines(told: status.Document) -> bytes:
    """A line for each thing, and for each source. (json takes four times as long where it is to indent.)"""
    lines = [f" {_json(name)}: {_json(value)}" for name, value in told.items() if name != "sources"]
    sources = ",\n".join(f"  {_json(one)}" for one in told["sources"])
    lines.append(f' "sources": [\n{sources}\n ]')
    return ("{\n" + ",\n".join(lines) + "\n}\n").encode()


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _disk(folder: Path) -> tuple[int, int | None]:
    return disk.device(folder), disk.free(folder)


def sizes(config: Config, output: int | None = None) -> Sizes:
    """The folders' sizes now; ``output`` where that of the dataset is known."""
    raw, state = disk.used(config.raw), disk.used(config.state)
    return runs.Sizes(_now(), raw, disk.used(config.output) if output is None else output, state)


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""

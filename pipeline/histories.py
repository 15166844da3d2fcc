"""The histories of all sources read whole, on one core or on many: the same functions either way.

A source is a task. One that is much longer than its share is read in pieces of time, as pages, and put
together here; that each follows from the one before is what a history is. What comes of it hangs on neither
the number of workers nor who was done first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from pipeline import state
from pipeline.archive import Archive
from pipeline.errors import Failed
from pipeline.page_cache import PageCache
from pipeline.places import is_address
from pipeline.spool import new_file
from pipeline.telling import tell

if TYPE_CHECKING:
    from parsers.records import Page
    from pipeline.captures import Body, Capture
    from pipeline.chronicle import Chronicle
    from pipeline.config import Source
    from pipeline.decisions import Decisions
    from pipeline.mentions import Sighting
    from pipeline.privacy import People
    from pipeline.workers import Workers

Find = Callable[[Iterable["Capture"]], "list[Capture]"]
"""What gives the captures whose records hold the bytes of repetitions."""

_PIECE = 32  # captures read by one task of a long history
_TASKS = 4  # of each worker, so that the last one is not waited for alone


class Whole(NamedTuple):
    """A source to be read whole. ``first``: the first captures of its stretches; ``holders``: those whose
    records hold the bytes of repetitions among them; ``cache``: a state folder whose pages may be used;
    ``published``: the capture that news come after; ``spool``: a folder for what is told, None: it comes back
    with the history; ``people``: who is hidden in it, None: its own contacts where they are not published."""

    raw: str
    cache: str | None
    holders: Sequence[Capture]
    source: Source
    first: Sequence[Capture]
    accepted: Decisions
    published: str | None
    spool: str | None
    people: People | None = None


class Told(NamedTuple):
    """A history, and of a source that does not publish contacts what others must know of it."""

    chronicle: Chronicle
    sighting: Sighting | None


class Piece(NamedTuple):
    """Captures to be read as pages."""

    raw: str
    cache: str | None
    holders: Sequence[Capture]
    captures: Sequence[Capture]


def whole(task: Whole) -> Told:
    """The history of one source. Raises Failed."""
    reader = _reader(task)
    return _told(task, lambda: reader)


def _told(task: Whole, pages: Callable[[], state.Pages]) -> Told:
    """``pages``: gives all of them from the first one on, each time it is called."""
    source, first, accepted = task.source, task.first, task.accepted
    path = new_file(Path(task.spool), source.id) if task.spool else None
    sighting, people = None, task.people
    if people is None and not source.publish_contacts:
        sighting = state.sighted(state.steps(pages(), source, first, accepted))
        people = sighting.people
    history = state.steps(pages(), source, first, accepted, people=people or ())
    return Told(tell(history, task.published, path), sighting)


def piece(task: Piece) -> dict[Body, Page]:
    """The pages of the captures. Raises Failed."""
    reader = _reader(task)
    return {capture.body: reader.page(capture) for capture in task.captures}


def _reader(task: Whole | Piece) -> state.Reader:
    pages = PageCache(Path(task.cache), writes=True) if task.cache else None
    archive = Archive(Path(task.raw), opened=_at(task.raw) if is_address(task.raw) else None)
    archive.know(task.holders)
    return state.Reader(archive, pages)


def _at(address: str) -> Callable[[str], BinaryIO]:
    from pipeline.remote.reading import open_raw

    return partial(open_raw, address)


def read(
    dataset: state.Dataset,
    published: Mapping[str, str],
    workers: Workers,
    cache: Path | None,
    spool: Path | None = None,
) -> dict[str, Chronicle]:
    """All histories by source, in the order of sources.toml. ``spool``: a folder here for what they tell,
    None: memory. Raises Failed."""
    raw = workers.raw or str(dataset.archive.root.absolute())
    kept = str(cache.absolute()) if cache and not workers.raw else None
    folder = str(spool.absolute()) if spool else None
    tasks = [
        Whole(
            raw,
            kept if source.publish_contacts else None,
            (),
            source,
            dataset.first(source),
            dataset.decisions,
            published.get(source.id),
            folder if workers.here else None,
        )
        for source in dataset.sources
    ]
    find = partial(_holders, dataset)
    told = _all(tasks, workers, find, folder, spool)
    seen = {one: history.sighting for one, history in told.items() if history.sighting}
    again = [
        task._replace(people=people)
        for task in tasks
        if task.source.id in seen and (people := _named_too(task.source.id, seen)) is not None
    ]
    told |= _all(again, workers, find, folder, spool)
    return {source.id: told[source.id].chronicle for source in dataset.sources}


def _named_too(source: str, seen: Mapping[str, Sighting]) -> People | None:
    """Who is hidden in a history where its pages may name contacts of other sources that hide them; None
    where they name nobody, and it is told as it has to be."""
    own = seen[source]
    people = own.with_those_of(sighting for other, sighting in seen.items() if other != source)
    return people if people != own.people else None


def _holders(dataset: state.Dataset, some: Iterable[Capture]) -> list[Capture]:
    """The captures whose records hold the bytes of repetitions among these. Raises Failed."""
    return [dataset.holder(one) or dataset.archive.holder(one) for one in some if one.kind == "revisit"]


def _all(
    tasks: list[Whole], workers: Workers, find: Find, folder: str | None, spool: Path | None
) -> dict[str, Told]:
    """By source. What a task is made of is read when its turn comes. Raises Failed."""
    tasks = sorted(tasks, key=lambda task: -len(task.first))
    share = max(2 * _PIECE, sum(len(task.first) for task in tasks) // (_TASKS * workers.count))
    told = {
        task.source.id: _pieced(task._replace(spool=folder), workers, find)
        for task in tasks
        if len(task.first) > share
    }
    short = [task for task in tasks if len(task.first) <= share]
    ready = (
        task._replace(first=first, holders=find(first)) for task in short for first in [tuple(task.first)]
    )
    done = workers.in_order(whole, ready)
    for task, one in zip(short, done, strict=True):
        if spool and not task.spool:  # it came from another machine, with what it tells
            one.chronicle.shelf.settle(new_file(spool, task.source.id))
        told[task.source.id] = one
    return told


def _pieced(task: Whole, workers: Workers, find: Find) -> Told:
    """The same as :func:`whole`, its pages read by all workers."""

    def pieces() -> Iterator[Piece]:
        for begin in range(0, len(task.first), _PIECE):
            captures = task.first[begin : begin + _PIECE]
            yield Piece(task.raw, task.cache, find(captures), captures)

    return _told(task, lambda: _Pages(workers.in_order(piece, pieces())))


class _Pages:
    """Pages that come piece by piece, in the order of captures; one piece is held."""

    def __init__(self, pieces: Iterator[dict[Body, Page]]) -> None:
        self._pieces = pieces
        self._held: dict[Body, Page] = {}

    def page(self, capture: Capture) -> Page:
        while capture.body not in self._held:
            held = next(self._pieces, None)
            if held is None:
                raise Failed(f"{capture.id}: no worker read it")
            self._held = held
        return self._held[capture.body]

"""What the words of ``diff A B`` mean: the dataset at a moment, one capture, or a page in a file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from parsers.page import parse_page
from pipeline import files, moments, warc_pages
from pipeline.changes.compare import diff
from pipeline.errors import Failed, UsageError
from pipeline.reports import Pair, Report, Side, places
from pipeline.state import charset_of, published
from pipeline.suggestion import did_you_mean
from pipeline.telling import changes_between, pair_of

if TYPE_CHECKING:
    from parsers.records import Page
    from pipeline.captures import Capture
    from pipeline.chronicle import Chronicle
    from pipeline.config import Source
    from pipeline.state import Dataset, State


class FilePoint(NamedTuple):
    """A page in a file; it belongs to no source."""

    side: Side
    page: Page


class CapturePoint(NamedTuple):
    """One capture, the state of its source."""

    state: State

    def at(self, source: Source) -> State | None:
        return self.state if source.id == self.state.source.id else None

    def states(self) -> Iterator[State]:
        yield self.state


class MomentPoint(NamedTuple):
    """The whole dataset at a moment; each source's history and page are read when they are asked for."""

    dataset: Dataset
    history: HistoryOf
    moment: datetime

    def at(self, source: Source) -> State | None:
        """Raises Failed."""
        history = self.history(source)
        capture = history.standing(self.dataset.first(source), self.moment)
        if capture is None:
            return None
        newest = history.shown
        if newest and newest.capture == capture:
            return newest.whole()
        return self.dataset.state(source, capture)

    def before(self, source: Source, after: State) -> State | None:
        """The older state for a later one: where the archive begins after the moment, its first good capture;
        None where that is the later one itself. Raises Failed."""
        state = self.at(source)
        if state is None:
            refused = set(self.history(source).refused)
            good = (one for one in self.dataset.first(source) if one.id not in refused)
            first = next(good, None)
            if first is not None and first != after.capture:
                state = self.dataset.state(source, first)
        return state

    def states(self) -> Iterator[State]:
        """Raises Failed."""
        states = map(self.at, self.dataset.sources)
        return (state for state in states if state is not None)


StatePoint = CapturePoint | MomentPoint
Point = FilePoint | StatePoint

HistoryOf = Callable[["Source"], "Chronicle"]

_ENDINGS = frozenset({".html", ".htm", ".xhtml", ".txt", ".md", ".warc", ".gz"})


def is_file(word: str) -> bool:
    """Whether the word names a file; a file wins over a date of the same name."""
    try:
        return Path(word).is_file()
    except (OSError, ValueError):
        return False


def looks_like_file(word: str) -> bool:
    """Whether somebody who wrote this meant a file, be it there or not."""
    return "/" in word or "\\" in word or Path(word).suffix.lower() in _ENDINGS


def file_point(name: str) -> FilePoint:
    """A page, or the newest one of a WARC file. Raises UsageError, Failed."""
    if warc_pages.is_warc(Path(name)) and Path(name).is_file():
        return _archived(Path(name))
    page = parse_page(files.read(name))
    if page.media in ("binary", "empty"):
        raise Failed(f"{name}: no text; expected a page, HTML or text")
    return FilePoint(Side(None, name=name), page)


def _archived(path: Path) -> FilePoint:
    newest = None
    for page in warc_pages.pages(path):
        if newest is not None and page.url != newest.url:
            message = f"{path}: has pages of several addresses ({newest.url}, {page.url})"
            raise UsageError(f"{message}; a diff takes one with a single page's captures")
        if newest is None or page.captured_at >= newest.captured_at:
            newest = page
    if newest is None:
        raise Failed(f"{path}: holds no page (a response with status 200, or a resource, that is text)")
    read = parse_page(newest.content, newest.url, charset_of(newest.content_type))
    return FilePoint(Side(newest.url, None, newest.captured_at, path.name), read)


def state_point(word: str, dataset: Dataset, history: HistoryOf) -> StatePoint:
    """A moment or a capture; ``history`` is asked for a moment alone.

    Raises UsageError where the word is neither, or means several captures.
    """
    moment = moments.read(word, datetime.now(UTC))
    if moment is not None:
        return MomentPoint(dataset, history, moment)
    capture = find_capture(word.strip(), dataset)
    owner = dataset.belonging.owner(capture)
    source = next((one for one in dataset.sources if one.id == owner), None)
    if source is None:
        raise UsageError(f"capture {capture.id}: its source {capture.source} is not in sources.toml")
    return CapturePoint(dataset.state(source, capture))


def find_capture(word: str, dataset: Dataset) -> Capture:
    """The capture whose id begins with the word. Raises UsageError where there is none, or several."""
    ids: list[str] = []
    found: list[Capture] = []
    for capture in dataset.archive.captures():
        if capture.id == word:
            return capture
        ids.append(capture.id)
        if word and capture.id.startswith(word):
            found.append(capture)
    if len(found) == 1:
        return found[0]
    if found:
        raise UsageError(
            f"{word}: {len(found)} captures begin so, the first is {found[0].id}; write more of it"
        )
    kinds = "no file, no date (2025-03-01, yesterday, -7d) and no capture"
    raise UsageError(f"{word}: {kinds}; {did_you_mean(word, ids[-1000:])}")


def compare(old: Point, new: Point) -> Report:
    """The report from one point to the other. A file is held against the source that it has most measures
    in common with. Raises UsageError where there is none."""
    if isinstance(old, FilePoint):
        return Report([_of_files(old, new) if isinstance(new, FilePoint) else _from_file(old, new)])
    if isinstance(new, FilePoint):
        state = _nearest(old.states(), new)
        return Report([_of_state(state, state._replace(page=new.page))._replace(new=new.side)])
    return Report(list(_of_states(old, new)))


def _of_files(old: FilePoint, new: FilePoint) -> Pair:
    changes = diff(old.page, new.page)
    return Pair(None, "", old.side, new.side, places.items(changes, old.page, new.page))


def _from_file(old: FilePoint, new: StatePoint) -> Pair:
    state = _nearest(new.states(), old)
    return _of_state(state._replace(page=old.page), state)._replace(old=old.side)


def last_two(chronicles: Iterable[Chronicle]) -> Report:
    """From the state of the dataset before its last change to that change.

    A run captures several pages within minutes: what changed within the hour before the last change
    belongs to it.
    """
    pairs = [
        (_of_state(state, state), chronicle.told[-1].pair if chronicle.told else None)
        for chronicle in chronicles
        if (state := chronicle.state)
    ]
    moments = [changed.new.captured_at for _, changed in pairs if changed]
    newest = max((moment for moment in moments if moment), default=None)
    return Report(
        [
            changed if changed and _within_hour(changed.new.captured_at, newest) else standing
            for standing, changed in pairs
        ]
    )


def _within_hour(moment: datetime | None, newest: datetime | None) -> bool:
    if moment is None or newest is None:
        return newest is None
    return (newest - moment).total_seconds() <= 3600


def _of_states(old: StatePoint, new: StatePoint) -> Iterator[Pair]:
    """What both points have, a source at a time; a page that the older one lacks is held against its first
    good capture, as what came since then did change."""
    for source in _sources(old, new):
        after = new.at(source)
        if after is not None:
            before = old.before(source, after) if isinstance(old, MomentPoint) else old.at(source)
            yield _of_state(before, after)
        elif isinstance(old, CapturePoint):
            raise UsageError(
                f"{source.id} has no good capture by then to hold {old.state.capture.id} against"
            )


def _sources(old: StatePoint, new: StatePoint) -> Sequence[Source]:
    """Those that can be compared. Raises UsageError for captures of two pages."""
    captures = [point.state for point in (old, new) if isinstance(point, CapturePoint)]
    if isinstance(new, MomentPoint) and not captures:
        return new.dataset.sources
    ids = [state.source.id for state in captures]
    if ids[0] != ids[-1]:
        message = f"{captures[0].capture.id} and {captures[1].capture.id} are captures of different pages"
        raise UsageError(f"{message} ({', '.join(ids)})")
    return [captures[0].source]


def _of_state(old: State | None, new: State) -> Pair:
    changes = changes_between(old, new)
    return pair_of(published(old) if old else None, published(new), changes)


def _nearest(states: Iterable[State], file: FilePoint) -> State:
    """The state with most measures in common with the file, the first of these. Raises UsageError."""
    codes = {measure.code for measure in file.page.measures}
    best, most, several = None, -1, False
    for state in states:
        several = best is not None
        common = len(codes & {measure.code for measure in state.page.measures})
        if common > most:
            best, most = state, common
    if best is None or (not most and several):
        raise UsageError(
            f"{file.side.name}: no captured page has a measure in common with it; name a capture"
        )
    return best

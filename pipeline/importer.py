"""History from elsewhere into raw/: pages in files, web archives, a git repository's memory.

Doing it twice is doing it once. What cannot be taken is told, and the rest is taken.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO, NamedTuple

from pipeline import archived, cdxj, codings, git_history, wacz
from pipeline.archived import Again, Answered, Held, NoPage, Page, Selection
from pipeline.captures import Capture
from pipeline.errors import Failed, UsageError
from pipeline.import_files import File
from pipeline.warc_stream import LeftOut
from pipeline.writer import Writer

_GZIP, _ZIP, _WARC = b"\x1f\x8b", b"PK\x03\x04", b"WARC/"
_WARC_NAMES = (".warc", ".warc.gz")
_SECOND = timedelta(seconds=1)
_MOST_NAMED = 4

Open = Callable[[], AbstractContextManager[IO[bytes]]]


class Tally:
    """What came of an import. ``known``: there already. ``left_out``: a line for each thing not taken."""

    def __init__(self) -> None:
        self.added: Counter[str] = Counter()
        self.known = self.undated = 0
        self.first: datetime | None = None
        self.last: datetime | None = None
        self.left_out: list[str] = []
        self.notes: list[str] = []

    def count(self, capture: Capture | None) -> None:
        """Counts a capture that was written; None stands for one that was there already."""
        if capture is None:
            self.known += 1
            return
        self.added[capture.source] += 1
        when = capture.captured_at
        if when is None:
            self.undated += 1
            return
        self.first = min(self.first or when, when)
        self.last = max(self.last or when, when)


class _Seen(NamedTuple):
    """A page of this import that a revisit may refer to; ``capture`` None: it was in raw/ already."""

    sha256: str
    capture: Capture | None


class Importer:
    """Takes things into raw/. ``sources``: whose pages are looked for in web archives; a page in a file
    belongs to the first. ``limit``: most bytes of a page. ``url``: the address that such pages had, where
    it is not the first source's. Raises Failed where raw/ cannot be written.
    """

    def __init__(
        self, writer: Writer, sources: Sequence[Page], *, limit: int, url: str | None = None
    ) -> None:
        self.tally = Tally()
        self._writer, self._sources, self._limit, self._url = writer, sources, limit, url
        self._selection = Selection(sources, [url] if url else [])
        self._seen: dict[tuple[str, str], _Seen] = {}

    def file(self, file: File, captured_at: datetime | None = None) -> None:
        """A page, a WARC or a WACZ, told by its content. ``captured_at``: when the page was captured."""
        path = file.path
        try:
            with path.open("rb") as opened:
                first = opened.read(5)
            is_wacz, is_warc = (
                first.startswith(_ZIP),
                first == _WARC or path.name.lower().endswith(_WARC_NAMES),
            )
            if captured_at and (is_wacz or is_warc):
                raise UsageError(f"{path}: a web archive tells its own times; leave --captured-at out")
            if is_wacz:
                self._wacz(path)
            elif is_warc:
                self._archive(str(path), lambda: path.open("rb"))
            else:
                self._page(path, captured_at or file.captured_at, is_packed=first.startswith(_GZIP))
        except OSError as error:
            self._leave_out(f"{path}: cannot be read ({error.strerror or error})")

    def git(self, path: Path) -> None:
        """Every version of a file that its repository remembers, at the time of its commit.

        Raises UsageError where there is none.
        """
        before: datetime | None = None
        for version in git_history.versions(path, self._limit):
            name, when = f"{path} as of commit {version.commit[:12]}", version.committed_at
            if before and when <= before:
                when = before + _SECOND
                self.tally.notes.append(f"{name}: no later than the one before; filed one second after that")
            before = when
            if version.content is None:
                self._leave_out(f"{name}: {version.size} bytes, more than max_bytes = {self._limit}")
            else:
                self._take(name, version.content, when)

    def answered(self, item: Answered) -> None:
        """A page with its HTTP head."""
        capture = self._writer.imported(item.source, item.exchange)
        self._keep(item.source, item.digest, item.exchange.payload, capture)

    def _page(self, path: Path, when: datetime | None, *, is_packed: bool) -> None:
        if path.stat().st_size > self._limit:
            self._leave_out(f"{path}: more than max_bytes = {self._limit}")
            return
        content = path.read_bytes()
        try:
            content = codings.decode(content, ["gzip"], self._limit) if is_packed else content
        except codings.CodingError as error:
            self._leave_out(f"{path}: {error}")
            return
        self._take(str(path), content, when)

    def _take(self, name: str, content: bytes, when: datetime | None) -> None:
        content_type = archived.content_type_of(content)
        if not content_type:
            what = "no text" if content.strip() else "empty"
            self._leave_out(f"{name}: {what}; expected a page, HTML or text")
            return
        source = self._sources[0]
        url = self._url or source.url
        self.tally.count(self._writer.resource(source.id, url, content, content_type, when))

    def _wacz(self, path: Path) -> None:
        try:
            members = wacz.members(path)
        except Failed as error:
            self._leave_out(f"{error}; looking for records in what is there")
            self._archive(str(path), lambda: path.open("rb"))
            return
        if not members:
            self._leave_out(f"{path}: a ZIP file without a WARC file in it; expected a WACZ")
        for name, trouble in members:
            if trouble:
                self._leave_out(f"{path}: {name}: {trouble}")
            else:
                self._archive(f"{path}: {name}", lambda name=name: wacz.opened(path, name))  # type: ignore[misc]

    def _archive(self, name: str, opened: Open) -> None:
        """The pages of a WARC file. Where it has none at a known address but is of one page alone, it is
        meant: who names a source says whose page this is."""
        if self._taken(name, opened, self._selection):
            return
        others = self._addresses(opened)
        if len(others) == 1 and len(self._sources) == 1 and self._url is None:
            url = next(iter(others.values()))
            self.tally.notes.append(
                f"{name}: taken as {self._sources[0].id} was {url}; former_urls may name it"
            )
            self._taken(name, opened, Selection(self._sources, [url]))
        elif others:
            named = ", ".join(list(others.values())[:_MOST_NAMED]) + (
                " …" if len(others) > _MOST_NAMED else ""
            )
            self._leave_out(
                f"{name}: no capture of a configured page; it has {named}; --url takes one of them"
            )
        else:
            self._leave_out(f"{name}: no capture of a page in it")

    def _taken(self, name: str, opened: Open, selection: Selection) -> bool:
        """Whether there was anything at the selected addresses."""
        no_pages: Counter[str] = Counter()
        waiting: list[Again] = []
        found = False
        for item in self._items(name, opened, selection):
            found = True
            match item:
                case Answered():
                    self.answered(item)
                case Held():
                    capture = self._writer.resource(*item[:5])
                    self._keep(item.source, item.digest, item.body, capture)
                case Again() if not self._repeated(item):
                    waiting.append(item)  # a file may have a revisit before what it refers to
                case NoPage():
                    no_pages[item.what] += 1
        for item in waiting:
            if not self._repeated(item):
                when = f"{item.exchange.started_at:%Y-%m-%d %H:%M:%S}"
                self._leave_out(f"{name}: {item.exchange.url} of {when} repeats a record that is not there")
        if no_pages:
            told = ", ".join(f"{count} × {what}" for what, count in sorted(no_pages.items()))
            self.tally.notes.append(f"{name}: answers that are no page, not taken: {told}")
        return found

    def _items(self, name: str, opened: Open, selection: Selection) -> Iterable[archived.Item]:
        """What the file has of the selected pages; what is damaged is told on the way."""
        try:
            with opened() as file:
                for item in archived.items(file, selection, self._limit):
                    if isinstance(item, LeftOut):
                        self._leave_out(f"{name}: {item.message}")
                    else:
                        yield item
        except Failed as error:
            self._leave_out(f"{name}: {error}")

    def _addresses(self, opened: Open) -> dict[str, str]:
        """The addresses of the pages in it, by what makes them the same; a few are enough."""
        found: dict[str, str] = {}
        try:
            with opened() as file:
                for url in archived.addresses(file):
                    found.setdefault(cdxj.surt(url), url)
                    if len(found) > _MOST_NAMED:
                        break
        except Failed:  # told when it was read for its pages
            return found
        return found

    def _keep(self, source: str, digest: str, payload: bytes, capture: Capture | None) -> None:
        self.tally.count(capture)
        if digest:
            from hashlib import sha256

            self._seen[source, digest] = _Seen(sha256(payload).hexdigest(), capture)

    def _repeated(self, item: Again) -> bool:
        """Whether the page that it repeats is known, so that it could be taken."""
        seen = self._seen.get((item.source, item.digest))
        original = seen.capture if seen else None
        if original is None:
            original = self._writer.holder(item.source, seen.sha256 if seen else item.digest)
        if original is None:
            return False
        self.tally.count(self._writer.repeated(item.exchange, original))
        return True

    def _leave_out(self, line: str) -> None:
        self.tally.left_out.append(line)

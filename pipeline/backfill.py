"""History of a page out of a public web archive; goes on where it was stopped."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import NamedTuple

from pipeline import cdxj
from pipeline.archived import Answered, Page
from pipeline.cdx_api import Row
from pipeline.client import Problem, Refusal
from pipeline.errors import Failed
from pipeline.importer import Importer
from pipeline.printable import printable
from pipeline.web_archive import WebArchive, pages

_MOST_FAILURES = 3  # one after another: then the archive is out of order, and asking on is no help


class Span(NamedTuple):
    """Between which moments, both inclusive; None is open."""

    since: datetime | None
    until: datetime | None


class Backfill:
    """Takes what a web archive has of one source. ``held``: seconds (since 1970, UTC) of the captures that
    raw/ has of it. ``seen``: told of each capture that was looked at.

    ``stopped``: why not everything could be asked for; None where it was.
    """

    def __init__(self, archive: WebArchive, importer: Importer, page: Page, held: set[int]) -> None:
        self._archive, self._importer, self._page, self._held = archive, importer, page, held
        self.stopped: str | None = None
        self._failures = 0

    def run(self, span: Span, seen: Callable[[], None]) -> None:
        """Raises Failed where the archive cannot be asked at all, or raw/ not be written."""
        urls = {cdxj.surt(url): url for url in (self._page.url, *self._page.former_urls)}
        for url in urls.values():
            for row in self._rows(url, span):
                self._take(row)
                seen()
                if self.stopped:
                    return

    def _rows(self, url: str, span: Span) -> Iterator[Row]:
        try:
            yield from pages(self._archive.captures(url, _digits(span.since), _digits(span.until)))
        except Problem as problem:
            if not self._importer.tally.added and not self._importer.tally.known:
                raise Failed(printable(f"{url}: the archive cannot be asked: {problem}")) from problem
            self.stopped = printable(f"the list of captures broke off: {problem}")

    def _take(self, row: Row) -> None:
        if row.captured_at.timestamp() in self._held:
            self._importer.tally.known += 1
            return
        name = f"{row.url} of {row.captured_at:%Y-%m-%d %H:%M:%S}"
        try:
            replayed = self._archive.replay(row)
        except Problem as problem:
            # What it refuses to show is a matter of that capture; all else may be one of the archive.
            self._failures += 0 if isinstance(problem, Refusal) and not problem.passing else 1
            self._importer.tally.left_out.append(printable(f"{name}: {problem}"))
            if self._failures == _MOST_FAILURES:
                self.stopped = f"{_MOST_FAILURES} captures in a row could not be had"
            return
        self._failures = 0
        when = replayed.exchange.started_at
        if not replayed.is_sure:
            self._importer.tally.left_out.append(f"{name}: the archive gave other bytes than its index says")
        elif when.timestamp() in self._held:
            self._importer.tally.known += 1
        else:
            self._held.add(int(when.timestamp()))
            self._importer.answered(Answered(self._page.id, replayed.exchange, ""))


def _digits(moment: datetime | None) -> str:
    return f"{moment.astimezone(UTC):%Y%m%d%H%M%S}" if moment else ""

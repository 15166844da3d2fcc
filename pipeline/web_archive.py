"""A public web archive asked politely: which captures of a page it has, and each as it was."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import NamedTuple

from pipeline import cdx_api, http_head, warc
from pipeline.captures import Exchange
from pipeline.cdx_api import Row
from pipeline.client import Answer, Client, Problem, Refusal
from pipeline.errors import Failed
from pipeline.fetch_types import FetchSettings
from pipeline.fetcher import follow, retried
from pipeline.printable import printable

_PAGE = 1000  # captures listed at once
_LIST_BYTES = 16_000_000
_DEADLINE = 300.0  # seconds for one question with all its retries: archives are slow, and ask for long pauses
_GOOD = ("200", "-")  # a revisit's status is often not told
_STAMP = re.compile(r"/(\d{14})id_/")
_ORIGINAL = "x-archive-orig-"  # what the Internet Archive calls a header of the page itself
_OF_REPLAY = frozenset({"memento-datetime", "link", "content-location", "preference-applied", "date"})
_OF_TRANSPORT = frozenset(
    {"content-encoding", "content-length", "transfer-encoding", "connection", "keep-alive"}
)


class Replayed(NamedTuple):
    """A capture as the archive gave it. ``exchange.started_at``: when it says that it was captured, which
    may be another time than was asked for. ``is_sure``: nothing speaks against its being a capture."""

    exchange: Exchange
    is_sure: bool


class WebArchive:
    """One archive, in any layout that :func:`pipeline.cdx_api.endpoints` knows. Not for several threads.

    ``asked``: how many requests were made of it.
    """

    def __init__(self, url: str, settings: FetchSettings) -> None:
        longest = max(settings.deadline_seconds, _DEADLINE)
        # Who names an archive on this machine means it; its redirects never lead off its host.
        self._settings = settings._replace(allow_private=True, deadline_seconds=longest)
        self._client = Client(self._settings, threading.Event())
        self._endpoints = cdx_api.endpoints(url)
        self.asked = 0

    def close(self) -> None:
        self._client.close()

    def captures(self, url: str, since: str, until: str) -> Iterator[Row]:
        """The captures of ``url`` that are pages, in order, of those with the same bytes in a row the first.

        ``since`` and ``until``: 14 digits, inclusive, or empty. Asks for the next page from the last time
        on, which every server understands. Raises Failed where the archive cannot be asked, Problem later.
        """
        last, at_last = "", set[Row]()
        while True:
            rows = [row for row in self._list(url, last or since, until) if row not in at_last]
            if not rows:
                return
            yield from rows
            if rows[-1].stamp < last:
                raise Problem("the archive lists its captures in no order of time")
            same = {row for row in rows if row.stamp == rows[-1].stamp}
            last, at_last = rows[-1].stamp, same | at_last if rows[-1].stamp == last else same

    def replay(self, row: Row) -> Replayed:
        """One capture. Raises Problem."""
        asked = f"{self._endpoints[0].replay}{row.stamp}id_/{row.url}"
        answer = self._get(asked, self._settings.max_bytes)
        memento = _memento(http_head.get(answer.response_head, "memento-datetime"))
        stamp = _STAMP.search(answer.final_url)
        when = memento or (row._replace(stamp=stamp[1]) if stamp else row).captured_at
        head = _original_head(answer.response_head, len(answer.body))
        exchange = answer._replace(
            url=row.url, final_url=row.url, response_head=head, redirects=(), started_at=when, address=None
        )
        return Replayed(exchange, memento is not None or _agrees(row.digest, answer) is not False)

    def _list(self, url: str, since: str, until: str) -> list[Row]:
        """One page of captures, from the first layout that answers."""
        problems = []
        for endpoint in self._endpoints:
            try:
                answer = self._get(cdx_api.query(endpoint.cdx, url, since, until, _PAGE), _LIST_BYTES)
                rows = list(cdx_api.rows(answer.payload))
            except (Refusal, ValueError) as problem:
                if isinstance(problem, Refusal) and (problem.passing or len(self._endpoints) == 1):
                    raise
                problems.append(f"{endpoint.cdx}: {problem}")
                continue
            self._endpoints = [endpoint]
            return rows
        raise Failed(printable(f"no CDX API that answers; tried {'; '.join(problems)}"))

    def _get(self, url: str, limit: int) -> Exchange:
        watch = self._client.watch()

        def ask(url: str) -> Answer:
            self.asked += 1
            return self._client.get(url, {}, watch, limit=limit)

        return retried(lambda: follow(url, (), ask), watch, self._settings)


def pages(rows: Iterator[Row]) -> Iterator[Row]:
    """Those that are states of a page, of equal ones in a row the first."""
    before = ""
    for row in rows:
        if row.status not in _GOOD:
            continue
        if not row.digest or row.digest != before:
            yield row
        before = row.digest


def _memento(value: str | None) -> datetime | None:
    """The time of a Memento-Datetime (RFC 7089, 2.1.1)."""
    try:
        return parsedate_to_datetime(value).astimezone(UTC) if value else None
    except ValueError:
        return None


def _original_head(head: bytes, length: int) -> bytes:
    """The page's own HTTP head, out of the one that a replay server made around it; what the bytes are coded
    in is told by the latter."""
    fields = http_head.fields(head)
    own = [(name[len(_ORIGINAL) :], value) for name, value in fields if name.lower().startswith(_ORIGINAL)]
    if not own:
        own = [(name, value) for name, value in fields if name.lower() not in _OF_REPLAY]
    elif "content-type" not in {name.lower() for name, _ in own}:
        own += [(name, value) for name, value in fields if name.lower() == "content-type"]
    kept = [(name, value) for name, value in own if name.lower() not in _OF_TRANSPORT]
    kept += [(name, value) for name, value in fields if name.lower() == "content-encoding"]
    lines = ["HTTP/1.1 200 OK", *(f"{name}: {value}" for name, value in kept), f"Content-Length: {length}"]
    return "\r\n".join([*lines, "", ""]).encode("latin-1", "replace")


def _agrees(digest: str, answer: Exchange) -> bool | None:
    """Whether the bytes are those of the index's digest; None where that cannot be told."""
    labelled = f"sha1:{digest}" if len(digest) == 32 and digest.isalnum() else digest
    if not labelled.startswith(("sha1:", "sha256:")):
        return None
    return any(warc.same_digest(labelled, data) for data in (answer.body, answer.payload))

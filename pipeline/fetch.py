"""Fetching politely: robots.txt, one request at a time and a pause for each host, conditional requests,
retries that give a server time, redirects only where they are expected, and limits that hold."""

from __future__ import annotations

import queue
import threading
from collections import defaultdict
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from pipeline.captures import Exchange, Hop, Validators
from pipeline.fetch_types import FetchSettings, Newest, Outcome, Source
from pipeline.version import VERSION

if TYPE_CHECKING:
    from pipeline.fetcher import Fetcher

__all__ = ["Exchange", "FetchSettings", "Hop", "Outcome", "Source", "Validators", "fetch_all", "user_agent"]

_MOST_HOSTS = 16  # asked at once

_Done = queue.Queue[Outcome | None]


def user_agent(contact: str) -> str:
    """Who is asking, and whom to write to."""
    return f"pasakumi/{VERSION} (+{contact})"


def fetch_all(sources: Sequence[Source], settings: FetchSettings, *, newest: Newest) -> Iterator[Outcome]:
    """One outcome for each source, as they come in. Hosts are asked at once, the pages of one in their order.

    ``newest`` tells of a source's newest capture (``Archive.validators().get``). Leaving the iterator early
    stops what is under way.
    """
    from pipeline.fetcher import Fetcher

    by_host: defaultdict[str, list[Source]] = defaultdict(list)
    for source in sources:
        by_host[_host(source.url)].append(source)
    stop, done = threading.Event(), _Done(maxsize=8)
    fetcher = Fetcher(settings, newest, stop)
    pool = ThreadPoolExecutor(max_workers=min(len(by_host), _MOST_HOSTS) or 1, thread_name_prefix="host")
    try:
        jobs = []
        for pages in by_host.values():
            try:
                jobs.append(pool.submit(_work, pages, fetcher, done, stop))
            except RuntimeError:  # no room for one more thread: it is queued, and those that run come to it
                if not jobs:
                    raise
        running = len(by_host)
        while running:
            if (outcome := done.get()) is None:
                running -= 1
            else:
                yield outcome
        for job in jobs:
            job.result()
    finally:
        stop.set()
        pool.shutdown(wait=True, cancel_futures=True)
        fetcher.close()


def _work(pages: Sequence[Source], fetcher: Fetcher, done: _Done, stop: threading.Event) -> None:
    """The pages of one host; None at the end, however it comes."""
    try:
        for page in pages:
            if stop.is_set():
                return
            _put(done, fetcher.outcome(page), stop)
    finally:
        _put(done, None, stop)


def _put(done: _Done, item: Outcome | None, stop: threading.Event) -> None:
    while not stop.is_set():
        try:
            return done.put(item, timeout=0.2)
        except queue.Full:
            continue
    return None


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").lower()
    except ValueError:
        return ""

"""One request at a time to a host, and a pause between two."""

from __future__ import annotations

import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.wire import Watch


class Pace:
    """Knows when each host may be asked next. ``delay``: seconds between an answer and the next request."""

    def __init__(self, delay: float, stop: threading.Event) -> None:
        self._delay, self._stop = delay, stop
        self._locks: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)
        self._ready_at: dict[str, float] = {}
        self._delays: dict[str, float] = {}

    def wait(self, host: str) -> float:
        """Seconds until the host may be asked."""
        return max(0.0, self._ready_at.get(host, 0.0) - time.monotonic())

    def slow_down(self, host: str, delay: float) -> None:
        """From now on at least ``delay`` seconds between two requests (robots.txt: Crawl-delay)."""
        self._delays[host] = max(delay, self._delay)
        self.pause(host, self._delays[host])

    def pause(self, host: str, seconds: float) -> None:
        """No request to the host for that long (Retry-After)."""
        self._ready_at[host] = max(self._ready_at.get(host, 0.0), time.monotonic() + seconds)

    @contextmanager
    def turn(self, host: str, watch: Watch) -> Iterator[None]:
        """Waits for the host's turn, within the time of ``watch``. Raises DeadlineExceeded."""
        lock = self._locks[host]
        while not lock.acquire(timeout=min(0.5, watch.left())):
            watch.left()
        try:
            if self.wait(host):
                watch.sleep(self.wait(host))
            yield
        finally:
            self.pause(host, self._delays.get(host, self._delay))
            lock.release()

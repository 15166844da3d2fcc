"""robots.txt as RFC 9309 has it, read with Protego, asked for once an authority and run."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import NamedTuple
from urllib.parse import urlsplit

from protego import Protego

from pipeline.client import Problem, Refusal
from pipeline.pace import Pace
from pipeline.wire import Watch

TOKEN = "pasakumi"  # noqa: S105 - the product token that a robots.txt would name
LIMIT = 512 * 1024  # RFC 9309, 2.5: at least 500 kibibytes are read
_LONGEST_DELAY = 60.0
_TOO_MANY = 429

Get = Callable[[str, Watch], bytes]


class Disallowed(Exception):
    """robots.txt asks not to fetch this page."""


class Elsewhere(Problem):
    """A redirect to a host that was not allowed."""


class _Rules(NamedTuple):
    """``rules`` None: everything is allowed. ``problem``: robots.txt could not be reached."""

    rules: Protego | None
    problem: str | None


class Robots:
    """``get(url, watch)`` gives the file's bytes, redirects followed; it raises Problem."""

    def __init__(self, get: Get, pace: Pace) -> None:
        self._get, self._pace = get, pace
        self._known: dict[str, _Rules] = {}
        self._lock = threading.Lock()
        self._asking: dict[str, threading.Lock] = {}

    def check(self, url: str, watch: Watch) -> None:
        """Raises Disallowed, or Problem where robots.txt cannot be reached: then nothing may be fetched
        (RFC 9309, 2.3.1.4), while a 4xx allows everything (2.3.1.3)."""
        parts = urlsplit(url)
        root = f"{parts.scheme}://{parts.netloc}"
        with self._lock:
            asking = self._asking.setdefault(root, threading.Lock())
        with asking:
            if root not in self._known:
                self._known[root] = self._ask(f"{root}/robots.txt", parts.hostname or "", watch)
        known = self._known[root]
        if known.problem is not None:
            raise Problem(known.problem)
        if known.rules is not None and not known.rules.can_fetch(url, TOKEN):
            raise Disallowed(f"{root}/robots.txt asks not to fetch it")

    def _ask(self, url: str, host: str, watch: Watch) -> _Rules:
        try:
            text = self._get(url, watch).decode("utf-8", "replace")
        except Refusal as refusal:
            gone = 400 <= refusal.status < 500 and refusal.status != _TOO_MANY
            return _Rules(
                None, None if gone else f"{url} cannot be read, so nothing may be fetched: {refusal}"
            )
        except Elsewhere:  # the file is not here: unavailable, not unreachable (RFC 9309, 2.3.1.2)
            return _Rules(None, None)
        except Problem as problem:
            return _Rules(None, str(problem))
        rules = Protego.parse(text)
        delay = rules.crawl_delay(TOKEN)
        if delay:
            self._pace.slow_down(host, min(delay, _LONGEST_DELAY))
        return _Rules(rules, None)

"""What goes into fetching and what comes out. Imports nothing heavy."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple, Protocol

from pipeline.captures import Exchange, Validators


class Source(Protocol):
    """What has to be known of a page to fetch it."""

    @property
    def id(self) -> str: ...
    @property
    def url(self) -> str: ...
    @property
    def allowed_hosts(self) -> Sequence[str]: ...


class FetchSettings(NamedTuple):
    """How to ask. Times in seconds; ``deadline_seconds`` for one source in all, from its first turn at its
    host on. ``max_bytes`` holds before and after decompression. ``retries``: tries after the first.
    """

    user_agent: str
    delay_seconds: float = 1.0
    deadline_seconds: float = 60.0
    connect_seconds: float = 10.0
    read_seconds: float = 20.0
    max_bytes: int = 20_000_000
    allow_private: bool = False
    retries: int = 3
    backoff_seconds: float = 1.0
    respect_robots: bool = True


class Outcome(NamedTuple):
    """What came of one source. ``kind``: fetched, unchanged (304, or the bytes of the newest capture),
    skipped (robots.txt) or failed. ``exchange``: to be archived, None where skipped or failed: an error
    page is the server's word about itself, not a state of the page. ``message``: one line.
    """

    source: str
    url: str
    kind: str
    exchange: Exchange | None
    message: str


Newest = Callable[[str], Validators | None]

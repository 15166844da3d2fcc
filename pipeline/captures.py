"""The data types of fetching and archiving. Imports nothing heavy: listing captures must stay cheap."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

Body = tuple[str, str, str | None]
"""All that a capture's page is read from: digest, address, content type."""


class Capture(NamedTuple):
    """One page as it stood at one moment, and where its record is.

    ``id``: ``20241105T063000Z-<first 12 hex of sha256>-<source>``, made of the capture's own facts and so
    the same after every rebuild of the index (one source, second and payload is one capture); url-safe;
    sorts by time. A capture of unknown time has
    ``0000-<order, six digits>-<12 hex>-<source>``: it sorts before all that have a time, in the order given.
    ``captured_at``: UTC, whole seconds; None where nobody knows. ``sha256``: hex, of the payload (body
    after transfer and content decoding). ``status``: HTTP status, 200 for a resource.
    ``kind``: response, revisit (same payload as an earlier capture of the source) or resource (imported).
    ``file`` (relative to raw/, with forward slashes), ``offset`` and ``length`` (bytes): its WARC record.
    """

    id: str
    source: str
    url: str
    captured_at: datetime | None
    sha256: str
    status: int
    content_type: str | None
    kind: str
    file: str
    offset: int
    length: int

    @property
    def body(self) -> Body:
        return self.sha256, self.url, self.content_type


class Hop(NamedTuple):
    """A redirect on the way: the address asked, status, head as received, where it led (absolute)."""

    url: str
    status: int
    response_head: bytes
    location: str
    request_head: bytes = b""


class Exchange(NamedTuple):
    """What was asked of a server and what it said.

    ``request_head`` and ``response_head``: status or request line and headers as bytes on the wire, with the
    empty line that ends them. ``body``: as received once transfer coding (chunks) is taken off, content
    coding intact. ``payload``: ``body`` with its content coding undone. ``started_at``: UTC, when the request
    that gave this answer was begun. ``address``: IP that answered, None behind a proxy.
    """

    url: str
    final_url: str
    status: int
    request_head: bytes
    response_head: bytes
    body: bytes
    payload: bytes
    redirects: tuple[Hop, ...]
    started_at: datetime
    address: str | None = None


class Validators(NamedTuple):
    """What is known of the newest capture of a source, so that the next request can be conditional.

    ``url``: the address that ``etag`` and ``last_modified`` (as the server gave them; RFC 9110, 13.1) belong
    to. ``sha256``: of its payload.
    """

    url: str
    etag: str | None
    last_modified: str | None
    sha256: str


class Fault(NamedTuple):
    """Something wrong in raw/. ``file`` is relative to raw/; ``offset`` in bytes, None for the whole file.

    ``severity``: ``error`` (a record cannot be trusted or found) or ``note`` (what a killed run leaves and
    the next run puts right by itself).
    """

    file: str
    offset: int | None
    message: str
    severity: str = "error"

    def __str__(self) -> str:
        place = self.file if self.offset is None else f"{self.file} at byte {self.offset}"
        return f"{place}: {self.message}"


def capture_id(source: str, captured_at: datetime | None, sha256: str, order: int = 0) -> str:
    """The id of a capture from its own facts; ``order`` counts captures of unknown time from 1."""
    if captured_at is None:
        when = f"0000-{order:06d}"
    else:  # strftime takes ten times as long
        when = captured_at.isoformat()[:19].replace("-", "").replace(":", "") + "Z"
    return f"{when}-{sha256[:12]}-{source}"

"""One polite request: paced, limited in time and size, its failure put into one line."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from urllib3 import BaseHTTPResponse
from urllib3 import exceptions as failures

from pipeline import addresses, codings, guard, http_head
from pipeline.pace import Pace
from pipeline.printable import printable
from pipeline.wire import DeadlineExceeded, Session, Watch, watched

if TYPE_CHECKING:
    from pipeline.fetch_types import FetchSettings

_PIECE = 65536
_ACCEPT = "text/html,application/xhtml+xml,text/plain;q=0.9,*/*;q=0.5"
_TRANSIENT = {429, 500, 502, 503, 504}  # RFC 9110 and 6585: may be answered differently a moment later
_REDIRECTS = {301, 302, 303, 307, 308}
_OK, _NOT_MODIFIED = 200, 304
_BODILESS = {204, _NOT_MODIFIED}  # RFC 9112, 6.3


class Problem(Exception):
    """No usable answer. ``passing``: worth trying again. ``after``: seconds that the server asks to wait."""

    def __init__(self, message: str, *, passing: bool = False, after: float = 0.0) -> None:
        super().__init__(message)
        self.passing, self.after = passing, after


class Refusal(Problem):
    """The server answered with an error status."""

    def __init__(self, status: int, after: float) -> None:
        asks = f" and asks to wait {after:.0f} s" if after else ""
        super().__init__(f"the server answered {status}{asks}", passing=status in _TRANSIENT, after=after)
        self.status = status


class Answer(NamedTuple):
    """One answer, heads as on the wire. ``location``: where a redirect leads, as the server wrote it."""

    url: str
    status: int
    request_head: bytes
    response_head: bytes
    body: bytes
    payload: bytes
    started_at: datetime
    address: str | None
    location: str | None


class Client:
    """The session that a whole run shares; safe to use from several threads."""

    def __init__(self, settings: FetchSettings, stop: threading.Event) -> None:
        self._settings, self._stop = settings, stop
        self._session = Session()
        self.pace = Pace(settings.delay_seconds, stop)

    def watch(self) -> Watch:
        """The clock of one source, started."""
        settings = self._settings
        return Watch(
            settings.deadline_seconds,
            settings.connect_seconds,
            settings.read_seconds,
            allow_private=settings.allow_private,
            stop=self._stop,
        )

    def close(self) -> None:
        self._session.close()

    def get(
        self, url: str, headers: dict[str, str], watch: Watch, *, limit: int, cut: bool = False
    ) -> Answer:
        """One request. ``limit``: most bytes, before and after decompression; a longer body is a Problem, or
        where ``cut`` is set ends there. Raises Problem."""
        host = urlsplit(url).hostname or ""
        try:
            with self.pace.turn(host, watch), watched(watch):
                return self._ask(url, headers, watch, limit, cut=cut)
        except Refusal as refusal:
            self.pace.pause(host, refusal.after)
            raise
        except (DeadlineExceeded, guard.Unresolved) as error:
            raise Problem(str(error)) from error
        except guard.Refused as error:
            raise Problem(f"{error}; allow_private = true would permit it") from error
        except codings.TooLarge as error:
            raise Problem(f"{error} (max_bytes)") from error
        except codings.CodingError as error:
            raise Problem(str(error), passing=True) from error
        except failures.HTTPError as error:
            raise _of_transport(error) from error

    def _ask(self, url: str, headers: dict[str, str], watch: Watch, limit: int, *, cut: bool) -> Answer:
        started_at = datetime.now(UTC)
        asked = {
            "User-Agent": self._settings.user_agent,
            "Accept": _ACCEPT,
            "Accept-Encoding": "gzip, deflate, br, zstd",
            **headers,
        }
        with self._session.ask(url, asked, watch) as response:
            head, status = watch.response_head, response.status
            body = payload = b""
            if status == _OK:
                body, payload = _read(response, head, limit, cut=cut)
                _check_length(watch, head)
            else:
                _drain(response, watch)
        if status not in _REDIRECTS | {_OK, _NOT_MODIFIED}:
            raise Refusal(status, _retry_after(head))
        location = http_head.get(head, "location") if status in _REDIRECTS else None
        if status in _REDIRECTS and not location:
            raise Problem(f"the server answered {status}, a redirect that leads nowhere")
        sent, address = watch.request_head, watch.address
        return Answer(url, status, sent, head, body, payload, started_at, address, location)


def _read(response: BaseHTTPResponse, head: bytes, limit: int, *, cut: bool) -> tuple[bytes, bytes]:
    """The body as received and decoded. Raises CodingError, TooLarge (not where ``cut``), HTTPError."""
    pieces: list[bytes] = []

    def received() -> Iterator[bytes]:
        for piece in codings.limited(response.stream(_PIECE, decode_content=False), limit):
            pieces.append(piece)
            yield piece

    payload: list[bytes] = []
    stream = received()
    try:
        payload.extend(codings.limited(codings.decoded(stream, http_head.codings(head)), limit))
        for _ in stream:  # what follows the end of the compressed stream
            pass
    except codings.TooLarge:
        if not cut:
            raise
    return b"".join(pieces), b"".join(payload)


def _check_length(watch: Watch, head: bytes) -> None:
    """More bytes than Content-Length says (characters counted for bytes, it is seen): the page is cut off.

    Only what came in one packet with the end is noticed; a shorter body the HTTP library notices itself.
    """
    length = _length(head)
    if length is not None and watch.received > len(head) + length:
        raise Problem("the body is longer than its Content-Length says: it would be cut off")


def _drain(response: BaseHTTPResponse, watch: Watch) -> None:
    """Takes a body that nobody wants off the connection where it is all here already, so that the connection
    can be used again; for more nobody waits. What came after the answer makes the connection useless."""
    head = watch.response_head
    length = 0 if response.status in _BODILESS else _length(head)
    if length is not None and length == watch.received - len(head):
        response.read(_PIECE, decode_content=False)


def _length(head: bytes) -> int | None:
    """Content-Length where it counts: chunks have their own (RFC 9112, 6.3)."""
    length = http_head.get(head, "content-length") or ""
    counts = length.isascii() and length.isdigit() and http_head.get(head, "transfer-encoding") is None
    return int(length[:18]) if counts else None


def _retry_after(head: bytes) -> float:
    """Seconds of Retry-After (RFC 9110, 10.2.3: a number or a date), 0 where there is none."""
    value = http_head.get(head, "retry-after")
    if value is None:
        return 0.0
    if value.isascii() and value.isdigit():
        return float(value[:9])
    try:
        when = parsedate_to_datetime(value)
    except ValueError:
        return 0.0
    aware = when if when.tzinfo else when.replace(tzinfo=UTC)
    return max(0.0, (aware - datetime.now(UTC)).total_seconds())


def _of_transport(error: Exception) -> Problem:
    """What a person needs of a transport error, and whether it may pass."""
    *_, innermost = _chain(error)
    words = printable(" ".join(str(innermost).split()))[:200]
    if isinstance(error, failures.SSLError):
        return Problem(f"no trusted connection ({words})")
    if isinstance(error, failures.ProxyError):
        return Problem(f"the proxy does not work ({words})")
    if isinstance(error, failures.NewConnectionError):  # before the timeouts, which urllib3 counts it among
        return Problem(f"no connection ({words})")
    if isinstance(error, failures.TimeoutError):
        return Problem(f"no answer in time ({words})", passing=True)
    passing = isinstance(error, failures.ProtocolError)
    what = "the answer broke off" if passing else "cannot be asked"
    return Problem(f"{what} ({words})", passing=passing)


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """The error and what it is about, inwards: the libraries wrap one in another."""
    while error is not None:
        yield error
        inside = (getattr(error, "reason", None), *error.args, error.__cause__)
        error = next((one for one in inside if isinstance(one, BaseException)), None)


def as_asked(url: str) -> str:
    """The address as it goes into the request: percent-encoded, the host in ASCII. Raises Problem."""
    try:
        return addresses.encoded(url)
    except failures.LocationParseError as error:
        raise Problem(f"{url}: no address that can be asked") from error


def digest(payload: bytes) -> str:
    """SHA-256, hex, as captures have it."""
    return hashlib.sha256(payload).hexdigest()

"""The one HTTP session: its sockets hold to a deadline, go to checked addresses, and keep what was said.

urllib3 limits the wait for each packet, not for an answer: a server that sends a byte now and then holds
it for ever. Here every read from the socket, of headers too, asks first how much of the deadline is left.
"""

from __future__ import annotations

import http.client
import io
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import IO, Any

from urllib3 import (
    BaseHTTPResponse,
    HTTPConnectionPool,
    HTTPSConnectionPool,
    PoolManager,
    ProxyManager,
    Timeout,
)
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import ConnectTimeoutError, InvalidHeader, LocationValueError, NewConnectionError
from urllib3.util import parse_url

from pipeline import addresses, guard, proxies, trust

_PACKET = 16384
_HOSTS, _A_HOST = 64, 4  # connections kept


class DeadlineExceeded(Exception):
    """The time for a source is used up."""


class Watch:
    """One source's time, and what its present request and answer were on the wire."""

    def __init__(
        self, deadline: float, connect: float, read: float, *, allow_private: bool, stop: threading.Event
    ) -> None:
        self.ends_at = time.monotonic() + deadline
        self.deadline, self.connect, self.read = deadline, connect, read
        self.allow_private, self.stop = allow_private, stop
        self.start()

    def start(self) -> None:
        """Forgets the request before."""
        self.request_head = self.response_head = b""
        self.address: str | None = None
        self.received = 0  # bytes of the answer, its head among them

    def left(self) -> float:
        """Seconds. Raises DeadlineExceeded where there are none, or the run is being stopped."""
        seconds = self.remaining()
        if seconds <= 0 or self.stop.is_set():
            raise DeadlineExceeded(f"no complete answer within {self.deadline:.3g} s")
        return seconds

    def remaining(self) -> float:
        """Seconds, none or fewer where the time is used up."""
        return self.ends_at - time.monotonic()

    def sleep(self, seconds: float) -> None:
        """Waits, no longer than there is time. Raises DeadlineExceeded."""
        self.stop.wait(min(seconds, self.left()))
        self.left()


_watch: ContextVar[Watch] = ContextVar("watch")


@contextmanager
def watched(watch: Watch) -> Iterator[None]:
    """All that this thread sends and receives inside counts against ``watch``."""
    watch.start()
    token = _watch.set(watch)
    try:
        yield
    finally:
        _watch.reset(token)


class _Socket(io.RawIOBase):
    """Bytes of a connection, each read with the time that is left."""

    def __init__(self, raw: io.RawIOBase, sock: socket.socket) -> None:
        self._raw, self._sock = raw, sock

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        watch = _watch.get()
        self._sock.settimeout(min(watch.read, watch.left()))
        try:
            count = self._raw.readinto(buffer)
        except TimeoutError:
            watch.left()
            raise
        watch.received += count or 0
        return count

    def close(self) -> None:
        self._raw.close()
        super().close()


class _Recorded:
    """Passes lines on and keeps them. (No file object: one of those closes what it wraps when it goes.)"""

    def __init__(self, lines: IO[bytes]) -> None:
        self._lines = lines
        self.kept: list[bytes] = []

    def readline(self, size: int = -1) -> bytes:
        line = self._lines.readline(size)
        self.kept.append(line)
        return line

    def close(self) -> None:
        self._lines.close()


class _Response(http.client.HTTPResponse):
    """An answer whose head is kept byte for byte."""

    fp: Any

    def __init__(
        self, sock: socket.socket, debuglevel: int = 0, method: str | None = None, url: str | None = None
    ) -> None:
        super().__init__(sock, debuglevel, method, url)
        self.fp = io.BufferedReader(_Socket(self.fp.detach(), sock), _PACKET)

    def begin(self) -> None:
        plain, recorded = self.fp, _Recorded(self.fp)
        self.fp = recorded
        try:
            super().begin()
        finally:
            self.fp = plain if self.fp is recorded else self.fp
        lines, watch = b"".join(recorded.kept), _watch.get()
        watch.response_head = _last_head(lines)
        watch.received -= len(lines) - len(watch.response_head)


def _last_head(lines: bytes) -> bytes:
    """Without the 100 Continue that may come before."""
    while lines[:12].startswith((b"HTTP/1.1 100", b"HTTP/1.0 100")) and b"\r\n\r\n" in lines[:-4]:
        lines = lines.split(b"\r\n\r\n", 1)[1]
    return lines


def _connected(connection: HTTPConnection) -> socket.socket:
    """A socket to a checked address of the connection's host, or to the proxy, wherever that stands."""
    watch, port = _watch.get(), connection.port
    host = connection._dns_host  # noqa: SLF001 - the name with its final dot, as urllib3 itself resolves it
    via_proxy = connection.proxy is not None
    places = guard.resolve(
        host, port, min(watch.connect, watch.left()), allow_private=watch.allow_private or via_proxy
    )
    problem: OSError | None = None
    for family, address, _ in places:
        sock = socket.socket(family, socket.SOCK_STREAM)
        try:
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            sock.settimeout(min(watch.connect, watch.left()))
            sock.connect((address, port))
        except OSError as error:
            sock.close()
            problem = error
        else:
            return sock
    if isinstance(problem, TimeoutError):
        watch.left()
        raise ConnectTimeoutError(connection, f"no connection within {watch.connect:.3g} s") from problem
    raise NewConnectionError(connection, str(problem)) from problem


class _Plain(HTTPConnection):
    """A connection that keeps what it sends and hears."""

    response_class = _Response

    def _new_conn(self) -> socket.socket:
        return _connected(self)

    def send(self, data: Any) -> None:
        if self.sock is None:
            self.connect()
        watch = _watch.get()
        watch.left()
        if isinstance(data, bytes) and not data.startswith(b"CONNECT "):
            watch.request_head, watch.received = _without_secret(data), 0
            watch.address = None if self.proxy else self.sock.getpeername()[0]
        super().send(data)


class _Secure(_Plain, HTTPSConnection):
    """The same over TLS."""


def _without_secret(head: bytes) -> bytes:
    """A request head as it may be archived: what a proxy wants to know of us is nobody's."""
    lines = head.splitlines(keepends=True)
    return b"".join(line for line in lines if not line.lower().startswith(b"proxy-authorization:"))


class _PlainPool(HTTPConnectionPool):
    ConnectionCls = _Plain


class _SecurePool(HTTPSConnectionPool):
    ConnectionCls = _Secure


_POOLS = {"http": _PlainPool, "https": _SecurePool}


class Session:
    """Sends GET requests as a stranger: no cookies, no credentials of ~/.netrc, every answer a first one.

    Safe to use from several threads.
    """

    def __init__(self) -> None:
        self._managers: dict[str | None, PoolManager] = {}
        self._making = threading.Lock()
        self._proxies = proxies.known()

    def close(self) -> None:
        for manager in self._managers.values():
            manager.clear()

    @contextmanager
    def ask(self, url: str, headers: dict[str, str], watch: Watch) -> Iterator[BaseHTTPResponse]:
        """The answer to one GET, its body still to be read, inside ``watched``. ``url``: as asked.

        Raises what urllib3 raises, DeadlineExceeded, guard.Refused, guard.Unresolved.
        """
        parts, proxy = parse_url(url), proxies.proxy_of(url, self._proxies)
        host, scheme = parts.host or "", parts.scheme or "http"
        if proxy and not watch.allow_private:
            guard.check_name(host)
        for name, value in headers.items():
            if "\r" in value or "\n" in value:  # an ETag may hold one: it came from a server
                raise InvalidHeader(f"{name}: {value!r}")
        credentials = addresses.basic(parts.auth)
        response = self._pool(proxy, scheme, host, parts.port).urlopen(
            "GET",
            str(parts._replace(auth=None, fragment=None))
            if proxy and scheme == "http"
            else addresses.target(parts),
            headers=headers | ({"Authorization": credentials} if credentials else {}),
            timeout=Timeout(connect=watch.connect, read=watch.read),
            retries=False,
            redirect=False,
            assert_same_host=False,
            preload_content=False,
            decode_content=False,
        )
        try:
            yield response
        finally:
            response.close()
            response.release_conn()

    def _pool(self, proxy: str | None, scheme: str, host: str, port: int | None) -> HTTPConnectionPool:
        secure = scheme == "https" or bool(proxy and proxy.lower().startswith("https"))
        with self._making:  # threads of several hosts begin at once
            if proxy not in self._managers:
                self._managers[proxy] = _manager(proxy)
            trusted = {"ssl_context": trust.context()} if secure else None
        return self._managers[proxy].connection_from_host(host, port, scheme, trusted)


def _manager(proxy: str | None) -> PoolManager:
    """Connections of the kinds above, to hosts or to a proxy. Raises LocationValueError."""
    if proxy is None:
        manager = PoolManager(num_pools=_HOSTS, maxsize=_A_HOST)
    else:
        if proxy.lower().startswith("socks"):
            raise LocationValueError("a SOCKS proxy cannot hold to the deadline; set an HTTP proxy")
        place = parse_url(proxy)
        if not place.host:
            raise LocationValueError("the proxy's address has no host")
        credentials = addresses.basic(place.auth)
        shown = {"Proxy-Authorization": credentials} if credentials else None
        manager = ProxyManager(proxy, num_pools=_HOSTS, maxsize=_A_HOST, proxy_headers=shown)
    manager.pool_classes_by_scheme = _POOLS
    return manager

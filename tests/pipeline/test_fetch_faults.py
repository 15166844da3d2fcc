"""Servers that misbehave: each ends within the deadline, in one line, with nothing to archive."""

from __future__ import annotations

import gzip
import io
import resource
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Callable
from functools import cache

import brotli
import pytest
import trustme
import zstandard

from pipeline import codings, guard
from tests.pipeline.local_server import LocalServer, drip, page, then_close
from tests.pipeline.test_fetch import BODY, Page, fetch

OK = b"HTTP/1.1 200 OK\r\n"
# Seconds after which a deadline of half a second did not hold, on however busy a machine.
PATIENCE = 3


@pytest.fixture
def server():
    local = LocalServer()
    yield local
    local.close()


def silence(_: socket.socket) -> None:
    time.sleep(1)


def failure(url: str, **settings) -> str:
    outcome = fetch(Page("a", url), **{"retries": 0, **settings})["a"]
    assert (outcome.kind, outcome.exchange) == ("failed", None)
    assert "\n" not in outcome.message
    assert outcome.message.isprintable()
    return outcome.message


@pytest.mark.parametrize(
    "answer",
    [
        drip(OK, b"X-A: b\r\n", 0.02),
        drip(b"", b"H", 0.02),
        drip(OK + b"Content-Length: 100000\r\n\r\n", b".", 0.02),
        drip(OK + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\n.\r\n", 0.02),
        drip(OK + b"Transfer-Encoding: chunked\r\n\r\n", b"0", 0.02),
        drip(OK + b"\r\n", b".", 0.02),
        drip(b"", b"HTTP/1.1 100 Continue\r\n\r\n", 0.02),
        silence,
    ],
    ids=["headers", "status line", "body", "chunks", "chunk size", "no length", "continues", "silence"],
)
@pytest.mark.parametrize("path", ["/a", "/robots.txt"])
def test_the_deadline_holds_against_a_server_that_drips(server, answer, path):
    server.answers[path] = answer
    started = time.monotonic()
    assert "within 0.5 s" in failure(server.url("/a"), deadline_seconds=0.5, retries=3)
    assert time.monotonic() - started < PATIENCE


def test_the_deadline_holds_over_retries_and_redirects(server):
    server.answers["/a"] = page(b"", "Location: /b", status="302 Found")
    server.answers["/b"] = page(b"", status="503 Busy")
    started = time.monotonic()
    failure(server.url("/a"), deadline_seconds=0.5, retries=1000)
    assert time.monotonic() - started < PATIENCE


def test_a_handshake_that_never_comes():
    silent = socket.create_server(("127.0.0.1", 0))
    started = time.monotonic()
    failure(f"https://127.0.0.1:{silent.getsockname()[1]}/a", deadline_seconds=0.5, connect_seconds=5.0)
    assert time.monotonic() - started < PATIENCE
    silent.close()


def test_a_resolver_that_does_not_answer(monkeypatch):
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: time.sleep(4) or [])
    started = time.monotonic()
    assert "DNS" in failure("http://example.invalid/", deadline_seconds=0.4)
    assert time.monotonic() - started < PATIENCE


def test_no_room_for_more_threads(monkeypatch):
    """Those that run take the other hosts too; a name that cannot be asked for is that page's failure."""
    servers = [LocalServer(f"127.0.0.{number}") for number in range(1, 6)]
    sources = []
    for number, one in enumerate(servers):
        one.answers["/a"] = page(b"<p>a</p>")
        sources.append(Page(f"s{number}", one.url("/a")))
    start, started = threading.Thread.start, []

    def limited(thread):
        if thread.name.startswith("host"):
            if len(started) == 2:
                raise RuntimeError("can't start new thread")
            started.append(thread)
        start(thread)

    monkeypatch.setattr(threading.Thread, "start", limited)
    assert [one.kind for one in fetch(*sources).values()] == ["fetched"] * 5

    def refused(thread):
        if thread.name == "resolver":
            raise RuntimeError("can't start new thread")
        start(thread)

    started.clear()
    monkeypatch.setattr(threading.Thread, "start", refused)
    outcomes = list(fetch(*sources, retries=0).values())
    assert [one.kind for one in outcomes] == ["failed"] * 5
    assert "no thread can be started" in outcomes[0].message
    for one in servers:
        one.close()


def test_silence_is_tried_again_within_the_deadline(server):
    server.answers["/a"] = [silence, page(BODY)]
    assert fetch(Page("a", server.url("/a")), read_seconds=0.2)["a"].kind == "fetched"


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (then_close(OK + b"Content-Length: 100\r\n\r\nshort"), "broke off"),
        (then_close(OK + b"Transfer-Encoding: chunked\r\n\r\n5\r\nshort\r\n"), "broke off"),
        (then_close(OK + b"Transfer-Encoding: chunked\r\n\r\nffff\r\nshort"), "broke off"),
        (then_close(OK + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n"), "broke off"),
        (then_close(b""), "broke off"),
        (then_close(b"HTTP/1.1"), "broke off"),
        (then_close(b"SSH-2.0-OpenSSH\r\n\r\n"), "broke off"),
        (then_close(b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 5000), "broke off"),
        (then_close(b"HTTP/1.1 200 OK\r\nX: " + b"y" * 100_000), "broke off"),
        (page(BODY)[:-10] + b"0123456789 and more", "longer than its Content-Length"),
        (page(gzip.compress(BODY)[:-20], "Content-Encoding: gzip"), "too early"),
        (page(gzip.compress(BODY)[:30] + b"!" * 200, "Content-Encoding: gzip"), "broken"),
        (page(brotli.compress(BODY)[:-3], "Content-Encoding: br"), "too early"),
        (page(b"plain words", "Content-Encoding: br"), "br"),
        (page(zstandard.ZstdCompressor().compress(BODY)[:-3], "Content-Encoding: zstd"), "too early"),
        (page(b"plain words", "Content-Encoding: zstd"), "zstd"),
        (page(BODY, "Content-Encoding: rot13"), "unknown content coding"),
        (page(BODY, "Content-Encoding: gzip, gzip, gzip, gzip"), "content codings"),
        (page(b"", status="204 No Content").replace(b"Content-Length: 0\r\n", b""), "204"),
        (page(BODY, status="206 Partial"), "206"),
        (b"HTTP/1.1 304 Not Modified\r\n\r\n", "nobody asked"),
        (page(b"", "Location: /a", status="302 Found"), "circle"),
        (page(b"", "Location: ftp://127.0.0.1/a", status="302 Found"), "only http and https"),
        (page(b"", "Location: file:///etc/passwd", status="302 Found"), "only http and https"),
        (page(b"", "Location: http://[::1/", status="302 Found"), "no address"),
        (page(b"", "Location: http://evil.example/\x1b[2J", status="302 Found"), "allowed_hosts"),
    ],
)
def test_a_broken_answer_is_no_capture(server, answer, words):
    server.answers["/a"] = answer
    assert words in failure(server.url("/a"))


def test_a_body_cut_short_is_tried_again(server):
    server.answers["/a"] = [then_close(OK + b"Content-Length: 100\r\n\r\nshort"), page(BODY)]
    assert fetch(Page("a", server.url("/a")))["a"].kind == "fetched"


def test_a_redirect_without_an_address_is_no_answer(server):
    server.answers["/a"] = page(b"", status="302 Found")
    assert "302" in failure(server.url("/a"))


def test_redirects_without_end(server):
    for number in range(30):
        server.answers[f"/{number}"] = page(b"", f"Location: /{number + 1}", status="302 Found")
    assert "more than 10 redirects" in failure(server.url("/0"))


def test_the_body_of_a_redirect_is_not_read(server):
    server.answers["/a"] = drip(b"HTTP/1.1 302 Found\r\nLocation: /b\r\n\r\n", b"." * 60_000, 0.01)
    server.answers["/b"] = page(BODY)
    assert fetch(Page("a", server.url("/a")))["a"].kind == "fetched"


def _squeezed(squeeze: Callable[[bytes], bytes], finish: Callable[[], bytes]) -> bytes:
    """200 MB of nothing, which never stand in memory."""
    return b"".join(squeeze(bytes(1_000_000)) for _ in range(200)) + finish()


@cache
def _gzip_bomb() -> bytes:
    packer = zlib.compressobj(9, wbits=31)
    return _squeezed(packer.compress, packer.flush)


def _brotli_bomb() -> bytes:
    packer = brotli.Compressor(quality=4)
    return _squeezed(packer.process, packer.finish)


def _zstd_bomb() -> bytes:
    packer = zstandard.ZstdCompressor().compressobj()
    return _squeezed(packer.compress, packer.flush)


# Made by the test: what a module makes as it is read, each test process makes.
@pytest.mark.parametrize(
    ("name", "bomb"),
    [
        ("gzip", _gzip_bomb),
        ("gzip, gzip", lambda: gzip.compress(_gzip_bomb(), 9)),
        ("br", _brotli_bomb),
        ("zstd", _zstd_bomb),
    ],
    ids=["gzip", "gzip twice", "br", "zstd"],
)
def test_a_decompression_bomb_is_stopped(server, name, bomb):
    server.answers["/a"] = page(bomb(), f"Content-Encoding: {name}")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert "more than 1000000 bytes" in failure(server.url("/a"), max_bytes=1_000_000)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 40_000


@pytest.mark.parametrize("head", [OK + b"Content-Length: 1000000000\r\n\r\n", OK + b"\r\n"])
def test_a_gigabyte_is_not_read(server, head):
    sent = []

    def pour(connection: socket.socket) -> None:
        connection.sendall(head)
        for _ in range(1000):
            connection.sendall(b"x" * 1_000_000)
            sent.append(1)

    server.answers["/a"] = pour
    assert "more than 1000000 bytes" in failure(server.url("/a"), max_bytes=1_000_000)
    assert len(sent) < 50


def test_no_address_and_nobody_there():
    assert "no address" in failure("http://no-such-host.invalid/")
    assert "no connection" in failure("http://127.0.0.1:9/")
    assert "no address" in failure(f"http://{'a' * 70}.example/")


def test_a_private_address_is_refused_and_never_asked(server):
    server.answers["/a"] = page(BODY)
    for host in ("127.0.0.1", "localhost", "127.1", "2130706433", "0x7f000001", "[::ffff:127.0.0.1]"):
        assert "allow_private" in failure(server.url("/a", host), allow_private=False)
    assert server.connections == 0


def test_a_redirect_to_a_private_address_is_refused(server, monkeypatch):
    inside = LocalServer("127.0.0.2")
    inside.answers["/a"] = page(BODY)
    server.answers["/a"] = page(b"", f"Location: {inside.url('/a')}", status="302 Found")
    monkeypatch.setattr(guard, "is_public", lambda address: address == "127.0.0.1")
    outcome = fetch(Page("a", server.url("/a"), ("127.0.0.2",)), allow_private=False)["a"]
    assert "127.0.0.2, in a private network" in outcome.message
    assert inside.connections == 0


def test_a_name_that_changes_its_address_gains_nothing(server, monkeypatch):
    """DNS rebinding: the first answer is checked and is the one that is used."""
    inside = LocalServer("127.0.0.2")
    answers = iter([["127.0.0.1"], ["127.0.0.2"], ["127.0.0.2"]])
    real = socket.getaddrinfo

    def lookup(host, port, *args, **named):
        address = next(answers)[0] if host == "rebinding.example" else host
        return real(address, port, *args, **named)

    server.answers["/a"] = then_close(page(BODY, "Connection: close"))
    server.answers["/robots.txt"] = then_close(page(b"", "Connection: close", status="404 No"))
    monkeypatch.setattr(socket, "getaddrinfo", lookup)
    monkeypatch.setattr(guard, "is_public", lambda address: address == "127.0.0.1")
    outcome = fetch(Page("a", f"http://rebinding.example:{server.port}/a"), allow_private=False)["a"]
    assert "127.0.0.2, in a private network" in outcome.message
    assert server.paths() == ["/robots.txt"]
    assert inside.connections == 0


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("159.148.108.10", True), ("2a02:610::1", True), ("127.0.0.1", False), ("10.1.2.3", False),
        ("172.16.0.1", False), ("192.168.1.1", False), ("169.254.169.254", False), ("100.64.0.1", False),
        ("0.0.0.1", False), ("255.255.255.255", False), ("224.0.1.1", False), ("192.0.2.1", False),
        ("::1", False), ("::", False), ("fe80::1%eth0", False), ("fd00::1", False),
        ("::ffff:10.0.0.1", False), ("::ffff:159.148.108.10", True), ("64:ff9b::a00:1", False),
        ("2002:a00:1::", False), ("ff0e::1", False),
    ],
)  # fmt: skip
def test_what_is_public(address, public):
    assert guard.is_public(address) is public


@pytest.fixture
def secure(tmp_path, monkeypatch):
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    local = LocalServer(tls=context)
    local.answers["/a"] = page(BODY)
    yield local, tmp_path / "ca.pem"
    local.close()


def test_tls_is_verified(secure, monkeypatch):
    local, authority = secure
    assert "no trusted connection" in failure(local.url("/a"))
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(authority))
    assert fetch(Page("a", local.url("/a")))["a"].kind == "fetched"
    assert "no trusted connection" in failure(local.url("/a", "localhost"))


@pytest.mark.parametrize("name", ["REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"])
def test_a_bundle_that_cannot_be_read_is_said(secure, monkeypatch, tmp_path, name):
    monkeypatch.delenv("REQUESTS_CA_BUNDLE", raising=False)
    monkeypatch.setenv(name, str(tmp_path / "none.pem"))
    assert "none.pem cannot be read" in failure(secure[0].url("/a"))


def test_a_socks_proxy_is_refused(monkeypatch):
    monkeypatch.setenv("all_proxy", "socks5h://127.0.0.1:9")
    assert "SOCKS" in failure("http://www.example.invalid/a")


def test_the_deadline_holds_under_tls(secure, monkeypatch):
    local, authority = secure
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(authority))
    local.answers["/a"] = drip(OK, b"X-A: b\r\n", 0.02)
    started = time.monotonic()
    assert "within 0.5 s" in failure(local.url("/a"), deadline_seconds=0.5)
    assert time.monotonic() - started < PATIENCE


def test_no_way_down_from_https(secure, monkeypatch):
    local, authority = secure
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(authority))
    local.answers["/a"] = page(b"", "Location: http://127.0.0.1:9/", status="302 Found")
    assert "from https" in failure(local.url("/a"))


@pytest.mark.parametrize(
    "target",
    [
        "file:///etc/hostname", "FILE:///etc/hostname", "ftp://127.0.0.1/", "gopher://127.0.0.1:9/_x",
        "data:text/html,x", "javascript:1", "//no-such-host.invalid/", "http://127.0.0.1@no-such-host.invalid/",
        "http://[::1/", "http://127.0.0.1:99999/", "\\\\no-such-host.invalid\\x",
        "http:\\\\no-such-host.invalid/", "/\x1b]0;x\x07",
    ],
)  # fmt: skip
def test_a_redirect_to_what_is_no_page_of_the_host(server, target):
    server.answers["/a"] = page(b"", f"Location: {target}", status="302 Found")
    said = failure(server.url("/a"))
    scheme = target.partition(":")[0].lower()
    if scheme in ("file", "ftp", "gopher", "data", "javascript"):
        assert "only http and https are fetched" in said


@pytest.fixture
def proxy(monkeypatch):
    local = LocalServer()
    monkeypatch.setenv("http_proxy", f"http://me:secret@127.0.0.1:{local.port}")
    for name in ("no_proxy", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
    yield local
    local.close()


def test_a_proxy_of_the_environment_is_used_and_its_password_not_kept(proxy):
    url = "http://www.example.invalid/a"
    proxy.answers[url] = page(BODY)
    exchange = fetch(Page("a", url), allow_private=False)["a"].exchange
    assert exchange.payload == BODY
    assert exchange.address is None
    assert b"Proxy-Authorization: Basic" in proxy.requests[-1][2]
    assert b"proxy-authorization" not in exchange.request_head.lower()


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "10.0.0.1", "127.1", "[::1]", "a.localhost."])
def test_a_proxy_is_not_asked_for_what_is_private_by_its_name(proxy, host):
    assert "allow_private" in failure(f"http://{host}/a", allow_private=False)
    assert proxy.requests == []


def _tunnel(connection: socket.socket, port: int) -> None:
    """What a proxy does after CONNECT: bytes to and fro."""
    connection.sendall(b"HTTP/1.1 200 Connected\r\nX-A: b\r\n\r\n")
    with socket.create_connection(("127.0.0.1", port)) as there:

        def pump(source: socket.socket, target: socket.socket) -> None:
            while data := source.recv(65536):
                target.sendall(data)

        threading.Thread(target=pump, args=(there, connection), daemon=True).start()
        pump(connection, there)


def test_tls_through_a_proxy(secure, proxy, monkeypatch):
    local, authority = secure
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(authority))
    monkeypatch.setenv("https_proxy", f"http://me:secret@127.0.0.1:{proxy.port}")
    proxy.answers[f"127.0.0.1:{local.port}"] = lambda connection: _tunnel(connection, local.port)
    exchange = fetch(Page("a", local.url("/a")), respect_robots=False)["a"].exchange
    assert exchange.payload == BODY
    assert exchange.request_head.startswith(b"GET /a HTTP/1.1\r\n")
    assert exchange.address is None
    proxy.answers[f"127.0.0.1:{local.port}"] = drip(b"HTTP/1.1 200 Connected\r\n", b"X-A: b\r\n", 0.02)
    started = time.monotonic()
    assert "within 0.5 s" in failure(local.url("/a"), deadline_seconds=0.5)
    assert time.monotonic() - started < PATIENCE


def test_a_proxy_that_is_not_there(monkeypatch):
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    assert "proxy" in failure("http://www.example.invalid/a")


def test_cookies_and_netrc_stay_at_home(server, tmp_path, monkeypatch):
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login me password secret\n")
    monkeypatch.setenv("NETRC", str(netrc))
    server.answers |= {"/a": page(BODY, "Set-Cookie: a=1"), "/b": page(BODY)}
    fetch(Page("a", server.url("/a")), Page("b", server.url("/b")))
    assert not any(b"Cookie" in head or b"Authorization" in head for _, _, head in server.requests)


def test_one_request_at_a_time_to_a_host(server):
    at_once, most = [0], [0]
    guarded = threading.Lock()

    def slow(connection: socket.socket) -> None:
        with guarded:
            at_once[0] += 1
            most[0] = max(most[0], at_once[0])
        time.sleep(0.05)
        with guarded:
            at_once[0] -= 1
        connection.sendall(page(BODY))

    server.answers |= {f"/{number}": slow for number in range(6)}
    fetch(*(Page(f"p{number}", server.url(f"/{number}")) for number in range(6)))
    assert most[0] == 1


def test_codings_round_trip_in_any_pieces():
    for name, coded in [
        ("gzip", gzip.compress(BODY)),
        ("br", brotli.compress(BODY)),
        ("zstd", zstandard.ZstdCompressor().compress(BODY)),
    ]:
        for size in (1, 2, 7, 10_000):
            stream = io.BytesIO(coded)
            pieces = iter(lambda stream=stream, size=size: stream.read(size), b"")
            assert b"".join(codings.decoded(pieces, [name])) == BODY

"""Fetching from well-behaved local servers: what is asked, what is kept, how politely."""

from __future__ import annotations

import gzip
import zlib
from itertools import pairwise
from typing import NamedTuple

import brotli
import pytest
import zstandard

from pipeline.captures import Validators
from pipeline.fetch import FetchSettings, Outcome, fetch_all, user_agent
from tests.pipeline.local_server import LocalServer, page

BODY = b"<html>Atbalsts 42 248 895 eiro</html>" * 20


class Page(NamedTuple):
    id: str
    url: str
    allowed_hosts: tuple[str, ...] = ()


SETTINGS = FetchSettings(
    user_agent=user_agent("data@example.org"),
    delay_seconds=0.0,
    deadline_seconds=5.0,
    allow_private=True,
    backoff_seconds=0.01,
)


@pytest.fixture
def server():
    local = LocalServer()
    yield local
    local.close()


def fetch(*pages: Page, known: Validators | None = None, **settings) -> dict[str, Outcome]:
    outcomes = fetch_all(pages, SETTINGS._replace(**settings), newest=lambda _: known)
    return {outcome.source: outcome for outcome in outcomes}


def test_a_page_is_kept_as_it_came(server):
    head = b"HTTP/1.1 200 Fine\r\nX-odd:  b\r\ncontent-LENGTH: %d\r\nx-Odd: a\r\n\r\n" % len(BODY)
    server.answers["/a"] = head + BODY
    outcome = fetch(Page("a", server.url("/a")))["a"]
    exchange = outcome.exchange
    assert (outcome.kind, outcome.message) == ("fetched", f"{len(BODY)} bytes")
    assert (exchange.response_head, exchange.body, exchange.payload) == (head, BODY, BODY)
    assert exchange.address == "127.0.0.1"
    assert exchange.request_head == server.requests[-1][2]
    assert b"User-Agent: pasakumi/" in exchange.request_head
    assert b"(+data@example.org)" in exchange.request_head


def test_one_request_a_page_plus_robots_over_one_connection(server):
    for name in "abc":
        server.answers[f"/{name}"] = page(BODY)
    outcomes = fetch(*(Page(name, server.url(f"/{name}")) for name in "abc"))
    assert {outcome.kind for outcome in outcomes.values()} == {"fetched"}
    assert server.paths() == ["/robots.txt", "/a", "/b", "/c"]
    assert server.connections == 1


@pytest.mark.parametrize(
    ("name", "encode"),
    [
        ("gzip", gzip.compress),
        ("x-gzip", gzip.compress),
        ("GZIP", gzip.compress),
        ("deflate", zlib.compress),
        ("deflate", lambda body: zlib.compress(body)[2:-4]),
        ("br", brotli.compress),
        ("zstd", zstandard.ZstdCompressor().compress),
        ("identity", bytes),
        ("gzip", lambda body: gzip.compress(body[:50]) + gzip.compress(body[50:])),
        ("gzip", bytes),  # says gzip, is plain: as browsers show it
    ],
)
@pytest.mark.parametrize("chunked", [False, True])
def test_content_codings(server, name, encode, chunked):
    coded = encode(BODY)
    if chunked:
        pieces = [coded[start : start + 9] for start in range(0, len(coded), 9)]
        framed = b"".join(b"%x\r\n%b\r\n" % (len(piece), piece) for piece in pieces) + b"0\r\n\r\n"
        head = f"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Encoding: {name}\r\n\r\n"
        server.answers["/a"] = head.encode() + framed
    else:
        server.answers["/a"] = page(coded, f"Content-Encoding: {name}")
    exchange = fetch(Page("a", server.url("/a")))["a"].exchange
    assert exchange.body == coded
    assert exchange.payload == BODY


def test_a_conditional_request_and_304(server):
    url = server.url("/a")
    server.answers["/a"] = b'HTTP/1.1 304 Not Modified\r\nETag: "1"\r\n\r\n'
    known = Validators(url, '"1"', "Tue, 05 Nov 2024 06:30:00 GMT", "00")
    outcome = fetch(Page("a", url), known=known)["a"]
    assert (outcome.kind, outcome.exchange.status) == ("unchanged", 304)
    assert b'If-None-Match: "1"\r\nIf-Modified-Since: Tue, 05 Nov 2024 06:30:00 GMT' in server.requests[-1][2]


@pytest.mark.parametrize(("more", "connections"), [(b"", 1), (b"!", 3)])
def test_answers_without_a_body_leave_the_connection_to_the_next_page(server, more, connections):
    for name in "abc":
        server.answers[f"/{name}"] = b"HTTP/1.1 304 Not Modified\r\nContent-Length: 99\r\n\r\n" + more
    pages = [Page(name, server.url(f"/{name}")) for name in "abc"]
    known = {page.id: Validators(page.url, '"1"', None, "00") for page in pages}
    outcomes = list(fetch_all(pages, SETTINGS, newest=known.get))
    assert [outcome.kind for outcome in outcomes] == ["unchanged"] * 3
    assert server.connections == connections


def test_validators_of_another_address_are_not_sent(server):
    server.answers["/a"] = page(BODY)
    known = Validators(server.url("/old"), '"1"', None, "00")
    assert fetch(Page("a", server.url("/a")), known=known)["a"].kind == "fetched"
    assert b"If-None-Match" not in server.requests[-1][2]


def test_the_same_bytes_are_unchanged(server):
    import hashlib

    server.answers["/a"] = page(gzip.compress(BODY), "Content-Encoding: gzip")
    known = Validators(server.url("/a"), None, None, hashlib.sha256(BODY).hexdigest())
    assert fetch(Page("a", server.url("/a")), known=known)["a"].kind == "unchanged"


def test_redirects_are_followed_and_recorded(server):
    server.answers["/a"] = page(b"moved", "Location: /b#part", status="301 Moved")
    server.answers["/b"] = page(
        b"", "Location: " + server.url("/š").encode().decode("latin-1"), status="307 There"
    )
    server.answers["/%C5%A1"] = page(BODY)
    exchange = fetch(Page("a", server.url("/a")))["a"].exchange
    assert [(hop.url, hop.status) for hop in exchange.redirects] == [
        (server.url("/a"), 301),
        (server.url("/b"), 307),
    ]
    assert exchange.url == server.url("/a")
    assert exchange.final_url == server.url("/%C5%A1")
    assert exchange.payload == BODY


def test_a_redirect_to_another_host_needs_leave(server):
    server.answers["/a"] = page(b"", f"Location: {server.url('/b', 'localhost')}", status="302 Found")
    server.answers["/b"] = page(BODY)
    refused = fetch(Page("a", server.url("/a")))["a"]
    assert refused.kind == "failed"
    assert "not in allowed_hosts" in refused.message
    assert fetch(Page("a", server.url("/a"), ("LocalHost",)))["a"].kind == "fetched"


def test_robots_is_obeyed(server):
    server.answers["/robots.txt"] = page(
        b"User-agent: *\nDisallow: /\n\nUser-agent: pasakumi\nDisallow: /no\n"
    )
    server.answers["/yes"] = page(BODY)
    outcomes = fetch(Page("yes", server.url("/yes")), Page("no", server.url("/no/a")))
    assert (outcomes["yes"].kind, outcomes["no"].kind) == ("fetched", "skipped")
    assert "robots.txt" in outcomes["no"].message
    assert server.paths() == ["/robots.txt", "/yes"]
    assert fetch(Page("no", server.url("/no/a")), respect_robots=False)["no"].kind == "failed"


def test_robots_is_asked_about_the_end_of_a_redirect_too(server):
    server.answers["/robots.txt"] = page(b"User-agent: *\nDisallow: /no\n")
    server.answers["/a"] = page(b"", "Location: /no", status="302 Found")
    assert fetch(Page("a", server.url("/a")))["a"].kind == "skipped"
    assert "/no" not in server.paths()


@pytest.mark.parametrize("status", ["403 Forbidden", "410 Gone"])
def test_without_robots_all_is_allowed(server, status):
    server.answers |= {"/robots.txt": page(b"", status=status), "/a": page(BODY)}
    assert fetch(Page("a", server.url("/a")))["a"].kind == "fetched"


def test_robots_elsewhere_is_no_robots(server):
    server.answers |= {
        "/robots.txt": page(b"", "Location: http://example.invalid/robots.txt", status="301 Moved"),
        "/a": page(BODY),
    }
    assert fetch(Page("a", server.url("/a")))["a"].kind == "fetched"


@pytest.mark.parametrize("status", ["500 Oops", "503 Busy", "429 Slow"])
def test_unreachable_robots_forbid_everything(server, status):
    server.answers |= {"/robots.txt": page(b"", status=status), "/a": page(BODY)}
    outcome = fetch(Page("a", server.url("/a")))["a"]
    assert outcome.kind == "failed"
    assert "robots.txt" in outcome.message
    assert "/a" not in server.paths()
    assert server.paths().count("/robots.txt") == 1 + SETTINGS.retries


def test_a_long_robots_is_read_as_far_as_the_standard_asks(server):
    server.answers |= {
        "/robots.txt": page(b"User-agent: *\nDisallow: /no\n" + b"# long\n" * 200_000),
        "/no": page(BODY),
    }
    assert fetch(Page("a", server.url("/no")))["a"].kind == "skipped"


def test_a_pause_between_requests_to_one_host(server):
    for name in "ab":
        server.answers[f"/{name}"] = page(BODY)
    fetch(*(Page(name, server.url(f"/{name}")) for name in "ab"), delay_seconds=0.15)
    times = [when for when, _, _ in server.requests]
    assert all(later - earlier >= 0.14 for earlier, later in pairwise(times))


def test_robots_may_ask_for_a_longer_pause(server):
    server.answers |= {"/robots.txt": page(b"User-agent: *\nCrawl-delay: 0.3\n"), "/a": page(BODY)}
    fetch(Page("a", server.url("/a")))
    assert server.requests[1][0] - server.requests[0][0] >= 0.29


def test_hosts_are_asked_at_once():
    servers = [LocalServer(f"127.0.0.{number}") for number in (2, 3, 4)]
    for local in servers:
        local.answers["/a"] = page(BODY)
    outcomes = fetch(*(Page(local.host, local.url("/a")) for local in servers), delay_seconds=0.3)
    assert [outcome.kind for outcome in outcomes.values()] == ["fetched"] * 3
    robots, pages = zip(*([when for when, _, _ in local.requests] for local in servers), strict=True)
    assert max(robots) < min(pages)
    for local in servers:
        local.close()


def test_retry_after_is_honoured(server):
    server.answers["/a"] = [page(b"", "Retry-After: 1", status="503 Busy"), page(BODY)]
    assert fetch(Page("a", server.url("/a")))["a"].kind == "fetched"
    assert server.requests[2][0] - server.requests[1][0] >= 0.99


def test_a_retry_after_beyond_the_deadline_ends_it_at_once(server):
    server.answers |= {
        "/a": page(b"", "Retry-After: 3600", status="429 Slow"),
        "/b": page(BODY),
    }
    outcomes = fetch(Page("a", server.url("/a")), Page("b", server.url("/b")))
    assert outcomes["a"].message == "the server answered 429 and asks to wait 3600 s"
    assert outcomes["b"].message == "its host asked for a pause of 3600 s"
    assert server.paths() == ["/robots.txt", "/a"]


@pytest.mark.parametrize(("status", "tries"), [(429, 4), (500, 4), (503, 4), (400, 1), (404, 1), (501, 1)])
def test_only_what_may_pass_is_tried_again(server, status, tries):
    server.answers["/a"] = page(b"sorry", status=f"{status} No")
    outcome = fetch(Page("a", server.url("/a")))["a"]
    assert (outcome.kind, outcome.exchange) == ("failed", None)
    assert str(status) in outcome.message
    assert server.paths().count("/a") == tries


def test_leaving_early_stops_the_rest(server):
    for number in range(50):
        server.answers[f"/{number}"] = page(BODY)
    pages = [Page(f"p{number}", server.url(f"/{number}")) for number in range(50)]
    outcomes = fetch_all(pages, SETTINGS._replace(delay_seconds=0.05), newest=lambda _: None)
    next(iter(outcomes))
    outcomes.close()
    assert len(server.requests) < 20


def test_fetching_costs_nothing_before_it_is_used():
    import subprocess
    import sys

    heavy = "{'requests', 'warcio', 'urllib3', 'protego', 'brotli', 'zstandard'}"
    code = f"import sys, pipeline.fetch, pipeline.archive; print(sorted({heavy} & set(sys.modules)))"
    found = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert found.stdout.strip() == "[]"

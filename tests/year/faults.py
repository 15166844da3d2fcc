"""What a ministry's site does on a bad day, or on an odd one, and what must come of it."""

from __future__ import annotations

import gzip
import socket
import struct
import time
from collections.abc import Callable
from random import Random
from typing import NamedTuple

from tests.pages import chrome
from tests.pipeline.local_server import Answer, drip, page, then_close
from tests.year.pages import Content, printed

FAILED, WITHHELD, GOOD = "failed", "withheld", "good"
HTML = "Content-Type: text/html; charset=utf-8"
MOVED_TO = "/lv/jauna-vieta/fondi"
_TITLE = "ES fondu pasākumi"


class Fault(NamedTuple):
    """``comes``: the source is not fetched, its capture is withheld, or nothing bad comes of it at all.

    ``body``: what the page is instead, made of what it should be; kept in raw/ where it is an answer 200.
    ``answer``: what is said on the wire, made of the body. ``robots``: what stands for robots.txt.
    ``moved``: the page is at MOVED_TO. ``refused``: nobody listens.
    """

    comes: str
    body: Callable[[Content, bytes], bytes] = lambda _, body: body
    answer: Callable[[bytes], Answer] = lambda body: page(body, HTML)
    robots: Answer | None = None
    moved: bool = False
    refused: bool = False


def status(line: str) -> Fault:
    """Another answer than 200, with a page of the server's own."""
    return Fault(FAILED, answer=lambda _: page(b"<h1>Kaut kas nogaja greizi</h1>", HTML, status=line))


def redirect(line: str, target: str) -> Answer:
    """A redirect to the target."""
    return page(b"", f"Location: {target}", status=line)


def _silent(connection: socket.socket) -> None:
    time.sleep(8)


def _reset(connection: socket.socket) -> None:
    """The connection is gone, without a word of farewell."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def _slow(body: bytes) -> Answer:
    said = page(body, HTML)

    def say(connection: socket.socket) -> None:
        for start in range(0, len(said), 4096):
            connection.sendall(said[start : start + 4096])
            time.sleep(0.05)

    return say


def _chunked(body: bytes) -> Answer:
    head = f"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n{HTML}\r\n\r\n".encode()
    parts = [body[start : start + 3000] for start in range(0, len(body), 3000)]
    return head + b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"


def _instead(*said: str) -> Callable[[Content, bytes], bytes]:
    """The site's own page around other words."""
    words = "".join(f"<p>{one}</p>" for one in said)
    whole = chrome.modern(Random(1), _TITLE, "Paraugministrija", "ministrija", words)  # noqa: S311
    return lambda _, __: whole.encode()


def _half_the_measures(content: Content, _: bytes) -> bytes:
    """A page that is whole, from a list that was loaded to its middle."""
    half = content._replace(entries=content.entries[: len(content.entries) // 2])
    return printed(half, "headings", Random(1))  # noqa: S311


def _without_values(content: Content, _: bytes) -> bytes:
    """The template is there and the database is not: every amount, text and date is empty."""
    titles = "".join(f"<h3>{one.code}. pasākums “{one.title}”</h3>" for one in content.entries)
    labels = "<p>Plānotais ES fondu finansējums (eiro)</p><p>Atbalsta mērķis</p><p>Projektu iesniedzēji</p>"
    body = titles.replace("</h3>", f"</h3>{labels}")
    return chrome.modern(Random(1), content.title, "Paraugministrija", "ministrija", body).encode()  # noqa: S311


def _english(_: Content, body: bytes) -> bytes:
    return body.replace(b'<html lang="lv"', b'<html lang="en"').replace(b"lang-lv", b"lang-en")


FAULTS: dict[str, Fault] = {
    # nothing that could be taken for the page
    "500": status("500 Internal Server Error"),
    "503": status("503 Service Unavailable"),
    "403": status("403 Forbidden"),
    "404": status("404 Not Found"),
    "410": status("410 Gone"),
    "silent": Fault(FAILED, answer=lambda _: _silent),
    "drips": Fault(FAILED, answer=lambda body: drip(page(body, HTML)[:2000], b".", 0.2)),
    "reset": Fault(FAILED, answer=lambda _: _reset),
    "refused": Fault(FAILED, refused=True),
    "cut": Fault(FAILED, answer=lambda body: then_close(page(body, HTML)[: len(body) // 2])),
    "elsewhere": Fault(FAILED, answer=lambda _: redirect("302 Found", "http://127.0.0.99:9/login")),
    "circle": Fault(FAILED, answer=lambda _: redirect("302 Found", "/lv/fondi")),
    "robots forbids": Fault(FAILED, robots=page(b"User-agent: *\nDisallow: /\n")),
    "robots broken": Fault(FAILED, robots=page(b"", status="500 Internal Server Error")),
    # answers 200 that are not the page
    "half": Fault(WITHHELD, lambda _, body: body[: len(body) * 3 // 5]),
    "half the measures": Fault(WITHHELD, _half_the_measures),
    "shell": Fault(WITHHELD, _instead("")),
    "without values": Fault(WITHHELD, _without_values),
    "error page": Fault(WITHHELD, _instead("Lapa nav atrasta", "Kļūda 404. Atvainojiet, lapa nav atrasta.")),
    "maintenance": Fault(WITHHELD, _instead("Vietnē notiek apkopes darbi. Lūdzu, atgriezieties vēlāk.")),
    "cookie wall": Fault(WITHHELD, _instead("Lai turpinātu, piekrītiet sīkdatņu izmantošanai.", "Piekrītu")),
    "english": Fault(WITHHELD, _english),
    "empty": Fault(WITHHELD, lambda _, __: b""),
    # the page, come by in another way
    "moved": Fault(GOOD, answer=lambda _: redirect("301 Moved Permanently", MOVED_TO), moved=True),
    "moved 308": Fault(GOOD, answer=lambda _: redirect("308 Permanent Redirect", MOVED_TO), moved=True),
    "robots is a page": Fault(GOOD, robots=page(b"<html><body>Lapa nav atrasta</body></html>", HTML)),
    "slow": Fault(GOOD, answer=_slow),
    "chunked": Fault(GOOD, answer=_chunked),
    "gzip": Fault(GOOD, answer=lambda body: page(gzip.compress(body), HTML, "Content-Encoding: gzip")),
}
"""By the names that the script has."""

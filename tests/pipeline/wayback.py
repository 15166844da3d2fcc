"""A web archive in the Internet Archive's layout, as a real HTTP server: its CDX API and its replay."""

from __future__ import annotations

import base64
import hashlib
import json
import threading
import time
from collections.abc import Callable
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

Held = tuple[str, str, int, bytes]  # 14 digits, address, status, body
_NAMES = ["urlkey", "timestamp", "original", "mimetype", "statuscode", "digest", "length"]


def stamp(moment: datetime) -> str:
    return f"{moment:%Y%m%d%H%M%S}"


def digest(body: bytes) -> str:
    return base64.b32encode(hashlib.sha1(body, usedforsecurity=False).digest()).decode()


class Wayback:
    """``held``: its captures, in order. ``most``: rows that it lists at once, whatever it is asked for.
    ``before``: called with the path of each request; may give an answer of its own (status, headers, body),
    or raise, and the connection breaks off.
    """

    def __init__(self, held: list[Held], most: int = 10_000) -> None:
        self.held, self.most = held, most
        self.before: Callable[[str], tuple[int, dict[str, str], bytes] | None] = lambda _: None
        self.asked: list[tuple[float, str]] = []
        archive = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                archive.asked.append((time.monotonic(), self.path))
                status, headers, body = archive.before(self.path) or archive.answer(self.path)
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *words: object) -> None:
                pass

        class Server(ThreadingHTTPServer):
            def handle_error(self, *words: object) -> None:
                pass  # a connection that a test breaks off

        self._server = Server(("127.0.0.1", 0), Handler)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def paths(self, part: str) -> list[str]:
        return [path for _, path in self.asked if part in path]

    def answer(self, path: str) -> tuple[int, dict[str, str], bytes]:
        if path.startswith("/cdx/search/cdx?"):
            return 200, {"Content-Type": "application/json"}, self._list(parse_qs(urlsplit(path).query))
        if path.startswith("/web/") and "id_/" in path:
            when, _, url = path.removeprefix("/web/").partition("id_/")
            return self._replay(when, url)
        return 404, {}, b"no"

    def _list(self, asked: dict[str, list[str]]) -> bytes:
        rows, before = [], None
        for when, url, status, body in self.held:
            is_asked = (
                url == asked["url"][0] and asked.get("from", ["0"])[0] <= when <= asked.get("to", ["9"])[0]
            )
            if is_asked and digest(body) != before:
                rows.append(["key", when, url, "text/html", str(status), digest(body), str(len(body))])
                before = digest(body)
        rows = rows[: min(self.most, int(asked["limit"][0]))]
        return json.dumps([_NAMES, *rows] if rows else []).encode()

    def _replay(self, when: str, url: str) -> tuple[int, dict[str, str], bytes]:
        of_url = [held for held in self.held if held[1] == url]
        nearest = min(of_url, key=lambda held: abs(int(held[0]) - int(when)), default=None)
        if nearest is None:
            return 404, {}, b"not archived"
        if nearest[0] != when:
            return 302, {"Location": f"{self.url}/web/{nearest[0]}id_/{url}"}, b""
        moment = datetime.strptime(when, "%Y%m%d%H%M%S")  # noqa: DTZ007 - only to be written otherwise
        headers = {
            "Content-Type": "text/html; charset=utf-8",
            "Memento-Datetime": f"{moment:%a, %d %b %Y %H:%M:%S GMT}",
            "x-archive-orig-Content-Type": "text/html; charset=utf-8",
            "x-archive-orig-Last-Modified": "Mon, 01 Jan 2024 00:00:00 GMT",
            "x-archive-orig-Content-Length": "1",
            "Server-Timing": "of the archive",
        }
        return nearest[2], headers, nearest[3]

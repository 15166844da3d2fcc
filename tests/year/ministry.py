"""A ministry's site on this machine: one page, a robots.txt, and the day's fault."""

from __future__ import annotations

import hashlib
import socket

from tests.pipeline.local_server import Answer, LocalServer, page
from tests.year.faults import GOOD, HTML, MOVED_TO, WITHHELD, Fault
from tests.year.pages import Content

PATH = "/lv/fondi"
_ROBOTS = page(b"User-agent: *\nDisallow: /search/\n", "Content-Type: text/plain")
_NONE = Fault(GOOD)


class Ministry:
    """``digests``: of every body that was answered 200 in full; each of them belongs into the archive."""

    def __init__(self, host: str) -> None:
        self._server = LocalServer(host)
        self._host, self._port = host, self._server.port
        self.url = self._server.url(PATH)
        self.digests: set[str] = set()

    def close(self) -> None:
        self._server.close()

    def open(self, content: Content, body: bytes, fault: Fault | None = None) -> None:
        """Show the page of a day, as the fault has it."""
        self.close()
        fault = fault or _NONE
        if fault.refused:
            return
        self._server = LocalServer(self._host, port=self._port)
        shown = fault.body(content, body)
        answers: dict[str, Answer] = {"/robots.txt": fault.robots or _ROBOTS, PATH: fault.answer(shown)}
        if fault.moved:
            answers[MOVED_TO] = page(shown, HTML)
        if fault is _NONE:
            answers[PATH] = self._unless_known(shown)
        self._server.answers |= answers
        if fault.comes in (GOOD, WITHHELD):
            self.digests.add(hashlib.sha256(shown).hexdigest())

    def _unless_known(self, body: bytes) -> Answer:
        """The page with its ETag, or 304 to whoever has it."""
        tag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'

        def say(connection: socket.socket) -> None:
            asked = self._server.requests[-1][2]
            if f"if-none-match: {tag}".encode() in asked.lower():
                connection.sendall(page(b"", f"ETag: {tag}", status="304 Not Modified"))
            else:
                connection.sendall(page(body, HTML, f"ETag: {tag}"))

        return say

"""A server on 127.0.0.1 that says exactly the bytes it is told to, well-behaved or not."""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Callable
from contextlib import suppress

Answer = bytes | Callable[[socket.socket], None]


def page(body: bytes, *headers: str, status: str = "200 OK") -> bytes:
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *headers]
    return "".join(f"{line}\r\n" for line in lines).encode("latin-1") + b"\r\n" + body


def drip(start: bytes, byte: bytes, pause: float) -> Callable[[socket.socket], None]:
    """Says ``start``, then ``byte`` over and over with a pause, for as long as somebody listens."""

    def say(connection: socket.socket) -> None:
        connection.sendall(start)
        while True:
            connection.sendall(byte)
            time.sleep(pause)

    return say


def then_close(start: bytes) -> Callable[[socket.socket], None]:
    def say(connection: socket.socket) -> None:
        connection.sendall(start)
        connection.shutdown(socket.SHUT_RDWR)

    return say


class LocalServer:
    """``answers``: by path, one answer or a list that is used up to its last. Everything else is 404.
    ``port`` 0: whichever is free."""

    def __init__(self, host: str = "127.0.0.1", tls: ssl.SSLContext | None = None, port: int = 0) -> None:
        self.answers: dict[str, Answer | list[Answer]] = {}
        self.requests: list[tuple[float, str, bytes]] = []
        self.connections = 0
        self._tls = tls
        self._socket = socket.create_server((host, port))
        self.host, self.port = self._socket.getsockname()
        threading.Thread(target=self._accept, daemon=True).start()

    def url(self, path: str, host: str | None = None) -> str:
        return f"http{'s' if self._tls else ''}://{host or self.host}:{self.port}{path}"

    def paths(self) -> list[str]:
        return [path for _, path, _ in self.requests]

    def close(self) -> None:
        """Refuse connections from now on."""
        with suppress(OSError):  # where a socket that listens cannot be shut down, closing it is all there is
            self._socket.shutdown(socket.SHUT_RDWR)  # a thread that waits in accept would keep it open
        self._socket.close()

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            self.connections += 1
            threading.Thread(target=self._serve, args=[connection], daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        try:
            if self._tls:
                connection = self._tls.wrap_socket(connection, server_side=True)
            while self._answer(connection):
                pass
        except OSError:
            pass
        finally:
            connection.close()

    def _answer(self, connection: socket.socket) -> bool:
        head = b""
        while not head.endswith(b"\r\n\r\n"):
            data = connection.recv(65536)
            if not data:
                return False
            head += data
        path = head.split(b" ")[1].decode()
        self.requests.append((time.monotonic(), path, head))
        answer = self.answers.get(path, page(b"no", status="404 Not Found"))
        if isinstance(answer, list):
            answer = answer.pop(0) if len(answer) > 1 else answer[0]
        if isinstance(answer, bytes):
            connection.sendall(answer)
            return True
        answer(connection)
        return False

"""Couriers forked from a process that has loaded apprise, which takes longer than all else that they do.

Each is a process of its own as ever, with its folder, environment and streams, to be killed like any other;
it only does not begin with a third of a second of imports. How couriers start by themselves is held by the
tests that do not ask for these.
"""

from __future__ import annotations

import atexit
import gc
import json
import os
import select
import signal
import socket
import subprocess
import sys
import tempfile
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from pipeline.notify.courier import Courier
from tests.pipeline.ready import COURIERS, ROOT, at_start

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest

_by_itself = Courier._start


def fork(monkeypatch: pytest.MonkeyPatch) -> None:
    """For a test: couriers of this process and of commands that it runs are forked."""
    if sys.platform == "linux":
        monkeypatch.setenv(COURIERS, _server())
        monkeypatch.setattr(Courier, "_start", start)


def start(courier: Courier) -> Forked | subprocess.Popen[bytes]:
    """In place of the courier's own: where Python would read another environment, that one all the same."""
    with socket.socket(socket.AF_UNIX) as server:
        server.connect(os.environ[COURIERS])
        server.sendall(json.dumps([str(Path.cwd()), dict(os.environ)]).encode() + b"\n")
        stdin, stdout = server.makefile("wb"), server.makefile("rb")
    pid = int(stdout.readline())
    return Forked(pid, stdin, stdout) if pid else _by_itself(courier)


class Forked:
    """A process that can be killed and waited for, as those of subprocess."""

    def __init__(self, pid: int, stdin: object, stdout: object) -> None:
        self.pid, self.stdin, self.stdout = pid, stdin, stdout
        self._process = os.pidfd_open(pid)

    def kill(self) -> None:
        with suppress(ProcessLookupError):
            signal.pidfd_send_signal(self._process, signal.SIGKILL)

    def wait(self, timeout: float | None = None) -> None:
        if not select.select([self._process], [], [], timeout)[0]:
            raise subprocess.TimeoutExpired("courier", timeout or 0)
        os.close(self._process)


@cache
def _server() -> str:
    """The address of the process that forks them."""
    folder = tempfile.TemporaryDirectory(prefix="couriers")
    address = f"{folder.name}/socket"
    server = subprocess.Popen(
        [sys.executable, "-m", "tests.pipeline.couriers", address],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    atexit.register(folder.cleanup)
    atexit.register(server.kill)
    assert server.stdout
    assert server.stdout.readline() == b"ready\n"
    return address


def _serve(address: str) -> None:
    """Until whoever started it is gone, however that came."""
    from apprise import Apprise

    Apprise.instantiate("json://127.0.0.1/")  # all its services
    from pipeline.notify import speaker

    gc.freeze()
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(address)
        server.listen()
        os.write(1, b"ready\n")
        while 0 not in select.select([0, server], [], [])[0]:
            asks, _ = server.accept()
            with asks:
                if os.fork() == 0:
                    server.close()
                    _be(asks, speaker.main)
            with suppress(ChildProcessError):
                while os.waitpid(-1, os.WNOHANG)[0]:
                    pass


def _be(asks: socket.socket, main: Callable[[], int]) -> NoReturn:
    """The courier, as a process that was just started would be it."""
    with asks.makefile("rb") as words:
        folder, given = json.loads(words.readline())
    if at_start({"PYTHONPATH": str(ROOT)} | given) != at_start(os.environ):
        asks.sendall(b"0\n")
        os._exit(0)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(given)
    os.dup2(asks.fileno(), 0)
    os.dup2(asks.fileno(), 1)
    asks.sendall(b"%d\n" % os.getpid())
    asks.close()
    os._exit(main())


if __name__ == "__main__":
    _serve(sys.argv[1])

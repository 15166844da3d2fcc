"""Runs of the command by processes that are forked from one that has loaded everything.

They are processes like any other, to be killed like any other; a moment chosen at random falls into their
work and not, three times in four, into the loading of libraries.
"""

from __future__ import annotations

import os
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from typing import Self

from pipeline.cli_main import command
from tests.pipeline.command import ROOT

_LOADED = (
    "pandas pyarrow.parquet xlsxwriter lxml.html jinja2 requests parsers.page pipeline.cli_run "
    "pipeline.fetch pipeline.run_build pipeline.site.build pipeline.publish.copies "
    "pipeline.publish.described pipeline.notify.sending pipeline.notify.news"
).split()


class Forked:
    """A process that can be polled, waited for and killed, as those of subprocess."""

    def __init__(self, server: subprocess.Popen[str]) -> None:
        self._server = server
        self.pid = int(_line(server))
        os.set_blocking(server.stdout.fileno(), False)  # type: ignore[union-attr]
        self.returncode: int | None = None

    def poll(self) -> int | None:
        if self.returncode is None and (word := self._server.stdout.readline()):  # type: ignore[union-attr]
            self.returncode = int(word)
        return self.returncode

    def kill(self) -> None:
        os.kill(self.pid, 9)

    def wait(self) -> int:
        os.set_blocking(self._server.stdout.fileno(), True)  # type: ignore[union-attr]
        if self.returncode is None:
            self.returncode = int(_line(self._server))
        return self.returncode


class Forks:
    """Starts the command in one folder."""

    def __init__(self, folder: Path) -> None:
        words = [sys.executable, "-m", "tests.pipeline.forks"]
        environment = os.environ | {"PYTHONPATH": str(ROOT)}
        self._server = subprocess.Popen(
            words, cwd=folder, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._server.stdin.close()  # type: ignore[union-attr]
        self._server.wait()
        self._server.stdout.close()  # type: ignore[union-attr]

    def start(self, *words: str) -> Forked:
        os.set_blocking(self._server.stdout.fileno(), True)  # type: ignore[union-attr]
        print(*words, file=self._server.stdin, flush=True)
        return Forked(self._server)


def _line(server: subprocess.Popen[str]) -> str:
    return server.stdout.readline()  # type: ignore[union-attr]


def _serve() -> None:
    for name in _LOADED:
        import_module(name)
    for line in iter(sys.stdin.readline, ""):
        process = os.fork()
        if process == 0:
            nowhere = os.open(os.devnull, os.O_RDWR)
            for stream in (0, 1, 2):
                os.dup2(nowhere, stream)
            os._exit(command(line.split()))
        print(process, flush=True)
        print(os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]), flush=True)


if __name__ == "__main__":
    _serve()

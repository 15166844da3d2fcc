"""The command as a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import IO, NamedTuple

from tests.pipeline import ready

ROOT = Path(__file__).parents[2]


class Done(NamedTuple):
    """What a process left: its exit code, and what it wrote (UTF-8)."""

    code: int
    out: str
    err: str

    @property
    def complaint(self) -> str:
        """The one line on standard error, without a traceback and with nothing on standard output."""
        assert self.err.count("\n") == 1, self.err
        assert self.out == ""
        return self.err.removeprefix("pasakumi: ").rstrip("\n")


class Cost(NamedTuple):
    """What a process took, its own children included. ``peak``: the most memory one of them had, bytes."""

    seconds: float
    cpu_seconds: float
    peak: int


def _environment(more: Mapping[str, str]) -> dict[str, str]:
    """This process's, without settings of the command."""
    ordinary = {name: value for name, value in os.environ.items() if not name.startswith("PASAKUMI_")}
    return ordinary | {"PYTHONPATH": str(ROOT)} | dict(more)


def pasakumi(folder: Path, *words: str | Path, stdin: bytes = b"", **environment: str) -> Done:
    """Run the command in a folder."""
    given = _environment(environment)
    if ran := ready.run(folder, [*map(str, words)], given, stdin):
        code, out, err = ran
        return Done(code, out.decode("utf-8"), err.decode("utf-8"))
    done = subprocess.run(
        [sys.executable, "-m", "pipeline", *map(str, words)],
        cwd=folder,
        env=given,
        input=stdin,
        capture_output=True,
        check=False,
        timeout=120,
    )
    return Done(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8"))


def measured(folder: Path, *words: str, **environment: str) -> tuple[Done, Cost]:
    """Run the command in a folder, and what that took."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        begun = time.monotonic()
        process = start(folder, *words, out=out, err=err, **environment)
        _, status, used = os.wait4(process.pid, 0)
        took = time.monotonic() - begun
        process.returncode = os.waitstatus_to_exitcode(status)
        for file in (out, err):
            file.seek(0)
        done = Done(process.returncode, out.read().decode("utf-8"), err.read().decode("utf-8"))
    return done, Cost(took, used.ru_utime + used.ru_stime, used.ru_maxrss * 1024)


def start(
    folder: Path,
    *words: str,
    out: IO[bytes] | int = subprocess.DEVNULL,
    err: IO[bytes] | int = subprocess.DEVNULL,
    **environment: str,
) -> subprocess.Popen[bytes]:
    """The command as a process that can be killed; what it says goes nowhere unless told."""
    return subprocess.Popen(
        [sys.executable, "-m", "pipeline", *words],
        cwd=folder,
        env=_environment(environment),
        stdout=out,
        stderr=err,
    )

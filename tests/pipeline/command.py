"""The command as a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

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


def pasakumi(folder: Path, *words: str | Path, stdin: bytes = b"", **environment: str) -> Done:
    """Run the command in a folder."""
    ordinary = {name: value for name, value in os.environ.items() if not name.startswith("PASAKUMI_")}
    done = subprocess.run(
        [sys.executable, "-m", "pipeline", *map(str, words)],
        cwd=folder,
        env=ordinary | {"PYTHONPATH": str(ROOT)} | environment,
        input=stdin,
        capture_output=True,
        check=False,
        timeout=120,
    )
    return Done(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8"))


def start(folder: Path, *words: str) -> subprocess.Popen[bytes]:
    """The command as a process that can be killed; what it says goes nowhere."""
    ordinary = {name: value for name, value in os.environ.items() if not name.startswith("PASAKUMI_")}
    return subprocess.Popen(
        [sys.executable, "-m", "pipeline", *words],
        cwd=folder,
        env=ordinary | {"PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )

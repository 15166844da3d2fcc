"""The command where something that it stands on is taken away."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.pipeline.command import ROOT, Done

if TYPE_CHECKING:
    from pathlib import Path


def bare(folder: Path, *words: str, before: str = "", **environment: str) -> Done:
    """Run the command in a folder with these variables and no others, after a line of shell."""
    line = f"{before}\nexec {sys.executable} -m pipeline {' '.join(words)}"
    done = subprocess.run(
        [*without_power(), "/bin/sh", "-c", line],
        cwd=folder,
        env={"PYTHONPATH": str(ROOT)} | environment,
        capture_output=True,
        check=False,
        timeout=120,
    )
    return Done(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8"))


def without_power() -> list[str]:
    """What goes before a command so that permissions hold for root too. Skips where that cannot be."""
    if not hasattr(os, "geteuid"):
        pytest.skip("permissions are others here")
    if os.geteuid() != 0:
        return []
    setpriv = shutil.which("setpriv")
    if setpriv is None:
        pytest.skip("root obeys no permissions, and there is no setpriv that takes this power away")
    return [setpriv, "--bounding-set", "-dac_override,-dac_read_search", "--inh-caps", "-all"]


class ReadOnly:
    """Folders that nobody can write to, for as long as the ``with`` lasts."""

    def __init__(self, *folders: Path) -> None:
        self._folders = [one for top in folders for one in (top, *filter(os.path.isdir, top.rglob("*")))]

    def __enter__(self) -> None:
        for folder in self._folders:
            folder.chmod(0o555)

    def __exit__(self, *_: object) -> None:
        for folder in self._folders:
            folder.chmod(0o755)

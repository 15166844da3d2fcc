"""Disks that are full: a small file system of its own, as full as a test wants."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

_FILLER = ".filler"


@contextmanager
def small(folder: Path, size: str) -> Iterator[Callable[[str], None]]:
    """A file system of that size at ``folder``; gives what changes its options. Skips where it may not be
    mounted."""
    folder.mkdir(exist_ok=True)

    def mounted(options: str) -> bool:
        command = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)]
        return shutil.which("mount") is not None and subprocess.run(command, check=False).returncode == 0

    if not mounted(f"size={size}"):
        pytest.skip("mounting a small file system needs root")

    def remount(options: str) -> None:
        assert mounted(f"remount,{options}")

    try:
        yield remount
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def fill(folder: Path, left: int) -> None:
    """Fill a file system until so many KB are left."""
    disk = os.statvfs(folder)
    with (folder / _FILLER).open("wb") as file:
        file.write(bytes(disk.f_bavail * disk.f_frsize - left * 1024))
        file.flush()
    disk = os.statvfs(folder)
    assert disk.f_bavail * disk.f_frsize <= left * 1024


def free(folder: Path) -> None:
    """Take back what :func:`fill` did."""
    (folder / _FILLER).unlink()

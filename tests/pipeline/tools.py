"""Tools of other people that the archive is held against: pywb and py-wacz, in an environment of their own.

``ARCHIVE_TOOLS_PYTHON`` names the Python of one that is there already; otherwise it is made from
``tests/archive-tools.lock`` under .venv/, once. Where that cannot be, the tests are skipped and say why.
"""

from __future__ import annotations

import gzip
import hashlib
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import pytest
import requests

from pipeline import lock
from pipeline.errors import Degraded

ROOT = Path(__file__).parents[2]
_LOCK = ROOT / "tests" / "archive-tools.lock"
_FOLDER = ROOT / ".venv" / "archive-tools"
_PYTHON = _FOLDER / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
_PATIENCE = 600


def tools_python() -> str:
    """The Python that has the tools; skips the test where there is none."""
    named = os.environ.get("ARCHIVE_TOOLS_PYTHON")
    if named:
        return named
    trouble = _trouble()
    if trouble:
        pytest.skip(trouble)
    return str(_PYTHON)


@cache
def _trouble() -> str | None:
    """Why the tools cannot be had; None once they are there. Test processes make them one after another."""
    stamp = _FOLDER / hashlib.sha256(_LOCK.read_bytes()).hexdigest()
    ends = time.monotonic() + _PATIENCE
    while True:
        try:
            with lock.exclusive(_FOLDER.with_suffix(".making") / "lock"):
                return None if stamp.exists() else _make(stamp)
        except Degraded:
            if time.monotonic() > ends:
                return "archive tools: another process makes their environment and does not end"
            time.sleep(1)


def _make(stamp: Path) -> str | None:
    words = [sys.executable, "-m", "venv", "--clear", _FOLDER]
    done = subprocess.run(words, capture_output=True, check=False, text=True)
    if not done.returncode:
        words = [_PYTHON, "-m", "pip", "--disable-pip-version-check", "--no-input", "install", "--quiet"]
        words += ["--require-hashes", "-r", _LOCK]
        done = subprocess.run(words, capture_output=True, check=False, text=True)
    if done.returncode:
        lines = done.stderr.strip().splitlines() or ["no reason given"]
        return f"archive tools cannot be installed: {lines[-1]}"
    stamp.touch()
    return None


@contextmanager
def pywb(folder: Path, raw: Path, index: Path | None = None) -> Iterator[str]:
    """A pywb on this machine, given raw/ and its index (closed years unpacked), or another archive's files.
    Gives the address of its one collection."""
    if index is None:
        index = folder / "index"
        index.mkdir(exist_ok=True)
        for path in raw.glob("index*.cdxj"):
            (index / path.name).write_bytes(path.read_bytes())
        for path in raw.glob("index-*.cdxj.gz"):
            (index / path.stem).write_bytes(gzip.decompress(path.read_bytes()))
    (folder / "config.yaml").write_text(
        f"collections:\n  all:\n    index: {index}/\n    archive_paths: {raw}/\n", "utf-8"
    )
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [tools_python(), "-c", "from pywb.apps.cli import wayback; wayback()", "-p", str(port)]
    with (folder / "pywb.log").open("wb") as log:
        process = subprocess.Popen([*command, "-b", "127.0.0.1"], cwd=folder, stdout=log, stderr=log)
    try:
        base = f"http://127.0.0.1:{port}/all/"
        _wait_for(base, process, folder / "pywb.log")
        yield base
    finally:
        process.terminate()
        process.wait()


def _wait_for(base: str, process: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(150):
        if process.poll() is not None:
            break
        try:
            requests.get(base, timeout=5)
        except requests.ConnectionError:
            time.sleep(0.2)
        else:
            return
    pytest.fail(f"pywb does not start: {log.read_text('utf-8', 'replace')[-500:]}")

"""Bringing a page's history out of a pywb on this machine: requests, time, memory, and what a kill costs.

``python -m benchmarks.backfill [CAPTURES …]`` (default: 100 1000). Without a delay between requests, so that
the figures are those of the work; a real archive is asked once a second.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from pipeline.archive import Archive
from tests.pipeline.exchanges import exchange
from tests.pipeline.site import URL, measure, page, sources
from tests.pipeline.tools import pywb

_FIRST = datetime(2015, 1, 1, 6, tzinfo=UTC)
_ROOT = Path(__file__).parents[1]


def body(number: int) -> bytes:
    """A page of 20 measures, another one every day."""
    return page([measure(1, amount=f"{number} 000"), *map(measure, range(2, 21))]).encode()


def start(folder: Path, base: str) -> subprocess.Popen[bytes]:
    words = [sys.executable, "-m", "pipeline", "import", "--from-archive", base, "--source", "fondi", "-q"]
    return subprocess.Popen(words, cwd=folder, env=os.environ | {"PYTHONPATH": str(_ROOT)})


def finished(process: subprocess.Popen[bytes]) -> tuple[float, int]:
    """Seconds, and the most memory in MB."""
    began = time.monotonic()
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"import failed ({status})")
    return time.monotonic() - began, usage.ru_maxrss // 1024


def trial(folder: Path, count: int) -> str:
    """One import in one go, and one that is killed in the middle."""
    other = Archive(folder / "other")
    with other.writer() as writer:
        for number in range(count):
            when = _FIRST + timedelta(days=number)
            writer.response("x", exchange(body(number), when, url=URL, coding="gzip"))
    for name in ("whole", "killed"):
        (folder / name).mkdir()
        sources(folder / name)
    with pywb(folder, other.root) as base:
        seconds, memory = finished(start(folder / "whole", base))
        process = start(folder / "killed", base)
        while held(folder / "killed") < count // 2:
            time.sleep(0.05)
        process.send_signal(signal.SIGKILL)
        process.wait()
        kept = held(folder / "killed")
        again, _ = finished(start(folder / "killed", base))
    if held(folder / "whole") != count or held(folder / "killed") != count:
        raise SystemExit("captures are missing")
    return (
        f"{count} captures: {seconds:.1f} s, {count / seconds:.0f} a second, {memory} MB; "
        f"killed after {kept}, the rest in {again:.1f} s"
    )


def held(folder: Path) -> int:
    return sum(1 for _ in Archive(folder / "raw").captures())


def main(words: list[str]) -> None:
    for count in map(int, words or ["100", "1000"]):
        with tempfile.TemporaryDirectory() as folder:
            print(trial(Path(folder), count), flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])

"""Is output/ what was written there? A run asks sizes and times, ``pasakumi verify`` every byte.

``state/cache/output.stamp`` remembers names, sizes and times of the files as they were found right, and what
they were made from, so that a quiet run does not read the record of some thousand files. A run that finds
others reads the files, and has written anew what is not as it was.
"""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline import durable, lock, recorded
from pipeline.captures import Fault
from pipeline.recorded import INPUTS
from pipeline.staging import FOLDER, size

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.manifest import Digest

STAMP = "output.stamp"


def is_untouched(output: Path, state: Path, inputs: str, *, partitioned: bool) -> bool:
    """Whether output/ holds the files made of these inputs, each with size and time as it was found right,
    data sets among them where it is ``partitioned``."""
    return _remembered(output, state) == _made_of(inputs, partitioned=partitioned)


def spoilt(output: Path, state: Path) -> list[str]:
    """Files of output/ that are as long as they were written and hold other bytes. They are only read where
    size or time of any file is another than the last time, or nobody knows.

    What is gone or of another length is not among them: whoever looks for what to write sees that.
    """
    if recorded.read(output) is None or _remembered(output, state):
        return []
    found = list(recorded.damaged(output))
    if not found:
        remember(output, state)
    return [name for name, written in found if size(output, name) == written.size]


def remember(output: Path, state: Path) -> None:
    """Note that the files are now as they should be."""
    path = state / "cache" / STAMP
    made_of = _made_of(recorded.inputs_of(output), partitioned=recorded.is_partitioned(output))
    with suppress(OSError):  # a cache: without it the next run reads the files
        path.parent.mkdir(parents=True, exist_ok=True)
        durable.place(path, _stamped(output, made_of))


def faults(output: Path, run_lock: Path) -> list[Fault] | None:
    """What is wrong in output/; None where nobody can say, as a run is at work or there is no output/."""
    if lock.held(run_lock) or not output.exists():
        return None
    if (output / FOLDER).exists():
        return [Fault(FOLDER, None, "a run was cut short; the next one writes what is missing", "note")]
    record = recorded.read(output)
    if record is None:
        return [Fault(INPUTS, None, "gone or damaged; the next run writes everything anew")]
    try:
        found = [Fault(name, None, _words(output, name, one)) for name, one in recorded.damaged(output)]
    except (OSError, ValueError):
        return None  # the record went while it was read: a run began
    is_other = lock.held(run_lock) or recorded.read(output) != record  # a run began meanwhile
    return None if is_other else found


def count(output: Path) -> int:
    """How many files there are known to be."""
    return sum(1 for _ in recorded.files(output))


def _words(output: Path, name: str, written: Digest) -> str:
    if not (output / name).exists():
        return "not there"
    there = size(output, name)
    if there != written.size:
        return f"{there} bytes, {written.size} were written"
    return "other bytes than were written"


def _made_of(inputs: str, *, partitioned: bool) -> str:
    return f"{inputs} {'partitioned' if partitioned else 'plain'}"


def _stamped(output: Path, made_of: str) -> Iterator[bytes]:
    """The lines of the stamp: what output/ was made of, the names, and a digest of names, sizes and times."""
    yield f"{made_of}\n".encode()
    digest = hashlib.sha256()
    for name in chain([INPUTS], (name for name, _ in recorded.files(output))):
        digest.update(_trait(output, name))
        yield f"{name}\n".encode()
    yield f"{digest.hexdigest()}\n".encode()


def _trait(output: Path, name: str) -> bytes:
    """Name, size and time of a file; there may be many: no Path for each."""
    try:
        found = os.stat(f"{output}/{name}")  # noqa: PTH116
    except OSError:
        return f"{name}\n".encode()
    return f"{name}\0{found.st_size}\0{found.st_mtime_ns}\n".encode()


def _remembered(output: Path, state: Path) -> str:
    """What output/ was made of where all of it is as it was found right; empty where it is not."""
    if (output / FOLDER).exists():
        return ""
    digest = hashlib.sha256()
    try:
        with (state / "cache" / STAMP).open(encoding="utf-8", newline="\n") as file:
            made_of, last = file.readline(), ""
            for line in file:
                if last:
                    digest.update(_trait(output, last))
                last = line.rstrip("\n")
    except (OSError, ValueError):
        return ""
    return made_of.rstrip("\n") if last == digest.hexdigest() else ""

"""Is output/ what was written there? A run asks sizes and times, ``pasakumi verify`` every byte.

``state/cache/output.stamp`` remembers names, sizes and times of the files as they were found right, and what
they were made from, so that a quiet run does not read the record of some thousand files. A run that finds
others reads the files, and has written anew what is not as it was.
"""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline import durable, lock
from pipeline.captures import Fault
from pipeline.recorded import INPUTS, damaged, inputs_of, is_partitioned, recorded
from pipeline.staging import FOLDER, size

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pipeline.staging import Digest

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
    files = recorded(output)
    if not files or _remembered(output, state):
        return []
    found = list(damaged(output, files))
    if not found:
        remember(output, state)
    return [name for name in found if size(output, name) == files[name].size]


def remember(output: Path, state: Path) -> None:
    """Note that the files are now as they should be."""
    path = state / "cache" / STAMP
    names = [INPUTS, *recorded(output)]
    made_of = _made_of(inputs_of(output), partitioned=is_partitioned(output))
    with suppress(OSError):  # a cache: without it the next run reads the files
        path.parent.mkdir(parents=True, exist_ok=True)
        durable.place(path, "\n".join([_stamp(output, names), made_of, *names]).encode())


def faults(output: Path, run_lock: Path) -> list[Fault] | None:
    """What is wrong in output/; None where nobody can say, as a run is at work or there is no output/."""
    if lock.held(run_lock) or not output.exists():
        return None
    if (output / FOLDER).exists():
        return [Fault(FOLDER, None, "a run was cut short; the next one writes what is missing", "note")]
    files = recorded(output)
    if not files:
        return [Fault(INPUTS, None, "gone or damaged; the next run writes everything anew")]
    found = [Fault(name, None, _words(output, name, files)) for name in damaged(output, files)]
    is_other = lock.held(run_lock) or recorded(output) != files  # a run began meanwhile
    return None if is_other else found


def count(output: Path) -> int:
    """How many files there are known to be."""
    return len(recorded(output))


def _words(output: Path, name: str, files: Mapping[str, Digest]) -> str:
    if not (output / name).exists():
        return "not there"
    there, written = size(output, name), files[name].size
    if there != written:
        return f"{there} bytes, {written} were written"
    return "other bytes than were written"


def _made_of(inputs: str, *, partitioned: bool) -> str:
    return f"{inputs} {'partitioned' if partitioned else 'plain'}"


def _stamp(output: Path, names: Iterable[str]) -> str:
    """Of names, sizes and times; there may be many files: no Path for each."""
    digest = hashlib.sha256()
    for name in names:
        try:
            found = os.stat(f"{output}/{name}")  # noqa: PTH116
            digest.update(f"{name}\0{found.st_size}\0{found.st_mtime_ns}\n".encode())
        except OSError:
            digest.update(f"{name}\n".encode())
    return digest.hexdigest()


def _remembered(output: Path, state: Path) -> str:
    """What output/ was made of where all of it is as it was found right; empty where it is not. Read name by
    name: there may be many."""
    if (output / FOLDER).exists():
        return ""
    try:
        with (state / "cache" / STAMP).open(encoding="utf-8", newline="\n") as file:
            lines = (line.rstrip("\n") for line in file)
            stamp, made_of = next(lines), next(lines)
            return made_of if _stamp(output, lines) == stamp else ""
    except (OSError, ValueError, StopIteration):
        return ""

"""Every version of a file that a git repository remembers, oldest first."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, NamedTuple

from pipeline.errors import Failed, UsageError

# Nothing of the repository's own making is run, nothing is asked of a network.
_GIT = (
    "git",
    "-c",
    "core.fsmonitor=false",
    "-c",
    "core.hooksPath=/dev/null",
    "-c",
    "log.showSignature=false",
)
_SAFE = {
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_NO_LAZY_FETCH": "1",  # a git that is older than this variable may still use no protocol
    "GIT_ALLOW_PROTOCOL": "none",
    "GIT_TERMINAL_PROMPT": "0",
    "LC_ALL": "C",
}
_LOG = (
    "log",
    "--follow",
    "--date-order",
    "--format=%x01%H %ct",
    "--raw",
    "--no-abbrev",
    "-z",
    "--no-textconv",
)


class Version(NamedTuple):
    """``size`` in bytes; ``content`` None where that is more than was asked for."""

    commit: str
    committed_at: datetime
    size: int
    content: bytes | None


def versions(path: Path, limit: int) -> Iterator[Version]:
    """The versions of ``path``, followed through renames; ``limit``: most bytes of one.

    Raises UsageError where there is no git, no repository or no such file in its history, Failed.
    """
    if path.is_dir():
        raise UsageError(f"{path}: a folder; --git takes a file of a repository")
    folder = next((one for one in path.absolute().parents if one.is_dir()), Path())
    top = Path(os.fsdecode(_output(folder, "rev-parse", "--show-toplevel").rstrip(b"\r\n")))
    name = Path(os.path.relpath(path.parent.resolve() / path.name, top.resolve())).as_posix()
    commits = list(_commits(_output(top, *_LOG, "--", name)))
    if not commits:
        raise UsageError(f"{path}: no commit of {top} has this file")
    with _objects(top) as (ask, answer):
        for commit, when, blob in reversed(commits):
            ask.write(blob + b"\n")
            ask.flush()
            found = answer.readline().split()
            if len(found) != 3 or found[1] != b"blob":
                raise Failed(f"{top}: git does not have {blob.decode()} of commit {commit}")
            size = int(found[2])
            yield Version(commit, when, size, _taken(answer, size, keep=size <= limit))


def _commits(log: bytes) -> Iterator[tuple[str, datetime, bytes]]:
    """Commit, committer's time and blob, newest first; without those that took the file away."""
    for entry in log.split(b"\x01")[1:]:
        head, _, rest = entry.partition(b"\0")
        commit, when = head.split()
        change = rest.lstrip(b"\n\0").partition(b"\0")[0].split()
        # :old-mode new-mode old-blob new-blob status; 100644 and 100755 are files
        if len(change) >= 5 and change[1].startswith(b"100"):
            yield commit.decode(), datetime.fromtimestamp(int(when), UTC), change[3]


def _output(folder: Path, *words: str) -> bytes:
    """What git says. Raises UsageError."""
    try:
        done = subprocess.run(  # noqa: S603 - fixed words; a name stands behind --
            [*_GIT, *words],
            cwd=folder,
            env=_environment(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
        )
    except FileNotFoundError:
        raise UsageError("--git: there is no git on this machine") from None
    if done.returncode:
        lines = done.stderr.decode("utf-8", "replace").strip().splitlines() or ["failed"]
        raise UsageError(f"{folder}: git says: {lines[0].removeprefix('fatal: ')}")
    return done.stdout


def _environment() -> dict[str, str]:
    """Ours, but for what would lead git to another repository (a hook's GIT_DIR)."""
    return {name: value for name, value in os.environ.items() if not name.startswith("GIT_")} | _SAFE


@contextmanager
def _objects(top: Path) -> Iterator[tuple[IO[bytes], IO[bytes]]]:
    """A git that gives the objects that are asked for."""
    with subprocess.Popen(  # noqa: S603 - fixed words
        [*_GIT, "cat-file", "--batch"],
        cwd=top,
        env=_environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as process:
        if process.stdin is None or process.stdout is None:
            raise Failed(f"{top}: git cannot be talked to")
        try:
            yield process.stdin, process.stdout
        finally:
            process.stdin.close()
            process.stdout.close()


def _taken(answer: IO[bytes], size: int, *, keep: bool) -> bytes | None:
    pieces, left = [], size + 1  # a line end follows
    while left and (piece := answer.read(min(left, 1 << 20))):
        left -= len(piece)
        if keep:
            pieces.append(piece)
    return b"".join(pieces)[:size] if keep else None

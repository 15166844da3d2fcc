"""Files that workers make and write aside for a set of new files, many to a task."""

from __future__ import annotations

import hashlib
import secrets
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pipeline.manifest import Digest
from pipeline.staging import Aside, flush, holds

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from pipeline.staging import Made, Staging
    from pipeline.workers import Begun, Workers

_BATCH = 32  # files of one task


class Writers:
    """Makes files of a set, with these ``workers`` or alone."""

    def __init__(self, staging: Staging, workers: Workers | None) -> None:
        self._staging, self._workers = staging, workers

    def begin(self, some: Iterable[Made]) -> Callable[[], None]:
        """Make them, as ``Staging.make`` does, at the latest when what this gives is called.

        With workers, all that can be made apart are begun at once, and the others are made here. Alone, none
        is made before.
        """
        if self._workers:
            self._make_by(self._workers, some)
            some = ()
        return lambda: self._make_here(some)

    def _make_here(self, some: Iterable[Made]) -> None:
        for one in some:
            self._staging.make(one)

    def _make_by(self, workers: Workers, some: Iterable[Made]) -> None:
        batch = _Batch()
        for one in some:
            if not one.apart:
                self._staging.make(one)
            elif not self._staging.stands(one):
                batch.add(self._staging.root / one.name, self._staging.reserve(one.name), one.content)
                self._staging.expect(one.name, batch.result(), one.key)
            if len(batch.files) == _BATCH:
                batch.begin(workers)
                batch = _Batch()
        if batch.files:
            batch.begin(workers)


class _File(NamedTuple):
    """``place``: where it would stand; ``path``: where it is written."""

    place: Path
    path: Path
    content: Callable[[], bytes]


class _Batch:
    """Files of one task. Their results can be had once it is begun."""

    def __init__(self) -> None:
        self.files: list[_File] = []
        self._begun: Begun[list[Aside]]

    def add(self, place: Path, path: Path, content: Callable[[], bytes]) -> None:
        self.files.append(_File(place, path, content))

    def begin(self, workers: Workers) -> None:
        self._begun = workers.begin(_write_all, self.files)
        # The results are asked for at the very end: what they are made of is not held till then.
        self.files = []

    def result(self) -> Callable[[], Aside]:
        """What gives the result of the file that was added last."""
        number = len(self.files) - 1
        return lambda: self._begun.result()[number]


def _write_all(files: list[_File]) -> list[Aside]:
    return [_write(*one) for one in files]


def _write(place: Path, path: Path, content: Callable[[], bytes]) -> Aside:
    made = content()
    digest = Digest(len(made), hashlib.sha256(made).hexdigest())
    if holds(place, made):
        return Aside(digest, is_new=False)
    beside = unfinished(path)
    beside.write_bytes(made)
    finish(beside, path)
    return Aside(digest, is_new=True)


def unfinished(path: Path) -> Path:
    """Where to write what is to become ``path``, which lies aside. Nobody else writes there: a task may be
    done twice at the same time, where a worker was given up that is alive."""
    return path.with_name(f"{secrets.token_hex(8)}.part")


def finish(beside: Path, path: Path) -> None:
    """Have the file on the disk and under its name. Raises OSError."""
    flush(beside)
    beside.replace(path)

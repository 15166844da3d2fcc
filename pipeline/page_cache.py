"""Pages as they were read, in state/cache/: the same bytes under the same code are parsed once.

A file a page, whole or not there, so that any number of processes may use it at once; any of it may be
deleted at any time. Only pages of sources that publish contacts go into it: it holds them as they are.
"""

from __future__ import annotations

import hashlib
import os
import pickle
import shutil
import sys
import zlib
from array import array
from contextlib import suppress
from itertools import accumulate, takewhile
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline import durable, unpickling
from pipeline.version import code_digest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from parsers.records import Page
    from pipeline.captures import Body

_MOST_BYTES = 1 << 30


class PageCache:
    """The pages under one state/. ``writes``: whether new ones are kept."""

    def __init__(self, state: Path, *, writes: bool) -> None:
        made_by = hashlib.sha256(f"{code_digest()} {sys.version}".encode()).hexdigest()[:16]
        self._all = folder(state)
        self._mine, self._writes = self._all / made_by, writes

    def get(self, body: Body) -> Page | None:
        """The page, None where it is not there or damaged."""
        try:
            content = zlib.decompress(self._path(body).read_bytes())
            return _page(content)
        except (zlib.error, *unpickling.UNREADABLE):
            return None

    def put(self, body: Body, page: Page) -> None:
        """Keep the page, where there is room for it."""
        if not self._writes:
            return
        path = self._path(body)
        with suppress(OSError):  # the next one parses it again
            if not path.parent.exists():
                self._make(path.parent)
            durable.place(path, [zlib.compress(pickle.dumps(page, pickle.HIGHEST_PROTOCOL), 1)])

    def drop(self, bodies: Iterable[Body]) -> None:
        """Keep none of these pages: their source may have published contacts until now. What other code left
        goes with them."""
        with suppress(OSError):
            for body in bodies:
                self._path(body).unlink(missing_ok=True)
            for old in set(self._all.iterdir()) - {self._mine}:
                shutil.rmtree(old, ignore_errors=True)

    def prune(self, most_bytes: int = _MOST_BYTES) -> None:
        """Remove the oldest files while all of them are larger than that. Of a file that is looked at, memory
        holds its age and size."""
        with suppress(OSError):
            ages, sizes = array("q"), array("q")
            for _, stat in self._files():
                ages.append(stat.st_mtime_ns)
                sizes.append(stat.st_size)
            excess = sum(sizes) - most_bytes
            if excess <= 0:
                return
            older = accumulate(sizes[place] for place in sorted(range(len(ages)), key=ages.__getitem__))
            number = sum(1 for _ in takewhile(lambda size: size < excess, older))
            newest = sorted(ages)[number]
            for path, stat in self._files():
                if stat.st_mtime_ns <= newest and excess > 0:
                    path.unlink(missing_ok=True)
                    excess -= stat.st_size

    def _files(self) -> Iterator[tuple[Path, os.stat_result]]:
        for folder_of_some in self._mine.iterdir():
            for path in folder_of_some.iterdir():
                yield path, path.stat()

    def _path(self, body: Body) -> Path:
        name = hashlib.sha256(repr(body).encode()).hexdigest()
        return self._mine / name[:2] / name[2:]

    def _make(self, path: Path) -> None:
        """A folder for new pages; those of other code go when the first of this code comes."""
        if not self._mine.exists() and self._all.exists():
            for old in self._all.iterdir():
                shutil.rmtree(old, ignore_errors=True)
        path.mkdir(parents=True, exist_ok=True)


def folder(state: Path) -> Path:
    """Where all of it lies."""
    return state / "cache" / "pages"


def _page(content: bytes) -> Page:
    from parsers.records import Page

    page = unpickling.loads(content)
    if not isinstance(page, Page):
        raise pickle.UnpicklingError("no page")
    return page

"""Files written aside and put in place together, so that no reader ever meets half a file."""

from __future__ import annotations

import filecmp
import hashlib
import os
import secrets
import shutil
from itertools import chain
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, BinaryIO, NamedTuple, Self

from pipeline.durable import make_folder, sync_folder
from pipeline.manifest import ASIDE, FLUSHED, STANDS, Digest, Manifest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path
    from types import TracebackType

    from pipeline.manifest import Digests

FOLDER = ".staging"


class Made(NamedTuple):
    """A file that is only made where it does not stand already.

    ``key``: a digest of all that its content hangs on, the code included. ``content`` makes it. ``apart``:
    another process can do that just as well: ``content`` can be pickled and is small.
    """

    name: str
    key: str
    content: Callable[[], bytes]
    apart: bool = False


class Aside(NamedTuple):
    """What became of a file that another process makes: its digest, and whether it lies where
    :meth:`Staging.reserve` said, on the disk already; False: these bytes stand in place already."""

    digest: Digest
    is_new: bool


class Written(NamedTuple):
    """How many files were created, replaced or removed, and how many stood as they were."""

    changed: int
    untouched: int


class Staging:
    """A set of new files for ``root``, kept in a folder of its own in ``root/.staging`` until ``commit``.

    Each file is in place whole or not at all: it is written aside, flushed to disk, then renamed.
    All of them are on disk before the first is renamed, so that a full disk or a kill while writing
    changes nothing, and one between two renames leaves whole files, some new and some old; the next
    commit puts the rest in place. Files come into place in the order they were opened. A file whose
    bytes would not change is left alone, modification time included. One writer at a time: what a
    killed one left in ``.staging`` is removed at the start of the next; a process that still writes for it
    does so in a folder that is gone.

    ``record``: the file that says what stands in ``root``. It is there only while that is true: gone from the
    disk before anything else changes, and back when all the rest is on the disk. A power cut may keep one
    rename and lose another, so its coming last would not do.
    """

    def __init__(self, root: Path, record: str) -> None:
        self.root = root
        self.folder = root / FOLDER / secrets.token_hex(8)
        self._record = record
        self._awaited: dict[str, tuple[Callable[[], Aside], str]] = {}
        self._manifest: Manifest

    def __enter__(self) -> Self:
        shutil.rmtree(self.folder.parent, ignore_errors=True)
        make_folder(self.folder)
        self._manifest = Manifest(self.folder.with_suffix(".sqlite"))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._manifest.close()
        shutil.rmtree(self.folder.parent, ignore_errors=True)

    def open(self, name: str) -> BinaryIO:
        """A new file that is to become ``root/name``, a relative path with ``/``; the caller closes it."""
        return self.reserve(name).open("xb")

    def reserve(self, name: str) -> Path:
        """Where a library that opens its files itself is to write the one that becomes ``root/name``.

        Raises ValueError for a name that leads out of ``root``: nobody looked at it on its way here.
        """
        if PurePosixPath(name).is_absolute() or ".." in PurePosixPath(name).parts:
            raise ValueError(f"{name!r} leads out of {self.root}")
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        self._manifest.name(name)
        return path

    def write(self, name: str, content: bytes, key: str = "") -> None:
        """A new file with this content; where that stands there already, nothing is written. ``key``: of what
        it is made (see Made)."""
        digest = Digest(len(content), hashlib.sha256(content).hexdigest(), key)
        if holds(self.root / name, content):
            self._manifest.put(name, STANDS, digest)
            return
        with self.open(name) as file:
            file.write(content)
        self._manifest.learn(name, digest)

    def share(self, name: str, copy: str, digest: Digest) -> None:
        """A second place for the file ``name``, of this set or standing: one file under two names where the
        file system can do that, else a copy. ``digest``: of the file."""
        # There may be many: no Path for each.
        is_staged = size(self.folder, name) >= 0
        if not is_staged and _is_one(f"{self.root}/{name}", f"{self.root}/{copy}"):
            self._manifest.put(copy, STANDS, digest)
            return
        source = (self.folder if is_staged else self.root) / name
        path = self.folder / copy
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            path.hardlink_to(source)
            self._manifest.put(copy, FLUSHED, digest)  # with the file that it is
        except OSError:
            shutil.copyfile(source, path)
            self._manifest.put(copy, ASIDE, digest)

    def stood(self, files: Iterable[tuple[str, Digest]]) -> None:
        """What stands in ``root`` already, as whoever wrote it noted, each file as it was written."""
        self._manifest.stood(files)

    def keep(self, name: str, digest: Digest) -> None:
        """A file of this set that stands as it is to be."""
        self._manifest.put(name, STANDS, digest)

    def make(self, one: Made) -> None:
        """The same as :meth:`write` for a file that need not be made where one that stood was made of the
        same."""
        if not self.stands(one):
            self.write(one.name, one.content(), one.key)

    def stands(self, one: Made) -> bool:
        """Whether a file stands already, made of the same; it is one of this set then."""
        known = self._manifest.standing.get(one.name)
        if not known or known.key != one.key or size(self.root, one.name) != known.size:
            return False
        self.keep(one.name, known)
        return True

    def expect(self, name: str, result: Callable[[], Aside], key: str = "") -> None:
        """Another process writes the file ``name``, for which a place was reserved; ``result`` waits for it.
        ``key``: of what it is made (see Made)."""
        self._awaited[name] = result, key

    def digests(self, but: str = "") -> Digests:
        """Sizes and digests of all files, which are open no more, save those in the folder ``but``; waits for
        those that are expected."""
        for name in list(self._awaited):
            if not but or not name.startswith(f"{but}/"):
                self._settle(name)
        for name in self._manifest.unknown():
            if name not in self._awaited:
                path = self.folder / name
                with path.open("rb") as file:
                    digest = Digest(path.stat().st_size, hashlib.file_digest(file, "sha256").hexdigest())
                self._manifest.learn(name, digest)
        return self._manifest.digests(but)

    def stale(self, names: Iterable[str]) -> Iterator[Path]:
        """Those of ``names`` that are no files of this set."""
        known = self._manifest.digests()
        return (self.root / name for name in names if name not in known)

    def commit(self, stale: Iterable[Path] = ()) -> Written:
        """Put all files in place, then remove those of ``stale``; raises OSError.

        The record stays as it is where nothing changes. Where something does and this set has none, it goes.
        """
        for name in list(self._awaited):
            self._settle(name)
        folders = self._flushed()
        for folder in folders:
            make_folder(folder)
        gone = [path for path in sorted(stale) if path.exists()]
        number = self._manifest.count(ASIDE) + self._manifest.count(FLUSHED) + len(gone)
        placed = (name for name, _ in self._manifest.aside() if name != self._record)
        first = next(placed, None)
        if gone or first:
            self._withdraw_record()
        for name in chain([first] if first else [], placed):
            (self.folder / name).replace(self.root / name)
        for path in gone:
            path.unlink()
            _remove_emptied(path.parent, self.root)
        for folder in sorted(folders | {path.parent for path in gone}):
            if folder.exists():
                sync_folder(folder)
        self._place_record()
        return Written(number, self._manifest.count(STANDS))

    def _flushed(self) -> set[Path]:
        """Have all that is not in place on the disk; gives the folders where it comes."""
        folders = set()
        for name, place in self._manifest.aside():
            path = self.root / name
            if _same(self.folder / name, path):
                self._manifest.move(name, STANDS)
                continue
            if place != FLUSHED:
                flush(self.folder / name)
            folders.add(path.parent)
        return folders

    def _settle(self, name: str) -> None:
        result, key = self._awaited.pop(name, (None, ""))
        if result is None:
            return
        written = result()
        self._manifest.put(name, FLUSHED if written.is_new else STANDS, written.digest._replace(key=key))

    def _withdraw_record(self) -> None:
        (self.root / self._record).unlink(missing_ok=True)
        sync_folder(self.root)

    def _place_record(self) -> None:
        record = self.folder / self._record
        if record.exists() and not _same(record, self.root / self._record):
            record.replace(self.root / self._record)
            sync_folder(self.root)


def _remove_emptied(folder: Path, root: Path) -> None:
    """Remove a folder that holds nothing, and those around it: an empty partition is none."""
    while folder != root and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent


def _is_one(name: str, other: str) -> bool:
    try:
        return os.path.samefile(name, other)  # noqa: PTH121
    except OSError:
        return False


def _same(new: Path, old: Path) -> bool:
    return old.is_file() and filecmp.cmp(new, old, shallow=False)


def size(root: Path, name: str) -> int:
    """Bytes of the file ``root/name``; -1 where it can't be read. There may be many: no Path for each."""
    try:
        return os.stat(f"{root}/{name}").st_size  # noqa: PTH116
    except OSError:
        return -1


def holds(path: Path, content: bytes) -> bool:
    """Whether the file has this content."""
    try:
        return path.stat().st_size == len(content) and path.read_bytes() == content
    except OSError:
        return False


def flush(path: Path) -> None:
    """Have the file on the disk. Raises OSError."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())

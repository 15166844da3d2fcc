"""Writing so that a crash at any moment leaves the old bytes or the new ones, whole."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

_ABANDONED = 3600  # seconds; no file takes that long to write


def replace(path: Path, pieces: Iterable[bytes]) -> None:
    """Puts a file of ``pieces`` at ``path``: temporary, fsync, rename, fsync of folder. Raises OSError."""
    with replacing(path) as file:
        file.writelines(pieces)


def place(path: Path, pieces: Iterable[bytes]) -> None:
    """Like :func:`replace`, and faster: after a power cut, though not after a crash of the process, it may be
    neither the old file nor the new one. Raises OSError."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        with temporary.open("wb") as file:
            file.writelines(pieces)
        rename(temporary, path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def replace_all(folder: Path, contents: Mapping[str, bytes]) -> None:
    """Several files of one folder as :func:`replace`, each by itself, at the price of few. Raises OSError."""
    temporaries = {name: folder / f".{name}.{os.getpid()}.tmp" for name in contents}
    try:
        with ExitStack() as stack:
            files = [stack.enter_context(temporary.open("wb")) for temporary in temporaries.values()]
            for file, content in zip(files, contents.values(), strict=True):
                file.write(content)
                file.flush()
            for file in files:  # the first takes the others' bytes along
                os.fsync(file.fileno())
        for name, temporary in temporaries.items():
            rename(temporary, folder / name)
    except BaseException:
        for temporary in temporaries.values():
            temporary.unlink(missing_ok=True)
        raise
    sync_folder(folder)


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """A file to be written that takes the place of ``path`` once it is whole. Raises OSError."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        with temporary.open("w+b") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        rename(temporary, path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def append(path: Path, data: bytes) -> int:
    """Adds ``data`` at the end of ``path`` and has it on the disk before returning; gives its offset.

    A write that fails (disk full) is taken back, so that the file ends where it did, or is not there where
    it was not. Raises OSError.
    """
    make_folder(path.parent)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o644)
    try:
        offset = os.lseek(descriptor, 0, os.SEEK_END)
        try:
            rest = memoryview(data)
            while rest:
                rest = rest[os.write(descriptor, rest) :]
            os.fsync(descriptor)
        except OSError:
            os.ftruncate(descriptor, offset)
            raise
    finally:
        os.close(descriptor)
        if path.stat().st_size == 0:  # nothing came of it
            path.unlink()
    if offset == 0:  # new, or left empty by a process that was killed before this
        sync_folder(path.parent)
        sync_folder(path.parent.parent)
    return offset


def cut(path: Path, size: int) -> None:
    """Ends the file at ``size`` bytes, on the disk too. Raises OSError."""
    with path.open("r+b") as file:
        file.truncate(size)
        os.fsync(file.fileno())


def sweep(folder: Path) -> None:
    """Removes what killed processes left half written below a folder, once it is so old that nobody can be
    at it. Raises OSError."""
    for path in folder.rglob(".*.tmp"):
        with suppress(FileNotFoundError):  # somebody else swept
            if path.stat().st_mtime < time.time() - _ABANDONED:
                path.unlink()


def settle(path: Path) -> None:
    """Has on the disk what a process that was killed may have written and not flushed: the file, its name and
    that of its folder. Raises OSError."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())
    sync_folder(path.parent)
    sync_folder(path.parent.parent)


def make_folder(folder: Path) -> None:
    """Makes a folder, and those it lies in, to last. Raises OSError."""
    missing = [one for one in (folder, *folder.parents) if not one.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    for one in missing:
        sync_folder(one.parent)


def sync_folder(folder: Path) -> None:
    """Makes a new name in ``folder`` last; Windows has no such call and needs none."""
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def rename(source: Path, target: Path) -> None:
    """Puts a file in the place of another. On Windows one that somebody reads cannot be replaced: a reader
    has it open for moments only."""
    for _ in range(50 if sys.platform == "win32" else 0):
        try:
            source.replace(target)
        except PermissionError:
            time.sleep(0.1)
        else:
            return
    source.replace(target)

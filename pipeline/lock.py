"""One writer at a time. The lock belongs to a process and goes with it: no crash leaves one behind."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from pipeline import durable
from pipeline.errors import Degraded, Failed

_TRIES = 6

if sys.platform == "win32":
    import msvcrt

    def _try_lock(descriptor: int) -> None:
        os.lseek(descriptor, 1 << 20, os.SEEK_SET)  # far from the text, which others must be able to read
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _try_lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


@contextmanager
def exclusive(path: Path) -> Iterator[None]:
    """Holds the lock file ``path`` for the body. Raises Degraded where another process has it, Failed where
    the folder cannot be written."""
    try:
        durable.make_folder(path.parent)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise Failed(f"{path.parent}: cannot be written ({error.strerror}); nothing was changed") from error
    try:
        _lock(descriptor, path)
        with suppress(OSError):  # who holds it is a courtesy; a full disk must not keep a run from starting
            os.ftruncate(descriptor, 0)
            os.lseek(descriptor, 0, os.SEEK_SET)
            os.write(descriptor, f"process {os.getpid()}\n".encode())
        yield
    finally:
        os.close(descriptor)


def _lock(descriptor: int, path: Path) -> None:
    """Tries for a quarter of a second: who only asks whether the lock is held has it for a moment."""
    for attempt in range(_TRIES):
        try:
            return _try_lock(descriptor)
        except OSError as error:
            if attempt == _TRIES - 1:
                message = f"another run is at work on {path.parent} ({_holder(path)}); nothing done"
                raise Degraded(message) from error
        time.sleep(0.05)
    return None


def held(path: Path) -> bool:
    """Whether a process holds the lock at this moment."""
    try:
        descriptor = os.open(path, os.O_RDWR)
    except OSError:
        return False
    try:
        _try_lock(descriptor)
    except OSError:
        return True
    finally:
        os.close(descriptor)
    return False


def _holder(path: Path) -> str:
    try:
        text = path.read_text("ascii").strip()
    except (OSError, UnicodeDecodeError):
        return "process unknown"
    return text if text.isprintable() and 0 < len(text) < 80 else "process unknown"

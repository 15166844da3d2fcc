"""Too little memory: said before the work begins where a limit shows it, and in one line where it ends it.

Libraries below Python do not raise where they get none: they abort the process, or print and leave. So
whoever is about to load them asks first.
"""

from __future__ import annotations

import errno
import os
import sys

from pipeline.errors import Failed

# What Arrow, NumPy, SQLite and the rest map before a first row is written, and some room for rows.
LEAST = 448 * 1024 * 1024
_WORDS = (
    "out of memory", "cannot allocate memory", "start new thread", "launch worker thread",
    "failed to map segment",
)  # fmt: skip


def check() -> None:
    """Before the libraries that write tables are loaded. Raises Failed where a limit leaves too little."""
    # A pool of threads each, at 8 MB and more, for work that is done in one.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    # Arrow's own allocator keeps 30 MB that are free.
    os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")
    allowed = _allowed()
    if allowed is not None and allowed < LEAST:
        raise Failed(
            f"not enough memory: a limit (ulimit -v) allows {allowed >> 20} MB of address space, writing the "
            f"dataset takes {LEAST >> 20} MB; nothing published was changed"
        )


def is_short(error: BaseException) -> bool:
    """Whether an error says that there was no memory, or no room for a thread."""
    if isinstance(error, MemoryError) or (isinstance(error, OSError) and error.errno == errno.ENOMEM):
        return True
    text = str(error).lower()
    return isinstance(error, Exception) and any(words in text for words in _WORDS)


def _allowed() -> int | None:
    """Bytes of address space; None where there is no limit."""
    if sys.platform == "win32":
        return None
    import resource

    soft, _ = resource.getrlimit(resource.RLIMIT_AS)
    return None if soft == resource.RLIM_INFINITY else soft

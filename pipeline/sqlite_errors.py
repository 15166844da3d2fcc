"""What SQLite has to complain of, as the error of a file."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def as_os_errors(file: str) -> Iterator[None]:
    """Raises OSError, with the words for ``file`` and SQLite's own."""
    import sqlite3

    try:
        yield
    except sqlite3.Error as error:
        raise OSError(0, f"{file}: {error}") from error

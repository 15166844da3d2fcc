"""Single files where they lie, for whoever needs a record and not the archive."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from pipeline.places import place
from pipeline.remote.store import Store

if TYPE_CHECKING:
    from os import PathLike


def open_raw(root: str | PathLike[str], name: str) -> BinaryIO:
    """The file ``name`` (``capture.file``) of a raw/ folder or address, to be read from any byte on: with an
    address only the parts are fetched that are read, a quarter of a megabyte at a time.

    ``warc.read(file, capture.offset)`` gives the record. For worker processes: connections are kept for each
    process, so start workers anew (spawn) rather than fork one that has read already. Raises
    FileNotFoundError, OSError; of an address also UsageError and Failed.
    """
    where = place(str(root))
    return (where / name).open("rb") if isinstance(where, Path) else _store(where).open(name)


@lru_cache(maxsize=8)
def _store(url: str) -> Store:
    return Store(url)

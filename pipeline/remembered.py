"""Histories as far as they were read, in state/cache/: the next run reads only what came since.

A file a source: what is told, as it lies on the shelf, and behind it the history itself. Only of sources that
publish contacts: a history holds the pages as they are. Whatever is not sure to be what reading it all again
would give is not used.
"""

from __future__ import annotations

import hashlib
import pickle
import struct
import sys
from contextlib import suppress
from io import BytesIO
from typing import TYPE_CHECKING, BinaryIO

from pipeline import corrections, durable, sealed, unpickling
from pipeline.chronicle import Chronicle
from pipeline.index_facts import chain_of
from pipeline.shelf import START
from pipeline.version import code_digest

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from pipeline.captures import Capture
    from pipeline.config import Source
    from pipeline.state import Dataset

_FOLDER = "histories"
_TAIL = struct.Struct("<Q")  # where the history begins


def recall(
    state: Path, dataset: Dataset, source: Source, published: str | None, link: Path | None = None
) -> tuple[Chronicle, list[Capture]] | None:
    """The source's history as the last run read it, and the first captures of the stretches that came since;
    None where it must be read anew. ``link``: a new name for its file, None: memory holds all of it; so it
    stays what it is whatever becomes of the file meanwhile. Raises Failed."""
    if not source.publish_contacts or published is None:
        return None
    try:
        key, told = _read(_file(state, source.id), in_memory=link is None)
    except (OverflowError, struct.error, *unpickling.UNREADABLE):
        return None
    if not isinstance(told, Chronicle) or key != _key(source, told, dataset):
        return None
    if told.shown is None or told.shown.capture.id != published:
        return None
    fresh = dataset.belonging.since(source.id, chain_of(told.captures))
    if fresh is None:
        return None
    if link is not None:
        told.shelf.link(link)
    return told, fresh


def keep(state: Path, dataset: Dataset, chronicles: Mapping[str, Chronicle]) -> None:
    """Keep the histories of these sources, and of no other. What was recalled and is as it was stands: a run
    with one changed page writes one. Raises OSError."""
    folder = _file(state, "x").parent
    folder.mkdir(parents=True, exist_ok=True)
    kept = [source for source in dataset.sources if source.publish_contacts]
    _remove(set(folder.iterdir()) - {_file(state, source.id) for source in kept})
    for source in kept:
        told, path = chronicles[source.id], _file(state, source.id)
        if told.fresh or not path.exists():
            _write(path, (_key(source, told, dataset), told), told)


def _write(path: Path, history: tuple[str, Chronicle], told: Chronicle) -> None:
    content = pickle.dumps(history, pickle.HIGHEST_PROTOCOL)
    with durable.replacing(path) as file:
        file.write(bytes(START))
        told.shelf.copy_to(file)
        begins = file.tell()
        file.write(content)
        file.write(_TAIL.pack(begins))
        digest = _digest(file)
        file.seek(0)
        file.write(sealed.head(digest))


def _read(path: Path, *, in_memory: bool) -> tuple[str, object]:
    """Raises what ``unpickling.loads`` does."""
    with path.open("rb") as opened:
        file: BinaryIO = BytesIO(opened.read()) if in_memory else opened
        head = file.read(START)
        file.seek(0)
        if head != sealed.head(_digest(file)):
            raise ValueError("its digest is not that of its content")
        file.seek(-_TAIL.size, 2)
        tail = file.tell()
        (begins,) = _TAIL.unpack(file.read())
        file.seek(begins)
        key, told = unpickling.loads(file.read(tail - begins))
        if isinstance(told, Chronicle):
            told.shelf.found(path, file if in_memory else None)
    return key, told


def _digest(file: BinaryIO) -> str:
    """Of all behind the place of its head."""
    file.seek(START)
    digest = hashlib.sha256()
    while piece := file.read(1 << 20):
        digest.update(piece)
    return digest.hexdigest()


def _remove(paths: Iterable[Path]) -> None:
    for path in paths:
        with suppress(FileNotFoundError):
            path.unlink()


def _file(state: Path, source: str) -> Path:
    return state / "cache" / _FOLDER / f"{source}.pickle"


def _key(source: Source, told: Chronicle, dataset: Dataset) -> str:
    """All that the history hangs on besides the captures that come next."""
    accepted = sorted(one.sha256 for one in dataset.decisions.all)
    return corrections.evidence(told.captures, source, accepted, code_digest(), sys.version)

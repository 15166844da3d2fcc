"""Histories as far as they were read, in state/cache/: the next run reads only what came since.

Only of sources that publish contacts: a history holds the pages as they are. Whatever is not sure to be what
reading it all again would give is not used.
"""

from __future__ import annotations

import pickle
import sys
from contextlib import suppress
from itertools import islice
from typing import TYPE_CHECKING

from pipeline import corrections, durable, sealed, unpickling
from pipeline.chronicle import Chronicle
from pipeline.stretches import stretches
from pipeline.version import code_digest

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from pipeline.config import Source
    from pipeline.state import Dataset

_FOLDER = "histories"
# What a pickle of other code, or a damaged one, may raise (see the pickle module).
_UNREADABLE = (
    OSError, pickle.UnpicklingError, AttributeError, ImportError, EOFError, IndexError, KeyError, TypeError,
    ValueError,
)  # fmt: skip


def recall(state: Path, dataset: Dataset, source: Source, published: str | None) -> Chronicle | None:
    """The source's history up to the capture that the last run published; None where it must be read anew."""
    if not source.publish_contacts or published is None:
        return None
    try:
        key, told = unpickling.loads(sealed.opened(_file(state, source.id).read_bytes()))
    except _UNREADABLE:
        return None
    if not isinstance(told, Chronicle) or key != _key(source, told, dataset):
        return None
    first = islice(stretches(dataset.belonging.captures(source.id)), len(told.captures))
    is_same = [capture.id for capture in first] == told.captures
    return told if is_same and told.state is not None and told.state.capture.id == published else None


def keep(state: Path, dataset: Dataset, chronicles: Mapping[str, Chronicle]) -> None:
    """Keep the histories of these sources, and of no other. Raises OSError."""
    folder = _file(state, "x").parent
    folder.mkdir(parents=True, exist_ok=True)
    kept = [source for source in dataset.sources if source.publish_contacts]
    _remove(set(folder.iterdir()) - {_file(state, source.id) for source in kept})
    for source in kept:
        told = chronicles[source.id]
        content = pickle.dumps((_key(source, told, dataset), told))
        durable.replace(_file(state, source.id), [sealed.sealed(content)])


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

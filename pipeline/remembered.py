"""Histories as far as they were read, in state/cache/: the next run reads only what came since.

Only of sources that publish contacts: a history holds the pages as they are. Whatever is not sure to be what
reading it all again would give is not used.
"""

from __future__ import annotations

import pickle
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

from pipeline import corrections, durable, sealed, unpickling
from pipeline.chronicle import Chronicle
from pipeline.index_facts import chain_of
from pipeline.version import code_digest

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from pipeline.captures import Capture
    from pipeline.config import Source
    from pipeline.state import Dataset

_FOLDER = "histories"


def recall(
    state: Path, dataset: Dataset, source: Source, published: str | None
) -> tuple[Chronicle, list[Capture]] | None:
    """The source's history as the last run read it, and the first captures of the stretches that came since;
    None where it must be read anew. Raises Failed."""
    if not source.publish_contacts or published is None:
        return None
    try:
        key, told = unpickling.loads(sealed.opened(_file(state, source.id).read_bytes()))
    except unpickling.UNREADABLE:
        return None
    if not isinstance(told, Chronicle) or key != _key(source, told, dataset):
        return None
    if told.state is None or told.state.capture.id != published:
        return None
    fresh = dataset.belonging.since(source.id, chain_of(told.captures))
    return None if fresh is None else (told, fresh)


def keep(state: Path, dataset: Dataset, chronicles: Mapping[str, Chronicle]) -> None:
    """Keep the histories of these sources, and of no other. What was recalled and is as it was stands: a run
    with one changed page writes one. Raises OSError."""
    folder = _file(state, "x").parent
    folder.mkdir(parents=True, exist_ok=True)
    kept = [source for source in dataset.sources if source.publish_contacts]
    _remove(set(folder.iterdir()) - {_file(state, source.id) for source in kept})
    for source in kept:
        told = chronicles[source.id]
        if not told.fresh and _file(state, source.id).exists():
            continue
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

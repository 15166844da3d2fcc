"""Puts rewritten files of raw/ in place so that a crash at any moment leaves all old or, soon, all new.

New WARC files lie beside the old ones under names of their own until all are there. Then the marker says that
they count: whoever writes next completes what it says.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from pipeline import durable
from pipeline.errors import Failed
from pipeline.index import Index

MARKER = ".redaction.json"
_ENDING = ".redacting"


def stage(root: Path, name: str, pieces: Iterable[bytes]) -> None:
    """Writes what is to become the file ``name`` (relative to ``root``). Raises OSError."""
    durable.replace(_staged(root / name), pieces)


def commit(root: Path, names: Iterable[str], texts: Mapping[str, str]) -> None:
    """Puts the staged files in place, and small files with these ``texts``. Only under the lock.

    Raises OSError; after the marker is written, the next writer goes on.
    """
    marker = json.dumps({"files": sorted(names), "texts": dict(texts)}, ensure_ascii=False)
    durable.replace(root / MARKER, [marker.encode("utf-8", "backslashreplace")])
    finish(root)


def is_waiting(root: Path) -> bool:
    """Whether a redaction was decided and not completed."""
    return (root / MARKER).exists()


def finish(root: Path) -> bool:
    """Completes what was decided, and removes what was only begun; gives whether there was something decided.

    Only under the lock. Raises OSError, Failed.
    """
    if not is_waiting(root):
        for path in _leftovers(root):
            path.unlink()
        return False
    try:
        decided = json.loads((root / MARKER).read_bytes())
        names, texts = list(decided["files"]), dict(decided["texts"])
    except (ValueError, LookupError, TypeError) as error:
        raise Failed(f"{root / MARKER}: not readable ({error}); a redaction cannot be completed") from error
    # The index tells places in the old files: without one, readers look into the files themselves.
    for path in (root / "index.cdxj", *root.glob("index-*.cdxj*")):
        path.unlink(missing_ok=True)
    durable.sync_folder(root)
    for name in names:
        path = root / name
        if _staged(path).exists():
            durable.rename(_staged(path), path)
            durable.sync_folder(path.parent)
    for name, text in texts.items():
        durable.replace(root / name, [text.encode("utf-8", "backslashreplace")])
    Index(root).rebuild()
    (root / MARKER).unlink()
    durable.sync_folder(root)
    return True


def _staged(path: Path) -> Path:
    return path.with_name(f".{path.name}{_ENDING}")


def _leftovers(root: Path) -> Iterator[Path]:
    yield from (path for path in root.rglob(f".*{_ENDING}*") if path.is_file())

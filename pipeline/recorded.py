"""What output/ holds, as whoever wrote it noted: ``output/.inputs.json``, with a digest of itself.

A function of the inputs like all else there, so it says nothing of times. Absent or damaged, nothing is
known, and all is written anew.
"""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache
from json.encoder import encode_basestring_ascii as _quoted
from typing import TYPE_CHECKING, Any

from pipeline import sealed
from pipeline.site_files import DATA
from pipeline.staging import FOLDER, Digest, size

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

INPUTS = ".inputs.json"
DATA_SETS = "parquet"
_PARTITIONS = (f"{DATA_SETS}/", f"{DATA}/{DATA_SETS}/")
_BROKEN = (OSError, ValueError, LookupError, TypeError, AttributeError)


def inputs_digest(captures: Iterable[tuple[str, str]], *parts: str | bytes) -> str:
    """A digest of all that output/ hangs on.

    ``captures``: ``(source id, digest of its captures)`` in the order of sources.toml; ``parts``: the
    version of the code, the bytes of sources.toml, whatever else changes what is written.
    """
    digest = hashlib.sha256()
    for part in (*(word for pair in captures for word in pair), *parts):
        content = part.encode() if isinstance(part, str) else part
        digest.update(b"%d:" % len(content) + content)
    return digest.hexdigest()


def is_current(output: Path, inputs: str, *, partitioned: bool = False) -> bool:
    """Whether ``output`` holds, by name and size, the files that were written from these inputs, data sets
    among them where it is ``partitioned`` and none otherwise.

    What a killed writer left behind says no: it may have put some of its files in place.
    """
    files = recorded(output, inputs)
    if not files or _has_partitions(files) != partitioned:
        return False
    return all(size(output, name) == digest.size for name, digest in files.items())


def is_partitioned(output: Path) -> bool:
    """Whether data sets were written (see ``partitions``), or stand among the site's copies."""
    return _has_partitions(recorded(output))


def _has_partitions(files: Iterable[str]) -> bool:
    return any(name.startswith(_PARTITIONS) for name in files)


def recorded(output: Path, inputs: str | None = None) -> dict[str, Digest]:
    """The files that were written last; of ``inputs``, where these are given. Empty where that is not known:
    a killed writer may have put some of its files in place."""
    if (output / FOLDER).exists():
        return {}
    try:
        record = _read(output)
        if inputs is not None and record["inputs"] != inputs:
            return {}
        return dict(record["files"])
    except _BROKEN:
        return {}


def inputs_of(output: Path) -> str:
    """What the files were written from (see ``inputs_digest``); empty where that is not known."""
    try:
        return str(_read(output)["inputs"])
    except _BROKEN:
        return ""


def made_by(output: Path) -> dict[str, Any]:
    """Which code wrote ``output`` and from what, as told to ``tables.write``; empty where unknown."""
    try:
        known = _read(output)["made_by"]
    except _BROKEN:
        return {}
    return known if isinstance(known, dict) else {}


def damaged(output: Path, files: Mapping[str, Digest]) -> Iterator[str]:
    """Those of the recorded ``files``, as relative paths, whose bytes are not those that were written."""
    for name, digest in files.items():
        if size(output, name) != digest.size or _sha256(output / name) != digest.sha256:
            yield name


def is_sound(output: Path, name: str) -> bool:
    """Whether a file holds the bytes that were written."""
    digest = recorded(output).get(name)
    return digest is not None and _sha256(output / name) == digest.sha256


def content(inputs: str, made_by: Mapping[str, object], files: Mapping[str, Digest]) -> bytes:
    """The record as a file, a line for each of ``files``: there may be many thousand."""
    head = json.dumps({"inputs": inputs, "made_by": made_by}, ensure_ascii=False, indent=2)
    lines = ",\n".join(
        f'    {_quoted(name)}: [{one.size}, "{one.sha256}", "{one.key}"]' for name, one in files.items()
    )
    text = f'{head.removesuffix("}").rstrip()},\n  "files": {{\n{lines}\n  }}\n}}\n'
    return sealed.json_sealed(text.encode())


def _read(output: Path) -> dict[str, Any]:
    return _opened((output / INPUTS).read_bytes())


@lru_cache(maxsize=1)
def _opened(content: bytes) -> dict[str, Any]:
    """A run asks for the record of some thousand files again and again."""
    record: dict[str, Any] = json.loads(sealed.json_opened(content))
    return record | {"files": {name: Digest(*one) for name, one in record["files"].items()}}


def _sha256(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""

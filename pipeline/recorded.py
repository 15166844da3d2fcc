"""What output/ holds, as whoever wrote it noted: ``output/.inputs.json``, with a digest of itself.

A function of the inputs like all else there, so it says nothing of times. Absent or damaged, nothing is
known, and all is written anew.
"""

from __future__ import annotations

import hashlib
import json
from json.encoder import encode_basestring_ascii as _quoted
from typing import TYPE_CHECKING, Any, NamedTuple

from pipeline import sealed
from pipeline.manifest import Digest
from pipeline.site_files import DATA
from pipeline.staging import FOLDER, size

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

INPUTS = ".inputs.json"
DATA_SETS = "parquet"
_PARTITIONS = (f"{DATA_SETS}/", f"{DATA}/{DATA_SETS}/")
_BROKEN = (OSError, ValueError, LookupError, TypeError, AttributeError)
_FILES = b'  "files": {\n'


class Record(NamedTuple):
    """What a record says besides the files: what they were written from (see :func:`inputs_digest`), by which
    code and from which captures, as told to ``tables.write``."""

    path: Path
    inputs: str
    made_by: dict[str, Any]

    def files(self) -> Iterator[tuple[str, Digest]]:
        """The files, in the order of their names: there may be many, so they are read one by one. Raises
        OSError, and ValueError where another record is there by now that is damaged."""
        with self.path.open("rb") as file:
            while (line := file.readline()) != _FILES:
                if not line:
                    raise ValueError(f"{self.path}: no files")
            while (line := file.readline()).startswith(b'    "'):
                for name, one in json.loads(b"{" + line.rstrip().removesuffix(b",") + b"}").items():
                    yield name, Digest(*one)


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
    record = read(output)
    if record is None or record.inputs != inputs:
        return False
    has_partitions = False
    for name, digest in record.files():
        if size(output, name) != digest.size:
            return False
        has_partitions = has_partitions or name.startswith(_PARTITIONS)
    return has_partitions == partitioned


def is_partitioned(output: Path) -> bool:
    """Whether data sets were written (see ``partitions``), or stand among the site's copies."""
    return any(name.startswith(_PARTITIONS) for name, _ in files(output))


def read(output: Path) -> Record | None:
    """What was written last; None where that is not known: a killed writer may have put some of its files in
    place."""
    return None if (output / FOLDER).exists() else _head(output / INPUTS)


def files(output: Path) -> Iterator[tuple[str, Digest]]:
    """The files that were written last; none where that is not known."""
    record = read(output)
    return record.files() if record else iter(())


def inputs_of(output: Path) -> str:
    """What the files were written from (see ``inputs_digest``); empty where that is not known."""
    record = _head(output / INPUTS)
    return record.inputs if record else ""


def made_by(output: Path) -> dict[str, Any]:
    """Which code wrote ``output`` and from what, as told to ``tables.write``; empty where unknown."""
    record = _head(output / INPUTS)
    return record.made_by if record else {}


def damaged(output: Path) -> Iterator[tuple[str, Digest]]:
    """Those of the recorded files whose bytes are not those that were written, and what these were."""
    for name, digest in files(output):
        if size(output, name) != digest.size or _sha256(output / name) != digest.sha256:
            yield name, digest


def is_sound(output: Path, name: str) -> bool:
    """Whether a file holds the bytes that were written."""
    digest = next((digest for one, digest in files(output) if one == name), None)
    return digest is not None and _sha256(output / name) == digest.sha256


def content(
    inputs: str, made_by: Mapping[str, object], files: Iterable[tuple[str, Digest]]
) -> Iterator[bytes]:
    """The record in pieces (see ``sealed.write_json``), a line for each of ``files``: there may be many
    thousand."""
    head = json.dumps({"inputs": inputs, "made_by": made_by}, ensure_ascii=False, indent=2)
    yield b"{"
    yield head.removeprefix("{").removesuffix("}").rstrip().encode() + b",\n" + _FILES
    comma = ""
    for name, one in files:
        yield f'{comma}    {_quoted(name)}: [{one.size}, "{one.sha256}", "{one.key}"]'.encode()
        comma = ",\n"
    yield b"\n  }\n}\n"


def _head(path: Path) -> Record | None:
    """None where it can't be read or is damaged, or an early version wrote it, a file on many lines."""
    try:
        with path.open("rb") as file:
            if not sealed.is_whole(file):
                return None
            lines = [b"{"]
            while (line := file.readline()) != _FILES:
                if not line:
                    return None
                lines.append(line)
            if not file.readline().rstrip().endswith((b"],", b"]")):
                return None
        head = json.loads(b"".join(lines).rstrip().removesuffix(b",") + b"}")
        known = head.get("made_by")
        return Record(path, str(head["inputs"]), known if isinstance(known, dict) else {})
    except _BROKEN:
        return None


def _sha256(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""

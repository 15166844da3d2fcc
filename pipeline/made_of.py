"""``output/.inputs.json``: what the files of output/ were made from and what they are.

So that a run with nothing new can see that from a few file sizes, without parsing a page or importing what
writes tables. It is a function of the inputs like all else in output/.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from pipeline.staging import FOLDER, Digest, size

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

INPUTS = ".inputs.json"


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


def is_current(output: Path, inputs: str) -> bool:
    """Whether ``output`` holds, by name and size, the files that were written from these inputs.

    What a killed writer left behind says no: it may have put some of its files in place.
    """
    files = recorded(output, inputs)
    return bool(files) and all(size(output, name) == digest.size for name, digest in files.items())


def made_by(output: Path) -> dict[str, Any]:
    """Which code wrote ``output`` and from what, as told to :func:`write`; empty where unknown."""
    try:
        known = json.loads((output / INPUTS).read_bytes())["made_by"]
    except (OSError, ValueError, LookupError, TypeError):
        return {}
    return known if isinstance(known, dict) else {}


def damaged(output: Path, inputs: str) -> list[str]:
    """The files of ``output``, as relative paths, whose bytes are not those that were written."""
    files = recorded(output, inputs)
    return [name for name, digest in files.items() if _sha256(output / name) != digest.sha256]


def recorded(output: Path, inputs: str | None = None) -> dict[str, Digest]:
    """The files that were written last; of ``inputs``, where these are given. Empty where that is not known:
    a killed writer may have put some of its files in place."""
    if (output / FOLDER).exists():
        return {}
    try:
        record = json.loads((output / INPUTS).read_bytes())
        if inputs is not None and record["inputs"] != inputs:
            return {}
        return {name: Digest(*digest) for name, digest in record["files"].items()}
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        # Absent or damaged: then nothing is known, and all is written anew.
        return {}


def record(inputs: str, made_by: dict[str, object], files: dict[str, Digest]) -> bytes:
    """A line for each file: there may be many thousand."""
    head = json.dumps({"inputs": inputs, "made_by": made_by}, ensure_ascii=False, indent=2)
    lines = ",\n".join(f"    {json.dumps(name)}: {json.dumps(digest)}" for name, digest in files.items())
    return f'{head.removesuffix("}").rstrip()},\n  "files": {{\n{lines}\n  }}\n}}\n'.encode()


def _sha256(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""

"""The release, in one place: ``pyproject.toml`` reads it from here without importing it."""

from __future__ import annotations

from functools import cache

VERSION = "0.1.0"


@cache
def code_digest() -> str:
    """SHA-256 over the code of parsers/ and pipeline/: other code may read the same captures differently."""
    import hashlib
    from pathlib import Path

    root = Path(__file__).parent.parent
    digest = hashlib.sha256()
    for package in ("parsers", "pipeline"):
        for path in sorted((root / package).rglob("*.py"), key=Path.as_posix):
            code = path.read_bytes().replace(b"\r\n", b"\n")
            digest.update(b"%b %d:%b" % (path.relative_to(root).as_posix().encode(), len(code), code))
    return digest.hexdigest()

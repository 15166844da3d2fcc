"""The release, in one place: ``pyproject.toml`` reads it from here without importing it."""

from __future__ import annotations

from functools import cache

VERSION = "0.1.0"
_CODE = frozenset({".py", ".html", ".css", ".js", ".svg"})


@cache
def code_digest() -> str:
    """SHA-256 over the code of parsers/ and pipeline/, templates and style sheets too: other code may read
    or show the same captures differently."""
    import hashlib
    from pathlib import Path

    root = Path(__file__).parent.parent
    digest = hashlib.sha256()
    for package in ("parsers", "pipeline"):
        files = (path for path in (root / package).rglob("*.*") if path.suffix in _CODE)
        for path in sorted(files, key=Path.as_posix):
            code = path.read_bytes().replace(b"\r\n", b"\n")
            digest.update(b"%b %d:%b" % (path.relative_to(root).as_posix().encode(), len(code), code))
    return digest.hexdigest()

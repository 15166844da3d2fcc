"""The release, in one place: ``pyproject.toml`` reads it from here without importing it."""

from __future__ import annotations

from functools import cache

VERSION = "0.1.0"
_CODE = (".py", ".html", ".css", ".js", ".svg")


@cache
def code_digest() -> str:
    """SHA-256 over the code of parsers/ and pipeline/, templates and style sheets too: other code may read
    or show the same captures differently."""
    import hashlib
    import os

    # A quiet run asks too: no Path for each file.
    root = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))  # noqa: PTH100, PTH120
    files = (
        f"{folder}{os.sep}{name}"
        for package in ("parsers", "pipeline")
        for folder, _, names in os.walk(f"{root}{os.sep}{package}")
        for name in names
        if name.endswith(_CODE)
    )
    digest = hashlib.sha256()
    for name, path in sorted((path[len(root) + 1 :].replace(os.sep, "/"), path) for path in files):
        with open(path, "rb") as file:  # noqa: PTH123
            code = file.read().replace(b"\r\n", b"\n")
        digest.update(b"%b %d:%b" % (name.encode(), len(code), code))
    return digest.hexdigest()

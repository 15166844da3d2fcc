"""Files that somebody named on the command line."""

from __future__ import annotations

import sys
from pathlib import Path

from pipeline.errors import UsageError


def read(name: str) -> bytes:
    """The bytes of a file, of standard input for ``-``. Raises UsageError, with a file that may be meant."""
    try:
        return sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    except FileNotFoundError:
        raise UsageError(f"{name}: no such file{_like(Path(name))}") from None
    except (OSError, ValueError) as error:  # ValueError: a name with a zero byte
        reason = getattr(error, "strerror", None) or error
        raise UsageError(f"{name}: cannot be read ({reason})") from None


def _like(path: Path) -> str:
    from difflib import get_close_matches

    try:
        there = [one.name for one in path.parent.iterdir()]
    except OSError:
        return ""
    near = get_close_matches(path.name, there, n=1)
    return f"; did you mean {path.with_name(near[0])}?" if near else ""

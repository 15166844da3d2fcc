"""What somebody may have meant who wrote a name that there is not."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.printable import printable

_MOST = 12


def did_you_mean(word: str, names: Iterable[str]) -> str:
    """``did you mean X?``, else the names that there are, without an end sign."""
    from difflib import get_close_matches

    known = list(names)
    near = get_close_matches(word.lower(), known, n=1)
    if near:
        return f"did you mean {printable(near[0])}?"
    rest = f" and {len(known) - _MOST} more" if len(known) > _MOST else ""
    return f"there are {', '.join(map(printable, known[:_MOST]))}{rest}" if known else "there are none"

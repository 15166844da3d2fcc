"""The marks of footnotes, and the lines that are footnotes."""

from __future__ import annotations

import re

MARK = r"\*{1,3}|[¹²³†‡]"
FOOTNOTE = re.compile(rf"(?P<mark>{MARK})\s*(?P<text>\S.*)", re.DOTALL)
_FIRST = frozenset("*¹²³†‡")
_FLEXIBLE = re.compile(r"elast", re.IGNORECASE)


def is_footnote(line: str) -> bool:
    """A star with a space after it is a bullet unless the words are those of a footnote."""
    if line[:1] not in _FIRST:
        return False
    note = FOOTNOTE.match(line)
    if note is None:
        return False
    return note.start("text") == note.end("mark") or _FLEXIBLE.search(note["text"]) is not None

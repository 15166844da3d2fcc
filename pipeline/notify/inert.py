"""Foreign words in a message: nothing in them that a mail program, a terminal or a chat would obey."""

from __future__ import annotations

import re

from pipeline.printable import printable

# What makes a chat call people together, or a number or name somebody.
_CALL = re.compile(r"@(?=everyone\b|here\b|channel\b|all\b|room\b)|(?<=<)[@!#]", re.IGNORECASE)


def inert(text: str) -> str:
    """Foreign words on one line, with what would be obeyed broken up or written out."""
    return _CALL.sub(lambda found: f"{found[0]} ", printable(" ".join(text.split("\n"))))

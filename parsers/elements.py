"""What each element of HTML does to the lines of a page, and the words inside an element."""

from __future__ import annotations

import re
from typing import Any

from lxml import etree

# Effects: left out with all inside · makes a line of a kind · may be a menu, a footer and the like ·
# emphasis · link · line break · raised · parts lines and says nothing of what they are.
DROP, BLOCK, MAY_BE_OUT, BOLD, LINK, BREAK, SUPER, LINES = 1, 2, 4, 8, 16, 32, 64, 128

# A measure's code, or its beginning.
CODE = re.compile(r"\d\.\d{1,2}\.\d")
UNSEEN = frozenset({"head", "script", "style", "noscript", "template"})

# Characters in which a page that tells of measures names the first of them; what tells little is shorter.
_OPENING, _LITTLE = 4000, 200
_STRING: Any = etree.XPath("string()")
_LENGTH: Any = etree.XPath("string-length()")
_CODE_ELEMENTS = ("script", "style", "noscript", "template")


class _Effects(dict[str, int]):
    """Effects by tag. An element of a site's own makes a line; a tag of Word's (``o:p``) does not."""

    def __missing__(self, tag: str) -> int:
        return LINES if "-" in tag else 0


def _tags(words: str, effect: int) -> dict[str, int]:
    return dict.fromkeys(words.split(), effect)


EFFECTS = _Effects(
    {
        **_tags(
            "script style noscript template svg iframe select option textarea input canvas audio "
            "video head title map datalist math",
            DROP,
        ),
        **_tags("caption dd details dt h1 h2 h3 h4 h5 h6 li summary table td th tr", BLOCK),
        **_tags(
            "address article blockquote body center dialog dir fieldset figure hgroup hr legend main p pre "
            "tbody tfoot thead",
            LINES,
        ),
        **_tags("dl ol ul button", BLOCK | MAY_BE_OUT),
        **_tags("div form menu section nav footer aside header figcaption", LINES | MAY_BE_OUT),
        **_tags("strong b", BOLD),
        # Words struck out are said no more.
        **_tags("s del strike", MAY_BE_OUT),
        "object": MAY_BE_OUT,
        "a": LINK | MAY_BE_OUT,
        "br": BREAK,
        "sup": SUPER,
    }
)


def text_of(element: Any) -> str:
    """All text inside an element; by XPath, which gathers it many times faster than ``itertext``."""
    return str(_STRING(element)) if len(element) else element.text or ""


def characters_of(element: Any) -> int:
    """The length of ``text_of``, without making a string of it."""
    return int(_LENGTH(element))


def opening_of(element: Any) -> str:
    """The first of an element's text, up to a measure's code; all of it where it is short: all of a large
    page is many bytes."""
    pieces: list[str] = []
    length = 0
    for piece in element.itertext():
        pieces.append(piece)
        length += len(piece)
        if length >= _OPENING or (length >= _LITTLE and CODE.search(piece)):
            break
    return "".join(pieces)


def holds_code(element: Any) -> bool:
    """Whether a measure's code, or its beginning, stands anywhere in an element's text."""
    return CODE.search(text_of(element)) is not None


def length_of(element: Any) -> int:
    """Characters of an element's words, scripts and styles aside."""
    length = _folded(text_of(element))
    for code in element.iter(*_CODE_ELEMENTS):
        length -= _folded(text_of(code))
    return max(length, 0)


def _folded(text: str) -> int:
    """Characters once white space is folded to single spaces."""
    return len(" ".join(text.split()))

"""A text as a reader sees it: without characters that have no width, each letter one character."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_UNUSUAL = re.compile("[\u00ad\u0300-\u036f\u200b-\u200d\u2060\ufeff]")
_INVISIBLE = frozenset("\u00ad\u200b\u200c\u200d\u2060\ufeff")


def visible(text: str) -> tuple[str, Sequence[int]]:
    """What is seen of the text, and where each character of that begins in it; behind these its length.

    ``Parau<soft hyphen>dziņa`` is seen as ``Paraudziņa``, and so is one whose cedilla is a character of its
    own. An ordinary text is given as it is.
    """
    if _UNUSUAL.search(text) is None:
        return text, range(len(text) + 1)
    seen: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        if character in _INVISIBLE:
            continue
        if seen and unicodedata.combining(character):
            whole = unicodedata.normalize("NFC", seen[-1] + character)
            if len(whole) == 1:
                seen[-1] = whole
                continue
        seen.append(character)
        places.append(place)
    return "".join(seen), [*places, len(text)]

"""What readers remember of the words that they read: bounded in number, and in characters by emptying all.

A memo of some thousand lines is small where lines are lines. Pages that stand in one line of forty thousand
characters, another one each day, would fill any memory.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any, TypeVar

_LONG = 500  # characters of a line; shorter ones are bounded by their number
_LARGE = 200_000  # characters of a page
_ROOM = 4_000_000  # characters of long lines and large pages

Function = TypeVar("Function", bound=Callable[..., Any])

_memos: list[Callable[[], None]] = []
_characters = [0]


def memo(maxsize: int) -> Callable[[Function], Function]:
    """As ``functools.lru_cache``; it is emptied with all others (see :func:`make_room`)."""

    def made(function: Function) -> Function:
        kept: Any = lru_cache(maxsize)(function)
        _memos.append(kept.cache_clear)
        return kept  # type: ignore[no-any-return]

    return made


def make_room(text: str) -> None:
    """Before this page is read, forget everything where what was read of long lines is too much."""
    _characters[0] += sum(len(line) for line in text.split("\n") if len(line) > _LONG)
    if len(text) > _LARGE:
        _characters[0] += len(text)
    if _characters[0] > _ROOM:
        _characters[0] = 0
        for forget in _memos:
            forget()

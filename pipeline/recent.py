"""What was made of the last things that were asked for."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class Recent(Generic[Key, Value]):
    """Values by their keys, ``most`` of them: those that were asked for last."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._known: OrderedDict[Key, Value] = OrderedDict()

    def __contains__(self, key: Key) -> bool:
        return key in self._known

    def get(self, key: Key) -> Value:
        """Raises KeyError."""
        self._known.move_to_end(key)
        return self._known[key]

    def put(self, key: Key, value: Value) -> Value:
        """Remember it, in place of the one that was asked for longest ago."""
        self._known[key] = value
        if len(self._known) > self._most:
            self._known.popitem(last=False)
        return value

    def clear(self) -> None:
        """Forget all of it."""
        self._known.clear()

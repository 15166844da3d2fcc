"""Pickles of our own records, read without giving who wrote the file a way to run code.

A folder may come from somebody else, ``state/`` and all. A pickle names what is to be called while it is
read; here that can be nothing but our records and the few types of values that they hold.
"""

from __future__ import annotations

import io
import pickle
from typing import Any

_VALUES = frozenset(
    {("datetime", name) for name in ("date", "datetime", "timedelta", "timezone")} | {("decimal", "Decimal")}
)
_OURS = ("parsers.", "pipeline.")
_CLASSES = frozenset(
    {
        ("pipeline.chronicle", "Chronicle"),
        ("pipeline.drift", "Series"),
        ("pipeline.journal", "Journal"),
        ("pipeline.shelf", "Shelf"),
    }
)
# What a pickle of other code, or a damaged one, may raise (see the pickle module).
UNREADABLE = (
    OSError, pickle.UnpicklingError, AttributeError, ImportError, EOFError, IndexError, KeyError, TypeError,
    ValueError,
)  # fmt: skip


class Reader(pickle.Unpickler):
    """Knows no name but those of records."""

    def find_class(self, module: str, name: str, /) -> Any:
        if (module, name) in _VALUES:
            return super().find_class(module, name)
        # A dot leads from a module through what it imports to everything else.
        if module.startswith(_OURS) and "." not in name:
            found = super().find_class(module, name)
            if isinstance(found, type) and found.__module__ == module and _is_record(found):
                return found
        raise pickle.UnpicklingError(f"{module}.{name} is none of our records")


def _is_record(found: type) -> bool:
    is_record = issubclass(found, tuple) and hasattr(found, "_fields")
    return is_record or (found.__module__, found.__name__) in _CLASSES


def loads(content: bytes) -> Any:
    """What ``pickle.dumps`` was given. Raises what ``pickle.loads`` does; UnpicklingError at other names."""
    return Reader(io.BytesIO(content)).load()

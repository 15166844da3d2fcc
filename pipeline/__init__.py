"""Everything with I/O or state: fetching, the archive, tables, changes, the command."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.frames import load as load

__all__ = ["load"]


def __getattr__(name: str) -> object:
    """``pipeline.load``, imported when first asked for."""
    if name == "load":
        from pipeline.frames import load

        return load
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")

"""Addresses of apprise as sources.toml has them. They hold secrets: nothing but ``label`` is ever printed."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from pipeline.printable import printable

if TYPE_CHECKING:
    from collections.abc import Mapping

UNSET = "that variable is not set"
_VARIABLE = "env:"


def resolve(entry: str, environment: Mapping[str, str]) -> str | None:
    """The address: the entry itself, or what the variable of ``env:NAME`` holds; None where that is unset."""
    if not entry.startswith(_VARIABLE):
        return entry
    return environment.get(entry.removeprefix(_VARIABLE), "").strip() or None


def label(entry: str) -> str:
    """What may be said of it: the scheme, or the variable's name."""
    if entry.startswith(_VARIABLE):
        return printable(entry)
    return printable(entry.partition("://")[0].lower())


def key(entry: str) -> str:
    """What the outbox knows it by: 16 hexadecimal digits that give nothing away."""
    return hashlib.sha256(entry.encode("utf-8", "replace")).hexdigest()[:16]

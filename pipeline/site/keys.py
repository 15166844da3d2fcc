"""What a page of the site is made from, as a digest: one that stands made from the same is not made again."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from pipeline.reports.record import Side


def of(*parts: object) -> str:
    """16 hexadecimal digits over the ``parts``. These are plain values in an order of their own: no sets."""
    return hashlib.sha256(repr(parts).encode("utf-8", "replace")).hexdigest()[:16]


class Leads(NamedTuple):
    """Where changes may lead: ``files`` of the measures that have a page, the captures (``kept``) that have
    one."""

    files: Mapping[str, str]
    kept: Collection[str]

    def among(self, measures: Iterable[str | None], sides: Iterable[Side | None]) -> Leads:
        """Only those that are named here, so that a page hangs on no other."""
        files = {name: self.files[name] for name in measures if name and name in self.files}
        captures = {side.capture for side in sides if side and side.capture}
        return Leads(files, frozenset(capture for capture in captures if capture in self.kept))

    @property
    def hangs_on(self) -> tuple[object, ...]:
        """All of it, in an order of its own."""
        return sorted(self.files.items()), sorted(self.kept)

"""A report's content, whatever it is written as: small enough that a whole history of them can be held."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pipeline.changes.record import Change

_UNKNOWN = datetime.min.replace(tzinfo=UTC)


class Side(NamedTuple):
    """One of two states that are compared. ``url``: of the page. ``name``: the file it came from, None for a
    capture."""

    url: str | None
    capture: str | None = None
    captured_at: datetime | None = None
    name: str | None = None


class Item(NamedTuple):
    """A change and where its words stand: fragments of addresses (``#:~:text=…``) that jump to those of the
    older and of the newer state, empty where there is nothing to jump to."""

    change: Change
    old_place: str = ""
    new_place: str = ""


class Pair(NamedTuple):
    """Two states of one page. ``old`` is None where there was none yet: then nothing has changed."""

    source: str | None
    publisher: str
    old: Side | None
    new: Side
    items: list[Item]

    @property
    def changes(self) -> list[Change]:
        return [item.change for item in self.items]


class Report(NamedTuple):
    """Pairs in the order of sources.toml; those whose two states are one and the same are in it too."""

    pairs: list[Pair]

    @property
    def changes(self) -> list[Change]:
        return [item.change for pair in self.pairs for item in pair.items]

    @property
    def ends(self) -> tuple[Side | None, Side | None]:
        """From what to what: the states of the one page that has two, else the newest captures of all."""
        differing = [pair for pair in self.pairs if pair.old and pair.old.capture != pair.new.capture]
        concerned = differing if len(differing) == 1 else self.pairs
        return _newest([pair.old for pair in concerned if pair.old]), _newest(
            [pair.new for pair in concerned]
        )

    def without_empty(self) -> Report:
        """Only the pages on which something changed."""
        return Report([pair for pair in self.pairs if pair.items])


def _newest(sides: list[Side]) -> Side | None:
    return max(sides, key=lambda side: side.captured_at or _UNKNOWN, default=None)

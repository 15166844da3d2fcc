"""The first captures of all stretches of equal bytes, by source.

There are as many as the pages ever changed, so that a run has them in an SQLite file, which is worth nothing
once it is closed; who only looks holds them.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Protocol, overload
from weakref import finalize

from pipeline.captures import Capture
from pipeline.sqlite_errors import as_os_errors

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator
    from pathlib import Path

_CALLED = "the list of what is to be read"
_MANY = 500
_PRAGMAS = ("journal_mode = OFF", "synchronous = OFF", "temp_store = FILE", "cache_size = -2000")
_TABLE = (
    "CREATE TABLE heads (owner TEXT NOT NULL, number INTEGER NOT NULL, source TEXT NOT NULL, "
    "sha256 TEXT NOT NULL, repeats INTEGER NOT NULL, record TEXT NOT NULL, PRIMARY KEY (owner, number)) "
    "WITHOUT ROWID"
)
_ORDER = "CREATE INDEX by_bytes ON heads (source, sha256) WHERE NOT repeats"
_PUT = "INSERT INTO heads VALUES (?, ?, ?, ?, ?, ?)"
_TIME = Capture._fields.index("captured_at")


class Heads(Protocol):
    """Captures by the source that they belong to."""

    def of(self, owner: str) -> Sequence[Capture]:
        """Those of one source, oldest first."""

    def holder(self, capture: Capture) -> Capture | None:
        """Of a capture that repeats earlier bytes, the one whose record holds them; None where it is none of
        these."""

    def close(self) -> object:
        """Nobody asks any more."""


class Held:
    """In memory (see :class:`Heads`); ``some``: in order, each with its source."""

    def __init__(self, some: Iterable[tuple[str, Capture]]) -> None:
        self._heads: defaultdict[str, list[Capture]] = defaultdict(list)
        self._holders: dict[tuple[str, str], Capture] = {}
        for owner, capture in some:
            self._heads[owner].append(capture)
            if capture.kind != "revisit":
                self._holders.setdefault((capture.source, capture.sha256), capture)

    def of(self, owner: str) -> Sequence[Capture]:
        return self._heads.get(owner, [])

    def holder(self, capture: Capture) -> Capture | None:
        return self._holders.get((capture.source, capture.sha256))

    def close(self) -> None:
        self._heads.clear()
        self._holders.clear()


class Shelved:
    """In the new file ``path`` (see :class:`Heads`), read when they are gone through. Raises OSError."""

    def __init__(self, some: Iterable[tuple[str, Capture]], path: Path) -> None:
        import sqlite3

        self._counts: dict[str, int] = {}
        with as_os_errors(_CALLED):
            self._connection = sqlite3.connect(path, isolation_level=None)
        self.close = finalize(self, self._connection.close)
        try:
            self._execute(*(f"PRAGMA {pragma}" for pragma in _PRAGMAS))
            self._execute("BEGIN", _TABLE)  # and never an end: nobody reads it afterwards
            with as_os_errors(_CALLED):
                self._connection.executemany(_PUT, map(self._row, some))
            self._execute(_ORDER)
        except BaseException:
            self.close()
            raise

    def of(self, owner: str) -> Sequence[Capture]:
        return _Of(self._connection, owner, self._counts.get(owner, 0))

    def holder(self, capture: Capture) -> Capture | None:
        where = "source = ? AND sha256 = ? AND NOT repeats LIMIT 1"
        return next(_captures(self._connection, where, capture.source, capture.sha256), None)

    def _row(self, one: tuple[str, Capture]) -> tuple[object, ...]:
        owner, capture = one
        number = self._counts[owner] = self._counts.get(owner, 0) + 1
        cells: list[object] = list(capture)
        cells[_TIME] = capture.captured_at and capture.captured_at.isoformat()
        is_revisit = capture.kind == "revisit"
        return owner, number, capture.source, capture.sha256, is_revisit, json.dumps(cells)

    def _execute(self, *statements: str) -> None:
        with as_os_errors(_CALLED):
            for statement in statements:
                self._connection.execute(statement)


class _Of(Sequence[Capture]):
    """Those of one source. Numbers of rows begin with 1."""

    def __init__(self, connection: sqlite3.Connection, owner: str, length: int) -> None:
        self._connection, self._owner, self._length = connection, owner, length

    def __len__(self) -> int:
        return self._length

    def __iter__(self) -> Iterator[Capture]:
        for begin in range(0, self._length, _MANY):
            yield from self._between(begin, begin + _MANY)

    @overload
    def __getitem__(self, place: int) -> Capture: ...
    @overload
    def __getitem__(self, place: slice) -> list[Capture]: ...
    def __getitem__(self, place: int | slice) -> Capture | list[Capture]:
        if isinstance(place, slice):
            begin, end, step = place.indices(self._length)
            if step == 1:
                return list(self._between(begin, end))
            return [self[one] for one in range(begin, end, step)]
        begin = range(self._length)[place]
        return next(self._between(begin, begin + 1))

    def _between(self, begin: int, end: int) -> Iterator[Capture]:
        where = "owner = ? AND number > ? AND number <= ? ORDER BY number"
        return _captures(self._connection, where, self._owner, begin, end)


def _captures(connection: sqlite3.Connection, where: str, *values: object) -> Iterator[Capture]:
    query = f"SELECT record FROM heads WHERE {where}"  # noqa: S608 - words of this module
    with as_os_errors(_CALLED):
        rows: list[tuple[str]] = connection.execute(query, values).fetchall()
    for (record,) in rows:
        cells = json.loads(record)
        cells[_TIME] = cells[_TIME] and datetime.fromisoformat(cells[_TIME])
        yield Capture._make(cells)

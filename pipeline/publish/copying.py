"""Database and workbook made by a worker, from the CSV files of the tables that lie aside already."""

from __future__ import annotations

import hashlib
from contextlib import ExitStack
from typing import TYPE_CHECKING, NamedTuple

from pipeline.aside import finish, unfinished
from pipeline.formats import read_rows
from pipeline.manifest import Digest
from pipeline.publish import database, workbook
from pipeline.schema import TABLES
from pipeline.staging import Aside

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from pipeline.publish.about import About
    from pipeline.rows import Row

OF_HISTORIES = ("changes", "measure_versions")
"""Tables whose rows come after those of all pages, in this order."""


class Copy(NamedTuple):
    """The file ``path``, to be made of the tables in ``folder``."""

    folder: Path
    path: Path
    about: About


def write_database(copy: Copy) -> Aside:
    """Make the database. Raises OSError."""
    beside = unfinished(copy.path)
    with database.Database(beside, copy.about) as made:
        for table, row in _rows(copy):
            made.add(table, row)
        made.finish()
    return _finished(beside, copy.path)


def write_workbook(copy: Copy) -> Aside:
    """Make the workbook. Raises OSError."""
    beside = unfinished(copy.path)
    made = workbook.Workbook(beside, copy.about)
    for table, row in _rows(copy):
        made.add(table, row)
    made.finish()
    return _finished(beside, copy.path)


def _finished(beside: Path, path: Path) -> Aside:
    finish(beside, path)
    with path.open("rb") as file:
        return Aside(
            Digest(path.stat().st_size, hashlib.file_digest(file, "sha256").hexdigest()), is_new=True
        )


def _rows(copy: Copy) -> Iterator[tuple[str, Row]]:
    """The rows with their tables in the order in which one process has them: page by page, as the bytes of a
    database hang on it."""
    with ExitStack() as stack:
        tables = {
            name: _OfSources(
                table.header.index("source"),
                read_rows(
                    table.columns,
                    stack.enter_context(
                        (copy.folder / f"tables/{name}.csv").open(encoding="utf-8", newline="")
                    ),
                ),
            )
            for name, table in TABLES.items()
        }
        histories = {name: tables.pop(name) for name in OF_HISTORIES}
        for page in copy.about.pages:
            for name, some in tables.items():
                yield from ((name, row) for row in some.of(page.id))
        for name, some in histories.items():
            yield from ((name, row) for row in some.rest())


class _OfSources:
    """The rows of a table, those of one source together."""

    def __init__(self, place: int, rows: Iterable[Row]) -> None:
        self._place, self._rows = place, iter(rows)
        self._next = next(self._rows, None)

    def of(self, source: str) -> Iterator[Row]:
        """Those that come next and are of the source."""
        while self._next is not None and self._next[self._place] == source:
            yield self._next
            self._next = next(self._rows, None)

    def rest(self) -> Iterator[Row]:
        while self._next is not None:
            yield self._next
            self._next = next(self._rows, None)

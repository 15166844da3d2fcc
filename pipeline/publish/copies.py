"""The rows of the tables, on their way into CSV and Parquet, also into database, workbook and data sets."""

from __future__ import annotations

from contextlib import ExitStack, closing
from datetime import date
from typing import TYPE_CHECKING, Self

from pipeline.partitions import Partitions
from pipeline.publish import database, workbook
from pipeline.schema import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from types import TracebackType

    from pipeline.publish.about import About
    from pipeline.rows import Row
    from pipeline.staging import Staging

NAMES = (database.FILE_NAME, workbook.FILE_NAME)
_DAYS = tuple(TABLES["milestones"].header.index(name) for name in ("start_date", "end_date"))


class Copies:
    """Files that are written while the rows of all tables pass. Raises OSError.

    ``partitioned``: the data sets too. ``days``: the first and the last day of all milestones that passed.
    """

    def __init__(self, staging: Staging, about: About, *, partitioned: bool = False) -> None:
        self.days: tuple[date, date] | None = None
        with ExitStack() as stack:
            path = staging.reserve(database.FILE_NAME)
            self._database = stack.enter_context(database.Database(path, about))
            self._workbook = workbook.Workbook(staging.reserve(workbook.FILE_NAME), about)
            self._partitions = stack.enter_context(closing(Partitions(staging))) if partitioned else None
            self._stack = stack.pop_all()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.__exit__(kind, error, trace)

    def of(self, rows: Iterable[tuple[str, Row]]) -> Iterator[tuple[str, Row]]:
        """The same rows; each is copied as it is taken."""
        for table, row in rows:
            self._database.add(table, row)
            self._workbook.add(table, row)
            if self._partitions:
                self._partitions.add(table, row)
            if table == "milestones":
                self._see(row)
            yield table, row

    def finish(self) -> list[str]:
        """Close the files; gives their names."""
        self._database.finish()
        self._workbook.finish()
        return [*NAMES, *(self._partitions.finish() if self._partitions else ())]

    def _see(self, row: Row) -> None:
        start, end = (row[place] for place in _DAYS)
        if isinstance(start, date) and isinstance(end, date):
            first, last = self.days or (start, end)
            self.days = min(first, start), max(last, end)

"""The rows of the tables, on their way into CSV and Parquet, also into database, workbook and data sets."""

from __future__ import annotations

from contextlib import ExitStack, closing
from datetime import date
from typing import TYPE_CHECKING, Self

from pipeline.partitions import Partitions
from pipeline.publish import copying, database, workbook
from pipeline.schema import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from types import TracebackType

    from pipeline.publish.about import About
    from pipeline.rows import Row
    from pipeline.staging import Staging
    from pipeline.workers import Workers

NAMES = (database.FILE_NAME, workbook.FILE_NAME)
_DAYS = tuple(TABLES["milestones"].header.index(name) for name in ("start_date", "end_date"))


class Copies:
    """Files that are written while the rows of all tables pass. Raises OSError.

    ``workers`` make database and workbook afterwards, of the tables. ``partitioned``: the data sets too.
    ``days``: the first and the last day of all milestones that passed.
    """

    def __init__(
        self, staging: Staging, about: About, workers: Workers | None = None, *, partitioned: bool = False
    ) -> None:
        self.days: tuple[date, date] | None = None
        self._staging, self._about, self._workers = staging, about, workers
        self._paths = {name: staging.reserve(name) for name in NAMES}
        self._made: list[database.Database | workbook.Workbook] = []
        with ExitStack() as stack:
            if workers is None:
                opened = database.Database(self._paths[database.FILE_NAME], about)
                self._made.append(stack.enter_context(opened))
                self._made.append(workbook.Workbook(self._paths[workbook.FILE_NAME], about))
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
            for one in self._made:
                one.add(table, row)
            if self._partitions:
                self._partitions.add(table, row)
            if table == "milestones":
                self._see(row)
            yield table, row

    def finish(self) -> None:
        """Close the files. The tables have to lie aside whole by now."""
        for one in self._made:
            one.finish()
        if self._workers:
            self._begin(self._workers)
        if self._partitions:
            self._partitions.finish()

    def _begin(self, workers: Workers) -> None:
        """The workbook first: it takes longest."""
        for name, write in (
            (workbook.FILE_NAME, copying.write_workbook),
            (database.FILE_NAME, copying.write_database),
        ):
            copy = copying.Copy(self._staging.folder, self._paths[name], self._about)
            self._staging.expect(name, workers.begin(write, copy).result)

    def _see(self, row: Row) -> None:
        start, end = (row[place] for place in _DAYS)
        if isinstance(start, date) and isinstance(end, date):
            first, last = self.days or (start, end)
            self.days = min(first, start), max(last, end)

"""The tables once more as Parquet data sets, in hive partitions that engines read without a list of files.

``parquet/NAME/source=ID/part-0.parquet``, and where the rows of a table belong to a moment
``parquet/NAME/source=ID/year=2025/part-0.parquet``. As it is the custom, what stands in the path does not
stand in the file again. Rows of no known moment are in ``year=__HIVE_DEFAULT_PARTITION__``, which is read as
an empty cell. A table without rows has one file without rows, so that a question about it gets an answer.
"""

from __future__ import annotations

from contextlib import ExitStack, closing
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from pipeline.formats import ParquetWriter, arrow_schema, csv_line, forms
from pipeline.recorded import DATA_SETS
from pipeline.schema import TABLES

if TYPE_CHECKING:
    from pipeline.rows import Row
    from pipeline.schema import Table
    from pipeline.staging import Staging

FOLDER = DATA_SETS
ENDING = ".parquet"
YEAR_OF = {
    "measures": "captured_at",
    "milestones": "start_date",
    "changes": "observed_at",
    "measure_versions": "valid_from",
}
"""The column whose year parts a table. The others are of the one capture that stands for their page: a year
would part nothing."""
UNKNOWN = "__HIVE_DEFAULT_PARTITION__"


class Partitions:
    """Writes data sets aside, row by row; those of one table and source stand together. Raises OSError."""

    def __init__(self, staging: Staging) -> None:
        self._sets = {name: _DataSet(table, staging) for name, table in TABLES.items()}

    def add(self, table: str, row: Row) -> None:
        self._sets[table].add(row)

    def finish(self) -> None:
        """Write what is left."""
        for one in self._sets.values():
            one.finish()

    def close(self) -> None:
        """Close what is open, also where nothing will come of it."""
        for one in self._sets.values():
            one.close()


class _DataSet:
    """The partitions of one table, of which those of one source are open at a time."""

    def __init__(self, table: Table, staging: Staging) -> None:
        self._name, self._staging = table.name, staging
        self._source = table.header.index("source")
        moment = YEAR_OF.get(table.name)
        self._moment = table.header.index(moment) if moment else None
        self._columns = [column for column in table.columns if column.name != "source"]
        self._forms = forms(self._columns)
        self._is_empty = True
        self._now: object = None
        self._writers: dict[str, ParquetWriter] = {}
        self._open = ExitStack()

    def add(self, row: Row) -> None:
        place = self._source
        if row[place] != self._now:
            self.close()
            self._now = row[place]
        folder = f"source={row[place]}"
        if self._moment is not None:
            folder = f"{folder}/year={_year(row[self._moment])}"
        writer = self._writers.get(folder) or self._begin(folder)
        writer.add(csv_line(self._forms, row[:place] + row[place + 1 :]).encode())

    def finish(self) -> None:
        if self._is_empty:
            self._begin(f"source={UNKNOWN}" + (f"/year={UNKNOWN}" if self._moment is not None else ""))
        self.close()

    def close(self) -> None:
        self._writers.clear()
        self._open.close()

    def _begin(self, folder: str) -> ParquetWriter:
        self._is_empty = False
        name = f"{FOLDER}/{self._name}/{folder}/part-0{ENDING}"
        file = self._open.enter_context(self._staging.open(name))
        writer = ParquetWriter(arrow_schema(self._columns), file)
        self._writers[folder] = self._open.enter_context(closing(writer))
        return writer


def _year(moment: object) -> int | str:
    """The year of a moment (in UTC) or day."""
    if isinstance(moment, datetime):
        return moment.astimezone(UTC).year
    return moment.year if isinstance(moment, date) else UNKNOWN

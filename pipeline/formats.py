"""Rows of a table on their way into a file: CSV and Parquet, streamed, the same bytes for the same rows.

CSV is RFC 4180 in UTF-8 with ``\\n``, ISO dates, plain decimals and nothing for unknown. Values are
kept as they are: one that begins with ``=`` stays so, as this file is for programs; the workbook,
which is for people, is where formulas are made harmless.

Parquet is typed by the schema: decimal128(18, 4), date32, int64, timestamp in microseconds UTC, bool, string.
Its bytes depend on nothing but the rows and the release of pyarrow, which the lock names.
"""

from __future__ import annotations

import csv
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, BinaryIO, TypeAlias

from pipeline import schema

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from pipeline.rows import Row
    from pipeline.schema import Column, Table

    Form: TypeAlias = Callable[[Any], str]

# Rows to a Parquet row group, and bytes of their lines: bounds memory, be the texts long or short, and fixes
# the bytes however the rows come in.
ROW_GROUP = 20_000
_GROUP_BYTES = 4 << 20
_LONGEST_CELL = 2**31 - 1


class TableWriter:
    """Writes the rows of one table into a CSV and a Parquet file, which the caller opens and closes."""

    def __init__(self, table: Table, csv_file: BinaryIO, parquet_file: BinaryIO) -> None:
        self._csv = csv_file
        self._forms = forms(table.columns)
        self._parquet = ParquetWriter(arrow_schema(table.columns), parquet_file)
        self._csv.write((",".join(table.header) + "\n").encode())

    def add(self, row: Row) -> None:
        line = csv_line(self._forms, row).encode()
        self._csv.write(line)
        self._parquet.add(line)

    def close(self) -> None:
        """Write what is left; the files stay open."""
        self._parquet.close()


class ParquetWriter:
    """Writes lines of CSV into a Parquet file of this ``pyarrow.Schema``; the caller opens and closes it.

    The lines are read by Arrow's own reader, a row group at a time: so CSV and Parquet can't differ, and
    pandas, which ``pyarrow.array`` would import, stays out.
    """

    def __init__(self, columns: Any, file: BinaryIO) -> None:
        from pyarrow import parquet

        self._schema = columns
        self._group: list[bytes] = []
        self._bytes = 0
        # Without Arrow's own schema in the footer there is nothing in the file but the Parquet standard.
        self._parquet = parquet.ParquetWriter(
            file, columns, version="2.6", compression="zstd", store_schema=False
        )
        self._header = (",".join(columns.names) + "\n").encode()

    def add(self, line: bytes) -> None:
        self._group.append(line)
        self._bytes += len(line)
        if len(self._group) == ROW_GROUP or self._bytes >= _GROUP_BYTES:
            self._write_group()

    def close(self) -> None:
        """Write what is left; the file stays open."""
        if self._group:
            self._write_group()
        self._parquet.close()

    def _write_group(self) -> None:
        import pyarrow as pa
        from pyarrow import csv as arrow_csv

        lines = self._header + b"".join(self._group)
        self._group.clear()
        self._bytes = 0
        table = arrow_csv.read_csv(
            pa.py_buffer(lines),
            # One block, as a row must not lie across two.
            arrow_csv.ReadOptions(use_threads=False, block_size=len(lines) + 1),
            arrow_csv.ParseOptions(newlines_in_values=True),
            arrow_csv.ConvertOptions(
                column_types=self._schema,
                null_values=[""],
                strings_can_be_null=True,
                true_values=["true"],
                false_values=["false"],
            ),
        )
        self._parquet.write_table(pa.Table.from_arrays(table.columns, schema=self._schema))


def csv_lines(columns: Sequence[Column], rows: Iterable[Row]) -> Iterator[str]:
    """The lines of a CSV file that holds these columns: its header, then the rows."""
    yield ",".join(column.name for column in columns) + "\n"
    cells = forms(columns)
    for row in rows:
        yield csv_line(cells, row)


def csv_line(cells: Sequence[Form], row: Row) -> str:
    """The line of a row, with the :func:`forms` of its columns."""
    return (
        ",".join(["" if value is None else form(value) for form, value in zip(cells, row, strict=True)])
        + "\n"
    )


def read_rows(columns: Sequence[Column], file: Iterable[str]) -> Iterator[Row]:
    """The rows of a CSV file that :class:`TableWriter` wrote, opened with ``newline=""``: the same values,
    decimals without superfluous zeros."""
    csv.field_size_limit(_LONGEST_CELL)
    lines = csv.reader(file)
    next(lines, None)
    readers = [_READERS[column.type] for column in columns]
    for cells in lines:
        yield tuple([read(text) if text else None for read, text in zip(readers, cells, strict=True)])


def forms(columns: Iterable[Column]) -> list[Form]:
    """How a value of each column is written."""
    return [_FORMS[column.type] for column in columns]


def arrow_schema(columns: Sequence[Column]) -> Any:
    """The ``pyarrow.Schema`` of these columns; required ones are not nullable."""
    import pyarrow as pa

    types = {
        schema.STRING: pa.string(),
        schema.INTEGER: pa.int64(),
        schema.DECIMAL: pa.decimal128(schema.DECIMAL_PRECISION, schema.DECIMAL_SCALE),
        schema.DATE: pa.date32(),
        schema.DATETIME: pa.timestamp("us", tz="UTC"),
        schema.BOOLEAN: pa.bool_(),
    }
    return pa.schema(
        [pa.field(column.name, types[column.type], nullable=not column.required) for column in columns]
    )


def plain(value: Decimal) -> str:
    """A decimal in plain notation without superfluous zeros: ``42248895``, ``0.5``."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _quoted(value: str) -> str:
    if '"' in value:
        return '"' + value.replace('"', '""') + '"'
    # Four searches for a letter take less than one for a class of letters.
    return f'"{value}"' if "," in value or "\n" in value or "\r" in value else value


def _utc(value: datetime) -> str:
    return value.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _same(value: str) -> str:
    return value


def _truth(value: bool) -> str:
    return "true" if value else "false"


_FORMS: dict[str, Form] = {
    schema.STRING: _quoted,
    schema.INTEGER: str,
    schema.DECIMAL: plain,
    schema.DATE: date.isoformat,
    schema.DATETIME: _utc,
    schema.BOOLEAN: _truth,
}
_READERS: dict[str, Callable[[str], object]] = {
    schema.STRING: _same,
    schema.INTEGER: int,
    schema.DECIMAL: Decimal,
    schema.DATE: date.fromisoformat,
    schema.DATETIME: datetime.fromisoformat,
    schema.BOOLEAN: "true".__eq__,
}

"""Rows of a table on their way into a file: CSV and Parquet, streamed, the same bytes for the same rows.

CSV is RFC 4180 in UTF-8 with ``\\n``, ISO dates, plain decimals and nothing for unknown. Values are
kept as they are: one that begins with ``=`` stays so, as this file is for programs; the workbook,
which is for people, is where formulas are made harmless.

Parquet is typed by the schema: decimal128(18, 4), date32, int64, timestamp in microseconds UTC, bool, string.
Its bytes depend on nothing but the rows and the release of pyarrow, which the lock names.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, BinaryIO, Protocol

from pipeline import schema

if TYPE_CHECKING:
    from collections.abc import Callable

    from pipeline.rows import Row
    from pipeline.schema import Table

# Rows to a Parquet row group: bounds memory, and fixes the bytes however the rows come in.
ROW_GROUP = 20_000
_NEEDS_QUOTES = re.compile('[",\r\n]')


class Sink(Protocol):
    """Takes the rows of one table, one by one, and writes them into a file."""

    def add(self, row: Row) -> None: ...
    def close(self) -> None:
        """Write what is left; the file itself is closed by whoever opened it."""


class CsvSink:
    """Writes the rows of one table as CSV."""

    def __init__(self, table: Table, file: BinaryIO) -> None:
        self._write = file.write
        self._formats = [_FORMATS[column.type] for column in table.columns]
        self._write((",".join(table.header) + "\n").encode())

    def add(self, row: Row) -> None:
        cells = ["" if value is None else form(value) for form, value in zip(self._formats, row, strict=True)]
        self._write((",".join(cells) + "\n").encode())

    def close(self) -> None:
        """Nothing is left."""


class ParquetSink:
    """Writes the rows of one table as Parquet, a row group at a time."""

    def __init__(self, table: Table, file: BinaryIO) -> None:
        from pyarrow import parquet

        self._schema = arrow_schema(table)
        self._pending: list[Row] = []
        # Without Arrow's own schema in the footer there is nothing in the file but the Parquet standard.
        self._writer = parquet.ParquetWriter(
            file, self._schema, version="2.6", compression="zstd", store_schema=False
        )

    def add(self, row: Row) -> None:
        self._pending.append(row)
        if len(self._pending) == ROW_GROUP:
            self._write_group()

    def close(self) -> None:
        if self._pending:
            self._write_group()
        self._writer.close()

    def _write_group(self) -> None:
        import pyarrow as pa

        columns = zip(*self._pending, strict=True)
        arrays = [pa.array(values, field.type) for values, field in zip(columns, self._schema, strict=True)]
        self._pending.clear()
        self._writer.write_batch(pa.RecordBatch.from_arrays(arrays, schema=self._schema))


def arrow_schema(table: Table) -> Any:  # noqa: ANN401 - pyarrow ships no types
    """The ``pyarrow.Schema`` of a table; required columns are not nullable."""
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
        [pa.field(column.name, types[column.type], nullable=not column.required) for column in table.columns]
    )


def plain(value: Decimal) -> str:
    """A decimal in plain notation without superfluous zeros: ``42248895``, ``0.5``."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _quoted(value: str) -> str:
    return '"' + value.replace('"', '""') + '"' if _NEEDS_QUOTES.search(value) else value


def _utc(value: datetime) -> str:
    return value.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _truth(value: bool) -> str:
    return "true" if value else "false"


_FORMATS: dict[str, Callable[[Any], str]] = {
    schema.STRING: _quoted,
    schema.INTEGER: str,
    schema.DECIMAL: plain,
    schema.DATE: date.isoformat,
    schema.DATETIME: _utc,
    schema.BOOLEAN: _truth,
}

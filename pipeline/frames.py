"""The published tables as pandas data frames."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, BinaryIO

from pipeline.errors import Failed, UsageError
from pipeline.places import place
from pipeline.printable import without_secrets
from pipeline.schema import DATE, TABLES

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd


def load(table: str, output: str | Path | None = None) -> pd.DataFrame:
    """A table of ``output`` (default: ``$PASAKUMI_OUTPUT``, else ``output`` in the current folder), a folder
    or an address such as ``s3://bucket/output``.

    Every dtype knows a missing value: ``string``, ``Int64``, ``boolean``; dates are ``datetime64[us]``
    and times ``datetime64[us, UTC]``; amounts are ``decimal128(18, 4)`` of Arrow, which add up
    exactly, group and plot; ``.astype(float)`` makes them binary where more is asked of them.
    Raises UsageError where there is no such table, Failed where its file can't be read.
    """
    if table not in TABLES:
        raise UsageError(f"no table {table!r}: expected one of {', '.join(TABLES)}")
    where = place(str(output or os.environ.get("PASAKUMI_OUTPUT") or "output"))
    name = f"tables/{table}.parquet"
    if isinstance(where, str):
        from pipeline.remote.reading import open_raw

        try:
            with open_raw(where, name) as file:
                return _read(file, f"{without_secrets(where)}/{name}", table)
        except FileNotFoundError as error:
            raise UsageError(f"{error}; `pasakumi run` writes it, output= names another folder") from error
    path = where / name
    if not path.is_file():
        raise UsageError(f"{path}: no such file; `pasakumi run` writes it, output= names another folder")
    return _read(path, str(path), table)


def _read(file: BinaryIO | Path, path: str, table: str) -> pd.DataFrame:
    import pyarrow as pa
    from pyarrow import parquet

    try:
        # One file, not a data set: a folder called source=… above it must not add columns.
        arrow = parquet.ParquetFile(file).read()
    except (OSError, pa.ArrowException) as error:
        reason = str(error).splitlines()[0]
        raise Failed(f"{path}: cannot be read: {reason}; `pasakumi rebuild` writes it anew") from error
    frame: pd.DataFrame = arrow.to_pandas(types_mapper=_dtype, date_as_object=False)
    dates = [column.name for column in TABLES[table].columns if column.type == DATE]
    return frame.astype(dict.fromkeys(dates, "datetime64[us]"))


def _dtype(arrow: Any) -> Any:
    """The pandas dtype of an Arrow type; None leaves it to pyarrow."""
    import pandas as pd
    import pyarrow as pa

    if pa.types.is_decimal(arrow):
        return pd.ArrowDtype(arrow)
    return {
        pa.string(): pd.StringDtype(),
        pa.int64(): pd.Int64Dtype(),
        pa.bool_(): pd.BooleanDtype(),
    }.get(arrow)

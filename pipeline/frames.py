"""The published tables as pandas data frames."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.errors import Failed, UsageError
from pipeline.schema import DATE, TABLES

if TYPE_CHECKING:
    import pandas as pd


def load(table: str, output: str | Path | None = None) -> pd.DataFrame:
    """A table of ``output`` (default: ``$PASAKUMI_OUTPUT``, else ``output`` in the current folder).

    Every dtype knows a missing value: ``string``, ``Int64``, ``boolean``; dates are ``datetime64[us]``
    and times ``datetime64[us, UTC]``; amounts are ``decimal128(18, 4)`` of Arrow, which add up
    exactly, group and plot; ``.astype(float)`` makes them binary where more is asked of them.
    Raises UsageError where there is no such table, Failed where its file can't be read.
    """
    if table not in TABLES:
        raise UsageError(f"no table {table!r}: expected one of {', '.join(TABLES)}")
    folder = Path(output or os.environ.get("PASAKUMI_OUTPUT") or "output")
    path = folder / "tables" / f"{table}.parquet"
    if not path.is_file():
        raise UsageError(f"{path}: no such file; `pasakumi run` writes it, output= names another folder")
    return _read(path, table)


def _read(path: Path, table: str) -> pd.DataFrame:
    import pyarrow as pa
    from pyarrow import parquet

    try:
        # One file, not a data set: a folder called source=… above it must not add columns.
        arrow = parquet.ParquetFile(path).read()
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

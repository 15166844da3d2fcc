from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyarrow import parquet

from pipeline import formats, schema
from pipeline.formats import TableWriter
from pipeline.rows import Row
from pipeline.schema import Column, Table

TABLE = Table(
    "sample",
    "",
    "",
    tuple(
        Column(name, kind, name, name)
        for name, kind in [
            ("words", schema.STRING),
            ("number", schema.INTEGER),
            ("amount", schema.DECIMAL),
            ("day", schema.DATE),
            ("moment", schema.DATETIME),
            ("truth", schema.BOOLEAN),
            ("more", schema.STRING),
        ]
    ),
)
READERS = {
    schema.STRING: str,
    schema.INTEGER: int,
    schema.DECIMAL: Decimal,
    schema.DATE: date.fromisoformat,
    schema.DATETIME: datetime.fromisoformat,
    schema.BOOLEAN: {"true": True, "false": False}.__getitem__,
}
WORDS = st.none() | st.text(st.characters(exclude_categories=["Cs"]), min_size=1)
ROWS = st.lists(
    st.tuples(
        WORDS,
        st.none() | st.integers(-(2**63) + 1, 2**63 - 1),
        st.none() | st.decimals(-(10**14) + 1, 10**14 - 1, places=4),
        st.none() | st.dates(),
        st.none() | st.datetimes(timezones=st.just(UTC)),
        st.none() | st.booleans(),
        WORDS,
    )
)


def written(rows: list[Row], table: Table = TABLE) -> tuple[bytes, bytes]:
    """The CSV and the Parquet of these rows."""
    csv_file, parquet_file = io.BytesIO(), io.BytesIO()
    writer = TableWriter(table, csv_file, parquet_file)
    for row in rows:
        writer.add(row)
    writer.close()
    return csv_file.getvalue(), parquet_file.getvalue()


def read_csv(content: bytes, table: Table = TABLE) -> list[Row]:
    header, *lines = csv.reader(io.StringIO(content.decode(), newline=""))
    assert tuple(header) == table.header
    return [
        tuple(
            READERS[column.type](cell) if cell else None
            for column, cell in zip(table.columns, line, strict=True)
        )
        for line in lines
    ]


def read_parquet(content: bytes) -> list[Row]:
    return [tuple(row.values()) for row in parquet.read_table(io.BytesIO(content)).to_pylist()]


@given(ROWS)
@settings(max_examples=100, deadline=None)
def test_csv_and_parquet_give_back_the_rows(rows: list[Row]) -> None:
    as_csv, as_parquet = written(rows)
    assert read_csv(as_csv) == rows
    assert read_parquet(as_parquet) == rows


@pytest.mark.parametrize(
    "words",
    [
        "=1+1",
        "+371",
        "-5",
        "@SUM(A1)",
        "\t=1",
        '"',
        '""',
        ",",
        "a\rb",
        "a\nb",
        "a\r\nb",
        " a ",
        "\x00",
        "\ufeff",
        "NULL",
    ],
)
def test_csv_is_faithful(words: str) -> None:
    rows: list[Row] = [(words, None, None, None, None, None, words)]
    as_csv, as_parquet = written(rows)
    assert read_csv(as_csv) == read_parquet(as_parquet) == rows


def test_csv_as_it_is_printed() -> None:
    riga = timezone(timedelta(hours=2))
    rows: list[Row] = [
        (
            '"a", b',
            7,
            Decimal("42248895.00"),
            date(2025, 3, 31),
            datetime(2025, 3, 1, 8, 30, tzinfo=riga),
            True,
            "ā\nb",
        ),
        (None, -1, Decimal("1E+5"), None, datetime(2025, 3, 1, 6, 30, 0, 5, tzinfo=UTC), False, None),
    ]
    assert written(rows)[0].decode() == (
        "words,number,amount,day,moment,truth,more\n"
        '"""a"", b",7,42248895,2025-03-31,2025-03-01T06:30:00Z,true,"ā\nb"\n'
        ",-1,100000,,2025-03-01T06:30:00.000005Z,false,\n"
    )


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("0.50", "0.5"),
        ("100", "100"),
        ("1E+3", "1000"),
        ("0.0000", "0"),
        ("-0.10", "-0.1"),
        ("1.2345", "1.2345"),
    ],
)
def test_decimals_are_plain(value: str, text: str) -> None:
    assert formats.plain(Decimal(value)) == text


def test_row_groups_bound_memory_and_keep_the_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(formats, "ROW_GROUP", 10)
    rows: list[Row] = [(str(number), number, None, None, None, None, None) for number in range(35)]
    _, content = written(rows)
    assert parquet.ParquetFile(io.BytesIO(content)).num_row_groups == 4
    assert read_parquet(content) == rows


def test_row_groups_of_long_texts_are_shorter(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(formats, "_GROUP_BYTES", 1000)
    rows: list[Row] = [("ā" * 200, number, None, None, None, None, None) for number in range(35)]
    _, content = written(rows)
    groups = parquet.ParquetFile(io.BytesIO(content)).metadata
    assert {groups.row_group(number).num_rows for number in range(groups.num_row_groups)} == {3, 2}
    assert read_parquet(content) == rows


def test_parquet_is_typed_and_says_what_is_never_empty() -> None:
    arrow = parquet.read_schema(io.BytesIO(written([], schema.TABLES["milestones"])[1]))
    assert {field.name: (str(field.type), field.nullable) for field in arrow} == {
        "source": ("string", False),
        "measure_id": ("string", False),
        "seq": ("int64", False),
        "kind": ("string", False),
        "period": ("string", False),
        "precision": ("string", False),
        "start_date": ("date32[day]", False),
        "end_date": ("date32[day]", False),
        "text": ("string", True),
    }
    measures = parquet.read_schema(io.BytesIO(written([], schema.TABLES["measures"])[1]))
    assert str(measures.field("eu_funding_eur").type) == "decimal128(18, 4)"
    assert str(measures.field("captured_at").type) == "timestamp[us, tz=UTC]"


def test_a_row_may_be_longer_than_any_block() -> None:
    rows: list[Row] = [
        ("ā" * 5_000_000, 1, None, None, None, None, "b"),
        ("c", 2, None, None, None, None, "d"),
    ]
    as_csv, as_parquet = written(rows)
    assert len(as_csv) > 10_000_000
    assert read_parquet(as_parquet) == rows


@given(ROWS)
def test_a_csv_file_gives_back_its_rows(rows):
    content, _ = written(rows)
    lines = io.TextIOWrapper(io.BytesIO(content), "utf-8", newline="")
    assert list(formats.read_rows(TABLE.columns, lines)) == rows

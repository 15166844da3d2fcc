"""The data sets under output/parquet: engines read of each what the one file of its table holds."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import duckdb
import pyarrow as pa
import pytest
from pyarrow import dataset, parquet

from pipeline import recorded, tables
from pipeline.partitions import YEAR_OF
from pipeline.schema import DATE, DATETIME, TABLES
from tests.factories import Capture, Source, State, full_page, page
from tests.pipeline.command import pasakumi
from tests.pipeline.site import PERSON, capture, sources
from tests.pipeline.site import page as printed

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

STATES = (
    State(Source("page-one"), Capture("capture-1", datetime(2024, 12, 31, 23, 59, tzinfo=UTC)), full_page()),
    State(Source("2024"), Capture("capture-2", None), full_page("Jānis Cits")),
    State(Source("overview"), Capture("capture-3"), page(text="Nekā")),
)
CHANGES = [
    (datetime(year, 5, 1, tzinfo=UTC), source, None, "text_changed", None, "a", "b",
     None, None, None, False, "text", "teksts")
    for source, year in (("page-one", 2024), ("page-one", 2025), ("page-one", 2024), ("2024", 2025))
]  # fmt: skip


def write(output: Path, states: Sequence[State] = STATES, inputs: str = "one", **more: object) -> list[str]:
    """Make output/; gives the names of the files that came, went or are others than before."""
    before = times(output)
    given = {"partitioned": True, "changes": CHANGES, **more}
    written = tables.write(output, states, inputs=inputs, **given)  # type: ignore[arg-type]
    after = times(output)
    changed = sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name))
    assert written.changed == len(changed)
    return changed


def times(output: Path) -> dict[str, int]:
    return {
        path.relative_to(output).as_posix(): path.stat().st_mtime_ns
        for path in output.rglob("*")
        if path.is_file()
    }


def files(output: Path) -> dict[str, tuple[bytes, int]]:
    return {
        path.relative_to(output).as_posix(): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in (output / "parquet").rglob("*.parquet")
    }


def rows(output: Path, name: str) -> list[dict[str, object]]:
    """Those of the table's one file."""
    found: list[dict[str, object]] = parquet.read_table(output / f"tables/{name}.parquet").to_pylist()
    return found


def year(row: dict[str, object], name: str) -> int | None:
    moment = row[YEAR_OF[name]]
    return moment.year if isinstance(moment, date) else None


def in_order(some: list[dict[str, object]]) -> list[str]:
    return sorted(repr(sorted(row.items())) for row in some)


def hive(name: str, text: pa.DataType, number: pa.DataType) -> dict[str, pa.DataType]:
    """The columns that the folders of a data set add."""
    return {"source": text} | ({"year": number} if name in YEAR_OF else {})


def sets(output: Path, name: str) -> str:
    """A data set, for DuckDB."""
    types = ", ".join(f"'{column}': {one}" for column, one in hive(name, "VARCHAR", "INTEGER").items())
    return f"read_parquet('{output}/parquet/{name}/**/*.parquet', hive_types = {{{types}}})"


def asked(question: str, **words: object) -> duckdb.DuckDBPyRelation:
    return duckdb.sql(question.format(**words))


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("output")
    write(folder)
    return folder


@pytest.mark.parametrize("name", TABLES)
def test_arrow_reads_the_same_rows_and_types(output: Path, name: str) -> None:
    parts = hive(name, pa.string(), pa.int32())
    partitioning = dataset.partitioning(pa.schema(parts), flavor="hive")
    read = dataset.dataset(output / "parquet" / name, partitioning=partitioning)
    whole = parquet.read_schema(output / f"tables/{name}.parquet")
    assert dict(zip(read.schema.names, read.schema.types, strict=True)) == parts | dict(
        zip(whole.names, whole.types, strict=True)
    )
    expected = [row | ({"year": year(row, name)} if name in YEAR_OF else {}) for row in rows(output, name)]
    assert in_order(read.to_table().to_pylist()) == in_order(expected)


@pytest.mark.parametrize("name", TABLES)
def test_duckdb_reads_the_same_rows_and_types(output: Path, name: str) -> None:
    whole = {"from": f"'{output}/tables/{name}.parquet'"}
    parts = {"from": sets(output, name)}
    columns = ", ".join(f'"{column}"' for column in TABLES[name].header)
    one, other = (asked("SELECT {columns} FROM {from}", columns=columns, **each) for each in (parts, whole))
    assert one.types == other.types
    assert Counter(one.fetchall()) == Counter(other.fetchall())
    if name in YEAR_OF:
        by_year = "SELECT {year}, count(*) FROM {from} GROUP BY 1 ORDER BY 1"
        of_column = asked(by_year, year=f'year("{YEAR_OF[name]}")', **whole).fetchall()
        assert asked(by_year, year="year", **parts).fetchall() == of_column


def test_sums_by_year(output: Path) -> None:
    question = "SELECT source, year, sum(eu_funding_eur) FROM {sets} GROUP BY ALL ORDER BY ALL"
    got = asked(question, sets=sets(output, "measures")).fetchall()
    assert got == [("2024", None, 2 * 1_234_567), ("page-one", 2024, 2 * 1_234_567)]


def test_polars_reads_them_too(output: Path) -> None:
    polars = pytest.importorskip("polars")
    types = hive("measures", polars.String, polars.Int32)
    read = polars.scan_parquet(output / "parquet/measures", hive_schema=types).collect()
    expected = [row | {"year": year(row, "measures")} for row in rows(output, "measures")]
    assert in_order(read.to_dicts()) == in_order(expected)


def test_a_folder_is_a_source_and_a_year(output: Path) -> None:
    of_changes = sorted(
        name.removeprefix("parquet/changes/") for name in files(output) if "/changes/" in name
    )
    assert of_changes == [
        "source=2024/year=2025/part-0.parquet",
        "source=page-one/year=2024/part-0.parquet",
        "source=page-one/year=2025/part-0.parquet",
    ]
    assert "parquet/links/source=page-one/part-0.parquet" in files(output)
    unknown = "parquet/measures/source=2024/year=__HIVE_DEFAULT_PARTITION__/part-0.parquet"
    assert unknown in files(output)
    # The moment is one of UTC, and every table with a moment is parted by one of its own columns.
    assert "parquet/measures/source=page-one/year=2024/part-0.parquet" in files(output)
    for name, column in YEAR_OF.items():
        assert TABLES[name].column(column).type in {DATE, DATETIME}


def test_rows_stand_in_the_order_of_the_table(output: Path) -> None:
    part = output / "parquet/changes/source=page-one/year=2024/part-0.parquet"
    read = parquet.ParquetFile(part).read()
    assert "source" not in read.column_names
    assert read.num_rows == 2
    part = output / "parquet/provenance/source=page-one/part-0.parquet"
    of_page = [row for row in rows(output, "provenance") if row.pop("source") == "page-one"]
    assert parquet.ParquetFile(part).read().to_pylist() == of_page


def test_a_table_without_rows_answers(tmp_path: Path) -> None:
    write(tmp_path, changes=())
    count = "SELECT count(*), count(source), count(year) FROM {sets}"
    assert asked(count, sets=sets(tmp_path, "changes")).fetchall() == [(0, 0, 0)]
    write(tmp_path, inputs="two")
    assert not [name for name in files(tmp_path) if "changes/source=__HIVE" in name]


def test_only_the_partition_that_changes_is_written(tmp_path: Path) -> None:
    write(tmp_path)
    before = files(tmp_path)
    added = (*CHANGES[3][:5], "b", "c", *CHANGES[3][7:])
    changed = write(tmp_path, inputs="two", changes=[*CHANGES, added])
    touched = [name for name in changed if name.startswith("parquet/")]
    assert touched == ["parquet/changes/source=2024/year=2025/part-0.parquet"]
    after = files(tmp_path)
    assert {name for name in before if before[name] != after[name]} == set(touched)


def test_what_no_row_is_in_any_more_goes_with_its_folders(tmp_path: Path) -> None:
    write(tmp_path)
    write(tmp_path, STATES[1:], "two", changes=CHANGES[3:])
    assert not list(tmp_path.glob("parquet/*/source=page-one"))
    assert (tmp_path / "parquet/links/source=2024/part-0.parquet").is_file()
    tables.write(tmp_path, STATES, inputs="two", changes=CHANGES)
    assert not (tmp_path / "parquet").exists()
    assert "parquet/" not in (tmp_path / "SHA256SUMS").read_text()


def test_the_tables_alone_bring_their_data_sets_where_they_are_wanted(tmp_path: Path) -> None:
    write(tmp_path)
    assert recorded.is_current(tmp_path, "one", partitioned=True)
    assert not recorded.is_current(tmp_path, "one", partitioned=False)
    given = {"inputs": "one", "changes": CHANGES[3:], "measure_versions": ()}
    tables.write_tables(tmp_path, STATES[1:], partitioned=True, **given)  # type: ignore[arg-type]
    assert not list(tmp_path.glob("parquet/*/source=page-one"))
    assert recorded.is_current(tmp_path, "one", partitioned=True)
    again = tables.write_tables(tmp_path, STATES[1:], partitioned=True, **given)  # type: ignore[arg-type]
    assert again.changed == 0
    tables.write_tables(tmp_path, STATES[1:], **given)  # type: ignore[arg-type]
    assert recorded.is_current(tmp_path, "one")
    assert not recorded.is_current(tmp_path, "one", partitioned=True)
    assert files(tmp_path) == {}


def test_they_are_in_the_checksums_and_the_same_bytes_anywhere(tmp_path: Path) -> None:
    write(tmp_path / "a")
    write(tmp_path / "b")
    first, second = files(tmp_path / "a"), files(tmp_path / "b")
    assert {name: one[0] for name, one in first.items()} == {name: one[0] for name, one in second.items()}
    sums = (tmp_path / "a/SHA256SUMS").read_text().splitlines()
    assert {f"{hashlib.sha256(content).hexdigest()}  {name}" for name, (content, _) in first.items()} <= set(
        sums
    )
    assert first.keys() <= json.loads((tmp_path / "a/.inputs.json").read_bytes())["files"].keys()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    sources(tmp_path, publish_contacts=False)
    capture(tmp_path / "raw", printed(2), datetime(2025, 3, 1, tzinfo=UTC))
    capture(tmp_path / "raw", printed(3), datetime(2026, 3, 1, tzinfo=UTC))
    return tmp_path


def test_the_command_writes_them_where_they_are_wanted(folder: Path) -> None:
    wanted = {"PASAKUMI_PARTITIONED": "true"}
    assert pasakumi(folder, "rebuild", "--only", "tables", "--no-partitioned", **wanted).code == 0
    assert not (folder / "output/parquet").exists()
    assert pasakumi(folder, "rebuild", "--only", "tables", **wanted).code == 0
    contacts = list((folder / "output/parquet/contacts").rglob("*.parquet"))
    assert [path.parent.name for path in contacts] == ["source=__HIVE_DEFAULT_PARTITION__"]
    for path in (folder / "output/parquet").rglob("*.parquet"):
        assert PERSON not in str(parquet.ParquetFile(path).read().to_pylist()), path

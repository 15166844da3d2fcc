# ruff: noqa: S608 - queries of fixed words
from __future__ import annotations

import sqlite3
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pyarrow import parquet

from parsers.page import parse_page
from parsers.records import Applicant, Funding, Milestone
from pipeline.publish.about import About
from pipeline.publish.database import Database, exact_columns
from pipeline.publish.views import VIEWS
from pipeline.schema import DATE, DATETIME, DECIMAL, TABLES
from tests.factories import Capture, Source, State, measure, page
from tests.pipeline.published import STATES, ask, write

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

FIXTURES = sorted(
    path for path in (Path(__file__).parents[1] / "fixtures").rglob("*") if path.suffix in {".html", ".txt"}
)
BIG = Decimal("99999999999999.9999")


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("output"))


def milestone(start: date, end: date, kind: str = "selection_start") -> Milestone:
    return Milestone(kind, f"{start:%Y-%m-%d}", "day", start, end, f"{start}")


def standing(*measures: object, source: str = "fondi", at: datetime | None = None) -> State:
    return State(Source(source), Capture(f"c-{source}", at), page(*measures))  # type: ignore[arg-type]


def of_funds(measure_id: str, total: Decimal | None, **funds: Decimal) -> object:
    funding = tuple(Funding(fund, amount, None, "exact", "") for fund, amount in funds.items())
    return measure(measure_id, eu_funding_eur=total, funding=funding)


def change(
    kind: str, days: int | None = None, at: datetime | None = None, *, minor: bool = False
) -> tuple[object, ...]:
    cells = {
        "observed_at": at, "source": "page-one", "measure_id": "9.1.1.1", "kind": kind,
        "field": "selection_start", "delta_days": days, "minor": minor,
        "text_en": f"{kind} {days}", "text_lv": "teksts",
    }  # fmt: skip
    return tuple(cells.get(name) for name in TABLES["changes"].header)


def test_every_row_of_every_table_is_there_value_by_value(output: Path) -> None:
    back: dict[str, Callable[[object], object]] = {
        DATE: lambda value: date.fromisoformat(str(value)),
        DATETIME: lambda value: datetime.fromisoformat(str(value)),
        DECIMAL: lambda value: Decimal(str(value)),
    }
    for name, table in TABLES.items():
        columns = ", ".join(f'"{column}"' for column in table.header)
        rows = ask(output, f'SELECT {columns} FROM "{name}" ORDER BY rowid')
        told = [
            tuple(
                value if value is None else back.get(column.type, lambda same: same)(value)
                for column, value in zip(table.columns, row, strict=True)
            )
            for row in rows
        ]
        arrow = parquet.read_table(output / f"tables/{name}.parquet").to_pylist()
        assert told == [tuple(row.values()) for row in arrow]
        assert rows or name in {"changes", "measure_versions"}


def test_types_keys_and_relations_are_declared(output: Path) -> None:
    for name, table in TABLES.items():
        columns = ask(output, f'PRAGMA table_info("{name}")')
        assert [row[1] for row in columns] == [*table.header, *exact_columns(table)]
        assert [row[2] for row in columns if row[1] == "measure_id"] in ([], ["TEXT"])
        assert (
            tuple(str(row[1]) for row in sorted(columns, key=lambda row: int(str(row[5]))) if row[5])
            == table.key
        )
        assert {row[1] for row in columns if row[3]} == {one.name for one in table.columns if one.required}
        relations = {(row[2], row[3]) for row in ask(output, f'PRAGMA foreign_key_list("{name}")')}
        declared = {(key.table, column) for key in table.foreign_keys for column in key.columns}
        assert relations == declared | {("sources", "source")}


def test_no_relation_is_broken(output: Path) -> None:
    assert ask(output, "PRAGMA foreign_key_check") == []
    assert ask(output, "PRAGMA integrity_check") == [("ok",)]


def test_no_relation_is_broken_on_any_page_of_the_fixtures(tmp_path: Path) -> None:
    assert FIXTURES
    states = [
        State(Source(f"page-{number}"), Capture(f"capture-{number}"), parse_page(path.read_bytes(), None))
        for number, path in enumerate(FIXTURES)
    ]
    write(tmp_path, states)
    assert ask(tmp_path, "PRAGMA foreign_key_check") == []
    assert ask(tmp_path, "SELECT count(*) > 0 FROM measures") == [(1,)]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("izglitiba", ["9.1.1.1", "9.1.1.2"]),
        ("IZGLĪTĪBA", ["9.1.1.1", "9.1.1.2"]),
        ("merkis", ["9.1.1.1"]),
        ("izglītīb*", ["9.1.1.1", "9.1.1.2"]),
        ("izglitib*", ["9.1.1.1", "9.1.1.2"]),
        ("skolas", ["9.1.1.2"]),
        ("title : sakums", ["9.1.1.2"]),
    ],
)
def test_search_knows_no_diacritics(tmp_path: Path, words: str, found: list[str]) -> None:
    measures = (
        measure("9.1.1.1", title="Izglītība visiem", objective="Mērķis"),
        measure("9.1.1.2", title="Sākums", objective="Skolās un izglītībā, skolas"),
    )
    write(tmp_path, [standing(*measures)])
    query = (
        "SELECT measure_id FROM measures JOIN measures_fts AS f ON f.rowid = measures.rowid "
        "WHERE f.measures_fts MATCH ? ORDER BY measure_id"
    )
    assert [row[0] for row in ask(tmp_path, query, words)] == found


def test_amounts_sort_and_add_up_exactly(tmp_path: Path) -> None:
    amounts = [Decimal(text) for text in ("0.1", "0.2", "1000000", "999999.9999", "12345678.91", "5")]
    measures = [
        measure(f"9.1.1.{number}", eu_funding_eur=amount, theme="Temats")
        for number, amount in enumerate(amounts)
    ]
    write(tmp_path, [standing(*measures)])
    rows = ask(tmp_path, "SELECT eu_funding_eur_e4, eu_funding_eur FROM measures ORDER BY eu_funding_eur")
    assert [Decimal(str(row[0])) / 10_000 for row in rows] == sorted(amounts)
    assert [Decimal(str(row[1])) for row in rows] == sorted(amounts)
    assert ask(tmp_path, "SELECT typeof(eu_funding_eur) FROM measures WHERE measure_id = '9.1.1.5'") == [
        ("integer",)
    ]
    ((total,),) = ask(tmp_path, "SELECT eu_funding_eur FROM money_by_theme")
    assert Decimal(str(total)) == sum(amounts)
    ((total,),) = ask(tmp_path, "SELECT sum(eu_funding_eur_e4) FROM measures")
    assert Decimal(str(total)) / 10_000 == sum(amounts)


def test_the_largest_amounts_overflow_no_view(tmp_path: Path) -> None:
    measures = [of_funds(f"9.1.1.{number}", BIG, erdf=BIG, cf=BIG, rrf=BIG) for number in range(100)]
    write(tmp_path, [standing(*measures)])
    rows = ask(tmp_path, "SELECT eu_funding_eur_e4 FROM measures LIMIT 1")
    assert rows == [(999_999_999_999_999_999,)]
    assert ask(tmp_path, "SELECT eu_funding_eur FROM totals") == [(float(BIG * 100),)]
    assert [row[0] for row in ask(tmp_path, "SELECT fund FROM money_by_fund")] == ["cf", "erdf", "rrf"]


def test_what_two_pages_print_counts_once(tmp_path: Path) -> None:
    twice = measure(
        "9.1.1.1", theme="Temats", eu_funding_eur=Decimal(100), applicants=(Applicant("Skola", "school"),) * 2
    )
    once = of_funds("9.1.1.2", Decimal("50.5"), erdf=Decimal(20), national=Decimal(9))
    write(tmp_path, [standing(twice, once), standing(twice, source="otra")])
    columns = "measures, eu_funding_eur, with_amount"
    assert ask(tmp_path, f"SELECT {columns} FROM totals") == [(2, 150.5, 2)]
    assert ask(tmp_path, f"SELECT theme, {columns} FROM money_by_theme") == [
        ("Temats", 1, 100, 1),
        (None, 1, 50.5, 1),
    ]
    assert ask(tmp_path, f"SELECT fund, {columns} FROM money_by_fund") == [
        (None, 2, 130.5, 2),
        ("erdf", 1, 20, 1),
    ]
    assert ask(tmp_path, f"SELECT applicant_type, {columns} FROM money_by_applicant_type") == [
        ("school", 1, 100, 1),
        (None, 1, 50.5, 1),
    ]
    assert len(ask(tmp_path, "SELECT * FROM measures_with_contacts")) == 2


def test_a_measure_without_an_amount_is_counted_and_adds_nothing(tmp_path: Path) -> None:
    write(tmp_path, [standing(measure("9.1.1.1", theme="T"))])
    assert ask(tmp_path, "SELECT measures, eu_funding_eur, with_amount FROM money_by_theme") == [(1, None, 0)]
    assert ask(tmp_path, "SELECT * FROM money_by_fund") == []


@pytest.mark.parametrize(
    ("newest", "shown"),
    [
        (datetime(2025, 3, 31, 23, 0, tzinfo=UTC), ["9.1.1.1", "9.1.1.2"]),
        (datetime(2025, 4, 1, 0, 0, tzinfo=UTC), ["9.1.1.2"]),
        (None, ["9.1.1.0", "9.1.1.1", "9.1.1.2"]),
    ],
)
def test_what_starts_next_is_told_by_the_newest_capture(
    tmp_path: Path, newest: datetime | None, shown: list[str]
) -> None:
    ends = (
        (date(2024, 1, 1), date(2024, 3, 31)),
        (date(2025, 1, 1), date(2025, 3, 31)),
        (date(2030, 1, 1),) * 2,
    )
    measures = [
        measure(f"9.1.1.{number}", milestones=(milestone(*end), milestone(*end, kind="completion")))
        for number, end in enumerate(ends)
    ]
    old = None if newest is None else datetime(2020, 1, 1, tzinfo=UTC)
    write(tmp_path, [standing(*measures, at=old), standing(source="jaunaka", at=newest)])
    assert [row[0] for row in ask(tmp_path, "SELECT measure_id FROM starts_next")] == shown


def test_changes_and_slips(tmp_path: Path) -> None:
    new, old = datetime(2025, 2, 1, tzinfo=UTC), datetime(2025, 1, 1, tzinfo=UTC)
    changes = [
        change("milestone_moved", 30, old),
        change("milestone_moved", 181, old),
        change("milestone_moved", -10, new),
        change("title_changed", None, new, minor=True),
        change("text_changed", None, None),
    ]
    write(tmp_path, STATES, changes=changes)
    assert [row[0] for row in ask(tmp_path, "SELECT text_en FROM latest_changes")] == [
        "milestone_moved -10", "milestone_moved 30", "milestone_moved 181", "text_changed None",
    ]  # fmt: skip
    assert ask(tmp_path, "SELECT delta_days, title, milestone FROM slips") == [
        (181, "Paraugu izveide", "selection_start"),
        (30, "Paraugu izveide", "selection_start"),
    ]


def test_it_says_what_it_is(output: Path) -> None:
    facts = dict(ask(output, "SELECT * FROM about"))
    assert facts["as_of"] == "2025-03-01T06:30:00Z"
    assert (facts["schema_version"], facts["licence"]) == ("1.0", "CC-BY-4.0")
    assert ask(output, "SELECT id, title, capture FROM sources WHERE id = 'overview'") == [
        ("overview", "overview", "capture-3")
    ]


def test_the_same_states_give_the_same_bytes(tmp_path: Path) -> None:
    first, second = (write(tmp_path / name) / "pasakumi.sqlite" for name in ("a", "b"))
    assert first.read_bytes() == second.read_bytes()


def test_a_view_has_the_columns_that_are_described(output: Path) -> None:
    for view in VIEWS:
        columns = {row[1] for row in ask(output, f"PRAGMA table_info({view.name})")}
        taken = {place.partition(".")[2] for place in view.taken.split()}
        assert columns == taken | set(view.columns)
        assert all(
            TABLES[place.partition(".")[0]].column(place.partition(".")[2]) for place in view.taken.split()
        )


def test_common_questions_use_an_index(output: Path) -> None:
    for query in (
        "SELECT * FROM provenance WHERE source = 'a' AND measure_id = 'b'",
        "SELECT * FROM measures WHERE measure_id = 'a'",
        "SELECT * FROM milestones WHERE kind = 'selection_start' AND start_date > '2025'",
        "SELECT * FROM changes ORDER BY observed_at DESC",
        "SELECT * FROM funding WHERE source = 'a' AND measure_id = 'b'",
    ):
        assert " INDEX " in str(ask(output, f"EXPLAIN QUERY PLAN {query}"))


def test_a_database_that_cannot_be_written_is_an_oserror(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="unable to open"), Database(tmp_path / "no" / "such", About()):
        pass


def test_an_older_sqlite_reads_it(output: Path) -> None:
    """Nothing of a release after 3.9, in which FTS5 came: no strict table, no generated column."""
    statements: Iterable[tuple[object, ...]] = ask(
        output, "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL"
    )
    assert not any(
        word in str(sql).upper() for (sql,) in statements for word in ("STRICT", "GENERATED", " OVER (")
    )
    assert sqlite3.sqlite_version_info >= (3, 9)

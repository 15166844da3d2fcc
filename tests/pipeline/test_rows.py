from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal

import pytest

from parsers.records import Evidence, Funding, Page
from pipeline.rows import Rows, canonical_measures, fills, page_rows
from pipeline.schema import TABLES
from tests.factories import CAPTURED_AT, full_page, measure, page


def rows_of(some_page: Page, **more: Collection[str]) -> Rows:
    return page_rows("page-one", "capture-1", CAPTURED_AT, "https://m.example/", some_page, **more)


def dicts(rows: Rows, table: str) -> list[dict[str, object]]:
    return [dict(zip(TABLES[table].header, row, strict=True)) for row in rows[table]]


def test_every_table_of_a_page_has_rows_under_its_key() -> None:
    rows = rows_of(full_page())
    assert set(rows) == set(TABLES)
    for name, table in TABLES.items():
        if name in {"changes", "measure_versions"}:
            assert rows[name] == []
            continue
        assert rows[name], name
        keys = [tuple(row[column] for column in table.key) for row in dicts(rows, name)]
        assert not table.key or len(set(keys)) == len(keys)


def test_a_measure_with_its_children() -> None:
    rows = rows_of(full_page())
    second = dicts(rows, "measures")[1]
    assert second["measure_id"] == "9.1.1.2/2"
    assert second["eu_funding_eur"] == Decimal(1234567)
    assert second["canonical"] is True
    assert second["captured_at"] == CAPTURED_AT
    assert second["other_info"] is None
    of_second = [row for row in dicts(rows, "funding") if row["measure_id"] == "9.1.1.2/2"]
    assert [(row["seq"], row["fund"]) for row in of_second] == [(1, "eu_total"), (2, "erdf")]


def test_provenance_slices_the_canonical_text() -> None:
    some_page = full_page()
    provenance = dicts(rows_of(some_page), "provenance")
    assert len(provenance) == len(some_page.evidence)
    for row in provenance:
        assert row["text"] == some_page.text[row["start"] : row["end"]]
        assert row["capture"] == "capture-1"
    assert [row["text"] for row in provenance if row["field"] == "eu_funding_eur"] == ["1 234 567"] * 2


def test_a_finding_of_the_whole_page_has_no_place() -> None:
    placed, whole = dicts(rows_of(full_page()), "findings")
    assert (placed["start"], placed["end"]) == (0, 24)
    assert (whole["start"], whole["end"]) == (None, None)


def test_one_row_of_a_measure_on_several_pages_is_canonical() -> None:
    poor, rich = measure("9.1.1.1"), measure("9.1.1.1", title="Paraugi")
    only = measure("9.1.1.2")
    pages = {"a": page(poor, only), "b": page(rich), "c": page(rich)}
    chosen = canonical_measures((source, fills(one)) for source, one in pages.items())
    assert chosen == {"a": {"9.1.1.2"}, "b": {"9.1.1.1"}, "c": set()}
    rows = dicts(rows_of(page(poor, only), canonical=chosen["a"]), "measures")
    assert [row["canonical"] for row in rows] == [False, True]


def test_contacts_do_not_decide_which_row_is_canonical() -> None:
    with_contacts = full_page()
    without = with_contacts._replace(
        measures=tuple(one._replace(contacts=()) for one in with_contacts.measures)
    )
    chosen = canonical_measures([("a", fills(without)), ("b", fills(with_contacts))])
    assert chosen == {"a": {"9.1.1.1", "9.1.1.2/2"}, "b": set()}


@pytest.mark.parametrize(
    "amount",
    [
        Decimal(10) ** 14,
        Decimal("1e999999"),
        Decimal("0.00001"),
        Decimal("NaN"),
        Decimal("Infinity"),
    ],
)
def test_an_amount_that_does_not_fit_is_left_empty_and_said(amount: Decimal) -> None:
    one = measure(eu_funding_eur=amount, funding=(Funding("eu_total", amount, None, "exact", "ļoti daudz"),))
    rows = rows_of(page(one))
    assert dicts(rows, "measures")[0]["eu_funding_eur"] is None
    assert dicts(rows, "funding")[0]["amount_eur"] is None
    found = dicts(rows, "findings")
    assert [(row["code"], row["measure_id"]) for row in found] == [("unreadable_amount", "9.1.1.1")] * 2
    assert found[1]["text"] == "ļoti daudz"


@pytest.mark.parametrize(
    "amount", ["99999999999999.9999", "0.5", "0", "1E+5", "100000000000.01", "1.50000000"]
)
def test_an_amount_that_fits_stands(amount: str) -> None:
    rows = rows_of(page(measure(eu_funding_eur=Decimal(amount))))
    assert dicts(rows, "measures")[0]["eu_funding_eur"] == Decimal(amount)
    assert rows["findings"] == []


def test_a_number_no_integer_column_holds_is_left_empty() -> None:
    rows = rows_of(page(measure("9.1.1.1/1", round=2**63)))
    assert dicts(rows, "measures")[0]["round"] is None


def test_of_a_measure_printed_twice_the_first_stands_with_its_evidence() -> None:
    first = measure(title="pirmais", start=0, end=10)
    second = measure(title="otrais", start=11, end=20)
    other = measure("9.1.1.2", start=21, end=30)
    evidence = (
        Evidence("measures", "9.1.1.1", None, "title", 0, 7),
        Evidence("measures", "9.1.1.1", None, "title", 11, 17),
        Evidence("measures", "9.1.1.1", None, "theme", 25, 26),
        Evidence("measures", "9.1.1.2", None, "title", 21, 27),
    )
    rows = rows_of(page(first, second, other, text="x" * 40, evidence=evidence))
    assert [row["title"] for row in dicts(rows, "measures")] == ["pirmais", None]
    assert [row["start"] for row in dicts(rows, "provenance")] == [0, 25, 21]


def test_half_a_character_becomes_a_replacement_character() -> None:
    rows = rows_of(page(measure(title="a\ud800b")))
    assert dicts(rows, "measures")[0]["title"] == "a\ufffdb"

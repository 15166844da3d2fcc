from __future__ import annotations

import re

import pytest

from parsers.records import Applicant, Contact, Evidence, Finding, Funding, Headline, Link, Measure, Milestone
from pipeline import schema
from pipeline.redactor import FREE_TEXT
from pipeline.schema import TABLES

TYPES = {
    schema.STRING,
    schema.INTEGER,
    schema.DECIMAL,
    schema.DATE,
    schema.DATETIME,
    schema.BOOLEAN,
}
# String columns that hold no words of a page: codes, ids and the names of columns.
CODES = {
    "source",
    "measure_id",
    "code",
    "specific_objective",
    "predecessor_code",
    "capture",
    "field",
    "table",
}


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_a_table_is_sound(table: schema.Table) -> None:
    assert len(set(table.header)) == len(table.header)
    assert {column.type for column in table.columns} <= TYPES
    assert all(column.en and column.lv and column.en != column.lv for column in table.columns)
    named = {column.name: column for column in table.columns}
    assert all(named[column].required for column in table.key)
    for key in table.foreign_keys:
        assert key.references == TABLES[key.table].key
        assert named.keys() >= set(key.columns)
        assert key.optional != named[key.columns[-1]].required
    assert all(re.compile(column.pattern) for column in table.columns if column.pattern)


@pytest.mark.parametrize(
    ("table", "record", "left_out"),
    [
        ("measures", Measure, {"funding", "applicants", "milestones", "contacts", "links", "start", "end"}),
        ("funding", Funding, set()),
        ("milestones", Milestone, set()),
        ("applicants", Applicant, {"start", "end"}),
        ("contacts", Contact, {"start", "end", "name_span", "phone_span", "email_span"}),
        ("links", Link, {"start", "end"}),
        ("headlines", Headline, set()),
        ("findings", Finding, set()),
        ("provenance", Evidence, set()),
    ],
)
def test_a_table_has_every_field_of_its_record(table: str, record: type, left_out: set[str]) -> None:
    fields = set(record._fields)  # type: ignore[attr-defined]
    assert fields - left_out <= set(TABLES[table].header)


def test_what_may_name_a_person_is_known_to_privacy() -> None:
    for name in schema.PAGE_TABLES:
        words = {
            column.name
            for column in TABLES[name].columns
            if column.type == schema.STRING and not column.enum and not column.pattern
        }
        assert words <= FREE_TEXT | CODES, name

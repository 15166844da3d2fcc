"""JSON: exact amounts, CONTRACT's shape, nothing that a terminal would obey."""

import json
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
import simplejson
from hypothesis import given
from hypothesis import strategies as st

from pipeline.json_text import Exact, dumps
from pipeline.page_json import page_json
from tests.factories import full_page

AMOUNTS = st.decimals(allow_nan=False, allow_infinity=False, min_value=0, max_value=10**20, places=4)


@pytest.mark.parametrize(
    ("value", "literal"),
    [
        ("42248895", "42248895"),
        ("1E+6", "1000000"),
        ("32198.19", "32198.19"),
        ("3.50", "3.5"),
        ("1E-9", "0.000000001"),
    ],
)
def test_an_amount_is_an_exact_literal(value, literal):
    assert dumps(Decimal(value)) == literal
    assert simplejson.dumps(Exact(value), use_decimal=True) == literal


@given(AMOUNTS)
def test_amounts_read_back_equal(value):
    text = dumps(value)
    assert "E" not in text.upper()
    assert json.loads(text, parse_float=Decimal, parse_int=Decimal) == value


@given(st.text(st.characters(codec=None), max_size=50))
def test_any_text_reads_back_and_is_harmless(value):
    text = dumps([value], indent=None)
    assert json.loads(text) == [value]
    assert all(one.isprintable() or one in "\u00a0\u2009\u202f" for one in text)


def test_dates_and_records():
    moment = datetime(2025, 3, 1, 8, 30, tzinfo=UTC)
    assert json.loads(dumps({"day": date(2025, 3, 1), "at": moment})) == {
        "day": "2025-03-01",
        "at": "2025-03-01T08:30:00Z",
    }


def test_the_shape_of_a_page():
    told = page_json(full_page(), source="s", sha256="ab", captured_at=datetime(2025, 3, 1, tzinfo=UTC))
    assert {
        "source",
        "url",
        "capture",
        "measures",
        "headlines",
        "narrative",
        "findings",
        "coverage",
    } <= told.keys()
    assert told["capture"] == {"sha256": "ab", "captured_at": "2025-03-01T00:00:00Z"}
    first = told["measures"][0]
    assert list(first) == [
        *("measure_id", "code", "round", "specific_objective", "title", "theme"),
        *("eu_funding_eur", "eu_funding_max_eur", "funding_qualifier", "flexibility_funding", "objective"),
        *("selection_type", "selection_text", "predecessor_code", "other_info"),
        *("funding", "applicants", "milestones", "contacts", "links"),
    ]
    assert list(first["funding"][0]) == ["fund", "amount_eur", "amount_max_eur", "qualifier", "text"]
    assert list(first["applicants"][0]) == ["name", "applicant_type"]
    assert list(first["milestones"][0]) == ["kind", "period", "precision", "start_date", "end_date", "text"]
    assert list(first["contacts"][0]) == ["name", "phone", "email"]
    assert list(first["links"][0]) == ["url", "role", "text"]
    assert first["milestones"][0]["start_date"] == "2024-10-01"
    assert {"code", "severity", "measure_id", "field", "message", "text", "start", "end"} <= told["findings"][
        0
    ].keys()
    assert "text" not in told


def test_with_the_text_every_value_has_its_place():
    page = full_page()
    told = page_json(page, text=True)
    assert told["text"] == page.text
    assert len(told["provenance"]) == len(page.evidence)
    for one in told["provenance"]:
        assert told["text"][one["start"] : one["end"]] == one["text"]

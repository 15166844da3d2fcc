"""Fields of money as pages print them (tests/cases/money.json): the EU's part and the rows a person reads."""

import json
from pathlib import Path
from typing import Any

import pytest

from parsers.labels import match
from parsers.page import parse_page

CASES: list[dict[str, Any]] = json.loads(
    (Path(__file__).parents[1] / "cases" / "money.json").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: " / ".join(map(": ".join, case["fields"]))[:70])
def test_money_says_what_a_person_reads(case: dict[str, Any]) -> None:
    fields = "".join(f"<p><strong>{label}:</strong> {value}</p>" for label, value in case["fields"])
    page = parse_page(
        f"<h3>4.2.1.5. pasākums „Skolas”</h3>{fields}<p><strong>Atlases veids:</strong> atklāta</p>", None
    )
    (measure,) = page.measures
    assert [[row.fund, int(row.amount_eur)] for row in measure.funding] == case["funding"]
    eu = measure.eu_funding_eur
    assert (eu if eu is None else int(eu)) == case["eu"]
    # A measure without EU funding says so.
    codes = {finding.code for finding in page.findings}
    assert ("measure_without_amount" in codes) is (eu is None)


@pytest.mark.parametrize(
    ("label", "fund"),
    [
        ("Finansējums (ERAF)", "erdf"),
        ("Finansējuma apmērs (ESF+)", "esf_plus"),
        ("Finansējums (ERAF, ESF+)", "eu_total"),
        ("ERAF un ESF+ finansējums", "eu_total"),
        ("Finansējums (valsts budžets)", "state_budget"),
        ("Finansējums (ERAF un valsts budžets)", "total"),
        ("ERAF un nacionālais finansējums", "total"),
        ("Finansējums, t.sk. nacionālais līdzfinansējums", "total"),
        ("ERAF finansējums (bez valsts budžeta)", "erdf"),
        ("Nacionālais līdzfinansējums ERAF projektiem", "national"),
        ("Pašvaldību un privātais līdzfinansējums", "national"),
        ("Kopējais finansējums (ERAF)", "total"),
    ],
)
def test_a_label_names_the_fund(label: str, fund: str) -> None:
    hit = match(label, 1)
    assert hit is not None
    assert (hit.field, hit.fund) == ("funding", fund)

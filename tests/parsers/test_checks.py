"""What the values of a page say against each other."""

import pytest

from parsers.checks import money
from parsers.page import parse_page


def measure(code="4.2.1.1.", *fields):
    return "\n".join([f"{code} pasākums „A”", *(fields or ("ES finansējums: 100 euro",))])


def findings(*texts):
    return {finding.code: finding.message for finding in parse_page("\n".join(texts)).findings}


def test_a_good_page_has_no_findings():
    assert findings(measure(), measure("4.2.1.2.")) == {}


def test_codes_twice_and_out_of_order():
    found = findings(measure("4.2.1.2."), measure("4.2.1.1."), measure("4.2.1.1."))
    assert found["duplicate_code"] == "4.2.1.1 stands on the page 2 times"
    assert found["code_out_of_order"] == "4.2.1.1 comes after 4.2.1.2"


def test_ten_comes_after_nine():
    assert findings(measure("4.2.1.9."), measure("4.2.1.10.")) == {}


def test_no_amount():
    assert "measure_without_amount" in findings(measure("4.2.1.1.", "Mērķis: vide"))


@pytest.mark.parametrize(("total", "wrong"), [(150, False), (151, False), (160, True)])
def test_parts_against_the_total_of_a_measure(total, wrong):
    fields = (
        "ERAF finansējums: 100 euro",
        "Valsts budžeta finansējums: 50 euro",
        f"Kopējais finansējums: {total} euro",
    )
    assert ("sum_mismatch" in findings(measure("4.2.1.1.", *fields))) is wrong


def test_a_part_above_its_total():
    fields = ("ERAF finansējums: 200 euro", "Kopējais finansējums: 100 euro")
    assert "share_implausible" in findings(measure("4.2.1.1.", *fields))


def test_two_amounts_of_one_fund():
    assert "funding_contradiction" in findings(
        measure("4.2.1.1.", "ES finansējums: 100 euro", "ES finansējums: 90 euro")
    )


def test_selection_before_the_regulation():
    schedule = (
        "Laika grafiks:",
        "2025. gada IV ceturksnis – MK noteikumu apstiprināšana",
        "2025. gada I ceturksnis – atlases uzsākšana",
    )
    found = findings(measure("4.2.1.1.", "ES finansējums: 100 euro", *schedule))
    assert found["milestone_order"] == (
        "start of selection (2025-Q1) comes before approval of the regulation (2025-Q4)"
    )


@pytest.mark.parametrize(
    ("total", "wrong"),
    [
        ("300 milj. euro", False),
        ("299,5 milj. euro", True),
        ("vairāk nekā 299 milj. euro", False),
        ("250 milj. euro", True),
    ],
)
def test_parts_of_the_page_against_its_total(total, wrong):
    page = (f"Nozarei pieejami {total}.", "Skolām – 100,2 milj. euro", "Muzejiem – 199,8 milj. euro")
    assert ("sum_mismatch" in findings(*page)) is wrong


def test_measures_against_the_total_of_the_page():
    found = findings("Nozarei pieejami 900 euro.", measure(), measure("4.2.1.2."))
    assert found["measures_sum_mismatch"] == "the measures add up to 200 euro, the stated total is 900 euro"


def test_money_is_printed_as_latvian_does():
    assert money(parse_page(measure()).measures[0].eu_funding_eur * 123_456) == "12 345 600"

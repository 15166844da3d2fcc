"""English pages: labels known as they stand, steps, kinds of selection."""

from decimal import Decimal

import pytest

from parsers import english, labels
from parsers.page import parse_page

PAGE = """<html lang="en"><body><main><h1>EU funds for education</h1>
<h3>4.2.1.5. measure "School network"</h3>
<p><b>Objective:</b> To improve the school network.</p>
<p><b>{}:</b> EUR 42 248 895</p>
<p><b>{}:</b></p><ul><li>Riga City Municipality</li><li>University of Latvia</li></ul>
<p><b>Type of selection:</b> {}</p>
<p><b>{}:</b></p>
<ul><li>Q1 2025 – launch of the call</li><li>31 December 2029 – completion of projects</li></ul>
<p><b>{}:</b> Anna Ozola, phone +371 67047871, anna.ozola@izm.gov.lv</p>
</main></body></html>"""


@pytest.mark.parametrize(
    ("funding", "applicants", "selection", "timeline", "contacts"),
    [
        ("EU funding", "Applicants", "Restricted", "Timeline", "Contacts"),
        (
            "Planned EU funding (euro)",
            "Eligible applicants",
            "Restricted selection",
            "Schedule",
            "Contact person",
        ),
        ("Available funding", "Beneficiaries", "Restricted call", "Indicative timetable", "Contact details"),
        ("Funding", "Who can apply", "Restricted", "Deadlines", "Contact information"),
    ],
)
def test_an_english_page(funding: str, applicants: str, selection: str, timeline: str, contacts: str) -> None:
    page = parse_page(PAGE.format(funding, applicants, selection, timeline, contacts), None)
    (measure,) = page.measures
    assert (measure.code, measure.title, measure.eu_funding_eur) == (
        "4.2.1.5",
        "School network",
        Decimal(42_248_895),
    )
    assert measure.objective == "To improve the school network."
    assert [each.name for each in measure.applicants] == ["Riga City Municipality", "University of Latvia"]
    assert measure.selection_type == "restricted"
    assert [(step.kind, step.period) for step in measure.milestones] == [
        ("selection_start", "2025-Q1"),
        ("completion", "2029-12-31"),
    ]
    assert [(each.name, each.phone) for each in measure.contacts] == [("Anna Ozola", "+37167047871")]
    assert not page.coverage.unclaimed


@pytest.mark.parametrize(
    ("label", "field", "fund"),
    [
        ("ERDF funding", "funding", "erdf"),
        ("ESF+ co-financing:", "funding", "esf_plus"),
        ("Total funding", "funding", "total"),
        ("Total EU funding, EUR", "funding", "eu_total"),
        ("National co-funding", "funding", "national"),
        ("Contact", "contacts", None),
        ("Key dates", "timeline", None),
        ("Further information", "other_info", None),
        ("Legal basis", "documents", None),
    ],
)
def test_a_label(label: str, field: str, fund: str | None) -> None:
    hit = labels.match(label)
    assert hit is not None
    assert (hit.field, hit.fund) == (field, fund)


@pytest.mark.parametrize(
    "line",
    [
        "Funding is open",
        "Contact us",
        "Applicants may be schools",
        "Grafiks",
        "Budget of the state",
        "",
        "EU",
    ],
)
def test_another_line_is_none(line: str) -> None:
    assert english.label(line) is None

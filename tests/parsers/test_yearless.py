"""Steps whose year is printed once, above them or beside another one; those of which nobody can say it."""

import pytest

from parsers import yearless
from parsers.page import parse_page


def page_of(*lines, label="Laika grafiks"):
    body = "".join(f"<p>{line}</p>" for line in lines)
    return parse_page(f"<h3>4.2.1.5. pasākums „Skolas”</h3><p><strong>{label}:</strong></p>{body}", None)


def steps(page):
    return [(step.kind, step.period) for step in page.measures[0].milestones]


def told(page, code):
    return [finding.text for finding in page.findings if finding.code == code]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (
            ["2025. gads", "Atlase – no marta līdz maijam", "Projektu apstiprināšana – jūnijs–jūlijs"],
            [
                ("selection_start", "2025-03"),
                ("selection_end", "2025-05"),
                ("project_approval", "2025-06/2025-07"),
            ],
        ),
        (
            ["2025. gadā: martā – MK noteikumu apstiprināšana, jūnijā – atlases uzsākšana"],
            [("regulation_approval", "2025-03"), ("selection_start", "2025-06")],
        ),
        (
            ["MK noteikumi – marts, atlases uzsākšana – maijs (2025. gads)"],
            [("regulation_approval", "2025-03"), ("selection_start", "2025-05")],
        ),
        (
            ["2025. gada I ceturksnis – MK noteikumi", "II ceturksnis – atlases uzsākšana"],
            [("regulation_approval", "2025-Q1"), ("selection_start", "2025-Q2")],
        ),
        (
            ["2025. gada martā – MK noteikumu apstiprināšana; jūnijā – atlases uzsākšana"],
            [("regulation_approval", "2025-03"), ("selection_start", "2025-06")],
        ),
        (
            ["2025. gada martā – atlases izsludināšana, 15. aprīlī – atlases noslēgums"],
            [("selection_start", "2025-03"), ("selection_end", "2025-04-15")],
        ),
        (
            ["(2025. gads)", "Atlases uzsākšana – 2. cet.", "Projektu apstiprināšana – otrais pusgads"],
            [("selection_start", "2025-Q2"), ("project_approval", "2025-H2")],
        ),
        (
            ["2025. gads", "Atlase: 15.04.–30.05."],
            [("selection_start", "2025-04-15"), ("selection_end", "2025-05-30")],
        ),
        (
            ["Atlase: 2025. gada marts–maijs", "Projektu apstiprināšana: 2025. gada jūnijs"],
            [("selection_start", "2025-03"), ("selection_end", "2025-05"), ("project_approval", "2025-06")],
        ),
    ],
)
def test_a_year_stands_once_for_several_steps(lines, expected):
    page = page_of(*lines)
    assert steps(page) == expected
    assert told(page, "unclaimed_text") == []


@pytest.mark.parametrize("label", ["Laika grafiks (2025. gads)", "Laika grafiks 2025. gadā"])
def test_the_year_stands_in_the_label(label):
    page = page_of("Atlases uzsākšana – marts", "Projektu apstiprināšana – maijs", label=label)
    assert steps(page) == [("selection_start", "2025-03"), ("project_approval", "2025-05")]


@pytest.mark.parametrize(
    ("lines", "unread"),
    [
        (["Atlase no marta līdz maijam"], ["no marta līdz maijam"]),
        (["Atlase – no marta līdz maijam"], ["no marta līdz maijam"]),
        (["Projektu apstiprināšana – jūnijs–jūlijs"], ["jūnijs–jūlijs"]),
        (["2025. gada novembrī – atlases uzsākšana, janvārī – projektu apstiprināšana"], ["janvārī"]),
        (["Atlases uzsākšana – I ceturksnis"], ["I ceturksnis"]),
    ],
)
def test_without_a_year_there_is_a_finding_and_no_value(lines, unread):
    page = page_of(*lines)
    assert told(page, "unreadable_period") == unread
    assert len(page.measures[0].milestones) == (1 if "2025" in lines[0] else 0)


def test_two_years_say_not_which():
    page = page_of("2025./2026. gads", "marts – atlases uzsākšana")
    assert told(page, "unreadable_period") == ["marts"]


def test_a_carried_year_is_an_assumption():
    page = page_of("2025. gada martā – MK noteikumu apstiprināšana, jūnijā – atlases uzsākšana")
    assert [f.text for f in page.findings if f.code == "assumed"] == ["jūnijā"]


@pytest.mark.parametrize(
    "words",
    [
        "Marta Ozola",
        "2025. gada marts",
        "marts 2025",
        "maijs, 2025",
        "2025. gada IV cet.",
        "mārciņas",
        "cetrāpis",
    ],
)
def test_names_and_periods_of_a_year_are_none(words):
    assert list(yearless._matches(words)) == []


@pytest.mark.parametrize(
    ("line", "step"),
    [
        ("Atlase 31.12.2204.", []),
        ("Atlases uzsākšana 1024. gada martā", []),
        ("Atlases uzsākšana 0204. gada martā", []),
        ("Atlases uzsākšana 12.05.0205.", []),
        ("Projektu īstenošana līdz 31.12.2052.", [("completion", "2052-12-31")]),
        ("Atlases uzsākšana 1998. gada martā", [("selection_start", "1998-03")]),
    ],
)
def test_a_year_that_can_hardly_be_meant_is_told(line, step):
    page = page_of(line)
    assert steps(page) == step
    assert len(told(page, "implausible_year")) == 1


def test_a_plausible_year_is_not():
    assert told(page_of("Projektu īstenošana līdz 31.12.2029."), "implausible_year") == []

"""Money in brackets behind a title, where no label opens a field of it."""

import pytest

from parsers.page import parse_page

WHO = "Projektu iesniedzēji: komersanti"


def read(*lines):
    page = parse_page("\n".join(lines))
    (measure,) = page.measures
    return page, measure


@pytest.mark.parametrize(
    ("line", "title", "funds"),
    [
        ("pasākums “Vide” (ERAF 2 500 000 euro)", "Vide", [("erdf", 2_500_000, "exact")]),
        ("pasākums “Vide” (finansējums: 1,5 milj. EUR).", "Vide", [("eu_total", 1_500_000, "exact")]),
        ("pasākums „Vide” [līdz 3 milj. eiro]", "Vide", [("eu_total", 3_000_000, "up_to")]),
        ("pasākums „Vide” – 4 miljoni EUR", "Vide", [("eu_total", 4_000_000, "exact")]),
        ("Vides pilnveide (2,25 milj. eiro)", "Vides pilnveide", [("eu_total", 2_250_000, "exact")]),
        (
            "pasākums „Vide” (ERAF: 5 milj. EUR, valsts budžets: 1 milj. EUR)",
            "Vide",
            [("erdf", 5_000_000, "exact"), ("state_budget", 1_000_000, "exact")],
        ),
    ],
)
def test_money_behind_a_title(line, title, funds):
    page, measure = read(f"4.2.1.5. {line}", WHO)
    assert measure.title == title
    assert [(row.fund, row.amount_eur, row.qualifier) for row in measure.funding] == funds
    assert [who.name for who in measure.applicants] == ["komersanti"]
    assert page.coverage.unclaimed == ()
    (place,) = {(one.start, one.end) for one in page.evidence if one.field == "title"}
    assert page.text[slice(*place)] == title


@pytest.mark.parametrize("heading", ["{}", "<h3>{}</h3>"])
@pytest.mark.parametrize(
    "line",
    [
        "pasākums „Vide” (Finansējums: 5 milj. EUR; Iesniedzēji: komersanti; Atlase: 2025. gada II cet.)",
        "pasākums „Vide”. Finansējums: 5 milj. EUR. Iesniedzēji: komersanti; Atlase: 2025. gada II cet.",
    ],
)
def test_all_fields_behind_a_title(line, heading):
    text = heading.format(f"4.2.1.5. {line}")
    page = parse_page(f"<main>{text}</main>" if "<" in text else text)
    (measure,) = page.measures
    assert (measure.title, measure.eu_funding_eur) == ("Vide", 5_000_000)
    assert [who.name for who in measure.applicants] == ["komersanti"]
    assert [(step.kind, step.period) for step in measure.milestones] == [("selection_start", "2025-Q2")]
    assert {found.code for found in page.findings} <= {"assumed"}


def test_its_star_is_that_of_the_footnote():
    _, measure = read(
        "4.2.1.5. pasākums “Vide” (2 500 000 euro*)", WHO, "* neieskaitot elastības finansējumu"
    )
    assert (measure.eu_funding_eur, measure.flexibility_funding) == (2_500_000, "excluded")


@pytest.mark.parametrize(
    ("line", "title"),
    [
        # What a loan may be is part of its name.
        ("Aizdevumi (līdz 50 000 EUR)", "Aizdevumi (līdz 50 000 EUR)"),
        ("pasākums „Vide (5 milj. EUR)”", "Vide (5 milj. EUR)"),
        ("pasākums „Vide” (5 milj. EUR pirmajā gadā)", "Vide"),
        ("Vide (2024)", "Vide (2024)"),
    ],
)
def test_what_is_no_sum_of_the_measure(line, title):
    _, measure = read(f"4.2.1.5. {line}", WHO)
    assert (measure.title, measure.eu_funding_eur) == (title, None)


def test_a_field_of_money_wins():
    page, measure = read("4.2.1.5. pasākums „Vide” (5 milj. EUR)", "Finansējums: 6 milj. EUR", WHO)
    assert measure.eu_funding_eur == 6_000_000
    assert [page.text[slice(*span)] for span in page.coverage.unclaimed] == ["5 milj. EUR"]


@pytest.mark.parametrize(
    ("line", "title", "selection", "periods"),
    [
        ("pasākums – 12 milj. EUR, atklāta atlase, 2025. gada III cet.", None, "open", ["2025-Q3"]),
        ("Vides pilnveide (5 milj. EUR, ierobežota atlase)", "Vides pilnveide", "restricted", []),
        ("pasākums „Vide” – ERAF 5 milj. EUR; APIA; 2026. gada maijs.", "Vide", "open", ["2026-05"]),
        ("Vides pilnveide [5 milj. EUR, atklāta atlase, 2025. gads]", "Vides pilnveide", "open", ["2025"]),
    ],
)
def test_fields_behind_a_title_under_no_label(line, title, selection, periods):
    page, measure = read(f"4.2.1.5. {line}", "Cits teksts par pasākumiem, kas nav nevienam piederīgs.")
    assert (measure.title, measure.selection_type) == (title, selection)
    assert measure.eu_funding_eur is not None
    assert [step.period for step in measure.milestones] == periods
    assert "Cits teksts" not in (measure.selection_text or "")
    assert page.coverage.unclaimed == ()


@pytest.mark.parametrize(
    "line",
    [
        "4.2.1.5. Vides pilnveide (skolās, bērnudārzos un 5 pašvaldībās)",
        "4.2.1.5. Vides pilnveide (5 milj. EUR, atklāta atlase, skolām)",
        "4.2.1.5. Vides pilnveide – atklāta atlase, 2025. gada maijs",
    ],
)
def test_words_that_tell_something_else_stay_of_the_title(line):
    assert parse_page(line).measures == ()


def test_a_list_of_other_measures_adds_nothing_to_the_one_above():
    text = "<h3>4.2.1.5. Vide</h3><p>Mērķis: vide</p><p>Saistītie pasākumi:</p>"
    text += "<ul><li>4.2.1.6. pasākums – 3 milj. EUR, atklāta atlase</li></ul>"
    page = parse_page(f"<html><body>{text}</body></html>")
    assert [measure.eu_funding_eur for measure in page.measures if measure.code == "4.2.1.5"] == [None]


def test_words_parted_by_bars_are_fields_and_the_heading_above_is_the_title():
    text = "<h2>Viedie tīkli</h2><p>Pasākums 2.1.2.2. | KF | Ierobežota atlase</p>"
    text += "<p>Finansējums: 5 milj. EUR</p>"
    (measure,) = parse_page(f"<html><body>{text}</body></html>").measures
    assert (measure.title, measure.selection_type) == ("Viedie tīkli", "restricted")
    assert [row.fund for row in measure.funding] == ["cf"]


def test_a_title_with_a_bar_in_it_stays_one():
    _, measure = read("4.2.1.5. Vide | Skolas un bērnudārzi", WHO)
    assert measure.title == "Vide | Skolas un bērnudārzi"

"""Labels that ask: applicants where the answer names such, and a finding where it may name them."""

import pytest

from parsers.page import parse_page

PAGE = "<h3>4.2.1.5. pasākums „Skolas”</h3>{}<p>Finansējums: 1 000 000 EUR</p>"


def read(line):
    page = parse_page(PAGE.format(f"<p>{line}</p>"), None)
    names = [applicant.name for applicant in page.measures[0].applicants]
    return names, [finding.text for finding in page.findings if finding.code == "applicants_unsure"]


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Kas: pašvaldības, biedrības", ["pašvaldības", "biedrības"]),
        ("<strong>Kas:</strong> pašvaldības, biedrības", ["pašvaldības", "biedrības"]),
        ("Kam: pašvaldības un biedrības", ["pašvaldības un biedrības"]),
        ("Kam? Skolām un pašvaldībām", ["Skolām un pašvaldībām"]),
        ("Kurš var pieteikties? Pašvaldības", ["Pašvaldības"]),
        ("Kuri var pieteikties: biedrības", ["biedrības"]),
        ("Kas īsteno: Ekonomikas ministrija", ["Ekonomikas ministrija"]),
    ],
)
def test_the_answer_names_those_who_may_apply(line, names):
    assert read(line) == (names, [])


@pytest.mark.parametrize(
    ("line", "unsure"),
    [
        ("Mērķauditorija: pašvaldības, biedrības", "pašvaldības, biedrības"),
        ("Mērķa grupa: komersanti", "komersanti"),
        ("Sadarbības partneri: pašvaldības", "pašvaldības"),
        ("Kas: jauna mācību vide", "Kas: jauna mācību vide"),
        ("Kam: 5 milj. EUR skolām", "Kam: 5 milj. EUR skolām"),
        ("Kas? Atbalsts pašvaldībām", "Kas? Atbalsts pašvaldībām"),
    ],
)
def test_where_nobody_says_so_there_is_a_finding_and_no_applicant(line, unsure):
    assert read(line) == ([], [unsure])


def test_those_who_benefit_are_no_applicants_and_nothing_is_said():
    assert read("Mērķa grupa: skolēni un jaunieši") == ([], [])


def test_beside_applicants_nothing_is_unsure():
    names, unsure = read("Iesniedzēji: skolas</p><p>Mērķa grupa: pašvaldības")
    assert (names, unsure) == (["skolas"], [])


def test_an_amount_is_no_applicant():
    assert read("Iesniedzēji: 1 000 000 EUR")[0] == []

"""Badges of cards: words that only style sets apart from a title; lines above it that are none before."""

import pytest

from parsers.badges import is_fund, is_status
from parsers.page import parse_page

FIELD = "<p>Mērķis: mācību vide</p>"


def page(*headings):
    return parse_page(
        "<html><body><main>" + "".join(f"{each}{FIELD}" for each in headings) + "</main></body></html>"
    )


@pytest.mark.parametrize(
    ("heading", "badge"),
    [
        ("<h3><i>Jauns</i><span>4.2.1.5. Skolu vide</span></h3>", "Jauns"),
        ("<h3><i>Mācībām</i>4.2.1.5. Skolu vide</h3>", "Mācībām"),
        ("<h3><i>Aktīva</i> <span>4.2.1.5. Skolu vide</span></h3>", "Aktīva"),
        ("<h3><span>4.2.1.5. Skolu vide</span><i>Slēgta</i></h3>", "Slēgta"),
        ("<h3><span>4.2.1.5. „Skolu vide”</span><i>Slēgta</i></h3>", "Slēgta"),
        ("<h3>4.2.1.5. Skolu vide <i>Slēgta</i></h3>", "Slēgta"),
        ("<h3>4.2.1.5. Skolu vide <small>ERAF · līdz 15.05.2025.</small></h3>", "ERAF · līdz 15.05.2025."),
        ("<p><b><i>Jauns</i>4.2.1.5. Skolu vide</b></p>", "Jauns"),
        ("<div>Slēgta</div><h3>4.2.1.5. Skolu vide</h3>", "Slēgta"),
        ("<h3><i>Jauns</i> 4.2.1.5. Skolu vide</h3>", "Jauns"),
        ("<h3>\n Jauns 4.2.1.5. Skolu vide</h3>", "Jauns"),
        ("<h3>JAUNUMS! 4.2.1.5. Skolu vide</h3>", "JAUNUMS!"),
        ("<h3>Aktuāli: 4.2.1.5. Skolu vide</h3>", "Aktuāli:"),
        ("<p><b>Plānotais pasākums – 4.2.1.5. Skolu vide</b></p>", "Plānotais pasākums –"),
    ],
)
def test_a_badge_is_none_of_the_title(heading, badge):
    read = page(heading)
    (measure,) = read.measures
    assert (measure.code, measure.title, measure.theme) == ("4.2.1.5", "Skolu vide", None)
    assert badge in [each.text for each in read.narrative]


@pytest.mark.parametrize(
    "heading",
    [
        "<h3>4.2.1.5. Skolu v<b>ide</b></h3>",
        "<h3>4.2.1.5. <b>Skolu</b> vide</h3>",
        "<h3>4.2.1.5. Skolu <b>vide</b></h3>",
        "<h3>Pasākums <b>4.2.1.5.</b> Skolu vide</h3>",
        "<h3>SAM<b> 4.2.1.5. </b>Skolu vide</h3>",
    ],
)
def test_emphasis_within_a_title_is_none(heading):
    (measure,) = page(heading).measures
    assert (measure.code, measure.title) == ("4.2.1.5", "Skolu vide")


@pytest.mark.parametrize(
    "heading",
    [
        "<h3>4.2.1.5. Pētniecī<i>ba</i> Latvijas reģionos</h3>",
        "<h3>4.2.1.5. <span>Pētnie</span><span>cība</span> Latvijas reģionos</h3>",
        "<h3>4.2.1.5. <b>Pētniecība</b> Latvijas reģionos</h3>",
    ],
)
def test_a_capital_behind_a_space_is_of_the_title(heading):
    (measure,) = page(heading).measures
    assert (measure.code, measure.title) == ("4.2.1.5", "Pētniecība Latvijas reģionos")


def test_lines_above_a_title_are_not_of_the_measure_before():
    fields = "<p>Finansējums: 1 000 000 EUR</p><p>Atlase: sākums – 2025. gada maijs</p>"
    cards = [
        f"<div>{status}</div><div>{fund}</div><h3>{title}</h3>{fields}"
        for status, fund, title in (
            ("Atvērta", "ERAF", "4.2.1.5. Skolu vide"),
            ("Noslēgusies", "KF", "4.2.1.6. Ēkas"),
        )
    ]
    one, two = page(*cards).measures
    assert [row.fund for row in (*one.funding, *two.funding)] == ["erdf", "cf"]
    assert [step.text for step in one.milestones] == ["Atlase: sākums – 2025. gada maijs"]


def test_a_line_below_its_label_is_its_value():
    read = page("<h3>4.2.1.5. Skolu vide</h3><p>Statuss:</p><p>Slēgta</p>", "<h3>4.2.1.6. Ēkas</h3>")
    assert "Slēgta" not in [each.text for each in read.narrative if each.measure_id == "4.2.1.6"]


@pytest.mark.parametrize(
    ("words", "status"),
    [("Jauns", True), ("Atvērta atlase", True), ("Jaunas skolas", False), ("Atklāta", False)],
)
def test_words_that_say_how_far_a_call_is(words, status):
    assert is_status(words) is status


@pytest.mark.parametrize(
    ("words", "fund"),
    [("ERAF", True), ("ESF+ un ERAF", True), ("ERAF, KF", True), ("ERAF projekti", False), ("Ēka", False)],
)
def test_names_of_funds(words, fund):
    assert is_fund(words) is fund


@pytest.mark.parametrize("unseen", ["&#8203;", "\u200b", "&shy;"])
def test_an_element_that_holds_nothing_to_see_parts_nothing(unseen):
    heading = f"<h3><i>{unseen}</i><span>4.2.1.5. Skolu</span><b>{unseen}</b><span> vide</span></h3>"
    assert [
        measure.title for measure in page(heading, f"<p><i>Kam</i><b>{unseen}</b><i>Skolām</i></p>").measures
    ] == ["Skolu vide"]

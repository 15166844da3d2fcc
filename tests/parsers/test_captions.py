"""Cards that print a value above what it is."""

from datetime import date
from decimal import Decimal
from itertools import permutations

import pytest

from parsers.page import parse_page

TITLE = "<h3>{code} pasākums “Jauniešu garantijas”</h3>"
CARDS = {
    "amount": ("12 500 000 EUR", "Plānotais finansējums"),
    "start": ("2025. gada II ceturksnis", "Atlases uzsākšana"),
    "selection": ("Ierobežota", "Atlases veids"),
}
BELOW = "<p>Projektu iesniedzēji: pašvaldības</p>"


def card(value, caption, tag="div"):
    return f'<div class="card"><{tag} class="big">{value}</{tag}><{tag} class="small">{caption}</{tag}></div>'


def page(*bodies):
    parts = (TITLE.format(code=f"3.1.2.{number}.") + body for number, body in enumerate(bodies, 1))
    return parse_page(f"<html><body><main>{''.join(parts)}</main></body></html>")


def told(measure):
    return {
        "amount": measure.eu_funding_eur,
        "start": [(step.kind, step.start_date) for step in measure.milestones],
        "selection": measure.selection_type,
        "who": [who.name for who in measure.applicants],
    }


WHOLE = {
    "amount": Decimal(12_500_000),
    "start": [("selection_start", date(2025, 4, 1))],
    "selection": "restricted",
    "who": ["pašvaldības"],
}


@pytest.mark.parametrize("order", list(permutations(CARDS)))
@pytest.mark.parametrize("tag", ["div", "p"])
def test_cards_in_any_order(order, tag):
    cards = "".join(card(*CARDS[name], tag) for name in order)
    found = page(cards + BELOW, f"<p>Atbalsts jauniešiem.</p>{cards}{BELOW}")
    assert [told(measure) for measure in found.measures] == [WHOLE, WHOLE]
    assert not [one for one in found.findings if one.severity in {"warning", "error"}]


@pytest.mark.parametrize(
    ("value", "caption", "amount"),
    [
        ("12 500 000", "Plānotais finansējums", 12_500_000),
        ("12,5", "Plānotais finansējums (milj. euro)", 12_500_000),
        ("līdz 12,5 milj. eiro", "ERAF finansējums", 12_500_000),
    ],
)
def test_one_card(value, caption, amount):
    (measure,) = page(card(value, caption) + BELOW).measures
    assert measure.eu_funding_eur == amount
    assert [who.name for who in measure.applicants] == ["pašvaldības"]


def test_a_value_and_its_caption_as_elements_of_one_line():
    line = "<p><strong>12 500 000 EUR</strong> <span>Plānotais finansējums</span></p>"
    (measure,) = page(line + BELOW).measures
    assert (measure.eu_funding_eur, measure.title) == (12_500_000, "Jauniešu garantijas")


def test_the_words_of_a_card_are_the_evidence():
    found = page("".join(card(*CARDS[name]) for name in CARDS) + BELOW)
    (place,) = {(one.start, one.end) for one in found.evidence if one.field == "eu_funding_eur"}
    assert found.text[slice(*place)] == "12 500 000 EUR"
    assert found.coverage.unclaimed == ()


@pytest.mark.parametrize(
    "body",
    [
        # A value of its own is below the label: what stands above it is something else.
        "<p>Kopā 90 000 000 EUR</p><p>Plānotais finansējums</p><p>12 500 000 EUR</p>",
        "<p>90 000 000</p><p>Plānotais finansējums (eiro)</p><p>12 500 000</p>"
        "<p>Atlases veids</p><p>Atklāta</p>",
        "<p>Plānotais finansējums</p><p>12 500 000 EUR</p><p>Atlases veids</p><p>Atklāta</p>",
    ],
)
def test_labels_before_their_values_stay_what_they_are(body):
    (measure,) = page(body + BELOW).measures
    assert measure.eu_funding_eur == 12_500_000
    assert [who.name for who in measure.applicants] == ["pašvaldības"]

"""Contacts, by real notations (tests/cases/contacts.json), by hand-written ones and by printed values."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers import contacts, names
from parsers.page import parse_page
from parsers.records import Anchor, Contact
from tests.growth import is_linear

CASES = json.loads((Path(__file__).parents[1] / "cases" / "contacts.json").read_text(encoding="utf-8"))
SEEN_LATER = json.loads(
    (Path(__file__).parents[1] / "cases" / "contacts_seen.json").read_text(encoding="utf-8")
)
MADE_UP = json.loads((Path(__file__).parents[1] / "cases" / "contacts_more.json").read_text(encoding="utf-8"))

ANNA = "anna.ozola@izm.gov.lv"
JURIS = "juris.berzins@izm.gov.lv"
P1, P2, P3 = "+37167047871", "+37167047872", "+37129123456"


def triples(found: list[Contact]) -> list[tuple[str | None, str | None, str | None]]:
    return [(contact.name, contact.phone, contact.email) for contact in found]


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["text"])[:40])
def test_real_notations(case: dict[str, object]) -> None:
    expected = [(c["name"], c["phone"], c["email"]) for c in case["contacts"]]  # type: ignore[attr-defined]
    assert triples(contacts.read(str(case["text"]))) == expected


@pytest.mark.parametrize("case", MADE_UP, ids=lambda case: str(case["text"])[:60])
def test_other_notations(case: dict[str, Any]) -> None:
    assert triples(contacts.read(case["text"])) == [tuple(each) for each in case["contacts"]]


@pytest.mark.parametrize(
    ("link", "misleads"),
    [
        ('<a href="mailto:juris.berzins@izm.gov.lv">anna.ozola@izm.gov.lv</a>', True),
        ('<a href="tel:+37167047872">67047871</a>', True),
        ('<a href="mailto:Anna.Ozola@izm.gov.lv?subject=x">anna.ozola@izm.gov.lv</a>', False),
        ('<a href="tel:+371 67047871">6704 7871</a>', False),
        ('<a href="mailto:anna.ozola@izm.gov.lv">rakstīt</a>', False),
    ],
)
def test_a_link_that_leads_elsewhere_is_told(link: str, misleads: bool) -> None:
    page = parse_page(
        f"<h3>4.2.1.5. pasākums „Skolas”</h3><p>Kontakti: Anna Ozola, {link}</p><p>Mērķis: attīstīt</p>",
        None,
    )
    assert ("link_misleads" in {finding.code for finding in page.findings}) is misleads
    (contact,) = page.measures[0].contacts
    assert contact.email in {None, ANNA}


@pytest.mark.parametrize("case", SEEN_LATER, ids=lambda case: str(case["text"])[:40])
def test_means_seen_on_a_page(case: dict[str, list[dict[str, str]]]) -> None:
    found = contacts.read(str(case["text"]))
    expected = [(c["phone"], c["email"]) for c in case["contacts"] if c["phone"] or c["email"]]
    assert [(c.phone, c.email) for c in found if c.phone or c.email] == expected


def test_most_people_seen_on_a_page_are_named() -> None:
    """Every person; of the bodies, which sentences wrap in many words, not all."""
    for case in SEEN_LATER:
        found = {contact.name for contact in contacts.read(str(case["text"]))}
        people = {
            c["name"] for c in case["contacts"] if c["name"] and names.belongs_to(c["email"] or "", c["name"])
        }
        assert people <= found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # A number with round groups is money, but not behind a name or before an address.
        ("Anna Ozola – 67 599 900, anna.ozola@izm.gov.lv", [("Anna Ozola", "+37167599900", ANNA)]),
        ("Anna Ozola, vecākā eksperte – 67 224 800", [("Anna Ozola", "+37167224800", None)]),
        ("T: 67 021 600", [(None, "+37167021600", None)]),
        ("Telefax: 67 021 601; T.: +370 61610765", [(None, "+37061610765", None)]),
        ("Reģistrācijas Nr. 20 123 456, kadastra numurs 2012 345 6789", []),
        (
            "Anna Ozola, tālr.: +371 67047871, e-pasts: anna.ozola@izm.gov.lv",
            [("Anna Ozola", P1, ANNA)],
        ),
        # Two numbers of one person: the second has no address.
        ("Anna Ozola, tālr. 67047871, 29123456", [("Anna Ozola", P1, None), ("Anna Ozola", P3, None)]),
        (
            "Anna Ozola, tālr. 67047871/67047872, e-pasts: anna.ozola@izm.gov.lv",
            [("Anna Ozola", P1, ANNA), ("Anna Ozola", P2, None)],
        ),
        # The name behind its means.
        ("e-pasts: anna.ozola@izm.gov.lv, tālr.: 67047871 – Anna Ozola", [("Anna Ozola", P1, ANNA)]),
        (
            "67047871 Anna Ozola, 67047872 Juris Bērziņš",
            [("Anna Ozola", P1, None), ("Juris Bērziņš", P2, None)],
        ),
        (
            "tālr.: 67047871\ne-pasts: anna.ozola@izm.gov.lv\nAnna Ozola",
            [("Anna Ozola", P1, ANNA)],
        ),
        # Several people.
        (
            "Anna Ozola, tālr. 67047871; Juris Bērziņš, tālr. 67047872",
            [("Anna Ozola", P1, None), ("Juris Bērziņš", P2, None)],
        ),
        (
            "Anna Ozola (67047871) un Juris Bērziņš (67047872)",
            [("Anna Ozola", P1, None), ("Juris Bērziņš", P2, None)],
        ),
        (
            "Anna Ozola un Juris Bērziņš, tālr. 67047871, 67047872",
            [("Anna Ozola", P1, None), ("Juris Bērziņš", P2, None)],
        ),
        (
            "Anna Ozola un Juris Bērziņš, tālr. 67047871",
            [("Anna Ozola", P1, None), ("Juris Bērziņš", P1, None)],
        ),
        (
            "Anna Ozola, Juris Bērziņš, e-pasti: juris.berzins@izm.gov.lv, anna.ozola@izm.gov.lv",
            [("Anna Ozola", None, ANNA), ("Juris Bērziņš", None, JURIS)],
        ),
        (
            "Anna Ozola, 67047871, Juris Bērziņš, anna.ozola@izm.gov.lv, juris.berzins@izm.gov.lv",
            [("Anna Ozola", P1, ANNA), ("Juris Bērziņš", None, JURIS)],
        ),
        (
            "Anna Ozola\nESF departaments\ntālr. 67047871\ne-pasts: anna.ozola@izm.gov.lv",
            [("Anna Ozola", P1, ANNA)],
        ),
        (
            "Izglītības ministrijas ESF departaments:\nAnna Ozola, 67047871\nJuris Bērziņš, 67047872",
            [("Anna Ozola", P1, None), ("Juris Bērziņš", P2, None)],
        ),
        # Functions and bodies around the name.
        ("Nodaļas vadītāja Anna Ozola, tālr. 67047871", [("Anna Ozola", P1, None)]),
        ("Anna Ozola, vecākā eksperte, tālr. 67047871", [("Anna Ozola", P1, None)]),
        ("Ieva Bērziņa-Kalniņa, 67047871", [("Ieva Bērziņa-Kalniņa", P1, None)]),
        ("Valda Van der Berga, 67047871", [("Valda Van der Berga", P1, None)]),
        ("A. Ozola, 67047871", [("A. Ozola", P1, None)]),
        ("Mārtiņš Augusts, 67047871", [("Mārtiņš Augusts", P1, None)]),
        ("ESF departamenta direktore, tālr. 67047871", [("ESF departamenta direktore", P1, None)]),
        ("Rīgas Stradiņa universitāte, tālr. 67047871", [("Rīgas Stradiņa universitāte", P1, None)]),
        ('SIA "Rīgas ūdens": 67047871', [('SIA "Rīgas ūdens"', P1, None)]),
        ("67047871 (Labklājības ministrija)", [("Labklājības ministrija", P1, None)]),
        (
            "Lauku atbalsta dienesta Klientu daļa: 67047871",
            [("Lauku atbalsta dienesta Klientu daļa", P1, None)],
        ),
        # What is missing.
        ("tālr. 67047871, e-pasts: anna.ozola@izm.gov.lv", [(None, P1, ANNA)]),
        ("67047871\n67047872", [(None, P1, None), (None, P2, None)]),
        ("Anna Ozola", [("Anna Ozola", None, None)]),
        ("Izglītības un zinātnes ministrija", [("Izglītības un zinātnes ministrija", None, None)]),
        ("Tiks precizēts", []),
        ("Informācija pieejama mājas lapā", []),
        ("", []),
        # Not means of a contact.
        (
            "Anna Ozola, tālr. 67047871, fakss 67047872, anna.ozola@izm.gov.lv",
            [("Anna Ozola", P1, ANNA)],
        ),
        (
            "Anna Ozola, reģ. nr. 40003052790, Valņu iela 2, Rīga, LV-1050, tālr. 67047871",
            [("Anna Ozola", P1, None)],
        ),
    ],
)
def test_notations(text: str, expected: list[tuple[str | None, str | None, str | None]]) -> None:
    assert triples(contacts.read(text)) == expected


def test_a_link_gives_what_its_words_leave_out() -> None:
    text = "Anna Ozola, zvanīt"
    anchors = [Anchor(0, 10, f"mailto:{ANNA}?subject=x"), Anchor(12, 18, "tel:+37167047871")]
    (contact,) = contacts.read(text, anchors)
    assert contact[:3] == ("Anna Ozola", P1, ANNA)
    assert contact.email_span == (0, 10)
    assert contact.phone_span == (12, 18)


def test_a_link_repeats_nothing() -> None:
    anchors = [Anchor(12, 12 + len(ANNA), f"mailto:{ANNA}")]
    assert triples(contacts.read(f"Anna Ozola, {ANNA}", anchors)) == [("Anna Ozola", None, ANNA)]


NAMES = st.tuples(
    st.sampled_from(["Anna", "Jānis", "Ilze", "Krišjānis", "Žanete", "Ņina"]),
    st.sampled_from(["Ozola", "Bērziņš", "Kalniņa-Šmite", "Ķirse", "Upītis"]),
).map(" ".join)
NUMBERS = st.sampled_from("26").flatmap(lambda first: st.from_regex(rf"{first}[0-9]{{7}}", fullmatch=True))
NUMBER_FORMS = ["{n}", "+371 {n}", "(+371) {n}", "00371{n}", "{a} {b}", "+371 {a} {b}", "tel:+371{n}"]
ORDERS = ["{name}, tālr. {phone}, e-pasts: {email}", "{name} ({phone}; {email})", "{email}, {phone} – {name}"]


@given(NAMES, NUMBERS, st.sampled_from(NUMBER_FORMS), st.sampled_from(ORDERS))
def test_what_is_printed_is_read_back(name: str, digits: str, form: str, order: str) -> None:
    phone = form.format(n=digits, a=digits[:5], b=digits[5:])
    text = order.format(name=name, phone=phone, email="kontakti@izm.gov.lv")
    (contact,) = contacts.read(text)
    assert contact[:3] == (name, "+371" + digits, "kontakti@izm.gov.lv")
    assert contact.name_span is not None
    assert text[slice(*contact.name_span)] == name
    assert contact.phone_span is not None
    assert text[slice(*contact.phone_span)] == phone.removeprefix("tel:")


@given(st.text(max_size=200))
def test_any_text_is_read(text: str) -> None:
    for contact in contacts.read(text):
        assert 0 <= contact.start < contact.end <= len(text)
        if contact.name_span:
            assert text[slice(*contact.name_span)] == contact.name


@pytest.mark.parametrize(
    "text",
    [
        "a@" * 100_000,
        " " * 200_000,
        "x " * 100_000,
        "Anna Ozola, " * 15_000,
        "Anna Ozola a@b.lv\n" * 8_000,
        "2 " * 90_000,
    ],
    ids=lambda text: repr(text[:12]),
)
def test_time_is_linear(text: str) -> None:
    assert is_linear(lambda length: contacts.read(text[:length]), len(text))


def test_persons_numbers_and_addresses_in_columns_of_their_own() -> None:
    text = "Vita Zīle\nIlze Egle\n67047871\n67047872\nvita.zile@izm.gov.lv\nilze.egle@izm.gov.lv"
    assert [(each.name, each.phone, each.email) for each in contacts.read(text)] == [
        ("Vita Zīle", "+37167047871", "vita.zile@izm.gov.lv"),
        ("Ilze Egle", "+37167047872", "ilze.egle@izm.gov.lv"),
    ]


def test_columns_of_unlike_length_are_none() -> None:
    found = contacts.read("Vita Zīle\nIlze Egle\n67047871\n67047872\n67047873")
    assert {each.phone for each in found if each.name == "Vita Zīle"} != {"+37167047871"}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Informācijas centrs, tālr. 67047871", "Informācijas centrs"),
        ("Darba tirgus politikas departaments, tālr. 67047871", "Darba tirgus politikas departaments"),
        ("Projektu vadības departaments, tālr. 67047871", "Projektu vadības departaments"),
        ("Kontaktu centrs: 67047871", "Kontaktu centrs"),
        ("Darba laiks 8.00–17.00, tālr. 67047871", None),
        ("Uzņēmējdarbības konsultācijas: 67047871", None),
    ],
)
def test_a_body_whose_first_word_may_be_a_label(text: str, name: str | None) -> None:
    assert triples(contacts.read(text)) == [(name, P1, None)]

"""Money that is told of rounds within one measure is never that of all of it."""

import pytest

from parsers.page import parse_page

HEAD = "4.2.1.5. pasākums „Skolas”\nMērķis: labas skolas\n"


@pytest.mark.parametrize(
    ("funding", "count"),
    [
        ("Finansējums: 1 milj. EUR 1. kārtai un 2 milj. EUR 2. kārtai", 2),
        ("Finansējums: pirmajai kārtai 1 000 000 EUR, otrajai kārtai 2 000 000 EUR", 2),
        ("Finansējums: I kārtai 1 000 000 EUR, II kārtai 2 000 000 EUR", 2),
        ("Finansējums: 1 milj. EUR pirmajā atlases kārtā un 2 milj. EUR otrajā atlases kārtā", 2),
        ("Finansējums: 1 000 000 EUR (1. kārta), 2 000 000 EUR (2. kārta)", 2),
        ("Finansējums: ERAF 1 000 000 EUR 1. kārtai, ERAF 2 000 000 EUR 2. kārtai", 2),
        (
            "Finansējums: 1. kārtai ERAF 1 milj. EUR, valsts budžets 200 000 EUR, 2. kārtai ERAF 2 milj. EUR",
            3,
        ),
        ("1. kārtas finansējums: 1 000 000 EUR\n2. kārtas finansējums: 2 000 000 EUR", 2),
        ("1. kārtas finansējums: 1 000 000 EUR", 1),
        ("Finansējums: 1. kārtai – 1 000 000 EUR", 1),
        ("Finansējums: 1 000 000 EUR 1. kārtai", 1),
        ("Finansējums: ERAF 3 000 000 EUR 1. un 2. kārtai", 1),
        ("Pasākuma 1. kārtai pieejamais finansējums ir 5 000 000 EUR.", 1),
    ],
)
def test_of_rounds_alone_no_amount_is_that_of_the_measure(funding, count):
    page = parse_page(f"{HEAD}{funding}\nIesniedzēji: pašvaldības", None)
    (measure,) = page.measures
    assert (measure.eu_funding_eur, measure.funding) == (None, ())
    assert [each.code for each in page.findings].count("amount_of_round") == count


@pytest.mark.parametrize(
    ("funding", "warned"),
    [
        ("Finansējums: 3 milj. EUR, tai skaitā 1. kārtai 1 milj. EUR un 2. kārtai 2 milj. EUR", False),
        ("Finansējums: 3 milj. EUR (1. kārta – 1 milj. EUR, 2. kārta – 2 milj. EUR)", False),
        ("Finansējums: 1 milj. EUR (1.kārtā) + 2 milj. EUR (2.kārtā) = 3 000 000 EUR", False),
        ("ERAF finansējums 1. kārtā: 1 milj. EUR\nKopējais ERAF finansējums: 3 milj. EUR", True),
        ("Finansējums: 3 000 000 EUR, papildus 1. kārtas finansējumam", False),
        ("Finansējums: 3 000 000 EUR (atlikums no 1. kārtas)", False),
        ("Finansējums: ERAF 3 000 000 EUR (abām kārtām kopā)", False),
    ],
)
def test_a_sum_of_all_rounds_stands(funding, warned):
    page = parse_page(f"{HEAD}{funding}\nIesniedzēji: pašvaldības", None)
    (measure,) = page.measures
    assert measure.eu_funding_eur == 3_000_000
    assert ("amount_of_round" in {each.code for each in page.findings}) is warned


def test_what_the_round_of_a_record_gets_is_its_own():
    page = parse_page(
        f"4.2.1.5. pasākums „Skolas” 2. kārta\nFinansējums: 5 milj. EUR 2. kārtai\n{HEAD}", None
    )
    assert page.measures[0].eu_funding_eur == 5_000_000

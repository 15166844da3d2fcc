"""Several rounds that a title names are none of its words, and said."""

import pytest

from parsers.page import parse_page


@pytest.mark.parametrize("quoted", ["„Skolas”", "Skolas"])
@pytest.mark.parametrize(
    "rounds", [" (2. un 3. kārta)", ", 2. un 3. kārta", " – 1., 2. un 3. kārta", " (1.–3. kārta)"]
)
def test_rounds_behind_a_title(quoted, rounds):
    page = parse_page(
        f"4.2.1.5. pasākums {quoted}{rounds}\nMērķis: labas skolas\nFinansējums: 5 milj. EUR", None
    )
    (measure,) = page.measures
    assert (measure.title, measure.round) == ("Skolas", None)
    assert [each.text for each in page.findings if each.code == "rounds_together"] == [rounds.strip(" ,–()")]


@pytest.mark.parametrize("status", ["", "Jauns! ", "Slēgta – "])
@pytest.mark.parametrize("rounds", [" (2. un 3. kārta)", " (1.–3. kārta)", ""])
def test_a_word_of_state_before_such_a_title(status, rounds):
    title = f"{status}4.2.1.5. pasākums „Skolas”{rounds}"
    page = parse_page(f"<h1>Fondi</h1><p>{title}</p><p>Finansējums: 5 milj. EUR</p>", None)
    (measure,) = page.measures
    assert (measure.title, measure.eu_funding_eur) == ("Skolas", 5_000_000)

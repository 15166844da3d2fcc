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

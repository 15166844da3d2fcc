"""Stars and what they mean, wherever the footnote stands."""

import pytest

from parsers.flexibility import flexibility_of
from parsers.page import parse_page
from parsers.stars import is_footnote

NOTE = "*ieskaitot elastības finansējumu"


def funding(code, amount):
    return f"{code} pasākums „A”\nFinansējums: {amount}\n"


def said(text):
    return [measure.flexibility_funding for measure in parse_page(text).measures]


def codes(text):
    return [finding.code for finding in parse_page(text).findings]


@pytest.mark.parametrize(
    ("words", "meaning"),
    [
        ("ieskaitot elastības finansējumu", "included"),
        ("t.sk. elastības finansējums", "included"),
        ("neieskaitot elastības finansējumu", "excluded"),
        ("bez elastības finansējuma", "excluded"),
        ("elastības finansējums", None),
        ("ieskaitot nodokļus", None),
    ],
)
def test_what_words_say_of_flexibility_funding(words, meaning):
    assert flexibility_of(words) == meaning


@pytest.mark.parametrize(
    ("line", "note"),
    [
        (NOTE, True),
        ("* ar elastības finansējumu", True),
        ("* skolas", False),
        ("¹tikai skolām", True),
        ("*", False),
    ],
)
def test_a_star_with_a_space_is_a_bullet_unless_it_speaks_of_flexibility(line, note):
    assert is_footnote(line) is note


def test_the_footnote_of_a_measures_own_star():
    assert said(funding("4.2.1.1.", "100 euro*") + NOTE) == ["included"]


def test_one_footnote_for_all_the_stars_above():
    measures = [funding(code, "100 euro*").replace("\n", "<br>") for code in ("4.2.1.1.", "4.2.1.2.")]
    assert said(f"<p>{'</p><p>'.join(measures)}</p><h2>Tālāk par visu</h2><p>{NOTE}</p>") == ["included"] * 2


def test_a_footnote_below_another_measure_explains_the_star_above():
    text = funding("4.2.1.1.", "100 euro*") + funding("4.2.1.2.", "200 euro") + NOTE
    assert said(text) == ["included", None]


@pytest.mark.parametrize("amount", ["100* euro", "1 000 000 * EUR", "0,5¹ milj. euro", "EUR 100*"])
def test_a_star_between_the_number_and_its_unit(amount):
    text = funding("4.2.1.1.", amount) + NOTE.replace("*", "¹" if "¹" in amount else "*")
    assert said(text) == ["included"]
    assert not {"star_without_footnote", "footnote_without_star"} & set(codes(text))


def test_without_a_star_nothing_is_said():
    text = funding("4.2.1.1.", "100 euro*") + NOTE + "\n" + funding("4.2.1.2.", "200 euro")
    assert said(text) == ["included", None]


def test_the_mark_must_be_the_same():
    text = funding("4.2.1.1.", "100 euro**") + NOTE
    assert said(text) == [None]
    assert {"star_without_footnote", "footnote_without_star"} <= set(codes(text))


def test_said_beside_the_amount():
    assert said(funding("4.2.1.1.", "100 euro (neieskaitot elastības finansējumu)")) == ["excluded"]

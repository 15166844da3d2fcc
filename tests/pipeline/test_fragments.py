"""Links that jump to words on a page."""

import pytest

from pipeline.fragments import link

PAGE = "https://ministry.example/lv/fondi"


@pytest.mark.parametrize(
    ("text", "words", "fragment"),
    [
        ("Summa 3 697 500 eiro", "3 697 500", "3%20697%20500"),
        ("a-b, c & d", "a-b, c & d", "a%2Db%2C%20c%20%26%20d"),
        ("Rīga", "Rīga", "R%C4%ABga"),
    ],
)
def test_words(text, words, fragment):
    start = text.index(words)
    assert link(PAGE, text, start, start + len(words)) == f"{PAGE}#:~:text={fragment}"


def test_words_that_stand_there_twice_are_told_apart():
    text = "4.1.1.1 summa ir 500 eiro\n4.1.1.2 summa ir 500 eiro"
    start = text.rindex("500")
    assert link(PAGE, text, start, start + 3).endswith("4.1.1.2%20summa%20ir-,500,-eiro")


def test_a_fragment_of_the_address_gives_way():
    assert link(f"{PAGE}#top", "x", 0, 1) == f"{PAGE}#:~:text=x"


def test_nothing_to_jump_to():
    assert link(PAGE, " ", 0, 1) == PAGE


def test_lines_and_long_words_are_named_by_their_ends():
    text = "a b c d e f\nmiddle\nu v w x y z"
    assert link(PAGE, text, 0, len(text)) == f"{PAGE}#:~:text=a%20b%20c%20d,w%20x%20y%20z"

# ruff: noqa: RUF001  (letters that look alike are the point)
"""Signs as a reader takes them: unseen ones, letters set apart, look-alikes of another script."""

import pytest

from parsers.glyphs import as_read, may_be_odd


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("P A S Ā K U M S", "PASĀKUMS"),
        ("M Ē R Ķ I S:", "MĒRĶIS:"),
        ("A T L A S E S \u00a0 V E I D S", "ATLASES \u00a0 VEIDS"),
        ("F\u00a0I\u00a0N\u00a0A\u00a0N\u00a0S\u00a0Ē\u00a0J\u00a0U\u00a0M\u00a0S", "FINANSĒJUMS"),
        ("1.2.3.4. P A S Ā K U M S „Ceļi”", "1.2.3.4. PASĀKUMS „Ceļi”"),
        ("Ie\u00adsnie\u00addzē\u00adjs", "Iesniedzējs"),
        ("\u200e1.2.3.4.\u200f pasākums", "1.2.3.4. pasākums"),
        ("1\uff0e2\u20243\uff0e\uff14", "1.2.3.4"),
        ("Finаnsējums", "Finansējums"),
        ("pasа\u0304kums", "pasākums"),
        ("Iеsniеdzējs: Рašvaldības", "Iesniedzējs: Pašvaldības"),
        ("2024. gada ІV cet.", "2024. gada IV cet."),
        ("3.1.1.5.і. investīcija", "3.1.1.5.i. investīcija"),
    ],
)
def test_what_a_reader_takes_signs_for(written, read):
    assert as_read(written) == read
    assert may_be_odd(written.encode())


@pytest.mark.parametrize(
    "words",
    [
        "A B C D E kategorijas vadītāji",
        "Х И Т",
        "Министерство образования",
        "Сoюз Ж",
        "a b c d e f g",
        "I un II, A un B",
    ],
)
def test_words_that_stay_as_they_are(words):
    assert as_read(words) == words


@pytest.mark.parametrize("entity", ["&shy;", "&#8203;", "&#x200e;", "&lrm;", "&#1072;", "&#772;", "&#xFEFF;"])
def test_entities_are_looked_at(entity):
    assert may_be_odd(f"pas{entity}kums".encode())


def test_a_usual_page_is_not_looked_at_line_by_line():
    assert not may_be_odd("4.2.1.1. pasākums „Skolu tīkls” – 3 697 500 € &nbsp; IV cet. & A B".encode())

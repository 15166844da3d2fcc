"""Codes of measures in the notations that Latvian pages use, and what only looks like one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers import codes
from tests.growth import is_linear


def parts(line: str) -> tuple[str, int | None, str | None] | None:
    found = codes.read_title(line)
    return None if found is None else (found.code, found.round, found.title)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("4.2.1.1. Skolu tīkls", ("4.2.1.1", None, "Skolu tīkls")),
        ("4.2.1.1 Skolu tīkls", ("4.2.1.1", None, "Skolu tīkls")),
        ("4.2.1.1.Skolu tīkls", ("4.2.1.1", None, "Skolu tīkls")),
        ("• 4.2.1.1. Skolu tīkls.", ("4.2.1.1", None, "Skolu tīkls")),
        ("4.2.1.4.pasākums  “Skolu tīkls”", ("4.2.1.4", None, "Skolu tīkls")),
        ("Pasākums Nr. 4.2.1.1 – Skolu tīkls", ("4.2.1.1", None, "Skolu tīkls")),
        ("SAM Nr. 4.2.1.1.", ("4.2.1.1", None, None)),
        ("4.2.1.0/2. Skolu tīkls, 2. kārta", ("4.2.1.0", 2, "Skolu tīkls")),
        ("4.2.1.1/3 Skolu tīkls", ("4.2.1.1", 3, "Skolu tīkls")),
        ("4.2.1.1. E-klase", ("4.2.1.1", None, "E-klase")),
        ("5.1.r. Inovāciju pārvaldība", ("5.1.r", None, "Inovāciju pārvaldība")),
        ("13.1.i Prasmes", ("13.1.i", None, "Prasmes")),
        ("5.1. Reforma", None),
        ("5.1.reforma", None),
        ("5.1.a. Apakšpunkts", None),
        ("2) 4.2.1.1.i. investīcija „Skolu tīkls”", ("4.2.1.1.i", None, "Skolu tīkls")),
        ("4.2.1.1. pasākums „Skolu tīkls” (1. un 2. kārta)", ("4.2.1.1", None, "Skolu tīkls")),
        ("4.2.1.1./2. pasākums „Skolu tīkls”", ("4.2.1.1", 2, "Skolu tīkls")),
        ("4.2.1.1./2. kārta. Skolu tīkls", ("4.2.1.1", 2, "Skolu tīkls")),
        ("Pasākums 4.2.1.1/1", ("4.2.1.1", 1, None)),
        ("SAM 4.2.1.", ("4.2.1", None, None)),
        ("ESF+ SAM 4.2.1.1. Skolu tīkls", ("4.2.1.1", None, "Skolu tīkls")),
        ('Specifiskais atbalsta mērķis 4.2.1. "Uzlabot"', ("4.2.1", None, "Uzlabot")),
        ("3.1.1.5.i. Skolu tīkls", ("3.1.1.5.i", None, "Skolu tīkls")),
        ("1.2.1.2.i.1. pasākums „Skolu tīkls”", ("1.2.1.2.i.1", None, "Skolu tīkls")),
        ("1.2.1.2.i. 2. kārta „Skolu tīkls”", ("1.2.1.2.i", 2, "Skolu tīkls")),
        ("1.2.1.2.i.2. kārta „Skolu tīkls”", ("1.2.1.2.i", 2, "Skolu tīkls")),
        ('3.1.1.5.i investīcija "Skolu tīkls"', ("3.1.1.5.i", None, "Skolu tīkls")),
        ('Investīcija 3.1.1.5.i. "Skolu tīkls"', ("3.1.1.5.i", None, "Skolu tīkls")),
        ("2.2.3.s. Skolu tīkls", ("2.2.3.s", None, "Skolu tīkls")),
        ("4.2.1. 5. Skolu tīkls", ("4.2.1.5", None, "Skolu tīkls")),
        ("10.1.2.13. Skolu tīkls", ("10.1.2.13", None, "Skolu tīkls")),
        # Rounds, before and after the title.
        ("4.2.1.5. pasākuma 2. kārta", ("4.2.1.5", 2, None)),
        ("4.2.1.5.2.kārta Skolu tīkls", ("4.2.1.5", 2, "Skolu tīkls")),
        ("SAM 4.2.1. 1. kārta", ("4.2.1", 1, None)),
        ('4.2.1.5. pasākuma "Skolu tīkls" otrā kārta', ("4.2.1.5", 2, "Skolu tīkls")),
        ('1.2.3.1. pasākums "Skolu tīkls" (1. kārta)', ("1.2.3.1", 1, "Skolu tīkls")),
        ("4.2.1.5. Skolu tīkls, 2. kārta", ("4.2.1.5", 2, "Skolu tīkls")),
        ("4.2.1.5. Skolu tīkls – pirmā kārta", ("4.2.1.5", 1, "Skolu tīkls")),
        ("4.2.1.5. Skolu tīkls I kārta", ("4.2.1.5", 1, "Skolu tīkls")),
        ("4.2.1.5. pasākuma II kārta: Skolu tīkls", ("4.2.1.5", 2, "Skolu tīkls")),
        ('4.2.1.5. pasākuma pirmā projektu iesniegumu atlases kārta "Skolas"', ("4.2.1.5", 1, "Skolas")),
        ("4.2.1.5. (3. kārta) Skolu tīkls", ("4.2.1.5", 3, "Skolu tīkls")),
        ('4.2.1.5. PASĀKUMS "SKOLAS" 2. KĀRTA', ("4.2.1.5", 2, "SKOLAS")),
        # Quotation marks: the outer pair goes, the inner ones stay.
        ('4.2.3.1. Integrēta "skola-kopiena"', ("4.2.3.1", None, 'Integrēta "skola-kopiena"')),
        ('4.2.3.1. pasākums "Integrēta "skola" vide"', ("4.2.3.1", None, 'Integrēta "skola" vide')),
        ("4.2.3.1. pasākums „Integrēta „skola” vide”", ("4.2.3.1", None, "Integrēta „skola” vide")),
        ("4.2.3.1. pasākums «Skolu tīkls»", ("4.2.3.1", None, "Skolu tīkls")),
        ("4.2.3.1. pasākums “Skolu tīkls", ("4.2.3.1", None, "Skolu tīkls")),
        ("4.2.3.1. Skolu tīkls”", ("4.2.3.1", None, "Skolu tīkls")),
        # A title's own first word.
        ("4.2.1.1. Pasākumi pedagogu atbalstam", ("4.2.1.1", None, "Pasākumi pedagogu atbalstam")),
    ],
)
def test_lines_that_open_a_measure(line: str, expected: tuple[str, int | None, str | None]) -> None:
    assert parts(line) == expected


@pytest.mark.parametrize(
    "line",
    [
        "31.12.2026. – noslēgums", "31.12. 2026. – noslēgums", "01.01.2024. - x", "10.12.24. līdz",
        "3 697 500",
        "3.697.500 €", "1. Profesionālais atbalsts.", "4.2. Virsraksts", "10.30 sākums",
        "4.2.1.1. apakšpunkts", "",
        "4.2.1.1/1/24/A/001 projekts", "192.168.1.1", "10.0.0.1", "67.04.78.71", "2024. gada IV cet.",
        "15.00–16.00",
        "4.2.1.1. un 4.2.1.2. pasākums", "4.2.1.1., 4.2.1.2. pasākums", "1. 2. 3. klase", "Pasākuma mērķis",
    ],
)  # fmt: skip
def test_lines_that_do_not(line: str) -> None:
    assert codes.read_title(line) is None


@pytest.mark.parametrize(
    "line",
    [
        "4.2.1.1. pasākuma ietvaros tiks atbalstīts",
        "4.2.1.1. Pasākums tiks īstenots",
        '4.2.1.1. pasākuma "Skolu tīkls" īstenošana',
        "2.3.1. Virsraksts",
        "8.3.6.2. pasākuma turpinājums",
        "4.2.1.5. pasākuma otrajā kārtā pieejams",
    ],
)
def test_what_may_be_running_text_is_not_strict(line: str) -> None:
    found = codes.read_title(line)
    assert found is not None
    assert not found.strict


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("4.1. pasākums “Ceļi”", ("4.1", None, "Ceļi")),
        ("4.1.pasākums „Ceļi”", ("4.1", None, "Ceļi")),
        ("Pasākums 4.1. “Ceļi”", ("4.1", None, "Ceļi")),
        ("Pasākums Nr. 4.1. Ceļi", ("4.1", None, "Ceļi")),
        ("Apakšpasākums 6.3 “Ceļi”", ("6.3", None, "Ceļi")),
        ("4.1. Pasākums „Ceļi”, 2. kārta", ("4.1", 2, "Ceļi")),
        ("15.5.25. pasākums „Ceļi”", ("15.5.25", None, "Ceļi")),
        # Without the word it is the number of a heading, a day or an amount.
        ("4.1. Ceļi", None),
        ("4.1. pasākuma īstenošana", None),
        ("2.1. Pasākumi skolās", None),
        ("31.12. pasākums", None),
        ("15.5.25. Atlase", None),
        ("Pasākums 2.5 stundas", None),
        ("pasākums 4.1 milj. eiro", None),
        ("Pasākums 15.05. plkst. 10", None),
    ],
)
def test_codes_of_two_numbers_say_that_they_are_measures(line, expected):
    assert parts(line) == expected


@pytest.mark.parametrize(
    "line",
    [
        "5.2.1.1O. pasākums “Tīkli”",
        "5.2.1.1O. Tīkli",
        "5.2.l.3. pasākums “Tīkli”",
        "5,2,1,4. pasākums “Tīkli”",
        "5-2-1-6. pasākums “Tīkli”",
        "Pasākums Nr. 5.2.l.3. “Tīkli”",
    ],
)
def test_misprinted_codes_are_no_codes(line):
    assert codes.read_title(line) is None
    assert codes.is_misprinted(line)


@pytest.mark.parametrize(
    "line",
    [
        "4.2.1.1. Skolu tīkls", "4.2.1.1Iekļaujoša vide", "1,2,3 klases", "2.2.O25 Sanāksme",
        "10.30-11.45 “Seminārs”",
        "12.05.2025. „Diena”", "1. 2. 3. klase", "5 000 000 EUR", "1.2. Virsraksts", "",
    ],
)  # fmt: skip
def test_lines_that_are_no_misprints(line):
    assert not codes.is_misprinted(line)


TITLES = st.sampled_from(
    [
        "Skolu tīkls",
        'Vide "skola" pilsētā',
        "Atbalsts jauniešiem, pedagogiem",
        "IT – skolām",
        "NEET un 2 citi",
    ]
)
CODES = st.lists(st.integers(1, 12), min_size=4, max_size=4).map(lambda numbers: ".".join(map(str, numbers)))
FORMS = [
    "{code}. {title}", "{code}.pasākums “{title}”", '{code}. pasākuma {n}. kārta "{title}"',
    "{code}. {title} ({n}.kārta)",
    "SAM {code}. – {title}, {n}. kārta", "Pasākums {code} „{title}”",
]  # fmt: skip


@given(CODES, TITLES, st.integers(1, 9), st.sampled_from(FORMS))
def test_what_is_printed_is_read_back(code: str, title: str, number: int, form: str) -> None:
    line = form.format(code=code, title=title, n=number)
    found = codes.read_title(line)
    assert found is not None
    assert (found.code, found.title) == (code, title)
    assert found.round == (number if "{n}" in form else None)
    assert found.strict
    assert line[found.code_start : found.code_end] == code
    assert line[found.title_start : found.title_end] == title


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("1.kārta", 1), ("2. kārta:", 2), ("Trešā kārta", 3), ("II kārta", 2), ("(2. kārta)", 2),
        ("kārta 4", 4),
        ("Atlases 1. kārta", 1), ("2. kārta – Skolas", None), ("kārtība", None), ("", None),
    ],
)  # fmt: skip
def test_rounds(line: str, number: int | None) -> None:
    found = codes.read_round(line)
    assert (found[0] if found else None) == number


def test_codes_in_text() -> None:
    text = (
        "SAM 8.3.6., 4.2.1.1.–4.2.1.3. pasākumi, 4.2.2.1. apakšpunkts, 31.12.26., 1.2.3., 4.2.1.1/2/24/I/001"
    )
    found = codes.find(text)
    assert [mention.code for mention in found] == ["8.3.6", "4.2.1.1", "4.2.1.3"]
    assert all(text[mention.start : mention.end] == mention.code for mention in found)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Turpinājums 8.3.6.2.pasākumam", "8.3.6.2"),
        ("8.3.6.1. pasākuma turpinājums", "8.3.6.1"),
        ("Pēctecis 8.3.6.2. pasākumam", "8.3.6.2"),
        ("SAM 8.3.6. turpinājums", "8.3.6"),
        ("4.2.2.4. pasākums ir turpinājums 8.3.6.2. pasākumam", "8.3.6.2"),
        ("Pasākums turpina 2014.–2020. gada perioda 8.3.6.1. pasākumu. Skat. 4.2.2.1.", "8.3.6.1"),
        ("Turpinājums iepriekš atbalstītajam", None),
        ("Skat. 4.2.2.1. pasākumu", None),
    ],
)
def test_predecessors(text: str, code: str | None) -> None:
    found = codes.predecessor(text)
    assert (found.code if found else None) == code


def test_a_measure_is_not_its_own_predecessor() -> None:
    assert codes.predecessor("4.2.2.4. pasākums turpina iepriekšējo atbalstu", own="4.2.2.4") is None


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("4.2.1.5", "4.2.1"),
        ("3.1.1.5.i", "3.1.1"),
        ("2.2.3.s", "2.2.3"),
        ("4.2.1", "4.2.1"),
        ("4.2", None),
        ("", None),
    ],
)
def test_specific_objectives(code: str, expected: str | None) -> None:
    assert codes.specific_objective(code) == expected


def test_order() -> None:
    printed = ["3.1.1.5.i", "4.2.1.10", "4.2.1.2", "4.2.1", "4.2.1.2.i", "10.1.1.1"]
    assert sorted(printed, key=codes.sort_key) == [
        "3.1.1.5.i",
        "4.2.1",
        "4.2.1.2",
        "4.2.1.2.i",
        "4.2.1.10",
        "10.1.1.1",
    ]


@given(st.text(alphabet='4.21 kārta"“”pasums(),–i\n', max_size=80))
def test_any_line_is_read(line: str) -> None:
    found = codes.read_title(line)
    if found is not None:
        assert found.title is None or line[found.title_start : found.title_end] == found.title
    codes.read_round(line)
    codes.find(line)
    codes.predecessor(line)


@pytest.mark.parametrize(
    "text",
    [
        "4.2." * 100_000,
        "4.2.1.1. " * 30_000,
        " " * 200_000,
        "4.2.1.1. pasākums " + '"a" ' * 50_000,
        "turpinājums 8.3.6.2. " * 9_000,
    ],
    ids=lambda text: repr(text[:12]),
)
def test_time_is_linear(text: str) -> None:
    def work(length: int) -> None:
        codes.read_title(text[:length])
        codes.read_round(text[:length])
        codes.find(text[:length])
        codes.predecessor(text[:length])

    assert is_linear(work, len(text))


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("4.2.1.5. Skolu tīkls, 2. kārta (atlase izsludināta)", "Skolu tīkls"),
        ("4.2.1.5. Skolu tīkls (2. kārta) (atlase noslēgusies)", "Skolu tīkls"),
        ("4.2.1.5. Skolu tīkls, 2. kārta (izsludināta 03.06.2025.)", "Skolu tīkls"),
        ("4.2.1.5. Skolu tīkls, 2. kārta – noslēgusies", "Skolu tīkls"),
        ("4.2.1.5. pasākums „Skolu tīkls”, otrā kārta [aktīva]", "Skolu tīkls"),
    ],
)
def test_a_round_before_words_that_say_how_far_it_is(line: str, title: str) -> None:
    read = codes.read_title(line)
    assert read is not None
    assert (read.round, read.title) == (2, title)
    assert line[read.round_start : read.round_end].strip("()").endswith("kārta")


@pytest.mark.parametrize(
    "line",
    [
        "4.2.1.5. Skolu tīkls (atlase izsludināta)",
        "4.2.1.5. Atbalsts 2. kārtas skolām (slēgtas)",
        "4.2.1.5. Skolu tīkls, 2. kārta (vispārējās izglītības iestādēm)",
    ],
)
def test_other_words_behind_a_round_are_of_the_title(line: str) -> None:
    read = codes.read_title(line)
    assert read is not None
    assert read.round is None


@pytest.mark.parametrize(
    ("line", "named", "number"),
    [
        ("2. kārta (atlase izsludināta)", True, 2),
        ("Otrā kārta (slēgta)", True, 2),
        ("2. kārta – noslēgusies", True, 2),
        ("2. kārta (izsludināta 03.06.2025.)", True, 2),
        ("2. kārta (atlase izsludināta)", False, None),
        ("2. kārta – plānots 2025. gada III cet.", True, None),
        ("2. kārta (vispārējās izglītības iestādēm)", True, None),
    ],
)
def test_a_heading_of_a_round_may_say_how_far_it_is(line: str, named: bool, number: int | None) -> None:
    found = codes.read_round(line, named=named)
    assert (found[0] if found else None) == number

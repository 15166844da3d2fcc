"""What a schedule says of periods that no longer hold, of rounds in one line, of steps that have come."""

import pytest

from parsers import periods
from parsers.former_periods import without_former
from parsers.page import parse_page
from parsers.records import Page
from tests.growth import is_linear

FIELDS = "4.2.1.5. Skolu tīkls\nFinansējums: 5 000 000 EUR\nLaika grafiks:\n{}\nAtlases veids: atklāta\n"


def steps(page: Page) -> list[tuple[str, str]]:
    return [(step.kind, step.period) for measure in page.measures for step in measure.milestones]


def of_lines(*lines: str) -> list[tuple[str, str]]:
    return steps(parse_page(FIELDS.format("\n".join(lines)), None))


def of_table(*rows: tuple[str, str]) -> list[tuple[str, str]]:
    cells = "".join(f"<tr><td>{step}</td><td>{when}</td></tr>" for step, when in rows)
    head = "<h3>4.2.1.5. pasākums „Skolas”</h3><p><b>Finansējums:</b> 5 EUR</p><p><b>Laika grafiks:</b></p>"
    return steps(parse_page(f"<main>{head}<table>{cells}</table></main>", None))


@pytest.mark.parametrize(
    "line",
    [
        "2025. gada III cet. (iepriekš – 2025. gada II cet.) – atlases uzsākšana",
        "2025. gada III cet. (agrāk 2025. gada II cet.) – atlases uzsākšana",
        "2025. gada III cet. (nevis 2025. gada II cet.) – atlases uzsākšana",
        "2025. gada III cet. – atlases uzsākšana (bija plānots 2025. gada II cet.)",
        "Atlases uzsākšana – 2025. gada III cet. (iepriekš – 2025. gada II cet.)",
        "Atlases uzsākšana: 2025. gada III cet. (sākotnēji plānots 2025. gada II cet.)",
        "Atlases uzsākšana: 2025. gada III cet. (sākotnēji: 2025. gada II cet.)",
        "Atlases uzsākšana: 2025. gada III cet., iepriekš 2025. gada II cet.",
        "Atlases uzsākšana – 2025. gada III cet. / iepriekš 2025. gada II cet.",
        "Atlases uzsākšana: 2025. gada II cet. pārcelta uz 2025. gada III cet.",
        "Atlases uzsākšana pārcelta no 2025. gada II cet. uz 2025. gada III cet.",
        "2025. gada II cet. – atlases uzsākšana (pārcelta uz 2025. gada III cet.)",
        "Atlases uzsākšana: 2025. gada III ceturksnis (pārcelts no 2025. gada I ceturkšņa)",
        "Atlases uzsākšana: 2025. gada I cet. → 2025. gada III cet.",
        "Atlases uzsākšana: 2025. gada I cet. (precizēts: 2025. gada III cet.)",
    ],
)
def test_the_period_that_stands_counts(line: str) -> None:
    page = parse_page(FIELDS.format(line), None)
    assert steps(page) == [("selection_start", "2025-Q3")]
    (step,) = page.measures[0].milestones
    assert step.text == line
    assert not page.coverage.unclaimed


def test_one_day_that_replaces_a_window_of_two_replaces_neither_in_silence() -> None:
    line = "Projektu iesniegšana: no 15.09.2025. līdz 31.10.2025. (precizēts: 30.11.2025.)"
    assert of_lines(line)[:2] == [("selection_start", "2025-09-15"), ("selection_end", "2025-10-31")]


def test_days_that_were_before_are_no_window() -> None:
    line = (
        "Projektu iesniegšana no 15.09.2025. līdz 31.10.2025. (bija plānots no 01.06.2025. līdz 31.07.2025.)"
    )
    assert of_lines(line) == [("selection_start", "2025-09-15"), ("selection_end", "2025-10-31")]


@pytest.mark.parametrize(
    "line",
    [
        "Sākotnējais izvērtējums un atlases uzsākšana – 2025. gada II cet.",
        "Iepriekšējā informēšana un atlases uzsākšana – 2025. gada II cet.",
        "Pārcelto projektu atlases uzsākšana – 2025. gada II cet.",
        "Atlases uzsākšana – 2025. gada II cet. (plānots)",
    ],
)
def test_like_words_say_nothing_of_what_was_before(line: str) -> None:
    assert of_lines(line) == [("selection_start", "2025-Q2")]


WINDOWS = [
    ("selection_start", "2025-03-03"),
    ("selection_end", "2025-05-05"),
    ("selection_start", "2025-09-01"),
    ("selection_end", "2025-10-30"),
]


@pytest.mark.parametrize(
    "line",
    [
        "1. kārta: 2025. gada 3. marts – 5. maijs; 2. kārta: 2025. gada 1. septembris – 30. oktobris",
        "Pirmā kārta: 03.03.2025.–05.05.2025.; otrā kārta: 01.09.2025.–30.10.2025.",
        "Projektu iesniegšana: 1. kārta: 03.03.2025.–05.05.2025.; 2. kārta: 01.09.2025.–30.10.2025.",
        "Projektu iesniegšana: no 03.03.2025. līdz 05.05.2025.; no 01.09.2025. līdz 30.10.2025.",
        "Atlase 1. kārta: 03.03.2025.–05.05.2025., 2. kārta: 01.09.2025.–30.10.2025.",
    ],
)
def test_windows_of_rounds_in_one_line(line: str) -> None:
    assert of_lines(line) == WINDOWS


def test_what_a_line_says_of_its_first_round_holds_for_the_next() -> None:
    line = "Atlases izsludināšana: 1. kārta – 2025. gada I cet.; 2. kārta – 2025. gada IV cet."
    assert of_lines(line) == [("selection_start", "2025-Q1"), ("selection_start", "2025-Q4")]


def test_a_round_in_the_next_line_is_not_told_by_the_one_above() -> None:
    assert (
        of_lines("Atlases izsludināšana: 2025. gada I cet.", "2. kārta – 2025. gada IV cet.")[1][0] == "other"
    )


LATER = [("Atlases uzsākšana", "2025. gada III cet."), ("Projektu īstenošana", "līdz 31.12.2029.")]
READ_LATER = [("selection_start", "2025-Q3"), ("completion", "2029-12-31")]


@pytest.mark.parametrize(
    ("when", "read"),
    [
        ("apstiprināti 12.05.2025.", ["2025-05-12"]),
        ("Pieņemti 12.05.2025.", ["2025-05-12"]),
        ("2025. gada II cet. (apstiprināti 12.05.2025.)", ["2025-Q2", "2025-05-12"]),
        ("2025. gada II cet. (iepriekš – 2025. gada I cet.)", ["2025-Q2"]),
        ("vēl nav zināms", []),
        ("apstiprināti", []),
    ],
)
def test_a_step_that_has_come_or_is_not_known_yet_leaves_the_table_a_schedule(
    when: str, read: list[str]
) -> None:
    found = of_table(("MK noteikumi", when), *LATER)
    assert found == [*(("regulation_approval", period) for period in read), *READ_LATER]


@pytest.mark.parametrize("words", ["(iepriekš " * 4_000, "iepriekš, " * 4_000, "pārcelta no 1 uz " * 3_000])
def test_time_is_linear(words: str) -> None:
    assert is_linear(lambda length: without_former(words[:length]), len(words))


@pytest.mark.parametrize(
    ("line", "left"),
    [
        ("līdz 01.07.2025. (pagarināts līdz 01.09.2025.)", ["2025-09-01"]),
        ("no 03.03.2025. līdz 01.07.2025. (pagarināta līdz 01.09.2025.)", ["2025-03-03", "2025-09-01"]),
        ("līdz 2025. gada 1. jūlijam, termiņš pagarināts līdz 2025. gada 1. septembrim", ["2025-09-01"]),
        ("pagarināts no 01.07.2025. līdz 01.09.2025.", ["2025-09-01"]),
        ("līdz 01.09.2025. (termiņš pagarināts)", ["2025-09-01"]),
    ],
)
def test_an_extended_term_is_the_later_one(line: str, left: list[str]) -> None:
    assert [period.period for period in periods.read(without_former(line))] == left

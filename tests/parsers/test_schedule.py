"""A schedule's lines: either order, windows, halves of a line, years that head other lines."""

import pytest

from parsers import periods, yearless
from parsers.ledger import Ledger
from parsers.page import parse_page
from parsers.records import Span
from parsers.schedule import milestones


def read(text, label=None):
    """Each line of ``text``; ``label`` is words in it that stand before the lines."""
    ledger = Ledger(text)
    lines, at = [], 0
    for line in text.split("\n"):
        lines.append(Span(at, at + len(line)))
        at += len(line) + 1
    opened = lines.pop(0) if label else None
    return milestones(ledger, lines, opened, "4.2.1.1"), ledger


def kinds(text, label=None):
    return [(placed.milestone.kind, placed.milestone.period) for placed in read(text, label)[0]]


@pytest.mark.parametrize(
    "line",
    [
        "2025. gada I ceturksnis – atlases uzsākšana",
        "Atlases uzsākšana – 2025. gada I ceturksnis",
        "Atlases uzsākšana: 2025. gada I ceturksnis.",
        "2025. gada I ceturksnis\nAtlases uzsākšana",
        "Atlases uzsākšana\n2025. gada I ceturksnis",
    ],
)
def test_when_and_what_in_either_order(line):
    assert kinds(line) == [("selection_start", "2025-Q1")]


@pytest.mark.parametrize(
    ("line", "texts"),
    [
        (
            "2025. gada II cet. – projektu atlase (izsludināta 01.04.2025.)",
            ["2025. gada II cet. – projektu atlase", "(izsludināta 01.04.2025.)"],
        ),
        (
            "Projektu atlase – 2025. gada II cet. (izsludināta 01.04.2025.)",
            ["Projektu atlase – 2025. gada II cet.", "(izsludināta 01.04.2025.)"],
        ),
        (
            "Projektu atlase (izsludināta 01.04.2025.) – 2025. gada II cet.",
            ["Projektu atlase (izsludināta 01.04.2025.)", "2025. gada II cet."],
        ),
    ],
)
def test_a_bracket_with_a_day_is_not_cut(line, texts):
    found, _ = read(line)
    assert {placed.milestone.kind for placed in found} == {"selection_start"}
    assert [placed.milestone.text for placed in found] == texts


def test_several_in_one_line():
    line = "2025. gada I ceturksnis – atlases uzsākšana; 2025. gada II ceturksnis – projektu apstiprināšana"
    assert kinds(line) == [("selection_start", "2025-Q1"), ("project_approval", "2025-Q2")]


def test_a_window_for_applications_is_two_milestones_each_with_its_place():
    line = "Atlase: no 2025. gada 15. maija līdz 2025. gada 30. jūnijam"
    placed, ledger = read(line)
    assert [(each.milestone.kind, each.milestone.period) for each in placed] == [
        ("selection_start", "2025-05-15"),
        ("selection_end", "2025-06-30"),
    ]
    assert "15. maija" in ledger.text[slice(*placed[0].period)]
    assert "30. jūnijam" in ledger.text[slice(*placed[1].period)]


def test_months_of_a_window_have_their_own_days():
    first, second = read("Projektu īstenošana no 2025. gada februāra līdz 2026. gada februārim")[0]
    assert first.milestone.start_date.isoformat() == "2025-02-01"
    assert second.milestone.end_date.isoformat() == "2026-02-28"


def test_by_a_day_is_the_end_of_the_window():
    assert kinds("Projektu īstenošana līdz 31.12.2026.") == [("completion", "2026-12-31")]


def test_a_year_above_holds_for_the_lines_below():
    text = "2025. gads\nI ceturksnis – MK noteikumu apstiprināšana\nII ceturksnis – atlases uzsākšana"
    assert kinds(text) == [("regulation_approval", "2025-Q1"), ("selection_start", "2025-Q2")]


def test_a_period_without_words_takes_those_of_the_label():
    assert kinds("Atlases uzsākšana\n2025. gada I ceturksnis", label=True) == [("selection_start", "2025-Q1")]


def test_words_of_no_known_kind_are_told():
    placed, ledger = read("2025. gada maijs – koku stādīšana")
    assert placed[0].milestone.kind == "other"
    assert [finding.code for finding in ledger.findings] == ["unknown_milestone"]


def test_the_pages_own_dates_are_no_milestones():
    assert kinds("Publicēts 2025. gada 3. maijā\nAtjaunots: 03.05.2025.") == []


def test_numbers_of_an_address_are_no_dates():
    assert kinds("https://www.example.org/2025/05/31/atlase-2025") == []


def test_no_such_day_is_told():
    placed, ledger = read("31.02.2025. – atlases uzsākšana")
    assert placed == []
    assert [finding.code for finding in ledger.findings] == ["impossible_date"]


@pytest.mark.parametrize(
    "what",
    [
        "projektu apstiprināšana",
        "jūnijā projektu apstiprināšana",
        "I kārtas projektu apstiprināšana",
        "cet. projektu apstiprināšana",
    ],
)
@pytest.mark.parametrize("dash", ["–", "-", "—"])
@pytest.mark.parametrize(
    "when",
    [
        "2024. gada IV cet.",
        "2024. gada I – II cet.",
        "2024. gada II cet./III cet.",
        "2024. gada",
        "2024 VIII",
        "2025. gada marts",
        "31.12.2026.",
        "2018., 2019. un 2020. gads",
        "2021 - 2027",
        "2024. gada VII cet.",
        "1. 2025. gada 1. ceturksnis",
    ],
)
def test_a_period_before_a_dash_is_read_as_in_its_whole_line(when, dash, what):
    line = f"{when} {dash} {what}"
    # Twice: what was read once stands for the next line.
    for _ in range(2):
        found = [(placed.milestone.period, *placed.period) for placed in read(line)[0]]
        whole = yearless.completed(line, *periods.scan(line), None).periods
        assert found == [(period.period, period.start, period.end) for period in whole]


def steps_of(text):
    (measure,) = parse_page(f"4.2.1.1. pasākums „A”\nMērķis: a\nLaika grafiks:\n{text}").measures
    return [(step.kind, step.period) for step in measure.milestones]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (
            "projektu īstenošana no 2025. gada II ceturkšņa līdz 31.12.2029.",
            [("implementation_start", "2025-Q2"), ("completion", "2029-12-31")],
        ),
        (
            "Atlase: sākums – 2025. gada maijs, beigas – 2025. gada jūnijs",
            [("selection_start", "2025-05"), ("selection_end", "2025-06")],
        ),
        ("Atlases sākums: 2026", [("selection_start", "2026")]),
        ("Atlases noslēgums\n2026.", [("selection_end", "2026")]),
        (
            "1) noteikumi – 2025. gada maijs\n2) atlase – 2025. gada jūnijs",
            [("regulation_approval", "2025-05"), ("selection_start", "2025-06")],
        ),
        ("Projektu vērtēšana - 3 mēnešu laikā no iesniegšanas", []),
    ],
)
def test_lines_of_a_schedule_as_editors_print_them(line, expected):
    assert steps_of(line) == expected


def test_a_line_broken_within_a_period_goes_on_in_the_next():
    (measure,) = parse_page(
        "4.2.1.1. pasākums „Vide”\nLaika grafiks: atlases izsludināšana 2025. gada\nIII ceturksnī"
    ).measures
    assert [(step.kind, step.period) for step in measure.milestones] == [("selection_start", "2025-Q3")]


def test_an_agreement_on_carrying_out_a_project_is_not_the_end_of_it():
    assert kinds("Līgums par projekta īstenošanu noslēgts 2024. gada 3. jūnijā") == [("other", "2024-06-03")]


def test_when_a_selection_is_without_a_date_is_not_which_it_is():
    (measure,) = parse_page(
        "4.2.1.1. pasākums „Vide”\nTermiņi:\nNoteikumi – 2025. gada maijs\n"
        "Atlase: pēc noteikumu apstiprināšanas"
    ).measures
    assert measure.selection_text is None
    assert [step.period for step in measure.milestones] == ["2025-05"]


def test_rounds_with_their_periods_below_a_label_that_names_rounds():
    (measure,) = parse_page(
        "4.2.1.1. pasākums „Vide”\nFinansējums: 100 euro\nAtlases kārtas:\n"
        "1. kārta – 2024. gada II ceturksnis\n2. kārta – 2025. gada II ceturksnis"
    ).measures
    assert [step.period for step in measure.milestones] == ["2024-Q2", "2025-Q2"]


def test_a_stretch_that_goes_on_in_the_next_line():
    (measure,) = parse_page(
        "4.2.1.1. pasākums „Vide”\nĪstenošana: no 2023. gada 1. septembra\nlīdz 2029. gada 31. augustam"
    ).measures
    assert [(step.kind, step.period) for step in measure.milestones] == [
        ("implementation_start", "2023-09-01"),
        ("completion", "2029-08-31"),
    ]


def test_what_is_over_is_said_of_the_round_before_the_comma():
    ((kind, period),) = kinds("1. kārta – noslēgta, 2. kārta – plānota 2026. gada 4. ceturksnī")
    assert (kind, period) == ("other", "2026-Q4")


def test_applications_are_taken_in_a_window():
    assert kinds("pieteikumus pieņem no 01.06. līdz 30.06.2025.") == [
        ("selection_start", "2025-06-01"),
        ("selection_end", "2025-06-30"),
    ]


def test_periods_that_stand_above_what_happens_then():
    html = (
        "<html><h1>4.2.1.1. Vide</h1><p>Īstenotājs:</p><p>aģentūra</p><ol>"
        "<li><time>2024. gada aprīlis</time><h4>MK noteikumi apstiprināti</h4></li>"
        "<li><time>2024. gada augusts</time><h4>Atlase izsludināta</h4></li>"
        "<li><time>2029. gada maijs</time><h4>Projekta noslēgums</h4></li></ol></html>"
    )
    (measure,) = parse_page(html).measures
    assert [each.name for each in measure.applicants] == ["aģentūra"]
    assert [(step.kind, step.period) for step in measure.milestones] == [
        ("regulation_approval", "2024-04"),
        ("selection_start", "2024-08"),
        ("completion", "2029-05"),
    ]


def test_a_selection_with_its_period_in_a_schedule():
    (measure,) = parse_page(
        "4.2.1.1. pasākums „Vide”\nLaika grafiks:\natlase – 2025. gada II ceturksnis"
    ).measures
    assert (measure.selection_text, [step.period for step in measure.milestones]) == (None, ["2025-Q2"])


def test_a_stretch_broken_before_its_end():
    (measure,) = parse_page(
        "4.2.1.1. pasākums „Vide”\nĪstenošana: no 2025. gada 1. marta līdz\n2025. gada 30. aprīlim"
    ).measures
    assert [step.period for step in measure.milestones] == ["2025-03-01", "2025-04-30"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Pieteikumu pieņemšana: no 01.10.2024., līdz beidzas nauda, bet ne ilgāk kā līdz 30.06.2026.",
            [("selection_start", "2024-10-01"), ("selection_end", "2026-06-30")],
        ),
        (
            "Iesniegšana: no 01.10.2024. līdz finansējuma izlietojumam, bet ne vēlāk kā līdz 30.06.2026.",
            [("selection_start", "2024-10-01"), ("selection_end", "2026-06-30")],
        ),
    ],
)
def test_a_last_day_behind_other_words_is_of_the_window(text, expected):
    assert kinds(text) == expected


@pytest.mark.parametrize("label", ["Īstenošanas periods", "Projekta īstenošana"])
def test_days_of_a_stretch_told_each_in_its_own_way(label):
    read = kinds(f"{label}\n2023. gada III ceturksnis līdz 2029. gada 31. decembrim", label)
    assert read == [("implementation_start", "2023-Q3"), ("completion", "2029-12-31")]


def test_a_dash_between_days_of_two_kinds_parts_the_ends_of_a_stretch():
    read = kinds("Īstenošanas laiks\n2022. gada III ceturksnis – 2026. gada 30. jūnijs", "Īstenošanas laiks")
    assert read == [("implementation_start", "2022-Q3"), ("completion", "2026-06-30")]


def test_a_line_without_a_period_takes_none_from_the_year_that_heads_others():
    assert kinds("2025. gads:\nI ceturksnis – noteikumu apstiprināšana\nAtlase: atklāta") == [
        ("regulation_approval", "2025-Q1")
    ]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Īstenošana: plānota no 2025. gada 3. ceturkšņa", "implementation_start"),
        ("Īstenošana: līdz 2029. gada 31. decembrim", "completion"),
        ("Īstenošana: 2025. gada 3. ceturksnis", "other"),
    ],
)
def test_which_end_of_its_time_an_implementation_names(line, kind):
    assert [each for each, _ in kinds(line)] == [kind]


def test_words_behind_a_comma_are_of_the_next_period():
    line = "2025. gada II ceturksnī, projektu īstenošana – līdz 31.12.2029."
    first, second = read(f"Atlase\n{line}", label="Atlase")[0]
    assert (first.milestone.kind, first.milestone.text) == ("selection_start", "2025. gada II ceturksnī")
    assert (second.milestone.kind, second.milestone.period) == ("completion", "2029-12-31")
    assert second.milestone.text == "projektu īstenošana – līdz 31.12.2029."

"""What the page says of a step of the schedule besides its dates: whether it is done, of which round."""

from __future__ import annotations

import pytest

from parsers.page import parse_page
from parsers.records import Measure, Milestone
from pipeline.changes.compare import diff
from pipeline.changes.record import Change
from pipeline.changes.values import is_of_standing, words_of_step
from pipeline.reports.words import quote
from tests.factories_changes import page_of
from tests.pipeline.test_changes_examples import plain, said
from tests.replay_changes import days

START = "2025. gada II cet. – atlases uzsākšana"


def start(text: str, period: str = "2025-Q2") -> Milestone:
    return Milestone("selection_start", period, "quarter", *days(period), text)


def told(old: list[Milestone], new: list[Milestone]) -> list[Change]:
    measures: list[Measure] = [plain(milestones=tuple(side)) for side in (old, new)]
    return diff(page_of(measures[:1]), page_of(measures[1:]))


@pytest.mark.parametrize(
    "text",
    [
        "2025. gada II cet. – atlase izsludināta",
        "2025. gada II cet. – atlases uzsākšana (izpildīts)",
        "Plānots: 2025. gada II cet. – atlases uzsākšana",
        "ne agrāk kā 2025. gada II cet. – atlases uzsākšana",
        "2025. gada II cet. – atlases uzsākšana (MK noteikumi Nr. 123)",
        "2025. gada II cet. – atlases 2. daļas uzsākšana",
        "2025. gada II ceturksnis – atlases uzsākšana atlikta",
    ],
)
def test_what_is_said_of_a_step_is_told(text: str) -> None:
    (change,) = told([start(START)], [start(text)])
    assert (change.kind, change.field) == ("field_changed", "milestones")
    assert (change.old, change.new, change.old_text, change.new_text) == (START, text, START, text)
    english, latvian = said(change)
    assert english == f"1.2.3.4: the schedule entry “{START}” now reads “{text}”"
    assert latvian == f"1.2.3.4. pasākuma laika grafika ieraksts „{START}” mainīts uz „{text}”"
    assert quote(change, "lv") is None, "the sentence holds the words"


@pytest.mark.parametrize(
    "text",
    [
        "Atlases uzsākšana: 2025. gada 2. ceturksnī",
        "2025. g. II cet. – atlases uzsākšana",
        "01.04.2025.–30.06.2025. – atlases sākums",
        "2025. gada II cet. – projektu iesniegumu atlases izsludināšana",
        "2025. gada II ceturksnis",
    ],
)
def test_a_notation_or_another_name_of_the_step_is_not(text: str) -> None:
    assert told([start(START)], [start(text)]) == []


def test_a_line_of_several_steps_is_told_once() -> None:
    line = "2025. gada II cet. – MK noteikumu apstiprināšana un atlases uzsākšana"
    done = line.replace("apstiprināšana un", "apstiprināšana (izpildīts) un")
    old, new = ([start(text), start(text)._replace(kind="regulation_approval")] for text in (line, done))
    assert [change.kind for change in told(old, new)] == ["field_changed"]


def test_words_of_a_step_that_moved_are_told_with_it() -> None:
    late = "2025. gada III cet. – atlase izsludināta"
    (change,) = told([start(START)], [start(late, "2025-Q3")])
    assert (change.kind, change.old_text, change.new_text) == ("milestone_moved", START, late)


def test_which_of_several_steps_moved() -> None:
    first = start("2025. gada II cet. – 1. kārtas atlases uzsākšana")
    second = start("2026. gada I cet. – 2. kārtas atlases uzsākšana", "2026-Q1")
    later = start("2026. gada III cet. – 2. kārtas atlases uzsākšana", "2026-Q3")
    (change,) = told([first, second], [first, later])
    assert change.subject == "2. kārtas atlases uzsākšana"
    assert said(change) == (
        "1.2.3.4: start of selection (“2. kārtas atlases uzsākšana”) slipped from 2026-Q1 to 2026-Q3 "
        "(181 days later)",
        "1.2.3.4. pasākuma atlases uzsākšana („2. kārtas atlases uzsākšana”) pārcelta no 2026. gada "
        "1. ceturkšņa uz 2026. gada 3. ceturksni (par 181 dienu vēlāk)",
    )
    (change,) = told([start(START)], [start(START, "2025-Q3")])
    assert change.subject is None


def test_by_a_day_is_not_on_it() -> None:
    day = Milestone(
        "selection_start", "2025-06-30", "day", *days("2025-06-30"), "līdz 30.06.2025. – atlases uzsākšana"
    )
    (change,) = told([start(START)], [day])
    assert said(change) == (
        "1.2.3.4: start of selection is now due by 30 June 2025 (before: 2025-Q2)",
        "1.2.3.4. pasākuma atlases uzsākšanas laiks precizēts: līdz 2025. gada 30. jūnijam "
        "(iepriekš – 2025. gada 2. ceturksnī)",
    )
    (change,) = told([day], [start(START)])
    assert said(change)[0].endswith("less precisely: 2025-Q2 (before: by 30 June 2025)")


def page(*steps: str) -> str:
    lines = "".join(f"<p>{step}</p>" for step in steps)
    return (
        "<html lang=lv><body><main><h3>1.2.3.4. Jūras krastu stiprināšana ostās</h3>"
        "<h4>Plānotais ES fondu finansējums (eiro)</h4><p>1 000 000</p>"
        f"<h4>Pasākuma laika grafiks</h4>{lines}</main></body></html>"
    )


def test_a_step_that_is_done_is_not_taken_out_of_the_schedule() -> None:
    last = "31.12.2028. – projektu īstenošanas noslēgums"
    pages = [parse_page(page(START, last), None), parse_page(page("Atlase uzsākta", last), None)]
    (change,) = diff(*pages)
    assert said(change) == (
        "1.2.3.4: start of selection has no date any more: “Atlase uzsākta” (before: 2025-Q2)",
        "1.2.3.4. pasākuma atlases uzsākšanas laiks vairs nav norādīts: „Atlase uzsākta” "
        "(iepriekš – 2025. gada 2. ceturksnī)",
    )
    (change,) = diff(parse_page(page(last), None), parse_page(page(last, "Atlase izsludināta"), None))
    assert (change.field, change.new) == ("unclaimed", "Atlase izsludināta")
    assert diff(parse_page(page(last), None), parse_page(page(last, "Atlases izsludināšana"), None)) == []


@pytest.mark.parametrize("word", ["izsludināta", "noslēgusies", "apstiprināti", "pārcelta", "plānots"])
def test_a_word_of_standing(word: str) -> None:
    assert is_of_standing(word)


@pytest.mark.parametrize(
    "word", ["projekta", "noslēgums", "uzsākšana", "atbalsta", "dokumenti", "izsludināšana"]
)
def test_no_word_of_standing(word: str) -> None:
    assert not is_of_standing(word)


def test_the_words_of_a_step() -> None:
    assert words_of_step("2025. gada I – 2. kārtas atlases uzsākšana (ja nepieciešams)") == (
        "2. kārtas atlases uzsākšana (ja nepieciešams)"
    )
    assert words_of_step("Atlases uzsākšana: 15.05.2025.") == "Atlases uzsākšana"


def other(text: str, period: str = "2026-Q1") -> Milestone:
    return Milestone("other", period, "quarter", *days(period), text)


REVIEW = other("2026. gada I cet. – vidusposma izvērtēšana")


def test_an_entry_without_a_name_is_quoted_without_its_date() -> None:
    (change,) = told([REVIEW], [other("2026. gada III cet. – vidusposma izvērtēšana", "2026-Q3")])
    assert said(change) == (
        "1.2.3.4: schedule entry “vidusposma izvērtēšana” slipped from 2026-Q1 to 2026-Q3 (181 days later)",
        "1.2.3.4. pasākuma laika grafika ieraksts „vidusposma izvērtēšana” pārcelts no 2026. gada "
        "1. ceturkšņa uz 2026. gada 3. ceturksni (par 181 dienu vēlāk)",
    )


def test_an_entry_in_other_words_on_the_same_days_is_one_change() -> None:
    (change,) = told([REVIEW], [other("2026. gada I cet. – vidusposma izvērtējuma publicēšana")])
    assert (change.kind, change.field) == ("field_changed", "milestones")
    found = told([REVIEW], [other("2026. gada III cet. – vidusposma izvērtējuma publicēšana", "2026-Q3")])
    assert sorted(change.kind for change in found) == ["milestone_added", "milestone_removed"]


def test_a_date_that_cannot_be_one_is_not_told_as_no_date() -> None:
    odd = "31.06.2025. – atlases uzsākšana"
    (change,) = diff(parse_page(page(START), None), parse_page(page(odd), None))
    assert said(change) == (
        f"1.2.3.4: start of selection has no date that can be read any more: “{odd}” (before: 2025-Q2)",
        f"1.2.3.4. pasākuma atlases uzsākšanas laiks vairs nav nolasāms: „{odd}” "
        "(iepriekš – 2025. gada 2. ceturksnī)",
    )

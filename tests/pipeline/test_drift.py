"""A page that is read worse and worse is noticed before the gate has to act; what an editor does is not."""

from __future__ import annotations

import random
import re

import pytest

from parsers.page import parse_page
from pipeline import gate
from pipeline.drift import FEWEST, KEPT, Series
from tests.pipeline.site import measure, page

KINDS = {"field_lost", "measures_lost", "measures_fell", "coverage_fell", "findings_rose", "layout_changed"}


class Expectations:
    min_measures = 0
    every_measure_has_amount = False
    eu_funding_between = None


def told(pages):
    """The alarms after each page; a page that the gate withholds is none of the series."""
    series, good, seen, withheld = Series(), None, [], 0
    for content in pages:
        read = parse_page(content.encode())
        if gate.judge(good, read, Expectations()):
            withheld += 1
            continue
        good = read
        series.take(read)
        seen.append(series.alarms())
    return seen, withheld


def kinds(seen):
    return {alarm.kind for alarms in seen for alarm in alarms}


def without(content: str, label: str, numbers) -> str:
    """The page with a label, or a value, that nobody can read in these measures."""
    parts = re.split(r"(?=<h3>)", content)
    for number in numbers:
        parts[number] = parts[number].replace(label, "Qwrtpsdf", 1)
    return "".join(parts)


def stable(count, measures=12):
    """The same words, every time in other bytes and with a word that comes and goes."""
    return [page(measures, more=f"<p>Atjaunots {number}. reizi.</p>") for number in range(count)]


def test_a_stable_page_gives_none():
    seen, withheld = told(stable(50))
    assert (kinds(seen), withheld) == (set(), 0)


def test_few_captures_give_none():
    worse = without(page(12), "Atbalsta mērķis", range(1, 7))
    seen, withheld = told([*stable(FEWEST - 1), worse])
    assert (kinds(seen), withheld) == (set(), 0)
    seen, _ = told([*stable(FEWEST), worse])
    assert "field_lost" in kinds(seen)


@pytest.mark.parametrize(
    ("label", "field"),
    [
        ("Atbalsta mērķis", "objective"),
        ("2025. gada I cet.", "milestones"),
        ("Kontaktinformācija", "contacts"),
        ("Plānotais ES fondu finansējums (eiro)", "eu_funding_eur"),
    ],
)
def test_a_slow_loss_is_a_warning_before_the_gate_acts(label, field):
    pages = stable(10, 20) + [without(page(20), label, range(1, lost)) for lost in range(2, 14)]
    seen, withheld = told(pages)
    assert withheld == 0
    first = next(place for place, alarms in enumerate(seen) if alarms)
    assert first <= 13
    assert kinds(seen[:10]) == set()
    lost = [one for one in seen[first + 1] if one.kind == "field_lost"]
    assert {(one.field, one.severity) for one in lost} >= {(field, "warning")}
    assert "steps" in lost[0].message


def test_measures_that_the_page_names_and_nobody_reads():
    def losing(count):
        parts = re.split(r"(?=<h3>)", page(15))
        for number in range(1, count + 1):
            parts[number] = re.sub(r"<p>(.*?)</p>", r"<p>Qwrt \1</p>", parts[number])
            parts[number] = "<p>" + re.sub(r"<.*?>", " ", parts[number]).replace("\n", " ") + "</p>"
        return "".join(parts)

    seen, withheld = told(stable(8, 15) + [losing(count) for count in range(1, 7)])
    assert withheld == 0
    assert "measures_lost" in kinds(seen)


def test_fewer_measures_in_as_much_text():
    gone = (3, 6, 8, 10, 11, 12)

    def in_sentences(count):
        line = "Piektajā kārtā skolas saņems atbalstu mācību vides uzlabošanai."
        prose = [f"<p>{line} {number}. daļa.</p>" * 4 for number in range(count)]
        return page(["".join(prose), *map(measure, range(count + 1, 21))])

    seen, withheld = told(stable(8, 20) + list(map(in_sentences, gone)))
    assert withheld == 0
    assert "measures_fell" in kinds(seen)
    honest = [page([*map(measure, range(count + 1, 21))]) for count in gone]
    assert kinds(told(stable(8, 20) + honest)[0]) == set()


def test_text_that_is_less_and_less_understood():
    def noise(count):
        return "".join(f"<p>zxqv wrtp {number}</p>" for number in range(count))

    seen, withheld = told(stable(8) + [page(12, more=noise(count)) for count in range(2, 60, 6)])
    assert withheld == 0
    assert "coverage_fell" in kinds(seen)
    warned = next(one for alarms in seen for one in alarms if one.kind == "coverage_fell")
    assert "%" in warned.message


def test_more_and_more_findings():
    def twice(count):
        return page(
            [
                measure(number, when="31.02.2025." if number <= count else "2025. gada I cet.")
                for number in range(1, 31)
            ]
        )

    seen, withheld = told(stable(8, 30) + [twice(count) for count in range(2, 12, 2)])
    assert withheld == 0
    assert "findings_rose" in kinds(seen)


def test_a_new_layout_that_harms_nothing_is_a_note_once():
    table = page(12).replace("<h3>", "<p><b>").replace("</h3>", "</b></p>")
    seen, withheld = told([*stable(8), table, table.replace("skolās", "skolās un pirmsskolās")])
    assert withheld == 0
    (note,) = seen[8]
    assert (note.kind, note.severity) == ("layout_changed", "info")
    assert seen[9] == []


def edited(rng: random.Random, measures: dict[int, dict[str, str]]) -> None:
    """One thing that an editor does in an ordinary week."""
    match rng.randrange(6):
        case 0:
            measures[max(measures, default=0) + 1] = {}
        case 1 if len(measures) > 8:
            del measures[rng.choice(sorted(measures))]
        case 2:
            measures[rng.choice(sorted(measures))]["amount"] = (
                f"{rng.randrange(1, 9)} {rng.randrange(100, 999)} 000"
            )
        case 3:
            when = f"{rng.randrange(2024, 2028)}. gada {rng.choice(['I', 'II', 'III', 'IV'])} cet."
            measures[rng.choice(sorted(measures))]["when"] = when
        case 4:
            measures[rng.choice(sorted(measures))]["title"] = (
                f"Mācību vides attīstība, {rng.randrange(99)}. posms"
            )
        case _:
            pass


@pytest.mark.parametrize("seed", range(8))
def test_a_year_of_honest_edits_gives_none(seed):
    rng = random.Random(seed)  # noqa: S311 - a test's edits are no secret
    measures = {number: {} for number in range(1, 13)}
    pages = []
    for week in range(52):
        edited(rng, measures)
        written = [measure(number, **facts) for number, facts in sorted(measures.items())]
        pages.append(page(written, more=f"<p>Atjaunots {week}. nedēļā.</p>"))
    seen, withheld = told(pages)
    assert (kinds(seen), withheld) == (set(), 0)


def test_a_single_measure_added_or_removed():
    for content in (page(13), page(11), page([*map(measure, range(2, 13))])):
        seen, _ = told([*stable(12), content])
        assert seen[-1] == []


def test_what_a_person_accepted_is_measured_by_nothing_before():
    series = Series()
    for content in stable(10):
        series.take(parse_page(content.encode()))
    series.take(parse_page(page(3).encode()), accepted=True)
    assert series.alarms() == []
    assert len(series.figures) == 1


def test_an_alarm_ends_when_the_loss_is_what_is_usual_or_mended():
    bad = [without(page(12, more=f"<p>{number}</p>"), "Atbalsta mērķis", range(1, 7)) for number in range(40)]
    seen, _ = told([*stable(10), *bad])
    assert kinds(seen[10:14]) == {"field_lost"} | (kinds(seen[10:14]) & {"findings_rose", "coverage_fell"})
    assert seen[-1] == []
    seen, _ = told([*stable(10), *bad[:3], page(12)])
    assert seen[-1] == []
    assert kinds(seen) <= KINDS


def test_only_so_much_is_kept():
    series = Series()
    for content in stable(KEPT + 20, 2):
        series.take(parse_page(content.encode()))
    assert len(series.figures) == KEPT + 1
    assert set(series.newest.fill) >= {"title", "milestones"}

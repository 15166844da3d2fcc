"""Applicants in other words: nobody is told to be off the list who still stands on it."""

from __future__ import annotations

import pytest

from parsers.records import Applicant, Measure
from pipeline.changes.compare import diff
from pipeline.changes.record import Change
from tests.factories_changes import page_of
from tests.pipeline.test_changes_examples import plain, said

CENTRES = "Pašvaldības, kas dibinājušas vispārējās izglītības iestādes (t.sk. pirmsskolas)"


def told(old: list[str], new: list[str]) -> list[Change]:
    measures: list[Measure] = [
        plain(applicants=tuple(Applicant(name, "other") for name in names)) for names in (old, new)
    ]
    return diff(page_of(measures[:1]), page_of(measures[1:]))


def reworded(old: str, new: str) -> tuple[str, str, str]:
    return "field_changed", old, new


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (["Biedrības", "Skolas"], ["Biedrības (vismaz trīs gadus)", "Skolas"],
         [reworded("Biedrības", "Biedrības (vismaz trīs gadus)")]),
        (["Labklājības ministrija sadarbībā ar „Altum”"], ["Labklājības ministrija"],
         [reworded("Labklājības ministrija sadarbībā ar „Altum”", "Labklājības ministrija")]),
        (["Pašvaldības, kas dibinājušas skolas"], ["Pašvaldības"],
         [reworded("Pašvaldības, kas dibinājušas skolas", "Pašvaldības")]),
        ([CENTRES], [CENTRES.partition(" (")[0]], [reworded(CENTRES, CENTRES.partition(" (")[0])]),
        (["Biedrības", "Nodibinājumi"], ["Biedrības un nodibinājumi"], []),
        (["Biedrības vai nodibinājumi"], ["Nodibinājumi", "Biedrības"], []),
        (["Biedrības", "Nodibinājumi"], ["Biedrības, nodibinājumi un kooperatīvi"],
         [reworded("Biedrības", "Biedrības, nodibinājumi un kooperatīvi"),
          reworded("Nodibinājumi", "Biedrības, nodibinājumi un kooperatīvi")]),
        (["VIAA"], ["Valsts izglītības attīstības aģentūra"],
         [reworded("VIAA", "Valsts izglītības attīstības aģentūra")]),
        (["SIA „Zaļie meži”"], ["Sabiedrība ar ierobežotu atbildību „Zaļie meži”"],
         [reworded("SIA „Zaļie meži”", "Sabiedrība ar ierobežotu atbildību „Zaļie meži”")]),
        (["Centrālā finanšu un līgumu aģentūra"], ["CFLA"],
         [reworded("Centrālā finanšu un līgumu aģentūra", "CFLA")]),
        (["Biedrības", "Nodibinājumi"], ["nodibinājumi", "biedrības"], []),
    ],
)  # fmt: skip
def test_in_other_words(old: list[str], new: list[str], expected: list[tuple[str, str, str]]) -> None:
    assert [(change.kind, change.old, change.new) for change in told(old, new)] == expected


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Rīgas Tehniskā universitāte", "Rīgas Stradiņa universitāte"),
        ("Valsts izglītības satura centrs", "Valsts izglītības attīstības aģentūra"),
        ("Pašvaldības", "Pašvaldību iestādes"),
        ("Valsts", "Valsts kanceleja"),
        ("Biedrības", "Komersanti, izņemot biedrības"),
        ("SIA „Zaļie meži”", "Sabiedrība ar ierobežotu atbildību „Baltie meži”"),
        ("VID", "Vides aizsardzības un reģionālās attīstības ministrija"),
    ],
)
def test_another_applicant_is_another(old: str, new: str) -> None:
    assert sorted(change.kind for change in told([old], [new])) == ["applicant_added", "applicant_removed"]


def test_the_sentence() -> None:
    (change,) = told(["Skolas"], ["Skolas, kas atrodas Latgalē"])
    assert not change.minor
    assert said(change) == (
        "1.2.3.4: the applicant “Skolas” is now given as “Skolas, kas atrodas Latgalē”",
        "1.2.3.4. pasākuma projektu iesniedzēju saraksta ieraksts „Skolas” mainīts uz „Skolas, kas atrodas "
        "Latgalē”",
    )

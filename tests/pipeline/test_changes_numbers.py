"""Measures that are numbered anew: an id that goes to another measure tells nothing of either."""

from __future__ import annotations

from decimal import Decimal

import pytest

from parsers.records import Measure
from pipeline.changes.compare import diff
from pipeline.changes.record import Change
from tests.factories_changes import page_of, stated
from tests.pipeline.test_changes_examples import plain

LIBRARIES = ("Bibliotēku telpu pilnveide reģionos", "12480300", "Uzlabot bibliotēku telpas un aprīkojumu.")
MUSEUMS = ("Muzeju krājumu digitalizācija", "7250000", "Digitalizēt krājumus un rādīt tos tiešsaistē.")
SENIORS = ("Digitālo prasmju mācības senioriem", "3100000", "Nodrošināt mācības senioriem tuvāk mājām.")
HERITAGE = ("Kultūras mantojums Latgalē", "1000000", "Saglabāt Latgales mantojumu.")


def measure(code: str, said: tuple[str, str, str]) -> Measure:
    title, amount, objective = said
    return stated(plain(code, title=title, objective=objective), Decimal(amount), None, "exact")


def told(old: list[Measure], new: list[Measure]) -> list[tuple[str, str | None, object, object]]:
    found = diff(page_of(old), page_of(new))
    return [(change.kind, change.measure_id, change.old, change.new) for change in found]


def renumbered(old: str, new: str) -> tuple[str, str, str, str]:
    return "measure_renumbered", new, old, new


def test_two_measures_change_numbers() -> None:
    old = [measure("1.1.1.1", LIBRARIES), measure("1.1.1.2", MUSEUMS)]
    new = [measure("1.1.1.1", MUSEUMS), measure("1.1.1.2", LIBRARIES)]
    assert told(old, new) == [renumbered("1.1.1.2", "1.1.1.1"), renumbered("1.1.1.1", "1.1.1.2")]


def test_one_put_in_before_the_others() -> None:
    old = [measure("1.1.1.1", LIBRARIES), measure("1.1.1.2", MUSEUMS)]
    new = [measure("1.1.1.1", HERITAGE), measure("1.1.1.2", LIBRARIES), measure("1.1.1.3", MUSEUMS)]
    came = [("measure_added", "1.1.1.1", None, None)]
    moved = [renumbered("1.1.1.1", "1.1.1.2"), renumbered("1.1.1.2", "1.1.1.3")]
    assert told(old, new) == came + moved


def test_one_taken_out_before_the_others() -> None:
    old = [measure("1.1.1.1", HERITAGE), measure("1.1.1.2", LIBRARIES), measure("1.1.1.3", MUSEUMS)]
    new = [measure("1.1.1.1", LIBRARIES), measure("1.1.1.2", MUSEUMS)]
    assert sorted(kind for kind, *_ in told(old, new)) == [
        "measure_removed", "measure_renumbered", "measure_renumbered",
    ]  # fmt: skip


def test_another_title_alone_is_another_title() -> None:
    """Nothing of it stands under another id, so that the id says which measure it is."""
    old = [measure("1.1.1.1", LIBRARIES), measure("1.1.1.2", MUSEUMS)]
    new = [measure("1.1.1.1", HERITAGE), measure("1.1.1.2", MUSEUMS)]
    assert {kind for kind, *_ in told(old, new)} == {"title_changed", "funding_changed", "text_changed"}


def test_titles_that_stand_several_times_tell_no_measure() -> None:
    """Rounds share their title: round 2 with other figures and objective is no round 1 numbered anew."""
    said = LIBRARIES[0]
    first = measure("1.1.1.1/1", (said, "100", "Iegādāties datorus skolām visā Latvijā."))
    second = measure("1.1.1.1/2", (said, "200", "Iegādāties tāfeles skolām visā Latvijā."))
    third = measure("1.1.1.1/3", (said, "300", "Iegādāties galdus skolām visā Latvijā."))
    assert told([first, second], [first, third]) == [
        ("measure_removed", "1.1.1.1/2", None, None), ("measure_added", "1.1.1.1/3", None, None),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("new", "also"),
    [
        ((MUSEUMS[0], "8000000", "Digitalizēt krājumus."), ["funding_changed", "text_changed"]),
        (("Muzeju un arhīvu krājumu digitalizācija", *MUSEUMS[1:]), ["title_changed"]),
    ],
)
def test_a_number_and_something_else_at_once(new: tuple[str, str, str], also: list[str]) -> None:
    found: list[Change] = diff(page_of([measure("1.1.1.2", MUSEUMS)]), page_of([measure("1.1.1.7", new)]))
    assert [change.kind for change in found] == ["measure_renumbered", *also]


def test_a_new_measure_in_place_of_one_is_no_new_number() -> None:
    gone, come = measure("1.1.1.2", MUSEUMS), measure("1.1.1.7", HERITAGE)
    assert [kind for kind, *_ in told([gone], [come])] == ["measure_removed", "measure_added"]

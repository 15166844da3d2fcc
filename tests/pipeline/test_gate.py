"""What is withheld, and what is an ordinary edit."""

from decimal import Decimal
from typing import NamedTuple

import pytest

from parsers.page import parse_page
from pipeline.gate import judge
from tests.pipeline.site import measure, page


class Expected(NamedTuple):
    min_measures: int = 0
    every_measure_has_amount: bool = False
    eu_funding_between: tuple[Decimal, Decimal] | None = None


NOTHING = Expected()
BEFORE = parse_page(page(10))
NOISE = "<p>" + "</p><p>".join(f"Zzz {number} qqq" for number in range(300)) + "</p>"


def reasons(markup: str | bytes, source: Expected = NOTHING, before: object = BEFORE) -> str:
    return "; ".join(judge(before, parse_page(markup), source))


def test_the_same_page_passes():
    assert judge(BEFORE, BEFORE, NOTHING) == []
    assert reasons(page(10)) == ""


@pytest.mark.parametrize(
    "edited",
    [
        page(9),
        page(8),
        page(13),
        page([measure(number + 10, title=f"Vide, {number}. daļa") for number in range(1, 11)]),
        page([measure(1, amount="tiks precizēts"), *(measure(number) for number in range(2, 11))]),
        page([measure(number, amount="2 000 000", when="2027. gada IV cet.") for number in range(1, 11)]),
        page(
            10, more="<p>Atbalsts paredzēts skolām, kas uzlabo mācību vidi un sadarbojas ar pašvaldībām.</p>"
        ),
    ],
    ids=[
        "one gone",
        "a fifth gone",
        "three new",
        "all renumbered",
        "one amount gone",
        "all values new",
        "text",
    ],
)
def test_an_edit_passes(edited):
    titled = parse_page(page([measure(number, title=f"Vide, {number}. daļa") for number in range(1, 11)]))
    assert reasons(edited, before=titled if "Vide," in edited else BEFORE) == ""


@pytest.mark.parametrize(
    ("wreck", "reason"),
    [
        (page(0), "it has no measure, before there were 10"),
        (page(7), "3 of 10 measures are gone"),
        (page(10, language="en"), "its language is en, before it was lv"),
        (page(10)[:-60], "it ends in the middle, after"),
        (page(10, more=NOISE), "of its text is understood, before it was 100 %"),
        (b"", "the capture holds no text at all"),
        (b"   \n", "the capture holds no text at all"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, "the capture is no text"),
        ("<html><body><h1>404 Not Found</h1></body></html>", "this looks like an error or login page"),
        ("<html lang='lv'><body><h1>Pieslēgties</h1><p>Parole</p></body></html>", "error or login page"),
    ],
)
def test_a_wreck_is_withheld_with_figures(wreck, reason):
    assert reason in reasons(wreck)


def test_amounts_that_nobody_can_read_any_more():
    unread = [measure(number, amount="skatīt pielikumu") for number in range(1, 11)]
    assert "10 of 10 measures that had an amount have none" in reasons(page(unread))


def test_a_page_of_one_measure_that_loses_it():
    assert "no measure, before there were 1" in reasons(page(0), before=parse_page(page(1)))


def test_a_first_capture_needs_only_to_be_a_page():
    assert reasons(page(0), before=None) == ""
    assert "error or login page" in reasons("<h1>Access denied</h1>", before=None)


def test_what_was_let_through_once_is_no_reason_again():
    cut = parse_page(page(10, end=" "))
    assert judge(cut, parse_page(page(10, more="<p>x</p>", end=" ")), NOTHING) == []


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        (Expected(min_measures=11), "it has 10 measures, sources.toml expects at least 11"),
        (
            Expected(eu_funding_between=(Decimal(1), Decimal(9_999_999))),
            "its EU funding adds up to €10,000,000, sources.toml expects between €1 and €9,999,999",
        ),
        (Expected(10, True, (Decimal(10_000_000), Decimal(10_000_000))), ""),
    ],
)
@pytest.mark.parametrize("before", [BEFORE, None])
def test_expectations_hold_for_every_capture(source, reason, before):
    assert reasons(page(10), source, before) == reason


def test_every_measure_has_an_amount():
    two = [measure(1, amount="tiks precizēts"), measure(2)]
    wanted = "4.9.9.1 has no amount, sources.toml expects one of every measure"
    assert reasons(page(two), Expected(every_measure_has_amount=True), None) == wanted

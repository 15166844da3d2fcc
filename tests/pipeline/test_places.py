"""Where a report's links lead: to the words of the measure that a change is about."""

from __future__ import annotations

from urllib.parse import unquote

from parsers.page import parse_page
from pipeline.changes.compare import diff
from pipeline.reports.places import items

FIRST, SECOND, THIRD = "Jūras krastu stiprināšana", "Upju krastu stiprināšana", "Ezeru krastu stiprināšana"


def page(*steps: str, amounts: tuple[str, str, str] = ("13 100 000", "5 000 000", "5 000 000")) -> str:
    body = "".join(
        f"<h3>1.1.1.{number}. {title}</h3><h4>Plānotais ES fondu finansējums (eiro)</h4><p>{amount}</p>"
        f"<h4>Pasākuma laika grafiks</h4><p>{step}</p><h4>Projektu atlases veids</h4><p>Atklāta atlase</p>"
        for number, (title, amount, step) in enumerate(
            zip((FIRST, SECOND, THIRD), amounts, steps, strict=True), start=1
        )
    )
    return f"<html lang=lv><body><main><h1>Krasti</h1>{body}</main></body></html>"


def places(old: str, new: str) -> list[str]:
    pages = parse_page(old, None), parse_page(new, None)
    return [unquote(item.new_place.partition("=")[2]) for item in items(diff(*pages), *pages)]


def test_equal_words_are_those_of_their_measure() -> None:
    early, late = "2025. gada I cet. – atlases uzsākšana", "2025. gada III cet. – atlases uzsākšana"
    assert places(page(early, early, early), page(late, late, late)) == [
        late,
        f"1.1.1.2. {SECOND},{late}",
        f"1.1.1.3. {THIRD},{late}",
    ]


def test_words_that_stand_before_them_are_enough() -> None:
    text = "<html lang=lv><body><main>{}</main></body></html>".format(
        "".join(
            f"<h3>1.1.1.{number}. {title}</h3><p>ES fondu finansējums, {title}: {{}} EUR</p>"
            for number, title in enumerate((FIRST, SECOND), start=1)
        )
    )
    old, new = text.format("7 000 000", "5 000 000"), text.format("7 000 000", "7 000 000")
    assert places(old, new) in ([f"finansējums, {SECOND}:-,7 000 000 EUR"], [f", {SECOND}:-,7 000 000 EUR"])


def test_a_sum_within_a_larger_one_is_another() -> None:
    step = "2025. gada I cet. – atlases uzsākšana"
    old = page(step, step, step)
    assert places(old, page(step, step, step, amounts=("13 100 000", "3 100 000", "5 000 000"))) == [
        "3 100 000"
    ]
    assert places(old, page(step, step, step, amounts=("13 100 000", "100 000", "5 000 000"))) == ["100 000"]
    found = places(old, page(step, step, step, amounts=("13 100 000", "5 000 000", "13 100 000")))
    assert found == [f"1.1.1.3. {THIRD},13 100 000"]

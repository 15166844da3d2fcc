"""Amounts that are printed otherwise: rounded, as a range, in another notation within running text."""

from __future__ import annotations

from decimal import Decimal

import pytest

from parsers.page import parse_page
from parsers.records import Funding, Headline, Measure
from pipeline.changes.compare import diff
from pipeline.changes.notation import same_but_notation
from pipeline.changes.record import Change
from pipeline.reports.places import items
from tests.factories_changes import page_of
from tests.pipeline.test_changes_examples import plain, said

LV = "1.2.3.4. pasākuma ES fondu finansējums"


def priced(text: str, amount: str, high: str | None = None, qualifier: str = "exact") -> Measure:
    figures = Decimal(amount), Decimal(high) if high else None, qualifier
    row = Funding("eu_total", *figures, text)
    return plain(
        funding=(row,), eu_funding_eur=figures[0], eu_funding_max_eur=figures[1], funding_qualifier=qualifier
    )


def told(old: Measure, new: Measure) -> list[Change]:
    return diff(page_of([old]), page_of([new]))


EXACT = priced("42 248 895", "42248895")


@pytest.mark.parametrize(
    ("text", "amount"),
    [("42,25 milj. eiro", "42250000"), ("42,2 milj.", "42200000"), ("42 249 tūkst. eiro", "42249000")],
)
def test_rounded_is_neither_more_nor_less(text: str, amount: str) -> None:
    coarse = priced(text, amount)
    (change,) = told(EXACT, coarse)
    assert (change.kind, change.field, change.new) == ("funding_changed", "eu_funding_eur", Decimal(amount))
    assert said(change) == (
        f"1.2.3.4: EU funding is now given rounded: “{text}” (before: €42,248,895)",
        f"{LV} tagad norādīts noapaļoti: „{text}” (iepriekš – 42 248 895 eiro)",
    )
    (change,) = told(coarse, EXACT)
    assert said(change) == (
        f"1.2.3.4: EU funding is now given more exactly: €42,248,895 (before: “{text}”)",
        f"{LV} tagad norādīts precīzāk: 42 248 895 eiro (iepriekš – „{text}”)",
    )


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("42,3 milj. eiro", "42300000"),
        ("42 250 000", "42250000"),
        ("42.248.000", "42248000"),
        ("43 milj.", "43000000"),
    ],
)
def test_another_amount_is_one(text: str, amount: str) -> None:
    (change,) = told(EXACT, priced(text, amount))
    assert " from €42,248,895 to €" in said(change)[0]


def test_a_range_in_place_of_an_amount_is_one_change_and_no_fall() -> None:
    (change,) = told(EXACT, priced("40–45 milj.", "40000000", "45000000", "range"))
    assert [also.field for also in change.also] == ["eu_funding_max_eur", "funding_qualifier"]
    assert said(change) == (
        "1.2.3.4: EU funding is now given as €40,000,000 to €45,000,000 (before: €42,248,895)",
        f"{LV} tagad norādīts kā „no 40 000 000 līdz 45 000 000 eiro” (iepriekš – „42 248 895 eiro”)",
    )
    (change,) = told(priced("40–45 milj.", "40000000", "45000000", "range"), EXACT)
    assert "fell" not in said(change)[0]
    assert "grew" not in said(change)[0]


PAGE = (
    "<html lang=lv><body><main><h3>1.2.3.4. Jūras krastu stiprināšana ostās</h3>"
    "<h4>Plānotais ES fondu finansējums (eiro)</h4><p>1 000 000*</p>"
    "<h4>Cita informācija</h4><p>*ieskaitot elastības finansējumu</p></main></body></html>"
)


def test_the_words_about_flexibility_funding_are_shown() -> None:
    old, new = (parse_page(text, None) for text in (PAGE, PAGE.replace("*ieskaitot", "*neieskaitot")))
    (change,) = diff(old, new)
    assert (change.field, change.old, change.new) == ("flexibility_funding", "included", "excluded")
    assert change.old_text == "*ieskaitot elastības finansējumu"
    assert change.new_text == "*neieskaitot elastības finansējumu"
    (item,) = items([change], old, new)
    assert "elast" in item.new_place
    (change,) = diff(old, parse_page(PAGE.replace("*ieskaitot elastības finansējumu", ""), None))
    assert (change.new, change.old_text, change.new_text) == (None, "*ieskaitot elastības finansējumu", None)


def parts(*amounts: str) -> list[Measure]:
    return [
        plain(f"1.2.3.4/{number}", eu_funding_eur=Decimal(amount), funding_qualifier="exact")
        for number, amount in enumerate(amounts, start=1)
    ]


def test_the_money_of_parts_together() -> None:
    (change,) = diff(page_of([EXACT]), page_of(parts("20000000", "23000000")))
    assert said(change) == (
        "1.2.3.4: measure “Jūras krastu stiprināšana ostās” was split into 1.2.3.4/1 (€20,000,000) and "
        "1.2.3.4/2 (€23,000,000); their EU funding together grew from "
        "€42,248,895 to €43,000,000 (up €751,105 or 1.78%)",
        "Pasākums 1.2.3.4 „Jūras krastu stiprināšana ostās” sadalīts kārtās: tagad 1.2.3.4/1 "
        "(20 000 000 eiro) un 1.2.3.4/2 (23 000 000 eiro); to kopējais ES fondu "
        "finansējums palielināts no 42 248 895 eiro līdz 43 000 000 eiro "
        "(par 751 105 eiro jeb 1,78%)",
    )
    (change,) = diff(page_of(parts("20000000", "22248895")), page_of([EXACT]))
    assert said(change)[0] == (
        "1.2.3.4: measure “Jūras krastu stiprināšana ostās” was merged from 1.2.3.4/1 (€20,000,000) and "
        "1.2.3.4/2 (€22,248,895)"
    )


def test_a_split_is_told_with_the_title_of_the_whole() -> None:
    towns, regions = (
        plain(f"1.2.3.4.{number}", title=f"Jūras krastu stiprināšana {where}")
        for number, where in ((1, "pilsētās"), (2, "novados"))
    )
    (change,) = diff(page_of([plain()]), page_of([towns, regions]))
    assert said(change)[1] == (
        "Pasākums 1.2.3.4 „Jūras krastu stiprināšana ostās” sadalīts: tagad 1.2.3.4.1 un 1.2.3.4.2"
    )


def headline(amount: str, qualifier: str = "exact", high: str | None = None) -> Headline:
    figures = Decimal(amount), Decimal(high) if high else None, qualifier
    return Headline("Skolām", *figures, None, includes_national=False, text=f"{qualifier} {amount}")


@pytest.mark.parametrize(
    ("old", "new", "english", "latvian"),
    [
        (None, headline("5000000", "up_to"), "The figure “Skolām” is new: up to €5 million",
         "Lapā tagad norādīta summa „Skolām”: līdz 5 miljoniem eiro"),
        (headline("1000000", "approximate"), None,
         "The figure “Skolām” is no longer stated (it was about €1 million)",
         "Lapā vairs nav norādīta summa „Skolām” (iepriekš – aptuveni 1 miljons eiro)"),
        (headline("4000000"), headline("3000000", "range", "5100000"),
         "The figure “Skolām” is now given as €3 million to €5.1 million (before: €4 million)",
         "Lapā norādītā summa „Skolām” tagad ir no 3 miljoniem eiro līdz 5,1 miljonam eiro "
         "(iepriekš – 4 miljoni eiro)"),
        (headline("4000000"), headline("5000000"),
         "The figure “Skolām” grew from €4 million to €5 million (up €1 million or 25%)",
         "Lapā norādītā summa „Skolām” palielināta no 4 miljoniem eiro līdz 5 miljoniem eiro "
         "(par 1 miljonu eiro jeb 25%)"),
    ],
)  # fmt: skip
def test_what_is_said_of_a_headline(
    old: Headline | None, new: Headline | None, english: str, latvian: str
) -> None:
    sides = [page_of([], [one] if one else []) for one in (old, new)]
    assert said(diff(*sides)[0]) == (english, latvian)


@pytest.mark.parametrize(
    ("old", "new", "same"),
    [
        ("Plānoti 231,3 milj. eiro skolām", "Plānoti 231 300 000 EUR skolām", True),
        ("Plānoti 231,3 milj. eiro skolām", "Plānoti 231,4 milj. eiro skolām", False),
        ("Sākot ar 2025. gada I cet.", "Sākot ar 2025. gada 1. ceturksni", True),
        ("Sākot ar 2025. gada I cet.", "Sākot ar 2025. gada 2. ceturksni", False),
        ("Līdz 31.12.2026.", "Līdz 2026. gada 31. decembrim", True),
        ("Vairāk nekā 3 milj. eiro", "Vismaz 3 000 000 eiro", False),
        ("Trīs skolas", "Četras skolas", False),
        (None, "3 milj. eiro", False),
    ],
)
def test_notation_in_running_text(old: str | None, new: str | None, same: bool) -> None:
    assert same_but_notation(old, new) is same
    measures = [plain(other_info=text) for text in (old, new)]
    assert (told(*measures) == []) is same

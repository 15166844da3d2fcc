"""Single changes as a reader meets them: what is a change, what kind, how it is said."""

from __future__ import annotations

import time
from decimal import Decimal
from typing import Any

import pytest
import simplejson

from parsers.records import (
    Applicant,
    Contact,
    Funding,
    Headline,
    Link,
    Measure,
    Milestone,
    Narrative,
    Page,
)
from pipeline.changes import versions
from pipeline.changes.compare import diff
from pipeline.changes.filters import Filter, matches
from pipeline.changes.record import Change, without_contact
from pipeline.changes.written import json_change, sentence
from tests.factories_changes import a_measure, a_page, page_of, seeded, stated
from tests.replay_changes import days

NBSP = "\u00a0"


def plain(code: str = "1.2.3.4", **values: Any) -> Measure:
    number = code.partition("/")
    empty = Measure(
        code, number[0], int(number[2]) if number[2] else None, "1.2.3", "Jūras krastu stiprināšana ostās",
        None, None, None, None, None, None, None, None, None, None, (), (), (), (), (), 0, 0,
    )  # fmt: skip
    return empty._replace(**values)


def money(amount: str, high: str | None = None, qualifier: str = "exact", code: str = "1.2.3.4") -> Measure:
    return stated(plain(code), Decimal(amount), Decimal(high) if high else None, qualifier)


def step(kind: str, period: str, text: str | None = None) -> Milestone:
    return Milestone(kind, period, "", *days(period), text or f"{period} – {kind}")


def changes(old: Measure, new: Measure) -> list[Change]:
    return diff(page_of([old]), page_of([new]), "avots")


def only(old: Measure, new: Measure) -> Change:
    (change,) = changes(old, new)
    assert change.source == "avots"
    assert all(new.measure_id in sentence(change, language) for language in ("en", "lv"))
    return change


def said(change: Change) -> tuple[str, str]:
    return sentence(change, "en"), sentence(change, "lv").replace(NBSP, " ")


def moved(old: str, new: str, kind: str = "selection_start", code: str = "1.2.3.4") -> Change:
    return only(plain(code, milestones=(step(kind, old),)), plain(code, milestones=(step(kind, new),)))


MOVES = [
    ("2024-Q4", "2025-Q1", "milestone_moved", 92,
     "1.2.3.4: start of selection slipped from 2024-Q4 to 2025-Q1 (92 days later)",
     "1.2.3.4. pasākuma atlases uzsākšana pārcelta no 2024. gada 4. ceturkšņa uz 2025. gada 1. ceturksni "
     "(par 92 dienām vēlāk)"),
    ("2025-Q1", "2024-Q4", "milestone_moved", -92,
     "1.2.3.4: start of selection was brought forward from 2025-Q1 to 2024-Q4 (92 days earlier)",
     "1.2.3.4. pasākuma atlases uzsākšana pārcelta no 2025. gada 1. ceturkšņa uz 2024. gada 4. ceturksni "
     "(par 92 dienām agrāk)"),
    ("2025-03-01", "2025-03-02", "milestone_moved", 1,
     "1.2.3.4: start of selection slipped from 1 March 2025 to 2 March 2025 (1 day later)",
     "1.2.3.4. pasākuma atlases uzsākšana pārcelta no 2025. gada 1. marta uz 2025. gada 2. martu "
     "(par 1 dienu vēlāk)"),
    ("2025-04-01", "2025-04-22", "milestone_moved", 21,
     "1.2.3.4: start of selection slipped from 1 April 2025 to 22 April 2025 (21 days later)",
     "1.2.3.4. pasākuma atlases uzsākšana pārcelta no 2025. gada 1. aprīļa uz 2025. gada 22. aprīli "
     "(par 21 dienu vēlāk)"),
    ("2025-08", "2025-12", "milestone_moved", 122,
     "1.2.3.4: start of selection slipped from August 2025 to December 2025 (122 days later)",
     "1.2.3.4. pasākuma atlases uzsākšana pārcelta no 2025. gada augusta uz 2025. gada decembri "
     "(par 122 dienām vēlāk)"),
    ("2025-H1", "2026", "milestone_moved", 365,
     "1.2.3.4: start of selection slipped from 2025-H1 to 2026 (365 days later)",
     "1.2.3.4. pasākuma atlases uzsākšana pārcelta no 2025. gada 1. pusgada uz 2026. gadu "
     "(par 365 dienām vēlāk)"),
    ("2023-Q4", "2024-Q1/2024-Q2", "milestone_moved", 92,
     "1.2.3.4: start of selection slipped from 2023-Q4 to 2024-Q1 – 2024-Q2 (92 days later)",
     "1.2.3.4. pasākuma atlases uzsākšana pārcelta no 2023. gada 4. ceturkšņa uz laikposmu "
     "no 2024. gada 1. ceturkšņa līdz 2024. gada 2. ceturksnim (par 92 dienām vēlāk)"),
    ("2025-Q1", "2025-02-15", "milestone_made_precise", 45,
     "1.2.3.4: start of selection is now set for 15 February 2025 (before: 2025-Q1)",
     "1.2.3.4. pasākuma atlases uzsākšanas laiks precizēts: 2025. gada 15. februārī "
     "(iepriekš – 2025. gada 1. ceturksnī)"),
    ("2025-05", "2025", "milestone_made_vague", -120,
     "1.2.3.4: start of selection is now given less precisely: 2025 (before: May 2025)",
     "1.2.3.4. pasākuma atlases uzsākšanas laiks tagad norādīts mazāk precīzi: 2025. gadā "
     "(iepriekš – 2025. gada maijā)"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "kind", "delta", "english", "latvian"), MOVES)
def test_a_step_of_the_schedule(
    old: str, new: str, kind: str, delta: int, english: str, latvian: str
) -> None:
    change = moved(old, new)
    assert (change.kind, change.field, change.old, change.new) == (kind, "selection_start", old, new)
    assert change.delta_days == delta
    assert said(change) == (english, latvian)


def test_participles_agree_and_a_round_keeps_its_id() -> None:
    change = moved("2026-12-31", "2027-12-31", "completion", "1.2.3.4/2")
    assert said(change) == (
        "1.2.3.4/2: completion slipped from 31 December 2026 to 31 December 2027 (365 days later)",
        "1.2.3.4. pasākuma 2. kārtas (1.2.3.4/2) īstenošanas noslēgums pārcelts no 2026. gada 31. decembra "
        "uz 2027. gada 31. decembri (par 365 dienām vēlāk)",
    )


def test_the_same_days_in_another_notation_are_no_change() -> None:
    old = step("completion", "2025-Q1", "2025. gada I cet. – projekta noslēgums")
    new = step("completion", "2025-01/2025-03", "2025. gada janvāris–marts – projekta noslēgums")
    assert changes(plain(milestones=(old,)), plain(milestones=(new,))) == []


def test_several_steps_of_one_kind_are_told_apart_by_what_they_say() -> None:
    old = (step("selection_start", "2024-Q1", "2024. gada I cet. – 1. kārtas atlase"),
           step("selection_start", "2024-Q2", "2024. gada II cet. – 2. kārtas atlase"))  # fmt: skip
    new = (step("selection_start", "2024-Q3", "2024. gada III cet. – 2. kārtas atlase"),
           step("selection_start", "2024-Q2", "2024. gada II cet. – 1. kārtas atlase"))  # fmt: skip
    found = changes(plain(milestones=old), plain(milestones=new))
    assert [(c.old, c.new) for c in found] == [("2024-Q1", "2024-Q2"), ("2024-Q2", "2024-Q3")]


def test_steps_of_other_kinds_are_what_they_say() -> None:
    old = plain(milestones=(step("other", "2025-Q1", "2025. gada I cet. – semināri iesniedzējiem"),))
    new = plain(milestones=(step("other", "2025-Q2", "2025. gada II cet. – semināri iesniedzējiem"),))
    assert only(old, new).kind == "milestone_moved"
    unlike = plain(milestones=(step("other", "2025-Q1", "2025. gada I cet. – būvdarbu pieņemšana"),))
    assert [c.kind for c in changes(old, unlike)] == ["milestone_added", "milestone_removed"]


MONEY = [
    (money("42248895"), money("43000000"), "eu_funding_eur", "751105", "1.78",
     "1.2.3.4: EU funding grew from €42,248,895 to €43,000,000 (up €751,105 or 1.78%)",
     "1.2.3.4. pasākuma ES fondu finansējums palielināts no 42 248 895 eiro līdz 43 000 000 eiro "
     "(par 751 105 eiro jeb 1,78%)"),
    (money("1000"), money("999.50"), "eu_funding_eur", "-0.50", "-0.05",
     "1.2.3.4: EU funding fell from €1,000 to €999.50 (down €0.50 or 0.05%)",
     "1.2.3.4. pasākuma ES fondu finansējums samazināts no 1 000 eiro līdz 999,50 eiro "
     "(par 0,50 eiro jeb 0,05%)"),
    (money("5000000", qualifier="up_to"), money("6000000", qualifier="up_to"),
     "eu_funding_eur", "1000000", "20.00",
     "1.2.3.4: EU funding grew by €1,000,000 or 20%: it was up to €5,000,000, now it is up to €6,000,000",
     "1.2.3.4. pasākuma ES fondu finansējums palielināts par 1 000 000 eiro jeb 20%: "
     "iepriekš līdz 5 000 000 eiro, tagad līdz 6 000 000 eiro"),
    (money("5000000"), money("5000000", qualifier="up_to"), "funding_qualifier", None, None,
     "1.2.3.4: EU funding is now given as up to €5,000,000 (before: €5,000,000)",
     "1.2.3.4. pasākuma ES fondu finansējums tagad norādīts kā „līdz 5 000 000 eiro” "
     "(iepriekš – „5 000 000 eiro”)"),
    (money("5000000"), money("5000000", "6000000", "range"), "eu_funding_max_eur", None, None,
     "1.2.3.4: EU funding is now given as €5,000,000 to €6,000,000 (before: €5,000,000)",
     "1.2.3.4. pasākuma ES fondu finansējums tagad norādīts kā „no 5 000 000 līdz 6 000 000 eiro” "
     "(iepriekš – „5 000 000 eiro”)"),
    (plain(), money("12571500"), "eu_funding_eur", None, None,
     "1.2.3.4: EU funding is now stated: €12,571,500",
     "1.2.3.4. pasākuma ES fondu finansējums tagad ir norādīts: 12 571 500 eiro"),
    (plain(), money("12571500", qualifier="up_to"), "eu_funding_eur", None, None,
     "1.2.3.4: EU funding is now stated: up to €12,571,500",
     "1.2.3.4. pasākuma ES fondu finansējums tagad ir norādīts: līdz 12 571 500 eiro"),
    (money("4000000", "5000000", "range"), plain(), "eu_funding_eur", None, None,
     "1.2.3.4: EU funding is no longer stated (it was €4,000,000 to €5,000,000)",
     "1.2.3.4. pasākuma ES fondu finansējums vairs nav norādīts "
     "(iepriekš – no 4 000 000 līdz 5 000 000 eiro)"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "field", "delta", "percent", "english", "latvian"), MONEY)
def test_money(
    old: Measure, new: Measure, field: str, delta: str, percent: str, english: str, latvian: str
) -> None:
    change = only(old, new)
    assert (change.kind, change.field) == ("funding_changed", field)
    assert change.delta_eur == (Decimal(delta) if delta else None)
    assert change.delta_percent == (Decimal(percent) if percent else None)
    assert said(change) == (english, latvian)


def test_a_fund_beside_others_keeps_its_qualifier() -> None:
    def parts(amount: str) -> Measure:
        rows = (
            Funding("eu_total", Decimal(100), None, "exact", "100"),
            Funding("erdf", Decimal(amount), None, "up_to", f"līdz {amount}"),
        )
        return money("100")._replace(funding=rows)

    change = only(parts("40"), parts("60"))
    assert (change.field, change.delta_eur) == ("funding.erdf", Decimal(20))
    assert said(change) == (
        "1.2.3.4: ERDF funding grew by €20 or 50%: it was up to €40, now it is up to €60",
        "1.2.3.4. pasākuma ERAF finansējums palielināts par 20 eiro jeb 50%: "
        "iepriekš līdz 40 eiro, tagad līdz 60 eiro",
    )


def test_a_measure_that_comes_or_goes_keeps_its_qualifier() -> None:
    one = money("40", qualifier="up_to")
    (added,) = diff(page_of([]), page_of([one]), "avots")
    (removed,) = diff(page_of([one]), page_of([]), "avots")
    assert "up to €40 of EU funding" in sentence(added, "en")
    assert f"plānotais ES fondu finansējums ir līdz 40{NBSP}eiro" in sentence(added, "lv")
    assert "(its EU funding was up to €40)" in sentence(removed, "en")
    assert f"(plānotais ES fondu finansējums bija līdz 40{NBSP}eiro)" in sentence(removed, "lv")


def test_no_percentage_of_nothing() -> None:
    change = only(money("0"), money("100"))
    assert (change.delta_eur, change.delta_percent) == (Decimal(100), None)


def test_one_printed_amount_is_one_change_whatever_columns_hold_it() -> None:
    def erdf(amount: str) -> Measure:
        value = Decimal(amount)
        return money(amount)._replace(funding=(Funding("erdf", value, None, "exact", amount),))

    change = only(erdf("100"), erdf("150"))
    assert change.field == "eu_funding_eur"
    assert [(also.field, also.new) for also in change.also] == [("funding.erdf", Decimal(150))]


def test_a_split_into_funds_with_the_same_total_is_no_change_of_the_total() -> None:
    parts = tuple(Funding(fund, Decimal(50), None, "exact", "50") for fund in ("erdf", "esf_plus"))
    found = changes(money("100"), money("100")._replace(funding=(*money("100").funding, *parts)))
    assert [c.field for c in found] == ["funding.erdf", "funding.esf_plus"]


def test_what_money_does_to_the_totals() -> None:
    old = [money("100", code="1.1.1.1")._replace(theme="A"), money("50", code="1.1.1.2")._replace(theme="B")]
    new = [money("130", code="1.1.1.1")._replace(theme="A"), old[1]]
    (change,) = diff(page_of(old), page_of(new))
    assert change.totals is not None
    assert change.totals._asdict() == {
        "page_old": 150, "page_new": 180, "theme": "A", "theme_old": 100, "theme_new": 130,
    }  # fmt: skip


EVA = Contact("Eva Liepa", "+37160000001", "eva.liepa@example.org")
ANNA = Contact("Anna Osis", "+37160000002", "anna.osis@example.org")
CONTACTS = [
    ("another phone", EVA, EVA._replace(phone="+37160000009"), ["contact_changed"]),
    ("another address", EVA, EVA._replace(email="eva@example.org"), ["contact_changed"]),
    ("married", EVA, Contact("Eva Kalna", EVA.phone, EVA.email), ["contact_changed"]),
    ("replaced", EVA, ANNA, ["contact_added", "contact_removed"]),
    ("replaced at the same desk", EVA, ANNA._replace(phone=EVA.phone), ["contact_added", "contact_removed"]),
    ("replaced behind an office's address", EVA._replace(email="pasts@example.org"),
     ANNA._replace(email="pasts@example.org"), ["contact_added", "contact_removed"]),
    ("typing error", EVA, EVA._replace(name="Eva Liepaa"), ["contact_changed"]),
    ("name left out", EVA, EVA._replace(name=None), ["contact_changed"]),
    ("another case", EVA, EVA._replace(email="Eva.Liepa@example.org"), []),
]  # fmt: skip


@pytest.mark.parametrize(("why", "old", "new", "kinds"), CONTACTS)
def test_contacts(why: str, old: Contact, new: Contact, kinds: list[str]) -> None:
    found = changes(plain(contacts=(old,)), plain(contacts=(new,)))
    assert [c.kind for c in found] == kinds, why
    for change in found:
        for private in filter(None, (*old[:3], *new[:3])):
            assert private not in sentence(change, "en") + sentence(change, "lv")
        assert (without_contact(change).old, without_contact(change).new) == (None, None)


def test_applicants() -> None:
    def names(*all_names: str) -> Measure:
        return plain(applicants=tuple(Applicant(name, "other") for name in all_names))

    assert changes(names("Ostas", "SIA “Krasts”"), names("SIA „Krasts”", "ostas".title(), "Ostas;")) == []
    change = only(names("Pašvaldibas"), names("Pašvaldības"))
    assert (change.kind, change.field, change.minor) == ("field_changed", "applicants", True)
    kinds = [c.kind for c in changes(names("VID"), names("LAD"))]
    assert kinds == ["applicant_added", "applicant_removed"]
    assert said(changes(names("VID"), names("VID", "Ostas"))[0]) == (
        "1.2.3.4: “Ostas” may now apply",
        "1.2.3.4. pasākuma projektu iesniedzēju saraksts papildināts: „Ostas”",
    )


SAME_WORDS = [
    ("Vides “zaļā” pārvalde – 2021-2027", "Vides „zaļā” pārvalde - 2021–2027."),
    ("viens;\ndivi.", "• viens\n• divi"),
    ("viens\ndivi", "1. viens\n2) divi"),
    ("viens\ndivi", "divi\nviens"),
    ("a) viens\nb) divi", "viens,\ndivi"),
    ("12 000 eiro*", "12000 eiro¹"),
    ("kopā t.sk.:\n- viens", "kopā t.sk.: - viens"),
    ("Skatīt: https://example.org/a", "Skatīt:"),
    ("ne\u00adviens vārds", "neviens\u200b vārds"),
]


@pytest.mark.parametrize(("old", "new"), SAME_WORDS)
def test_typography_is_no_change(old: str, new: str) -> None:
    assert changes(plain(objective=old, title=old), plain(objective=new, title=new)) == []


OTHER_WORDS = [
    ("Atbalsts skolām un ostām", "Atbalsts skolam un ostām", True),
    ("Atbalsts skolām", "Atbalsts Skolām", True),
    ("Atbalsts skolām un", "Atbalsts, skolām un", True),
    ("Atbalsts 15 skolām", "Atbalsts 16 skolām", False),
    ("Izmaksas ir attiecināmas", "Izmaksas ir neattiecināmas", False),
    ("Atbalsts skolām", "Atbalsts ostām un pašvaldībām", False),
    ("1. posms\n2. posms", "1. posms\n3. posms", False),
]


@pytest.mark.parametrize(("old", "new", "minor"), OTHER_WORDS)
def test_other_words_are_a_change(old: str, new: str, minor: bool) -> None:
    assert only(plain(title=old), plain(title=new)).minor is minor
    change = only(plain(other_info=old), plain(other_info=new))
    assert (change.kind, change.minor, change.old, change.new) == ("text_changed", minor, old, new)
    assert change.word_diff
    assert said(change)[0].startswith("1.2.3.4: ")


def test_the_sentence_quotes_what_changed() -> None:
    old, new = "Atbalsts skolām pilsētās un laukos", "Atbalsts ostām pilsētās, laukos un salās"
    assert said(only(plain(objective=old), plain(objective=new))) == (
        "1.2.3.4: the wording was changed in the objective: “skolām” became “ostām”, and in 2 more places",
        "1.2.3.4. pasākuma sadaļā „Atbalsta mērķis” mainīts teksts: „skolām” aizstāts ar „ostām” "
        "un vēl 2 vietās",
    )


def test_structure() -> None:
    whole = money("90")
    parts = [money("30", code="1.2.3.4/1"), money("60", code="1.2.3.4/2")]
    (split,) = diff(page_of([whole]), page_of(parts))
    assert (split.kind, split.measure_id, split.old, split.new, split.delta_eur) == (
        "measure_split", "1.2.3.4", "1.2.3.4", "1.2.3.4/1, 1.2.3.4/2", 0,
    )  # fmt: skip
    assert said(split) == (
        "1.2.3.4: measure “Jūras krastu stiprināšana ostās” was split into 1.2.3.4/1 (€30) and "
        "1.2.3.4/2 (€60)",
        "Pasākums 1.2.3.4 „Jūras krastu stiprināšana ostās” sadalīts kārtās: tagad 1.2.3.4/1 (30 eiro) "
        "un 1.2.3.4/2 (60 eiro)",
    )
    (merged,) = diff(page_of(parts), page_of([whole]))
    assert (merged.kind, merged.measure_id) == ("measure_merged", "1.2.3.4")
    (moved_on,) = diff(page_of([whole]), page_of([money("90", code="1.2.3.5")]))
    assert (moved_on.kind, moved_on.measure_id, moved_on.old) == ("measure_renumbered", "1.2.3.5", "1.2.3.4")
    kinds = [c.kind for c in diff(page_of([whole]), page_of([money("90", code="1.2.3.4/1"), parts[1]]))]
    assert kinds == ["measure_renumbered", "measure_added"]


def test_renumbered_and_changed_at_once() -> None:
    old = money("90")._replace(objective="Viens mērķis un otrs", milestones=(step("completion", "2025-Q1"),))
    new = old._replace(measure_id="1.2.3.9", code="1.2.3.9", milestones=(step("completion", "2025-Q2"),))
    found = diff(page_of([old]), page_of([stated(new, Decimal(95), None, "exact")]))
    assert [(c.kind, c.measure_id) for c in found] == [
        ("measure_renumbered", "1.2.3.9"), ("funding_changed", "1.2.3.9"), ("milestone_moved", "1.2.3.9"),
    ]  # fmt: skip


def test_an_id_printed_twice_is_paired_by_content() -> None:
    one, other = money("10")._replace(title="Pirmais no abiem"), money("20")._replace(title="Otrais no abiem")
    assert diff(page_of([one, other]), page_of([other, one, other])) == []
    (change,) = diff(page_of([one, other]), page_of([stated(other, Decimal(25), None, "exact"), one]))
    assert (change.kind, change.old, change.new) == ("funding_changed", Decimal(20), Decimal(25))
    (gone,) = diff(page_of([one, other]), page_of([other]))
    assert (gone.kind, gone.before) == ("measure_removed", (one,))


def test_a_renamed_theme_is_one_change() -> None:
    old = [plain(f"1.1.1.{n}", theme="Zaļais kurss", title=f"Pasākums ostām {n}") for n in range(3)]
    new = [m._replace(theme="Zilais kurss") for m in old]
    (change,) = diff(page_of(old), page_of(new))
    assert (change.kind, change.measure_id, change.old, change.new) == (
        "theme_changed", None, "Zaļais kurss", "Zilais kurss",
    )  # fmt: skip
    assert matches(change, Filter(measures=("1.1.1.2",)))
    (one,) = diff(page_of(old), page_of([*old[:2], new[2]]))
    assert one.measure_id == "1.1.1.2"


HEADLINE = Headline(
    "Skolām", Decimal(231_300_000), None, "more_than", Decimal(33), includes_national=False, text="teksts"
)


def test_headlines() -> None:
    def page(*headlines: Headline, text: str = "") -> Page:
        return page_of([], headlines, [Narrative(None, None, 0, 0, text)])

    assert diff(page(HEADLINE, HEADLINE), page(HEADLINE)) == []
    new = HEADLINE._replace(amount_eur=Decimal(241_000_000), text="jauns teksts")
    (change,) = diff(page(HEADLINE, text="teksts"), page(new, text="jauns teksts"))
    assert said(change) == (
        "The figure “Skolām” grew by €9.7 million or 4.19%: it was more than €231.3 million, now it is "
        "more than €241 million",
        "Lapā norādītā summa „Skolām” palielināta par 9,7 miljoniem eiro jeb 4,19%: iepriekš vairāk nekā "
        "231,3 miljoni eiro, tagad vairāk nekā 241 miljons eiro",
    )
    renamed = HEADLINE._replace(label="Skolām un bērnudārziem")
    (change,) = diff(page(HEADLINE), page(renamed))
    assert (change.kind, change.field, change.old, change.new) == (
        "headline_changed", "label", "Skolām", "Skolām un bērnudārziem",
    )  # fmt: skip


def test_links() -> None:
    link = Link("http://example.org/noteikumi/", "regulation", "Noteikumi")
    same = Link("https://Example.org/noteikumi", "regulation", "https://example.org/noteikumi")
    assert changes(plain(links=(link,)), plain(links=(same, link))) == []
    other = link._replace(url="https://example.org/citi", text="MK noteikumi Nr. 5")
    found = changes(plain(links=(link,)), plain(links=(other,)))
    assert [c.kind for c in found] == ["link_added", "link_removed"]
    assert said(found[0])[1] == "1.2.3.4. pasākumam pievienota saite „MK noteikumi Nr. 5”"


def test_another_selection_type_is_told_once() -> None:
    old = plain(selection_type="restricted", selection_text="Ierobežota projektu iesniegumu atlase")
    new = plain(selection_type="open", selection_text="Atklāta projektu iesniegumu atlase")
    change = only(old, new)
    assert said(change) == (
        "1.2.3.4: project selection changed from restricted to open",
        "1.2.3.4. pasākuma projektu atlases veids mainīts no ierobežotas uz atklātu atlasi",
    )
    assert change.also[0].field == "selection_text"


def test_json_keeps_decimals_exact() -> None:
    row = json_change(only(money("0.1"), money("0.3")))
    text = simplejson.dumps(row, use_decimal=True)
    assert '"old": 0.1, "new": 0.3, "delta_eur": 0.2, "delta_percent": 200.00' in text
    assert list(row)[:12] == [
        "kind", "source", "measure_id", "field", "old", "new", "delta_eur", "delta_percent", "delta_days",
        "minor", "text_en", "text_lv",
    ]  # fmt: skip


def test_filters() -> None:
    slip, grew = moved("2024-Q4", "2025-Q1"), only(money("42248895"), money("43000000"))
    round_ = moved("2024-Q4", "2025-Q1", code="1.2.3.5/2")
    assert matches(slip, Filter(only=frozenset({"milestone_moved"})))
    assert not matches(grew, Filter(only=frozenset({"milestone_moved"})))
    assert matches(grew, Filter(min_eur=Decimal(751_105), min_days=30))
    assert not matches(grew, Filter(min_eur=Decimal(751_106)))
    assert not matches(slip, Filter(min_days=93))
    assert matches(slip, Filter(min_days=92, min_eur=Decimal(10**9)))
    assert matches(round_, Filter(measures=("1.2.3.*",)))
    assert matches(round_, Filter(measures=("9.*", "1.2.3.5")))
    assert not matches(slip, Filter(measures=("1.2.3.5",)))


def test_versions() -> None:
    first, second, gone = page_of([money("1")]), page_of([money("2")]), page_of([])
    shifted = page_of([money("1")._replace(start=7)])
    pages = [first, shifted, second, gone, first]
    standing: list[Measure] = []
    told = []
    for page in pages:
        done = versions.step(standing, page)
        told.append(
            ([standing[one].eu_funding_eur for one in done.ended], [one.eu_funding_eur for one in done.begun])
        )
        standing = [one for place, one in enumerate(standing) if place not in done.ended] + done.begun
    assert told == [([], [1]), ([], []), ([1], [2]), ([2], []), ([], [1])]


def test_nothing_is_slow_that_a_page_could_hold() -> None:
    begun = time.process_time()
    rng = seeded(3)
    same_id = [a_measure(rng, "1.1.1.1", None, None) for _ in range(300)]
    diff(page_of(same_id), page_of([m._replace(title=f"{m.title} x") for m in same_id]))
    long = " ".join(f"vārds{n}" for n in range(100_000))
    changes(plain(objective=long), plain(objective=long.replace("vārds5", "cits")))
    changes(plain(objective="un " * 100_000), plain(objective="un ne " * 90_000))
    people = tuple(Applicant(f"Biedrība numur {n} pilsētā", "ngo") for n in range(2000))
    changes(plain(applicants=people), plain(applicants=tuple(a._replace(name=a.name + "ii") for a in people)))
    steps = tuple(step("selection_start", f"{1900 + n}") for n in range(300))
    changes(plain(milestones=steps), plain(milestones=steps[::3]))
    assert time.process_time() - begun < 20


def test_what_surrounds_the_content_is_no_change() -> None:
    page = a_page(seeded(5))
    assert (
        diff(page, page._replace(url="https://example.org", text="x", title="Cits", encoding="cp1257")) == []
    )


def test_no_sentence_holds_a_person_of_running_text() -> None:
    person = "Ieva Paraudziņa, tālr. 67000123, ieva.paraudzina@ministry.example"
    old, new = "Skolām.", f"Skolām. Kontaktpersona {person}."
    for change in (
        only(plain(objective=old), plain(objective=new)),
        only(plain(objective=new), plain(objective=None)),
        only(plain(title=old), plain(title=new)),
        only(plain(applicants=()), plain(applicants=(Applicant(new, "other"),))),
        only(plain(other_info=new), plain(other_info=new.replace("67000123", "67000124"))),
    ):
        assert new in (change.new, change.old), "the values are those of the page"
        for words in said(change):
            assert not any(secret in words for secret in ("Paraudz", "6700", "paraudz", "@"))


def test_words_of_a_link_that_lead_elsewhere_are_told_with_the_address() -> None:
    old, new = (
        Link(f"https://example.org/noteikumi/{number}", "regulation", "Noteikumi") for number in (1, 2)
    )
    found = changes(plain(links=(old,)), plain(links=(new,)))
    assert sorted(map(said, found)) == [
        (
            "1.2.3.4: a link was added: “Noteikumi” (https://example.org/noteikumi/2)",
            "1.2.3.4. pasākumam pievienota saite „Noteikumi” (https://example.org/noteikumi/2)",
        ),
        (
            "1.2.3.4: a link was removed: “Noteikumi” (https://example.org/noteikumi/1)",
            "No 1.2.3.4. pasākuma apraksta izņemta saite „Noteikumi” (https://example.org/noteikumi/1)",
        ),
    ]


def test_a_word_that_left_a_figure_is_not_told_as_another() -> None:
    old = stated(plain(), Decimal(8_000_000), None, "approximate")
    found = changes(old, stated(plain(), Decimal(8_123_456), None, "exact"))
    assert said(found[1]) == (
        "1.2.3.4: EU funding is no longer given as “about”",
        "1.2.3.4. pasākuma ES fondu finansējuma summai vairs nav norādes „aptuveni”",
    )
    (change,) = changes(old, stated(plain(), Decimal(8_000_000), None, "exact"))
    assert said(change)[0] == "1.2.3.4: EU funding is now given as €8,000,000 (before: about €8,000,000)"


def test_a_selection_of_both_types_is_still_described() -> None:
    old = plain(selection_type="restricted", selection_text="Ierobežota atlase")
    (change,) = changes(old, plain(selection_text="1. kārtai ierobežota, 2. kārtai atklāta"))
    assert said(change) == (
        "1.2.3.4: project selection is now described as “1. kārtai ierobežota, 2. kārtai atklāta” (before: "
        "restricted)",
        "1.2.3.4. pasākuma projektu atlases veids tagad aprakstīts tā: „1. kārtai ierobežota, 2. kārtai "
        "atklāta” (iepriekš – ierobežota atlase)",
    )


def test_a_second_phone_is_no_new_person() -> None:
    first, second = (Contact("Ieva Paraudziņa", f"+3716700012{number}", None) for number in (1, 2))
    (change,) = changes(plain(contacts=(first,)), plain(contacts=(first, second)))
    assert (change.kind, change.old) == ("contact_changed", None)
    assert said(change)[1] == "1.2.3.4. pasākuma kontaktpersonas dati mainīti"
    (change,) = changes(plain(contacts=(first, second)), plain(contacts=(second,)))
    assert (change.kind, change.new) == ("contact_changed", None)

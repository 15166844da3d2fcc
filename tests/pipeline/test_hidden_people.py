"""Nobody who was ever a contact of a page that hides them stands in anything made of it, wherever and
however the page writes of them, over its whole history."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from pipeline import corrections
from pipeline.config import load
from pipeline.corrections import Correction
from pipeline.redactor import BLOCK
from pipeline.run import run
from pipeline.schema import TABLES
from tests.pipeline import whole
from tests.pipeline.leaks import found
from tests.pipeline.site import capture, sources

DAY = datetime(2025, 3, 1, 6, tzinfo=UTC)
LAYOUTS = ("lines", "accordion", "table", "list", "text")

ANNA = ("Anna Paraudziņa", "67047881", "anna.paraudzina@izm.example")
JURIS = ("Juris Zvirgzdeglis", "+371 26111111", "juris.zvirgzdeglis@izm.example")
ZANE = ("Zane Kurmene-Izdoma", "2 6 2 2 3 3 4 4", "zane.kurmene@izm.example")
SECRETS = (
    "paraudzin", "67047881", "zvirgzdegl", "26111111", "kurmene", "izdoma", "26223344", "@izm", "[at] izm",
    "(at)izm",
)  # fmt: skip

# Anna, Juris and Zane as pages may write of them.
WRITTEN = (
    "Anna Paraudziņa", "Annas Paraudziņas", "Annai Paraudziņai", "A. Paraudziņa", "A.Paraudziņa",
    "ANNA PARAUDZIŅA", "Anna Paraudzina", "Paraudziņa Anna", "Anna\u00a0Paraudziņa",
    "Anna Parau\u00addziņa", "An\u200bna Paraudzi\u200bņa", "Anna Paraudzin\u0327a", "anna paraudziņa",
    "kundzei Paraudziņai", "anna.paraudzina [at] izm.example", "anna.paraudzina(at)izm.example",
    "anna.paraudzina @ izm.example", "anna.paraudzina AT izm DOT example", "anna.paraudzina", "aparaudzina",
    "67047881", "67 047 881", "670 47 881", "6704-7881", "67.04.78.81", "(+371) 67047881",
    "+371 67 04 78 81", "00371 67047881", "(670) 47881", "67047881 / 26111111", "67\u202f047\u202f881",
    "67\u2011047\u2011881", "6704\u00ad7881", "tālr.67047881", "+37167047881", "Jura Zvirgzdegļa",
    "Jurim Zvirgzdeglim", "Juri Zvirgzdegli", "ZVIRGZDEGLIS", "Zvirgzdegļu Juris", "Zanei Kurmenei-Izdomai",
    "Zane Kurmene", "Kurmenes", "Zane Izdoma", "zane-kurmene-izdoma", "Z. Kurmene - Izdoma",
)  # fmt: skip


def fields(contacts: Sequence[tuple[str, str, str]], gossip: str) -> list[tuple[str, str]]:
    who = "; ".join(f"{name}, tālr. {phone}, {email}" for name, phone, email in contacts)
    return [
        ("Plānotais ES fondu finansējums (eiro)", f"1 000 000 ({gossip})" if gossip else "1 000 000"),
        ("Atbalsta mērķis", f"Uzlabot mācību vidi skolās. {gossip}"),
        ("Projektu iesniedzēji", f"Pašvaldības; {gossip or 'skolas'}"),
        ("Pasākuma laika grafiks", f"2025. gada I cet. – atlases uzsākšana {gossip}"),
        ("Cita informācija", f"Papildu informācija: {gossip}"),
        *([("Kontaktinformācija", who)] if who else []),
    ]


def measure(layout: str, number: int, contacts: Sequence[tuple[str, str, str]], gossip: str) -> str:
    title = f"4.9.9.{number}. pasākums “Mācību vides uzlabošana {gossip}”"
    some = fields(contacts, gossip)
    match layout:
        case "accordion":
            inner = "".join(f"<p><strong>{label}</strong></p><p>{value}</p>" for label, value in some)
            return f"<details><summary>{title}</summary><div>{inner}</div></details>"
        case "table":
            rows = "".join(f"<tr><td>{label}</td><td>{value}</td></tr>" for label, value in some)
            return f"<h3>{title}</h3><table>{rows}</table>"
        case "list":
            items = "".join(f"<li><b>{label}:</b> {value}</li>" for label, value in some)
            return f"<h3>{title}</h3><ul>{items}</ul>"
        case "text":
            return "\n".join([title, *(f"{label}: {value}" for label, value in some), ""])
    return f"<h3>{title}</h3>" + "".join(f"<p>{label}</p><p>{value}</p>" for label, value in some)


def page(layout: str, contacts: Sequence[tuple[str, str, str]], gossip: str = "") -> str:
    """A page that names ``contacts`` as such, and in every place that a page has ``gossip`` of them."""
    measures = "".join(measure(layout, number, contacts, gossip) for number in (1, 2, 3))
    if layout == "text":
        return f"Atbalsts skolām {gossip}\n\n{measures}\nPiezīme* {gossip}\n"
    href = gossip.replace(" ", "%20")
    return (
        f"<!doctype html><html lang='lv'><head><title>Fondi {gossip}</title></head><body><main>"
        f"<h1>Atbalsts skolām {gossip}</h1><h2>Temats {gossip}</h2>"
        f"<p>Kopā 3 milj. eiro. Stāsta {gossip}.</p>{measures}"
        f"<p>* Piezīmi raksta {gossip}.</p><p><a href='mailto:{href}'>rakstīt {gossip}</a> "
        f"<a href='tel:{href}'>zvanīt</a> <a href='/lv/darbinieki/{href}'>noteikumi</a>"
        f"<img src='/{href}.jpg' alt='{gossip}'></p></main></body></html>"
    )


def publish(folder: Path, pages: Sequence[str], *, at_once: bool = True, hidden: bool = True) -> None:
    for day, content in enumerate(pages):
        capture(folder / "raw", content, DAY + timedelta(days=day))
        if not at_once:
            run(load(sources(folder, publish_contacts=not hidden)), offline=True)
    if at_once:
        run(load(sources(folder, publish_contacts=not hidden)), offline=True)


def leaks(folder: Path) -> list[str]:
    return found([folder / "output", folder / "state"], SECRETS)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_nobody_is_named_in_any_place_over_all_captures(tmp_path, layout):
    everybody, some = [ANNA, JURIS, ZANE], range(0, len(WRITTEN), 5)
    told = ["; ".join(WRITTEN[first : first + 5]) for first in some]
    publish(tmp_path, [page(layout, everybody), *(page(layout, everybody, one) for one in told)])
    assert leaks(tmp_path) == []


TOLD = "Stāsta Anna Paraudziņa, Jurim Zvirgzdeglim zvanot 67047881"


def coming_and_going(layout: str) -> list[str]:
    """Each of them is named before they are a contact, or after."""
    return [
        page(layout, [ZANE], TOLD),
        page(layout, [ANNA, ZANE], "Par to citreiz"),
        page(layout, [JURIS], TOLD),
        page(layout, [], f"{TOLD} un Zane Kurmene"),
        page(layout, [ANNA], "Nekas"),
    ]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_who_is_a_contact_once_is_hidden_before_and_after(tmp_path, layout):
    publish(tmp_path, coming_and_going(layout))
    assert leaks(tmp_path) == []


def test_it_is_the_same_day_by_day(tmp_path):
    for name, at_once in (("once", True), ("daily", False)):
        (tmp_path / name).mkdir()
        publish(tmp_path / name, coming_and_going("lines"), at_once=at_once)
    once, daily = (whole.published(tmp_path / name / "output") for name in ("once", "daily"))
    assert daily == once
    assert leaks(tmp_path / "daily") == []


def test_nothing_is_left_where_contacts_are_hidden_from_now_on(tmp_path):
    publish(tmp_path, coming_and_going("table"), hidden=False)
    assert leaks(tmp_path)
    publish(tmp_path, [])
    assert leaks(tmp_path) == []


def test_a_number_of_nobody_is_hidden_in_a_title_and_an_amount_is_not(tmp_path):
    publish(tmp_path, [page("lines", [], one) for one in ("tālr. 67047881", "zvanīt (+371) 26111111")])
    assert leaks(tmp_path) == []
    assert f"1 000 000 (zvanīt {BLOCK * 15})" in text_of(tmp_path)


def test_all_else_stands(tmp_path):
    publish(tmp_path, [page("lines", [ANNA, JURIS, ZANE]), page("lines", [], INNOCENT)])
    assert f"Papildu informācija: {INNOCENT}" in text_of(tmp_path)


INNOCENT = (
    "Izglītības un zinātnes ministrija, Rīgas dome un CFLA 2025. gada 26. novembrī piešķir 67 047 881 eiro "
    "pasākumam 4.2.1.1., Annas pagasts un Jura laukums; kurmis, līgums Nr. 670478"
)


def text_of(folder: Path) -> str:
    """The canonical text of the newest capture."""
    return max((folder / "output" / "text").iterdir()).read_text("utf-8")


def test_a_correction_noted_while_contacts_were_published_is_fed_without_them(tmp_path):
    publish(tmp_path, [page("lines", [ANNA]), page("lines", [ANNA], "Stāsta Anna Paraudziņa")], hidden=False)
    row = dict.fromkeys(TABLES["changes"].header, "") | {
        "observed_at": "2025-03-02T06:00:00Z", "source": "fondi", "measure_id": "4.9.9.1",
        "kind": "text_changed", "field": "objective", "old": "Stāsta Anna Paraudziņa", "new": "x",
        "text_en": "Anna Paraudziņa is told", "text_lv": "Stāsta Anna Paraudziņa",
    }  # fmt: skip
    config = load(sources(tmp_path))
    corrections.keep(config.raw, [Correction(row, None, "one", "two", DAY)])
    publish(tmp_path, [])
    assert "Correction" in (tmp_path / "output" / "feed.en.xml").read_text("utf-8")
    assert leaks(tmp_path) == []

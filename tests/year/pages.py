"""The ministries' pages of the year: what they say, printed in any layout, with what changes by itself.

A page's words are records (:class:`Content`) that edits replace; how they are printed is drawn anew for each
day. What a reader sees of the content stays the same, whatever is drawn.
"""

from __future__ import annotations

from random import Random
from typing import NamedTuple

from tests.pages import chrome, layouts, words
from tests.pages.ink import NBSP, Pen
from tests.pages.model import Field, Line, Printed, Run, Section, Sheet, item, paragraph

QUARTERS = ("I", "II", "III", "IV")
SELECTIONS = {
    "restricted": "Ierobežota projektu iesniegumu atlase",
    "open": "Atklāta projektu iesniegumu atlase",
}
QUOTES = ("“”", "„”", "«»", "„“")
_PEOPLE = ("Anna Paraudziņa", "Jānis Izdomātais", "Ilze Piemērzāle", "Kārlis Neesošais", "Zane Izteikta")


class Person(NamedTuple):
    """A contact as printed; ``phone`` has eight digits."""

    name: str
    phone: str
    email: str


class Entry(NamedTuple):
    """A measure. ``start`` and ``end`` are quarters, counted from the first of 2026."""

    code: str
    title: str
    euro: int
    objective: str
    applicants: tuple[str, ...]
    start: int
    end: int
    selection: str
    person: Person | None
    link: str | None = None
    label: str = "Atbalsta mērķis"


class Content(NamedTuple):
    """What a page says."""

    title: str
    intro: str
    theme: str
    narrative: str
    entries: tuple[Entry, ...]


def period(number: int) -> str:
    """A quarter as the tables have it."""
    return f"{2026 + number // 4}-Q{number % 4 + 1}"


def person(number: int) -> Person:
    """Somebody who does not exist."""
    name = _PEOPLE[number % len(_PEOPLE)]
    return Person(name, f"6700{1000 + number}", f"kontakts{number}@ministrija.example")


def entry(number: int, code: str) -> Entry:
    """Measure so many of a ministry, as it was first printed."""
    bank = [name for name, _ in words.APPLICANTS]
    return Entry(
        code,
        words.TITLES[number % len(words.TITLES)].replace('"', ""),
        1_000_000 + 375_000 * number,
        words.OBJECTIVES[number % len(words.OBJECTIVES)],
        (bank[number % len(bank)], bank[(number + 3) % len(bank)]),
        8 + number % 5,
        14 + number % 4,
        "restricted" if number % 3 else "open",
        person(number),
    )


def content(place: int, size: int) -> Content:
    """What the ministry at this place says on the first day. Codes of two ministries are never the same."""
    return Content(
        words.PAGE_TITLES[place % len(words.PAGE_TITLES)],
        words.INTRO[place % len(words.INTRO)],
        words.THEMES[place],
        words.NARRATIVE[place],
        tuple(entry(place * 7 + number, f"{place + 1}.1.1.{number}") for number in range(1, size + 1)),
    )


def printed(content: Content, layout: str, rng: Random, *, shell: str = "modern", noise: str = "") -> bytes:
    """The page as one answer. ``rng`` draws what means nothing; ``noise``: lines the page says of itself."""
    quotes, space = rng.choice(QUOTES), rng.choice((" ", NBSP))
    measures = tuple(_printed(one, quotes, space) for one in content.entries)
    told: tuple[str, ...] = (content.narrative,)
    above, within = (told, ()) if layout == "rows" else ((), told)  # a table has no room for running text
    section = Section(content.theme, within, measures)
    columns = layouts.columns_of(measures)
    sheet = Sheet(content.title, (content.intro, *above), None, (section,), columns, None)
    # The layout draws its own variants; those are part of the layout and the same each day.
    pen = Pen(Random(layout), rng.choice(("clean", "light", "heavy")))  # noqa: S311
    body = layouts.HTML_LAYOUTS[layout](sheet, pen)
    steady = Random(content.title)  # noqa: S311
    page = chrome.SHELLS[shell](steady, content.title, "Paraugministrija", "ministrija", body + noise)
    return page.encode()


def _printed(one: Entry, quotes: str, space: str) -> Printed:
    def step(number: int, said: str) -> Line:
        return paragraph(f"{2026 + number // 4}. gada {QUARTERS[number % 4]} cet. - {said}")

    fields = [
        Field("funding", "Plānotais ES fondu finansējums (eiro)", (paragraph(_euro(one.euro, space)),)),
        Field("objective", one.label, (paragraph(one.objective),)),
        Field("applicants", "Projektu iesniedzēji", tuple(map(item, one.applicants))),
        Field(
            "timeline",
            "Pasākuma laika grafiks",
            (step(one.start, "atlases uzsākšana"), step(one.end, "projekta īstenošanas noslēgums")),
        ),
        Field("selection", "Projektu atlases veids", (paragraph(SELECTIONS[one.selection]),)),
    ]
    if one.link:
        fields.append(Field("documents", "Saistošie dokumenti", (Line((Run("MK noteikumi", one.link),)),)))
    if one.person:
        who = f"{one.person.name}, tālr.: +371 {one.person.phone}, e-pasts: {one.person.email}"
        fields.append(Field("contacts", "Kontaktinformācija", (paragraph(who),)))
    return Printed((f"{one.code}. pasākums {quotes[0]}{one.title}{quotes[1]}",), tuple(fields), ())


def _euro(amount: int, space: str) -> str:
    return f"{amount:,}".replace(",", space)

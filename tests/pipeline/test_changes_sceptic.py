"""A page edited in place in many ways, each with what a truthful report says of it, and nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

import pytest

from parsers.page import parse_page
from pipeline.changes.compare import diff
from pipeline.changes.written import sentence
from pipeline.config import load
from pipeline.run import run
from tests.pipeline.site import capture, sources

APPROVED = "2024. gada IV cet. – MK noteikumu apstiprināšana"
ENDS = "31.12.2026. – projekta īstenošanas noslēgums"
PERSON = "Anna Paraudziņa, tālr. 67000123, anna.paraudzina@ministry.example"
REGULATION = '<a href="https://likumi.example/ta/id/355555">MK noteikumi Nr. 999</a>'


class Edited(NamedTuple):
    """A measure as printed."""

    code: str = "8.9.1.1"
    title: str = "Lasīšanas veicināšana visā Latvijā"
    money: str = "3 697 500"
    objective: str = "Nodrošināt telpu pielāgošanu bibliotēkām un muzejiem."
    who: Sequence[str] = ("Pašvaldības",)
    start: str = "2025. gada I cet."
    selection: str = "Ierobežota projektu iesniegumu atlase"
    documents: str = REGULATION
    contact: str = PERSON
    more: str = ""

    def __str__(self) -> str:
        steps = (APPROVED, f"{self.start} – atlases uzsākšana", ENDS)
        fields = {
            "Plānotais ES fondu finansējums (eiro)": (self.money,),
            "Atbalsta mērķis": (self.objective,),
            "Projektu iesniedzēji": self.who,
            "Pasākuma laika grafiks": steps,
            "Projektu atlases veids": (self.selection,),
            "Saistošie dokumenti": (self.documents,),
            "Kontaktinformācija": (self.contact,),
            "Cita informācija": ("Atbalstu sniedz visos reģionos.",),
        }
        body = "".join(
            f"<h4>{label}</h4>" + "".join(f"<p>{line}</p>" for line in some) for label, some in fields.items()
        )
        return f"<h3>{self.code}. pasākums “{self.title}”</h3>{body}{self.more}"


ONE = Edited()
OTHER = Edited(
    "8.9.1.2", "Skolu sporta laukumu sakārtošana", "1 479 000", "Sakārtot sporta laukumus.", ("Skolas",)
)


def page(*measures: Edited, theme: str = "Dzīves vide") -> str:
    return f"<main><h1>Atbalsts reģioniem</h1><h2>{theme}</h2>{''.join(map(str, measures))}</main>"


BEFORE = page(ONE, OTHER)
FISHERS = Edited("8.9.1.1", "Pavisam cita palīdzība zvejniekiem", "20 000", "Laivas.", ("Zvejnieki",))
ANSWER = "Vai var pieteikties divreiz? Nē."
SUMMARY = (
    "<table><tr><th>Pasākums</th><th>Finansējums</th></tr><tr><td>8.9.1.1.</td><td>3 697 500</td></tr>"
    "<tr><td>8.9.1.2.</td><td>1 479 000</td></tr></table>"
)


def told(old: str, new: str, language: str = "lv") -> list[str]:
    changes = diff(parse_page(old, "https://ministry.example/"), parse_page(new, "https://ministry.example/"))
    return [sentence(one, language).replace("\u00a0", " ") for one in changes]


def one(**values: object) -> str:
    return page(ONE._replace(**values), OTHER)  # type: ignore[arg-type]


def below(label: str, value: str) -> str:
    return page(OTHER, ONE._replace(more=f"<h4>{label}</h4><p>{value}</p>"))


@pytest.mark.parametrize(
    "new",
    [
        *(one(money=money) for money in (
            "3697500", "3 697 500,00", "3&nbsp;697&nbsp;500", "EUR 3 697 500", "3 697 500 €", "3,6975 milj.",
            "3 697,5 tūkst.", "3.697.500", "3'697'500", "3 697 500 eiro")),
        *(one(start=start) for start in (
            "2025. gada 1. ceturksnis", "2025.g. I ceturksnī", "I cet. 2025. gadā", "2025. gada pirmais "
            "ceturksnis",
            "01.01.2025.–31.03.2025.")),
        page(OTHER, ONE),
        page(ONE, ONE, OTHER),
        BEFORE.replace("<h4>", "<p><strong>").replace("</h4>", "</strong></p>"),
        BEFORE.replace("</h4>", ":</h4>"),
        BEFORE.replace("Plānotais ES fondu finansējums (eiro)", "ES fondu finansējums, EUR"),
        BEFORE.replace("“", "„").replace("–", "-"),
        one(objective="Nodrošināt <b>telpu pielāgošanu</b> bibliotēkām<sup>1</sup> un muzejiem."),
        one(contact="Anna Paraudziņa, tālr.: (+371) 67 000 123, anna.paraudzina[at]ministry.example"),
        one(documents=REGULATION.replace("355555", "355555?utm_source=lapa&utm_medium=saite")),
        BEFORE.replace("<h3>", f"{SUMMARY}<h3>", 1),
        one(documents=REGULATION.replace("https:", "http:").replace("<a ", '<a target="_blank" ')),
    ],
)  # fmt: skip
def test_nothing_is_told(new: str) -> None:
    assert told(BEFORE, new) == []


WHOSE = "8.9.1.1. pasākuma"


@pytest.mark.parametrize(
    ("new", "expected"),
    [
        (one(money="3 697 501"), [
            f"{WHOSE} ES fondu finansējums palielināts no 3 697 500 eiro līdz 3 697 501 eiro (par 1 eiro)"]),
        (one(money="1 697 500"), [
            f"{WHOSE} ES fondu finansējums samazināts no 3 697 500 eiro līdz 1 697 500 eiro (par 2 000 "
            "000 eiro "
            "jeb 54,09%)"]),
        (one(money="3,7 milj."), [
            f"{WHOSE} ES fondu finansējums tagad norādīts noapaļoti: „3,7 milj.” (iepriekš – 3 697 500 "
            "eiro)"]),
        (one(start="2024. gada decembris"), [
            f"{WHOSE} atlases uzsākšana pārcelta no 2025. gada 1. ceturkšņa uz 2024. gada decembri (par "
            "31 dienu "
            "agrāk)"]),
        (one(start="2025. gada aprīlis"), [
            f"{WHOSE} atlases uzsākšana pārcelta no 2025. gada 1. ceturkšņa uz 2025. gada aprīli (par "
            "90 dienām "
            "vēlāk)"]),
        (one(start="15.03.2025."), [
            f"{WHOSE} atlases uzsākšanas laiks precizēts: 2025. gada 15. martā (iepriekš – 2025. gada "
            "1. ceturksnī)"]),
        (one(title="Lasīšanas veicināšana visa Latvijā"), [
            f"{WHOSE} nosaukumā labots pieraksts: „Lasīšanas veicināšana visa Latvijā”"]),
        (page(ONE, OTHER, theme="Dzīves vīde"), ["Tēmas nosaukumā labots pieraksts: „Dzīves vīde”"]),
        (one(contact="Anna Kalniņa, tālr. 67000123, anna.kalnina@ministry.example"), [
            f"{WHOSE} kontaktpersonas dati mainīti"]),
        (one(documents=REGULATION.replace("355555", "366666")), [
            "8.9.1.1. pasākumam pievienota saite „MK noteikumi Nr. 999” "
            "(https://likumi.example/ta/id/366666)",
            f"No {WHOSE} apraksta izņemta saite „MK noteikumi Nr. 999” "
            "(https://likumi.example/ta/id/355555)"]),
        (page(ONE, ONE._replace(money="4 000 000"), OTHER), [
            "Lapā publicēts vēl viens pasākuma 8.9.1.1 „Lasīšanas veicināšana visā Latvijā” ieraksts ar "
            "citiem "
            "datiem: plānotais ES fondu finansējums ir 4 000 000 eiro"]),
        (page(ONE._replace(code="8.9.1.2"), OTHER._replace(code="8.9.1.1")), [
            "Pasākums „Skolu sporta laukumu sakārtošana” pārnumurēts: iepriekš 8.9.1.2, tagad 8.9.1.1",
            "Pasākums „Lasīšanas veicināšana visā Latvijā” pārnumurēts: iepriekš 8.9.1.1, tagad 8.9.1.2"]),
        (page(ONE._replace(money="1 479 000"), OTHER._replace(money="3 697 500")), [
            f"{WHOSE} ES fondu finansējums samazināts no 3 697 500 eiro līdz 1 479 000 eiro (par 2 218 "
            "500 eiro "
            "jeb 60%)",
            "8.9.1.2. pasākuma ES fondu finansējums palielināts no 1 479 000 eiro līdz 3 697 500 eiro (par "
            "2 218 500 eiro jeb 150%)"]),
        (page(FISHERS, OTHER), [
            "Publicēts jauns pasākums 8.9.1.1 „Pavisam cita palīdzība zvejniekiem”: plānotais ES fondu "
            "finansējums ir 20 000 eiro",
            "Pasākums 8.9.1.1 „Lasīšanas veicināšana visā Latvijā” lapā vairs nav atrodams (plānotais ES "
            "fondu finansējums bija 3 697 500 eiro)"]),
        (one(title="Lasīšanas veicināšana visā Latvijā” – ATCELTS“"), [
            f"{WHOSE} pārējā aprakstā pievienots teksts „ATCELTS”"]),
        (BEFORE.replace("</main>", f"<h2>Biežāk uzdotie jautājumi</h2><p>{ANSWER}</p></main>"), [
            f"Tēmas „Biežāk uzdotie jautājumi” aprakstā pievienots teksts „{ANSWER}”"]),
        (below("Maksimālais atbalsts vienam projektam", "50 000 eiro"), [
            f"{WHOSE} aprakstā pie „Maksimālais atbalsts vienam projektam” pievienots teksts „50 000 eiro”"]),
    ],
)  # fmt: skip
def test_what_is_told(new: str, expected: list[str]) -> None:
    assert told(BEFORE, new) == expected


@pytest.mark.parametrize(
    ("label", "old", "new", "expected"),
    [
        ("Maksimālais atbalsts vienam projektam", "50 000 eiro", "70 000 eiro", ["„50 000” aizstāts ar "
            "„70 000”"]),
        ("Atbalsta intensitāte", "85 %", "100 %", ["„85” aizstāts ar „100”"]),
        ("Plānotais projektu skaits", "12", "15", ["„12” aizstāts ar „15”"]),
        ("Skatījumu skaits", "12", "15", []),
        ("Publicēts", "12.03.2025.", "13.03.2025.", []),
    ],
)  # fmt: skip
def test_a_value_below_a_label_of_no_field(label: str, old: str, new: str, expected: list[str]) -> None:
    where = f"{WHOSE} aprakstā pie „{label}” mainīts teksts: "
    assert told(below(label, old), below(label, new)) == [where + words for words in expected]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("3 000 000 – 4 000 000", "3 500 000 – 4 500 000", [
            "8.9.1.1: EU funding grew by €500,000 or 16.67%: it was €3,000,000 to €4,000,000, now it is "
            "€3,500,000 "
            "to €4,500,000"]),
        ("3 000 000 – 4 000 000", "3 500 000 – 3 800 000", [
            "8.9.1.1: EU funding is now given as €3,500,000 to €3,800,000 (before: €3,000,000 to "
            "€4,000,000)"]),
        ("3 000 000 – 4 000 000", "3 000 000 – 4 500 000", [
            "8.9.1.1: upper end of the EU funding grew from €4,000,000 to €4,500,000 (up €500,000 or "
            "12.5%)"]),
    ],
)  # fmt: skip
def test_a_range_is_told_once(old: str, new: str, expected: list[str]) -> None:
    assert told(one(money=old), one(money=new), "en") == expected


LISTED = "<ul><li><a href='/a'>8.9.1.2. pasākums “Skolu sporta laukumu sakārtošana”</a></li></ul>"


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (page(ONE, OTHER), page(ONE), [
            "Pasākums 8.9.1.2 „Skolu sporta laukumu sakārtošana” lapā vairs nav atrodams (plānotais ES "
            "fondu finansējums bija 1 479 000 eiro)"]),
        (page(LISTED, ONE, OTHER), page(LISTED, ONE), [  # type: ignore[arg-type]
            "Pasākuma 8.9.1.2 „Skolu sporta laukumu sakārtošana” dati lapā vairs nav nolasāmi, lai "
            "gan tas vēl "
            "ir minēts (plānotais ES fondu finansējums bija 1 479 000 eiro)"]),
        (page(LISTED, ONE), page(LISTED, ONE, OTHER), [  # type: ignore[arg-type]
            "Publicēti dati par lapā jau minēto pasākumu 8.9.1.2 „Skolu sporta laukumu "
            "sakārtošana”: plānotais "
            "ES fondu finansējums ir 1 479 000 eiro"]),
        (page(ONE, OTHER), page(ONE, OTHER).replace("<h2>Dzīves vide</h2>", ""), [
            "Lapā vairs nav tēmas virsraksta „Dzīves vide”"]),
        (page(ONE, OTHER).replace("<h2>Dzīves vide</h2>", ""), page(ONE, OTHER), [
            "Lapā pievienots tēmas virsraksts „Dzīves vide”"]),
        (page(ONE, theme="Dzīves vide"), page(ONE, theme="Cita informācija"), []),
    ],
)  # fmt: skip
def test_what_the_page_names_is_neither_gone_nor_new(old: str, new: str, expected: list[str]) -> None:
    assert told(old, new) == expected


def test_a_sentence_is_not_made_of_hidden_people_alone() -> None:
    old, new = (BEFORE.replace("<h2>", f"<p>Zvanīt {number}.</p><h2>", 1) for number in (67000123, 67000124))
    assert told(old, new) == ["Lapas tekstā ārpus pasākumiem mainīts teksts: kontaktinformācija"]
    assert told(old, new, "en") == [
        "The wording was changed in the text of the page outside the measures: contact details"
    ]


def test_a_measure_that_comes_back_is_not_new(tmp_path):
    config = load(sources(tmp_path))
    third = Edited("8.9.1.3", "Muzeju krājumu glabātavas", "500 000", "Saglabāt krājumus.")
    pages = [
        page(ONE, OTHER, third),
        page(ONE, third),
        page(ONE, OTHER._replace(money="1 500 000"), third),
        page(ONE, third),
        page(ONE, Edited("8.9.1.2", "Pavisam cita palīdzība zvejniekiem", "20 000", "Laivas."), third),
    ]
    news = []
    for day, content in enumerate(pages):
        capture(tmp_path / "raw", content, datetime(2025, 3, 1, tzinfo=UTC) + timedelta(days=day))
        changes = run(config, offline=True).published.news
        news.append([sentence(change, "lv").replace("\u00a0", " ") for change in changes])
    gone = "„Skolu sporta laukumu sakārtošana” lapā vairs nav atrodams (plānotais ES fondu finansējums bija"
    assert news == [
        [],
        [f"Pasākums 8.9.1.2 {gone} 1 479 000 eiro)"],
        [
            "Lapā atkal publicēts pasākums 8.9.1.2 „Skolu sporta laukumu sakārtošana”: plānotais ES fondu "
            "finansējums ir 1 500 000 eiro"
        ],
        [f"Pasākums 8.9.1.2 {gone} 1 500 000 eiro)"],
        [
            "Publicēts jauns pasākums 8.9.1.2 „Pavisam cita palīdzība zvejniekiem”: plānotais ES fondu "
            "finansējums ir 20 000 eiro"
        ],
    ]

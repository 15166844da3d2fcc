"""The real page edited as an editor would, and every sentence that is told of it, in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from parsers.page import parse_page
from pipeline.changes.compare import diff
from pipeline.changes.written import sentence
from pipeline.reports.words import quote

FIXTURE = Path(__file__).parents[1] / "fixtures" / "izm-visparejai-izglitibai.html"
END = "</div></div></div>"
HTML = FIXTURE.read_text(encoding="utf-8").replace("\u00a0", " ")
FIRST, SECOND, THIRD = (f'<div id="m{number}"' for number in (8, 9, 10))
"""The bodies of the three rounds of one measure."""

DOCUMENTS = "<h4>Saistošie dokumenti</h4>\n<p>&nbsp;</p>"
LINKED = '<h4>Saistošie dokumenti</h4>\n<p><a href="https://likumi.lv/ta/id/1">MK noteikumi Nr. 780</a></p>'
PERSON = "Evelina Bole, tālr.: +371 67047871, e-pasts: evelina.bole@izm.gov.lv"
TITLE = (
    "Izglītības iestāžu nodrošinājums pilnveidotā vispārējās izglītības satura kvalitatīvai ieviešanai "
    "pamata un vidējās izglītības pakāpē"
)
FIRST_LV, SECOND_LV, THIRD_LV = (
    f"4.2.1.5. pasākuma {number}. kārtas (4.2.1.5/{number})" for number in (1, 2, 3)
)


def edited(body: str, old: str, new: str, html: str = HTML) -> str:
    """The page with words of one measure, or anywhere on it, replaced."""
    start = html.index(body)
    end = html.index(END, start) if body else len(html)
    assert old in html[start:end]
    return html[:start] + html[start:end].replace(old, new, 1) + html[end:]


def cards(html: str, *numbers: int) -> list[str]:
    """The markup of these measures, counted from 1 in the order of the page."""
    starts = [html.index(f'<div class="accordion-item card" data-index="{number}">') for number in numbers]
    return [html[start : html.index(END, start) + len(END)] for start in starts]


def merged() -> str:
    one, two, three = cards(HTML, 8, 9, 10)
    whole = one.replace("<br />1.kārta", "").replace("21 500 000", "67 998 895")
    return HTML.replace(one, whole).replace(two, "").replace(three, "")


def gone_with_round(
    name: str, round_lv: str, ends: str, approval: str, start: str, who: str
) -> list[tuple[str, str]]:
    """What a round had of its own when it was merged with others: two quarters, the year it ends, a name."""
    (approved, started) = (f"{when[:4]}-Q{when[11]}" for when in (approval, start))
    return [
        (f"{name}: completion on 31 December {ends} was taken out of the schedule",
         f"No {round_lv} laika grafika svītrots īstenošanas noslēgums "
         f"(iepriekš – {ends}. gada 31. decembrī)"),
        (f"{name}: approval of the regulation in {approved} was taken out of the schedule",
         f"No {round_lv} laika grafika svītrota MK noteikumu apstiprināšana (iepriekš – {approval})"),
        (f"{name}: start of selection in {started} was taken out of the schedule",
         f"No {round_lv} laika grafika svītrota atlases uzsākšana (iepriekš – {start})"),
        (f"{name}: “{who}” is no longer among the applicants",
         f"No {round_lv} projektu iesniedzēju saraksta svītrots ieraksts „{who}”"),
    ]  # fmt: skip


EDITS: list[tuple[str, str, list[tuple[str, str]]]] = [
    ("a star without words of its own", edited(FIRST, "21 500 000", "21 500 000*"), []),
    ("the same amount in millions", edited(FIRST, "21 500 000", "21,5 milj. eiro"), []),
    ("the order of rounds", HTML.replace("".join(cards(HTML, 8)), "§").replace(
        "".join(cards(HTML, 9)), "".join(cards(HTML, 8))).replace("§", "".join(cards(HTML, 9))), []),
    ("words of a step", edited(SECOND, "projekta īstenošanas noslēgums", "projektu īstenošanas beigas"), []),
    ("up to", edited(FIRST, "21 500 000", "līdz 22 500 000"), [
        ("4.2.1.5/1: EU funding grew by €1,000,000 or 4.65%: it was €21,500,000, now it is up to €22,500,000",
         f"{FIRST_LV} ES fondu finansējums palielināts par 1 000 000 eiro jeb 4,65%: iepriekš "
         "21 500 000 eiro, tagad līdz 22 500 000 eiro"),
        ("4.2.1.5/1: EU funding is now given as “up to”",
         f"{FIRST_LV} ES fondu finansējuma summai tagad ir norāde „līdz”"),
    ]),
    ("an amount not known yet", edited(FIRST, "21 500 000", "tiks precizēts"), [
        ("4.2.1.5/1: EU funding is no longer stated as a figure: “tiks precizēts” (it was €21,500,000)",
         f"{FIRST_LV} ES fondu finansējums vairs nav norādīts skaitlī: „tiks precizēts” "
         "(iepriekš – 21 500 000 eiro)"),
    ]),
    ("a date not known any more", edited(
        SECOND, "2025. gada I cet. – atlases uzsākšana", "atlases uzsākšana – tiks precizēta"), [
        ("4.2.1.5/2: start of selection has no date any more: “atlases uzsākšana – tiks precizēta” "
         "(before: 2025-Q1)",
         f"{SECOND_LV} atlases uzsākšanas laiks vairs nav norādīts: „atlases uzsākšana – tiks precizēta” "
         "(iepriekš – 2025. gada 1. ceturksnī)"),
    ]),
    ("half a year", edited(SECOND, "2025. gada I cet.", "2025. gada 1. pusgads"), [
        ("4.2.1.5/2: start of selection is now given less precisely: 2025-H1 (before: 2025-Q1)",
         f"{SECOND_LV} atlases uzsākšanas laiks tagad norādīts mazāk precīzi: 2025. gada 1. pusgadā "
         "(iepriekš – 2025. gada 1. ceturksnī)"),
    ]),
    ("a person with a post", edited(
        SECOND, PERSON, "Ilze Cita, vecākā eksperte, tālr.: 67000999, e-pasts: ilze.cita@izm.gov.lv"), [
        ("4.2.1.5/2: a contact was added",
         "4.2.1.5. pasākuma 2. kārtai (4.2.1.5/2) norādīta jauna kontaktpersona"),
        ("4.2.1.5/2: a contact was removed",
         f"No {SECOND_LV} kontaktinformācijas svītrota kontaktpersona"),
    ]),
    ("rounds merged", merged(), [
        (f"4.2.1.5: measure “{TITLE}” was merged from 4.2.1.5/1 (€21,500,000), 4.2.1.5/2 (€42,248,895) and "
         "4.2.1.5/3 (€4,250,000)",
         "Kārtas 4.2.1.5/1 (21 500 000 eiro), 4.2.1.5/2 (42 248 895 eiro) un 4.2.1.5/3 (4 250 000 eiro) "
         f"apvienotas vienā pasākumā 4.2.1.5 „{TITLE}”"),
        *gone_with_round("4.2.1.5/2", SECOND_LV, "2027", "2024. gada 4. ceturksnī", "2025. gada 1. ceturksnī",
                         "Pašvaldības, kas dibinājušās vispārējās izglītības iestādes vai profesionālās "
                         "pamatizglītības vai profesionālās vidējās izglītības iestādes"),
        *gone_with_round("4.2.1.5/3", THIRD_LV, "2027", "2025. gada 2. ceturksnī", "2025. gada 3. ceturksnī",
                         "Izglītības un zinātnes ministrija"),
    ]),
    ("a round gone", HTML.replace(*cards(HTML, 9), ""), [
        (f"4.2.1.5/2: round of measure “{TITLE}” is no longer on the page (its EU funding was €42,248,895)",
         f"Pasākuma kārta 4.2.1.5/2 „{TITLE}” lapā vairs nav atrodama (plānotais ES fondu finansējums bija "
         "42 248 895 eiro)"),
    ]),
    ("a round with another number", edited("", "<br />3.kārta", "<br />4.kārta"), [
        (f"4.2.1.5/4: round of measure “{TITLE}” was renumbered from 4.2.1.5/3 to 4.2.1.5/4",
         f"Pasākuma kārta „{TITLE}” pārnumurēta: iepriekš 4.2.1.5/3, tagad 4.2.1.5/4"),
    ]),
    ("a share", HTML.replace("(33% no", "(35% no"), [
        ("The share stated beside a figure on the page changed from 33% to 35%",
         "Pie lapā norādītās summas minētā daļa mainīta no 33% uz 35%"),
    ]),
    ("a word of the introduction", edited("", "vienlīdzīgas iespējas", "vienādas iespējas"), [
        ("The wording was changed in the text of the page outside the measures: “vienlīdzīgas” became "
         "“vienādas”",
         "Lapas tekstā ārpus pasākumiem mainīts teksts: „vienlīdzīgas” aizstāts ar „vienādas”"),
    ]),
    ("a word of the objective", edited(THIRD, "valsts uzturētu", "valsts pārvaldītu"), [
        ("4.2.1.5/3: the wording was changed in the objective: “uzturētu” became “pārvaldītu”",
         f"{THIRD_LV} sadaļā „Atbalsta mērķis” mainīts teksts: „uzturētu” aizstāts ar „pārvaldītu”"),
    ]),
    ("two places", edited(SECOND, "Ierobežota projekta iesnieguma atlase",
                          "Ierobežota projektu iesniegumu atlase divās daļās"), [
        ("4.2.1.5/2: the wording was changed in the description of project selection: “projekta iesnieguma” "
         "became “projektu iesniegumu”, and in 1 more place",
         f"{SECOND_LV} sadaļā „Projektu atlases veids” mainīts teksts: „projekta iesnieguma” aizstāts ar "
         "„projektu iesniegumu” un vēl 1 vietā"),
    ]),
]  # fmt: skip


@pytest.mark.parametrize(("why", "html", "expected"), EDITS)
def test_an_edit(why: str, html: str, expected: list[tuple[str, str]]) -> None:
    assert html != HTML
    found = diff(parse_page(HTML, None), parse_page(html, None))
    told = [(sentence(one, "en"), sentence(one, "lv").replace("\u00a0", " ")) for one in found]
    assert told == expected, why


def test_a_link() -> None:
    linked = parse_page(edited(SECOND, DOCUMENTS, LINKED), None)
    amended = parse_page(edited(SECOND, DOCUMENTS, LINKED.replace("780", "780 (ar grozījumiem)")), None)
    without = parse_page(HTML, None)
    assert [sentence(one, "lv") for one in diff(linked, without)] == [
        f"No {SECOND_LV} apraksta izņemta saite „MK noteikumi Nr. 780”"
    ]
    assert [sentence(one, "lv") for one in diff(linked, amended)] == [
        f"{SECOND_LV} saites nosaukums mainīts no „MK noteikumi Nr. 780” uz "
        "„MK noteikumi Nr. 780 (ar grozījumiem)”"
    ]


def test_a_figure_is_one_word_of_a_text() -> None:
    old = edited(SECOND, "sporta inventāru", "sporta inventāru līdz 1 250 000 eiro")
    (change,) = diff(parse_page(old, None), parse_page(old.replace("1 250 000", "1 350 000"), None))
    assert [step for step in change.word_diff if step[0] != "="] == [("-", "1 250 000"), ("+", "1 350 000")]


PROSE = (
    "<html lang=lv><body><main><h1>Veselības ministrijas pasākumi</h1>"
    "<h3>4.1.2.20. Garīgās veselības programma</h3>"
    "<p>Pasākuma mērķis ir uzlabot garīgo veselību. Pasākuma īstenošanai pieejamais ESF+ finansējums ir "
    "3 060 000 euro, valsts budžeta līdzfinansējums – 540 000 euro.</p>"
    "<p>Projekta iesniedzējs ir Slimību profilakses un kontroles centrs.</p></main></body></html>"
)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("3 060 000", "3 600 000", ["eu_funding_eur"]),
        ("garīgo veselību", "garīgo un fizisko veselību", ["objective"]),
        ("pieejamais ESF+ finansējums ir 3 060 000", "atvēlētais ESF+ finansējums ir 3 600 000",
         ["eu_funding_eur", "narrative"]),
    ],
)  # fmt: skip
def test_a_sentence_that_a_value_is_read_from_is_told_once(old: str, new: str, expected: list[str]) -> None:
    found = diff(parse_page(PROSE, None), parse_page(PROSE.replace(old, new), None))
    assert [change.field for change in found] == expected


def test_the_words_of_a_step_are_quoted_once_where_its_year_stands_above() -> None:
    page = (
        "<html lang=lv><body><main><h3>3.1.1.20. Ostu elektroapgāde</h3><p><b>Laika grafiks:</b></p>"
        "<p>2029. gads:</p><ul><li>IV cet. – projekta īstenošanas noslēgums</li></ul></main></body></html>"
    )
    (change,) = diff(parse_page(page, None), parse_page(page.replace("2029", "2030"), None))
    assert (change.kind, change.delta_days) == ("milestone_moved", 365)
    assert quote(change, "lv") == "„IV cet. – projekta īstenošanas noslēgums”"


def test_a_theme_of_one_measure_is_renamed_where_its_name_goes_on() -> None:
    page = (
        "<html lang=lv><body><main><h1>Labklājības ministrijas pasākumi</h1><h2>4.3.6. SAM „{}”</h2>"
        "<h3>4.3.6.3. pasākums „Ģimeņu asistenti”</h3><p><b>Finansējums:</b> 4 250 000 eiro</p></main></body>"
    )
    old = parse_page(page.format("Mazināt nabadzību"), None)
    (change,) = diff(old, parse_page(page.format("Mazināt nabadzības risku"), None))
    assert (change.kind, change.measure_id, change.old, change.new) == (
        "theme_changed", None, "Mazināt nabadzību", "Mazināt nabadzības risku",
    )  # fmt: skip
    (change, *_) = diff(old, parse_page(page.format("Stiprināt veselības aprūpi"), None))
    assert (change.kind, change.measure_id) == ("theme_changed", "4.3.6.3")

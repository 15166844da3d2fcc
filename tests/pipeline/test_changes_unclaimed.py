"""Words that no field claims: their changes are told once, and what a page prints about itself never is."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from parsers.page import parse_page
from pipeline.changes.compare import diff
from pipeline.changes.furniture import is_furniture, is_to_share
from pipeline.changes.record import Change
from pipeline.changes.written import sentence
from tests.growth import is_linear
from tests.pipeline.site import PERSON, measure, page
from tests.pipeline.test_history import chronicle

FIXTURE = Path(__file__).parents[1] / "fixtures" / "izm-visparejai-izglitibai.html"
TERMS = "<p>Cita informācija</p>"
SCHEDULE = "<p>Pasākuma laika grafiks</p>"


def changes(old: str, new: str) -> list[Change]:
    assert old != new
    return diff(parse_page(old, None), parse_page(new, None), "fondi")


def told(old: str, new: str) -> list[tuple[str, str | None, str | None, bool]]:
    return [(one.kind, one.measure_id, one.field, one.minor) for one in changes(old, new)]


def real() -> str:
    return FIXTURE.read_text(encoding="utf-8").replace("\u00a0", " ")


def with_lines(*lines: str) -> str:
    """The real page with these lines in one of its measures, before its project selection."""
    html = real()
    body = html.index('<div id="m9"')
    place = html.index("<h4>Projektu atlases veids</h4>", body)
    return html[:place] + "".join(lines) + html[place:]


def introduced(line: str) -> str:
    """The real page with a line after its first paragraph."""
    first = "iekļaujošas sabiedrības attīstību.</p>"
    assert first in real()
    return real().replace(first, f"{first}<p>{line}</p>")


LIMIT = "<p>Vienas skolas daļa ir 50 000 eiro</p>"
MEASURE = "4.2.1.5/2"


def test_a_limit_that_no_field_holds():
    old = with_lines(LIMIT)
    new = old.replace("50 000 eiro", "60 000 eiro")
    (change,) = changes(old, new)
    assert (change.kind, change.measure_id, change.field) == ("text_changed", MEASURE, "unclaimed")
    assert (change.old, change.new) == (
        "Vienas skolas daļa ir 50 000 eiro",
        "Vienas skolas daļa ir 60 000 eiro",
    )
    assert sentence(change, "lv").endswith("pārējā aprakstā mainīts teksts: „50 000” aizstāts ar „60 000”")
    assert changes(new, old)[0].new == "Vienas skolas daļa ir 50 000 eiro"
    assert told(real(), new) == [("text_changed", MEASURE, "unclaimed", False)]
    assert told(new, real()) == [("text_changed", MEASURE, "unclaimed", False)]


def test_a_limit_of_one_project_is_told_as_what_else_the_page_says():
    old = with_lines("<h4>Maksimālais atbalsta apmērs vienam projektam:</h4><p>50 000 eiro</p>")
    (change,) = changes(old, old.replace("50 000 eiro", "60 000 eiro"))
    assert (change.kind, change.measure_id, change.field) == ("text_changed", MEASURE, "narrative")
    assert (change.old, change.new) == ("50 000 eiro", "60 000 eiro")


def test_a_typing_error_in_them_is_minor():
    old = with_lines(LIMIT.replace("eiro", "eiro katrai vidusskolai"))
    assert told(old, old.replace("eiro katrai", "eiro katraj")) == [
        ("text_changed", MEASURE, "unclaimed", True)
    ]


def test_running_text_of_a_measure_is_told():
    new = with_lines("<h4>Īstenošanas vieta</h4><p>Visa Latvija, bet ne Rīga un Jūrmala.</p>")
    (change,) = changes(real(), new)
    assert (change.kind, change.measure_id, change.field) == ("text_changed", MEASURE, "narrative")
    assert change.new == "Visa Latvija, bet ne Rīga un Jūrmala."


@pytest.mark.parametrize("back", [False, True])
def test_a_value_that_gave_way_to_words_is_one_change(back):
    old = page(3)
    amount = old.replace("1 000 000", "tiks precizēts", 1)
    when = old.replace("2025. gada I cet. – atlases uzsākšana", "atlases uzsākšana – tiks precizēta", 1)
    for new, kinds in (
        (amount, ("funding_changed", "funding_changed")),
        (when, ("milestone_removed", "milestone_added")),
    ):
        (change,) = changes(new, old) if back else changes(old, new)
        assert change.kind == kinds[back]
        assert "tiks precizēt" in str(change.old_text if back else change.new_text)
        assert "tiks precizēt" in sentence(change, "en")
        assert "tiks precizēt" in sentence(change, "lv")


@pytest.mark.parametrize("back", [False, True])
def test_a_label_that_moves_a_text_into_a_field_is_one_change(back):
    known = real()
    body = known.index('<div id="m9"')
    label = known.index("<h4>Atbalsta mērķis</h4>", body)
    unknown = known[:label] + known[label:].replace("Atbalsta mērķis", "Kāpēc tas vispār vajadzīgs", 1)
    pages = (known, unknown) if back else (unknown, known)
    assert told(*pages) == [("text_changed", MEASURE, "objective", False)]


def test_one_line_is_one_change():
    """The office of a new contact stands on its line, and the star's words on that of the amount."""
    line = f"{PERSON}, tālr. 67000123, anna.paraudzina@ministry.example"
    new = page(3).replace(line, "Ilze Cita, vecākā eksperte, tālr. 67000999, ilze.cita@ministry.example", 1)
    assert {one[0] for one in told(page(3), new)} == {"contact_added", "contact_removed"}


def test_a_contact_that_was_not_read_is_in_no_sentence():
    old = "<h1>Support</h1><p>Contact</p><p>Jane Example, phone: +371 67123456</p>"
    read = parse_page(old, None)
    assert any("67123456" in read.text[start:end] for start, end in read.coverage.unclaimed)
    assert changes(old, old.replace("Jane", "Joan").replace("67123456", "67123457")) == []


def test_outside_of_measures():
    old = introduced("Pieteikušās 17 skolas")
    (change,) = changes(old, old.replace("17", "19"))
    assert (change.measure_id, change.field, change.old) == (None, "unclaimed", "Pieteikušās 17 skolas")
    assert sentence(change, "en").startswith("The wording was changed in the text of the page outside")


@pytest.mark.parametrize(
    "line",
    [
        "Publicēts: 03.04.2023. 09:15 | Atjaunots: 12.02.2025. 14:30",
        "Lapa atjaunota 2025. gada 3. martā.",
        "Pēdējās izmaiņas: 2025. gada 3. marts plkst. 10.12",
        "Informācija aktualizēta 12.02.2025.",
        "Lapa skatīta 1 234 reizes.",
        "Skatījumu skaits: 17",
        "Apmeklējumi šodien: 25",
        "Mēs izmantojam sīkdatnes, lai uzlabotu lapas darbību. Turpinot lietot lapu, jūs tam piekrītat.",
        "Atjaunots pirms 3 dienām",
        "Pirmdiena, 3. marts",
        "Dalīties: Facebook, Twitter, WhatsApp",
        "Last updated: 3.3.2025. 10:15",
    ],
)
def test_furniture(line):
    words = parse_page(f"<p>{line}</p>", None).text
    assert is_furniture(" ".join("".join(c if c.isalnum() else " " for c in words).split()))
    plain = page(3)
    for more in (page(3, more=f"<p>{line}</p>"), page(3, more=f"<ul><li>{line}</li></ul>")):
        assert changes(plain, more) == []
        assert changes(more, plain) == []
    last = page([measure(1), measure(2) + f"{TERMS}<p>Jā.</p>"])
    assert changes(last, last.replace("</main>", f"<p>{line}</p></main>")) == []


@pytest.mark.parametrize(
    "line", ["Skatīts: {} reizes", "Lapa skatīta:</p><p>{} reizes", "Atjaunots: pirms {} dienām"]
)
def test_a_counter_where_each_label_stands_in_the_line_of_its_value(line):
    """Set like the page's labels, it is read as one that is not known, and its number as a text under it."""
    labels_inline = page(3).replace("</p><p>", ": ")
    before, after = (
        labels_inline.replace("</main>", f"<p>{line.format(times)}</p></main>") for times in (17, 34)
    )
    assert parse_page(before, None).narrative
    assert changes(before, after) == []
    assert changes(labels_inline, after) == []
    other = after.replace("34", "34 skolas un")
    assert len(changes(before, other)) == 1


@pytest.mark.parametrize(
    "line",
    ["Publicēts atlases nolikums", "Atlase atjaunota 2025. gada martā", "Finansējums izmantots 2025. gadā"],
)
def test_news_are_no_furniture(line):
    assert not is_furniture(line)


def test_a_month_of_counters_in_the_text_itself(tmp_path):
    """Not in a footer that says what it is, but in the page's own content, above, between and below."""

    def day(number: int) -> str:
        counter = (
            f"<p>Lapa skatīta {1000 + 37 * number} reizes</p><p>{number} {number % 7 + 1}:4{number % 10}</p>"
        )
        stamp = f"<p>Atjaunots: {number + 1:02}.03.2025. 1{number % 10}:30</p><p>{number * 977}</p>"
        notice = f"<div><p>Mēs izmantojam sīkdatnes ({number + 3} partneri), lai lapa darbotos.</p></div>"
        content = page([measure(1), counter + measure(2), measure(3) + TERMS + "<p>Nav.</p>"], more=stamp)
        return content.replace("<main>", "<main>" + (notice if number % 3 else "") + stamp)

    assert chronicle(tmp_path, [day(number) for number in range(24)]).changes == []


def test_the_real_page_with_what_comes_and_goes_around_it(tmp_path):
    html = FIXTURE.read_text(encoding="utf-8")
    days = [
        html.replace(
            "</main>",
            f"<p>Publicēts: {day + 1:02}.03.2025.</p><p>Skatīts {day * 91} reizes</p>"
            f"<ul><li>Dalīties</li><li>Drukāt</li></ul><p>{timedelta(minutes=day)}</p></main>",
        )
        for day in range(24)
    ]
    assert len(set(days)) == 24
    assert chronicle(tmp_path, days).changes == []


def test_long_pages_take_linear_time():
    def pages(count):
        words = " ".join(f"[nezināms vārds {number} eiro]" for number in range(count))
        lines = "".join(f"<p>Skaits{number} vārds {number}</p>" for number in range(count))
        old = with_lines(f"<h4>Nezināms:</h4><p>{words}</p>{lines}")
        return parse_page(old, None), parse_page(old.replace("vārds 7", "cits 7"), None)

    assert diff(*pages(1_000), "fondi")
    assert is_linear(lambda count: diff(*pages(count), "fondi"), 1_600)


@pytest.mark.parametrize(
    ("url", "is_button"),
    [
        ("javascript:window.print()", True),
        ("https://www.facebook.com/sharer/sharer.php?u=https://example.org", True),
        ("https://twitter.com/intent/tweet?text=x", True),
        ("https://www.draugiem.lv/say/ext/add.php?link=x", True),
        ("mailto:?subject=Lapa", True),
        ("https://www.facebook.com/ministrija", False),
        ("https://example.org/x.com/share", False),
        ("https://likumi.lv/ta/id/343564", False),
        ("mailto:pasts@example.org", False),
    ],
)
def test_buttons_to_share(url, is_button):
    assert is_to_share(url) is is_button


def test_buttons_below_the_title_are_no_theme_and_no_link():
    """A page without a heading above its measures, where the buttons are read as one; or within a measure."""
    old = (
        "<html lang=lv><body><main><h1>Pasākumi</h1><p>{}</p><h3>4.1.2.20. Garīgās veselības programma</h3>"
        "<p>Projektu iesniedzēji: pašvaldības.</p><h4>Saistošie dokumenti</h4><p>{}</p></main></body></html>"
    )
    buttons = '<a href="javascript:print()">Drukāt</a> <a href="https://facebook.com/sharer?u=x">Dalīties</a>'
    assert told(old.format("", ""), old.format(buttons, "")) == []
    assert told(old.format("", ""), old.format("", buttons)) == []


def test_a_figure_that_goes_on_another_is_told():
    old = (
        "<html lang=lv><body><main><h3>4.1.2.20. Garīgās veselības programma</h3>"
        "<h4>Plānotais ES fondu finansējums (eiro)</h4><p>7 250 000{}</p></main></body></html>"
    )
    (change,) = changes(old.format(""), old.format(" → 8 000 000"))
    assert (change.kind, change.field) == ("text_changed", "unclaimed")
    assert "8 000 000" in str(change.new)

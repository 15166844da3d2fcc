"""Lines that say in what all amounts below them are: captions, headings, sentences."""

from decimal import Decimal

import pytest

from parsers import amounts
from parsers.page import parse_page
from tests.growth import is_linear

HEAD = "<tr><th>Pasākums</th><th>{}</th><th>Atlases sākums</th></tr>"
ROWS = (
    "<tr><td>4.2.1.1. Skolu tīkls</td><td>12 345,6</td><td>2025. gada I cet.</td></tr>"
    "<tr><td>4.2.1.2. Skolotāji</td><td>1 200</td><td>2025. gada II cet.</td></tr>"
)
FIELDS = "<h3>4.2.1.{} pasākums „Skolas”</h3><p>Finansējums: {}</p><p>Atlases veids: atklāta</p>"


def euro(page: str) -> list[Decimal | None]:
    return [measure.eu_funding_eur for measure in parse_page(f"<main>{page}</main>", None).measures]


def table(label: str, before: str = "", caption: str = "") -> str:
    return f"<h2>Pasākumi</h2>{before}<table>{caption}{HEAD.format(label)}{ROWS}</table>"


@pytest.mark.parametrize(
    "page",
    [
        table("Finansējums, tūkst. euro"),
        table("Finansējums (tūkst.)"),
        table("Finansējums", caption="<caption>Pasākumi (tūkst. euro)</caption>"),
        table("Finansējums", caption="<caption>Finansējums norādīts tūkst. EUR</caption>"),
        table("Finansējums", caption='<tr><td colspan="3">tūkst. euro</td></tr>'),
        table("Finansējums", before="<p>Visas summas norādītas tūkstošos eiro.</p>"),
        table("Finansējums", before="<p>tūkst. €</p>"),
        "<p>Visas summas norādītas tūkst. euro.</p>" + table("Finansējums"),
    ],
)
def test_thousands_said_over_a_table(page: str) -> None:
    assert euro(page) == [Decimal(12345600), Decimal(1200000)]


def test_a_column_says_more_than_the_caption() -> None:
    page = table("Finansējums, EUR", caption="<caption>Pasākumi (tūkst. euro)</caption>")
    assert euro(page) == [Decimal("12345.6"), Decimal(1200)]


def test_a_number_with_its_own_unit_is_in_that() -> None:
    page = "<h2>Pasākumi, milj. EUR</h2>" + FIELDS.format("1.", "12 345 678 EUR")
    assert euro(page) == [Decimal(12345678)]


def test_a_heading_says_it_of_its_part_of_the_page() -> None:
    page = (
        f"<h2>Skolas (milj. EUR)</h2>{FIELDS.format('1.', '4,5')}"
        f"<h2>Augstskolas</h2>{FIELDS.format('2.', '4 500 000')}"
    )
    assert euro(page) == [Decimal(4_500_000), Decimal(4_500_000)]


def test_a_caption_says_it_of_its_table() -> None:
    page = table("Finansējums", caption="<caption>Pasākumi (tūkst. euro)</caption>")
    assert euro(page + FIELDS.format("3.", "4 500 000"))[-1] == Decimal(4_500_000)


@pytest.mark.parametrize(
    "line",
    ["Skolām pieejami vairāki miljoni eiro.", "Kopā plānots 4,5 milj. EUR", "Skolām – daudzi tūkst. eiro."],
)
def test_a_line_that_states_an_amount_says_nothing_of_others(line: str) -> None:
    page = f"<h2>Skolas</h2><p>{line}</p>{FIELDS.format('1.', '4 500 000')}"
    assert euro(page) == [Decimal(4_500_000)]


def test_the_unit_of_one_label_is_not_that_of_the_next_measure() -> None:
    page = (
        "<h3>4.2.1.1. pasākums „Skolas”</h3><h4>Finansējums, milj. EUR</h4><p>4,5</p>"
        "<p>Atlases veids: atklāta</p>" + FIELDS.format("2.", "4 500 000")
    )
    assert euro(page) == [Decimal(4_500_000), Decimal(4_500_000)]


def test_what_was_taken_from_above_is_said() -> None:
    page = parse_page(f"<main>{table('Finansējums', before='<p>tūkst. euro</p>')}</main>", None)
    assert [finding.text for finding in page.findings if finding.code == "assumed"] == ["12 345,6", "1 200"]
    assert not page.coverage.unclaimed


@pytest.mark.parametrize(
    ("label", "unit"),
    [
        ("Finansējums, tūkst.", 1_000),
        ("Finansējums (milj.)", 1_000_000),
        ("Finansējums miljonos", 1_000_000),
        ("Finansējums, tūkstošos:", 1_000),
        ("Finansējums", None),
        ("5 milj.", None),
        ("Finansējums (tūkst. latu)", None),
        ("Finansējums, tūkst. EUR", 1_000),
    ],
)
def test_a_label_of_money_may_leave_euro_out(label: str, unit: int | None) -> None:
    assert amounts.unit_of_label(label) == unit


def test_many_lines_of_units_take_linear_time() -> None:
    lines = ["Visas summas norādītas tūkst. euro", "Finansējums: 5"]
    text = "4.2.1.5. pasākums „Skolas”\nAtlases veids: atklāta\n" + "\n".join(lines * 2_000)
    assert is_linear(lambda length: parse_page(text[:length], None), len(text))


@pytest.mark.parametrize(
    ("label", "unit"),
    [
        ("Finansējums (EUR, milj.)", 1_000_000),
        ("Finansējums, EUR milj.", 1_000_000),
        ("Finansējums EUR (tūkst.)", 1_000),
        ("M EUR", 1_000_000),
        ("k€", 1_000),
        ("Finansējums (eiro)", 1),
        ("Finansējums eiro, t.sk. ERAF", 1),
    ],
)
def test_the_magnitude_may_stand_behind_the_euro(label: str, unit: int) -> None:
    assert amounts.unit_of_label(label) == unit


@pytest.mark.parametrize(
    ("head", "unit"),
    [("Tūkst. euro", 1_000), ("milj. EUR", 1_000_000), ("EUR, milj.", 1_000_000), ("tūkst. eiro*", 1_000)],
)
def test_a_column_headed_by_its_unit_alone_holds_the_money(head: str, unit: int) -> None:
    page = parse_page(
        "<table><tr><th>Nr.</th><th>Pasākums</th><th>Iesniedzējs</th>"
        f"<th>{head}</th><th>Atlases veids</th></tr>"
        "<tr><td>4.2.1.1</td><td>Mācību vide</td><td>pašvaldības</td><td>12,5</td><td>atklāta</td></tr>"
        "<tr><td>4.2.1.2</td><td>Skolotāji</td><td>IZM</td><td>7,25</td><td>ierobežota</td></tr></table>",
        None,
    )
    assert [measure.eu_funding_eur for measure in page.measures] == [
        Decimal("12.5") * unit,
        Decimal("7.25") * unit,
    ]


def test_a_unit_below_a_figure_is_no_label() -> None:
    page = (
        "<h3>4.2.1.1. pasākums „Skolas”</h3><p>Finansējums</p><p>4,5</p><p>milj. EUR</p>"
        "<p>Atlases veids: atklāta</p>"
    )
    (measure,) = parse_page(page, None).measures
    assert measure.selection_type == "open"
    assert len(measure.funding) == 1


def test_an_amount_no_measure_has_is_told() -> None:
    page = parse_page(
        "<h3>4.2.1.1. pasākums „Skolas”</h3><p>Finansējums (EUR): 12,5</p><p>Atlases veids: atklāta</p>", None
    )
    assert page.measures[0].eu_funding_eur == Decimal("12.5")
    assert [finding.text for finding in page.findings if finding.code == "amount_implausible"] == ["12,5"]

"""Tables: a column of labels, a row a measure, a column a measure, or none of these."""

import pytest

from parsers.blocks import layout
from parsers.decoding import decode
from parsers.grids import grids, records
from parsers.page import parse_page
from tests.growth import is_linear


def table(*rows):
    return "\n".join("\t".join(row) for row in rows)


def grid(*rows):
    laid = layout(decode(table(*rows)), None)
    return laid, grids(laid)[0]


def test_a_column_of_labels():
    _, found = grid(("Mērķis", "vide"), ("Atlase", "atklāta"), ("Finansējums", "100 euro"))
    assert (found.labels, found.records) == (0, False)


def test_numbers_before_the_column_of_labels():
    _, found = grid(("1.", "Mērķis", "vide"), ("2.", "Atlases veids", "atklāta"))
    assert found.labels == 1


def test_funds_alone_are_values_and_no_column_of_labels():
    _, found = grid(("ERAF", "100"), ("ESF", "200"), ("ERAF", "300"), ("KF", "400"))
    assert found.records is False


def test_each_row_a_measure_its_code_first():
    laid, found = grid(
        ("Nosaukums", "Finansējums", "Nr."),
        ("Vide", "100 euro", "4.2.1.1."),
        ("Skola", "200 euro", "4.2.1.2."),
    )
    assert found.records
    assert [
        [laid.text[laid.blocks[cell.blocks[0]].start :][:4] for cell in row] for row in records(laid, found)
    ] == [
        ["4.2.", "Vide", "100 "],
        ["4.2.", "Skol", "200 "],
    ]


def test_each_column_a_measure():
    page = parse_page(
        table(
            ("Pasākums", "4.2.1.1. Vide", "4.2.1.2. Skola"),
            ("Atlases veids", "atklāta", "ierobežota"),
            ("Finansējums", "100 euro", "200 euro"),
        )
    )
    assert [(each.code, each.selection_type, each.eu_funding_eur) for each in page.measures] == [
        ("4.2.1.1", "open", 100),
        ("4.2.1.2", "restricted", 200),
    ]


def test_a_row_of_sums_is_no_part_of_the_measure_above():
    page = parse_page(
        table(
            ("Pasākums", "Finansējums"),
            ("4.2.1.1. Vide", "100 euro"),
            ("4.2.1.2. A", "200 euro"),
            ("Kopā", "300 euro"),
        )
    )
    assert [each.eu_funding_eur for each in page.measures] == [100, 200]


def test_a_unit_in_the_heading_of_a_column():
    page = parse_page(
        table(("Pasākums", "Finansējums (milj. euro)"), ("4.2.1.1. A", "1,5"), ("4.2.1.2. B", "2"))
    )
    assert [each.eu_funding_eur for each in page.measures] == [1_500_000, 2_000_000]


def test_a_cell_over_several_rows_says_the_same_of_each():
    html = (
        "<table><tr><th>Pasākums<th>Finansējums<th>Atlases veids"
        "<tr><td>4.2.1.1. A<td>100 euro<td rowspan=2>atklāta<tr><td>4.2.1.2. B<td>200 euro</table>"
    )
    assert [each.selection_type for each in parse_page(html).measures] == ["open", "open"]


def test_a_table_of_anything_else_has_no_labels():
    _, found = grid(("Rīga", "Cēsis"), ("Tukums", "Talsi"))
    assert (found.labels, found.records) == (-1, False)


@pytest.mark.parametrize(
    ("head", "rows"),
    [
        (("Nr.", "Pasākuma kods", "Nosaukums"), (("1.", "4.2.1.1", "Vide"), ("2.", "4.2.1.2", "Skola"))),
        (("N. p. k.", "Nosaukums", "Kods"), (("1", "Vide", "4.2.1.1."), ("2", "Skola", "4.2.1.2."))),
        (("Kods", "Nr.p.k.", "Pasākums"), (("4.2.1.1.", "1)", "Vide"), ("4.2.1.2.", "2)", "Skola"))),
    ],
)
def test_a_column_that_numbers_the_rows_says_nothing_of_the_measure(head, rows):
    page = parse_page(table((*head, "Finansējums"), *((*row, "100 euro") for row in rows)))
    assert [(each.code, each.title, each.eu_funding_eur) for each in page.measures] == [
        ("4.2.1.1", "Vide", 100),
        ("4.2.1.2", "Skola", 100),
    ]
    assert (page.coverage.unclaimed, page.narrative) == ((), ())


def test_a_number_below_a_label_that_does_not_number_rows_is_no_ordinal():
    rows = (("4.2.1.1. Vide", "3", "100 euro"), ("4.2.1.2. Skola", "5", "200 euro"))
    page = parse_page(table(("Pasākums", "Projektu skaits", "Finansējums"), *rows))
    assert [each.text for each in page.findings if each.code == "unknown_label"] == ["Projektu skaits"] * 2


def schedule(html):
    (measure,) = parse_page(f"<h3>4.2.1.1. Vide</h3><p>Finansējums: 100 euro</p>{html}").measures
    return [(step.kind, step.period) for step in measure.milestones]


@pytest.mark.parametrize(
    "rows",
    [
        (("Solis", "Termiņš"), ("MK noteikumi", "2025. gada II cet."), ("Atlase", "2025. gada III cet.")),
        (("Laiks", "Darbība"), ("2025. g. II cet.", "MK noteikumi"), ("III cet. 2025", "Atlases uzsākšana")),
        (("1.", "MK noteikumi", "2025. gada 2. ceturksnī"), ("2.", "Projektu atlase", "2025. gada 3. cet.")),
        (
            ("Nr.", "Aktivitāte", "Plānotais laiks"),
            ("1.", "Noteikumu apstiprināšana", "2025. gada II cet."),
            ("2.", "Atlases izsludināšana", "2025. gada III cet."),
        ),
    ],
)
def test_a_table_of_steps_and_their_periods(rows):
    assert schedule(f"<p><b>Laika grafiks</b></p>{html_table(*rows)}") == [
        ("regulation_approval", "2025-Q2"),
        ("selection_start", "2025-Q3"),
    ]


def test_a_table_that_has_more_than_periods_is_no_schedule():
    _, found = grid(("Atlases veids", "atklāta"), ("Atlases sākums", "2025. gada maijs"))
    assert (found.schedule, found.labels) == (False, 0)


def html_table(*rows):
    lines = ("".join(f"<td>{cell}</td>" for cell in row) for row in rows)
    return f"<table>{''.join(f'<tr>{line}</tr>' for line in lines)}</table>"


def test_a_chart_of_steps_and_years():
    rows = (
        ("Aktivitāte", "2024", "2025", "2026", "2027"),
        ("Noteikumu apstiprināšana", "IV cet.", "", "", ""),
        ("Projektu atlase", "", "I", "", "–"),
        ("Projektu īstenošana", "", "x", "x", "x"),
        ("Kritēriju saskaņošana", "31.12.", "", "", ""),
    )
    assert schedule(html_table(*rows)) == [
        ("regulation_approval", "2024-Q4"),
        ("selection_start", "2025-Q1"),
        ("implementation_start", "2025"),
        ("completion", "2027"),
        ("other", "2024-12-31"),
    ]


def test_a_chart_with_quarters_below_years():
    head = "<tr><td rowspan=2>Nr.<td rowspan=2>Posms<td colspan=4>2025. gads<td colspan=2>2026. gads</tr>"
    quarters = "<tr><td>I<td>II<td>III<td>IV<td>I<td>II</tr>"
    steps = "<tr><td>1.<td>MK noteikumi<td>X</tr><tr><td>2.<td>Atlases izsludināšana<td><td>X<td>X"
    last = "<tr><td>3.<td>Projektu īstenošana<td><td><td><td>●<td>●<td>●</table>"
    assert schedule(f"<p>Laika grafiks:</p><table>{head}{quarters}{steps}{last}") == [
        ("regulation_approval", "2025-Q1"),
        ("selection_start", "2025-Q2/2025-Q3"),
        ("implementation_start", "2025-Q4"),
        ("completion", "2026-Q2"),
    ]


def test_what_is_read_from_a_chart_has_the_place_of_its_mark_and_of_the_year():
    rows = (("Solis", "2025. g.", "2026. g."), ("Atlases uzsākšana", "", "+"), ("MK noteikumi", "+", ""))
    page = parse_page(f"<h3>4.2.1.1. Vide</h3><p>Mērķis: a</p>{html_table(*rows)}")
    places = [
        each for each in page.evidence if (each.table, each.seq, each.field) == ("milestones", 1, "period")
    ]
    assert [page.text[each.start : each.end] for each in places] == ["+", "2026. g."]
    assert page.coverage.unclaimed == ()


@pytest.mark.parametrize(
    "rows",
    [
        (("Gads", "2025", "2026"), ("Finansējums", "100 000", "200 000"), ("Atlase", "x", "")),
        (("Rādītājs", "2025", "2026"), ("Projekti", "3", "5"), ("Skolas", "4", "9")),
    ],
)
def test_a_table_of_figures_by_year_is_no_chart(rows):
    assert grid(*rows)[1].chart is None


def test_a_label_below_another_is_read_with_it():
    rows = (
        ("Pasākums", "Atlase", "", "Finansējums, milj. EUR", ""),
        ("", "Veids", "Beigas", "Kopā", "ERAF"),
        ("4.2.1.1. Vide", "atklāta", "2025. gada maijs", "1,2", "1"),
        ("4.2.1.2. Skola", "ierobežota", "2026. gada maijs", "2,4", "2"),
    )
    page = parse_page(table(*rows))
    assert [(each.selection_type, each.eu_funding_eur) for each in page.measures] == [
        ("open", 1_000_000),
        ("restricted", 2_000_000),
    ]
    assert [step.kind for each in page.measures for step in each.milestones] == ["selection_end"] * 2
    assert page.coverage.unclaimed == ()


def side_by_side(*rows):
    cells = "".join(
        "<tr>" + "".join(f'<td colspan="{span}">{words}</td>' for span, words in row) + "</tr>"
        for row in rows
    )
    return parse_page(f"<html><table>{cells}</table></html>")


def test_measures_side_by_side_each_over_its_own_columns():
    page = side_by_side(
        [(2, "4.2.1.1. Vide"), (2, "4.2.1.2. Skola")],
        [(1, "Atlases veids"), (1, "atklāta"), (1, "Atlases veids"), (1, "ierobežota")],
        [(1, "Finansējums"), (1, "100 euro"), (1, "Finansējums"), (1, "200 euro")],
        [(2, "4.2.1.3. Koks"), (2, "4.2.1.4. Zeme")],
        [(1, "Finansējums"), (1, "300 euro"), (1, "Finansējums"), (1, "400 euro")],
    )
    assert [(each.code, each.selection_type, each.eu_funding_eur) for each in page.measures] == [
        ("4.2.1.1", "open", 100),
        ("4.2.1.2", "restricted", 200),
        ("4.2.1.3", None, 300),
        ("4.2.1.4", None, 400),
    ]


def test_titles_beside_each_other_without_labels_are_no_measures_side_by_side():
    page = side_by_side(
        [(1, "4.2.1.1. Vide"), (1, "4.2.1.2. Skola")], [(1, "4.2.1.3. Koks"), (1, "4.2.1.4. Zeme")]
    )
    assert page.measures == ()


def test_each_column_a_round_of_the_measure_that_is_open():
    page = parse_page(
        "<html><h3>4.2.1.1. Vide</h3><table>"
        "<tr><td></td><td>1. kārta</td><td>2. kārta</td><td>3. kārta</td></tr>"
        "<tr><td>Finansējums</td><td>100 euro</td><td>200 euro</td><td>300 euro</td></tr>"
        '<tr><td>Atlases veids</td><td>ierobežota</td><td colspan="2">atklāta</td></tr></table>'
        "<p>Mērķis: mācību vide</p></html>"
    )
    assert [
        (each.measure_id, each.eu_funding_eur, each.selection_type, each.objective) for each in page.measures
    ] == [
        ("4.2.1.1/1", 100, "restricted", "mācību vide"),
        ("4.2.1.1/2", 200, "open", "mācību vide"),
        ("4.2.1.1/3", 300, "open", "mācību vide"),
    ]


def test_labels_of_money_in_two_rows_keep_the_unit_of_the_upper_one():
    page = parse_page(
        '<html><table><tr><th rowspan="2">Pasākums</th><th colspan="2">Finansējums, milj. EUR</th>'
        '<th rowspan="2">Iesniedzējs</th></tr><tr><th>ES fondi</th><th>Nacionālais</th></tr>'
        "<tr><td>4.2.1.1. Vide</td><td>71,9</td><td>12,7</td><td>pašvaldības</td></tr>"
        "<tr><td>4.2.1.2. Skola</td><td>8,5</td><td>1,5</td><td>biedrības</td></tr></table></html>"
    )
    assert [[(row.fund, row.amount_eur) for row in each.funding] for each in page.measures] == [
        [("eu_total", 71_900_000), ("national", 12_700_000)],
        [("eu_total", 8_500_000), ("national", 1_500_000)],
    ]


def test_fields_in_the_one_line_of_a_cell():
    page = parse_page(
        table(
            ("Programma", "Apraksts", "Finansējums"),
            (
                "4.2.1.1. Vide",
                "Mērķis: kopt mežu. Iesniedzējs: biedrības. Kontakti: Ilze Zīle, 67047871",
                "1 euro",
            ),
            ("4.2.1.2. Skola", "Mērķis: mācīt. Iesniedzējs: pašvaldības.", "2 euro"),
        )
    )
    assert [(each.objective, each.applicants[0].name) for each in page.measures] == [
        ("kopt mežu.", "biedrības"),
        ("mācīt.", "pašvaldības"),
    ]
    assert page.measures[0].contacts[0].phone == "+37167047871"


def test_contacts_of_a_row_are_its_own_whatever_stands_over_their_columns():
    page = parse_page(
        table(
            ("Pasākums", "Finansējums", "Atbildīgais", "Tālrunis", "E-pasts"),
            ("4.2.1.1. Vide", "1 euro", "Vita Zīle", "67047871", "vita.zile@izm.gov.lv"),
            ("4.2.1.2. Skola", "2 euro", "Ilze Egle", "67047872", "ilze.egle@izm.gov.lv"),
        )
    )
    assert [[(each.phone, each.email) for each in measure.contacts] for measure in page.measures] == [
        [("+37167047871", "vita.zile@izm.gov.lv")],
        [("+37167047872", "ilze.egle@izm.gov.lv")],
    ]


def test_of_a_sum_told_by_years_only_the_sum_is_read():
    (measure,) = parse_page(
        "4.2.1.1. pasākums „Vide”\n\n"
        + table(
            ("Finansējums", "2024. gads", "2025. gads", "Kopā"),
            ("ERAF, EUR", "1 000 000", "4 000 000", "5 000 000"),
            ("Iesniedzēji", "", "", "pašvaldības"),
        )
    ).measures
    assert [(row.fund, row.amount_eur) for row in measure.funding] == [("erdf", 5_000_000)]


def test_time_is_linear_where_many_measures_stand_side_by_side():
    def work(size):
        rows = "".join(
            f"<tr><td colspan=2>4.2.1.{n % 90 + 1}. Vide</td><td colspan=2>4.2.2.{n % 90 + 1}. Koks</td></tr>"
            "<tr><td>Finansējums</td><td>1 euro</td><td>Finansējums</td><td>2 euro</td></tr>"
            for n in range(size)
        )
        return grids(layout(decode(f"<html><table>{rows}</table></html>"), None))

    assert is_linear(work, 2000)


def test_a_row_that_heads_others_takes_nothing_from_a_cell_that_reaches_over_it():
    page = parse_page(
        "<html><table><tr><th>Pasākums</th><th>Finansējums</th><th>Kontaktpersona</th></tr>"
        "<tr><td colspan=3>Zveja</td></tr>"
        "<tr><td>4.2.1.1. Vide</td><td>1 euro</td><td rowspan=3>Vita Zīle, 67047871</td></tr>"
        "<tr><td colspan=3>Akvakultūra</td></tr>"
        "<tr><td>4.2.1.2. Skola</td><td>2 euro</td></tr></table></html>"
    )
    assert [(each.theme, [one.name for one in each.contacts]) for each in page.measures] == [
        ("Zveja", ["Vita Zīle"]),
        ("Akvakultūra", ["Vita Zīle"]),
    ]


def test_a_fund_in_the_cell_beside_an_amount_says_whose_it_is():
    (measure,) = parse_page(
        "<html><h3>4.2.1.1. Vide</h3><table>"
        "<tr><th rowspan=3>Finansējums</th><td>Kopā</td><td>24 000</td></tr>"
        "<tr><td>ERAF</td><td>20 400</td></tr><tr><td>Valsts</td><td>3 600</td></tr>"
        "<tr><th>Iesniedzēji</th><td colspan=2>biedrības</td></tr></table></html>"
    ).measures
    assert measure.eu_funding_eur == 20_400
    assert [(row.fund, row.amount_eur) for row in measure.funding] == [
        ("total", 24_000),
        ("erdf", 20_400),
        ("state_budget", 3_600),
    ]


def test_a_title_over_several_rows_is_one_measure_unless_they_are_its_rounds():
    head = "<tr><th>Pasākums<th>Kārta<th>Finansējums<th>Iesniedzējs"
    rounds = (
        "<tr><td rowspan=2>4.2.1.1. Vide<td>1. kārta<td>100 EUR<td>Skolas"
        "<tr><td>2. kārta<td>200 EUR<td>Biedrības"
    )
    page = parse_page(f"<table>{head}{rounds}</table>")
    assert [measure.measure_id for measure in page.measures] == ["4.2.1.1/1", "4.2.1.1/2"]
    parts = (
        "<tr><td rowspan=2>4.2.1.1. Vide<td>100 EUR<td>Skolas<tr><td>ERAF 60 EUR<td>Biedrības"
        "<tr><td>4.2.1.2. Ceļi<td>5 EUR<td>Skolas"
    )
    page = parse_page(f"<table><tr><th>Pasākums<th>Finansējums<th>Iesniedzējs{parts}</table>")
    assert [measure.code for measure in page.measures] == ["4.2.1.1", "4.2.1.2"]
    assert [applicant.name for applicant in page.measures[0].applicants] == ["Skolas", "Biedrības"]


APPLICANTS_AND_MONEY = [
    ("4.2.1.1", 1_000_000, ["pašvaldības"]),
    ("4.2.1.2", 2_000_000, ["biedrības"]),
    ("4.2.1.3", 3_000_000, ["augstskolas"]),
]
TITLES = ("4.2.1.1. Vide", "4.2.1.2. Skola", "4.2.1.3. Muzejs")
WHO = ("pašvaldības", "biedrības", "augstskolas")
MONEY = ("1 000 000 euro", "2 milj. euro", "3 milj. euro")


def cells_of(*rows):
    """A table of HTML; a cell is its words, or its words and how many columns it reaches over."""
    told = [[cell if isinstance(cell, tuple) else (cell, 1) for cell in row] for row in rows]
    return "".join(
        "<tr>" + "".join(f'<td colspan="{span}">{words}</td>' for words, span in row) + "</tr>"
        for row in told
    )


def fields_of(page):
    return [(each.code, each.eu_funding_eur, [one.name for one in each.applicants]) for each in page.measures]


@pytest.mark.parametrize("count", [2, 3])
@pytest.mark.parametrize(
    "rows",
    [
        lambda n: [TITLES[:n], [("Iesniedzēji", n)], WHO[:n], [("Finansējums", n)], MONEY[:n]],
        lambda n: [TITLES[:n], ["Iesniedzēji"], WHO[:n], ["Finansējums"], MONEY[:n]],
        lambda n: [TITLES[:n], ["Iesniedzēji:"] * n, WHO[:n], ["Finansējums:"] * n, MONEY[:n]],
        lambda n: [
            ["Pasākums", *TITLES[:n]],
            [("Iesniedzēji", n + 1)],
            ["", *WHO[:n]],
            [("Finansējums", n + 1)],
            ["", *MONEY[:n]],
        ],
        lambda n: [
            ["", *TITLES[:n]],
            ["Iesniedzēji", *[""] * n],
            ["", *WHO[:n]],
            ["Finansējums", *[""] * n],
            ["", *MONEY[:n]],
        ],
        lambda n: [
            [("Pasākumi", n)],
            TITLES[:n],
            [("Iesniedzēji", n)],
            WHO[:n],
            [("Finansējums", n)],
            MONEY[:n],
        ],
    ],
)
def test_a_label_in_a_row_of_its_own_stands_over_the_values_of_each_measure(rows, count):
    page = parse_page(f"<html><table>{cells_of(*rows(count))}</table></html>")
    assert fields_of(page) == APPLICANTS_AND_MONEY[:count]


@pytest.mark.parametrize(
    "text",
    [
        "\n".join(["\t".join(TITLES), "Iesniedzēji", "\t".join(WHO), "Finansējums", "\t".join(MONEY)]),
        "<html><div role=table>"
        + "".join(
            "<div role=row>" + "".join(f"<div role=cell>{cell}</div>" for cell in row) + "</div>"
            for row in (TITLES, ["Iesniedzēji"], WHO, ["Finansējums"], MONEY)
        )
        + "</div></html>",
        *(
            "<html>"
            + "".join(
                (lone.format(row[0]) if len(row) == 1 else None)
                or "<div>" + "".join(f"<div>{cell}</div>" for cell in row) + "</div>"
                for row in (TITLES, ["Iesniedzēji"], WHO, ["Finansējums"], MONEY)
            )
            + "</html>"
            for lone in (
                "<div><div>{}</div></div>",
                "<h3>{}</h3>",
                "<p><strong>{}:</strong></p>",
                "<div>{}</div>",
            )
        ),
        "<html>"
        + "".join(
            "<div>" + "".join(f"<div>{cell}</div>" for cell in row) + "</div>"
            for row in (TITLES, ["Iesniedzēji"] * 3, WHO, ["Finansējums"] * 3, MONEY)
        )
        + "</html>",
    ],
)
def test_the_same_in_pasted_text_by_roles_and_by_style(text):
    assert fields_of(parse_page(text)) == APPLICANTS_AND_MONEY


def test_what_reaches_over_several_measures_is_of_each_but_one_sum_of_money_is_of_none():
    page = parse_page(
        "<html><table>"
        + cells_of(
            TITLES,
            [("Iesniedzēji", 3)],
            [("pašvaldības", 2), "biedrības"],
            [("Finansējums", 3)],
            [("5 milj. euro", 2), "3 milj. euro"],
        )
        + "</table></html>"
    )
    assert fields_of(page) == [
        ("4.2.1.1", None, ["pašvaldības"]),
        ("4.2.1.2", None, ["pašvaldības"]),
        ("4.2.1.3", 3_000_000, ["biedrības"]),
    ]
    assert [each.text for each in page.findings if each.code == "measure_not_told"] == ["5 milj. euro"]


@pytest.mark.parametrize(
    "text",
    [
        "4.2.1.1. Vide\t4.2.1.2. Skola\nIesniedzēji\npašvaldības\nFinansējums\n1 milj. euro\t2 milj. euro",
        "<html><table><tr><td>4.2.1.1. Vide<td>4.2.1.2. Skola<tr><td>Iesniedzēji<tr><td>pašvaldības"
        "<tr><td>Finansējums<tr><td>1 milj. euro<td>2 milj. euro</table></html>",
    ],
)
def test_a_value_alone_in_a_row_that_does_not_say_how_far_it_reaches_is_of_none(text):
    page = parse_page(text)
    assert fields_of(page) == [("4.2.1.1", 1_000_000, []), ("4.2.1.2", 2_000_000, [])]
    assert [each.text for each in page.findings if each.code == "measure_not_told"] == ["pašvaldības"]


def test_fields_below_titles_side_by_side_are_of_neither():
    page = parse_page(
        "<html><table><tr><td>4.2.1.1. Vide</td><td>4.2.1.2. Skola</td></tr></table>"
        "<p>Finansējums: 1 milj. euro</p><p>Iesniedzēji: pašvaldības</p></html>"
    )
    assert page.measures == ()
    assert [each.text for each in page.findings if each.code == "measure_not_told"] == ["4.2.1.2. Skola"]


def test_an_objective_beside_its_measure_is_no_other_measure():
    page = parse_page(
        "<html><table><tr><td>4.2.1. SAM „Vide”</td><td>4.2.1.2. Skola</td></tr></table>"
        "<p>Finansējums: 1 milj. euro</p></html>"
    )
    assert [(each.code, each.eu_funding_eur) for each in page.measures] == [("4.2.1.2", 1_000_000)]


def test_items_of_a_list_are_not_side_by_side():
    page = parse_page(
        "<html><ul><li>4.2.1.1. Vide</li><li>4.2.1.2. Skola</li></ul><p>Iesniedzēji:</p>"
        "<ul><li>pašvaldības</li><li>biedrības</li></ul></html>"
    )
    assert page.measures == ()


MARKS = (("MK noteikumu apstiprināšana", "X", "", "", ""), ("Atlases uzsākšana", "", "", "x", ""))
QUARTERS = ("I cet.", "II cet.", "III cet.", "IV cet.")


def schedule_of(table_of_steps):
    page = parse_page(
        f"<html><h2>4.2.1.1. Vide</h2><p>Finansējums: 1 milj. euro</p>{table_of_steps}"
        "<p>Iesniedzēji: skolas</p></html>"
    )
    (measure,) = page.measures
    assert [each.name for each in measure.applicants] == ["skolas"]
    return [(step.kind, step.period) for step in measure.milestones]


@pytest.mark.parametrize(
    "table_of_steps",
    [
        f"<table><caption>2025. gads</caption>{cells_of(['Posms', *QUARTERS], *MARKS)}</table>",
        f"<p>Laika grafiks</p><p>2025. gads</p><table>{cells_of(['Posms', *QUARTERS], *MARKS)}</table>",
        f"<h4>2025</h4><table>{cells_of(['', 'I', 'II', 'III', 'IV'], *MARKS)}</table>",
        f"<table>{cells_of(['2025. gads', *QUARTERS], *MARKS)}</table>",
    ],
)
def test_the_year_of_quarters_stands_once_in_a_chart(table_of_steps):
    assert schedule_of(table_of_steps) == [("regulation_approval", "2025-Q1"), ("selection_start", "2025-Q3")]


@pytest.mark.parametrize(
    "table_of_steps",
    [
        "<table><caption>2025. gads</caption><tr><td>I cet.<td>MK noteikumu apstiprināšana"
        "<tr><td>III cet.<td>Atlases uzsākšana</table>",
        "<table><tr><th>2025. gads<th>Darbība<tr><td>I ceturksnis<td>MK noteikumu apstiprināšana"
        "<tr><td>III ceturksnis<td>Atlases uzsākšana</table>",
        "<p>2025</p><table><tr><td>1.<td>MK noteikumu apstiprināšana<td>I cet.<tr><td>2.<td>Atlases uzsākšana"
        "<td>III cet.</table>",
    ],
)
def test_the_year_of_quarters_stands_once_in_a_table_of_steps(table_of_steps):
    assert schedule_of(table_of_steps) == [("regulation_approval", "2025-Q1"), ("selection_start", "2025-Q3")]


def test_a_year_over_months_and_days_and_halves_of_it():
    rows = cells_of(
        ["Nr.", "Darbība", "2025. gads"],
        ["1.", "MK noteikumu apstiprināšana", "15.03."],
        ["2.", "Atlases uzsākšana", "aprīlis"],
        ["3.", "Projektu apstiprināšana", "II pusgads"],
    )
    assert schedule_of(f"<table>{rows}</table>") == [
        ("regulation_approval", "2025-03-15"),
        ("selection_start", "2025-04"),
        ("project_approval", "2025-H2"),
    ]


def test_two_tables_each_with_its_own_year():
    first = cells_of(["Posms", *QUARTERS], *MARKS)
    second = cells_of(["Posms", "I cet.", "II cet."], ["Projektu apstiprināšana", "x", ""])
    assert schedule_of(
        f"<p>Laika grafiks</p><table><caption>2025. gads</caption>{first}</table>"
        f"<table><caption>2026. gads</caption>{second}</table>"
    ) == [
        ("regulation_approval", "2025-Q1"),
        ("selection_start", "2025-Q3"),
        ("project_approval", "2026-Q1"),
    ]


def test_numbers_of_months_are_no_quarters():
    months = [str(number) for number in range(1, 13)]
    third, eighth = ["" if number != 3 else "X" for number in range(1, 13)], [""] * 7 + ["X"] + [""] * 4
    rows = cells_of(
        ["Posms", ("2025. gads", 12)],
        ["", *months],
        ["Atlases uzsākšana", *third],
        ["Projektu apstiprināšana", *eighth],
    )
    assert schedule_of(f"<table>{rows}</table>") == [
        ("selection_start", "2025-03"),
        ("project_approval", "2025-08"),
    ]


def test_rows_that_are_numbered_below_a_year_are_no_quarters():
    rows = cells_of(["1.", "MK noteikumu apstiprināšana"], ["2.", "Atlases uzsākšana"])
    told = schedule_of(f"<p>Laika grafiks</p><p>2025. gads</p><table>{rows}</table>")
    assert not any("Q" in period for _, period in told)


@pytest.mark.parametrize(
    "heads",
    [("Sākums", "Beigas"), ("Sākuma datums", "Beigu datums"), ("No", "Līdz"), ("Uzsākšana", "Noslēgums")],
)
def test_columns_of_when_each_step_begins_and_ends(heads):
    rows = cells_of(
        ["Aktivitāte", *heads],
        ["Projektu iesniegumu atlase", "01.03.2025.", "30.05.2025."],
        ["Projektu iesniegumu vērtēšana", "2025. gada jūnijs", "2025. gada jūlijs"],
        ["Projektu īstenošana", "2025. gada IV cet.", "31.12.2028."],
    )
    assert schedule_of(f"<table>{rows}</table>") == [
        ("selection_start", "2025-03-01"),
        ("selection_end", "2025-05-30"),
        ("other", "2025-06/2025-07"),
        ("implementation_start", "2025-Q4"),
        ("completion", "2028-12-31"),
    ]


@pytest.mark.parametrize(
    "rows",
    [
        "<tr><th>Pasākums<th>Finansējums<th>Iesniedzēji<tr><td>4.2.1.1. Vide<td rowspan=2>5 milj. EUR"
        "<td>skolas<tr><td>4.2.1.2. Koks<td>biedrības",
        "<tr><th>Pasākums<th>Finansējums, EUR<th>Iesniedzēji<tr><td>4.2.1.1. Vide<td rowspan=2>5 000 000"
        "<td>skolas<tr><td>4.2.1.2. Koks<td>biedrības",
        "<tr><th>Pasākums<th>4.2.1.1. Vide<th>4.2.1.2. Koks<tr><td>Finansējums<td colspan=2>5 milj. EUR"
        "<tr><td>Iesniedzēji<td>skolas<td>biedrības",
    ],
)
def test_one_sum_over_several_measures_is_of_none(rows):
    page = parse_page(f"<html><table>{rows}</table></html>")
    assert fields_of(page) == [("4.2.1.1", None, ["skolas"]), ("4.2.1.2", None, ["biedrības"])]
    assert [each.text[:5] for each in page.findings if each.code == "measure_not_told"] in (
        ["5 mil"],
        ["5 000"],
    )


def test_one_sum_over_several_rounds_is_of_none_and_over_one_measure_is_its_own():
    rounds = parse_page(
        "<html><table><tr><th>Pasākums<th>Kārta<th>Finansējums<tr><td rowspan=2>4.2.1.1. Vide<td>1. kārta"
        "<td rowspan=2>5 milj. EUR<tr><td>2. kārta</table></html>"
    )
    assert [(each.measure_id, each.eu_funding_eur) for each in rounds.measures] == [
        ("4.2.1.1/1", None),
        ("4.2.1.1/2", None),
    ]
    whole = parse_page(
        "<html><table><tr><th>Pasākums<th>Finansējums<th>Iesniedzēji<tr><td rowspan=2>4.2.1.1. Vide"
        "<td rowspan=2>5 milj. EUR<td>skolas<tr><td>biedrības</table></html>"
    )
    assert fields_of(whole) == [("4.2.1.1", 5_000_000, ["skolas", "biedrības"])]


@pytest.mark.parametrize(
    "rows",
    [
        (["1. kārta", "2. kārta"], [("Iesniedzēji", 2)], ["skolas", "biedrības"]),
        (["1. kārta", "2. kārta"], ["Iesniedzēji: skolas", "Iesniedzēji: biedrības"]),
        (["1. kārta", "2. kārta"], ["Iesniedzēji", "Iesniedzēji"], ["skolas", "biedrības"]),
        (["", "1. kārta", "2. kārta"], ["Iesniedzēji", "skolas", "biedrības"]),
        (["Kārta", "1. kārta", "2. kārta"], [("Iesniedzēji", 3)], ["", "skolas", "biedrības"]),
    ],
)
def test_rounds_side_by_side_each_over_its_own_columns(rows):
    page = parse_page(
        f"<html><h3>4.2.1.5. „Skolas”</h3><p>Mērķis: vide</p><table>{cells_of(*rows)}</table>"
        "<p>Kontakti: Anna Bērziņa, 67021657</p></html>"
    )
    assert [
        (each.measure_id, each.objective, [one.name for one in each.applicants], len(each.contacts))
        for each in page.measures
    ] == [("4.2.1.5/1", "vide", ["skolas"], 1), ("4.2.1.5/2", "vide", ["biedrības"], 1)]


def test_a_column_a_measure_with_one_field_alone():
    rows = cells_of(["", *TITLES], ["Iesniedzēji", *WHO])
    assert fields_of(parse_page(f"<html><table>{rows}</table></html>")) == [
        (code, None, who) for code, _, who in APPLICANTS_AND_MONEY
    ]


def test_text_that_names_a_sum_and_reaches_over_several_measures_is_of_each():
    page = parse_page(
        "<html><table><tr><th>Pasākums<th>Finansējums<th>Papildu informācija"
        "<tr><td>4.2.1.1. Vide<td>1 milj. EUR<td rowspan=2>Vienam projektam līdz 50 000 EUR."
        "<tr><td>4.2.1.2. Koks<td>2 milj. EUR</table></html>"
    )
    assert [(each.eu_funding_eur, each.other_info) for each in page.measures] == [
        (1_000_000, "Vienam projektam līdz 50 000 EUR."),
        (2_000_000, "Vienam projektam līdz 50 000 EUR."),
    ]
    assert "measure_not_told" not in {each.code for each in page.findings}


def test_time_is_linear_where_many_sums_reach_over_rows_of_many_columns():
    def work(size):
        head = "<tr><th>Pasākums" + "<th>Finansējums" * 30
        rows = "".join(
            f"<tr><td>4.2.{n % 9 + 1}.1. Vide"
            + "<td rowspan=2>1 milj. EUR" * 30
            + f"<tr><td>4.2.{n % 9 + 1}.2. Koks"
            for n in range(size)
        )
        return grids(layout(decode(f"<html><table>{head}{rows}</table></html>"), None))

    assert is_linear(work, 200)

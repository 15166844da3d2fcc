"""Lists below one label that tell of several measures by their codes."""

import pytest

from parsers.page import parse_page
from tests.growth import is_linear

TITLES = "4.2.1.1. pasākums „Vide skolās”\n4.2.1.2. pasākums „Skolu tīkls”\n"
HEADINGS = "<h2>4.2.1.1. pasākums „Vide skolās”</h2><h2>4.2.1.2. pasākums „Skolu tīkls”</h2>"


def told(page):
    return [
        (each.code, each.title, each.eu_funding_eur, [one.name for one in each.applicants])
        for each in page.measures
    ]


BOTH = [
    ("4.2.1.1", "Vide skolās", 1_000_000, ["pašvaldības"]),
    ("4.2.1.2", "Skolu tīkls", 2_000_000, ["biedrības"]),
]


@pytest.mark.parametrize(
    "lists",
    [
        "Atbalsta saņēmēji: 4.2.1.1. – pašvaldības; 4.2.1.2. – biedrības\n"
        "Finansējums: 4.2.1.1. – 1 000 000 euro; 4.2.1.2. – 2 000 000 euro",
        "Projektu iesniedzēji: 4.2.1.1. pasākumā – pašvaldības, 4.2.1.2. pasākumā – biedrības.\n"
        "ES finansējums: 4.2.1.1. pasākumam – 1 milj. euro un 4.2.1.2. pasākumam – 2 milj. euro",
        "Iesniedzēji:\n4.2.1.1. – pašvaldības\n4.2.1.2. – biedrības\n"
        "Finansējums:\n4.2.1.1.: 1 000 000 euro\n4.2.1.2.: 2 000 000 euro",
        "Iesniedzēji: pašvaldības (4.2.1.1. pasākumā), biedrības (4.2.1.2. pasākumā)\n"
        "Finansējums: 1 milj. euro (4.2.1.1.); 2 milj. euro (4.2.1.2.)",
        "Iesniedzēji:\n4.2.1.1. pasākums „Vide skolās” – pašvaldības\n4.2.1.2. pasākums „Skolu tīkls” – "
        "biedrības\nFinansējums:\n4.2.1.1. pasākums - 1 milj. euro\n4.2.1.2. pasākums - 2 milj. euro",
    ],
)
def test_each_measure_has_what_stands_beside_its_code(lists):
    page = parse_page(TITLES + lists)
    assert told(page) == BOTH
    assert [each.code for each in page.findings] == []


@pytest.mark.parametrize(
    "lists",
    [
        "<p>Iesniedzēji:</p><ul><li>4.2.1.1. – pašvaldības;</li><li>4.2.1.2. – biedrības.</li></ul>"
        "<p>Finansējums:</p><ul><li>4.2.1.1. – 1 milj. euro;</li><li>4.2.1.2. – 2 milj. euro</li></ul>",
        "<p>Iesniedzēji:</p><ul><li>4.2.1.1. pasākumā:<ul><li>pašvaldības</li></ul></li>"
        "<li>4.2.1.2. pasākumā:<ul><li>biedrības</li></ul></li></ul>"
        "<p>Finansējums: 4.2.1.1. – 1 milj. euro; 4.2.1.2. – 2 milj. euro</p>",
        "<table><tr><th>Iesniedzēji</th><td>4.2.1.1. – pašvaldības; 4.2.1.2. – biedrības</td></tr>"
        "<tr><th>Finansējums</th><td>4.2.1.1. – 1 milj. euro<br>4.2.1.2. – 2 milj. euro</td></tr></table>",
        "<h3>Iesniedzēji</h3><p>4.2.1.1. pasākums – pašvaldības</p><p>4.2.1.2. pasākums – biedrības</p>"
        "<h3>Finansējums</h3><p>4.2.1.1. pasākums – 1 milj. euro</p><p>4.2.1.2. pasākums – 2 milj. euro</p>",
    ],
)
def test_the_same_in_lists_tables_and_below_headings(lists):
    assert told(parse_page(HEADINGS + lists)) == BOTH


def test_below_measures_that_tell_the_rest_themselves():
    page = parse_page(
        "<h2>4.2.1.1. Vide</h2><p>Finansējums: 1 milj. euro</p><h2>4.2.1.2. Skola</h2>"
        "<p>Finansējums: 2 milj. euro</p>"
        "<p>Atlases veids:</p><p>4.2.1.1. – atklāta; 4.2.1.2. – ierobežota</p>"
        "<p>Atlases sākums: 4.2.1.1. – 2025. gada I cet., 4.2.1.2. – 2025. gada II cet.</p>"
        "<p>Kontakti:</p><p>4.2.1.1. – Anna Bērziņa, 67047871</p><p>4.2.1.2. – Jānis Kalns, 67047872</p>"
    )
    assert [
        (
            each.selection_type,
            [(one.kind, one.period) for one in each.milestones],
            [(one.name, one.phone) for one in each.contacts],
        )
        for each in page.measures
    ] == [
        ("open", [("selection_start", "2025-Q1")], [("Anna Bērziņa", "+37167047871")]),
        ("restricted", [("selection_start", "2025-Q2")], [("Jānis Kalns", "+37167047872")]),
    ]


def test_words_of_a_measure_that_the_page_does_not_have_are_nobodys():
    page = parse_page(
        "4.2.1.2. pasākums „Skolu tīkls”\nFinansējums: 2 milj. euro\n"
        "Iesniedzēji: 4.2.1.1. – pašvaldības; 4.2.1.2. – biedrības"
    )
    assert told(page) == [("4.2.1.2", "Skolu tīkls", 2_000_000, ["biedrības"])]
    assert [(each.code, each.text) for each in page.findings] == [
        ("measure_not_told", "4.2.1.1. – pašvaldības")
    ]


def test_figures_of_several_measures_that_nobody_can_part():
    page = parse_page(
        "4.2.1.3. pasākums „Muzejs”\nIesniedzējs: muzeji\n"
        "Finansējums: 1 milj. euro no 4.2.1.1., 2 milj. euro no 4.2.1.2."
    )
    assert told(page) == [("4.2.1.3", "Muzejs", None, ["muzeji"])]
    assert "measure_not_told" in {each.code for each in page.findings}


def test_what_two_measures_share_is_of_both_but_no_sum_of_money():
    page = parse_page(
        "4.2.1.1. Vide\n4.2.1.2. Koks\n4.2.1.3. Zeme\n"
        "Iesniedzēji: 4.2.1.1. un 4.2.1.2. – pašvaldības; 4.2.1.3. – biedrības\n"
        "Finansējums: 4.2.1.1., 4.2.1.2. pasākumam – 3 milj. euro, 4.2.1.3. pasākumam – 1 milj. euro"
    )
    assert told(page) == [
        ("4.2.1.1", "Vide", None, ["pašvaldības"]),
        ("4.2.1.2", "Koks", None, ["pašvaldības"]),
        ("4.2.1.3", "Zeme", 1_000_000, ["biedrības"]),
    ]
    assert [each.text for each in page.findings if each.code == "measure_not_told"] == [
        "4.2.1.1., 4.2.1.2. pasākumam – 3 milj. euro"
    ]


@pytest.mark.parametrize(
    "title",
    [
        "4.2.1.1. un 4.2.1.2. pasākums „Vide”",
        "4.2.1.1., 4.2.1.2. pasākums „Vide”",
        "4.2.1.1.–4.2.1.2. pasākumi „Vide”",
        "Pasākumi 4.2.1.1. un 4.2.1.2.",
        "4.2.1.1./4.2.1.2. pasākums (Vide)",
    ],
)
def test_fields_below_the_title_of_several_measures_are_not_of_the_one_before(title):
    page = parse_page(f"4.2.1.3. pasākums „Koks”\nIesniedzēji: skolas\n{title}\nFinansējums: 1 milj. euro")
    assert told(page) == [("4.2.1.3", "Koks", None, ["skolas"])]
    assert title in [each.text for each in page.findings if each.code == "measure_not_told"]


def test_a_line_that_names_several_measures_and_heads_no_field_is_text():
    page = parse_page(
        "4.2.1.3. pasākums „Koks”\nFinansējums: 1 milj. euro\nPapildu informācija:\n"
        "4.2.1.1. un 4.2.1.2. pasākums\nAtlases veids: atklāta"
    )
    (measure,) = page.measures
    assert (measure.other_info, measure.selection_type) == ("4.2.1.1. un 4.2.1.2. pasākums", "open")


def test_a_sum_of_several_rounds_is_that_of_none():
    page = parse_page(
        "4.2.1.1. pasākums „Vide”\nIesniedzēji: 1. kārta: skolas; 2. un 3. kārta: pašvaldības\n"
        "Finansējums:\n1. kārta: 5 milj. euro\n2. un 3. kārta: 3 milj. euro"
    )
    assert [
        (each.measure_id, each.eu_funding_eur, [one.name for one in each.applicants])
        for each in page.measures
    ] == [
        ("4.2.1.1/1", 5_000_000, ["skolas"]),
        ("4.2.1.1/2", None, ["pašvaldības"]),
        ("4.2.1.1/3", None, ["pašvaldības"]),
    ]
    assert any("3 milj. euro" in each.text for each in page.findings)


@pytest.mark.parametrize(
    "heading", ["2. un 3. kārta", "2., 3. kārta:", "2.–3. kārta", "2. un 3. atlases kārta"]
)
@pytest.mark.parametrize("tag", ["h4", "p"])
def test_a_heading_of_several_rounds_is_over_each_of_them(heading, tag):
    page = parse_page(
        f"<h3>4.2.1.5. pasākums „Skolas”</h3><{tag}>1. kārta</{tag}><p>Finansējums: 1 milj. euro</p>"
        f"<p>Iesniedzēji: skolas</p><{tag}>{heading}</{tag}><p>Finansējums: 2 milj. euro</p>"
        "<p>Iesniedzēji: biedrības</p><p>Atlases sākums: 2026. gada marts</p>"
    )
    assert [
        (
            each.measure_id,
            each.eu_funding_eur,
            [one.name for one in each.applicants],
            [one.period for one in each.milestones],
        )
        for each in page.measures
    ] == [
        ("4.2.1.5/1", 1_000_000, ["skolas"], []),
        ("4.2.1.5/2", None, ["biedrības"], ["2026-03"]),
        ("4.2.1.5/3", None, ["biedrības"], ["2026-03"]),
    ]
    assert [each.text for each in page.findings if each.code == "measure_not_told"] == ["2 milj. euro"]


@pytest.mark.parametrize(
    "rounds",
    [
        "<table><tr><td></td><td>1. kārta</td><td>2. kārta</td></tr>"
        "<tr><td>Iesniedzēji</td><td>skolas</td><td>biedrības</td></tr></table>",
        "<h4>1. kārta</h4><p>Iesniedzēji: skolas</p><h4>2. kārta</h4><p>Iesniedzēji: biedrības</p>",
    ],
)
def test_a_sum_above_the_rounds_of_a_measure_is_that_of_none(rounds):
    page = parse_page(
        f"<h3>4.2.1.5. „Skolas”</h3><p>Mērķis: vide</p><p>Finansējums: 3 milj. euro</p>{rounds}"
    )
    assert [
        (each.measure_id, each.objective, each.eu_funding_eur, [one.name for one in each.applicants])
        for each in page.measures
    ] == [("4.2.1.5/1", "vide", None, ["skolas"]), ("4.2.1.5/2", "vide", None, ["biedrības"])]
    assert [each.text for each in page.findings if each.code == "measure_not_told"] == ["3 milj. euro"]


@pytest.mark.parametrize(
    ("first", "others"), [("1. kārta", "2. un 3. kārta"), ("1.", "2. un 3."), ("1", "2, 3")]
)
def test_a_row_of_several_rounds_is_of_each_of_them(first, others):
    page = parse_page(
        "<h3>4.2.1.1. Vide</h3><table><tr><th>Kārta<th>Finansējums<th>Iesniedzēji"
        f"<tr><td>{first}<td>1 milj. EUR<td>skolas<tr><td>{others}<td>2 milj. EUR<td>biedrības</table>"
    )
    assert [
        (each.measure_id, each.eu_funding_eur, [one.name for one in each.applicants])
        for each in page.measures
    ] == [
        ("4.2.1.1/1", 1_000_000, ["skolas"]),
        ("4.2.1.1/2", None, ["biedrības"]),
        ("4.2.1.1/3", None, ["biedrības"]),
    ]
    assert [each.text for each in page.findings if each.code == "measure_not_told"] == ["2 milj. EUR"]


@pytest.mark.parametrize("titles", ["4.2.1.1. un 4.2.1.2. pasākums „Vide”", "4.2.1.1. Vide<br>4.2.1.2. Zeme"])
def test_a_row_of_several_measures_is_of_none(titles):
    page = parse_page(
        "<table><tr><th>Pasākums<th>Finansējums<th>Iesniedzēji<tr><td>4.2.1.3. Koks<td>2 milj. EUR<td>skolas"
        f"<tr><td>{titles}<td>1 milj. EUR<td>biedrības<tr><td>4.2.1.4. Ūdens<td>3 milj. EUR<td>muzeji</table>"
    )
    assert told(page) == [
        ("4.2.1.3", "Koks", 2_000_000, ["skolas"]),
        ("4.2.1.4", "Ūdens", 3_000_000, ["muzeji"]),
    ]
    assert titles.split("<br>")[0] in [each.text for each in page.findings if each.code == "measure_not_told"]


def test_rounds_right_before_their_sums():
    page = parse_page(
        "4.2.1.5. pasākums „Skolas”\nIesniedzēji: skolas\n"
        "Pieejamais finansējums: 1.kārta 6 000 000 euro; 2.kārta 3 000 000 euro"
    )
    assert [(each.measure_id, each.eu_funding_eur) for each in page.measures] == [
        ("4.2.1.5/1", 6_000_000),
        ("4.2.1.5/2", 3_000_000),
    ]


def test_a_measure_that_tells_the_field_itself_keeps_what_it_tells():
    page = parse_page(
        "4.2.1.1. pasākums „Vide”\nFinansējums: 1 milj. euro\n4.2.1.2. pasākums „Skola”\n"
        "Iesniedzējs: skolas\nFinansējums: 4.2.1.1. – 1 milj. euro; 4.2.1.2. – 2 milj. euro"
    )
    assert [(each.eu_funding_eur, len(each.funding)) for each in page.measures] == [
        (1_000_000, 1),
        (2_000_000, 1),
    ]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        # The next measures, below a label that was left empty.
        (
            "4.2.1.1. Vide\nFinansējums: 1 milj. euro\nIesniedzēji:\n4.2.1.2. – Skolu tīkls\n"
            "Finansējums: 2 milj. euro\n4.2.1.3. – Muzeji\nFinansējums: 3 milj. euro",
            ["4.2.1.1", "4.2.1.2", "4.2.1.3"],
        ),
        # Measures that running text names.
        (
            "4.2.1.1. Vide\nFinansējums: 1 milj. euro\n"
            "Iesniedzēji: pašvaldības, kas īsteno 4.2.1.2. un 4.2.1.3. pasākumu",
            ["4.2.1.1"],
        ),
    ],
)
def test_what_is_no_such_list(text, codes):
    page = parse_page(text)
    assert [each.code for each in page.measures] == codes
    assert "measure_not_told" not in {each.code for each in page.findings}


def test_fields_below_a_list_of_titles_are_of_none_of_them_alone():
    page = parse_page(
        "<h2>Pasākumi</h2><ul><li>4.2.1.1. pasākums „Vide”</li><li>4.2.1.2. pasākums „Skola”</li></ul>"
        "<p>Iesniedzēji:</p><ul><li>pašvaldības</li><li>biedrības</li></ul><p>Finansējums: 3 milj. euro</p>"
    )
    assert page.measures == ()
    assert "measure_not_told" in {each.code for each in page.findings}


def test_time_is_linear_in_lists_of_many_measures():
    def page(size):
        lists = "".join(
            f"Iesniedzēji:\n4.2.{n % 9 + 1}.1. – skolas\n4.2.{n % 9 + 1}.2. – biedrības\n"
            for n in range(size)
        )
        return TITLES + lists

    assert is_linear(lambda size: parse_page(page(size)), 300)

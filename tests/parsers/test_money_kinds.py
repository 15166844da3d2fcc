"""Of whom the money is: public and eligible money is more than the EU's, a reserve is none of the funds'."""

import pytest

from parsers.page import parse_page

PAGE = "<h3>4.2.1.5. pasākums „Skolas”</h3>{}<p><strong>Atlases veids:</strong> atklāta</p>"
MILLION = "1 000 000 EUR"


def read(*fields):
    page = parse_page(PAGE.format("".join(f"<p><strong>{a}:</strong> {b}</p>" for a, b in fields)), None)
    (measure,) = page.measures
    rows = [(row.fund, int(row.amount_eur)) for row in measure.funding]
    codes = {finding.code for finding in page.findings}
    return measure.eu_funding_eur, rows, codes


@pytest.mark.parametrize(
    "label",
    [
        "Publiskais finansējums",
        "Pieejamais publiskais finansējums",
        "Kopējais finansējums",
        "Kopējais publiskais finansējums",
        "Kopējais attiecināmais finansējums",
        "Attiecināmās izmaksas",
        "Kopējās attiecināmās izmaksas",
        "Publiskās attiecināmās izmaksas",
    ],
)
def test_a_total_is_not_taken_for_what_the_eu_gives(label):
    eu, rows, codes = read((label, MILLION))
    assert (eu, rows) == (None, [("total", 1_000_000)])
    assert "eu_part_not_told" in codes
    eu, rows, codes = read((label, MILLION), ("ERAF finansējums", "850 000 EUR"))
    assert (int(eu), sorted(rows)) == (850_000, [("erdf", 850_000), ("total", 1_000_000)])
    assert "eu_part_not_told" not in codes


@pytest.mark.parametrize(
    ("value", "eu", "rows"),
    [
        ("1 000 000 EUR (publiskais finansējums)", None, [("total", 1_000_000)]),
        ("Publiskais finansējums: 1 000 000 EUR", None, [("total", 1_000_000)]),
        ("attiecināmās izmaksas 1 000 000 EUR", None, [("total", 1_000_000)]),
        (
            "Publiskais finansējums 1 000 000 EUR, t.sk. ERAF 850 000 EUR",
            850_000,
            [("total", 1_000_000), ("erdf", 850_000)],
        ),
        (
            "1 000 000 EUR, t.sk. privātais līdzfinansējums 100 000 EUR",
            None,
            [("total", 1_000_000), ("private", 100_000)],
        ),
        ("nacionālais publiskais finansējums 150 000 EUR", None, [("national", 150_000)]),
        ("41,2 milj. euro (85 % ERAF)", None, [("total", 41_200_000)]),
        ("85 % no 5 000 000 EUR", None, [("total", 5_000_000)]),
        ("5 000 000 EUR, no tiem 85 % ERAF", None, [("total", 5_000_000)]),
        ("5 000 000 EUR (100 % ERAF)", 5_000_000, [("erdf", 5_000_000)]),
        ("850 000 EUR attiecināmo izmaksu segšanai", 850_000, [("eu_total", 850_000)]),
        ("kopējais finansējums 1 000 000 EUR (AF 100 %)", 1_000_000, [("rrf", 1_000_000)]),
    ],
)
def test_words_beside_the_amount_say_of_whom_it_is(value, eu, rows):
    got, told, codes = read(("Finansējums", value))
    assert (got and int(got), told) == (eu, rows)
    assert ("measure_without_amount" in codes) is (eu is None)


@pytest.mark.parametrize(
    "label", ["Snieguma rezerve", "Snieguma rezerves finansējums", "Vidusposma finansējums"]
)
def test_a_reserve_is_no_money_of_the_measure(label):
    eu, rows, _ = read((label, MILLION))
    assert (eu, rows) == (None, [])
    eu, rows, _ = read((label, MILLION), ("Finansējums", "5 000 000 EUR"))
    assert (int(eu), rows) == (5_000_000, [("eu_total", 5_000_000)])


def test_a_sentence_about_a_reserve_is_told():
    page = parse_page(
        PAGE.format("<p>Pasākumā plānots snieguma rezerves finansējums 1 000 000 euro apmērā.</p>"), None
    )
    assert page.measures[0].eu_funding_eur is None
    assert [f.text for f in page.findings if f.code == "amount_of_no_fund"] == ["1 000 000 euro"]


@pytest.mark.parametrize(
    ("label", "flexibility"),
    [
        ("Finansējums bez elastības", "excluded"),
        ("Finansējums ar elastības finansējumu", "included"),
        ("ES fondu finansējums, ieskaitot elastības finansējumu", "included"),
    ],
)
def test_funding_without_flexibility_is_not_that_of_flexibility(label, flexibility):
    page = parse_page(PAGE.format(f"<p><strong>{label}:</strong> {MILLION}</p>"), None)
    assert [row.fund for row in page.measures[0].funding] == ["eu_total"]
    assert page.measures[0].flexibility_funding == flexibility


def test_what_they_bring_in_themselves_is_neither_applicant_nor_funding():
    page = parse_page(
        PAGE.format(f"<p><strong>Projekta iesniedzēja līdzfinansējums:</strong> {MILLION}</p>"), None
    )
    assert (page.measures[0].applicants, page.measures[0].funding) == ((), ())


@pytest.mark.parametrize("figure", ["7 25O 000 EUR", "1.250,000 EUR", "12 34 567 euro", "l2 000 000 EUR"])
def test_a_misprinted_figure_in_running_text_is_told(figure):
    body = f"<p><strong>Mērķis:</strong> atbalstīt skolas, ieguldot {figure} visā valstī.</p>"
    page = parse_page(PAGE.format(body + "<p><strong>Finansējums:</strong> 5 000 000 EUR</p>"), None)
    assert [f.text for f in page.findings if f.code == "unreadable_amount"] == [figure]
    assert int(page.measures[0].eu_funding_eur) == 5_000_000


@pytest.mark.parametrize(
    ("value", "eu"),
    [
        ("palielināts no 4 milj. EUR līdz 5 milj. EUR", 5_000_000),
        ("samazināts no 6 000 000 euro uz 5 000 000 euro", 5_000_000),
        ("samazināts par 1 milj. EUR", None),
        ("5 milj. EUR (palielināts par 1 milj. EUR)", 5_000_000),
        ("2025. gadā – 2 milj. EUR, 2026. gadā – 3 milj. EUR", None),
        ("2025. gadā 5 milj. EUR", 5_000_000),
        ("1 milj. EUR gadā", None),
        ("5 000 000 EUR. Minimālais projekta ERAF finansējums 50 000 EUR", 5_000_000),
        ("5 000 000 EUR, projekta maksimālā summa 500 000 EUR", 5_000_000),
    ],
)
def test_what_was_and_what_one_year_or_project_has_is_not_the_funding(value, eu):
    got, rows, codes = read(("Finansējums", value))
    assert (got and int(got)) == eu
    assert len(rows) == (1 if eu else 0)
    assert ("unreadable_amount" in codes) is (eu is None)


@pytest.mark.parametrize(
    "label", ["Pieprasītais finansējums", "Apgūtais finansējums", "Atlikušais finansējums", "Granta apmērs"]
)
def test_what_was_asked_for_or_spent_is_not_what_there_is(label):
    assert read((label, "7 200 000 EUR"))[:2] == (None, [])
    eu, rows, _ = read((label, "7 200 000 EUR"), ("Pieejamais finansējums", "5 milj. EUR"))
    assert (int(eu), rows) == (5_000_000, [("eu_total", 5_000_000)])


def test_a_point_before_thousands_leaves_room_for_another_reading():
    page = parse_page(PAGE.format("<p><strong>Finansējums:</strong> 5.000 tūkst. EUR</p>"), None)
    assert [f.text for f in page.findings if f.code == "assumed"] == ["5.000 tūkst. EUR"]


@pytest.mark.parametrize(
    ("first", "second", "eu", "rows", "contradicts"),
    [
        ("6 000 000 EUR", "6 000 000 EUR", 6_000_000, 1, False),
        ("6 000 000 EUR", "6 milj. EUR", 6_000_000, 1, False),
        ("6 000 000 EUR", "7 000 000 EUR", 6_000_000, 2, True),
    ],
)
def test_one_label_printed_twice_is_no_sum(first, second, eu, rows, contradicts):
    told = read(("ERAF finansējums", first), ("Iesniedzēji", "skolas"), ("ERAF finansējums", second))
    assert (int(told[0]), len(told[1])) == (eu, rows)
    assert ("funding_contradiction" in told[2]) is contradicts


def test_labels_of_several_funds_are_a_sum_as_before():
    eu, rows, codes = read(("ERAF finansējums", "6 000 000 EUR"), ("KF finansējums", "6 000 000 EUR"))
    assert (int(eu), rows) == (12_000_000, [("erdf", 6_000_000), ("cf", 6_000_000)])
    assert "funding_contradiction" not in codes


def test_sums_below_the_one_label_of_a_column_are_added():
    (measure,) = parse_page(
        "<html><table><tr><th>Pasākums<th>ERAF finansējums<th>Iesniedzēji<tr><td rowspan=2>4.2.1.1. Vide"
        "<td>6 milj. EUR<td>skolas<tr><td>6 milj. EUR<td>biedrības</table></html>"
    ).measures
    assert int(measure.eu_funding_eur) == 12_000_000

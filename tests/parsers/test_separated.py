"""Tables whose cells semicolons part, pasted as they were saved."""

import pytest

from parsers.page import parse_page
from parsers.separated import parted_by_semicolons


def test_rows_are_parted_and_quotation_marks_taken_off():
    lines = ["Nr.;Nosaukums;Summa", '1;"Skola; ""Vide""";5', "", "Teksts; vārdi; vārdi; vārdi"]
    assert parted_by_semicolons(lines) == ["Nr.\tNosaukums\tSumma", '1\tSkola; "Vide"\t5', *lines[2:]]


@pytest.mark.parametrize(
    "lines",
    [
        ["a;b;c"],
        ["a;b;c", "a;b"],
        ["a; b; c", "a; b; c"],
        ["a;b", "c;d"],
        ['"a;b;c', '"a;b;c'],
        ["a;b;c\td", "a;b;c\td"],
        [],
    ],
)
def test_all_else_stays(lines):
    assert parted_by_semicolons(lines) == lines


def test_a_sheet_is_read_as_a_table():
    page = parse_page("Kods;Nosaukums;ES finansējums (euro)\n4.2.1.1;Vide;1 000\n4.2.1.2;Ēkas;2 000")
    read = [(each.code, each.title, each.eu_funding_eur) for each in page.measures]
    assert read == [("4.2.1.1", "Vide", 1000), ("4.2.1.2", "Ēkas", 2000)]

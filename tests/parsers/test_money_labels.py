"""What the label of a field of money says of its amount."""

import pytest

from parsers.page import parse_page

PAGE = (
    "<h3>4.2.1.5. pasākums „Skolas”</h3><p><strong>{}:</strong> {}</p>"
    "<p><strong>Atlases veids:</strong> atklāta</p>"
)


@pytest.mark.parametrize(
    ("label", "value", "qualifiers"),
    [
        ("Indikatīvais finansējums", "5 000 000", ["approximate"]),
        ("Indikatīvais ES finansējums (EUR)", "5 000 000", ["approximate"]),
        ("Finansējums (orientējoši)", "5 000 000 EUR", ["approximate"]),
        ("Provizoriskais finansējums", "5 000 000 EUR", ["approximate"]),
        ("Maksimālais finansējums", "5 000 000", ["up_to"]),
        ("Plānotais finansējums", "5 000 000", ["exact"]),
        ("Indikatīvais finansējums", "ne vairāk kā 5 000 000 EUR", ["up_to"]),
        ("Indikatīvais finansējums", "no 5 līdz 6 milj. EUR", ["range"]),
        (
            "Indikatīvais kopējais finansējums",
            "5 000 000, tai skaitā ERAF 4 000 000",
            ["approximate", "exact"],
        ),
    ],
)
def test_a_word_of_the_label_qualifies_the_amount(label: str, value: str, qualifiers: list[str]) -> None:
    page = parse_page(PAGE.format(label, value), None)
    (measure,) = page.measures
    assert [row.qualifier for row in measure.funding] == qualifiers
    for evidence in page.evidence:
        assert page.text[evidence.start : evidence.end].strip()
    said = [
        page.text[each.start : each.end]
        for each in page.evidence
        if (each.table, each.seq, each.field) == ("funding", 1, "qualifier")
    ]
    assert all(words in f"{label} {value}" for words in said)
    assert said

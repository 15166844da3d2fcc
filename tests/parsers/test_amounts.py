"""Amounts: notations seen on Latvian public pages, notations made up, and what may never happen."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from parsers import amount_words, amounts
from parsers.records import Amount, Span
from tests.growth import is_linear

CASES = Path(__file__).parent.parent / "cases"
SEEN: list[dict[str, Any]] = json.loads((CASES / "amounts.json").read_text(encoding="utf-8"))
SEEN_LATER: list[dict[str, Any]] = json.loads((CASES / "amounts_seen.json").read_text(encoding="utf-8"))
MADE_UP: list[dict[str, Any]] = json.loads((CASES / "amounts_more.json").read_text(encoding="utf-8"))


def wanted(case: dict[str, Any]) -> list[tuple[Any, ...]]:
    return [
        (
            amount["text"],
            Decimal(amount["amount_eur"]),
            Decimal(amount["amount_max_eur"]) if "amount_max_eur" in amount else None,
            amount["qualifier"],
        )
        for amount in case["amounts"]
    ]


def found(text: str, read: list[Amount]) -> list[tuple[Any, ...]]:
    return [(text[a.start : a.end], a.amount_eur, a.amount_max_eur, a.qualifier) for a in read]


def words(text: str, span: Span | None) -> str | None:
    return text[span.start : span.end] if span else None


@pytest.mark.parametrize("case", SEEN + SEEN_LATER + MADE_UP, ids=lambda case: case["text"][:60])
def test_reads_what_the_text_says(case):
    text = case["text"]
    unit = Decimal(case["unit"]) if "unit" in case else None
    assert found(text, amounts.read(text, unit=unit)) == wanted(case)


@pytest.mark.parametrize("case", MADE_UP, ids=lambda case: case["text"][:60])
def test_names_fund_assumption_and_problem(case):
    text = case["text"]
    read, problems = amounts.scan(text, unit=Decimal(case["unit"]) if "unit" in case else None)
    assert [a.fund for a in read] == [amount.get("fund") for amount in case["amounts"]]
    assert [a.assumption for a in read] == [amount.get("assumption") for amount in case["amounts"]]
    assert [{"code": p.code, "text": text[p.start : p.end]} for p in problems] == case.get("problems", [])


def test_spans_of_the_words_around():
    text = "ERAF finansējums ir ne vairāk kā 5 milj. eiro (no tā elastības daļa – 1 milj. eiro)"
    first, second = amounts.read(text)
    assert words(text, first.qualifier_span) == "ne vairāk kā"
    assert words(text, first.fund_span) == "ERAF"
    assert words(text, second.qualifier_span) is None
    assert words(text, second.fund_span) == "elastības daļa"


@pytest.mark.parametrize(
    ("label", "unit"),
    [
        ("Plānotais ES fondu finansējums (eiro)", 1),
        ("Finansējums, EUR", 1),
        ("Summa €", 1),
        ("Finansējums (milj. euro)", 1_000_000),
        ("KOPĒJAIS FINANSĒJUMS, MILJ. EIRO", 1_000_000),
        ("tūkst. EUR", 1_000),
        ("Izmaksas (miljonos eiro)", 1_000_000),
        ("Summa, tūkstošos euro", 1_000),
        ("ES daļa, MEUR", 1_000_000),
        ("Apjoms (M€)", 1_000_000),
        ("Budžets (mljrd. eiro)", 1_000_000_000),
        ("Finansējums", None),
        ("Eiropas Savienības finansējums", None),
        ("Finansējums (tūkst. latu)", None),
        ("Eiro zonas valstis", None),
        ("EURIBOR", None),
        ("līdz 5 000 eiro", None),
        ("desmit miljoni eiro", None),
        ("", None),
    ],
)
def test_unit_of_a_label(label, unit):
    assert amounts.unit_of(label) == unit


def test_every_qualifier_of_the_table_is_read():
    for qualifier, _, phrases in amount_words.QUALIFIERS:
        for phrase in phrases:
            words = " ".join(word.split("/")[0].replace("*", "s") for word in phrase.split() if word != "...")
            read = amounts.read(f"Atbalsts {words} 5 000 eiro")
            assert [a.qualifier for a in read] == [qualifier], phrase


def test_every_fund_of_the_table_is_read():
    for fund, phrases in amount_words.FUNDS + amount_words.FUNDS_BESIDE:
        for phrase in phrases:
            words = " ".join(word.replace("*", "s") for word in phrase.split())
            read = amounts.read(f"Atbalsts: {words} – 5 000 eiro")
            assert [a.fund for a in read] == [fund], phrase


SPACES = (" ", "\u00a0", "\u202f", "\u2009", "  ")
GROUPS = (*SPACES, ".", ",", "'", "`", "’", "\u2032", "")
AFTER = (" eiro", " euro", " EUR", " €", "€", "\u00a0EUR", " EIRO")
BEFORE = ("", "Kopā: ", "Finansējums – ", "2024. gada 4. maijā ", "4.2.1.5. pasākumam ", "85 % jeb ", "„A” ")
BEHIND = ("", ".", ", tai skaitā", " (2. kārta)", "; 85 %", "*", " 2025. gadā", "\n", " projektam")


def grouped(whole: int, sign: str) -> str:
    return f"{whole:,}".replace(",", sign)


@st.composite
def printed(draw) -> tuple[str, Decimal]:
    """A number in some notation, and its value."""
    whole = draw(st.integers(1, 10**12))
    group = draw(st.sampled_from(GROUPS))
    decimals = draw(st.sampled_from(("", "00", "5", "07", "89")))
    point = draw(st.sampled_from([point for point in ".," if point != group]))
    number = grouped(whole, group) + (point + decimals if decimals else "")
    return number, Decimal(f"{whole}.{decimals}" if decimals else whole)


@given(printed(), st.sampled_from(AFTER), st.sampled_from(BEFORE), st.sampled_from(BEHIND))
@settings(max_examples=600)
def test_reads_back_what_was_printed(number, unit, before, behind):
    digits, value = number
    text = before + digits + unit + behind
    (read,) = amounts.read(text)
    assert (read.amount_eur, read.qualifier) == (value, "exact")
    assert text[read.start : read.end] == digits + unit


@given(printed(), st.sampled_from(("EUR ", "€", "€ ", "EUR\u00a0")), st.sampled_from(("", " EUR", " milj.")))
@settings(max_examples=300)
def test_reads_back_a_unit_before_the_number(number, prefix, suffix):
    digits, value = number
    if suffix == " milj.":
        digits, value = "231,3", Decimal(231_300_000)
    text = f"Kopā {prefix}{digits}{suffix} plānots"
    (read,) = amounts.read(text)
    assert read.amount_eur == value
    assert text[read.start : read.end] == f"{prefix}{digits}{suffix}"


MAGNITUDES = {
    "tūkst.": 3,
    "tūkstoši": 3,
    "tūkstošu": 3,
    "tūkstošiem": 3,
    "milj.": 6,
    "milj": 6,
    "miljons": 6,
    "miljonu": 6,
    "miljoni": 6,
    "miljonam": 6,
    "miljonus": 6,
    "miljoniem": 6,
    "MILJ.": 6,
    "mlj.": 6,
    "miljardi": 9,
    "miljardu": 9,
    "mljrd.": 9,
    "mlrd.": 9,
}


@given(
    st.integers(1, 9999),
    st.text("0123456789", max_size=3),
    st.sampled_from(",."),
    st.sampled_from(sorted(MAGNITUDES)),
    st.sampled_from(SPACES),
)
@settings(max_examples=400)
def test_reads_back_magnitudes(whole, decimals, point, magnitude, space):
    number = f"{whole}{point}{decimals}" if decimals else f"{whole}"
    text = f"Pieejami {number}{space}{magnitude}{space}eiro apmērā"
    (read,) = amounts.read(text)
    assert read.amount_eur == Decimal(number.replace(",", ".")).scaleb(MAGNITUDES[magnitude])
    assert read.amount_eur.as_tuple().exponent <= 0
    assert "E" not in str(read.amount_eur)


@given(
    st.integers(1, 10**9),
    st.integers(1, 10**9),
    st.sampled_from(("no {} līdz {} eiro", "no {} EUR līdz {} EUR", "starp {} un {} eiro", "EUR {}–{}")),
    st.sampled_from((" ", ".", "")),
)
def test_reads_back_ranges_and_never_swaps_them(lower, upper, form, group):
    years = not group and all(1900 <= number < 2100 for number in (lower, upper))
    assume(not (years and form.startswith("EUR")))  # EUR 2021–2027 is a column of a period
    text = form.format(grouped(lower, group), grouped(upper, group))
    read, problems = amounts.scan(text)
    if lower > upper:
        assert not read
        assert [problem.code for problem in problems] == ["range_reversed"]
    else:
        assert [(a.amount_eur, a.amount_max_eur, a.qualifier) for a in read] == [(lower, upper, "range")]
        assert (read[0].start, read[0].end) == (0, len(text))


ONES = ("", "viens", "divi", "trīs", "četri", "pieci", "seši", "septiņi", "astoņi", "deviņi")
STEMS = ("", "vien", "div", "trīs", "četr", "piec", "seš", "septiņ", "astoņ", "deviņ")


def in_words(number: int) -> str:
    hundreds, rest = divmod(number, 100)
    words = [ONES[hundreds], "simti"] if hundreds > 1 else ["simts"] if hundreds else []
    if rest == 10:
        words.append("desmit")
    elif 10 < rest < 20:
        words.append(STEMS[rest - 10] + "padsmit")
    else:
        words += [STEMS[rest // 10] + "desmit"] if rest >= 20 else []
        words += [ONES[rest % 10]] if rest % 10 else []
    return " ".join(words)


@given(st.integers(0, 999), st.integers(0, 999), st.integers(0, 999))
def test_reads_back_numbers_in_words(millions, thousands, rest):
    parts = [(millions, "miljoni"), (thousands, "tūkstoši"), (rest, "")]
    text = " ".join(f"{in_words(number)} {word}".strip() for number, word in parts if number)
    value = millions * 1_000_000 + thousands * 1_000 + rest
    read = amounts.read(f"Kopā {text} eiro.")
    assert [a.amount_eur for a in read] == ([value] if value else [])


PIECES = st.sampled_from(
    "5 000 |231,3|1.234|milj. |miljoni |eiro|EUR |€|no |līdz |–| un |,|.|;|(|)|%|vairāk nekā |ne |ERAF |"
    "valsts budžets |"
    "desmit |simti |puse |jeb |2024. gadā |\n|'|*|+|¹|  |starp |0|999 999 999 |Nr. |kopā ".split("|")
)


@given(
    st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=14).map("".join)),
    st.sampled_from((None, 1, 1_000_000)),
)
@settings(max_examples=1500)
def test_any_text_gives_ordered_exact_spans(text, unit):
    read, problems = amounts.scan(text, unit=None if unit is None else Decimal(unit))
    end = 0
    for amount in read:
        assert end <= amount.start < amount.end <= len(text)
        end = amount.end
        assert amount.amount_eur.is_finite()
        assert amount.amount_eur >= 0
        assert (amount.amount_max_eur is not None) == (amount.qualifier == "range")
        assert amount.amount_max_eur is None or amount.amount_eur <= amount.amount_max_eur
        assert any(map(str.isalnum, text[amount.start : amount.end]))
    for problem in problems:
        assert 0 <= problem.start < problem.end <= len(text)


def test_does_not_depend_on_the_callers_precision():
    from decimal import localcontext

    with localcontext() as context:
        context.prec = 3
        (read,) = amounts.read("12 571 500,25 euro")
    assert read.amount_eur == Decimal("12571500.25")


@pytest.mark.parametrize(
    "text",
    [
        "4.2." * 25_000,
        " " * 200_000,
        "1 " * 100_000,
        "9" * 100_000,
        "123 " * 50_000,
        "5 milj. " * 8_000,
        "1, 4 " * 8_000,
        "viens miljons " * 4_000,
        "divi simti " * 8_000,
        "vairāk nekā " * 8_000,
        "maksimālais " * 8_000,
        "ERAF valsts budžets " * 4_000,
        "5 (" * 16_000,
        "5 - " * 16_000,
        "no 5 līdz " * 8_000,
        "5 eiro " * 4_000,
    ],
    ids=lambda text: text[:12],
)
@pytest.mark.parametrize("unit", [None, Decimal(1)])
def test_time_is_linear(text, unit):
    assert is_linear(lambda length: amounts.scan(text[:length] + " 5 eiro", unit=unit), len(text))


@pytest.mark.parametrize("printed", ["5 719", "2 024", "42 248 895*", "1 000 000 **", "999 000 000 019"])
def test_amount_alone_reads_as_among_words(printed):
    """The quick way for a field that holds nothing else gives what the grammar gives."""
    euro = Decimal(1)
    assert amounts.scan(printed, unit=euro) == amounts.scan(f"{printed}\n", unit=euro)
    assert len(amounts.read(printed, unit=euro)) == 1


@pytest.mark.parametrize(
    ("text", "euro"),
    [
        ("€42,3M", "42300000"),
        ("€ 42,3M", "42300000"),
        ("EUR 5 k", "5000"),
        ("€ 42,3 M", "42300000"),
        ("€ 5 metru", "5"),
        ("€ 5 tonnas", "5"),
    ],
)
def test_a_letter_of_magnitude_behind_a_number_whose_sign_stands_before_it(text: str, euro: str) -> None:
    (amount,) = amounts.read(text)
    assert amount.amount_eur == Decimal(euro)


@pytest.mark.parametrize("sign", ["-", ":", "=", "- ", ": "])
def test_a_row_of_signs_between_a_qualifier_and_an_amount_is_read_at_once(sign):
    """Each sign was tried in two ways, so that sixty of them took years."""
    assert is_linear(lambda length: amounts.scan(f"līdz {sign * length}<cik naudas: 5 eiro"), 4_000)


@pytest.mark.parametrize("unit", ["", " EUR", " eiro", " euro,", "\u00a0€"])
@pytest.mark.parametrize(
    "printed",
    [
        "7 25O 000",
        "7 25o 000",
        "7.25O.000",
        "7 250 OOO",
        "7 2\u041e0 000",
        "l2 000 000",
        "I2 345 678",
        "l 500 000",
        "12 345 67O",
        "5 B00 000",
        "3 697 500,OO",
        "7 250 00",
        "7 25 000",
        "7 250000",
        "7 2 50 000",
        "42 248 8 95",
        "12 345 678 90",
        "1 234 56,78",
        "1,5 00 000",
        "10 000 00,00",
        "2 000 0000",
        "2 000, 000",
        "2 000 ,000",
        "7250 000",
        "7,250,00",
        "000 000",
        "7 250 25 000",
    ],
)
def test_figures_that_do_not_fit_their_grouping_are_no_amount(printed: str, unit: str) -> None:
    text = f"Finansējums: {printed}{unit}"
    read, problems = amounts.scan(text, unit=Decimal(1))
    assert read == []
    (problem,) = problems
    assert problem.code == "unreadable_amount"
    assert text[problem.start : problem.end] == printed + unit.rstrip(",")


@pytest.mark.parametrize(
    ("text", "euro"),
    [
        ("EUR 7 250 000 2. kārtā", ["7250000"]),
        ("EUR 7 250 000 85 %", ["7250000"]),
        ("EUR 7 250 000 3 projektiem", ["7250000"]),
        ("Nr. 7 25 000 EUR", ["25000"]),
        ("COVID-19 50 000 EUR", ["50000"]),
        ("2025 25 000 EUR", ["25000"]),
        ("2.1 25 000 EUR", ["25000"]),
        ("31.12.2026 25 000 EUR", ["25000"]),
        ("7 250 000 m2 5 000 EUR", ["5000"]),
        ("7 250 000 Ls", []),
        ("7 250 000, 2. kārtā 25 000 EUR", ["25000"]),
        ("2 milj. 500 tūkst. EUR", ["2500000"]),
        ("7 250 000  25 000 EUR", ["25000"]),
        ("3 697 500 ,00 EUR", ["3697500.00"]),
        ("0,5 milj. EUR", ["500000.0"]),
        ("0 EUR", ["0"]),
    ],
)
def test_numbers_beside_each_other_are_not_one(text: str, euro: list[str]) -> None:
    read, problems = amounts.scan(text)
    assert ([amount.amount_eur for amount in read], problems) == ([Decimal(each) for each in euro], [])


@pytest.mark.parametrize(
    ("text", "qualifier"),
    [
        ("5 000 000 EUR (indikatīvi)", "approximate"),
        ("5 000 000 (indikatīvi)", "approximate"),
        ("5 000 000* (indikatīvs)", "approximate"),
        ("5 000 000 EUR (indikatīvā summa)", "approximate"),
        ("5 000 000 EUR – orientējoši", "approximate"),
        ("5 000 000 EUR, provizoriski", "approximate"),
        ("5 000 000 EUR (indicative amount)", "approximate"),
        ("5 000 000 EUR (maksimālais apjoms)", "up_to"),
        ("ne vairāk kā 5 000 000 EUR (indikatīvi)", "up_to"),
        ("5 000 000 EUR (plānots)", "exact"),
        ("5 000 000 EUR, indikatīvi atlase sāksies vasarā", "exact"),
    ],
)
def test_a_remark_behind_an_amount_qualifies_it(text: str, qualifier: str) -> None:
    (amount,) = amounts.read(text, unit=Decimal(1))
    assert (amount.amount_eur, amount.qualifier) == (Decimal(5_000_000), qualifier)


@pytest.mark.parametrize(
    "text", ["1o0 " * 20_000, "l 000 000 " * 8_000, "7 25 " * 16_000, "2 000, 000 " * 8_000]
)
def test_misprints_are_found_in_linear_time(text: str) -> None:
    assert is_linear(lambda length: amounts.scan(text[:length] + " 5 eiro", unit=Decimal(1)), len(text))

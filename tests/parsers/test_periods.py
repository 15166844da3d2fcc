from __future__ import annotations

import calendar
import json
import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from parsers import periods
from parsers.records import Period
from tests.growth import is_linear

CASES = Path(__file__).parents[1] / "cases"
SEEN = json.loads((CASES / "periods.json").read_text(encoding="utf-8"))
SEEN_LATER = json.loads((CASES / "periods_seen.json").read_text(encoding="utf-8"))
MORE = json.loads((CASES / "periods_more.json").read_text(encoding="utf-8"))


def bounds(label: str) -> tuple[date, date]:
    """First and last day of a label, worked out apart from the parser."""
    first, _, second = label.partition("/")
    if second:
        return bounds(first)[0], bounds(second)[1]
    year = int(label[:4])
    if len(label) == 10:
        return date.fromisoformat(label), date.fromisoformat(label)
    from_month, to_month = 1, 12
    if found := re.fullmatch(r"\d{4}-([QH])(\d)", label):
        size = 3 if found[1] == "Q" else 6
        from_month, to_month = size * int(found[2]) - size + 1, size * int(found[2])
    elif len(label) == 7:
        from_month = to_month = int(label[5:])
    return date(year, from_month, 1), date(year, to_month, calendar.monthrange(year, to_month)[1])


def precision(label: str) -> str:
    first = label.partition("/")[0]
    if len(first) == 7:
        return {"Q": "quarter", "H": "half_year"}.get(first[5], "month")
    return "day" if len(first) == 10 else "year"


@pytest.mark.parametrize("case", SEEN + SEEN_LATER, ids=lambda case: case.get("notation", case["text"][:40]))
def test_notation_seen_on_a_page(case: dict[str, Any]) -> None:
    found = periods.read(case["text"])
    assert [
        {
            "text": case["text"][p.start : p.end],
            "period": p.period,
            "precision": p.precision,
            "start_date": p.start_date.isoformat(),
            "end_date": p.end_date.isoformat(),
        }
        for p in found
    ] == case["periods"]


@pytest.mark.parametrize("case", MORE, ids=lambda case: case["text"][:40])
def test_notation_or_decoy(case: dict[str, Any]) -> None:
    text = case["text"]
    found, problems = periods.scan(text)
    assert [
        (text[p.start : p.end], p.period, p.precision, p.start_date, p.end_date, p.by, p.window, p.assumption)
        for p in found
    ] == [
        (
            words, label, precision(label), *bounds(label),
            facts.get("by", False), facts.get("window", False), facts.get("assumption"),
        )
        for words, label, facts in ((*entry, {})[:3] for entry in case["periods"])
    ]  # fmt: skip
    assert [[text[p.start : p.end], p.code] for p in problems] == case.get("problems", [])


def test_halves_of_a_range_have_their_own_spans() -> None:
    text = "Iesniegšana no 2025. gada 15. maija līdz 30. jūnijam."
    (window,) = periods.read(text)
    assert window.first is not None
    assert window.second is not None
    assert text[slice(*window.first)] == "2025. gada 15. maija"
    assert text[slice(*window.second)] == "30. jūnijam"


# -- any period in any notation ---------------------------------------------------------------------

GAP = st.sampled_from(["", " ", "  ", "\n", "\u00a0"])
SPACE = st.sampled_from([" ", "\u00a0", "\n", "  "])
DASH = st.sampled_from(["-", "–", "—", " - ", " – ", "– ", " —"])
YEAR = st.integers(1900, 2099)
DAY = st.dates(date(1900, 1, 1), date(2099, 12, 31))
MONTHS = (
    "janvār februār mart aprīl maij jūnij jūlij august septembr oktobr novembr decembr".split(),
    "is is s is s s s s is is is is".split(),
)
ROMANS = ("I", "II", "III", "IV")
ORDINALS = ("pirm", "otr", "treš", "ceturt")
BEFORE = st.sampled_from(
    ["", "Atlase: ", "plānots ", "(", "4.2.1.5. pasākums – ", "līdz ", "MK ", "€ 3 500; "]
)
AFTER = st.sampled_from(
    ["", " – apstiprināšana", ", papīri", ")", "; tālr. 67047871", "\n\nAtlase", " (Nr. 5)"]
)


@st.composite
def year_words(draw: st.DrawFn, year: int) -> str:
    word = draw(st.sampled_from(["gada", "g.", "gadā"]))
    return f"{year}{draw(st.sampled_from(['.', '. ', ' ']))}{word}{' ' if word == 'g.' else draw(SPACE)}"


@st.composite
def month_words(draw: st.DrawFn, month: int) -> str:
    stem, nominative = MONTHS[0][month - 1], MONTHS[1][month - 1]
    word = stem + draw(st.sampled_from([nominative, "a", "am" if nominative == "s" else "im", "u", "ā", "ī"]))
    if draw(st.booleans()):
        word = word.translate(str.maketrans("āīū", "aiu"))
    return word


@st.composite
def days(draw: st.DrawFn) -> tuple[str, str]:
    day = draw(DAY)
    numeric = draw(st.sampled_from(["%d.%m.%Y.", "%d.%m.%Y", "%Y-%m-%d", "%d/%m/%Y", "%d.%m. %Y.", ""]))
    if numeric:
        return day.strftime(numeric) if day.year >= 1000 else "", day.isoformat()
    month = draw(month_words(day.month))
    if draw(st.booleans()):
        comma = draw(st.sampled_from([" ", ", "]))
        return f"{day.day}.{draw(GAP)}{month}{comma}{day.year}", day.isoformat()
    return f"{draw(year_words(day.year))}{day.day}.{draw(GAP)}{month}", day.isoformat()


@st.composite
def months(draw: st.DrawFn) -> tuple[str, str]:
    year, month = draw(YEAR), draw(st.integers(1, 12))
    label, word = f"{year}-{month:02}", draw(month_words(month))
    form = draw(st.integers(0, 2))
    texts = (f"{draw(year_words(year))}{word}", f"{word} {year}", f"{word}, {year}. gads")
    return texts[form], label


@st.composite
def quarters_and_halves(draw: st.DrawFn) -> tuple[str, str]:
    year, size = draw(YEAR), draw(st.sampled_from([4, 2]))
    number = draw(st.integers(1, size))
    letter = "Q" if size == 4 else "H"
    words = (
        ["cet.", "cet", "ceturksnis", "ceturksnī", "ceturksnim", "ceturkšņa"]
        if size == 4
        else ["pusgads", "pusgadā"]
    )
    word = draw(st.sampled_from(words))
    count = draw(st.sampled_from([ROMANS[number - 1], f"{ROMANS[number - 1]}.", f"{number}.", f"{number} "]))
    named = f"{count}{draw(GAP)}{word}"
    if draw(st.booleans()):
        named = f"{ORDINALS[number - 1]}{draw(st.sampled_from(['ais', 'ajā', 'ā', 'o']))} {word}"
    texts = (
        f"{draw(year_words(year))}{named}",
        f"{named} {year}",
        f"{letter}{number} {year}",
        f"{year} {letter}{number}",
    )
    return draw(st.sampled_from(texts)), f"{year}-{letter}{number}"


@st.composite
def years(draw: st.DrawFn) -> tuple[str, str]:
    year = draw(YEAR)
    return f"{year}.{draw(GAP)}{draw(st.sampled_from(['gads', 'gada', 'gadā', 'gadam', 'gadu', 'g.']))}", str(
        year
    )


MOMENTS = st.one_of(days(), months(), quarters_and_halves(), years())


@st.composite
def ranges(draw: st.DrawFn) -> tuple[str, str]:
    kind = draw(st.sampled_from([days(), months(), quarters_and_halves(), years()]))
    one, two = sorted((draw(kind), draw(kind)), key=lambda moment: bounds(moment[1]))
    assume(precision(one[1]) == precision(two[1]))
    if draw(st.booleans()):
        return f"no {one[0]} līdz {two[0]}", f"{one[1]}/{two[1]}"
    return f"{one[0]}{draw(DASH)}{two[0]}", f"{one[1]}/{two[1]}"


def only_period(text: str) -> Period:
    (found,) = periods.read(text)
    return found


@given(MOMENTS, BEFORE, AFTER)
@example(("2024. gada IV cet.", "2024-Q4"), "līdz ", "")
def test_any_moment_reads_back(moment: tuple[str, str], before: str, after: str) -> None:
    words, label = moment
    found = only_period(before + words + after)
    assert (found.period, found.precision, found.start_date, found.end_date) == (
        label, precision(label), *bounds(label),
    )  # fmt: skip
    assert (found.start, found.end) == (len(before), len(before + words))
    assert found.by == (before == "līdz ")
    assert not found.window


@given(ranges(), st.sampled_from(["", "Atlase: ", "plānots ", "("]), AFTER)
def test_any_range_reads_back(stretch: tuple[str, str], before: str, after: str) -> None:
    words, label = stretch
    one, two = label.split("/")
    found = only_period(before + words + after)
    assert (found.period, found.start_date, found.end_date) == (label, *bounds(label))
    assert precision(one) == precision(two) == found.precision
    assert (found.start, found.end) == (len(before), len(before + words))
    assert found.window == (words.startswith("no ") or found.precision == "day")


@given(DAY, st.integers(0, 300), st.booleans())
def test_a_year_printed_once_is_of_both_days(first: date, length: int, leads: bool) -> None:
    last = first + timedelta(days=length)
    rolls = last.year > first.year
    assume(not rolls or last.month < first.month)
    names = [f"{day.day}. {MONTHS[0][day.month - 1]}a" for day in (first, last)]
    text = f"no {first.year}. gada {names[0]} līdz {names[1]}" if leads else (
        f"no {names[0]} līdz {last.year}. gada {names[1]}"
    )  # fmt: skip
    found = only_period(text)
    assert (found.start_date, found.end_date) == (first, last)
    assert found.assumption == ("rolled_over" if rolls else None)


@given(DAY, DAY)
def test_a_range_that_ends_before_it_starts_is_never_swapped(one: date, two: date) -> None:
    assume(one != two)
    early, late = sorted((one, two))
    found, problems = periods.scan(f"no {late:%d.%m.%Y}. līdz {early:%d.%m.%Y}.")
    assert found == []
    assert [problem.code for problem in problems] == ["range_reversed"]


PIECES = st.sampled_from(
    "2024 2025. gada gads g. IV III I cet. ceturksnī pusgads maijs jūnijam 15. 31.12.2026. 30.06. 2025-05-15 "
    "17.03.98 no līdz un vai / – - , . ; ( plkst. 10.00 4.2.1.5 1/16/I/001 beigās mācību trīs mēnešos Q4 "
    "pirmajā 0000 99.99.9999 Ⅳ a\u0304 \u200b \n Nr. eiro VIII 32. XIII 9999".split(" ")
)


@given(
    st.one_of(
        st.text(max_size=60),
        st.lists(PIECES, max_size=14).map(" ".join),
        st.lists(PIECES, max_size=14).map("".join),
    )
)
def test_any_text_is_read_in_order_and_without_overlap(text: str) -> None:
    found, problems = periods.scan(text)
    end = 0
    for period in found:
        assert end <= period.start < period.end <= len(text)
        assert period.start_date <= period.end_date
        end = period.end
    assert all(0 <= problem.start < problem.end <= len(text) for problem in problems)
    assert periods.scan(text) == (found, problems)


# -- time -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("piece", "times"),
    [
        ("2024. gada IV cet. ", 20_000), ("4.2.", 100_000), (" ", 200_000), ("2024. gada ", 10_000),
        ("1", 100_000), ("2018., ", 10_000), ("2018-", 10_000), ("15. maijs, ", 10_000),
        ("2024. gada I, ", 10_000), ("III/", 10_000), ("31.12.", 50_000), ("a\u0304", 100_000),
        ("(plkst. ", 50_000),
    ],
)  # fmt: skip
def test_time_is_linear(piece: str, times: int) -> None:
    assert is_linear(lambda count: periods.scan(f"2024. gada II/{piece * count} 2025. gads"), times)


@pytest.mark.parametrize(
    ("text", "period", "printed"),
    [
        ("Atlase: 15.5.25.", "2025-05-15", "15.5.25."),
        ("līdz 5.5.25", "2025-05-05", "5.5.25"),
        ("5.5.25. – 30.6.25.", "2025-05-05/2025-06-30", "5.5.25. – 30.6.25."),
        ("05.5.25.", "2025-05-05", "05.5.25."),
        ("1.12.25. – atlases sākums", "2025-12-01", "1.12.25."),
    ],
)
def test_a_short_date_without_noughts(text: str, period: str, printed: str) -> None:
    (read,) = periods.read(text)
    assert (read.period, text[read.start : read.end]) == (period, printed)
    assert read.assumption == "two_digit_year"


@pytest.mark.parametrize(
    "text",
    [
        "4.2.15.", "4.2.1.25.", "12.5.25. punkts", "12.5.25. apakšpunktā", "MK noteikumi Nr. 15.5.25.",
        "3.1.22. nodaļa", "3.1.22. Nosaukums", "9.3.21. pasākums", "45.3.25.", "1.2.3.25",
    ],
)  # fmt: skip
def test_numbers_of_parts_are_no_short_dates(text: str) -> None:
    assert periods.read(text) == []

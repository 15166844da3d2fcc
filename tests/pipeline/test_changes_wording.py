"""Figures and dates in both languages against Babel, and the comparison of words against its own rules."""

from __future__ import annotations

import time
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.changes import figures, wording

LETTERS = "abc āž15.,;:-–„”“\"'*• \n\u00a0()/"
texts = st.text(LETTERS, max_size=80)
numbers = st.decimals(0, 10**12, places=2)


def edits(a: str, b: str) -> int:
    """The textbook's distance, for comparison."""
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, start=1):
        before, row = row, [i]
        for j, y in enumerate(b, start=1):
            row.append(min(before[j] + 1, row[-1] + 1, before[j - 1] + (x != y)))
    return row[-1]


@given(st.text("abc", max_size=9), st.text("abc", max_size=9), st.integers(0, 4))
def test_letters_apart(a: str, b: str, most: int) -> None:
    assert wording.letters_apart(a, b, most) == min(edits(a, b), most + 1)


@given(texts, texts)
def test_same_is_symmetric(a: str, b: str) -> None:
    assert wording.same(a, a)
    assert wording.same(a, b) == wording.same(b, a)
    assert wording.is_correction(a, b) == wording.is_correction(b, a)
    if wording.same(a, b):
        assert set(wording.lines(a)) == set(wording.lines(b)) or wording.key(a) == wording.key(b)


@given(texts, texts)
def test_word_diff_holds_all_words_of_both(old: str, new: str) -> None:
    steps = wording.word_diff(old, new)
    assert all(words for _, words in steps)

    def words(*operations: str) -> list[str]:
        return " ".join(piece for operation, piece in steps if operation in operations).split()

    def said(text: str) -> list[str]:
        return [word for word in map(bare, text.split()) if word]

    def bare(word: str) -> str:
        return " ".join(wording._WORD.findall(word))

    assert said(" ".join(words("=", "+"))) == said(new)
    assert said(" ".join(words("=", "-"))) == said(old)


def test_word_diff_in_reading_order() -> None:
    assert wording.word_diff("viens divi trīs", "viens četri trīs pieci") == [
        ("=", "viens"), ("-", "divi"), ("+", "četri"), ("=", "trīs"), ("+", "pieci"),
    ]  # fmt: skip
    assert wording.word_diff(None, "viens") == [("+", "viens")]
    assert wording.word_diff("viens, divi", "viens divi") == [("-", "viens,"), ("+", "viens"), ("=", "divi")]


@pytest.mark.parametrize(
    "text", ["1. " * 40_000, "- " * 60_000, "12 345 " * 20_000, "[1]" * 40_000, "http://" * 20_000]
)
def test_keys_take_linear_time(text: str) -> None:
    begun = time.process_time()
    wording.key(text)
    wording.same(text, text + " vārds")
    assert time.process_time() - begun < 2


ONES = ["1", "21", "101", "2.1", "0.1", "1001"]
MANY = ["0", "2", "10", "11", "20", "111", "1.2", "2.11", "1.10", "100"]


def test_latvian_singular() -> None:
    assert all(figures.is_one(Decimal(number)) for number in ONES)
    assert not any(figures.is_one(Decimal(number)) for number in MANY)


@given(numbers)
def test_numbers_as_babel_writes_them(value: Decimal) -> None:
    babel = pytest.importorskip("babel.numbers")
    core = pytest.importorskip("babel")
    for language in ("en", "lv"):
        assert figures.number(value, language) == babel.format_decimal(value, locale=language)
        share = value / 100
        written = babel.format_percent(share, format="#,##0.##%", locale=language)
        assert figures.percent(value, language) == written
    assert figures.is_one(value) == (core.Locale("lv").plural_form(value) == "one")


def test_dates_as_babel_writes_them() -> None:
    babel = pytest.importorskip("babel.dates")
    for month in range(1, 13):
        day = date(2025, month, 21)
        written = figures.moment(day.isoformat(), "lv").removeprefix("2025. gada ")
        assert written == babel.format_date(day, "d. MMMM", locale="lv")
        assert figures.moment(day.isoformat(), "en") == babel.format_date(day, "d MMMM y", locale="en")


PERIODS = [
    ("2025", "genitive", "2025. gada"), ("2025", "accusative", "2025. gadu"),
    ("2025", "locative", "2025. gadā"),
    ("2025-H2", "genitive", "2025. gada 2. pusgada"), ("2025-H2", "accusative", "2025. gada 2. pusgadu"),
    ("2025-Q3", "genitive", "2025. gada 3. ceturkšņa"), ("2025-Q3", "dative", "2025. gada 3. ceturksnim"),
    ("2025-04", "genitive", "2025. gada aprīļa"), ("2025-04", "locative", "2025. gada aprīlī"),
    ("2025-08-05", "accusative", "2025. gada 5. augustu"),
    ("2025-09-30", "genitive", "2025. gada 30. septembra"),
    ("2025-05/2025-06", "locative", "laikposmā no 2025. gada maija līdz 2025. gada jūnijam"),
]  # fmt: skip


@pytest.mark.parametrize(("period", "case", "words"), PERIODS)
def test_periods_in_their_cases(period: str, case: str, words: str) -> None:
    assert figures.moment(period, "lv", case) == words


SUMS = [
    ("1200000", "nominative", "1,2 miljoni eiro"), ("1200000", "genitive", "1,2 miljoniem eiro"),
    ("1000000", "genitive", "1 miljona eiro"), ("21000000", "dative", "21 miljonam eiro"),
    ("2100000", "accusative", "2,1 miljonu eiro"), ("12571500", "genitive", "12 571 500 eiro"),
    ("83600000", "nominative", "83,6 miljoni eiro"), ("272000000", "dative", "272 miljoniem eiro"),
    ("999999", "nominative", "999 999 eiro"), ("10.5", "nominative", "10,50 eiro"),
]  # fmt: skip


@pytest.mark.parametrize(("amount", "case", "words"), SUMS)
def test_sums_in_their_cases(amount: str, case: str, words: str) -> None:
    assert figures.round_euro(Decimal(amount), "lv", case).replace("\u00a0", " ") == words


@pytest.mark.parametrize(
    ("count", "words"), [(1, "1 dienu"), (2, "2 dienām"), (11, "11 dienām"), (21, "21 dienu")]
)
def test_days(count: int, words: str) -> None:
    assert figures.days(count, "lv") == words


def test_what_is_hidden_of_people_is_one_whatever_its_length() -> None:
    old, new = "Jautā: ████████, tālr. ███ ███", "Jautā: ████ ███████, tālr. ████████"
    assert wording.same(old, new)
    assert not wording.same(old, "Jautā: ████████, e-pasts ███")

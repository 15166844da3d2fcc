"""Amounts outside of measures: their words, shares and places."""

import pytest

from parsers.headlines import Line, read_headlines
from parsers.ledger import Ledger
from parsers.records import Span


def read(*lines, rows=()):
    """``lines`` begun with two spaces are items of a list below."""
    text, placed = "\n".join(line.strip() for line in lines), []
    at = 0
    for number, line in enumerate(lines):
        end = at + len(line.strip())
        placed.append(Line(Span(at, end), 1 + line.startswith("  "), rows[number] if rows else None))
        at = end + 1
    ledger = Ledger(text)
    return read_headlines(ledger, placed), ledger


def labelled(*lines, rows=()):
    return [(each.label, int(each.amount_eur)) for each in read(*lines, rows=rows)[0]]


def test_words_above_or_below_an_amount_alone():
    assert labelled("Skolām", "100 euro", "Muzejiem", "200 euro") == [("Skolām", 100), ("Muzejiem", 200)]
    assert labelled("100 euro", "Skolām", "200 euro", "Muzejiem") == [("Skolām", 100), ("Muzejiem", 200)]
    assert labelled("100 euro", "  Skolām") == [("Skolām", 100)]


def test_the_other_cell_of_the_row():
    rows = ((0, 0), (0, 0), (0, 1), (0, 1))
    assert labelled("100 euro", "Skolām", "Muzejiem", "200 euro", rows=rows) == [
        ("Skolām", 100),
        ("Muzejiem", 200),
    ]


@pytest.mark.parametrize("line", ["Skolām – 100 euro", "100 euro – Skolām", "Skolām: 100 euro"])
def test_words_that_a_dash_parts_from_the_amount(line):
    assert labelled(line) == [("Skolām", 100)]


@pytest.mark.parametrize(
    "line", ["Nozarei pieejami 100 euro.", "Nozarei ir paredzēts: 100 euro", "Finansējums: 100 euro"]
)
def test_sentences_and_labels_of_fields_name_nothing(line):
    assert labelled(line) == [(None, 100)]


def test_share_and_national_part():
    words = (
        "Ieguldījums ar nacionālo līdzfinansējumu ir 300 milj. euro (33,5 % no visa), bez tā 200 milj. euro"
    )
    (first, second), _ = read(words)
    assert (str(first.share_percent), first.includes_national) == ("33.5", True)
    assert (second.share_percent, second.includes_national) == (None, False)


def test_a_sentence_printed_twice_counts_once_and_has_both_places():
    headlines, ledger = read("Pieejami 100 euro.", "Pieejami 100 euro.")
    assert len(headlines) == 1
    assert [(each.seq, each.start) for each in ledger.evidence if each.field == "text"] == [(1, 0), (1, 19)]


def test_qualifiers():
    (headline,), _ = read("Vairāk nekā 300 milj. euro")
    assert headline.qualifier == "more_than"

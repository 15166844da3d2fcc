"""The account of a page: what is claimed, what is left over."""

from parsers.ledger import Ledger
from parsers.records import Span


def test_what_nobody_claims_is_left_over_line_by_line():
    ledger = Ledger("viens divi, trīs\nčetri (pieci)\n\nseši")
    ledger.claim(0, 5)
    ledger.cell("measures", "1.2.3.4", None, "title", 12, 16)
    ledger.cells("milestones", "1.2.3.4", 1, ("period", "text"), 17, 22)
    coverage = ledger.coverage(3)
    assert coverage.unclaimed == (Span(6, 10), Span(24, 29), Span(32, 36))
    assert (coverage.characters, coverage.claimed, coverage.left_out) == (36, 23, 3)
    assert [each.field for each in ledger.evidence] == ["title", "period", "text"]


def test_claims_that_are_settled_are_asked_for_no_more_and_still_count():
    ledger = Ledger("viens divi")
    ledger.claim(0, 5)
    ledger.settle()
    assert ledger.unclaimed(0, 10) == [Span(0, 10)]
    ledger.claim(6, 10)
    assert ledger.unclaimed(0, 10) == [Span(0, 5)]
    assert ledger.coverage(0).unclaimed == ()


def test_words_known_by_some_of_their_cells_alone_are_not_claimed():
    ledger = Ledger("viens")
    ledger.cell("measures", "1.2.3.4", None, "title", 0, 5, claim=False)
    assert ledger.coverage(0).unclaimed == (Span(0, 5),)

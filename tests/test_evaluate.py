"""What the parser must reach on pages and notations whose content is known."""

import pytest

from tests import evaluate
from tests.scoring import Comparison, Tally

CASES = 0.98


@pytest.fixture(scope="module")
def groups() -> dict[str, Comparison]:
    return evaluate.compare(evaluate.committed())


@pytest.fixture(scope="module")
def cases() -> Comparison:
    return evaluate.cases()[evaluate.OURS]


def told(comparison: Comparison) -> str:
    return "\n".join(evaluate.errors([comparison]))


def test_enough_pages_of_both_kinds():
    names = [page.group for page in evaluate.committed()]
    assert names.count(evaluate.REAL) >= 12
    assert names.count(evaluate.OTHERS) >= 30


def test_real_notations_are_read_without_an_error(groups):
    assert groups[evaluate.REAL].overall().f1 == 1.0, told(groups[evaluate.REAL])


def test_other_notations_are_read(groups):
    assert groups[evaluate.OTHERS].overall().f1 >= 0.99, told(groups[evaluate.OTHERS])


@pytest.mark.parametrize("field", ["periods", "amounts", "contact_phone", "contact_email", "applicant_types"])
def test_notations_of_public_pages_are_read(cases, field):
    assert cases.score[field].f1 >= CASES, told(cases)


def test_a_figure_is_not_flattered_by_what_is_missing():
    comparison = Comparison()
    truth = {"headlines": [], "measures": [{"measure_id": "1.1.1.1", "code": "1.1.1.1", "title": "A"}]}
    comparison.page("none", truth, {"headlines": [], "measures": []})
    assert comparison.score["title"] == Tally(0, 0, 1)
    comparison.page(
        "other", truth, {"headlines": [], "measures": [{"measure_id": "2.2.2.2", "code": "2.2.2.2"}]}
    )
    assert comparison.score["code"] == Tally(0, 1, 2)

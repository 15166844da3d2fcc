"""Nothing on a page is lost in silence: words planted anywhere are in a value, in narrative, or reported."""

from random import Random

import pytest

from parsers.page import parse_page
from tests.pages.build import LAYOUTS, PASTED, build
from tests.pages.notation import NOTATIONS
from tests.planting import accounted, in_html, in_text, word

PAIRS = [(layout, notation) for layout in LAYOUTS for notation in NOTATIONS]


def trial(seed: int) -> None:
    rng = Random(seed)  # noqa: S311  (a trial must come out the same again)
    layout, notation = PAIRS[seed * 37 % len(PAIRS)]
    content, truth = build(seed, layout, notation)
    planted = word(rng)
    changed = (in_text if layout in PASTED else in_html)(content, rng, planted)
    page = parse_page(changed, truth["url"])
    assert planted in page.text, f"{planted} is not in the canonical text ({seed} {layout} {notation})"
    assert accounted(page, planted), f"{planted} is lost ({seed} {layout} {notation})"
    coverage = page.coverage
    left = sum(span.end - span.start for span in coverage.unclaimed)
    assert coverage.claimed + left == coverage.characters == len(page.text)


@pytest.mark.parametrize("seed", range(40))
def test_planted_word_is_accounted_for(seed):
    trial(seed)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(40, 240))
def test_planted_word_is_accounted_for_in_200_more(seed):
    trial(seed)

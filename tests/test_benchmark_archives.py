"""The archives that benchmarks measure hold what their figures are said to be of."""

from benchmarks.archives import body, url
from parsers.page import parse_page


def test_every_page_has_measures_of_its_own_and_every_body_another_amount():
    pages = [parse_page(body(source, 0), url(source), "utf-8") for source in (0, 14, 15, 39, 1469)]
    ids = [{measure.measure_id for measure in page.measures} for page in pages]
    assert [len(some) for some in ids] == [15] * len(pages)
    assert len(set.union(*ids)) == 15 * len(pages)
    other = parse_page(body(39, 1), url(39), "utf-8")
    assert {one.eu_funding_eur for one in other.measures} != {one.eu_funding_eur for one in pages[3].measures}

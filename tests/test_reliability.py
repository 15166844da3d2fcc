"""The tests that docs/reliability.md names exist."""

import re

from tests.pipeline.command import ROOT

PAGE = (ROOT / "docs" / "reliability.md").read_text("utf-8")


def test_the_page_names_tests_that_exist():
    named = re.findall(r"`(test_\w+\.py)::(\w+)`(?: \((soak))?", PAGE)
    assert len(named) > 60
    for file, test, soak in named:
        text = (ROOT / "tests" / "pipeline" / file).read_text("utf-8")
        assert re.search(rf"^def {test}\(", text, re.MULTILINE), (file, test)
        assert not soak or re.search(r"mark\.soak|SOAK", text), (file, test)


def test_every_row_is_whole():
    for line in PAGE.splitlines():
        if line.startswith("|"):
            assert line.count(" |") in {3, 4}, line  # figures have no column of what is kept

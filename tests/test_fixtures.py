"""Every fixture page beside what it must parse to; neither may be without the other."""

import pytest

from tests.accept_fixtures import FOLDERS, expectation, pages, parsed


@pytest.mark.parametrize("page", list(pages()), ids=lambda page: page.name)
def test_page_parses_to_its_expectation(page):
    path = expectation(page)
    assert path.exists(), f"{page.name} has no expectation: run python -m tests.accept_fixtures and read it"
    assert parsed(page) == path.read_text(encoding="utf-8")


def test_no_expectation_is_without_its_page():
    expected = {path for folder in FOLDERS for path in folder.glob("*.expected.json")}
    assert expected == {expectation(page) for page in pages()}

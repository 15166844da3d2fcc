"""A page that moved, and a source that has another name now, have one history."""

from __future__ import annotations

import pytest

from pipeline.archive import Archive
from tests.pipeline.command import pasakumi
from tests.pipeline.months import CHANGES, MONTHS, body, told
from tests.pipeline.site import URL, sources

FORMER = "https://old.example/fondi.html"


@pytest.fixture
def folder(tmp_path):
    """Half a year of a source ``vecais`` at the former address, half a year of ``fondi``; a stranger."""
    with Archive(tmp_path / "raw").writer() as writer:
        for number, when in enumerate(MONTHS, 1):
            name, url = ("vecais", FORMER) if number <= 6 else ("fondi", URL)
            writer.resource(name, url, body(number).encode(), "text/html", when)
        writer.resource("cits", "https://else.example/", body(12).encode(), "text/html", MONTHS[7])
    return tmp_path


def test_captures_of_a_former_address_belong_to_the_page(folder):
    sources(folder, f'former_urls = ["{FORMER}"]')
    assert pasakumi(folder, "rebuild").code == 0
    assert told(folder) == CHANGES
    assert "12" in pasakumi(folder, "sources").out
    first = next(Archive(folder / "raw").captures())
    assert "slipped" in pasakumi(folder, "diff", first.id, "2024-12-31").out
    assert pasakumi(folder, "export", "--wacz", "a.wacz", "--source", "fondi").out.startswith(
        "a.wacz: 12 captures"
    )


def test_naming_the_address_later_is_something_new(folder):
    sources(folder)
    pasakumi(folder, "rebuild")
    assert len(told(folder)) < len(CHANGES)
    sources(folder, f'former_urls = ["{FORMER}"]')
    pasakumi(folder, "run", "--offline")
    assert told(folder) == CHANGES


def test_a_source_that_was_renamed_keeps_what_it_had(folder):
    path = sources(folder, f'former_urls = ["{FORMER}"]')
    path.write_text(path.read_text().replace('id = "fondi"', 'id = "jaunais"'))
    pasakumi(folder, "rebuild")
    assert told(folder) == CHANGES


def test_a_source_that_is_configured_keeps_its_captures(folder):
    path = sources(folder, f'former_urls = ["{FORMER}"]')
    path.write_text(path.read_text() + '[[source]]\nid = "vecais"\nurl = "https://third.example/"\n')
    pasakumi(folder, "rebuild")
    rows = [line.split() for line in pasakumi(folder, "sources").out.splitlines()[1:]]
    assert [row[:2] for row in rows] == [["fondi", "6"], ["vecais", "6"]]

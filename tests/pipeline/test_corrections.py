"""What a better reading corrects, with an older version of the code that really reads otherwise."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import feedparser
import pytest
from lxml import etree

from pipeline import corrections
from pipeline.errors import Failed
from tests.pipeline.command import ROOT, pasakumi
from tests.pipeline.site import EMAIL, PERSON, PHONE, capture, measure, page, sources
from tests.pipeline.test_feed import SCHEMA

DAY = datetime(2025, 3, 1, 6, 30, tzinfo=UTC)
# What the older version got wrong: an amount ten times too large, a title that it made up on one day, a
# measure that it did not see, a contact's phone.
MISREAD = """

_as_it_is = parse_page


def parse_page(content, url=None, charset=None):
    page = _as_it_is(content, url, charset)
    measures = []
    for one in page.measures:
        if one.eu_funding_eur == 1_500_000:
            rows = tuple(row._replace(amount_eur=row.amount_eur * 10) for row in one.funding)
            one = one._replace(eu_funding_eur=one.eu_funding_eur * 10, funding=rows)
        if "second day" in page.title and one.measure_id == "4.9.9.3":
            one = one._replace(title="Pavisam cits nosaukums")
            one = one._replace(contacts=tuple(c._replace(phone="+37160000000") for c in one.contacts))
        if one.measure_id != "4.9.9.4":
            measures.append(one)
    return page._replace(measures=tuple(measures))
"""


@pytest.fixture(scope="module")
def older(tmp_path_factory) -> Path:
    """A copy of the code that misreads."""
    folder = tmp_path_factory.mktemp("older")
    for package in ("parsers", "pipeline"):
        shutil.copytree(ROOT / package, folder / package, ignore=shutil.ignore_patterns("__pycache__"))
    with (folder / "parsers" / "page.py").open("a", encoding="utf-8") as file:
        file.write(MISREAD)
    return folder


def day(number: int, *measures: str) -> str:
    title = ("first", "second", "third", "fourth")[number]
    return page(measures).replace("<title>Fondi", f"<title>{title} day")


def store(folder: Path, number: int, *measures: str) -> None:
    capture(folder / "raw", day(number, *measures), DAY + timedelta(days=number))


@pytest.fixture
def folder(tmp_path) -> Path:
    sources(tmp_path)
    store(tmp_path, 0, measure(1), measure(2), measure(3))
    store(tmp_path, 1, measure(1, amount="1 500 000"), measure(2), measure(3), measure(4))
    store(
        tmp_path,
        2,
        measure(1, amount="1 500 000"),
        measure(2, when="2025. gada II cet."),
        measure(3),
        measure(4),
    )
    return tmp_path


def noted(folder: Path) -> list[tuple[str, str | None, str | None]]:
    """What is corrected: the kind of change, its new value as told then and as told now."""
    return [
        (one.row["kind"], one.was and one.was["new"], one.now and one.now["new"])
        for one in corrections.read(folder / "raw")
    ]


def test_a_better_reading_corrects_what_was_told(folder, older):
    assert pasakumi(folder, "run", "--offline", PYTHONPATH=str(older)).code == 0
    assert noted(folder) == []
    done = pasakumi(folder, "rebuild", "--compare")
    assert (done.code, done.err) == (0, "")
    assert sorted(noted(folder), key=str) == [
        ("contact_changed", "", None),
        ("contact_changed", "", None),
        ("funding_changed", "15000000", "1500000"),
        ("measure_added", None, ""),
        ("title_changed", "Mācību vides uzlabošana, 3. daļa", None),
        ("title_changed", "Pavisam cits nosaukums", None),
    ]
    assert "4.9.9.1 measures.eu_funding_eur: 15000000 → 1500000" in done.out
    assert (
        "4.9.9.3 measure_versions.title: Pavisam cits nosaukums → Mācību vides uzlabošana, 3. daļa"
        not in done.out
    )
    assert "4.9.9.4 measures: new: " in done.out
    assert (
        "Correction: 4.9.9.1: EU funding grew from €1,000,000 to €1,500,000 (up €500,000 or 50%)" in done.out
    )
    assert "Correction: this was told, but did not happen: 4.9.9.3: the title changed from" in done.out
    assert "Correction: this was not told at the time: 4.9.9.4: new measure" in done.out


def test_corrections_stand_in_the_feed_and_stay(folder, older):
    pasakumi(folder, "run", "--offline", PYTHONPATH=str(older))
    done = pasakumi(folder, "run", "--offline")
    assert "6 changes are told otherwise by this version of the code" in done.out
    feed = folder / "output" / "feed.en.xml"
    SCHEMA.assertValid(etree.parse(str(feed)))
    read = feedparser.parse(feed.read_bytes())
    told = [entry for entry in read.entries if "correction" in {tag.term for tag in entry.tags}]
    assert len(told) == 6
    assert read.entries[:6] == told
    amount = next(entry for entry in told if "4.9.9.1" in entry.title)
    assert "Told before: 4.9.9.1: EU funding grew from €1,000,000 to €15,000,000" in amount.content[0].value
    before = {path: path.read_bytes() for path in (folder / "output").rglob("*") if path.is_file()}
    assert "every file is as it was" in pasakumi(folder, "run", "--offline").out
    shutil.rmtree(folder / "output")
    shutil.rmtree(folder / "state")
    pasakumi(folder, "run", "--offline")
    assert {path: path.read_bytes() for path in (folder / "output").rglob("*") if path.is_file()} == before
    assert len(noted(folder)) == 6


def test_a_capture_that_came_meanwhile_is_news_and_no_correction(folder, older):
    pasakumi(folder, "run", "--offline", PYTHONPATH=str(older))
    store(folder, 3, measure(1, amount="1 600 000"), measure(2), measure(3), measure(4))
    pasakumi(folder, "run", "--offline")
    assert len(noted(folder)) == 6
    assert all(one.row["observed_at"] < "2025-03-04" for one in corrections.read(folder / "raw"))


def test_captures_that_are_not_the_same_are_not_compared(folder, older):
    pasakumi(folder, "run", "--offline", PYTHONPATH=str(older))
    capture(folder / "raw", page([measure(1)]), DAY - timedelta(days=9))
    done = pasakumi(folder, "rebuild", "--compare")
    assert "fondi: not compared" in done.out
    assert noted(folder) == []


def test_the_same_code_reads_the_same(folder):
    pasakumi(folder, "run", "--offline")
    done = pasakumi(folder, "rebuild", "--compare")
    assert "Every cell is read as before." in done.out
    assert not (folder / "raw" / corrections.FILE_NAME).exists()


def test_nothing_of_a_contact_is_kept(folder, older):
    pasakumi(folder, "run", "--offline", PYTHONPATH=str(older))
    pasakumi(folder, "run", "--offline")
    kept = (folder / "raw" / corrections.FILE_NAME).read_text("utf-8")
    for secret in (PERSON, PHONE, EMAIL, "+37160000000"):
        assert secret not in kept


def test_a_torn_line_is_none_and_a_broken_one_is_said(folder, older):
    pasakumi(folder, "run", "--offline", PYTHONPATH=str(older))
    pasakumi(folder, "run", "--offline")
    path = folder / "raw" / corrections.FILE_NAME
    whole = path.read_bytes()
    path.write_bytes(whole[:-20])
    assert len(noted(folder)) == 5
    path.write_bytes(b'{"was": null}\n' + whole)
    with pytest.raises(Failed, match=r"corrections\.jsonl:1: no correction"):
        corrections.read(folder / "raw")
    assert pasakumi(folder, "run", "--offline").code == 4


def test_a_line_says_which_code_read_it_so(folder, older):
    pasakumi(folder, "run", "--offline", PYTHONPATH=str(older))
    pasakumi(folder, "run", "--offline")
    lines = (folder / "raw" / corrections.FILE_NAME).read_text("utf-8").splitlines()
    read = [json.loads(line) for line in lines]
    assert {line["before"] == line["after"] for line in read} == {False}
    assert all(line["before"].startswith("0.") and "(code " in line["before"] for line in read)

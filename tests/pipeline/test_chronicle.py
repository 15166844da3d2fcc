"""A history as rows of changes and measure_versions; contacts that are not published are in none of them."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from pipeline import decisions
from pipeline.archive import Archive
from pipeline.chronicle import Chronicle
from pipeline.config import load
from pipeline.schema import TABLES
from pipeline.state import Dataset
from pipeline.telling import tell
from tests.pipeline.site import EMAIL, PERSON, PHONE, capture, measure, page, sources

DAY = datetime(2025, 3, 1, 6, tzinfo=UTC)
OTHER = page([measure(1, amount="1 500 000"), measure(2), measure(3)]).replace(PERSON, "Ilze Cita")


@pytest.fixture
def told(tmp_path):
    def make(*contents, since=None, publish_contacts=True, times=None) -> Chronicle:
        raw = tmp_path / "raw"
        for day, content in enumerate(contents):
            capture(raw, content, times[day] if times else DAY + timedelta(days=day))
        (source,) = load(sources(tmp_path, publish_contacts=publish_contacts)).sources
        return tell(Dataset(Archive(raw), [source], decisions.read(raw)).history(source), since)

    return make


def rows(table, some):
    return [dict(zip(TABLES[table].header, row, strict=True)) for row in some]


def test_the_first_capture_is_the_baseline(told):
    made = told(page(3))
    assert made.changes == made.news == []
    versions = rows("measure_versions", made.versions)
    assert [(one["measure_id"], one["version"], one["valid_from"], one["valid_to"]) for one in versions] == [
        (f"4.9.9.{number}", 1, DAY, None) for number in (1, 2, 3)
    ]


def test_a_change_is_one_row_and_a_version(told):
    made = told(page(3), page([measure(1, amount="1 500 000"), measure(2), measure(3)]))
    (change,) = rows("changes", made.changes)
    assert change["observed_at"] == DAY + timedelta(days=1)
    assert (change["kind"], change["old"], change["new"]) == ("funding_changed", "1000000", "1500000")
    assert (change["delta_eur"], change["delta_percent"]) == (Decimal(500_000), Decimal(50))
    first, second = rows("measure_versions", made.versions)[:2]
    assert (first["version"], second["version"]) == (1, 2)
    assert first["valid_to"] == second["valid_from"] == DAY + timedelta(days=1)


def test_markup_alone_is_no_change(told):
    made = told(page(3), page(3).replace("<p>", "<div class='x'>").replace("</p>", "</div>"))
    assert made.changes == []
    assert len(made.versions) == 3


def test_a_withheld_capture_makes_no_news(told):
    made = told(page(10), page(0), page(10))
    assert made.changes == []
    assert made.withheld is None
    assert told(page(0), times=[DAY + timedelta(days=9)]).withheld is not None


def test_news_are_what_came_after_the_last_run(told):
    all_of_it = told(page(3), page(4), page(5))
    assert [change.measure_id for change in all_of_it.news] == ["4.9.9.4", "4.9.9.5"]
    known = rows("measure_versions", all_of_it.versions)[3]["capture"]
    assert [change.measure_id for change in told(since=known).news] == ["4.9.9.5"]


def test_captures_of_unknown_time_have_none_in_the_rows(told):
    made = told(page(3), page(4), times=[None, None])
    assert [row["observed_at"] for row in rows("changes", made.changes)] == [None]
    assert {row["valid_from"] for row in rows("measure_versions", made.versions)} == {None}


def test_a_contact_is_a_json_object(told):
    made = told(page([measure(1)]), page([measure(1)]).replace(PHONE, "67000999"))
    (change,) = rows("changes", made.changes)
    assert change["kind"] == "contact_changed"
    assert '"phone": "+37167000999"' in change["new"]


def test_contacts_that_are_not_published_are_nowhere(told):
    text = "<p>Jautājumus par atbalstu uzdodiet, rakstot Annai Paraudziņai uz norādīto adresi.</p>"
    made = told(page(3, more=text), OTHER, page(3), publish_contacts=False)
    written = repr((made.changes, made.versions, [change[:15] for change in made.news]))
    assert "funding_changed" in written
    assert "contact_" in written
    for secret in (PERSON, "Paraudziņ", "Ilze", PHONE, EMAIL):
        assert secret not in written

"""Feeds and reports: valid, an entry a change, ids and bytes that stay, no contact that is not published."""

from __future__ import annotations

import csv
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import feedparser
import pytest
from lxml import etree

from pipeline.config import Config, load
from pipeline.reports import feed
from pipeline.run import publish
from tests.pipeline.site import EMAIL, PERSON, PHONE, URL, capture, measure, page, sources

SCHEMA = etree.RelaxNG(etree.parse(str(Path(__file__).parents[1] / "schemas" / "atom.rng")))
DAY = datetime(2025, 3, 1, 6, 30, tzinfo=UTC)
EVIL = "<script>alert(1)</script> &amp; \u202e ]]> „x”"
SUBSCRIBERS = """
[[subscriber]]
name = "desk"
language = "en"
only = ["milestone_moved", "funding_changed"]
measures = ["4.9.9.*"]
min_eur = 100_000
min_days = 30
[[subscriber]]
name = "all"
"""
STATES = (
    page(6),
    page(
        [
            measure(1, when="2025. gada III cet."),
            measure(2, amount="1 500 000"),
            measure(3),
            measure(4),
            measure(5),
        ]
    ),
    page(
        [
            measure(1, when="2025. gada 15. augusts"),
            measure(2, amount="1 500 001"),
            measure(3, title=EVIL.replace("<", "&lt;")),
            measure(4).replace(PERSON, "Ilze Cita").replace(PHONE, "67000999"),
            measure(5),
            measure(7, amount="12 345 678,90"),
        ]
    ),
)


def configured(folder: Path, *, publish_contacts: bool = True) -> Config:
    path = sources(folder, publish_contacts=publish_contacts)
    path.write_text(f'contact = "data@example.org"\n{path.read_text("utf-8")}{SUBSCRIBERS}', "utf-8")
    config = load(path)
    for day, content in enumerate(STATES):
        capture(config.raw, content, DAY + timedelta(days=day))
    publish(config)
    return config


@pytest.fixture(scope="module")
def config(tmp_path_factory):
    return configured(tmp_path_factory.mktemp("feeds"))


def paths(config: Config) -> list[Path]:
    found = [config.output / name for name in ("feed.xml", "feed.en.xml", "feeds/desk.xml", "feeds/all.xml")]
    assert {path for path in found if path.is_file()} == set(found)
    return found


def table(config: Config) -> list[dict[str, str]]:
    with (config.output / "tables" / "changes.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_feed_is_valid_atom(config):
    for path in paths(config):
        document = etree.parse(str(path))
        SCHEMA.assertValid(document)
        for entry in document.iter("{*}entry"):
            kinds = [link.get("rel") for link in entry.iter("{*}link")]
            assert kinds.count("alternate") <= 1
            assert len({link.get("href") for link in entry.iter("{*}link")}) == len(kinds)
        read = feedparser.parse(path.read_bytes())
        assert not read.bozo
        assert read.version == "atom10"
        assert read.feed.updated == max(entry.updated for entry in read.entries)


def test_an_entry_for_each_change_with_its_sentence_and_time(config):
    rows = table(config)
    assert len(rows) > 8
    for name, language in (("feed.xml", "lv"), ("feed.en.xml", "en"), ("feeds/all.xml", "lv")):
        read = feedparser.parse((config.output / name).read_bytes())
        assert read.feed.language == language
        assert len({entry.id for entry in read.entries}) == len(rows)
        told = sorted((entry.updated, entry.title.replace("\xa0", " ")) for entry in read.entries)
        written = sorted((row["observed_at"], row[f"text_{language}"].replace("\xa0", " ")) for row in rows)
        assert [one for one in told if "script" not in one[1]] == [
            one for one in written if "script" not in one[1]
        ]
        assert [entry.updated for entry in read.entries] == sorted(
            (entry.updated for entry in read.entries), reverse=True
        )


def test_one_change_has_one_id_in_all_feeds(config):
    ids = [{entry.id for entry in feedparser.parse(path.read_bytes()).entries} for path in paths(config)]
    assert ids[0] == ids[1] == ids[3]
    assert ids[2] < ids[0]
    assert all(name.startswith("tag:ministry.example,2025-03-0") for name in ids[0])


def test_a_subscriber_gets_what_it_asked_for(config):
    titles = [
        entry.title for entry in feedparser.parse((config.output / "feeds/desk.xml").read_bytes()).entries
    ]
    assert titles == [
        "4.9.9.1: start of selection slipped from 2025-Q1 to 2025-Q3 (181 days later)",
        "4.9.9.2: EU funding grew from €1,000,000 to €1,500,000 (up €500,000 or 50%)",
    ]


def test_links_lead_to_the_page_and_both_copies(config):
    read = feedparser.parse((config.output / "feeds" / "desk.xml").read_bytes())
    links = {link.rel: link.href for link in read.entries[0].links}
    assert links["alternate"].startswith(f"{URL}#:~:text=2025.%20gada%20III")
    copies = [link.href for link in read.entries[0].links if link.rel == "related"]
    assert len(copies) == 2
    for copy in copies:
        path = config.output / "feeds" / copy.partition("#")[0]
        assert path.resolve().is_file()


def test_markup_of_a_page_is_words(config):
    for path in paths(config):
        text = path.read_text("utf-8")
        assert "<script" not in text
        assert "\u202e" not in text
        for entry in feedparser.parse(text).entries:
            assert "<script" not in entry.content[0].value


def test_everything_is_the_same_when_made_anew(config):
    before = {path: path.read_bytes() for path in config.output.rglob("*") if path.is_file()}
    shutil.rmtree(config.output)
    shutil.rmtree(config.state)
    publish(config)
    assert {path: path.read_bytes() for path in config.output.rglob("*") if path.is_file()} == before


def test_contacts_that_are_not_published_are_in_no_file(tmp_path):
    config = configured(tmp_path, publish_contacts=False)
    kinds = {row["kind"] for row in table(config)}
    assert {"contact_added", "contact_removed"} <= kinds or "contact_changed" in kinds
    written = b"".join(path.read_bytes() for path in config.output.rglob("*") if path.is_file())
    for secret in (PERSON, "Paraudziņ", "Ilze Cita", PHONE, "67000999", EMAIL):
        assert secret.encode() not in written, secret


def test_a_feed_without_a_change_has_the_time_of_the_capture(tmp_path):
    config = load(sources(tmp_path))
    capture(config.raw, page(3), DAY)
    publish(config)
    read = feedparser.parse((config.output / "feed.xml").read_bytes())
    assert (read.bozo, read.entries, read.feed.updated) == (False, [], "2025-03-01T06:30:00Z")
    SCHEMA.assertValid(etree.parse(str(config.output / "feed.xml")))


def test_captures_of_unknown_time_have_entries_and_reports(tmp_path):
    config = load(sources(tmp_path))
    capture(config.raw, page(3), None)
    capture(config.raw, page(4), None)
    publish(config)
    (entry,) = feedparser.parse((config.output / "feed.xml").read_bytes()).entries
    assert entry.updated == "1970-01-01T00:00:00Z"
    SCHEMA.assertValid(etree.parse(str(config.output / "feed.xml")))
    assert (config.output / "reports" / "undated-000002.lv.html").is_file()


def test_a_long_history_is_cut_at_the_newest(monkeypatch, tmp_path):
    config = configured(tmp_path)
    monkeypatch.setattr(feed, "MOST_ENTRIES", 2)
    (config.output / ".inputs.json").unlink()
    publish(config, anew=True)
    read = feedparser.parse((config.output / "feed.xml").read_bytes())
    assert [entry.updated for entry in read.entries] == ["2025-03-03T06:30:00Z"] * 2


def test_reports_are_named_by_what_they_tell_of(config):
    names = sorted(path.name for path in (config.output / "reports").iterdir())
    endings = ("csv", "en.html", "en.md", "json", "lv.html", "lv.md")
    assert names == [f"2025-03-0{day}T0630.{ending}" for day in (2, 3) for ending in endings]


def test_pages_seen_in_one_run_are_one_report(tmp_path):
    path = sources(tmp_path)
    path.write_text(
        path.read_text("utf-8") + '[[source]]\nid = "otra"\nurl = "https://second.example/"\n', "utf-8"
    )
    config = load(path)
    for day, count in ((0, 3), (1, 4), (2, 5)):
        capture(config.raw, page(count), DAY + timedelta(days=day))
        capture(config.raw, page(count + 1), DAY + timedelta(days=day, minutes=7 if day == 1 else 90), "otra")
    publish(config)
    names = sorted(path.name for path in (config.output / "reports").glob("*.en.md"))
    assert names == ["2025-03-02T0630.en.md", "2025-03-03T0630.en.md", "2025-03-03T0800.en.md"]
    both = (config.output / "reports" / names[0]).read_text("utf-8")
    assert both.startswith("# What changed: 2 changes\n")
    assert both.index("## Paraugministrija") < both.index("## otra")

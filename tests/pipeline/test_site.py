"""The site as files: every link leads somewhere, nothing is asked of other hosts, same raw/, same bytes."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path
from urllib.parse import unquote, urldefrag, urlsplit

import pytest
from lxml import html

from tests.pipeline import site
from tests.pipeline.command import ROOT, pasakumi
from tests.pipeline.months import MONTHS
from tests.pipeline.published_site import publish

PEOPLE = (*site.PERSON.split(), site.PHONE, site.EMAIL, "67 000 123", "Paraudziņ")


@pytest.fixture(scope="module")
def published(tmp_path_factory) -> Path:
    return publish(tmp_path_factory.mktemp("site"))


@pytest.fixture(scope="module")
def pages(published) -> dict[str, html.HtmlElement]:
    return {
        path.relative_to(published).as_posix(): html.fromstring(path.read_bytes())
        for path in sorted(published.rglob("*.html"))
        if path.relative_to(published).parts[0] != "data"
    }


def digests(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_there_is_a_page_of_each_kind_in_both_languages(pages):
    for language in ("", "en/"):
        for name in ("index", "timeline", "measures", "changes", "findings", "sources", "data"):
            assert f"{language}{name}.html" in pages
        assert f"{language}measures/4.9.9.1.html" in pages
        assert f"{language}changes/2024-04.html" in pages
    assert sum(name.startswith("captures/") for name in pages) > 5


def test_every_link_of_the_site_leads_somewhere(published, pages):
    ids = {name: set(page.xpath("//@id")) for name, page in pages.items()}
    checked: Counter[str] = Counter()
    for name, page in pages.items():
        for address in page.xpath("//a/@href | //link/@href | //script/@src"):
            parts = urlsplit(address)
            if parts.scheme:
                assert parts.scheme in {"https", "http", "mailto", "tel"}, address
                continue
            assert not parts.netloc, address
            assert not parts.path.startswith("/"), address
            target, fragment = urldefrag(address)
            path = (published / name).parent / unquote(target.partition("?")[0])
            path = path if target else published / name
            assert path.resolve().is_file(), f"{name}: {address}"
            if fragment and ":~:" not in fragment:
                where = path.resolve().relative_to(published.resolve()).as_posix()
                assert fragment in ids[where], f"{name}: {address}"
                checked["fragment"] += 1
            checked["link"] += 1
    assert checked["link"] > 1000
    assert checked["fragment"] > 300


def test_nothing_is_asked_of_another_host(published, pages):
    for name, page in pages.items():
        for address in page.xpath("//@src | //link[@rel='stylesheet']/@href"):
            assert urlsplit(address)[:2] == ("", ""), f"{name}: {address}"
        policy = page.xpath("string(//meta[@http-equiv='Content-Security-Policy']/@content)")
        assert "default-src 'none'" in policy
        assert not page.xpath("//@style | //style | //@*[starts-with(name(), 'on')]")
    assert "url(" not in (published / "static" / "site.css").read_text("utf-8")


def test_every_page_has_its_twin_in_the_other_language(published, pages):
    for name, page in pages.items():
        if name.startswith("captures/"):
            continue
        twin = page.xpath("//link[@hreflang and @rel='alternate'][2]")[0]
        own, other = page.get("lang"), twin.get("hreflang")
        assert {own, other} == {"lv", "en"}
        assert (own == "en") == name.startswith("en/")
        back = ((published / name).parent / unquote(twin.get("href"))).resolve()
        assert pages[back.relative_to(published.resolve()).as_posix()].get("lang") == other
        assert len(page.xpath("//h1")) == 1


def test_a_value_leads_to_the_words_that_it_was_read_from(published, pages):
    page = pages["measures/4.9.9.2.html"]
    amount = page.xpath("//p[@class='big']/a/@href")[0]
    target, fragment = urldefrag(amount)
    capture = pages[((published / "measures") / target).resolve().relative_to(published.resolve()).as_posix()]
    assert capture.xpath(f"string(//mark[@id='{fragment}'])") == "1 000 000"


def test_slips_are_ghosts_and_money_is_told_with_its_change(pages):
    timeline = html.tostring(pages["en/timeline.html"], encoding="unicode")
    assert 'class="ghost"' in timeline
    changes = pages["en/changes/2024-06.html"].text_content()
    assert "slipped" in changes
    assert "€4,000,000" in changes
    months = pages["changes.html"].xpath("//nav[@class='months']//li")
    assert len(months) == len({month for month in range(2, 13) if month % 2 == 0 or month % 3 == 0} | {9})


def test_a_page_that_was_never_captured_and_one_without_findings_say_so(pages):
    assert "vēl nav saglabāta" in pages["sources.html"].text_content()
    assert "not captured yet" in pages["en/findings.html"].text_content()


def test_it_describes_itself_to_machines(published, pages):
    told = json.loads(pages["en/data.html"].xpath("string(//script[@type='application/ld+json'])"))
    assert told["@type"] == "Dataset"
    assert told["dateModified"] == "2024-12-05T06:30:00Z"
    files = [published / "en" / one["contentUrl"] for one in told["distribution"]]
    assert len(files) > 24
    assert all(path.is_file() for path in files)


def test_the_same_captures_give_the_same_bytes(published, tmp_path):
    twin = tmp_path / "twin"
    twin.mkdir()
    shutil.copytree(published.parents[1] / "raw", twin / "raw")
    shutil.copy(published.parents[1] / "sources.toml", twin)
    assert pasakumi(twin, "rebuild").code == 0
    assert digests(twin / "output" / "site") == digests(published)


def test_another_template_or_style_sheet_is_other_code(tmp_path):
    for package in ("parsers", "pipeline"):
        shutil.copytree(ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__"))
    asked = [sys.executable, "-c", "from pipeline.version import code_digest; print(code_digest())"]

    def digest() -> str:
        environment = {"PYTHONPATH": str(tmp_path), "PATH": ""}
        done = subprocess.run(
            asked, cwd=tmp_path, env=environment, capture_output=True, text=True, check=True
        )
        return done.stdout

    seen = {digest()}
    for name in ("templates/base.html", "static/site.css", "static/site.js", "static/icon.svg"):
        with (tmp_path / "pipeline" / "site" / name).open("a") as file:
            file.write(" ")
        seen.add(digest())
    assert len(seen) == 5
    assert all(len(one.strip()) == 64 for one in seen)


def test_site_mends_what_was_damaged_and_touches_nothing_else(published, tmp_path):
    folder = tmp_path / "copy"
    shutil.copytree(published.parents[1], folder)
    there = folder / "output" / "site"
    before = digests(there)
    (there / "index.html").unlink()
    (there / "data" / "feed.xml").unlink()
    (there / "en" / "data.html").write_text("wreck")
    (there / "left-over.html").write_text("old")
    done = pasakumi(folder, "site")
    assert (done.code, done.err) == (0, "")
    assert "index.html; 4 files written" in done.out
    assert digests(there) == before
    stamp = (there / "index.html").stat().st_mtime_ns
    assert "no files written" in pasakumi(folder, "site").out
    assert (there / "index.html").stat().st_mtime_ns == stamp


def test_site_makes_the_dataset_first_where_there_is_none(tmp_path):
    site.sources(tmp_path)
    site.capture(tmp_path / "raw", site.page(3), MONTHS[0])
    assert pasakumi(tmp_path, "site", "-q").out == ""
    assert (tmp_path / "output" / "site" / "index.html").is_file()
    assert (tmp_path / "output" / "tables" / "measures.csv").is_file()


def test_site_without_captures_says_so(tmp_path):
    site.sources(tmp_path)
    done = pasakumi(tmp_path, "site")
    assert done.code == 4
    assert "no capture of any source" in done.complaint


def test_contacts_that_are_not_published_stand_nowhere(published, tmp_path):
    shown = (published / "measures" / "4.9.9.1.html").read_text("utf-8")
    assert all(word in shown for word in (site.PERSON, site.EMAIL))
    hidden = publish(tmp_path / "hidden", publish_contacts=False)
    for path in sorted(hidden.parent.rglob("*")):
        if path.is_file() and path.suffix != ".parquet":
            content = path.read_bytes().decode("utf-8", "replace")
            assert not [word for word in PEOPLE if word in content], path
    assert not re.search(r"mailto:|tel:", (hidden / "measures" / "4.9.9.1.html").read_text("utf-8"))


def test_a_measure_that_is_gone_keeps_a_page_with_its_last_values(tmp_path):
    site.sources(tmp_path)
    site.capture(tmp_path / "raw", site.page(6), MONTHS[0])
    site.capture(tmp_path / "raw", site.page(5), MONTHS[1])
    assert pasakumi(tmp_path, "run", "--offline").code == 0
    page = html.fromstring((tmp_path / "output" / "site" / "en" / "measures" / "4.9.9.6.html").read_bytes())
    assert "no longer on the pages" in page.text_content()
    assert "€1,000,000" in page.text_content()
    listed = html.fromstring((tmp_path / "output" / "site" / "measures.html").read_bytes())
    assert listed.xpath("//ul[@class='gone']//a/@href") == ["measures/4.9.9.6.html"]


def test_hostile_words_are_inert_and_shown(tmp_path):
    site.sources(tmp_path)
    titles = [
        "<script>alert(1)</script> projekts",
        "<img src=x onerror=alert(1)> projekts",
        "=HYPERLINK(1) projekts",
        "Labs \u202eprojekts\u200b te",
        "g" * 10_000,
    ]
    escaped = [title.replace("&", "&amp;").replace("<", "&lt;") for title in titles]
    body = site.page([site.measure(number, title=title) for number, title in enumerate(escaped, 1)])
    heading = '"><img src=x onerror=alert(1)> temats'
    body = body.replace("</h1>", f"</h1><h2>{heading.replace('<', '&lt;')}</h2>", 1)
    body = body.replace("</main>", '<p><a href="javascript:alert(2)">MK noteikumi</a></p></main>')
    site.capture(tmp_path / "raw", body, MONTHS[0])
    assert pasakumi(tmp_path, "run", "--offline").code == 0
    there = tmp_path / "output" / "site"
    pages = {path: html.fromstring(path.read_bytes()) for path in there.rglob("*.html")}
    for path, page in pages.items():
        assert not page.xpath("//img | //@onerror | //a[starts-with(@href, 'javascript')]"), path
        assert len(page.xpath("//script")) == len(page.xpath("//script[@src or @type='application/ld+json']"))
        assert not {"\u202e", "\u200b"} & set(path.read_text("utf-8")), path
    told = pages[there / "measures.html"].text_content()
    assert titles[0] in told
    assert titles[1] in told
    assert pages[there / "measures.html"].xpath("//tr/@data-theme")[0] == heading
    assert "\\u202eprojekts" in told
    assert "g" * 10_000 in told

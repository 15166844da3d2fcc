"""Reports of changes: what stands in them, in which order, and nothing of a page that could act."""

from datetime import UTC, datetime
from html.parser import HTMLParser

import pytest

from parsers.page import parse_page
from pipeline.changes.compare import diff
from pipeline.reports import Pair, Report, Side, places
from pipeline.reports.data import as_json, rows
from pipeline.reports.html import as_html
from pipeline.reports.markdown import as_markdown
from tests.pipeline.site import URL, measure, page

MARCH, APRIL = (datetime(2025, month, 1, 6, 30, tzinfo=UTC) for month in (3, 4))
OLD = page(4)
NEW = page([measure(1, when="2025. gada III cet."), measure(2, amount="1 500 000"), measure(3), measure(5)])
EVIL = '<script>alert(1)</script> "><img src=x onerror=alert(1)> [x](javascript:alert(1)) \u202e*_`'


def report(old: str, new: str) -> Report:
    before, after = parse_page(old, URL), parse_page(new, URL)
    return Report(
        [
            Pair(
                "fondi",
                "Paraugministrija",
                Side(URL, "c1", MARCH),
                Side(URL, "c2", APRIL),
                places.items(diff(before, after, "fondi"), before, after),
            )
        ]
    )


class Tags(HTMLParser):
    """Collects what a browser would see."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag, attrs):
        self.seen.append((tag, dict(attrs)))


def test_the_biggest_news_come_first():
    lines = [line for line in as_markdown(report(OLD, NEW), "en").split("\n") if line.startswith("- ")]
    kinds = ["start of selection slipped", "EU funding grew"]
    assert [kind in line for kind, line in zip(kinds, lines, strict=False)] == [True, True]
    assert any("4.9.9.5" in line for line in lines[2:])


def test_markdown_quotes_links_and_sums():
    text = as_markdown(report(OLD, NEW), "en")
    assert text.startswith("# What changed: ")
    assert "“2025. gada I cet. – atlases uzsākšana” → “2025. gada III cet. – atlases uzsākšana”" in text
    assert "„" not in text
    assert " [on the page][1] · [before (archived copy)][2] · [now (archived copy)][3]" in text
    assert f"\n[1]: {URL}#:~:text=2025.%20gada%20III%20cet." in text
    assert "\n[2]: ../text/c1.txt#:~:text=2025.%20gada%20I%20cet." in text
    assert "\nEU funding of all measures: €4,000,000 → €4,500,000 (+€500,000).\n" in text


def test_latvian():
    text = as_markdown(report(OLD, NEW), "lv")
    assert text.startswith("# Kas mainījies: ")
    assert "Visu pasākumu ES finansējums: 4\u00a0000\u00a0000\u00a0eiro → " in text


@pytest.mark.parametrize(
    ("language", "words"), [("en", "Nothing changed ("), ("lv", "Nekas nav mainījies (")]
)
def test_nothing_changed_is_one_line(language, words):
    same = report(OLD, OLD)
    assert as_markdown(same, language).startswith(words)
    assert "\n" not in as_markdown(same, language)
    assert words in as_html(same, language)


def test_html_is_whole_and_asks_nobody():
    tags = Tags()
    tags.feed(as_html(report(OLD, NEW), "lv"))
    assert [attributes["lang"] for tag, attributes in tags.seen if tag == "html"] == ["lv"]
    assert {tag for tag, _ in tags.seen}.isdisjoint({"script", "img", "link", "iframe"})
    links = [attributes["href"] for tag, attributes in tags.seen if tag == "a"]
    assert links
    assert all(str(link).startswith((URL, "../text/c1.txt#", "../text/c2.txt#")) for link in links)


def test_a_hostile_title_is_inert():
    made = report(page([measure(1)]), page([measure(1, title=EVIL.replace("<", "&lt;"))]))
    tags = Tags()
    tags.feed(as_html(made, "en"))
    assert {tag for tag, _ in tags.seen}.isdisjoint({"script", "img"})
    written = as_markdown(made, "en")
    assert "\u202e" not in written + as_html(made, "en") + as_json(made)
    assert "<script" not in written.replace("\\<", "")
    assert "[x](javascript" not in written


def test_json_and_rows_have_a_row_for_each_change():
    made = report(OLD, NEW)
    assert as_json(made).count('"kind"') == len(made.changes) == len(list(rows(made)))


def test_a_long_text_is_shown_by_what_differs():
    intro = (
        "Vispārējās izglītības jomā atbalsts plānots skolām visā valstī un arī pirmsskolām lielajās pilsētās"
    )
    old, new = (
        page(3).replace("</h1>", f"</h1><p>{intro}, sākot ar {when}. Kārtība tiks precizēta.</p>")
        for when in ("jūniju", "jūliju")
    )
    made = report(old, new)
    assert "… arī pirmsskolām lielajās pilsētās, sākot ar ~~jūniju.~~ **jūliju.** Kārtība" in as_markdown(
        made, "lv"
    )
    assert "<del>jūniju.</del> <ins>jūliju.</ins>" in as_html(made, "en")


def test_many_changes_stand_in_sections():
    made = report(
        page(2), page([measure(1, amount="2 000 000", when="2026. gads"), *map(measure, range(3, 9))])
    )
    headings = [line for line in as_markdown(made, "lv").split("\n") if line.startswith("### ")]
    assert headings == ["### Vēlāk vai agrāk", "### Finansējums", "### Pasākumi"]


def test_times_are_said_as_people_say_them():
    made = report(OLD, NEW)
    assert "\nFrom 1 March 2025, 06:30, to 1 April 2025, 06:30 (UTC)\n" in as_markdown(made, "en")
    lv = "\nNo 2025. gada 1. marta plkst. 06.30 līdz 2025. gada 1. aprīlim plkst. 06.30 (UTC)\n"
    assert lv in as_markdown(made, "lv")

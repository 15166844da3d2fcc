"""The site in a real browser: with and without script, searched, filtered, linked to, printed, looked at."""

from __future__ import annotations

import shutil
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.pipeline import site
from tests.pipeline.command import pasakumi
from tests.pipeline.months import MONTHS
from tests.pipeline.published_site import publish

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium (Debian: apt install chromium)")

PAGES = (
    "index.html",
    "timeline.html",
    "measures.html",
    "measures/4.9.9.1.html",
    "changes.html",
    "changes/2024-06.html",
    "findings.html",
    "sources.html",
    "data.html",
)
WIDTHS = (390, 1024, 1600)


@pytest.fixture(scope="module")
def published(tmp_path_factory) -> Path:
    return publish(tmp_path_factory.mktemp("site"))


@pytest.fixture(scope="module")
def browser():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        chromium = play.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-background-networking"]
        )
        yield chromium
        chromium.close()


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """A server that says nothing."""


class Visit:
    """A page in the browser, with all that it asked for and complained of."""

    def __init__(self, browser, **options) -> None:
        self.context = browser.new_context(**options)
        self.page = self.context.new_page()
        self.asked: list[str] = []
        self.complaints: list[str] = []
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("console", lambda said: self.complaints.append(said.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("dialog", lambda dialog: self.complaints.append(dialog.message))

    def rows(self) -> list[str]:
        return self.page.locator("table.measures tbody tr:visible td.code").all_inner_texts()

    def find(self, words: str) -> None:
        self.page.get_by_label("Meklēt").fill(words)


@pytest.fixture
def visit(browser):
    visits: list[Visit] = []

    def make(**options) -> Visit:
        visits.append(Visit(browser, **options))
        return visits[-1]

    yield make
    for one in visits:
        one.context.close()


def test_no_page_asks_for_anything_outside_or_complains(published, visit):
    seen = visit()
    captures = [f"captures/{path.name}" for path in (published / "captures").glob("*.html")][:2]
    for name in (*PAGES, *(f"en/{page}" for page in PAGES), *captures):
        seen.page.goto(f"{published.as_uri()}/{name}")
    assert seen.complaints == []
    assert {url.startswith(published.as_uri()) for url in seen.asked} == {True}


@pytest.mark.parametrize(("language", "scheme"), [("", "light"), ("en/", "dark")])
def test_axe_finds_nothing(published, visit, language, scheme):
    from axe_playwright_python.sync_playwright import Axe

    axe = Axe()
    capture = next((published / "captures").glob("*fondi*.html")).name
    seen = visit(bypass_csp=True, color_scheme=scheme, viewport={"width": 1024, "height": 800})
    for name in (*(f"{language}{page}" for page in PAGES), f"captures/{capture}"):
        seen.page.goto(f"{published.as_uri()}/{name}")
        for details in seen.page.locator("details").all():
            details.evaluate("one => { one.open = true }")
        found = axe.run(seen.page)
        assert found.violations_count == 0, f"{name} {scheme}\n{found.generate_report()}"


def test_axe_finds_nothing_on_a_telephone(published, visit):
    from axe_playwright_python.sync_playwright import Axe

    axe = Axe()
    seen = visit(bypass_csp=True, viewport={"width": 390, "height": 800})
    for name in PAGES:
        seen.page.goto(f"{published.as_uri()}/{name}")
        found = axe.run(seen.page)
        assert found.violations_count == 0, f"{name}\n{found.generate_report()}"


def test_no_page_is_wider_than_the_window(published, visit):
    seen = visit(viewport={"width": WIDTHS[0], "height": 900})
    for name in PAGES:
        seen.page.goto(f"{published.as_uri()}/en/{name}")
        for width in WIDTHS:
            seen.page.set_viewport_size({"width": width, "height": 900})
            assert seen.page.evaluate("document.documentElement.scrollWidth") <= width, (name, width)


def test_everything_can_be_read_without_script(published, visit):
    seen = visit(java_script_enabled=False)
    seen.page.goto(f"{published.as_uri()}/measures.html")
    assert len(seen.rows()) == 20
    assert not seen.page.locator("form.filters").is_visible()
    seen.page.goto(f"{published.as_uri()}/timeline.html")
    assert seen.page.locator("svg.strip").count() > 15
    seen.page.goto(f"{published.as_uri()}/measures/4.9.9.2.html")
    seen.page.locator("p.big a").first.click()
    assert seen.page.locator("mark:target").inner_text() == "1 000 000"


def test_search_filter_and_sort_are_kept_in_the_address(published, visit):
    from playwright.sync_api import expect

    seen = visit()
    seen.page.goto(f"{published.as_uri()}/measures.html")
    seen.find("macibu 4.9.9")
    assert seen.rows() == [f"4.9.9.{number}" for number in range(1, 6)]
    assert "5" in seen.page.get_by_role("status").inner_text()
    seen.page.get_by_role("button", name="ES fondu finansējums").click()
    assert seen.rows()[0] == "4.9.9.1"
    seen.page.get_by_role("button", name="ES fondu finansējums").click()
    assert seen.rows()[-1] == "4.9.9.1"
    assert seen.page.locator("th[aria-sort='ascending']").count() == 1
    address = seen.page.url
    again = visit()
    again.page.goto(address)
    assert again.rows() == seen.rows()
    assert again.page.get_by_label("Meklēt").input_value() == "macibu 4.9.9"
    again.page.get_by_role("link", name="English").click()
    assert again.page.url.endswith(address.partition("#")[2])
    assert again.rows() == seen.rows()
    again.page.get_by_role("button", name="Clear").click()
    expect(again.page.locator("table.measures tbody tr:visible")).to_have_count(20)
    assert "#" not in again.page.url


def test_a_filter_and_what_matches_nothing(published, visit):
    seen = visit()
    seen.page.goto(f"{published.as_uri()}/measures.html")
    seen.page.get_by_label("Avots").select_option("fondi")
    assert len(seen.rows()) == 5
    seen.page.get_by_label("Iesniedzēja veids").select_option("municipality")
    assert len(seen.rows()) == 5
    seen.find("nekā tāda nav")
    assert seen.rows() == []
    assert seen.page.locator(".none").is_visible()


def test_an_address_with_nonsense_does_no_harm(published, visit):
    seen = visit()
    seen.page.goto(f"{published.as_uri()}/measures.html#source=<script>&sort=constructor&q=%E0%A4%A&x=1")
    assert seen.complaints == []
    seen.page.goto(f"{published.as_uri()}/captures/{next((published / 'captures').glob('*.html')).name}#%")
    assert seen.complaints == []


def test_show_on_page_marks_the_words_whole(published, visit):
    seen = visit()
    seen.page.goto(f"{published.as_uri()}/en/measures/4.9.9.2.html")
    seen.page.locator("p.big a").first.click()
    assert seen.page.locator("mark.found").first.inner_text() == "1 000 000"
    shown = seen.page.locator("mark.found").first
    assert shown.evaluate("one => getComputedStyle(one).backgroundColor") != "rgba(0, 0, 0, 0)"
    box = shown.bounding_box()
    assert box is not None
    assert 0 <= box["y"] < 720


def test_a_change_leads_to_the_words_before_and_now(published, visit):
    seen = visit()
    seen.page.goto(f"{published.as_uri()}/en/changes/2024-06.html")
    seen.page.get_by_role("link", name="before (archived copy)").first.click()
    assert "captures/" in seen.page.url
    assert seen.complaints == []


def test_the_language_link_goes_to_the_same_page(published, visit):
    seen = visit()
    seen.page.goto(f"{published.as_uri()}/measures/4.9.9.1.html")
    seen.page.get_by_role("link", name="English").click()
    assert seen.page.url.endswith("/en/measures/4.9.9.1.html")
    seen.page.get_by_role("link", name="Latviski").click()
    assert seen.page.url.endswith("/site/measures/4.9.9.1.html")


def test_it_can_be_walked_by_keyboard(published, visit):
    seen = visit()
    seen.page.goto(f"{published.as_uri()}/index.html")
    seen.page.keyboard.press("Tab")
    assert seen.page.evaluate("document.activeElement.className") == "skip"
    assert seen.page.evaluate("document.activeElement.getBoundingClientRect().left") >= 0
    seen.page.keyboard.press("Enter")
    assert seen.page.evaluate("document.activeElement.id") == "content"
    seen.page.keyboard.press("Tab")
    outline = seen.page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"


def test_it_works_below_any_path_of_a_web_server(published, visit):
    handler = partial(Quiet, directory=str(published.parents[2]))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        below = published.relative_to(published.parents[2]).as_posix()
        seen = visit(accept_downloads=True)
        seen.page.goto(f"http://127.0.0.1:{server.server_port}/{below}/")
        seen.page.get_by_role("link", name="Dati", exact=True).first.click()
        with seen.page.expect_download() as download:
            seen.page.locator("a[href$='tables/measures.csv']").first.click()
        table = published.parent / "tables" / "measures.csv"
        assert download.value.path().read_bytes() == table.read_bytes()
        assert seen.complaints == []
    finally:
        server.shutdown()
        server.server_close()


def test_it_prints(published, visit):
    seen = visit()
    seen.page.goto(f"{published.as_uri()}/measures/4.9.9.1.html")
    seen.page.emulate_media(media="print")
    assert not seen.page.locator("nav").first.is_visible()
    assert seen.page.pdf(format="A4").startswith(b"%PDF")


def test_hostile_words_run_nothing(tmp_path, visit):
    site.sources(tmp_path)
    hostile = [
        "&lt;script>alert(1)&lt;/script>",
        "&lt;img src=https://evil.example/x onerror=alert(1)>",
        "w" * 10_000,
    ]
    body = site.page([site.measure(number, title=title) for number, title in enumerate(hostile, 1)])
    links = '<p><a href="javascript:alert(2)">MK noteikumi</a></p>'
    body = body.replace("<p>Kontaktinformācija", f"<p>Saistošie dokumenti</p>{links}<p>Kontaktinformācija", 1)
    site.capture(tmp_path / "raw", body, MONTHS[0])
    assert pasakumi(tmp_path, "run", "--offline").code == 0
    there = tmp_path / "output" / "site"
    seen = visit(viewport={"width": 390, "height": 800})
    for path in there.rglob("*.html"):
        if "data" not in path.relative_to(there).parts:
            seen.page.goto(path.as_uri())
            assert seen.page.evaluate("document.documentElement.scrollWidth") <= 390, path
    assert seen.complaints == []
    assert not [url for url in seen.asked if not url.startswith(there.as_uri())]

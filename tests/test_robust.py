"""Any bytes give a page: no exception, spans within the text, and time that grows no faster than the page."""

import time
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parsers.page import parse_page
from parsers.records import Page
from tests.accept_fixtures import pages
from tests.fuzzing import mutate
from tests.growth import is_linear

FEEDS = {
    "codes": "4.2." * 100_000,
    "quarters": "2024. gada IV cet. " * 20_000,
    "e-mail": "a@" * 100_000,
    "spaces": " " * 200_000,
    "hard spaces": "\u00a0" * 200_000,
    "digits": "1 234 " * 40_000,
    "one number": "9" * 200_000,
    "quotes": "„“" * 50_000,
    "brackets": "(" * 100_000,
    "labels": "Mērķis: " * 30_000,
    "label lines": "Mērķis\n" * 15_000,
    "titles": "4.2.1.1. pasākums\n" * 10_000,
    "phones": "tālr.: 67047871, " * 15_000,
    "commas": "Pašvaldības, " * 20_000,
    "bullets": "• \n" * 60_000,
    "stars": "*" * 100_000,
    "nested divs": "<div>" * 30_000,
    "hidden": "<div hidden>a</div><p style='display:none'>1.2.3.4." * 5_000,
    "rows of divs": "<div><div>Finansējums</div><div>Iesniedzējs</div></div>" * 4_000,
    "divs in divs": "<div><div>Finansējums</div><div>Iesniedzējs<div><div>Mērķis</div></div>" * 4_000,
    "nested lists": "<ul><li>" * 15_000,
    "nested tables": "<table><tr><td>" * 10_000,
    "spans": "<span>a</span>" * 20_000,
    "wide row": "<table><tr>" + "<td>1" * 15_000,
    "huge spans": "<table><tr><td colspan=65534 rowspan=65534>a" * 4_000,
    "breaks": "<p>" + "a<br>" * 30_000,
    "attributes": "<p " + "a=b " * 60_000 + ">x",
    "dashes": "– " * 100_000,
    "milestones": "31.12.2026. – " * 20_000,
}


def seconds_allowed(size: int) -> float:
    """A second for 100 KB; small pages share what a start costs."""
    return max(0.5, size / 100_000)


def timed(content: bytes | str) -> tuple[Page, float]:
    before = time.process_time()
    page = parse_page(content, None)
    return page, time.process_time() - before


def holds(page: Page) -> None:
    """What every page owes, whatever it was made of."""
    length = len(page.text)
    spans = [(e.start, e.end) for e in page.evidence] + [(f.start, f.end) for f in page.findings]
    spans += [(n.start, n.end) for n in page.narrative] + list(page.coverage.unclaimed)
    assert all(0 <= start <= end <= length for start, end in spans)
    left = sum(span.end - span.start for span in page.coverage.unclaimed)
    assert page.coverage.claimed + left == page.coverage.characters == length


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=2000))
def test_any_bytes_give_a_page(content):
    holds(parse_page(content, None))


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=2000))
def test_any_text_gives_a_page(text):
    holds(parse_page(text, "https://www.example.lv/"))


WORDS = st.sampled_from(
    [
        *(
            "4.2.1.1. pasākums ",
            "2. kārta ",
            "Mērķis: ",
            "Finansējums ",
            "3 697 500* ",
            "līdz ",
            "no ",
            "IV ",
        ),
        *("2024. gada ", "cet. ", "– ", "31.12.", "2026. ", "*ieskaitot ", "tālr.: ", "+371 ", "67047871 "),
        *(
            "a@b.lv ",
            "<td>",
            "<li>",
            "<b>",
            "</b>",
            "<table>",
            "<tr>",
            "milj. ",
            "eiro ",
            "“",
            "„",
            "\n",
            "<br>",
        ),
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(WORDS, max_size=40).map("".join))
def test_any_order_of_words_that_mean_something_gives_a_page(text):
    holds(parse_page(text.encode(), None))


@pytest.mark.parametrize("name", FEEDS)
def test_time_is_linear_in_what_repeats(name):
    content = FEEDS[name].encode()
    holds(parse_page(content, None))
    assert is_linear(lambda size: parse_page(content[:size], None), len(content))


def fuzz(rng: Random, contents: list[bytes]) -> None:
    content = mutate(rng, *rng.sample(contents, 2))
    page, seconds = timed(content)
    holds(page)
    assert seconds <= seconds_allowed(len(content)), f"{len(content)} bytes took {seconds:.2f} s"


@pytest.fixture(scope="module")
def contents() -> list[bytes]:
    return [path.read_bytes() for path in pages()]


@pytest.mark.parametrize("seed", range(60))
def test_a_page_after_an_accident_is_still_a_page(seed, contents):
    fuzz(Random(seed), contents)  # noqa: S311  (a trial must come out the same again)


@pytest.mark.soak
def test_ten_minutes_of_accidents(contents):
    end = time.monotonic() + 600
    seed = 1000
    while time.monotonic() < end:
        try:
            fuzz(Random(seed), contents)  # noqa: S311  (a trial must come out the same again)
        except Exception as error:
            error.add_note(f"seed {seed}")
            raise
        seed += 1

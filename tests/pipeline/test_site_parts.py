"""The site's parts by themselves: marks in a text, places on a scale, sums, charts, names of files, words."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from html import unescape
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.records import Applicant, Funding, Milestone
from pipeline.schema import (
    APPLICANT_TYPES,
    FLEXIBILITY,
    FUNDS,
    LINK_ROLES,
    MILESTONE_KINDS,
    QUALIFIERS,
    SELECTION_TYPES,
    SEVERITIES,
)
from pipeline.site import archived, charts, sums, timeline
from pipeline.site import words as words_module
from pipeline.site.calendar import Scale, days_of
from pipeline.site.facts import Origin, Standing
from pipeline.site.render import Place, Words, _safe_url
from pipeline.site.views import file_names
from pipeline.site.words import LANGUAGES, WORDS, names, rhythm
from tests.factories import measure

ORIGIN = Origin("page", "Paraugministrija", "https://ministry.example/", "capture-1", None, ())
_TAG = re.compile(r"<[^>]*>")


@given(
    st.text(alphabet="ab <&\n", max_size=60),
    st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=8),
)
def test_marks_leave_the_text_as_it_is_and_name_every_span(text, spans):
    lines = list(archived.lines(text, spans))
    assert "\n".join(unescape(_TAG.sub("", line.markup)) for line in lines) == text
    for line in lines:
        assert line.markup.count("<mark") == line.markup.count("</mark>")
        assert text[line.start :].startswith(unescape(_TAG.sub("", line.markup)))
    named = re.findall(r' id="(s\d+-\d+)"', "".join(line.markup for line in lines))
    wanted = {
        archived.anchor(*span)
        for span in spans
        if 0 <= span[0] < span[1] <= len(text) and text[span[0]] != "\n"
    }
    assert len(named) == len(set(named))
    assert wanted <= set(named)


def test_a_span_over_two_lines_is_marked_on_both_and_named_once():
    first, second = archived.lines("one two\nthree", [(4, 10)])
    assert first.markup == 'one <mark data-span="s4-10" id="s4-10">two</mark>'
    assert second.markup == '<mark data-span="s4-10">th</mark>ree'


@pytest.mark.parametrize(
    ("period", "days"),
    [
        ("2024-Q4", (date(2024, 10, 1), date(2024, 12, 31))),
        ("2024-Q4/2025-Q1", (date(2024, 10, 1), date(2025, 3, 31))),
        ("2025-H2", (date(2025, 7, 1), date(2025, 12, 31))),
        ("2024-02", (date(2024, 2, 1), date(2024, 2, 29))),
        ("2026-12-31", (date(2026, 12, 31), date(2026, 12, 31))),
        ("2027", (date(2027, 1, 1), date(2027, 12, 31))),
        ("nonsense", None),
        ("2024-Q9", None),
        ("", None),
    ],
)
def test_periods_as_days(period, days):
    assert days_of(period) == days


def test_every_quarter_is_equally_long_and_what_lies_outside_stands_at_the_edge():
    on = Scale(2024, 2025, 20)
    assert on.width == 160
    assert [on.at(date(2024, month, 1)) for month in (1, 4, 7, 10)] == [0, 20, 40, 60]
    assert on.at(date(2024, 3, 31), end=True) == on.at(date(2024, 4, 1)) == 20
    assert (on.at(date(1990, 1, 1)), on.at(date(9999, 12, 31), end=True)) == (0, 160)


def standing(**fields) -> Standing:
    told = measure(**fields)
    return Standing(ORIGIN, told, True, ())


def funding(fund: str, amount: int) -> Funding:
    return Funding(fund, Decimal(amount), None, "exact", str(amount))


def test_money_by_fund_tells_what_no_fund_is_named_for():
    both = standing(
        eu_funding_eur=Decimal(100),
        funding=(funding("eu_total", 100), funding("erdf", 60), funding("national", 9)),
    )
    none = standing(eu_funding_eur=Decimal(5), funding=(funding("eu_total", 5),))
    unstated = standing(eu_funding_eur=None, funding=())
    assert sums.by_fund([both, none, unstated]) == [
        sums.Share("erdf", Decimal(60), 1),
        sums.Share(None, Decimal(45), 2),
    ]


def test_a_measure_open_to_several_types_counts_for_each():
    one = standing(
        eu_funding_eur=Decimal(7),
        applicants=(
            Applicant("Pašvaldības", "municipality"),
            Applicant("Pilsētas", "municipality"),
            Applicant("Skolas", "school"),
        ),
    )
    assert sums.by_applicant_type([one]) == [
        sums.Share("municipality", Decimal(7), 1),
        sums.Share("school", Decimal(7), 1),
    ]


def milestone(kind: str, period: str) -> Milestone:
    start, end = days_of(period)
    return Milestone(kind, period, "quarter", start, end, period)


def test_what_starts_next_and_what_is_open_hang_on_the_day_of_the_newest_capture():
    later = standing(measure_id="1.1", milestones=(milestone("selection_start", "2025-Q3"),))
    running = standing(
        measure_id="1.2",
        milestones=(milestone("selection_start", "2024-Q1"), milestone("selection_end", "2025-Q2")),
    )
    unknown = standing(measure_id="1.3", milestones=(milestone("selection_start", "2024-Q1"),))
    today = date(2025, 4, 30)
    everything = [later, running, unknown]
    assert [step.measure.measure_id for step in sums.starting(everything, today)] == ["1.1"]
    assert [step.measure.measure_id for step in sums.open_now(everything, today)] == ["1.2"]
    assert sums.open_now(everything, date(2025, 7, 1)) == []


def test_a_chart_holds_foreign_words_safely_and_never_divides_by_nothing():
    drawn = charts.bars(
        [charts.Bar("<b>\u202e", Decimal(0), "0"), charts.Bar("w" * 10_000, Decimal(0), "0")], "t"
    )
    assert "<b>" not in drawn
    assert "\u202e" not in drawn
    assert len(drawn) < 4000
    assert charts.bars([], "t").startswith("<svg")


def test_a_schedule_far_outside_is_drawn_within_reason():
    far = measure(milestones=(milestone("completion", "9999"), milestone("selection_start", "2025-Q1")))
    row = timeline.Row(far, (timeline.Slip("selection_start", "1000-Q1", date(2025, 1, 1)),))
    on = timeline.scale([row], date(2025, 1, 1))
    assert on is not None
    assert on.width < 2000
    drawn = timeline.schedule(row, on, date(2025, 1, 1), names("kind", "lv"), "x")
    assert drawn.count("<g") == 3
    assert 'class="ghost"' in drawn


def test_every_measure_has_a_file_of_its_own():
    ids = ["1.1.i", "1.1.I", "1.1/2", "1.1-2", "9" * 300, "9" * 301]
    files = file_names(ids)
    assert len({name.casefold() for name in files.values()}) == len(ids)
    assert all(len(name) < 120 and "/" not in name for name in files.values())


def test_pages_lead_to_each_other():
    page = Place("measures/1.1.html", "en")
    assert (page.file, page.root, page.top) == ("en/measures/1.1.html", "../", "../../")
    assert page.other() == "../../measures/1.1.html"
    assert Place("index.html", "lv").other() == "en/index.html"


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        " javascript:alert(1)",
        "data:text/html,x",
        "//[",
        "file:///x",
        "",
    ],
)
def test_only_pages_mailboxes_and_telephones_are_linked(url):
    assert _safe_url(url) == ""


def test_both_languages_have_all_words():
    assert WORDS["lv"].keys() == WORDS["en"].keys()
    assert all(words.strip() for language in LANGUAGES for words in WORDS[language].values())


def test_no_word_is_kept_that_no_page_says():
    folder = Path(words_module.__file__).parent
    pages = [*(folder / "templates").glob("*.html"), *folder.glob("*.py")]
    said = "".join(path.read_text("utf-8") for path in pages if path.name != "words.py")
    unsaid = [key for key in WORDS["lv"] if not re.search(rf'\bt\.{key}\b|"{key}"', said)]
    assert unsaid == []


@pytest.mark.parametrize(
    ("vocabulary", "words"),
    [
        ("kind", MILESTONE_KINDS),
        ("fund", FUNDS),
        ("applicant_type", APPLICANT_TYPES),
        ("selection_type", SELECTION_TYPES),
        ("flexibility", FLEXIBILITY),
        ("severity", SEVERITIES),
        ("role", LINK_ROLES),
        ("qualifier", QUALIFIERS),
    ],
)
def test_every_word_of_a_vocabulary_has_a_name(vocabulary, words):
    for language in LANGUAGES:
        assert names(vocabulary, language).keys() == set(words)
    if vocabulary == "kind":
        assert timeline.SHAPES.keys() == set(words)


@pytest.mark.parametrize(
    ("minutes", "lv", "en"),
    [
        (1440, "ik dienu", "every day"),
        (10080, "ik pēc 7 dienām", "every 7 days"),
        (21 * 1440, "ik pēc 21 dienas", "every 21 days"),
        (720, "ik pēc 12 stundām", "every 12 hours"),
        (60, "ik stundu", "every hour"),
        (31, "ik pēc 31 minūtes", "every 31 minutes"),
    ],
)
def test_rhythms_in_words(minutes, lv, en):
    assert (rhythm(minutes, "lv"), rhythm(minutes, "en")) == (lv, en)


def test_amounts_with_their_qualifiers():
    lv, en = Words("lv"), Words("en")
    least = measure(eu_funding_eur=Decimal(5_000_000), funding_qualifier="more_than")
    both = measure(eu_funding_eur=Decimal(1), eu_funding_max_eur=Decimal(2), funding_qualifier="range")
    assert lv.amount(least) == "vairāk nekā 5\u00a0000\u00a0000\u00a0eiro"
    assert (lv.amount(both), en.amount(both)) == ("no 1\u00a0eiro līdz 2\u00a0eiro", "€1 to €2")
    assert lv.amount(measure(eu_funding_eur=None)) == ""
    assert (lv.size(999), lv.size(12_345), en.size(1_500_000)) == (
        "999\u00a0B",
        "12,3\u00a0kB",
        "1.5\u00a0MB",
    )

"""Histories: stretches, the gate's verdicts, states at a time."""

from datetime import UTC, datetime, timedelta

import pytest

from pipeline import decisions
from pipeline.archive import Archive
from pipeline.config import load
from pipeline.errors import Failed
from pipeline.index_facts import chain_of
from pipeline.state import Dataset, charset_of
from pipeline.stretches import stretches
from pipeline.telling import tell
from tests.pipeline.site import capture, measure, page, sources

DAY = datetime(2025, 3, 1, 6, tzinfo=UTC)


class Counting(Archive):
    """A real archive that counts how often it is asked for bytes."""

    asked = 0

    def payload(self, capture, holder=None):
        self.asked += 1
        return super().payload(capture, holder)


@pytest.fixture
def raw(tmp_path):
    return tmp_path / "raw"


@pytest.fixture
def dataset(tmp_path, raw):
    def make(*more: str) -> Dataset:
        config = load(sources(tmp_path, *more))
        return Dataset(Counting(raw), config.sources, decisions.read(raw))

    return make


def days(raw, *contents):
    """A capture a day."""
    return [capture(raw, content, DAY + timedelta(days=day)) for day, content in enumerate(contents)]


def verdicts(dataset):
    return [bool(step.withheld) for step in dataset.history(dataset.sources[0])]


def test_equal_bytes_in_a_row_are_one_stretch(raw, dataset):
    first, _, other, again = days(raw, page(5), page(5), page(6), page(5))
    steps = list(dataset().history(dataset().sources[0]))
    assert [step.capture for step in steps] == [first, other, again]
    assert dataset().belonging.chain("fondi") == chain_of([first.id, other.id, again.id])
    assert list(stretches([])) == []


def test_a_body_is_parsed_once_however_often_it_returns(raw, dataset):
    days(raw, *[page(5), page(6)] * 10)
    made = dataset()
    assert len(list(made.history(made.sources[0]))) == 20
    assert made.archive.asked == 2


def test_a_wreck_is_withheld_and_the_state_before_it_stands(raw, dataset):
    good, _ = days(raw, page(5), page(0))
    made = dataset()
    assert verdicts(made) == [False, True]
    assert tell(made.history(made.sources[0])).state.capture == good


def test_a_good_capture_after_a_wreck_is_held_against_the_last_good_one(raw, dataset):
    days(raw, page(10), page(0), page(9), page(0), page(10))
    assert verdicts(dataset()) == [False, True, False, True, False]


def test_an_accepted_capture_stands_and_so_does_what_resembles_it(raw, dataset):
    wreck = days(
        raw, page(10), page(2), page([measure(1), measure(2, amount="5 000 000")]), page(10), page(2)
    )[1]
    assert verdicts(dataset()) == [False, True, True, False, True]
    decisions.accept(raw, wreck, "skolas slēgtas")
    assert verdicts(dataset()) == [False, False, False, False, False]


def test_a_capture_imported_late_falls_into_its_place(raw, dataset):
    days(raw, page(5), page(6))
    late = capture(raw, page(4), DAY - timedelta(days=30))
    made = dataset()
    assert next(made.history(made.sources[0])).capture == late


def test_no_capture_no_state(raw, dataset):
    assert tell(dataset().history(dataset().sources[0])).state is None


@pytest.mark.parametrize(
    ("content_type", "charset"),
    [
        ("text/html; charset=utf-8", "utf-8"),
        ('text/html;charset="windows-1257"', "windows-1257"),
        ("text/html; boundary=x; Charset=ISO-8859-13", "ISO-8859-13"),
        ("text/html", None),
        ("text/html; charset=", None),
        (None, None),
    ],
)
def test_charset(content_type, charset):
    assert charset_of(content_type) == charset


def test_decisions_are_read_back(raw):
    (made,) = days(raw, page(5))
    decided = decisions.accept(raw, made, "tā ir pareizi: “5”")
    (again,) = decisions.read(raw).all
    assert again == decided
    assert decisions.read(raw).accepts(made)
    assert not decisions.read(raw / "elsewhere").all


def test_a_decision_cut_short_by_a_crash_is_none_and_the_next_mends_the_file(raw):
    (made,) = days(raw, page(5))
    decisions.accept(raw, made, "one")
    path = raw / decisions.FILE_NAME
    whole = path.read_bytes()
    path.write_bytes(whole + whole[:20])
    assert len(decisions.read(raw).all) == 1
    decisions.accept(raw, made, "two")
    assert [one.reason for one in decisions.read(raw).all] == ["one", "two"]


def test_a_broken_decision_is_named_with_its_line(raw):
    raw.mkdir()
    (raw / decisions.FILE_NAME).write_text('{"capture": "x"}\n')
    with pytest.raises(Failed, match=r"decisions\.jsonl:1: no decision"):
        decisions.read(raw)

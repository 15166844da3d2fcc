"""What two points of ``diff`` have in common: captures, moments, files."""

from datetime import UTC, datetime, timedelta

import pytest

from pipeline import decisions
from pipeline.archive import Archive
from pipeline.cli_points import MomentPoint, compare
from pipeline.cli_points import state_point as point_of
from pipeline.config import load
from pipeline.errors import UsageError
from pipeline.state import Dataset
from pipeline.telling import tell
from tests.pipeline.site import capture, measure, page, sources

DAY = datetime(2025, 3, 1, 6, tzinfo=UTC)


def told(dataset):
    return lambda source: tell(dataset.history(source))


def state_point(word, dataset):
    return point_of(word, dataset, told(dataset))


class Counting(Archive):
    """A real archive that counts how often all of its index is read."""

    passes = 0

    def captures(self, source=None):
        self.passes += 1
        return super().captures(source)

    def changing(self):
        self.passes += 1
        return super().changing()


@pytest.fixture
def dataset(tmp_path):
    """Three sources: two whose amount grows on the second day, one that is captured from that day on."""
    raw, made = tmp_path / "raw", {}
    for day in range(2):
        for number, name in enumerate(("fondi", "otra", "tresa")):
            if day or name != "tresa":
                body = page([measure(number + 1, f"{day + 1} 000 000")])
                made[name, day] = capture(raw, body, DAY + timedelta(days=day), name)
    more = (
        line
        for name in ("otra", "tresa")
        for line in ("[[source]]", f'id = "{name}"', f'url = "https://x.example/{name}"')
    )
    config = load(sources(tmp_path, *more))
    dataset = Dataset(Counting(raw), config.sources, decisions.read(raw))
    dataset.made = made
    return dataset


def test_two_moments_of_all_sources_cost_one_pass_over_the_index(dataset):
    report = compare(state_point("2025-03-01", dataset), state_point("2025-03-02", dataset))
    assert [(pair.source, len(pair.items), pair.old is None) for pair in report.pairs] == [
        ("fondi", 1, False),
        ("otra", 1, False),
        ("tresa", 0, True),
    ]
    assert dataset.archive.passes == 1


def test_a_capture_is_held_against_its_own_source_alone(dataset):
    before = state_point(dataset.made["otra", 0].id, dataset)
    (pair,) = compare(before, state_point("now", dataset)).pairs
    assert (pair.source, len(pair.items)) == ("otra", 1)
    (pair,) = compare(
        state_point("2025-03-01", dataset), state_point(dataset.made["otra", 1].id, dataset)
    ).pairs
    assert (pair.source, len(pair.items)) == ("otra", 1)


def test_the_state_at_a_moment(tmp_path):
    """Captures of unknown time stand first, a wreck never."""
    raw = tmp_path / "raw"
    for day, count in ((None, 3), (0, 5), (1, 6), (2, 0), (3, 7)):
        capture(raw, page(count), None if day is None else DAY + timedelta(days=day))
    config = load(sources(tmp_path))
    dataset = Dataset(Archive(raw), config.sources, decisions.read(raw))

    def measures(moment):
        states = MomentPoint(dataset, told(dataset), moment).states()
        return [len(state.page.measures) for state in states]

    assert measures(DAY - timedelta(seconds=1)) == [3]
    assert measures(DAY) == [5]
    assert measures(DAY + timedelta(days=1)) == [6]
    assert measures(DAY + timedelta(days=2)) == [6]
    assert measures(DAY + timedelta(days=3)) == [7]


def test_a_time_before_the_archive_is_that_of_its_first_capture(dataset):
    report = compare(state_point("2024-01-01", dataset), state_point("2025-03-02", dataset))
    first = dataset.made["fondi", 0].captured_at
    assert [(pair.source, len(pair.items), pair.old and pair.old.captured_at) for pair in report.pairs] == [
        ("fondi", 1, first),
        ("otra", 1, first),
        ("tresa", 0, None),
    ]
    backwards = compare(state_point("2024-01-01", dataset), state_point("2025-03-01", dataset))
    assert [(pair.source, len(pair.items)) for pair in backwards.pairs] == [("fondi", 0), ("otra", 0)]


def test_captures_of_two_pages_are_not_compared(dataset):
    points = (state_point(dataset.made[name, 1].id, dataset) for name in ("fondi", "otra"))
    with pytest.raises(UsageError, match="captures of different pages"):
        compare(*points)


def test_a_capture_is_not_held_against_a_time_before_its_page(dataset):
    late = state_point(dataset.made["tresa", 1].id, dataset)
    with pytest.raises(UsageError, match="tresa has no good capture by then"):
        compare(late, state_point("2025-03-01", dataset))

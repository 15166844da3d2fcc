"""Points in time on a command line."""

from datetime import UTC, datetime

import pytest

from pipeline import moments

NOW = datetime(2025, 3, 31, 12, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("words", "moment"),
    [
        ("now", "2025-03-31T12:30:00+00:00"),
        ("today", "2025-03-31T23:59:59.999999+00:00"),
        ("yesterday", "2025-03-30T23:59:59.999999+00:00"),
        ("2025-03-01", "2025-03-01T23:59:59.999999+00:00"),
        ("2025-03-01T06:30", "2025-03-01T06:30:00+00:00"),
        ("2025-03-01T06:30:00Z", "2025-03-01T06:30:00+00:00"),
        ("2025-03-01 08:30+02:00", "2025-03-01T08:30:00+02:00"),
        ("-7d", "2025-03-24T12:30:00+00:00"),
        (" -7d", "2025-03-24T12:30:00+00:00"),
        ("-12h", "2025-03-31T00:30:00+00:00"),
        ("-2w", "2025-03-17T12:30:00+00:00"),
        ("-1m", "2025-02-28T12:30:00+00:00"),
        ("-13m", "2024-02-29T12:30:00+00:00"),
        ("-1y", "2024-03-31T12:30:00+00:00"),
    ],
)
def test_a_moment(words, moment):
    assert moments.read(words, NOW) == datetime.fromisoformat(moment)


@pytest.mark.parametrize(
    "words",
    ["", "2025", "20250301", "20250301T0630", "0000-000001", "2025-02-30", "-7", "7d", "-99999y"],
)
def test_no_moment(words):
    assert moments.read(words, NOW) is None

"""When a page was saved, from the names that people and tools give to files."""

from datetime import UTC, datetime
from pathlib import PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import file_dates

NOW = datetime(2026, 1, 1, tzinfo=UTC)
DAY = datetime(2024, 11, 5, tzinfo=UTC)
MORNING = DAY.replace(hour=6, minute=30)


@pytest.mark.parametrize(
    ("name", "moment"),
    [
        ("2024-11-05.html", DAY),
        ("page_05.11.2024.html", DAY),
        ("5.11.2024.html", DAY),
        ("page-2024_11_05.txt", DAY),
        ("izm 2024.11.05.html", DAY),
        ("20241105.html", DAY),
        ("page.html.2024-11-05", DAY),
        ("20241105T0630.html", MORNING),
        ("20241105T063000Z-0123456789ab-fondi.html", MORNING),
        ("20241105-0630.html", MORNING),
        ("20241105063000.html", MORNING),
        ("2024-11-05T06:30:00Z.html", MORNING),
        ("2024-11-05T08:30:00+02:00.html", MORNING),
        ("2024-11-05T0830+0200.html", MORNING),
        ("2024-11-05 06.30.html", MORNING),
        ("2024-11-05_06-30-15.html", MORNING.replace(second=15)),
        ("05.11.2024 06.30.html", MORNING),
        ("2024/11/05/page.html", DAY),
        ("2024-11-05/page.html", DAY),
        ("2023-01-01/page 2024-11-05.html", DAY),
        ("2024-11-05 (2024-11-05).html", DAY),
        ("es-fondi-2021-2027-2024-11-05.html", DAY),
        ("page.html", None),
        ("es-fondi-visparejai-izglitibai-2021-2027.html", None),
        ("2024-11-05 against 2024-12-01.html", None),
        ("2024-13-45.html", None),
        ("2024-02-30.html", None),
        ("2031-01-01.html", None),
        ("1066-10-14.html", None),
        ("MK 2024.11.html", None),
        ("123456789012345.html", None),
        ("4.2.1.5.html", None),
    ],
)
def test_names(name, moment):
    assert file_dates.read(PurePosixPath(name), NOW) == moment


@given(st.integers(788_918_400, 1_767_139_200), st.text("ab -_", max_size=5))
def test_every_moment_that_a_tool_writes_is_read_back(moment, words):
    moment = datetime.fromtimestamp(moment, UTC)
    for form in (
        "%Y%m%d%H%M%S",
        "%Y%m%dT%H%M%SZ",
        "%Y-%m-%dT%H:%M:%SZ",
        "%Y-%m-%d_%H-%M-%S",
        "%d.%m.%Y %H.%M.%S",
    ):
        assert file_dates.read(PurePosixPath(f"{words}{moment:{form}}{words}.html"), NOW) == moment, form


@given(st.text(max_size=60))
def test_no_name_is_too_strange(name):
    file_dates.read(PurePosixPath(name), NOW)

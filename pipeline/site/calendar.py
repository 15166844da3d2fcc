"""Periods of the tables as days, and days as places on a scale of quarters."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

_MONTHS = {"Q": 3, "H": 6}


def days_of(period: str) -> tuple[date, date] | None:
    """First and last day of a period of CONTRACT's vocabulary; None for what is none.

    >>> days_of("2024-Q4/2025-Q1")
    (datetime.date(2024, 10, 1), datetime.date(2025, 3, 31))
    """
    first, _, last = period.partition("/")
    try:
        return _days(first)[0], _days(last or first)[1]
    except ValueError:
        return None


def _days(moment: str) -> tuple[date, date]:
    year, _, rest = moment.partition("-")
    if not rest:
        return date(int(year), 1, 1), date(int(year), 12, 31)
    if rest[0] in _MONTHS:
        length = _MONTHS[rest[0]]
        last = int(rest[1:]) * length
        return date(int(year), last - length + 1, 1), _end_of_month(int(year), last)
    month, _, day = rest.partition("-")
    if day:
        return date(int(year), int(month), int(day)), date(int(year), int(month), int(day))
    return date(int(year), int(month), 1), _end_of_month(int(year), int(month))


def _end_of_month(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


class Scale:
    """Days along a line on which every quarter of a year is equally long.

    ``first`` and ``last`` are years, inclusive; ``quarter`` is the length of a quarter, in pixels. What lies
    outside is drawn at the edge.
    """

    def __init__(self, first: int, last: int, quarter: int) -> None:
        self.first, self.last, self.quarter = first, last, quarter

    @property
    def width(self) -> int:
        return (self.last - self.first + 1) * 4 * self.quarter

    @property
    def years(self) -> range:
        return range(self.first, self.last + 1)

    def at(self, day: date, *, end: bool = False) -> float:
        """Where the day begins, or ends."""
        start = date(day.year, (day.month - 1) // 3 * 3 + 1, 1)
        last = _end_of_month(day.year, start.month + 2)
        passed = (day - start + timedelta(days=1 if end else 0)) / (last - start + timedelta(days=1))
        quarters = (day.year - self.first) * 4 + (start.month - 1) // 3 + passed
        return round(min(max(quarters * self.quarter, 0), self.width), 1)

    def holds(self, day: date) -> bool:
        """Whether the day lies on the line."""
        return self.first <= day.year <= self.last

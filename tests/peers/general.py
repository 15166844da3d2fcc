"""General libraries on the lines of a page: dateparser for periods, price-parser for amounts."""

from __future__ import annotations

import re
from datetime import datetime
from decimal import Decimal

MONEY = re.compile(r"€|\beuro?\b|\beiro\b|milj|miljon|tūkst|miljard", re.IGNORECASE)
DIGIT = re.compile(r"\d")
SETTINGS = {"DATE_ORDER": "DMY", "PREFER_DAY_OF_MONTH": "first", "REQUIRE_PARTS": ["year"]}


def periods(text: str) -> list[tuple[str, str]]:
    """First and last day of every date that dateparser's search finds in Latvian text."""
    from dateparser.search import search_dates

    if not DIGIT.search(text):
        return []
    found: list[tuple[str, datetime]] = search_dates(text, languages=["lv"], settings=SETTINGS) or []
    return [(day.date().isoformat(), day.date().isoformat()) for _, day in found]


def amounts(text: str) -> list[Decimal]:
    """The one price that price-parser gives for a line that speaks of money."""
    from price_parser import Price

    if not (MONEY.search(text) and DIGIT.search(text)):
        return []
    price = Price.fromstring(text)
    return [] if price.amount is None else [price.amount]


def bare_amount(text: str) -> list[Decimal]:
    """The same for a line known to hold an amount without a unit."""
    from price_parser import Price

    price = Price.fromstring(text)
    return [] if price.amount is None else [price.amount]

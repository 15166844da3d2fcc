"""What measures add up to."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from parsers.records import Page


def eu_funding(page: Page) -> Decimal:
    """EU funding of a page's measures, each measure once, euro; of a range its lower end."""
    amounts = {measure.measure_id: measure.eu_funding_eur for measure in reversed(page.measures)}
    return sum((amount for amount in amounts.values() if amount is not None), Decimal(0))

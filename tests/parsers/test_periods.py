from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from parsers import periods

CASES = Path(__file__).parents[1] / "cases"
SEEN = json.loads((CASES / "periods.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", SEEN, ids=lambda case: case["notation"])
def test_notation_seen_on_a_page(case: dict[str, Any]) -> None:
    found = periods.read(case["text"])
    assert [
        {
            "text": case["text"][p.start : p.end],
            "period": p.period,
            "precision": p.precision,
            "start_date": p.start_date.isoformat(),
            "end_date": p.end_date.isoformat(),
        }
        for p in found
    ] == case["periods"]

"""Schedules as pages print them (tests/cases/schedules.json): label, lines, and what a person reads there."""

import json
from pathlib import Path
from typing import Any

import pytest

from parsers.page import parse_page

CASES: list[dict[str, Any]] = json.loads(
    (Path(__file__).parents[1] / "cases" / "schedules.json").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: " / ".join(case["lines"])[:60])
def test_a_schedule_says_what_a_person_reads(case: dict[str, Any]) -> None:
    body = "".join(f"<p>{line}</p>" for line in case["lines"])
    page = parse_page(
        f"<h3>4.2.1.5. pasākums „Skolas”</h3><p><strong>Mērķis:</strong> attīstīt</p>"
        f"<p><strong>{case['label']}:</strong></p>{body}",
        None,
    )
    (measure,) = page.measures
    assert [[step.kind, step.period] for step in measure.milestones] == case["milestones"]
    # What is not read is told.
    lines = len(case["milestones"]) or len(page.findings)
    assert lines

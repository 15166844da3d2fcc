"""Changes between pages as served: edits of the real page's HTML, and one content in many layouts."""

from __future__ import annotations

from pathlib import Path

import pytest

from parsers.page import parse_page
from parsers.records import Page
from pipeline.changes.compare import diff
from tests.factories_changes import seeded
from tests.pages import chrome, layouts
from tests.pages.build import draw
from tests.pages.ink import Pen
from tests.pages.notation import NOTATIONS

FIXTURE = Path(__file__).parents[1] / "fixtures" / "izm-visparejai-izglitibai.html"

EDITS = [
    ("3 697 500", "4 697 500", [("funding_changed", "4.2.1.1", "eu_funding_eur")]),
    ("231,3 milj.", "241,3 milj.", [("headline_changed", None, "amount_eur")]),
    ("83,6 miljoni", "85 miljoni", [("headline_changed", None, "amount_eur")]),
    ("vairāk nekā 231,3", "aptuveni 231,3", [("headline_changed", None, "qualifier")]),
    ("Valsts kanceleja", "Labklājības ministrija", [
        ("applicant_added", "4.2.1.1", "applicants"), ("applicant_removed", "4.2.1.1", "applicants"),
        ("applicant_added", "4.2.1.2", "applicants"), ("applicant_removed", "4.2.1.2", "applicants"),
    ]),
    ("Vispārējās izglītības attīstībai plānotais", "Izglītības attīstībai plānotais",
     [("text_changed", None, "narrative")]),
    ("Turpinājums 8.3.6.2.pasākumam", "Turpinājums 8.3.6.9.pasākumam",
     [("field_changed", "4.2.2.4", "predecessor_code")]),
    ("Turpinājums 8.3.6.2.pasākumam", "", [("field_changed", "4.2.2.4", "predecessor_code")]),
    ("Turpinājums 8.3.6.2.pasākumam", "Turpinājums 8.3.6.2.pasākumam citās skolās",
     [("text_changed", "4.2.2.4", "other_info")]),
    ("343564-eiro", "343565-eiro",
     [("link_added", "4.2.2.5", "links"), ("link_removed", "4.2.2.5", "links")]),
    ("27.10.2023. - apst", "27.11.2023. - apst", [("milestone_moved", "4.2.2.5", "project_approval")]),
    ("Atklāta projektu", "Ierobežota projektu", [("selection_type_changed", "4.2.3.2", "selection_type")]),
    ("4.2.3.4. pasākums", "4.2.3.5. pasākums", [("measure_renumbered", "4.2.3.5", "measure_id")]),
    ("NEET jauniešu", "NEET jauniešus", [("title_changed", "4.2.3.4", "title")]),
]  # fmt: skip


def page() -> str:
    return FIXTURE.read_text(encoding="utf-8").replace("\u00a0", " ")


@pytest.mark.parametrize(("old", "new", "expected"), EDITS)
def test_one_edit_of_the_page(old: str, new: str, expected: list[tuple[str, str | None, str]]) -> None:
    text = page()
    assert old in text
    found = diff(parse_page(text, None), parse_page(text.replace(old, new), None))
    assert [(change.kind, change.measure_id, change.field) for change in found] == expected


def laid_out(seed: int) -> dict[str, Page]:
    sheet, _ = draw(seeded(seed), NOTATIONS["real"], "izm", "accordion")
    return {
        name: parse_page(
            chrome.modern(seeded(seed), sheet.title, "Ministrija", "izm", layout(sheet, pen)), None
        )
        for name, layout in layouts.HTML_LAYOUTS.items()
        for pen in (Pen(seeded(seed), ("clean", "light", "heavy")[seed % 3]),)
    }


@pytest.mark.parametrize("seed", range(6))
def test_another_layout_is_no_change(seed: int) -> None:
    """A table with a row for each measure has no room for the running text of themes."""
    pages = laid_out(seed)
    for name, laid in pages.items():
        found = diff(pages["accordion"], laid)
        assert [change for change in found if change.field != "narrative" or name != "rows"] == [], name

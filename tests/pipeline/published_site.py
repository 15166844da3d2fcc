"""A folder with a history, published: what the tests of the site look at."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from tests.pipeline import site
from tests.pipeline.command import pasakumi
from tests.pipeline.months import MONTHS, body

FIXTURE = Path(__file__).parents[1] / "fixtures" / "izm-visparejai-izglitibai.html"
SECOND = (
    "[[source]]",
    'id = "otra"',
    'url = "https://second.example/lv/fondi"',
    'publisher = "Otrā ministrija"',
    'topic = "vispārējā izglītība"',
    "[[source]]",
    'id = "tuksa"',
    'url = "https://third.example/lv/fondi"',
)


def publish(folder: Path, *, publish_contacts: bool = True) -> Path:
    """Twelve months of one page, two captures of another, none of a third; gives the folder of the site."""
    folder.mkdir(parents=True, exist_ok=True)
    site.sources(folder, *SECOND, publish_contacts=publish_contacts)
    for month, when in enumerate(MONTHS, 1):
        site.capture(folder / "raw", body(month), when)
    page = FIXTURE.read_text("utf-8")
    site.capture(folder / "raw", page, datetime(2024, 2, 5, 7, tzinfo=UTC), "otra")
    assert "<h2" in page
    gone = page.replace("2024. gada III cet.", "2025. gada III cet.")
    assert gone != page
    site.capture(folder / "raw", gone, datetime(2024, 9, 5, 7, tzinfo=UTC), "otra")
    done = pasakumi(folder, "run", "--offline")
    assert done.code == 0, done.err
    return folder / "output" / "site"

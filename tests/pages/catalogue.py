"""The committed pages: every layout in the real page's notations, and all of them in others."""

from __future__ import annotations

import json
from pathlib import Path
from typing import NamedTuple

from tests.pages.build import LAYOUTS, build
from tests.pages.notation import NOTATIONS
from tests.pages.pasted import STYLES

FOLDER = Path(__file__).parent.parent / "fixtures" / "pages"


class Entry(NamedTuple):
    seed: int
    layout: str
    notation: str

    @property
    def name(self) -> str:
        return f"{self.layout}-{self.notation}" + ("" if self.seed < 100 else f"-{self.seed}")

    @property
    def suffix(self) -> str:
        return ".txt" if self.layout.removeprefix("pasted-") in STYLES else ".html"


def entries() -> list[Entry]:
    """Each layout in the real page's notations, in another one, and in the editors' own mixture."""
    others = [name for name in NOTATIONS if name not in ("real", "editors")]
    found = [Entry(index, layout, "real") for index, layout in enumerate(LAYOUTS)]
    for index, layout in enumerate(LAYOUTS):
        found += [
            Entry(20 + index, layout, others[index % len(others)]),
            Entry(60 + index, layout, "editors"),
        ]
    return found


def files(entry: Entry) -> dict[Path, bytes]:
    """The page and its truth, by the path they are committed at."""
    page, truth = build(*entry)
    told = json.dumps(truth, ensure_ascii=False, indent=1) + "\n"
    base = FOLDER / entry.name
    return {
        base.with_name(entry.name + entry.suffix): page,
        base.with_name(f"{entry.name}.json"): told.encode(),
    }

"""What labels of no field stand above the running text of a page, as *Atbalsta intensitāte*."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Set as AbstractSet
from functools import cached_property

from parsers import labels
from parsers.records import Narrative, Page
from pipeline.changes import wording

_UNKNOWN_LABEL = "unknown_label"


class Labelled:
    """The labels of one page; it is looked through once, however many of its measures changed."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self.unknown = {found.end: found.text for found in page.findings if found.code == _UNKNOWN_LABEL}

    def above(self, start: int) -> str | None:
        """The label above words of no field or before them: one that nobody knows, or that opens none."""
        text, end = self._page.text, start
        while end and text[end - 1].isspace():
            end -= 1
        if end in self.unknown:
            return self.unknown[end]
        words = text[text.rfind("\n", 0, end) + 1 : end].rstrip(" :–-")
        hit = labels.match(words)
        return words if hit is not None and hit.field == "narrative" else None

    def of(self, measure_id: str, keys: AbstractSet[str]) -> str | None:
        """The label that all of these lines of a measure stand below, None where there is none."""
        found = {
            self.above(piece.start)
            for piece in self._pieces.get(measure_id, ())
            if keys & wording.lines(piece.text).keys()
        }
        return found.pop() if len(found) == 1 else None

    @cached_property
    def _pieces(self) -> dict[str | None, list[Narrative]]:
        pieces: dict[str | None, list[Narrative]] = defaultdict(list)
        for piece in self._page.narrative:
            pieces[piece.measure_id].append(piece)
        return pieces

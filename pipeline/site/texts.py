"""The pages that show the canonical text of a capture."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from pipeline.site import archived, views
from pipeline.site.render import Place, page, trusted

if TYPE_CHECKING:
    from datetime import datetime


class Text(NamedTuple):
    """A capture whose text is shown. ``sha256``: of the text in UTF-8, which ``content`` gives.

    ``spans``: the places ``(start, end)`` that can be linked to, of values and findings that stand.
    """

    capture: str
    sha256: str
    content: Callable[[], bytes]
    publisher: str
    url: str | None
    captured_at: datetime | None
    spans: tuple[tuple[int, int], ...]

    @property
    def file(self) -> str:
        """Its page, under site/."""
        return views.capture_file(self.capture)

    @property
    def hangs_on(self) -> tuple[object, ...]:
        """All that its page is made of, but the code."""
        return self.sha256, self.publisher, self.url, self.captured_at, self.spans


def capture_page(text: Text) -> bytes:
    """The page's bytes."""
    lines = archived.lines(text.content().decode(), text.spans)
    return page(
        "capture.html",
        Place(text.file, None),
        {
            "section": "",
            "id": text.capture,
            "publisher": text.publisher,
            "url": text.url,
            "captured_at": text.captured_at,
            "lines": [(line.start, trusted(line.markup)) for line in lines],
        },
    )

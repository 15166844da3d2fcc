"""The pages that show the canonical text of a capture."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from pipeline.site import archived, views
from pipeline.site.render import Place, page, trusted

if TYPE_CHECKING:
    from datetime import datetime


Spans = tuple[tuple[int, int], ...]


class Text(NamedTuple):
    """A capture whose text is shown. ``sha256``: of the text in UTF-8, which ``content`` gives with the
    places ``(start, end)`` that can be linked to, of values and findings that stand; ``spans``: a digest of
    these.
    """

    capture: str
    sha256: str
    content: Callable[[], tuple[bytes, Spans]]
    publisher: str
    url: str | None
    captured_at: datetime | None
    spans: str

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
    content, spans = text.content()
    lines = archived.lines(content.decode(), spans)
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

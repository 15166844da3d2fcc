"""The pages in a WARC file that somebody else may have written: compressed or not, by any tool."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from pipeline import warc
from pipeline.errors import Failed

_NAMES = (".warc", ".warc.gz")
_TEXT = ("text/html", "application/xhtml+xml", "text/plain")


class ArchivedPage(NamedTuple):
    """A page's bytes after transfer and content decoding, with the charset that was named."""

    url: str
    captured_at: datetime
    content: bytes
    content_type: str


def is_warc(path: Path) -> bool:
    """Told by the name: a WARC file that is none shall be said, not read as a page."""
    return path.name.lower().endswith(_NAMES)


def pages(path: Path) -> Iterator[ArchivedPage]:
    """The pages in the order of the file: what was answered with 200 and is text. Raises Failed."""
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    try:
        with path.open("rb") as file:
            for record in ArchiveIterator(file):
                page = _page(record)
                if page:
                    yield page
    except (OSError, ArchiveLoadFailed, ValueError) as error:
        raise Failed(f"{path}: cannot be read as WARC ({' '.join(str(error).split())[:200]})") from error


def _page(record: object) -> ArchivedPage | None:
    headers, http = record.rec_headers, record.http_headers  # type: ignore[attr-defined]
    if record.rec_type not in ("response", "resource"):  # type: ignore[attr-defined]
        return None
    if http and http.get_statuscode() != "200":
        return None
    content_type = (http or headers).get_header("Content-Type") or ""
    url, date = headers.get_header("WARC-Target-URI"), headers.get_header("WARC-Date")
    if not url or not date or content_type.partition(";")[0].strip().lower() not in _TEXT:
        return None
    content = record.content_stream().read()  # type: ignore[attr-defined]
    return ArchivedPage(url, warc.moment(date), content, content_type)

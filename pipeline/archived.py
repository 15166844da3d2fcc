"""Records of web archives as captures of the configured pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import IO, TYPE_CHECKING, NamedTuple, Protocol

from parsers import decoding
from pipeline import cdxj, codings, http_head, warc
from pipeline.captures import Exchange
from pipeline.warc_stream import Foreign, LeftOut, records

if TYPE_CHECKING:
    from collections.abc import Sequence

_OK = 200
_HEADROOM = 65536  # of a record over its page: the HTTP head
_PAGES = frozenset({"text/html", "application/xhtml+xml", "text/plain", "", "unk"})
_NO_EXCHANGE = Exchange("", "", _OK, b"", b"", b"", b"", (), datetime.min.replace(tzinfo=UTC))


class Page(Protocol):
    """What has to be known of a configured page to find it in an archive."""

    @property
    def id(self) -> str: ...
    @property
    def url(self) -> str: ...
    @property
    def former_urls(self) -> Sequence[str]: ...


class Answered(NamedTuple):
    """A page with its HTTP head. ``digest``: the record's own, by which a revisit refers to it."""

    source: str
    exchange: Exchange
    digest: str


class Held(NamedTuple):
    """A page without HTTP. ``captured_at`` None: the record says that nobody knows."""

    source: str
    url: str
    body: bytes
    content_type: str
    captured_at: datetime | None
    digest: str


class Again(NamedTuple):
    """A revisit: the page whose record has this digest was met once more."""

    source: str
    exchange: Exchange
    digest: str


class NoPage(NamedTuple):
    """An answer at a page's address that is no state of the page: a redirect, an error, a picture."""

    what: str


Item = Answered | Held | Again | NoPage | LeftOut


class Selection:
    """Which addresses belong to which source: where a page is, where it was, and ``also`` of the first."""

    def __init__(self, pages: Sequence[Page], also: Iterable[str] = ()) -> None:
        self._ids = {page.id for page in pages}
        self._keys = {cdxj.surt(url): page.id for page in pages for url in (page.url, *page.former_urls)}
        self._keys |= {cdxj.surt(url): page.id for page in pages[:1] for url in also}

    def source(self, headers: dict[str, str]) -> str | None:
        """The source of a record: the one that it names itself, else that of its address."""
        own = headers.get(cdxj.SOURCE)
        return own if own in self._ids else self._keys.get(cdxj.surt(headers.get("warc-target-uri", "")))


def items(file: IO[bytes], selection: Selection, limit: int) -> Iterator[Item]:
    """What a WARC file has of the selected pages, in its order. ``limit``: most bytes of a page, unpacked.

    Raises OSError.
    """

    def wanted(headers: dict[str, str]) -> bool:
        is_answer = headers.get("warc-type") in ("response", "resource", "revisit")
        return is_answer and selection.source(headers) is not None

    for record in records(file, wanted, limit + _HEADROOM):
        if isinstance(record, LeftOut):
            yield record
        elif wanted(record.headers):
            yield _item(record, selection.source(record.headers) or "", limit)


def addresses(file: IO[bytes]) -> Iterator[str]:
    """The addresses of all pages in a WARC file, told by the first bytes of each. Raises OSError."""

    def wanted(headers: dict[str, str]) -> bool:
        return headers.get("warc-type") in ("response", "resource")

    for record in records(file, wanted, _HEADROOM * 64):
        if isinstance(record, Foreign) and wanted(record.headers):
            head, _ = _parts(record)
            status = http_head.status(head) if head else _OK
            if status == _OK and _media(record, head) in ("text/html", "application/xhtml+xml", "text/plain"):
                yield record.headers.get("warc-target-uri", "")


def _item(record: Foreign, source: str, limit: int) -> Item:
    headers = record.headers
    url = headers.get("warc-target-uri", "")
    try:
        when = warc.moment(headers.get("warc-date", ""))
    except (ValueError, OverflowError):
        return LeftOut(f"{url}: a record without a date")
    head, body = _parts(record)
    digest = headers.get("warc-payload-digest", "")
    if record.type == "revisit":
        status = http_head.status(head) or _OK
        found = _NO_EXCHANGE._replace(
            url=url, final_url=url, status=status, response_head=head, started_at=when
        )
        return Again(source, found, digest) if status in (_OK, 304) else NoPage(str(status))
    status = http_head.status(head) if head else _OK
    if status != _OK:
        return NoPage(str(status))
    if _media(record, head) not in _PAGES:
        return NoPage(_media(record, head))
    if head:
        return _answered(source, url, when, head, body, digest, limit)
    if len(body) > limit:
        return LeftOut(f"{url}: more than max_bytes = {limit}")
    is_undated = headers.get("pasakumi-capture-time") == "unknown"
    content_type = headers.get("content-type") or content_type_of(body)
    return Held(source, url, body, content_type, None if is_undated else when, digest)


def _answered(
    source: str, url: str, when: datetime, head: bytes, body: bytes, digest: str, limit: int
) -> Answered | LeftOut:
    if "chunked" in http_head.codings(head, "transfer-encoding"):
        body = dechunked(body)
    try:
        payload = codings.decode(body, http_head.codings(head), limit)
    except codings.TooLarge:
        return LeftOut(f"{url}, {when:%Y-%m-%d %H:%M:%S}: more than max_bytes = {limit}")
    except codings.CodingError as error:
        return LeftOut(f"{url}, {when:%Y-%m-%d %H:%M:%S}: {error}")
    return Answered(source, Exchange(url, url, _OK, b"", head, body, payload, (), when), digest)


def _parts(record: Foreign) -> tuple[bytes, bytes]:
    """HTTP head (empty where the record has none) and body."""
    is_http = record.headers.get("content-type", "").lower().startswith("application/http")
    return http_head.split(record.block) if is_http and record.block else (b"", record.block)


def _media(record: Foreign, head: bytes) -> str:
    named = http_head.get(head, "content-type") if head else record.headers.get("content-type")
    return (named or "").partition(";")[0].strip().lower()


def dechunked(body: bytes) -> bytes:
    """The body without its chunks (RFC 9112, 7.1); as it is where it has none: many tools take them off
    and leave the header. What is cut short gives what is there."""
    at = 0
    pieces: list[bytes] = []
    while True:
        end = body.find(b"\r\n", at, at + 4096)
        size = body[at:end].partition(b";")[0].strip() if end >= 0 else b""
        if not size or len(size) > 12 or size.strip(b"0123456789abcdefABCDEF"):
            return b"".join(pieces) if pieces and at >= len(body) else body
        length = int(size, 16)
        if length == 0:
            return b"".join(pieces)
        pieces.append(body[end + 2 : end + 2 + length])
        at = end + 2 + length + 2


def content_type_of(content: bytes) -> str:
    """``text/html`` or ``text/plain`` as the bytes look; empty where they are no text."""
    media = decoding.decode(content).media
    return {"html": "text/html", "text": "text/plain"}.get(media, "")

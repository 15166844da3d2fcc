"""CDXJ index lines: ``SURT timestamp {json}``, sorted as bytes, the form that pywb and OutbackCDX read."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import lru_cache
from urllib.parse import urlsplit

from pipeline import http_head
from pipeline.captures import Capture, capture_id
from pipeline.warc import Record, moment

SOURCE = "pasakumi-source"  # WARC named fields in lower case, as Record.headers has them
ORDER = "pasakumi-order"
CONTENT_DIGEST = "pasakumi-content-digest"
CONTENT_TYPE = "pasakumi-content-type"

BROUGHT_IN = ("imported/", "shipped/")  # folders of files that no run appends to

# What an id becomes part of: names of files. A raw/ that others made may say anything.
_NAME = re.compile(r"[0-9A-Za-z-]+")
_INDEXED = ("response", "revisit", "resource")
_PORTS = {"http": 80, "https": 443}


def surt(url: str) -> str:
    """The sort key of an address: host reversed, lower case, no ``www.``, no default port, query sorted.

    The part of the Internet Archive's canonicalisation that pywb applies and that changes an ordinary
    page's address: ``https://www.izm.gov.lv/lv/Jaunums?b=2&a=1`` is ``lv,gov,izm)/lv/jaunums?a=1&b=2``.
    """
    try:
        parts = urlsplit(url.strip())
        host, port = (parts.hostname or "").lower().rstrip("."), parts.port
    except ValueError:  # not an address; it still needs a place in the order
        return url.strip().lower().replace(" ", "%20")
    prefix, dot, rest = host.partition(".")
    if dot and prefix.startswith("www") and (prefix[3:].isdigit() or not prefix[3:]):
        host = rest
    is_address = ":" in host or host.replace(".", "").isdigit()
    key = host if is_address else ",".join(reversed(host.split(".")))
    if port and port != _PORTS.get(parts.scheme.lower()):
        key += f":{port}"
    path = parts.path.lower() or "/"
    if len(path) > 1:
        path = path.rstrip("/") or "/"
    query = "&".join(sorted(parts.query.lower().split("&"))) if parts.query else ""
    return f"{key}){path}{'?' + query if query else ''}".replace(" ", "%20")


def of_record(record: Record, filename: str) -> str | None:
    """The index line of a record, None for one that no replay asks for (request, warcinfo)."""
    headers = record.headers
    url, date = headers.get("warc-target-uri"), headers.get("warc-date")
    if record.type not in _INDEXED or not url or not date:
        return None
    is_http = headers.get("content-type", "").startswith("application/http")
    head = http_head.split(record.block)[0] if is_http else b""
    media = (http_head.get(head, "content-type") if is_http else headers.get("content-type")) or ""
    media = headers.get(CONTENT_TYPE, media)
    payload_digest = headers.get("warc-payload-digest", "")
    content_digest = headers.get(CONTENT_DIGEST, payload_digest)
    facts: dict[str, str] = {
        "url": url,
        "mime": "warc/revisit" if record.type == "revisit" else media.partition(";")[0].strip() or "unk",
        "status": str(_status(record, head)) if is_http else "200",
        "digest": payload_digest,
        "length": str(record.length),
        "offset": str(record.offset),
        "filename": filename,
    }
    source = headers.get(SOURCE)
    if source and is_name(source):
        facts |= {"source": source, "content": media}
        if record.type == "resource":
            facts["kind"] = "resource"
        if content_digest != payload_digest:
            facts["sha256"] = content_digest.partition(":")[2]
        if order := headers.get(ORDER):
            facts["order"] = order
    return f"{surt(url)} {moment(date):%Y%m%d%H%M%S} {json.dumps(facts, ensure_ascii=False)}\n"


def is_name(text: str) -> bool:
    """Whether a source or a capture may be called so: it becomes part of a file's name."""
    return _NAME.fullmatch(text) is not None


def _status(record: Record, head: bytes) -> int:
    """A revisit after a 304 has no head; it stands for the page, which was 200 when it was captured."""
    return 200 if record.type == "revisit" and not head else http_head.status(head)


def place_of(line: str) -> tuple[str, int, int]:
    """File, offset and length of the record that a line stands for. Raises ValueError."""
    facts = json.loads(line.split(" ", 2)[2])
    return _file(facts), int(facts["offset"]), int(facts["length"])


def _file(facts: dict[str, str]) -> str:
    name = facts["filename"]
    if name.startswith("/") or "\\" in name or ":" in name or (".." in name and ".." in name.split("/")):
        raise ValueError(f"{name} leads out of raw/")
    return name


@lru_cache(maxsize=2048)
def to_capture(line: str) -> Capture | None:
    """The capture that a line stands for; None for one without a source (a redirect). Raises ValueError.

    A run asks for the newest lines of its sources a dozen times.
    """
    _, stamp, text = line.split(" ", 2)
    facts = json.loads(text)
    source = facts.get("source")
    if not source:
        return None
    order = int(facts.get("order", 0))
    when = None if order else _moment(stamp)
    sha256 = facts.get("sha256") or facts["digest"].partition(":")[2]
    is_revisit = facts["mime"] == "warc/revisit"
    name = capture_id(source, when, sha256, order)
    if not is_name(name):
        raise ValueError(f"{name!r} cannot name a capture")
    return Capture(
        id=name,
        source=source,
        url=facts["url"],
        captured_at=when,
        sha256=sha256,
        status=int(facts["status"]),
        content_type=facts.get("content") or None,
        kind="revisit" if is_revisit else facts.get("kind", "response"),
        file=_file(facts),
        offset=int(facts["offset"]),
        length=int(facts["length"]),
    )


def _moment(stamp: str) -> datetime:
    """The time of 14 digits. (strptime takes ten times as long.) Raises ValueError."""
    if len(stamp) != 14 or not stamp.isdigit() or not stamp.isascii():
        raise ValueError(f"{stamp!r} is no time")
    return datetime.fromisoformat(f"{stamp[:8]}T{stamp[8:]}+00:00")


def year_of(line: str) -> int | None:
    """The year a line is filed under; None where the capture's time is unknown."""
    return None if '"order": "' in line else int(line.split(" ", 2)[1][:4])


def stamp_of(line: str) -> str:
    """The time of a line, 14 digits."""
    return line.split(" ", 2)[1]


def is_of(line: str, source: str) -> bool:
    """Whether a line is a capture of ``source``, told without reading its JSON."""
    return f'"source": "{source}"' in line


def bytes_of(line: str) -> tuple[str, str] | None:
    """The source and the SHA-256 of a good capture, told without reading the line's JSON; None where that
    does not tell (another status, no source)."""
    if '"status": "200"' not in line:
        return None
    source, sha256 = _string(line, '"source": "'), _string(line, '"sha256": "')
    if not sha256:
        sha256 = _string(line, '"digest": "').partition(":")[2]
    return (source, sha256) if source and sha256 else None


def _string(line: str, key: str) -> str:
    """What stands behind a key and ends at the next quotation mark: digests and names hold none."""
    at = line.find(key)
    return line[at + len(key) : line.find('"', at + len(key))] if at >= 0 else ""


def unique(lines: Iterable[str]) -> Iterator[str]:
    """Sorted lines, each once: what two snapshots of an index have in common is in both."""
    last = None
    for line in lines:
        if line != last:
            yield line
        last = line

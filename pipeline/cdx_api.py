"""What a web archive's CDX API says, in the dialects that are met.

The Internet Archive's server gives one JSON array with a row of names first (README of wayback-cdx-server),
pywb a JSON object a line (its manual, "CDXJ Server API"), some CDXJ or plain lines whatever was asked for.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import NamedTuple
from urllib.parse import urlencode, urlsplit, urlunsplit

_NAMES = {"original": "url", "statuscode": "status", "mimetype": "mime"}
_ENDINGS = ("/cdx/search/cdx", "/timemap/cdx", "/cdx", "/index", "-cdx", "-index")
_FIRST_YEAR = 1991  # the first web page
# The fields of plain CDX lines by their number; the first is the sort key, which nobody needs.
_PLAIN = ("urlkey", "timestamp", "url", "mime", "status", "digest")


class Row(NamedTuple):
    """A capture that an archive has. ``stamp``: its 14 digits; ``status``: ``-`` where it is not told."""

    stamp: str
    url: str
    status: str
    digest: str

    @property
    def captured_at(self) -> datetime:
        return datetime.strptime(self.stamp, "%Y%m%d%H%M%S").replace(tzinfo=UTC)


class Endpoint(NamedTuple):
    """Where to ask for lists of captures, and what stands before ``20241105063000id_/ADDRESS``."""

    cdx: str
    replay: str


def endpoints(url: str) -> list[Endpoint]:
    """What an archive's address can mean, most likely first: the Internet Archive's layout, a collection of
    pywb, or a CDX API itself."""
    parts = urlsplit(url)
    root = urlunsplit(parts._replace(path="", query="", fragment=""))
    path = parts.path.rstrip("/")
    for ending in _ENDINGS:
        if path.endswith(ending):
            replay = "/web/" if ending == "/cdx/search/cdx" else "/"
            return [Endpoint(root + path, root + path.removesuffix(ending) + replay)]
    base = root + path
    collection = [Endpoint(f"{base}{ending}", f"{base}/") for ending in ("/cdx", "/timemap/cdx", "-cdx")]
    wayback = Endpoint(f"{base.removesuffix('/web')}/cdx/search/cdx", f"{base.removesuffix('/web')}/web/")
    return [wayback, *collection[:2]] if path in ("", "/web") else [collection[0], wayback, *collection[1:]]


def query(cdx: str, url: str, since: str, until: str, limit: int) -> str:
    """The address that lists captures of ``url``. ``since`` and ``until``: digits, inclusive, or empty."""
    named = {
        "url": url,
        "output": "json",
        "limit": str(limit),
        "collapse": "digest",
        "from": since,
        "to": until,
    }
    return f"{cdx}?{urlencode({name: value for name, value in named.items() if value})}"


def rows(content: bytes) -> Iterator[Row]:
    """The captures in an answer. Raises ValueError where it is none of the dialects."""
    text = content.decode("utf-8", "replace").strip()
    if text.startswith("["):
        names, *found = json.loads(text) or [[]]
        for values in found:
            if values:
                yield _row(dict(zip(names, values, strict=True)))
        return
    for line in text.splitlines():
        if line.strip():
            yield _row(_fields(line))


def _fields(line: str) -> dict[str, object]:
    if line.startswith("{"):
        return dict(json.loads(line))
    words = line.split(" ", 2)
    if len(words) == 3 and words[2].startswith("{"):
        return {"timestamp": words[1], **json.loads(words[2])}
    values = line.split(" ")
    if len(values) < len(_PLAIN) or not values[1].isdigit():
        raise ValueError(f"{line[:60]!r} is no line of a CDX API")
    return dict(zip(_PLAIN, values, strict=False))


def _row(fields: dict[str, object]) -> Row:
    known = {_NAMES.get(name, name): str(value) for name, value in fields.items()}
    stamp = known.get("timestamp", "")
    row = Row(stamp, known.get("url", ""), known.get("status", "-"), known.get("digest", ""))
    if not row.url or len(stamp) != 14 or row.captured_at.year < _FIRST_YEAR:
        raise ValueError(f"a capture without time or address: {str(fields)[:80]}")
    return row

"""What this project writes into WARC files: which record, with which named fields.

Fields of our own (WARC 1.1, section 4: named fields may be added, readers pass over unknown ones):
``Pasakumi-Source`` the source id in sources.toml, so that a capture is whole in its record alone and the
index can be made anew; ``Pasakumi-Content-Digest`` digest of the body with its content coding undone, where
that differs from the payload digest; ``Pasakumi-Capture-Time: unknown`` and ``Pasakumi-Order`` where nobody
knows when the bytes were captured (WARC-Date is then when they were archived); ``Pasakumi-Clock`` what the
clock said where it was behind the source's newest capture; ``Pasakumi-Content-Type`` the page's, in the
revisit after a 304, which has no HTTP head of its own.
"""

from __future__ import annotations

import os
from datetime import datetime
from typing import NamedTuple

from pipeline import http_head, warc
from pipeline.captures import Exchange

IDENTICAL = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
NOT_MODIFIED = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"

_STANDARD = "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/"
NOTHING_NEW = 304
_RESPONSE, _REQUEST = "application/http;msgtype=response", "application/http;msgtype=request"

Named = list[tuple[str, str]]


class Original(NamedTuple):
    """The record that a revisit refers to. ``length``: bytes of its body as stored."""

    headers: dict[str, str]
    head: bytes
    length: int

    @property
    def content_type(self) -> str:
        """As the server gave it, empty where it gave none."""
        of_record = "" if self.head else self.headers.get("content-type", "")
        return http_head.get(self.head, "content-type") or of_record


def original(record: warc.Record) -> Original:
    """What a revisit needs to know of the record that holds the bytes."""
    is_http = record.headers.get("content-type", "").startswith("application/http")
    head, body = http_head.split(record.block) if is_http else (b"", record.block)
    return Original(record.headers, head, len(body))


def replays_alike(earlier: Original, response_head: bytes) -> bool:
    """Whether this answer's head goes with the earlier bytes: same content codings, same length if said.

    The bytes themselves may differ (gzip with another time in its header); what they hold is the same.
    """
    length = http_head.get(response_head, "content-length")
    same_coding = http_head.codings(earlier.head) == http_head.codings(response_head)
    return same_coding and length in (None, str(earlier.length))


def warcinfo(filename: str, software: str, date: str) -> bytes:
    """The record that opens a file."""
    block = f"software: {software}\r\nformat: WARC File Format 1.1\r\nconformsTo: {_STANDARD}\r\n"
    named = [("WARC-Filename", filename), ("Content-Type", "application/warc-fields")]
    return warc.member("warcinfo", named_id(filename, date), date, named, block.encode())


def resource(
    source: str, url: str, body: bytes, content_type: str, *, archived_at: datetime, order: int | None
) -> bytes:
    """Bytes that came without HTTP. ``order``: a number where the capture's time is unknown, else None."""
    date = warc.timestamp(archived_at)
    named = [("WARC-Target-URI", url), ("Content-Type", content_type)]
    named += [("WARC-Payload-Digest", warc.digest(body)), ("Pasakumi-Source", source)]
    if order is not None:
        named += [("Pasakumi-Capture-Time", "unknown"), ("Pasakumi-Order", str(order))]
    return warc.member("resource", named_id(source, url, warc.digest(body), date), date, named, body)


def answer(
    source: str, exchange: Exchange, when: datetime, content_digest: str, earlier: Original | None
) -> list[bytes]:
    """Response and request (if there is one), or a revisit where ``earlier`` has the payload; then redirects.

    ``content_digest``: labelled, of the decoded payload. The capture's own record comes first.
    """
    date, record_id = warc.timestamp(when), _new_id()
    named: Named = [("WARC-Target-URI", exchange.final_url)]
    if exchange.address:
        named.append(("WARC-IP-Address", exchange.address))
    head = http_head.without_transfer_coding(exchange.response_head)
    block = head if earlier else head + exchange.body
    not_modified = earlier is not None and exchange.status == NOTHING_NEW
    payload_digest = earlier.headers["warc-payload-digest"] if earlier else warc.digest(exchange.body)
    if earlier:
        named += _refers_to(earlier, NOT_MODIFIED if not_modified else IDENTICAL)
    if earlier and not_modified:
        # With a 304 head in the block, pywb 2.10 replays an empty 304; without one, the page as it stood.
        block = b""
        named.append(("Pasakumi-Content-Type", earlier.content_type))
    named += [
        ("Content-Type", _RESPONSE),
        ("WARC-Payload-Digest", payload_digest),
        ("Pasakumi-Source", source),
    ]
    if content_digest != payload_digest:
        named.append(("Pasakumi-Content-Digest", content_digest))
    if when > exchange.started_at:
        named.append(("Pasakumi-Clock", warc.timestamp(exchange.started_at)))
    records = [warc.member("revisit" if earlier else "response", record_id, date, named, block)]
    if exchange.request_head and not earlier:
        records.append(_request(exchange.final_url, exchange.request_head, date, record_id))
    return records + _hops(exchange, date, record_id)


def _hops(exchange: Exchange, date: str, record_id: str) -> list[bytes]:
    """A response record for every redirect, without a source: replay needs them, captures they are none."""
    return [
        warc.member(
            "response",
            _new_id(),
            date,
            [
                ("WARC-Target-URI", hop.url),
                ("WARC-Concurrent-To", record_id),
                ("Content-Type", _RESPONSE),
                ("WARC-Payload-Digest", warc.digest(b"")),
            ],
            http_head.of_empty_body(hop.response_head),
        )
        for hop in exchange.redirects
    ]


def _request(url: str, head: bytes, date: str, record_id: str) -> bytes:
    named = [("WARC-Target-URI", url), ("WARC-Concurrent-To", record_id), ("Content-Type", _REQUEST)]
    return warc.member("request", _new_id(), date, named, head)


def _refers_to(earlier: Original, profile: str) -> Named:
    headers = earlier.headers
    return [
        ("WARC-Profile", profile),
        ("WARC-Refers-To", headers["warc-record-id"]),
        ("WARC-Refers-To-Target-URI", headers["warc-target-uri"]),
        ("WARC-Refers-To-Date", headers["warc-date"]),
    ]


def _new_id() -> str:
    """A random UUID (RFC 9562, 5.4). Not of uuid, which each run would load, and platform with it."""
    number = int.from_bytes(os.urandom(16)) & ~(0xF << 76 | 0b11 << 62) | 4 << 76 | 0b10 << 62
    digits = f"{number:032x}"
    parts = (digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:])
    return f"<urn:uuid:{'-'.join(parts)}>"


def named_id(*facts: str) -> str:
    """An id made of what the record is, so that the same import gives the same file."""
    import uuid

    return f"<urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, ' '.join(facts))}>"

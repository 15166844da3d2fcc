"""Made-up answers of a server, as fetching would hand them to the archive."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime

from pipeline.captures import Exchange, Hop

URL = "https://www.example.lv/lv/Atbalsts?b=2&a=1"
DAY = datetime(2024, 11, 5, 6, 30, tzinfo=UTC)


def exchange(
    payload: bytes,
    when: datetime = DAY,
    *,
    status: int = 200,
    coding: str | None = None,
    url: str = URL,
    mtime: int = 0,
    redirects: tuple[Hop, ...] = (),
    headers: tuple[str, ...] = (),
) -> Exchange:
    body = gzip.compress(payload, mtime=mtime) if coding == "gzip" else payload
    lines = [
        f"HTTP/1.1 {status} OK",
        "Content-Type: text/html; charset=utf-8",
        f"Content-Length: {len(body)}",
    ]
    lines += [*headers, *([f"Content-Encoding: {coding}"] if coding else [])]
    return Exchange(
        url=url,
        final_url=url,
        status=status,
        request_head=b"GET /lv/Atbalsts?b=2&a=1 HTTP/1.1\r\nHost: www.example.lv\r\n\r\n",
        response_head="".join(f"{line}\r\n" for line in lines).encode() + b"\r\n",
        body=b"" if status == 304 else body,
        payload=payload,
        redirects=redirects,
        started_at=when,
        address="127.0.0.1",
    )

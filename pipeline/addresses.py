"""Addresses as they go into a request: percent-encoded, the host in ASCII (RFC 3986, 5891)."""

from __future__ import annotations

import re
from base64 import b64encode
from urllib.parse import unquote

from urllib3.exceptions import LocationParseError
from urllib3.util import Url, parse_url

_UNRESERVED = re.compile(r"%(2D|2E|3\d|4[1-9A-F]|5[0-9AF]|6[1-9A-F]|7[0-9AE])", re.IGNORECASE)
_NO_LETTER = ("*", ".")


def encoded(url: str) -> str:
    """The address that a server is asked for. Raises urllib3's LocationParseError for what is none."""
    parts = parse_url(url.lstrip())
    if not parts.host or parts.host.startswith(_NO_LETTER):
        raise LocationParseError(url)
    plain = parts._replace(path=parts.path or "/", query=parts.query or None, fragment=parts.fragment or None)
    return _UNRESERVED.sub(_letter, plain.url)


def target(parts: Url) -> str:
    """What stands in the request line where the server itself is asked; two slashes would begin a host."""
    uri = parts.request_uri
    return f"/{uri.lstrip('/')}" if uri.startswith("//") else uri


def basic(auth: str | None) -> str | None:
    """The header's value that shows ``name:password`` of an address (RFC 7617); None where there is none."""
    if not auth or ":" not in auth:
        return None
    words = unquote(auth)
    try:
        shown = words.encode("latin-1")  # what servers expect that were told nothing else
    except UnicodeEncodeError:
        shown = words.encode()
    return f"Basic {b64encode(shown).decode()}"


def _letter(escape: re.Match[str]) -> str:
    """Of an escape that needs none: both spellings are one address (RFC 3986, 6.2.2.2)."""
    character = chr(int(escape[1], 16))
    return character if character.isalnum() or character in "-._~" else escape[0]

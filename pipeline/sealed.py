"""Records with a digest of themselves: a byte that changed on the disk is seen, and not believed.

A digest shows an accident, not a forger. What an older version wrote has none and is taken as it is.
"""

from __future__ import annotations

import hashlib

_KEY = b'{"sha256": "'
_HEX = 64


def json_sealed(content: bytes) -> bytes:
    """An object as JSON, its digest the first thing in it."""
    rest = content.removeprefix(b"{")
    comma = b"" if rest.lstrip().startswith(b"}") else b","
    return _KEY + _hex(content) + b'"' + comma + rest


def json_opened(content: bytes) -> bytes:
    """The object without its digest, as :func:`json_sealed` was given it. Raises ValueError."""
    if not content.startswith(_KEY):
        return content
    end = len(_KEY) + _HEX
    told, rest = content[len(_KEY) : end], content[end:].removeprefix(b'"').removeprefix(b",")
    return _checked(told, b"{" + rest)


def head(digest: str) -> bytes:
    """The line with a digest."""
    return digest.encode() + b"\n"


def _checked(told: bytes, content: bytes) -> bytes:
    if told != _hex(content):
        raise ValueError("its digest is not that of its content")
    return content


def _hex(content: bytes) -> bytes:
    return hashlib.sha256(content).hexdigest().encode()

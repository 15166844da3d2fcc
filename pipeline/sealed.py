"""Records with a digest of themselves: a byte that changed on the disk is seen, and not believed.

A digest shows an accident, not a forger. What an older version wrote has none and is taken as it is.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from collections.abc import Iterable

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


def write_json(file: BinaryIO, pieces: Iterable[bytes]) -> None:
    """Write an object that is not empty as :func:`json_sealed` would, piece by piece; the first one is its
    brace. ``file`` can seek."""
    digest = hashlib.sha256()
    file.write(_KEY + b"0" * _HEX + b'",')
    for number, piece in enumerate(pieces):
        digest.update(piece)
        if number:
            file.write(piece)
    file.seek(len(_KEY))
    file.write(digest.hexdigest().encode())


def is_whole(file: BinaryIO) -> bool:
    """Whether a file holds what :func:`write_json` wrote, or was written without a digest. Leaves it at the
    beginning of the object's first line, without its brace."""
    opening = file.read(len(_KEY))
    if opening != _KEY:
        file.seek(0)
        return file.read(1) == b"{"
    told, rest = file.read(_HEX), file.read(len(b'",'))
    begin, digest = file.tell(), hashlib.sha256(b"{")
    while piece := file.read(1 << 20):
        digest.update(piece)
    file.seek(begin)
    return rest == b'",' and told == digest.hexdigest().encode()


def head(digest: str) -> bytes:
    """The line with a digest."""
    return digest.encode() + b"\n"


def _checked(told: bytes, content: bytes) -> bytes:
    if told != _hex(content):
        raise ValueError("its digest is not that of its content")
    return content


def _hex(content: bytes) -> bytes:
    return hashlib.sha256(content).hexdigest().encode()

"""Undoing content codings (gzip, deflate, br, zstd) piece by piece, so that a bomb is met with a limit."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence

PIECE = 65536
_ZSTD_WINDOW = 8 * 1024 * 1024  # RFC 9659: a recipient must support, and a sender not exceed, 8 MB

Decoder = Callable[[Iterable[bytes]], Iterator[bytes]]


class CodingError(Exception):
    """The bytes are not what their Content-Encoding says, end too early, or grow past the limit."""


class TooLarge(CodingError):
    """More than the allowed bytes came out."""


def decode(body: bytes, names: Sequence[str], limit: int | None = None) -> bytes:
    """``body`` with the codings ``names`` (in the order applied) undone; at most ``limit`` bytes.

    Raises CodingError, TooLarge.
    """
    return b"".join(limited(decoded([body], names), limit)) if names else b"".join(limited([body], limit))


def decoded(pieces: Iterable[bytes], names: Sequence[str]) -> Iterator[bytes]:
    """The pieces with codings undone, each at most PIECE bytes whatever went in. Raises CodingError."""
    stream = iter(pieces)
    if len(names) > 3:
        raise CodingError(f"{len(names)} content codings on top of each other")
    for name in reversed(names):
        if name not in _DECODERS:
            raise CodingError(f"unknown content coding {name!r}")
        stream = _DECODERS[name](stream)
    return stream


def limited(pieces: Iterable[bytes], limit: int | None) -> Iterator[bytes]:
    """The pieces as they are until more than ``limit`` bytes have come. Raises TooLarge."""
    total = 0
    for piece in pieces:
        total += len(piece)
        if limit is not None and total > limit:
            raise TooLarge(f"more than {limit} bytes")
        yield piece


def _inflate(pieces: Iterable[bytes], wbits: int) -> Iterator[bytes]:
    """Gzip (members one after another) or deflate. What follows the last member is padding: ignored."""
    inflater = zlib.decompressobj(wbits)
    for piece in pieces:
        data = piece
        while data:
            if inflater.eof:
                if wbits != 31 or not data.startswith(b"\x1f\x8b"):
                    break
                inflater = zlib.decompressobj(wbits)
            try:
                out = inflater.decompress(data, PIECE)
            except zlib.error as error:
                raise CodingError(f"broken compressed body ({error})") from error
            if out:
                yield out
            data = inflater.unused_data if inflater.eof else inflater.unconsumed_tail
    while not inflater.eof:  # input is used up: what is left is output held back by the piece size
        rest = inflater.decompress(inflater.unconsumed_tail, PIECE)
        if not rest:
            raise CodingError("compressed body ends too early")
        yield rest


def _peek(pieces: Iterable[bytes], count: int) -> tuple[bytes, Iterator[bytes]]:
    """At least ``count`` first bytes (fewer where there are fewer) and all the pieces."""
    stream, first = iter(pieces), b""
    for piece in stream:
        first += piece
        if len(first) >= count:
            break

    def everything() -> Iterator[bytes]:
        if first:
            yield first
        yield from stream

    return first, everything()


def _gzip(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Servers are seen that say gzip and send the page plain; every browser shows it, so do we."""
    first, stream = _peek(pieces, 2)
    return _inflate(stream, 31) if first[:2] == b"\x1f\x8b" else stream


def _deflate(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """RFC 9110 means zlib by deflate; some servers send it raw. A zlib head is a multiple of 31."""
    first, stream = _peek(pieces, 2)
    zlib_head = len(first) >= 2 and first[0] & 15 == 8 and (first[0] * 256 + first[1]) % 31 == 0
    return _inflate(stream, 15 if zlib_head else -15) if first else stream


def _brotli(pieces: Iterable[bytes]) -> Iterator[bytes]:
    import brotli

    decoder, any_input = brotli.Decompressor(), False
    for piece in pieces:
        data, any_input = piece, True
        while data or not decoder.can_accept_more_data():
            try:
                out = decoder.process(data, output_buffer_limit=PIECE)
            except brotli.error as error:
                raise CodingError(f"broken br body ({error})") from error
            data = b""
            if out:
                yield out
            if decoder.is_finished():
                break
    if any_input and not decoder.is_finished():
        raise CodingError("compressed body ends too early")


class _Pull:
    """A file-like view of pieces, for decoders that ask for their input."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self._pieces, self._rest = iter(pieces), b""

    def read(self, size: int = -1) -> bytes:
        if not self._rest:
            self._rest = next(self._pieces, b"")
        taken = self._rest if size < 0 else self._rest[:size]
        self._rest = self._rest[len(taken) :]
        return taken


def _zstd(pieces: Iterable[bytes]) -> Iterator[bytes]:
    import zstandard

    first, stream = _peek(pieces, 1)
    if not first:
        return
    decoder = zstandard.ZstdDecompressor(max_window_size=_ZSTD_WINDOW).decompressobj()
    pull = _Pull(stream)
    # 4 bytes of zstd can stand for a block of 128 KB: small sips bound what one call gives.
    while data := pull.read(64):
        try:
            out = decoder.decompress(data)
        except zstandard.ZstdError as error:
            raise CodingError(f"broken zstd body ({error})") from error
        for start in range(0, len(out), PIECE):
            yield out[start : start + PIECE]
        if decoder.eof:
            return
    raise CodingError("compressed body ends too early")


_DECODERS: dict[str, Decoder] = {
    "gzip": _gzip,
    "x-gzip": _gzip,
    "deflate": _deflate,
    "br": _brotli,
    "zstd": _zstd,
}

"""Bytes -> text: which encoding they are in, found rather than assumed, and whether they are text at all."""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# First bytes of files that are never a page: PDF, ZIP and Office, PNG, GIF, JPEG, gzip, old Office, ELF.
_BINARY = (
    b"%PDF-",
    b"PK\x03\x04",
    b"\x89PNG",
    b"GIF8",
    b"\xff\xd8\xff",
    b"\x1f\x8b",
    b"\xd0\xcf\x11\xe0",
    b"\x7fELF",
)
_BLANK = re.compile(rb"[\0 \t\r\n]*+")
_SAMPLE = 65536
_META_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE)
_CONTROLS = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f]")
_CONTROL_BYTES = bytes(code for code in [*range(32), 127] if chr(code) not in "\t\n\f\r")
_C1_BYTES = re.compile(rb"\xc2[\x80-\x84\x86-\x9f]")
# In UTF-8: printable ASCII, what follows another byte, and what opens a letter of U+00C0 to U+02FF.
_PLAIN_BYTES = bytes([*b"\t\n\f\r", *range(32, 127), *range(0x80, 0xC2), *range(0xC3, 0xCC)])
# Dashes and quotation marks are always in their normal form, and so are Latin-1's signs.
_NORMAL_BYTES = b"\xc2\xe2" + _CONTROL_BYTES
_RARE_SIGNS = re.compile(rb"\xe2(?:\x80[\x80\x81]|[\x83-\xbf])")
# UTF-8 read as Windows-1252 and written again: ā becomes Ä + U+0081, – becomes â€“ and so on.
_UPPER = "\u0080-\u00bf\u0152-\u0178\u02c6\u02dc\u2013-\u2026\u2030-\u203a\u20ac\u2122"
_MOJIBAKE = re.compile(f"(?:[\u00c3-\u00c5][{_UPPER}]|\u00e2[{_UPPER}]{{2}})")
_HTML = re.compile(
    r"<(?:!doctype\s+html|/?(?:html|head|body|div|p|table|tr|td|h[1-6]|ul|ol|li|dl|dt|dd|span|section|article"
    r"|main|br|strong|b|a|meta|details|summary|title|nav|header|footer|form|script|style|button|font|center))\b[^<>]{0,2000}>",
    re.IGNORECASE,
)
# What a text in Markdown may hold too, and how its lines begin.
_INLINE = re.compile(r"</?(?:br|strong|b|a|span|font|center)\b", re.IGNORECASE)
_MARKDOWN = re.compile(r"^(?:#{1,6} \S|\|.*\|[ \t]*$|[-*+] +\*\*\S)", re.MULTILINE)
_LEAST_MARKDOWN = 3


class Decoded(NamedTuple):
    """``text`` with NFC letters and ``\\n`` line ends. ``media``: html, text, empty or binary (then no text).

    ``repaired``: bytes that did not fit the encoding were replaced, or letters encoded twice were mended.
    ``controls``: control characters were taken out.
    """

    text: str
    media: str
    encoding: str
    repaired: bool
    controls: bool


def decode(content: bytes | str, hint: str | None = None) -> Decoded:
    """The text of a page's bytes; ``hint`` is the charset that a server named, if any. Never raises."""
    if isinstance(content, str):
        return _clean(content, "utf-8", False, None)
    if _BLANK.fullmatch(content):
        return Decoded("", "empty", "utf-8", False, False)
    if content.startswith(_BINARY):
        return Decoded("", "binary", "binary", False, False)
    text, encoding, repaired = _text_of(content, hint)
    as_written = encoding == "utf-8" and not repaired and not content.startswith(codecs.BOM_UTF8)
    return _clean(text, encoding, repaired, content if as_written else None)


def _clean(text: str, encoding: str, repaired: bool, written: bytes | None) -> Decoded:
    """``written``: the text in UTF-8, where it came so."""
    text, mended = _unmojibake(text)
    controls, rare = _signs(written if written is not None and not mended else text)
    if controls:
        sample = text[:_SAMPLE]
        if len(_CONTROLS.findall(sample)) > len(sample) // 20 + 8:
            return Decoded("", "binary", "binary", False, True)
        text = _CONTROLS.sub("\N{REPLACEMENT CHARACTER}", text)
    if rare and not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text or text.isspace():
        return Decoded("", "empty", encoding, False, controls)
    replaced = "\N{REPLACEMENT CHARACTER}" in text
    if replaced and text.count("\N{REPLACEMENT CHARACTER}", 0, _SAMPLE) > min(len(text), _SAMPLE) // 10 + 8:
        return Decoded("", "binary", "binary", False, controls)
    return Decoded(text, "html" if _is_html(text) else "text", encoding, repaired or mended, controls)


def _is_html(text: str) -> bool:
    """Markup stands in it; of a text in Markdown more than a line break in a cell."""
    first = _HTML.search(text, 0, _SAMPLE)
    if first is None or not _INLINE.match(first[0]):
        return first is not None
    if all(_INLINE.match(tag[0]) for tag in _HTML.finditer(text, 0, _SAMPLE)):
        return len(_MARKDOWN.findall(text, 0, _SAMPLE)) < _LEAST_MARKDOWN
    return True


def _signs(text: str | bytes) -> tuple[bool, bool]:
    """Whether there are control characters, and whether any that may not be in its normal form.

    By bytes: a search by character class costs as much as lxml's whole tree. Where there are none yet piece
    by piece, as two copies of a large page are many bytes."""
    controls = rare = False
    for content in [text] if isinstance(text, bytes) else _encoded(text):
        rest = content.translate(None, _PLAIN_BYTES)
        controls = controls or (
            len(rest.translate(None, _CONTROL_BYTES)) < len(rest)
            or (b"\xc2" in rest and _C1_BYTES.search(content) is not None)
        )
        rare = rare or (
            rest.translate(None, _NORMAL_BYTES) != b""
            or (b"\xe2" in rest and _RARE_SIGNS.search(content) is not None)
        )
    return controls, rare


def _encoded(text: str) -> Iterator[bytes]:
    for start in range(0, len(text), _SAMPLE):
        yield text[start : start + _SAMPLE].encode("utf-8", "surrogatepass")


def _text_of(content: bytes, hint: str | None) -> tuple[str, str, bool]:
    for bom, name in _BOMS:
        if content.startswith(bom):
            return _lenient(content, name)
    wide = _utf16_without_bom(content)
    if wide:
        return _lenient(content, wide)
    try:
        # Bytes that are valid UTF-8 and hold a letter beyond ASCII are that, whatever the page says.
        return content.decode("utf-8"), "utf-8", False
    except UnicodeDecodeError:
        text = content.decode("utf-8", "replace")
    broken = text.count("\N{REPLACEMENT CHARACTER}")
    foreign = sum(1 for character in text[:_SAMPLE] if character > "\x7f")
    if broken * 10 <= foreign or broken <= 1 < foreign:
        return text, "utf-8", True
    return _guess(content, hint)


def _lenient(content: bytes, name: str) -> tuple[str, str, bool]:
    text = content.decode(name, "replace").removeprefix("\ufeff")
    repaired = "\N{REPLACEMENT CHARACTER}" in text
    return text, "utf-8" if name == "utf-8-sig" else name, repaired


def _utf16_without_bom(content: bytes) -> str | None:
    """Latin text in UTF-16 has a zero in nearly every second byte."""
    sample = content[:2048]
    if len(sample) < 4 or not sample.count(0):
        return None
    half = len(sample) // 2
    if sample[1::2].count(0) > half * 0.7 and sample[0::2].count(0) < half * 0.1:
        return "utf-16-le"
    if sample[0::2].count(0) > half * 0.7 and sample[1::2].count(0) < half * 0.1:
        return "utf-16-be"
    return None


def _guess(content: bytes, hint: str | None) -> tuple[str, str, bool]:
    """Bytes that are no UTF-8: the charset that was named, else what BeautifulSoup's detective finds.

    Windows-1257 is what Latvian pages were written in before UTF-8, so it is tried before general guesses.
    """
    from bs4.dammit import UnicodeDammit

    named = [hint] if hint else []
    meta = _META_CHARSET.search(content[:4096])
    if meta:
        named.append(meta.group(1).decode("ascii"))
    if content.count(0) > len(content) // 50:
        return content.decode("latin-1"), "binary", False
    found = UnicodeDammit(
        content, known_definite_encodings=named, user_encodings=["windows-1257", "iso-8859-13"]
    )
    if found.unicode_markup is not None and found.original_encoding not in (None, "ascii", "utf-8"):
        return str(found.unicode_markup), str(found.original_encoding), False
    return content.decode("windows-1257", "replace"), "windows-1257", True


def _unmojibake(text: str) -> tuple[str, bool]:
    if not ("Ã" in text or "Ä" in text or "Å" in text) or len(_MOJIBAKE.findall(text, 0, _SAMPLE)) < 3:
        return text, False
    mended = _MOJIBAKE.sub(_mend, text)
    return mended, mended != text


def _mend(match: re.Match[str]) -> str:
    """One letter that was encoded twice; left as it is where it does not decode."""
    raw = bytearray()
    for character in match.group():
        if character <= "\xff":
            raw.append(ord(character))
        else:
            raw += character.encode("cp1252", "ignore")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return match.group()

"""HTTP heads (status or request line, headers) kept as the bytes that came over the wire."""

from __future__ import annotations

Fields = list[tuple[str, str]]


def split(block: bytes) -> tuple[bytes, bytes]:
    """Head (with the empty line that ends it) and body of an HTTP message; a lone head has body ``b""``."""
    crlf, lf = block.find(b"\r\n\r\n"), block.find(b"\n\n")
    if crlf >= 0 and (lf < 0 or crlf < lf):
        return block[: crlf + 4], block[crlf + 4 :]
    return (block[: lf + 2], block[lf + 2 :]) if lf >= 0 else (block, b"")


def fields(head: bytes) -> Fields:
    """Names and values in their order, folded lines joined (RFC 9112, 5.2); bytes read as Latin-1."""
    found: Fields = []
    for raw in head.split(b"\n")[1:]:  # not splitlines: its line ends are inside UTF-8 letters
        line = raw.decode("latin-1").rstrip("\r")
        if line[:1] in (" ", "\t") and found:
            found[-1] = (found[-1][0], f"{found[-1][1]} {line.strip()}")
        elif ":" in line:
            name, value = line.split(":", 1)
            found.append((name.strip(), value.strip()))
    return found


def get(head: bytes, name: str) -> str | None:
    """The header ``name`` in any case, several joined by commas (RFC 9110, 5.3); None where there is none."""
    values = [value for field, value in fields(head) if field.lower() == name.lower()]
    return ", ".join(values) if values else None


def status(head: bytes) -> int:
    """The status code of a response head; 0 where the first line has none."""
    words = head.split(b"\n", 1)[0].split(None, 2)
    return int(words[1]) if len(words) > 1 and words[1].isdigit() else 0


def codings(head: bytes, name: str = "content-encoding") -> list[str]:
    """Codings in the order they were applied, lower case, without ``identity``."""
    listed = (get(head, name) or "").lower().split(",")
    return [word.strip() for word in listed if word.strip() not in ("", "identity")]


def without_transfer_coding(head: bytes) -> bytes:
    """The head as an archive keeps it beside a body whose chunks are already joined.

    WARC's payload is the body without transfer coding (WARC 1.1, 5.10), and readers trust the header, so
    ``Transfer-Encoding`` becomes ``X-Orig-Transfer-Encoding`` (the name browser-based crawlers use); every
    other byte stays.
    """
    name = b"transfer-encoding:"
    lines = head.splitlines(keepends=True)
    return b"".join(b"X-Orig-" + line if line.lower().startswith(name) else line for line in lines)


def of_empty_body(head: bytes) -> bytes:
    """The head of an answer whose body is not kept (a redirect): no header speaks of the missing body."""
    names = (b"transfer-encoding:", b"content-encoding:", b"content-length:")
    lines = head.splitlines(keepends=True)
    return b"".join(b"X-Orig-" + line if line.lower().startswith(names) else line for line in lines)

"""Links that open a page and jump to words on it (Text Fragments, https://wicg.github.io/scroll-to-text-fragment/)."""

from __future__ import annotations

from urllib.parse import quote, urldefrag

_LONGEST = 80
_FEW = 4


def link(url: str, text: str, start: int, end: int) -> str:
    """The address that jumps to ``text[start:end]``; words beside it are added where it stands there twice.

    A browser takes what spans lines, or is long, by its first and last words.
    """
    words = text[start:end].strip()
    if not words:
        return url
    lines = words.split("\n")
    if len(lines) > 1 or len(words) > _LONGEST:
        first, last = _few(lines[0], slice(_FEW)), _few(lines[-1], slice(-_FEW, None))
        wanted = _quoted(first) if len(lines) == 1 and first == words else f"{_quoted(first)},{_quoted(last)}"
    else:
        wanted = _quoted(words)
    before = after = ""
    if text.find(words) != text.rfind(words):
        before = _few(text[:start][-200:].rpartition("\n")[2], slice(-_FEW, None))
        after = _few(text[end : end + 200].partition("\n")[0], slice(_FEW))
    prefix = f"{_quoted(before)}-," if before else ""
    suffix = f",-{_quoted(after)}" if after else ""
    return f"{urldefrag(url).url}#:~:text={prefix}{wanted}{suffix}"


def _few(words: str, which: slice) -> str:
    return " ".join(words.split()[which])


def _quoted(words: str) -> str:
    """A dash parts the pieces of a fragment, so one within words is quoted too."""
    return quote(words, safe="", errors="replace").replace("-", "%2D")

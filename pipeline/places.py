"""Where raw/ and output/ lie: a folder of this machine, or an address that fsspec knows (``s3://bucket/raw``)."""

from __future__ import annotations

import re
from pathlib import Path

_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://.+")
_FILE = "file://"


def place(text: str) -> Path | str:
    """A Path where it is a folder of this machine (``file:///srv/raw`` too), else the address."""
    if not is_address(text):
        return Path(text)
    if not text.startswith(_FILE):
        return text.rstrip("/")
    from urllib.parse import urlsplit
    from urllib.request import url2pathname

    return Path(url2pathname(urlsplit(text).path))


def is_address(text: str) -> bool:
    """Whether this is an address and no path. (Of one letter it is a drive of Windows.)"""
    return _ADDRESS.fullmatch(text) is not None

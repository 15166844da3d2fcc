"""Every word that a folder tells, however its files are written, and what of some secrets is among it."""

from __future__ import annotations

import re
import sqlite3
import unicodedata
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from html import unescape
from pathlib import Path
from urllib.parse import unquote

_INVISIBLE = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")
_QUOTED = re.compile("(?:%[0-9A-Fa-f]{2})+")
_BETWEEN_DIGITS = re.compile(r"(?<=\d)[\s().\-\u2010-\u2015/]+(?=\d)")


def plain(words: str) -> str:
    """Small letters without diacritics or anything unseen, digits together."""
    read = unescape(_QUOTED.sub(_unquoted, words))
    seen = unicodedata.normalize("NFKD", _INVISIBLE.sub("", read).casefold())
    # There are few marks, and many letters: to ask each of them takes as long as the runs themselves.
    for mark in filter(unicodedata.combining, set(seen)):
        seen = seen.replace(mark, "")
    return _BETWEEN_DIGITS.sub("", seen)


def _unquoted(match: re.Match[str]) -> str:
    return unquote(match[0])


def found(folders: Iterable[Path], secrets: Iterable[str]) -> list[str]:
    """Each secret that stands in a file of these folders, with its surroundings. ``secrets``: as ``plain``
    gives them."""
    wanted = re.compile("|".join(map(re.escape, secrets)))
    return [
        f"{path}: {' '.join(text[max(0, one.start() - 60) : one.end() + 40].split())}"
        for folder in folders
        for path in sorted(folder.rglob("*"))
        if path.is_file()
        for text in map(plain, (path.name, *_texts(path)))
        for one in wanted.finditer(text)
    ]


def _texts(path: Path) -> Iterator[str]:
    content = path.read_bytes()
    yield content.decode("utf-8", "replace")
    if path.suffix == ".sqlite":
        with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as database:
            tables = database.execute("SELECT name FROM sqlite_master WHERE type='table'").fetchall()
            for (name,) in tables:
                yield "\n".join(map(repr, database.execute(f'SELECT * FROM "{name}"')))  # noqa: S608
    elif path.suffix == ".parquet":
        from pyarrow import parquet

        yield str(parquet.read_table(path).to_pylist())
    elif zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as file:
            for name in file.namelist():
                yield file.read(name).decode("utf-8", "replace")
    else:
        try:
            yield zlib.decompress(content).decode("utf-8", "replace")
        except zlib.error:
            return

"""Which files an import takes, in which order, and what is known of their time."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from pipeline import file_dates
from pipeline.errors import UsageError

_PAGES = frozenset({".html", ".htm", ".xhtml", ".shtml", ".txt", ".md", ""})
_ARCHIVES = (".warc", ".warc.gz", ".wacz")
_SAVED_WITH_PAGE = ("_files", "_faili")  # folders that browsers put beside a page that they save
_NUMBER = re.compile(r"(\d+)")


class File(NamedTuple):
    """``captured_at``: what its name tells, None where it tells nothing."""

    path: Path
    captured_at: datetime | None


class Files(NamedTuple):
    """``passed_over``: how many files of folders are no pages by their names."""

    files: list[File]
    passed_over: int


def gather(paths: Iterable[Path], now: datetime) -> Files:
    """The files, and those in the folders among them, in the order given; a folder's by name, 2 before 10.

    Raises UsageError for one that does not exist.
    """
    files: list[File] = []
    passed_over = 0
    for path in paths:
        if not path.exists():
            raise UsageError(f"{path}: no such file or folder")
        if not path.is_dir():
            files.append(File(path, file_dates.read(Path(path.name), now)))
            continue
        for inside in _inside(path):
            if _is_page(inside):
                files.append(File(inside, file_dates.read(inside.relative_to(path), now)))
            else:
                passed_over += 1
    return Files(files, passed_over)


def _inside(folder: Path) -> Iterator[Path]:
    """Files in a folder and its folders, but for hidden ones and what was saved with a page."""
    for path in sorted(folder.iterdir(), key=_natural):
        if path.name.startswith(".") or path.is_symlink():
            continue
        if path.is_dir():
            if not path.name.endswith(_SAVED_WITH_PAGE):
                yield from _inside(path)
        else:
            yield path


def _natural(path: Path) -> list[tuple[int, int, str]]:
    """A key that sorts numbers in names by value."""
    parts = _NUMBER.split(path.name)
    return [(0, int(part), part) if part.isdecimal() and len(part) < 20 else (1, 0, part) for part in parts]


def _is_page(path: Path) -> bool:
    name = path.name.lower().removesuffix(".gz")
    suffix = Path(name).suffix
    is_dated = bool(suffix) and suffix[1:].replace("-", "").isdigit()  # page.html.2024-11-05
    return suffix in _PAGES or is_dated or path.name.lower().endswith(_ARCHIVES)

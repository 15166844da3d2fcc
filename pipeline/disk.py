"""How much room the folders take, and until when there is some."""

from __future__ import annotations

import os
import shutil
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from pipeline.drift import median

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

_FEWEST_SIZES = 5
_SHORTEST = timedelta(days=7)
_FAR = timedelta(days=100 * 365)
_DAY = 86_400


class Forecast(NamedTuple):
    """``growth``: bytes a day, None where too little is known. ``full_at``: when what is free will be used
    up at that pace; None where that is not known, or not within a hundred years."""

    growth: float | None
    full_at: datetime | None


def used(folder: Path) -> int:
    """Bytes of all files under a folder; what goes away meanwhile, or cannot be looked at, counts as none."""
    total, folders = 0, [os.fspath(folder)]
    while folders:
        try:
            with os.scandir(folders.pop()) as entries:
                for entry in entries:
                    if entry.is_dir(follow_symlinks=False):
                        folders.append(entry.path)
                    else:
                        total += entry.stat(follow_symlinks=False).st_size
        except OSError:
            continue
    return total


def device(folder: Path) -> int:
    """Which disk the folder is, or will be, on; 0 where nobody can tell."""
    for place in (folder, *folder.absolute().parents):
        try:
            return place.stat().st_dev
        except OSError:
            continue
    return 0


def free(folder: Path) -> int | None:
    """Bytes that may be written on the disk of the folder, there or not; None where nobody can tell."""
    for place in (folder, *folder.absolute().parents):
        try:
            return shutil.disk_usage(place).free
        except OSError:
            continue
    return None


def forecast(sizes: Sequence[tuple[datetime, int]], free_bytes: int | None) -> Forecast:
    """From moments and bytes, in order of time. The pace is the median of the paces between any two of
    them, so that one large import, or a folder made anew, does not count for more than a day."""
    if len(sizes) < _FEWEST_SIZES or sizes[-1][0] - sizes[0][0] < _SHORTEST:
        return Forecast(None, None)
    pace = median(_paces(sizes))
    if pace <= 0 or free_bytes is None:
        return Forecast(pace, None)
    left = free_bytes / pace
    return Forecast(pace, sizes[-1][0] + timedelta(days=left) if left < _FAR.days else None)


def _paces(points: Sequence[tuple[datetime, int]]) -> Iterable[float]:
    for place, (at, size) in enumerate(points):
        for later, larger in points[place + 1 :]:
            yield (larger - size) * _DAY / (later - at).total_seconds()

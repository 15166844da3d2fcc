"""The reports of a history: one for each moment at which something was seen to have changed.

Files are named by that moment and not by a run, so that they are the same whenever and however often they are
made: ``2025-04-01T0630.lv.html``. A report is made of its pages' changes and nothing
else: one that stands already is not made again, however long the history.
"""

from __future__ import annotations

import hashlib
from functools import partial
from typing import TYPE_CHECKING

from pipeline.formats import csv_lines
from pipeline.reports.data import as_json
from pipeline.reports.html import as_html
from pipeline.reports.markdown import as_markdown
from pipeline.reports.record import Report
from pipeline.schema import TABLES
from pipeline.staging import Made

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from pipeline.annals import Moment
    from pipeline.reports.told import Told

FOLDER = "reports"


def files(moments: Iterable[Moment], code: str) -> Iterator[Made]:
    """All reports. ``code``: a digest of the code that makes them."""
    for name, _, some in moments:
        key = hashlib.sha256("\n".join((code, *(one.digest for one in some))).encode()).hexdigest()[:16]
        for ending in _FORMATS:
            yield Made(f"{FOLDER}/{name}.{ending}", key, partial(_written, ending, some), apart=True)


def _written(ending: str, some: list[Told]) -> bytes:
    return _FORMATS[ending](some).encode()


def _report(some: list[Told]) -> Report:
    return Report([one.pair for one in some])


def _csv(some: list[Told]) -> str:
    return "".join(csv_lines(TABLES["changes"].columns, (row for one in some for row in one.rows())))


_FORMATS: dict[str, Callable[[list[Told]], str]] = {
    "lv.md": lambda some: as_markdown(_report(some), "lv") + "\n",
    "lv.html": lambda some: as_html(_report(some), "lv") + "\n",
    "en.md": lambda some: as_markdown(_report(some), "en") + "\n",
    "en.html": lambda some: as_html(_report(some), "en") + "\n",
    "json": lambda some: as_json(_report(some)) + "\n",
    "csv": _csv,
}

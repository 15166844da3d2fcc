"""``pasakumi diff``: what changed."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from functools import cache, partial
from typing import TYPE_CHECKING
from urllib.parse import quote

from pipeline.archive import Archive
from pipeline.changes.filters import Filter, matches
from pipeline.cli_common import configuration, dataset, write_csv
from pipeline.cli_points import (
    HistoryOf,
    Point,
    compare,
    file_point,
    is_file,
    last_two,
    looks_like_file,
    state_point,
)
from pipeline.errors import UsageError
from pipeline.formats import csv_lines
from pipeline.reports import Report
from pipeline.reports.data import rows
from pipeline.schema import TABLES
from pipeline.suggestion import did_you_mean
from pipeline.vocabulary import CHANGE_KINDS

if TYPE_CHECKING:
    from argparse import Namespace
    from pathlib import Path

    from pipeline.chronicle import Chronicle
    from pipeline.config import Config, Source
    from pipeline.reports.words import Copies
    from pipeline.state import Dataset

_CHANGED = 1


def run(options: Namespace) -> int:
    """Print the report; gives 1 with --exit-code where something changed. Raises UsageError, Failed."""
    wanted = _filter(options)
    report, texts = _report(options)
    copies = partial(_copy, texts)
    pairs = [
        pair._replace(items=[item for item in pair.items if matches(item.change, wanted)])
        for pair in report.pairs
    ]
    report = Report(pairs)
    if options.format == "csv":
        write_csv(csv_lines(TABLES["changes"].columns, rows(report)))
    else:
        print(_written(report, options.format, options.language, copies))
    return _CHANGED if options.exit_code and report.changes else 0


def _report(options: Namespace) -> tuple[Report, Path | None]:
    """The report, and the folder with the texts of captures where captures are compared."""
    words = [word for word in (options.a, options.b) if word is not None]
    if len(words) == 2 and all(map(_means_file, words)):
        return compare(*map(file_point, words)), None
    config = configuration(options)
    texts = config.output / "text"
    if not words:
        return last_two(map(_histories(config), config.sources)), texts
    history = dataset(config)
    reader = cache(partial(_histories, config))  # not asked for where captures are compared

    def known(source: Source) -> Chronicle:
        return reader()(source)

    return compare(*(_point(word, history, known) for word in (*words, "now")[:2])), texts


def _histories(config: Config) -> HistoryOf:
    from pipeline.run_build import history_reader

    return history_reader(config, Archive(config.raw))


def _copy(texts: Path | None, capture: str) -> str | None:
    """The address of a capture's text, seen from the folder where the command runs."""
    path = texts / f"{capture}.txt" if texts else None
    return quote(path.as_posix()) if path and path.is_file() else None


def _point(word: str, history: Dataset, known: HistoryOf) -> Point:
    return file_point(word) if _means_file(word) else state_point(word, history, known)


def _means_file(word: str) -> bool:
    return is_file(word) or looks_like_file(word)


def _written(report: Report, form: str, language: str, copies: Copies) -> str:
    if form == "md":
        from pipeline.reports.markdown import as_markdown

        return as_markdown(report, language, copies)
    if form == "html":
        from pipeline.reports.html import as_html

        return as_html(report, language, copies)
    from pipeline.reports.data import as_json

    return as_json(report)


def _filter(options: Namespace) -> Filter:
    kinds = [kind.strip() for kind in (options.only or "").split(",") if kind.strip()]
    for kind in kinds:
        if kind not in CHANGE_KINDS:
            raise UsageError(f"diff --only: no kind of change {kind!r}; {did_you_mean(kind, CHANGE_KINDS)}")
    days = _number("--min-days", options.min_days)
    return Filter(
        frozenset(kinds),
        tuple(options.measure or ()),
        _number("--min-eur", options.min_eur),
        None if days is None else int(days),
    )


def _number(option: str, text: str | None) -> Decimal | None:
    if text is None:
        return None
    try:
        value = Decimal(text.replace("_", "").replace(" ", ""))
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite() or value < 0:
        raise UsageError(f"diff {option} {text}: expected a number ≥ 0")
    return value

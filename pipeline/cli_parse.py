"""``pasakumi parse``: one page, to standard output."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from parsers.page import parse_page
from pipeline import files
from pipeline.cli_common import show, table, write_csv
from pipeline.errors import Failed

if TYPE_CHECKING:
    from argparse import Namespace

    from parsers.records import Page

_OF_CAPTURES = frozenset({"source", "canonical", "capture", "captured_at"})


def run(options: Namespace) -> int:
    """Print the page. Raises UsageError for a file that is not there, Failed for one that is no text."""
    content = files.read(options.file)
    page = parse_page(content, options.url)
    if page.media == "empty":
        raise Failed(f"{_name(options.file)}: the file is empty; expected a page, HTML or text")
    if page.media == "binary":
        raise Failed(
            f"{_name(options.file)}: no text (an image, an archive or the like); expected HTML or text"
        )
    if options.format == "json":
        from pipeline.json_text import dumps
        from pipeline.page_json import page_json

        sha256 = hashlib.sha256(content).hexdigest()
        print(dumps(page_json(page, sha256=sha256, text=options.text)))
    elif options.format == "csv":
        _csv(page)
    else:
        show(*_table(page))
        if options.text:
            show("", *page.text.split("\n"))
    return 0


def _name(file: str) -> str:
    return "standard input" if file == "-" else file


def _csv(page: Page) -> None:
    from pipeline.formats import csv_lines
    from pipeline.rows import page_rows
    from pipeline.schema import TABLES

    rows = page_rows("", "", None, page.url or "", page)["measures"]
    columns = TABLES["measures"].columns
    kept = [place for place, column in enumerate(columns) if column.name not in _OF_CAPTURES]
    chosen = (tuple(row[place] for place in kept) for row in rows)
    write_csv(csv_lines([columns[place] for place in kept], chosen))


def _table(page: Page) -> list[str]:
    from pipeline.cli_words import found, measure_lines

    if not page.measures:
        return [f"No measure on this page; {found(page.findings)}."]
    return [
        *table(("measure", "EU funding", "selection", "title"), measure_lines(page)),
        "",
        f"{found(page.findings).capitalize()}.",
    ]

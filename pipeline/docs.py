"""The pages of docs/ that are made from the code: ``python -m pipeline.docs [--check]``.

``--check`` writes nothing and exits 1 where a page is not what the code says.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from parsers.findings import ASSUMPTIONS, REGISTRY
from pipeline.schema import DECIMAL, DECIMAL_PRECISION, DECIMAL_SCALE, SCHEMA_VERSION, TABLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pipeline.schema import Column, ForeignKey, Table

FOLDER = Path(__file__).parent.parent / "docs"
_GENERATED = "<!-- Made by `make docs` from {origin}: edit that, not this. -->"


def data_dictionary() -> str:
    """All tables and columns, in English and Latvian, as Markdown."""
    lines = [
        "# Data dictionary",
        "",
        _GENERATED.format(origin="pipeline/schema.py"),
        "",
        f"Schema version {SCHEMA_VERSION}. Columns are added, never renamed.",
        "",
        "Each table is `output/tables/NAME.csv` and `NAME.parquet`.",
        "CSV: UTF-8, RFC 4180, header, `\\n`, ISO dates, nothing for unknown. Values are those of the page,",
        "also where one begins with `=`: for a spreadsheet, which would take it for a formula, there is the",
        "workbook. A cell of several lines stands in quotation marks.",
        "Parquet: typed as below, times in UTC, zstd.",
        "",
        "**Bold** columns are never empty; 🔑 marks the key.",
    ]
    for table in TABLES.values():
        lines += ["", *_table(table)]
    return "\n".join(lines) + "\n"


def findings() -> str:
    """All kinds of finding and all assumptions, as Markdown."""
    kinds = (
        (f"`{code}`", kind.severity, kind.explanation, kind.message, kind.message_lv)
        for code, kind in sorted(REGISTRY.items())
    )
    assumptions = ((f"`{key}`", english, latvian) for key, (english, latvian) in sorted(ASSUMPTIONS.items()))
    lines = [
        "# Findings",
        "",
        _GENERATED.format(origin="parsers/findings.py"),
        "",
        "What looks wrong, contradictory or unknown on a page, or had to be assumed to read it,",
        "is a row of the table `findings`. Words in braces stand for what the page says.",
        "",
        *_grid(("Code", "Severity", "What it means", "Message", "Ziņojums"), kinds),
        "",
        "## Assumptions",
        "",
        "What `assumed` may say of a value:",
        "",
        *_grid(("Key", "In English", "Latviski"), assumptions),
    ]
    return "\n".join(lines) + "\n"


def pages() -> dict[str, str]:
    """The generated pages by file name."""
    return {"data-dictionary.md": data_dictionary(), "findings.md": findings()}


def main(arguments: Sequence[str]) -> int:
    """Write the pages, or with ``--check`` name those that are out of date; gives the exit code."""
    if arguments not in ([], ["--check"]):
        print("usage: python -m pipeline.docs [--check]", file=sys.stderr)
        return 2
    stale = [name for name, text in pages().items() if _read(FOLDER / name) != text]
    if not arguments:
        for name in stale:
            (FOLDER / name).write_text(pages()[name], encoding="utf-8", newline="\n")
        return 0
    for name in stale:
        print(f"docs/{name}: out of date, `make docs` writes it anew", file=sys.stderr)
    return 1 if stale else 0


def _table(table: Table) -> list[str]:
    lines = [f"## {table.name}", "", f"{table.en}.", f"*{table.lv}.*", ""]
    header = ("Column", "Type", "Values", "Description", "Apraksts")
    lines += _grid(header, (_column(column, table) for column in table.columns))
    if table.foreign_keys:
        lines += ["", *(_relation(key) for key in table.foreign_keys)]
    return lines


def _column(column: Column, table: Table) -> tuple[str, ...]:
    name = f"**{column.name}**" if column.required else column.name
    return (
        f"{name} 🔑" if column.name in table.key else name,
        _type(column),
        _values(column),
        column.en,
        column.lv,
    )


def _type(column: Column) -> str:
    name = f"decimal({DECIMAL_PRECISION}, {DECIMAL_SCALE})" if column.type == DECIMAL else column.type
    return f"{name}, {column.unit}" if column.unit else name


def _values(column: Column) -> str:
    if column.enum:
        return " · ".join(f"`{word}`" for word in column.enum)
    if column.pattern:
        return f"`{column.pattern}`"
    return "" if column.minimum is None else f"≥ {column.minimum}"


def _relation(key: ForeignKey) -> str:
    columns = ", ".join(f"`{column}`" for column in key.columns)
    where = f" where `{key.columns[-1]}` is given" if key.optional else ""
    return f"({columns}) names a row of [{key.table}](#{key.table}){where}."


def _grid(header: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """A Markdown table."""
    lines = [header, ["---"] * len(header), *rows]
    return [f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |" for line in lines]


def _read(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.is_file() else None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

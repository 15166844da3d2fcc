"""Which files are published as what: their media types, and what people call them."""

from __future__ import annotations

from typing import NamedTuple

from pipeline.headings import Words


class Format(NamedTuple):
    """``media_type`` as registered with IANA; ``file_type``: its code in the EU's list of file types."""

    media_type: str
    words: Words
    file_type: str | None = None


FORMATS = {
    "csv": Format("text/csv", Words("CSV", "CSV"), "CSV"),
    "parquet": Format("application/vnd.apache.parquet", Words("Parquet", "Parquet"), "PARQUET"),
    "sqlite": Format("application/vnd.sqlite3", Words("SQLite database", "SQLite datubāze")),
    "xlsx": Format(
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        Words("Excel workbook", "Excel darbgrāmata"),
        "XLSX",
    ),
    "json": Format(
        "application/json", Words("Data Package of the CSV files", "CSV failu datu pakotne"), "JSON"
    ),
    "xml": Format("application/atom+xml", Words("Atom feed", "Atom plūsma"), "ATOM"),
}


def format_of(name: str) -> Format:
    """The format of a published file, by how its name ends."""
    return FORMATS[name.rpartition(".")[2]]

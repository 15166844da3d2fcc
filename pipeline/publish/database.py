"""``pasakumi.sqlite``: the tables under their names, with keys, relations, indexes, text search and views.

Euro columns are NUMERIC: whole amounts are stored as integers, others as the nearest binary number, and
beside each stands the same amount in ten-thousandths of a euro (``…_e4``), a whole number, which adds up
exactly and from which the decimal comes back digit by digit. The same rows give the same bytes under the same
release of SQLite.
"""

from __future__ import annotations

import sqlite3
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Self

from pipeline import schema
from pipeline.publish.about import DESCRIPTION, TITLE, About
from pipeline.publish.views import EXACT, VIEWS
from pipeline.schema import SCHEMA_VERSION, TABLES
from pipeline.sqlite_errors import as_os_errors

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from types import TracebackType

    from pipeline.rows import Row
    from pipeline.schema import Column, ForeignKey, Table

FILE_NAME = "pasakumi.sqlite"
SEARCHED = ("title", "objective")
SEARCH = "measures_fts"
PAGES = ("id", "title", "url", "publisher", "topic", "language", "licence", "capture", "captured_at")
_BATCH = 1000
_TYPES = {
    schema.STRING: "TEXT",
    schema.INTEGER: "INTEGER",
    schema.DECIMAL: f"NUMERIC({schema.DECIMAL_PRECISION}, {schema.DECIMAL_SCALE})",
    schema.DATE: "DATE",
    schema.DATETIME: "DATETIME",
    schema.BOOLEAN: "BOOLEAN",
}
# What people filter and join by, beyond the keys.
_INDEXES = {
    "measures": (("measure_id",), ("theme",), ("eu_funding_eur",)),
    "funding": (("fund",),),
    "milestones": (("kind", "start_date"), ("start_date",)),
    "applicants": (("applicant_type",),),
    "narrative": (("source", "measure_id"),),
    "findings": (("code",), ("source", "measure_id")),
    "provenance": (("source", "measure_id", "table", "field"),),
    "changes": (("observed_at",), ("kind", "delta_days"), ("source", "measure_id")),
    "measure_versions": (("measure_id", "valid_from"),),
}


class Database:
    """Takes the rows of all tables, in any order, and is a whole file once :meth:`finish` returned.

    ``path`` must not exist. Raises OSError, also for what SQLite has to complain of.
    """

    def __init__(self, path: Path, about: About) -> None:
        self._about = about
        with as_os_errors(FILE_NAME):
            self._connection = sqlite3.connect(path, isolation_level=None)
            # Nobody sees the file before it is whole and flushed, so no journal is needed.
            for pragma in ("journal_mode = OFF", "synchronous = OFF", "encoding = 'UTF-8'"):
                self._connection.execute(f"PRAGMA {pragma}")
            self._connection.execute("BEGIN")
            self._describe()
            self._writers = {name: _Inserter(self._connection, table) for name, table in TABLES.items()}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connection.close()

    def add(self, table: str, row: Row) -> None:
        """A row in the order of the schema's columns."""
        self._writers[table].add(row)

    def finish(self) -> None:
        """What needs all rows: indexes, search, views."""
        for writer in self._writers.values():
            writer.flush()
        with as_os_errors(FILE_NAME):
            for statement in _afterwards():
                self._connection.execute(statement)
            self._connection.execute("COMMIT")
            self._connection.close()

    def _describe(self) -> None:
        """What the database says of itself: the pages and the facts that hold for all of them."""
        about = self._about
        execute = self._connection.execute
        major, minor = SCHEMA_VERSION.split(".")
        execute(f"PRAGMA user_version = {int(major) * 1000 + int(minor)}")
        execute("CREATE TABLE about (name TEXT NOT NULL PRIMARY KEY, value TEXT)")
        facts = {
            "title_lv": TITLE["lv"],
            "title_en": TITLE["en"],
            "description_lv": DESCRIPTION["lv"],
            "description_en": DESCRIPTION["en"],
            "schema_version": SCHEMA_VERSION,
            "as_of": about.as_of_text,
            "licence": about.licence,
            "contact": about.contact or None,
        }
        self._connection.executemany("INSERT INTO about VALUES (?, ?)", facts.items())
        columns = ", ".join(f"{_name(one)} {_PAGE_TYPES.get(one, 'TEXT')}" for one in PAGES)
        execute(f"CREATE TABLE sources ({columns}, PRIMARY KEY (id))")
        values = ", ".join("?" * len(PAGES))
        for page in about.pages:
            cells = [getattr(page, one) for one in PAGES]
            execute(f"INSERT INTO sources VALUES ({values})", [_plain(cell) for cell in cells])  # noqa: S608 - names of the schema


_PAGE_TYPES = {
    "id": "TEXT NOT NULL",
    "title": "TEXT NOT NULL",
    "url": "TEXT NOT NULL",
    "captured_at": "DATETIME",
}


class _Inserter:
    """Puts rows into one table, many at a time."""

    def __init__(self, connection: sqlite3.Connection, table: Table) -> None:
        connection.execute(_create(table))
        self._connection = connection
        self._rows: list[list[Any]] = []
        self._converted = [
            (place, _CONVERSIONS[column.type])
            for place, column in enumerate(table.columns)
            if column.type in _CONVERSIONS
        ]
        self._exact = [place for place, column in enumerate(table.columns) if column.unit == schema.EURO]
        values = ", ".join("?" * (len(table.columns) + len(self._exact)))
        self._insert = f"INSERT INTO {_name(table.name)} VALUES ({values})"  # noqa: S608 - names of the schema

    def add(self, row: Row) -> None:
        cells: list[Any] = list(row)
        for place in self._exact:
            amount = row[place]
            cells.append(int(amount.scaleb(4)) if isinstance(amount, Decimal) else None)
        for place, convert in self._converted:
            if cells[place] is not None:
                cells[place] = convert(cells[place])
        self._rows.append(cells)
        if len(self._rows) == _BATCH:
            self.flush()

    def flush(self) -> None:
        with as_os_errors(FILE_NAME):
            self._connection.executemany(self._insert, self._rows)
        self._rows.clear()


def exact_columns(table: Table) -> dict[str, Column]:
    """The columns that the database adds to a table, with the ones whose amounts they hold."""
    return {f"{column.name}{EXACT}": column for column in table.columns if column.unit == schema.EURO}


def _create(table: Table) -> str:
    lines = [
        f"{_name(column.name)} {_TYPES[column.type]}{' NOT NULL' if column.required else ''}"
        for column in table.columns
    ]
    lines += [f"{_name(name)} INTEGER" for name in exact_columns(table)]
    if table.key:
        lines.append(f"PRIMARY KEY ({_names(table.key)})")
    lines += [_reference(key) for key in table.foreign_keys]
    lines.append("FOREIGN KEY (source) REFERENCES sources (id)")
    return f"CREATE TABLE {_name(table.name)} (\n    " + ",\n    ".join(lines) + "\n)"


def _reference(key: ForeignKey) -> str:
    return f"FOREIGN KEY ({_names(key.columns)}) REFERENCES {_name(key.table)} ({_names(key.references)})"


def _afterwards() -> Iterator[str]:
    for table, indexes in _INDEXES.items():
        for columns in indexes:
            index = _name("_".join((table, "by", *columns)))
            yield f"CREATE INDEX {index} ON {_name(table)} ({_names(columns)})"
    # The text is kept once, in the table; datasette finds the search by this way of writing "content".
    yield (
        f'CREATE VIRTUAL TABLE {SEARCH} USING fts5({", ".join(SEARCHED)}, content="measures", '
        "tokenize='unicode61 remove_diacritics 2', prefix='3 5')"
    )
    yield f"INSERT INTO {SEARCH} ({SEARCH}) VALUES ('rebuild')"  # noqa: S608 - a name of this module
    yield f"INSERT INTO {SEARCH} ({SEARCH}) VALUES ('optimize')"  # noqa: S608 - names of the schema
    for view in VIEWS:
        yield f"CREATE VIEW {view.name} AS {view.query}"


def _number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


def _moment(value: datetime) -> str:
    return value.astimezone(UTC).isoformat().replace("+00:00", "Z")


_CONVERSIONS: dict[str, Callable[[Any], object]] = {
    schema.DECIMAL: _number,
    schema.DATE: date.isoformat,
    schema.DATETIME: _moment,
    schema.BOOLEAN: int,
}


def _plain(value: object) -> object:
    return _moment(value) if isinstance(value, datetime) else value or None


def _name(word: str) -> str:
    return f'"{word}"'


def _names(words: tuple[str, ...]) -> str:
    return ", ".join(map(_name, words))

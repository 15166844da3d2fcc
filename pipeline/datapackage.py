"""``datapackage.json``: the CSV files described as a Data Package (https://datapackage.org, version 2).

All that a column promises is a constraint there: type, required cells, vocabulary, pattern, key, relation.
It holds no time of building: the same tables give the same bytes.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Protocol

from pipeline import schema
from pipeline.schema import SCHEMA_VERSION, TABLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pipeline.schema import Column, ForeignKey, Table
    from pipeline.staging import Digest

FILE_NAME = "datapackage.json"
_PROFILES = "https://datapackage.org/profiles/2.0"
_TYPES = {
    schema.STRING: "string",
    schema.INTEGER: "integer",
    schema.DECIMAL: "number",
    schema.DATE: "date",
    schema.DATETIME: "datetime",
    schema.BOOLEAN: "boolean",
}


class Source(Protocol):
    """Where the data come from (:class:`pipeline.config.Source`)."""

    @property
    def url(self) -> str: ...
    @property
    def publisher(self) -> str: ...
    @property
    def licence(self) -> str: ...


def descriptor(sources: Iterable[Source], files: Mapping[str, Digest]) -> dict[str, Any]:
    """The package of the tables whose CSV files, by the name of the table, are ``files``."""
    sources = list(sources)
    licences = dict.fromkeys(source.licence for source in sources if source.licence)
    package: dict[str, Any] = {
        "$schema": f"{_PROFILES}/datapackage.json",
        "name": "pasakumi",
        "title": "EU-fund support measures of Latvian state bodies",
        "description": (
            "What Latvian state bodies publish about their EU-fund support measures: money, applicants, "
            "schedules, documents, and where each value stands on its page. Amounts are exact euro; dates "
            "are inclusive; times are UTC; an empty cell is unknown."
        ),
        "schema_version": SCHEMA_VERSION,
        "keywords": ["EU funds", "ES fondi", "Latvia", "open data"],
    }
    if licences:
        package["licenses"] = [_licence(licence) for licence in licences]
    if sources:
        package["sources"] = [{"title": one.publisher or one.url, "path": one.url} for one in sources]
    package["resources"] = [_resource(TABLES[name], digest) for name, digest in files.items()]
    return package


def _licence(words: str) -> dict[str, str]:
    """A licence as configured: an address, a name such as CC-BY-4.0, or words."""
    if re.match("https?://", words):
        return {"path": words}
    name = re.sub("[^-a-zA-Z0-9._]+", "-", words)
    return {"name": name} if name == words else {"name": name, "title": words}


def _resource(table: Table, digest: Digest) -> dict[str, Any]:
    return {
        "name": table.name,
        "type": "table",
        "title": table.en,
        "description": table.lv,
        "path": f"tables/{table.name}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": digest.size,
        "hash": f"sha256:{digest.sha256}",
        "schema": _schema(table),
    }


def _schema(table: Table) -> dict[str, Any]:
    described: dict[str, Any] = {
        "$schema": f"{_PROFILES}/tableschema.json",
        "fields": [_field(column) for column in table.columns],
        "missingValues": [""],
    }
    if table.key:
        described["primaryKey"] = list(table.key)
    relations = [_relation(key) for key in table.foreign_keys if not key.optional]
    if relations:
        described["foreignKeys"] = relations
    return described


def _field(column: Column) -> dict[str, Any]:
    field: dict[str, Any] = {
        "name": column.name,
        "type": _TYPES[column.type],
        "description": f"{column.en} / {column.lv}",
    }
    if column.unit:
        field["unit"] = column.unit
    constraints: dict[str, Any] = {
        "required": column.required or None,
        "enum": list(column.enum) or None,
        "pattern": column.pattern,
        "minimum": column.minimum,
    }
    present = {name: value for name, value in constraints.items() if value is not None}
    return field | ({"constraints": present} if present else {})


def _relation(key: ForeignKey) -> dict[str, Any]:
    return {
        "fields": list(key.columns),
        "reference": {"resource": key.table, "fields": list(key.references)},
    }

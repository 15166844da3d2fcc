"""``datapackage.json``: the CSV files described as a Data Package (https://datapackage.org, version 2).

All that a column promises is a constraint there: type, required cells, vocabulary, pattern, key, relation.
It holds no time of building: the same tables give the same bytes.
"""

from __future__ import annotations

import re
from datetime import UTC
from typing import TYPE_CHECKING, Any

from pipeline import schema
from pipeline.headings import TABLE_NAMES, heading
from pipeline.publish.about import DESCRIPTION, KEYWORDS, TITLE
from pipeline.schema import SCHEMA_VERSION, TABLES

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from pipeline.manifest import Digest
    from pipeline.publish.about import About, Page
    from pipeline.schema import Column, ForeignKey, Table

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


def descriptor(about: About, files: Mapping[str, Digest]) -> dict[str, Any]:
    """The package of the tables whose CSV files, by the name of the table, are ``files``."""
    package: dict[str, Any] = {
        "$schema": f"{_PROFILES}/datapackage.json",
        "name": "pasakumi",
        "title": _both(TITLE),
        "description": _both(DESCRIPTION),
        "version": about.version,
        "schema_version": SCHEMA_VERSION,
        "created": about.as_of_text,
        "keywords": [*KEYWORDS["lv"], *KEYWORDS["en"]],
        "licenses": [_licence(licence) for licence in about.licences],
        "sources": [_source(page) for page in about.pages],
        "contributors": _contributors(about),
    }
    present = {name: value for name, value in package.items() if value}
    return present | {"resources": [_resource(TABLES[name], digest) for name, digest in files.items()]}


def _both(words: Mapping[str, str]) -> str:
    return f"{words['en']} / {words['lv']}"


def _source(page: Page) -> dict[str, Any]:
    """A page, with what of it is published: its capture, and under which licence its words are."""
    known = {
        "title": page.name,
        "path": page.url,
        "name": page.id,
        "licence": page.licence,
        "capture": page.capture,
        "captured_at": page.captured_at and _utc(page.captured_at),
    }
    return {name: value for name, value in known.items() if value}


def _contributors(about: About) -> list[dict[str, Any]]:
    """Whose words they are, and whoever made tables of them."""
    creators = [{"title": name, "roles": ["creator"]} for name in about.publishers]
    if not about.contact:
        return creators
    known = {"title": about.contact, "email": about.mailbox, "path": about.homepage}
    wrangler = {name: value for name, value in known.items() if value}
    return [*creators, wrangler | {"roles": ["publisher", "wrangler"]}]


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


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
        "title": f"{TABLE_NAMES[table.name].en} / {TABLE_NAMES[table.name].lv}",
        "description": f"{table.en} / {table.lv}",
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
        "fields": [_field(table, column) for column in table.columns],
        "missingValues": [""],
    }
    if table.key:
        described["primaryKey"] = list(table.key)
    relations = [_relation(key) for key in table.foreign_keys if not key.optional]
    if relations:
        described["foreignKeys"] = relations
    return described


def _field(table: Table, column: Column) -> dict[str, Any]:
    field: dict[str, Any] = {
        "name": column.name,
        "type": _TYPES[column.type],
        "title": "{0.en} / {0.lv}".format(heading(table.name, column.name)),
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

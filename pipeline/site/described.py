"""What the dataset is, for people who cite it and for machines that look for it (schema.org)."""

from __future__ import annotations

import json
from datetime import UTC
from typing import TYPE_CHECKING, Any

from pipeline.changes.figures import moment
from pipeline.printable import printable
from pipeline.schema import TABLES
from pipeline.site.render import trusted
from pipeline.site.words import WORDS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from markupsafe import Markup

    from pipeline.site.facts import Facts

# Files that hold all tables, and the feeds: what the page of downloads says of them, Latvian and English.
FILES = {
    "pasakumi.xlsx": ("darbgrāmata: visas tabulas un paskaidrojumi", "workbook: all tables, explained"),
    "pasakumi.sqlite": (
        "SQLite datubāze ar skatiem un pilna teksta meklēšanu",
        "SQLite database with views and full-text search",
    ),
    "datapackage.json": ("tabulu apraksts (Data Package)", "description of the tables (Data Package)"),
    "catalog.jsonld": ("kataloga ieraksts (DCAT-AP)", "catalogue record (DCAT-AP)"),
    "feed.xml": ("izmaiņu plūsma latviski (Atom)", "feed of changes in Latvian (Atom)"),
    "feed.en.xml": ("izmaiņu plūsma angliski (Atom)", "feed of changes in English (Atom)"),
    "SHA256SUMS": ("failu kontrolsummas", "checksums of the files"),
}
_MEDIA = {".csv": "text/csv", ".parquet": "application/vnd.apache.parquet"}


def citation(facts: Facts, language: str) -> str:
    """How to name the dataset: publishers, title, the day it is of."""
    publishers = ", ".join(_publishers(facts))
    day = ""
    if facts.as_of:
        day = moment(f"{facts.as_of.astimezone(UTC):%Y-%m-%d}", language)
    parts = (publishers, WORDS[language]["site"], f"pasakumi, {day}" if day else "pasakumi")
    return ". ".join(part for part in parts if part) + "."


def json_ld(facts: Facts, language: str, data: Mapping[str, int], top: str) -> Markup:
    """A schema.org Dataset to be embedded in a page: nothing in it can end the element that it stands in.

    ``top``: from the page to the folder that data/ is in.
    """
    told: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": WORDS[language]["site"],
        "description": WORDS[language]["lede"],
        "inLanguage": ["lv", "en"],
        "creator": [{"@type": "GovernmentOrganization", "name": one} for one in _publishers(facts)],
        "isBasedOn": [seen.source.url for seen in facts.sources],
        "license": sorted({seen.source.licence for seen in facts.sources if seen.source.licence}),
        "distribution": [
            {
                "@type": "DataDownload",
                "encodingFormat": media,
                "name": file.rpartition("/")[2],
                "contentUrl": f"{top}data/{file}",
            }
            for table in TABLES
            for ending, media in _MEDIA.items()
            if (file := f"tables/{table}{ending}") in data
        ],
    }
    if facts.as_of:
        told["dateModified"] = f"{facts.as_of.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
    told = {key: value for key, value in told.items() if value}
    text = json.dumps(told, ensure_ascii=False, indent=1)
    for sign in "<>&":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return trusted("\n".join(map(printable, text.split("\n"))))


def _publishers(facts: Facts) -> list[str]:
    named = (seen.source.publisher for seen in facts.sources)
    return list(dict.fromkeys(one for one in named if one))

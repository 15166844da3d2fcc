"""The dataset as search engines read it: a ``Dataset`` of schema.org, in a file and within a page. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pipeline.headings import heading
from pipeline.publish.about import DESCRIPTION, KEYWORDS, TITLE, citation
from pipeline.publish.catalog import WHOLE
from pipeline.publish.media import format_of
from pipeline.publish.rdf import iri
from pipeline.schema import TABLES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pipeline.manifest import Digest
    from pipeline.publish.about import About

FILE_NAME = "schema.jsonld"


def dataset(
    about: About, digests: Mapping[str, Digest] | None = None, language: str = "lv", base: str = ""
) -> dict[str, Any]:
    """The dataset in words of ``language`` ("lv" or "en").

    ``digests``: size and digest of its files, by their names under output/; None: all of them, without
    either. ``base`` leads there from where this will stand, such as ``../``. To put it into HTML write it
    with :func:`pipeline.publish.rdf.embedded`.
    """
    other = "en" if language == "lv" else "lv"
    files = (
        *WHOLE,
        *(f"tables/{name}.csv" for name in TABLES),
        *(f"tables/{name}.parquet" for name in TABLES),
    )
    told: dict[str, Any] = {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "name": TITLE[language],
        "alternateName": TITLE[other],
        "description": DESCRIPTION[language],
        "inLanguage": list(dict.fromkeys(page.language for page in about.pages)),
        "keywords": list(KEYWORDS[language]),
        "version": about.version,
        "dateModified": about.as_of_text,
        "temporalCoverage": "/".join(day.isoformat() for day in about.days) if about.days else None,
        "spatialCoverage": {"@type": "Place", "name": "Latvija" if language == "lv" else "Latvia"},
        "isAccessibleForFree": True,
        "license": about.licence or about.licences,
        "creator": [{"@type": "Organization", "name": name} for name in about.publishers],
        "publisher": _publisher(about),
        "isBasedOn": [page.url for page in about.pages],
        "citation": citation(about, language),
        "variableMeasured": [
            {"@type": "PropertyValue", "name": column.name, "description": getattr(column, language)}
            | ({"unitText": column.unit} if column.unit else {})
            | {"alternateName": getattr(heading("measures", column.name), language)}
            for column in TABLES["measures"].columns
        ],
        "distribution": [
            _download(name, (digests or {}).get(name), base)
            for name in files
            if digests is None or name in digests
        ],
    }
    return {name: value for name, value in told.items() if value}


def _publisher(about: About) -> dict[str, Any]:
    known = {"name": about.contact, "email": about.mailbox, "url": about.homepage}
    told = {name: value for name, value in known.items() if value}
    return {"@type": "Organization"} | told if told else {}


def _download(name: str, digest: Digest | None, base: str) -> dict[str, Any]:
    known = {"contentSize": f"{digest.size} B", "sha256": digest.sha256} if digest else {}
    return {
        "@type": "DataDownload",
        "name": name,
        "contentUrl": iri(base + name),
        "encodingFormat": format_of(name).media_type,
    } | known

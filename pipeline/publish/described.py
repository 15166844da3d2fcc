"""The files that describe all others, made of their sizes and digests. Pure.

``SHA256SUMS`` comes last and names everything that is published in the same step. Files that a later step
adds, such as a site built on its own, are not in it.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from pipeline import datapackage
from pipeline.publish import catalog, datasette, rdf, schema_org
from pipeline.schema import TABLES
from pipeline.staging import Digest

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pipeline.publish.about import About

CATALOGS = ("catalog.jsonld", "catalog.ttl")
CHECKSUMS = "SHA256SUMS"


def files(about: About, digests: Mapping[str, Digest]) -> dict[str, bytes]:
    """Contents by name under output/. ``digests``: of all that is published beside them, by name."""
    tables = {name: digests[f"tables/{name}.csv"] for name in TABLES}
    written = {
        datapackage.FILE_NAME: as_json(datapackage.descriptor(about, tables)),
        datasette.FILE_NAME: as_json(datasette.metadata(about)),
    }
    known = {**digests, **_digests(written)}
    nodes = catalog.graph(about, known)
    written |= {
        CATALOGS[0]: as_json(rdf.json_ld(nodes)),
        CATALOGS[1]: rdf.turtle(nodes).encode(),
        schema_org.FILE_NAME: (rdf.embedded(schema_org.dataset(about, known)) + "\n").encode(),
    }
    return written | {CHECKSUMS: checksums({**digests, **_digests(written)})}


def as_json(content: object) -> bytes:
    """JSON as people read it, in UTF-8."""
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()


def checksums(digests: Mapping[str, Digest]) -> bytes:
    """Lines as ``sha256sum --check`` reads them, in the order of the names."""
    return "".join(f"{digest.sha256}  {name}\n" for name, digest in sorted(digests.items())).encode()


def _digests(contents: Mapping[str, bytes]) -> dict[str, Digest]:
    return {
        name: Digest(len(content), hashlib.sha256(content).hexdigest()) for name, content in contents.items()
    }

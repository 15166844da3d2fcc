"""The files that describe all others, made of their sizes and digests. Pure.

``SHA256SUMS`` comes last (see ``checksums``) and names everything that is published in the same step. Files
that a later step adds, such as a site built on its own, are not in it.
"""

from __future__ import annotations

import hashlib
import json
from collections import ChainMap
from typing import TYPE_CHECKING, cast

from pipeline import datapackage
from pipeline.manifest import Digest
from pipeline.publish import catalog, datasette, rdf, schema_org
from pipeline.schema import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, MutableMapping

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
    known = ChainMap(_digests(written), cast("MutableMapping[str, Digest]", digests))
    nodes = catalog.graph(about, known)
    return written | {
        CATALOGS[0]: as_json(rdf.json_ld(nodes)),
        CATALOGS[1]: rdf.turtle(nodes).encode(),
        schema_org.FILE_NAME: (rdf.embedded(schema_org.dataset(about, known)) + "\n").encode(),
    }


def as_json(content: object) -> bytes:
    """JSON as people read it, in UTF-8."""
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()


def checksums(digests: Iterable[tuple[str, Digest]]) -> Iterator[bytes]:
    """Lines as ``sha256sum --check`` reads them; in the order of the names, if ``digests`` are so."""
    return (f"{digest.sha256}  {name}\n".encode() for name, digest in digests)


def _digests(contents: Mapping[str, bytes]) -> dict[str, Digest]:
    return {
        name: Digest(len(content), hashlib.sha256(content).hexdigest()) for name, content in contents.items()
    }

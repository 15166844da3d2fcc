"""The files that describe all others, made of their sizes and digests. Pure."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from pipeline import datapackage
from pipeline.publish import datasette
from pipeline.schema import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pipeline.publish.about import About
    from pipeline.staging import Digest

CHECKSUMS = "SHA256SUMS"


def files(about: About, digests: Mapping[str, Digest]) -> Iterator[tuple[str, bytes]]:
    """Names under output/, and contents. ``digests``: of all that is published beside them, by name."""
    tables = {name: digests[f"tables/{name}.csv"] for name in TABLES}
    yield datapackage.FILE_NAME, as_json(datapackage.descriptor(about, tables))
    yield datasette.FILE_NAME, as_json(datasette.metadata(about))


def as_json(content: object) -> bytes:
    """JSON as people read it, in UTF-8."""
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()

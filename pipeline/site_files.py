"""Where the static site stands in output/, and what it holds besides its pages: all else that is there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.aside import Writers
    from pipeline.staging import Digest, Made, Staging

SITE = "site"
DATA = f"{SITE}/data"


# What makes the files of the site, from the names and digests of all others.
Site = Callable[[Mapping[str, "Digest"]], "Iterable[Made]"]


def stage_site(
    staging: Staging,
    writers: Writers,
    files: Mapping[str, Digest],
    site: Site,
    standing: Mapping[str, Digest],
) -> list[str]:
    """Write the site aside, and ``files`` once more for its folder data/; gives the names of its files.

    ``writers`` make its pages; ``standing``: what stands already, so that pages made of the same
    are not made again.
    """
    names = []
    for name, digest in files.items():
        names.append(f"{DATA}/{name}")
        staging.share(name, names[-1], digest)
    return [*names, *writers.make(site(files), standing)]

"""Where the static site stands in output/, and what it holds besides its pages: all else that is there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pipeline.aside import Writers
    from pipeline.staging import Digest, Made, Staging

SITE = "site"
DATA = f"{SITE}/data"


class Site(Protocol):
    """What makes the files of the site."""

    def apart(self) -> Iterable[Made]:
        """Those that hang on no other file."""

    def together(self, data: Mapping[str, Digest]) -> Iterable[Made]:
        """The rest. ``data``: names and digests of all other files of output/."""


def stage_site(
    staging: Staging,
    writers: Writers,
    files: Mapping[str, Digest],
    site: Site,
    apart: Iterable[str],
    standing: Mapping[str, Digest],
) -> list[str]:
    """Write the site aside, and ``files`` once more for its folder data/; gives the names of its files.

    ``apart``: the names of its pages that hang on no other file, which ``writers`` may have begun before;
    ``standing``: what stands already, so that pages made of the same are not made again.
    """
    names = []
    for name, digest in files.items():
        names.append(f"{DATA}/{name}")
        staging.share(name, names[-1], digest)
    return [*names, *apart, *writers.make(site.together(files), standing)]

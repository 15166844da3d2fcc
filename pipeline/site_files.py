"""Where the static site stands in output/, and what it holds besides its pages: all else that is there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from pipeline.aside import Writers
    from pipeline.manifest import Digest, Digests
    from pipeline.staging import Made, Staging

SITE = "site"
DATA = f"{SITE}/data"


class Site(Protocol):
    """What makes the files of the site."""

    def apart(self) -> Iterable[Made]:
        """Those that hang on no other file."""

    def together(self, data: Mapping[str, Digest]) -> Iterable[Made]:
        """The rest. ``data``: names and digests of all other files of output/."""


def stage_site(
    staging: Staging, writers: Writers, files: Digests, site: Site, finish: Callable[[], None]
) -> None:
    """Write the site aside, and ``files``, which lie elsewhere, once more for its folder data/. ``finish``:
    what makes its pages that hang on no other file, which ``writers`` may have begun before."""
    for name, digest in files.sorted():
        staging.share(name, f"{DATA}/{name}", digest)
    finish()
    writers.begin(site.together(files))()

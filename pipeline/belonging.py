"""Whose captures are whose: by the source that a record names, or else by the page's address.

A source that was renamed or joined to another in sources.toml leaves captures behind that name it. They
belong to the source that is, or was (``former_urls``), at their address, so that a page has one history.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Protocol

from pipeline import cdxj

if TYPE_CHECKING:
    from pipeline.archive import Archive
    from pipeline.captures import Capture


class Page(Protocol):
    """What has to be known of a configured page."""

    @property
    def id(self) -> str: ...
    @property
    def url(self) -> str: ...
    @property
    def former_urls(self) -> Sequence[str]: ...


class Belonging:
    """The captures of an archive by the sources of a configuration. Reads the index once to begin with."""

    def __init__(self, archive: Archive, pages: Sequence[Page]) -> None:
        self._archive = archive
        ids = {page.id for page in pages}
        self._left_behind = sorted(archive.sources() - ids)
        self._owners: dict[str, str] = {}
        if self._left_behind:
            for page in pages:
                for url in (page.url, *page.former_urls):
                    self._owners.setdefault(cdxj.surt(url), page.id)

    def owner(self, capture: Capture) -> str:
        """The id of the source that the capture belongs to; the one it names where there is no other."""
        if capture.source not in self._left_behind:
            return capture.source
        return self._owners.get(cdxj.surt(capture.url), capture.source)

    def captures(self, source: str) -> Iterator[Capture]:
        """Those of one configured source, in order."""
        streams = [self._archive.captures(source)]
        streams += [self._adopted(name, source) for name in self._left_behind]
        return heapq.merge(*streams, key=lambda capture: capture.id) if len(streams) > 1 else streams[0]

    def _adopted(self, name: str, source: str) -> Iterator[Capture]:
        return (capture for capture in self._archive.captures(name) if self.owner(capture) == source)

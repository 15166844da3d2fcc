"""Whose captures are whose: by the source that a record names, or else by the page's address.

A source that was renamed or joined to another in sources.toml leaves captures behind that name it. They
belong to the source that is, or was (``former_urls``), at their address, so that a page has one history.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Protocol

from pipeline import cdxj
from pipeline.index import to_capture
from pipeline.index_facts import chain_of, linked
from pipeline.stretches import GOOD, stretches

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
    """The captures of an archive by the sources of a configuration, as they are when it is made.

    Of a source that no other's captures belong to, the facts at the head of the index tell all but the
    captures themselves; where some do, they are read through.
    """

    def __init__(self, archive: Archive, pages: Sequence[Page]) -> None:
        self._archive, self._facts = archive, archive.facts()
        ids = {page.id for page in pages}
        self._left_behind = sorted(self._facts.keys() - ids)
        self._owners: dict[str, str] = {}
        if self._left_behind:
            for page in pages:
                for url in (page.url, *page.former_urls):
                    self._owners.setdefault(cdxj.surt(url), page.id)
        keys = (key for name in self._left_behind for key in self._facts[name].keys)
        self._adopting = {self._owners[key] for key in keys if key in self._owners}

    def owner(self, capture: Capture) -> str:
        """The id of the source that the capture belongs to; the one it names where there is no other."""
        if capture.source not in self._left_behind:
            return capture.source
        return self._owners.get(cdxj.surt(capture.url), capture.source)

    def captures(self, source: str) -> Iterator[Capture]:
        """Those of one configured source, in order."""
        streams = [self._archive.captures(source)]
        if source in self._adopting:
            streams += [self._adopted(name, source) for name in self._left_behind]
        return heapq.merge(*streams, key=lambda capture: capture.id) if len(streams) > 1 else streams[0]

    def stretches(self) -> Iterator[tuple[str, Capture]]:
        """The first captures of all stretches of equal bytes in order, each with its source: all histories at
        the price of one pass over the index. Raises Failed."""
        last: dict[str, str] = {}
        # Where two names are one source, bytes that one of them repeats may be new after the other's.
        captures = self._archive.captures() if self._adopting else self._archive.changing()
        for capture in captures:
            owner = self.owner(capture)
            if capture.status == GOOD and last.get(owner) != capture.sha256:
                last[owner] = capture.sha256
                yield owner, capture

    def newest(self, source: str) -> Capture | None:
        """The newest of one configured source. Raises Failed."""
        if source in self._adopting:
            return max(self.captures(source), key=lambda capture: capture.id, default=None)
        return to_capture(self._facts[source].newest) if source in self._facts else None

    def number(self, source: str) -> int:
        """How many captures one configured source has. Raises Failed."""
        if source in self._adopting:
            return sum(1 for _ in self.captures(source))
        return self._facts[source].number if source in self._facts else 0

    def chain(self, source: str) -> str:
        """A digest of what the history of one configured source hangs on: the first captures of all stretches
        of equal bytes, in order. Empty where there is none. Raises Failed."""
        if source in self._adopting:
            return chain_of(capture.id for capture in stretches(self.captures(source)))
        return self._facts[source].chain if source in self._facts else ""

    def since(self, source: str, chain: str) -> list[Capture] | None:
        """The first captures of the stretches that came after those of which ``chain`` is the digest, oldest
        first; None where the history did not begin with those. Raises Failed."""
        if source in self._adopting:
            return self._searched(source, chain)
        heads = self._facts[source].heads if source in self._facts else ()
        known = next((number for number, head in enumerate(heads) if head.chain == chain), None)
        if known is None:
            return self._searched(source, chain)
        return [capture for head in heads[known + 1 :] if (capture := to_capture(head.line))]

    def _searched(self, source: str, chain: str) -> list[Capture] | None:
        """The same by reading all of them."""
        told = ""
        found: list[Capture] | None = None if chain else []
        for capture in stretches(self.captures(source)):
            told = linked(told, capture.id)
            if found is not None:
                found.append(capture)
            elif told == chain:
                found = []
        return found

    def _adopted(self, name: str, source: str) -> Iterator[Capture]:
        return (capture for capture in self._archive.captures(name) if self.owner(capture) == source)

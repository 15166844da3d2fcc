"""The dataset as it stood at a time: of each source the newest good capture, parsed.

A source's captures fall into stretches of equal bytes; a stretch stands since its first capture. Each
distinct body is parsed once as long as it is remembered. Everything is streamed, so that memory does not
grow with history.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple, Protocol

from parsers.page import parse_page
from parsers.records import Page
from pipeline.archive import Archive
from pipeline.belonging import Belonging
from pipeline.captures import Body, Capture
from pipeline.config import Source
from pipeline.decisions import Decisions
from pipeline.gate import judge
from pipeline.heads import Heads, Held, Shelved
from pipeline.page_cache import PageCache
from pipeline.recent import Recent
from pipeline.rows import Fill
from pipeline.shelf import Kept, Key
from pipeline.spool import new_file

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pipeline.mentions import Sighting
    from pipeline.privacy import People

# Parsed pages that are kept, and the characters of all of them: what a short page weighs is not its text.
_MOST_PAGES, _MOST_CHARACTERS = 256, 4_000_000
# Verdicts of the gate that are kept, for a page that goes to and fro between some versions.
_MOST_VERDICTS = 256


class State(NamedTuple):
    """A source with the capture that stands for it, parsed. ``people``: see :meth:`Dataset.people`."""

    source: Source
    capture: Capture
    page: Page
    people: People = ()


class KeptState(NamedTuple):
    """The same with a page that is read again whenever it is asked for. ``kept``: of a record that has it as
    ``page``; ``fills``: its measures, each once; ``findings``: how many it has of each severity. ``hidden``:
    as it may be shown where contacts are not published; ``people``: see :meth:`Dataset.people`."""

    source: Source
    capture: Capture
    kept: Kept
    fills: tuple[Fill, ...]
    findings: dict[str, int]
    hidden: bool = False
    people: People = ()

    @property
    def page(self) -> Page:
        """Raises Failed where it cannot be read again."""
        return page_of(self.kept, self.people, hidden=self.hidden)

    def whole(self) -> State:
        """With the page. Raises Failed."""
        return State(self.source, self.capture, self.page, self.people)

    def shown(self) -> KeptState:
        """The state as it may be shown: without contacts where they are not published."""
        return self._replace(hidden=not self.source.publish_contacts)


def page_of(kept: Kept, people: People, *, hidden: bool) -> Page:
    """The page of a record; ``hidden``: without its contacts and ``people``. Raises Failed where it cannot be
    read again."""
    if hidden and kept.key in _hidden:
        return _hidden.get(kept.key)
    page: Page = kept.load().page
    if not hidden:
        return page
    from pipeline.privacy import redact

    return _hidden.put(kept.key, redact(page, people))


_hidden: Recent[Key, Page] = Recent(2)


def published(state: State) -> State:
    """The state as it may be shown: without contacts where they are not published."""
    if state.source.publish_contacts:
        return state
    from pipeline.privacy import redact

    return state._replace(page=redact(state.page, state.people))


class Step(NamedTuple):
    """One stretch of a source's history: ``capture`` is its first. ``withheld``: why it was not published,
    a sentence each; empty where it was. ``accepted``: a person let it through. ``people``: see
    :meth:`Dataset.people`."""

    source: Source
    capture: Capture
    page: Page
    withheld: tuple[str, ...]
    accepted: bool = False
    people: People = ()

    @property
    def state(self) -> State:
        return State(self.source, self.capture, self.page, self.people)


class Pages(Protocol):
    """What gives the page of a capture. Raises Failed where its bytes are not to be had."""

    def page(self, capture: Capture, /) -> Page: ...


class Reader:
    """Reads captures as pages, each distinct body once as long as it is among the last ones.

    ``cache``: of what was read before; ``holder``: gives the capture whose record has the bytes of another,
    where that is known.
    """

    def __init__(
        self,
        archive: Archive,
        cache: PageCache | None = None,
        holder: Callable[[Capture], Capture | None] = lambda _: None,
    ) -> None:
        self._archive, self._cache, self._holder = archive, cache, holder
        self._pages: OrderedDict[Body, Page] = OrderedDict()
        self._characters = 0

    def page(self, capture: Capture) -> Page:
        """The capture, parsed. Raises Failed where its bytes are not to be had."""
        key = capture.body
        page = self._pages.get(key)
        if page is None:
            page = (self._cache and self._cache.get(key)) or self._parsed(capture)
            self._remember(key, page)
        self._pages.move_to_end(key)
        return page

    def forget(self) -> None:
        """Let go of the pages that are remembered."""
        self._pages.clear()
        self._characters = 0

    def _parsed(self, capture: Capture) -> Page:
        payload = self._archive.payload(capture, self._holder(capture))
        page = parse_page(payload, capture.url, charset_of(capture.content_type))
        if self._cache:
            self._cache.put(capture.body, page)
        return page

    def _remember(self, key: Body, page: Page) -> None:
        self._pages[key] = page
        self._characters += len(page.text)
        while len(self._pages) > 1 and (
            len(self._pages) > _MOST_PAGES or self._characters > _MOST_CHARACTERS
        ):
            _, forgotten = self._pages.popitem(last=False)
            self._characters -= len(forgotten.text)


def steps(
    pages: Pages,
    source: Source,
    first: Iterable[Capture],
    decisions: Decisions,
    good: Page | None = None,
    people: People = (),
) -> Iterator[Step]:
    """A source's stretches, given by the first capture of each, in order, with the verdict of the gate.

    ``good``: the last good page before them; ``people``: who is hidden in all of them. Raises Failed.
    """
    judged: Recent[tuple[Body | None, Body], list[str]] = Recent(_MOST_VERDICTS)
    before: Body | None = None
    for capture in first:
        page = pages.page(capture)
        bodies = before, capture.body
        accepted = decisions.accepts(capture)
        if accepted:
            reasons = []
        elif bodies in judged:
            reasons = judged.get(bodies)
        else:
            reasons = judged.put(bodies, judge(good, page, source))
        if not reasons:
            good, before = page, capture.body
        yield Step(source, capture, page, tuple(reasons), accepted, people)


def sighted(history: Iterable[Step]) -> Sighting:
    """Who is a contact on a good page of a source, and what its pages say, given its whole history. Raises
    Failed."""
    from pipeline import mentions

    return mentions.sighted(step.page for step in history if not step.withheld)


class Dataset:
    """All sources of a configuration over time.

    ``decisions``: which withheld captures were let through. ``cache``: of pages read before; ``spool``: a
    folder for what is put by, None: memory.
    """

    def __init__(
        self,
        archive: Archive,
        sources: Iterable[Source],
        decisions: Decisions,
        cache: PageCache | None = None,
        spool: Path | None = None,
    ) -> None:
        self.archive, self.sources, self.decisions = archive, tuple(sources), decisions
        self.belonging = Belonging(archive, self.sources)
        plain = Reader(archive, holder=self.holder)
        self._readers = {True: Reader(archive, cache, self.holder) if cache else plain, False: plain}
        self._spool = spool
        self._heads: Heads | None = None
        self._sighted: dict[str, Sighting] = {}

    def page(self, capture: Capture) -> Page:
        """One capture, parsed. Raises Failed."""
        return self._readers[False].page(capture)

    def forget(self) -> None:
        """Let go of pages and captures: no more are to be read now, and others need the memory."""
        for reader in self._readers.values():
            reader.forget()
        if self._heads is not None:
            self._heads.close()
            self._heads = None

    def history(self, source: Source, people: People | None = None) -> Iterator[Step]:
        """Every stretch of one source, oldest first; ``people``: who is hidden in them, where that is known.
        Raises Failed."""
        return self.steps(source, self.first(source), people=people)

    def people(self, source: Source) -> People:
        """Who is in nothing that is made of any page of a source that does not publish contacts: everybody
        who was a contact on a good page of it, or of another such source and may be named on a page of this
        one; nobody of other sources. Raises Failed.

        Who becomes a contact later counts too: what is published is made of all captures, whenever.
        """
        if source.publish_contacts:
            return ()
        hidden = [one for one in self.sources if not one.publish_contacts]
        own, *others = (self.sighted(one) for one in (source, *(one for one in hidden if one != source)))
        return own.with_those_of(others)

    def sighted(self, source: Source) -> Sighting:
        """Who is a contact on a good page of the source itself, and what its pages say. Raises Failed."""
        if source.id not in self._sighted:
            whole = steps(self._readers[False], source, self.first(source), self.decisions)
            self._sighted[source.id] = sighted(whole)
        return self._sighted[source.id]

    def first(self, source: Source) -> Sequence[Capture]:
        """The first captures of one source's stretches, oldest first: one pass over the index, whoever asks.
        Raises Failed."""
        if self._heads is None:
            self._heads = self._read_heads()
        return self._heads.of(source.id)

    def _read_heads(self) -> Heads:
        # A run that may write its results must not fail for what it only puts by.
        with suppress(OSError):
            if self._spool is not None:
                return Shelved(self.belonging.stretches(), new_file(self._spool, "heads"))
        return Held(self.belonging.stretches())

    def holder(self, capture: Capture) -> Capture | None:
        """The capture whose record has the bytes of this one, where it is known without looking for it."""
        if capture.kind != "revisit":
            return capture
        return self._heads.holder(capture) if self._heads is not None else None

    def steps(
        self,
        source: Source,
        first: Iterable[Capture],
        good: Page | None = None,
        people: People | None = None,
    ) -> Iterator[Step]:
        """The stretches that begin with these captures (see :func:`steps`). Raises Failed."""
        reader = self._readers[source.publish_contacts]
        hidden = self.people(source) if people is None else people
        return steps(reader, source, first, self.decisions, good, hidden)

    def state(self, source: Source, capture: Capture) -> State:
        """A capture for its source. Raises Failed."""
        page = self._readers[source.publish_contacts].page(capture)
        return State(source, capture, page, self.people(source))


def charset_of(content_type: str | None) -> str | None:
    """The charset that a Content-Type names: ``text/html; charset="windows-1257"`` -> ``windows-1257``."""
    for parameter in (content_type or "").split(";")[1:]:
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "charset" and value.strip():
            return value.strip().strip("\"'")
    return None

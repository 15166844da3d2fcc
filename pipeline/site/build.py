"""The site's files, from histories and states."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from functools import cached_property, partial
from typing import TYPE_CHECKING

from pipeline.reports.told import sides
from pipeline.site import facts as gathered
from pipeline.site import keys, measures, months, past, views
from pipeline.site.keys import Leads
from pipeline.site.pages import Pages, assets
from pipeline.site.render import Place
from pipeline.site.texts import Text, capture_page
from pipeline.site.words import LANGUAGES
from pipeline.site_files import SITE
from pipeline.staging import Made

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from pipeline.annals import Annals
    from pipeline.chronicle import Chronicle
    from pipeline.config import Source
    from pipeline.manifest import Digest
    from pipeline.publish.about import About
    from pipeline.reports.told import Text as Kept
    from pipeline.site.facts import Facts
    from pipeline.site.texts import Spans
    from pipeline.state import KeptState


class Files:
    """All files of the site but the copies of the data.

    ``annals``: of the ``chronicles``; ``states``: as they may be shown (see ``KeptState.shown``); ``code``: a
    digest of the code that makes them. Each page has a key, a digest of what it is made from, so that one
    which stands is not made again: there are the more of them, the longer the history and the more measures.
    """

    def __init__(
        self,
        sources: Iterable[Source],
        about: About,
        chronicles: Mapping[str, Chronicle],
        annals: Annals,
        states: Sequence[KeptState],
        code: str,
    ) -> None:
        self._sources, self._about, self._code = tuple(sources), about, code
        self._chronicles, self._annals, self._states = chronicles, annals, states

    @cached_property
    def _facts(self) -> Facts:
        return gathered.gather(self._sources, self._chronicles, self._annals, self._states)

    @cached_property
    def _leads(self) -> Leads:
        standing = frozenset(state.capture.id for state in self._states)
        return Leads(views.file_names(self._facts.measures), _Either(standing, self._annals.captures()))

    def apart(self) -> Iterator[Made]:
        """The pages of one thing each, which hang on no other file: of a capture, a month, a measure."""
        for text in _texts(self._facts, self._chronicles, self._annals, self._states):
            key = keys.of(self._code, *text.hangs_on)
            yield Made(f"{SITE}/{text.file}", key, partial(capture_page, text), apart=True)
        for month in months.pages(self._facts, self._leads):
            key = keys.of(self._code, month.key)
            yield from _in_all_languages(month.path, key, partial(months.content, month))
        for one in measures.subjects(self._facts, self._leads):
            key = keys.of(self._code, one.key)
            yield from _in_all_languages(one.path, key, partial(measures.content, one))
            for older in one.past:
                key = keys.of(self._code, older.key)
                yield from _in_all_languages(older.path, key, partial(past.content, older))

    def together(self, data: Mapping[str, Digest]) -> Iterator[Made]:
        """The pages that tell of all measures, and what all pages are drawn with. ``data``: names under
        output/ and digests of what stands beside the site, copied into its folder data/."""
        for language in LANGUAGES:
            pages = Pages(self._facts, self._about, language, self._leads, data)
            key = keys.of(self._code, pages.key)
            for name, make in pages.all():
                yield Made(f"{SITE}/{name}", key, make)
        for name, content in assets():
            yield Made(f"{SITE}/{name}", hashlib.sha256(content).hexdigest()[:16], partial(bytes, content))


def _in_all_languages(path: str, key: str, make: Callable[[str], bytes]) -> Iterator[Made]:
    for language in LANGUAGES:
        yield Made(f"{SITE}/{Place(path, language).file}", key, partial(make, language), apart=True)


class _Either(Collection[str]):
    """What is in the one or in the other."""

    def __init__(self, one: Collection[str], other: Collection[str]) -> None:
        self._one, self._other = one, other

    def __contains__(self, word: object) -> bool:
        return word in self._one or word in self._other

    def __iter__(self) -> Iterator[str]:
        yield from self._one
        yield from (word for word in self._other if word not in self._one)

    def __len__(self) -> int:
        return sum(1 for _ in self)


def _texts(
    facts: Facts, chronicles: Mapping[str, Chronicle], annals: Annals, states: Sequence[KeptState]
) -> Iterator[Text]:
    """The captures that a page of the site leads to, each once. Where two sources share one, a state that
    hides contacts has the last word, as it has in output/text/."""
    shown = {seen.source.id: seen for seen in facts.sources}
    standing = {
        state.capture.id: state
        for state in sorted(states, key=lambda one: one.source.publish_contacts, reverse=True)
    }
    for number, chronicle in enumerate(chronicles.values()):
        for capture, told, side, text in sides(chronicle.told):
            if capture not in standing and annals.teller(capture) == number:
                content = partial(_past, text)
                yield Text(capture, text.sha256, content, told.publisher, side.url, side.captured_at, "")
    for capture, state in standing.items():
        origin, page = shown[state.source.id].origin, shown[state.source.id].shown
        if origin and page:
            content = partial(_present, state)
            yield Text(
                capture, page.sha256, content, origin.publisher, origin.url, origin.captured_at, page.spans
            )


def _past(text: Kept) -> tuple[bytes, Spans]:
    return text.bytes(), ()


def _present(state: KeptState) -> tuple[bytes, Spans]:
    page = state.page
    return gathered.text_of(page), gathered.spans_of(page)

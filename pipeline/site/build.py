"""The site's files, from histories and states."""

from __future__ import annotations

import hashlib
from functools import cached_property, partial
from typing import TYPE_CHECKING

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

    from pipeline.chronicle import Chronicle
    from pipeline.config import Source
    from pipeline.publish.about import About
    from pipeline.reports.record import Side, Told
    from pipeline.site.facts import Facts
    from pipeline.staging import Digest
    from pipeline.state import State


class Files:
    """All files of the site but the copies of the data.

    ``states``: fit to be published (see ``state.published``); ``code``: a digest of the code that makes them.
    Each page has a key, a digest of what it is made from, so that one which stands is not made again: there
    are the more of them, the longer the history and the more measures.
    """

    def __init__(
        self,
        sources: Iterable[Source],
        about: About,
        chronicles: Mapping[str, Chronicle],
        states: Sequence[State],
        code: str,
    ) -> None:
        self._sources, self._about, self._code = tuple(sources), about, code
        self._chronicles, self._states = chronicles, states

    @cached_property
    def _facts(self) -> Facts:
        return gathered.gather(self._sources, self._chronicles, self._states)

    @cached_property
    def _texts(self) -> dict[str, Text]:
        return {text.capture: text for text in _texts(self._chronicles, self._states)}

    @cached_property
    def _leads(self) -> Leads:
        return Leads(views.file_names(self._facts.measures), frozenset(self._texts))

    def apart(self) -> Iterator[Made]:
        """The pages of one thing each, which hang on no other file: of a capture, a month, a measure."""
        for text in self._texts.values():
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


def _texts(chronicles: Mapping[str, Chronicle], states: Sequence[State]) -> Iterator[Text]:
    """The captures that a page of the site leads to. Where two sources share one, a state that hides contacts
    has the last word, as it has in output/text/."""
    for chronicle in chronicles.values():
        sides = dict(_sides(chronicle.told))
        for capture, packed in chronicle.texts.items():
            publisher, side = sides[capture]
            yield Text(capture, packed.sha256, packed.bytes, publisher, side.url, side.captured_at, ())
    for state in sorted(states, key=lambda one: one.source.publish_contacts, reverse=True):
        shown, page = state.capture, state.page
        url = page.url or state.source.url
        content = page.text.encode("utf-8", "replace")
        spans = {(one.start, one.end) for one in page.evidence}
        spans |= {(found.start, found.end) for found in page.findings}
        yield Text(
            shown.id,
            hashlib.sha256(content).hexdigest(),
            partial(bytes, content),
            state.source.publisher,
            url,
            shown.captured_at,
            tuple(sorted(spans)),
        )


def _sides(told: Iterable[Told]) -> Iterator[tuple[str, tuple[str, Side]]]:
    for one in told:
        for side in (one.pair.old, one.pair.new):
            if side and side.capture:
                yield side.capture, (one.pair.publisher, side)

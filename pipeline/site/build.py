"""The site's files, from histories and states."""

from __future__ import annotations

import hashlib
from functools import partial
from typing import TYPE_CHECKING

from pipeline.site import facts as gathered
from pipeline.site.pages import Pages, assets
from pipeline.site.texts import Text, capture_page
from pipeline.site.words import LANGUAGES
from pipeline.site_files import SITE
from pipeline.staging import Made

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from pipeline.chronicle import Chronicle
    from pipeline.config import Source
    from pipeline.publish.about import About
    from pipeline.reports.record import Side, Told
    from pipeline.staging import Digest
    from pipeline.state import State


def files(
    sources: Iterable[Source],
    about: About,
    chronicles: Mapping[str, Chronicle],
    states: Sequence[State],
    data: Mapping[str, Digest],
    code: str,
) -> Iterator[Made]:
    """All files of the site but the copies of the data.

    ``states``: fit to be published (see ``state.published``); ``data``: names under output/ and digests of
    what stands beside the site, copied into its folder data/; ``code``: a digest of the code that makes them.
    Pages of what is past are made only where they are not known: there are the more of them, the longer the
    history is.
    """
    facts = gathered.gather(sources, chronicles, states)
    texts = {text.capture: text for text in _texts(chronicles, states)}
    for language in LANGUAGES:
        pages = Pages(facts, about, language, frozenset(texts), data)
        for name, content in pages.standing():
            yield _made(name, content)
        for month in pages.months:
            name, hangs_on = pages.month_name(month), pages.month_hangs_on(month)
            yield Made(f"{SITE}/{name}", _key(code, *hangs_on), partial(pages.month, month))
    for text in texts.values():
        key = _key(code, *text.hangs_on)
        yield Made(f"{SITE}/{text.file}", key, partial(capture_page, text), apart=True)
    for name, content in assets():
        yield _made(name, content)


def _made(name: str, content: bytes) -> Made:
    return Made(f"{SITE}/{name}", hashlib.sha256(content).hexdigest()[:16], lambda: content)


def _key(*parts: object) -> str:
    return hashlib.sha256(repr(parts).encode("utf-8", "replace")).hexdigest()[:16]


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

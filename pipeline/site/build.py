"""The site's files, from histories and states: names under output/, and contents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.chronicle import unpack
from pipeline.site import facts as gathered
from pipeline.site.pages import Pages, Text, assets, capture_page
from pipeline.site.words import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from pipeline.chronicle import Chronicle
    from pipeline.config import Source
    from pipeline.reports.record import Pair, Side
    from pipeline.state import State

FOLDER = "site"


def files(
    sources: Iterable[Source],
    chronicles: Mapping[str, Chronicle],
    states: Sequence[State],
    data: Mapping[str, int],
) -> Iterator[tuple[str, bytes]]:
    """All files of the site but the copies of the data.

    ``states``: fit to be published (see ``state.published``); ``data``: names under output/ and sizes of what
    stands beside the site, copied into its folder data/.
    """
    facts = gathered.gather(sources, chronicles, states)
    texts = {told.capture: told for told in _texts(chronicles, states)}
    for language in LANGUAGES:
        for name, content in Pages(facts, language, frozenset(texts), data).all():
            yield f"{FOLDER}/{name}", content
    for text in texts.values():
        name, content = capture_page(text, facts)
        yield f"{FOLDER}/{name}", content
    for name, content in assets():
        yield f"{FOLDER}/{name}", content


def _texts(chronicles: Mapping[str, Chronicle], states: Sequence[State]) -> Iterator[Text]:
    """The captures that a page of the site leads to. Where two sources share one, a state that hides contacts
    has the last word, as it has in output/text/."""
    for chronicle in chronicles.values():
        sides = dict(_sides(chronicle.told))
        for capture, text in chronicle.texts.items():
            publisher, side = sides[capture]
            yield Text(capture, unpack(text).decode(), publisher, side.url, side.captured_at)
    for state in sorted(states, key=lambda one: one.source.publish_contacts, reverse=True):
        shown, page = state.capture, state.page
        url = page.url or state.source.url
        yield Text(shown.id, page.text, state.source.publisher, url, shown.captured_at)


def _sides(told: Iterable[Pair]) -> Iterator[tuple[str, tuple[str, Side]]]:
    for pair in told:
        for side in (pair.old, pair.new):
            if side and side.capture:
                yield side.capture, (pair.publisher, side)

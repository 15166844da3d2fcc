"""What of a history stands in output/ besides the tables: reports, feeds, the texts that these lead to."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from pipeline import corrections, tables
from pipeline.changes.filters import wanted_by
from pipeline.redactor import Redactor
from pipeline.reports import feed, moments
from pipeline.reports.told import sides
from pipeline.staging import Made
from pipeline.version import code_digest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pipeline.annals import Annals
    from pipeline.chronicle import Chronicle
    from pipeline.config import Config
    from pipeline.corrections import Correction
    from pipeline.site_files import Site
    from pipeline.state import KeptState


def files(
    config: Config, chronicles: Mapping[str, Chronicle], annals: Annals, states: Sequence[KeptState]
) -> Iterator[Made]:
    """Files of output/; ``annals``: of the ``chronicles``. Texts of the ``states`` themselves are not among
    them."""
    standing = {state.capture.id for state in states}
    for chronicle in chronicles.values():
        for capture, _, _, text in sides(chronicle.told):
            if capture not in standing:
                yield Made(f"text/{capture}.txt", text.sha256, text.bytes, apart=True)
    code = code_digest()
    yield from moments.files(annals.moments(), code)
    times = [state.capture.captured_at for state in states if state.capture.captured_at]
    entries = feed.entries(annals.newest_told(), _corrections(config, states), _authority(config))
    yield from feed.files(list(_feeds(config)), entries, _authority(config), max(times, default=None), code)


def _corrections(config: Config, states: Sequence[KeptState]) -> Iterator[Correction]:
    """The corrections, without people of pages that hide them: they may have been noted before they did."""
    hidden = {
        state.source.id: Redactor("", state.people).text
        for state in states
        if not state.source.publish_contacts
    }
    for one in corrections.read(config.raw):
        hide = hidden.get(one.row["source"])
        if hide is None:
            yield one
        else:
            was, now = (corrections.hiding(row, hide) for row in (one.was, one.now))
            yield one._replace(was=was, now=now)


def site(
    config: Config, chronicles: Mapping[str, Chronicle], annals: Annals, states: Sequence[KeptState]
) -> Site:
    """What makes the files of the static site (see ``tables.write``)."""
    from pipeline.site import build

    shown = [state.shown() for state in states]
    about = tables.about(states, config.contact)
    return build.Files(config.sources, about, chronicles, annals, shown, code_digest())


def _feeds(config: Config) -> Iterator[feed.Feed]:
    yield feed.Feed("feed.xml", "lv")
    yield feed.Feed("feed.en.xml", "en")
    for subscriber in config.subscribers:
        path = f"feeds/{subscriber.name}.xml"
        yield feed.Feed(path, subscriber.language, subscriber.name, wanted_by(subscriber))


def _authority(config: Config) -> str:
    """Who the feeds are of, for their ids (RFC 4151): the contact, else the host of the first page."""
    if "@" in config.contact and "//" not in config.contact:
        return config.contact.removeprefix("mailto:")
    first = config.contact or (config.sources[0].url if config.sources else "")
    return urlsplit(first).hostname or feed.NOWHERE

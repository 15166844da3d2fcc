"""A long history of a measure in stretches, so that a new change makes one page and not all of them again."""

from __future__ import annotations

from bisect import bisect_right
from datetime import UTC, datetime
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from pipeline.site import keys, views
from pipeline.site.render import Place, page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.annals import Noted
    from pipeline.site.facts import Known
    from pipeline.site.keys import Leads

MOST = 50
"""Changes after which a stretch ends; those of one moment stay together."""

_UNKNOWN = datetime.min.replace(tzinfo=UTC)


class Past(NamedTuple):
    """A stretch that has a page of its own. ``known``: the measure as it has changed in it, standing nowhere;
    ``file``: of the measure's page, without its ending; ``number``: from 1 on, the oldest first; ``leads``:
    where its changes lead."""

    known: Known
    file: str
    number: int
    leads: Leads

    @property
    def path(self) -> str:
        """Its page, without the language's folder."""
        return f"measures/{self.file}/{self.number}.html"

    @property
    def ends(self) -> tuple[datetime | None, datetime | None]:
        """When its first and its last change were seen."""
        return self.known.changes[-1].seen, self.known.changes[0].seen

    @property
    def size(self) -> int:
        """How many changes it has."""
        return len(self.known.changes)

    @property
    def key(self) -> str:
        """A digest of all that its page is made from, in any language, but the code."""
        return keys.of(self.known.measure_id, self.file, *told(self.known), self.leads.hangs_on)


def told(known: Known) -> tuple[object, ...]:
    """What is shown of a measure's changes and versions."""
    versions = [(one.source, *one.times, one.eu_funding_eur) for one in known.versions]
    return versions, [one.mark for one in known.changes]


def parted(known: Known) -> tuple[list[Known], Known]:
    """The stretches of a measure's history that have pages of their own, the oldest first, and the rest: the
    newest, at least ``MOST`` changes where there are so many."""
    pages: list[list[Noted]] = [[]]
    for _, some in reversed([(when, list(some)) for when, some in groupby(known.changes, _seen)]):
        if len(pages[-1]) >= MOST:
            pages.append([])
        pages[-1] = [*some, *pages[-1]]
    pages[-2:] = [[noted for some in reversed(pages[-2:]) for noted in some]]
    if len(pages) == 1:
        return [], known
    starts = [_seen(some[-1]) for some in pages[1:]]
    versions = [bisect_right(starts, one.valid_from) for one in known.versions]
    *older, newest = (
        known._replace(
            versions=tuple(row for row, of in zip(known.versions, versions, strict=True) if of == place),
            changes=tuple(some),
        )
        for place, some in enumerate(pages)
    )
    return [one._replace(standing=()) for one in older], newest


def _seen(noted: Noted) -> datetime:
    return noted.seen or _UNKNOWN


def content(past: Past, language: str) -> bytes:
    """The page's bytes."""
    place = Place(past.path, language)
    context = {
        "section": "measures",
        "measure_id": past.known.measure_id,
        "file": past.file,
        "ends": past.ends,
        "history": views.history(past.known, language),
        "changes": list(changes(past.known, past.leads, place)),
    }
    return page("past.html", place, context)


def changes(
    known: Known, leads: Leads, place: Place
) -> Iterator[tuple[datetime | None, list[views.ChangeView]]]:
    """The changes as a page shows them, under the moments at which they were seen."""
    for when, some in views.by_moment(known.changes):
        yield when, [views.change(one, place.spoken, leads, place.top) for one in some]

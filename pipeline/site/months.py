"""The pages of changes: one of each month, and that of the newest. A function of plain data."""

from __future__ import annotations

from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from pipeline.changes import figures
from pipeline.reports import words as reported
from pipeline.site import keys, views
from pipeline.site.render import Place, page
from pipeline.site.words import WORDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from pipeline.annals import Moment
    from pipeline.reports.record import Pair
    from pipeline.site.facts import Facts
    from pipeline.site.keys import Leads

_NEWEST = "changes.html"


class MomentView(NamedTuple):
    """What was seen at one time. ``report``: its file under output/."""

    when: datetime | None
    pairs: list[PairView]
    report: str


class PairView(NamedTuple):
    """What changed on one page. ``totals``: sentences about its sums."""

    publisher: str
    source: str | None
    changes: list[views.ChangeView]
    totals: list[str]


class Month(NamedTuple):
    """A page of changes, under ``path`` without the language's folder.

    ``month``: ``2025-04``; None: at a time that is not known; empty: the newest, whichever month it is.
    ``listed``: months that it leads to and how many changes each has, the newest first. ``leads``: where its
    changes lead.
    """

    path: str
    month: str | None
    listed: tuple[tuple[str | None, int], ...]
    moments: tuple[Moment, ...]
    leads: Leads

    @property
    def key(self) -> str:
        """A digest of all that it is made from, in any language, but the code."""
        told = [(report, [one.digest for one in some]) for report, _, some in self.moments]
        return keys.of(self.path, self.month, self.listed, told, self.leads.hangs_on)


def pages(facts: Facts, leads: Leads) -> Iterator[Month]:
    """The newest changes with a list of all months, then every month with its neighbours.

    That list on every page would make each of them anew with every change.
    """
    outlines = groupby(facts.annals.outlines(), key=attrgetter("month"))
    listed = [(month, sum(one.changes for one in some)) for month, some in outlines]
    months = groupby(facts.annals.newest_moments(), key=attrgetter("month"))
    for place, (month, some) in enumerate(months):
        moments = tuple(some)
        if place == 0:
            yield _page(_NEWEST, "", listed, moments, leads)
        yield _page(_file(month), month, listed[max(place - 1, 0) : place + 2], moments, leads)
    if not listed:
        yield _page(_NEWEST, "", (), (), leads)


def _page(
    path: str,
    month: str | None,
    listed: Sequence[tuple[str | None, int]],
    moments: tuple[Moment, ...],
    leads: Leads,
) -> Month:
    told = [one for moment in moments for one in moment.told]
    named = (mention.measure_id for one in told for mention in one.mentions)
    theirs = leads.among(named, (side for one in told for side in (one.old, one.new)))
    return Month(path, month, tuple(listed), moments, theirs)


def content(shown: Month, language: str) -> bytes:
    """The page's bytes."""
    place = Place(shown.path, language)
    context = {
        "section": "changes",
        "month": "" if shown.month == "" else _title(shown.month, language),
        "months": [
            (_title(month, language), _file(month), count, month == shown.month)
            for month, count in shown.listed
        ],
        "moments": [
            MomentView(
                told[0].seen,
                [_pair(one.pair, shown.leads, place) for one in told],
                f"reports/{report}.{language}.html",
            )
            for report, _, told in shown.moments
        ],
        "is_newest": shown.path == _NEWEST,
    }
    return page("changes.html", place, context)


def _pair(pair: Pair, leads: Leads, place: Place) -> PairView:
    told = [views.change(one, place.spoken, leads, place.top) for one in views.noted(pair)]
    return PairView(pair.publisher, pair.source, told, list(reported.totals(pair.changes, place.spoken)))


def _file(month: str | None) -> str:
    return f"changes/{month or 'undated'}.html"


def _title(month: str | None, language: str) -> str:
    return figures.moment(month, language) if month else WORDS[language]["undated"]

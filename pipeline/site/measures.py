"""The page of a measure: what it is now, what changed, how it stood before. A function of plain data."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pipeline.site import keys, timeline, views
from pipeline.site.facts import HISTORY
from pipeline.site.render import Place, page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.site.facts import Facts, Known, Standing
    from pipeline.site.keys import Leads


class Subject(NamedTuple):
    """A measure with all that its page shows. ``file``: the page's name without its ending; ``leads``: where
    its changes lead."""

    known: Known
    file: str
    leads: Leads

    @property
    def path(self) -> str:
        """Its page, without the language's folder."""
        return f"measures/{self.file}.html"

    @property
    def key(self) -> str:
        """A digest of all that its page is made from, in any language, but the code."""
        known = self.known
        last = known.versions[-1] if known.versions and not known.standing else {}
        return keys.of(
            known.measure_id,
            [(one.origin, one.canonical) for one in known.standing],
            list(last.items()),
            [[row[name] for name in HISTORY] for row in known.versions],
            [one.mark for one in known.changes],
            self.leads.hangs_on,
        )


def subjects(facts: Facts, leads: Leads) -> Iterator[Subject]:
    """Every measure that has a page."""
    for measure_id, known in facts.measures.items():
        named = (one.item.change.measure_id for one in known.changes)
        theirs = leads.among(named, (one.pair for one in known.changes))
        yield Subject(known, leads.files[measure_id], theirs)


def content(subject: Subject, language: str) -> bytes:
    """The page's bytes."""
    known = subject.known
    place = Place(subject.path, language)
    last = known.versions[-1] if known.versions else {}
    measure = known.measure
    context = {
        "section": "measures",
        "measure_id": known.measure_id,
        "title": measure.title if measure else last.get("title"),
        "theme": measure.theme if measure else last.get("theme"),
        "views": [_view(known, one, language) for one in known.standing],
        "keys": views.keys(),
        "last": views.last_values(known, language) if not known.standing else [],
        "history": views.history(known, language),
        "changes": [
            (when, [views.change(one, language, subject.leads, place.top) for one in told])
            for when, told in views.by_moment(known.changes)
        ],
    }
    return page("measure.html", place, context)


def _view(known: Known, one: Standing, language: str) -> views.MeasureView:
    # What slipped is told on the page whose row counts.
    slips = timeline.slips(known) if one is known.standing[0] else ()
    # The day of the capture that is shown: that of another page's would be news for every measure there is.
    when = one.origin.captured_at
    return views.measure(
        one, timeline.Row(one.measure, tuple(slips)), language, when.date() if when else None
    )

"""The page of a measure: what it is now, what changed, how it stood before. A function of plain data."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pipeline.site import keys, past, timeline, views
from pipeline.site.past import Past
from pipeline.site.render import Place, page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.chronicle import Version
    from pipeline.site.facts import Facts, Known, Standing
    from pipeline.site.keys import Leads


class Subject(NamedTuple):
    """A measure with all that its page shows. ``known``: with its newest changes and versions; ``past``: the
    pages of older ones, the oldest first; ``slips``: where its steps stood before; ``last``: its last
    version, where it stands nowhere; ``file``: the page's name without its ending; ``leads``: where changes
    lead."""

    known: Known
    past: tuple[Past, ...]
    slips: tuple[timeline.Slip, ...]
    last: Version | None
    file: str
    leads: Leads

    @property
    def path(self) -> str:
        """Its page, without the language's folder."""
        return f"measures/{self.file}.html"

    @property
    def key(self) -> str:
        """A digest of all that its page is made from, in any language, but the code."""
        return keys.of(
            self.known.measure_id,
            [(one.origin, one.canonical) for one in self.known.standing],
            past.told(self.known),
            [(one.number, one.ends, one.size) for one in self.past],
            self.slips,
            self.last and list(self.last.facts().items()),
            self.leads.hangs_on,
        )


def subjects(facts: Facts, leads: Leads) -> Iterator[Subject]:
    """Every measure that has a page, those of one page together: it is read once for all of them."""
    in_order = [one.measure.measure_id for one in facts.in_order]
    for measure_id in dict.fromkeys((*in_order, *facts.measures)):
        known = facts.measures[measure_id]
        file = leads.files[measure_id]
        older, newest = past.parted(known)
        pages = (Past(one, file, number, _theirs(one, leads)) for number, one in enumerate(older, 1))
        source = known.standing[0].origin.source if known.standing else ""
        slips = tuple(timeline.slips(facts.annals, measure_id, source)) if source else ()
        last = known.versions[-1] if known.versions and not known.standing else None
        yield Subject(newest, tuple(pages), slips, last, file, _theirs(newest, leads))


def _theirs(known: Known, leads: Leads) -> Leads:
    named = (one.mention.measure_id for one in known.changes)
    return leads.among(named, (side for one in known.changes for side in (one.pair.old, one.pair.new)))


def content(subject: Subject, language: str) -> bytes:
    """The page's bytes."""
    known = subject.known
    last = subject.last.facts() if subject.last else {}
    place = Place(subject.path, language)
    measure = known.measure
    context = {
        "section": "measures",
        "measure_id": known.measure_id,
        "title": measure.title if measure else last.get("title"),
        "theme": measure.theme if measure else last.get("theme"),
        "views": [_view(subject, one, language) for one in known.standing],
        "keys": views.keys(),
        "last": views.last_values(last, language),
        "history": views.history(known, language),
        "changes": list(past.changes(known, subject.leads, place)),
        "file": subject.file,
        "past": subject.past,
    }
    return page("measure.html", place, context)


def _view(subject: Subject, one: Standing, language: str) -> views.MeasureView:
    # What slipped is told on the page whose row counts.
    slips = subject.slips if one is subject.known.standing[0] else ()
    # The day of the capture that is shown: that of another page's would be news for every measure there is.
    when = one.origin.captured_at
    row = timeline.Row(one.measure, slips)
    return views.measure(one.stated(), row, language, when.date() if when else None)

"""From facts to what a template shows of a change and of a measure, in one language."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple, TypeVar
from urllib.parse import quote

from pipeline.changes.written import sentence
from pipeline.reports import words as reported
from pipeline.reports.ranking import in_order, section_of, weight
from pipeline.site import timeline
from pipeline.site.archived import anchor
from pipeline.site.render import trusted
from pipeline.site.words import WORDS, names

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date, datetime

    from markupsafe import Markup

    from parsers.records import Applicant, Contact, Finding, Funding, Headline, Link, Measure, Milestone
    from pipeline.annals import Noted
    from pipeline.reports.record import Item, Pair
    from pipeline.site.facts import Known, Seen, Stated
    from pipeline.site.keys import Leads

_LONGEST_NAME = 80
_TEXTS = ("objective", "selection_text", "other_info")
_LAST = ("eu_funding_eur", "objective", "selection_text", "other_info")

_Item = TypeVar("_Item")

Places = list[str]
"""Addresses under site/ of the words that a value was read from."""


class ChangeView(NamedTuple):
    """A change to be shown: its sentence in three parts, of which the middle one is the measure's id."""

    before_id: str
    measure_id: str
    after_id: str
    measure_file: str | None
    edits: list[tuple[str, str]]
    quote: str | None
    links: list[tuple[str, str]]
    section: str


class MeasureView(NamedTuple):
    """A measure as one page states it, every value with the places that it was read from."""

    measure: Measure
    source: str
    publisher: str
    url: str
    captured_at: datetime | None
    capture: str
    title_places: Places
    theme_places: Places
    amount_places: Places
    flexibility_places: Places
    predecessor_places: Places
    steps: list[tuple[Milestone, Places, list[str]]]
    axis: Markup | None
    strip: Markup | None
    applicants: list[tuple[Applicant, Places]]
    texts: list[tuple[str, list[str], Places]]
    funding: list[tuple[Funding, Places]]
    links: list[tuple[Link, Places]]
    contacts: list[tuple[Contact, Places]]
    findings: list[tuple[Finding, Places]]


def file_names(measures: Iterable[str]) -> dict[str, str]:
    """A file name for each measure_id, also where a file system takes small letters for big ones."""
    taken: set[str] = set()
    found = {}
    for measure_id in measures:
        name = measure_id.replace("/", "-")
        if len(name) > _LONGEST_NAME or name.casefold() in taken:
            name = f"{name[:_LONGEST_NAME]}-{hashlib.sha256(measure_id.encode()).hexdigest()[:10]}"
        taken.add(name.casefold())
        found[measure_id] = name
    return found


def capture_file(capture: str) -> str:
    """The page of a capture's text, under site/."""
    return f"captures/{capture}.html"


def place_of(capture: str, start: int, end: int) -> str:
    """Where words of a capture stand, under site/; the whole page where no words are meant."""
    page = quote(capture_file(capture))
    return f"{page}#{anchor(start, end)}" if end > start else page


def headlines(seen: Seen) -> list[tuple[Headline, Places]]:
    """The amounts that a page states outside of any measure."""
    if seen.origin is None or seen.shown is None:
        return []
    capture = seen.origin.capture
    return [(one, [place_of(capture, *place) for place in places]) for one, places in seen.shown.headlines]


class Changed(NamedTuple):
    """A change that was read, with the states that show it."""

    pair: Pair
    item: Item


def change(told: Changed, language: str, leads: Leads, top: str) -> ChangeView:
    """``leads``: where it may lead; ``top``: from the page to site/."""
    item = told.item
    said = sentence(item.change, language)
    measure_id = item.change.measure_id or ""
    before, found, after = said.partition(measure_id) if measure_id else (said, "", "")

    def copies(capture: str) -> str | None:
        return f"{top}{quote(capture_file(capture))}" if capture in leads.kept else None

    where = reported.links(told.pair, item, copies)
    named = zip(("before", "now", "on_page"), (where.before, where.now, where.page), strict=True)
    words = reported.WORDS[language]
    return ChangeView(
        before,
        found,
        after,
        leads.files.get(measure_id) if found else None,
        reported.edits(item.change),
        reported.quote(item.change, language),
        [(words[name], url) for name, url in named if url and _is_safe(url, top)],
        section_of(item.change),
    )


def _is_safe(url: str, top: str) -> bool:
    return url.startswith(("https://", "http://", f"{top}captures/"))


def by_moment(some: Iterable[Noted]) -> Iterator[tuple[datetime | None, list[Changed]]]:
    """Changes under the moments at which they were seen, of one moment the biggest first."""
    for when, group in groupby(some, key=lambda told: told.seen):
        together = [Changed(told.pair, told.item) for told in group]
        yield when, sorted(together, key=lambda told: weight(told.item.change))


class _Evidence:
    """Where the values of a measure stand."""

    def __init__(self, one: Stated) -> None:
        self._places: defaultdict[tuple[str, int | None, str | None], Places] = defaultdict(list)
        for evidence in one.evidence:
            place = place_of(one.origin.capture, evidence.start, evidence.end)
            for field in (evidence.field, None):
                self._places[evidence.table, evidence.seq, field].append(place)

    def cell(self, field: str) -> Places:
        """Of a value of the measure itself."""
        return _once(self._places["measures", None, field])

    def listed(self, table: str, items: Iterable[_Item], *fields: str) -> list[tuple[_Item, Places]]:
        """The items of a list, each with the places of the first of ``fields`` that has any."""
        return [(item, self._of(table, seq, fields)) for seq, item in enumerate(items, 1)]

    def _of(self, table: str, seq: int, fields: Iterable[str]) -> Places:
        found = (self._places[table, seq, field] for field in fields)
        return _once(next(filter(None, found), self._places[table, seq, None][:1]))


def measure(one: Stated, row: timeline.Row, language: str, today: date | None) -> MeasureView:
    """``row``: its schedule, with what slipped."""
    origin, told, seen = one.origin, one.measure, _Evidence(one)
    on = timeline.scale([row], today)
    words = WORDS[language]
    strip = timeline.schedule(row, on, today, names("kind", language), words["schedule"]) if on else None
    return MeasureView(
        measure=told,
        source=origin.source,
        publisher=origin.publisher,
        url=origin.url,
        captured_at=origin.captured_at,
        capture=origin.capture,
        title_places=seen.cell("title") or seen.cell("code"),
        theme_places=seen.cell("theme"),
        amount_places=seen.cell("eu_funding_eur"),
        flexibility_places=seen.cell("flexibility_funding"),
        predecessor_places=seen.cell("predecessor_code"),
        steps=[
            (item, places, _before(row, item))
            for item, places in seen.listed("milestones", told.milestones, "period", "kind")
        ],
        axis=trusted(timeline.axis(on, quarters(language))) if on else None,
        strip=trusted(strip) if strip else None,
        applicants=seen.listed("applicants", told.applicants, "name"),
        texts=[
            (words[field], str(text).split("\n"), seen.cell(field))
            for field in _TEXTS
            if (text := getattr(told, field))
        ],
        funding=seen.listed("funding", told.funding, "amount_eur", "text"),
        links=seen.listed("links", told.links, "url", "text"),
        contacts=seen.listed("contacts", told.contacts, "name", "email", "phone"),
        findings=[(found, [place_of(origin.capture, found.start, found.end)]) for found in one.findings],
    )


@cache
def keys() -> dict[str, Markup]:
    """The shape of each step."""
    return {kind: trusted(timeline.key(kind)) for kind in timeline.SHAPES}


def _before(row: timeline.Row, milestone: Milestone) -> list[str]:
    """Where the step stood before; of several of a kind it is not known which moved, so none is told."""
    alone = sum(one.kind == milestone.kind for one in row.measure.milestones) == 1
    return [slip.period for slip in row.slips if slip.kind == milestone.kind] if alone else []


def _once(places: Places) -> Places:
    return list(dict.fromkeys(places))


def quarters(language: str) -> tuple[str, ...]:
    """What the quarters of a year are called on an axis."""
    return ("I", "II", "III", "IV") if language == "lv" else ("Q1", "Q2", "Q3", "Q4")


def last_values(row: Mapping[str, object], language: str) -> list[tuple[str, list[str]]]:
    """What was last known of a measure that is gone, by its last version: labels and lines."""
    from pipeline.changes.figures import euro

    words = WORDS[language]
    labels = {"eu_funding_eur": "eu_funding"}
    found = []
    for field in _LAST:
        value = row.get(field)
        if value is not None:
            text = euro(value, language) if field == "eu_funding_eur" else str(value)  # type: ignore[arg-type]
            found.append((words[labels.get(field, field)], text.split("\n")))
    return found


def history(known: Known, language: str) -> list[dict[str, object]]:
    """The versions of the measure, the newest first: ``valid_from``, ``valid_to``, ``eu_funding_eur`` and
    ``said``: what changed when it began, in sentences."""
    began: dict[tuple[object, object], list[Noted]] = defaultdict(list)
    for told in known.changes:
        began[told.seen, told.pair.source].append(told)
    return [
        {
            "valid_from": begun,
            "valid_to": ended,
            "eu_funding_eur": version.eu_funding_eur,
            "said": [sentence(told.item.change, language) for told in began[begun, version.source]],
        }
        for version in reversed(known.versions)
        for begun, ended in [version.times]
    ]


def noted(pair: Pair) -> Iterator[Changed]:
    """The changes of two states, the biggest first."""
    return (Changed(pair, item) for item in in_order(pair.items))

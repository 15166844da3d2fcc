"""What the site shows, whatever the language: measures, changes, sources, gathered once from the states."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from pipeline.changes.match import natural_key
from pipeline.recent import Recent
from pipeline.rows import canonical_measures, first_of_each
from pipeline.schema import SEVERITIES
from pipeline.site import keys

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence
    from datetime import datetime
    from decimal import Decimal

    from parsers.records import Evidence, Finding, Headline, Measure, Page
    from pipeline.annals import Annals, Noted
    from pipeline.chronicle import Chronicle, Version
    from pipeline.config import Source
    from pipeline.shelf import Key
    from pipeline.state import KeptState

MOST_FINDINGS = 400
"""Findings of one page that the site has room for."""


class Origin(NamedTuple):
    """The page that states a measure, in its newest version. ``source``: its id; ``capture``: that of the
    version; ``content``: what all that was read from it hangs on, but the code."""

    source: str
    publisher: str
    url: str
    capture: str
    captured_at: datetime | None
    content: tuple[object, ...]


class Standing(NamedTuple):
    """A measure as one page states it now. ``measure``: without its texts, contacts and links; ``canonical``:
    it is this row that sums count; ``state``: which has all of it."""

    origin: Origin
    measure: Measure
    canonical: bool
    state: KeptState

    def stated(self) -> Stated:
        """All that is known of it. Raises Failed where the page cannot be read again."""
        return Stated(self.origin, *_stated_on(self.state)[self.measure.measure_id])


class Stated(NamedTuple):
    """The same with all that the page says of it and where."""

    origin: Origin
    measure: Measure
    evidence: tuple[Evidence, ...]
    findings: tuple[Finding, ...]


class Known(NamedTuple):
    """A measure that any capture ever held.

    ``standing``: on which pages it is now, the canonical one first; empty where it is gone. ``versions``:
    the oldest first, those of one page together. ``changes``: the newest first.
    """

    measure_id: str
    standing: tuple[Standing, ...]
    versions: tuple[Version, ...]
    changes: tuple[Noted, ...]

    @property
    def measure(self) -> Measure | None:
        return self.standing[0].measure if self.standing else None


class Shown(NamedTuple):
    """What pages of the site tell of a page as it stands.

    ``sha256``: of its text; ``spans``: a digest of the places that can be linked to; ``understood``: how many
    characters of how many; ``headlines``: with the addresses of their words under site/; ``findings``: the
    worst, at most MOST_FINDINGS, and ``more`` that are left out.
    """

    sha256: str
    spans: str
    understood: tuple[int, int]
    headlines: tuple[tuple[Headline, tuple[tuple[int, int], ...]], ...]
    findings: tuple[Finding, ...]
    more: int


class Seen(NamedTuple):
    """A source and what there is of it: ``state``, ``origin`` and ``shown`` where it has a good capture.
    ``versions``: how many of its captures differ from the one before.

    ``withheld``: the id of the newest capture where the gate held it back, and why, a sentence each.
    """

    source: Source
    state: KeptState | None
    origin: Origin | None
    shown: Shown | None
    versions: int
    withheld: tuple[str, tuple[str, ...]] | None

    @property
    def measures(self) -> int:
        return len(self.state.fills) if self.state else 0


class Measures(Mapping[str, Known]):
    """What is known of each measure, by the order of its id; its past is read when it is asked for, which
    raises OSError, Failed."""

    def __init__(self, annals: Annals, rows: Iterable[Standing]) -> None:
        self._annals = annals
        standing: defaultdict[str, list[Standing]] = defaultdict(list)
        for row in rows:
            standing[row.measure.measure_id].append(row)
        self._standing = {
            name: tuple(sorted(some, key=lambda one: not one.canonical)) for name, some in standing.items()
        }
        self._names = dict.fromkeys(sorted({*standing, *annals.measures}, key=natural_key))

    def __getitem__(self, name: str) -> Known:
        if name not in self._names:
            raise KeyError(name)
        return Known(name, self.standing(name), self._annals.versions(name), self._annals.changes(name))

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)

    def standing(self, name: str) -> tuple[Standing, ...]:
        """On which pages it is now, the canonical one first; empty where it is gone."""
        return self._standing.get(name, ())


class Facts(NamedTuple):
    """All of it. ``as_of``: when the newest capture was made; None where no time is known.

    ``in_order``: the canonical row of each measure that stands, in the order of the pages; ``annals``: what
    was told of all of them.
    """

    as_of: datetime | None
    sources: tuple[Seen, ...]
    measures: Measures
    in_order: tuple[Standing, ...]
    annals: Annals

    @property
    def standing(self) -> list[Standing]:
        """The canonical row of each measure that stands, by the order of its id."""
        return [rows[0] for name in self.measures if (rows := self.measures.standing(name))]

    @property
    def eu_funding(self) -> Decimal | None:
        """EU funding of all measures, each once, euro; None where no measure states any."""
        amounts = [one.measure.eu_funding_eur for one in self.standing]
        stated = [amount for amount in amounts if amount is not None]
        return sum(stated[1:], stated[0]) if stated else None


def gather(
    sources: Iterable[Source],
    chronicles: Mapping[str, Chronicle],
    annals: Annals,
    states: Sequence[KeptState],
) -> Facts:
    """The facts of these histories, whose ``annals`` these are. ``states``: as they may be shown (see
    ``KeptState.shown``); each page is read once, and one is held. Raises Failed."""
    times = [state.capture.captured_at for state in states if state.capture.captured_at]
    canonical = canonical_measures((state.source.id, state.fills) for state in states)
    seen: dict[str, Seen] = {}
    rows: list[Standing] = []
    for state in states:
        page, source = state.page, state.source.id
        origin = _origin(state, page)
        seen[source] = _seen(state.source, chronicles[source], state, origin, _shown(page))
        rows += _standing(state, origin, page, canonical[source])
    return Facts(
        max(times, default=None),
        tuple(seen.get(one.id) or _seen(one, chronicles[one.id]) for one in sources),
        Measures(annals, rows),
        tuple(one for one in rows if one.canonical),
        annals,
    )


def _seen(
    source: Source,
    chronicle: Chronicle,
    state: KeptState | None = None,
    origin: Origin | None = None,
    shown: Shown | None = None,
) -> Seen:
    held = chronicle.withheld
    withheld = (held.capture.id, held.withheld) if held else None
    return Seen(source, state, origin, shown, len(chronicle.captures), withheld)


def _shown(page: Page) -> Shown:
    places: defaultdict[int | None, dict[tuple[int, int], None]] = defaultdict(dict)
    for evidence in page.evidence:
        if evidence.table == "headlines" and evidence.field == "amount_eur":
            places[evidence.seq][evidence.start, evidence.end] = None
    found = sorted(page.findings, key=lambda one: -SEVERITIES.index(one.severity))
    return Shown(
        hashlib.sha256(text_of(page)).hexdigest(),
        keys.of(spans_of(page)),
        (page.coverage.claimed, page.coverage.characters),
        tuple((one, tuple(places[seq])) for seq, one in enumerate(page.headlines, 1)),
        tuple(found[:MOST_FINDINGS]),
        max(len(found) - MOST_FINDINGS, 0),
    )


def text_of(page: Page) -> bytes:
    """Its canonical text in UTF-8."""
    return page.text.encode("utf-8", "replace")


def spans_of(page: Page) -> tuple[tuple[int, int], ...]:
    """The places that can be linked to: of values and findings."""
    spans = {(one.start, one.end) for one in page.evidence}
    return tuple(sorted(spans | {(found.start, found.end) for found in page.findings}))


def _standing(state: KeptState, origin: Origin, page: Page, canonical: Collection[str]) -> Iterator[Standing]:
    """The measures of a page, the first of each id."""
    for measure in first_of_each(page.measures):
        yield Standing(origin, _slim(measure), measure.measure_id in canonical, state)


def _slim(measure: Measure) -> Measure:
    return measure._replace(objective=None, selection_text=None, other_info=None, contacts=(), links=())


def _stated_on(state: KeptState) -> OfMeasures:
    """All that a page says of each measure, and where, by its id: pages of its measures are made in turn.
    Raises Failed."""
    key = state.kept.key
    return _stated.get(key) if key in _stated else _stated.put(key, _by_measure(state.page))


def _by_measure(page: Page) -> OfMeasures:
    evidence: defaultdict[str | None, list[Evidence]] = defaultdict(list)
    for one in page.evidence:
        evidence[one.measure_id].append(one)
    findings: defaultdict[str | None, list[Finding]] = defaultdict(list)
    for each in page.findings:
        findings[each.measure_id].append(each)
    found: OfMeasures = {}
    for measure in page.measures:
        name = measure.measure_id
        found.setdefault(name, (measure, tuple(evidence[name]), tuple(findings[name])))
    return found


OfMeasures = dict[str, "tuple[Measure, tuple[Evidence, ...], tuple[Finding, ...]]"]
_stated: Recent[Key, OfMeasures] = Recent(2)


def _origin(state: KeptState, page: Page) -> Origin:
    """Where a state's measures stand."""
    source, capture = state.source, state.capture
    # Where contacts are hidden, a later capture may bring a person who is hidden on this one too.
    shown = "" if source.publish_contacts else keys.of(page)
    content = (*capture.body, shown)
    url = page.url or source.url
    return Origin(source.id, source.publisher, url, capture.id, capture.captured_at, content)

"""What the site shows, whatever the language: measures, changes, sources, gathered once from the states."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

from pipeline.changes.match import natural_key
from pipeline.reports import moments
from pipeline.rows import canonical_measures
from pipeline.schema import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from decimal import Decimal

    from parsers.records import Evidence, Finding, Measure
    from pipeline.chronicle import Chronicle
    from pipeline.config import Source
    from pipeline.reports.record import Item, Pair, Told
    from pipeline.state import State

_VERSIONS = TABLES["measure_versions"].header
HISTORY = ("source", "valid_from", "valid_to", "eu_funding_eur")
"""Columns of measure_versions that a measure's history shows."""
# A measure renumbered, split or merged belongs to its old ids too.
_OLD_IDS = frozenset({"measure_renumbered", "measure_split", "measure_merged"})

_UNKNOWN = datetime.min.replace(tzinfo=UTC)


class Noted(NamedTuple):
    """A change with the states that show it, as a report has them. ``mark``: a digest of what was told at the
    time, and the change's place in it."""

    pair: Pair
    item: Item
    mark: tuple[str, int] = ("", 0)

    @property
    def seen(self) -> datetime | None:
        return self.pair.new.captured_at


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
    """A measure as one page states it now. ``canonical``: it is this row that sums count."""

    origin: Origin
    measure: Measure
    canonical: bool
    evidence: tuple[Evidence, ...]
    findings: tuple[Finding, ...] = ()


class Known(NamedTuple):
    """A measure that any capture ever held.

    ``standing``: on which pages it is now, the canonical one first; empty where it is gone. ``versions``:
    rows of measure_versions as dictionaries, oldest first; of those before the last the columns HISTORY.
    ``changes``: the newest first.
    """

    measure_id: str
    standing: tuple[Standing, ...]
    versions: tuple[Mapping[str, object], ...]
    changes: tuple[Noted, ...]

    @property
    def measure(self) -> Measure | None:
        return self.standing[0].measure if self.standing else None


class Seen(NamedTuple):
    """A source and what there is of it. ``versions``: how many of its captures differ from the one before.

    ``withheld``: the id of the newest capture where the gate held it back, and why, a sentence each.
    """

    source: Source
    state: State | None
    versions: int
    withheld: tuple[str, tuple[str, ...]] | None

    @property
    def measures(self) -> int:
        return len({measure.measure_id for measure in self.state.page.measures}) if self.state else 0


Moment = tuple[str, "list[Told]"]
"""What was seen at one time: the name of its report, and the pages on which something changed."""


class Facts(NamedTuple):
    """All of it. ``as_of``: when the newest capture was made; None where no time is known.

    ``moments``: the newest first, undated ones last.
    """

    as_of: datetime | None
    sources: tuple[Seen, ...]
    measures: dict[str, Known]
    moments: tuple[Moment, ...]

    @property
    def states(self) -> list[State]:
        return [seen.state for seen in self.sources if seen.state]

    @property
    def standing(self) -> list[Standing]:
        """The canonical row of each measure that stands, by the order of its id."""
        return [known.standing[0] for known in self.measures.values() if known.standing]

    @property
    def eu_funding(self) -> Decimal | None:
        """EU funding of all measures, each once, euro; None where no measure states any."""
        amounts = [one.measure.eu_funding_eur for one in self.standing]
        stated = [amount for amount in amounts if amount is not None]
        return sum(stated[1:], stated[0]) if stated else None


def gather(sources: Iterable[Source], chronicles: Mapping[str, Chronicle], states: Sequence[State]) -> Facts:
    """The facts of these histories. ``states``: fit to be published (see ``state.published``)."""
    by_source = {state.source.id: state for state in states}
    told = [one for chronicle in chronicles.values() for one in chronicle.told]
    times = [state.capture.captured_at for state in states if state.capture.captured_at]
    reports = list(moments.by_moment(told))
    dated = [one for one in reports if one[1][0].pair.new.captured_at]
    undated = [one for one in reports if not one[1][0].pair.new.captured_at]
    return Facts(
        max(times, default=None),
        tuple(_seen(source, chronicles[source.id], by_source.get(source.id)) for source in sources),
        _measures(chronicles, states),
        (*reversed(dated), *reversed(undated)),
    )


def _seen(source: Source, chronicle: Chronicle, state: State | None) -> Seen:
    step = chronicle.withheld
    withheld = (step.capture.id, step.withheld) if step else None
    return Seen(source, state, len(chronicle.captures), withheld)


def _measures(chronicles: Mapping[str, Chronicle], states: Sequence[State]) -> dict[str, Known]:
    standing = _standing(states)
    versions: defaultdict[str, list[Mapping[str, object]]] = defaultdict(list)
    changes: defaultdict[str, list[Noted]] = defaultdict(list)
    for chronicle in chronicles.values():
        for row in chronicle.versions:
            facts = dict(zip(_VERSIONS, row, strict=True))
            some = versions[str(facts["measure_id"])]
            if some:  # of those that are past there may be many
                some[-1] = {name: some[-1][name] for name in HISTORY}
            some.append(facts)
        for told in chronicle.told:
            for place, item in enumerate(told.pair.items):
                for measure_id in _about(item):
                    changes[measure_id].append(Noted(told.pair, item, (told.digest, place)))
    known = sorted({*standing, *versions}, key=natural_key)
    return {
        measure_id: Known(
            measure_id,
            tuple(standing.get(measure_id, ())),
            tuple(versions[measure_id]),
            tuple(_newest_first(changes[measure_id])),
        )
        for measure_id in known
    }


def _standing(states: Sequence[State]) -> dict[str, list[Standing]]:
    canonical = canonical_measures((state.source.id, state.page) for state in states)
    found: defaultdict[str, list[Standing]] = defaultdict(list)
    for state in states:
        evidence: defaultdict[str | None, list[Evidence]] = defaultdict(list)
        for one in state.page.evidence:
            evidence[one.measure_id].append(one)
        findings: defaultdict[str | None, list[Finding]] = defaultdict(list)
        for each in state.page.findings:
            findings[each.measure_id].append(each)
        taken, origin = set(), origin_of(state)
        for measure in state.page.measures:
            measure_id = measure.measure_id
            if measure_id not in taken:
                taken.add(measure_id)
                is_it = measure_id in canonical[state.source.id]
                about = tuple(evidence[measure_id]), tuple(findings[measure_id])
                found[measure_id].append(Standing(origin, measure, is_it, *about))
    for some in found.values():
        some.sort(key=lambda one: not one.canonical)
    return found


def origin_of(state: State) -> Origin:
    """Where a state's measures stand."""
    source, capture = state.source, state.capture
    content = (*capture.body, source.publish_contacts)
    url = state.page.url or source.url
    return Origin(source.id, source.publisher, url, capture.id, capture.captured_at, content)


def _about(item: Item) -> set[str]:
    change = item.change
    ids = {change.measure_id} if change.measure_id else set()
    if change.kind in _OLD_IDS:
        ids |= {measure.measure_id for measure in (*change.before, *change.after)}
    return ids


def _newest_first(some: list[Noted]) -> list[Noted]:
    """What is of unknown time comes last."""
    return sorted(some, key=lambda one: one.seen or _UNKNOWN, reverse=True)

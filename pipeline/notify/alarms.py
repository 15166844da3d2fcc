"""What is wrong with sources: which were not fetched run after run, whose newest capture is withheld.

Each is told once, and once when it is over: a failing source from so many runs in a row on, a withheld
capture at once. As long as a source stays withheld it is one and the same trouble, though each new capture
of the same wreck has other bytes.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from pipeline import sealed
from pipeline.json_text import utc
from pipeline.notify.inert import inert
from pipeline.notify.letter import ADMIN, Damaged, Message, message_id

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from pipeline.config import Source
    from pipeline.fetch_types import Outcome
    from pipeline.overview import Overview

_GOOD = frozenset({"fetched", "unchanged"})
_LONGEST_REASON = 300


class Failing(NamedTuple):
    """A source that was not fetched in so many ``runs`` in a row. ``since``: ISO, UTC."""

    runs: int
    since: str
    told: bool


class Withheld(NamedTuple):
    """A source whose newest captures are withheld: the ``first`` and the ``newest`` of them."""

    first: str
    newest: str


class Alarms(NamedTuple):
    """By source. ``serial`` counts what was noted: of two records the higher one is the newer."""

    serial: int
    failing: dict[str, Failing]
    withheld: dict[str, Withheld]


class Event(NamedTuple):
    """What there is to tell of a source. ``title``: a few words."""

    source: str
    title: str
    text: str


NOTHING = Alarms(0, {}, {})


def noted(
    known: Alarms,
    sources: Sequence[Source],
    outcomes: Iterable[Outcome],
    seen: Overview | None,
    failures: int,
    now: datetime,
    accepted: Iterable[str] = (),
) -> tuple[Alarms, list[Event]]:
    """The record after a run, and what is to be told.

    ``outcomes``: what came of each source that was to be fetched. ``seen``: what is published; None where
    nothing could be published. ``failures``: so many runs in a row make an alarm. ``accepted``: the captures
    that a person let through.
    """
    ids = {source.id for source in sources}
    failing = {name: one for name, one in known.failing.items() if name in ids}
    withheld = {name: one for name, one in known.withheld.items() if name in ids}
    events = [
        *_fetching(failing, (one for one in outcomes if one.source in ids), failures, now),
        *(_withholding(withheld, seen, {_bytes_of(one) for one in accepted}) if seen else ()),
    ]
    if (failing, withheld) == (known.failing, known.withheld):
        return known, []
    return Alarms(known.serial + 1, failing, withheld), events


def _fetching(
    failing: dict[str, Failing], outcomes: Iterable[Outcome], failures: int, now: datetime
) -> Iterator[Event]:
    for outcome in outcomes:
        before = failing.pop(outcome.source, None)
        if outcome.kind in _GOOD:
            if before and before.told:
                text = f"fetched again, after {before.runs} runs that could not (since {before.since})"
                yield Event(outcome.source, "fetched again", text)
            continue
        runs, since = (before.runs + 1, before.since) if before else (1, utc(now))
        told = before is not None and before.told
        if runs >= failures and not told:
            reason = inert(outcome.message)[:_LONGEST_REASON]
            often = "in the last run" if runs == 1 else f"in {runs} runs in a row, since {since}"
            yield Event(outcome.source, "not fetched", f"not fetched {often}: {reason}")
        failing[outcome.source] = Failing(runs, since, told or runs >= failures)


def _bytes_of(capture: str) -> str:
    """The part of a capture's id that is the same wherever its source says the same bytes."""
    return capture.partition("-")[2]


def _withholding(withheld: dict[str, Withheld], seen: Overview, accepted: set[str]) -> Iterator[Event]:
    now = {one.source: one for one in seen.withheld}
    for source in [name for name in withheld if name not in now]:
        before = withheld.pop(source)
        published = seen.published.get(source, "")
        if published in (before.first, before.newest):
            text = f"capture {published} was accepted and is published"
        elif _bytes_of(before.newest) in accepted:
            text = f"capture {before.newest} was accepted, and a newer one is published"
        else:
            text = f"a capture that can be published came; {before.newest} stays withheld"
        yield Event(source, "published again", text)
    for source, one in now.items():
        known = withheld.get(source)
        if known is None:
            text = (
                f"capture {one.capture} is withheld: {'; '.join(map(inert, one.reasons))}. The tables stand "
                f'on the one before; `pasakumi accept {one.capture} --reason "…"` lets it through'
            )
            yield Event(source, "a capture is withheld", text)
        withheld[source] = Withheld(known.first if known else one.capture, one.capture)


def message(
    alarms: Alarms, events: Sequence[Event], sources: Sequence[Source], now: datetime
) -> Message | None:
    """All of it as one message; None where there is nothing to tell."""
    if not events:
        return None
    name = message_id(ADMIN, alarms.serial, [list(event) for event in events])
    urls = {source.id: source.url for source in sources}
    lines = [
        line
        for event in events
        for line in (f"• {event.source}: {event.text}.", f"  {urls[event.source]}", "")
    ]
    titles = dict.fromkeys(f"{event.source}: {event.title}" for event in events)
    more = f" and {len(titles) - 1} more" if len(titles) > 1 else ""
    title = f"pasakumi: {next(iter(titles))}{more}"
    body = "\n".join([*lines, f"pasakumi, message {name}"])
    return Message(name, ADMIN, title, body, now, {"alarms": to_fields(alarms)})


def newer(one: Alarms, other: Alarms) -> Alarms:
    """Of two records the one that was noted later."""
    return max(one, other, key=lambda alarms: alarms.serial)


def covered(one: Message) -> Alarms:
    """The record that a message was built with; an empty one where it is about something else."""
    try:
        return from_fields(one.covers["alarms"])
    except (KeyError, Damaged):  # another version's: what it told may be told again
        return NOTHING


def to_fields(alarms: Alarms) -> dict[str, Any]:
    """The record in types that JSON knows."""
    return {
        "serial": alarms.serial,
        "failing": {name: list(one) for name, one in alarms.failing.items()},
        "withheld": {name: list(one) for name, one in alarms.withheld.items()},
    }


def from_fields(fields: Mapping[str, Any]) -> Alarms:
    """Raises Damaged."""
    try:
        return Alarms(
            int(fields["serial"]),
            {
                name: Failing(int(runs), str(since), bool(told))
                for name, (runs, since, told) in fields["failing"].items()
            },
            {name: Withheld(str(first), str(newest)) for name, (first, newest) in fields["withheld"].items()},
        )
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        raise Damaged(f"it cannot be read ({type(error).__name__})") from error


def to_bytes(alarms: Alarms) -> bytes:
    """The record as JSON."""
    text = json.dumps(to_fields(alarms), ensure_ascii=False, indent=1, sort_keys=True)
    return sealed.json_sealed(text.encode())


def from_bytes(content: bytes) -> Alarms:
    """Raises Damaged."""
    try:
        fields = json.loads(sealed.json_opened(content))
    except (ValueError, RecursionError) as error:
        raise Damaged(f"it cannot be read ({type(error).__name__})") from error
    return from_fields(fields)

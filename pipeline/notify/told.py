"""What each subscriber was told, as one capture for each source: changes seen in later ones are news.

A capture's time is what counts, not its id, as its digest is another one once words were blocked out in it.
So a capture that is imported into the past is no news, and one that is accepted late is, as long as none
after it was told.

A subscriber without a record hears of nothing that is in raw/ when the run begins: a *baseline*, written
down before anything is fetched, so that no kill can make news of the past or lose what comes.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from pipeline import sealed
from pipeline.notify.letter import Damaged

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

Captures = dict[str, str]
"""A capture's id by source; empty where there was none yet."""


class Told(NamedTuple):
    """By subscriber. ``baseline``: of sources of which nothing was told so far."""

    upto: dict[str, Captures]
    baseline: dict[str, Captures]


NOTHING = Told({}, {})


def moment_of(capture: str) -> str:
    """The part of a capture's id that says when; it sorts by time, captures of unknown time first."""
    first, _, rest = capture.partition("-")
    return f"{first}-{rest.partition('-')[0]}" if first == "0000" else first


def later(one: str, other: str) -> str:
    """Of two captures the later one."""
    return max(one, other, key=moment_of)


def begun(
    told: Told, subscribers: Iterable[str], sources: Iterable[str], newest: Callable[[], Mapping[str, str]]
) -> Told:
    """The record with a baseline for whoever has none, and without those who want no messages any more.

    ``newest``: each source's newest capture in raw/; asked only where needed.
    """
    sources = list(sources)
    upto = {name: told.upto.get(name, {}) for name in subscribers}
    baseline = {name: dict(told.baseline.get(name, {})) for name in upto}
    missing = {
        name: [source for source in sources if source not in upto[name] and source not in baseline[name]]
        for name in upto
    }
    if any(missing.values()):
        there = newest()
        for name, some in missing.items():
            baseline[name] |= {source: there.get(source, "") for source in some}
    return Told(upto, baseline)


def with_message(told: Told, subscriber: str, upto: Mapping[str, str]) -> Told:
    """The record once a message has told of all captures up to these."""
    if subscriber not in told.upto:
        return told
    known = told.upto[subscriber]
    more = {source: later(known.get(source, ""), capture) for source, capture in upto.items()}
    return told._replace(upto={**told.upto, subscriber: {**known, **more}})


def since(told: Told, subscriber: str, source: str) -> str:
    """The last capture that the subscriber was told of, or was not to be told of."""
    return later(
        told.upto.get(subscriber, {}).get(source, ""), told.baseline.get(subscriber, {}).get(source, "")
    )


def finished(told: Told, sources: Iterable[str], published: Mapping[str, str]) -> Told:
    """The record once everything that is published was told. What was withheld at the baseline and is
    accepted later is news."""
    upto = {
        name: {
            **known,
            **{source: later(known.get(source, ""), published.get(source, "")) for source in sources},
        }
        for name, known in told.upto.items()
    }
    return Told(upto, {name: {} for name in upto})


def is_quiet(told: Told, sources: Iterable[str], published: Mapping[str, str]) -> bool:
    """Whether nobody has missed anything that is published."""
    return all(
        moment_of(published.get(source, "")) <= moment_of(since(told, name, source))
        for source in sources
        for name in told.upto
    )


def to_bytes(told: Told) -> bytes:
    """The record as JSON."""
    text = json.dumps(told._asdict(), ensure_ascii=False, indent=1, sort_keys=True)
    return sealed.json_sealed(text.encode())


def from_bytes(content: bytes) -> Told:
    """Raises Damaged."""
    try:
        fields = json.loads(sealed.json_opened(content))
        return Told(*(_by_subscriber(fields[name]) for name in Told._fields))
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise Damaged(f"it cannot be read ({type(error).__name__})") from error


def _by_subscriber(fields: Mapping[str, Mapping[str, object]]) -> dict[str, Captures]:
    read = {name: dict(captures) for name, captures in fields.items()}
    if not all(isinstance(capture, str) for captures in read.values() for capture in captures.values()):
        raise TypeError
    return read  # type: ignore[return-value]

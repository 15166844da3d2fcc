"""What the index says of each source at its head, so that nobody reads all of it to learn what is newest.

The facts of a source follow from those before and the captures that came since, as long as these are later:
that is so with what is fetched. Where captures come in between (an import), they are told anew from all.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any, NamedTuple

from pipeline import cdxj
from pipeline.captures import Capture

_GOOD = 200
# A history that is remembered goes on from one of so many of the last changes of the page's bytes.
_HEADS = 8


class Head(NamedTuple):
    """A stretch of equal bytes: the index line of its first capture. ``chain``: a digest of the ids of the
    first captures of all stretches up to this one, in hexadecimal."""

    chain: str
    line: str


class Facts(NamedTuple):
    """One source's captures in short. ``number``: of all. ``newest``, ``fetched``: index lines of the newest
    capture and of the newest one that a run fetched, empty where there is none. ``original``: the line of the
    record that holds the newest one's bytes, empty where that is not known. ``keys``: the sort keys of all
    addresses. ``heads``: the last stretches, oldest first."""

    number: int
    newest: str
    fetched: str
    original: str
    keys: tuple[str, ...]
    heads: tuple[Head, ...]

    @property
    def chain(self) -> str:
        """The digest of all stretches; empty where no capture is good."""
        return self.heads[-1].chain if self.heads else ""


NONE = Facts(0, "", "", "", (), ())


def linked(chain: str, capture_id: str) -> str:
    """The digest of the stretches before and of one more."""
    return hashlib.sha256(f"{chain} {capture_id}".encode()).hexdigest()


def chain_of(capture_ids: Iterable[str]) -> str:
    """The digest of these first captures of stretches, in their order."""
    chain = ""
    for one in capture_ids:
        chain = linked(chain, one)
    return chain


class Fold:
    """Facts of sources as captures are taken in. ``in_order``: every capture so far was later than those of
    its source before it; where one was not, the facts are none."""

    def __init__(self, known: dict[str, Facts] | None = None) -> None:
        self._known = dict(known or {})
        self._newest: dict[str, Capture] = {}
        self._good: dict[str, str] = {}
        self.in_order = True

    def facts(self) -> dict[str, Facts]:
        """By source."""
        return self._known

    def take(self, capture: Capture, line: str) -> None:
        """The next capture, with its index line."""
        source = capture.source
        before = self._known.get(source, NONE)
        last = self._newest.get(source) or _capture(before.newest)
        if last and last.id >= capture.id:
            self.in_order = False
            return
        fetched = capture.captured_at is not None and not capture.file.startswith(cdxj.BROUGHT_IN)
        key = line.partition(" ")[0]
        self._known[source] = Facts(
            before.number + 1,
            line,
            line if fetched else before.fetched,
            _original(capture, last, before),
            before.keys if key in before.keys else tuple(sorted((*before.keys, key))),
            self._heads(capture, line, before),
        )
        self._newest[source] = capture

    def _heads(self, capture: Capture, line: str, before: Facts) -> tuple[Head, ...]:
        source = capture.source
        if capture.status != _GOOD:
            return before.heads
        if source not in self._good and before.heads:
            head = _capture(before.heads[-1].line)
            self._good[source] = head.sha256 if head else ""
        if self._good.get(source) == capture.sha256:
            return before.heads
        self._good[source] = capture.sha256
        return (*before.heads[1 - _HEADS :], Head(linked(before.chain, capture.id), line))


def _original(capture: Capture, last: Capture | None, before: Facts) -> str:
    """Where a repetition's bytes are: with what it repeats, when that is the capture before it."""
    if capture.kind != "revisit" or last is None or last.sha256 != capture.sha256:
        return ""
    return before.original if last.kind == "revisit" else before.newest


def _capture(line: str) -> Capture | None:
    return cdxj.to_capture(line) if line else None


def as_json(known: dict[str, Facts]) -> dict[str, list[Any]]:
    """As the head of the index has it; lines without their ends."""
    return {source: _stripped(facts) for source, facts in sorted(known.items())}


def _stripped(facts: Facts) -> list[Any]:
    lines = [line.rstrip("\n") for line in (facts.newest, facts.fetched, facts.original)]
    heads = [[head.chain, head.line.rstrip("\n")] for head in facts.heads]
    return [facts.number, *lines, list(facts.keys), heads]


def from_json(content: dict[str, list[Any]]) -> dict[str, Facts]:
    """What :func:`as_json` made. Raises ValueError, TypeError, AttributeError where it is something else."""
    known = {}
    for source, (number, newest, fetched, original, keys, heads) in content.items():
        known[source] = Facts(
            int(number),
            _whole(newest),
            _whole(fetched),
            _whole(original),
            tuple(keys),
            tuple(Head(chain, _whole(line)) for chain, line in heads),
        )
    return known


def _whole(line: str) -> str:
    return f"{line}\n" if line else ""

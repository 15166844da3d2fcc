"""Going through the outbox: each message to each address that has not taken it, within so much time.

Before a message is handed over its next try is written down, and right afterwards that it was taken. So a
kill in between can at worst repeat the same message, and where the disk is full it stays here.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, NamedTuple

from pipeline.notify import addresses, schedule
from pipeline.notify.courier import Answer, Courier
from pipeline.notify.letter import Delivery

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from pipeline.notify.letter import Letter
    from pipeline.notify.outbox import Outbox


class Limits(NamedTuple):
    """Seconds: of one message at one address, of a run in all, of the pauses before further tries in it."""

    one: float = 30.0
    all: float = 60.0
    pauses: tuple[float, ...] = (1.0, 4.0)


class Task(NamedTuple):
    """A message that one address is to have."""

    letter: Letter
    entry: str


class Failure(NamedTuple):
    """A message that was not taken."""

    to: str
    address: str
    why: str


def tasks(
    letters: Sequence[Letter], book: Mapping[str, Sequence[str]], now: datetime, *, at_once: bool = False
) -> list[Task]:
    """What is to be tried now, oldest first. ``book``: the addresses of each receiver. ``at_once``: also what
    waits for its next try. What was tried often comes last."""
    found = [
        Task(letter, entry)
        for letter in letters
        for entry in dict.fromkeys(book.get(letter.message.to, ()))
        if _is_due(letter, entry, now, at_once=at_once)
    ]
    return sorted(found, key=lambda one: _delivery(one.letter, one.entry).tries >= schedule.OFTEN)


def is_done(letter: Letter, entries: Sequence[str]) -> bool:
    """Whether every address has taken it. A message that nobody is left for waits until somebody is."""
    return bool(entries) and all(_delivery(letter, entry).sent_at for entry in entries)


class Round:
    """One pass through the outbox. ``failures``: what was not taken, and why. Raises OSError where what is
    done could not be written down; nothing more is sent then."""

    def __init__(
        self,
        outbox: Outbox,
        book: Mapping[str, Sequence[str]],
        environment: Mapping[str, str],
        limits: Limits,
        now: datetime,
    ) -> None:
        self._outbox, self._book, self._environment = outbox, book, environment
        self._limits, self._now = limits, now
        self._ends = time.monotonic() + limits.all
        self._failing: set[str] = set()
        self._silent: set[str] = set()
        self._deliveries: dict[str, dict[str, Delivery]] = {}
        self.failures: list[Failure] = []
        self.sent = 0

    def go(self, letters: Sequence[Letter], *, at_once: bool = False) -> None:
        self._deliveries = {one.message.id: dict(one.deliveries) for one in letters}
        self._put_away(letters)
        some = tasks(letters, self._book, self._now, at_once=at_once)
        if not some:
            return
        with Courier(self._limits.one) as courier:
            for task in some:
                if self._left() <= 0:
                    self._failed(task, "there was no time to try")
                elif task.entry not in self._silent:
                    self._try(courier, task)
        self._put_away(letters)

    def _try(self, courier: Courier, task: Task) -> None:
        address = addresses.resolve(task.entry, self._environment)
        self._note(task, tries=1, why="")
        unset = Answer(taken=False, why=addresses.UNSET)
        answer = self._answer(courier, task, address) if address else unset
        if answer.taken:
            self._note(task, sent_at=self._now)
            self.sent += 1
            return
        if not answer.again:
            self._silent.add(task.entry)
        self._note(task, why=answer.why)
        self._failed(task, answer.why)

    def _answer(self, courier: Courier, task: Task, address: str) -> Answer:
        """Its last word, after a few tries where these may help."""
        pauses = () if task.entry in self._failing else self._limits.pauses
        for pause in (*pauses, None):
            try:
                answer = courier.send(task.letter.message, address, self._left())
            except OSError as error:
                return Answer(taken=False, why=f"no process could be started ({error.strerror})")
            if answer.taken or not answer.again or pause is None or pause >= self._left():
                return answer
            time.sleep(pause)
        return answer

    def _note(self, task: Task, tries: int = 0, **more: object) -> None:
        """Write down what came of it, durably."""
        message = task.letter.message
        deliveries = self._deliveries[message.id]
        key = addresses.key(task.entry)
        before = deliveries.get(key, Delivery())
        counted = before.tries + tries
        next_at = schedule.next_try(counted, self._now)
        deliveries[key] = before._replace(**{"tries": counted, "next_at": next_at, **more})  # type: ignore[arg-type]
        self._outbox.record(message, deliveries)

    def _failed(self, task: Task, why: str) -> None:
        self._failing.add(task.entry)
        self.failures.append(Failure(task.letter.message.to, addresses.label(task.entry), why))

    def _put_away(self, letters: Sequence[Letter]) -> None:
        for one in letters:
            known = self._deliveries.get(one.message.id)
            if known is not None and is_done(
                one._replace(deliveries=known), self._book.get(one.message.to, ())
            ):
                self._outbox.done(one.message)
                del self._deliveries[one.message.id]

    def _left(self) -> float:
        return max(0.0, self._ends - time.monotonic())


def unsent_lines(failures: Sequence[Failure]) -> Iterator[str]:
    """One line, where there is anything to say; it names receivers and schemes, never an address."""
    if failures:
        told = dict.fromkeys(f"{one.to} ({one.address}: {one.why})" for one in failures)
        yield f"messages not sent: {'; '.join(told)}; they wait in state/outbox and are tried again"


def _is_due(letter: Letter, entry: str, now: datetime, *, at_once: bool) -> bool:
    delivery = _delivery(letter, entry)
    return schedule.is_due(delivery, now) or (at_once and delivery.sent_at is None)


def _delivery(letter: Letter, entry: str) -> Delivery:
    return letter.deliveries.get(addresses.key(entry), Delivery())

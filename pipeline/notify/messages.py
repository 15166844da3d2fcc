"""Messages of a run: what there is to tell becomes files of the outbox, then these are sent.

In a run's order: ``begin`` before anything is fetched, ``tell`` once output/ is written, ``send``. Each
message is on disk together with what it covers, in one write; the records of what was told follow it. So a
run that is killed anywhere tells nothing twice and forgets nothing: the next one compares what is published
with what is covered, not with what the killed run did.
"""

from __future__ import annotations

import os
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from pipeline.errors import Failed
from pipeline.notify import told as record
from pipeline.notify.letter import ADMIN
from pipeline.notify.outbox import Outbox

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from pipeline.config import Config
    from pipeline.fetch_types import Outcome
    from pipeline.notify.letter import Letter, Message
    from pipeline.notify.sending import Limits
    from pipeline.notify.told import Told
    from pipeline.overview import Overview
    from pipeline.reports import told as reports

    History = Mapping[str, Sequence[reports.Told]]
    Histories = Callable[[], History]

TOLD = "told.json"
ALARMS = "alarms.json"


def addresses_of(config: Config) -> dict[str, tuple[str, ...]]:
    """Who gets messages, and where: entries of sources.toml by the receiver."""
    book = {one.name: one.notify for one in config.subscribers if one.notify}
    return book | ({ADMIN: config.notify.admin} if config.notify.admin else {})


def _now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)


def trial(to: str) -> Message:
    """A message that tells nothing."""
    from pipeline.notify.letter import Message, message_id

    at = _now()
    name = message_id("test", to, at.isoformat())
    words = "This is a test: pasakumi can reach you. / Pārbaude: pasakumi jūs sasniedz."
    body = f"{words}\n\npasakumi, message {name}"
    return Message(name, to, "pasakumi: test / pārbaude", body, at, {})


class Messages:
    """Those of one run or command, under its lock. ``notes``: what went wrong, a line each; nothing that goes
    wrong with messages is raised. ``dry``: nothing is written down."""

    def __init__(self, config: Config, *, dry: bool = False) -> None:
        self._config = config
        self._book = addresses_of(config)
        self._outbox = Outbox(config.state, dry=dry)
        self._broken = False
        self.notes: list[str] = []

    def begin(self, newest: Callable[[], Mapping[str, str]]) -> None:
        """Note where those begin that were told nothing so far. Who wants nothing any more is forgotten: once
        back, they would hear of all that time. ``newest``: each source's newest capture in raw/."""
        names = [name for name in self._book if name != ADMIN]
        try:
            if ADMIN not in self._book:
                self._outbox.forget(ALARMS)
            known = self._outbox.read(TOLD, record.from_bytes, record.NOTHING)
            begun = record.begun(known, names, self._sources, newest)
            if begun != known:
                self._outbox.keep(TOLD, record.to_bytes(begun))
        except (OSError, Failed) as error:
            self._trouble(error)

    def hide(self, hide: Callable[[str], str]) -> None:
        """Put what waits into the words that ``hide`` gives; where that fails, nothing is sent."""
        try:
            self._outbox.hide(hide)
        except OSError as error:
            self._trouble(error)

    def tell(self, outcomes: Iterable[Outcome], seen: Overview | None, histories: Histories) -> list[Message]:
        """Put into the outbox what there is to tell, and give it. ``seen``: None where nothing could be
        published. ``histories``: the changes of each source, asked only where one may be news."""
        if not self._book or self._broken:
            return []
        try:
            waiting = self._outbox.waiting()
            made = self._alarms(waiting, outcomes, seen)
            if seen:
                made += self._news(waiting, seen, histories)
        except (OSError, Failed) as error:
            self._trouble(error)
            return []
        return made

    def send(self, limits: Limits | None = None, *, at_once: bool = False) -> int:
        """Send what waits, and give how many were sent. ``at_once``: also what was to be tried later."""
        sent = 0
        if not self._broken and self._book:
            try:
                sent = self._round(limits, at_once=at_once)
            except OSError as error:
                self._trouble(error)
        self.notes += self._outbox.notes
        self._outbox.notes = []
        return sent

    @property
    def _sources(self) -> list[str]:
        return [source.id for source in self._config.sources]

    def _alarms(
        self, waiting: Sequence[Letter], outcomes: Iterable[Outcome], seen: Overview | None
    ) -> list[Message]:
        if ADMIN not in self._book:
            return []
        from pipeline import decisions
        from pipeline.notify import alarms

        known = self._outbox.read(ALARMS, alarms.from_bytes, alarms.NOTHING)
        newest = known
        for letter in waiting:
            newest = alarms.newer(newest, alarms.covered(letter.message))
        at, sources, failures = _now(), self._config.sources, self._config.notify.failures
        accepted = [one.capture for one in decisions.read(self._config.raw).all]
        noted, events = alarms.noted(newest, sources, outcomes, seen, failures, at, accepted)
        message = alarms.message(noted, events, sources, datetime.now(UTC))
        if message:
            self._outbox.put(message)
        if noted != known:
            self._outbox.keep(ALARMS, alarms.to_bytes(noted))
        return [message] if message else []

    def _news(self, waiting: Sequence[Letter], seen: Overview, histories: Histories) -> list[Message]:
        known = self._outbox.read(TOLD, record.from_bytes, record.NOTHING)
        covered = known
        for letter in waiting:
            covered = record.with_message(covered, letter.message.to, letter.message.covers.get("upto", {}))
        made: list[Message] = []
        if not record.is_quiet(covered, self._sources, seen.published):
            made = self._built(covered, seen, histories())
        for message in made:
            self._outbox.put(message)
        finished = record.finished(covered, self._sources, seen.published)
        if finished != known:
            self._outbox.keep(TOLD, record.to_bytes(finished))
        return made

    def _built(self, covered: Told, seen: Overview, told: History) -> list[Message]:
        from pipeline.notify import news

        made, at = [], datetime.now(UTC)  # to the microsecond: the order in which messages are sent
        for subscriber in self._config.subscribers:
            if subscriber.name in covered.upto:

                def since(source: str, name: str = subscriber.name) -> str:
                    return record.since(covered, name, source)

                some = news.news(told, since, seen.published)
                message = news.message(subscriber, some, seen.published, at)
                made += [message] if message else []
        return made

    def _round(self, limits: Limits | None, *, at_once: bool) -> int:
        letters = self._outbox.waiting()
        if not letters:
            return 0
        from pipeline.notify.sending import Limits, Round, unsent_lines

        one = Round(self._outbox, self._book, os.environ, limits or Limits(), _now())
        try:
            one.go(letters, at_once=at_once)
            self._outbox.prune(_now())
        finally:
            self.notes += unsent_lines(one.failures)
        return one.sent

    def _trouble(self, error: OSError | Failed) -> None:
        """Nothing more is sent: what is sent and not written down would be sent again and again."""
        self._broken = True
        why = str(error)
        if isinstance(error, OSError):
            why = f"state/outbox cannot be read or written ({error.strerror or error})"
        self.notes.append(f"{why}: messages are told and sent by a later run")

"""What subscribers and the operator were sent, freed of how."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import NamedTuple

from tests.pipeline.receivers import Hook, Mailbox, sentences
from tests.year.ledger import Admin

_ALARMS = (
    ("not fetched in", "not fetched"),
    ("fetched again", "fetched again"),
    ("a capture that can be published came", "published"),
    ("is withheld", "withheld"),
    ("was accepted", "accepted"),
)


class Letter(NamedTuple):
    """A message as it came. ``id``: the same where the same message came again."""

    id: str
    lines: list[str]


def letters(end: Hook | Mailbox) -> Iterator[Letter]:
    """All that came, refused or not, in its order."""
    if isinstance(end, Hook):
        for message in end.messages:
            yield Letter(message["id"], sentences(message["message"]))
        return
    for mail in end.mails:
        yield Letter(str(mail["Message-ID"]), sentences(mail.get_content().replace("\r\n", "\n")))


def alarms(lines: Iterable[str]) -> list[Admin]:
    """What the operator is told, in a word each."""
    found = []
    for line in lines:
        source, _, text = line.partition(": ")
        what = next((word for words, word in _ALARMS if words in text), text)
        found.append(Admin(source, what))
    return found


class Receiver:
    """Somebody who is sent messages. ``owed``: the lines of messages not taken yet; ``since``: when the first
    of them was written."""

    def __init__(self, end: Hook | Mailbox) -> None:
        self._end, self.address = end, end.address
        self.owed: list[list[str]] = []
        self.since: datetime | None = None
        self.is_down = False
        self._came = 0
        self._taken: set[str] = set()

    def set_down(self, *, is_down: bool) -> None:
        self.is_down = is_down
        if isinstance(self._end, Hook):
            self._end.status = 503 if is_down else 200
        else:
            self._end.answer = "451 try again later" if is_down else "250 taken"

    def owe(self, lines: list[str], now: datetime) -> None:
        """A message with these lines is written."""
        self.owed.append(lines)
        self.since = self.since or now

    def settle(self) -> None:
        """All was taken."""
        self.owed, self.since = [], None

    def taken(self) -> list[list[str]]:
        """The lines of each message taken since it was asked last. What comes a second time is one message,
        as its id says; what came while nothing was taken is none."""
        came = list(letters(self._end))
        news, self._came = came[self._came :], len(came)
        if self.is_down:
            return []
        fresh = [one for one in news if one.id not in self._taken]
        self._taken |= {one.id for one in news}
        return [one.lines for one in {one.id: one for one in fresh}.values()]

"""Messages on their way, under state/outbox/: one file each, on disk before anything is sent.

::

    waiting/ID.json   to be sent, with what came of it so far
    sent/ID.json      taken by every address; kept for some weeks, so that the same is never sent again
    damaged/…         what could not be read: set aside and said
    told.json         what each subscriber was told
    alarms.json       which sources fail, whose captures are withheld

One process at a time, under the lock of a run.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING, TypeVar

from pipeline import durable
from pipeline.errors import Failed
from pipeline.notify import letter
from pipeline.notify.letter import Damaged, Delivery, Letter, Message
from pipeline.printable import printable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime
    from pathlib import Path

T = TypeVar("T")

FOLDER = "outbox"
_KEPT = timedelta(days=30)


def hide(state: Path, words: Callable[[str], str]) -> None:
    """Put all messages into the ``words`` that this gives. Raises Failed."""
    try:
        Outbox(state).hide(words)
    except OSError as error:
        raise Failed(
            f"state/{FOLDER}: people who are to be hidden could not be taken out of its messages "
            f"({error.strerror or error}); nothing published was changed"
        ) from error


class Outbox:
    """The folder. ``notes``: what was found damaged, a line each. ``dry``: nothing is written to it.

    Everything raises OSError where the disk does.
    """

    def __init__(self, state: Path, *, dry: bool = False) -> None:
        self.folder = state / FOLDER
        self._dry = dry
        self.notes: list[str] = []

    def put(self, message: Message) -> None:
        """Write it down, to be sent; nothing where it is there or was sent already."""
        name = f"{message.id}.json"
        if not self._dry and not any((self.folder / place / name).exists() for place in ("waiting", "sent")):
            self._write(self._made("waiting") / name, letter.to_bytes(Letter(message, {})))

    def waiting(self) -> list[Letter]:
        """All that are to be sent, oldest first; what is damaged is set aside."""
        found = self._letters("waiting")
        return sorted((one for _, one in found), key=lambda one: (one.message.built_at, one.message.id))

    def sent(self) -> list[Letter]:
        """Those that were sent in the last weeks, oldest first."""
        return sorted((one for _, one in self._letters("sent")), key=lambda one: one.message.built_at)

    def damaged(self) -> list[str]:
        """The names of what was set aside."""
        return sorted(path.name for path in self._files("damaged"))

    def record(self, message: Message, deliveries: dict[str, Delivery]) -> None:
        """Write down what came of a message that waits."""
        path = self.folder / "waiting" / f"{message.id}.json"
        self._write(path, letter.to_bytes(Letter(message, deliveries)))

    def done(self, message: Message) -> None:
        """Put it among the sent ones."""
        name = f"{message.id}.json"
        target = self._made("sent") / name
        durable.rename(self.folder / "waiting" / name, target)
        durable.sync_folder(target.parent)
        durable.sync_folder(self.folder / "waiting")

    def hide(self, hide: Callable[[str], str]) -> None:
        """Put every message, sent ones too, in words that ``hide`` gives, also what is damaged: it may have
        been written before they were to be hidden. Its id stays, as the same is not told again."""
        for place in ("waiting", "sent"):
            for path, one in self._letters(place):
                told = letter.worded(one, hide)
                if told != one:
                    self._write(path, letter.to_bytes(told))
        for path in self._files("damaged"):
            words = path.read_bytes().decode("utf-8", "surrogateescape")
            left = letter.hidden(words, hide)
            if left != words:
                self._write(path, left.encode("utf-8", "surrogateescape"))

    def prune(self, now: datetime) -> None:
        """Forget what was sent weeks ago, and what killed runs left half-written."""
        for path, one in self._letters("sent"):
            last = max((each.sent_at for each in one.deliveries.values() if each.sent_at), default=None)
            if (last or one.message.built_at) < now - _KEPT:
                path.unlink(missing_ok=True)
        for place in ("waiting", "sent", "."):
            for path in (self.folder / place).glob(".*.tmp"):
                path.unlink(missing_ok=True)

    def read(self, name: str, parse: Callable[[bytes], T], default: T) -> T:
        """One of the records beside the messages; the default where there is none that can be read."""
        path = self.folder / name
        try:
            return parse(path.read_bytes())
        except FileNotFoundError:
            return default
        except Damaged as error:
            self._set_aside(path, error)
            return default

    def keep(self, name: str, content: bytes) -> None:
        """Write one of these records."""
        if not self._dry:
            self._write(self._made(".") / name, content)

    def forget(self, name: str) -> None:
        """Remove one of these records, where it is there."""
        if not self._dry:
            (self.folder / name).unlink(missing_ok=True)

    def _letters(self, place: str) -> Iterator[tuple[Path, Letter]]:
        for path in self._files(place):
            try:
                one = letter.from_bytes(path.read_bytes(), path.stem)
            except Damaged as error:
                self._set_aside(path, error)
            else:
                yield path, one

    def _files(self, place: str) -> list[Path]:
        with suppress(FileNotFoundError):
            folder = self.folder / place
            return sorted(path for path in folder.iterdir() if not path.name.startswith("."))
        return []

    def _set_aside(self, path: Path, error: Damaged) -> None:
        if self._dry:
            return
        folder = self._made("damaged")
        target, number = folder / path.name, 1
        while target.exists():
            number += 1
            target = folder / f"{path.name}.{number}"
        durable.rename(path, target)
        durable.sync_folder(folder)
        what = "a message" if path.parent != self.folder else "a record of what was told"
        self.notes.append(
            f"state/{FOLDER}/{printable(path.name)}: {what} is damaged ({error}); it is kept in "
            f"state/{FOLDER}/damaged/{printable(target.name)}"
        )

    def _made(self, place: str) -> Path:
        """The folder, made to last where there was none."""
        folder = self.folder / place
        durable.make_folder(folder)
        return folder

    def _write(self, path: Path, content: bytes) -> None:
        durable.replace(path, [content])

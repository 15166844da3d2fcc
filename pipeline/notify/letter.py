"""A message and what came of it, as one file of the outbox."""

from __future__ import annotations

import hashlib
import json
import re
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import unquote

from pipeline.json_text import utc

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

ADMIN = "@admin"
_ID_DIGITS = 24
_PLACE = re.compile(r'#:~:text=[^\s"\\]*')


class Message(NamedTuple):
    """What is sent; it is built once. ``to``: a subscriber's name, or ADMIN.

    ``covers`` is what is told with it: ``{"upto": {source: capture}}`` of changes, ``{"alarms": {…}}`` of
    what is wrong. It is on disk with the message, so that nothing is told a second time by another one.
    """

    id: str
    to: str
    title: str
    body: str
    built_at: datetime
    covers: dict[str, Any]


class Delivery(NamedTuple):
    """What came of a message at one address. ``tries`` so far; ``next_at``: not before; ``why`` it was not
    taken the last time."""

    tries: int = 0
    next_at: datetime | None = None
    sent_at: datetime | None = None
    why: str = ""


class Letter(NamedTuple):
    """A message with its deliveries, by the key of the address."""

    message: Message
    deliveries: dict[str, Delivery]


class Damaged(Exception):
    """A file that is no letter, or not the one that was written."""


def worded(letter: Letter, hide: Callable[[str], str]) -> Letter:
    """The same letter in the words that ``hide`` gives; the line that has its id stands."""
    message = letter.message
    lines = [line if message.id in line else hidden(line, hide) for line in message.body.split("\n")]
    told = message._replace(title=hide(message.title), body="\n".join(lines))
    return letter._replace(message=told)


def hidden(words: str, hide: Callable[[str], str]) -> str:
    """The words as ``hide`` gives them, and addresses without the place on the page that would name whoever
    is hidden."""

    def place(found: re.Match[str]) -> str:
        quoted = unquote(found[0])
        return found[0] if hide(quoted) == quoted else ""

    return hide(_PLACE.sub(place, words))


def message_id(*parts: object) -> str:
    """The same for the same parts, here and on every machine."""
    words = json.dumps(parts, ensure_ascii=True, sort_keys=True)
    return hashlib.sha256(words.encode()).hexdigest()[:_ID_DIGITS]


def to_bytes(letter: Letter) -> bytes:
    """The letter as JSON, with a digest of itself."""
    message = letter.message._asdict() | {"built_at": utc(letter.message.built_at)}
    deliveries = {
        key: one._asdict() | {"next_at": _text(one.next_at), "sent_at": _text(one.sent_at)}
        for key, one in letter.deliveries.items()
    }
    content = {"message": message, "deliveries": deliveries}
    return json.dumps({**content, "sha256": _digest(content)}, ensure_ascii=False, indent=1).encode(
        "utf-8", "backslashreplace"
    )


def from_bytes(content: bytes, name: str) -> Letter:
    """The letter with the message of this id. Raises Damaged."""
    try:
        fields = json.loads(content)
        if fields.pop("sha256") != _digest(fields):
            raise Damaged("its digest is not that of its content")
        message = fields["message"]
        if message["id"] != name:
            raise Damaged("it is another message than its name says")
        if not all(isinstance(one, str) for one in message["covers"].get("upto", {}).values()):
            raise Damaged("it does not say what it covers")
        message["built_at"] = datetime.fromisoformat(message["built_at"])
        deliveries = {
            key: Delivery(**one | {"next_at": _moment(one["next_at"]), "sent_at": _moment(one["sent_at"])})
            for key, one in fields["deliveries"].items()
        }
        return Letter(Message(**message), deliveries)
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise Damaged(f"it cannot be read ({type(error).__name__})") from error


def _digest(content: Mapping[str, object]) -> str:
    words = json.dumps(content, ensure_ascii=True, sort_keys=True)
    return hashlib.sha256(words.encode()).hexdigest()


def _text(moment: datetime | None) -> str | None:
    return utc(moment) if moment else None


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None

"""Whoever messages are sent to: a webhook and a mail server on this machine, well-behaved or not."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from werkzeug import Request, Response

from pipeline import run
from pipeline.captures import Capture
from pipeline.config import Config, load
from pipeline.notify.letter import Message
from pipeline.notify.messages import Messages
from tests.pipeline.site import capture, measure, page, sources


class Hook:
    """What a webhook was sent. ``status`` is what it answers, ``before``: what it does before that."""

    def __init__(self, server: Any, path: str = "/hook") -> None:
        self.bodies: list[bytes] = []
        self.status = 200
        self.before: Callable[[], None] = lambda: None
        server.expect_request(path, method="POST").respond_with_handler(self._answer)
        self.address = f"json://{server.host}:{server.port}{path}"

    def _answer(self, request: Request) -> Response:
        self.bodies.append(request.get_data())
        self.before()
        return Response("", self.status)

    @property
    def messages(self) -> list[dict[str, Any]]:
        return [json.loads(body) for body in self.bodies]

    @property
    def by_id(self) -> dict[str, dict[str, Any]]:
        """Each message that came, by its id; what came twice was the same to the byte."""
        assert len(set(self.bodies)) == len(set(self.taken))
        return {message["id"]: message for message in self.messages}

    @property
    def taken(self) -> list[str]:
        return [one["id"] for one in self.messages]


class Mailbox:
    """An SMTP server's handler. ``answer`` is what it says to a mail."""

    def __init__(self) -> None:
        self.contents: list[bytes] = []
        self.answer = "250 taken"
        self.address = ""

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        self.contents.append(envelope.content)
        return self.answer

    @property
    def mails(self) -> list[EmailMessage]:
        return [
            message_from_bytes(content, policy=policy.default)  # type: ignore[misc]
            for content in self.contents
        ]


class _Controller(Controller):
    def _trigger_server(self) -> None:
        """Port 0 is whichever is free: which one is known only now."""
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


@contextmanager
def mail_server() -> Iterator[Mailbox]:
    box = Mailbox()
    controller = _Controller(box, hostname="127.0.0.1", port=0)
    controller.start()
    try:
        box.address = f"mailto://127.0.0.1:{controller.port}?from=pasakumi@data.example&to=desk@news.example&mode=insecure"
        yield box
    finally:
        controller.stop(no_assert=True)


def subscribed(
    folder: Path,
    *notify: str,
    name: str = "desk",
    admin: str = "",
    wishes: tuple[str, ...] = (),
    **named: Any,
) -> Path:
    """A sources.toml with a subscriber who gets messages, and whom to alarm."""
    lines = [f"[[subscriber]]\nname = {json.dumps(name)}\nnotify = {json.dumps(list(notify))}", *wishes]
    alarms = [f"[notify]\nadmin = [{json.dumps(admin)}]"] if admin else []
    return sources(folder, *named.pop("more", ()), *alarms, *lines, **named)


DAY = datetime(2025, 3, 1, 6, 30, tzinfo=UTC)
GREW = page([measure(1, amount="1 500 000"), *map(measure, range(2, 6))])
SLIPPED = page([measure(1, when="2025. gada III cet."), *map(measure, range(2, 6))])


def store(folder: Path, day: int, content: str) -> Capture:
    """A capture of so many days after DAY."""
    return capture(folder / "raw", content, DAY + timedelta(days=day))


def rows(folder: Path) -> list[dict[str, str]]:
    """The table of changes."""
    with (folder / "output" / "tables" / "changes.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def sentences(message: str) -> list[str]:
    """What a message tells, a sentence for each change."""
    return [line.removeprefix("• ") for line in message.split("\n") if line.startswith("• ")]


def prepare(folder: Path) -> None:
    """Publish a change, and put what is to be told of it into the outbox without sending it."""
    config = load(folder / "sources.toml")
    store(folder, 0, page(5))
    publish_and_tell(config)
    store(folder, 1, GREW)
    assert len(publish_and_tell(config)) == 1


def publish_and_tell(config: Config) -> list[Message]:
    """What a run does, but for sending."""
    messages = Messages(config)
    messages.begin(lambda: run._newest(config))
    published = run.publish(config)
    return messages.tell((), published.overview, lambda: run.told(config, published))

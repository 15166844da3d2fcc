"""``pasakumi notify``: the messages that wait to be sent."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from pipeline import run as pipeline_run
from pipeline.cli_common import configuration, say, warn
from pipeline.errors import UsageError
from pipeline.json_text import utc
from pipeline.notify import addresses
from pipeline.notify.messages import addresses_of, trial
from pipeline.notify.outbox import Outbox
from pipeline.suggestion import did_you_mean

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator, Mapping, Sequence

    from pipeline.config import Config
    from pipeline.notify.letter import Letter, Message

_DEGRADED = 3


def run(options: Namespace) -> int:
    """Send, list, show or test. Raises UsageError, Degraded, Failed."""
    config = configuration(options)
    if options.list:
        say(*_listed(Outbox(config.state, dry=True), addresses_of(config)))
        return 0
    if options.dry_run:
        return _shown(config)
    if options.test is not None:
        return _tested(config, options.test)
    sent, notes = pipeline_run.notify(config)
    if not options.quiet:
        say(f"{sent} sent.")
    for line in notes:
        warn(line)
    return _DEGRADED if notes else 0


def _listed(outbox: Outbox, book: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """A line for each message, and one below it for each address that has not taken it."""
    waiting, sent = outbox.waiting(), outbox.sent()
    for letter in waiting:
        yield f"waits  {_line(letter.message)}"
        yield from (f"       {line}" for line in _open(letter, book.get(letter.message.to, ())))
    yield from (f"sent   {_line(letter.message)}" for letter in sent)
    yield from (f"damaged: state/outbox/damaged/{name}" for name in outbox.damaged())
    if not waiting and not sent:
        yield "No message waits, and none was sent in the last 30 days."


def _line(message: Message) -> str:
    return f"{utc(message.built_at.replace(microsecond=0))}  {message.id}  {message.to}: {message.title}"


def _open(letter: Letter, entries: Sequence[str]) -> Iterator[str]:
    if not entries:
        yield "nobody in sources.toml to send it to"
    for entry in entries:
        delivery = letter.deliveries.get(addresses.key(entry))
        if delivery is None:
            yield f"{addresses.label(entry)}: not tried yet"
        elif delivery.sent_at is None:
            tries = f"{delivery.tries} {'try' if delivery.tries == 1 else 'tries'}"
            next_at = f", next after {utc(delivery.next_at)}" if delivery.next_at else ""
            yield f"{addresses.label(entry)}: {delivery.why or 'not known to be taken'}, {tries}{next_at}"


def _shown(config: Config) -> int:
    """All that waits and all that would be told, as it would be sent."""
    messages = pipeline_run.preview(config)
    for message in messages:
        say(f"To {message.to}: {message.title}", "", *message.body.split("\n"), "")
    if not messages:
        say("Nothing to send.")
    return 0


def _tested(config: Config, name: str) -> int:
    """A test message to each address. Raises UsageError for a receiver that there is not."""
    from pipeline.notify.courier import Answer, Courier

    book = addresses_of(config)
    if name and name not in book:
        raise UsageError(f"notify: no receiver {name!r} with an address; {did_you_mean(name, book)}")
    failed = False
    with Courier(30.0) as courier:
        for to, entries in book.items():
            for entry in entries if name in ("", to) else ():
                address = addresses.resolve(entry, os.environ)
                answer = (
                    courier.send(trial(to), address) if address else Answer(taken=False, why=addresses.UNSET)
                )
                failed = failed or not answer.taken
                say(f"{to}: {addresses.label(entry)}: {'taken' if answer.taken else answer.why}")
    if not book:
        say("Nobody in sources.toml has an address: see notify of [[subscriber]], admin of [notify].")
    return _DEGRADED if failed else 0

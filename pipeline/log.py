"""What the command says besides its result: plain lines, or with ``--log-format json`` an object on each.

An object has ``time`` (UTC), ``level`` (info, warning, error), ``run`` (the same in state/status.json),
``event``, ``source`` where there is one, ``message``, and facts of the event. Its words are put through
:func:`pipeline.printable.harmless`: no control characters, no secrets, nobody's address or number.
"""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from pipeline.printable import harmless

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class Entry(NamedTuple):
    """Something that happened. ``facts``: plain values by name, beside the fields that every entry has."""

    event: str
    message: str
    source: str | None = None
    level: str = "info"
    facts: Mapping[str, Any] = {}


class _Settings:
    """Of this process."""

    is_json = False
    run = ""
    verb = "pasakumi"


def configure(words: Sequence[str], variables: Mapping[str, str], run: str) -> None:
    """Before the words are understood: a slip in them must be told in the right format already."""
    _Settings.run = run
    _Settings.is_json = _wanted(words, variables) == "json"
    if _Settings.is_json:
        _take_over()


def set_verb(verb: str) -> None:
    """The event of lines that have no other."""
    _Settings.verb = verb


def is_json() -> bool:
    """Whether every line is an object."""
    return _Settings.is_json


def run_id() -> str:
    """The name of this process's run."""
    return _Settings.run


def line(message: str, level: str) -> None:
    """A line that is no entry of its own, as an object."""
    write(Entry(_Settings.verb, message, level=level))


def write(entry: Entry) -> None:
    """An object on standard output; on standard error where it is a warning or worse."""
    fields: dict[str, Any] = {
        "time": datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "level": entry.level,
        "run": _Settings.run,
        "event": entry.event,
    }
    if entry.source is not None:
        fields["source"] = entry.source
    fields |= {"message": harmless(entry.message), **entry.facts}
    stream = sys.stdout if entry.level == "info" else sys.stderr
    print(json.dumps(fields, ensure_ascii=False, default=str), file=stream)


def _wanted(words: Sequence[str], variables: Mapping[str, str]) -> str | None:
    """The last ``--log-format`` of the words, else the variable's."""
    found = variables.get("PASAKUMI_LOG_FORMAT")
    for place, word in enumerate(words):
        if word == "--log-format" and place + 1 < len(words):
            found = words[place + 1]
        elif word.startswith("--log-format="):
            found = word.partition("=")[2]
    return found


def _take_over() -> None:
    """What libraries have to say goes the same way."""
    import logging
    import warnings

    class Handler(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            level = "error" if record.levelno >= logging.ERROR else "warning"
            write(Entry("library", f"{record.name}: {record.getMessage()}", level=level))

    def show(message: Warning | str, category: type[Warning], *_: object) -> None:
        write(Entry("library", f"{category.__name__}: {message}", level="warning"))

    handler = Handler(logging.WARNING)
    logging.getLogger().addHandler(handler)
    warnings.showwarning = show  # type: ignore[assignment]

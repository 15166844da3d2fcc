"""``pasakumi config``: the settings in force, and where each came from."""

from __future__ import annotations

import os
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from pipeline import config, environment
from pipeline.cli_common import configuration, show, table, warn
from pipeline.cli_words import rhythm
from pipeline.config_keys import OPTIONS
from pipeline.printable import printable, shown, without_secrets

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator

    from pipeline.config import Config, Origin

_LONGEST = 100
_FOLDERS = ("raw", "output", "state")


class Setting(NamedTuple):
    """``name`` as one would show it: ``fetch.max_bytes``, ``source.ID.every``. ``hidden``: a secret."""

    name: str
    value: object
    origin: str
    hidden: bool = False


def run(options: Namespace) -> int:
    """Print every setting. Raises UsageError."""
    settings = configuration(options)
    told = [*_of_command(options, settings), *_of_file(settings)]
    if options.format == "json":
        from pipeline.json_text import dumps

        print(dumps({"settings": [_json(one) for one in told]}))
    else:
        show(*table(("setting", "value", "from"), ((one.name, _words(one), one.origin) for one in told)))
    subscribers = (one.name for one in settings.subscribers)
    for name in environment.check(os.environ, subscribers, settings.path.read_text("utf-8-sig")):
        warn(f"{name}: no setting of pasakumi, so it is not used")
    return 0


def _of_command(options: Namespace, settings: Config) -> Iterator[Setting]:
    for name in OPTIONS:
        value = getattr(options, name)
        if name == "config":
            value = settings.path
        elif name in _FOLDERS:
            value = getattr(settings, name)
        yield Setting(name, value, options.origins[name])


def _of_file(settings: Config) -> Iterator[Setting]:
    names = {"source": [one.id for one in settings.sources]}
    names["subscriber"] = [one.name for one in settings.subscribers]
    for one in config.origins(settings.path, os.environ):
        parts = [names[str(one.place[0])][part] if isinstance(part, int) else str(part) for part in one.place]
        value, origin = one.value, _origin(one, settings.path)
        if one.place[-1] == "publish_contacts" and value is None:
            value, origin = settings.publish_contacts, "publish_contacts"
        yield Setting(".".join(parts), value, origin, one.secret)


def _origin(one: Origin, path: Path) -> str:
    if one.variable:
        return one.variable
    return f"{path.name}:{one.line}" if one.line else environment.DEFAULT


def _words(one: Setting) -> str:
    if one.hidden:
        return _hidden(one.value)
    value = _plain(one.value)
    return "" if value is None else without_secrets(shown(value, 10 * _LONGEST))[:_LONGEST]


def _hidden(value: object) -> str:
    count = len(value) if isinstance(value, tuple) else 1
    return f"{count} hidden" if count else "[]"


def _json(one: Setting) -> dict[str, Any]:
    told: dict[str, Any] = {"setting": one.name, "value": _safe(_plain(one.value)), "from": one.origin}
    return told | {"value": _hidden(one.value), "hidden": True} if one.hidden else told


def _safe(value: object) -> object:
    """Words without the secrets in them, in lists too."""
    if isinstance(value, str):
        return without_secrets(printable(value))
    return [_safe(item) for item in value] if isinstance(value, list) else value


def _plain(value: object) -> object:
    """As sources.toml has it."""
    match value:
        case timedelta():
            return rhythm(value)
        case Path():
            return str(value)
        case Decimal():
            return int(value) if value == value.to_integral_value() else value
        case tuple():
            return [_plain(item) for item in value]
        case _:
            return value

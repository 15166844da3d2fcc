"""``sources.toml``: which pages to read, how politely, what to expect of them, whom to tell.

A broken file is an error of one line that names the file, the line, the key and what is expected there.
Environment variables win over the file (see :mod:`pipeline.environment`).
"""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn

from pipeline import environment
from pipeline.config_keys import FETCH, NOTIFY, SOURCE, SUBSCRIBER, TOP, Key, Keys
from pipeline.errors import UsageError
from pipeline.printable import printable, shown, without_secrets

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pipeline.config_lines import Place

FILE_NAME = "sources.toml"


class Fetch(NamedTuple):
    """How pages are asked for. Times in seconds, sizes in bytes after decompression."""

    delay_seconds: float
    deadline_seconds: float
    max_bytes: int
    allow_private: bool


class Notify(NamedTuple):
    """Who hears that something is wrong, and after how many runs in a row that could not fetch a source.

    ``admin`` may hold secrets: never print it."""

    admin: tuple[str, ...]
    failures: int


class Source(NamedTuple):
    """One page. ``every``: the rhythm in which it should be seen.

    ``eu_funding_between``: least and most euro that its measures' EU funding adds up to, both
    inclusive; None where nothing is expected. ``publish_contacts``: its own word or the file's.
    """

    id: str
    url: str
    former_urls: tuple[str, ...]
    allowed_hosts: tuple[str, ...]
    publisher: str
    topic: str
    language: str
    licence: str
    every: timedelta
    min_measures: int
    every_measure_has_amount: bool
    eu_funding_between: tuple[Decimal, Decimal] | None
    publish_contacts: bool


class Subscriber(NamedTuple):
    """Someone who wants to be told. ``only`` holds change kinds, ``measures`` patterns such as
    ``4.2.1.*`` (empty: all); ``min_eur`` is euro. ``notify`` may hold secrets: never print it."""

    name: str
    notify: tuple[str, ...]
    language: str
    only: tuple[str, ...]
    measures: tuple[str, ...]
    min_eur: Decimal
    min_days: int


class Config(NamedTuple):
    """All settings in force. ``path`` is the file they came from; the folders lie beside it."""

    contact: str
    publish_contacts: bool
    partitioned: bool
    fetch: Fetch
    notify: Notify
    sources: tuple[Source, ...]
    subscribers: tuple[Subscriber, ...]
    raw: Path
    output: Path
    state: Path
    path: Path


class Origin(NamedTuple):
    """A setting, its ``place`` in sources.toml, and where it came from: ``variable`` where the
    environment says it, ``line`` where the file does, neither for a default. ``secret``: never show it."""

    place: Place
    value: object
    variable: str | None
    line: int | None
    secret: bool


def load(path: Path, variables: Mapping[str, str] | None = None) -> Config:
    """Read and check the configuration at ``path``; raises UsageError with one line.

    ``variables``: the environment that it is read in, none for the file alone.
    """
    return _Reader(path, variables or {}).config()


def origins(path: Path, variables: Mapping[str, str]) -> list[Origin]:
    """Every setting of :func:`load`, in the order of the file's description, and where it came from."""
    reader = _Reader(path, variables)
    reader.config()
    return list(reader.origins())


class _Reader:
    """One file on its way to a Config: knows the name and the text that its errors point into."""

    def __init__(self, path: Path, variables: Mapping[str, str]) -> None:
        self.path, self.variables = path, variables
        self.text = _read(path)
        self.found: dict[Place, tuple[object, str | None, Key]] = {}

    def config(self) -> Config:
        top = self._table(_document(self.path, self.text), (), TOP)
        fetch = self._table(top.pop("fetch"), ("fetch",), FETCH)
        notify = self._table(top.pop("notify"), ("notify",), NOTIFY)
        sources = self._tables(top.pop("source"), "source", SOURCE)
        subscribers = self._tables(top.pop("subscriber"), "subscriber", SUBSCRIBER)
        if not sources:
            raise UsageError(f"{_file(self.path)}: no [[source]]: expected at least one, with its id and url")
        self._unique("source", _ids(sources, "source", "id"))
        self._unique("source", _addresses(sources))
        self._unique("subscriber", _ids(subscribers, "subscriber", "name"))
        for number, subscriber in enumerate(subscribers):
            variable = environment.notify_variable(subscriber["name"])
            addresses = self._in_force(("subscriber", number, "notify"), variable, SUBSCRIBER["notify"])
            subscriber["notify"] = addresses
        environment.check(self.variables, (subscriber["name"] for subscriber in subscribers), self.text)
        folder = self.path.parent
        return Config(
            **top,
            fetch=Fetch(**fetch),
            notify=Notify(**notify),
            sources=tuple(_source(values, top["publish_contacts"]) for values in sources),
            subscribers=tuple(Subscriber(**values) for values in subscribers),
            raw=folder / "raw",
            output=folder / "output",
            state=folder / "state",
            path=self.path,
        )

    def _tables(self, tables: Iterable[dict[str, object]], name: str, keys: Keys) -> list[dict[str, Any]]:
        return [self._table(table, (name, number), keys) for number, table in enumerate(tables)]

    def _table(self, table: dict[str, object], place: Place, keys: Keys) -> dict[str, Any]:
        """The table's values, checked, with defaults for what it leaves out."""
        for name in table:
            if name not in keys:
                self._fail((*place, name), f": unknown key, {_suggestion(name, keys)}")
        for name, key in keys.items():
            if key.required and name not in table:
                self._fail(place, f" has no {name}: expected {key.expected}")
        values = {}
        for name, key in keys.items():
            value = self._value(table[name], (*place, name), key) if name in table else key.default
            self.found[*place, name] = value, None, key
            values[name] = value
            if (keys is TOP and not environment.is_table(key)) or keys in (FETCH, NOTIFY):
                variable = environment.variable((*map(str, place), name))
                values[name] = self._in_force((*place, name), variable, key)
        return values

    def _in_force(self, place: Place, variable: str, key: Key) -> object:
        """The value of the file, or that of the environment."""
        value = environment.read(self.variables, variable, key)
        if value is not None:
            self.found[place] = value, variable, key
        return self.found[place][0]

    def origins(self) -> Iterator[Origin]:
        """After :meth:`config`: where each value came from."""
        from pipeline.config_lines import walk

        lines: dict[Place, int] = {}
        for place, offset in walk(self.text):
            lines.setdefault(place, self.text.count("\n", 0, offset) + 1)
        for place, (value, variable, key) in self.found.items():
            if not environment.is_table(key):
                yield Origin(place, value, variable, None if variable else lines.get(place), key.secret)

    def _value(self, value: object, place: Place, key: Key) -> object:
        try:
            return key.read(value)
        except ValueError:
            self._fail(place, f" = {_shown(value, key)}: expected {key.expected}")

    def _unique(self, table: str, values: Iterable[tuple[Place, str]]) -> None:
        """No two of the tables share a value."""
        owners: dict[str, Place] = {}
        for place, value in values:
            owner = owners.setdefault(value, place[:2])
            if owner != place[:2]:
                first = f"the [[{table}]] on line {self._line(owner)} has it already"
                self._fail(place, f" = {shown(value)}: expected another, {first}")

    def _line(self, place: Place) -> int:
        from pipeline.config_lines import line_of

        return line_of(self.text, place)

    def _fail(self, place: Place, message: str) -> NoReturn:
        raise UsageError(f"{_file(self.path)}:{self._line(place)}: {_name(place)}{message}")


def _read(path: Path) -> str:
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise UsageError(
            f"{_file(path)}: no such file; `pasakumi init` writes one, --config FILE names another"
        ) from None
    except OSError as error:
        raise UsageError(f"{_file(path)}: cannot be read: {error.strerror}") from None
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        byte = content[error.start]
        raise UsageError(
            f"{_file(path)}:{line}: not UTF-8 (byte 0x{byte:02x}): save the file as UTF-8"
        ) from None


def _document(path: Path, text: str) -> dict[str, Any]:
    import tomllib

    try:
        return tomllib.loads(text, parse_float=_decimal)
    except ValueError as error:  # also for a number of thousands of digits, which is no TOMLDecodeError
        raise UsageError(_syntax_error(path, text, str(error))) from None
    except RecursionError:
        raise UsageError(f"{_file(path)}: not TOML: brackets nested too deeply") from None


def _decimal(digits: str) -> Decimal:
    """Numbers with a point are read exactly: no amount of euro passes through a binary float."""
    try:
        return Decimal(digits)
    except InvalidOperation:  # an exponent beyond all bounds
        return Decimal("Infinity")


def _syntax_error(path: Path, text: str, message: str) -> str:
    """The reader's message with the place in front: ``sources.toml:3:5: not TOML: …``."""
    import re

    reason, _, place = message.partition(" (at ")
    found = re.match(r"line (\d+), column (\d+)", place)
    at = f"{found[1]}:{found[2]}" if found else str(text.rstrip().count("\n") + 1)
    return f"{_file(path)}:{at}: not TOML: {printable(reason)}"


def _source(values: dict[str, Any], publish_contacts: bool) -> Source:
    own = values["publish_contacts"]
    return Source(**{**values, "publish_contacts": publish_contacts if own is None else own})


def _ids(tables: list[dict[str, Any]], table: str, key: str) -> Iterator[tuple[Place, str]]:
    for number, values in enumerate(tables):
        yield (table, number, key), values[key]


def _addresses(sources: list[dict[str, Any]]) -> Iterator[tuple[Place, str]]:
    """Where pages are and were, without what makes no difference to a server."""
    from urllib.parse import urlsplit

    for number, values in enumerate(sources):
        named = [("url", values["url"]), *(("former_urls", former) for former in values["former_urls"])]
        for key, address in named:
            parts = urlsplit(address)
            plain = parts._replace(netloc=parts.netloc.lower(), path=parts.path or "/", fragment="")
            yield ("source", number, key), plain.geturl()


def _shown(value: object, key: Key) -> str:
    return "…" if key.secret else without_secrets(shown(value, 200))[:60]


def _file(path: Path) -> str:
    return printable(str(path))


def _name(place: Place) -> str:
    """How a person calls a place: ``[[source]] min_measures``, ``[fetch] max_bytes``, ``contact``."""
    match place:
        case (str(table), int(), *keys):
            words = [f"[[{table}]]", *keys]
        case (str(table), key):
            words = [f"[{table}]", key]
        case _:
            words = [*place]
    return " ".join(printable(str(word)) for word in words)


def _suggestion(key: str, keys: Keys) -> str:
    from difflib import get_close_matches

    near = get_close_matches(key.lower(), keys, n=1)
    return f"did you mean {near[0]}?" if near else f"expected one of {', '.join(keys)}"

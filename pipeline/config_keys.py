"""The keys of ``sources.toml``: how each is read, what is expected of it, what holds without it.

A reader takes the value as TOML gives it (with Decimal for numbers that are not _whole) and
returns what the pipeline works with; it raises ValueError where that cannot be.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple, TypeVar

from pipeline.places import place
from pipeline.vocabulary import CHANGE_KINDS

T = TypeVar("T")

_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,99}")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}")
_DURATION = re.compile(r"([1-9][0-9]{0,3})([mhdw])")
_DURATION_UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
_ADDRESS = re.compile(r"env:[A-Za-z_][A-Za-z0-9_]*|[A-Za-z][A-Za-z0-9+.-]*://\S+")
_HOST_NEVER_HOLDS = re.compile(r"[\s/\\@:*?#\[\]]")
EURO_MOST = 10**15


class Key(NamedTuple):
    """One key of a table. ``secret``: its value is never printed, not even in an error."""

    read: Callable[[object], object]
    expected: str
    default: object = None
    required: bool = False
    secret: bool = False


Keys = Mapping[str, Key]


def duration(value: object) -> timedelta:
    """``30m``, ``12h``, ``7d``, ``2w`` as a stretch of time; raises ValueError for anything else."""
    found = _DURATION.fullmatch(_text(value))
    if found is None:
        raise ValueError
    return timedelta(**{_DURATION_UNITS[found[2]]: int(found[1])})


def _text(value: object) -> str:
    """Words on one line, without control characters; a no-break space is one of a page's own."""
    if not isinstance(value, str) or not value.replace("\N{NO-BREAK SPACE}", " ").isprintable():
        raise ValueError
    return value


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise ValueError
    return value


def _matching(pattern: re.Pattern[str]) -> Callable[[object], str]:
    def read(value: object) -> str:
        if not pattern.fullmatch(_text(value)):
            raise ValueError
        return _text(value)

    return read


def _whole(least: int, most: int) -> Callable[[object], int]:
    def read(value: object) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            raise ValueError
        return value

    return read


def _number(least: int | Decimal, most: int) -> Callable[[object], Decimal]:
    def read(value: object) -> Decimal:
        if isinstance(value, bool) or not isinstance(value, int | Decimal):
            raise ValueError
        exact = Decimal(value)
        if not exact.is_finite() or not least <= exact <= most:
            raise ValueError
        return exact

    return read


def _seconds(least: int | Decimal, most: int) -> Callable[[object], float]:
    exact = _number(least, most)
    return lambda value: float(exact(value))


def _several(read: Callable[[object], T]) -> Callable[[object], tuple[T, ...]]:
    def read_all(value: object) -> tuple[T, ...]:
        if not isinstance(value, list):
            raise ValueError
        return tuple(read(item) for item in value)

    return read_all


def _some(read: Callable[[object], T]) -> Callable[[object], tuple[T, ...]]:
    """Like _several, but at least one: it would be a guess whether an empty list means all or none."""

    def read_some(value: object) -> tuple[T, ...]:
        if not value:
            raise ValueError
        return _several(read)(value)

    return read_some


def _between(value: object) -> tuple[Decimal, Decimal]:
    ends = _several(_number(0, EURO_MOST))(value)
    if len(ends) != 2 or ends[0] > ends[1]:
        raise ValueError
    return ends[0], ends[1]


def _contact(value: object) -> str:
    """It becomes part of a header, which holds ASCII only."""
    if not _text(value).isascii():
        raise ValueError
    return _text(value)


def _url(value: object) -> str:
    """A page's address. One with a name and password in it would be printed in every table."""
    from urllib.parse import urlsplit

    address = _text(value)
    parts = urlsplit(address)  # this, and reading the port, raise ValueError by themselves
    if parts.scheme not in {"http", "https"} or not parts.hostname or "@" in parts.netloc or parts.port == 0:
        raise ValueError
    if any(character.isspace() for character in address):
        raise ValueError
    return address


def _host(value: object) -> str:
    if _HOST_NEVER_HOLDS.search(_text(value)) or not value:
        raise ValueError
    return _text(value).lower()


def _notify(value: object) -> str:
    """An address of apprise, or the environment variable that holds it."""
    if not _ADDRESS.fullmatch(_text(value)):
        raise ValueError
    return _text(value)


def _change_kind(value: object) -> str:
    if value not in CHANGE_KINDS:
        raise ValueError
    return _text(value)


def _table(value: object) -> dict[str, object]:
    if not isinstance(value, dict):
        raise ValueError
    return value


def _folder(value: object) -> Path:
    if not isinstance(where := _place(value), Path):
        raise ValueError
    return where


def _place(value: object) -> Path | str:
    """A folder here, or an address as text."""
    if not isinstance(value, str) or not value or "\0" in value:
        raise ValueError
    return place(value)


_PATH = "the name of a file or folder on this machine"
_PLACE = 'the name of a folder, or an address such as "s3://bucket/raw"'
_AGE = 'an age such as "12h", "3d" or "2w"'
_TEXT = "text in quotation marks, on one line"
_FLAG = "true or false"
_URL = 'an address "https://…" or "http://…" without user name'
_NAME = "a-z, 0-9 and -, at most 100, the first no -"
_ADDRESSES = 'a list of addresses such as "mailto://…", or "env:NAME" for a variable that holds one'
_LANGUAGES = 'a language code such as "lv" or "en"'

FETCH: Keys = {
    "delay_seconds": Key(_seconds(0, 3600), "a number from 0 to 3600", 1.0),
    "deadline_seconds": Key(_seconds(Decimal("0.1"), 86_400), "a number from 0.1 to 86400", 60.0),
    "max_bytes": Key(_whole(1, 2**31 - 1), "a whole number from 1 to 2147483647", 20_000_000),
    "allow_private": Key(_flag, _FLAG, default=False),
}

NOTIFY: Keys = {
    "admin": Key(_several(_notify), _ADDRESSES, (), secret=True),
    "failures": Key(_whole(1, 1000), "a whole number from 1 to 1000", 3),
}

SOURCE: Keys = {
    "id": Key(_matching(_ID), _NAME, required=True),
    "url": Key(_url, _URL, required=True),
    "former_urls": Key(_several(_url), f"a list, each {_URL}", ()),
    "allowed_hosts": Key(_several(_host), 'a list of host names such as "www.example.lv"', ()),
    "publisher": Key(_text, _TEXT, ""),
    "topic": Key(_text, _TEXT, ""),
    "language": Key(_matching(_LANGUAGE), _LANGUAGES, "lv"),
    "licence": Key(_text, _TEXT, ""),
    "every": Key(duration, 'a rhythm such as "12h", "1d" or "2w"', timedelta(days=1)),
    "min_measures": Key(_whole(0, 10**9), "a whole number ≥ 0", 0),
    "every_measure_has_amount": Key(_flag, _FLAG, default=False),
    "eu_funding_between": Key(_between, "two amounts in euro, [least, most], both ≥ 0", None),
    "publish_contacts": Key(_flag, _FLAG, None),
}

SUBSCRIBER: Keys = {
    "name": Key(_matching(_ID), _NAME, required=True),
    "notify": Key(_several(_notify), _ADDRESSES, (), secret=True),
    "language": Key(_matching(re.compile("lv|en")), '"lv" or "en"', "lv"),
    "only": Key(_some(_change_kind), f"a list of {', '.join(CHANGE_KINDS)}; all: leave it out", CHANGE_KINDS),
    "measures": Key(_some(_text), 'a list of measures such as "4.2.1.*"; all: leave it out', ("*",)),
    "min_eur": Key(_number(0, EURO_MOST), "an amount in euro ≥ 0", Decimal(0)),
    "min_days": Key(_whole(0, 10**9), "a whole number ≥ 0", 0),
}

OPTIONS: Keys = {
    "config": Key(_folder, _PATH),
    "raw": Key(_place, _PLACE),
    "output": Key(_place, _PLACE),
    "state": Key(_folder, _PATH),
    "log_format": Key(_matching(re.compile("plain|json")), '"plain" or "json"', "plain"),
    "quiet": Key(_flag, _FLAG, default=False),
    "strict": Key(_flag, _FLAG, default=False),
    "offline": Key(_flag, _FLAG, default=False),
    "max_age": Key(duration, _AGE),
}
"""Options of the command that environment variables may set; no keys of sources.toml."""

TOP: Keys = {
    "contact": Key(_contact, "an e-mail or web address, ASCII, on one line", ""),
    "publish_contacts": Key(_flag, _FLAG, default=True),
    "partitioned": Key(_flag, _FLAG, default=False),
    "fetch": Key(_table, "[fetch], with one bracket, and keys below it", {}),
    "notify": Key(_table, "[notify], with one bracket, and keys below it", {}),
    "source": Key(_several(_table), "[[source]], with two brackets, once for each page", []),
    "subscriber": Key(_several(_table), "[[subscriber]], with two brackets, once for each", []),
}

"""Settings from ``PASAKUMI_…`` variables. They win over sources.toml, and options of the command over them.

``PASAKUMI_CONTACT`` is ``contact``, ``PASAKUMI_FETCH_MAX_BYTES`` is ``max_bytes`` of ``[fetch]``,
``PASAKUMI_NOTIFY_DESK`` the ``notify`` of the subscriber ``desk`` (addresses parted by spaces). An empty
variable is none.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from pipeline.config_keys import FETCH, NOTIFY, OPTIONS, TOP
from pipeline.errors import UsageError
from pipeline.printable import printable, shown, without_secrets

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pipeline.config_keys import Key

PREFIX = "PASAKUMI_"
DEFAULT = "default"
_LIKE = 0.75
_NOTIFY = f"{PREFIX}NOTIFY_"


def variable(place: Iterable[str]) -> str:
    """The variable of a setting: ``("fetch", "max_bytes")`` -> ``PASAKUMI_FETCH_MAX_BYTES``."""
    return PREFIX + "_".join(place).upper().replace("-", "_")


def notify_variable(subscriber: str) -> str:
    """The variable that holds a subscriber's addresses."""
    return variable(("notify", subscriber))


def settings() -> Iterator[str]:
    """All variables but those of subscribers."""
    yield from (variable((name,)) for name in OPTIONS)
    yield from (variable((name,)) for name, key in TOP.items() if not is_table(key))
    yield from (variable(("fetch", name)) for name in FETCH)
    yield from (variable(("notify", name)) for name in NOTIFY)


def is_table(key: Key) -> bool:
    """Whether a key of sources.toml holds other keys, so that no variable can be its value."""
    return isinstance(key.default, dict | list)


def read(variables: Mapping[str, str], name: str, key: Key) -> object:
    """The value of a variable, None where it is not set. Raises UsageError."""
    text = variables.get(name)
    if not text:
        return None
    for value in _meanings(text, is_list=key.secret):
        try:
            return key.read(value)
        except ValueError:
            continue
    said = "…" if key.secret else without_secrets(shown(text))
    raise UsageError(f"{name} = {said}: expected {key.expected}")


def check(variables: Mapping[str, str], subscribers: Iterable[str], text: str = "") -> list[str]:
    """Variables with our prefix that are no setting and are like none.

    ``text``: of sources.toml, which may name variables of its own (``env:NAME``). Raises UsageError for
    one that looks misspelt: who sets it believes that it is in force.
    """
    known = {*settings(), *map(notify_variable, subscribers)}
    strangers = sorted(
        name
        for name in variables
        if name.startswith(PREFIX) and name not in known and f"env:{name}" not in text
    )
    if not strangers:
        return []
    from difflib import get_close_matches

    plain = [name.removeprefix(PREFIX) for name in known]
    for name in strangers:
        near = get_close_matches(name.removeprefix(PREFIX), plain, n=1, cutoff=_LIKE)
        if near:
            raise UsageError(f"{printable(name)}: no such setting; did you mean {PREFIX}{near[0]}?")
        if name.startswith(_NOTIFY):
            raise UsageError(f"{printable(name)}: sources.toml has no [[subscriber]] of that name")
    return strangers


def _meanings(text: str, *, is_list: bool) -> Iterator[object]:
    """What the text of a variable may stand for: itself, or what it is in TOML (a number, true, false)."""
    import tomllib

    if is_list:
        yield text.split()
        return
    yield text
    try:
        document = tomllib.loads(f"value = {text}", parse_float=Decimal)
    except (ValueError, ArithmeticError, RecursionError):
        return
    if document.keys() == {"value"}:
        yield document["value"]

"""One machine at a time writes to an address: the file ``.lock`` there says which, and since when.

Where the other side can refuse to replace a file (S3: If-None-Match), no two can take it at once. A machine
that died leaves it: the same machine takes it up again, another one after :data:`STALE`.
"""

from __future__ import annotations

import json
import socket
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from secrets import token_hex
from typing import TYPE_CHECKING, NamedTuple

from pipeline import durable
from pipeline.errors import Degraded, PasakumiError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pipeline.remote.store import Store

NAME = ".lock"
STALE = timedelta(hours=6)


class _Holder(NamedTuple):
    owner: str
    since: datetime


def owner(folder: Path) -> str:
    """What this machine calls itself, kept in ``folder``. The host counts too: a folder that was copied to
    another machine does not make that one this one. Raises OSError."""
    path = folder / "owner"
    try:
        kept = path.read_text("ascii").strip()
    except FileNotFoundError:
        kept = token_hex(8)
        durable.replace(path, [f"{kept}\n".encode()])
    return f"{kept}-{sha256(socket.gethostname().encode()).hexdigest()[:8]}"


class Lease:
    """The right to write, while it is held."""

    def __init__(self, store: Store, mine: _Holder) -> None:
        self._store, self._mine = store, mine

    def check(self) -> None:
        """Raises Degraded where another machine has taken it meanwhile."""
        if _read(self._store) != self._mine:
            name = f"{self._store.name}/{NAME}"
            raise Degraded(f"{name}: another machine took over meanwhile; nothing was sent, run again")


@contextmanager
def held(store: Store, owner: str, now: datetime | None = None) -> Iterator[Lease]:
    """Holds the lock for the body. Raises Degraded where another machine has it, Failed."""
    mine = _Holder(owner, now or datetime.now(UTC))
    _take(store, mine)
    try:
        yield Lease(store, mine)
    finally:
        with suppress(PasakumiError):  # one that stays is taken up again by this machine
            if _read(store) == mine:
                store.remove([NAME])


def _take(store: Store, mine: _Holder) -> None:
    content = json.dumps({"owner": mine.owner, "since": mine.since.isoformat()}).encode()
    if store.create(NAME, content):
        return
    other = _read(store)
    if other is None or other.owner == mine.owner or mine.since - other.since > STALE:
        if other is not None:
            store.remove([NAME])
        # Of two that find it stale at once, the one whose file stands has it.
        if store.create(NAME, content) and _read(store) == mine:
            return
        other = _read(store)
    who = f"{other.owner}, since {other.since:%Y-%m-%d %H:%M} UTC" if other else "unknown"
    raise Degraded(
        f"{store.name}: another machine is at work ({who}); nothing done; "
        f"where none is, remove {store.name}/{NAME} or wait {STALE.total_seconds() / 3600:.0f} hours"
    )


def _read(store: Store) -> _Holder | None:
    """Who holds it. What cannot be read is a holder of long ago; None where there is no file."""
    content = store.read(NAME)
    if content is None:
        return None
    try:
        told = json.loads(content)
        return _Holder(str(told["owner"]), datetime.fromisoformat(told["since"]).astimezone(UTC))
    except (ValueError, LookupError, TypeError):
        return _Holder("unknown", datetime.min.replace(tzinfo=UTC))

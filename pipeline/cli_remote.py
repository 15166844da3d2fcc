"""Verbs on a raw/ or output/ that lies at an address: fetched before, worked on, sent after."""

from __future__ import annotations

import hashlib
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pipeline import lock, redaction_files
from pipeline.cli_common import say, warn
from pipeline.config import FILE_NAME
from pipeline.errors import Failed, PasakumiError
from pipeline.remote import lease
from pipeline.remote.mirror import Mirror
from pipeline.remote.rules import OUTPUT, RAW
from pipeline.remote.store import Store
from pipeline.writer import WRITE_ONCE

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable, Iterator

    from pipeline.remote.lease import Lease

NEITHER = frozenset({"config", "init", "parse"})
_WRITES_RAW = frozenset({"fetch", "import"})
_WRITES_BOTH = frozenset({"run", "rebuild", "site", "accept", "redact"})
_RULES = {"raw": RAW, "output": OUTPUT}


class _Side(NamedTuple):
    """One of the two folders while a verb works on it; ``held``: the right to send it."""

    name: str
    store: Store
    mirror: Mirror
    held: Lease


def run(verb: str, options: Namespace, work: Callable[[Namespace], int]) -> int:
    """``work`` on copies of what lies elsewhere. Raises UsageError, Degraded, Failed, and what ``work`` does.

    What was captured is sent also where the verb failed; output/ only where it did not.
    """
    if verb in NEITHER:
        return work(options)
    state = (options.state or (options.config or Path(FILE_NAME)).parent / "state") / "remote"
    addresses = {name: url for name in _RULES if isinstance(url := getattr(options, name), str)}
    for name, url in addresses.items():
        setattr(options, name, _copy(state, name, url))
        setattr(options, f"{name}_address", url)
    written = writes(verb, options)
    if not written:
        if "raw" in addresses:
            _look(state, addresses["raw"])
        return work(options)
    with ExitStack() as stack:
        stack.enter_context(lock.exclusive(state / "lock"))
        sides = [_taken(name, url, state, stack) for name, url in addresses.items() if name in written]
        try:
            code = work(options)
        except PasakumiError:
            try:
                _send([side for side in sides if side.name == "raw"], options)
            except PasakumiError as second:
                warn(str(second))
            raise
        _send(sides, options)
        return code


def writes(verb: str, options: Namespace) -> frozenset[str]:
    """Which of the two folders a verb may change."""
    if verb in _WRITES_BOTH and not getattr(options, "list", False):
        return frozenset({"raw", "output"})
    is_of_raw = verb in _WRITES_RAW or getattr(options, "repair", False)
    return frozenset({"raw"}) if is_of_raw else frozenset()


def _look(state: Path, url: str) -> None:
    """Fetch raw/ to be read. What a run on this machine is working on is read as it is, as in a folder."""
    if lock.held(state / "lock"):
        return
    with lock.exclusive(state / "lock"), _telling(state):
        Mirror(Store(url), _copy(state, "raw", url), RAW).pull()


def _taken(name: str, url: str, state: Path, stack: ExitStack) -> _Side:
    """A folder to be written: no other machine does while ``stack`` is open."""
    store = Store(url)
    with _telling(state):
        held = stack.enter_context(lease.held(store, lease.owner(state)))
        mirror = Mirror(store, _copy(state, name, url), _RULES[name])
        mirror.pull()
        if name == "raw":
            (mirror.folder / WRITE_ONCE).touch()
    return _Side(name, store, mirror, held)


def _send(sides: list[_Side], options: Namespace) -> None:
    for side in sides:
        if side.name == "raw" and redaction_files.is_waiting(side.mirror.folder):
            continue  # some files are the old ones, some the new: the next writer completes it
        with _telling(side.mirror.folder):
            side.held.check()
            count = side.mirror.push()
        if count and not options.quiet:
            say(f"{side.store.name}: {count} {'file' if count == 1 else 'files'} sent.")


@contextmanager
def _telling(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise Failed(f"{folder}: cannot be written ({error.strerror or error})") from error


def _copy(state: Path, name: str, url: str) -> Path:
    """Addresses have folders of their own: no file of one is ever sent to another."""
    return state / f"{name}-{hashlib.sha256(url.encode()).hexdigest()[:8]}"

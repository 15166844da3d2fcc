"""A folder of this machine as the copy of what lies at an address: fetched before the work, sent after it.

``.remote.json`` in the folder remembers of each file how it was on both sides when they were last the same,
so that nothing is fetched or sent twice. A kill at any moment loses nothing: what was not sent is another
than remembered, and goes with the next run.
"""

from __future__ import annotations

import filecmp
import hashlib
import json
import os
import shutil
from typing import TYPE_CHECKING, NamedTuple

from pipeline import durable
from pipeline.errors import Degraded, Failed
from pipeline.remote.store import There

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pipeline.remote.rules import Rules
    from pipeline.remote.store import Store

RECORD, INCOMING, SENDING = ".remote.json", ".incoming", "sending"
_BATCH = 500


class Here(NamedTuple):
    """A file on this side: bytes, and nanoseconds of its last change."""

    size: int
    changed: int


class Known(NamedTuple):
    """A file as it was on both sides when they were the same."""

    there: There
    here: Here


class Mirror:
    """The copy in ``folder`` of what ``store`` has. One process at a time."""

    def __init__(self, store: Store, folder: Path, rules: Rules) -> None:
        self.folder = folder
        self._store, self._rules = store, rules
        self._known = _load(folder / RECORD)
        self._half_there = False

    def pull(self) -> int:
        """Fetch what is new or another there; gives how many files. Raises Failed, OSError."""
        there, here = self._there(), self._here()
        if self._rules.half and self._half_there:  # as if a writer on this machine had been killed
            (self.folder / self._rules.half).mkdir(parents=True, exist_ok=True)
        wanted, doubtful = [], []
        for name, one in there.items():
            known = self._known.get(name)
            if name not in here:
                wanted.append(name)
            elif known and known.there == one:
                continue
            elif (known and known.here == here[name]) or not self._rules.keeps(name):
                wanted.append(name)
            else:
                doubtful.append(name)
        for name in doubtful:
            self._agree(name, there[name], here[name])
        self._fetch(wanted, there)
        for name in self._known.keys() - there.keys():
            del self._known[name]
            if not self._rules.keeps(name):
                (self.folder / name).unlink(missing_ok=True)
        self._save()
        return len(wanted)

    def push(self) -> int:
        """Send what is new or another here, and remove what is gone; gives how many files.

        Raises Degraded where the other side has changed meanwhile (nothing of it is replaced), Failed,
        OSError.
        """
        if self._is_half():
            return 0
        there, here = self._there(), self._here()
        changed = [name for name, one in here.items() if name not in there or self._is_other(name, one)]
        gone = [
            name for name in self._known.keys() & there.keys() - here.keys() if not self._rules.keeps(name)
        ]
        for name in (*changed, *gone):
            known = self._known.get(name)
            if name in there and there[name] != (known.there if known else None):
                raise self._changed_there(name)
        if changed or gone:
            self._begin()
            self._send(changed, there)
            self._store.remove(gone)
            self._confirm(changed, here)
            for name in gone:
                del self._known[name]
            self._save()
        self._end()
        return len(changed) + len(gone)

    def _send(self, names: list[str], there: dict[str, There]) -> None:
        for rank in sorted({self._rules.rank(name) for name in names}):
            mine = [name for name in names if self._rules.rank(name) == rank]
            try:
                self._store.put([name for name in mine if name not in there], self.folder, new=True)
            except FileExistsError as error:
                raise self._changed_there("a file") from error
            self._store.put([name for name in mine if name in there], self.folder)

    def _confirm(self, names: list[str], here: dict[str, Here]) -> None:
        """Remember what was sent as the other side tells of it now."""
        there = self._there()
        for name in names:
            if name not in there or there[name].size != here[name].size:
                raise Failed(f"{self._store.name}/{name}: not what was sent; run again")
            self._known[name] = Known(there[name], here[name])

    def _agree(self, name: str, there: There, here: Here) -> None:
        """Both sides have a file of this name that was not fetched from the other: sent by a run that was
        killed before it could remember, or another machine's. Raises Failed."""
        path = self.folder / name
        if there.size == here.size and (_md5(path) == there.token or self._is_alike(name)):
            self._known[name] = Known(there, here)
            return
        raise Failed(
            f"{self._store.name}/{name}: another than {path}, which was not sent yet; nothing done; rename "
            "the latter to a number that is free (of decisions and the like: join the lines), then run again"
        )

    def _is_alike(self, name: str) -> bool:
        self._store.get([name], self.folder / INCOMING)
        alike = filecmp.cmp(self.folder / INCOMING / name, self.folder / name, shallow=False)
        (self.folder / INCOMING / name).unlink()
        return alike

    def _fetch(self, names: list[str], there: dict[str, There]) -> None:
        """Aside first: no file in the folder is ever half fetched."""
        incoming = self.folder / INCOMING
        for start in range(0, len(names), _BATCH):
            some = names[start : start + _BATCH]
            self._store.get(some, incoming)
            for name in some:
                target = self.folder / name
                target.parent.mkdir(parents=True, exist_ok=True)
                if (incoming / name).stat().st_size != there[name].size:
                    raise Failed(f"{self._store.name}/{name}: changed while it was fetched; run again")
                durable.rename(incoming / name, target)
                self._known[name] = Known(there[name], _here(target))
            self._save()
        shutil.rmtree(incoming, ignore_errors=True)

    def _there(self) -> dict[str, There]:
        found = self._store.files()
        self._half_there = f"{self._rules.half}/{SENDING}" in found
        return {name: one for name, one in found.items() if self._rules.copies(name)}

    def _here(self) -> dict[str, Here]:
        return {name: _here(self.folder / name) for name in _names(self.folder) if self._rules.copies(name)}

    def _is_other(self, name: str, here: Here) -> bool:
        known = self._known.get(name)
        return known is None or known.here != here

    def _is_half(self) -> bool:
        return bool(self._rules.half and (self.folder / self._rules.half).exists())

    def _begin(self) -> None:
        """Say there that files are being put in place."""
        if self._rules.half and not self._half_there:
            self._store.create(f"{self._rules.half}/{SENDING}", b"files are being put in place\n")
            self._half_there = True

    def _end(self) -> None:
        if self._half_there:
            self._store.remove([f"{self._rules.half}/{SENDING}"])

    def _changed_there(self, name: str) -> Degraded:
        return Degraded(
            f"{self._store.name}/{name}: changed by another while this run was at work; it was not replaced; "
            f"what is new here waits in {self.folder}, run again"
        )

    def _save(self) -> None:
        lines = ",\n".join(
            f"  {json.dumps(name)}: {json.dumps(one)}" for name, one in sorted(self._known.items())
        )
        self.folder.mkdir(parents=True, exist_ok=True)
        durable.replace(self.folder / RECORD, [f"{{\n{lines}\n}}\n".encode()])


def _load(path: Path) -> dict[str, Known]:
    """Empty where there is no record: then files of both sides are held against each other."""
    try:
        kept = json.loads(path.read_bytes())
        return {name: Known(There(*there), Here(*here)) for name, (there, here) in kept.items()}
    except (FileNotFoundError, ValueError, TypeError, AttributeError):
        return {}


def _names(folder: Path, within: str = "") -> Iterator[str]:
    try:
        with os.scandir(folder / within) as entries:
            found = sorted(entries, key=lambda entry: entry.name)
    except FileNotFoundError:
        return
    for entry in found:
        name = f"{within}{entry.name}"
        if entry.is_dir(follow_symlinks=False):
            yield from _names(folder, f"{name}/")
        elif entry.is_file(follow_symlinks=False):
            yield name


def _here(path: Path) -> Here:
    known = path.stat()
    return Here(known.st_size, known.st_mtime_ns)


def _md5(path: Path) -> str:
    """What S3 calls a file that was sent in one piece."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, lambda: hashlib.md5(usedforsecurity=False)).hexdigest()

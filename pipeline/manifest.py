"""Which files a publication has, with their digests: on the disk, as there is a handful for each change that
there ever was.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from pipeline.sqlite_errors import as_os_errors

if TYPE_CHECKING:
    import sqlite3
    from pathlib import Path

_MANY = 1000
_CALLED = "the list of its files"
_PRAGMAS = ("journal_mode = OFF", "synchronous = OFF", "temp_store = MEMORY", "cache_size = -4000")
_TABLES = (
    "CREATE TABLE files (number INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, place INTEGER NOT NULL, "
    "size INTEGER, sha256 TEXT, key TEXT)",
    "CREATE TABLE standing (name TEXT NOT NULL PRIMARY KEY, size INTEGER NOT NULL, sha256 TEXT NOT NULL, "
    "key TEXT NOT NULL) WITHOUT ROWID",
)
_PUT = (
    "INSERT INTO files (name, place, size, sha256, key) VALUES (?, ?, ?, ?, ?) ON CONFLICT (name) DO UPDATE "
    "SET place = excluded.place, size = excluded.size, sha256 = excluded.sha256, key = excluded.key"
)

STANDS, ASIDE, FLUSHED = range(3)
"""Where the bytes of a file are: in place; aside; aside, and on the disk for sure."""


class Digest(NamedTuple):
    """The size of a file in bytes and its SHA-256 in hexadecimal. ``key``: what it was made of (see Made)."""

    size: int
    sha256: str
    key: str = ""


class Digests(Mapping[str, Digest]):
    """Digests by the names of files of which something is known, in the order of the names. Each is read when
    it is asked for. Raises OSError."""

    def __init__(self, connection: sqlite3.Connection, table: str, but: str = "") -> None:
        """``but``: what is in this folder is left out."""
        self._connection, self._table = connection, table
        # "0" comes right after "/".
        self._but = f"NOT (name >= '{but}/' AND name < '{but}0') AND" if but else ""

    def __getitem__(self, name: str) -> Digest:
        for size, sha256, key in self._rows("size, sha256, key", "name = ?", name):
            return Digest(size, sha256, key)
        raise KeyError(name)

    def __iter__(self) -> Iterator[str]:
        return (name for name, _ in self.sorted())

    def __len__(self) -> int:
        ((number,),) = self._rows("count(*)", "name >= ?", "")
        return cast("int", number)

    def sorted(self) -> Iterator[tuple[str, Digest]]:
        """As ``items``, in one pass. Names may come and go meanwhile."""
        last = ""
        while some := self._rows("name, size, sha256, key", f"name > ? ORDER BY name LIMIT {_MANY}", last):
            for name, *digest in some:
                yield name, Digest(*digest)
            last = name

    def _rows(self, what: str, which: str, name: str) -> list[Any]:
        query = f"SELECT {what} FROM {self._table} WHERE {self._but} size IS NOT NULL AND {which}"  # noqa: S608 - words of this module
        with as_os_errors(_CALLED):
            return self._connection.execute(query, (name,)).fetchall()


class Manifest:
    """The files of a set, in the order in which they were named. ``standing``: what stood before, as
    :meth:`stood` was told. An SQLite file that is worth nothing once it is closed. Raises OSError."""

    def __init__(self, path: Path) -> None:
        import sqlite3

        with as_os_errors(_CALLED):
            self._connection = sqlite3.connect(path, isolation_level=None)
            for pragma in _PRAGMAS:
                self._connection.execute(f"PRAGMA {pragma}")
            self._connection.execute("BEGIN")  # and never an end: nobody reads it afterwards
            for table in _TABLES:
                self._connection.execute(table)
        self.standing = Digests(self._connection, "standing")

    def close(self) -> None:
        self._connection.close()

    def stood(self, files: Iterable[tuple[str, Digest]]) -> None:
        """Take in what stands."""
        rows = ((name, *digest) for name, digest in files)
        with as_os_errors(_CALLED):
            self._connection.executemany("INSERT OR REPLACE INTO standing VALUES (?, ?, ?, ?)", rows)

    def name(self, name: str) -> None:
        """A file that somebody is about to write aside: nothing is known of it yet."""
        self._execute(_PUT, name, ASIDE, None, None, None)

    def put(self, name: str, place: int, digest: Digest) -> None:
        """A file of which all is known."""
        self._execute(_PUT, name, place, *digest)

    def learn(self, name: str, digest: Digest) -> None:
        """What is known of a file now, wherever it is."""
        update = "UPDATE files SET size = ?, sha256 = ?, key = ? WHERE name = ?"
        self._execute(update, *digest, name)

    def move(self, name: str, place: int) -> None:
        """The bytes of the file are somewhere else now."""
        self._execute("UPDATE files SET place = ? WHERE name = ?", place, name)

    def unknown(self) -> list[str]:
        """The files of which nothing is known yet."""
        found = self._execute("SELECT name FROM files WHERE size IS NULL ORDER BY number")
        return [name for (name,) in found]

    def aside(self) -> Iterator[tuple[str, int]]:
        """The files that are not in place, and where they are. They may be moved meanwhile."""
        last = 0
        query = (
            "SELECT name, place, number FROM files WHERE number > ? AND place != ? ORDER BY number LIMIT ?"
        )
        while some := self._execute(query, last, STANDS, _MANY):
            yield from ((name, place) for name, place, _ in some)
            last = some[-1][2]

    def digests(self, but: str = "") -> Digests:
        """Of the files of the set but those in the folder ``but``."""
        return Digests(self._connection, "files", but)

    def count(self, place: int) -> int:
        """How many files are there."""
        ((number,),) = self._execute("SELECT count(*) FROM files WHERE place = ?", place)
        return cast("int", number)

    def _execute(self, statement: str, *values: object) -> list[Any]:
        with as_os_errors(_CALLED):
            return self._connection.execute(statement, values).fetchall()

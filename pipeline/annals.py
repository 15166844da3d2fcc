"""What the histories of all sources tell, in the orders in which files are made of it: by moment, by measure.

A history lies on its shelf in the order of its captures; a report holds what several pages told at one time,
and the page of a measure what was told of it ever. So that no memory holds all of that, what is looked up by
lies in an SQLite file, which is worth nothing once it is closed.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, datetime, timedelta
from itertools import count, groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple, Self, cast

from pipeline import linked, unpickling
from pipeline.changes.match import natural_key
from pipeline.chronicle import UNKNOWN
from pipeline.errors import Failed
from pipeline.reports.record import Pair
from pipeline.shelf import Shelf
from pipeline.sqlite_errors import as_os_errors

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path
    from types import TracebackType

    from pipeline.chronicle import Chronicle, Version
    from pipeline.reports.record import Item
    from pipeline.reports.told import Mention, Moved, Told

_CALLED = "the list of what histories tell"
_MANY = 1000
# A run captures several pages within minutes: what is seen within an hour is one moment.
_ONE_MOMENT = timedelta(hours=1)
_PRAGMAS = ("journal_mode = OFF", "synchronous = OFF", "temp_store = FILE", "cache_size = -4000")
_TABLES = (
    "CREATE TABLE told (place INTEGER PRIMARY KEY, seen REAL NOT NULL, undated TEXT, digest TEXT NOT NULL, "
    "changes INTEGER NOT NULL, record BLOB NOT NULL, moment INTEGER)",
    "CREATE TABLE moments (number INTEGER PRIMARY KEY, name TEXT NOT NULL, month TEXT)",
    "CREATE TABLE about (measure INTEGER NOT NULL, seen REAL NOT NULL, place INTEGER NOT NULL, "
    "number INTEGER NOT NULL, moved INTEGER NOT NULL, record BLOB NOT NULL)",
    "CREATE TABLE versions (measure INTEGER NOT NULL, source INTEGER NOT NULL, since REAL NOT NULL, "
    "place INTEGER NOT NULL, record BLOB NOT NULL)",
    "CREATE TABLE captures (id TEXT PRIMARY KEY, source INTEGER NOT NULL) WITHOUT ROWID",
)
_ORDERS = (
    "CREATE INDEX by_time ON told (seen, place)",
    "CREATE INDEX by_moment ON told (moment, place)",
    "CREATE INDEX about_measure ON about (measure, seen, place, number)",
    "CREATE INDEX of_measure ON versions (measure, source, since, place)",
    "CREATE INDEX of_source ON versions (source, measure, since, place)",
)


class Noted(NamedTuple):
    """A change with the states that show it. ``pair``: these, without their changes; ``digest``: of all that
    was told at the time, ``place``: of the change in it."""

    pair: Pair
    mention: Mention
    digest: str
    place: int

    @property
    def seen(self) -> datetime | None:
        return self.pair.new.captured_at

    @property
    def item(self) -> Item:
        """Raises Failed where it cannot be read again."""
        return self.mention.item

    @property
    def mark(self) -> tuple[str, int]:
        """What the change is, in few letters."""
        return self.digest, self.place


class Moment(NamedTuple):
    """What was seen at one time. ``name``: of its report; ``told``: the pages on which something changed, in
    the order of the sources; ``month``: ``2025-04``, None where no time is known."""

    name: str
    month: str | None
    told: list[Told]


class Outline(NamedTuple):
    """A moment without what was seen. ``digests``: of that; ``changes``: how many."""

    name: str
    month: str | None
    digests: list[str]
    changes: int


class Annals:
    """What these histories tell. ``path``: a new file; None: memory. To be used as a context. What is asked
    of it raises OSError where the disk gives out, Failed where a history cannot be read."""

    def __init__(self, chronicles: Mapping[str, Chronicle], path: Path | None = None) -> None:
        import sqlite3

        self._chronicles = list(chronicles.values())
        self._numbers = {id(one.shelf): number for number, one in enumerate(self._chronicles)}
        self.measures = sorted({name for one in self._chronicles for name in one.newest}, key=natural_key)
        self._ranks = {name: rank for rank, name in enumerate(self.measures)}
        with as_os_errors(_CALLED):
            self._connection = sqlite3.connect(path or ":memory:", isolation_level=None)
        try:
            self._fill()
        except BaseException:
            self._connection.close()
            raise

    @classmethod
    def of(cls, chronicles: Mapping[str, Chronicle], path: Path) -> Self:
        """On the disk, or in memory where that does not take it: a run that may write its results must not
        fail for what it only puts by. Raises OSError, Failed."""
        try:
            return cls(chronicles, path)
        except OSError:
            return cls(chronicles)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connection.close()

    def moments(self) -> Iterator[Moment]:
        """Those of unknown time first, then by time; what is seen within an hour is one."""
        return self._moments("ASC")

    def newest_moments(self) -> Iterator[Moment]:
        """The newest first, those of unknown time last."""
        return self._moments("DESC")

    def outlines(self) -> Iterator[Outline]:
        """The same in short."""
        query = (
            "SELECT moment, name, month, digest, changes FROM moments JOIN told ON moment = number "
            "ORDER BY moment DESC, place"
        )
        for _, some in groupby(self._rows(query), itemgetter(0)):
            rows = list(some)
            _, name, month, _, _ = rows[0]
            yield Outline(name, month, [row[3] for row in rows], sum(row[4] for row in rows))

    def newest_told(self) -> Iterator[Told]:
        """All that is told, the newest first; of one time in the order of the sources."""
        for (record,) in self._rows("SELECT record FROM told ORDER BY seen DESC, place"):
            yield self._read(record)

    def changes(self, measure_id: str) -> tuple[Noted, ...]:
        """All that concerns a measure, the newest first."""
        query = "SELECT record FROM about WHERE measure = ? ORDER BY seen DESC, place, number"
        return tuple(self._read(record) for (record,) in self._of(query, measure_id))

    def moves(self, measure_id: str) -> Iterator[tuple[str, Moved]]:
        """The steps of a measure that moved, the newest first, each with the source that told it."""
        query = "SELECT record FROM about WHERE measure = ? AND moved ORDER BY seen DESC, place, number"
        for (record,) in self._of(query, measure_id):
            noted: Noted = self._read(record)
            if noted.mention.moved:
                yield noted.pair.source or "", noted.mention.moved

    def versions(self, measure_id: str) -> tuple[Version, ...]:
        """Those of a measure, the oldest first, those of one source together."""
        query = "SELECT record FROM versions WHERE measure = ? ORDER BY source, since, place"
        return tuple(self._read(record) for (record,) in self._of(query, measure_id))

    def all_versions(self) -> Iterator[tuple[int, Version]]:
        """All versions with their numbers: by source, measure and time."""
        number, last = 0, None
        query = "SELECT source, measure, record FROM versions ORDER BY source, measure, since, place"
        for source, measure, record in self._rows(query):
            number = number + 1 if (source, measure) == last else 1
            last = source, measure
            yield number, self._read(record)

    def captures(self) -> Captures:
        """The captures that are told of."""
        return Captures(self._connection)

    def teller(self, capture: str) -> int | None:
        """The number of the last source that tells of a capture; None where none does."""
        for (source,) in self._all("SELECT source FROM captures WHERE id = ?", capture):
            return cast("int", source)
        return None

    def _fill(self) -> None:
        with as_os_errors(_CALLED):
            for pragma in _PRAGMAS:
                self._connection.execute(f"PRAGMA {pragma}")
            self._connection.execute("BEGIN")  # and never an end: nobody reads it afterwards
            for table in _TABLES:
                self._connection.execute(table)
        places = count()
        for source, chronicle in enumerate(self._chronicles):
            for told in chronicle.told:
                self._take(source, next(places), told)
            versions = (
                (self._ranks[one.measure_id], source, _seconds(one.valid_from), one.place, self._written(one))
                for one in chronicle.all_versions()
            )
            self._many("INSERT INTO versions VALUES (?, ?, ?, ?, ?)", versions)
        with as_os_errors(_CALLED):
            for order in _ORDERS:
                self._connection.execute(order)
        self._part()

    def _take(self, source: int, place: int, told: Told) -> None:
        seen = _seconds(told.seen)
        undated = None if told.seen else _order(told)
        row = place, seen, undated, told.digest, len(told.mentions), self._written(told)
        self._many("INSERT INTO told VALUES (?, ?, ?, ?, ?, ?, NULL)", [row])
        pair = Pair(told.source, told.publisher, told.old, told.new, [])
        about = (
            (self._ranks[name], seen, place, number, bool(mention.moved), self._written(noted))
            for number, mention in enumerate(told.mentions)
            for noted in [Noted(pair, mention, told.digest, number)]
            for name in mention.about
            if name in self._ranks
        )
        self._many("INSERT INTO about VALUES (?, ?, ?, ?, ?, ?)", about)
        captures = [(side.capture, source) for side in (told.old, told.new) if side.capture]
        self._many("INSERT OR REPLACE INTO captures VALUES (?, ?)", captures)

    def _part(self) -> None:
        """Part what is told into moments."""
        number = -1
        undated = "SELECT place, undated FROM told WHERE undated IS NOT NULL ORDER BY undated, place"
        for name, some in groupby(self._rows(undated), itemgetter(1)):
            number += 1
            self._moment(number, f"undated-{name}", None, [place for place, _ in some])
        group: list[tuple[int, float]] = []
        for place, seen in self._dated():
            if group and seen - group[0][1] > _ONE_MOMENT.total_seconds():
                number += 1
                self._dated_moment(number, group)
                group = []
            group.append((place, seen))
        if group:
            self._dated_moment(number + 1, group)

    def _dated(self) -> Iterator[tuple[int, float]]:
        """What has a time, by time. Rows may be changed meanwhile."""
        last = -1, _seconds(None)
        query = (
            "SELECT place, seen FROM told WHERE undated IS NULL AND (seen, place) > (?, ?) "
            "ORDER BY seen, place LIMIT ?"
        )
        while some := self._all(query, last[1], last[0], _MANY):
            yield from some
            last = some[-1]

    def _dated_moment(self, number: int, group: list[tuple[int, float]]) -> None:
        began = datetime.fromtimestamp(group[0][1], UTC)
        first = datetime.fromtimestamp(min(group)[1], UTC)
        self._moment(number, f"{began:%Y-%m-%dT%H%M}", f"{first:%Y-%m}", [place for place, _ in group])

    def _moment(self, number: int, name: str, month: str | None, places: Iterable[int]) -> None:
        self._many("INSERT INTO moments VALUES (?, ?, ?)", [(number, name, month)])
        self._many("UPDATE told SET moment = ? WHERE place = ?", ((number, place) for place in places))

    def _moments(self, direction: str) -> Iterator[Moment]:
        query = f"SELECT number, name, month FROM moments ORDER BY number {direction}"  # noqa: S608 - words of this module
        for number, name, month in self._rows(query):
            told = self._all("SELECT record FROM told WHERE moment = ? ORDER BY place", number)
            yield Moment(name, month, [self._read(record) for (record,) in told])

    def _of(self, query: str, measure_id: str) -> list[Any]:
        rank = self._ranks.get(measure_id)
        return [] if rank is None else self._all(query, rank)

    def _rows(self, query: str) -> Iterator[Any]:
        with as_os_errors(_CALLED):
            rows = self._connection.execute(query)
        while some := self._next(rows):
            yield from some

    def _next(self, rows: sqlite3.Cursor) -> list[Any]:
        with as_os_errors(_CALLED):
            return rows.fetchmany(_MANY)

    def _all(self, query: str, *values: object) -> list[Any]:
        with as_os_errors(_CALLED):
            return self._connection.execute(query, values).fetchall()

    def _many(self, query: str, rows: Iterable[tuple[object, ...]]) -> None:
        with as_os_errors(_CALLED):
            self._connection.executemany(query, rows)

    def _written(self, record: object) -> bytes:
        return linked.dumps(record, Shelf, lambda one: self._numbers[id(one)])

    def _read(self, content: bytes) -> Any:
        try:
            return linked.loads(content, self._shelf)
        except unpickling.UNREADABLE as error:
            raise Failed(f"{_CALLED}: what was written a moment ago is not there; run again") from error

    def _shelf(self, number: int) -> Shelf:
        return self._chronicles[number].shelf


class Captures(Collection[str]):
    """The ids of captures that histories tell of. Raises OSError."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def __contains__(self, capture: object) -> bool:
        return bool(self._rows("WHERE id = ?", capture))

    def __iter__(self) -> Iterator[str]:
        return iter([capture for (capture,) in self._rows("ORDER BY id")])

    def __len__(self) -> int:
        return len(self._rows(""))

    def _rows(self, which: str, *values: object) -> list[Any]:
        with as_os_errors(_CALLED):
            query = f"SELECT id FROM captures {which}"  # noqa: S608 - words of this module
            return self._connection.execute(query, values).fetchall()


def _seconds(moment: datetime | None) -> float:
    return (moment or UNKNOWN).timestamp()


def _order(one: Told) -> str:
    """Of a capture of unknown time its number among those of its source (see captures.capture_id)."""
    return (one.new.capture or "").split("-")[1]

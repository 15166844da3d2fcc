"""The one writer of raw/: appends captures as WARC records, each on the disk before the call returns."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from pipeline import cdxj, durable, redactions, warc, warc_records
from pipeline.captures import Capture, Exchange, capture_id
from pipeline.errors import Failed
from pipeline.index import Index, to_capture

# A long import's lines go to the index after so many captures, or a quarter of those that are there.
_REFRESH_EVERY, _SHARE = 500, 4
_SECOND = timedelta(seconds=1)
_SET_BACK = timedelta(seconds=5)  # a clock further behind than this is worth a word

WRITE_ONCE = ".write-once"
"""A file of this name in raw/ says that WARC files are closed for good when a writer is done with them."""

Clock = Callable[[], datetime]


def now() -> datetime:
    """The time, UTC."""
    return datetime.now(UTC)


class Writer:
    """Appends to raw/. Made by ``Archive.writer``, which holds the lock, and closed by leaving its ``with``.

    ``notes``: a line for each thing that a person should know (a torn tail set aside, a clock set back).
    """

    def __init__(self, root: Path, software: str, rotate_bytes: int, clock: Clock = now) -> None:
        self.notes: list[str] = []
        self._root, self._index, self._clock = root, Index(root), clock
        self._software, self._rotate_bytes = software, rotate_bytes
        self._import_file: str | None = None
        self._last_imported: dict[str, Capture] = {}
        self._redactions = redactions.read(root)
        self._recover()
        standing = root.glob("*/pasakumi-*.warc.gz") if (root / WRITE_ONCE).exists() else ()
        self._closed = {path.relative_to(root).as_posix() for path in standing}
        self._index.refresh()
        self._stored = _Stored(self._index)
        self._unindexed, self._refresh_after = 0, max(_REFRESH_EVERY, self._stored.count // _SHARE)

    def response(self, source: str, exchange: Exchange) -> Capture:
        """Archives an answer of the source's server: its page, or 304 to a conditional request.

        A payload like that of the source's newest capture becomes a ``revisit``; redirects that led there
        are kept beside it. The capture's time is that of the exchange, or one second after the source's
        newest fetched capture where the clock says earlier: a clock set back never turns history round.
        Raises Failed (disk full, read-only, a 304 where there is no capture).
        """
        newest = self._stored.newest.get(source)
        when = self._in_order(source, exchange.started_at)
        earlier: warc_records.Original | None
        if exchange.status == 304:
            if newest is None:
                raise Failed(f"{source}: the server says nothing changed, but raw/ has no capture of it")
            sha256, earlier = newest.sha256, self._original(newest)
        else:
            sha256 = hashlib.sha256(exchange.payload).hexdigest()
            earlier = self._original(newest) if newest and newest.sha256 == sha256 else None
            if earlier and not warc_records.replays_alike(earlier, exchange.response_head):
                earlier = None
        records = warc_records.answer(source, exchange, when, f"sha256:{sha256}", earlier)
        return self._append(self._yearly_file(when.year), records)

    def imported(self, source: str, exchange: Exchange) -> Capture | None:
        """Archives an answer that somebody else captured, at the time that they say (``started_at``).

        The bytes of the source's import before it, captured later, become a ``revisit`` of that. None where
        the source has these bytes at this second already, or they were redacted. Raises Failed.
        """
        when = _whole_seconds(exchange.started_at)
        sha256 = hashlib.sha256(exchange.payload).hexdigest()
        if self._has(source, when, sha256):
            return None
        before = self._last_imported.get(source)
        earlier = None
        if before and before.sha256 == sha256 and before.captured_at and before.captured_at < when:
            earlier = self._alike(before, exchange.response_head)
        records = warc_records.answer(source, exchange, when, f"sha256:{sha256}", earlier)
        capture = self._append(self._this_import(), records)
        if not earlier:
            self._last_imported[source] = capture
        return capture

    def repeated(self, exchange: Exchange, original: Capture) -> Capture | None:
        """Archives that somebody else met the bytes of ``original`` again (a revisit without them).

        None where the source has them at this second already, or they were redacted. Raises Failed.
        """
        source, when = original.source, _whole_seconds(exchange.started_at)
        if self._has(source, when, original.sha256):
            return None
        earlier = self._alike(original, exchange.response_head)
        if earlier is None:
            exchange = exchange._replace(status=warc_records.NOTHING_NEW, response_head=b"")
            earlier = self._original(original)
        records = warc_records.answer(source, exchange, when, f"sha256:{original.sha256}", earlier)
        return self._append(self._this_import(), records)

    def resource(
        self, source: str, url: str, body: bytes, content_type: str, captured_at: datetime | None
    ) -> Capture | None:
        """Archives bytes that came without HTTP. ``captured_at`` None: nobody knows; they stand in the
        order given, before all captures of known time.

        None where the source has these bytes at this second already (of unknown time: at all), or they were
        redacted. Raises Failed.
        """
        sha256 = hashlib.sha256(body).hexdigest()
        if captured_at is None:
            if self._stored.has_undated(source, sha256):
                return None
            when, order = self._clock(), self._stored.next_order()
        else:
            when, order = _whole_seconds(captured_at), None
            if self._has(source, when, sha256):
                return None
        record = warc_records.resource(source, url, body, content_type, archived_at=when, order=order)
        return self._append(self._this_import(), [record])

    def holder(self, source: str, digest: str) -> Capture | None:
        """The capture of the source whose record has the bytes with this SHA-256 or labelled digest."""
        return self._stored.holder(source, digest)

    def close(self) -> None:
        """Brings the index up to date. Raises Failed; the captures are safe in the WARC files even then."""
        try:
            self._index.refresh()
        except OSError as error:
            message = (
                f"index of raw/ not written ({error.strerror}); captures are safe, the next run catches up"
            )
            raise Failed(message) from error

    def _has(self, source: str, when: datetime, sha256: str) -> bool:
        """Whether this is in raw/, or was until it was redacted: nothing brings a person's words back."""
        if self._redactions.concern(source, when):
            self.notes.append(f"{source}: the capture of {when:%Y-%m-%d %H:%M:%S} UTC was redacted; left out")
            return True
        return self._stored.has(capture_id(source, when, sha256))

    def _alike(self, capture: Capture, response_head: bytes) -> warc_records.Original | None:
        """The record that holds a capture's bytes, where an answer with this head can refer to it."""
        original = self._original(capture)
        return original if warc_records.replays_alike(original, response_head) else None

    def _append(self, name: str, records: list[bytes]) -> Capture:
        """Writes the records, of which the first is the capture's, in one go."""
        path = self._root / name
        is_begun = path.exists() and path.stat().st_size > 0
        opening = b"" if is_begun else self._warcinfo(name)
        try:
            start = durable.append(path, b"".join([opening, *records])) + len(opening)
        except OSError as error:
            raise Failed(
                f"raw/{name}: not written ({error.strerror}); what was captured before is safe"
            ) from error
        record = warc.read(io.BytesIO(records[0]), 0)
        line = cdxj.of_record(record._replace(offset=start), name) if record else None
        capture = to_capture(line) if line else None
        if capture is None:
            raise Failed(f"raw/{name} at byte {start}: a record without source or address was made")
        self._stored.add(capture)
        self._unindexed += 1
        if self._unindexed >= self._refresh_after:
            self.close()
            self._unindexed, self._refresh_after = 0, max(_REFRESH_EVERY, self._stored.count // _SHARE)
        return capture

    def _warcinfo(self, name: str) -> bytes:
        return warc_records.warcinfo(Path(name).name, self._software, warc.timestamp(self._clock()))

    def _in_order(self, source: str, started_at: datetime) -> datetime:
        when, last = _whole_seconds(started_at), self._stored.fetched.get(source)
        if last is None or when > last:
            return when
        if last - when > _SET_BACK:
            self.notes.append(
                f"{source}: the clock ({when:%Y-%m-%d %H:%M:%S} UTC) is behind the newest capture "
                f"({last:%Y-%m-%d %H:%M:%S} UTC); filed one second after that"
            )
        return last + _SECOND

    def _original(self, capture: Capture) -> warc_records.Original:
        holder = self._stored.original(capture)
        with (self._root / holder.file).open("rb") as file:
            record = warc.read(file, holder.offset)
        if record is None:
            raise Failed(f"raw/{holder.file} at byte {holder.offset}: no record; run `pasakumi verify`")
        return warc_records.original(record)

    def _yearly_file(self, year: int) -> str:
        """The year's newest file that has room, else the next one."""
        number = len(list((self._root / str(year)).glob("pasakumi-*.warc.gz"))) or 1
        while True:
            name = f"{year}/pasakumi-{year}-{number:04d}.warc.gz"
            path = self._root / name
            if not path.exists():
                return name
            if name not in self._closed and path.stat().st_size < self._rotate_bytes:
                return name
            number += 1

    def _this_import(self) -> str:
        """A file of this import's own: once closed, nothing is appended to it."""
        if self._import_file is None:
            stamp, number = f"{self._clock():%Y%m%dT%H%M%SZ}", 1
            while (self._root / f"imported/{stamp}-{number:03d}.warc.gz").exists():
                number += 1
            self._import_file = f"imported/{stamp}-{number:03d}.warc.gz"
        return self._import_file

    def _recover(self) -> None:
        """Sets aside what a stopped run left half written at the end of a file."""
        known = self._index.head().files
        for name in sorted(set(self._index.warc_files()) | set(known)):
            path, start = self._root / name, known.get(name, 0)
            size = path.stat().st_size if path.exists() else 0
            if size < start:
                self.notes.append(f"raw/{name} is shorter than the index knew: captures of it are missing")
                start = 0
            if size <= start or name.startswith("shipped/"):
                continue
            with path.open("rb") as file:
                damage = [item for item in warc.scan(file, start) if isinstance(item, warc.Damage)]
            for item in damage:
                self.notes.append(self._set_aside(name, item) if item.tail else _in_the_middle(name, item))
            durable.settle(path)  # before the index promises what only the killed run's memory may hold

    def _set_aside(self, name: str, damage: warc.Damage) -> str:
        path = self._root / name
        number, kept = 1, path.with_name(f"{path.name}.{damage.offset}.torn")
        while kept.exists():
            number, kept = number + 1, path.with_name(f"{path.name}.{damage.offset}-{number}.torn")
        with path.open("rb") as file:
            file.seek(damage.offset)
            durable.replace(kept, iter(lambda: file.read(1 << 20), b""))
        durable.cut(path, damage.offset)
        return f"raw/{name}: {damage.length} bytes of a write that was cut short, set aside as {kept.name}"


class _Stored:
    """What the writer has to know of the captures before: a few facts a source, in constant memory."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._ids: set[int] | None = None
        self._undated: dict[tuple[str, str], int] | None = None
        facts = index.facts()
        self.count = sum(known.number for known in facts.values())
        self.newest = _by_source(known.newest for known in facts.values())
        fetched = _by_source(known.fetched for known in facts.values())
        self.fetched = {source: one.captured_at for source, one in fetched.items() if one.captured_at}
        # Of each source the record with the newest one's bytes, where that need not be looked for.
        holding = _by_source(known.original or known.newest for known in facts.values()).values()
        self._originals = {(one.source, one.sha256): one for one in holding if one.kind != "revisit"}

    def add(self, capture: Capture) -> None:
        """Takes in a capture that was just written."""
        newest = self.newest.get(capture.source)
        if newest is None or newest.id < capture.id:
            self.newest[capture.source] = capture
        self.count += 1
        if capture.captured_at is None:
            if self._undated is not None:
                self._undated[capture.source, capture.sha256] = _order(capture)
        elif not capture.file.startswith(cdxj.BROUGHT_IN):
            self.fetched[capture.source] = capture.captured_at
        if self._ids is not None:
            self._ids.add(hash(capture.id))
        if capture.kind != "revisit":
            self._originals[capture.source, capture.sha256] = capture

    def has(self, capture_id: str) -> bool:
        """Whether this capture is in the archive."""
        if self._ids is None:
            self._ids = {hash(capture.id) for capture in self._all()}
        return hash(capture_id) in self._ids

    def has_undated(self, source: str, sha256: str) -> bool:
        """Whether the source has these bytes as a capture of unknown time."""
        return (source, sha256) in self._of_unknown_time()

    def next_order(self) -> int:
        """The place of the next capture of unknown time among its like."""
        return max(self._of_unknown_time().values(), default=0) + 1

    def _of_unknown_time(self) -> dict[tuple[str, str], int]:
        if self._undated is None:
            undated = (one for one in self._all("order") if one.captured_at is None)
            self._undated = {(one.source, one.sha256): _order(one) for one in undated}
        return self._undated

    def original(self, capture: Capture) -> Capture:
        """The capture whose record holds the bytes of this one. Raises Failed where there is none."""
        if capture.kind != "revisit":
            return capture
        key = capture.source, capture.sha256
        if key not in self._originals:
            wanted = {(newest.source, newest.sha256) for newest in self.newest.values()} | {key}
            for one in self._all():
                if one.kind != "revisit" and (one.source, one.sha256) in wanted:
                    self._originals[one.source, one.sha256] = one
        if key not in self._originals:
            raise Failed(f"{capture.id}: the record it repeats is gone; run `pasakumi verify`")
        return self._originals[key]

    def holder(self, source: str, digest: str) -> Capture | None:
        """Reads all of the index: for what is asked seldom."""
        lines = (line for line in self._index.lines() if cdxj.is_of(line, source) and f'{digest}"' in line)
        found = (capture for line in lines if (capture := to_capture(line)))
        return next((one for one in found if one.kind != "revisit"), None) if digest else None

    def _all(self, key: str = "source") -> Iterator[Capture]:
        lines = (line for line in self._index.lines() if f'"{key}": "' in line)
        return (capture for line in lines if (capture := to_capture(line)))


def _by_source(lines: Iterable[str]) -> dict[str, Capture]:
    captures = (to_capture(line) for line in lines if line)
    return {capture.source: capture for capture in captures if capture}


def _order(capture: Capture) -> int:
    """The place of a capture of unknown time among its like."""
    return int(capture.id[5:11])


def _whole_seconds(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(microsecond=0)


def _in_the_middle(name: str, damage: warc.Damage) -> str:
    place = f"raw/{name} at byte {damage.offset}"
    return f"{place}: {damage.length} bytes are no record ({damage.message}); left there"

"""Takes a person's words out of raw/ for good: rewrites the WARC files that hold them, and what names them.

Nothing that is left tells the words: not the old digests (a telephone number behind one is found by trying
all there are), so neither the capture ids and record ids made of them, nor an ETag. Therefore the ids of
redacted captures change, and with them the decisions and earlier redactions that name them.
"""

from __future__ import annotations

import hashlib
import json
import re
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from parsers.page import parse_page
from pipeline import cdxj, codings, http_head, redaction_files, redactions, warc, warc_records
from pipeline.archive import Archive
from pipeline.captures import Capture, capture_id
from pipeline.errors import Failed
from pipeline.index import Index, to_capture
from pipeline.redaction_text import Hidden, Person, redact
from pipeline.redactions import Redaction
from pipeline.state import charset_of

# Headers that servers make of the body; the lengths and codings change with it.
_TELLING = frozenset({"etag", "content-md5", "digest", "content-digest", "repr-digest", "x-goog-hash"})
_CODINGS = ("content-encoding", "transfer-encoding")
_REMADE = frozenset(
    {"warc-type", "warc-record-id", "warc-date", "warc-payload-digest", "warc-block-digest", "content-length"}
) | {cdxj.CONTENT_DIGEST}


# Ids of captures, and digests.
_NAMES = re.compile(
    r"(?:\d{8}T\d{6}Z|0000-\d{6})-[0-9a-f]{12}-[a-z0-9][a-z0-9-]{0,99}|(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])"
)


class Change(NamedTuple):
    """What becomes of one body, wherever it was captured. ``sha256`` of the new one."""

    sha256: str
    stretches: int


Changes = Mapping[str, Change]  # by the SHA-256 of the old body


def changed(archive: Archive, capture: Capture, person: Person) -> Change | None:
    """What a page becomes without the person; None where nothing of the person is on it. Raises Failed."""
    content = archive.payload(capture)
    new = redact(content, capture.url, charset_of(capture.content_type), person)
    return Change(hashlib.sha256(new.content).hexdigest(), new.stretches) if new.stretches else None


def person_on(archive: Archive, capture: Capture, words: list[str]) -> tuple[Person, Hidden]:
    """Whose words are meant by ``words``, or without any by all contacts of the capture. Raises Failed."""
    page = parse_page(archive.payload(capture), capture.url, charset_of(capture.content_type))
    person = Person(page, words)
    return person, person.hidden(page)


def apply(
    archive: Archive,
    changes: Changes,
    person: Person,
    hidden: Hidden,
    *,
    reason: str,
    what: str,
    now: datetime,
) -> list[Redaction]:
    """Rewrites raw/. Only under the archive's lock. Raises Failed; then nothing was changed, or the next
    writer completes it."""
    # Not archive.captures(), which shows two records of one second and page as one.
    known = (to_capture(line) for line in Index(archive.root).lines())
    affected = sorted((one for one in known if one and one.sha256 in changes), key=lambda one: one.id)
    work = _Work(archive.root, changes, person, now)
    try:
        for capture in affected:
            work.look_at(capture)
        names = [name for name in sorted(work.files()) if work.stage(name)]
        ids = {capture.id: _new_id(capture, changes[capture.sha256]) for capture in affected}
        made = list(_records(affected, ids, changes, hidden.text(reason), what, now))
        texts = _texts(archive.root, ids, changes, hidden, made)
        redaction_files.commit(archive.root, names, texts)
    except (OSError, warc.BadRecord, codings.CodingError) as error:
        raise Failed(f"raw/ cannot be rewritten ({getattr(error, 'strerror', None) or error})") from error
    return made


class _Work:
    """The records that change, and how."""

    def __init__(self, root: Path, changes: Changes, person: Person, now: datetime) -> None:
        self._root, self._changes, self._person, self._now = root, changes, person, now
        self._places: defaultdict[str, dict[int, Capture]] = defaultdict(dict)
        self._record_ids: dict[str, str] = {}
        self._etags: set[bytes] = set()
        self._own: set[str] = set()

    def look_at(self, capture: Capture) -> None:
        """Takes in a capture that changes. Raises BadRecord, OSError."""
        with (self._root / capture.file).open("rb") as file:
            record = warc.read(file, capture.offset)
        if record is None:
            raise warc.BadRecord(f"raw/{capture.file} at byte {capture.offset}: no record")
        self._places[capture.file][capture.offset] = capture
        self._own.add(record.headers["warc-record-id"])
        if record.type == "resource":
            date = record.headers["warc-date"]
            digest = f"sha256:{self._changes[capture.sha256].sha256}"
            new = warc_records.named_id(capture.source, capture.url, digest, date)
            self._record_ids[record.headers["warc-record-id"]] = new
        else:
            etag = http_head.get(http_head.split(record.block)[0], "etag")
            self._etags |= {etag.encode("latin-1", "replace")} if etag else set()

    def files(self) -> set[str]:
        """All WARC files: a request for a later capture may quote an ETag of one that changes."""
        return {path.relative_to(self._root).as_posix() for path in self._root.rglob("*.warc.gz")}

    def stage(self, name: str) -> bool:
        """Writes the new version of a file beside it, if there is one. Raises BadRecord, OSError."""
        if name not in self._places and not (self._etags and self._quotes_etag(name)):
            return False
        redaction_files.stage(self._root, name, self._pieces(name))
        return True

    def _quotes_etag(self, name: str) -> bool:
        with (self._root / name).open("rb") as file:
            return any(isinstance(item, warc.Record) and self._is_quoting(item) for item in warc.scan(file))

    def _is_quoting(self, record: warc.Record) -> bool:
        if record.type != "request" or b"\nif-none-match:" not in record.block.lower():
            return False
        is_own = record.headers.get("warc-concurrent-to") in self._own
        return is_own or any(etag in record.block for etag in self._etags)

    def _pieces(self, name: str) -> Iterator[bytes]:
        """The file with some members made anew, all else byte for byte."""
        places = self._places[name]
        with (self._root / name).open("rb") as file:
            for item in warc.scan(file):
                file.seek(item.offset)
                member = file.read(item.length)
                if isinstance(item, warc.Record) and item.offset in places:
                    yield self._capture(item, member, places[item.offset])
                elif isinstance(item, warc.Record) and self._is_quoting(item):
                    yield self._member(item, member, [], _without(item.block, {b"if-none-match"}))
                else:
                    yield member

    def _capture(self, record: warc.Record, member: bytes, capture: Capture) -> bytes:
        change = self._changes[capture.sha256]
        is_http = record.headers.get("content-type", "").startswith("application/http")
        head, body = http_head.split(record.block) if is_http else (b"", record.block)
        if record.type == "revisit":
            content, block = b"", _head(head) if head else b""
        else:
            payload = codings.decode(body, http_head.codings(head))
            content = redact(payload, capture.url, charset_of(capture.content_type), self._person).content
            if hashlib.sha256(content).hexdigest() != change.sha256:
                raise warc.BadRecord(
                    f"raw/{capture.file} at byte {capture.offset}: other bytes than were captured"
                )
            block = (_head(head, len(content)) if is_http else b"") + content
        named = [
            ("WARC-Payload-Digest", f"sha256:{change.sha256}"),
            ("Pasakumi-Redacted", warc.timestamp(self._now)),
        ]
        return self._member(record, member, named, block)

    def _member(
        self, record: warc.Record, member: bytes, named: list[tuple[str, str]], block: bytes
    ) -> bytes:
        kept = [(name, self._record_ids.get(value, value)) for name, value in _fields(member)]
        record_id = record.headers["warc-record-id"]
        if not named and "warc-payload-digest" in record.headers:
            named = [("WARC-Payload-Digest", record.headers["warc-payload-digest"])]
        made = [*kept, *named]
        return warc.member(
            record.type, self._record_ids.get(record_id, record_id), record.headers["warc-date"], made, block
        )


def _fields(member: bytes) -> Iterator[tuple[str, str]]:
    """A record's named fields as they are spelled, without those that are made anew."""
    head = zlib.decompressobj(31).decompress(member).partition(b"\r\n\r\n")[0]
    for line in head.decode("utf-8", "replace").split("\r\n")[1:]:
        name, _, value = line.partition(":")
        if name.strip().lower() not in _REMADE:
            yield name.strip(), value.strip()


def _head(head: bytes, length: int | None = None) -> bytes:
    """An HTTP head for a body that is coded no more, without what servers make of the old one."""
    kept = _without(head, {name.encode() for name in (*_TELLING, "content-length")})
    lines = kept.rstrip(b"\r\n").splitlines(keepends=True)
    names = tuple(f"{name}:".encode() for name in _CODINGS)
    told = b"".join(b"X-Orig-" + line if line.lower().startswith(names) else line for line in lines)
    size = b"" if length is None else b"\r\nContent-Length: %d" % length
    return told + size + b"\r\n\r\n"


def _without(head: bytes, names: set[bytes]) -> bytes:
    """An HTTP head without these headers, folded lines and all."""
    kept, is_dropped = [], False
    for line in head.splitlines(keepends=True):
        if line[:1] not in (b" ", b"\t"):
            is_dropped = line.partition(b":")[0].strip().lower() in names
        if not is_dropped:
            kept.append(line)
    return b"".join(kept)


def _new_id(capture: Capture, change: Change) -> str:
    order = int(capture.id[5:11]) if capture.captured_at is None else 0
    return capture_id(capture.source, capture.captured_at, change.sha256, order)


def _records(
    affected: Iterable[Capture],
    ids: Mapping[str, str],
    changes: Changes,
    reason: str,
    what: str,
    now: datetime,
) -> Iterator[Redaction]:
    """A line for each source."""
    by_source: defaultdict[str, list[Capture]] = defaultdict(list)
    for capture in affected:
        by_source[capture.source].append(capture)
    for source, captures in by_source.items():
        stretches = sum(changes[sha256].stretches for sha256 in {capture.sha256 for capture in captures})
        named = tuple(dict.fromkeys(ids[capture.id] for capture in captures))
        yield Redaction(named, source, what, stretches, reason, now)


def _texts(
    root: Path, ids: Mapping[str, str], changes: Changes, hidden: Hidden, made: Iterable[Redaction]
) -> dict[str, str]:
    """The small files of raw/ (decisions, corrections, redactions) as they are to be: with the new ids and
    digests, and without the person in any word. Raises Failed, OSError."""
    names = dict(ids) | {old: change.sha256 for old, change in changes.items()}

    def renewed(value: object) -> object:
        match value:
            case str():
                return hidden.text(_NAMES.sub(lambda found: names.get(found[0], found[0]), value))
            case list():
                return [renewed(one) for one in value]
            case dict():
                return {name: renewed(one) for name, one in value.items()}
        return value

    texts = {}
    for path in sorted(root.glob("*.jsonl")):
        lines = enumerate(path.read_bytes().split(b"\n")[:-1], 1)  # a last line cut short is none
        told = [renewed(_line(path, number, line)) for number, line in lines if line.strip()]
        texts[path.name] = "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in told)
    told_now = "".join(one.line() for one in made)
    return texts | {redactions.FILE_NAME: texts.get(redactions.FILE_NAME, "") + told_now}


def _line(path: Path, number: int, line: bytes) -> object:
    """Raises Failed for a line that cannot be read: it may name what is to go."""
    try:
        return json.loads(line)
    except ValueError as error:
        raise Failed(f"{path}:{number}: not readable ({error}); mend or remove the line") from error

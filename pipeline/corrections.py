"""What a better reading corrects: changes told before that are told otherwise now, from the same captures.

raw/corrections.jsonl has one JSON line for each and is never rewritten, like decisions.jsonl: only the code
that made the old output/ could tell what it said, so that nothing else can be rebuilt from captures alone.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter, defaultdict
from datetime import UTC, datetime
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from pipeline import durable
from pipeline.errors import Failed
from pipeline.vocabulary import CONTACT_KINDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

FILE_NAME = "corrections.jsonl"
_SAME_EVENT = ("observed_at", "source", "measure_id", "kind", "field")
_LONGEST_CELL = 2**31 - 1

Row = dict[str, str]
"""A row of ``changes`` as its CSV file has it."""


class Correction(NamedTuple):
    """A change as it was told and as it is told now; one of the two is None where it was withdrawn or missed.

    ``before``, ``after``: which code read it so. ``noted_at``: UTC.
    """

    was: Row | None
    now: Row | None
    before: str
    after: str
    noted_at: datetime

    @property
    def row(self) -> Row:
        """What is told now, or what was told where nothing is."""
        return self.now or self.was or {}


def evidence(captures: Iterable[str], *circumstances: object) -> str:
    """A digest of what a source's changes were read from: its captures in order, and what else matters."""
    digest = hashlib.sha256()
    for number, words in enumerate(chain(captures, map(repr, circumstances))):
        digest.update(f"\n{words}".encode() if number else words.encode())
    return digest.hexdigest()


def differing(old: Iterable[Row], new: Iterable[Row]) -> Iterator[tuple[Row | None, Row | None]]:
    """Changes of which the values are others, withdrawn ones and missed ones. Sentences do not count."""
    left, come = _without_common(list(old), list(new))
    now: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for row in come:
        now[_event(row)].append(row)
    for row in left:
        same = now[_event(row)]
        yield row, (same.pop(0) if same else None)
    yield from ((None, row) for rows in now.values() for row in rows)


def without_person(row: Row | None) -> Row | None:
    """A row as it is kept: who a contact is or was is nothing to keep beside the captures."""
    is_person = row is not None and row["kind"] in CONTACT_KINDS
    return {**row, "old": "", "new": ""} if row is not None and is_person else row


def hiding(row: Row | None, hide: Callable[[str], str]) -> Row | None:
    """A row with the people of its source hidden in all that it says (``hide``)."""
    return row and {name: value if name in _SAME_EVENT else hide(value) for name, value in row.items()}


def _without_common(old: list[Row], new: list[Row]) -> tuple[list[Row], list[Row]]:
    common = Counter(map(_values, old)) & Counter(map(_values, new))
    return _beyond(old, common.copy()), _beyond(new, common.copy())


def _beyond(rows: list[Row], common: Counter[tuple[str, ...]]) -> list[Row]:
    left = []
    for row in rows:
        if common[_values(row)]:
            common[_values(row)] -= 1
        else:
            left.append(row)
    return left


def _event(row: Row) -> tuple[str, ...]:
    return tuple(row[name] for name in _SAME_EVENT)


def _values(row: Row) -> tuple[str, ...]:
    return (*_event(row), row["old"], row["new"])


def rows(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file, cells as they stand there; none where there is no file that can be read."""
    import csv

    csv.field_size_limit(_LONGEST_CELL)
    try:
        with path.open(encoding="utf-8", newline="") as file:
            return [dict(row) for row in csv.DictReader(file, strict=True) if None not in row.values()]
    except (OSError, ValueError, csv.Error):
        return []


def content(raw: Path) -> bytes:
    """The file as it is; empty where nothing was ever corrected. Raises Failed."""
    try:
        return (raw / FILE_NAME).read_bytes()
    except FileNotFoundError:
        return b""
    except OSError as error:
        raise Failed(f"{raw / FILE_NAME}: cannot be read ({error.strerror})") from error


def read(raw: Path) -> list[Correction]:
    """All corrections, oldest first. A last line cut short is none; any other broken one raises Failed."""
    lines = content(raw).split(b"\n")[:-1]
    made = (_correction(raw, number, line) for number, line in enumerate(lines, 1) if line.strip())
    return [one for one in made if one.row]


def keep(raw: Path, corrections: Iterable[Correction]) -> None:
    """Write them down, durably. Raises Failed."""
    lines = [
        json.dumps(
            one._asdict() | {"noted_at": one.noted_at.astimezone(UTC).isoformat().replace("+00:00", "Z")},
            ensure_ascii=False,
        )
        for one in corrections
    ]
    before = content(raw)
    try:
        if before and not before.endswith(b"\n"):
            durable.cut(raw / FILE_NAME, before.rfind(b"\n") + 1)
        durable.append(raw / FILE_NAME, "".join(f"{line}\n" for line in lines).encode("utf-8", "replace"))
    except OSError as error:
        raise Failed(
            f"{raw / FILE_NAME}: cannot be written ({error.strerror}); nothing published changed, "
            "as what this version corrects could never be told again"
        ) from error


def _correction(raw: Path, number: int, line: bytes) -> Correction:
    try:
        fields = json.loads(line)
        was, now = _row(fields["was"]), _row(fields["now"])
        noted_at = datetime.fromisoformat(fields["noted_at"]).astimezone(UTC)
        return Correction(was, now, str(fields["before"]), str(fields["after"]), noted_at)
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        message = f"{raw / FILE_NAME}:{number}: no correction ({error}); mend or remove the line"
        raise Failed(message) from error


def _row(fields: dict[str, str] | None) -> Row | None:
    """A row with every column, so that whoever reads it need not ask."""
    from pipeline.schema import TABLES

    return None if fields is None else {name: str(fields[name]) for name in TABLES["changes"].header}

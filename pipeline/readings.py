"""What this version of the code reads otherwise than the one that wrote output/, from the same captures."""

from __future__ import annotations

import csv
import shutil
from collections import defaultdict
from contextlib import suppress
from datetime import UTC, datetime
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

from pipeline import corrections, recorded
from pipeline.corrections import Correction, without_person
from pipeline.formats import csv_lines
from pipeline.redactor import Redactor
from pipeline.schema import TABLES
from pipeline.version import VERSION, code_digest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from pipeline.chronicle import Chronicle
    from pipeline.config import Config, Source
    from pipeline.decisions import Decisions

_CHANGES = TABLES["changes"].columns
# Tables of which a reading is told cell by cell, and what of a row is not read from the page.
_TABLES = (
    "measures", "funding", "milestones", "applicants", "contacts", "links", "headlines", "narrative",
    "measure_versions",
)  # fmt: skip
_NOT_READ = frozenset(
    {"seq", "canonical", "url", "capture", "captured_at", "start", "end", "version", "valid_to"}
)
_TOLD = "tables/changes.csv"
_KEYS = {
    "measures": ("source", "measure_id"),
    "measure_versions": ("source", "measure_id", "valid_from"),
    "headlines": ("source",),
    "narrative": ("source",),
}
_KEY_OF_LIST = ("source", "measure_id")

Row = dict[str, str]


class Cell(NamedTuple):
    """A cell that is read otherwise. ``field`` is None where a whole row came or went: its words are ``old``
    or ``new`` then."""

    table: str
    source: str
    measure_id: str
    field: str | None
    old: str
    new: str


def made_by(
    chronicles: Mapping[str, Chronicle], sources: Iterable[Source], decided: Decisions
) -> dict[str, Any]:
    """What the next version must know to tell what it reads otherwise: code, and each source's evidence."""
    read = {}
    for source in sources:
        told = chronicles[source.id]
        count = len(told.captures)
        read[source.id] = {"captures": count, "evidence": _evidence(told, source, decided, count)}
    return {"version": VERSION, "code": code_digest(), "sources": read}


def _evidence(told: Chronicle, source: Source, decided: Decisions, count: int) -> str:
    accepted = sorted(one.sha256 for one in decided.all if one.source == source.id)
    gate = source.min_measures, source.every_measure_has_amount, source.eu_funding_between
    return corrections.evidence(islice(told.captures, count), accepted, gate, source.publish_contacts)


def reader(made: Mapping[str, Any]) -> str:
    """``0.1.0 (code 91bc02f1a3d4)``; ``an unknown version`` where output/ does not say."""
    code = str(made.get("code", ""))[:12]
    return f"{made.get('version', '?')} (code {code})" if code else "an unknown version"


def correct(config: Config, chronicles: Mapping[str, Chronicle], decided: Decisions) -> list[Correction]:
    """The changes that output/ tells otherwise than this version of the code, written down in raw/.

    Only where both read the same captures under the same decisions and expectations; captures that came after
    them are left out of it. Raises Failed where they cannot be written down.
    """
    before = recorded.made_by(config.output)
    after = {"version": VERSION, "code": code_digest()}
    if not before or before.get("code") == after["code"]:
        return []
    if not recorded.is_sound(config.output, _TOLD):
        return []  # what was told is not known: a damaged cell must not become a correction, which stays
    was = _by_source(corrections.rows(config.output / _TOLD))
    now = datetime.now(UTC).replace(microsecond=0)
    found = [
        Correction(without_person(old), without_person(new), reader(before), reader(after), now)
        for source in config.sources
        if (told := _comparable(before, chronicles[source.id], source, decided)) is not None
        for old, new in corrections.differing(_as_shown(was[source.id], chronicles[source.id]), told)
    ]
    if found:
        corrections.keep(config.raw, found)
    return found


def _comparable(
    before: Mapping[str, Any], chronicle: Chronicle, source: Source, decided: Decisions
) -> list[Row] | None:
    """The source's changes as they are told now from the captures that output/ was made from; None where
    these are no longer the first ones."""
    known = before.get("sources", {}).get(source.id, {})
    count = known.get("captures", 0)
    if not isinstance(count, int) or not 0 < count <= len(chronicle.captures):
        return None
    if known.get("evidence") != _evidence(chronicle, source, decided, count):
        return None
    last = chronicle.captures[count - 1]
    told = (row for one in chronicle.told if (one.new.capture or "") <= last for row in one.rows())
    return list(csv.DictReader(csv_lines(_CHANGES, told)))


def _as_shown(some: list[Row], chronicle: Chronicle) -> list[Row]:
    """The rows without people that are hidden today: another code may have shown one, and a correction would
    show them for good."""
    shown = chronicle.shown
    if shown is None or shown.source.publish_contacts:
        return some
    hide = Redactor("", shown.people).text
    return [row for one in some if (row := corrections.hiding(one, hide)) is not None]


def _by_source(some: Iterable[Row]) -> defaultdict[str, list[Row]]:
    grouped: defaultdict[str, list[Row]] = defaultdict(list)
    for row in some:
        grouped[row["source"]].append(row)
    return grouped


def put_by(output: Path, folder: Path) -> None:
    """Keep what :func:`compared` asks of an output/ that is about to be written anew."""
    (folder / "tables").mkdir()
    for path in (output / recorded.INPUTS, *(output / "tables" / f"{table}.csv" for table in _TABLES)):
        with suppress(FileNotFoundError):
            shutil.copyfile(path, folder / path.relative_to(output))


def compared(old: Path, new: Path) -> tuple[list[Cell], list[str]]:
    """The cells that differ between two folders as output/, and the sources that could not be compared, as
    the two were not made from the same captures."""
    known, told = (recorded.made_by(folder).get("sources", {}) for folder in (old, new))
    same = {source for source, read in told.items() if known.get(source) == read}
    cells = [
        cell
        for table in _TABLES
        for cell in _of_table(
            table, *(corrections.rows(folder / "tables" / f"{table}.csv") for folder in (old, new))
        )
        if cell.source in same
    ]
    return cells, sorted(told.keys() - same)


def _of_table(table: str, old: list[Row], new: list[Row]) -> Iterator[Cell]:
    keys = _KEYS.get(table, _KEY_OF_LIST)
    sides = [_grouped(some, keys) for some in (old, new)]
    for key in dict.fromkeys((*sides[0], *sides[1])):
        was, now = sides[0].get(key, []), sides[1].get(key, [])
        # What stands is in measures already; versions that begin or end elsewhere are told as changes.
        if table != "measure_versions" or (was and now and was[0]["valid_to"] and now[0]["valid_to"]):
            yield from _of_key(table, _without(was, now), _without(now, was))


def _without(some: list[Row], others: list[Row]) -> list[Row]:
    """The rows of which the others have none that reads the same."""
    known = {tuple(_read(row).values()) for row in others}
    return [row for row in some if tuple(_read(row).values()) not in known]


def _grouped(some: list[Row], keys: tuple[str, ...]) -> dict[tuple[str, ...], list[Row]]:
    groups: dict[tuple[str, ...], list[Row]] = {}
    for row in some:
        groups.setdefault(tuple(row[name] for name in keys), []).append(row)
    return groups


def _of_key(table: str, was: list[Row], now: list[Row]) -> Iterator[Cell]:
    """Rows that differ, held against each other in their order."""
    for old, new in zip(was, now, strict=False):
        for name, value in old.items():
            if name not in _NOT_READ and value != new[name]:
                yield Cell(table, old["source"], old["measure_id"], name, value, new[name])
    for row in was[len(now) :]:
        yield Cell(table, row["source"], row.get("measure_id", ""), None, _words(row), "")
    for row in now[len(was) :]:
        yield Cell(table, row["source"], row.get("measure_id", ""), None, "", _words(row))


def _read(row: Row) -> Row:
    return {name: value for name, value in row.items() if name not in _NOT_READ}


def _words(row: Row) -> str:
    read = _read(row)
    return "; ".join(value for name, value in read.items() if value and name not in {"source", "measure_id"})

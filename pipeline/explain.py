"""Which characters of its page a cell came from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from pipeline.errors import UsageError
from pipeline.rows import CHILDREN, page_rows
from pipeline.schema import MILESTONE_KINDS, TABLES
from pipeline.suggestion import did_you_mean

if TYPE_CHECKING:
    from parsers.records import Measure, Page
    from pipeline.rows import Row
    from pipeline.state import State

_BESIDE = 90
_OPEN, _CLOSE = "⟦", "⟧"
_KEYS = frozenset({"source", "measure_id", "seq", "canonical", "url", "capture", "captured_at"})
_FIELDS = tuple(name for name in TABLES["measures"].header if name not in _KEYS)


class Place(NamedTuple):
    """A stretch of the canonical text, and the cells that were read from it: ``milestones.2.period``."""

    start: int
    end: int
    cells: tuple[str, ...]


class Explained(NamedTuple):
    """A value with its name; ``places`` in the order of the page, none where the page says nothing of it."""

    name: str
    value: object
    places: list[Place]


def measures_named(word: str, states: Iterable[State]) -> list[tuple[State, Measure]]:
    """The measure with this id on every page that has it. Raises UsageError where no page does."""
    found: list[tuple[State, Measure]] = []
    known: dict[str, str] = {}
    for state in states:
        for measure in state.page.measures:
            known.setdefault(measure.measure_id, measure.code)
            if measure.measure_id == word and all(state is not other for other, _ in found):
                found.append((state, measure))
    if found:
        return found
    rounds = [measure_id for measure_id, code in known.items() if code == word]
    if rounds:
        raise UsageError(f"{word} has {len(rounds)} rounds: {', '.join(rounds)}; name one of them")
    raise UsageError(f"no measure {word}; {did_you_mean(word, known)}")


def explain(state: State, measure: Measure, field: str) -> list[Explained]:
    """The values that ``field`` names, each with its places. Raises UsageError for a field that there is not.

    ``field``: a column of measures, a kind of milestone, a list (``milestones``), one of it
    (``milestones.2``) or a value of one (``milestones.2.period``).
    """
    rows = page_rows(state.source.id, state.capture.id, None, state.source.url, state.page)
    evidence = [row for row in rows["provenance"] if row[2] == measure.measure_id]
    if field in _FIELDS:
        places = _places(row for row in evidence if row[0] == "measures" and row[4] == field)
        return [Explained(field, getattr(measure, field), places)]
    table, numbers, column = _chosen(measure, field)
    found = []
    for number in numbers:
        item = getattr(measure, table)[number - 1]
        mine = [row for row in evidence if row[0] == table and row[3] == number]
        if column is not None:
            places = _places(row for row in mine if row[4] == column)
            found.append(Explained(f"{table}.{number}.{column}", getattr(item, column), places))
        else:
            found.append(Explained(f"{table}.{number}", _facts(table, item), _places(mine)))
    return found


def _chosen(measure: Measure, field: str) -> tuple[str, list[int], str | None]:
    """Table, numbers from 1, and column that a field names."""
    if field in MILESTONE_KINDS:
        kinds = [milestone.kind for milestone in measure.milestones]
        return "milestones", [number for number, kind in enumerate(kinds, 1) if kind == field], None
    table, _, rest = field.partition(".")
    if table not in CHILDREN:
        names = (*_FIELDS, *CHILDREN, *MILESTONE_KINDS)
        raise UsageError(f"no field {field}; {did_you_mean(field, names)}")
    count = len(getattr(measure, table))
    number, _, column = rest.partition(".")
    if not rest:
        return table, list(range(1, count + 1)), None
    if not number.isdecimal() or not 1 <= int(number) <= count:
        raise UsageError(f"no {field}: {measure.measure_id} has {count} {table}, numbered from 1")
    columns = [name for name in TABLES[table].header if name not in _KEYS]
    if column and column not in columns:
        raise UsageError(f"no column {column} in {table}; {did_you_mean(column, columns)}")
    return table, [int(number)], column or None


def _facts(table: str, item: object) -> dict[str, object]:
    names = [name for name in TABLES[table].header if name not in _KEYS]
    return {name: getattr(item, name) for name in names}


def _places(evidence: Iterable[Row]) -> list[Place]:
    cells: dict[tuple[int, int], list[str]] = {}
    for row in evidence:
        start, end = row[6], row[7]
        if isinstance(start, int) and isinstance(end, int):
            cells.setdefault((start, end), []).append(str(row[4]))
    return [Place(*span, tuple(names)) for span, names in sorted(cells.items())]


def in_context(page: Page, place: Place) -> Iterator[str]:
    """The lines of the page that hold the place, marked, with the line before and the one after."""
    text, start, end = page.text, place.start, place.end
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", end)
    last = len(text) if last < 0 else last
    before, after = text[first:start], text[end:last]
    before = before if len(before) <= _BESIDE else f"…{before[-_BESIDE:]}"
    after = after if len(after) <= _BESIDE else f"{after[:_BESIDE]}…"
    if first:
        yield _shortened(text[text.rfind("\n", 0, first - 1) + 1 : first - 1])
    yield from f"{before}{_OPEN}{text[start:end]}{_CLOSE}{after}".split("\n")
    if last < len(text):
        yield _shortened(text[last + 1 :].partition("\n")[0])


def _shortened(line: str) -> str:
    return line if len(line) <= 2 * _BESIDE else f"{line[: 2 * _BESIDE]}…"

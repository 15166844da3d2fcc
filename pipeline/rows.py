"""A parsed page as rows of the tables. Pure: the same page gives the same rows."""

from __future__ import annotations

import re
from bisect import bisect_right
from decimal import Decimal
from functools import lru_cache
from operator import attrgetter, itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from parsers.findings import finding
from pipeline.schema import DECIMAL, DECIMAL_PRECISION, DECIMAL_SCALE, INTEGER, STRING, TABLES, Column

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator
    from datetime import datetime

    from parsers.records import Evidence, Finding, Measure, Page

Row: TypeAlias = tuple[object, ...]
Rows: TypeAlias = dict[str, list[Row]]

CHILDREN = ("funding", "milestones", "applicants", "contacts", "links")
_DECIMAL_LIMIT = Decimal(10) ** (DECIMAL_PRECISION - DECIMAL_SCALE)
_INTEGER_LIMIT = 2**63
# Code points that no encoding can write: a page given as text may hold them.
_SURROGATE = re.compile("[\ud800-\udfff]")


def page_rows(
    source: str,
    capture_id: str,
    captured_at: datetime | None,
    url: str,
    page: Page,
    *,
    canonical: Collection[str] | None = None,
) -> Rows:
    """The rows that one page gives, by table, each in the order of the table's columns.

    ``captured_at`` is aware. ``canonical``: the measure_ids whose row on this page is the one to sum;
    None: all of them. An empty text is None, as CSV knows no difference. An amount too large or too fine
    for its column is left empty and becomes a finding. Where a page prints one measure_id twice, the
    first stands (the key is unique; the parser's finding tells of the second).
    """
    return _PageRows(source, capture_id, page).rows(captured_at, url, canonical)


class Fill(NamedTuple):
    """What a page says of a measure: how many fields are filled, contacts left out, and its EU funding."""

    measure_id: str
    filled: int
    eu_funding_eur: Decimal | None


def fills(page: Page) -> tuple[Fill, ...]:
    """Of each measure of the page, the first of each id."""
    return tuple(
        Fill(measure.measure_id, _filled(measure), measure.eu_funding_eur)
        for measure in first_of_each(page.measures)
    )


def canonical_measures(pages: Iterable[tuple[str, Iterable[Fill]]]) -> dict[str, set[str]]:
    """Of each measure_id over all pages ``(source, fills)``, the page whose row is ``canonical``.

    It is the page that says most of the measure, counted in filled fields; of equals the first.
    Contacts don't count, so that the choice does not hang on whether they are published.
    """
    best: dict[str, tuple[int, str]] = {}
    chosen: dict[str, set[str]] = {}
    for source, some in pages:
        chosen.setdefault(source, set())
        for one in some:
            if one.filled > best.get(one.measure_id, (-1, ""))[0]:
                best[one.measure_id] = (one.filled, source)
    for measure_id, (_, source) in best.items():
        chosen[source].add(measure_id)
    return chosen


class _PageRows:
    """One page on its way into rows."""

    def __init__(self, source: str, capture_id: str, page: Page) -> None:
        self.page = page
        self.known: dict[str, object] = {"source": source, "capture": capture_id}
        self.unfit: list[Finding] = []

    def rows(self, captured_at: datetime | None, url: str, canonical: Collection[str] | None) -> Rows:
        page = self.page
        rows: Rows = {name: [] for name in TABLES}
        measures = list(first_of_each(page.measures))
        for measure in measures:
            known = {
                "canonical": canonical is None or measure.measure_id in canonical,
                "url": url,
                "captured_at": captured_at,
            }
            rows["measures"].append(self._row("measures", measure, known))
            for table in CHILDREN:
                rows[table] += self._numbered(table, getattr(measure, table), measure.measure_id)
        rows["headlines"] += self._numbered("headlines", page.headlines)
        rows["narrative"] += self._numbered("narrative", page.narrative)
        rows["provenance"] += [self._provenance(evidence) for evidence in self._evidence(measures)]
        # Last: only now is it known what did not fit.
        for seq, found in enumerate((*page.findings, *self.unfit), 1):
            rows["findings"].append(self._row("findings", found, {"seq": seq} | _place(found)))
        return rows

    def _numbered(self, table: str, items: Iterable[object], measure_id: str | None = None) -> list[Row]:
        known: dict[str, object] = {} if measure_id is None else {"measure_id": measure_id}
        return [self._row(table, item, known | {"seq": seq}) for seq, item in enumerate(items, 1)]

    def _row(self, table: str, item: object, known: dict[str, object]) -> Row:
        """Columns in order, from ``known``, the page's own facts, or the item's field of that name."""
        facts = self.known | known
        form = _form(table, tuple(facts))
        values = form.order((*facts.values(), *form.fields(item)))
        cells = [fit(value) if fit else value for fit, value in zip(form.fits, values, strict=True)]
        for place in form.decimals:
            if cells[place] is None and values[place] is not None:
                measure_id = facts.get("measure_id") or getattr(item, "measure_id", None)
                words = getattr(item, "text", None) or f"{values[place]}"
                column = TABLES[table].columns[place]
                self.unfit.append(
                    finding("unreadable_amount", text=words, measure_id=_text(measure_id), field=column.name)
                )
        return tuple(cells)

    def _provenance(self, evidence: Evidence) -> Row:
        text = self.page.text[evidence.start : evidence.end]
        return self._row("provenance", evidence, {"text": text})

    def _evidence(self, measures: list[Measure]) -> Iterator[Evidence]:
        """The evidence of the rows that are there: not that of a second measure of the same id."""
        kept = {id(measure) for measure in measures}
        repeated = sorted((m.start, m.end, m.measure_id) for m in self.page.measures if id(m) not in kept)
        for evidence in self.page.evidence:
            before = bisect_right(repeated, evidence.start, key=lambda one: one[0])
            _, end, measure_id = repeated[before - 1] if before else (0, -1, "")
            if evidence.measure_id != measure_id or evidence.end > end:
                yield evidence


def first_of_each(measures: Iterable[Measure]) -> Iterator[Measure]:
    """The measures that have rows: the first of each id."""
    seen = set()
    for measure in measures:
        if measure.measure_id not in seen:
            seen.add(measure.measure_id)
            yield measure


def _filled(measure: Measure) -> int:
    contacts = measure._fields.index("contacts")
    values = [value for place, value in enumerate(measure) if place != contacts]
    return sum(len(value) if isinstance(value, tuple) else value is not None for value in values)


class _Form(NamedTuple):
    """How a row of a table is made. ``fields``: from an item to those of its fields that are columns;
    ``order``: from what is known and these to the values in the order of the columns; ``fits``: of each
    column what gives the cell, None where any value is one; ``decimals``: places of the decimal columns."""

    fields: Callable[[object], tuple[Any, ...]]
    order: Callable[[tuple[object, ...]], tuple[object, ...]]
    fits: list[Callable[[Any], object] | None]
    decimals: list[int]


@lru_cache(maxsize=64)
def _form(table: str, known: tuple[str, ...]) -> _Form:
    """Of a table's rows where the facts of these names are ``known``: looked up once, not for each cell."""
    columns = TABLES[table].columns
    asked = [column.name for column in columns if column.name not in known]
    places = [(*known, *asked).index(column.name) for column in columns]
    return _Form(
        attrgetter(*asked) if len(asked) > 1 else lambda item: tuple(getattr(item, name) for name in asked),
        itemgetter(*places),
        [_FITS.get(column.type) for column in columns],
        [place for place, column in enumerate(columns) if column.type == DECIMAL],
    )


def cell(column: Column, value: object) -> object:
    """The value as the column holds it; None where there is none, or none that fits."""
    fit = _FITS.get(column.type)
    return fit(value) if fit else value


def _text(value: object) -> str | None:
    if value is None:
        return None
    text = str(value)
    return (text if text.isascii() else _SURROGATE.sub("\ufffd", text)) or None


def _decimal(value: object) -> Decimal | None:
    return value if isinstance(value, Decimal) and _fits(value) else None


def _integer(value: object) -> int | None:
    """Only a round can be out of range, and measure_id still has it."""
    return value if isinstance(value, int) and abs(value) < _INTEGER_LIMIT else None


_FITS: dict[str, Callable[[Any], object]] = {STRING: _text, DECIMAL: _decimal, INTEGER: _integer}


def _fits(value: Decimal) -> bool:
    """Whether decimal(18, 4) holds the value exactly."""
    if not value.is_finite() or value.copy_abs() >= _DECIMAL_LIMIT:
        return False
    _, digits, exponent = value.as_tuple()
    surplus = -int(exponent) - DECIMAL_SCALE
    return surplus <= 0 or not any(digits[-surplus:])


def _place(found: Finding) -> dict[str, object]:
    """A finding of the whole page has no place."""
    return {"start": None, "end": None} if found.start == found.end == 0 else {}

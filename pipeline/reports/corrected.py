"""A correction in words: what was told of a page and should not have been, or not so."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from pipeline.changes.record import Change, Value
from pipeline.reports.words import at

if TYPE_CHECKING:
    from pipeline.corrections import Correction, Row

_WITHDRAWN = {
    "en": "Correction: this was told, but did not happen: {}",
    "lv": "Labojums: par to ziņots, bet tā nav noticis: {}",
}
_MISSED = {
    "en": "Correction: this was not told at the time: {}",
    "lv": "Labojums: par to savlaikus nav ziņots: {}",
}
_OTHERWISE = {
    "en": ("Correction: {}", "Told before: {}"),
    "lv": ("Labojums: {}", "Iepriekš ziņots: {}"),
}
_WHY = {
    "en": "The page has not changed; {after} reads it otherwise than {before} did.",
    "lv": "Lapa nav mainījusies; {after} to nolasa citādi nekā {before}.",
}
_OBSERVED = {"en": "About the page as seen on {} (UTC).", "lv": "Attiecas uz lapas versiju: {} (UTC)."}


def title(one: Correction, language: str) -> str:
    """One line."""
    if one.now is None:
        return _WITHDRAWN[language].format(_sentence(one.was, language))
    if one.was is None:
        return _MISSED[language].format(_sentence(one.now, language))
    return _OTHERWISE[language][0].format(_sentence(one.now, language))


def lines(one: Correction, language: str) -> Iterator[str]:
    """The whole of it."""
    yield title(one, language)
    if one.was and one.now:
        yield _OTHERWISE[language][1].format(_sentence(one.was, language))
    if one.row["observed_at"]:
        yield _OBSERVED[language].format(at(datetime.fromisoformat(one.row["observed_at"]), language))
    yield _WHY[language].format(before=one.before, after=one.after)


def change(row: Row) -> Change:
    """The change that a row of ``changes`` tells of, as far as filters ask."""
    money = bool(row["delta_eur"]) and row["field"] != "measure_id"
    return Change(
        row["kind"],
        row["source"],
        row["measure_id"] or None,
        row["field"] or None,
        _value(row["old"], money),
        _value(row["new"], money),
        int(row["delta_days"]) if row["delta_days"] else None,
        row["minor"] == "true",
    )


def _value(cell: str, money: bool) -> Value:
    return Decimal(cell) if money and cell else cell or None


def _sentence(row: Row | None, language: str) -> str:
    return row[f"text_{language}"] if row else ""

"""What the sentences of both languages quote: words of the page, shortened, and the places that changed."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from parsers.memos import memo
from parsers.records import Measure
from pipeline.changes import wording
from pipeline.changes.record import Change, Stated, Value
from pipeline.changes.values import words_of_step

if TYPE_CHECKING:
    from collections.abc import Callable

_LONGEST = 160
_FIGURE = re.compile(r"(\d{1,3}(?:[\s.'’]\d{3})+(?!\d)|\d+)(?:[.,](\d+))?")
_REACHES = re.compile(r"@|\d(?:[\s\u00a0-]?\d){6}")
_HIDDEN = re.compile(r"[\W█]*█[\W█]*")
_DATED = re.compile(r"\d{2}|\bcet|ceturk|pusgad", re.IGNORECASE)
_CALLS = re.compile(r"\+371|\b(?:tāl|tel|mob)", re.IGNORECASE)
_UNITS = frozenset(map(Decimal, (1_000, 1_000_000, 1_000_000_000)))


def words(value: object) -> str:
    """A value as it can stand in a sentence: one line, without people, cut at a word where it is long."""
    text = " ".join(str(value).split())
    hide = _hiding(text)
    text = hide(text) if hide else text
    if len(text) <= _LONGEST:
        return text
    cut = text[:_LONGEST]
    return (cut.rpartition(" ")[0] or cut).rstrip(",;:") + " …"


@memo(256)
def is_latest(printed: str | None, period: str) -> bool:
    """True where the printed words say *by* a period (``līdz 31.12.2026.``) and not *on* it."""
    from parsers.periods import read

    return any(one.by and one.period == period for one in read(printed or ""))


def _hiding(*texts: Value) -> Callable[[str], str] | None:
    """What blocks out, in any words, the people whose phone or address stands in these; None where there are
    none."""
    reaching = [text for text in texts if isinstance(text, str) and _REACHES.search(text)]
    if not any(any(map(str.isalpha, text)) for text in reaching):
        return None
    from parsers import contacts
    from pipeline.redactor import Redactor

    people = [
        one
        for text in reaching
        for one in contacts.read(text)
        if one.email or (one.phone and (_CALLS.search(text) or not (one.name or "").isupper()))
    ]
    return Redactor("", people).text if people else None


def amount(value: object) -> Decimal:
    """The value of a change that is an amount."""
    return value if isinstance(value, Decimal) else Decimal(str(value))


def of_measure(change: Change) -> Measure | None:
    """The measure as it is now, or as it was where it is gone or in parts."""
    sides = (change.before, change.after) if change.kind == "measure_split" else (change.after, change.before)
    measures = sides[0] or sides[1]
    return measures[0] if measures else None


def eu_funding(change: Change) -> Stated | None:
    """The EU funding of a measure that came or is gone; None where it states none."""
    measure = of_measure(change)
    return funding_of(measure) if measure else None


def funding_of(measure: Measure) -> Stated | None:
    """The EU funding of a measure, None where it states none."""
    if measure.eu_funding_eur is None:
        return None
    return measure.eu_funding_eur, measure.eu_funding_max_eur, measure.funding_qualifier


def stated(change: Change) -> tuple[Stated, Stated]:
    """An amount before and after, with all that is said of it."""
    old, new = (None if value is None else amount(value) for value in (change.old, change.new))
    return change.stated or ((old, None, None), (new, None, None))


def looks_dated(words: str) -> bool:
    """True for words that hold a date of some kind, though none that can be one: ``31.06.2025.``."""
    return _DATED.search(words) is not None


def entry(change: Change) -> str | None:
    """The words of an entry of the schedule that has no name: without its dates where both are told."""
    printed = change.new_text or change.old_text
    return (words_of_step(printed) if printed and change.old and change.new else "") or printed


def sums(change: Change) -> tuple[Decimal, Decimal]:
    """EU funding before and after of a measure split or merged, all parts together."""
    old, new = (
        sum((measure.eu_funding_eur or Decimal(0) for measure in side), Decimal(0))
        for side in (change.before, change.after)
    )
    return old, new


def is_range_now_or_before(figures: tuple[Stated, Stated] | None) -> bool:
    """True where one of two amounts is a range and the other is not: neither is more than the other."""
    return figures is not None and (figures[0][1] is None) != (figures[1][1] is None)


def is_narrowed_or_widened(figures: tuple[Stated, Stated]) -> bool:
    """True where one end of a range is higher now and the other is not: it is neither more nor less."""
    (low, high, _), (new_low, new_high, _) = figures
    if low is None or high is None or new_low is None or new_high is None:
        return False
    return (new_low > low) != (new_high > high)


def is_qualified(figures: tuple[Stated, Stated]) -> bool:
    """True where one of two amounts is not exact: up to, about, a range."""
    return any(side[2] not in (None, "exact") for side in figures)


def rounded(change: Change) -> str | None:
    """Whether an exact amount is only printed more coarsely (``coarser``) or more finely (``finer``) now.

    ``42,25 milj. eiro`` is ``42 248 895`` rounded to what it is printed to.
    """
    old, new = change.old, change.new
    if not (isinstance(old, Decimal) and isinstance(new, Decimal) and change.old_text and change.new_text):
        return None
    if change.stated and change.stated[0][1:] != change.stated[1][1:]:
        return None
    off, steps = abs(old - new) * 2, (_step(change.old_text, old), _step(change.new_text, new))
    if steps[0] < steps[1] and off <= steps[1]:
        return "coarser"
    return "finer" if steps[1] < steps[0] and off <= steps[0] else None


def _step(printed: str, value: Decimal) -> Decimal:
    """Euro between a printed figure and the next one it could be: 10,000 of ``42,25 milj.``, else one."""
    found = _FIGURE.search(printed)
    if found is None:
        return Decimal(1)
    decimals = found[2] or ""
    number = Decimal(f"{re.sub('[^0-9]', '', found[1])}.{decimals or 0}")
    unit = value / number if number else Decimal(1)
    return unit.scaleb(-len(decimals)) if unit in _UNITS else Decimal(1)


def title(change: Change) -> str | None:
    """The title of the measure that a change is about, as it is now."""
    measure = of_measure(change)
    return words(measure.title) if measure and measure.title else None


def fund(change: Change) -> tuple[str, str]:
    """Which fund's amount a ``funding_changed`` is about, and what of it: amount, max or qualifier."""
    eu = {"eu_funding_eur": "amount", "eu_funding_max_eur": "max", "funding_qualifier": "qualifier"}
    field = str(change.field)
    if field in eu:
        return "eu_total", eu[field]
    _, name, *part = field.split(".")
    return name, part[0] if part else "amount"


def eu_figures(change: Change) -> tuple[Stated, Stated] | None:
    """The EU funding before and after, whole; None where the change is about another amount."""
    if str(change.field).startswith("funding.") or not (change.before and change.after):
        return None
    old, new = change.before[0], change.after[0]
    return (
        (old.eu_funding_eur, old.eu_funding_max_eur, old.funding_qualifier),
        (new.eu_funding_eur, new.eu_funding_max_eur, new.funding_qualifier),
    )


def is_of_qualifier_beside_amount(change: Change) -> bool:
    """True for the qualifier of an EU funding whose amount is another one too, which is told by itself."""
    figures = eu_figures(change) if change.field == "funding_qualifier" else None
    return figures is not None and figures[0][0] != figures[1][0]


def is_labelled(change: Change) -> bool:
    """True where a headline has a label of its own; else only the sentence that it stands in tells it."""
    return change.subject is not None


def is_of_people(change: Change) -> bool:
    """Whether all that differs in a text is what is hidden of people in its sentence."""
    return bool(change.word_diff) and not places(change)


def places(change: Change) -> list[tuple[str, str]]:
    """Where words changed: struck out and written in, either may be empty; without people, and without places
    where nothing else stood and stands."""
    hide = _hiding(change.old, change.new) or str
    found: list[tuple[str, str]] = []
    previous = wording.UNCHANGED
    for operation, printed in change.word_diff:
        piece = words(hide(printed))
        if operation == wording.REMOVED:
            found.append((piece, ""))
        elif operation == wording.ADDED:
            replaces = found and not found[-1][1] and previous == wording.REMOVED
            struck = found.pop()[0] if replaces else ""
            found.append((struck, piece))
        previous = operation
    return [both for both in found if not all(map(_HIDDEN.fullmatch, both))]

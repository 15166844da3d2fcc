"""Changes of the schedule in Latvian sentences (see ``latvian``)."""

from __future__ import annotations

from pipeline.changes import quoting
from pipeline.changes.figures import days, moment
from pipeline.changes.latvian_terms import STEPS, Name
from pipeline.changes.latvian_words import measure, quote
from pipeline.changes.record import Change, Value


def _step(change: Change) -> Name:
    name = STEPS.get(str(change.field))
    if name and change.subject:
        words = f" ({quote(change.subject)})"
        return Name(name.nominative + words, name.genitive + words, name.ending)
    if name:
        return name
    quoted = quote(quoting.entry(change))
    return Name(f"laika grafika ieraksts {quoted}", f"laika grafika ieraksta {quoted}", "s")


def _in_case(period: Value, case: str) -> str:
    return moment(str(period), "lv", case)


def moved(change: Change) -> str:
    """It was put off or brought forward."""
    step, count = _step(change), change.delta_days or 0
    old, new = _in_case(change.old, "genitive"), _in_case(change.new, "accusative")
    direction = "vēlāk" if count > 0 else "agrāk"
    return (
        f"{measure(change, 'genitive')} {step.nominative} pārcelt{step.ending} no {old} uz {new} "
        f"(par {days(abs(count), 'lv')} {direction})"
    )


def _moments(change: Change) -> tuple[str, str]:
    """Before and now: *in* a stretch, *on* a day, ``līdz`` a day where the page says that."""
    old, new = (
        f"līdz {_in_case(period, 'dative')}"
        if quoting.is_latest(printed, str(period))
        else _in_case(period, "locative")
        for printed, period in ((change.old_text, change.old), (change.new_text, change.new))
    )
    return old, new


def made_precise(change: Change) -> str:
    """It is told more closely."""
    step = _step(change)
    old, new = _moments(change)
    return f"{measure(change, 'genitive')} {step.genitive} laiks precizēts: {new} (iepriekš – {old})"


def made_vague(change: Change) -> str:
    """It is told less closely."""
    step = _step(change)
    old, new = _moments(change)
    whose = f"{measure(change, 'genitive')} {step.genitive}"
    return f"{whose} laiks tagad norādīts mazāk precīzi: {new} (iepriekš – {old})"


def added(change: Change) -> str:
    """It is new, or has a date now."""
    step, planned = _step(change) if change.field in STEPS else None, _in_case(change.new, "locative")
    if step and change.old_text:
        when = f"{measure(change, 'genitive')} {step.genitive} laiks"
        return f"{when} tagad ir norādīts: {planned} (iepriekš – {quote(change.old_text)})"
    what = f"{step.nominative} {planned}" if step else quote(change.new_text)
    return f"{measure(change, 'genitive')} laika grafiks papildināts: {what}"


def removed(change: Change) -> str:
    """It is gone, or has no date any more."""
    step, planned = _step(change) if change.field in STEPS else None, _in_case(change.old, "locative")
    if step and change.new_text:
        when = f"{measure(change, 'genitive')} {step.genitive} laiks"
        how = "nolasāms" if quoting.looks_dated(change.new_text) else "norādīts"
        return f"{when} vairs nav {how}: {quote(change.new_text)} (iepriekš – {planned})"
    whose = f"no {measure(change, 'genitive')} laika grafika"
    if step is None:
        return f"{whose} svītrots ieraksts {quote(change.old_text)}"
    return f"{whose} svītrot{step.ending} {step.nominative} (iepriekš – {planned})"

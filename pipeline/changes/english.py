"""Each change in an English sentence that can be quoted as it stands.

Contacts are people: no sentence holds a name, phone or address of theirs.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from parsers.records import Measure
from pipeline.changes import english_fields, quoting
from pipeline.changes.english_fields import quote
from pipeline.changes.english_terms import FIELDS, FUNDS, QUALIFIERS, STEPS, TEXTS
from pipeline.changes.figures import days, euro, moment, percent, round_euro, when
from pipeline.changes.record import AGAIN, BACK, NAMED, Change, Stated, Value


def sentence(change: Change) -> str:
    """The sentence, without a full stop; a measure's change begins with its measure_id."""
    text = _WRITERS[change.kind](change)
    return f"{change.measure_id}: {text}" if change.measure_id else text[:1].upper() + text[1:]


def _titled(change: Change) -> str:
    title = quoting.title(change)
    return f" “{title}”" if title else ""


def _list(names: list[str]) -> str:
    return ", ".join(names[:-1]) + f" and {names[-1]}" if len(names) > 1 else names[0]


def _parts(measures: tuple[Measure, ...]) -> list[str]:
    """The ids of measures, each with its EU funding where it states one."""
    return [
        measure.measure_id + (f" ({_plainly(money)})" if (money := quoting.funding_of(measure)) else "")
        for measure in measures
    ]


def stated(figures: Stated, money: Callable[[Decimal, str], str] = euro) -> str:
    """An amount with its qualifier: *up to €5,000,000*, *€4,000,000 to €5,000,000*."""
    low, high, qualifier = figures
    if low is None:
        return "nothing"
    if high is not None:
        return f"{money(low, 'en')} to {money(high, 'en')}"
    return f"{QUALIFIERS.get(qualifier or 'exact', '')} {money(low, 'en')}".strip()


def _plainly(figures: Stated, money: Callable[[Decimal, str], str] = euro) -> str:
    """The same in a sentence by itself, where an exact amount needs no word that says so."""
    return stated(figures, money).removeprefix("exactly ")


def _added(change: Change) -> str:
    funding = quoting.eu_funding(change)
    money = f", {_plainly(funding)} of EU funding" if funding else ""
    if change.subject == BACK:
        return f"{_what(change)}{_titled(change)} is on the page again{money}"
    if change.subject == NAMED:
        now = f"which the page named before, are there now{money.replace(', ', ': ', 1)}"
        return f"the values of {_what(change)}{_titled(change)}, {now}"
    if change.subject == AGAIN:
        return f"{_what(change)}{_titled(change)} is on the page once more, with other values{money}"
    return f"new {_what(change)}{_titled(change)}{money}"


def _what(change: Change) -> str:
    return "round of measure" if "/" in str(change.measure_id) else "measure"


def _removed(change: Change) -> str:
    funding = quoting.eu_funding(change)
    money = f" (its EU funding was {_plainly(funding)})" if funding else ""
    if change.subject == NAMED:
        what = f"{_what(change)}{_titled(change)}"
        return f"the values of {what} can no longer be read from the page, which still names it{money}"
    if change.subject == AGAIN:
        return f"one of the entries for {_what(change)}{_titled(change)} is no longer on the page{money}"
    return f"{_what(change)}{_titled(change)} is no longer on the page{money}"


def _renumbered(change: Change) -> str:
    return f"{_what(change)}{_titled(change)} was renumbered from {change.old} to {change.new}"


def _split(change: Change) -> str:
    return f"measure{_titled(change)} was split into {_list(_parts(change.after))}{_together(change)}"


def _merged(change: Change) -> str:
    return f"measure{_titled(change)} was merged from {_list(_parts(change.before))}{_together(change)}"


def _together(change: Change) -> str:
    """What became of the money where all parts together have more or less than the whole."""
    if not change.delta_eur:
        return ""
    old, new = (euro(amount, "en") for amount in quoting.sums(change))
    return f"; their EU funding together {_grew(change)} from {old} to {new} ({_by(change)})"


def _by(change: Change, money: Callable[..., str] = euro) -> str:
    if change.delta_eur is None:
        return ""
    share = f" or {percent(change.delta_percent, 'en')}" if change.delta_percent else ""
    return f"{'up' if change.delta_eur > 0 else 'down'} {money(abs(change.delta_eur), 'en')}{share}"


def _grew(change: Change) -> str:
    return "grew" if (change.delta_eur or 0) > 0 else "fell"


def _funding(change: Change) -> str:
    if change.field == "flexibility_funding":
        return _flexibility(change)
    fund, part = quoting.fund(change)
    name = FUNDS.get(fund, fund)
    if part == "max" and None not in (change.old, change.new):
        return f"upper end of the {name} {_moved_money(change)}"
    if part != "amount":
        return _reworded_amount(change, name)
    if change.old is None:
        before = f" (before: {quote(change.old_text)})" if change.old_text else ""
        return f"{name} is now stated: {_plainly(quoting.stated(change)[1])}{before}"
    if change.new is None:
        now = f" as a figure: {quote(change.new_text)}" if change.new_text else ""
        return f"{name} is no longer stated{now} (it was {_plainly(quoting.stated(change)[0])})"
    if quoting.is_range_now_or_before(change.stated):
        old, new = map(_plainly, quoting.stated(change))
        return f"{name} is now given as {new} (before: {old})"
    return f"{name} {_rounded(change) or _moved_money(change, change.stated)}"


def _rounded(change: Change) -> str | None:
    """Of an amount that is no other one, only printed otherwise."""
    how = quoting.rounded(change)
    if how is None:
        return None
    old, new = (euro(quoting.amount(value), "en") for value in (change.old, change.new))
    if how == "coarser":
        return f"is now given rounded: {quote(change.new_text)} (before: {old})"
    return f"is now given more exactly: {new} (before: {quote(change.old_text)})"


def _moved_money(change: Change, figures: tuple[Stated, Stated] | None = None) -> str:
    """*grew from … to … (up … or …%)*; with qualifiers where an amount is not exact."""
    if figures and quoting.is_narrowed_or_widened(figures):
        before, now = map(_plainly, figures)
        return f"is now given as {now} (before: {before})"
    if figures and quoting.is_qualified(figures):
        old, new = map(_plainly, figures)
        by = _by(change).removeprefix("up ").removeprefix("down ")
        return f"{_grew(change)} by {by}: it was {old}, now it is {new}"
    old, new = (euro(quoting.amount(value), "en") for value in (change.old, change.new))
    return f"{_grew(change)} from {old} to {new} ({_by(change)})"


def _reworded_amount(change: Change, name: str) -> str:
    """Another qualifier, or a range: the whole of it before and after."""
    figures = quoting.eu_figures(change)
    if figures and quoting.is_of_qualifier_beside_amount(change):
        return f"{name} {_qualified(figures[0][2], figures[1][2])}"
    old, new = map(_plainly, figures) if figures else (quote(change.old_text), quote(change.new_text))
    return f"{name} is now given as {new} (before: {old})"


def _qualified(old: str | None, new: str | None) -> str:
    """Words that came to a figure or left it; an exact one has none."""
    before, now = (None if word in (None, "exact") else f"“{QUALIFIERS[str(word)]}”" for word in (old, new))
    if now is None:
        return f"is no longer given as {before}"
    return f"is now given as {now}" + (f" (before: {before})" if before else "")


def _flexibility(change: Change) -> str:
    now = {
        "included": "EU funding now includes the flexibility funding",
        "excluded": "EU funding now excludes the flexibility funding",
        None: "it is no longer stated whether EU funding includes the flexibility funding",
    }
    before = {"included": "included", "excluded": "excluded", None: "not stated"}
    return f"{now[_word(change.new)]} (before: {before[_word(change.old)]})"


def _word(value: Value) -> str | None:
    return None if value is None else str(value)


def _step(change: Change) -> str:
    name = STEPS.get(str(change.field))
    if name:
        return f"{name} ({quote(change.subject)})" if change.subject else name
    return f"schedule entry {quote(quoting.entry(change))}"


def _moved(change: Change) -> str:
    count = change.delta_days or 0
    verb, direction = ("slipped", "later") if count > 0 else ("was brought forward", "earlier")
    old, new = moment(str(change.old), "en"), moment(str(change.new), "en")
    return f"{_step(change)} {verb} from {old} to {new} ({days(abs(count), 'en')} {direction})"


def _moments(change: Change) -> tuple[str, str]:
    """Before and now; *by* a day where the page says that."""
    old, new = (
        ("by " if quoting.is_latest(printed, str(period)) else "") + moment(str(period), "en")
        for printed, period in ((change.old_text, change.old), (change.new_text, change.new))
    )
    return old, new


def _made_precise(change: Change) -> str:
    old, new = _moments(change)
    return f"{_step(change)} is now {'due ' if new.startswith('by ') else 'set for '}{new} (before: {old})"


def _made_vague(change: Change) -> str:
    old, new = _moments(change)
    return f"{_step(change)} is now given less precisely: {new} (before: {old})"


def _step_added(change: Change) -> str:
    if change.old_text:
        set_for = moment(str(change.new), "en")
        return f"{_step(change)} is now set for {set_for} (before: {quote(change.old_text)})"
    at = f" {when(str(change.new))}" if change.field in STEPS else ""
    return f"{_step(change)}{at} was added to the schedule"


def _step_removed(change: Change) -> str:
    if change.new_text:
        before = moment(str(change.old), "en")
        how = " that can be read" if quoting.looks_dated(change.new_text) else ""
        return f"{_step(change)} has no date{how} any more: {quote(change.new_text)} (before: {before})"
    at = f" {when(str(change.old))}" if change.field in STEPS else ""
    return f"{_step(change)}{at} was taken out of the schedule"


def _text(change: Change) -> str:
    name = TEXTS.get(str(change.field), str(change.field))
    if change.measure_id is None:
        name = (
            f"description of the theme {quote(change.subject)}"
            if change.subject
            else "text of the page outside the measures"
        )
    elif change.subject:
        name = f"{name} under {quote(change.subject)}"
    if change.old is None:
        return f"text was added to the {name}: {quote(change.new)}"
    if change.new is None:
        return f"text was removed from the {name}: {quote(change.old)}"
    done = "spelling was corrected in" if change.minor else "the wording was changed in"
    return f"{done} the {name}{_places(change)}"


def _places(change: Change) -> str:
    places = quoting.places(change)
    if not places:
        return ": contact details" if quoting.is_of_people(change) else ""
    struck, written = places[0]
    if struck and written:
        first = f": “{struck}” became “{written}”"
    else:
        first = f": “{written}” was added" if written else f": “{struck}” was removed"
    more = len(places) - 1
    return first + (f", and in {more} more {'place' if more == 1 else 'places'}" if more else "")


def _headline(change: Change) -> str:
    labelled = quoting.is_labelled(change)
    name = f"the figure {quote(change.subject)}" if labelled else "a figure on the page"
    old, new = change.old, change.new
    if change.field in ("amount_eur", "amount_max_eur"):
        return _headline_amount(change, name)
    if change.field == "includes_national":
        return f"{name} {'now includes' if new else 'no longer includes'} national co-funding"
    if change.field == "label":
        return f"the figure {quote(old)} is now called {quote(new)}"
    if change.field == "qualifier":
        return f"{name} {_qualified(str(old), str(new))}"
    old, new = (f"{value}%" if value is not None else "nothing" for value in (old, new))
    return f"the share stated beside {name} changed from {old} to {new}"


def _headline_amount(change: Change, name: str) -> str:
    if change.field == "amount_max_eur":
        name = f"the upper end of {name}"
    old, new = (_plainly(side, round_euro) for side in quoting.stated(change))
    if change.old is None:
        if not quoting.is_labelled(change) and change.field == "amount_eur":
            return f"the page now states {new}"
        return f"{name} is new: {new}"
    if change.new is None:
        return f"{name} is no longer stated (it was {old})"
    if quoting.is_range_now_or_before(change.stated):
        return f"{name} is now given as {new} (before: {old})"
    if change.stated and quoting.is_narrowed_or_widened(change.stated):
        return f"{name} is now given as {new} (before: {old})"
    if change.stated and quoting.is_qualified(change.stated):
        by = _by(change, round_euro).removeprefix("up ").removeprefix("down ")
        return f"{name} {_grew(change)} by {by}: it was {old}, now it is {new}"
    return f"{name} {_grew(change)} from {old} to {new} ({_by(change, round_euro)})"


def _field(change: Change) -> str:
    if change.field == "applicants" and not change.minor:
        return f"the applicant {quote(change.old)} is now given as {quote(change.new)}"
    if change.field == "applicants":
        return f"spelling of an applicant corrected to {quote(change.new)}"
    if change.field in ("links", "milestones"):
        what = "link" if change.field == "links" else "schedule entry"
        return f"the {what} {quote(change.old)} now reads {quote(change.new)}"
    name = FIELDS.get(str(change.field), str(change.field))
    if change.old is None:
        return f"{name} is now stated: {change.new}"
    if change.new is None:
        return f"{name} is no longer stated (it was {change.old})"
    return f"{name} changed from {change.old} to {change.new}"


_WRITERS: dict[str, Callable[[Change], str]] = {
    "measure_added": _added,
    "measure_removed": _removed,
    "measure_renumbered": _renumbered,
    "measure_split": _split,
    "measure_merged": _merged,
    "funding_changed": _funding,
    "milestone_moved": _moved,
    "milestone_made_precise": _made_precise,
    "milestone_made_vague": _made_vague,
    "milestone_added": _step_added,
    "milestone_removed": _step_removed,
    "applicant_added": english_fields.applicant,
    "applicant_removed": english_fields.applicant,
    "contact_added": english_fields.contact,
    "contact_removed": english_fields.contact,
    "contact_changed": english_fields.contact,
    "selection_type_changed": english_fields.selection,
    "link_added": english_fields.link,
    "link_removed": english_fields.link,
    "title_changed": english_fields.title,
    "theme_changed": english_fields.theme,
    "text_changed": _text,
    "headline_changed": _headline,
    "field_changed": _field,
}

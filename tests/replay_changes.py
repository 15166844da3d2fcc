"""Changes applied to a state, in the values that are compared: what proves that a diff says everything."""

from __future__ import annotations

from calendar import monthrange
from collections import Counter
from collections.abc import Iterable
from copy import deepcopy
from datetime import date
from typing import Any

from parsers.records import Contact, Link, Measure, Milestone, Page
from pipeline.changes import wording
from pipeline.changes.items import unique
from pipeline.changes.record import Change
from pipeline.changes.values import (
    PLAIN_FIELDS,
    TEXTS,
    contact_value,
    description,
    funding_rows,
    headline_value,
    link_value,
    milestone_value,
)
from pipeline.changes.wording import key

MONEY = ("eu_funding_eur", "eu_funding_max_eur", "funding_qualifier", "flexibility_funding")
HEADLINE = ("label", "amount_eur", "amount_max_eur", "qualifier", "share_percent", "includes_national")
PARTS = {"max": 2, "qualifier": 3}

Values = dict[str, Any]


def values_of(measure: Measure) -> Values:
    words = {field: key(getattr(measure, field)) for field in ("title", "theme")}
    texts = {field: lines(getattr(measure, field)) for field in TEXTS}
    plain = {
        field: getattr(measure, field) for field in (*MONEY, *PLAIN_FIELDS, "selection_type", "measure_id")
    }
    steps = unique(measure.milestones, milestone_value)
    return words | texts | plain | {
        "funding": Counter(row[:4] for row in funding_rows(measure)),
        "applicants": {key(a.name) for a in measure.applicants},
        "milestones": Counter(map(step, steps)),
        "contacts": set(map(contact_value, measure.contacts)),
        "links": set(map(link_value, measure.links)),
    }  # fmt: skip


def lines(text: str | None) -> set[str]:
    return set(wording.lines(text or ""))


def step(milestone: Milestone) -> tuple[Any, ...]:
    said = description(milestone) if milestone.kind == "other" else ""
    return milestone.kind, milestone.start_date, milestone.end_date, said


def page_values(page: Page) -> Values:
    """All that is compared: measures (each once), headlines, running text of the page and its themes."""
    measures: list[Values] = []
    for measure in page.measures:
        values = values_of(measure)
        if values not in measures:
            measures.append(values)
    narrative = {line for piece in page.narrative for line in lines(piece.text)}
    return {
        "measures": sorted(measures, key=repr_sorted),
        "headlines": set(map(headline_value, page.headlines)),
        "narrative": narrative,
    }


def repr_sorted(values: Values) -> str:
    return repr([values["measure_id"], values["title"], values["eu_funding_eur"], values["theme"]])


def days(period: str) -> tuple[date, date]:
    """First and last day of a period."""
    first, _, last = period.partition("/")
    if last:
        return days(first)[0], days(last)[1]
    year, _, rest = first.partition("-")
    if not rest:
        return date(int(year), 1, 1), date(int(year), 12, 31)
    if rest[0] in "QH":
        months = 3 if rest[0] == "Q" else 6
        end = int(rest[1:]) * months
        return date(int(year), end - months + 1, 1), date(int(year), end, monthrange(int(year), end)[1])
    if "-" in rest:
        return date.fromisoformat(first), date.fromisoformat(first)
    month = int(rest)
    return date(int(year), month, 1), date(int(year), month, monthrange(int(year), month)[1])


def apply(values: Values, changes: Iterable[Change]) -> Values:
    """The state after the changes, from the state before and nothing but what the changes say."""
    measures = deepcopy(values["measures"])
    state = {
        "measures": measures,
        "headlines": [list(h) for h in values["headlines"]],
        "narrative": set(values["narrative"]),
    }
    work = list(zip(deepcopy(measures), measures, strict=True))  # as it was, as it becomes
    for change in sorted(changes, key=lambda c: (c.kind != "theme_changed", c.field != "label")):
        if change.kind in ("measure_added", "measure_removed", "measure_split", "measure_merged"):
            for measure in change.before:
                state["measures"].remove(find(work, measure))
            state["measures"] += [values_of(measure) for measure in change.after]
        elif change.kind == "headline_changed":
            headline(state["headlines"], change)
        elif change.measure_id is None:
            of_page(state, change)
        else:
            of_measure(find(work, change.before[0]), change)
    return {
        "measures": sorted(state["measures"], key=repr_sorted),
        "headlines": {tuple(h) for h in state["headlines"]},
        "narrative": state["narrative"],
    }


def find(work: list[tuple[Values, Values]], measure: Measure) -> Values:
    before = values_of(measure)
    return next(now for was, now in work if was == before)


def of_page(state: Values, change: Change) -> None:
    if change.kind == "theme_changed":
        for measure in state["measures"]:
            if measure["theme"] == key(change.old):
                measure["theme"] = key(change.new)
    else:
        state["narrative"] -= lines(change.old)
        state["narrative"] |= lines(change.new)


def headline(headlines: list[list[Any]], change: Change) -> None:
    rows = [(change.field, change.old, change.new), *change.also]
    if change.field == "amount_eur" and change.old is None:
        new = dict.fromkeys(HEADLINE) | {"includes_national": False} | {field: b for field, _, b in rows}
        headlines.append([key(new["label"]), *list(new.values())[1:]])
        return
    place = HEADLINE.index(change.field)
    label = key(change.old if change.field == "label" else change.subject)
    was = label if change.field == "label" else change.old
    found = next(h for h in headlines if h[place] == was and h[0] == label)
    if change.field == "amount_eur" and change.new is None:
        headlines.remove(found)
        return
    for field, _, value in rows:
        found[HEADLINE.index(field)] = key(value) if field == "label" else value


def of_measure(measure: Values, change: Change) -> None:
    for field, old, new in [(change.field, change.old, change.new), *change.also]:
        if field.startswith("funding."):
            row(measure["funding"], field, old, new)
        elif field in ("title", "theme"):
            measure[field] = key(new)
        elif field in TEXTS:
            measure[field] = lines(new)
        elif change.kind.startswith("milestone") or field == "milestones":
            schedule(measure["milestones"], change)
        elif field == "links":
            if change.kind != "field_changed":
                swap(measure[field], *(u and link_value(Link(u, "", "")) for u in (old, new)))
        elif field == "contacts":
            swap(measure[field], *(c and contact_value(Contact(**c)) for c in (old, new)))
        elif field == "applicants":
            swap(measure[field], key(old) if key(old) in measure[field] else None, key(new))
        else:
            measure[field] = new


def swap(items: set[Any], old: Any, new: Any) -> None:
    if old is not None:
        items.remove(old)
    if new is not None:
        items.add(new)


def schedule(steps: Counter[tuple[Any, ...]], change: Change) -> None:
    def placed(period: Any, text: str | None) -> tuple[Any, ...]:
        start, end = days(period)
        return step(Milestone(str(change.field), period, "", start, end, text or ""))

    if change.field == "milestones":
        said = description(Milestone("other", "", "", date.min, date.min, change.old))
        old = next((s for s in steps if s[0] == "other" and s[3] == said), None)
        if old is None:  # of a kind that has a name, whose words are not compared here
            return
        new = (*old[:3], description(Milestone("other", "", "", date.min, date.min, change.new)))
    else:
        old = placed(change.old, change.old_text) if change.old else None
        new = placed(change.new, change.new_text) if change.new else None
    steps.subtract([old] if old else [])
    steps.update([new] if new else [])
    for gone in [s for s, count in steps.items() if count == 0]:
        del steps[gone]


def row(rows: Counter[tuple[Any, ...]], field: str, old: Any, new: Any) -> None:
    """A change in a row of ``funding``: of a part of it, of it all, or of what rides along with a new one."""
    _, fund, *part = field.split(".")
    place = PARTS[part[0]] if part else 1
    if place == 1 and old is None:
        rows[fund, new, None, "exact"] += 1
        return
    found = next((r for r in rows if r[0] == fund and (r[place] == old or old is None)), None)
    if found is None:  # gone with its amount
        return
    rows.subtract([found])
    if not (place == 1 and new is None):
        rows[(*found[:place], new, *found[place + 1 :])] += 1
    for gone in [r for r, count in rows.items() if count == 0]:
        del rows[gone]

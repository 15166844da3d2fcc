"""The changes of one measure, from its values in two states. Sentences and totals are added later."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from parsers import labels
from parsers.records import Contact, Funding, Link, Measure, Milestone
from pipeline.changes import items, wording
from pipeline.changes.furniture import is_to_share, without_furniture
from pipeline.changes.match import pair_by
from pipeline.changes.notation import same_but_notation
from pipeline.changes.record import Also, Change, Stated, Value
from pipeline.changes.values import (
    AMOUNT_FIELDS,
    TEXTS,
    contact_value,
    description,
    funding_rows,
    link_value,
    same_standing,
    words_of_step,
)

Both = tuple[Value, Value]
Printed = tuple[str | None, str | None]

_NOTHING: Stated = (None, None, None)


class Pair(NamedTuple):
    """One measure in two states."""

    source: str | None
    old: Measure
    new: Measure

    def change(
        self,
        kind: str,
        field: str | None,
        values: Both,
        *,
        printed: Printed = (None, None),
        days: int | None = None,
        minor: bool = False,
        also: tuple[Also, ...] = (),
    ) -> Change:
        """A change of this measure: ``values`` before and after, the words ``printed`` before and after."""
        return Change(
            kind,
            self.source,
            self.new.measure_id,
            field,
            *values,
            days,
            minor,
            old_text=printed[0],
            new_text=printed[1],
            before=(self.old,),
            after=(self.new,),
            also=also,
        )


def measure_changes(pair: Pair) -> Iterator[Change]:
    """All changes of a measure but those of its id and its theme."""
    if alike(pair.old, pair.new):
        return
    yield from _title(pair)
    yield from _funding(pair)
    yield from _selection_and_texts(pair)
    yield from _specific_objective(pair)
    yield from _milestones(pair)
    yield from _applicants(pair)
    yield from _contacts(pair)
    yield from _links(pair)


def alike(old: Measure, new: Measure) -> bool:
    """True where every value is printed alike, theme and title too, wherever on the page: what most measures
    are, quickly told."""
    return old[4:20] == new[4:20] or (
        old[4:16] == new[4:16]
        and old.milestones == new.milestones
        and [a.name for a in old.applicants] == [a.name for a in new.applicants]
        and [c[:3] for c in old.contacts] == [c[:3] for c in new.contacts]
        and [link[:3] for link in old.links] == [link[:3] for link in new.links]
    )


def _title(pair: Pair) -> Iterator[Change]:
    old, new = pair.old.title, pair.new.title
    if not wording.same(old, new):
        yield pair.change("title_changed", "title", (old, new), minor=wording.is_correction(old, new))


def theme_change(pair: Pair) -> Change | None:
    """The measure moved to another theme, None where it did not; buttons and labels read as a heading are no
    theme."""
    old, new = map(without_furniture, (pair.old.theme, pair.new.theme))
    if wording.same(old, new) or any(map(_is_label, (old, new))):
        return None
    return pair.change("theme_changed", "theme", (old, new), minor=wording.is_correction(old, new))


def _is_label(theme: str | None) -> bool:
    """Whether a heading is the label of a field, whose measure was not read: *Cita informācija*."""
    hit = labels.match(theme) if theme else None
    return hit is not None and hit.field != "narrative" and not hit.unknown


def _stated(measure: Measure) -> Stated:
    return measure.eu_funding_eur, measure.eu_funding_max_eur, measure.funding_qualifier


def _printed(measure: Measure) -> str | None:
    """The words of the measure's EU funding as they are printed."""
    stated = _stated(measure)
    return next((row.text for row in measure.funding if row[1:4] == stated), None)


def _funding(pair: Pair) -> Iterator[Change]:
    if pair.old.funding == pair.new.funding and pair.old[6:10] == pair.new[6:10]:
        return
    stated = _stated(pair.old), _stated(pair.new)
    same_words: list[str] = []
    others: list[Change] = []
    for old, new in _funding_rows(pair):
        fund = (old or new or pair.new.funding[0]).fund
        figures = _figures(old), _figures(new)
        if figures == stated and figures[0] != figures[1]:
            same_words.append(f"funding.{fund}")
            continue
        printed = (old and old.text, new and new.text)
        others += _amount(pair, _fields_of(f"funding.{fund}"), figures, printed)
    for change in _amount(pair, AMOUNT_FIELDS, stated, (_printed(pair.old), _printed(pair.new))):
        yield _with_rows(change, same_words) if same_words else change
    yield from others
    old_part, new_part = pair.old.flexibility_funding, pair.new.flexibility_funding
    if old_part != new_part:
        yield pair.change("funding_changed", "flexibility_funding", (old_part, new_part))


def _funding_rows(pair: Pair) -> list[tuple[Funding | None, Funding | None]]:
    """The other amounts in both states, one of the two where it came or went."""
    before, after = funding_rows(pair.old), funding_rows(pair.new)
    if not before and not after:
        return []
    pairs, gone, come = items.pair_funding(before, after)
    return [*pairs, *((row, None) for row in gone), *((None, row) for row in come)]


def _figures(row: Funding | None) -> Stated:
    return (row.amount_eur, row.amount_max_eur, row.qualifier) if row else _NOTHING


def _fields_of(name: str) -> tuple[str, str, str]:
    return name, f"{name}.max", f"{name}.qualifier"


def _with_rows(change: Change, names: list[str]) -> Change:
    """With the same changes in the rows of ``funding`` that state the measure's EU funding under a fund's
    name."""
    moved = [Also(str(change.field), change.old, change.new), *change.also]
    along = tuple(
        also._replace(field=_fields_of(name)[AMOUNT_FIELDS.index(also.field)])
        for name in names
        for also in moved
    )
    return change._replace(also=change.also + along)


def _amount(
    pair: Pair, fields: tuple[str, str, str], stated: tuple[Stated, Stated], printed: Printed
) -> Iterator[Change]:
    """What changed in one amount: its figure, its upper end, its qualifier, each once.

    An amount that comes or goes brings upper end and qualifier with it; a range is one change, not an
    upper end and the word *range*, and one change too where both of its ends are others.
    """
    old, new = stated
    figure, upper, qualifier = (old[0], new[0]), (old[1], new[1]), (old[2], new[2])
    along = [
        Also(name, *both)
        for name, both in zip(fields[1:], (upper, qualifier), strict=True)
        if both[0] != both[1]
    ]
    if None in figure:
        if figure[0] != figure[1]:
            change = pair.change("funding_changed", fields[0], figure, printed=printed, also=tuple(along))
            yield change._replace(stated=stated)
        return
    became_range = upper[0] != upper[1] and None in upper
    if figure[0] != figure[1]:
        whole = became_range or (upper[0] != upper[1] and qualifier[0] == qualifier[1])
        change = pair.change(
            "funding_changed", fields[0], figure, printed=printed, also=tuple(along) if whole else ()
        )
        yield change._replace(stated=stated)
        if whole:
            return
    if upper[0] != upper[1]:
        also = tuple(along[1:]) if became_range else ()
        yield pair.change("funding_changed", fields[1], upper, printed=printed, also=also)
    if qualifier[0] != qualifier[1] and not became_range:
        yield pair.change("funding_changed", fields[2], qualifier, printed=printed)


def _selection_and_texts(pair: Pair) -> Iterator[Change]:
    """The running texts, and the two values that are read from them: new words for a new value are no
    second change."""
    if pair.old[10:15] == pair.new[10:15]:
        return
    texts = {field: (getattr(pair.old, field), getattr(pair.new, field)) for field in TEXTS}
    changed = {
        field: both
        for field, both in texts.items()
        if not wording.same(*both) and not same_but_notation(*map(without_furniture, both))
    }
    selection = pair.old.selection_type, pair.new.selection_type
    if selection[0] != selection[1]:
        printed = texts["selection_text"]
        also = (Also("selection_text", *printed),) if changed.pop("selection_text", None) else ()
        yield pair.change("selection_type_changed", "selection_type", selection, printed=printed, also=also)
    codes = pair.old.predecessor_code, pair.new.predecessor_code
    if codes[0] != codes[1]:
        printed = texts["other_info"]
        told = "other_info" in changed and wording.same(*map(_without_line_of, printed, codes))
        also = (Also("other_info", *changed.pop("other_info")),) if told else ()
        yield pair.change("field_changed", "predecessor_code", codes, printed=printed, also=also)
    for field, both in changed.items():
        yield pair.change("text_changed", field, both, minor=wording.is_correction(*both))


def _without_line_of(text: str | None, code: str | None) -> str:
    return "\n".join(line for line in (text or "").split("\n") if code is None or code not in line)


def _specific_objective(pair: Pair) -> Iterator[Change]:
    """It follows from the code: another code brings another one along."""
    goals = pair.old.specific_objective, pair.new.specific_objective
    if goals[0] != goals[1] and pair.old.code == pair.new.code:
        yield pair.change("field_changed", "specific_objective", goals)


def _milestones(pair: Pair) -> Iterator[Change]:
    if items.same_steps(pair.old.milestones, pair.new.milestones):
        return
    pairs, gone, come = items.pair_milestones(pair.old.milestones, pair.new.milestones)
    moved = [(_kind_of_move(*both), *both) for both in pairs]
    for kind, old, new in moved:
        if kind:
            days, printed = (new.start_date - old.start_date).days, (old.text, new.text)
            change = pair.change(kind, new.kind, (old.period, new.period), days=days, printed=printed)
            yield change._replace(subject=_which(pair, new))
    told = {text for kind, old, new in moved if kind for text in (old.text, new.text)}
    yield from _reworded_steps(pair, [(old, new) for kind, old, new in moved if not kind], told)
    for step in gone:
        change = pair.change("milestone_removed", step.kind, (step.period, None), printed=(step.text, None))
        yield change._replace(subject=_which(pair, step))
    for step in come:
        change = pair.change("milestone_added", step.kind, (None, step.period), printed=(None, step.text))
        yield change._replace(subject=_which(pair, step))


def _reworded_steps(pair: Pair, steps: list[tuple[Milestone, Milestone]], told: set[str]) -> Iterator[Change]:
    """Steps of which the page says something else although they stand where they stood: *izsludināta*, *ne
    agrāk kā*; of kind ``other`` any words. A line that names several steps is one change, and none where it
    is told with one that moved."""
    for old, new in steps:
        printed = old.text, new.text
        same = same_standing(*printed) if new.kind != "other" else description(old) == description(new)
        if same or told.intersection(printed):
            continue
        told |= set(printed)
        minor = wording.is_correction(description(old), description(new))
        yield pair.change("field_changed", "milestones", printed, minor=minor, printed=printed)


def _which(pair: Pair, step: Milestone) -> str | None:
    """The words of a step, where the measure has others of its kind, or had, in other words."""
    if step.kind == "other":
        return None
    sides = pair.old.milestones, pair.new.milestones
    several = any(
        len({description(other) for other in side if other.kind == step.kind}) > 1 for side in sides
    )
    return words_of_step(step.text) or None if several else None


def _kind_of_move(old: Milestone, new: Milestone) -> str | None:
    before, after = (old.start_date, old.end_date), (new.start_date, new.end_date)
    if before == after:
        return None
    if before[0] <= after[0] and after[1] <= before[1]:
        return "milestone_made_precise"
    if after[0] <= before[0] and before[1] <= after[1]:
        return "milestone_made_vague"
    return "milestone_moved"


def _applicants(pair: Pair) -> Iterator[Change]:
    """A name respelled or in other words is a field that changed: nobody was struck from the list or put on
    it."""
    if [a.name for a in pair.old.applicants] == [a.name for a in pair.new.applicants]:
        return
    pairs, gone, come = items.pair_applicants(pair.old.applicants, pair.new.applicants)
    same = items.only_put_together(pairs)
    for old, new in pairs:
        if not _is_one_name(old.name, new.name) and not {old.name, new.name} & same:
            minor = wording.is_respelling(old.name, new.name)
            yield pair.change("field_changed", "applicants", (old.name, new.name), minor=minor)
    for applicant in gone:
        yield pair.change("applicant_removed", "applicants", (applicant.name, None))
    for applicant in come:
        yield pair.change("applicant_added", "applicants", (None, applicant.name))


def _is_one_name(old: str, new: str) -> bool:
    """True also where only the case of the first letter differs: items of a list put in one line."""
    return wording.same(old, new) or wording.same(old[:1].casefold() + old[1:], new[:1].casefold() + new[1:])


def _contacts(pair: Pair) -> Iterator[Change]:
    if [c[:3] for c in pair.old.contacts] == [c[:3] for c in pair.new.contacts]:
        return
    pairs, gone, come = items.pair_contacts(pair.old.contacts, pair.new.contacts)
    for old, new in pairs:
        if contact_value(old) != contact_value(new):
            minor = contact_value(old)[1:] == contact_value(new)[1:] and wording.is_correction(
                old.name, new.name
            )
            yield pair.change("contact_changed", "contacts", (_person(old), _person(new)), minor=minor)
    # A second phone of somebody is a contact of its own (see records), but nobody new.
    names = [
        {wording.key(one.name) for one in side if one.name} for side in (pair.old.contacts, pair.new.contacts)
    ]
    for contact in gone:
        kind = "contact_changed" if wording.key(contact.name) in names[1] else "contact_removed"
        yield pair.change(kind, "contacts", (_person(contact), None))
    for contact in come:
        kind = "contact_changed" if wording.key(contact.name) in names[0] else "contact_added"
        yield pair.change(kind, "contacts", (None, _person(contact)))


def _person(contact: Contact) -> dict[str, str | None]:
    return {"name": contact.name, "phone": contact.phone, "email": contact.email}


def _links(pair: Pair) -> Iterator[Change]:
    """A link is where it leads; printed twice it is one link, and its words may change."""
    if [link[:3] for link in pair.old.links] == [link[:3] for link in pair.new.links]:
        return

    def worded(link: Link) -> tuple[str, str | None]:
        return link_value(link), wording.key(link.text)

    sides = (
        [link for link in side if not is_to_share(link.url)] for side in (pair.old.links, pair.new.links)
    )
    old_side, new_side = (items.unique(side, worded) for side in sides)
    same, old_side, new_side = pair_by(old_side, new_side, worded)
    pairs, gone, come = pair_by(old_side, new_side, link_value)
    for old, new in pairs:
        if not (wording.key(old.text) and wording.key(new.text)):
            continue  # a bare address and one with words: markup
        minor = wording.is_correction(old.text, new.text)
        yield pair.change("field_changed", "links", (old.text, new.text), minor=minor)
    known = {link_value(link) for both in (*same, *pairs) for link in both}
    went, came = (
        items.unique((link for link in side if link_value(link) not in known), link_value)
        for side in (gone, come)
    )
    # Words that now lead elsewhere: only the addresses tell the two apart.
    elsewhere = {wording.key(link.text) for link in went} & {wording.key(link.text) for link in came}
    found = [
        *(pair.change("link_removed", "links", (one.url, None), printed=(one.text, None)) for one in went),
        *(pair.change("link_added", "links", (None, one.url), printed=(None, one.text)) for one in came),
    ]
    for change in found:
        is_elsewhere = wording.key(change.old_text or change.new_text) in elsewhere
        yield change._replace(subject=str(change.old or change.new)) if is_elsewhere else change

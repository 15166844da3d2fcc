"""What an editor does to a page, and the rows of the table of changes that it must give."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from tests.pages import words
from tests.year.pages import SELECTIONS, Content, Entry, Person, entry, period, person


class Told(NamedTuple):
    """A row of ``tables/changes.csv``, as printed, but for what it is made of: source, time and sentences."""

    kind: str
    measure_id: str
    field: str = ""
    old: str = ""
    new: str = ""
    delta_eur: str = ""
    delta_days: str = ""
    minor: str = "false"


Edited = tuple[Content, list[Told]]
Edit = Callable[..., Edited]


def code_of(content: Content, number: str) -> str:
    """The code of the measure whose last part is this number."""
    return content.entries[0].code.rpartition(".")[0] + f".{number}"


def _find(content: Content, number: str) -> Entry:
    return next(one for one in content.entries if one.code == code_of(content, number))


def _put(content: Content, old: Entry, new: Entry | None) -> Content:
    entries = [new if one is old else one for one in content.entries]
    return content._replace(entries=tuple(one for one in entries if one))


def grow(content: Content, number: str, more: str) -> Edited:
    """So many euro more, or less."""
    old = _find(content, number)
    new = old._replace(euro=old.euro + int(more))
    told = Told("funding_changed", old.code, "eu_funding_eur", str(old.euro), str(new.euro), delta_eur=more)
    return _put(content, old, new), [told]


def slip(content: Content, number: str, quarters: str) -> Edited:
    """The selection starts so many quarters later, or earlier."""
    old = _find(content, number)
    new = old._replace(start=old.start + int(quarters))
    days = (_first_day(new.start) - _first_day(old.start)).days
    told = Told(
        "milestone_moved", old.code, "selection_start", period(old.start), period(new.start),
        delta_days=str(days),
    )  # fmt: skip
    return _put(content, old, new), [told]


def _first_day(quarter: int) -> date:
    return date(2026 + quarter // 4, quarter % 4 * 3 + 1, 1)


def replace_contact(content: Content, number: str, who: str) -> Edited:
    """Somebody else answers questions."""
    old = _find(content, number)
    new = old._replace(person=person(int(who)))
    assert old.person
    assert new.person
    told = [
        Told("contact_removed", old.code, "contacts", old=_contact(old.person)),
        Told("contact_added", old.code, "contacts", new=_contact(new.person)),
    ]
    return _put(content, old, new), told


def drop_contact(content: Content, number: str) -> Edited:
    """Nobody is named any more."""
    old = _find(content, number)
    assert old.person
    new = old._replace(person=None)
    return _put(content, old, new), [Told("contact_removed", old.code, "contacts", old=_contact(old.person))]


def _contact(one: Person) -> str:
    facts = {"name": one.name, "phone": f"+371{one.phone}", "email": one.email}
    return json.dumps(facts, ensure_ascii=False)


def add(content: Content, number: str) -> Edited:
    """A new measure at the end."""
    code = code_of(content, number)
    new = entry(int(number), code)._replace(
        title=f"Jauns pasākums: {words.OBJECTIVE_ITEMS[int(number) % 10]}"
    )
    return content._replace(entries=(*content.entries, new)), [Told("measure_added", code)]


def remove(content: Content, *numbers: str) -> Edited:
    """Measures taken off."""
    gone = {code_of(content, number) for number in numbers}
    left = tuple(one for one in content.entries if one.code not in gone)
    return content._replace(entries=left), [Told("measure_removed", code) for code in sorted(gone)]


def clear_out(content: Content, *numbers: str) -> Edited:
    """So many measures taken off at once that it might be a page half loaded."""
    return remove(content, *numbers)


def renumber(content: Content, number: str, new_number: str) -> Edited:
    """The same measure under another code."""
    old = _find(content, number)
    code = code_of(content, new_number)
    told = Told("measure_renumbered", code, "measure_id", old.code, code)
    return _put(content, old, old._replace(code=code)), [told]


def typo(content: Content, number: str) -> Edited:
    """A letter of the title put right."""
    old = _find(content, number)
    new = old._replace(title=f"{old.title[:-1]}{'i' if old.title[-1] != 'i' else 'a'}")
    told = Told("title_changed", old.code, "title", old.title, new.title, minor="true")
    return _put(content, old, new), [told]


def _next(bank: tuple[str, ...], said: str) -> str:
    return bank[(bank.index(said) + 1) % len(bank)]


def reword(content: Content, number: str) -> Edited:
    """The objective in other words."""
    old = _find(content, number)
    new = old._replace(objective=_next(words.OBJECTIVES, old.objective))
    told = Told("text_changed", old.code, "objective", old.objective, new.objective)
    return _put(content, old, new), [told]


def narrate(content: Content) -> Edited:
    """The text above the measures in other words."""
    new = _next(words.NARRATIVE, content.narrative)
    told = Told("text_changed", "", "narrative", content.narrative, new)
    return content._replace(narrative=new), [told]


def applicant(content: Content, number: str, which: str) -> Edited:
    """One more who may apply."""
    old = _find(content, number)
    name = words.APPLICANTS[int(which) % len(words.APPLICANTS)][0]
    assert name not in old.applicants
    new = old._replace(applicants=(*old.applicants, name))
    return _put(content, old, new), [Told("applicant_added", old.code, "applicants", new=name)]


def link(content: Content, number: str, which: str) -> Edited:
    """A regulation is linked where none was."""
    old = _find(content, number)
    assert old.link is None
    url = f"https://likumi.example/ta/id/{which}"
    return _put(content, old, old._replace(link=url)), [Told("link_added", old.code, "links", new=url)]


def select(content: Content, number: str) -> Edited:
    """Open instead of restricted, or the other way round."""
    old = _find(content, number)
    kinds = (old.selection, next(kind for kind in SELECTIONS if kind != old.selection))
    told = Told("selection_type_changed", old.code, "selection_type", *kinds)
    return _put(content, old, old._replace(selection=kinds[1])), [told]


EDITS: dict[str, Edit] = {
    edit.__name__: edit
    for edit in (
        grow, slip, replace_contact, drop_contact, add, remove, clear_out, renumber, typo, reword, narrate,
        applicant, link, select,
    )
}  # fmt: skip

WITHHELD_EDITS = frozenset({"clear_out"})
"""Edits that look like a wreck until a person says that they are none."""

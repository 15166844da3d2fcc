"""Applicants, contacts, selection, links, titles and themes in Latvian sentences (see ``latvian``)."""

from __future__ import annotations

from pipeline.changes import quoting
from pipeline.changes.latvian_terms import SELECTION
from pipeline.changes.latvian_words import ending, measure, quote
from pipeline.changes.record import Change


def applicant(change: Change) -> str:
    """Who may apply, and who may no more."""
    whose = measure(change, "genitive")
    if change.kind == "applicant_added":
        return f"{whose} projektu iesniedzēju saraksts papildināts: {quote(change.new)}"
    return f"no {whose} projektu iesniedzēju saraksta svītrots ieraksts {quote(change.old)}"


def contact(change: Change) -> str:
    """Nobody is named."""
    if change.kind == "contact_added":
        return f"{measure(change, 'dative')} norādīta jauna kontaktpersona"
    if change.kind == "contact_removed":
        return f"no {measure(change, 'genitive')} kontaktinformācijas svītrota kontaktpersona"
    return f"{measure(change, 'genitive')} kontaktpersonas dati mainīti"


def selection(change: Change) -> str:
    """How projects are selected."""
    old, new = (SELECTION.get(str(value), (str(value),) * 3) for value in (change.old, change.new))
    if change.old is None:
        return f"{measure(change, 'dative')} tagad norādīts projektu atlases veids: {new[0]} atlase"
    if change.new is None and change.new_text:
        said = f"{quote(change.new_text)} (iepriekš – {old[0]} atlase)"
        return f"{measure(change, 'genitive')} projektu atlases veids tagad aprakstīts tā: {said}"
    if change.new is None:
        whose = measure(change, "dative")
        return f"{whose} vairs nav norādīts projektu atlases veids (iepriekš – {old[0]} atlase)"
    return f"{measure(change, 'genitive')} projektu atlases veids mainīts no {old[1]} uz {new[2]} atlasi"


def link(change: Change) -> str:
    """Its words, and where it leads where these alone do not tell."""
    text = change.new_text if change.kind == "link_added" else change.old_text
    saying = quote(text or change.new or change.old)
    where = f" ({quoting.words(change.subject)})" if text and change.subject else ""
    if change.kind == "link_added":
        return f"{measure(change, 'dative')} pievienota saite {saying}{where}"
    return f"no {measure(change, 'genitive')} apraksta izņemta saite {saying}{where}"


def title(change: Change) -> str:
    """Of a measure."""
    whose = measure(change, "genitive")
    if change.minor:
        return f"{whose} nosaukumā labots pieraksts: {quote(change.new)}"
    if change.old is None:
        return f"{whose} nosaukums tagad ir norādīts: {quote(change.new)}"
    if change.new is None:
        return f"{whose} nosaukums {quote(change.old)} vairs nav norādīts"
    return f"{whose} nosaukums mainīts no {quote(change.old)} uz {quote(change.new)}"


def theme(change: Change) -> str:
    """Of a measure, or of the page where its heading changed."""
    if change.measure_id is None:
        if change.old is None:
            return f"lapā pievienots tēmas virsraksts {quote(change.new)}"
        if change.new is None:
            return f"lapā vairs nav tēmas virsraksta {quote(change.old)}"
        if change.minor:
            return f"tēmas nosaukumā labots pieraksts: {quote(change.new)}"
        return f"tēma {quote(change.old)} pārdēvēta par {quote(change.new)}"
    which, end = measure(change, "nominative"), ending(change)
    if change.old is None:
        return f"{which} ievietot{end} tēmā {quote(change.new)}"
    if change.new is None:
        return f"{which} vairs nav iekļaut{end} tēmā {quote(change.old)}"
    return f"{which} pārcelt{end} no tēmas {quote(change.old)} uz tēmu {quote(change.new)}"

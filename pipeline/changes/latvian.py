"""Each change in a Latvian sentence that can be quoted as it stands.

Contacts are people: no sentence holds a name, phone or address of theirs.

A participle agrees with what it is about (``uzsākšana pārcelta``, ``noslēgums pārcelts``); ``no`` takes the
genitive, ``uz`` and ``par`` the accusative, ``līdz`` the dative, and all of them the dative of a plural.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from parsers.records import Measure
from pipeline.changes import latvian_fields, latvian_steps, quoting
from pipeline.changes.figures import euro, is_one, number, percent, round_euro
from pipeline.changes.latvian_terms import FIELDS, FUNDS, QUALIFIERS, SECTIONS
from pipeline.changes.latvian_words import ending, measure, quote
from pipeline.changes.record import AGAIN, BACK, NAMED, Change, Stated, Value


def sentence(change: Change) -> str:
    """The sentence, without a full stop. It holds the measure_id as it is written there."""
    text = _WRITERS[change.kind](change)
    return text[:1].upper() + text[1:]


def _titled(change: Change) -> str:
    title = quoting.title(change)
    return f" „{title}”" if title else ""


def _list(names: list[str]) -> str:
    return ", ".join(names[:-1]) + f" un {names[-1]}" if len(names) > 1 else names[0]


def _parts(measures: tuple[Measure, ...]) -> list[str]:
    """The ids of measures, each with its EU funding where it states one."""
    return [
        measure.measure_id + (f" ({_plainly(money)})" if (money := quoting.funding_of(measure)) else "")
        for measure in measures
    ]


def stated(figures: Stated) -> str:
    """An amount with its qualifier: ``līdz 5 000 000 eiro``, ``no 4 000 000 līdz 5 000 000 eiro``."""
    low, high, qualifier = figures
    if low is None:
        return "nekas"
    if high is not None:
        return f"no {number(low, 'lv')} līdz {euro(high, 'lv')}"
    return f"{QUALIFIERS.get(qualifier or 'exact', '')} {euro(low, 'lv')}".strip()


def _plainly(figures: Stated) -> str:
    """The same in a sentence by itself, where an exact amount needs no word that says so."""
    return stated(figures).removeprefix("tieši ")


def _added(change: Change) -> str:
    funding = quoting.eu_funding(change)
    money = f": plānotais ES fondu finansējums ir {_plainly(funding)}" if funding else ""
    if change.subject == BACK:
        what = f"{_what(change)} {change.measure_id}{_titled(change)}"
        return f"lapā atkal publicēt{ending(change)} {what}{money}"
    if change.subject == NAMED:
        of = "lapā jau minēto pasākuma kārtu" if ending(change) == "a" else "lapā jau minēto pasākumu"
        return f"publicēti dati par {of} {change.measure_id}{_titled(change)}{money}"
    if change.subject == AGAIN:
        return f"lapā publicēts vēl viens {_whose(change)} ieraksts ar citiem datiem{money}"
    new = f"jaun{ending(change)} {_what(change)}"
    return f"publicēt{ending(change)} {new} {change.measure_id}{_titled(change)}{money}"


def _what(change: Change) -> str:
    return "pasākuma kārta" if ending(change) == "a" else "pasākums"


def _whose(change: Change) -> str:
    """``pasākuma 1.2.3.1 „…”``, ``pasākuma kārtas 1.2.3.1/2 „…”``."""
    what = "pasākuma kārtas" if ending(change) == "a" else "pasākuma"
    return f"{what} {change.measure_id}{_titled(change)}"


def _removed(change: Change) -> str:
    funding = quoting.eu_funding(change)
    money = f" (plānotais ES fondu finansējums bija {_plainly(funding)})" if funding else ""
    if change.subject == NAMED:
        still = "lai gan tā vēl ir minēta" if ending(change) == "a" else "lai gan tas vēl ir minēts"
        return f"{_whose(change)} dati lapā vairs nav nolasāmi, {still}{money}"
    if change.subject == AGAIN:
        return f"viens no {_whose(change)} ierakstiem lapā vairs nav atrodams{money}"
    return (
        f"{_what(change)} {change.measure_id}{_titled(change)} lapā vairs nav atrodam{ending(change)}{money}"
    )


def _renumbered(change: Change) -> str:
    which = f"{_what(change)}{_titled(change)}"
    return f"{which} pārnumurēt{ending(change)}: iepriekš {change.old}, tagad {change.new}"


def _split(change: Change) -> str:
    into_rounds = all("/" in part for part in str(change.new).split(", "))
    how = "sadalīts kārtās" if into_rounds else "sadalīts"
    parts = _list(_parts(change.after))
    return f"pasākums {change.old}{_titled(change)} {how}: tagad {parts}{_together(change)}"


def _merged(change: Change) -> str:
    of_rounds = all("/" in part for part in str(change.old).split(", "))
    parts, joined = ("kārtas", "apvienotas") if of_rounds else ("pasākumi", "apvienoti")
    joint = f"{parts} {_list(_parts(change.before))} {joined} vienā pasākumā {change.new}{_titled(change)}"
    return joint + _together(change)


def _together(change: Change) -> str:
    """What became of the money where all parts together have more or less than the whole."""
    if not change.delta_eur:
        return ""
    old, new = map(_digits, quoting.sums(change))
    by = _by(change, _digits)
    return f"; to kopējais ES fondu finansējums {_grown(change, 's')} no {old} līdz {new} ({by})"


def _by(change: Change, money: Callable[[Decimal], str]) -> str:
    if change.delta_eur is None:
        return ""
    share = f" jeb {percent(change.delta_percent, 'lv')}" if change.delta_percent else ""
    return f"par {money(abs(change.delta_eur))}{share}"


def _grown(change: Change, ending: str) -> str:
    return f"{'palielināt' if (change.delta_eur or 0) > 0 else 'samazināt'}{ending}"


def _digits(amount: Decimal) -> str:
    return euro(amount, "lv")


def _funding(change: Change) -> str:
    if change.field == "flexibility_funding":
        return _flexibility(change)
    fund, part = quoting.fund(change)
    nominative, genitive = FUNDS.get(fund, (fund, fund))
    whose = measure(change, "genitive")
    if part == "max" and None not in (change.old, change.new):
        return f"{whose} {genitive} augšējā robeža {_moved_money(change, 'a')}"
    if part != "amount":
        if quoting.is_of_qualifier_beside_amount(change):
            return f"{whose} {genitive} summai {_qualified(change)}"
        return f"{whose} {nominative} {_reworded_amount(change)}"
    if change.old is None:
        before = f" (iepriekš – {quote(change.old_text)})" if change.old_text else ""
        return f"{whose} {nominative} tagad ir norādīts: {_plainly(quoting.stated(change)[1])}{before}"
    if change.new is None:
        now = f" skaitlī: {quote(change.new_text)}" if change.new_text else ""
        before = _plainly(quoting.stated(change)[0])
        return f"{whose} {nominative} vairs nav norādīts{now} (iepriekš – {before})"
    if quoting.is_range_now_or_before(change.stated):
        before, now = map(_plainly, quoting.stated(change))
        return f"{whose} {nominative} tagad norādīts kā {quote(now)} (iepriekš – {quote(before)})"
    return f"{whose} {nominative} {_rounded(change) or _moved_money(change, 's', change.stated)}"


def _rounded(change: Change) -> str | None:
    """Of an amount that is no other one, only printed otherwise."""
    how = quoting.rounded(change)
    if how is None:
        return None
    old, new = (_digits(quoting.amount(value)) for value in (change.old, change.new))
    if how == "coarser":
        return f"tagad norādīts noapaļoti: {quote(change.new_text)} (iepriekš – {old})"
    return f"tagad norādīts precīzāk: {new} (iepriekš – {quote(change.old_text)})"


def _moved_money(change: Change, ending: str, figures: tuple[Stated, Stated] | None = None) -> str:
    """``palielināts no … līdz … (par … jeb …%)``; amounts that are not exact stand with their qualifiers."""
    if figures and quoting.is_narrowed_or_widened(figures):
        before, now = map(_plainly, figures)
        return f"tagad norādīt{ending} kā {quote(now)} (iepriekš – {quote(before)})"
    if figures and quoting.is_qualified(figures):
        old, new = map(_plainly, figures)
        return f"{_grown(change, ending)} {_by(change, _digits)}: iepriekš {old}, tagad {new}"
    old, new = (_digits(quoting.amount(value)) for value in (change.old, change.new))
    return f"{_grown(change, ending)} no {old} līdz {new} ({_by(change, _digits)})"


def _reworded_amount(change: Change) -> str:
    figures = quoting.eu_figures(change)
    old, new = map(_plainly, figures) if figures else (change.old_text, change.new_text)
    return f"tagad norādīts kā {quote(new)} (iepriekš – {quote(old)})"


def _qualified(change: Change) -> str:
    """Words that came to a figure or left it; an exact one has none."""
    before, now = (
        None if word in (None, "exact") else f"„{QUALIFIERS[str(word)]}”" for word in (change.old, change.new)
    )
    if now is None:
        return f"vairs nav norādes {before}"
    return f"tagad ir norāde {now}" + (f" (iepriekš – {before})" if before else "")


def _flexibility(change: Change) -> str:
    whose = measure(change, "genitive")
    now = {
        "included": f"{whose} ES fondu finansējumā tagad ir ieskaitīts elastības finansējums",
        "excluded": f"{whose} ES fondu finansējumā tagad nav ieskaitīts elastības finansējums",
        "None": f"{whose} ES fondu finansējumam vairs nav norādīts, vai tajā ieskaitīts elastības"
        " finansējums",
    }
    before = {"included": "bija ieskaitīts", "excluded": "nebija ieskaitīts", "None": "nebija norādīts"}
    return f"{now[str(change.new)]} (iepriekš {before[str(change.old)]})"


def _text(change: Change) -> str:
    where = _section(change)
    if change.old is None:
        return f"{where} pievienots teksts {quote(change.new)}"
    if change.new is None:
        return f"{where} svītrots teksts {quote(change.old)}"
    return f"{where} {'labots pieraksts' if change.minor else 'mainīts teksts'}{_places(change)}"


def _section(change: Change) -> str:
    if change.measure_id is not None:
        below = f" pie {quote(change.subject)}" if change.subject else ""
        return f"{measure(change, 'genitive')} {SECTIONS.get(str(change.field), str(change.field))}{below}"
    return f"tēmas {quote(change.subject)} aprakstā" if change.subject else "lapas tekstā ārpus pasākumiem"


def _places(change: Change) -> str:
    places = quoting.places(change)
    if not places:
        return ": kontaktinformācija" if quoting.is_of_people(change) else ""
    struck, written = places[0]
    if struck and written:
        first = f": „{struck}” aizstāts ar „{written}”"
    else:
        first = f": pievienots „{written}”" if written else f": svītrots „{struck}”"
    more = len(places) - 1
    return first + (f" un vēl {number(more, 'lv')} {'vietā' if is_one(more) else 'vietās'}" if more else "")


def _headline(change: Change) -> str:
    name = f" {quote(change.subject)}" if quoting.is_labelled(change) else ""
    old, new = change.old, change.new
    if change.field in ("amount_eur", "amount_max_eur"):
        return _headline_amount(change, name)
    if change.field == "includes_national":
        now = "tagad ir" if new else "vairs nav"
        return f"lapā norādītajā summā{name} nacionālais līdzfinansējums {now} ieskaitīts"
    if change.field == "label":
        return f"lapā norādītās summas nosaukums mainīts no {quote(old)} uz {quote(new)}"
    if change.field == "qualifier":
        return f"lapā norādītajai summai{name} {_qualified(change)}"
    if old is None or new is None:
        now = "tagad" if old is None else "vairs nav"
        return f"pie lapā norādītās summas{name} {now} norādīta daļa {_share(old or new)}"
    return f"pie lapā norādītās summas{name} minētā daļa mainīta no {_share(old)} uz {_share(new)}"


def _share(value: Value) -> str:
    return percent(quoting.amount(value), "lv")


def _headline_amount(change: Change, name: str) -> str:
    what = f"lapā norādītā summa{name}"
    if change.field == "amount_max_eur":
        what = f"lapā norādītās summas{name} augšējā robeža"
    before, now = map(_roundly, quoting.stated(change))
    if change.old is None:
        if change.field == "amount_eur":
            return f"lapā tagad norādīta summa{name}: {now}"
        return f"{what} ir jauna: {now}"
    if change.new is None and change.field == "amount_eur":
        return f"lapā vairs nav norādīta summa{name} (iepriekš – {before})"
    if change.new is None:
        return f"{what} vairs nav norādīta (iepriekš – {before})"
    if quoting.is_range_now_or_before(change.stated):
        return f"{what} tagad ir {now} (iepriekš – {before})"
    by = _by(change, lambda amount: round_euro(amount, "lv", "accusative"))
    if change.stated and quoting.is_narrowed_or_widened(change.stated):
        return f"{what} tagad ir {now} (iepriekš – {before})"
    if change.stated and quoting.is_qualified(change.stated):
        return f"{what} {_grown(change, 'a')} {by}: iepriekš {before}, tagad {now}"
    old = round_euro(quoting.amount(change.old), "lv", "genitive")
    new = round_euro(quoting.amount(change.new), "lv", "dative")
    return f"{what} {_grown(change, 'a')} no {old} līdz {new} ({by})"


def _roundly(figures: Stated) -> str:
    """``vairāk nekā 231,3 miljoni eiro``, ``līdz 5 miljoniem eiro``: what stands after *līdz* is dative."""
    low, high, qualifier = figures
    if low is None:
        return "nekas"
    if high is not None:
        return f"no {round_euro(low, 'lv', 'genitive')} līdz {round_euro(high, 'lv', 'dative')}"
    if qualifier in (None, "exact"):
        return round_euro(low, "lv")
    return (
        f"{QUALIFIERS[qualifier]} {round_euro(low, 'lv', 'dative' if qualifier == 'up_to' else 'nominative')}"
    )


def _field(change: Change) -> str:
    whose = measure(change, "genitive")
    if change.field == "applicants" and not change.minor:
        said = f"{quote(change.old)} mainīts uz {quote(change.new)}"
        return f"{whose} projektu iesniedzēju saraksta ieraksts {said}"
    if change.field == "applicants":
        return f"{whose} projektu iesniedzēja nosaukumā labots pieraksts: {quote(change.new)}"
    if change.field == "links":
        return f"{whose} saites nosaukums mainīts no {quote(change.old)} uz {quote(change.new)}"
    if change.field == "milestones":
        return f"{whose} laika grafika ieraksts {quote(change.old)} mainīts uz {quote(change.new)}"
    name = FIELDS.get(str(change.field), str(change.field))
    if change.old is None:
        return f"{measure(change, 'dative')} tagad ir norādīts {name}: {change.new}"
    if change.new is None:
        return f"{measure(change, 'dative')} vairs nav norādīts {name} (iepriekš – {change.old})"
    return f"{whose} {name} mainīts no {change.old} uz {change.new}"


_WRITERS: dict[str, Callable[[Change], str]] = {
    "measure_added": _added,
    "measure_removed": _removed,
    "measure_renumbered": _renumbered,
    "measure_split": _split,
    "measure_merged": _merged,
    "funding_changed": _funding,
    "milestone_moved": latvian_steps.moved,
    "milestone_made_precise": latvian_steps.made_precise,
    "milestone_made_vague": latvian_steps.made_vague,
    "milestone_added": latvian_steps.added,
    "milestone_removed": latvian_steps.removed,
    "applicant_added": latvian_fields.applicant,
    "applicant_removed": latvian_fields.applicant,
    "contact_added": latvian_fields.contact,
    "contact_removed": latvian_fields.contact,
    "contact_changed": latvian_fields.contact,
    "selection_type_changed": latvian_fields.selection,
    "link_added": latvian_fields.link,
    "link_removed": latvian_fields.link,
    "title_changed": latvian_fields.title,
    "theme_changed": latvian_fields.theme,
    "text_changed": _text,
    "headline_changed": _headline,
    "field_changed": _field,
}

"""What tables, columns and the words of the vocabularies are called before people, in English and Latvian.

The other half of :mod:`pipeline.schema`: names there are for programs, these are for headings. Held once,
for the workbook, the database's site and the data dictionaries. A name means the same in every table, but
for ``_OWN``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pipeline.changes import english_terms, latvian_terms
from pipeline.schema import TABLES

if TYPE_CHECKING:
    from pipeline.schema import Column, Table


class Words(NamedTuple):
    """The same in both languages."""

    en: str
    lv: str


TABLE_NAMES = {
    "measures": Words("Measures", "Pasākumi"),
    "funding": Words("Funding", "Finansējums"),
    "milestones": Words("Schedule", "Laika grafiks"),
    "applicants": Words("Applicants", "Projektu iesniedzēji"),
    "contacts": Words("Contacts", "Kontaktpersonas"),
    "links": Words("Links", "Saites"),
    "headlines": Words("Amounts outside measures", "Summas ārpus pasākumiem"),
    "narrative": Words("Running text", "Apraksti"),
    "findings": Words("Findings", "Atradumi"),
    "provenance": Words("Where values stand", "Vērtību vietas lapā"),
    "changes": Words("Changes", "Izmaiņas"),
    "measure_versions": Words("Measures over time", "Pasākumi laika gaitā"),
}
_COLUMNS = {
    "amount_eur": Words("Amount, EUR", "Summa, EUR"),
    "amount_max_eur": Words("Amount up to, EUR", "Summa līdz, EUR"),
    "applicant_type": Words("Applicant type", "Iesniedzēja veids"),
    "canonical": Words("Counts in sums", "Skaitāms kopsummās"),
    "capture": Words("Capture", "Saglabātā versija"),
    "captured_at": Words("Captured at, UTC", "Saglabāts, UTC"),
    "code": Words("Code", "Kods"),
    "delta_days": Words("Moved by, days", "Nobīde, dienas"),
    "delta_eur": Words("Difference, EUR", "Starpība, EUR"),
    "delta_percent": Words("Difference, %", "Starpība, %"),
    "email": Words("E-mail", "E-pasts"),
    "end": Words("End", "Beigas"),
    "end_date": Words("Last day", "Pēdējā diena"),
    "eu_funding_eur": Words("EU funding, EUR", "ES finansējums, EUR"),
    "eu_funding_max_eur": Words("EU funding up to, EUR", "ES finansējums līdz, EUR"),
    "field": Words("Column", "Kolonna"),
    "flexibility_funding": Words("Flexibility funding", "Elastības finansējums"),
    "fund": Words("Fund", "Finansējuma avots"),
    "funding_qualifier": Words("How exact", "Cik precīzi"),
    "includes_national": Words("With national co-funding", "Ar nacionālo līdzfinansējumu"),
    "kind": Words("Kind", "Veids"),
    "label": Words("What for", "Kam paredzēts"),
    "measure_id": Words("Measure", "Pasākums"),
    "message": Words("Message, English", "Paskaidrojums angliski"),
    "message_lv": Words("Message, Latvian", "Paskaidrojums latviski"),
    "minor": Words("Spelling only", "Tikai pareizrakstība"),
    "name": Words("Name", "Nosaukums"),
    "new": Words("New value", "Jaunā vērtība"),
    "objective": Words("Objective", "Atbalsta mērķis"),
    "observed_at": Words("Observed at, UTC", "Konstatēts, UTC"),
    "old": Words("Old value", "Vecā vērtība"),
    "other_info": Words("Other information", "Cita informācija"),
    "period": Words("Period", "Periods"),
    "phone": Words("Telephone", "Tālrunis"),
    "precision": Words("Precision", "Precizitāte"),
    "predecessor_code": Words("Predecessor", "Iepriekšējais pasākums"),
    "qualifier": Words("How exact", "Cik precīzi"),
    "role": Words("Kind of link", "Saites veids"),
    "round": Words("Round", "Kārta"),
    "selection_text": Words("Selection as printed", "Atlase, kā rakstīts lapā"),
    "selection_type": Words("Selection", "Atlases veids"),
    "seq": Words("No.", "Nr."),
    "severity": Words("Severity", "Būtiskums"),
    "share_percent": Words("Share, %", "Daļa, %"),
    "source": Words("Page", "Lapa"),
    "specific_objective": Words("Specific objective", "Specifiskais mērķis"),
    "start": Words("Start", "Sākums"),
    "start_date": Words("First day", "Pirmā diena"),
    "table": Words("Table", "Tabula"),
    "text": Words("As printed", "Kā rakstīts lapā"),
    "text_en": Words("The change, English", "Izmaiņa angliski"),
    "text_lv": Words("The change, Latvian", "Izmaiņa latviski"),
    "theme": Words("Theme", "Temats"),
    "title": Words("Title", "Nosaukums"),
    "url": Words("Address", "Adrese"),
    "valid_from": Words("Valid from, UTC", "Spēkā no, UTC"),
    "valid_to": Words("Valid to, UTC", "Spēkā līdz, UTC"),
    "version": Words("Version", "Versija"),
}
_OWN = {
    ("applicants", "name"): Words("Applicant", "Projekta iesniedzējs"),
    ("changes", "kind"): Words("Kind of change", "Izmaiņas veids"),
    ("contacts", "name"): Words("Contact", "Kontaktpersona"),
    ("findings", "code"): Words("Kind of finding", "Atraduma veids"),
    ("links", "text"): Words("Words of the link", "Saites teksts"),
    ("milestones", "kind"): Words("Step", "Posms"),
}
_APPLICANT_TYPES = {
    "municipality": Words("municipality", "pašvaldība"),
    "state_institution": Words("state institution", "valsts iestāde"),
    "university": Words("university or college", "augstskola vai koledža"),
    "school": Words("school", "izglītības iestāde"),
    "research": Words("research organisation", "zinātniskā institūcija"),
    "company": Words("company", "uzņēmums"),
    "ngo": Words("association or foundation", "biedrība vai nodibinājums"),
    "person": Words("person", "fiziska persona"),
    "other": Words("other", "cits"),
}
_CHANGES = {
    "measure_added": Words("measure added", "jauns pasākums"),
    "measure_removed": Words("measure removed", "pasākuma vairs nav"),
    "measure_renumbered": Words("measure renumbered", "mainīts pasākuma numurs"),
    "measure_split": Words("measure split", "pasākums sadalīts"),
    "measure_merged": Words("measures merged", "pasākumi apvienoti"),
    "funding_changed": Words("funding changed", "mainīts finansējums"),
    "milestone_moved": Words("milestone moved", "pārcelts termiņš"),
    "milestone_made_precise": Words("milestone made precise", "precizēts termiņš"),
    "milestone_made_vague": Words("milestone made vague", "termiņš kļuvis neprecīzāks"),
    "milestone_added": Words("milestone added", "jauns posms"),
    "milestone_removed": Words("milestone removed", "posma vairs nav"),
    "applicant_added": Words("applicant added", "jauns projektu iesniedzējs"),
    "applicant_removed": Words("applicant removed", "projektu iesniedzēja vairs nav"),
    "contact_added": Words("contact added", "jauna kontaktpersona"),
    "contact_removed": Words("contact removed", "kontaktpersonas vairs nav"),
    "contact_changed": Words("contact changed", "mainīta kontaktpersona"),
    "selection_type_changed": Words("selection changed", "mainīts atlases veids"),
    "link_added": Words("link added", "jauna saite"),
    "link_removed": Words("link removed", "saites vairs nav"),
    "title_changed": Words("title changed", "mainīts nosaukums"),
    "theme_changed": Words("theme changed", "mainīts temats"),
    "text_changed": Words("text changed", "mainīts teksts"),
    "headline_changed": Words("amount outside measures changed", "mainīta summa ārpus pasākumiem"),
    "field_changed": Words("other value changed", "mainīta cita vērtība"),
}


def _terms(english: dict[str, str], latvian: dict[str, str]) -> dict[str, Words]:
    return {word: Words(english[word], latvian[word]) for word in english}


VOCABULARIES: dict[str, dict[str, Words]] = {
    "fund": _terms(english_terms.FUNDS, {word: forms[0] for word, forms in latvian_terms.FUNDS.items()}),
    "qualifier": _terms(english_terms.QUALIFIERS, latvian_terms.QUALIFIERS),
    "funding_qualifier": _terms(english_terms.QUALIFIERS, latvian_terms.QUALIFIERS),
    "flexibility_funding": {
        "included": Words("included", "ieskaitīts"),
        "excluded": Words("excluded", "neieskaitīts"),
    },
    "selection_type": {
        "open": Words("open", latvian_terms.SELECTION["open"][0]),
        "restricted": Words("restricted", latvian_terms.SELECTION["restricted"][0]),
    },
    "applicant_type": _APPLICANT_TYPES,
    "milestones.kind": _terms(
        english_terms.STEPS, {word: step.nominative for word, step in latvian_terms.STEPS.items()}
    )
    | {"other": Words("other", "cits posms")},
    "changes.kind": _CHANGES,
    "precision": {
        "day": Words("day", "diena"),
        "month": Words("month", "mēnesis"),
        "quarter": Words("quarter", "ceturksnis"),
        "half_year": Words("half-year", "pusgads"),
        "year": Words("year", "gads"),
    },
    "role": {
        "regulation": Words("regulation", "MK noteikumi"),
        "call": Words("call for proposals", "projektu atlase"),
        "annotation": Words("annotation", "anotācija"),
        "other": Words("other", "cita saite"),
    },
    "severity": {
        "info": Words("note", "zināšanai"),
        "warning": Words("warning", "brīdinājums"),
        "error": Words("error", "kļūda"),
    },
    "provenance.table": {name: TABLE_NAMES[name] for name in TABLES},
}


def heading(table: str, column: str) -> Words:
    """What a column is called above its cells."""
    return _OWN.get((table, column)) or _COLUMNS[column]


def vocabulary(table: Table, column: Column) -> dict[str, Words]:
    """What each word of a closed vocabulary means; empty where the column has none."""
    known = VOCABULARIES.get(f"{table.name}.{column.name}") or VOCABULARIES.get(column.name) or {}
    return {word: known[word] for word in column.enum}

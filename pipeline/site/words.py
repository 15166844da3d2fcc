"""The fixed words of the site, Latvian and English side by side, and what vocabularies are called there."""

from __future__ import annotations

from functools import cache

from pipeline.changes.figures import is_one
from pipeline.headings import VOCABULARIES, Words

LANGUAGES = ("lv", "en")

_WORDS: dict[str, tuple[str, str]] = {
    "language": ("lv", "en"),
    "other_language": ("English", "Latviski"),
    "site": ("ES fondu atbalsta pasākumi", "EU-fund support measures in Latvia"),
    "skip": ("Pāriet uz saturu", "Skip to content"),
    "menu": ("Izvēlne", "Menu"),
    "overview": ("Pārskats", "Overview"),
    "timeline": ("Laika grafiks", "Timeline"),
    "measures": ("Pasākumi", "Measures"),
    "changes": ("Izmaiņas", "Changes"),
    "findings": ("Atradumi", "Findings"),
    "sources": ("Avoti", "Sources"),
    "data": ("Dati", "Data"),
    "as_of": ("Dati uz", "As of"),
    "undated": ("laiks nav zināms", "time unknown"),
    "footer": (
        "Nolasīts no valsts iestāžu tīmekļvietnēm; katru vērtību var apskatīt lapā, no kuras tā nolasīta.",
        "Read from the websites of state bodies; every value can be seen on the page that it was read from.",
    ),
    "feed": ("Izmaiņu plūsma (Atom)", "Feed of changes (Atom)"),
    # overview
    "lede": (
        "Latvijas ministriju publicētie Eiropas Savienības fondu atbalsta pasākumi vienuviet: cik naudas, "
        "kas var pieteikties, kad sākas atlase un kas mainījies.",
        "European Union fund support measures that Latvian ministries publish, in one place: how much "
        "money, who may apply, when selection starts, and what changed.",
    ),
    "eu_funding": ("ES fondu finansējums", "EU funding"),
    "of_them_unstated": ("bez norādītas summas", "without a stated amount"),
    "next": ("Kas sāksies tālāk", "What starts next"),
    "next_none": (
        "Neviena atlase ar zināmu laiku vairs nav gaidāma.",
        "No selection with a known time is still to come.",
    ),
    "next_all": ("Viss laika grafiks", "The whole timeline"),
    "open_now": ("Atlase notiek", "Open for applications"),
    "until": ("līdz", "until"),
    "latest": ("Jaunākās izmaiņas", "Latest changes"),
    "latest_none": (
        "Kopš pirmās saglabātās versijas nekas nav mainījies.",
        "Nothing has changed since the first capture.",
    ),
    "changes_all": ("Visas izmaiņas", "All changes"),
    "money": ("Kur paredzēta nauda", "Where the money is meant to go"),
    "by_theme": ("Pa tematiem", "By theme"),
    "by_fund": ("Pa fondiem", "By fund"),
    "by_applicant": ("Pēc iesniedzēja veida", "By type of applicant"),
    "by_applicant_note": (
        "Pasākums, kurā var pieteikties vairāku veidu iesniedzēji, ieskaitīts pie katra no tiem, tāpēc šīs "
        "summas nav saskaitāmas.",
        "A measure that several types of applicants may apply for counts for each of them, so these sums "
        "do not add up to the total.",
    ),
    "as_table": ("Tabulā", "As a table"),
    "no_theme": ("Bez temata", "No theme"),
    "fund_unstated": ("Fonds lapā nav nosaukts", "No fund named on the page"),
    "no_fund": ("Lapās nav nosaukts, no kura fonda nauda nāk.", "The pages do not name the funds."),
    "type_unstated": ("Iesniedzējs lapā nav nosaukts", "No applicant named on the page"),
    "amount": ("Summa", "Amount"),
    "count": ("Pasākumi", "Measures"),
    # measures
    "search": ("Meklēt", "Search"),
    "search_hint": ("kods, nosaukums, iesniedzējs", "code, title, applicant"),
    "any": ("visi", "any"),
    "reset": ("Notīrīt", "Clear"),
    "none_match": ("Neviens pasākums neatbilst šiem nosacījumiem.", "No measure meets these conditions."),
    "shown": ("Rāda", "Showing"),
    "of": ("no", "of"),
    "code": ("Kods", "Code"),
    "title": ("Nosaukums", "Title"),
    "theme": ("Temats", "Theme"),
    "fund": ("Fonds", "Fund"),
    "selection_start": ("Atlases sākums", "Selection starts"),
    "selection": ("Atlase", "Selection"),
    "applicant_type": ("Iesniedzēja veids", "Type of applicant"),
    "source": ("Avots", "Source"),
    "sort_by": ("Kārtot pēc", "Sort by"),
    "gone": ("Vairs nav lapās", "No longer on the pages"),
    "gone_note": (
        "Šie pasākumi kādreiz bijuši lapās, bet tagad to tur vairs nav.",
        "These measures once stood on the pages and are no longer there.",
    ),
    # measure
    "show": ("parādīt lapā", "show on page"),
    "on_page_of": ("Lapa", "Page"),
    "unstated": ("nav norādīts", "not stated"),
    "flexibility": ("Elastības finansējums", "Flexibility funding"),
    "objective": ("Atbalsta mērķis", "Objective"),
    "applicants": ("Projektu iesniedzēji", "Who may apply"),
    "schedule": ("Laika grafiks", "Schedule"),
    "step": ("Posms", "Step"),
    "when": ("Kad", "When"),
    "printed": ("Lapā rakstīts", "As printed"),
    "selection_text": ("Atlases veids", "Kind of selection"),
    "funding": ("Finansējuma avoti", "Funding by fund"),
    "contacts": ("Kontaktpersonas", "Contacts"),
    "links": ("Saistītie dokumenti", "Documents"),
    "other_info": ("Cita informācija", "Other information"),
    "predecessor": ("Iepriekšējais pasākums", "Measure before this one"),
    "older": ("Agrākas izmaiņas", "Earlier changes"),
    "history": ("Vēsture", "History"),
    "history_note": (
        "Katra rinda: vērtības, kā tās bija spēkā no vienas saglabātās versijas līdz nākamajai.",
        "Each row: the values as they stood from one capture until another.",
    ),
    "valid_from": ("No", "From"),
    "valid_to": ("Līdz", "Until"),
    "first_seen": ("pirmo reizi lapā", "first seen"),
    "still": ("joprojām", "still stands"),
    "measure_changes": ("Kas mainījies", "What changed"),
    "no_changes": (
        "Kopš pirmās saglabātās versijas nekas nav mainījies.",
        "Nothing has changed since the first capture.",
    ),
    "is_gone": (
        "Šī pasākuma lapās vairs nav. Zemāk ir pēdējās zināmās vērtības.",
        "This measure is no longer on the pages. Below are the last known values.",
    ),
    "about_it": ("Atradumi par šo pasākumu", "Findings about this measure"),
    "also_on": ("Pasākums ir arī šajā lapā", "The measure is also on this page"),
    # timeline
    "timeline_note": (
        "Josla rāda, cik precīzi laiks zināms: diena, mēnesis, ceturksnis, pusgads vai gads. Pārtraukta "
        "līnija ved no vietas, kur posms bija agrāk, uz to, kur tas ir tagad.",
        "The band shows how closely a time is known: day, month, quarter, half-year or year. A broken "
        "line leads from where a step stood before to where it is now.",
    ),
    "timeline_none": ("Nevienam pasākumam nav laika grafika.", "No measure has a schedule."),
    "legend": ("Apzīmējumi", "Key"),
    "window": ("atlase notiek", "open for applications"),
    "slipped": ("kur posms bija agrāk", "where a step stood before"),
    "today": ("jaunākās saglabātās versijas diena", "day of the newest capture"),
    "was": ("agrāk", "before"),
    "measure": ("Pasākums", "Measure"),
    # changes
    "changes_note": (
        "Ko lapu redaktori mainījuši, ar vārdiem, kā tie bija iepriekš un kā ir tagad. Lapas pirmā "
        "saglabātā versija ir atskaites punkts.",
        "What the editors of the pages changed, with the words as they were before and as they are now. "
        "The first capture of a page is its baseline.",
    ),
    "months": ("Pa mēnešiem", "By month"),
    "months_all": ("Visi mēneši", "All months"),
    "report": ("Pārskats drukai", "Report for print"),
    # findings
    "findings_note": (
        "Kas lapās šķiet kļūdains, pretrunīgs vai nesaprotams. Nekas netiek uzminēts: ko nevar droši "
        "nolasīt, tas datos ir tukšs un norādīts šeit.",
        "What looks wrong, contradictory or unclear on the pages. Nothing is guessed: what cannot be read "
        "safely is empty in the data and stands here.",
    ),
    "findings_none": ("Atradumu nav.", "No findings."),
    "severity": ("Būtiskums", "Severity"),
    "more_findings": ("Pārējie ir failā", "The rest are in"),
    # sources
    "sources_note": (
        "Lapas, no kurām dati nolasīti. Saglabāta tiek katra to versija.",
        "The pages that the data are read from. Every version of them is kept.",
    ),
    "publisher": ("Publicētājs", "Publisher"),
    "page": ("Lapa", "Page"),
    "newest": ("Saturs kopš", "Content since"),
    "rhythm": ("Pārbauda", "Checked"),
    "versions": ("Versijas", "Versions"),
    "understood": ("Saprasts", "Understood"),
    "withheld": ("Aizturēta versija", "Capture withheld"),
    "stated": ("Ko lapa norāda kopumā", "What the page states in all"),
    "never": ("vēl nav saglabāta", "not captured yet"),
    "text": ("arhivētais teksts", "archived text"),
    # data
    "data_note": (
        "Visas tabulas ir brīvi lejupielādējamas. Summas ir eiro, precīzi decimālskaitļi; datumi ir ISO "
        "8601; tukša vērtība nozīmē, ka tā nav zināma.",
        "All tables can be downloaded freely. Amounts are euro, exact decimals; dates are ISO 8601; an "
        "empty value means that it is not known.",
    ),
    "about": ("Par šiem datiem", "About these data"),
    "about_1": (
        "Ministrijas savus atbalsta pasākumus publicē lapās, kas domātas lasīšanai un tiek labotas bez "
        "brīdinājuma. Šeit tās ir nolasītas tabulās, un katra izmaiņa ir redzama.",
        "Ministries publish their support measures on pages made for reading, and edit them without "
        "notice. Here they are read into tables, and every change can be seen.",
    ),
    "about_2": (
        "Dati ir nolasīti automātiski. Ja kādai vērtībai ir nozīme, salīdziniet to ar lapu: pie katras ir "
        "saite.",
        "The data are read by a program. Where a value matters, compare it with the page: each has a link.",
    ),
    "download": ("Lejupielādēt", "Download"),
    "file": ("Fails", "File"),
    "table": ("Tabula", "Table"),
    "size": ("Lielums", "Size"),
    "dictionary": ("Datu vārdnīca", "Data dictionary"),
    "column": ("Kolonna", "Column"),
    "type": ("Tips", "Type"),
    "meaning": ("Nozīme", "Meaning"),
    "licence": ("Licence", "Licence"),
    "cite": ("Kā atsaukties", "How to cite"),
    "whole": ("Viss kopā", "All in one"),
    # captures
    "capture": ("Saglabātā versija", "Capture"),
    "capture_note": (
        "Lapas teksts, kā tas bija šajā versijā. Iezīmēts ir tas, uz ko vedusi saite.",
        "The text of the page as it was in this capture. What a link led to is marked.",
    ),
    "original": ("Lapa tīmeklī", "The page on the web"),
    "captured": ("Saglabāta", "Captured"),
}
WORDS: dict[str, dict[str, str]] = {
    language: {key: words[place] for key, words in _WORDS.items()} for place, language in enumerate(LANGUAGES)
}

# What vocabularies are called stands in headings, for all that is published.
_SHARED = {
    "kind": "milestones.kind",
    "fund": "fund",
    "applicant_type": "applicant_type",
    "selection_type": "selection_type",
    "flexibility": "flexibility_funding",
    "severity": "severity",
    "role": "role",
    "qualifier": "qualifier",
}
# These stand by themselves and begin with a capital.
_ALONE = frozenset({"kind", "fund", "applicant_type", "role"})
_TYPES = {
    "string": Words("text", "teksts"),
    "integer": Words("whole number", "vesels skaitlis"),
    "decimal": Words("decimal", "decimālskaitlis"),
    "date": Words("date", "datums"),
    "datetime": Words("date and time, UTC", "datums un laiks, UTC"),
    "boolean": Words("yes/no", "jā/nē"),
}


@cache
def names(vocabulary: str, language: str) -> dict[str, str]:
    """All words of a vocabulary with what they are called."""
    known = _TYPES if vocabulary == "type" else VOCABULARIES[_SHARED[vocabulary]]
    called = {key: str(getattr(words, language)) for key, words in known.items()}
    if vocabulary not in _ALONE:
        return called
    return {key: words[:1].upper() + words[1:] for key, words in called.items()}


def name(vocabulary: str, key: str, language: str) -> str:
    """What a word of a vocabulary is called; the word itself where it has no other name."""
    return names(vocabulary, language).get(key, key)


# Files that hold all tables, what describes them, and the feeds: what is said of them, Latvian and English.
DOWNLOADS = {
    "pasakumi.xlsx": ("darbgrāmata: visas tabulas un paskaidrojumi", "workbook: all tables, explained"),
    "pasakumi.sqlite": (
        "SQLite datubāze ar skatiem un pilna teksta meklēšanu",
        "SQLite database with views and full-text search",
    ),
    "datapackage.json": ("tabulu apraksts (Data Package)", "description of the tables (Data Package)"),
    "catalog.jsonld": ("kataloga ieraksts (DCAT-AP)", "catalogue record (DCAT-AP)"),
    "feed.xml": ("izmaiņu plūsma latviski (Atom)", "feed of changes in Latvian (Atom)"),
    "feed.en.xml": ("izmaiņu plūsma angliski (Atom)", "feed of changes in English (Atom)"),
    "SHA256SUMS": ("failu kontrolsummas", "checksums of the files"),
}

# A length in minutes; Latvian: accusative (ik dienu), genitive (ik pēc 21 dienas), dative (ik pēc 7 dienām).
_LENGTHS = (
    (24 * 60, ("dienu", "dienas", "dienām"), ("day", "days")),
    (60, ("stundu", "stundas", "stundām"), ("hour", "hours")),
    (1, ("minūti", "minūtes", "minūtēm"), ("minute", "minutes")),
)


def rhythm(minutes: int, language: str) -> str:
    """``every 12 hours``; ``ik dienu``, ``ik pēc 7 dienām``."""
    length, latvian, english = next(one for one in _LENGTHS if minutes % one[0] == 0)
    count = minutes // length
    if language == "en":
        return f"every {english[0]}" if count == 1 else f"every {count} {english[1]}"
    return f"ik {latvian[0]}" if count == 1 else f"ik pēc {count} {latvian[1 if is_one(count) else 2]}"

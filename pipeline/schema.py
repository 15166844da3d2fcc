"""The tables, declared once: columns, types, units, vocabularies, keys and relations.

Pure data. The CSV header, the Arrow schema, the data package and the data dictionary are
derived from ``TABLES``; nothing else names a column's type. Names are CONTRACT's: columns are added,
never renamed. ``SCHEMA_VERSION`` rises in its second part when a column is added, in its first when
an old one goes.

Decimals are ``decimal(18, 4)``: exact to a hundredth of a cent up to 10^14 euro, a thousand times the whole
cohesion policy of the Union, and small enough for the engines that keep a decimal in 64 bits.
"""

from __future__ import annotations

from typing import NamedTuple

from pipeline.vocabulary import CHANGE_KINDS

SCHEMA_VERSION = "1.0"
DECIMAL_PRECISION = 18
DECIMAL_SCALE = 4

STRING = "string"
INTEGER = "integer"
DECIMAL = "decimal"
DATE = "date"
DATETIME = "datetime"
BOOLEAN = "boolean"

EURO = "EUR"
PERCENT = "%"
DAYS = "days"
CHARACTERS = "characters"


class Column(NamedTuple):
    """One column. ``en`` and ``lv`` describe it; ``required``: never empty; ``minimum`` is inclusive.

    ``enum`` is its closed vocabulary, ``pattern`` a regular expression that the whole value matches.
    """

    name: str
    type: str
    en: str
    lv: str
    required: bool = False
    unit: str | None = None
    enum: tuple[str, ...] = ()
    pattern: str | None = None
    minimum: int | None = None


class ForeignKey(NamedTuple):
    """``columns`` name a row of ``table`` by its columns ``references``.

    ``optional``: a row whose last column is empty refers to none (SQL's MATCH SIMPLE). Data Package
    readers hold such a row for broken, so these relations are not declared there.
    """

    columns: tuple[str, ...]
    table: str
    references: tuple[str, ...]
    optional: bool = False


class Table(NamedTuple):
    """One table. ``key`` names each row; empty where rows have no name of their own."""

    name: str
    en: str
    lv: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()
    foreign_keys: tuple[ForeignKey, ...] = ()

    @property
    def header(self) -> tuple[str, ...]:
        """The names of the columns, in order."""
        return tuple(column.name for column in self.columns)

    def column(self, name: str) -> Column:
        """The column of that name."""
        return self.columns[self.header.index(name)]


FUNDS = (
    "eu_total",
    "erdf",
    "esf_plus",
    "cf",
    "jtf",
    "rrf",
    "national",
    "state_budget",
    "municipal",
    "private",
    "flexibility",
    "total",
)
QUALIFIERS = ("exact", "approximate", "more_than", "at_least", "up_to", "range")
FLEXIBILITY = ("included", "excluded")
SELECTION_TYPES = ("open", "restricted")
APPLICANT_TYPES = (
    "municipality",
    "state_institution",
    "university",
    "school",
    "research",
    "company",
    "ngo",
    "person",
    "other",
)
MILESTONE_KINDS = (
    "regulation_approval",
    "selection_start",
    "selection_end",
    "project_approval",
    "eligibility_start",
    "implementation_start",
    "completion",
    "other",
)
PRECISIONS = ("day", "month", "quarter", "half_year", "year")
LINK_ROLES = ("regulation", "call", "annotation", "other")
SEVERITIES = ("info", "warning", "error")
PAGE_TABLES = (
    "measures",
    "funding",
    "milestones",
    "applicants",
    "contacts",
    "links",
    "headlines",
    "narrative",
    "findings",
)

_MOMENT = r"[0-9]{4}(-(Q[1-4]|H[12]|[0-9]{2}(-[0-9]{2})?))?"
_CODE = r"[0-9A-Za-z]+(\.[0-9A-Za-z]+)*"

_SOURCE = Column(
    "source",
    STRING,
    "The page, by its id in sources.toml",
    "Lapa: tās identifikators failā sources.toml",
    required=True,
    pattern=r"[a-z0-9-]+",
)
_MEASURE_ID = Column(
    "measure_id",
    STRING,
    "The measure: its code, or code/round where it has rounds",
    "Pasākums: tā kods vai kods/kārta, ja pasākumam ir kārtas",
    required=True,
    pattern=_CODE + r"(/[0-9]+)?",
)
_SEQ = Column(
    "seq",
    INTEGER,
    "Place in the order of the page, from 1",
    "Kārtas numurs lapā, sākot no 1",
    required=True,
    minimum=1,
)
_CAPTURE = Column(
    "capture",
    STRING,
    "The capture that the row was read from; its text is output/text/CAPTURE.txt",
    "Lapas saglabātā versija, no kuras rinda nolasīta; tās teksts ir output/text/CAPTURE.txt",
    required=True,
)
_START = Column(
    "start",
    INTEGER,
    "First character in the capture's text, from 0; empty where the whole page is meant",
    "Pirmā rakstzīme saglabātās versijas tekstā, sākot no 0; tukšs, ja attiecas uz visu lapu",
    unit=CHARACTERS,
    minimum=0,
)
_END = Column(
    "end",
    INTEGER,
    "The character after the last one",
    "Rakstzīme aiz pēdējās",
    unit=CHARACTERS,
    minimum=0,
)
_AMOUNT = Column(
    "amount_eur",
    DECIMAL,
    "The amount; of a range its lower end",
    "Summa; intervālam tā apakšējā robeža",
    unit=EURO,
    minimum=0,
)
_AMOUNT_MAX = Column(
    "amount_max_eur",
    DECIMAL,
    "The upper end of a range; empty otherwise",
    "Intervāla augšējā robeža; citādi tukšs",
    unit=EURO,
    minimum=0,
)
_QUALIFIER = Column(
    "qualifier",
    STRING,
    "How exactly the page states the amount",
    "Cik precīzi lapā norādīta summa",
    required=True,
    enum=QUALIFIERS,
)
_OPTIONAL_MEASURE = _MEASURE_ID._replace(
    required=False,
    en="The measure concerned; empty where a theme or the page is meant",
    lv="Pasākums, uz ko attiecas; tukšs, ja attiecas uz tematu vai lapu",
)
_CHILD_KEY = ("source", "measure_id", "seq")
_TO_MEASURE = ForeignKey(("source", "measure_id"), "measures", ("source", "measure_id"))
_MAY_NAME_MEASURE = _TO_MEASURE._replace(optional=True)

_MEASURE_VALUES = (
    Column(
        "code",
        STRING,
        "Code as in the programme, without the last full stop",
        "Kods kā programmā, bez beigu punkta",
        required=True,
        pattern=_CODE,
    ),
    Column("round", INTEGER, "Round of the selection", "Atlases kārta", minimum=0),
    Column(
        "specific_objective",
        STRING,
        "Code of the specific objective that the measure belongs to",
        "Specifiskā atbalsta mērķa kods",
    ),
    Column(
        "title",
        STRING,
        "Title without code, the word “pasākums”, outer quotation marks and round",
        "Nosaukums bez koda, vārda „pasākums”, ārējām pēdiņām un kārtas",
    ),
    Column(
        "theme",
        STRING,
        "The page's heading that the measure stands under",
        "Lapas virsraksts, zem kura pasākums ir",
    ),
    Column(
        "eu_funding_eur",
        DECIMAL,
        "EU funding planned; of a range its lower end",
        "Plānotais ES fondu finansējums; intervālam tā apakšējā robeža",
        unit=EURO,
        minimum=0,
    ),
    Column(
        "eu_funding_max_eur",
        DECIMAL,
        "Upper end of a range; empty otherwise",
        "Intervāla augšējā robeža; citādi tukšs",
        unit=EURO,
        minimum=0,
    ),
    Column(
        "funding_qualifier",
        STRING,
        "How exactly the page states the funding",
        "Cik precīzi lapā norādīts finansējums",
        enum=QUALIFIERS,
    ),
    Column(
        "flexibility_funding",
        STRING,
        "Whether the footnote says that flexibility funding is in the amount",
        "Vai pēc zemsvītras piezīmes summā ieskaitīts elastības finansējums",
        enum=FLEXIBILITY,
    ),
    Column("objective", STRING, "Objective of the support, whole", "Atbalsta mērķis pilnā apjomā"),
    Column(
        "selection_type",
        STRING,
        "Kind of project selection: open or restricted",
        "Projektu atlases veids: atklāta vai ierobežota",
        enum=SELECTION_TYPES,
    ),
    Column("selection_text", STRING, "The selection as printed", "Atlases veids, kā tas rakstīts lapā"),
    Column("predecessor_code", STRING, "Code of the measure before this one", "Iepriekšējā pasākuma kods"),
    Column("other_info", STRING, "Other information, as printed", "Cita informācija, kā tā rakstīta lapā"),
)
_MEASURES = Table(
    "measures",
    "Support measures: one row for each measure, or round of one, on each page",
    "Atbalsta pasākumi: viena rinda katram pasākumam vai tā kārtai katrā lapā",
    (
        _SOURCE,
        _MEASURE_ID,
        Column(
            "canonical",
            BOOLEAN,
            "True on one row of each measure_id: sum over these and nothing counts twice",
            "Patiess vienā katra measure_id rindā: summējot šīs rindas, nekas netiek skaitīts divreiz",
            required=True,
        ),
        *_MEASURE_VALUES,
        Column("url", STRING, "Address of the page", "Lapas adrese"),
        _CAPTURE,
        Column(
            "captured_at",
            DATETIME,
            "When the first capture with these bytes was made, UTC; empty where unknown",
            "Kad saglabāta pirmā versija ar šo saturu, UTC; tukšs, ja nav zināms",
        ),
    ),
    ("source", "measure_id"),
)
_FUNDING = Table(
    "funding",
    "Amounts of a measure, also by fund",
    "Pasākuma summas, arī pa fondiem",
    (
        _SOURCE,
        _MEASURE_ID,
        _SEQ,
        Column("fund", STRING, "Whose money it is", "Finansējuma avots", required=True, enum=FUNDS),
        _AMOUNT,
        _AMOUNT_MAX,
        _QUALIFIER,
        Column(
            "text",
            STRING,
            "The amount as printed, with its star",
            "Summa, kā tā rakstīta lapā, ar zvaigznīti",
        ),
    ),
    _CHILD_KEY,
    (_TO_MEASURE,),
)
_MILESTONES = Table(
    "milestones",
    "Steps of a measure's schedule",
    "Pasākuma laika grafika posmi",
    (
        _SOURCE,
        _MEASURE_ID,
        _SEQ,
        Column("kind", STRING, "What happens then", "Kas tad notiek", required=True, enum=MILESTONE_KINDS),
        Column(
            "period",
            STRING,
            "When: 2024-Q4, 2026-12-31, 2025-05, 2025-H1, 2025, or A/B for one moment between two of a kind",
            "Kad: 2024-Q4, 2026-12-31, 2025-05, 2025-H1, 2025 vai A/B: brīdis starp diviem periodiem",
            required=True,
            pattern=rf"{_MOMENT}(/{_MOMENT})?",
        ),
        Column(
            "precision",
            STRING,
            "How closely it is known",
            "Cik precīzi tas zināms",
            required=True,
            enum=PRECISIONS,
        ),
        Column("start_date", DATE, "First day of the period", "Perioda pirmā diena", required=True),
        Column(
            "end_date",
            DATE,
            "Last day of the period, inclusive",
            "Perioda pēdējā diena (ieskaitot)",
            required=True,
        ),
        Column("text", STRING, "The line as printed", "Rinda, kā tā rakstīta lapā"),
    ),
    _CHILD_KEY,
    (_TO_MEASURE,),
)
_APPLICANTS = Table(
    "applicants",
    "Who may apply",
    "Projektu iesniedzēji",
    (
        _SOURCE,
        _MEASURE_ID,
        _SEQ,
        Column("name", STRING, "Spelled as printed", "Nosaukums, kā tas rakstīts lapā", required=True),
        Column(
            "applicant_type",
            STRING,
            "Kind of applicant",
            "Iesniedzēja veids",
            required=True,
            enum=APPLICANT_TYPES,
        ),
    ),
    _CHILD_KEY,
    (_TO_MEASURE,),
)
_CONTACTS = Table(
    "contacts",
    "Officials that the page names; empty where publish_contacts is false",
    "Lapā norādītās kontaktpersonas; tukša, ja publish_contacts ir false",
    (
        _SOURCE,
        _MEASURE_ID,
        _SEQ,
        Column("name", STRING, "Name of a person or an office", "Personas vai iestādes nosaukums"),
        Column("phone", STRING, "Telephone in E.164", "Tālrunis E.164 pierakstā", pattern=r"\+[0-9]{3,15}"),
        Column("email", STRING, "E-mail address", "E-pasta adrese", pattern=r"[^@\s]+@[^@\s]+"),
    ),
    _CHILD_KEY,
    (_TO_MEASURE,),
)
_LINKS = Table(
    "links",
    "Documents and pages that a measure links to",
    "Dokumenti un lapas, uz ko pasākums atsaucas",
    (
        _SOURCE,
        _MEASURE_ID,
        _SEQ,
        Column("url", STRING, "Where it leads, absolute", "Pilna adrese", required=True),
        Column(
            "role", STRING, "What is linked", "Kas ir saistītais dokuments", required=True, enum=LINK_ROLES
        ),
        Column("text", STRING, "The words of the link", "Saites teksts"),
    ),
    _CHILD_KEY,
    (_TO_MEASURE,),
)
_HEADLINES = Table(
    "headlines",
    "Amounts that a page states outside of any measure",
    "Summas, ko lapa norāda ārpus pasākumiem",
    (
        _SOURCE,
        _SEQ,
        Column(
            "label",
            STRING,
            "What the amount is for, in words of the page",
            "Kam summa paredzēta, lapas vārdiem",
        ),
        _AMOUNT,
        _AMOUNT_MAX,
        _QUALIFIER,
        Column(
            "share_percent",
            DECIMAL,
            "A share printed with it",
            "Kopā ar to norādītā daļa",
            unit=PERCENT,
            minimum=0,
        ),
        Column(
            "includes_national",
            BOOLEAN,
            "The words say that national co-funding is in it",
            "Vārdi liecina, ka ietverts nacionālais līdzfinansējums",
            required=True,
        ),
        Column("text", STRING, "The amount as printed", "Summa, kā tā rakstīta lapā"),
        _CAPTURE,
    ),
    ("source", "seq"),
)
_NARRATIVE = Table(
    "narrative",
    "Running text of a theme, a measure or the page",
    "Temata, pasākuma vai lapas teksts",
    (
        _SOURCE,
        _SEQ,
        Column("theme", STRING, "The heading it stands under", "Virsraksts, zem kura tas ir"),
        _OPTIONAL_MEASURE,
        _CAPTURE,
        _START,
        _END,
        Column("text", STRING, "The text as printed", "Teksts, kā tas rakstīts lapā"),
    ),
    ("source", "seq"),
    (_MAY_NAME_MEASURE,),
)
_FINDINGS = Table(
    "findings",
    "What looks wrong, contradictory or unknown on a page; the codes stand in docs/findings.md",
    "Kas lapā šķiet kļūdains, pretrunīgs vai nezināms; kodi aprakstīti failā docs/findings.md",
    (
        _SOURCE,
        _SEQ,
        Column("code", STRING, "What kind of finding", "Atraduma veids", required=True),
        Column("severity", STRING, "How serious", "Cik būtisks", required=True, enum=SEVERITIES),
        _OPTIONAL_MEASURE,
        Column("field", STRING, "The column concerned", "Kolonna, uz ko attiecas"),
        Column("message", STRING, "What is the matter, in English", "Paskaidrojums angliski", required=True),
        Column(
            "message_lv", STRING, "What is the matter, in Latvian", "Paskaidrojums latviski", required=True
        ),
        Column("text", STRING, "The words concerned", "Vārdi, uz kuriem attiecas"),
        _CAPTURE,
        _START,
        _END,
    ),
    ("source", "seq"),
    (_MAY_NAME_MEASURE,),
)
_PROVENANCE = Table(
    "provenance",
    "Where each cell stands on its page; a value read from two places has two rows",
    "Kur katra vērtība atrodama lapā; no divām vietām nolasītai vērtībai ir divas rindas",
    (
        Column("table", STRING, "Table of the cell", "Vērtības tabula", required=True, enum=PAGE_TABLES),
        _SOURCE,
        _OPTIONAL_MEASURE._replace(
            en="The measure of the cell's row; empty in headlines, narrative and findings of the page",
            lv="Rindas pasākums; tukšs lapas headlines, narrative un findings rindām",
        ),
        _SEQ._replace(
            required=False,
            en="seq of the cell's row; empty in measures",
            lv="Rindas seq; tukšs tabulai measures",
        ),
        Column("field", STRING, "Column of the cell", "Vērtības kolonna", required=True),
        _CAPTURE,
        _START._replace(required=True, en="First character in the capture's text, from 0"),
        _END._replace(required=True),
        Column("text", STRING, "The words themselves", "Paši vārdi"),
    ),
    foreign_keys=(_MAY_NAME_MEASURE,),
)
_CHANGES = Table(
    "changes",
    "Every change of the pages since the baseline of each",
    "Visas lapu izmaiņas kopš katras lapas pirmās saglabātās versijas",
    (
        Column(
            "observed_at",
            DATETIME,
            "When the capture that shows it was made, UTC; empty where unknown",
            "Kad saglabāta versija, kurā izmaiņa redzama, UTC; tukšs, ja nav zināms",
        ),
        _SOURCE,
        _OPTIONAL_MEASURE._replace(
            en="The measure, by its id in the newer state (the older's where it is gone)",
            lv="Pasākums pēc tā identifikatora jaunākajā stāvoklī (vecākajā, ja pasākuma vairs nav)",
        ),
        Column("kind", STRING, "Kind of change", "Izmaiņas veids", required=True, enum=CHANGE_KINDS),
        Column(
            "field",
            STRING,
            "What changed; of a milestone its kind",
            "Kas mainījies; laika grafikā posma veids",
        ),
        Column(
            "old",
            STRING,
            "Value before, as in its table; a contact as a JSON object; empty where there was none",
            "Iepriekšējā vērtība kā tās tabulā; kontaktpersona kā JSON objekts; tukšs, ja nebija",
        ),
        Column("new", STRING, "Value now, written likewise", "Jaunā vērtība tādā pašā pierakstā"),
        Column("delta_eur", DECIMAL, "New amount less old", "Jaunā summa mīnus vecā", unit=EURO),
        Column(
            "delta_percent",
            DECIMAL,
            "The same in percent of the old",
            "Tas pats procentos no vecās",
            unit=PERCENT,
        ),
        Column(
            "delta_days",
            INTEGER,
            "New start_date less old: positive is later",
            "Jaunais start_date mīnus vecais: pozitīvs nozīmē vēlāk",
            unit=DAYS,
        ),
        Column("minor", BOOLEAN, "A correction of spelling", "Pareizrakstības labojums", required=True),
        Column(
            "text_en", STRING, "The change as an English sentence", "Izmaiņa teikumā angliski", required=True
        ),
        Column(
            "text_lv", STRING, "The change as a Latvian sentence", "Izmaiņa teikumā latviski", required=True
        ),
    ),
)
_VERSIONS = Table(
    "measure_versions",
    "The values of each measure over time: one row for each period in which they stood",
    "Pasākumu vērtības laikā: viena rinda katram periodam, kurā tās bija spēkā",
    (
        _SOURCE,
        _MEASURE_ID,
        Column(
            "version",
            INTEGER,
            "Number of the version, from 1",
            "Versijas numurs, sākot no 1",
            required=True,
            minimum=1,
        ),
        Column(
            "valid_from",
            DATETIME,
            "First capture that shows these values, UTC; empty where its time is unknown",
            "Pirmā saglabātā versija ar šīm vērtībām, UTC; tukšs, ja laiks nav zināms",
        ),
        Column(
            "valid_to",
            DATETIME,
            "First capture that no longer shows them, UTC; empty while they stand",
            "Pirmā saglabātā versija, kurā to vairs nav, UTC; tukšs, kamēr tās ir spēkā",
        ),
        *_MEASURE_VALUES,
        _CAPTURE,
    ),
    ("source", "measure_id", "version"),
)

TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        _MEASURES,
        _FUNDING,
        _MILESTONES,
        _APPLICANTS,
        _CONTACTS,
        _LINKS,
        _HEADLINES,
        _NARRATIVE,
        _FINDINGS,
        _PROVENANCE,
        _CHANGES,
        _VERSIONS,
    )
}

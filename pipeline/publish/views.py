# ruff: noqa: S608 - queries are put together from names of this module and of the schema, never from data
"""The database's views: the questions that everybody asks, answered so that nothing counts twice.

Sums are exact: whole euro and ten-thousandths are added up apart, as integers, so that neither a binary
fraction nor an overflow of SQLite's 64 bits can come between.
"""

from __future__ import annotations

from typing import NamedTuple

EU_FUNDS = ("erdf", "esf_plus", "cf", "jtf", "rrf")
EXACT = "_e4"
"""How the column ends that holds an amount in ten-thousandths of a euro, a whole number."""


class View(NamedTuple):
    """``taken``: the columns of tables that are columns of the view too, such as ``measures.title``;
    ``columns``: what the others mean, in English and Latvian."""

    name: str
    title_en: str
    title_lv: str
    en: str
    lv: str
    taken: str
    query: str
    columns: dict[str, tuple[str, str]]


def _sum(column: str) -> str:
    whole = f"(sum({column} / 10000) + sum({column} % 10000) / 10000)"
    rest = f"(sum({column} % 10000) % 10000)"
    return f"CASE WHEN {rest} = 0 THEN {whole} ELSE {whole} + {rest} / 10000.0 END"


_EU = f"eu_funding_eur{EXACT}"
_AMOUNT = f"amount_eur{EXACT}"
_FUNDS = ", ".join(f"'{fund}'" for fund in EU_FUNDS)
_MEASURES = ("How many measures, each once", "Cik pasākumu, katrs vienreiz")
_MONEY = (
    "Their EU funding together, euro; of a range the lower end",
    "To ES fondu finansējums kopā, eiro; intervālam apakšējā robeža",
)
_STATED = (
    "How many of them state an amount",
    "Cik no tiem norāda summu",
)
_SHARED = {"measures": _MEASURES, "eu_funding_eur": _MONEY, "with_amount": _STATED}
_AS_OF = (
    "When the newest capture was made, UTC; empty where no time is known, and then all rows are shown",
    "Kad saglabāta jaunākā versija, UTC; tukšs, ja laiks nav zināms: tad redzamas visas rindas",
)

VIEWS = (
    View(
        "totals",
        "All in all",
        "Kopā",
        "All measures together, each once",
        "Visi pasākumi kopā, katrs vienreiz",
        "",
        f"""SELECT count(*) AS measures, {_sum(_EU)} AS eu_funding_eur, count(eu_funding_eur) AS with_amount,
            (SELECT value FROM about WHERE name = 'as_of') AS as_of
        FROM measures WHERE canonical""",
        _SHARED | {"as_of": _AS_OF},
    ),
    View(
        "money_by_theme",
        "Money by theme",
        "Finansējums pa tematiem",
        "EU funding by theme, each measure once",
        "ES fondu finansējums pa tematiem, katrs pasākums vienreiz",
        "measures.theme",
        f"""SELECT theme, count(*) AS measures, {_sum(_EU)} AS eu_funding_eur,
            count(eu_funding_eur) AS with_amount
        FROM measures WHERE canonical GROUP BY theme ORDER BY eu_funding_eur DESC, theme""",
        _SHARED,
    ),
    View(
        "money_by_fund",
        "Money by fund",
        "Finansējums pa fondiem",
        "EU funding by fund, each measure once; a row without fund: what no fund is named for",
        "ES fondu finansējums pa fondiem, katrs pasākums vienreiz; rindā bez fonda: kam fonds nav nosaukts",
        "funding.fund",
        # Of a fund that a measure names twice the last amount: bare columns go with max() in SQLite.
        f"""WITH parts AS (
            SELECT m.source, m.measure_id, f.fund, f.{_AMOUNT} AS e4, max(f.seq)
            FROM measures AS m JOIN funding AS f USING (source, measure_id)
            WHERE m.canonical AND f.fund IN ({_FUNDS}) GROUP BY m.source, m.measure_id, f.fund
        ), rest AS (
            SELECT m.source, m.measure_id, NULL AS fund, m.{_EU} - coalesce((SELECT sum(p.e4) FROM parts AS p
                WHERE p.source = m.source AND p.measure_id = m.measure_id), 0) AS e4
            FROM measures AS m WHERE m.canonical
        ), every_part AS (
            SELECT fund, measure_id, e4 FROM parts
            UNION ALL SELECT fund, measure_id, e4 FROM rest WHERE e4 > 0
        )
        SELECT fund, count(*) AS measures, {_sum("e4")} AS eu_funding_eur, count(e4) AS with_amount
        FROM every_part GROUP BY fund ORDER BY eu_funding_eur DESC, fund""",
        _SHARED,
    ),
    View(
        "money_by_applicant_type",
        "Money by applicant type",
        "Finansējums pa iesniedzēju veidiem",
        "EU funding that each type of applicant may apply for; a measure open to several counts for each, "
        "so that the rows add up to more than there is",
        "ES fondu finansējums, uz ko var pretendēt katra veida iesniedzēji; pasākums, kas pieejams "
        "vairākiem, skaitīts pie katra, tāpēc rindu summa pārsniedz kopējo",
        "applicants.applicant_type",
        f"""WITH types AS (
            SELECT DISTINCT m.source, m.measure_id, a.applicant_type, m.{_EU} AS e4
            FROM measures AS m LEFT JOIN applicants AS a USING (source, measure_id) WHERE m.canonical
        )
        SELECT applicant_type, count(*) AS measures, {_sum("e4")} AS eu_funding_eur, count(e4) AS with_amount
        FROM types GROUP BY applicant_type ORDER BY eu_funding_eur DESC, applicant_type""",
        _SHARED,
    ),
    View(
        "starts_next",
        "What starts next",
        "Kas sāksies drīzumā",
        "Selections that begin after the newest capture was made, or may still",
        "Projektu atlases, kas sākas pēc jaunākās saglabātās versijas vai vēl var sākties",
        "milestones.start_date milestones.end_date milestones.period milestones.measure_id "
        "measures.title measures.theme measures.eu_funding_eur measures.selection_type milestones.text "
        "measures.source measures.url",
        """SELECT s.start_date, s.end_date, s.period, s.measure_id, m.title, m.theme, m.eu_funding_eur,
            m.selection_type, s.text, m.source, m.url, a.value AS as_of
        FROM milestones AS s JOIN measures AS m USING (source, measure_id) JOIN about AS a ON a.name = 'as_of'
        WHERE m.canonical AND s.kind = 'selection_start'
            AND (a.value IS NULL OR s.end_date >= substr(a.value, 1, 10))
        ORDER BY s.start_date, s.end_date, s.measure_id""",
        {"as_of": _AS_OF},
    ),
    View(
        "timeline",
        "Timeline",
        "Laika līnija",
        "All steps of all measures, each measure once, in order of time",
        "Visu pasākumu visi posmi laika secībā, katrs pasākums vienreiz",
        "milestones.start_date milestones.end_date milestones.period milestones.precision "
        "milestones.kind milestones.measure_id measures.title milestones.text measures.source",
        """SELECT s.start_date, s.end_date, s.period, s.precision, s.kind, s.measure_id, m.title, s.text,
            m.source
        FROM milestones AS s JOIN measures AS m USING (source, measure_id) WHERE m.canonical
        ORDER BY s.start_date, s.end_date, s.measure_id, s.seq""",
        {},
    ),
    View(
        "latest_changes",
        "Latest changes",
        "Jaunākās izmaiņas",
        "What changed on the pages, the newest first, without corrections of spelling",
        "Kas mainījies lapās, jaunākais vispirms, bez pareizrakstības labojumiem",
        "changes.observed_at changes.measure_id changes.kind changes.text_lv changes.text_en "
        "changes.delta_eur changes.delta_days changes.source",
        """SELECT observed_at, measure_id, kind, text_lv, text_en, delta_eur, delta_days, source
        FROM changes WHERE NOT minor ORDER BY observed_at DESC, rowid""",
        {},
    ),
    View(
        "slips",
        "Slips",
        "Termiņu nobīdes",
        "Milestones that moved to a later date, the longest way first",
        "Posmi, kas pārcelti uz vēlāku laiku, lielākā nobīde vispirms",
        "changes.delta_days changes.measure_id measures.title changes.old changes.new "
        "changes.observed_at changes.text_lv changes.text_en changes.source",
        """SELECT c.delta_days, c.measure_id, m.title, c.field AS milestone, c.old, c.new, c.observed_at,
            c.text_lv, c.text_en, c.source
        FROM changes AS c LEFT JOIN measures AS m USING (source, measure_id)
        WHERE c.kind = 'milestone_moved' AND c.delta_days > 0
        ORDER BY c.delta_days DESC, c.observed_at DESC, c.rowid""",
        {"milestone": ("Which step", "Kurš posms")},
    ),
    View(
        "measures_with_contacts",
        "Measures and whom to ask",
        "Pasākumi un kam jautāt",
        "Measures with the officials that the page names for them; no contact where none are published",
        "Pasākumi un lapā norādītās kontaktpersonas; bez tām, ja kontaktpersonas netiek publicētas",
        "measures.measure_id measures.title measures.eu_funding_eur contacts.name contacts.phone "
        "contacts.email measures.source measures.url",
        """SELECT m.measure_id, m.title, m.eu_funding_eur, c.name, c.phone, c.email, m.source, m.url
        FROM measures AS m LEFT JOIN contacts AS c USING (source, measure_id)
        WHERE m.canonical ORDER BY m.rowid, c.seq""",
        {},
    ),
)

"""``metadata.json``: ``datasette pasakumi.sqlite --metadata metadata.json`` explains itself.

Datasette can print units beside numbers, but then rounds them and shortens millions (3.7 MEUR); exact amounts
matter more, so that a column's unit stands in its description. Pure.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from pipeline import schema
from pipeline.headings import TABLE_NAMES, heading, vocabulary
from pipeline.publish.about import DESCRIPTION, NO_LICENCE, TITLE, citation
from pipeline.publish.database import FILE_NAME as DATABASE
from pipeline.publish.database import SEARCH, exact_columns
from pipeline.publish.views import VIEWS
from pipeline.schema import TABLES

if TYPE_CHECKING:
    from pipeline.publish.about import About
    from pipeline.publish.views import View
    from pipeline.schema import Column, Table

FILE_NAME = "metadata.json"
_FACETS = {
    "measures": ["theme", "selection_type", "specific_objective", "source"],
    "funding": ["fund", "qualifier"],
    "milestones": ["kind", "precision"],
    "applicants": ["applicant_type"],
    "links": ["role"],
    "findings": ["severity", "code", "source"],
    "provenance": ["table", "field"],
    "changes": ["kind", "source", "minor"],
    "measure_versions": ["measure_id"],
    "timeline": ["kind", "precision"],
    "starts_next": ["theme", "selection_type"],
    "latest_changes": ["kind"],
    "slips": ["milestone"],
}
_SOURCES = {
    "id": "Kā visu tabulu kolonnā source / As in the column source of every table",
    "title": "Kā lapu sauc / What the page is called",
    "url": "Lapas adrese / Address of the page",
    "publisher": "Kas to publicē / Who publishes it",
    "topic": "Par ko tā ir / What it is about",
    "language": "Valoda, kurā tā rakstīta / The language it is written in",
    "licence": "Ar kādu licenci izmantojami tās teksti / Under which its words may be used",
    "capture": "Saglabātā versija, no kuras nolasītas tabulas / The capture that the tables were read from",
    "captured_at": "Kad tā saglabāta, UTC; tukšs, ja nav zināms / When it was made, UTC; empty where unknown",
}
# What is asked for goes in as quoted words, the last one as the beginning of a word: no word is an operator.
_SEARCH_QUERY = f"""SELECT m.measure_id, m.title, m.theme, m.eu_funding_eur,
    snippet({SEARCH}, -1, '[', ']', '…', 24) AS found, m.source, m.url
FROM {SEARCH} JOIN measures AS m ON m.rowid = {SEARCH}.rowid
WHERE {SEARCH} MATCH '"' || replace(replace(trim(:words), '"', ''), ' ', '" "') || '"*' AND m.canonical
ORDER BY {SEARCH}.rank, m.rowid"""  # noqa: S608 - names of the schema
_QUERIES: dict[str, tuple[str, str, str, str]] = {
    "search": (
        "Search titles and objectives",
        "Meklēt nosaukumos un mērķos",
        "Meklējot diakritiskajām zīmēm nav nozīmes; pēdējais vārds var būt tikai vārda sākums / "
        "Letters with and without diacritics are the same; the last word may be cut short",
        _SEARCH_QUERY,
    ),
    "history": (
        "One measure over time",
        "Viens pasākums laika gaitā",
        "Visas pasākuma versijas pēc tā measure_id / All versions of a measure, by its measure_id",
        """SELECT version, valid_from, valid_to, title, theme, eu_funding_eur, funding_qualifier,
    selection_type, objective, source, capture
FROM measure_versions WHERE measure_id = :measure_id ORDER BY source, version""",
    ),
    "provenance_of": (
        "Where a measure's values stand on the page",
        "Kur lapā atrodamas pasākuma vērtības",
        "Katra vērtība ar vārdiem, no kuriem tā nolasīta / Each value with the words it was read from",
        """SELECT "table", seq, field, text, start, "end", capture, source
FROM provenance WHERE measure_id = :measure_id ORDER BY source, start, "end", "table", seq, field""",
    ),
}


def metadata(about: About) -> dict[str, Any]:
    """The whole description, for Datasette 0.65."""
    described: dict[str, Any] = {
        "title": f"{TITLE['lv']} / {TITLE['en']}",
        "description_html": _introduction(about),
        **_licence(about),
        **_source(about),
    }
    if about.homepage:
        described["about_url"] = about.homepage
    tables: dict[str, Any] = {name: _table(table) for name, table in TABLES.items()}
    tables |= {view.name: _view(view) for view in VIEWS}
    tables["sources"] = {
        "title": "Lapas / Pages",
        "description": "Lapas, no kurām nolasītas tabulas / The pages that the tables were read from",
        "columns": _SOURCES,
        "label_column": "title",
    }
    tables["about"] = {
        "title": "Par datiem / About the data",
        "description": "Kas attiecas uz visu datu kopu / What holds for all of it",
        "columns": {"name": "Kurš fakts / Which fact", "value": "Tā vērtība / Its value"},
        "label_column": "name",
    }
    database = {
        "title": f"{TITLE['lv']} / {TITLE['en']}",
        "description_html": _introduction(about),
        "tables": tables,
        "queries": {name: _query(*query) for name, query in _QUERIES.items()},
    }
    return described | {"databases": {DATABASE.partition(".")[0]: database}}


def _introduction(about: About) -> str:
    """Both languages; everything that sources.toml says is escaped."""
    paragraphs = [DESCRIPTION["lv"], DESCRIPTION["en"], citation(about, "lv"), citation(about, "en")]
    if not about.licences:
        paragraphs.append(f"{NO_LICENCE['lv']} / {NO_LICENCE['en']}")
    return "".join(f"<p>{escape(words)}</p>" for words in paragraphs)


def _licence(about: About) -> dict[str, str]:
    if about.licence and about.licence.startswith(("http://", "https://")):
        return {"license_url": about.licence}
    return {"license": "; ".join(about.licences)} if about.licences else {}


def _source(about: About) -> dict[str, str]:
    named = {"source": ", ".join(about.publishers)}
    if len(about.pages) == 1:
        named["source_url"] = about.pages[0].url
    return {name: value for name, value in named.items() if value}


def _table(table: Table) -> dict[str, Any]:
    names = TABLE_NAMES[table.name]
    described: dict[str, Any] = {
        "title": f"{names.lv} / {names.en}",
        "description": f"{table.lv} / {table.en}",
        "columns": {column.name: _column(table, column) for column in table.columns},
        **({"sort_desc": "observed_at"} if table.name == "changes" else {}),
    }
    described["columns"] |= {
        name: (
            f"{column.name} eiro desmittūkstošdaļās, vesels skaitlis: summējams precīzi / "
            f"{column.name} in ten-thousandths of a euro, a whole number: adds up exactly"
        )
        for name, column in exact_columns(table).items()
    }
    if table.name in _FACETS:
        described["facets"] = _FACETS[table.name]
    if table.name == "measures":
        described["label_column"] = "title"
    return described


def _view(view: View) -> dict[str, Any]:
    taken = (place.split(".") for place in view.taken.split())
    known = {column: _column(TABLES[table], TABLES[table].column(column)) for table, column in taken}
    described: dict[str, Any] = {
        "title": f"{view.title_lv} / {view.title_en}",
        "description": f"{view.lv} / {view.en}",
        "columns": known | {name: f"{lv} / {en}" for name, (en, lv) in view.columns.items()},
    }
    if view.name in _FACETS:
        described["facets"] = _FACETS[view.name]
    return described


def _column(table: Table, column: Column) -> str:
    names = heading(table.name, column.name)
    described = f"{names.lv} / {names.en}: {column.lv} / {column.en}"
    if column.unit and column.unit != schema.EURO:
        described += f" ({column.unit})"
    words = "; ".join(f"{word} = {both.lv} / {both.en}" for word, both in vocabulary(table, column).items())
    return f"{described}. {words}" if words else described


def _query(en: str, lv: str, words: str, sql: str) -> dict[str, str]:
    return {"title": f"{lv} / {en}", "description": words, "sql": sql}

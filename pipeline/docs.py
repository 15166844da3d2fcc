"""The pages of docs/ that are made from the code: ``python -m pipeline.docs [--check]``.

``--check`` writes nothing and exits 1 where a page is not what the code says.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from parsers.findings import ASSUMPTIONS, REGISTRY
from pipeline.headings import TABLE_NAMES, heading, vocabulary
from pipeline.publish.views import VIEWS
from pipeline.schema import DECIMAL, DECIMAL_PRECISION, DECIMAL_SCALE, SCHEMA_VERSION, TABLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pipeline.schema import Column, ForeignKey, Table

FOLDER = Path(__file__).parent.parent / "docs"
_GENERATED = "<!-- Made by `make docs` from {origin}: edit that, not this. -->"


class _Language(NamedTuple):
    """The words of a data dictionary."""

    is_latvian: bool
    columns: tuple[str, ...]
    relation: str
    where: str
    views: tuple[str, ...]
    introduction: str
    database: str


_WORDS = {
    "en": _Language(
        False,
        ("Column", "Heading", "Type", "Values", "Description"),
        "({columns}) names a row of [{table}](#{table}){where}.",
        " where `{}` is given",
        ("View", "Title", "What it answers"),
        """# Data dictionary

Schema version {version}. Columns are added, never renamed: see [versions](using-the-data.md#versions).
In Latvian: [datu-vardnica.md](datu-vardnica.md).

Each table is `output/tables/NAME.csv` and `NAME.parquet`, a table of `output/pasakumi.sqlite` and a sheet of
`output/pasakumi.xlsx`.
CSV: UTF-8, RFC 4180, header, `\\n`, ISO dates, nothing for unknown. Values are those of the page,
also where one begins with `=`: for a spreadsheet, which would take it for a formula, there is the
workbook. A cell of several lines stands in quotation marks.
Parquet: typed as below, times in UTC, zstd.

**Bold** columns are never empty; 🔑 marks the key.""",
        """## In the database

Beside each euro column stands `…_e4`: the same amount in ten-thousandths of a euro, a whole number that
adds up exactly. `sources` has a row for each page (address, publisher, licence, capture), `about` what holds
for all of it (`as_of`: when the newest capture was made). `measures_fts` searches titles and objectives, with
and without diacritics. Views answer what is asked most; their sums count each measure once:""",
    ),
    "lv": _Language(
        True,
        ("Kolonna", "Virsraksts", "Tips", "Vērtības", "Apraksts"),
        "({columns}) norāda uz rindu tabulā [{table}](#{table}){where}.",
        ", ja `{}` ir aizpildīts",
        ("Skats", "Nosaukums", "Uz ko tas atbild"),
        """# Datu vārdnīca

Shēmas versija {version}. Kolonnas tiek pievienotas, bet ne pārdēvētas: skat.
[versijas](using-the-data.md#versions).
Angliski: [data-dictionary.md](data-dictionary.md).

Katra tabula ir fails `output/tables/NOSAUKUMS.csv` un `NOSAUKUMS.parquet`, tabula datubāzē
`output/pasakumi.sqlite` un darblapa darbgrāmatā `output/pasakumi.xlsx`.
CSV: UTF-8, RFC 4180, ar virsrakstu rindu, rindas beigas `\\n`, ISO datumi, nezināma vērtība ir tukša.
Vērtības ir tādas, kādas tās ir lapā, arī tad, ja sākas ar `=`; izklājlapu programmām, kas to uzskatītu par
formulu, paredzēta darbgrāmata. Šūna ar vairākām rindām ir pēdiņās.
Parquet: ar tālāk norādītajiem tipiem, laiki ir UTC, saspiešana zstd.

**Treknrakstā** ir kolonnas, kas nekad nav tukšas; 🔑 apzīmē atslēgu. Tipi: string – teksts, integer – vesels
skaitlis, decimal – precīzs decimālskaitlis, date – datums, datetime – datums un laiks, boolean – patiess vai
nepatiess.""",
        """## Datubāzē

Blakus katrai eiro kolonnai ir `…_e4`: tā pati summa eiro desmittūkstošdaļās, vesels skaitlis, ko var
precīzi saskaitīt. Tabulā `sources` katrai lapai ir rinda (adrese, publicētājs, licence, saglabātā versija),
tabulā `about` – tas, kas attiecas uz visu datu kopu (`as_of`: kad saglabāta jaunākā versija). Ar
`measures_fts` var meklēt nosaukumos un mērķos gan ar diakritiskajām zīmēm, gan bez tām. Skati atbild uz
biežāk uzdotajiem jautājumiem; to summās katrs pasākums skaitīts vienreiz:""",
    ),
}


def data_dictionary(language: str = "en") -> str:
    """All tables, columns and views in a language, "en" or "lv", as Markdown."""
    words = _WORDS[language]
    title, *introduction = words.introduction.format(version=SCHEMA_VERSION).split("\n")
    lines = [title, "", _GENERATED.format(origin="pipeline/schema.py and headings.py"), *introduction]
    for table in TABLES.values():
        lines += ["", *_table(table, words)]
    lines += ["", *words.database.split("\n"), ""]
    views = (
        (f"`{view.name}`", *((view.title_lv, view.lv) if language == "lv" else (view.title_en, view.en)))
        for view in VIEWS
    )
    return "\n".join([*lines, *_grid(words.views, views)]) + "\n"


def findings() -> str:
    """All kinds of finding and all assumptions, as Markdown."""
    kinds = (
        (f"`{code}`", kind.severity, kind.explanation, kind.message, kind.message_lv)
        for code, kind in sorted(REGISTRY.items())
    )
    assumptions = ((f"`{key}`", english, latvian) for key, (english, latvian) in sorted(ASSUMPTIONS.items()))
    lines = [
        "# Findings",
        "",
        _GENERATED.format(origin="parsers/findings.py"),
        "",
        "What looks wrong, contradictory or unknown on a page, or had to be assumed to read it,",
        "is a row of the table `findings`. Words in braces stand for what the page says.",
        "",
        *_grid(("Code", "Severity", "What it means", "Message", "Ziņojums"), kinds),
        "",
        "## Assumptions",
        "",
        "What `assumed` may say of a value:",
        "",
        *_grid(("Key", "In English", "Latviski"), assumptions),
    ]
    return "\n".join(lines) + "\n"


def pages() -> dict[str, str]:
    """The generated pages by file name."""
    return {
        "data-dictionary.md": data_dictionary(),
        "datu-vardnica.md": data_dictionary("lv"),
        "findings.md": findings(),
    }


def main(arguments: Sequence[str]) -> int:
    """Write the pages, or with ``--check`` name those that are out of date; gives the exit code."""
    if arguments not in ([], ["--check"]):
        print("usage: python -m pipeline.docs [--check]", file=sys.stderr)
        return 2
    stale = [name for name, text in pages().items() if _read(FOLDER / name) != text]
    if not arguments:
        for name in stale:
            (FOLDER / name).write_text(pages()[name], encoding="utf-8", newline="\n")
        return 0
    for name in stale:
        print(f"docs/{name}: out of date, `make docs` writes it anew", file=sys.stderr)
    return 1 if stale else 0


def _table(table: Table, words: _Language) -> list[str]:
    names = TABLE_NAMES[table.name]
    name, described = (names.lv, table.lv) if words.is_latvian else (names.en, table.en)
    lines = [f"## {table.name}", "", f"**{name}.** {described}.", ""]
    lines += _grid(words.columns, (_column(column, table, words) for column in table.columns))
    if table.foreign_keys:
        lines += ["", *(_relation(key, words) for key in table.foreign_keys)]
    return lines


def _column(column: Column, table: Table, words: _Language) -> tuple[str, ...]:
    name = f"**{column.name}**" if column.required else column.name
    above = heading(table.name, column.name)
    return (
        f"{name} 🔑" if column.name in table.key else name,
        above.lv if words.is_latvian else above.en,
        _type(column),
        _values(column, table, words),
        column.lv if words.is_latvian else column.en,
    )


def _type(column: Column) -> str:
    name = f"decimal({DECIMAL_PRECISION}, {DECIMAL_SCALE})" if column.type == DECIMAL else column.type
    return f"{name}, {column.unit}" if column.unit else name


def _values(column: Column, table: Table, words: _Language) -> str:
    if column.enum:
        known = vocabulary(table, column)
        told = {word: both.lv if words.is_latvian else both.en for word, both in known.items()}
        return " · ".join(f"`{word}`" if word == said else f"`{word}` {said}" for word, said in told.items())
    if column.pattern:
        return f"`{column.pattern}`"
    return "" if column.minimum is None else f"≥ {column.minimum}"


def _relation(key: ForeignKey, words: _Language) -> str:
    columns = ", ".join(f"`{column}`" for column in key.columns)
    where = words.where.format(key.columns[-1]) if key.optional else ""
    return words.relation.format(columns=columns, table=key.table, where=where)


def _grid(header: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """A Markdown table."""
    lines = [header, ["---"] * len(header), *rows]
    return [f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |" for line in lines]


def _read(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.is_file() else None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

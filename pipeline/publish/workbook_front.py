"""The workbook's first sheet: what it is, as of when, whose words, what each sheet and column holds."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING, Any

from pipeline.headings import TABLE_NAMES, heading, vocabulary
from pipeline.publish.about import DESCRIPTION, NO_LICENCE, TITLE, citation
from pipeline.schema import SCHEMA_VERSION, TABLES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pipeline.publish.about import About
    from pipeline.publish.workbook_looks import Formats
    from pipeline.schema import Column, Table

_WIDTHS = (26, 64, 64, 24, 34)
_LINE = 15
_FILL = 0.93  # how much of a line words fill before they break
_TALLEST = 400
_A4 = 9
_HOW_TO_READ = (
    (
        "Virsraksti / Headings",
        "Katras darblapas pirmajā rindā ir virsraksti, otrajā – kolonnu nosaukumi, kādi tie ir arī citos "
        "failos. Filtri ir otrajā rindā.",
        "The first row of each sheet holds headings, the second the names of the columns as in all other "
        "files. The filters are in the second row.",
    ),
    (
        "Summēšana / Sums",
        "Viens pasākums var būt minēts vairākās tīmekļa lapās. Summējot atlasiet rindas, kurās „Skaitāms "
        "kopsummās” ir patiess: tad nekas netiek skaitīts divreiz.",
        "Several pages may name one measure. For sums take the rows where “canonical” is true: then nothing "
        "counts twice.",
    ),
    (
        "Tukšas šūnas / Empty cells",
        "Vērtība lapā nav norādīta vai nav viennozīmīgi saprotama; nekas nav pieņemts pēc minējuma.",
        "The page does not state the value, or not so that it can be understood; nothing is guessed.",
    ),
    (
        "Neredzamas rakstzīmes / Control characters",
        "Vadības rakstzīmes, ko šūna nevar saturēt, aizstātas ar to attēliem (␀, ␛, ␍). Viss pārējais ir "
        "tā, kā lapā.",
        "Control characters that a cell can't hold stand as their pictures (␀, ␛, ␍). All else is as on the "
        "page.",
    ),
    (
        "Garas šūnas / Long cells",
        "Šūnā ietilpst 32 767 rakstzīmes. Garāks teksts ir nogriezts, un šūnas beigās norādīts, kurā failā "
        "tas ir pilnā apjomā. Skaitļi ar vairāk nekā 15 cipariem ir teksts, lai tie paliktu precīzi.",
        "A cell holds 32,767 characters. A longer text is cut, and the cell's end names the file that has it "
        "whole. Numbers of more than 15 digits are text, so that they stay exact.",
    ),
)
_SHEETS = ("Darblapa / Sheet", "Saturs", "Contents", "Rindas / Rows", "Fails / File")
_PAGES = (
    "Lapa / Page",
    "Publicētājs un tēma / Publisher and topic",
    "Adrese / Address",
    "Saglabāts, UTC / Captured at",
    "Licence",
)
_COLUMNS = ("Darblapa / Sheet", "Kolonna", "Column", "Nosaukums citos failos / Name", "Tips / Type")


def write(sheet: Any, formats: Formats, about: About, counts: Mapping[str, tuple[int, int]]) -> None:
    """Fill the sheet. ``counts``: of each table how many rows it has, and how many its sheet shows."""
    front = _Front(sheet, formats)
    front.title(TITLE["lv"], formats.title)
    front.title(TITLE["en"])
    front.gap()
    for label, latvian, english in _facts(about):
        front.line((label, latvian, english), first=formats.label)
    front.section(("Kā lasīt / How to read", "Latviski", "In English"))
    for line in _HOW_TO_READ:
        front.line(line)
    front.section(_SHEETS)
    for table in TABLES.values():
        rows, shown = counts[table.name]
        count = str(rows) if rows == shown else f"{rows}; redzamas / shown: {shown}"
        name = TABLE_NAMES[table.name].lv
        front.line((name, table.lv, table.en, count, f"tables/{table.name}.csv"), link=name)
    front.section(_PAGES)
    for page in about.pages:
        moment = f"{page.captured_at:%Y-%m-%d %H:%M:%S}" if page.captured_at else "nav zināms / unknown"
        front.line((page.id, page.name, page.url, moment, page.licence or "nav norādīta / none named"))
    front.section(_COLUMNS)
    for table in TABLES.values():
        for column in table.columns:
            front.line(_column(table, column))


class _Front:
    """Lines of text, one below the other; only here rows are as high as their words."""

    def __init__(self, sheet: Any, formats: Formats) -> None:
        self._sheet, self._formats, self._row = sheet, formats, 0
        for place, width in enumerate(_WIDTHS):
            sheet.set_column(place, place, width)
        sheet.hide_gridlines(2)
        sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.fit_to_pages(1, 0)

    def line(
        self, words: Sequence[str], form: Any = None, *, first: Any = None, link: str | None = None
    ) -> None:
        lines = max(ceil(len(one) / (width * _FILL)) for one, width in zip(words, _WIDTHS, strict=False))
        self._sheet.set_row(self._row, min(max(lines, 1) * _LINE + 2, _TALLEST))
        for place, one in enumerate(words):
            if link and place == 0:
                self._sheet.write_url(self._row, 0, f"internal:'{link}'!A1", self._formats.link, one)
            else:
                chosen = first if first and place == 0 else form or self._formats.text
                self._sheet.write_string(self._row, place, one, chosen)
        self._row += 1

    def title(self, words: str, form: Any = None) -> None:
        self._sheet.write_string(self._row, 0, words, form)
        self._row += 1

    def gap(self) -> None:
        self._row += 1

    def section(self, words: Sequence[str]) -> None:
        self.gap()
        self.line(words, self._formats.heading)


def _facts(about: About) -> list[tuple[str, str, str]]:
    moment = f"{about.as_of:%Y-%m-%d %H:%M} UTC" if about.as_of else None
    licence = "; ".join(about.licences)
    return [
        ("Kas tas ir / What it is", DESCRIPTION["lv"], DESCRIPTION["en"]),
        (
            "Stāvoklis / As of",
            f"{moment} (jaunākā saglabātā versija)" if moment else "Saglabāšanas laiks nav zināms",
            f"{moment} (the newest capture)" if moment else "The time of the captures is unknown",
        ),
        ("Licence", licence or NO_LICENCE["lv"], licence or NO_LICENCE["en"]),
        ("Kā atsaukties / How to cite", citation(about, "lv"), citation(about, "en")),
        ("Kontakti / Contact", about.contact or "–", about.contact or "–"),
        ("Shēmas versija / Schema version", SCHEMA_VERSION, SCHEMA_VERSION),
    ]


def _column(table: Table, column: Column) -> tuple[str, ...]:
    words = heading(table.name, column.name)
    known = vocabulary(table, column)
    latvian = "; ".join(f"{word} = {both.lv}" for word, both in known.items())
    english = "; ".join(f"{word} = {both.en}" for word, both in known.items())
    return (
        TABLE_NAMES[table.name].lv,
        f"{words.lv}: {column.lv}" + (f". {latvian}" if latvian else ""),
        f"{words.en}: {column.en}" + (f". {english}" if english else ""),
        column.name,
        f"{column.type}, {column.unit}" if column.unit else column.type,
    )

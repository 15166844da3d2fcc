from __future__ import annotations

import re
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from pyarrow import parquet

from parsers.records import Milestone
from pipeline.headings import TABLE_NAMES, heading
from pipeline.publish import workbook, workbook_rows
from pipeline.publish.about import About, Page
from pipeline.publish.workbook_rows import day, moment, text, truth
from pipeline.publish.workbook_rows import number as number_of
from pipeline.schema import BOOLEAN, DATE, DATETIME, DECIMAL, TABLES
from tests.factories import Capture, Source, State, measure, page
from tests.pipeline.published import write

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

HOSTILE = (
    "=1+1",
    "+1",
    "@SUM(A1)",
    "-2+3",
    "\t=1+1",
    "\r=1",
    '=HYPERLINK("https://evil.example","x")',
    "https://evil.example/",
    "mailto:a@evil.example",
    "internal:'Pasākumi'!A1",
    "00123",
    "1e9",
    "TRUE",
    "{=1+1}",
    "<script>alert(1)</script>&amp;",
    "<r><t>x</t></r>",  # markup to XlsxWriter's own cells (3.3.1)
    "Ā\u202eatsevišķi\u202c\u200b\ufeff",
    "  atstarpes  ",
    "rinda\nrinda",
    "_x0041_",
    "vārds" * 2000,
    "🎉",
)


def opened(path: Path) -> Any:
    import openpyxl

    return openpyxl.load_workbook(path / "pasakumi.xlsx")


def cells(sheet: Any, first: int = 3) -> list[tuple[object, ...]]:
    return [tuple(row) for row in sheet.iter_rows(min_row=first, values_only=True)]


def made(path: Path, rows: Iterable[tuple[str, tuple[object, ...]]], **more: int) -> Any:
    book = workbook.Workbook(path / workbook.FILE_NAME, About(), **more)
    for table, row in rows:
        book.add(table, row)
    book.finish()
    return opened(path)


def applicant(number: int, name: str = "Skola") -> tuple[str, tuple[object, ...]]:
    return "applicants", ("fondi", "9.1.1.1", number, name, "school")


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("output"))


def test_a_sheet_for_each_table_and_one_that_explains(output: Path) -> None:
    names = opened(output).sheetnames
    assert names == ["Par datiem", *(words.lv for words in TABLE_NAMES.values())]
    assert list(TABLE_NAMES) == list(TABLES)


def test_every_value_is_there_in_its_type(output: Path) -> None:
    book = opened(output)
    for name, table in TABLES.items():
        sheet = book[TABLE_NAMES[name].lv]
        assert cells(sheet, 2)[0] == table.header
        assert next(iter(cells(sheet, 1))) == tuple(heading(name, column).lv for column in table.header)
        arrow = parquet.read_table(output / f"tables/{name}.parquet").to_pylist()
        expected = [tuple(_as_cell(value) for value in row.values()) for row in arrow]
        assert cells(sheet) == expected


def _as_cell(value: object) -> object:
    match value:
        case datetime():
            return value.astimezone(UTC).replace(tzinfo=None)
        case date():
            return datetime(value.year, value.month, value.day)  # noqa: DTZ001 - a workbook knows no zones
        case Decimal():
            return int(value) if value == value.to_integral_value() else float(value)
    return value


def test_headings_stay_in_sight_and_filter(output: Path) -> None:
    from openpyxl.utils import get_column_letter

    book = opened(output)
    for name, table in TABLES.items():
        sheet = book[TABLE_NAMES[name].lv]
        assert re.fullmatch("[ABC]3", str(sheet.freeze_panes))
        last = get_column_letter(len(table.columns))
        assert sheet.auto_filter.ref == f"A2:{last}{max(sheet.max_row, 2)}"
        assert all(9 <= sheet.column_dimensions[letter].width <= 64 for letter in ("A", last))
    assert book["Pasākumi"].freeze_panes == "C3"


def test_numbers_and_dates_have_their_formats(output: Path) -> None:
    book = opened(output)
    formats = {DECIMAL: {"#,##0", "#,##0.00##"}, DATE: {"yyyy-mm-dd"}, DATETIME: {"yyyy-mm-dd hh:mm:ss"}}
    for name, table in TABLES.items():
        for row in book[TABLE_NAMES[name].lv].iter_rows(min_row=3):
            for column, cell in zip(table.columns, row, strict=True):
                if cell.value is not None and column.type in formats:
                    assert cell.number_format in formats[column.type]
                if cell.value is not None and column.type == BOOLEAN:
                    assert cell.data_type == "b"


WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12) | st.sampled_from(HOSTILE)
TIMES = st.datetimes(datetime(1900, 3, 1), datetime(9999, 12, 31))  # noqa: DTZ001


@settings(max_examples=40)
@given(
    st.lists(
        st.tuples(
            WORDS.filter(lambda words: not (words.startswith("<r>") and words.endswith("</r>"))),
            st.integers(-(10**15), 10**15),
            st.floats(allow_nan=False, allow_infinity=False),
            TIMES.map(datetime.date),
            TIMES,
            st.booleans(),
        ),
        max_size=4,
    )
)
def test_rows_are_written_as_xlsxwriter_would_write_them(tmp_path_factory, values) -> None:
    folder = tmp_path_factory.mktemp("rows")
    found = []
    for name in ("theirs", "ours"):
        book = xlsxwriter.Workbook(str(folder / name), {"constant_memory": True, "tmpdir": str(folder)})
        sheet, form = book.add_worksheet(), book.add_format({"num_format": "0"})
        sheet.set_default_row(workbook_rows.HEIGHT)
        sheet.write_string(0, 0, "heading", form)
        style, written = workbook_rows.style(form), workbook_rows.Rows(sheet, 1) if name == "ours" else None
        for number, row in enumerate(values, 1):
            put = (
                sheet.write_string,
                *[sheet.write_number] * 2,
                *[sheet.write_datetime] * 2,
                sheet.write_boolean,
            )
            of = (text, number_of, number_of, day, moment, truth)
            if written:
                opening = [f'<c r="{workbook_rows.column(place)}{number + 1}"{style}' for place in range(6)]
                written.add(start + cell(value) for start, cell, value in zip(opening, of, row, strict=True))
            else:
                for place, (write_cell, value) in enumerate(zip(put, row, strict=True)):
                    write_cell(number, place, value, form)
        if written:
            written.finish(6 if values else 1)
        book.close()
        with zipfile.ZipFile(folder / name) as archive:
            found.append(archive.read("xl/worksheets/sheet1.xml"))
    assert found[0] == found[1]


@pytest.mark.parametrize(("place", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")])
def test_columns_have_letters(place: int, letters: str) -> None:
    assert workbook_rows.column(place) == letters


@pytest.mark.parametrize("words", HOSTILE)
def test_words_of_a_page_stay_words(tmp_path: Path, words: str) -> None:
    book = made(tmp_path, [applicant(1, words)])
    cell = book["Projektu iesniedzēji"]["D3"]
    assert cell.data_type in {"s", "inlineStr"}
    assert cell.hyperlink is None
    assert cell.value == words.replace("\r", "\u240d").replace("_x0041_", "_x005F_x0041_")


def test_no_formula_and_no_foreign_link_is_in_the_file(tmp_path: Path) -> None:
    made(tmp_path, [applicant(number, words) for number, words in enumerate(HOSTILE, 1)])
    with zipfile.ZipFile(tmp_path / "pasakumi.xlsx") as archive:
        for name in archive.namelist():
            text = archive.read(name).decode()
            assert "<f>" not in text
            assert 'TargetMode="External"' not in text


def test_characters_that_xml_cannot_hold_are_shown(tmp_path: Path) -> None:
    words = "a\x00b\x1bc\x7fd\x0be\ufffe\uffff"
    value = made(tmp_path, [applicant(1, words)])["Projektu iesniedzēji"]["D3"].value
    assert value.startswith("a␀b␛c␡d␋e")


def test_a_page_with_hostile_words_makes_a_workbook(tmp_path: Path) -> None:
    title = "".join(HOSTILE) + "\x00\x01"
    write(tmp_path, [State(Source(), Capture(), page(measure(title=title)))])
    value = opened(tmp_path)["Pasākumi"]["G3"].value
    assert value.endswith("🎉␀␁")


@pytest.mark.parametrize("words", ["ā" * 40_000, "🎉" * 30_000, "ā" * 32_000 + "🎉" * 400, "ab🎉" * 20_000])
def test_a_cell_too_long_says_where_the_rest_is(words: str) -> None:
    cut = workbook.cell_text(words, "tables/measures.csv")
    assert len(cut.encode("utf-16-le")) // 2 <= workbook.MOST_CHARACTERS
    assert len(cut.encode("utf-16-le")) // 2 > workbook.MOST_CHARACTERS - 4
    kept, _, note = cut.partition(" … [")
    assert words.startswith(kept)
    assert note == f"{len(words)} rakstzīmes; viss teksts failā / whole text in tables/measures.csv]"


@pytest.mark.parametrize("words", ["ā" * 32_767, "🎉" * 16_383, "a"])
def test_a_cell_that_fits_is_whole(words: str) -> None:
    assert workbook.cell_text(words, "x") == words


@pytest.mark.parametrize(("rows", "shown"), [(0, 0), (1, 1), (7, 7), (8, 8), (9, 7), (10, 7), (100, 7)])
def test_a_full_sheet_says_where_the_rest_is(tmp_path: Path, rows: int, shown: int) -> None:
    book = made(tmp_path, [applicant(number) for number in range(1, rows + 1)], most_rows=10)
    sheet = book["Projektu iesniedzēji"]
    assert sheet.max_row <= 10
    numbers = [row[2] for row in cells(sheet) if row[2] is not None]
    assert numbers == list(range(1, shown + 1))
    front = [row for row in cells(book["Par datiem"], 1) if row[0] == "Projektu iesniedzēji"]
    if rows > shown:
        note = str(sheet["A10"].value)
        assert f"vēl {rows - shown} rindas ir failā tables/applicants.csv" in note
        assert front[0][3] == f"{rows}; redzamas / shown: {shown}"
    else:
        assert front[0][3] == str(rows)


def test_numbers_that_a_cell_cannot_hold_exactly_are_text(tmp_path: Path) -> None:
    exact, beyond = Decimal("99999999999.9999"), Decimal("99999999999999.9999")
    rows = [
        ("funding", ("fondi", "9.1.1.1", number, "total", one, None, "exact", None))
        for number, one in enumerate((exact, beyond), 1)
    ]
    sheet = made(tmp_path, rows)["Finansējums"]
    assert Decimal(str(sheet["E3"].value)) == exact
    assert sheet["E4"].value == str(beyond)


def test_a_date_before_there_are_dates_is_text(tmp_path: Path) -> None:
    old = date(1850, 1, 1)
    one = Milestone("completion", "1850-01-01", "day", old, old, "1850. gads")
    moment = datetime(1890, 1, 1, tzinfo=UTC)
    write(tmp_path, [State(Source(), Capture("c", moment), page(measure(milestones=(one,))))])
    assert opened(tmp_path)["Laika grafiks"]["G3"].value == "1850-01-01"


def test_the_first_sheet_says_what_one_needs(output: Path) -> None:
    words = "\n".join(str(cell) for row in cells(opened(output)["Par datiem"], 1) for cell in row if cell)
    for said in (
        "ES fondu atbalsta pasākumi Latvijā", "2025-03-01 06:30 UTC", "CC-BY-4.0",
        "Paraugministrija: paraugi",
        "https://ministry.example/lv/fondi", "data@operator.example", "Kā atsaukties", "tables/measures.csv",
        "eu_funding_eur", "municipality = pašvaldība",
    ):  # fmt: skip
        assert said in words
    for table in TABLES.values():
        assert all(column.lv in words and column.en in words for column in table.columns)


def test_the_first_sheet_leads_to_the_others_and_nowhere_else(output: Path) -> None:
    links = [
        one.hyperlink for row in opened(output)["Par datiem"].iter_rows() for one in row if one.hyperlink
    ]
    assert [link.location for link in links] == [f"'{words.lv}'!A1" for words in TABLE_NAMES.values()]
    assert not any(link.target for link in links)


def test_words_of_the_settings_stay_words_too(tmp_path: Path) -> None:
    one = Page("a", "https://a.example/", "=1+1", "@x", "lv", "+CC", Source().every, "c", None)
    book = workbook.Workbook(tmp_path / workbook.FILE_NAME, About((one,), "=2"))
    book.finish()
    assert all(one.data_type != "f" for row in opened(tmp_path)["Par datiem"].iter_rows() for one in row)


def test_the_same_states_give_the_same_bytes_with_the_newest_capture_as_their_time(tmp_path: Path) -> None:
    first, second = (write(tmp_path / name) / "pasakumi.xlsx" for name in ("a", "b"))
    assert first.read_bytes() == second.read_bytes()
    assert opened(tmp_path / "a").properties.created == datetime(2025, 3, 1, 6, 30)  # noqa: DTZ001


def test_a_workbook_that_cannot_be_written_is_an_oserror(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="No such file"):
        workbook.Workbook(tmp_path / "no" / "such", About())
    book = workbook.Workbook(tmp_path / workbook.FILE_NAME, About())
    (tmp_path / workbook.FILE_NAME).mkdir()
    with pytest.raises(OSError, match=r"pasakumi\.xlsx"):
        book.finish()

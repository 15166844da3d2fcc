"""Plain text -> Blocks: lines, tables by tabs, bullets, marks of Markdown, lines broken at a width."""

import pytest

from parsers.blocks import layout
from parsers.decoding import decode
from parsers.page import parse_page


def lines(text):
    laid = layout(decode(text), None)
    return [(block.kind, laid.text[block.start : block.end]) for block in laid.blocks]


def only_block(text):
    (block,) = layout(decode(text), None).blocks
    return block


def test_each_line_is_a_block_with_single_spaces():
    assert lines("  Mērķis:\xa0 \n\n\n viens  divi\u200b ") == [
        ("paragraph", "Mērķis:"),
        ("paragraph", "viens divi"),
    ]


@pytest.mark.parametrize("bullet", ["•", "▪", "–", "-", "·", "✓", "\uf0b7"])
def test_a_bullet_makes_an_item_and_is_no_word_of_it(bullet):
    assert lines(f"{bullet} pašvaldības") == [("item", "pašvaldības")]


@pytest.mark.parametrize("line", ["-20 % no summas", "—", "•"])
def test_no_bullet(line):
    assert all(kind != "item" for kind, _ in lines(line))


def test_a_numbered_line_is_an_item_with_its_number():
    assert lines("a) skolas\n12) muzeji\n123) arhīvi") == [
        ("item", "a) skolas"),
        ("item", "12) muzeji"),
        ("paragraph", "123) arhīvi"),
    ]


def test_tabs_part_the_cells_of_a_row():
    laid = layout(decode("Mērķis\tMācību vide\nFinansējums\t100 euro\n\nRīga"), None)
    places = [(block.table, block.row, block.column) for block in laid.blocks]
    assert places == [(0, 0, 0), (0, 0, 1), (0, 1, 0), (0, 1, 1), (-1, -1, -1)]


def test_a_line_without_tabs_goes_on_with_the_last_cell_of_the_row_above():
    laid = layout(decode("Iesniedzēji\tskolas\n• muzeji\n"), None)
    assert [(block.kind, block.row, block.column) for block in laid.blocks] == [
        ("cell", 0, 0),
        ("cell", 0, 1),
        ("item", 0, 1),
    ]


def test_markdown_says_heading_and_emphasis():
    laid = layout(decode("## Tēma ##\n**Mērķis:** vide\n---\nbeigas"), None)
    assert laid.text == "Tēma\nMērķis: vide\nbeigas"
    heading, label, _ = laid.blocks
    assert (heading.kind, heading.level) == ("heading", 2)
    assert laid.text[label.start : label.bold] == "Mērķis:"


def test_stars_of_a_footnote_are_no_emphasis():
    assert lines("* ieskaitot elastības finansējumu") == [("paragraph", "* ieskaitot elastības finansējumu")]


def test_lines_broken_at_a_width_are_joined():
    long = [
        "Pasākuma mērķis ir sekmēt visu skolēnu prasmes un",
        "attīstīt mācību vidi visās valsts skolās, tāpat kā",
    ]
    text = "\n".join([*long, "arī muzejos.", "", "Finansējums: 100 euro"])
    assert [words for _, words in lines(text)] == [" ".join([*long, "arī muzejos."]), "Finansējums: 100 euro"]


def test_short_lines_stay_apart():
    assert len(lines("skolas\nmuzeji\narhīvi")) == 3


def places(text):
    laid = layout(decode(text), None)
    return {(block.row, block.column): laid.text[block.start : block.end] for block in laid.blocks}


@pytest.mark.parametrize(
    "text",
    [
        "| Mērķis | vide |\n|---|:---:|\n| Atlase | **atklāta** |",
        "Mērķis | vide\n--- | ---\nAtlase | atklāta",
        "+--------+---------+\n| Mērķis | vide    |\n+========+=========+\n| Atlase | atklāta |\n+---+---+",
        "|Mērķis|vide|\n|Atlase|atklāta|",
    ],
)
def test_a_table_drawn_with_bars(text):
    assert places(text) == {(0, 0): "Mērķis", (0, 1): "vide", (1, 0): "Atlase", (1, 1): "atklāta"}


def test_an_empty_cell_between_bars_keeps_its_column():
    assert places("| a | | c |\n| --- | --- | --- |\n| | e | f \\| g |") == {
        (0, 0): "a", (0, 2): "c", (1, 1): "e", (1, 2): "f | g",
    }  # fmt: skip


@pytest.mark.parametrize(
    "line", ["Sākums | Par mums | Kontakti", "Finansējums: 5 euro | Atlase: atklāta", "| viena zīme"]
)
def test_bars_in_a_line_by_itself_draw_no_table(line):
    assert lines(f"{line}\ncita rinda") == [("paragraph", line), ("paragraph", "cita rinda")]


def test_signs_that_markdown_escapes():
    assert lines("3 697 500\\*\n\\* ieskaitot 2\\. daļu") == [
        ("paragraph", "3 697 500*"),
        ("paragraph", "* ieskaitot 2. daļu"),
    ]


def test_markdown_with_breaks_and_links_is_text():
    page = parse_page(
        "## 4.2.1.5. Vide\n\n| Lauks | Saturs |\n|---|---|\n| Iesniedzēji | biedrības<br>skolas |\n"
        "| Saistošie dokumenti | [šeit](https://b.lv/x), [kritēriji](https://b.lv/y) |\n"
        "| Atlase | atklāta |\n"
    )
    (measure,) = page.measures
    assert page.media == "text"
    assert [each.name for each in measure.applicants] == ["biedrības", "skolas"]
    assert [(link.text, link.url) for link in measure.links] == [
        ("šeit", "https://b.lv/x"),
        ("kritēriji", "https://b.lv/y"),
    ]

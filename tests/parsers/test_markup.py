"""HTML -> Blocks: what a reader sees, whatever markup makes it."""

import pytest

from parsers.markup import read_tree, tree_of
from tests.growth import is_linear


def read_html(source, url):
    return read_tree(tree_of(source), url)


def lines(html):
    laid = read_html(html, "https://www.example.org/a/b")
    return [laid.text[block.start : block.end] for block in laid.blocks]


def shown(html):
    laid = read_html(html, None)
    return [(block.kind, block.level, laid.text[block.start : block.end]) for block in laid.blocks]


def cells(html):
    laid = read_html(html, None)
    return {(block.row, block.column): laid.text[block.start : block.end] for block in laid.blocks}


def bold(html):
    laid = read_html(html, None)
    return [laid.text[block.start : block.bold] for block in laid.blocks]


def test_elements_part_lines_and_inline_ones_do_not():
    assert lines("<div>a<span>b</span> <i>c</i><p>d</p>e<br>f</div>") == ["ab c", "d", "e", "f"]


def test_an_element_of_a_sites_own_parts_lines_and_one_of_word_does_not():
    assert lines("<my-card>a</my-card><x-y>b</x-y><p>c<o:p>d</o:p></p>") == ["a", "b", "cd"]


def test_headings_items_and_terms():
    html = "<h3>T</h3><ul><li>a<ul><li>b</li></ul></li></ul><details><summary>s</summary>t</details>"
    assert shown(html) == [
        ("heading", 3, "T"),
        ("item", 1, "a"),
        ("item", 2, "b"),
        ("term", 0, "s"),
        ("paragraph", 0, "t"),
    ]


def test_printed_bullets_make_items():
    assert shown("<p>• a<br>– b</p><p>c • d</p>") == [
        ("item", 1, "a"),
        ("item", 1, "b"),
        ("paragraph", 0, "c"),
        ("paragraph", 0, "d"),
    ]


def test_cells_beside_one_that_reaches_over_rows_and_columns():
    html = "<table><tr><td rowspan=2 colspan=2>a<td>b<tr><td>c<tr><td>d<td>e<td>f</table>"
    assert cells(html) == {(0, 0): "a", (0, 2): "b", (1, 2): "c", (2, 0): "d", (2, 1): "e", (2, 2): "f"}


@pytest.mark.parametrize("absurd", ["0", "-3", "99999", "²", "x", ""])
def test_absurd_spans_are_one(absurd):
    html = f'<table><tr><td rowspan="{absurd}" colspan="{absurd}">a<td>b<tr><td>c</table>'
    assert cells(html) == {(0, 0): "a", (0, 1): "b", (1, 0): "c"}


def test_a_table_within_a_cell_is_another_table():
    laid = read_html("<table><tr><td>a<table><tr><td>b</table></td><td>c</table>", None)
    assert [(block.table, block.row, block.column) for block in laid.blocks] == [
        (0, 0, 0),
        (1, 0, 0),
        (0, 0, 1),
    ]


def test_a_definition_list_is_a_table_of_two_columns():
    laid = read_html("<dl><dt>a<dd>b<dd>c<dt>d<dd>e</dl>", None)
    assert [(block.kind, block.row, block.column) for block in laid.blocks] == [
        ("term", 0, 0),
        ("definition", 0, 1),
        ("definition", 0, 1),
        ("term", 1, 0),
        ("definition", 1, 1),
    ]


def test_emphasis_in_pieces_is_one():
    assert bold("<p><b>Mēr</b><strong>ķis </strong> <b>ir</b> vide</p>") == ["Mērķis ir"]


def test_emphasis_in_the_middle_opens_nothing():
    assert bold("<p>vide <b>laba</b></p>") == [""]


def test_emphasised_label_in_the_middle_begins_a_line():
    assert lines("<p><b>Mērķis:</b> vide <b>Atlase</b>: atklāta</p>") == ["Mērķis: vide", "Atlase: atklāta"]


def test_emphasis_goes_on_over_a_line_break():
    assert bold("<p><b>a<br>b</b> c</p>") == ["a", "b"]


def test_raised_digits_stay_apart_from_the_number():
    assert lines("<p>42 248 895<sup>1</sup></p>") == ["42 248 895¹"]


def test_words_struck_out_are_left_out_within_their_line():
    laid = read_html("<p>no <s>2024</s><del>2025</del> 2026. gada</p>", None)
    assert laid.text == "no 2026. gada"
    assert laid.left_out == 8


@pytest.mark.parametrize(
    "noise",
    [
        "<nav>x</nav>",
        "<footer>x</footer>",
        "<div role=banner>x</div>",
        "<div class='cookie-bar'>x</div>",
        "<ul id=breadcrumb><li>x</ul>",
        "<button>x</button>",
        "<script>x</script>",
        "<a href='#top'>Uz augšu</a>",
        "<div><p>Vai noderēja?</p><p><button>Jā</button><button>Nē</button></p></div>",
    ],
)
def test_what_is_no_content_is_left_out(noise):
    assert lines(f"<p>{'vide ' * 60}</p>{noise}") == [("vide " * 60).strip()]


def test_a_question_with_one_button_and_one_that_opens_a_panel_are_content():
    shown = "<button aria-expanded=false>{}</button>"
    assert lines("<main><div><p>Vai tā?</p><button>Jā</button></div></main>") == ["Vai tā?"]
    opening = f"<div><p>Vai tā?</p>{shown.format('Jā')}{shown.format('Nē')}</div>"
    assert lines(f"<main>{opening}</main>") == ["Vai tā?", "Jā", "Nē"]


def test_a_class_named_like_noise_around_the_content_leaves_it():
    assert lines("<div class=search><p>4.2.1.1. pasākums</p></div><p>x</p>") == ["4.2.1.1. pasākums", "x"]


def test_header_of_an_article_is_content():
    assert lines("<article><header>a</header><p>b</p></article>") == ["a", "b"]


def test_only_the_main_element_is_read_unless_the_codes_stand_outside():
    words = "vide " * 60
    assert lines(f"<p>x</p><main>{words}</main>") == [words.strip()]
    assert "4.2.1.1." in lines(f"<p>4.2.1.1.</p><main>{words}</main>")


def test_the_button_of_a_panel_is_a_term():
    assert shown("<button aria-expanded=false>x</button><div>a</div>")[0] == ("term", 0, "x")


def test_words_of_a_tab_stand_over_its_panel():
    html = (
        "<ul><li><a href='#p1'>4.2.1.1. pasākums</a><li><a href='#p2'>4.2.1.2. pasākums</a></ul>"
        "<div id=p1>a</div><div id=p2><p>4.2.1.2. b</p></div>"
    )
    assert lines(html)[2:] == ["4.2.1.1. pasākums", "a", "4.2.1.2. b"]


def test_links_are_absolute_and_placed_on_their_words():
    laid = read_html(
        "<p>Skat.  <a href='../c?d=1'> šeit  vai</a> tur <a href='#x'>y</a></p>", "https://e.org/a/b"
    )
    (anchor,) = laid.anchors
    assert laid.text[anchor.start : anchor.end] == "šeit vai"
    assert anchor.href == "https://e.org/c?d=1"


def test_a_link_over_two_lines_is_two():
    laid = read_html("<a href='http://e.org/'>a<br>b</a>", None)
    assert [laid.text[anchor.start : anchor.end] for anchor in laid.anchors] == ["a", "b"]


def test_an_address_that_is_none_stands_as_written():
    assert read_html("<a href='http://['>a</a>", "https://e.org").anchors[0].href == "http://["


@pytest.mark.parametrize(
    "invisible", ["&shy;", "\u200b", "&#8203;", "&#x200B;", "&zwnj;", "\ufeff", "&#173;"]
)
def test_invisible_characters_are_taken_out(invisible):
    assert lines(f"<p>pasā{invisible}kums</p>") == ["pasākums"]


def test_markup_nested_deeper_than_lxml_reads_keeps_its_words():
    laid = read_html("<div>" * 4000 + "<p>dziļi</p>" + "</div>" * 4000, None)
    assert laid.text == "dziļi"
    assert laid.repaired


def test_title_and_language_of_the_document():
    laid = read_html("<html lang=lv><head><title> ES \n fondi</title></head><body>a</body></html>", None)
    assert (laid.title, laid.language, laid.text) == ("ES fondi", "lv", "a")


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<div><small>Finansējums</small><strong>100 eiro</strong></div>", ["Finansējums", "100 eiro"]),
        (
            "<p><span>Atlases veids</span><span>atklāta</span></p><p><em>Mērķis</em>Mācību vide</p>",
            ["Atlases veids", "atklāta", "Mērķis", "Mācību vide"],
        ),
        (
            "<div>Projektu iesniedzēji<b>Skolas</b><span>Atlases veids</span><b>atklāta</b></div>",
            ["Projektu iesniedzēji", "Skolas", "Atlases veids", "atklāta"],
        ),
        (
            "<a href='/x'><span>Atlases uzsākšana</span><span>2025. gada maijs</span></a>",
            ["Atlases uzsākšana", "2025. gada maijs"],
        ),
        (
            "<p><span>Projektu iesniegšanas sākums</span><span>plānots 2025. gada maijā</span></p>",
            ["Projektu iesniegšanas sākums", "plānots 2025. gada maijā"],
        ),
    ],
)
def test_a_label_that_touches_its_value_is_a_line_of_its_own(html, expected):
    assert lines(html) == expected


@pytest.mark.parametrize(
    "html",
    [
        "<p><b>Finansējum</b>a saņēmēji</p>",
        "<p><b>Finansējum</b><b>s</b>: 100 eiro</p>",
        "<p><span>Finansējums</span><sup>1</sup></p>",
        "<p><b>P</b>rojektu <i>iesniedzēji</i>, kas</p>",
        "<p>4.2.1.1. <b>Pasākums</b><span>„Skolas”</span></p>",
        "<p>Atlases uz<b>sākšana</b></p>",
        "<p><span>Projektu iesnie</span><span>gumu atlase</span></p>",
        "<p><span>Inform</span><span>atīvais seminārs</span></p>",
        "<p><b>MĒRĶ</b><b>A GRUPA</b></p>",
        "<p>Kopējais <i>finansējums</i><span> ir 100</span></p>",
        # Sentences that tell of a step, a word of each in two elements.
        "<p>Projektu īsteno visā <span>Latvi</span><span>jas</span> teritorijā.</p>",
        "<p>Augstskolas, kas īsteno <i>profesi</i><i>onālās</i> programmas</p>",
        "<p>Atbalsts ieviešanai <b>nepiecieš</b>amajiem pasākumiem</p>",
        "<p>Projektus <b>īstenos</b>, ja tos <span>piesai</span><span>stīs</span> partneri</p>",
    ],
)
def test_words_that_touch_otherwise_stay_in_their_line(html):
    assert len(lines(html)) == 1


def test_time_is_linear_where_every_word_is_an_element_of_its_own():
    words = "<b>Mērķis</b><i>Vide</i>"
    assert is_linear(lambda count: read_html(f"<p>{words * count}</p>", None), 10_000)


def test_a_link_within_an_object_without_data_is_content():
    assert lines('<p>Zīle, <object height="0"><a href="mailto:a@b.lv">a@b.lv</a></object></p>') == [
        "Zīle, a@b.lv"
    ]
    assert lines('<p>Zīle<object data="x.swf">Jūsu pārlūks to nerāda</object></p>') == ["Zīle"]


def test_labels_on_tabs_stand_over_their_panels():
    tabs = (
        '<ul><li><a href="#a">Finansējums</a></li><li><a href="#b">Kontakti</a></li></ul>'
        '<div id="a"><p>100 euro</p></div><div id="b"><p>Kontakti</p><p>67047871</p></div>'
    )
    assert lines(tabs) == ["Finansējums", "Kontakti", "Finansējums", "100 euro", "Kontakti", "67047871"]


@pytest.mark.parametrize(
    "html",
    [
        "<p>a</p><p hidden>b</p>",
        "<p>a</p><p style='color: red; DISPLAY:none'>b</p>",
        "<p>a<span style='visibility: hidden'>b</span></p>",
        "<p>a<span style='text-decoration: underline line-through'>b</span></p>",
        "<p>a</p><div class='d-none d-print-block'>b</div>",
        "<p>1.2.3.4. a</p><div class='print-only'>1.2.3.4. b</div><div hidden>c<p hidden>d</p></div>",
        "<h2>a</h2><div hidden>Finansējums: 5</div><div></div>",
        "<h2>a 1.2.3.4.</h2><p>a</p><div hidden>1.2.3.4.</div>",
        "<p>a</p><div hidden>c</div><a href='/a'>a</a>",
        "<p>a</p><p hidden><b>Finansējums:</b> 5</p><p>a</p>",
    ],
)
def test_what_a_page_does_not_show_is_left_out(html):
    assert {word for line in lines(html) for word in line.split()} <= {"a", "1.2.3.4."}
    assert read_html(html, None).left_out > 0


def test_fields_that_are_seen_beside_are_hidden_for_good():
    fields = "<p><b>Finansējums:</b> {}</p><p><b>Kontakti:</b> {}</p>"
    old, new = fields.format("5 EUR", "b"), fields.format("6 EUR", "a")
    kept = lines(f"<h4>a</h4>{new}<div hidden>{old}</div>")
    assert kept == ["a", "Finansējums: 6 EUR", "Kontakti: a"]
    assert len(lines(f"<h4>a</h4>{new}<h4>c</h4><p>d</p><div hidden>{old}</div>")) == 7


@pytest.mark.parametrize(
    "html",
    [
        "<h2>a</h2><div hidden>b</div>",
        "<button>a</button><div style='display:none'>b</div><button>c</button><div hidden>d</div>",
        "<div><p>1.2.3.4. a</p></div><div style='display:none'>b</div>",
        "<a href='#x'>a</a><p>c</p><div id=x hidden>b</div>",
        "<p data-tab=x>a</p><p>c</p><div id=x hidden>b</div>",
        "<p>1.2.3.4. a</p><p hidden>1.2.3.5. b</p>",
        "<ul><li>a</li><li>c</li></ul><div class=t>d</div><div class=t hidden>b</div>",
        "<p>a</p><div hidden='until-found'>b</div>",
        "<p>a</p><div style='background:none'>b</div>",
        "<p>a</p><div class='d-none'>b</div>",
        "<p>a</p><div hidden>b</div><a href='#'>Lasīt vairāk</a>",
        "<p>a</p><div hidden>b</div><p class=more><button>+</button></p><p>c</p>",
        "<p>a</p><p><a href='javascript:void(0)'>Vairāk</a></p><div hidden>b</div><p>c</p>",
        "<p>a</p><div hidden><p><b>Finansējums:</b> 5 EUR</p><p><b>Kontakti:</b> b</p></div><p>c</p>",
    ],
)
def test_what_can_be_opened_or_stands_nowhere_else_is_content(html):
    assert any(line.endswith("b") for line in lines(html))


def test_a_cell_that_is_struck_out_keeps_its_place():
    html = "<table><tr><td>a<td style='text-decoration:line-through'>b<td>c</table>"
    assert cells(html) == {(0, 0): "a", (0, 2): "c"}

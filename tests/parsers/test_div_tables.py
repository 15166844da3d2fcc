"""Rows and cells that only style makes, and what only looks like them."""

import pytest

from parsers.markup import read_tree, tree_of
from parsers.page import parse_page

HEAD = "<div><div>Pasākums</div><div>Finansējums</div><div>Iesniedzējs</div></div>"
ROW = "<div><div>4.2.1.{n}. Vide</div><div>{n} milj. EUR</div><div>Skolas</div></div>"


def cells(html):
    laid = read_tree(tree_of(html), None)
    return [block for block in laid.blocks if block.table >= 0]


def codes(html):
    return [measure.code for measure in parse_page(html).measures]


@pytest.mark.parametrize(
    "html",
    [
        f"<div>{HEAD}{ROW.format(n=1)}{ROW.format(n=2)}</div>",
        f"<main><h2>Tabula</h2>{HEAD}{ROW.format(n=1)}{ROW.format(n=2)}<p>Pēc tam.</p></main>",
        f"<div><div>{HEAD}</div><div>{ROW.format(n=1)}{ROW.format(n=2)}</div></div>",
        f"<section><div>{HEAD}{ROW.format(n=1)}{ROW.format(n=2)}</div></section>",
    ],
)
def test_rows_below_a_row_of_labels(html):
    assert codes(html) == ["4.2.1.1", "4.2.1.2"]
    assert [measure.eu_funding_eur for measure in parse_page(html).measures] == [1_000_000, 2_000_000]


def test_cells_that_follow_one_another_in_a_grid():
    row = "<div>4.2.1.{n}. Vide</div><div>{n} milj. EUR</div>"
    html = f"<div><div>Pasākums</div><div>Finansējums</div>{row.format(n=1)}{row.format(n=2)}</div>"
    assert codes(html) == ["4.2.1.1", "4.2.1.2"]


def test_roles_make_a_table_of_any_element():
    html = (
        "<span role=table><span role=row><i role=columnheader>a</i><i role=columnheader>b</i></span>"
        "<span role=row><i role=cell>c</i><i role=cell>d</i></span></span>"
    )
    assert [(each.row, each.column) for each in cells(html)] == [(0, 0), (0, 1), (1, 0), (1, 1)]


def test_pairs_of_label_and_value():
    pair = "<div><div>{}</div><div>{}</div></div>"
    html = pair.format("Finansējums", "5") + pair.format("Iesniedzējs", "b") + pair.format("Uzraugs", "c")
    assert [(each.row, each.column) for each in cells(f"<div>{html}</div>")] == [
        *((0, 0), (0, 1), (1, 0), (1, 1), (2, 0), (2, 1))
    ]


@pytest.mark.parametrize(
    "html",
    [
        # One pair alone, pairs of no known label, words beside the cells, headings, links.
        "<div><div>Finansējums</div><div>5</div></div><p>a</p>",
        "<div><div>a</div><div>b</div></div><div><div>c</div><div>d</div></div>",
        "<div>x<div>Finansējums</div><div>5</div></div><div><div>Mērķis</div>y<div>b</div></div>",
        "<div><h3>Finansējums</h3><div>5</div></div><div><h3>Mērķis</h3><div>b</div></div>",
        "<div><div>4.2.1.1. a</div><div>b</div></div><div><div>4.2.1.2. c</div><div>d</div></div>",
        f"<div>{HEAD}</div>",
        f"<div>{HEAD}<div><div>a</div><div>b</div><div>c</div></div></div>",
        f"<div>{HEAD}<div><div>4.2.1.1. a</div><div>b</div></div></div>",
        "<ul><li>Finansējums</li><li>Mērķis</li></ul><ul><li>4.2.1.1. a</li></ul>",
        "<p role=row>a</p>",
    ],
)
def test_what_is_no_table(html):
    assert cells(html) == []


def test_an_element_whose_name_a_broken_page_gave_stays_what_it_is():
    page = "<div role=table><div role=row><span<>a</span<><i role=cell>b</i></div></div>"
    assert parse_page(page, None).text.split() == ["a", "b"]

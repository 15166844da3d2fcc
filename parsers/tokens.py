"""Blocks -> tokens: what each line of a page is, by its words and place, before any measure is known.

A token is a title (a line that opens with a measure's code), a misprint (the same with a code that cannot be
read), a round, a label, a text (the words of a
value or of the page), a footnote, a heading, or a break (a table ends, and with it the field at hand).
What is ``astray`` is of one of several measures, and nobody can say of which; what is ``dealt`` is of the one
that it names, below a label that is ``dealing``.
Around a table of rounds stand ``rounds`` and ``common``: what follows it is of all of them again.
"""

from __future__ import annotations

from collections.abc import Sequence

from parsers.captions import before_values
from parsers.dealt import deal
from parsers.grids import Grid, grids
from parsers.layouts import Layout
from parsers.line_tokens import line_tokens
from parsers.records import Block
from parsers.steps import mark_steps
from parsers.styles import Styles
from parsers.table_tokens import ORDINAL, record_tokens, table_line, tables_tokens
from parsers.token import Token


def tokenize(layout: Layout) -> list[Token]:
    """The tokens of a page, in reading order; a table with a row a measure is read row by row."""
    text, blocks = layout.text, layout.blocks
    tables = grids(layout)
    tokens: list[Token] = []
    done: set[int] = set()
    for index, block in enumerate(blocks):
        table = tables.get(block.table) if block.table >= 0 else None
        if table is None:
            first_cell = block.kind == "item" and _heads_list(blocks, index)
            tokens += line_tokens(text, block, index, first_cell=first_cell)
        elif table.parts:
            if table.number not in done:
                done.add(table.number)
                tokens += tables_tokens(layout, table)
        elif not table.records:
            tokens += table_line(layout, block, index, table)
        elif table.number not in done:
            done.add(table.number)
            tokens += record_tokens(layout, table)
    _mark_years(tables, tokens)
    marked = Styles(layout, tables, mark_steps(text, before_values(text, tokens), blocks)).marked()
    return deal(layout, marked)


def _mark_years(tables: dict[int, Grid], tokens: list[Token]) -> None:
    """A year above a chart is read with its steps, and is none itself."""
    years = {table.chart.year for table in tables.values() if table.chart is not None} - {-1}
    for index, token in enumerate(tokens) if years else ():
        if token.block in years and token.kind == "text":
            tokens[index] = token._replace(kind="label", hit=ORDINAL)


def _heads_list(blocks: Sequence[Block], index: int) -> bool:
    """Of an item: a list of its own is below it."""
    following = blocks[index + 1] if index + 1 < len(blocks) else None
    return following is not None and following.kind == "item" and following.level > blocks[index].level

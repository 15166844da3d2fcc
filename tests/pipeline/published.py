"""An output/ made of pages by hand, and what a reader of its database asks."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from pipeline import tables
from tests.factories import Capture, Source, State, full_page, page

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

PERSON = "Ieva Paraudziņa"
CONTACT = "data@operator.example"
STATES = (
    State(Source("page-one", licence="CC-BY-4.0"), Capture("capture-1"), full_page()),
    State(Source("page-two", licence="CC-BY-4.0"), Capture("capture-2", None), full_page("Jānis Cits")),
    State(
        Source("overview", publisher="", topic="", licence="CC-BY-4.0"),
        Capture("capture-3"),
        page(text="Nekā"),
    ),
)


def write(output: Path, states: Sequence[State] = STATES, **more: object) -> Path:
    tables.write(output, states, inputs="one", contact=CONTACT, **more)  # type: ignore[arg-type]
    return output


def ask(output: Path, query: str, *values: object) -> list[tuple[object, ...]]:
    """The rows that a query gives of the database."""
    with closing(sqlite3.connect(f"file:{output / 'pasakumi.sqlite'}?mode=ro", uri=True)) as connection:
        return connection.execute(query, values).fetchall()

"""``pasakumi explain``: a value, and the exact characters it came from."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

from pipeline.archive import Archive
from pipeline.cli_common import configuration, show
from pipeline.cli_words import moment
from pipeline.explain import Explained, explain, in_context, measures_named
from pipeline.formats import plain
from pipeline.fragments import link
from pipeline.run_build import history_reader
from pipeline.state import published

if TYPE_CHECKING:
    from argparse import Namespace

    from parsers.records import Measure
    from pipeline.state import State


def run(options: Namespace) -> int:
    """Print every value that the field names, on every page. Raises UsageError, Failed."""
    config = configuration(options)
    histories = map(history_reader(config, Archive(config.raw)), config.sources)
    states = (published(state) for one in histories if (state := one.state))
    told = [
        (state, measure, explain(state, measure, options.field))
        for state, measure in measures_named(options.measure, states)
    ]
    for number, (state, measure, found) in enumerate(told):
        if number:
            show("")
        show(*_page(state, measure, found, options.field))
    return 0


def _page(state: State, measure: Measure, found: list[Explained], field: str) -> Iterator[str]:
    if not found:
        yield f"{measure.measure_id} {field}: none on the page"
    for number, one in enumerate(found):
        if number:
            yield ""
        yield from f"{measure.measure_id} {one.name}: {_value(one.value)}".split("\n")
        yield from _places(state, one)
    yield ""
    yield f"{state.source.id}, capture {state.capture.id}, captured {moment(state.capture.captured_at)}"
    yield state.page.url or state.source.url


def _places(state: State, one: Explained) -> Iterator[str]:
    page = state.page
    for place in one.places:
        yield ""
        yield from (f"    {line}" for line in in_context(page, place))
        cells = (
            "" if len(place.cells) == 1 and place.cells[0] == one.name.split(".")[-1] else _cells(place.cells)
        )
        yield f"  characters {place.start} to {place.end}{cells}"
        if page.url:
            yield f"  {link(page.url, page.text, place.start, place.end)}"
    if not one.places and one.value not in (None, (), ""):
        yield "  (made from other values, not printed on the page itself)"


def _cells(names: tuple[str, ...]) -> str:
    return f": {', '.join(names)}"


def _value(value: object) -> str:
    match value:
        case None | "":
            return "nothing on the page"
        case Decimal():
            return plain(value)
        case dict():
            return ", ".join(
                f"{name} {_value(each)}" for name, each in value.items() if each not in (None, "")
            )
    return str(value)

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.config_lines import line_of, walk

LINES = (Path(__file__).parents[1] / "cases" / "lines.toml").read_text("utf-8")


@pytest.mark.parametrize(
    ("place", "line"),
    [
        ((), 1),
        (("top",), 2),
        (("top", "dotted key"), 2),
        (("literal.key",), 3),
        (("text",), 7),
        (("many",), 10),
        (("many", 0), 11),
        (("many", 2, 1), 12),
        (("many", 3, "x"), 12),
        (("many", 3, "y", 0), 13),
        (("source",), 15),
        (("source", 0), 15),
        (("source", 0, "id"), 16),
        (("source", 0, "inner", "deep", "key"), 17),
        (("source", 0, "inner", "other"), 17),
        (("source", 1), 19),
        (("source", 1, "missing"), 19),
        (("source", 1, "table", "id"), 21),
        (("source", 1, "list", 0), 22),
        (("source", 1, "list", 1, "id"), 24),
        (("other", "after"), 27),
        (("nowhere",), 1),
    ],
)
def test_the_line_of_a_key(place, line):
    assert line_of(LINES, place) == line


KEYS = st.sampled_from(["a", "b", "c", '"a b"', "'c.d'", '"\\u0061\\""'])
SCALARS = st.sampled_from(["1", "-1.5e3", "true", '"]}#,\\""', "'\"['", "1979-05-27 07:32:00", '"""\n""#"""'])
VALUES = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3).map(lambda items: "[ # [\n" + ",\n".join(items) + "\n]")
        | st.dictionaries(KEYS, inner, max_size=3).map(
            lambda table: "{" + ", ".join(f"{key} = {value}" for key, value in table.items()) + "}"
        )
    ),
    max_leaves=6,
)
TABLES = st.tuples(st.sampled_from(["[{}]", "[[{}]]"]), st.lists(KEYS, min_size=1, max_size=2).map(".".join))
LINE = st.one_of(st.tuples(KEYS, VALUES).map(" = ".join), TABLES.map(lambda one: one[0].format(one[1])))


def places(value: object, place: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    match value:
        case dict():
            items = list(value.items())
        case list():
            items = list(enumerate(value))
        case _:
            items = []
    return [place, *(deeper for key, inner in items for deeper in places(inner, (*place, key)))]


@given(st.lists(LINE, max_size=8).map("\n".join))
def test_every_value_that_toml_holds_has_its_place_in_the_text(text):
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return
    assert {(), *(place for place, _ in walk(text))} == set(places(document))

"""Datasette itself, started on the database and its description, asked over HTTP."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import time
from importlib.util import find_spec
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
import requests

from pipeline.publish import datasette
from pipeline.publish.about import About, Page
from pipeline.publish.views import VIEWS
from pipeline.schema import TABLES
from tests.factories import Capture, Source, State, measure, page
from tests.pipeline.published import STATES, write

if TYPE_CHECKING:
    from collections.abc import Iterator

HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)> \u202e=1+1\u200b"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    if find_spec("datasette") is None:
        pytest.skip("datasette is not installed")
    output = tmp_path_factory.mktemp("output")
    hostile = State(
        Source("hostile", publisher="<b>Ministrija</b>", topic="<i>tēma</i>", licence="<u>brīvi</u>"),
        Capture("c"),
        page(measure("9.1.1.9", title=HOSTILE, objective="Izglītībai")),
    )
    write(output, [*STATES, hostile])
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [
        sys.executable, "-m", "datasette", str(output / "pasakumi.sqlite"), "--metadata",
        str(output / "metadata.json"), "--host", "127.0.0.1", "--port", str(port),
    ]  # fmt: skip
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            yield _ready(process, f"http://127.0.0.1:{port}")
        finally:
            process.terminate()


def _ready(process: subprocess.Popen[bytes], address: str) -> str:
    for _ in range(300):
        assert process.poll() is None, "datasette ended"
        try:
            requests.get(f"{address}/-/versions.json", timeout=5).raise_for_status()
        except requests.RequestException:
            time.sleep(0.1)
        else:
            return address
    raise AssertionError("datasette does not answer")


def get(address: str) -> str:
    answer = requests.get(address, timeout=30)
    assert answer.status_code == 200, answer.text
    return answer.text


def rows(address: str) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads(get(f"{address}{'&' if '?' in address else '?'}_shape=array"))
    return found


def test_every_table_and_view_opens_and_is_explained(site: str) -> None:
    home = get(f"{site}/pasakumi")
    assert "ES fondu atbalsta pasākumi Latvijā" in home
    for name, title in (
        *((name, f'"{name}"') for name in TABLES),
        *((view.name, f"{view.title_lv} / {view.title_en}") for view in VIEWS),
        ("sources", "Lapas / Pages"),
    ):
        text = get(f"{site}/pasakumi/{name}")
        assert name in home
        assert title in text or name in TABLES


def test_columns_are_described_in_both_languages(site: str) -> None:
    text = get(f"{site}/pasakumi/funding")
    assert "Kohēzijas fonda finansējums" in text
    assert "Whose money it is" in text


def test_search_finds_words_without_diacritics(site: str) -> None:
    assert [row["measure_id"] for row in rows(f"{site}/pasakumi/measures.json?_search=izglitibai")] == [
        "9.1.1.9"
    ]
    assert [row["measure_id"] for row in rows(f"{site}/pasakumi/search.json?words=izglit")] == ["9.1.1.9"]
    for words in ('"', "9.1.1", "OR AND (", "a* -b", "' --", ""):
        assert isinstance(rows(f"{site}/pasakumi/search.json?words={quote(words)}"), list), words


def test_facets_and_queries_answer(site: str) -> None:
    facets = json.loads(get(f"{site}/pasakumi/measures.json"))["facet_results"]
    assert {"theme", "selection_type", "source"} <= set(facets)
    assert rows(f"{site}/pasakumi/provenance_of.json?measure_id=9.1.1.1")
    assert rows(f"{site}/pasakumi/history.json?measure_id=9.1.1.1") == []
    assert {row["measures"] for row in rows(f"{site}/pasakumi/totals.json")} == {3}


def test_hostile_words_are_shown_and_do_nothing(site: str) -> None:
    (row,) = rows(f"{site}/pasakumi/measures.json?measure_id=9.1.1.9")
    assert row["title"] == HOSTILE
    for address in ("measures", "measures?_facet=title", "sources", "", "search?words=izglit"):
        text = get(f"{site}/pasakumi/{address}")
        assert "<script>alert" not in text
        assert "<img src=x" not in text
        assert "<b>Ministrija" not in text
        assert "<i>tēma" not in text


def test_nothing_of_a_page_is_markup_in_the_description() -> None:
    page = Page(
        "a", "https://a.example/", "<b>P</b>", "<i>T</i>", "lv", "<u>L</u>", Source().every, "c", None
    )
    told = datasette.metadata(About((page,)))
    assert "<b>P" not in told["description_html"]
    assert "&lt;b&gt;P" in told["description_html"]


def test_a_licence_that_is_an_address_is_a_link() -> None:
    page = Page("a", "https://a.example/", "P", "T", "lv", "https://l.example/", Source().every, "c", None)
    assert datasette.metadata(About((page,)))["license_url"] == "https://l.example/"
    assert datasette.metadata(About((page,)))["source_url"] == "https://a.example/"
    mixed = About((page, page._replace(licence="CC0-1.0")))
    assert datasette.metadata(mixed)["license"] == "https://l.example/; CC0-1.0"
    assert "No licence is named" in datasette.metadata(About())["description_html"]

"""The catalogue in both forms, as rdflib reads it; the shapes are in tests/schemas/dcat-ap.ttl."""

from __future__ import annotations

import hashlib
import json
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from rdflib import RDF, Graph, Literal, Namespace, URIRef
from rdflib.compare import isomorphic

from pipeline.manifest import Digest
from pipeline.publish import catalog, rdf, schema_org
from pipeline.publish.about import About, Page
from pipeline.schema import TABLES
from pipeline.staging import Made
from tests.factories import Capture, Source, State, page
from tests.pipeline.published import write

BASE = "https://data.example/folder/"
SHAPES = Path(__file__).parents[1] / "schemas" / "dcat-ap.ttl"
DCAT, DCTERMS, FOAF = (
    Namespace(one)
    for one in ("http://www.w3.org/ns/dcat#", "http://purl.org/dc/terms/", "http://xmlns.com/foaf/0.1/")
)
SPDX = Namespace("http://spdx.org/rdf/terms#")
LICENCES = "http://publications.europa.eu/resource/authority/licence/"
HOSTILE = '"</script><b>\\ \u202e\n\r\t\x00<!--'


def graphs(output: Path) -> tuple[Graph, Graph]:
    return (
        Graph().parse(output / "catalog.ttl", format="turtle", publicID=f"{BASE}catalog.ttl"),
        Graph().parse(output / "catalog.jsonld", format="json-ld", publicID=f"{BASE}catalog.jsonld"),
    )


def in_both(about: About) -> tuple[Graph, Graph]:
    nodes = catalog.graph(about, digests())
    return (
        Graph().parse(data=rdf.turtle(nodes), format="turtle", publicID=f"{BASE}x"),
        Graph().parse(data=json.dumps(rdf.json_ld(nodes)), format="json-ld", publicID=f"{BASE}y"),
    )


def digests() -> dict[str, Digest]:
    tables = (f"tables/{name}.{end}" for name in TABLES for end in ("csv", "parquet"))
    return {name: Digest(1, "ab" * 32) for name in (*catalog.WHOLE, *catalog.FEEDS, *tables)}


def a_page(licence: str = "", **more: Any) -> Page:
    known = Page("a", "https://a.example/", "A", "T", "lv", licence, timedelta(days=1), "c", None)
    return known._replace(**more)


def violations(graph: Graph) -> str:
    import pyshacl

    conforms, _, text = pyshacl.validate(graph, shacl_graph=Graph().parse(SHAPES))
    return "" if conforms else str(text)


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    feeds = [Made(name, "", lambda: b"<feed/>") for name in ("feed.xml", "feed.en.xml")]
    return write(tmp_path_factory.mktemp("output"), more=feeds)


def test_both_forms_say_the_same_and_keep_to_the_shapes(output: Path) -> None:
    turtle, json_ld = graphs(output)
    assert len(turtle) > 500
    assert isomorphic(turtle, json_ld)
    assert violations(turtle) == ""


def test_the_shapes_do_object(output: Path) -> None:
    for predicate in (
        DCTERMS["title"],
        DCTERMS.publisher,
        DCAT.accessURL,
        DCAT.byteSize,
        FOAF.name,
        DCTERMS.license,
    ):
        graph = graphs(output)[0]
        graph.remove((None, predicate, None))
        assert violations(graph) != "", predicate
    graph = graphs(output)[0]
    graph.set((URIRef(f"{BASE}#tables-links.csv"), DCAT.byteSize, Literal("many")))
    assert "byteSize" in violations(graph)


def test_every_file_is_a_distribution_with_its_size_and_digest(output: Path) -> None:
    graph, _ = graphs(output)
    found = {}
    for distribution in graph.subjects(RDF.type, DCAT.Distribution):
        name = str(graph.value(distribution, DCAT.downloadURL)).removeprefix(BASE)
        content = (output / name).read_bytes()
        assert int(str(graph.value(distribution, DCAT.byteSize))) == len(content)
        value = graph.value(graph.value(distribution, SPDX.checksum), SPDX.checksumValue)
        assert str(value) == hashlib.sha256(content).hexdigest()
        assert len(list(graph.subjects(DCAT.distribution, distribution))) == 1
        found[name] = str(graph.value(distribution, DCAT.mediaType)).rpartition("media-types/")[2]
    assert found["tables/measures.csv"] == "text/csv"
    assert found["feed.en.xml"] == "application/atom+xml"
    tables = {f"tables/{name}.{end}" for name in TABLES for end in ("csv", "parquet")}
    assert set(found) == tables | {*catalog.WHOLE, *catalog.FEEDS}


def test_it_says_from_when_and_how_often(output: Path) -> None:
    graph, _ = graphs(output)
    dataset = URIRef(f"{BASE}#dataset")
    assert str(graph.value(dataset, DCTERMS.modified)) == "2025-03-01T06:30:00+00:00"
    assert str(graph.value(dataset, DCTERMS.accrualPeriodicity)).endswith("/DAILY")
    assert str(graph.value(dataset, DCTERMS.language)).endswith("/LAV")
    period = graph.value(dataset, DCTERMS.temporal)
    assert [str(graph.value(period, one)) for one in (DCAT.startDate, DCAT.endDate)] == [
        "2024-10-01",
        "2024-12-31",
    ]
    titles = {
        title.language for title in graph.objects(dataset, DCTERMS["title"]) if isinstance(title, Literal)
    }
    assert titles == {"lv", "en"}
    names = {str(graph.value(agent, FOAF.name)) for agent in graph.objects(dataset, DCTERMS.creator)}
    assert names == {"Paraugministrija"}


@pytest.mark.parametrize(
    ("every", "word"),
    [
        (timedelta(minutes=30), "HOURLY"), (timedelta(hours=1), "HOURLY"), (timedelta(hours=6), "DAILY_2"),
        (timedelta(hours=13), "DAILY"), (timedelta(days=1), "DAILY"), (timedelta(days=2), "WEEKLY_2"),
        (timedelta(days=7), "WEEKLY"), (timedelta(days=14), "BIWEEKLY"), (timedelta(days=30), "MONTHLY"),
        (timedelta(days=90), "QUARTERLY"), (timedelta(days=365), "ANNUAL"), (timedelta(days=800), "IRREG"),
    ],
)  # fmt: skip
def test_a_rhythm_has_a_word(every: timedelta, word: str) -> None:
    assert catalog.frequency(every) == word


@pytest.mark.parametrize(
    ("words", "address"),
    [
        ("CC-BY-4.0", f"{LICENCES}CC_BY_4_0"),
        ("cc-by-sa-4.0", f"{LICENCES}CC_BY_SA_4_0"),
        ("CC0-1.0", f"{LICENCES}CC0"),
        ("https://l.example/?a=1 2", "https://l.example/?a=1%202"),
    ],
)
def test_a_licence_is_an_address_where_it_has_one(words: str, address: str) -> None:
    graph, other = in_both(About((a_page(words),)))
    assert isomorphic(graph, other)
    assert set(map(str, graph.objects(None, DCTERMS.license))) == {address}


def test_a_licence_of_words_and_none_and_several() -> None:
    for pages, predicate, said in (
        ((a_page("Brīvi lietojams"),), DCTERMS.license, "Brīvi lietojams"),
        ((a_page(),), DCTERMS.rights, "No licence is named"),
        (
            (a_page("CC-BY-4.0"), a_page()),
            DCTERMS.rights,
            "https://a.example/: CC-BY-4.0; https://a.example/: –",
        ),
    ):
        graph, other = in_both(About(pages))
        assert isomorphic(graph, other)
        assert violations(graph) == ""
        words = {str(value) for one in graph.objects(None, predicate) for value in graph.objects(one)}
        assert any(said in word for word in words)


@pytest.mark.parametrize("contact", ["", "a@b.example", "https://b.example/", "kāds"])
def test_whoever_publishes_has_a_name(contact: str) -> None:
    graph, other = in_both(About((a_page(),), contact))
    assert isomorphic(graph, other)
    assert violations(graph) == ""
    assert str(graph.value(URIRef(f"{BASE}#publisher"), FOAF.name)) == (contact or "pasakumi")


def test_hostile_words_of_the_settings_stay_words() -> None:
    hostile = a_page(
        HOSTILE, publisher=HOSTILE, topic=HOSTILE, language="xx", url='https://a.example/<\\>"`^|{} '
    )
    graph, other = in_both(About((hostile,), "x"))
    names = {str(value) for value in graph.objects(None, FOAF.name)}
    assert HOSTILE in names
    assert {str(value) for value in other.objects(None, FOAF.name)} == names
    text = rdf.embedded(schema_org.dataset(About((hostile,)), digests()))
    assert not re.search("[<>&]", text)
    assert json.loads(text)["creator"][0]["name"] == HOSTILE


def test_without_a_capture_time_or_a_schedule_nothing_is_made_up(tmp_path: Path) -> None:
    write(tmp_path, [State(Source(), Capture("c", None), page(text="x"))])
    graph, other = graphs(tmp_path)
    assert isomorphic(graph, other)
    assert violations(graph) == ""
    assert not list(graph.objects(None, DCTERMS.modified))
    assert not list(graph.objects(None, DCTERMS.temporal))


def test_schema_org_names_every_file(output: Path) -> None:
    told = json.loads((output / "schema.jsonld").read_bytes())
    assert (told["@type"], told["license"], told["dateModified"]) == (
        "Dataset",
        "CC-BY-4.0",
        "2025-03-01T06:30:00Z",
    )
    assert told["temporalCoverage"] == "2024-10-01/2024-12-31"
    for file in told["distribution"]:
        content = (output / file["contentUrl"]).read_bytes()
        assert (file["contentSize"], file["sha256"]) == (
            f"{len(content)} B",
            hashlib.sha256(content).hexdigest(),
        )
    assert {one["name"] for one in told["variableMeasured"]} == set(TABLES["measures"].header)


def test_schema_org_in_english_from_another_folder() -> None:
    told = schema_org.dataset(About((a_page(),)), digests(), "en", "../../")
    assert told["name"] == "EU-fund support measures in Latvia"
    assert told["distribution"][0]["contentUrl"] == "../../pasakumi.sqlite"
    assert "license" not in told
    sizes = ("contentSize", "sha256")
    bare = schema_org.dataset(About((a_page(),)))["distribution"]
    assert [one | dict.fromkeys(sizes) for one in bare] == [
        one | {"contentUrl": one["contentUrl"].removeprefix("../../")} | dict.fromkeys(sizes)
        for one in told["distribution"]
    ]

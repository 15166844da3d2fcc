from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline import datapackage, tables
from pipeline.manifest import Digest
from pipeline.publish.about import About, Page
from pipeline.schema import SCHEMA_VERSION, TABLES
from tests.factories import Capture, Source, State, full_page, page
from tests.pipeline.test_tables import STATES


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    output = tmp_path_factory.mktemp("output")
    tables.write(output, STATES, inputs="one")
    return output


@pytest.fixture
def output(written: Path, tmp_path: Path) -> Path:
    return shutil.copytree(written, tmp_path / "output")


def errors(output: Path) -> set[str]:
    """What frictionless finds wrong, by the names of its errors."""
    import frictionless

    report = frictionless.validate(str(output / "datapackage.json"))
    return {error for (error,) in report.flatten(["type"])}


def edit(output: Path, table: str, old: str, new: str) -> None:
    """Replace words once in a table, and make size and digest of the package agree with it."""
    path = output / "tables" / f"{table}.csv"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8", newline="")
    package = json.loads((output / "datapackage.json").read_bytes())
    resource = next(one for one in package["resources"] if one["name"] == table)
    del resource["bytes"], resource["hash"]
    (output / "datapackage.json").write_text(json.dumps(package))


def test_frictionless_holds_it_valid(output: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "frictionless", "validate", "--json", str(output / "datapackage.json")],
        capture_output=True,
        text=True,
        check=False,
    )
    report = json.loads(done.stdout)
    assert done.returncode == 0
    assert report["valid"]
    assert {task["name"] for task in report["tasks"]} == set(TABLES)


def test_tables_without_a_row_are_valid(tmp_path: Path) -> None:
    tables.write(tmp_path, [], inputs="one")
    assert errors(tmp_path) == set()


def test_hostile_words_are_valid(tmp_path: Path) -> None:
    hostile = full_page("=HYPERLINK(1);Ā\u202e")._replace(title="x")
    long = page(text="ā" * 200_000)
    states = [State(Source("a"), Capture("1"), hostile), State(Source("b"), Capture("2"), long)]
    tables.write(tmp_path, states, inputs="one")
    assert errors(tmp_path) == set()


@pytest.mark.parametrize(
    ("table", "old", "new", "error"),
    [
        ("funding", ",erdf,", ",gold,", "constraint-error"),
        ("measures", ",restricted,", ",secret,", "constraint-error"),
        ("milestones", "2024-Q4", "2024-Q5", "constraint-error"),
        ("milestones", "2024-10-01", "2024-13-01", "type-error"),
        ("milestones", ",2024-10-01,", ",,", "constraint-error"),
        ("measures", "1234567", "1 234 567", "type-error"),
        ("measures", "1234567", "-1234567", "constraint-error"),
        ("measures", ",true,", ",yes,", "type-error"),
        ("contacts", "+37167000123", "67000123", "constraint-error"),
        ("links", "page-one,9.1.1.1,1,", "page-one,9.1.1.7,1,", "foreign-key"),
        ("links", "page-one,9.1.1.2/2,1,", "page-one,9.1.1.1,1,", "primary-key"),
        ("findings", "page-one,2,", "page-one,1,", "primary-key"),
        ("applicants", "name", "title", "incorrect-label"),
        ("headlines", "2500000,,", "2500000,", "missing-cell"),
    ],
)
def test_a_broken_table_is_invalid(output: Path, table: str, old: str, new: str, error: str) -> None:
    edit(output, table, old, new)
    assert error in errors(output)


def test_a_changed_byte_is_invalid(output: Path) -> None:
    path = output / "tables/applicants.csv"
    path.write_bytes(path.read_bytes().replace(b"R\xc4\xabgas", b"R\xc4\xabgam", 1))
    assert errors(output) == {"hash-count"}


def test_it_names_sources_licences_and_version(output: Path) -> None:
    package = json.loads((output / "datapackage.json").read_bytes())
    assert package["schema_version"] == SCHEMA_VERSION
    assert package["licenses"] == [{"name": "CC-BY-4.0"}]
    assert package["version"] == "1.0.0+20250301T063000Z"
    assert package["created"] == "2025-03-01T06:30:00Z"
    assert package["sources"][1] == {
        "title": "paraugi",
        "path": "https://ministry.example/lv/fondi",
        "name": "page-two",
        "licence": "CC-BY-4.0",
        "capture": "capture-2",
    }
    assert package["contributors"] == [{"title": "Paraugministrija", "roles": ["creator"]}]
    assert [one["path"] for one in package["resources"]] == [f"tables/{name}.csv" for name in TABLES]


@pytest.mark.parametrize(
    ("contact", "known"),
    [
        ("data@operator.example", {"email": "data@operator.example"}),
        ("mailto:data@operator.example", {"email": "data@operator.example"}),
        ("https://operator.example/", {"path": "https://operator.example/"}),
        ("operators", {}),
    ],
)
def test_it_says_who_publishes_it(contact: str, known: dict[str, str]) -> None:
    (who,) = datapackage.descriptor(About(contact=contact), {})["contributors"]
    assert who == {"title": contact, **known, "roles": ["publisher", "wrangler"]}


@pytest.mark.parametrize(
    ("words", "licence"),
    [
        ("CC-BY-4.0", {"name": "CC-BY-4.0"}),
        ("https://data.example/licence", {"path": "https://data.example/licence"}),
        ("Brīvi lietojams", {"name": "Br-vi-lietojams", "title": "Brīvi lietojams"}),
    ],
)
def test_a_licence_may_be_a_name_an_address_or_words(words: str, licence: dict[str, str]) -> None:
    one = Page("a", "https://a.example/", "A", "", "lv", words, Source().every, "c", None)
    package = datapackage.descriptor(About((one, one)), {"measures": Digest(1, "ab")})
    assert package["licenses"] == [licence]
    assert "sources" in package
    assert "licenses" not in datapackage.descriptor(About(), {})

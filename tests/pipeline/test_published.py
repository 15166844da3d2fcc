"""All of output/ as the command writes it: the same twice, hostile words inert, no contact if so wished."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import zipfile
from datetime import UTC, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from pyarrow import parquet

from parsers.records import Applicant, Link
from pipeline.headings import TABLE_NAMES
from pipeline.schema import TABLES
from tests.factories import Capture, Source, State, full_page, measure
from tests.pipeline.command import pasakumi
from tests.pipeline.published import ask, write
from tests.pipeline.site import EMAIL, PERSON, PHONE, capture, page, sources
from tests.pipeline.site import measure as printed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SECRETS = (PERSON, "Paraudziņ", "paraudzin", PHONE, "67 000 123", EMAIL, "@ministry")
HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</script><script>",
    "=HYPERLINK(1)",
    "+1",
    "@SUM(1)",
    "-1",
    "\t=1",
    "Ā\u202etxt.exe\u202c",
    "v\u200bā\u2060r\ufeffds",
    "garš" * 2500,
    "nulle\x00\x01",
    "'; DROP TABLE measures; --",
    "{{ 7*7 }}",
)


def folder(path: Path, *more: str, publish_contacts: bool = True) -> Path:
    """Two captures, a month apart, in which much changes; a person is told of in running text too."""
    path.mkdir(exist_ok=True)
    told = f"<p>Vairāk stāsta {PERSON}, {PHONE}, rakstiet {EMAIL}.</p>"
    sources(path, *more, publish_contacts=publish_contacts)
    capture(path / "raw", page(4, more=told), datetime(2025, 3, 1, tzinfo=UTC))
    changed = [
        printed(1, "1 500 000,50", title=f"Vadībā {PERSON}"),
        printed(2, when="2025. gada III cet."),
        printed(3).replace(PHONE, "67000124"),
        printed(5),
    ]
    capture(path / "raw", page(changed, more=told), datetime(2025, 4, 1, tzinfo=UTC))
    done = pasakumi(path, "run", "--offline")
    assert (done.code, done.err) == (0, "")
    return path / "output"


def contents(output: Path) -> Iterator[tuple[str, bytes]]:
    """Every file, and what is packed within some."""
    for path in sorted(output.rglob("*")):
        if path.is_file():
            name = path.relative_to(output).as_posix()
            yield name, path.read_bytes()
            if path.suffix == ".xlsx":
                with zipfile.ZipFile(path) as archive:
                    yield from ((f"{name}/{one}", archive.read(one)) for one in archive.namelist())
            elif path.suffix == ".parquet":
                yield f"{name}/rows", repr(parquet.read_table(path).to_pylist()).encode()


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return folder(tmp_path_factory.mktemp("data") / "one")


def test_two_builds_give_the_same_bytes(tmp_path: Path, output: Path) -> None:
    again = folder(tmp_path / "elsewhere")
    first, second = (
        {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}
        for root in (output, again)
    )
    assert first == second
    assert len(first) > 2 * len(TABLES)


def test_a_rebuild_gives_the_same_content(output: Path) -> None:
    before = {name: hashlib.sha256(content).hexdigest() for name, content in contents(output)}
    shutil.copytree(output.parent, output.parent.parent / "copy")
    copy = output.parent.parent / "copy"
    shutil.rmtree(copy / "output")
    shutil.rmtree(copy / "state")
    assert pasakumi(copy, "rebuild").code == 0
    assert {name: hashlib.sha256(one).hexdigest() for name, one in contents(copy / "output")} == before


def test_checksums_hold_and_name_every_file(output: Path) -> None:
    lines = (output / "SHA256SUMS").read_text("utf-8").splitlines()
    names = {line[66:] for line in lines}
    there = {path.relative_to(output).as_posix() for path in output.rglob("*") if path.is_file()}
    assert {name for name in there - names if not name.startswith("site/")} == {"SHA256SUMS", ".inputs.json"}
    assert {name.removeprefix("site/data/") for name in there if name.startswith("site/data/")} == {
        *names,
        "SHA256SUMS",
    }
    assert names <= there
    for line in lines:
        assert hashlib.sha256((output / line[66:]).read_bytes()).hexdigest() == line[:64]
    if shutil.which("sha256sum"):
        command = ["sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS"]
        subprocess.run(command, cwd=output, check=True)


def test_a_quiet_run_touches_no_file(output: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in output.rglob("*")}
    assert pasakumi(output.parent, "run", "--offline").code == 0
    assert {path: path.stat().st_mtime_ns for path in output.rglob("*")} == before


def test_changes_and_slips_are_in_the_views(output: Path) -> None:
    assert ask(output, "SELECT delta_days, measure_id FROM slips") == [(181, "4.9.9.2")]
    kinds = {row[0] for row in ask(output, "SELECT kind FROM latest_changes")}
    assert {"funding_changed", "milestone_moved", "measure_added", "measure_removed"} <= kinds
    assert ask(output, "SELECT value FROM about WHERE name = 'as_of'") == [("2025-04-01T00:00:00Z",)]
    assert ask(output, "SELECT count(*) FROM measure_versions WHERE valid_to IS NOT NULL")[0][0]
    assert ask(output, "SELECT measure_id FROM starts_next") == [("4.9.9.2",)]
    ((total, exact),) = ask(
        output, "SELECT eu_funding_eur, (SELECT sum(eu_funding_eur_e4) FROM measures) FROM totals"
    )
    assert Decimal(str(total)) == Decimal(str(exact)) / 10_000 == Decimal("4500000.50")
    assert ask(output, "PRAGMA foreign_key_check") == []


def test_contacts_are_there_where_they_are_published(output: Path) -> None:
    everything = b"".join(content for _, content in contents(output)).decode("utf-8", "replace")
    for secret in (PERSON, PHONE, EMAIL):
        assert secret in everything
    assert ask(output, "SELECT name, phone, email FROM measures_with_contacts LIMIT 1") == [
        (PERSON, f"+371{PHONE}", EMAIL)
    ]


@pytest.mark.parametrize("how", ["all", "source"])
def test_nothing_of_a_contact_is_anywhere_where_they_are_not(tmp_path: Path, how: str) -> None:
    output = (
        folder(tmp_path / "a", publish_contacts=False)
        if how == "all"
        else folder(tmp_path / "a", "publish_contacts = false")
    )
    seen = 0
    for name, content in contents(output):
        text = content.decode("utf-8", "replace")
        assert not [secret for secret in SECRETS if secret in text], name
        seen += 1
    assert seen > 50
    assert ask(output, "SELECT count(*) FROM contacts") == [(0,)]
    assert ask(output, "SELECT count(*) FROM measures_with_contacts WHERE name IS NOT NULL") == [(0,)]
    assert ask(output, "SELECT count(*) FROM changes WHERE kind LIKE 'contact%'") != [(0,)]


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_are_kept_as_they_are(tmp_path: Path, words: str) -> None:
    from openpyxl import load_workbook

    one = measure(
        "9.1.1.9",
        title=words,
        theme=words,
        objective=words,
        applicants=(Applicant(words, "other"),),
        links=(Link("javascript:alert(1)", "other", words),),
    )
    whole = full_page()
    write(tmp_path, [State(Source(), Capture(), whole._replace(measures=(*whole.measures, one)))])
    assert ask(tmp_path, "SELECT title, objective FROM measures WHERE measure_id = '9.1.1.9'") == [
        (words, words)
    ]
    assert ask(tmp_path, "SELECT name FROM applicants WHERE measure_id = '9.1.1.9'") == [(words,)]
    assert ask(tmp_path, "SELECT theme FROM money_by_theme WHERE theme = ?", words) == [(words,)]
    found = "SELECT rowid FROM measures_fts WHERE measures_fts MATCH 'paraugu'"
    assert len(ask(tmp_path, found)) == 2
    book = load_workbook(tmp_path / "pasakumi.xlsx")
    shown = words.replace("\x00", "\u2400").replace("\x01", "\u2401")
    row = next(row for row in book["Pasākumi"].iter_rows(min_row=3) if row[1].value == "9.1.1.9")
    place = TABLES["measures"].header.index("title")
    assert row[place].value == shown
    assert all(cell.data_type != "f" and cell.hyperlink is None for cell in row)
    # What describes the data holds nothing of a page.
    for name in ("metadata.json", "datapackage.json", "catalog.jsonld", "catalog.ttl", "schema.jsonld"):
        text = (tmp_path / name).read_text("utf-8")
        assert words not in text or words in {"+1", "-1"}
        if not name.endswith(".ttl"):
            json.loads(text)


def test_every_table_has_a_name_for_people() -> None:
    assert list(TABLE_NAMES) == list(TABLES)
    assert len({words.lv for words in TABLE_NAMES.values()}) == len(TABLES)
    assert all(len(words.lv) <= 31 for words in TABLE_NAMES.values())

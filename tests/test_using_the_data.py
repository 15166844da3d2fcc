"""What docs/using-the-data.md shows is run as it stands, over the dataset of a page of known figures."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from importlib.util import find_spec
from os import environ
from pathlib import Path

import pytest

from pipeline.schema import SCHEMA_VERSION
from tests.pipeline.command import pasakumi
from tests.pipeline.published import ask
from tests.pipeline.site import capture, measure, page, sources

ROOT = Path(__file__).parents[1]
GUIDE = (ROOT / "docs" / "using-the-data.md").read_text("utf-8")
TITLES = ("Izglītība visiem", "Bibliotēkas", "Izglītības kvalitāte")
TOTAL = 6_000_000
THEME = "Izglītības attīstībai"


def blocks(language: str) -> dict[str, str]:
    """The code of each heading in a language."""
    found = {}
    for section in GUIDE.split("\n### ")[1:]:
        heading, _, rest = section.partition("\n")
        _, fence, code = rest.partition(f"```{language}\n")
        if fence:
            found[heading] = code.partition("```")[0]
    return found


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("data")
    sources(folder)
    for month, when in ((3, "2025. gada I cet."), (4, "2025. gada III cet.")):
        measures = [
            measure(number, f"{number} 000 000", when, title) for number, title in enumerate(TITLES, 1)
        ]
        measures[0] = f"<h2>{THEME}</h2>{measures[0]}"
        capture(folder / "raw", page(measures), datetime(2025, month, 1, tzinfo=UTC))
    assert pasakumi(folder, "run", "--offline", "--partitioned").code == 0
    return folder


def ran(folder: Path, *command: str) -> str:
    environment = environ | {"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8", "LC_ALL": "C.UTF-8"}
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False, encoding="utf-8"
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


@pytest.mark.parametrize(
    ("name", "module", "shown"),
    [
        ("DuckDB", "duckdb", [rf"{THEME} +│ +3 │ +6000000\.0000"]),
        ("pandas", "pandas", [f"{THEME} +6000000", r"\n6000000\.0000"]),
        ("polars", "polars", ["4.9.9.1", "2025-Q3"]),
        ("DuckDB over partitions", "duckdb", [r"2025 │ +3 │"]),
        ("Arrow, Dask and Spark", "pyarrow", ["4.9.9.1", "2000000.0000", "2025"]),
    ],
)
def test_python(folder: Path, name: str, module: str, shown: list[str]) -> None:
    if find_spec(module) is None:
        pytest.skip(f"{module} is not installed")
    printed = ran(folder, sys.executable, "-c", blocks("python")[name])
    for words in shown:
        assert re.search(words, printed), printed


@pytest.mark.skipif(shutil.which("Rscript") is None, reason="R is not installed (Debian: r-base-core)")
def test_r(folder: Path) -> None:
    (folder / "example.r").write_text(blocks("r")["R"], "utf-8")
    assert re.search(rf"{THEME}\s+6(e\+06|000000)\b", ran(folder, "Rscript", "--vanilla", "example.r"))


def test_sql(folder: Path) -> None:
    statements = [one.strip() for one in blocks("sql")["SQLite"].split(";") if one.strip()]
    themes, starting, slips, found, total = (ask(folder / "output", one) for one in statements)
    assert themes == [(THEME, 3, TOTAL, 3)]
    assert len(starting) == 3
    assert {row[0] for row in slips} == {181}
    assert {row[1] for row in found} == {TITLES[0], TITLES[2]}
    assert total == [(float(TOTAL),)]


def test_every_block_is_run_and_every_file_named_is_there(folder: Path) -> None:
    assert GUIDE.count("```") == 2 * (len(blocks("python")) + len(blocks("r")) + len(blocks("sql")))
    table = GUIDE.partition("| --- | --- |\n")[2].partition("\n\n")[0]
    names = re.findall(r"^\| (`.+?`(?:, `.+?`)*) \|", table, re.MULTILINE)
    files = [one.strip("`") for cell in names for one in cell.split(", ") if "NAME" not in one]
    assert len(files) == 8
    assert all((folder / "output" / name).is_file() for name in files)


def test_the_workbook_is_read_as_the_guide_says(folder: Path) -> None:
    (call,) = re.findall(r'pd\.read_excel\("(.+?)", sheet_name="(.+?)", header=(\d)\)', GUIDE)
    import pandas as pd

    frame = pd.read_excel(folder / call[0], sheet_name=call[1], header=int(call[2]))
    assert frame.eu_funding_eur.sum() == TOTAL
    assert "canonical" in frame.columns


def test_datasette_is_started_as_the_guide_says(folder: Path) -> None:
    if find_spec("datasette") is None:
        pytest.skip("datasette is not installed")
    (command,) = re.findall(r"`datasette (.+?)`", GUIDE)
    asked = ["--get", "/pasakumi/totals.json?_shape=array"]
    printed = ran(folder, sys.executable, "-m", "datasette", *command.split(), *asked)
    assert str(TOTAL) in printed


def test_the_checksums_are_checked_as_the_guide_says(folder: Path) -> None:
    if shutil.which("sha256sum") is None:
        pytest.skip("there is no sha256sum here")
    (command,) = re.findall(r"`cd output && (sha256sum .+?)`", GUIDE)
    assert "FAILED" not in ran(folder / "output", *command.split())


def test_versions_are_told_as_they_are() -> None:
    assert f"`{SCHEMA_VERSION}.0+20250301T063000Z`" in GUIDE

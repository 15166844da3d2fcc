from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from parsers.findings import ASSUMPTIONS, REGISTRY
from pipeline import docs
from pipeline.headings import heading, vocabulary
from pipeline.publish.views import VIEWS
from pipeline.schema import TABLES

ROOT = Path(__file__).parent.parent.parent


def test_the_generated_pages_are_what_the_code_says() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pipeline.docs", "--check"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_every_column_and_kind_of_finding_is_described() -> None:
    findings = docs.findings()
    for language in ("en", "lv"):
        dictionary = docs.data_dictionary(language)
        for table in TABLES.values():
            assert f"## {table.name}\n" in dictionary
            for column in table.columns:
                assert getattr(column, language) in dictionary
                assert f"| {getattr(heading(table.name, column.name), language)} |" in dictionary
                for word, both in vocabulary(table, column).items():
                    assert f"`{word}`" in dictionary
                    assert getattr(both, language) in dictionary
        for view in VIEWS:
            assert f"| `{view.name}` |" in dictionary
    for code in (*REGISTRY, *ASSUMPTIONS):
        assert f"| `{code}` |" in findings


def test_grids_are_rectangular() -> None:
    for page in docs.pages().values():
        for block in page.split("\n\n"):
            widths = {
                line.replace("\\|", "").count("|") for line in block.splitlines() if line.startswith("|")
            }
            assert len(widths) <= 1


def test_a_stale_page_is_named_and_then_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(docs, "FOLDER", tmp_path)
    assert docs.main(["--check"]) == 1
    assert "docs/findings.md: out of date" in capsys.readouterr().err
    assert docs.main([]) == 0
    assert docs.main(["--check"]) == 0
    assert docs.main(["--help"]) == 2

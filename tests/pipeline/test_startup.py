"""What the command imports, and what it must not: a start-up is paid at every call."""

import os
import subprocess
import sys
from datetime import UTC, datetime

import pytest

from tests.pipeline.command import ROOT, pasakumi
from tests.pipeline.local_server import LocalServer
from tests.pipeline.local_server import page as answer
from tests.pipeline.site import capture, page, sources

HEAVY = {
    "pandas",
    "pyarrow",
    "requests",
    "bs4",
    "dateparser",
    "warcio",
    "xlsxwriter",
    "sqlite3",
    "jinja2",
    "fsspec",
    "s3fs",
}


def imported(folder, *words: str) -> set[str]:
    """The top-level packages and our own modules that the command has imported when it is done."""
    code = (
        "import sys; from pipeline.cli import main; sys.argv[0] = 'pasakumi'; code = main(); "
        "print(code, *sys.modules, file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *words],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    exit_code, *modules = done.stderr.splitlines()[-1].split()
    assert exit_code == "0", done.stderr
    return {module.partition(".")[0] for module in modules} | set(modules)


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "page.html").write_text(page(3), "utf-8")
    sources(tmp_path)
    capture(tmp_path / "raw", page(3), datetime(2025, 3, 1, tzinfo=UTC))
    return tmp_path


def test_version_imports_nothing(folder):
    assert not imported(folder, "--version") & (HEAVY | {"argparse", "pathlib", "lxml", "parsers"})


@pytest.mark.parametrize("form", ["json", "csv", "table"])
def test_parse_imports_nothing_heavy(folder, form):
    assert not imported(folder, "parse", "page.html", "--format", form) & HEAVY


@pytest.mark.parametrize(
    "words",
    [["sources"], ["check"], ["explain", "4.9.9.1", "title"], ["diff"], ["verify"], ["config"], ["status"]],
)
def test_looking_imports_nothing_heavy(folder, words):
    assert not imported(folder, *words) & HEAVY


@pytest.mark.parametrize(
    "words", [["run", "--offline"], ["status"], ["run", "--offline", "--log-format", "json"]]
)
def test_a_quiet_run_parses_nothing(folder, words):
    assert pasakumi(folder, "run", "--offline").code == 0
    seen = imported(folder, *words)
    assert not seen & (HEAVY | {"lxml", "phonenumbers", "parsers.page", "parsers.labels"})
    assert not {module for module in seen if module.startswith("pipeline.publish")}


def test_a_quiet_run_that_fetches_loads_what_it_asks_with_and_no_more(tmp_path):
    server = LocalServer()
    server.answers["/fondi"] = answer(page(3).encode())
    sources(tmp_path, url=server.url("/fondi"))
    assert pasakumi(tmp_path, "run").code == 0
    seen = imported(tmp_path, "run")
    server.close()
    assert server.paths().count("/fondi") == 2
    assert "urllib3" in seen
    assert not seen & (HEAVY | {"lxml", "phonenumbers", "numpy", "simplejson", "apprise", "certifi", "uuid"})
    assert not {
        module for module in seen if module.startswith(("parsers", "pipeline.publish", "pipeline.changes."))
    } - {"pipeline.changes.figures"}
    assert not seen & {"pipeline.tables", "pipeline.schema", "pipeline.privacy", "pipeline.run_build"}

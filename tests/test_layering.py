"""Imports go one way: cli -> run -> {fetch, archive, state, changes, tables, reports, site} -> parsers.

Read from the source, so that imports inside functions and for types alone count too.
"""

import ast
from collections.abc import Iterable, Iterator
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ("parsers", "pipeline", "pasakumi")

# What a pure reader has no use for: files, network, processes, clock, chance, tables, printing.
NOT_IN_PARSERS = {
    *("asyncio", "concurrent", "multiprocessing", "signal", "subprocess", "threading"),
    *("http", "requests", "select", "socket", "ssl", "urllib.error", "urllib.request"),
    *(
        "fileinput",
        "glob",
        "importlib.resources",
        "io.open",
        "os",
        "pathlib",
        "shutil",
        "sqlite3",
        "tempfile",
    ),
    *("logging", "random", "secrets", "sys", "time"),
    *("pandas", "pyarrow", "simplejson", "warcio"),
}
NOT_CALLED_IN_PARSERS = {"open", "print", "input", "eval", "exec", "now", "utcnow", "today"}

Imports = dict[str, set[str]]


def modules(root: Path) -> dict[str, Path]:
    """Every module of the three packages under its dotted name."""
    found = {}
    for package in PACKAGES:
        for path in sorted((root / package).rglob("*.py")):
            parts = path.relative_to(root).with_suffix("").parts
            found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


@cache
def telling(source: str) -> list[ast.AST]:
    """What imports or calls anything in a module: each is asked for several times, and is long."""
    wanted = (ast.Import, ast.ImportFrom, ast.Call)
    return [node for node in ast.walk(ast.parse(source)) if isinstance(node, wanted)]


def named_imports(nodes: Iterable[ast.AST], package: str) -> Iterator[str]:
    """The dotted names that a module imports, wherever in it; ``package`` is what its dots stand for."""
    for node in nodes:
        match node:
            case ast.Import(names):
                yield from (name.name for name in names)
            case ast.ImportFrom(module, names, level):
                around = package.split(".")[: len(package.split(".")) - level + 1] if level else []
                start = ".".join([*around, *([module] if module else [])])
                yield from (f"{start}.{name.name}" for name in names)
            case ast.Call(
                ast.Name("import_module") | ast.Attribute(attr="import_module"), [ast.Constant(str(name)), *_]
            ):
                yield name


def known(name: str, among: dict[str, Path]) -> str:
    """The module that ``name`` leads to: itself, or the one that holds it; the name where it is foreign."""
    parts = name.split(".")
    for length in range(len(parts), 0, -1):
        if ".".join(parts[:length]) in among:
            return ".".join(parts[:length])
    return name


def imports(root: Path) -> Imports:
    among = modules(root)
    graph: Imports = {}
    for module, path in among.items():
        package = module if path.name == "__init__.py" else module.rpartition(".")[0]
        nodes = telling(path.read_text("utf-8"))
        graph[module] = {known(name, among) for name in named_imports(nodes, package)} - {module}
    return graph


def layer(module: str) -> int:
    """0 is the lowest. A higher layer may import a lower one, and modules of one layer each other."""
    package, _, inside = module.partition(".")
    room = inside.split(".")[0].split("_")[0] if not inside.startswith("__") else "cli"
    if package == "parsers":
        return 0
    if package == "pasakumi":
        return 5
    return {"run": 2, "cli": 3, "docs": 4}.get(room, 1)


def upward(graph: Imports) -> list[str]:
    return [
        f"{module} imports {target}"
        for module, targets in graph.items()
        for target in targets
        if target in graph and layer(target) > layer(module)
    ]


def cycle(graph: Imports) -> list[str]:
    inner = {module: {target for target in targets if target in graph} for module, targets in graph.items()}
    try:
        TopologicalSorter(inner).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def impure(root: Path) -> list[str]:
    found = []
    for module, path in modules(root).items():
        if layer(module) > 0:
            continue
        nodes = telling(path.read_text("utf-8"))
        for name in named_imports(nodes, module.rpartition(".")[0]):
            parts = name.split(".")
            if any(".".join(parts[:length]) in NOT_IN_PARSERS for length in range(1, len(parts) + 1)):
                found.append(f"{module} imports {name}")
        for node in nodes:
            match node:
                case ast.Call(ast.Name(called) | ast.Attribute(attr=called)) if (
                    called in NOT_CALLED_IN_PARSERS
                ):
                    found.append(f"{module}:{node.lineno} calls {called}")
    return found


def test_imports_go_one_way():
    assert upward(imports(ROOT)) == []


def test_no_import_cycle():
    assert cycle(imports(ROOT)) == []


def test_parsers_are_pure():
    assert impure(ROOT) == []


@pytest.fixture
def tree(tmp_path):
    def plant(**sources: str) -> Path:
        """A checkout with these modules: a name's double underscore parts its folders."""
        for package in PACKAGES:
            sources.setdefault(package, "")
        for name, source in sources.items():
            path = tmp_path.joinpath(*name.split("__"))
            is_package = any(other.startswith(f"{name}__") for other in sources) or name in PACKAGES
            path = path / "__init__.py" if is_package else path.with_suffix(".py")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(source)
        return tmp_path

    return plant


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("parsers__page", "from pipeline.errors import Failed"),
        ("parsers__page", "def f():\n    from pipeline import errors"),
        ("pipeline__tables", "import pipeline.run"),
        ("pipeline__run", "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from . import cli"),
        ("pipeline__site__pages", "from .. import run"),
        ("pipeline__state", "from importlib import import_module\nimport_module('pipeline.cli')"),
        ("pipeline__state", "import pasakumi"),
    ],
)
def test_an_import_upward_is_seen(tree, module, source):
    others = {"pipeline__errors": "", "pipeline__run": "", "pipeline__cli": "", "pipeline__site": ""}
    assert len(upward(imports(tree(**(others | {module: source}))))) == 1


def test_a_cycle_through_a_lazy_import_is_seen(tree):
    lazy = "def f():\n    from .c import x"
    root = tree(pipeline__a="from pipeline import b", pipeline__b=lazy, pipeline__c="import pipeline.a")
    assert set(cycle(imports(root))) == {"pipeline.a", "pipeline.b", "pipeline.c"}


def test_a_package_importing_its_parts_is_no_cycle(tree):
    root = tree(
        pipeline__site="from pipeline.site.pages import f",
        pipeline__site__pages="from pipeline.site import words",
        pipeline__site__words="",
    )
    assert cycle(imports(root)) == []


@pytest.mark.parametrize(
    "source",
    [
        "import os.path",
        "from urllib import request",
        "def f():\n    import requests",
        "open('x')",
        "from datetime import date\ndate.today()",
    ],
)
def test_an_impure_reader_is_seen(tree, source):
    assert len(impure(tree(parsers__page=source))) == 1


def test_a_pure_reader_passes(tree):
    source = "import io\nimport re\nfrom urllib.parse import urljoin\nre.compile('x').match('x')"
    assert impure(tree(parsers__page=source)) == []

"""What docs/security.md promises: its tests exist; dangerous tools stay where they are argued."""

import ast
import gzip
import re
import time
import zipfile
from functools import cache
from pathlib import Path

import pytest
from protego import Protego

from parsers.page import parse_page
from pipeline import warc_records
from tests.pipeline.command import pasakumi
from tests.pipeline.exchanges import DAY
from tests.pipeline.site import page, sources
from tests.test_layering import ROOT, modules, named_imports

PAGE = (ROOT / "docs" / "security.md").read_text("utf-8")
# Who may use what an attacker would like to reach. Everybody else has no need of it.
CONFINED = {
    "pickle": {
        "pipeline.linked",
        "pipeline.page_cache",
        "pipeline.remembered",
        "pipeline.shelf",
        "pipeline.unpickling",
    },
    "subprocess": {"pipeline.git_history", "pipeline.notify.courier"},
    "xml": {"pipeline.reports.feed"},
    "ctypes": {"parsers.freed"},
    "zipfile": {"pipeline.wacz", "pipeline.wacz_export"},
}
NOWHERE = {
    *(
        "code",
        "ctypes",
        "dill",
        "ftplib",
        "marshal",
        "pty",
        "runpy",
        "shelve",
        "telnetlib",
        "tarfile",
        "yaml",
    ),
}
NOT_CALLED = {
    "eval",
    "exec",
    "compile",
    "__import__",
    "system",
    "popen",
    "mktemp",
    "extractall",
    "unpack_archive",
}
ESCAPES = "\x1b]0;owned\x07\x9b31m\u202e\r\nA second line"


@cache
def trees() -> dict[str, ast.Module]:
    return {name: ast.parse(path.read_text("utf-8")) for name, path in modules(ROOT).items()}


@cache
def tools() -> dict[str, set[str]]:
    """What each module imports, by the first part of its name."""
    return {
        name: {one.split(".")[0] for one in named_imports(ast.walk(tree), name)}
        for name, tree in trees().items()
    }


@pytest.mark.parametrize("tool", [*CONFINED, *sorted(NOWHERE)])
def test_dangerous_tools_stay_where_they_are_argued(tool):
    users = {name for name, used in tools().items() if tool in used}
    assert users <= CONFINED.get(tool, set())
    if tool in {"pickle", "subprocess", "xml"}:
        assert users == CONFINED[tool]


def test_nothing_that_runs_text_is_called():
    for name, tree in trees().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                called = node.func
                word = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
                is_regular = isinstance(called, ast.Attribute) and getattr(called.value, "id", "") == "re"
                assert word not in NOT_CALLED or is_regular, f"{name}:{node.lineno} calls {word}"
                assert all(one.arg != "shell" for one in node.keywords), f"{name}:{node.lineno}"


def test_pickles_are_read_by_the_one_reader_that_is_tamed():
    for name, tree in trees().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and getattr(node.value, "id", "") == "pickle":
                harmless = {"dumps", "HIGHEST_PROTOCOL", "UnpicklingError", "Pickler"}
                assert node.attr in harmless | {"Unpickler"}, f"{name}:{node.lineno}"
                assert node.attr != "Unpickler" or name == "pipeline.unpickling"


def test_xml_is_written_and_never_read():
    text = modules(ROOT)["pipeline.reports.feed"].read_text("utf-8")
    assert not re.search(r"\bET\.(parse|fromstring|XML|iterparse|XMLParser)\b", text)


def test_every_exception_from_the_rules_says_why():
    """ruff's S rules are bandit's; a line that is let through must carry its reason."""
    found = 0
    for path in modules(ROOT).values():
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            if re.search(r"# noqa: S\d", line):
                found += 1
                assert re.search(r"# noqa: S\d+(, \w+)* - \S.{6,}", line), f"{path}:{number}"
    assert found > 5


def test_the_page_names_tests_that_exist():
    named = re.findall(r"`((?:tests/)[\w/]+\.py)(?:::(\w+))?`", PAGE)
    assert len(named) > 25
    for file, test in named:
        text = (ROOT / file).read_text("utf-8")
        assert not test or re.search(rf"^\s*def {test}\(", text, re.MULTILINE), (file, test)
    for module in re.findall(r"`((?:pipeline|parsers|deploy|docs)/[\w/.-]+)`", PAGE):
        assert (ROOT / module).exists(), module


ENTITIES = "".join(
    f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in zip("abcdefghi", "bcdefghij", strict=True)
)
DOCTYPE = f'<!DOCTYPE html [<!ENTITY x SYSTEM "FILE"><!ENTITY a "lollollol">{ENTITIES}]>'


@pytest.mark.parametrize("before", ["", '<?xml version="1.0"?>'])
@pytest.mark.parametrize("nested", [1, 3000])
def test_entities_are_not_followed_and_do_not_grow(tmp_path, before, nested):
    secret = tmp_path / "secret"
    secret.write_text("Never to be read", "utf-8")
    doctype = DOCTYPE.replace("FILE", secret.as_uri())
    includes = f'<xi:include href="{secret.as_uri()}" parse="text"/><iframe src="{secret.as_uri()}"></iframe>'
    content = f"{before}{doctype}<html><body>{'<div>' * nested}<p>&x;&j;&b;</p>{includes}{'</div>' * nested}"
    started = time.process_time()
    text = parse_page(content.encode(), None).text
    assert "Never" not in text
    assert len(text) < 2 * len(content)
    assert time.process_time() - started < 5


def test_robots_rules_take_no_time():
    rules = Protego.parse(f"User-agent: *\nDisallow: /{'*a' * 40}*b$\nAllow: /{'*' * 500}z$\n")
    started = time.process_time()
    rules.can_fetch(f"https://example.lv/{'a' * 5000}", "pasakumi")
    assert time.process_time() - started < 1


def harmless(said: str) -> bool:
    return all(one.isprintable() or one in "\n\u00a0\u202f" for one in said)


def test_an_archive_says_nothing_to_the_terminal_or_the_log(tmp_path):
    """Names, addresses and types that an archive chooses come out as one line each, with escapes shown."""
    folder = tmp_path / "folder"
    folder.mkdir()
    sources(folder)
    record = warc_records.resource(
        "fondi",
        f"https://example.lv/{ESCAPES}",
        page(2).encode(),
        f"text/{ESCAPES}",
        archived_at=DAY,
        order=None,
    )
    (tmp_path / "a.warc.gz").write_bytes(record)
    with zipfile.ZipFile(tmp_path / "a.wacz", "w") as zipped:
        zipped.writestr(
            f"archive/{ESCAPES}.warc.gz", gzip.compress(b"WARC/1.1\r\nbroken " + ESCAPES.encode())
        )
        zipped.writestr(f"archive/../../{ESCAPES}.warc.gz", b"")
    (tmp_path / f"{ESCAPES}.html".replace("/", "")).write_bytes(b"\0\1\2")
    for path in sorted(tmp_path.iterdir()):
        if path.is_file():
            done = pasakumi(folder, "import", path, "--source", "fondi")
            assert done.out + done.err
            assert harmless(done.out + done.err), (path, done)
            assert not re.search(r"^A second line", done.out + done.err, re.MULTILINE)
    for verb in ("sources", "check", "verify", "history", "rebuild"):
        done = pasakumi(folder, verb, *(["4.9.9.1"] if verb == "history" else []))
        assert harmless(done.out + done.err), verb


def test_a_configuration_says_nothing_to_the_terminal(tmp_path):
    written = ESCAPES.replace("\x1b", "\\u001b").replace("\x07", "\\u0007").replace("\x9b", "\\u009b")
    written = written.replace("\u202e", "\\u202e").replace("\r\n", "\\r\\n")
    (tmp_path / "sources.toml").write_text(
        f'contact = "{written}"\n[[source]]\nid = "{written}"\nurl = "https://example.lv/"\n', "utf-8"
    )
    done = pasakumi(tmp_path, "check")
    assert done.code == 2
    assert harmless(done.out + done.err)
    assert done.err.count("\n") == 1


@pytest.mark.parametrize("link", ["output", "state"])
def test_the_page_tells_of_what_is_not_defended(link):
    assert f"`{link}/`" in PAGE.partition("## What is not defended")[2]


def test_no_secret_is_in_the_repository():
    """Nothing that looks like a key or a token stands in what is deployed."""
    for path in [*(ROOT / "deploy").rglob("*"), ROOT / "sources.toml"]:
        if path.is_file() and path.suffix != ".lock":
            text = path.read_text("utf-8")
            assert not re.search(r"-----BEGIN|gh[pousr]_\w{20}|xox[bap]-|AKIA[0-9A-Z]{16}", text), path


def test_audit_tools_are_locked():
    text = Path(ROOT / "deploy" / "audit-tools.lock").read_text("utf-8")
    wanted = re.findall(
        r"^([a-z-]+)>=", (ROOT / "deploy" / "audit-tools.in").read_text("utf-8"), re.MULTILINE
    )
    entries = re.split(r"\n(?=[a-z0-9])", text)
    assert {"bandit", "pip-audit"} == set(wanted) <= {entry.partition("==")[0] for entry in entries}
    assert all("--hash=sha256:" in entry for entry in entries if "==" in entry)
    assert "://" not in text

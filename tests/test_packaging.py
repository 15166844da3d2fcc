"""What a user installs: the locks, and the wheel in an empty folder without the checkout."""

import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tomllib
import venv
import zipfile
from pathlib import Path

import pytest

from pipeline.version import VERSION

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
LOCKS = ("requirements.lock", "requirements-dev.lock")
PACKAGES = ("parsers", "pipeline", "pasakumi")
PAGE = """Atbalsts skolām

4.9.9.1. pasākums "Mācību vides uzlabošana"
Pieejamais ES fondu finansējums: 1 234 567 eiro
Mērķis: uzlabot mācību vidi.
"""


def pins(lock: str) -> dict[str, list[str]]:
    """``name==version ; marker`` of each entry with its hashes."""
    entries = re.split(r"\n(?=[a-z0-9])", (ROOT / lock).read_text("utf-8"))
    return {
        entry.split(" \\")[0].strip(): re.findall(r"--hash=sha256:([0-9a-f]{64})\b", entry)
        for entry in entries
        if not entry.startswith("#")
    }


def name_of(requirement: str) -> str:
    return re.split(r"[^A-Za-z0-9._-]", requirement)[0].lower().replace("_", "-").replace(".", "-")


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_pins_and_hashes_everything_and_names_no_address(lock):
    text = (ROOT / lock).read_text("utf-8")
    assert "://" not in text
    assert not re.search(r"--(index|extra-index|find-links|trusted-host)", text)
    assert str(ROOT) not in text
    assert pins(lock)
    for pin, hashes in pins(lock).items():
        assert re.match(r"[a-z0-9-]+(\[[a-z0-9,-]+\])?==[^ ]+( ; .+)?$", pin), pin
        assert hashes, pin


def test_the_locks_hold_what_the_project_asks_for():
    runtime = {name_of(pin) for pin in pins(LOCKS[0])}
    everything = {name_of(pin) for pin in pins(LOCKS[1])}
    project = PROJECT["project"]
    assert {name_of(one) for one in project["dependencies"] + PROJECT["build-system"]["requires"]} <= runtime
    assert {name_of(one) for one in project["optional-dependencies"]["dev"]} <= everything


def test_both_locks_agree():
    everything = pins(LOCKS[1])
    assert {pin: hashes for pin, hashes in pins(LOCKS[0]).items() if everything.get(pin) != hashes} == {}


def asked_for(lock: str) -> dict[str, list[str]]:
    """Each package of a lock, and who asks for it: other packages of the lock, ``pasakumi (…)``."""
    found: dict[str, list[str]] = {}
    name = ""
    for line in (ROOT / lock).read_text("utf-8").splitlines():
        if re.match(r"[a-z0-9]", line):
            name = name_of(line)
            found[name] = []
        elif name and (said := re.fullmatch(r"    #(?: via)?\s+(\S.*)", line)):
            found[name].append(said[1])
    return found


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_holds_nothing_that_nobody_asks_for(lock):
    """Every package is asked for by the project or, over however many steps, by one that is."""
    asking = asked_for(lock)
    assert asking.keys() == {name_of(pin) for pin in pins(lock)}
    project = PROJECT["project"]
    groups = (*project["optional-dependencies"].values(), *PROJECT["dependency-groups"].values())
    named = {name_of(one) for one in [*project["dependencies"], *(one for group in groups for one in group)]}
    wanted: set[str] = set()
    while True:
        more = {
            name
            for name, others in asking.items()
            if any(
                name in named if one.startswith("pasakumi (") else name_of(one) in wanted for one in others
            )
        }
        if more <= wanted:
            break
        wanted |= more
    assert asking.keys() - wanted == set()


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """Built from a copy: what an earlier build left in the checkout must not get in."""
    source = tmp_path_factory.mktemp("source")
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source)
    for package in PACKAGES:
        shutil.copytree(ROOT / package, source / package, ignore=shutil.ignore_patterns("__pycache__"))
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", source / "dist", source]
    subprocess.run(build, check=True, capture_output=True)
    (built,) = (source / "dist").glob("*.whl")
    return built


@pytest.fixture(scope="module")
def command(wheel, tmp_path_factory):
    """The command in an environment that holds the wheel, with the libraries of this one beside it."""
    environment = tmp_path_factory.mktemp("installed")
    venv.create(environment, with_pip=False)
    scripts = environment / ("Scripts" if os.name == "nt" else "bin")
    install = [sys.executable, "-m", "pip", "--python", scripts / "python", "install", "--quiet", "--no-deps"]
    subprocess.run([*install, wheel], check=True, capture_output=True)
    ask = [scripts / "python", "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"]
    target = Path(subprocess.run(ask, check=True, capture_output=True, text=True).stdout.strip())
    # A path entry does not bring the path files of the folder it names: the checkout stays out of reach.
    (target / "libraries.pth").write_text(sysconfig.get_path("purelib"), "utf-8")
    return scripts / "pasakumi"


@pytest.fixture
def pasakumi(command, tmp_path):
    """Runs the command in a folder of its own that is empty at first."""
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "COV"))
    }

    def run(*words: str | Path, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            [command, *words],
            cwd=tmp_path,
            env=environment,
            input=stdin,
            capture_output=True,
            check=False,
            timeout=120,
        )

    return run


def lines(output: bytes) -> list[str]:
    return output.decode("utf-8").splitlines()


def test_the_wheel_holds_the_packages_and_nothing_else(wheel):
    with zipfile.ZipFile(wheel) as archive:
        held = {name for name in archive.namelist() if ".dist-info/" not in name}
    wanted = {
        path.relative_to(ROOT).as_posix()
        for package in PACKAGES
        for path in (ROOT / package).rglob("*")
        if path.is_file() and path.parent.name != "__pycache__"
    }
    assert held == wanted


def test_version(pasakumi):
    done = pasakumi("--version")
    assert (done.returncode, done.stderr) == (0, b"")
    assert VERSION in done.stdout.decode()


def test_init_begins_a_folder_and_leaves_a_file_as_it_is(pasakumi, tmp_path):
    assert pasakumi("init").returncode == 0
    written = (tmp_path / "sources.toml").read_bytes()
    again = pasakumi("init")
    assert again.returncode == 2
    assert len(lines(again.stderr)) == 1
    assert (tmp_path / "sources.toml").read_bytes() == written
    assert [path.name for path in tmp_path.iterdir()] == ["sources.toml"]


@pytest.mark.parametrize(
    "words", ["run", "fetch", "rebuild", "check", "sources", "diff", "explain 4.2.1.1 title"]
)
def test_a_verb_that_needs_sources_says_so_in_one_line(pasakumi, tmp_path, words):
    done = pasakumi(*words.split())
    assert done.returncode == 2
    (line,) = lines(done.stderr)
    assert "sources.toml" in line
    assert "pasakumi init" in line
    assert list(tmp_path.iterdir()) == []


def test_parse_needs_no_sources_and_leaves_nothing_behind(pasakumi, tmp_path):
    done = pasakumi("parse", "-", "--format", "json", stdin=PAGE.encode())
    assert (done.returncode, done.stderr) == (0, b"")
    (measure,) = json.loads(done.stdout)["measures"]
    assert (measure["code"], measure["eu_funding_eur"]) == ("4.9.9.1", 1_234_567)
    assert list(tmp_path.iterdir()) == []


def test_diff_of_two_files_needs_no_sources(pasakumi, tmp_path):
    (tmp_path / "old.txt").write_text(PAGE, "utf-8")
    (tmp_path / "new.txt").write_text(PAGE.replace("1 234 567", "1 334 567"), "utf-8")
    done = pasakumi("diff", "old.txt", "new.txt", "--format", "json")
    assert (done.returncode, done.stderr) == (0, b"")
    (change,) = json.loads(done.stdout)["changes"]
    assert (change["kind"], change["delta_eur"]) == ("funding_changed", 100_000)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["new.txt", "old.txt"]


def test_the_thin_door_imports_nothing_of_ours_until_asked():
    code = "import sys, pasakumi; print(*(name.partition('.')[0] for name in sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=True, text=True)
    assert set(done.stdout.split()) & {"parsers", "pipeline", "lxml", "pandas", "requests"} == set()


def test_the_thin_door_leads_to_every_name():
    import pasakumi

    assert pasakumi.__version__ == VERSION
    for name in pasakumi.__all__:
        assert getattr(pasakumi, name) is not None
        assert name in dir(pasakumi)
    with pytest.raises(AttributeError, match="has no attribute 'parse_pgae'"):
        _ = pasakumi.parse_pgae

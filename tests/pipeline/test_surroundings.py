"""Locale, home, temporary folder, permissions, memory, file descriptors: one line where it cannot work, and
the same bytes where it can."""

from __future__ import annotations

import json
import shutil
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from pipeline import memory
from tests.pipeline.receivers import GREW
from tests.pipeline.site import capture, page, sources
from tests.pipeline.surroundings import ReadOnly, bare
from tests.pipeline.test_damage import contents

DAY = datetime(2025, 3, 1, 6, 30, tzinfo=UTC)
PLAIN = {"LANG": "C.UTF-8", "HOME": "/tmp", "TZ": "UTC"}  # noqa: S108 - the ordinary place
UNREADABLE = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": "ascii"}
NEXT_TO_NOTHING = {
    "HOME": "/nonexistent", "TMPDIR": "/nonexistent", "TEMP": "/nonexistent", "TZ": "Pacific/Kiritimati",
}  # fmt: skip


@pytest.fixture(scope="module")
def seed(tmp_path_factory):
    """Two captures of a page, published where all is ordinary; ``output`` aside."""
    folder = tmp_path_factory.mktemp("seed")
    sources(folder)
    for number, content in enumerate((page(5), GREW)):
        capture(folder / "raw", content, DAY + timedelta(days=number))
    done = bare(folder, "run", "--offline", **PLAIN)
    assert (done.code, done.err) == (0, "")
    (folder / "said").write_text(done.out, "utf-8")
    return folder


@pytest.fixture
def folder(seed, tmp_path):
    """The same before it was published."""
    (tmp_path / "a").mkdir()
    shutil.copy(seed / "sources.toml", tmp_path / "a")
    shutil.copytree(seed / "raw", tmp_path / "a" / "raw")
    return tmp_path / "a"


@pytest.fixture(scope="module")
def latvian(tmp_path_factory):
    """Variables of a Latvian locale, made here where the system has none."""
    folder = tmp_path_factory.mktemp("locale")
    localedef = shutil.which("localedef")
    if localedef is None or not Path("/usr/share/i18n/locales/lv_LV").exists():
        pytest.skip("no localedef or no description of lv_LV to make the locale from")
    made = [localedef, "-i", "lv_LV", "-f", "UTF-8", str(folder / "lv_LV.UTF-8")]
    subprocess.run(made, check=False, capture_output=True)
    assert (folder / "lv_LV.UTF-8").is_dir()
    return {"LOCPATH": str(folder), "LC_ALL": "lv_LV.UTF-8", "LANG": "lv_LV.UTF-8", "TZ": "Europe/Riga"}


@pytest.mark.parametrize(
    "environment",
    [
        UNREADABLE | NEXT_TO_NOTHING,
        pytest.param({"LC_ALL": "POSIX"}, marks=pytest.mark.soak),
        pytest.param({}, marks=pytest.mark.soak),
    ],
)
def test_the_same_bytes_wherever_it_runs(folder, seed, environment):
    """Also without any variable. Latvian letters are UTF-8 in messages, whatever the locale can."""
    done = bare(folder, "run", "--offline", **environment)
    assert (done.code, done.err) == (0, "")
    assert done.out == (seed / "said").read_text("utf-8")
    assert contents(folder / "output") == contents(seed / "output")
    assert "Mācību" in bare(folder, "explain", "4.9.9.1", "title", **environment).out


@pytest.mark.soak
def test_the_same_bytes_in_latvian(folder, seed, latvian):
    test_the_same_bytes_wherever_it_runs(folder, seed, latvian)


@pytest.mark.soak
def test_the_locale_is_really_another(latvian):
    """Otherwise the trial above would prove nothing."""
    code = "import locale; locale.setlocale(locale.LC_ALL, ''); print(locale.str(1.5))"
    done = subprocess.run(["python3", "-c", code], env=latvian, capture_output=True, text=True, check=False)
    assert done.stdout == "1,5\n"


@pytest.mark.parametrize(
    ("name", "verb", "code", "said"),
    [
        ("output", "run --offline", 4, "output: cannot be written: Permission denied"),
        ("output", "rebuild", 4, "output: cannot be written: Permission denied"),
        ("state", "run --offline", 4, "state: cannot be written (Permission denied); nothing was changed"),
        ("raw", "verify --repair", 4, "raw: cannot be written (Permission denied); nothing was changed"),
        ("raw", "fetch", 4, "raw: cannot be written (Permission denied); nothing was changed"),
        (".", "status", 0, ""),
        pytest.param(".", "verify", 0, "", marks=pytest.mark.soak),
    ],
)
def test_a_folder_that_cannot_be_written(seed, tmp_path, name, verb, code, said):
    folder = Path(shutil.copytree(seed, tmp_path / "copy"))
    before = contents(folder)
    if "run" in verb:
        capture(folder / "raw", page(5), DAY + timedelta(days=9))
    with ReadOnly(folder / name):
        # A mount that is read-only has locks that cannot be opened either.
        for lock in (folder / name).rglob("*.lock"):
            lock.chmod(0o444)
        done = bare(folder, *verb.split())
    assert done.code == code
    assert done.complaint.startswith(said) if said else done.err == "", done.err
    kept = {path: content for path, content in contents(folder).items() if path.startswith("output/")}
    assert kept == {path: content for path, content in before.items() if path.startswith("output/")}


def test_raw_is_only_read_and_memory_is_just_enough(folder, tmp_path, seed):
    """Publishing needs neither a writable raw/ nor a working folder that is one, nor more than we say."""
    limit = f"ulimit -v {memory.LEAST // 1024}"
    with ReadOnly(folder):
        done = bare(folder, "run", "--offline", "--output", "../out", "--state", "../state", before=limit)
    assert (done.code, done.err) == (0, "")
    assert contents(tmp_path / "out") == contents(seed / "output")


@pytest.mark.parametrize(
    ("megabytes", "said"),
    [
        (24, "out of memory; what was captured is safe in raw/"),
        (300, "not enough memory: a limit (ulimit -v) allows 300 MB"),
        *(pytest.param(size, "memory", marks=pytest.mark.soak) for size in range(20, 440, 30)),
    ],
)
def test_too_little_memory(folder, megabytes, said):
    """One line, nothing half published, and the next run is whole."""
    done = bare(folder, "run", "--offline", before=f"ulimit -v {megabytes * 1024}")
    assert done.code == 4
    assert said in done.complaint
    assert not (folder / "output").exists()


@pytest.mark.parametrize("most", [20, *(pytest.param(n, marks=pytest.mark.soak) for n in (6, 9, 13, 28, 36))])
def test_few_file_descriptors(folder, most):
    done = bare(folder, "run", "--offline", before=f"ulimit -n {most}")
    assert done.code == 4
    assert "Too many open files" in done.complaint
    published = {name for name in contents(folder / "output") if not name.startswith(".staging/")}
    assert published == set()
    if (folder / "state" / "status.json").exists():
        last = json.loads((folder / "state" / "status.json").read_bytes())["last_run"]
        assert last["exit_code"] in (4, None)  # None where there was none left to write it with

"""deploy/ and its page say what is true: paths, verbs, options exist; the files are fit for their tools."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from configparser import ConfigParser
from pathlib import Path

import pytest

from tests.pipeline.command import pasakumi

yaml = pytest.importorskip("yaml")

ROOT = Path(__file__).parents[1]
DEPLOY = ROOT / "deploy"
PAGE = (ROOT / "docs" / "deploy.md").read_text("utf-8")
SERVICE = DEPLOY / "systemd" / "pasakumi.service"
WORKFLOW = (DEPLOY / "github" / "pasakumi.yml").read_text("utf-8")
JOBS = yaml.safe_load(WORKFLOW)["jobs"]
DOCKERFILE = (DEPLOY / "Dockerfile").read_text("utf-8").replace("\\\n", " ")


def texts() -> dict[str, str]:
    """The files that somebody runs, and the code of the page, in blocks and in sentences."""
    found = {
        path.relative_to(ROOT).as_posix(): path.read_text("utf-8")
        for path in sorted(DEPLOY.rglob("*"))
        if path.is_file() and path.suffix not in {".in", ".lock"}
    }
    blocks = re.findall(r"^```\w*\n(.*?)^```", PAGE, re.DOTALL | re.MULTILINE)
    inline = re.findall(r"`([^`\n]+)`", PAGE)
    return found | {"docs/deploy.md": "\n".join(blocks + inline)}


def commands() -> list[tuple[str, str, tuple[str, ...]]]:
    """Where, verb and options of every ``pasakumi VERB …`` that is run somewhere, comments left out."""
    found = set()
    for name, text in texts().items():
        code = "\n".join(line for line in text.splitlines() if not line.lstrip().startswith("#"))
        code = code.replace('", "', " ")  # the form of HEALTHCHECK and CMD
        pattern = r"(?:^|[\s/\"])pasakumi (?!pasakumi|by)([a-z]+)\b([^\n|;&\"]*)"
        for verb, rest in re.findall(pattern, code, re.MULTILINE):
            found.add((name, verb, tuple(re.findall(r"(?<=\s)--?[a-z][a-z-]*", rest))))
    return sorted(found)


@pytest.mark.parametrize(("name", "verb", "options"), commands())
def test_verbs_and_options_exist(tmp_path, name, verb, options):
    told = pasakumi(tmp_path, verb, "--help")
    assert told.code == 0, name
    for option in options:
        assert re.search(rf"(?<![\w-]){re.escape(option)}(?![\w-])", told.out), (name, option)


def test_every_way_is_looked_at():
    where = {name for name, _, _ in commands()}
    assert where >= {
        "deploy/crontab",
        "deploy/systemd/pasakumi.service",
        "deploy/Dockerfile",
        "deploy/daily.sh",
        "deploy/github/pasakumi.yml",
        "docs/deploy.md",
    }


def test_files_that_are_named_exist():
    named = re.findall(r"(?<![\w/.])((?:deploy|docs|tests)/[\w./-]*\w)", "\n".join([PAGE, *texts().values()]))
    assert len(named) > 8
    for name in named:
        assert (ROOT / name).exists(), name
    for target in re.findall(r"\]\(([^)#]+)", PAGE):
        assert "://" in target or (ROOT / "docs" / target).exists(), target


def test_every_file_has_its_place_on_the_page():
    for path in DEPLOY.rglob("*"):
        if path.is_file():
            assert path.name in PAGE, path.name


def test_make_targets_that_are_named_exist():
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    named = set(re.findall(r"(?:^|[\s`])make ([a-z-]+)", "\n".join(texts().values()), re.MULTILINE))
    assert "install" in named
    assert named <= targets


def test_cron_lines():
    lines = [line for line in (DEPLOY / "crontab").read_text("utf-8").splitlines() if line and line[0] != "#"]
    variables = [line for line in lines if re.fullmatch(r"[A-Z]+=\S+", line)]
    jobs = [line for line in lines if line not in variables]
    assert {line.partition("=")[0] for line in variables} == {"MAILTO", "PASAKUMI"}
    assert len(jobs) == 2
    for job in jobs:
        times, command = job.split()[:5], job.split(None, 5)[5]
        assert all(re.fullmatch(r"\*|\d+", one) for one in times)
        assert command.startswith('cd "$PASAKUMI" && .venv/bin/pasakumi ')
        assert command.endswith("-q")
        assert "flock" not in job
        assert "%" not in job  # cron takes it for the end of a line
    assert "15 6 * * *" in (ROOT / "README.md").read_text("utf-8")


def unit(path: Path) -> dict[str, dict[str, list[str]]]:
    """Sections of a unit file; a key may stand several times."""
    found: dict[str, dict[str, list[str]]] = {}
    section = ""
    for line in path.read_text("utf-8").splitlines():
        if line.startswith("["):
            section = line.strip("[]")
        elif line and not line.startswith("#"):
            key, _, value = line.partition("=")
            found.setdefault(section, {}).setdefault(key, []).append(value)
    return found


def test_the_service_has_least_rights():
    service = unit(SERVICE)["Service"]
    assert service["User"] == ["pasakumi"]
    assert service["ProtectSystem"] == ["strict"]
    assert service["ReadWritePaths"] == ["/var/lib/pasakumi"] == service["WorkingDirectory"]
    assert service["CapabilityBoundingSet"] == [""]
    for key in ("NoNewPrivileges", "PrivateTmp", "PrivateDevices", "MemoryDenyWriteExecute"):
        assert service[key] == ["yes"], key
    assert all(line.startswith("/") for line in service["ExecStart"] + service["ExecStartPost"])
    # A capture that was withheld fails the unit; a page that was away for a day must not.
    assert "--strict" not in service["ExecStart"][0]
    assert "SuccessExitStatus" not in service


@pytest.fixture(scope="module")
def units(tmp_path_factory):
    """The units with a command that there is here; skips where nothing can verify them."""
    if shutil.which("systemd-analyze") is None:
        pytest.skip("no systemd-analyze here (Debian: apt install systemd)")
    folder = tmp_path_factory.mktemp("units")
    for path in SERVICE.parent.glob("pasakumi.*r*"):
        text = path.read_text("utf-8").replace("/opt/pasakumi/bin/pasakumi", sys.executable)
        (folder / path.name).write_text(text, "utf-8")
    return folder


@pytest.mark.parametrize("name", ["pasakumi.service", "pasakumi.timer"])
def test_systemd_takes_the_units(units, name):
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", units / name], capture_output=True, check=False, text=True
    )
    # systemd tells of other units of the machine too.
    ours = [line for line in done.stderr.splitlines() if "pasakumi" in line]
    assert (done.returncode, ours) == (0, [])


def test_systemd_finds_a_slip(units, tmp_path):
    broken = tmp_path / "pasakumi.service"
    broken.write_text(
        (units / "pasakumi.service").read_text("utf-8").replace("ExecStart=", "ExecStrat="), "utf-8"
    )
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", broken], capture_output=True, check=False, text=True
    )
    assert done.returncode or "ExecStrat" in done.stderr


def test_systemd_thinks_it_safe(units):
    words = ["systemd-analyze", "security", "--offline=true", "--threshold=20", units / "pasakumi.service"]
    done = subprocess.run(words, capture_output=True, check=False, text=True)
    if "Unknown" in done.stderr or "unrecognized" in done.stderr:
        pytest.skip("this systemd-analyze cannot look at a file (before 250)")
    assert done.returncode == 0, done.stdout[-200:]  # at most 2.0 of 10


def steps() -> list[dict[str, object]]:
    return [step for job in JOBS.values() for step in job["steps"]]


def test_the_workflow_uses_what_it_declares():
    head, _, body = WORKFLOW.partition("\nname:")
    declared = set(re.findall(r"^#   (PASAKUMI_\w+)", head, re.MULTILINE))
    used = set(re.findall(r"\b(?:secrets|vars)\.(\w+)", body))
    assert used == declared
    assert all(f"`{name}`" in PAGE for name in declared)
    secrets = set(re.findall(r"\bsecrets\.(\w+)", body))
    assert secrets == set(re.findall(r"^#   (PASAKUMI_\w+)", head.partition("# Secrets:")[2], re.MULTILINE))


def test_actions_are_pinned_by_commit_and_say_which_version():
    lines = re.findall(r"uses: (.+)", WORKFLOW)
    assert len(lines) == len([step for step in steps() if "uses" in step])
    for line in lines:
        assert re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", line), line


def test_no_job_may_do_more_than_it_must():
    assert yaml.safe_load(WORKFLOW)["permissions"] == {}
    assert {name: job["permissions"] for name, job in JOBS.items()} == {
        "run": {"contents": "write"},
        "publish": {"pages": "write", "id-token": "write"},
        "look": {},
    }
    assert all("timeout-minutes" in job for job in JOBS.values())


def test_no_expression_stands_in_a_script():
    """What a variable holds must not become part of a script."""
    scripts = [str(step["run"]) for step in steps() if "run" in step]
    assert scripts
    assert not any("${{" in script for script in scripts)


def test_outputs_and_steps_that_are_referred_to_exist():
    for name, job in JOBS.items():
        ids = {step["id"] for step in job["steps"] if "id" in step}
        assert set(re.findall(r"\bsteps\.(\w+)\.", str(job))) <= ids
        for other, output in re.findall(r"\bneeds\.(\w+)\.outputs\.(\w+)", str(job)):
            assert other in job["needs"], name
            assert output in JOBS[other]["outputs"]


def script(beginning: str) -> str:
    (found,) = (str(step["run"]) for step in steps() if str(step.get("name", "")).startswith(beginning))
    return found


def bash(code: str, folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """As the runner does it: ``bash -e -o pipefail``."""
    environment = {"PATH": os.environ["PATH"], "HOME": str(folder), "LC_ALL": "C"} | variables
    return subprocess.run(
        ["bash", "-e", "-o", "pipefail", "-c", code],
        cwd=folder, env=environment, capture_output=True, check=False, text=True,
    )  # fmt: skip


def installed(folder: Path, code: str) -> None:
    """What ``make install`` leaves, with a command that does this."""
    command = folder / ".venv" / "bin" / "pasakumi"
    command.parent.mkdir(parents=True)
    command.write_text(f"#!/bin/sh\n{code}\n", "utf-8")
    command.chmod(0o755)


@pytest.mark.skipif(shutil.which("bash") is None, reason="no bash here")
class TestScripts:
    """The scripts of the workflow, run."""

    @pytest.mark.parametrize("store", ["", "me/private"])
    @pytest.mark.parametrize(
        ("variable", "of_all", "of_one", "is_hidden"),
        [
            ("", "true", "", False), ("true", "true", "", False), ("true", "false", "", False),
            ("false", "true", "", True), ("", "false", "", True),
            ("", "true", "publish_contacts = false", True),
            ("true", "true", "publish_contacts = false", True),
        ],
    )  # fmt: skip
    def test_hidden_contacts_need_a_store_of_their_own(
        self, tmp_path, store, variable, of_all, of_one, is_hidden
    ):
        source = f'[[source]]\nid = "a"\nurl = "https://example.lv/"\n{of_one}\n'
        (tmp_path / "sources.toml").write_text(f"publish_contacts = {of_all}\n{source}", "utf-8")
        installed(tmp_path, f'exec "{sys.executable}" -m pipeline "$@"')
        done = bash(
            script("Contacts"), tmp_path,
            PASAKUMI_PUBLISH_CONTACTS=variable, STORE=store, RUNNER_TEMP=str(tmp_path), PYTHONPATH=str(ROOT),
        )  # fmt: skip
        assert done.returncode == (1 if is_hidden and not store else 0), done.stderr
        assert ("::error::" in done.stdout) is (is_hidden and not store)

    def test_settings_that_cannot_be_read_stop_it(self, tmp_path):
        installed(tmp_path, "exit 2")
        done = bash(script("Contacts"), tmp_path, STORE="", RUNNER_TEMP=str(tmp_path))
        assert done.returncode == 2

    @pytest.mark.parametrize(("code", "goes_on"), [(0, True), (3, True), (4, False), (2, False)])
    def test_a_withheld_capture_does_not_keep_the_rest_from_being_published(self, tmp_path, code, goes_on):
        installed(tmp_path, f"exit {code}")
        done = bash(script("Fetch, archive"), tmp_path, GITHUB_OUTPUT=str(tmp_path / "told"))
        assert (done.returncode == 0) is goes_on
        assert (tmp_path / "told").read_text("utf-8") == f"code={code}\n"

    @pytest.mark.parametrize(
        ("code", "stale", "is_fine"),
        [("0", "0", True), ("3", "0", False), ("0", "3", False), ("", "", False)],
    )
    def test_red_only_where_somebody_has_to_look(self, tmp_path, code, stale, is_fine):
        (look,) = JOBS["look"]["steps"]
        done = bash(look["run"], tmp_path, CODE=code, STALE=stale)
        assert (done.returncode == 0) is is_fine
        assert ("::error::" in done.stdout) is not is_fine

    def test_captures_and_state_are_kept_without_the_cache(self, tmp_path):
        there, store = tmp_path / "there.git", tmp_path / "store"
        setup = (
            f"git init -q --bare {there} && git init -q -b store {store} && cd {store} && touch README "
            f"&& git add . && git -c user.name=x -c user.email=x@x commit -qm x "
            f"&& git remote add origin {there} && git push -q origin store && git checkout -q --detach"
        )
        assert bash(setup, tmp_path).returncode == 0
        for name in ("raw/2025/a.warc.gz", "state/status.json", "state/cache/histories/a.pickle"):
            (store / name).parent.mkdir(parents=True, exist_ok=True)
            (store / name).write_text("x", "utf-8")
        keep = script("Keep")
        for _ in range(2):  # the second time there is nothing new
            done = bash(keep, store)
            assert done.returncode == 0, done.stderr
        listed = bash(
            f"git -C {there} ls-tree -r --name-only store && git -C {there} log --oneline store", tmp_path
        )
        assert "raw/2025/a.warc.gz\nstate/status.json\n" in listed.stdout
        assert "cache" not in listed.stdout
        assert len(listed.stdout.splitlines()) == 3 + 2


def test_what_the_dockerfile_copies_exists_and_is_sent():
    ignored = (ROOT / ".dockerignore").read_text("utf-8").splitlines()
    assert "*" in ignored
    sources = [
        word
        for line in re.findall(r"^COPY (?!--from)(.+)$", DOCKERFILE, re.MULTILINE)
        for word in line.split()[:-1]
    ]
    assert len(sources) >= 7
    for name in sources:
        assert (ROOT / name).exists(), name
        assert f"!{name}" in ignored
    packages = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["setuptools"]["packages"]
    assert {name.rstrip("*") for name in packages["find"]["include"]} <= set(sources)
    assert {line[1:] for line in ignored if line.startswith("!")} == set(sources)


def test_the_image_is_locked_small_and_not_root():
    stages = re.findall(r"^FROM (.+)$", DOCKERFILE, re.MULTILINE)
    assert len(stages) == 2
    assert re.search(r"^ARG BASE=python:3\.\d+-slim-[a-z]+$", DOCKERFILE, re.MULTILINE)
    assert "--require-hashes" in DOCKERFILE
    assert "pip install" in DOCKERFILE
    for line in re.findall(r"pip install.+?(?=&&|$)", DOCKERFILE, re.MULTILINE):
        assert "--no-cache-dir" in line
        assert "--require-hashes" in line or "--no-deps --no-build-isolation" in line
    last = DOCKERFILE.rpartition("\nFROM ")[2]
    assert re.search(r"^USER \d+:\d+$", last, re.MULTILINE)
    assert "HEALTHCHECK" in last
    assert re.search(r'^CMD \["daily"\]$', last, re.MULTILINE)


@pytest.mark.skipif(shutil.which("hadolint") is None, reason="no hadolint here")
def test_hadolint():
    done = subprocess.run(["hadolint", DEPLOY / "Dockerfile"], capture_output=True, check=False, text=True)
    assert done.stdout == ""


@pytest.mark.skipif(os.name == "nt", reason="a shell script of the container")
def test_the_container_runs_again_and_stops_when_told(tmp_path):
    command = tmp_path / "pasakumi"
    command.write_text(f"#!/bin/sh\necho ran >> {tmp_path}/ran\nexit 3\n", "utf-8")
    command.chmod(0o755)
    environment = {"PATH": f"{tmp_path}:{os.environ['PATH']}", "DAILY_SECONDS": "0.2"}
    process = subprocess.Popen(
        [DEPLOY / "daily.sh"], env=environment, stderr=subprocess.PIPE, cwd=tmp_path, text=True
    )
    try:
        said = [process.stderr.readline() for _ in range(2)]
        assert said == ["daily: the run ended with 3; the next is in 0.2 seconds\n"] * 2
        process.terminate()
        assert process.wait(10) == 0
    finally:
        process.kill()
        process.communicate()
    assert (tmp_path / "ran").read_text("utf-8").count("ran") >= 2


def test_the_timer_is_daily_and_makes_up_for_a_morning_off():
    timer = ConfigParser(interpolation=None)
    timer.read(SERVICE.with_suffix(".timer"), "utf-8")
    assert timer["Timer"]["OnCalendar"].endswith("Europe/Riga")
    assert timer["Timer"]["Persistent"] == "true"

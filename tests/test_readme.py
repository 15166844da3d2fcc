"""What README.md shows is what happens: its commands are run and its output compared, its Python is run."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from tests.pipeline.command import pasakumi

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")
PAGE = (ROOT / "tests" / "fixtures" / "izm-visparejai-izglitibai.txt").read_text("utf-8")
# The changes that README says are made up.
EDITS = (("3 697 500", "4 897 500"), ("2025. gada I cet. – atlases", "2025. gada III cet. – atlases"))
# Nothing answers at this port: the README shows a run without network.
UNREACHABLE = dict.fromkeys(("HTTPS_PROXY", "https_proxy"), "http://127.0.0.1:9") | {
    "NO_PROXY": "",
    "no_proxy": "",
}


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", README, re.DOTALL | re.MULTILINE)


def examples() -> list[tuple[str, str]]:
    """Each command with the output that is shown below it."""
    found = []
    for block in blocks("console"):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, output = part.partition("\n")
            found.append((command, output))
    return found


def agrees(shown: str, printed: str) -> bool:
    """``…`` stands for anything."""
    pattern = ".*".join(re.escape(part) for part in shown.split("…"))
    return re.fullmatch(pattern, printed, re.DOTALL) is not None


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """What a checkout holds of this, with two copies of a page, and the dataset built."""
    folder = tmp_path_factory.mktemp("readme")
    listed = subprocess.run(
        ["git", "ls-files", "raw", "sources.toml"], cwd=ROOT, capture_output=True, check=False
    )
    if listed.returncode:
        pytest.skip("not in a git checkout")
    for name in listed.stdout.decode().split():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes((ROOT / name).read_bytes())
    later = PAGE
    for old, new in EDITS:
        assert old in PAGE
        later = later.replace(old, new)
    (folder / "march.txt").write_text(PAGE, "utf-8")
    (folder / "april.txt").write_text(later, "utf-8")
    return folder


def scripts() -> list[str]:
    """Commands that need files or archives that are not here: shown without output."""
    return [line for block in blocks("sh") for line in block.splitlines()]


@pytest.mark.parametrize("command", scripts())
def test_a_command_without_output_names_options_that_there_are(folder, command):
    program, verb, *words = shlex.split(command)
    assert program == "pasakumi"
    ran = pasakumi(folder, verb, "--help")
    assert ran.code == 0
    for option in (word for word in words if word.startswith("--")):
        assert option in ran.out


@pytest.mark.parametrize(("command", "output"), examples(), ids=[command for command, _ in examples()])
def test_an_example(folder, command, output):
    words = shlex.split(command.replace("make run", "pasakumi run"))
    assert words[0] == "pasakumi"
    done = pasakumi(folder, *words[1:], **UNREACHABLE)
    assert (done.code, done.err) == (0, "")
    assert agrees(output, done.out), done.out


def test_the_chart(folder):
    pytest.importorskip("matplotlib")
    assert pasakumi(folder, "run", "--offline").code == 0
    (code,) = blocks("python")
    environment = os.environ | {"PYTHONPATH": str(ROOT), "MPLBACKEND": "agg"}
    subprocess.run([sys.executable, "-c", code], cwd=folder, env=environment, check=True, capture_output=True)
    assert (folder / "themes.png").read_bytes().startswith(b"\x89PNG")


def test_links_lead_to_files():
    for target in re.findall(r"\]\(([^)#]+)\)", README):
        if "://" not in target:
            assert (ROOT / target).is_file(), target

"""Bytes that changed on the disk, in every kind of file: seen, said, never published, mended."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path
from random import Random

import pytest

from tests.pipeline.command import pasakumi
from tests.pipeline.damage import KINDS, damage
from tests.pipeline.receivers import GREW, SLIPPED, store, subscribed
from tests.pipeline.site import page

NOBODY = "json://127.0.0.1:9/hook"
PUBLISHED = (
    "tables/measures.csv", "tables/changes.parquet", "pasakumi.sqlite", "pasakumi.xlsx", "site/index.html",
    "feed.xml", "datapackage.json", "SHA256SUMS",
)  # fmt: skip
SEEDS = [0, *(pytest.param(seed, marks=pytest.mark.soak) for seed in range(1, 12))]


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def run(folder: Path, *words: str) -> str:
    """Run offline; gives what it had to complain of."""
    done = pasakumi(folder, "run", "--offline", *words)
    assert done.code == 0, done.err
    return done.err


@pytest.fixture(scope="module")
def seed(tmp_path_factory):
    """A published change, and a message of it that waits for a receiver who is not there."""
    folder = tmp_path_factory.mktemp("seed")
    subscribed(folder, NOBODY, admin=NOBODY)
    for day, content in enumerate((page(5), GREW)):
        store(folder, day, content)
        run(folder)
    return folder


@pytest.fixture
def folder(seed, tmp_path):
    """A copy; times of files are kept, as a state that remembers them goes along."""
    return Path(shutil.copytree(seed, tmp_path / "copy"))


@pytest.mark.parametrize("number", SEEDS)
def test_published_files(folder, number):
    """``verify`` names each; a run sees them by their times and makes them anew, byte for byte."""
    before, random = contents(folder / "output"), Random(number)  # noqa: S311 - trials
    some = PUBLISHED if not number else random.sample(sorted(set(before) - {".inputs.json"}), 8)
    kinds = {name: KINDS[0] if not number else random.choice(KINDS) for name in some if before[name]}
    for name, kind in kinds.items():
        damage(folder / "output" / name, kind, random)
    told = pasakumi(folder, "verify")
    assert told.code == 4
    assert told.out == ""
    for name in kinds:
        assert f"error: output/{name}: " in told.err
    assert "`pasakumi rebuild` makes output/ anew" in told.err
    said = run(folder)
    assert number or "output: other bytes than were written in" in said
    # The workbook's and the database's bytes hang on their libraries, the same here.
    assert contents(folder / "output") == before
    assert pasakumi(folder, "verify").code == 0


def test_decay_that_leaves_times_as_they_were(folder):
    """What only reading shows, no quiet run looks for: ``verify`` finds it, ``rebuild`` mends it."""
    path, random = folder / "output" / "tables" / "measures.csv", Random(1)  # noqa: S311 - trials
    before, stat = path.read_bytes(), path.stat()
    damage(path, "flipped", random)
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert "output/tables/measures.csv: other bytes than were written" in pasakumi(folder, "verify").err
    assert pasakumi(folder, "rebuild").code == 0
    assert path.read_bytes() == before


@pytest.mark.soak
@pytest.mark.parametrize("kind", KINDS)
def test_the_record_of_what_is_published(folder, kind):
    """Without it nothing in output/ is known to be right: the next run writes everything anew."""
    before = contents(folder / "output")
    damage(folder / "output" / ".inputs.json", kind, Random(2))  # noqa: S311 - trials
    assert "output/.inputs.json: gone or damaged" in pasakumi(folder, "verify").err
    run(folder)
    assert contents(folder / "output") == before


def test_a_copy_with_other_times_is_looked_at_once(folder):
    """A restored or copied output/ has other times and the same bytes: nothing to say, nothing written."""
    for path in (folder / "output").rglob("*"):
        os.utime(path, (1, 1))
    assert "bytes" not in run(folder)
    assert {path.stat().st_mtime for path in (folder / "output").rglob("*") if path.is_file()} == {1}


@pytest.mark.parametrize("number", SEEDS)
def test_everything_in_state(folder, tmp_path, number):
    """All of it damaged at once, and a new capture: output/ is what it would be, nothing is told twice."""
    random = Random(number)  # noqa: S311 - trials
    store(folder, 2, SLIPPED)
    control = Path(shutil.copytree(folder, tmp_path / "control"))
    run(control)
    (waiting,) = (folder / "state" / "outbox" / "waiting").iterdir()
    (folder / "state" / "begun.json").write_bytes((folder / "state" / "runs.json").read_bytes())
    files = [path for path in (folder / "state").rglob("*") if path.is_file() and path.stat().st_size]
    names = {path.name for path in files}
    assert {"runs.json", "status.json", "told.json", "overview.json", "fondi.pickle", "output.stamp"} <= names
    for path in files:
        damage(path, random.choice(KINDS), random)
    said = run(folder)
    assert contents(folder / "output") == contents(control / "output")
    # A message that cannot be trusted is kept and not sent.
    assert f"state/outbox/{waiting.name}: a message is damaged" in said
    assert (folder / "state" / "outbox" / "damaged" / waiting.name).exists()
    assert json.loads((folder / "state" / "status.json").read_bytes())["sources"][0]["measures"] == 5


def test_a_capture(folder):
    """Nothing is published of it or without it, as long as the index knows that it was there."""
    before = contents(folder / "output")
    warc, _ = flipped_capture(folder)
    store(folder, 2, SLIPPED)
    shutil.rmtree(folder / "state" / "cache")
    done = pasakumi(folder, "run", "--offline")
    assert done.code == 4
    assert warc.name in done.complaint
    assert "run `pasakumi verify`" in done.complaint
    assert contents(folder / "output") == before


@pytest.mark.soak
def test_a_capture_and_the_index(folder):
    """Where nothing knows of the capture any more, every run says what cannot be read and what helps."""
    before = contents(folder / "output")
    warc, content = flipped_capture(folder)
    index = folder / "raw" / "index.cdxj"
    index.write_bytes(index.read_bytes().replace(b"20250302063000", b"20250302063001"))
    said = pasakumi(folder, "verify").err
    assert f"raw/imported/{warc.name} at byte" in said
    assert "raw/index.cdxj: no usable index: damaged" in said
    assert pasakumi(folder, "verify", "--repair").code == 4
    for _ in range(2):
        assert f"raw/imported/{warc.name}: bytes at" in run(folder)
    assert contents(folder / "output") != before
    warc.write_bytes(content)
    assert pasakumi(folder, "verify", "--repair").code == 0
    assert "bytes at" not in run(folder)
    assert contents(folder / "output") == before


def flipped_capture(folder: Path) -> tuple[Path, bytes]:
    """The file of the first capture, damaged among the page's own bytes, and what it held."""
    (warc, *_) = sorted((folder / "raw" / "imported").iterdir())
    content = warc.read_bytes()
    place = len(content) * 3 // 4
    warc.write_bytes(content[:place] + bytes([content[place] ^ 4]) + content[place + 1 :])
    return warc, content


@pytest.mark.parametrize("gone", ["state", "state/cache", "output"])
def test_a_folder_that_is_gone(folder, gone):
    """output/ and state/cache/ come back as they were, told once; with state/ goes what was to be sent."""
    before, feed = contents(folder / "output"), (folder / "output" / "feed.xml").read_bytes()
    waiting = sorted((folder / "state" / "outbox" / "waiting").iterdir())
    shutil.rmtree(folder / gone)
    run(folder)
    assert contents(folder / "output") == before
    assert (folder / "output" / "feed.xml").read_bytes() == feed
    kept = sorted((folder / "state" / "outbox").glob("waiting/*"))
    assert kept == ([] if gone == "state" else waiting)

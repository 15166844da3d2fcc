"""Real processes that are killed, overlap, fill a disk or may not write."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest

from pipeline.archive import Archive
from pipeline.errors import Failed
from tests.pipeline import disks
from tests.pipeline.exchanges import DAY, exchange

ROOT = Path(__file__).parents[2]


def worker(folder: Path, *args: object) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.pipeline.archive_worker", str(folder), *map(str, args)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def survive(folder: Path, kills: int, seed: int) -> tuple[int, int]:
    """Kills writers at random moments; gives captures committed and torn tails met. Checks after each."""
    chance = random.Random(seed)  # noqa: S311 - moments, no secrets
    committed: set[str] = set()
    start = 0
    for _ in range(kills):
        process = worker(folder, start, 100_000)
        process.stdout.readline()
        time.sleep(chance.uniform(0, 0.05) if chance.random() < 0.8 else chance.uniform(0, 0.3))
        process.kill()
        said = [line.strip() for line in process.stdout.read().split("\n")[:-1]]
        process.wait()
        committed |= set(said)
        start += len(said) + 1
        archive = Archive(folder)
        errors = [str(fault) for fault in archive.verify() if fault.severity == "error"]
        assert errors == []
        there = {capture.id for capture in archive.captures()}
        assert committed <= there
        committed = there
    finish = worker(folder, start, 3)
    assert finish.wait() == 0, finish.stderr.read()
    archive = Archive(folder)
    assert archive.verify() == []
    captures = list(archive.captures())
    assert committed <= {capture.id for capture in captures}
    assert all(archive.payload(capture) is not None for capture in captures)
    return len(captures), len(list(folder.rglob("*.torn")))


def test_no_kill_loses_a_capture(tmp_path):
    captures, _ = survive(tmp_path / "raw", 10, seed=5)
    assert captures > 10


@pytest.mark.soak
def test_no_kill_of_many_loses_a_capture(tmp_path):
    captures, torn = survive(tmp_path / "raw", 250, seed=6)
    print(f"\n250 kills of 250 survived, {captures} captures, none lost, {torn} torn tails set aside")


def test_the_second_run_says_so_in_one_line(tmp_path):
    first = worker(tmp_path / "raw", 0, 1000, 0.05)
    first.stdout.readline()
    second = worker(tmp_path / "raw", 0, 1)
    out, error = second.communicate(timeout=10)
    assert (second.returncode, out) == (3, "")
    assert error == f"another run is at work on {tmp_path / 'raw'} (process {first.pid}); nothing done\n"
    assert Archive(tmp_path / "raw").verify() == []
    first.kill()
    first.wait()
    assert worker(tmp_path / "raw", 2000, 1).wait() == 0


def test_a_copy_taken_while_a_run_writes(tmp_path):
    source = tmp_path / "raw"
    process = worker(source, 0, 100_000)
    process.stdout.readline()
    committed: list[str] = []
    for number in range(4):
        committed += [process.stdout.readline().strip() for _ in range(5)]
        shutil.copytree(source, tmp_path / f"copy{number}")
        copy = Archive(tmp_path / f"copy{number}")
        assert set(committed) <= {capture.id for capture in copy.captures()}
        with copy.writer() as writer:
            writer.response("s0", exchange(b"next", DAY + timedelta(days=9000)))
        assert copy.verify() == []
    process.kill()
    process.wait()


@pytest.fixture
def small_disk(tmp_path):
    with disks.small(tmp_path / "disk", "256k") as remount:
        yield tmp_path / "disk", remount


def test_a_full_disk_loses_nothing(small_disk):
    folder, mount = small_disk
    archive, kept = Archive(folder / "raw"), []

    def fill() -> None:
        with archive.writer() as writer:
            days = (DAY + timedelta(days=number) for number in range(1000))
            kept.extend(writer.response("a", exchange(os.urandom(20_000), day)) for day in days)

    with pytest.raises(Failed, match="No space left"):
        fill()
    assert len(kept) > 5
    assert list(archive.captures()) == kept
    assert [fault for fault in archive.verify() if fault.severity == "error"] == []
    assert list(folder.rglob("*.tmp")) == []
    mount("size=4m")
    with archive.writer() as writer:
        kept.append(writer.response("a", exchange(b"room", DAY + timedelta(days=2000))))
    assert list(archive.captures()) == kept
    assert archive.verify() == []


def test_a_read_only_folder_is_said_and_can_be_read(small_disk):
    folder, mount = small_disk
    archive = Archive(folder / "raw")
    with archive.writer() as writer:
        capture = writer.response("a", exchange(b"1"))
    mount("ro")
    with pytest.raises(Failed, match="cannot be written"), archive.writer():
        pass
    assert [archive.payload(one) for one in archive.captures()] == [b"1"]
    assert archive.find(capture.id) == capture
    assert archive.verify() == []

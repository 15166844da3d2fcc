"""The disk is full at any point of a run: one line says so, nothing is lost, and with room all goes on."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from contextlib import contextmanager

import pytest
from werkzeug import Response

from pipeline import run
from pipeline.archive import Archive
from pipeline.config import load
from tests.pipeline import disks, whole
from tests.pipeline.command import ROOT, Done, pasakumi
from tests.pipeline.receivers import Hook, subscribed
from tests.pipeline.site import measure, page

FOLDERS = ("raw", "output", "state")


class Place:
    """A folder that was published once, whose page is another now."""

    def __init__(self, folder, httpserver):
        self.folder, self.aside = folder / "run", folder / "aside"
        self.folder.mkdir()
        self.hook, self.body = Hook(httpserver), page([measure(1), measure(2)])
        httpserver.expect_request("/robots.txt").respond_with_data("", status=404)
        httpserver.expect_request("/fondi").respond_with_handler(
            lambda _: Response(self.body, content_type="text/html; charset=utf-8")
        )
        subscribed(self.folder, self.hook.address, url=httpserver.url_for("/fondi"))
        self.config = load(self.folder / "sources.toml")
        run.run(self.config)
        self.number = 1
        self.next_page()

    def check_a_full_disk(self, done, what="No space left"):
        """What a run left that found no room. Gives whether it did."""
        assert "Traceback" not in done.err
        assert whole.errors(self.config.raw) == []
        assert whole.capture_ids(self.config.raw)[: len(self.captures)] == self.captures
        assert whole.litter(self.config) == []
        lines = done.err.splitlines()
        if done.code == 4:
            assert len(lines) == 1, done.err
            assert any(words in lines[0] for words in (what, "full", "disk I/O error")), (
                done.err
            )  # SQLite's words too
            assert whole.published(self.config.output) == self.published
        else:
            assert done.code == 0
            assert all("state/" in line and what in line for line in lines), done.err
            assert whole.published(self.config.output) == whole.never_stopped(self.config, self.aside)
        return bool(lines)

    def next_page(self):
        """Another state of the page, after all that is there now."""
        self.number += 1
        self.body = page([measure(1, amount=f"{self.number} 000 000"), *map(measure, range(2, 4))])
        self.captures = whole.capture_ids(self.config.raw)
        self.published = whole.published(self.config.output)

    def check_with_room(self):
        """The next run, with room."""
        done = pasakumi(self.folder, "run", "-q")
        assert (done.code, done.err) == (0, "")
        self.check_mended()

    def check_mended(self):
        """All is as if there had always been room."""
        assert Archive(self.config.raw).verify() == []
        assert whole.capture_ids(self.config.raw)[: len(self.captures)] == self.captures
        assert whole.published(self.config.output) == whole.never_stopped(self.config, self.aside)
        assert whole.told_once(self.folder, self.hook.by_id.values())
        assert whole.litter(self.config) == []


@pytest.fixture
def place(tmp_path, httpserver):
    return Place(tmp_path, httpserver)


@contextmanager
def on_a_small_disk(place, names):
    """These folders on one file system of their own."""
    disk = place.folder.parent / "disk"
    with disks.small(disk, "16m"):
        for name in names:
            shutil.copytree(place.folder / name, disk / name)
            shutil.rmtree(place.folder / name)
            (place.folder / name).symlink_to(disk / name)
        yield disk


def test_no_room_for_the_tables(place):
    with on_a_small_disk(place, FOLDERS) as disk:
        disks.fill(disk, 200)
        assert place.check_a_full_disk(pasakumi(place.folder, "run", "-q"))
        disks.free(disk)
        run.run(place.config)
        place.check_mended()


@pytest.mark.soak
@pytest.mark.parametrize("names", [FOLDERS, *((name,) for name in FOLDERS)], ids="+".join)
def test_no_room_at_any_point(place, names):
    """So many KB are left, from none to enough; after each run that finds no room one that has it."""
    ran_out = {}
    with on_a_small_disk(place, names) as disk:
        for left in (0, 4, 8, 16, 32, 64, 128, 256, 512, 800, 1100, 4000):
            place.next_page()
            disks.fill(disk, left)
            ran_out[left] = place.check_a_full_disk(pasakumi(place.folder, "run", "-q"))
            disks.free(disk)
            place.check_with_room()
    print(f"\n{'+'.join(names)} full with KB left: {[left for left, is_so in ran_out.items() if is_so]}")
    assert ran_out[0]
    assert not ran_out[4000]


@pytest.mark.soak
def test_files_may_not_grow(place):
    """What needs no right to mount: no file may be larger than so many blocks of 512 bytes."""
    for blocks in (0, 1, 2, 4, 8, 16, 32, 64, 128, 256):
        place.next_page()
        words = f'ulimit -f {blocks}; exec "{sys.executable}" -m pipeline run -q'
        environment = os.environ | {"PYTHONPATH": str(ROOT)}
        done = subprocess.run(
            ["sh", "-c", words],
            cwd=place.folder,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        place.check_a_full_disk(Done(done.returncode, done.stdout, done.stderr), "File too large")
        place.check_with_room()

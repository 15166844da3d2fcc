"""Histories read by several processes: the same bytes as by one, whoever dies meanwhile."""

import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from pipeline import decisions, histories, recorded, run
from pipeline.archive import Archive
from pipeline.config import load
from pipeline.errors import Failed
from pipeline.page_cache import PageCache
from pipeline.reports.told import sides
from pipeline.state import Dataset
from pipeline.telling import tell
from pipeline.worker_processes import WorkerProcesses
from tests.pipeline.command import ROOT, pasakumi
from tests.pipeline.site import capture, measure, page, sources

DAY = datetime(2025, 3, 1, 6, tzinfo=UTC)
MORE = ('[[source]]\nid = "citi"\nurl = "https://ministry.example/lv/citi"',)


class Here:
    """Workers that are this process."""

    count, raw, here = 2, None, False

    def in_order(self, function, tasks):
        return map(function, tasks)


@pytest.fixture
def config(tmp_path):
    """Two sources, of which one has a long history that goes to and fro, with a page that is withheld."""
    bodies = [page([measure(1, f"{number} 000 000"), measure(2), measure(3)]) for number in range(1, 6)]
    for day, number in enumerate([0, 1, 2, 1, 3, 3, 4, 0, 2]):
        capture(tmp_path / "raw", bodies[number], DAY + timedelta(days=day))
    capture(tmp_path / "raw", "<p>Lapa nav atrasta</p>", DAY + timedelta(days=20))
    capture(tmp_path / "raw", page(4), DAY, source="citi")
    return load(sources(tmp_path, *MORE))


def dataset(config):
    return Dataset(Archive(config.raw), config.sources, decisions.read(config.raw))


def texts(told):
    return {capture: text.bytes() for capture, _, _, text in sides(told.told)}


def content(told):
    """All that files are made of."""
    return [
        (source, one.changes, one.versions, list(one.captures), texts(one), one.news, one.state, one.withheld)
        for source, one in told.items()
    ]


@pytest.mark.parametrize("piece", [1, 2, 3, 100])
def test_a_history_put_together_from_pieces_is_the_history(config, monkeypatch, piece):
    one = dataset(config)
    expected = content({source.id: tell(one.history(source)) for source in one.sources})
    monkeypatch.setattr(histories, "_PIECE", piece)
    assert content(histories.read(one, {}, Here(), None)) == expected
    assert content(histories.read(one, {}, Here(), config.state)) == expected
    assert list((config.state / "cache" / "pages").rglob("*"))
    assert content(histories.read(one, {}, Here(), config.state)) == expected


def test_output_does_not_hang_on_the_number_of_workers(config):
    folder = config.path.parent

    def files():
        return {
            path.relative_to(config.output): path.read_bytes()
            for path in config.output.rglob("*")
            if path.is_file()
        }

    assert pasakumi(folder, "rebuild", "--workers", "2").code == 3  # a capture is withheld
    parallel = files()
    (config.output / "tables" / "measures.csv").unlink()
    assert pasakumi(folder, "rebuild", "--workers", "2", "--only", "tables").code == 3
    assert files() == parallel
    assert pasakumi(folder, "--output", "one", "--state", "other", "rebuild").code == 3
    config.output.rename(folder / "two")
    (folder / "one").rename(config.output)
    assert files() == parallel


def test_a_rebuild_whose_worker_dies_while_it_writes_leaves_all_as_it_was(config, monkeypatch):
    from pipeline.publish import copying

    assert run.rebuild(config).written
    before = {path: path.read_bytes() for path in config.output.rglob("*") if path.is_file()}
    capture(config.raw, page([measure(1, "77 000 000")]), DAY + timedelta(days=30), source="citi")
    monkeypatch.setattr(copying, "write_workbook", _die_writing)
    with WorkerProcesses(2) as workers, pytest.raises(Failed, match="worker process ended"):
        run.rebuild(config, workers)
    monkeypatch.undo()
    after = {path: path.read_bytes() for path in config.output.rglob("*") if path.is_file()}
    gone = before.keys() - after.keys()
    assert {path.name for path in gone} == {recorded.INPUTS}  # it is to be looked at as a whole
    assert after == {path: content for path, content in before.items() if path not in gone}
    with WorkerProcesses(2) as workers:
        assert run.rebuild(config, workers).written


def _die_writing(copy):
    copy.path.write_bytes(b"half a workb")
    os.kill(os.getpid(), signal.SIGKILL)


def test_a_worker_that_dies_is_one_line(config):
    with WorkerProcesses(2) as workers, pytest.raises(Failed, match="worker process ended"):
        list(workers.in_order(_die, range(5)))


def _die(number):
    if number == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


_WAITING = """
import os, sys, time
from pipeline.worker_processes import WorkerProcesses
if __name__ == "__main__":
    with WorkerProcesses(2) as workers:
        workers.begin(time.sleep, 0.2).result()
        print(*(process.pid for process in workers._pool._processes.values()), flush=True)
        time.sleep(60)
"""


def test_workers_end_with_a_parent_that_is_killed(tmp_path):
    script = tmp_path / "waiting.py"
    script.write_text(_WAITING)
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        [sys.executable, script], stdout=subprocess.PIPE, text=True, env=environment
    ) as parent:
        pids = [int(pid) for pid in parent.stdout.readline().split()]
        assert len(pids) == 2
        parent.kill()
    deadline = time.monotonic() + 20
    while any(map(_is_there, pids)) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not any(map(_is_there, pids))


def _is_there(pid):
    """Also one that has ended counts as gone, whoever is to take note of it."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_what_a_worker_cannot_read_is_said_as_ever(config):
    path = min((config.raw / "imported").glob("*"))
    path.write_bytes(path.read_bytes()[:-40] + b"x" * 40)
    with WorkerProcesses(2) as workers, pytest.raises(Failed, match="pasakumi verify"):
        histories.read(dataset(config), {}, workers, None)


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (["--workers", "0"], "at least 1"),
        (["--scheduler", "tcp://127.0.0.1:1"], "--engine dask"),
        (["--scheduler", "tcp://127.0.0.1:1", "--engine", "dask", "--workers", "2"], "its own"),
    ],
)
def test_options_that_do_not_go_together(tmp_path, words, complaint):
    sources(tmp_path)
    done = pasakumi(tmp_path, "rebuild", *words)
    assert (done.code, complaint in done.complaint) == (2, True)


def damaged(content):
    yield b""
    yield content[:50]
    yield content[:60] + bytes([content[60] ^ 1]) + content[61:]
    yield b"\x78\x9c\x03\x00\x00\x00\x00\x01"


def test_a_damaged_cache_is_as_good_as_none(config):
    one = histories.read(dataset(config), {}, Here(), config.state)
    cached = [path for path in (config.state / "cache" / "pages").rglob("*") if path.is_file()]
    for content_of_file in damaged(cached[0].read_bytes()):
        for path in cached:
            path.write_bytes(content_of_file)
        assert content(histories.read(dataset(config), {}, Here(), config.state)) == content(one)


def test_contacts_that_are_not_published_are_not_kept(tmp_path):
    capture(tmp_path / "raw", page(3), DAY)
    config = load(sources(tmp_path, publish_contacts=False))
    histories.read(dataset(config), {}, Here(), config.state)
    assert not (config.state / "cache" / "pages").exists()


def test_the_cache_is_cut_down_to_what_it_may_be(config):
    histories.read(dataset(config), {}, Here(), config.state)
    kept = lambda: [path for path in (config.state / "cache" / "pages").rglob("*") if path.is_file()]  # noqa: E731
    assert len(kept()) > 3
    PageCache(config.state, writes=True).prune(2 * max(path.stat().st_size for path in kept()))
    assert 1 <= len(kept()) <= 3

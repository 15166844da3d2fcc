"""Histories read on a Dask cluster of several processes, one of which dies: the same as by one process."""

import os
import signal
import socket
import time
from datetime import UTC, datetime, timedelta
from importlib.util import find_spec

import pytest

from pipeline import dask_workers, decisions, histories
from pipeline.archive import Archive
from pipeline.config import load
from pipeline.errors import Failed
from pipeline.state import Dataset
from tests.pipeline.site import capture, measure, page, sources
from tests.pipeline.test_workers import Here, content

pytestmark = pytest.mark.skipif(find_spec("distributed") is None, reason="Dask is not installed")
DAY = datetime(2025, 3, 1, 6, tzinfo=UTC)


@pytest.fixture
def dataset(tmp_path):
    """Six sources with three different pages each."""
    names = [f"s{number}" for number in range(6)]
    more = [
        line for one in names for line in ("[[source]]", f'id = "{one}"', f'url = "https://x.example/{one}"')
    ]
    for number, name in enumerate(names):
        for day in range(3):
            body = page([measure(number + 1, f"{day + 1} 000 000"), measure(20)])
            capture(tmp_path / "raw", body, DAY + timedelta(days=day), source=name)
    config = load(sources(tmp_path, *more))
    return Dataset(Archive(config.raw), config.sources[1:], decisions.read(config.raw))


class Killing:
    """Workers of which one is killed while it is at work on the third task."""

    def __init__(self, workers):
        self._workers, self.count, self.raw, self.here = workers, workers.count, workers.raw, False
        self.killed = 0

    def in_order(self, function, tasks):
        for number, done in enumerate(self._workers.in_order(function, tasks)):
            if number == 1:
                pids = self._workers._client.run(os.getpid)
                os.kill(next(iter(pids.values())), signal.SIGKILL)
                self.killed += 1
            yield done


def test_a_cluster_gives_what_one_process_gives_though_a_worker_is_killed(dataset, monkeypatch):
    expected = content(histories.read(dataset, {}, Here(), None))
    with dask_workers.DaskWorkers(None, 2) as workers:
        killing = Killing(workers)
        assert content(histories.read(dataset, {}, killing, None)) == expected
        assert killing.killed == 1
        with pytest.raises(Failed, match="pasakumi verify"):
            list(workers.in_order(_fail, [1]))
        monkeypatch.setattr(dask_workers, "code_digest", lambda: "another")
        with pytest.raises(Failed, match="has other code of pasakumi"):
            workers._counted()


def _fail(_):
    raise Failed("run `pasakumi verify`")


def test_a_scheduler_that_is_not_there_is_one_line(monkeypatch):
    monkeypatch.setattr(dask_workers, "_ANSWER_WITHIN", "1s")
    with socket.create_server(("127.0.0.1", 0)) as free:
        address = f"tcp://127.0.0.1:{free.getsockname()[1]}"
    began = time.monotonic()
    with pytest.raises(Failed, match=r"no Dask cluster tcp://127.0.0.1:\d+ with a worker answers within 1s"):
        dask_workers.DaskWorkers(address, 1)
    assert time.monotonic() - began < 30

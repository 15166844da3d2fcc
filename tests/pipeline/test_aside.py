"""Files of output/ made by several processes: the same as by one, whoever dies meanwhile."""

import os
import signal
import time
from functools import partial

import pytest

from pipeline import run_build
from pipeline.aside import Writers
from pipeline.errors import Failed
from pipeline.staging import FOLDER, Made, Staging
from pipeline.worker_processes import WorkerProcesses

RECORD = ".record"


def files(root):
    return {
        path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()
    }


def text(number):
    return f"file {number}\n".encode()


def die(_):
    os.kill(os.getpid(), signal.SIGKILL)


def full(_):
    raise OSError(28, "No space left on device")


def some(content=text, at=40):
    """A hundred files, one of them with another content, every third only to be made here."""
    return [
        Made(
            f"{number % 7}/{number}.txt",
            f"key {number}",
            partial(content if number == at else text, number),
            apart=number % 3 != 0,
        )
        for number in range(100)
    ]


def publish(root, made, workers, standing=None):
    """Make ``root`` hold the files; gives their digests and what was written."""
    with Staging(root, RECORD) as staging:
        staging.stood((standing or {}).items())
        Writers(staging, workers).begin(made)()
        digests = dict(staging.digests())
        return digests, staging.commit()


def test_files_made_by_workers_are_those_made_here(tmp_path):
    alone, together = tmp_path / "alone", tmp_path / "together"
    expected, _ = publish(alone, some(), None)
    with WorkerProcesses(2) as workers:
        digests, written = publish(together, some(), workers)
        assert list(digests.items()) == list(expected.items())
        assert files(together) == files(alone)
        assert written == (100, 0)
        # One that is another, one that is of another key but has the same bytes, one that is damaged.
        (together / "1/8.txt").write_bytes(b"damaged, and of another size")
        changed = [one._replace(key="new") if one.name in {"5/5.txt", "5/40.txt"} else one for one in some()]
        again, written = publish(together, changed, workers, digests)
        assert written == (1, 99)
        assert files(together) == files(alone)
        assert again["5/5.txt"] == digests["5/5.txt"]._replace(key="new")


@pytest.mark.parametrize(("content", "error"), [(die, Failed), (full, OSError)])
def test_a_worker_that_dies_or_fails_while_it_writes_changes_nothing(tmp_path, content, error):
    publish(tmp_path, [Made("0/0.txt", "", partial(text, 7))], None)
    before = files(tmp_path)
    with WorkerProcesses(2) as workers, pytest.raises(error):
        publish(tmp_path, some(content), workers)
    deadline = time.monotonic() + 10
    while (tmp_path / FOLDER).exists() and time.monotonic() < deadline:
        publish(tmp_path, [], None)  # the next one takes away what the others were still writing
    assert files(tmp_path) == before


def test_a_worker_that_outlives_its_run_writes_nowhere(tmp_path):
    with Staging(tmp_path, RECORD) as staging:
        path = staging.reserve("a/b.txt")
    with Staging(tmp_path, RECORD) as later:
        later.write("a/b.txt", b"new")
        with pytest.raises(FileNotFoundError):
            path.write_bytes(b"old")
        later.commit()
    assert files(tmp_path) == {"a/b.txt": b"new"}


def test_workers_that_only_read_have_others_write_for_them(tmp_path):
    class Elsewhere:
        count, raw, here = 2, "s3://bucket/raw", False

    with run_build._writers(Elsewhere()) as writers:
        assert isinstance(writers, WorkerProcesses)
        publish(tmp_path / "here", some(), writers)
    publish(tmp_path / "alone", some(), None)
    assert files(tmp_path / "here") == files(tmp_path / "alone")

"""What is put on a shelf comes back, here and in another process, or it is said that it does not."""

from __future__ import annotations

import gc
import pickle
import resource
import signal
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.records import Milestone
from pipeline import decisions, shelf
from pipeline.archive import Archive
from pipeline.config import load
from pipeline.drift import Series
from pipeline.errors import Failed
from pipeline.run import publish
from pipeline.shelf import START, Shelf
from pipeline.spool import Spool
from pipeline.state import Dataset
from pipeline.telling import tell
from tests.pipeline.site import PERSON, capture, measure, page, sources

DAY = datetime(2025, 3, 1, 6, tzinfo=UTC)
RECORDS = st.lists(st.text(max_size=20) | st.binary(max_size=20_000) | st.tuples(st.integers(), st.text()))


def forgotten() -> None:
    shelf._small.clear()
    shelf._large.clear()


@pytest.fixture(params=["file", "memory"])
def one(request, tmp_path) -> Shelf:
    return Shelf(tmp_path / "shelf" if request.param == "file" else None)


@given(RECORDS)
def test_every_record_comes_back_in_memory(records):
    made = Shelf()
    kept = [made.put(record) for record in records]
    forgotten()
    assert [each.load() for each in kept] == records
    again = pickle.loads(pickle.dumps(kept))  # noqa: S301 - ours
    forgotten()
    assert [each.load() for each in again] == records


def test_records_come_back_while_others_are_put(one):
    kept = []
    for number in range(50):
        kept.append(one.put(("x" * number * 700, number)))
        forgotten()
        assert kept[number // 2].load() == ("x" * (number // 2) * 700, number // 2)
    one.close()
    assert [each.load()[1] for each in kept] == list(range(50))


def test_another_process_reads_from_the_same_file(tmp_path):
    made = Shelf(tmp_path / "shelf")
    kept = made.put(("Mācību vide", "x" * 9000))
    code = "import pickle, sys; print(pickle.load(sys.stdin.buffer).load()[0])"
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, input=pickle.dumps(kept), capture_output=True, check=True)
    assert done.stdout.decode().strip() == "Mācību vide"
    assert len(pickle.dumps(kept)) < 500


def test_a_shelf_goes_on_behind_what_it_keeps(one, tmp_path):
    first, last = one.put("first"), one.put("last")
    one.close()
    old = one.path and one.path.read_bytes()
    one.go_on(tmp_path / "next" if one.path else None, last.place)
    other = one.put("other")
    one.close()
    assert other.place == last.place
    assert (first.load(), last.load(), other.load()) == ("first", "other", "other")
    assert old is None or (tmp_path / "shelf").read_bytes() == old


def test_what_was_in_memory_goes_into_a_file(tmp_path):
    made = Shelf()
    kept = [made.put(number) for number in range(9)]
    made.settle(tmp_path / "shelf")
    kept.append(made.put(9))
    forgotten()
    assert [each.load() for each in kept] == list(range(10))


@pytest.mark.parametrize(
    ("where", "what"),
    [(slice(START + 2, START + 3), b"\xff"), (slice(-1, None), b"?"), (slice(START + 20, None), b"")],
)
def test_other_bytes_are_not_believed(tmp_path, where, what):
    made = Shelf(tmp_path / "shelf")
    kept = made.put(Milestone("other", "2025", "", DAY.date(), DAY.date(), "Mācību vide"))
    made.close()
    content = bytearray(made.path.read_bytes())
    content[where] = what
    made.path.write_bytes(content)
    forgotten()
    with pytest.raises(Failed, match="is not there; run again"):
        kept.load()
    made.path.unlink()
    with pytest.raises(Failed, match="shelf: what was written at byte 65"):
        kept.load()


def test_a_record_of_another_kind_runs_nothing(tmp_path):
    kept = Shelf(tmp_path / "shelf").put(Path.unlink)
    with pytest.raises(Failed):
        kept.load()


FILLING = """
import resource, sys
from pathlib import Path
from pipeline.shelf import Shelf
resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000))
made = Shelf(Path(sys.argv[1]) / "shelf")
kept = [made.put((number, "x" * 700)) for number in range(200)]
assert made.path is None
kept += [made.put((200 + number, "x" * 700)) for number in range(200)]
made.close()
assert [each.load()[0] for each in kept] == list(range(400))
made.settle(Path(sys.argv[1]) / "settled")
assert made.path is None
print(kept[399].load()[0])
"""


def test_where_the_disk_is_full_memory_holds_the_records(tmp_path):
    command = [sys.executable, "-c", FILLING, tmp_path]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.stderr, done.stdout) == ("", "399\n")


def test_whoever_removes_the_cache_does_no_harm(tmp_path):
    made = Shelf(tmp_path / "shelf")
    kept = made.put("first")
    made.close()
    made.link(tmp_path / "linked")
    (tmp_path / "shelf").unlink()
    forgotten()
    assert kept.load() == "first"


def test_a_run_leaves_no_spool(tmp_path):
    config = load(sources(tmp_path, publish_contacts=False))
    capture(config.raw, page(3), DAY)
    capture(config.raw, page(4), DAY + timedelta(days=1))
    published = publish(config)
    assert [change.measure_id for change in published.news] == ["4.9.9.4"]
    assert len(list((config.state / "spool").iterdir())) == 1
    del published
    gc.collect()
    assert not list((config.state / "spool").iterdir())
    left = b"".join(path.read_bytes() for path in config.state.rglob("*") if path.is_file())
    assert PERSON.encode() not in left


def test_the_spool_of_a_killed_run_is_swept(tmp_path):
    code = (
        "import os, sys; from pathlib import Path; from pipeline.spool import Spool\n"
        "spool = Spool(Path(sys.argv[1]))\n"
        "(spool.folder / 'page').write_text('x'); os.kill(os.getpid(), 9)"
    )
    done = subprocess.run([sys.executable, "-c", code, tmp_path], check=False)
    assert done.returncode == -signal.SIGKILL
    assert len(list((tmp_path / "spool").glob("*/page"))) == 1
    spool = Spool(tmp_path)
    assert list((tmp_path / "spool").iterdir()) == [spool.folder]
    assert spool.folder.stat().st_mode & 0o077 == 0


def test_memory_holds_little_of_a_change(tmp_path):
    """What is held of a history is what is pickled of it, and that is little, however long the pages are."""
    config = load(sources(tmp_path))
    text = "".join(f"<p>Atbalsts skolai numur {number} ir piešķirts.</p>" for number in range(100))
    for day in range(24):
        body = page([measure(1, amount=f"{1 + day} 000 000"), measure(2)], more=f"{text}<p>{day}. diena</p>")
        capture(config.raw, body, DAY + timedelta(days=day))
    dataset = Dataset(Archive(config.raw), config.sources, decisions.read(config.raw))
    first = dataset.first(config.sources[0])

    def held(days: int) -> int:
        told = tell(dataset.steps(config.sources[0], first[:days]), None, tmp_path / f"shelf-{days}")
        assert len(told.told) == days - 1
        told.series = Series()  # of the last 30 captures
        told.recent = []
        assert told.shelf.path.stat().st_size > 2000 * days
        return len(pickle.dumps(told, pickle.HIGHEST_PROTOCOL))

    assert (held(24) - held(4)) / 20 < 600


def test_what_is_too_long_for_memory_is_read(tmp_path):
    """30 MB of records go by; memory holds some of them."""
    made = Shelf(tmp_path / "shelf")
    kept = [made.put(("x" * 7000, str(number))) for number in range(4000)]
    made.close()
    forgotten()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert [each.load()[1] for each in kept] == [str(number) for number in range(4000)]
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 20_000

"""A run reads what is new and nothing else, and what it writes is what reading everything would give."""

from __future__ import annotations

import itertools
import pickle
import random
import shutil
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from pipeline import decisions, durable, state, unpickling
from pipeline.archive import Archive
from pipeline.config import Config, load
from pipeline.page_cache import PageCache
from pipeline.run import publish, rebuild
from tests.pipeline.site import capture, measure, page, sources

DAY = datetime(2025, 3, 1, 6, tzinfo=UTC)


def store(config: Config, day: int, content: str) -> None:
    capture(config.raw, content, DAY + timedelta(days=day))


def edited(day: int) -> str:
    """Another page every second day."""
    return page([measure(1, amount=f"{1 + day // 2} 000 000"), *map(measure, range(2, 12))])


def files(config: Config) -> dict[Path, bytes]:
    return {
        path.relative_to(config.output): path.read_bytes()
        for path in config.output.rglob("*")
        if path.is_file()
    }


@pytest.fixture
def config(tmp_path):
    config = load(sources(tmp_path))
    for day in range(4):
        store(config, day, edited(day))
    publish(config)
    return config


@pytest.fixture
def read(monkeypatch) -> list[bytes]:
    """The bodies that were parsed from now on."""
    seen: list[bytes] = []
    parse = state.parse_page

    def watched(content, *rest):
        seen.append(content)
        return parse(content, *rest)

    monkeypatch.setattr(state, "parse_page", watched)
    monkeypatch.setattr(PageCache, "get", lambda *_: None)  # which remembers pages however read
    return seen


def test_only_the_new_capture_is_read(config, read):
    store(config, 4, edited(4))
    published = publish(config)
    assert read == [edited(4).encode()]
    assert [change.measure_id for change in published.news] == ["4.9.9.1"]
    told = files(config)
    shutil.rmtree(config.output)
    rebuild(config)
    assert files(config) == told
    assert len(read) == 1 + 3  # three different pages


def test_a_history_without_news_is_not_written_again(tmp_path):
    other = ("[[source]]", 'id = "otra"', 'url = "https://other.example/"')
    config = load(sources(tmp_path, *other))
    for source in ("fondi", "otra"):
        capture(config.raw, edited(0), DAY, source)
    publish(config)
    kept = [config.state / "cache" / "histories" / f"{source}.pickle" for source in ("fondi", "otra")]
    before = [path.stat().st_mtime_ns for path in kept]
    store(config, 2, edited(2))
    publish(config)
    now = [path.stat().st_mtime_ns for path in kept]
    assert (now[0] == before[0], now[1] == before[1]) == (False, True)
    kept[1].unlink()
    store(config, 4, edited(4))
    publish(config)
    assert kept[1].exists()


def test_a_history_grows_by_what_changed_and_not_by_its_texts(tmp_path):
    config = load(sources(tmp_path))
    chance = random.Random(1)  # noqa: S311 - words that do not compress
    text = "".join(f"<p>Skola numur {chance.randrange(10**12)}</p>" for _ in range(1500))

    def size(day: int) -> int:
        store(config, day, edited(day).replace("</main>", f"{text}</main>"))
        publish(config)
        return (config.state / "cache" / "histories" / "fondi.pickle").stat().st_size

    sizes = [size(day) for day in range(0, 12, 2)]
    assert sizes[0] > 20_000
    assert max(later - sooner for sooner, later in itertools.pairwise(sizes[2:])) < 6000


def test_day_by_day_is_the_same_as_at_once(tmp_path):
    told = []
    for name, each_day in (("daily", True), ("once", False)):
        (tmp_path / name).mkdir()
        config = load(sources(tmp_path / name))
        for day in range(9):
            store(config, day, page(0) if day == 5 else edited(day))
            if each_day:
                publish(config)
        publish(config)
        told.append(files(config))
    assert told[0] == told[1]


@pytest.mark.parametrize("damage", [b"", b"\x80", b"not a pickle", b"\x80\x04K\x01."])
def test_a_damaged_memory_is_none(config, read, damage):
    (config.state / "cache" / "histories" / "fondi.pickle").write_bytes(damage)
    store(config, 4, edited(4))
    publish(config)
    assert len(read) == 3


def test_a_memory_with_another_letter_is_none(config, read):
    """It is a pickle still, of a page that never was: its digest tells."""
    memory = config.state / "cache" / "histories" / "fondi.pickle"
    content = memory.read_bytes()
    memory.write_bytes(content.replace("Mācību".encode(), "Mēcību".encode()))
    assert memory.read_bytes() != content
    store(config, 4, edited(4))
    publish(config)
    assert len(read) == 3
    assert "Mēcību".encode() not in b"".join(files(config).values())


class Order:
    """Pickled, it is the order to call something when it is read."""

    def __init__(self, what, *given):
        self.order = what, given

    def __reduce__(self):
        return self.order


@pytest.mark.parametrize("what", [Path.touch, durable.replace, subprocess.run])
def test_a_memory_that_somebody_else_wrote_runs_nothing(config, read, tmp_path, what):
    trace = tmp_path / "trace"
    given = {Path.touch: (trace,), durable.replace: (trace, [b""]), subprocess.run: (["touch", trace],)}
    written = config.state / "cache" / "histories" / "fondi.pickle"
    written.write_bytes(pickle.dumps(Order(what, *given[what])))
    store(config, 4, edited(4))
    publish(config)
    assert not trace.exists()
    assert len(read) == 3


@pytest.mark.parametrize("name", ["subprocess", "subprocess.run", "os.system", "Path", "Iterator", "_output"])
def test_our_modules_are_no_way_to_others(name):
    # What a pickle of protocol 4 names: a module of ours, and what is reached from it.
    words = b"pipeline.git_history", name.encode()
    content = b"\x80\x04" + b"".join(b"\x8c" + bytes([len(word)]) + word for word in words) + b"\x93."
    with pytest.raises(pickle.UnpicklingError):
        unpickling.loads(content)


def test_a_late_capture_is_read_in_its_place(config, read):
    store(config, -1, edited(8))
    assert publish(config).overview.measures == 11
    assert len(read) == 3


def test_other_settings_read_anew(config, read, tmp_path):
    store(config, 4, edited(4))
    publish(load(sources(tmp_path, "min_measures = 2")))
    assert len(read) == 3


def test_an_accepted_capture_is_read_into_its_place(config):
    store(config, 4, page(1))
    (withheld,) = publish(config).overview.withheld
    found = next(one for one in Archive(config.raw).captures("fondi") if one.id == withheld.capture)
    decisions.accept(config.raw, found, "so it is")
    published = publish(config)
    assert published.overview.withheld == ()
    assert published.overview.measures == 1


def test_pages_with_contacts_to_hide_are_not_remembered(config, tmp_path):
    memory = config.state / "cache" / "histories"
    assert [path.name for path in memory.iterdir()] == ["fondi.pickle"]
    publish(load(sources(tmp_path, publish_contacts=False)))
    assert list(memory.iterdir()) == []

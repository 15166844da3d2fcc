"""The index of a large archive: a run writes few lines, and its head tells what nobody should search for."""

import json
import random
from collections import defaultdict
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

import pytest

from pipeline import index_files
from pipeline.archive import Archive
from pipeline.belonging import Belonging
from pipeline.index import Index
from pipeline.index_facts import Fold, chain_of
from pipeline.stretches import stretches
from tests.pipeline.exchanges import exchange


class Page(NamedTuple):
    """A configured page."""

    id: str
    url: str
    former_urls: tuple[str, ...]


DAY = datetime(2025, 1, 1, 6, tzinfo=UTC)
RECENT = "index-recent.cdxj"


@pytest.fixture
def archive(tmp_path, monkeypatch):
    """One whose index is large with a few captures."""
    monkeypatch.setattr(index_files, "_SMALL", 2000)
    return Archive(tmp_path / "raw")


def run(archive, day, sources=("a", "b"), body=b"one"):
    """A day's captures."""
    with archive.writer() as writer:
        for source in sources:
            writer.response(source, exchange(body, DAY + timedelta(days=day)))


def anew(archive):
    """The facts as reading everything tells them."""
    told = Fold()
    for capture, line in Index(archive.root)._in_order():
        told.take(capture, line)
    return told.facts()


def test_a_run_leaves_a_large_index_alone(archive):
    for day in range(4):
        run(archive, day)
    before = (archive.root / "index.cdxj").read_bytes()
    run(archive, 4)
    assert (archive.root / "index.cdxj").read_bytes() == before
    assert (archive.root / RECENT).read_text("utf-8").count("\n") in (3, 5)
    assert len(list(archive.captures())) == 10
    assert archive.verify() == []


def test_what_came_since_goes_into_it_in_the_end(archive):
    for day in range(40):
        run(archive, day, body=b"%d" % (day // 3))
        assert archive.facts() == anew(archive)
    lines = sorted(Index(archive.root).lines())
    assert (archive.root / "index.cdxj").read_text("utf-8").count("\n") > 50
    archive.rebuild_index()
    assert not (archive.root / RECENT).exists()
    assert sorted(Index(archive.root).lines()) == lines
    assert archive.facts() == anew(archive)


def test_new_year(archive):
    for day in range(362, 368):
        run(archive, day)
        assert archive.facts() == anew(archive)
    assert sorted(path.name for path in archive.root.glob("index*")) == ["index-2025.cdxj.gz", "index.cdxj"]
    assert len(list(archive.captures())) == 12


@pytest.mark.parametrize("name", ["index.cdxj", RECENT])
def test_either_file_may_be_of_another_moment(archive, name):
    """A kill between the two, or a copy made while a run was writing: nothing is missed or told twice."""
    for day in range(5):
        run(archive, day)
    old = (archive.root / name).read_bytes()
    for day in range(5, 12):
        run(archive, day)
    captures, facts = list(archive.captures()), archive.facts()
    (archive.root / name).write_bytes(old)
    assert list(archive.captures()) == captures
    assert archive.facts() == facts
    run(archive, 12)
    assert archive.verify() == []
    assert len(list(archive.captures())) == 26


def test_an_index_of_an_older_version_is_used(archive):
    """Its head has neither facts nor sums."""
    run(archive, 0)
    path = archive.root / "index.cdxj"
    head, rest = path.read_text("utf-8").split("\n", 1)
    known = json.loads(head.partition(" ")[2])
    old = {name: known[name] for name in ("year", "closed", "files")}
    path.write_text(f"!pasakumi {json.dumps(old)}\n{rest}", "utf-8")
    assert archive.facts() == anew(archive)
    assert archive.verify() == []
    run(archive, 1)
    assert '"sources"' in path.read_text("utf-8").split("\n", 1)[0]


def test_facts_do_not_depend_on_the_order_of_coming(archive):
    """Imports come in between what was fetched; bytes come back; two addresses, unknown times."""
    rng = random.Random(7)  # noqa: S311 - no secret
    pages = [Page("a", "https://x.example/", ()), Page("b", "https://y.example/", ())]
    for session in range(30):
        with archive.writer() as writer:
            for _ in range(rng.randrange(1, 4)):
                source, body = rng.choice("ab"), b"%d" % rng.randrange(3)
                when = DAY + timedelta(days=rng.randrange(40))
                url = f"https://ministry.example/{rng.randrange(2)}"
                match rng.randrange(3):
                    case 0:
                        writer.response(source, exchange(body, DAY + timedelta(days=1000 + session), url=url))
                    case 1:
                        writer.imported(source, exchange(body, when, url=url))
                    case _:
                        writer.resource(source, url, body, "text/plain", rng.choice([when, None]))
        facts = archive.facts()
        assert facts == anew(archive)
        found = defaultdict(list)
        for owner, capture in Belonging(archive, pages).stretches():
            found[owner].append(capture)
        for source in facts:
            heads = [one.id for one in stretches(archive.captures(source))]
            assert [one.id for one in found[source]] == heads
            belonging = Belonging(archive, pages)
            assert belonging.chain(source) == chain_of(heads)
            for known in range(len(heads)):
                since = belonging.since(source, chain_of(heads[:known]))
                assert [one.id for one in since or []] == heads[known:]
            assert belonging.since(source, chain_of(["other"])) is None
    assert archive.verify() == []


@pytest.mark.parametrize("name", ["index.cdxj", RECENT])
@pytest.mark.parametrize("line", [0, 2])
def test_other_bytes_than_were_written_are_not_believed(archive, name, line):
    for day in range(5):
        run(archive, day, body=b"%d" % day)
    captures, facts = list(archive.captures()), archive.facts()
    path = archive.root / name
    lines = path.read_bytes().splitlines(keepends=True)
    lines[line] = lines[line].replace(b"sha256", b"sha512").replace(b'"year": 2025', b'"year": 2026')
    path.write_bytes(b"".join(lines))
    again = Archive(archive.root)
    assert (list(again.captures()), again.facts()) == (captures, facts)
    assert again.verify() or name == RECENT
    run(again, 6)
    again.rebuild_index()
    assert again.verify() == []
    assert list(again.captures())[:-2] == captures

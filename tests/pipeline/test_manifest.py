"""The files of a publication, which a manifest holds on the disk."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from pipeline.manifest import ASIDE, FLUSHED, STANDS, Digest, Manifest

if TYPE_CHECKING:
    from pathlib import Path

DIGEST = Digest(3, "aa", "key")


def test_it_knows_what_it_was_told(tmp_path: Path) -> None:
    with closing(Manifest(tmp_path / "files.sqlite")) as manifest:
        manifest.name("a.txt")
        assert (manifest.digests().get("a.txt"), manifest.unknown()) == (None, ["a.txt"])
        assert "a.txt" not in manifest.digests()
        manifest.learn("a.txt", DIGEST)
        manifest.put("b.txt", STANDS, DIGEST._replace(key=""))
        assert manifest.digests().get("a.txt") == DIGEST
        assert manifest.digests().get("b.txt") == DIGEST._replace(key="")
        assert (manifest.digests().get("c.txt"), manifest.unknown()) == (None, [])
        assert list(manifest.aside()) == [("a.txt", ASIDE)]
        assert [manifest.count(place) for place in (STANDS, ASIDE, FLUSHED)] == [1, 1, 0]
        with pytest.raises(KeyError):
            manifest.digests()["c.txt"]


def test_files_come_in_the_order_in_which_they_were_named_and_may_move_meanwhile(tmp_path: Path) -> None:
    names = [f"{number * 7919 % 5000}.txt" for number in range(5000)]
    with closing(Manifest(tmp_path / "files.sqlite")) as manifest:
        for name in names:
            manifest.name(name)
        seen = []
        for name, _ in manifest.aside():
            seen.append(name)
            manifest.move(name, STANDS)
        assert seen == names
        assert list(manifest.aside()) == []


def test_digests_are_sorted_and_leave_a_folder_out_while_it_fills(tmp_path: Path) -> None:
    names = {
        f"{folder}/ā{number}" for folder in ("a", "site", "site.x", "site0", "z") for number in range(999)
    }
    with closing(Manifest(tmp_path / "files.sqlite")) as manifest:
        for name in names:
            manifest.put(name, FLUSHED, DIGEST)
        others = manifest.digests(but="site")
        seen = []
        for name, digest in others.sorted():
            seen.append(name)
            manifest.put(f"site/data/{name}", STANDS, digest)
        assert seen == sorted(name for name in names if not name.startswith("site/"))
        assert (len(others), len(manifest.digests())) == (4 * 999, 9 * 999)
        assert "site/ā1" not in others
        assert "site/ā1" in manifest.digests()


def test_what_stood_is_apart(tmp_path: Path) -> None:
    with closing(Manifest(tmp_path / "files.sqlite")) as manifest:
        manifest.stood([("a.txt", DIGEST), ("a.txt", DIGEST._replace(size=4))])
        assert dict(manifest.standing) == {"a.txt": DIGEST._replace(size=4)}
        assert dict(manifest.digests()) == {}


def test_what_sqlite_complains_of_is_an_error_of_the_disk(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="list of its files: unable to open"):
        Manifest(tmp_path / "absent" / "files.sqlite")
    with closing(Manifest(tmp_path / "files.sqlite")) as manifest:
        manifest._connection.execute("PRAGMA max_page_count = 20")
        rows = ((f"{number:0100}", DIGEST) for number in range(10_000))
        with pytest.raises(OSError, match="list of its files: database or disk is full") as raised:
            manifest.stood(rows)
    assert isinstance(raised.value.__cause__, sqlite3.Error)

"""The copy of a remote folder: what is fetched, what is sent and in which order, and what no kill or other
machine can cost. The other side is fsspec's file system in memory."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pipeline.archive import Archive
from pipeline.errors import Degraded, Failed, UsageError
from pipeline.places import place
from pipeline.remote import lease
from pipeline.remote.mirror import Mirror
from pipeline.remote.rules import OUTPUT, RAW, Rules
from pipeline.writer import WRITE_ONCE

fsspec = pytest.importorskip("fsspec", reason="fsspec is not installed")

from pipeline.remote.store import Store  # noqa: E402 - it says itself what is missing, but not at import

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

WARC, SECOND = "2025/pasakumi-2025-0001.warc.gz", "2025/pasakumi-2025-0002.warc.gz"


class Killed(BaseException):
    pass


class Told(Store):
    """A store that notes what is done to it, and can die after so many files."""

    def __init__(self, url: str, dies_after: int | None = None) -> None:
        super().__init__(url)
        self.done: list[str] = []
        self.fetched: list[str] = []
        self._left = dies_after

    def put(self, names: Sequence[str], folder: Path, *, new: bool = False) -> None:
        for name in names:
            if self._left == 0:
                raise Killed
            super().put([name], folder, new=new)
            self.done.append(name)
            self._left = None if self._left is None else self._left - 1

    def get(self, names: Sequence[str], folder: Path) -> None:
        for name in names:
            if self._left == 0:
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                (folder / name).write_bytes(b"ha")
                raise Killed
            super().get([name], folder)
            self.fetched.append(name)
            self._left = None if self._left is None else self._left - 1

    def create(self, name: str, content: bytes) -> bool:
        self.done.append(f"create {name}")
        return super().create(name, content)

    def remove(self, names: Sequence[str]) -> None:
        self.done += [f"remove {name}" for name in names]
        super().remove(names)


@pytest.fixture
def there() -> Iterator[str]:
    """The address of an empty remote folder."""
    memory = fsspec.filesystem("memory")
    memory.store.clear()
    yield "memory://bucket/raw"
    memory.store.clear()


def lay(folder: Path, **files: str) -> None:
    """Files by names in which ``__`` stands for ``/``; an argument cannot hold more."""
    for name, content in files.items():
        put(
            folder,
            {"w1": WARC, "w2": SECOND, "index": "index.cdxj"}.get(name, name.replace("__", "/")),
            content,
        )


def put(folder: Path, name: str, content: str) -> None:
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(content)


def sent(url: str) -> dict[str, str]:
    """What lies at the address."""
    store = Store(url)
    return {name: (store.read(name) or b"").decode() for name in store.files()}


def mirror(
    there: str, folder: Path, rules: Rules = RAW, dies_after: int | None = None
) -> tuple[Mirror, Told]:
    store = Told(there, dies_after)
    return Mirror(store, folder, rules), store


def test_captures_are_sent_before_the_index_that_names_them(there: str, tmp_path: Path) -> None:
    lay(tmp_path, w1="1", w2="2", index="i")
    put(tmp_path, "index-2024.cdxj.gz", "old")
    put(tmp_path, "decisions.jsonl", "d")
    for own in (".lock", "2025/.x.tmp", ".write-once"):
        put(tmp_path, own, "of this machine")
    one, told = mirror(there, tmp_path)
    one.pull()
    assert one.push() == 5
    assert told.done == [WARC, SECOND, "decisions.jsonl", "index-2024.cdxj.gz", "index.cdxj"]
    assert sent(there)[WARC] == "1"


def test_nothing_is_fetched_or_sent_twice(there: str, tmp_path: Path) -> None:
    lay(tmp_path / "a", w1="1", index="i")
    one, _ = mirror(there, tmp_path / "a")
    one.push()
    for folder, fetched in (("a", 0), ("b", 2), ("b", 0)):
        one, told = mirror(there, tmp_path / folder)
        assert (one.pull(), one.push(), len(told.fetched), told.done) == (fetched, 0, fetched, [])
    lay(tmp_path / "b", index="ii", w2="2")
    one, told = mirror(there, tmp_path / "b")
    assert (one.pull(), one.push(), told.done) == (0, 2, [SECOND, "index.cdxj"])
    one, told = mirror(there, tmp_path / "a")
    assert (one.pull(), one.push(), sorted(told.fetched)) == (2, 0, [SECOND, "index.cdxj"])
    assert (tmp_path / "a/index.cdxj").read_text() == "ii"


@pytest.mark.parametrize("after", range(4))
def test_a_killed_sending_is_completed_by_the_next(there: str, tmp_path: Path, after: int) -> None:
    lay(tmp_path, w1="1", index="i")
    mirror(there, tmp_path)[0].push()
    lay(tmp_path, w2="2", index="ii", decisions="d", more="m")
    one, _ = mirror(there, tmp_path, dies_after=after)
    one.pull()
    with pytest.raises(Killed):
        one.push()
    again, told = mirror(there, tmp_path)
    again.pull()
    again.push()
    assert sent(there) == {WARC: "1", SECOND: "2", "index.cdxj": "ii", "decisions": "d", "more": "m"}
    # What arrived is not sent once more.
    assert len(told.done) == 4 - after


@pytest.mark.parametrize("after", range(3))
def test_a_killed_fetching_leaves_no_half_file(there: str, tmp_path: Path, after: int) -> None:
    lay(tmp_path / "a", w1="first", w2="second", index="index")
    mirror(there, tmp_path / "a")[0].push()
    one, _ = mirror(there, tmp_path / "b", dies_after=after)
    with pytest.raises(Killed):
        one.pull()
    assert not list((tmp_path / "b").glob("2025/*"))
    again, _ = mirror(there, tmp_path / "b")
    assert again.pull() == 3
    assert (tmp_path / "b" / SECOND).read_text() == "second"
    assert not (tmp_path / "b/.incoming").exists()


def test_a_capture_of_another_machine_is_never_replaced(there: str, tmp_path: Path) -> None:
    one, _ = mirror(there, tmp_path / "a")
    two, _ = mirror(there, tmp_path / "b")
    one.pull()
    two.pull()
    lay(tmp_path / "a", w1="of a", index="a")
    lay(tmp_path / "b", w1="of b", index="b")
    assert one.push() == 2
    with pytest.raises(Degraded, match=r"changed by another .* not replaced"):
        two.push()
    assert sent(there) == {WARC: "of a", "index.cdxj": "a"}
    two, _ = mirror(there, tmp_path / "b")
    with pytest.raises(Failed, match=rf"{WARC}: another than .* rename the latter"):
        two.pull()
    (tmp_path / "b" / WARC).rename(tmp_path / "b" / SECOND)
    two, _ = mirror(there, tmp_path / "b")
    two.pull()
    two.push()
    assert sent(there) == {WARC: "of a", SECOND: "of b", "index.cdxj": "a"}


def test_a_file_that_was_redacted_replaces_the_old_one_everywhere(there: str, tmp_path: Path) -> None:
    lay(tmp_path / "a", w1="words", index="i")
    mirror(there, tmp_path / "a")[0].push()
    mirror(there, tmp_path / "b")[0].pull()
    lay(tmp_path / "a", w1="█████", index="j")
    assert mirror(there, tmp_path / "a")[0].push() == 2
    assert mirror(there, tmp_path / "b")[0].pull() == 2
    assert (tmp_path / "b" / WARC).read_text() == sent(there)[WARC] == "█████"


def test_a_capture_that_is_gone_there_is_sent_again(there: str, tmp_path: Path) -> None:
    lay(tmp_path, w1="1", index="i")
    mirror(there, tmp_path)[0].push()
    Store(there).remove([WARC])
    one, _ = mirror(there, tmp_path)
    assert (one.pull(), one.push()) == (0, 1)
    assert sent(there)[WARC] == "1"


@pytest.mark.parametrize("whole", [True, False])
def test_a_copy_that_is_gone_here_removes_nothing_there(there: str, tmp_path: Path, whole: bool) -> None:
    lay(tmp_path, w1="1", index="i")
    mirror(there, tmp_path)[0].push()
    for path in [*tmp_path.rglob("*.gz"), *([tmp_path / ".remote.json"] if whole else [])]:
        path.unlink()
    one, _ = mirror(there, tmp_path)
    one.pull()
    one.push()
    assert sent(there)[WARC] == "1"
    assert (tmp_path / WARC).read_text() == "1"


def test_a_closed_year_that_the_index_no_longer_has_goes_there_too(there: str, tmp_path: Path) -> None:
    lay(tmp_path, index="i")
    put(tmp_path, "index-2024.cdxj.gz", "old")
    mirror(there, tmp_path)[0].push()
    (tmp_path / "index-2024.cdxj.gz").unlink()
    put(tmp_path, "index.cdxj", "other")
    one, told = mirror(there, tmp_path)
    assert one.push() == 2
    assert told.done == ["index.cdxj", "remove index-2024.cdxj.gz"]


def test_output_is_sent_so_that_its_list_comes_last(there: str, tmp_path: Path) -> None:
    put(tmp_path, ".inputs.json", "1")
    put(tmp_path, "tables/a.csv", "1")
    mirror(there, tmp_path, OUTPUT)[0].push()
    (tmp_path / "tables/a.csv").unlink()
    put(tmp_path, "tables/b.csv", "2")
    put(tmp_path, ".inputs.json", "22")
    one, told = mirror(there, tmp_path, OUTPUT)
    assert one.push() == 3
    marker = ".staging/sending"
    assert told.done == [
        f"create {marker}", "tables/b.csv", ".inputs.json", "remove tables/a.csv", f"remove {marker}",
    ]  # fmt: skip
    assert sent(there) == {"tables/b.csv": "2", ".inputs.json": "22"}


def test_a_killed_sending_of_output_is_known_for_one_everywhere(there: str, tmp_path: Path) -> None:
    put(tmp_path / "a", ".inputs.json", "1")
    put(tmp_path / "a", "tables/a.csv", "1")
    mirror(there, tmp_path / "a", OUTPUT)[0].push()
    put(tmp_path / "a", "tables/a.csv", "2")
    put(tmp_path / "a", ".inputs.json", "2")
    one, _ = mirror(there, tmp_path / "a", OUTPUT, dies_after=1)
    with pytest.raises(Killed):
        one.push()
    two, _ = mirror(there, tmp_path / "b", OUTPUT)
    two.pull()
    # As a killed writer leaves it: pipeline.tables takes nothing there for current.
    assert (tmp_path / "b/.staging").is_dir()
    assert two.push() == 0
    (tmp_path / "b/.staging").rmdir()
    put(tmp_path / "b", ".inputs.json", "2")
    assert two.push() == 1
    assert sent(there) == {"tables/a.csv": "2", ".inputs.json": "2"}


def test_of_output_the_other_side_is_right(there: str, tmp_path: Path) -> None:
    for name in "xyz":
        put(tmp_path, name, "1")
    mirror(there, tmp_path, OUTPUT)[0].push()
    put(tmp_path, "x", "not sent")
    other, _ = mirror(there, tmp_path.with_name("other"), OUTPUT)
    other.pull()
    put(other.folder, "x", "of another")
    (other.folder / "z").unlink()
    other.push()
    mirror(there, tmp_path, OUTPUT)[0].pull()
    assert (tmp_path / "x").read_text() == "of another"
    assert (tmp_path / "y").read_text() == "1"
    assert not (tmp_path / "z").exists()


def test_one_machine_at_a_time(there: str) -> None:
    store = Store(there)
    with lease.held(store, "mine") as held:
        held.check()
        said = r"another machine is at work \(mine, since .*remove .*/\.lock or wait 6 hours"
        with pytest.raises(Degraded, match=said), lease.held(store, "other"):
            pass
        held.check()
        assert sent(there).keys() == {".lock"}
    assert sent(there) == {}


def test_a_lock_left_behind_is_taken_up(there: str) -> None:
    store, now = Store(there), datetime.now(UTC)
    left = lease.held(store, "mine", now - timedelta(minutes=5))
    left.__enter__()
    with lease.held(store, "mine"):  # the same machine, whose process has died
        pass
    old = lease.held(store, "other", now - lease.STALE - timedelta(minutes=1))
    old_lease = old.__enter__()
    with lease.held(store, "mine"):
        with pytest.raises(Degraded, match="another machine took over meanwhile; nothing was sent"):
            old_lease.check()
        old.__exit__(None, None, None)  # it comes back, and must not let go of what is not its own
        assert ".lock" in sent(there)
    store.create(".lock", b"torn")
    with lease.held(store, "mine"):
        pass


def test_a_machine_keeps_its_name_and_a_copied_folder_does_not_make_it_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = lease.owner(tmp_path)
    assert lease.owner(tmp_path) == name
    monkeypatch.setattr("socket.gethostname", lambda: "elsewhere")
    assert lease.owner(tmp_path) != name


def test_a_writer_in_a_folder_of_closed_files_begins_a_new_one(tmp_path: Path) -> None:
    from tests.pipeline.exchanges import exchange

    tmp_path.joinpath(WRITE_ONCE).touch()
    for day in (1, 2):
        with Archive(tmp_path).writer() as writer:
            for hour in (1, 2):
                writer.response("fondi", exchange(b"page", datetime(2025, 1, day, hour, tzinfo=UTC)))
    assert [path.name for path in sorted(tmp_path.glob("2025/*"))] == [Path(WARC).name, Path(SECOND).name]
    assert len({capture.file for capture in Archive(tmp_path).captures()}) == 2


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("raw", Path("raw")),
        ("/srv/raw", Path("/srv/raw")),
        ("C:/raw", Path("C:/raw")),
        ("s3://bucket/raw/", "s3://bucket/raw"),
        ("file:///srv/with%20space", Path("/srv/with space")),
        ("memory://raw", "memory://raw"),
    ],
)
def test_an_address_is_told_from_a_folder(text: str, where: Path | str) -> None:
    assert place(text) == where


def test_an_address_that_nobody_knows_is_a_usage_error() -> None:
    with pytest.raises(UsageError, match="nope://x: no address of a folder"):
        Store("nope://x")

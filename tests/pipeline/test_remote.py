"""raw/ and output/ in a bucket of a real S3 server, as the command and the engines see them."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from argparse import Namespace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from pipeline import cli_remote, dask_workers, decisions, frames, histories, warc
from pipeline.archive import Archive
from pipeline.cli import main
from pipeline.cli_options import VERBS
from pipeline.config import load
from pipeline.errors import Failed, UsageError
from pipeline.remote.mirror import Mirror
from pipeline.remote.reading import open_raw
from pipeline.remote.rules import OUTPUT
from pipeline.remote.store import Store
from pipeline.state import Dataset
from tests.pipeline import published
from tests.pipeline.command import ROOT, pasakumi
from tests.pipeline.s3_server import S3, serving
from tests.pipeline.site import capture, page, sources

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(scope="module")
def s3() -> Iterator[S3]:
    with serving() as server:
        yield server


@pytest.fixture
def bucket(s3: S3, request: pytest.FixtureRequest) -> str:
    return s3.bucket(re.sub("[^a-z0-9]+", "-", request.node.name.lower())[:60].strip("-"))


class Machine:
    """A folder with sources.toml whose raw/ and output/ lie in a bucket; the command runs in this process."""

    def __init__(
        self, folder: Path, bucket: str, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
    ) -> None:
        folder.mkdir()
        sources(folder)
        self.folder = folder
        self._where = ["--raw", f"{bucket}/raw", "--output", f"{bucket}/output"]
        self._patch, self._captured = monkeypatch, capfd

    def __call__(self, *words: str, exit_code: int = 0) -> str:
        """What the command writes; the one line on standard error where it does not succeed."""
        self._patch.chdir(self.folder)
        code = main([*words, *self._where])
        out, err = self._captured.readouterr()
        assert code == exit_code, err
        if code:
            assert err.count("\n") == 1, err
        return err.removeprefix("pasakumi: ").rstrip("\n") if code else out

    @property
    def raw(self) -> Path:
        (folder,) = self.folder.glob("state/remote/raw-*")
        return folder


@pytest.fixture
def machine(bucket: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]):
    def make(name: str) -> Machine:
        return Machine(tmp_path / name, bucket, monkeypatch, capfd)

    return make


def told(s3: S3, url: str) -> dict[str, datetime]:
    """When each object was written."""
    s3.files.invalidate_cache()
    return {name: one["LastModified"] for name, one in s3.files.find(url, detail=True).items()}


def holds_what_a_folder_does(s3: S3, url: str, folder: Path) -> None:
    """Byte for byte, but for database and workbook and what names their digests."""
    names = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert s3.names(url) == names
    for name in names:
        if name.startswith(("tables/", "parquet/", "reports/", "text/", "feed", "site/c")):
            assert s3.files.cat_file(f"{url}/{name}") == (folder / name).read_bytes(), name


def lay_page(machine: Machine, month: int, measures: int) -> str:
    name = f"page-2025-{month:02d}-01.html"
    (machine.folder / name).write_text(page(measures), "utf-8")
    return name


def test_two_machines_one_after_the_other(s3: S3, bucket: str, machine, tmp_path: Path) -> None:
    a, b = machine("a"), machine("b")
    a("import", lay_page(a, 3, 2), "--source", "fondi")
    b("import", lay_page(b, 4, 3), "--source", "fondi")
    assert b("history", "4.9.9.3").startswith("4.9.9.3 ")
    assert "new measure" in a("diff")
    assert "2 captures" in a("verify")
    assert "files sent" in b("run", "--offline")
    before = told(s3, f"{bucket}/output")
    assert "every file is as it was" in b("run", "--offline")
    assert told(s3, f"{bucket}/output") == before
    s3.files.get(f"{bucket}/raw", str(tmp_path / "raw"), recursive=True)
    local = ["--raw", str(tmp_path / "raw"), "--output", str(tmp_path / "output")]
    assert main(["rebuild", "-q", *local]) == 0
    holds_what_a_folder_does(s3, f"{bucket}/output", tmp_path / "output")
    assert {name for name in s3.names(bucket) if name.startswith("raw/")} - {"raw/index.cdxj"} == {
        f"raw/{one.file}" for one in Archive(tmp_path / "raw").captures()
    }


def test_a_machine_at_work_keeps_others_out(s3: S3, bucket: str, machine) -> None:
    a = machine("a")
    since = datetime.now(UTC) - timedelta(hours=1)
    lock = json.dumps({"owner": "other", "since": since.isoformat()}).encode()
    s3.files.pipe_file(f"{bucket}/raw/.lock", lock)
    name = lay_page(a, 3, 2)
    said = a("import", name, "--source", "fondi", exit_code=3)
    assert said.startswith(
        f"{bucket}/raw: another machine is at work (other, since {since:%Y-%m-%d %H:%M} UTC); nothing done"
    )
    assert s3.names(bucket) == {"raw/.lock"}
    a("sources")  # reading waits for nobody
    s3.files.pipe_file(f"{bucket}/raw/.lock", lock.replace(str(since.year).encode(), b"2020", 1))
    a("import", name, "--source", "fondi")
    assert ".lock" not in str(s3.names(bucket))


def test_what_was_captured_is_sent_also_where_the_verb_fails(s3: S3, bucket: str, machine) -> None:
    a = machine("a")
    (a.folder / "sources.toml").write_text('[[source]]\nid = "fondi"\nurl = "http://127.0.0.1:9/x"\n')
    a("import", lay_page(a, 3, 2), "--source", "fondi", "-q")
    # A capture that was not sent yet, as after a connection that broke off.
    capture(a.raw, page(3), datetime(2025, 4, 1, tzinfo=UTC))
    assert len(s3.names(bucket)) == 2
    (a.folder / "state/run.lock").mkdir(parents=True)
    assert "cannot be written" in a("run", "--offline", exit_code=4)
    assert len(s3.names(bucket)) == 3


def test_each_run_that_writes_begins_a_file_of_its_own(s3: S3, bucket: str, machine) -> None:
    from tests.pipeline.exchanges import exchange

    a = machine("a")
    a("import", lay_page(a, 3, 2), "--source", "fondi")
    for day in (1, 2):
        with Archive(a.raw).writer() as writer:
            writer.response("fondi", exchange(page(2).encode(), datetime(2026, 1, day, tzinfo=UTC)))
        a("import", lay_page(a, 3, 2), "--source", "fondi")
    assert {name for name in s3.names(bucket) if "/2026/" in name} == {
        f"raw/2026/pasakumi-2026-000{number}.warc.gz" for number in (1, 2)
    }


NO_KEYS = {"AWS_ACCESS_KEY_ID": "", "AWS_SECRET_ACCESS_KEY": "", "AWS_EC2_METADATA_DISABLED": "true"}


@pytest.mark.parametrize(
    ("variables", "words", "code", "said"),
    [
        ({}, ["sources"], 4, "s3://no-bucket/raw: cannot be read: no such bucket or file (The specified b"),
        ({}, ["fetch"], 4, "s3://no-bucket/raw: cannot be written: no such bucket or file (The specified b"),
        (
            {"AWS_ENDPOINT_URL": "http://127.0.0.1:9"},
            ["sources"],
            4,
            "read: Could not connect to the endpoint",
        ),
        (
            NO_KEYS,
            ["sources"],
            4,
            "no credentials; set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFI",
        ),
        (
            {},
            ["sources", "--raw", "nope://x"],
            2,
            "nope://x: no address of a folder (Protocol not known: nope)",
        ),
        (
            {},
            ["sources", "--raw", "ftp://127.0.0.1:1/raw"],
            4,
            "ftp://127.0.0.1:1/raw: cannot be reached: [Errno 111] Connection refused",
        ),
        ({}, ["sources", "--state", "s3://x/s"], 2, "--state: expected a file or folder on this machine"),
        (
            {"PASAKUMI_STATE": "s3://x"},
            ["sources"],
            2,
            "expected the name of a file or folder on this machine",
        ),
    ],
)
def test_an_error_is_one_line(
    s3: S3,
    tmp_path: Path,
    monkeypatch,
    capfd,
    variables: dict[str, str],
    words: list[str],
    code: int,
    said: str,
) -> None:
    sources(tmp_path)
    monkeypatch.chdir(tmp_path)
    for name, value in ({"PASAKUMI_RAW": "s3://no-bucket/raw"} | variables).items():
        monkeypatch.setenv(name, value)
    type(s3.files).clear_instance_cache()  # a connection that was made goes on with what it knew then
    try:
        assert main(words) == code
    finally:
        type(s3.files).clear_instance_cache()
    out, err = capfd.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert said in err


def test_without_the_package_it_is_named(tmp_path: Path) -> None:
    sources(tmp_path)
    (tmp_path / "fsspec.py").write_text("raise ImportError('no such package')")
    path = os.pathsep.join([str(tmp_path), str(ROOT)])
    done = pasakumi(tmp_path, "sources", "--raw", "s3://x/raw", PYTHONPATH=path)
    assert done.code == 2
    assert done.complaint == (
        "s3://x/raw: a package for such addresses is not installed; install pasakumi[s3]"
    )


def test_a_name_that_leads_out_is_refused(s3: S3, bucket: str, machine) -> None:
    s3.files.pipe_file(f"{bucket}/raw/../../evil", b"x")
    said = machine("a")("sources", exit_code=4)
    assert 'holds a file of the name "../../evil", which is no path' in said


def test_a_record_is_read_where_it_lies(s3: S3, bucket: str, tmp_path: Path) -> None:
    made = capture(tmp_path, page(2), datetime(2025, 3, 1, tzinfo=UTC))
    lies = 3_000_000
    with (tmp_path / made.file).open("rb") as file:
        record = file.read()[made.offset : made.offset + made.length]
    s3.files.pipe_file(f"{bucket}/raw/big.warc.gz", b"\0" * lies + record + b"\0" * 2_000_000)
    with open_raw(f"{bucket}/raw", "big.warc.gz") as remote:
        found = warc.read(remote, lies)
        assert remote.cache.total_requested_bytes <= 2 * 256 * 1024  # type: ignore[attr-defined]
    with open_raw(tmp_path, made.file) as local:
        same = warc.read(local, made.offset)
    assert found is not None
    assert same is not None
    assert found.block == same.block
    assert page(2).encode() in found.block
    with pytest.raises(FileNotFoundError):
        open_raw(f"{bucket}/raw", "absent.warc.gz")
    with pytest.raises(Failed, match="which is no path"):
        open_raw(f"{bucket}/raw", "../x")


def test_the_page_says_of_every_verb_what_it_fetches_and_sends() -> None:
    listed = REMOTE.partition("| verbs | fetch | send |\n")[2].partition("\n\n")[0]
    for verb in VERBS:
        (row,) = [line for line in listed.splitlines() if re.search(rf"`{verb}`", line)]
        _, _, fetched, sent, _ = (cell.strip() for cell in row.split("|"))
        writes = cli_remote.writes(verb, Namespace())
        assert sent == ", ".join(name for name in ("raw", "output") if name in writes)
        assert fetched == (sent or ("" if verb in cli_remote.NEITHER else "raw"))
    assert cli_remote.writes("verify", Namespace(repair=True)) == {"raw"}
    assert cli_remote.writes("accept", Namespace(list=True)) == set()


REMOTE = (ROOT / "docs" / "remote.md").read_text("utf-8")
GUIDE = (ROOT / "docs" / "using-the-data.md").read_text("utf-8")


def test_engines_read_the_dataset_from_the_bucket(s3: S3, tmp_path: Path, capfd) -> None:
    bucket = s3.bucket("my-bucket")
    published.write(tmp_path, partitioned=True)
    Mirror(Store(f"{bucket}/output"), tmp_path, OUTPUT).push()
    _, _, section = GUIDE.partition("### From a bucket\n")
    exec(section.partition("```python\n")[2].partition("```")[0], {})  # noqa: S102 - what the guide shows
    assert re.search(r"2025 │ +2 │ +2469134\.0000", capfd.readouterr().out)
    frame = frames.load("measures", f"{bucket}/output")
    assert frame.query("canonical").eu_funding_eur.sum() == 2_469_134
    with pytest.raises(UsageError, match=r"tables/measures\.parquet: no such file; `pasakumi run` writes it"):
        frames.load("measures", f"{bucket}/elsewhere")


@pytest.mark.soak
def test_kills_while_files_are_sent_cost_nothing(s3: S3, bucket: str, tmp_path: Path) -> None:
    sources(tmp_path)
    where = {"PASAKUMI_RAW": f"{bucket}/raw", "PASAKUMI_OUTPUT": f"{bucket}/output"}
    words = ("run", "--offline", "--partitioned")
    for number in range(1, 9):
        name = f"page-2025-{number:02d}-01.html"
        (tmp_path / name).write_text(page(number), "utf-8")
        assert pasakumi(tmp_path, "import", name, "--source", "fondi", **where).code == 0
        process = subprocess.Popen(
            [sys.executable, "-m", "pipeline", *words],
            cwd=tmp_path,
            env=os.environ | where | {"PYTHONPATH": str(ROOT)},
            stdout=subprocess.DEVNULL,
        )
        before = s3.names(f"{bucket}/output")
        while process.poll() is None and s3.names(f"{bucket}/output") == before:
            time.sleep(0.02)
        time.sleep(number * 0.05)
        process.kill()
        process.wait()
        listed = json.loads(s3.files.cat_file(f"{bucket}/output/.inputs.json")) if before else {"files": {}}
        # The list comes last: what it names is there, or the marker says that files are being put in place.
        missing = listed["files"].keys() - s3.names(f"{bucket}/output")
        assert not missing or ".staging/sending" in s3.names(f"{bucket}/output")
        assert pasakumi(tmp_path, *words, **where).code == 0
    s3.files.get(f"{bucket}/raw", str(tmp_path / "raw"), recursive=True)
    local = (
        "--raw",
        str(tmp_path / "raw"),
        "--output",
        str(tmp_path / "output"),
        "--state",
        str(tmp_path / "st"),
    )
    assert pasakumi(tmp_path, "rebuild", "--partitioned", *local).code == 0
    holds_what_a_folder_does(s3, f"{bucket}/output", tmp_path / "output")


@pytest.mark.soak
def test_a_cluster_reads_the_bucket_itself(s3: S3, bucket: str, machine) -> None:
    """Workers that see no copy of it: what they give is what one process gives, byte for byte."""
    distributed = pytest.importorskip("distributed", reason="Dask is not installed")
    one = machine("one")
    for month in range(1, 7):
        one("import", lay_page(one, month, month + 1), "--source", "fondi")
    one("rebuild")
    texts = ("tables/", "reports/", "text/", "feed", "site/c")

    def written() -> dict[str, bytes]:
        names = (name for name in s3.names(f"{bucket}/output") if name.startswith(texts))
        return {name: s3.files.cat_file(f"{bucket}/output/{name}") for name in names}

    before = written()
    s3.files.rm(f"{bucket}/output", recursive=True)
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster:
        other = machine("other")
        with dask_workers.DaskWorkers(cluster.scheduler_address, 1, f"{bucket}/raw") as workers:
            config = load(one.folder / "sources.toml")._replace(raw=one.raw)
            dataset = Dataset(Archive(config.raw), config.sources, decisions.read(config.raw))
            told = histories.read(dataset, {}, workers, None)
            assert [len(chronicle.captures) for chronicle in told.values()] == [6]
        other("rebuild", "--engine", "dask", "--scheduler", cluster.scheduler_address)
    assert written() == before

"""A folder that somebody else made: nothing in its raw/ or state/ leads to a file outside of it."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from pipeline import warc_records
from pipeline.archive import Archive
from pipeline.config import Config, load
from pipeline.errors import Failed
from pipeline.run import publish
from pipeline.staging import Staging
from tests.pipeline.command import pasakumi
from tests.pipeline.damage import unsummed
from tests.pipeline.site import capture, measure, page, sources

DAY = datetime(2025, 3, 1, 6, tzinfo=UTC)
MEASURES = [measure(number) for number in range(1, 12)]


@pytest.fixture
def config(tmp_path) -> Config:
    """A folder of its own, deep enough for every way out to end in ``tmp_path``."""
    folder = tmp_path / "a" / "b" / "c" / "d"
    folder.mkdir(parents=True)
    return load(sources(folder))


def brought_in(config: Config, source: str, day: int) -> None:
    """A record as an import would have written it, for any source."""
    body = page([measure(1, amount=f"{day + 1} 000 000"), *MEASURES[1:]]).encode()
    when = DAY + timedelta(days=day)
    url = config.sources[0].url
    record = warc_records.resource(source, url, body, "text/html", archived_at=when, order=None)
    folder = config.raw / "imported"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"2025030{day + 1}T063000Z-001.warc.gz").write_bytes(record)


def outside(config: Config, tmp_path: Path) -> list[Path]:
    inside = config.path.parent
    return [
        path
        for path in tmp_path.rglob("*")
        if inside not in (path, *path.parents) and path not in inside.parents
    ]


WAYS_OUT = [
    *("../../../../../evil", "..", "x/../../../../../evil", "/absolute/evil", "..\\..\\evil", "C:evil"),
    *("evil\x00", "a b"),
]


@pytest.mark.parametrize("source", WAYS_OUT)
def test_a_record_whose_source_is_a_path_is_no_capture(config, tmp_path, source):
    for number, name in enumerate(["fondi", source, "fondi"]):
        brought_in(config, name, number)
    publish(config)
    assert [one.source for one in Archive(config.raw).captures()] == ["fondi", "fondi"]
    assert outside(config, tmp_path) == []
    assert len(list((config.output / "text").iterdir())) == 2
    assert not list(config.output.rglob("*evil*"))
    if source.isprintable():
        done = pasakumi(config.path.parent, "verify")
        assert done.code != 0
        assert "names a source that there cannot be" in done.out + done.err


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("filename", "../../outside.warc.gz"),
        ("filename", "/etc/hostname"),
        ("filename", "..\\outside.warc.gz"),
        ("source", "../../../evil"),
        ("digest", "sha256:../../../../evil"),
    ],
)
def test_an_index_that_leads_out_is_a_broken_one(config, tmp_path, field, value):
    capture(config.raw, page(MEASURES), DAY)
    publish(config)
    index = config.raw / "index.cdxj"
    lines = unsummed(index.read_text("utf-8")).splitlines()
    place = next(number for number, line in enumerate(lines) if '"source"' in line)
    key, stamp, facts = lines[place].split(" ", 2)
    lines[place] = f"{key} {stamp} {json.dumps(json.loads(facts) | {field: value})}"
    index.write_text("\n".join(lines) + "\n", "utf-8")
    (tmp_path / "a" / "b" / "outside.warc.gz").write_bytes(b"")
    with pytest.raises((Failed, ValueError), match=r"broken line|leads out|there are lines of 0"):
        list(Archive(config.raw).captures("fondi"))
    done = pasakumi(config.path.parent, "diff", "2025-03-01")
    assert done.code == 4
    assert "verify --repair" in done.err
    assert pasakumi(config.path.parent, "rebuild").code == 0
    assert len(list(Archive(config.raw).captures("fondi"))) == 1


@pytest.mark.parametrize("name", ["../evil", "text/../../evil", os.fspath(Path("/evil"))])
def test_no_name_leads_out_of_what_is_written(tmp_path, name):
    with Staging(tmp_path / "output", ".record") as staging, pytest.raises(ValueError, match="leads out"):
        staging.write(name, b"")
    assert not list(tmp_path.rglob("evil"))

from __future__ import annotations

import csv
import json
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pyarrow import parquet

from pipeline import recorded, tables
from pipeline.errors import Failed
from pipeline.schema import TABLES
from pipeline.staging import FOLDER
from tests.factories import Capture, Source, State, full_page, measure, page
from tests.pipeline.test_formats import read_csv

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOT = Path(__file__).parent.parent.parent
# What is made of all tables together.
COPIES = {"pasakumi.sqlite", "pasakumi.xlsx"}
DESCRIBED_BY_DIGESTS = {"datapackage.json", "catalog.jsonld", "catalog.ttl", "schema.jsonld", "SHA256SUMS"}
DESCRIBING = DESCRIBED_BY_DIGESTS | {"metadata.json"}
STATES = (
    State(Source("page-one"), Capture("capture-1"), full_page()),
    State(
        Source("page-two", publisher="", licence="CC-BY-4.0"),
        Capture("capture-2", None),
        full_page("Jānis Cits"),
    ),
    State(Source("overview"), Capture("capture-3"), page(text="Nekā")),
)


def write(output: Path, states: Sequence[State] = STATES, inputs: str = "one") -> tables.Written:
    return tables.write(output, states, inputs=inputs)


def snapshot(output: Path) -> dict[str, tuple[bytes, int]]:
    return {
        str(path.relative_to(output)): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in output.rglob("*")
        if path.is_file()
    }


def test_all_tables_texts_and_the_package_are_there(tmp_path: Path) -> None:
    written = write(tmp_path)
    names = set(snapshot(tmp_path))
    assert written == (len(names), 0)
    assert names == (
        {f"tables/{name}.{ending}" for name in TABLES for ending in ("csv", "parquet")}
        | {f"text/capture-{number}.txt" for number in (1, 2, 3)}
        | {".inputs.json"}
        | COPIES
        | DESCRIBING
    )
    assert (tmp_path / "text/capture-1.txt").read_bytes().decode() == STATES[0].page.text
    assert not (tmp_path / FOLDER).exists()


def test_csv_and_parquet_agree_cell_by_cell(tmp_path: Path) -> None:
    write(tmp_path)
    for name, table in TABLES.items():
        rows = read_csv((tmp_path / f"tables/{name}.csv").read_bytes(), table)
        arrow = parquet.read_table(tmp_path / f"tables/{name}.parquet").to_pylist()
        assert [tuple(row.values()) for row in arrow] == rows


def test_sums_over_canonical_rows_count_nothing_twice(tmp_path: Path) -> None:
    write(tmp_path)
    with (tmp_path / "tables/measures.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 4
    canonical = [row["measure_id"] for row in rows if row["canonical"] == "true"]
    assert sorted(canonical) == ["9.1.1.1", "9.1.1.2/2"]


def test_given_rows_stand_in_their_tables(tmp_path: Path) -> None:
    change = (
        None,
        "page-one",
        None,
        "text_changed",
        None,
        "a",
        "b",
        None,
        None,
        None,
        False,
        "text",
        "teksts",
    )
    tables.write(tmp_path, STATES, inputs="one", changes=iter([change]))
    assert read_csv((tmp_path / "tables/changes.csv").read_bytes(), TABLES["changes"]) == [change]
    assert (tmp_path / "tables/measure_versions.csv").read_text().count("\n") == 1


def test_the_same_states_give_the_same_bytes_anywhere(tmp_path: Path) -> None:
    write(tmp_path / "a")
    write(tmp_path / "b")
    first, second = snapshot(tmp_path / "a"), snapshot(tmp_path / "b")
    assert {name: content for name, (content, _) in first.items()} == {
        name: content for name, (content, _) in second.items()
    }


def test_what_would_not_change_is_not_touched(tmp_path: Path) -> None:
    write(tmp_path)
    before = snapshot(tmp_path)
    again = write(tmp_path, inputs="two")
    assert again == (1, len(before) - 1)
    assert {name: value for name, value in snapshot(tmp_path).items() if name != ".inputs.json"} == {
        name: value for name, value in before.items() if name != ".inputs.json"
    }


def test_only_what_changes_is_written(tmp_path: Path) -> None:
    write(tmp_path, STATES[:2])
    before = snapshot(tmp_path)
    two = STATES[1]
    changed = two._replace(page=two.page._replace(headlines=()))
    written = write(tmp_path, (STATES[0], changed), "two")
    others = {name.rpartition("/")[2] for name, _ in snapshot(tmp_path).items() - before.items()}
    assert written.changed == len(others)
    assert others == {
        "headlines.csv",
        "headlines.parquet",
        ".inputs.json",
        *COPIES,
        *DESCRIBED_BY_DIGESTS,
    }


def test_texts_of_captures_no_longer_published_go(tmp_path: Path) -> None:
    write(tmp_path)
    write(tmp_path, STATES[1:], "two")
    assert sorted(path.name for path in (tmp_path / "text").iterdir()) == ["capture-2.txt", "capture-3.txt"]


@pytest.mark.parametrize("damage", ["absent", "longer", "inputs"])
def test_a_damaged_output_is_mended(tmp_path: Path, damage: str) -> None:
    write(tmp_path)
    whole = {name: content for name, (content, _) in snapshot(tmp_path).items()}
    assert recorded.is_current(tmp_path, "one")
    assert not recorded.is_current(tmp_path, "two")
    victim = tmp_path / ("tables/links.csv" if damage != "inputs" else ".inputs.json")
    if damage == "absent":
        victim.unlink()
    else:
        victim.write_bytes(b"[]" if damage == "inputs" else victim.read_bytes() + b" ")
    assert not recorded.is_current(tmp_path, "one")
    write(tmp_path)
    assert {name: content for name, (content, _) in snapshot(tmp_path).items()} == whole


def test_a_flipped_byte_is_found(tmp_path: Path) -> None:
    write(tmp_path)
    assert list(recorded.damaged(tmp_path)) == []
    victim = tmp_path / "tables/links.parquet"
    content = bytearray(victim.read_bytes())
    content[10] ^= 1
    victim.write_bytes(content)
    assert [name for name, _ in recorded.damaged(tmp_path)] == ["tables/links.parquet"]


def test_the_digest_of_the_inputs_knows_where_each_ends() -> None:
    assert recorded.inputs_digest([("a", "b")], "c") == recorded.inputs_digest([("a", "b")], b"c")
    others = [
        recorded.inputs_digest([("a", "b")]),
        recorded.inputs_digest([("ab", "")]),
        recorded.inputs_digest([], "ab"),
    ]
    assert len(set(others)) == 3


def run_python(code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code, *arguments], cwd=ROOT, capture_output=True, text=True, check=False
    )


def test_a_quiet_write_imports_neither_pyarrow_nor_pandas(tmp_path: Path) -> None:
    write(tmp_path)
    code = """
import sys
from pathlib import Path
from pipeline import recorded, tables
written = tables.write(Path(sys.argv[1]), [], inputs="one")
print(written.changed, written.untouched, {"pyarrow", "pandas", "numpy", "phonenumbers"} & set(sys.modules))
"""
    count = len(snapshot(tmp_path))
    assert run_python(code, str(tmp_path)).stdout == f"0 {count} set()\n"


def test_a_write_imports_no_pandas(tmp_path: Path) -> None:
    code = """
import sys
from pathlib import Path
from pipeline import recorded, tables
from tests.factories import Capture, Source, State, full_page
written = tables.write(Path(sys.argv[1]), [State(Source(), Capture(), full_page())], inputs="one")
print(written.changed, "pyarrow" in sys.modules, "pandas" in sys.modules)
"""
    count = 2 * len(TABLES) + 2 + len(COPIES | DESCRIBING)
    assert run_python(code, str(tmp_path)).stdout == f"{count} True False\n"


def test_a_full_disk_changes_nothing(tmp_path: Path) -> None:
    resource = pytest.importorskip("resource")
    assert resource
    write(tmp_path)
    before = snapshot(tmp_path)
    reasons = dict.fromkeys((0, 100, 1000, 2500, 10_000), "File too large")
    reasons |= {100_000: "pasakumi.sqlite: disk I/O error"}
    # A process for each limit, of one that has imported what they need.
    code = """
import os, resource, signal, sys
from pathlib import Path
from pipeline import recorded, tables
from pipeline.errors import Failed
from tests.pipeline.test_tables import STATES, snapshot, write
import pyarrow.parquet
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
output = Path(sys.argv[1])
before = snapshot(output)
for limit in map(int, sys.argv[2:]):
    process = os.fork()
    if process == 0:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
        try:
            write(output, STATES[:1], "two")
        except Failed as error:
            print(error, flush=True)
        os._exit(0)
    os.waitpid(process, 0)
    print(snapshot(output) == before, flush=True)
"""
    done = run_python(code, str(tmp_path), *map(str, reasons))
    assert done.stderr == ""
    lines = done.stdout.splitlines()
    for said, is_as_before, reason in zip(lines[::2], lines[1::2], reasons.values(), strict=True):
        assert said.endswith(
            f"cannot be written: {reason}; every file there is whole, run again when that is mended"
        )
        assert is_as_before == "True"
    assert snapshot(tmp_path) == before


def test_an_output_that_is_a_file_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "output").write_text("")
    with pytest.raises(Failed, match="cannot be written"):
        write(tmp_path / "output")


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
def test_killed_at_any_moment_every_file_is_whole(tmp_path: Path) -> None:
    code = """
import sys
from itertools import count
from pathlib import Path
from tests.pipeline.test_tables import STATES, write
print("ready", flush=True)
for number in count():
    write(Path(sys.argv[1]), STATES[number % 2 :], str(number))
"""
    wholes = []
    for first in (0, 1):
        write(tmp_path / str(first), STATES[first:])
        wholes.append({name: content for name, (content, _) in snapshot(tmp_path / str(first)).items()})
    output = tmp_path / "output"
    for attempt in range(4):
        with subprocess.Popen(
            [sys.executable, "-c", code, str(output)], cwd=ROOT, stdout=subprocess.PIPE
        ) as process:
            assert process.stdout
            process.stdout.readline()
            time.sleep(0.02 + attempt * 0.043)
            process.send_signal(signal.SIGKILL)
        for name, (content, _) in snapshot(output).items():
            if not name.startswith(FOLDER) and name != ".inputs.json":
                assert content in (wholes[0].get(name), wholes[1].get(name)), name
        write(output, STATES, "after")
        after = {name: content for name, (content, _) in snapshot(output).items() if name != ".inputs.json"}
        assert after == {name: content for name, content in wholes[0].items() if name != ".inputs.json"}
        assert json.loads((output / ".inputs.json").read_bytes())["inputs"] == "after"


def test_two_sources_may_share_a_capture_and_the_stricter_wins(tmp_path: Path) -> None:
    for order in (1, -1):
        states = (
            State(Source("open"), Capture("same"), full_page()),
            State(Source("closed", publish_contacts=False), Capture("same"), full_page()),
        )[::order]
        write(tmp_path / str(order), states)
        assert "Paraudziņa" not in (tmp_path / str(order) / "text/same.txt").read_text(encoding="utf-8")


def test_many_rows_are_streamed(tmp_path: Path) -> None:
    many = page(*(measure(f"9.1.1.{number}", title="Paraugi") for number in range(25_000)))
    write(tmp_path, [State(Source(), Capture(), many)])
    assert parquet.ParquetFile(tmp_path / "tables/measures.parquet").num_row_groups == 2

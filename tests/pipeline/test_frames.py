from __future__ import annotations

import shutil
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest

import pipeline
from pipeline import tables
from pipeline.errors import Failed, UsageError
from pipeline.frames import load
from pipeline.schema import TABLES
from tests.pipeline.test_tables import STATES

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    output = tmp_path_factory.mktemp("output")
    tables.write(output, STATES, inputs="one")
    return output


@pytest.fixture
def output(written: Path, tmp_path: Path) -> Path:
    return shutil.copytree(written, tmp_path / "output")


def test_every_table_loads_with_proper_dtypes(output: Path) -> None:
    for name, table in TABLES.items():
        frame = load(name, output)
        assert tuple(frame.columns) == table.header
        assert "object" not in {str(dtype) for dtype in frame.dtypes}
    dtypes = {name: str(dtype) for name, dtype in load("measures", output).dtypes.items()}
    assert dtypes["round"] == "Int64"
    assert dtypes["canonical"] == "boolean"
    assert dtypes["eu_funding_eur"] == "decimal128(18, 4)[pyarrow]"
    assert dtypes["captured_at"] == "datetime64[us, UTC]"
    assert dtypes["title"].startswith("string")
    assert str(load("milestones", output).dtypes["start_date"]) == "datetime64[us]"


def test_amounts_are_exact_and_add_up_by_group(output: Path) -> None:
    frame = load("measures", output)
    assert frame.eu_funding_eur.sum() == Decimal(4 * 1_234_567)
    by_theme = frame[frame.canonical].groupby("theme").eu_funding_eur.sum()
    assert by_theme.to_dict() == {"Paraugu attīstībai": Decimal(2 * 1_234_567)}


def test_amounts_plot(output: Path) -> None:
    matplotlib = pytest.importorskip("matplotlib")
    matplotlib.use("Agg")
    measures = load("measures", output).query("canonical")
    axes = (measures.groupby("theme").eu_funding_eur.sum() / 1e6).plot.barh()
    assert [round(bar.get_width(), 6) for bar in axes.patches] == [2.469134]


def test_dates_and_times_compute(output: Path) -> None:
    import pandas as pd

    milestones = load("milestones", output)
    assert set((milestones.end_date - milestones.start_date).dt.days) == {91}
    measures = load("measures", output)
    assert measures.captured_at.max() == pd.Timestamp("2025-03-01T06:30:00Z")
    assert measures.captured_at.isna().sum() == 2


def test_it_is_the_package_s_own_function(output: Path) -> None:
    assert pipeline.load is load
    code = "import sys, pipeline; print('pandas' in sys.modules); print(len(pipeline.load('measures')))"
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={"PASAKUMI_OUTPUT": str(output), "PATH": "", "SYSTEMROOT": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.stdout, done.stderr) == ("False\n4\n", "")
    with pytest.raises(AttributeError, match="no attribute 'unload'"):
        _ = pipeline.unload


def test_what_is_not_there_is_one_line_with_the_next_step(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(UsageError, match="no table 'measure': expected one of measures, funding,"):
        load("measure", tmp_path)
    with pytest.raises(UsageError, match=r"measures\.parquet: no such file; `pasakumi run` writes it"):
        load("measures", tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("PASAKUMI_OUTPUT", raising=False)
    with pytest.raises(UsageError, match=r"^output.tables.measures\.parquet: no such file"):
        load("measures")


@pytest.mark.parametrize("content", [b"", b"PAR1", b"PAR1" + b"\xff" * 100 + b"PAR1", b"measure_id\n"])
def test_a_file_that_is_no_parquet_is_one_line(output: Path, content: bytes) -> None:
    (output / "tables/measures.parquet").write_bytes(content)
    with pytest.raises(Failed, match=r"cannot be read: .*; `pasakumi rebuild` writes it anew") as raised:
        load("measures", output)
    assert "\n" not in str(raised.value)


def test_a_folder_named_like_a_partition_adds_no_column(tmp_path: Path) -> None:
    tables.write(tmp_path / "year=2025", STATES, inputs="one")
    assert tuple(load("measures", tmp_path / "year=2025").columns) == TABLES["measures"].header

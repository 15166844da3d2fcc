"""``pasakumi rebuild``: everything in output/ anew from raw/, and what is read otherwise than before."""

from __future__ import annotations

import tempfile
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.cli_common import configuration, say_published, show
from pipeline.errors import UsageError
from pipeline.run import rebuild, rebuild_tables
from pipeline.run_summary import corrected_lines

if TYPE_CHECKING:
    from argparse import Namespace

    from pipeline.config import Config
    from pipeline.readings import Cell
    from pipeline.run import Published
    from pipeline.workers import Workers

_LONGEST = 120


def run(options: Namespace) -> int:
    """Rebuild. Raises UsageError, Degraded, Failed."""
    config = configuration(options)
    if options.compare and options.only:
        raise UsageError("rebuild: --compare and --only go apart: --compare writes everything")
    again = rebuild_tables if options.only else _compared if options.compare else rebuild
    with _workers(options) as workers:
        published = again(config, workers)
    return say_published(config, published, quiet=options.quiet, news=not options.only)


def _workers(options: Namespace) -> AbstractContextManager[Workers | None]:
    """Who reads; None for this process alone. Raises UsageError, Failed."""
    count = 1 if options.workers is None else options.workers
    if count < 1:
        raise UsageError(f"rebuild: --workers {count}: at least 1")
    if options.scheduler and options.engine != "dask":
        raise UsageError("rebuild: --scheduler goes with --engine dask")
    if options.scheduler and options.workers:
        raise UsageError("rebuild: a scheduler has workers of its own; leave --workers out")
    if options.engine == "dask":
        from pipeline.dask_workers import DaskWorkers

        # A cluster's workers see no copy of this machine.
        address = getattr(options, "raw_address", None) if options.scheduler else None
        return DaskWorkers(options.scheduler, count, address)
    if count == 1:
        return nullcontext()
    from pipeline.worker_processes import WorkerProcesses

    return WorkerProcesses(count)


def _compared(config: Config, workers: Workers | None) -> Published:
    """Rebuild, and print what this version of the code reads otherwise than the one that wrote output/."""
    from pipeline import readings, recorded

    with tempfile.TemporaryDirectory() as folder:
        old = Path(folder)
        readings.put_by(config.output, old)
        published = rebuild(config, workers)
        cells, apart = readings.compared(old, config.output)
        before, after = (readings.reader(recorded.made_by(one)) for one in (old, config.output))
    show(f"Read by {after}; output/ was written by {before}.", *map(_line, cells))
    if not (cells or published.corrected):
        show(
            "Every cell is read as before."
            if not apart
            else "Nothing that can be compared is read otherwise."
        )
    show(*corrected_lines(published))
    for source in apart:
        show(f"{source}: not compared, as output/ was not made from the captures that are in raw/ now")
    return published


def _line(cell: Cell) -> str:
    place = f"{cell.source}: {cell.measure_id} {cell.table}".replace("  ", " ")
    if cell.field is None:
        return f"{place}: {'gone' if cell.old else 'new'}: {_short(cell.old or cell.new)}"
    return f"{place}.{cell.field}: {_short(cell.old) or 'nothing'} → {_short(cell.new) or 'nothing'}"


def _short(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= _LONGEST else f"{words[:_LONGEST]}…"

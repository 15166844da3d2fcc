"""What several verbs need: the configuration, the dataset, printing."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.errors import UsageError
from pipeline.printable import printable
from pipeline.suggestion import did_you_mean

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterable, Sequence

    from pipeline.config import Config, Source
    from pipeline.state import Dataset, State


def configuration(options: Namespace) -> Config:
    """The settings in force: options, then ``PASAKUMI_…``, then sources.toml. Raises UsageError."""
    from pipeline import config

    named = options.config or os.environ.get("PASAKUMI_CONFIG") or config.FILE_NAME
    settings = config.load(Path(named))
    return settings._replace(
        raw=_folder(options.raw, "RAW", settings.raw),
        output=_folder(options.output, "OUTPUT", settings.output),
        state=_folder(options.state, "STATE", settings.state),
    )


def _folder(option: Path | None, variable: str, default: Path) -> Path:
    return option or Path(os.environ.get(f"PASAKUMI_{variable}") or default)


def dataset(config: Config) -> Dataset:
    """The history under raw/. Raises Failed."""
    from pipeline import decisions
    from pipeline.archive import Archive
    from pipeline.state import Dataset

    return Dataset(Archive(config.raw), config.sources, decisions.read(config.raw))


def published(state: State) -> State:
    """The state as it may be shown: without contacts where they are not published."""
    if state.source.publish_contacts:
        return state
    from pipeline.privacy import redact

    return state._replace(page=redact(state.page))


def named_sources(config: Config, ids: Sequence[str]) -> list[Source]:
    """The sources with these ids; all where none is named. Raises UsageError for one that there is not."""
    known = {source.id: source for source in config.sources}
    for name in ids:
        if name not in known:
            raise UsageError(f"no source {name!r}; {did_you_mean(name, known)}")
    return [source for source in config.sources if source.id in ids or not ids]


def say(*lines: str) -> None:
    """Lines on standard output, with nothing in them that a terminal would obey."""
    for line in lines:
        print(printable(line))


def warn(line: str) -> None:
    """A line on standard error."""
    print(f"pasakumi: {printable(line)}", file=sys.stderr)


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """Rows as lines with aligned columns; what looks like a number stands on the right."""
    cells = [[printable(cell) for cell in row] for row in (header, *rows)]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    return [
        "  ".join(_aligned(cell, width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in cells
    ]


def _aligned(cell: str, width: int) -> str:
    is_number = cell.removeprefix("€").replace(",", "").replace(".", "", 1).isdecimal()
    return cell.rjust(width) if is_number else cell.ljust(width)

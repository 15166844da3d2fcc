"""What a run says of the dataset, kept in state/cache/ so that a quiet run need not parse a page."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from pipeline import durable

if TYPE_CHECKING:
    from pathlib import Path

FILE_NAME = "overview.json"


class Withheld(NamedTuple):
    """A source's newest capture, kept and not published. ``reasons``: a sentence each."""

    source: str
    capture: str
    reasons: tuple[str, ...]


class Overview(NamedTuple):
    """``inputs``: the digest that it belongs to. ``published``: each source's capture that the tables hold.

    ``eu_funding``: euro, each measure once over all pages. ``findings``: how many of each severity.
    """

    inputs: str
    published: dict[str, str]
    measures: int
    eu_funding: Decimal
    findings: dict[str, int]
    withheld: tuple[Withheld, ...]


def load(state: Path) -> Overview | None:
    """That of the last run; None where there is none that can be read."""
    try:
        fields = json.loads((state / "cache" / FILE_NAME).read_bytes())
        fields["eu_funding"] = Decimal(fields["eu_funding"])
        fields["withheld"] = tuple(
            Withheld(source, capture, tuple(reasons)) for source, capture, reasons in fields["withheld"]
        )
        return Overview(**fields)
    except (OSError, ValueError, ArithmeticError, LookupError, TypeError):
        return None  # a cache: what it would say is made anew


def save(state: Path, overview: Overview) -> None:
    """Keep it for the next run. Raises OSError."""
    fields = overview._asdict() | {"eu_funding": str(overview.eu_funding)}
    folder = state / "cache"
    folder.mkdir(parents=True, exist_ok=True)
    durable.replace(folder / FILE_NAME, [json.dumps(fields, ensure_ascii=False).encode()])

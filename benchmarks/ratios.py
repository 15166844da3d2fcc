"""The ratios of benchmarks: ours to a peer's in the same run, so that they mean the same on any machine.

Lower is better in all of them. ``benchmarks/ratios.json`` holds those of the last release.
"""

from __future__ import annotations

import json
from pathlib import Path

COMMITTED = Path(__file__).parent / "ratios.json"
WORSE = 1.25
_KEY = "ratios"


def tell(**ratios: float) -> None:
    """Print ratios as a line that :func:`found` reads. Underscores in a name are shown as spaces."""
    rounded = {name.replace("_", " "): float(f"{value:.3g}") for name, value in ratios.items()}
    print(json.dumps({_KEY: rounded}), flush=True)


def found(line: str) -> dict[str, float]:
    """The ratios of a line; none where it has none."""
    if not line.startswith(f'{{"{_KEY}"'):
        return {}
    read: dict[str, float] = json.loads(line)[_KEY]
    return read


def committed() -> dict[str, dict[str, float]]:
    """By benchmark and name."""
    known: dict[str, dict[str, float]] = (
        json.loads(COMMITTED.read_text("utf-8")) if COMMITTED.exists() else {}
    )
    return known


def table(ratios: dict[str, dict[str, float]], before: dict[str, dict[str, float]]) -> list[str]:
    """A line each: benchmark, what, now, at the last release, and how much of that it is."""
    lines = [f"{'benchmark':<14}{'ours to the peer':<46}{'now':>9}{'then':>9}{'of then':>9}"]
    for benchmark, rows in ratios.items():
        for name, now in rows.items():
            then = before.get(benchmark, {}).get(name)
            compared = f"{then:>9.3g}{now / then:>8.0%}" if then else f"{'–':>9}{'':>8}"
            lines.append(f"{benchmark:<14}{name:<46}{now:>9.3g}{compared}")
    return lines


def regressions(ratios: dict[str, dict[str, float]], before: dict[str, dict[str, float]]) -> list[str]:
    """What is more than a quarter worse than at the last release, or was not measured, a sentence each."""
    said = []
    for benchmark, rows in ratios.items():
        for name, then in before.get(benchmark, {}).items():
            now = rows.get(name)
            if now is None:
                said.append(f"{benchmark}: {name} was not measured")
            elif now > then * WORSE:
                said.append(f"{benchmark}: {name} is {now:.3g}, it was {then:.3g} ({now / then - 1:+.0%})")
    return said

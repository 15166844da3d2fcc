"""Bar charts as SVG that keeps the size of its letters at any width of the page."""

from __future__ import annotations

import textwrap
from html import escape
from typing import TYPE_CHECKING, NamedTuple

from pipeline.printable import printable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from decimal import Decimal

# Pixels. Positions along the width are in percent, so that nothing has to be scaled.
_LINE, _BAR, _GAP, _HEAD = 19, 12, 16, 15
# Letters of a label's line that fit a telephone.
_LETTERS, _MOST_LINES = 42, 3


class Bar(NamedTuple):
    """One bar: its label, its size, and the size in words."""

    label: str
    size: Decimal
    words: str


def bars(told: Sequence[Bar], title: str) -> str:
    """An ``<svg>``: of each bar the label, the amount in words at the right, the bar below.

    ``title`` says what is shown; what reads aloud has the table behind it. Colours are CSS's.
    """
    most = max((bar.size for bar in told), default=0)
    drawn: list[str] = []
    top = 0
    for bar in told:
        lines = _wrapped(bar.label)
        top += _HEAD
        drawn += _label(lines, top)
        last = top + (len(lines) - 1) * _LINE
        drawn.append(f'<text class="amount" x="100%" y="{last}" text-anchor="end">{_safe(bar.words)}</text>')
        share = bar.size / most * 100 if most and bar.size > 0 else 0
        drawn.append(f'<rect class="track" x="0" y="{last + 8}" width="100%" height="{_BAR}"/>')
        drawn.append(f'<rect class="bar" x="0" y="{last + 8}" width="{share:.2f}%" height="{_BAR}"/>')
        top = last + 8 + _BAR + _GAP
    height = max(top - _GAP, 1)
    return (
        f'<svg class="bars" role="img" aria-label="{_safe(title)}" width="100%" height="{height}">'
        f"{''.join(drawn)}</svg>"
    )


def _label(lines: Sequence[str], top: int) -> Iterator[str]:
    for place, line in enumerate(lines):
        yield f'<text x="0" y="{top + place * _LINE}">{_safe(line)}</text>'


def _wrapped(label: str) -> list[str]:
    """Its lines; the last one leaves room for the amount, on a line of its own where there is none."""
    label = printable(" ".join(label.split()))
    lines = textwrap.wrap(label, _LETTERS, max_lines=_MOST_LINES, placeholder=" …") or ["–"]
    return lines if len(lines[-1]) <= _LETTERS // 2 else [*lines, ""]


def _safe(words: str) -> str:
    return escape(printable(words))

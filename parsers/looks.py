"""How a page sets its lines, whatever they say: what tells a new layout from a new text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from parsers.layouts import Layout
from parsers.records import Look
from parsers.token import Token

_ROLES = {"title": "title", "round": "title", "label": "label", "unknown": "label", "text": "text"}


def looks(layout: Layout, tokens: Sequence[Token]) -> tuple[Look, ...]:
    """How many lines of each role are set in each way, in a fixed order."""
    blocks = layout.blocks
    settings: list[tuple[str, str, int, bool, bool]] = []
    for token in tokens:
        role = _ROLES.get(token.kind)
        if role is not None:
            kind, start, _, level, _, _, _, bold = blocks[token.block]
            settings.append((role, kind, level, bold > start, token.inline))
    counts: Counter[tuple[str, str]] = Counter()
    # Put in words only once they are counted: the lines are many, the ways few.
    for (role, kind, level, strong, inline), lines in Counter(settings).items():
        counts[role, _way(kind, level, strong, inline)] += lines
    return tuple(Look(role, way, count) for (role, way), count in sorted(counts.items()))


def _way(kind: str, level: int, strong: bool, inline: bool) -> str:
    depth = str(level) if kind in {"heading", "item"} else ""
    emphasis = " strong" if strong and kind != "heading" else ""
    return f"{kind}{depth}{emphasis}{' inline' if inline else ''}"

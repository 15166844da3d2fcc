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
    counts = Counter((_ROLES[token.kind], _way(layout, token)) for token in tokens if token.kind in _ROLES)
    return tuple(Look(role, way, count) for (role, way), count in sorted(counts.items()))


def _way(layout: Layout, token: Token) -> str:
    block = layout.blocks[token.block]
    depth = str(block.level) if block.kind in {"heading", "item"} else ""
    strong = " strong" if block.bold > block.start and block.kind != "heading" else ""
    return f"{block.kind}{depth}{strong}{' inline' if token.inline else ''}"

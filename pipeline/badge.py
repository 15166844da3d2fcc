"""The status as a small picture for a README or a wall."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.status import Document

_LEFT = "pasakumi"
_COLOURS = {"ok": "#2a7d2e", "failed": "#b3261e"}
_OTHER = "#9a5b00"  # white on each of them has a contrast of 4.5 and more
_CHARACTER, _MARGIN, _HEIGHT = 7, 6, 20


def svg(told: Document) -> str:
    """An SVG that says how all is, and as of which day: ``ok, 2025-03-01``."""
    day = told["generated_at"][:10]
    right = f"{told['state']}, {day}"
    left_width, right_width = (_CHARACTER * len(words) + 2 * _MARGIN for words in (_LEFT, right))
    width = left_width + right_width
    colour = _COLOURS.get(told["state"], _OTHER)
    name = f"{_LEFT}: {right}"  # words of ours and a date: nothing to escape
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{_HEIGHT}" role="img" '
        f'aria-label="{name}">\n'
        f"<title>{name}</title>\n"
        f'<rect width="{width}" height="{_HEIGHT}" rx="3" fill="#444"/>\n'
        f'<rect x="{left_width}" width="{right_width}" height="{_HEIGHT}" rx="3" fill="{colour}"/>\n'
        '<g fill="#fff" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11">\n'
        f'<text x="{_MARGIN}" y="14" textLength="{left_width - 2 * _MARGIN}">{_LEFT}</text>\n'
        f'<text x="{left_width + _MARGIN}" y="14" textLength="{right_width - 2 * _MARGIN}">'
        f"{right}</text>\n</g>\n</svg>\n"
    )
